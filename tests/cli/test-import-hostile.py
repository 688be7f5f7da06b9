#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Price lists made to break a reader: what is refused, what is taken with a note, what is left out."""
import json
import sys
import time

from lists import dev, genai, imported, lite, llm, main, models, only, rates_of, reasons, router, run, test, write

BASE = {'input': 1, 'output': 2}
LITE = {'litellm_provider': 'p', 'mode': 'chat'}
G = {'input_mtok': 1, 'output_mtok': 2}
R = {'prompt': '0.000001', 'completion': '0.000002'}


def tiers(row):
    return [(t['prompt_tokens'], t['compare'], rates_of(t)) for t in row.get('tiers', [])]


def ranges(*pairs):
    return [{'range': [start, end], 'input_cost_per_token': price, 'output_cost_per_token': price}
            for start, end, price in pairs]


def refused(rows):
    """Each document has one row, which is skipped with these words in its reason."""
    for name, (document, words) in rows.items():
        result = imported(document)
        assert not result['models'] and len(result['skipped']) == 1, (name, result)
        assert words in result['skipped'][0]['reason'], (name, result['skipped'])


def taken(rows):
    """Each document has one row, whose price row has these members; the notes hold these words."""
    for name, (document, members, *words) in rows.items():
        result = imported(document)
        row = only(result)
        assert not result['skipped'], (name, result['skipped'])
        for member, value in members.items():
            found = tiers(row) if member == 'tiers' else row.get(member)
            assert found == value, (name, member, found)
        notes = ' '.join(remark['reason'] for remark in result['notes'])
        assert all(word in notes for word in words) and bool(words) == bool(notes), (name, notes)


def prices(document):
    return {'m': document}


@test
def litellm_refusals():
    def row(**members):
        return prices(lite(**members))
    refused({
        'NaN': (row(input_cost_per_token='NaN'), 'a price is a number'),
        'infinite': (row(input_cost_per_token='-Infinity'), 'a price is a number'),
        'too large': ('{"m": {"litellm_provider": "p", "mode": "chat", "input_cost_per_token": 1e999}}',
                      'found a number that is too large'),
        'text too large': (row(input_cost_per_token='1e400'), 'finite'),
        'currency': (row(output_cost_per_token='$0.5'), '"$0.5"'),
        'comma': (row(output_cost_per_token='0,5'), '"0,5"'),
        'nothing': (row(output_cost_per_token=''), 'a price is a number'),
        'object': (row(input_cost_per_token={'base': 1}), 'a price is a number'),
        'dynamic batch': (row(input_cost_per_token_batches=-1), 'dynamic'),
        'dynamic tier': (row(input_cost_per_token_above_200k_tokens='-1'), 'dynamic'),
        'ranges that are none': (row(tiered_pricing={'range': [0, 1]}), 'tiered_pricing: found'),
        'a range without a start': (row(tiered_pricing=[{'range': [], 'input_cost_per_token': 1e-6}]), 'range'),
        'a range of words': (row(tiered_pricing=[{'range': ['low', 'high']}]), 'range'),
        'only the longer range': (prices({**LITE, 'tiered_pricing': ranges((32000, 64000, 1e-6))}), 'unknown'),
        'seconds': (prices({**LITE, 'input_cost_per_second': 0.1, 'output_cost_per_second': 0.1}), 'unknown'),
        'characters': (prices({**LITE, 'input_cost_per_character': 1e-6}), 'unknown'),
        'mode': (row(mode=['chat']), 'mode'), 'embedding': (row(mode='embedding'), 'embedding'),
        'audio': (row(mode='audio_transcription'), 'audio'), 'provider': (row(litellm_provider=7), 'provider'),
    })


@test
def litellm_oddities_that_are_taken():
    def row(**members):
        return prices(lite(**members))
    taken({
        'text': (row(input_cost_per_token=' 1e-6 '), {'input': 1}),
        'noise': (row(input_cost_per_token=2.9999999999999997e-07), {'input': 0.3}),
        'null': (row(input_cost_per_token_batches=None, tiered_pricing=None), {'input': 1}),
        'per million': (row(input_cost_per_token=3), {'input': 3000000}, 'implausible', 'input 3000000'),
        'a tier off by the unit': (row(output_cost_per_token_above_200k_tokens=0.01),
                                   {'tiers': [(200000, 'gt', {'output': 10000})]}, 'implausible'),
        'at the limits': (row(input_cost_per_token=1e-3, output_cost_per_token=2e-3), {'input': 1000}),
        'nought input': (row(input_cost_per_token=0), {'input': 0}, 'input is 0'),
        'ranges out of order': (row(tiered_pricing=ranges((128000, 256000, 3e-6), (0, 32000, 1e-6),
                                                          ('32000', '128000', 2e-6))),
                                {'tiers': [(32000, 'gt', {'input': 2, 'output': 2}),
                                           (128000, 'gt', {'input': 3, 'output': 3})]}),
        'a threshold twice': (row(tiered_pricing=ranges((32000, 64000, 2e-6), (32000, 64000, 9e-6))),
                              {'tiers': [(32000, 'gt', {'input': 2, 'output': 2})]}, 'first was taken'),
        'no threshold': (row(input_cost_per_token_above_99999999999999999999k_tokens=1e-6), {'tiers': []},
                         'not taken'),
        'images': (row(input_cost_per_image=0.01, output_cost_per_audio_token=1e-4), {'input': 1},
                   'input_cost_per_image, output_cost_per_audio_token'),
        'sizes': (row(max_input_tokens='many', max_output_tokens=-3, max_tokens=True), {'input': 1},
                  'max_input_tokens', 'max_output_tokens'),
    })


@test
def litellm_service_tiers_have_their_own_long_prompts():
    model = imported(prices(lite(
        input_cost_per_token_priority=2e-6, input_cost_per_token_above_272k_tokens=3e-6,
        input_cost_per_token_above_272k_tokens_priority=4e-6, output_cost_per_token_flex=1e-6)))['models'][0]
    assert tiers(model['prices'][0]) == [(272000, 'gt', {'input': 3})]
    assert model['rate_sets']['priority']['input'] == 2
    assert tiers(model['rate_sets']['priority']) == [(272000, 'gt', {'input': 4})]
    assert model['rate_sets']['flex'] == {'output': 1}


@test
def one_id_under_several_prefixes():
    found = models(imported({
        'gpt-4o': lite(litellm_provider='openai'), 'openai/gpt-4o': lite(litellm_provider='openai'),
        'azure/gpt-4o': lite(litellm_provider='azure'), 'gpt-4o-2099-01-01': lite(litellm_provider='openai')}))
    assert set(found) == {('openai', 'gpt-4o'), ('openai', 'openai/gpt-4o'), ('azure', 'azure/gpt-4o'),
                          ('openai', 'gpt-4o-2099-01-01')}
    result = imported({'gpt-4o-2099-01-01': lite(litellm_provider='openai'),
                       'gpt-4o': lite(litellm_provider='openai')})
    assert (result['new'], len(result['changed'])) == (1, 1), 'a dated id is no older row of the catalogue'
    clash = imported([{'id': 'a', 'models': [{'id': 'b/m', 'prices': G}]},
                      {'id': 'a/b', 'models': [{'id': 'm', 'prices': G}]}])
    assert clash['taken'] == 1 and 'a/b/m' in clash['skipped'][0]['reason']


@test
def ids_of_every_alphabet():
    names = ['模型/α', 'é' * 40, 'a' * 5000, 'x\ty', '../../etc/passwd', '~0/~1', '💸']
    result = imported({name: lite() for name in names})
    assert {m['id'] for m in result['models']} == set(names)
    assert imported('\ufeff' + json.dumps({'m': lite()}))['taken'] == 1
    assert imported('{"\\ud800": %s}' % json.dumps(lite()))['taken'] == 1


@test
def genai_refusals():
    def tiered(*rows, base=1):
        return genai({'input_mtok': {'base': base, 'tiers': list(rows)}, 'output_mtok': 1})

    def window(start, end):
        return genai([{'prices': G}, {'constraint': {'start_time': start, 'end_time': end}, 'prices': G}])
    refused({
        'a start below nought': (tiered({'start': -1, 'price': 2}), 'not a number of tokens'),
        'a tier without a price': (tiered({'start': 100, 'price': None}), 'start and a price'),
        'a tier that is a number': (tiered(5), 'start and a price'),
        'tiers that are none': (genai({'input_mtok': {'base': 1, 'tiers': {}}}), 'expected a list'),
        'no base': (tiered({'start': 1, 'price': 1}, base=None), 'no base'),
        'a list for a price': (genai({'input_mtok': [1], 'output_mtok': 1}), 'a price is a number'),
        'only audio': (genai({'input_audio_mtok': 10}), 'unknown'),
        'only requests': (genai({'requests_kcount': 5}), 'unknown'),
        'no such day': (genai([{'prices': G}, {'constraint': {'start_date': '2026-02-30'}, 'prices': G}]), 'condition'),
        'an end': (genai([{'prices': G}, {'constraint': {'start_date': '2026-02-01', 'end_date': '2026-03-01'},
                                          'prices': G}]), 'condition'),
        'hours beyond the day': (window('25:00:00Z', '26:00:00Z'), 'HH:MM'),
        'another zone': (window('01:00:00+08:00', '02:00:00+08:00'), 'HH:MM'),
        'minutes': (window('01:61:00Z', '02:00:00Z'), 'HH:MM'),
    })


@test
def genai_oddities_that_are_taken():
    tiered = {'base': '1', 'tiers': [{'start': 500.0, 'price': 3}, {'start': '100', 'price': '2'}]}
    taken({
        'out of order': (genai({'input_mtok': tiered, 'output_mtok': 1}),
                         {'tiers': [(100, 'gt', {'input': 2}), (500, 'gt', {'input': 3})]}),
        'a start twice': (genai({'input_mtok': {'base': 1, 'tiers': [{'start': 9, 'price': 2}, {'start': 9, 'price': 5}]},
                                 'output_mtok': 1}), {'tiers': [(9, 'gt', {'input': 2})]}, 'first was taken'),
        'as listed': (genai({'input_mtok': {'base': 1, 'tiers': [{'start': 271999, 'price': 2}]}, 'output_mtok': 1}),
                      {'tiers': [(271999, 'gt', {'input': 2})]}),
        'noise': (genai({'input_mtok': 0.1 + 0.2, 'output_mtok': 1}), {'input': 0.3}),
        'images': (genai({**G, 'input_image_mtok': 3}), {'input': 1}, 'input_image_mtok'),
        'a new key': (genai({**G, 'batch': {'input_mtok': 0.5}}), {'input': 1}, 'batch'),
        'implausible': (genai({'input_mtok': 250000, 'output_mtok': 2}), {'input': 250000}, 'implausible'),
        'tiers in a window': (genai([{'prices': G}, {
            'constraint': {'start_time': '23:00:00Z', 'end_time': '24:00:00Z'},
            'prices': {'input_mtok': tiered, 'output_mtok': 2}}]),
            {'windows': [{'utc': ['23:00-24:00'], 'input': 1, 'output': 2}]}, 'window'),
        'sizes': (genai(G, context_window='128k'), {'input': 1}, 'context_window'),
    })
    rows = imported(genai([{'prices': G}] + [
        {'constraint': {'start_date': day}, 'prices': {'input_mtok': i, 'output_mtok': i}}
        for i, day in enumerate(['2026-06-01', '2026-03-01', '2026-06-01T00:00:00Z'], 5)]))
    assert [(p['from'], p['to'], p['input']) for p in rows['models'][0]['prices']] == [
        (None, '2026-03-01', 1), ('2026-03-01', '2026-06-01', 6), ('2026-06-01', None, 7)]
    assert 'two prices begin on 2026-06-01' in reasons(rows, 'notes')['p/m']


@test
def models_dev_refusals_and_oddities():
    def tier(size, **more):
        return {'input': 3, 'output': 4, 'tier': {'type': 'context', 'size': size}, **more}
    refused({
        'null': (dev(None), 'unknown'), 'a list': (dev([]), 'unknown'), 'empty': (dev({}), 'unknown'),
        'NaN': (dev({'input': 'nan', 'output': 2}), 'a price is a number'),
        'truth': (dev({'input': True, 'output': 2}), 'a price is a number'),
        'tiers that are none': (dev({**BASE, 'tiers': {}}), 'expected a list'),
        'a tier of nothing': (dev({**BASE, 'tiers': [{}]}), 'tiers/0'),
        'a tier below nought': (dev({**BASE, 'tiers': [tier(-5)]}), 'not a number of tokens'),
        'long prompts of another kind': (dev({**BASE, 'context_over_200k': [1]}), 'context_over_200k'),
    })
    taken({
        'text': (dev({'input': '1', 'output': '2.50'}), {'output': 2.5}),
        'out of order': (dev({**BASE, 'tiers': [tier(272000), tier('128000', input=2)]}),
                         {'tiers': [(128000, 'gt', {'input': 2, 'output': 4}), (272000, 'gt', {'input': 3, 'output': 4})]}),
        'audio': (dev({**BASE, 'input_audio': 5}), {'input': 1}, 'input_audio'),
        'half': (dev({'input': 1}), {'input': 1}, 'output has no price'),
        'noughts': (dev({**BASE, 'cache_read': 0, 'reasoning': 0}), {'cached_input': 0}, 'cached_input', 'reasoning'),
        'dates': (dev(BASE, last_updated='2026-13-45'), {'input': 1}, 'last_updated'),
    })
    plain = only(imported(dev({**BASE, 'tiers': [{'input': 3, 'tier': {'size': 272000}}]})))
    assert tiers(plain) == [(272000, 'gt', {'input': 3})], 'the kind of a tier has one value, and may be left out'
    free = imported(dev({'input': 0, 'output': 0, 'context_over_200k': {'input': 0, 'output': 0}}))
    assert free['models'][0]['flag'] == 'free' and tiers(only(free)) == []
    assert imported(dev(BASE, last_updated='2025-04'))['models'][0]['as_of'] == '2025-04'
    mixed = imported({'$schema': 'x', '_meta': {'n': 1}, **dev(BASE)})
    assert mixed['taken'] == 1 and set(reasons(mixed)) == {'$schema', '_meta'}
    alias = imported({'p': {'models': {'x/m': {'id': 'm', 'cost': BASE}, 'm': {'id': 'm', 'cost': {'input': 9}}}}})
    assert only(alias)['input'] == 1 and 'stands in the list before' in reasons(alias)['p/m']


@test
def openrouter_refusals_and_oddities():
    def override(**members):
        return router({**R, 'overrides': [members]})
    refused({
        'null': (router(None), 'pricing'), 'a list': (router([]), 'pricing'), 'empty': (router({}), 'unknown'),
        'nulls': (router({'prompt': None, 'completion': None}), 'unknown'),
        'dynamic': (router({'prompt': '-1', 'completion': '-1.0'}), 'dynamic'),
        'below nought': (router({**R, 'completion': '-0.5'}), 'at least 0'),
        'NaN': (router({**R, 'prompt': 'NaN'}), 'a price is a number'),
        'overrides that are none': (router({**R, 'overrides': {}}), 'expected a list'),
        'an override below nought': (override(min_prompt_tokens=-5, prompt='0.1'), 'not a number of tokens'),
        'a dynamic override': (override(min_prompt_tokens=5, prompt='-1'), 'dynamic'),
        'a discount of twice': (router({**R, 'discount': 2}), 'discount'),
    })
    taken({
        'numbers': (router({'prompt': 1e-6, 'completion': 2e-6}), {'input': 1, 'output': 2}),
        'text of a threshold': (override(min_prompt_tokens='200000', prompt='0.000002'),
                                {'tiers': [(200000, 'ge', {'input': 2})]}),
        'no threshold': (override(prompt='0.5'), {'tiers': []}, 'without min_prompt_tokens'),
        'null': (override(min_prompt_tokens=None, prompt='0.5'), {'tiers': []}, 'without min_prompt_tokens'),
        'no object': (router({**R, 'overrides': [None]}), {'tiers': []}, 'not an object'),
        'no price': (override(min_prompt_tokens=500), {'tiers': []}, 'no price'),
        'one threshold twice': (router({**R, 'overrides': [
            {'min_prompt_tokens': 9, 'prompt': '0.000003'}, {'min_prompt_tokens': 5, 'prompt': '0.000002'},
            {'min_prompt_tokens': 9, 'prompt': '0.000008'}]}),
            {'tiers': [(5, 'ge', {'input': 2}), (9, 'ge', {'input': 3})]}, 'first was taken'),
        'hours of no clock': (override(utc_start='99:99', utc_end='aa:bb', prompt='0.1'), {'windows': None}, 'HH:MM'),
        'half the hours': (override(utc_start='01:00', prompt='0.1'), {'windows': None}, 'HH:MM'),
        'length and hours': (override(min_prompt_tokens=5, utc_start='01:00', utc_end='02:00', prompt='0.1'),
                             {'windows': None, 'tiers': []}, 'both length and hours'),
        'no separate charge': (router({**R, 'input_cache_read': '0', 'internal_reasoning': '0'}),
                               {'cached_input': None, 'reasoning': None}),
        'images': (router({**R, 'image': '0.01', 'audio': '0.0001'}), {'input': 1}, 'image, audio'),
        'per million': (router({'prompt': '1', 'completion': '2'}), {'input': 1000000}, 'implausible'),
        'no output': (router({'prompt': '0.000001', 'completion': '0'}), {'output': 0}, 'output is 0'),
        'sizes': (router(R, context_length=None, top_provider=[]), {'input': 1}),
    })
    rows = imported({'data': [{'id': 'a/m', 'pricing': R}, {'id': 'a/m:free', 'pricing': {'prompt': '0', 'completion': '0'}},
                              {'id': 'a/m', 'pricing': R}, {'id': None, 'pricing': R}, None, 5, 'x', []]})
    assert [m['id'] for m in rows['models']] == ['a/m', 'a/m:free'] and len(rows['skipped']) == 6


@test
def openrouter_hours_and_days():
    def windows(*overrides):
        row = only(imported(router({**R, 'overrides': list(overrides)})))
        return [(w['utc'], w.get('days'), rates_of(w)) for w in row.get('windows', [])]
    two = {'prompt': '0.000002'}
    assert windows({'utc_start': 1630, 'utc_end': 30, **two}) == [(['16:30-00:30'], None, {'input': 2})]
    assert windows({'utc_start': 0, 'utc_end': 0, **two}) == [(['00:00-24:00'], None, {'input': 2})]
    assert windows({'utc_days': ['saturday', 'Sunday'], **two}) == [(['00:00-24:00'], ['sat', 'sun'], {'input': 2})]
    assert windows({'utc_start': 900, 'utc_end': '17:00', 'utc_days': ['monday'], **two},
                   {'utc_start': 1700, 'utc_end': 900, 'utc_days': ['monday'], 'completion': '0.000003'}) == [
        (['09:00-17:00'], ['mon'], {'input': 2}), (['17:00-09:00'], ['mon'], {'output': 3})]
    for odd in ({'utc_start': 1675, 'utc_end': 30}, {'utc_start': 2500, 'utc_end': 30}, {'utc_start': 30.5, 'utc_end': 0},
                {'utc_start': 900}, {'utc_start': -1, 'utc_end': 0}, {'utc_days': ['someday']}, {'utc_days': 'monday'},
                {'utc_days': []}, {'utc_days': [1]}, {'utc_start': True, 'utc_end': 3}):
        result = imported(router({**R, 'overrides': [{**odd, **two}]}))
        assert 'windows' not in only(result) and 'left out' in reasons(result, 'notes')['a/m'], odd


@test
def off_peak_hours_of_litellm():
    def windows(**members):
        result = imported(prices(lite(off_peak_pricing={'input_cost_per_token': 5e-7, **members})))
        return [(w['utc'], rates_of(w)) for w in only(result).get('windows', [])], reasons(result, 'notes').get('m', '')
    assert windows(hours_utc='16:30-00:30') == ([(['16:30-00:30'], {'input': 0.5})], '')
    assert windows(hours_utc=['01:00-04:00', '06:00-10:00'], output_cost_per_token=1e-6) == (
        [(['01:00-04:00'], {'input': 0.5, 'output': 1}), (['06:00-10:00'], {'input': 0.5, 'output': 1})], '')
    for odd in ({}, {'hours_utc': 7}, {'hours_utc': 'all night'}, {'hours_utc': ['25:00-26:00']}, {'hours_utc': [None]}):
        found, note = windows(**odd)
        assert not found and 'off_peak_pricing was left out' in note, odd
    assert 'weekend' in windows(hours_utc='01:00-02:00', weekend={'input_cost_per_token': 1})[1]
    assert 'dynamic' in reasons(imported(prices(lite(off_peak_pricing={
        'hours_utc': '01:00-02:00', 'input_cost_per_token': -1}))))['m']


@test
def llm_prices_refusals_and_oddities():
    refused({
        'null': (llm({'input': None, 'output': None}), 'unknown'), 'dynamic': (llm({'input': -1}), 'dynamic'),
        'no such month': (llm({'from_date': '2026-13-01'}), 'from_date'),
        'a number': (llm({'to_date': 20260101}), 'to_date'),
        'ends before it begins': (llm({'from_date': '2026-03-01', 'to_date': '2026-01-01'}), 'before it begins'),
        'no time at all': (llm({'from_date': '2026-03-01', 'to_date': '2026-03-01'}), 'before it begins'),
    })
    taken({
        'text': (llm({'input': '1e0', 'output': '2'}), {'input': 1, 'output': 2}),
        'the future': (llm({'from_date': '2030-01-01'}), {'from': '2030-01-01'}, 'in force on 2026-09-20'),
        'the past': (llm({'to_date': '2020-01-01'}), {'to': '2020-01-01'}, 'in force on 2026-09-20'),
        'a new key': (llm({'input_audio': 3}), {'input': 1}, 'input_audio'),
    })
    rows = imported(llm({'from_date': '2026-03-01', 'to_date': None, 'input': 5},
                        {'from_date': None, 'to_date': '2026-03-01'}))['models'][0]['prices']
    assert [(p['from'], p['input']) for p in rows] == [(None, 1), ('2026-03-01', 5)]
    overlapping = imported(llm({'from_date': '2026-01-01', 'to_date': '2026-03-01'},
                               {'from_date': '2026-02-01', 'input': 3}))
    assert only(overlapping)['input'] == 1 and 'same time' in reasons(overlapping)['v/m']
    odd = imported({'updated_at': 'soon', 'prices': [None, 3, [], {}, {'id': 'm', 'vendor': 'v', **BASE}]})
    assert odd['taken'] == 1 and len(odd['skipped']) == 5


def own(**members):
    model = {'provider': 'p', 'id': 'm', 'as_of': '2026-09-01', 'prices': [{'from': None, 'to': None, **BASE}]}
    model.update({key: members.pop(key) for key in ('as_of', 'prices') if key in members})
    return {'format': 'hosted-price-catalogue', 'format_version': 1, 'as_of': '2026-09-20', 'models': [model], **members}


@test
def days_that_there_are_not():
    def said(document, *words):
        done = run('catalog', '--catalog', write(json.dumps(document)))
        assert done.returncode == 1, done
        assert all(word in done.stderr.decode() for word in words), done.stderr
    odd = '2026-99-99'
    for name in ('from', 'to', 'promotion_ends'):
        row = own(prices=[{'from': None, 'to': None, name: odd, **BASE}])
        said(row, 'models/0', name, odd, 'YYYY-MM-DD')
        assert name in reasons(imported(row))['models/0'] and odd in reasons(imported(row))['models/0']
    said(own(as_of='2026-13'), 'models/0', 'as_of', '2026-13')
    said({**own(), 'as_of': odd}, 'as_of', odd)
    assert run('catalog', '--catalog', write(json.dumps(own(as_of='2026-04')))).returncode == 0
    for name, text in (('from', odd), ('to', '2026-02-30'), ('promotionEnds', 'soon'), ('asOf', '2026-00'),
                       ('asOf', '26-01-01'), ('from', '2026-01-01x')):
        for place, offer in ((name, {name: text}), (f'later/0/{name}', {'later': [{'from': '2027-01-01', name: text, **BASE}]})):
            done = run('validate', write(json.dumps({'format': 'breakeven-scenario', 'version': 1,
                                                     'offers': {'p/m': {**BASE, **offer}}})))
            assert done.returncode == 1, (name, text)
            told = (done.stdout + done.stderr).decode()
            assert f'offers/p~1m/{place}' in told and text in told and 'YYYY' in told, told
    fine = {'from': '2026-02-28', 'to': '2026-03-01T00:00:00Z', 'promotionEnds': '2026-12-31', 'asOf': '2026-04', **BASE}
    assert run('validate', write(json.dumps({'format': 'breakeven-scenario', 'version': 1, 'offers': {'p/m': fine}}))).returncode == 0


@test
def what_is_implausible_is_marked_where_it_is_used():
    def codes(offer):
        scenario = {'format': 'breakeven-scenario', 'version': 1, 'offers': {'p/m': {**BASE, **offer}}, 'workloads': [
            {'id': 'w', 'requestsPerDay': 1000, 'tokens': {'input': 100, 'output': 100},
             'routing': {'routes': [{'offer': 'p/m'}]}}]}
        done = run('evaluate', write(json.dumps(scenario)), '--json')
        assert done.returncode == 0, done.stderr
        return [w['code'] for w in json.loads(done.stdout)['warnings']]
    for odd in ({'input': 1001}, {'output': 2001}, {'cacheWrite': 5000}, {'batch': {'output': 9999}},
                {'tiers': [{'above': 5, 'input': 2000}]}, {'windows': [{'utc': ['01:00-02:00'], 'reasoning': 2500}]}):
        assert codes(odd).count('implausiblePrice') == 1, odd
    assert 'implausiblePrice' not in codes({'input': 1000, 'output': 2000})


@test
def forms_are_told_apart_by_content():
    forms = {'LiteLLM': {'m': lite()}, 'genai-prices': genai(G), 'models.dev': dev(BASE), 'OpenRouter': router(R),
             'llm-prices': llm({})}
    for form, document in forms.items():
        assert imported(document)['format'] == form
    assert imported({'version': 2, 'providers': genai(G)})['format'] == 'genai-prices'
    assert imported({'first': {'note': 'metadata'}, **forms['LiteLLM']})['format'] == 'LiteLLM'
    assert imported({'data': [{'id': 'x'}, *forms['OpenRouter']['data']]})['taken'] == 1
    for text in ('/* a */ {}', '{"m": 1,}', '{"m": NaN}', "{'m': 1}", '{"m": 1} {"m": 1}', '{"error": {"code": 1}}',
                 '[' * 5000, '{"a":' * 5000):
        done = run('import', write(text))
        assert done.returncode == 1 and not done.stdout and b'list.json' in done.stderr, text[:40]


@test
def many_rows_take_seconds():
    rows = {f'model-{i}': lite(input_cost_per_token=i * 1e-9) for i in range(60000)}
    rows.update({f'bad-{i}': lite(input_cost_per_token=f'x{i}') for i in range(40000)})
    path = write(json.dumps(rows))
    begin = time.monotonic()
    for words in ([], ['--json']):
        done = run('import', path, *words)
        assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert (result['taken'], len(result['skipped'])) == (60000, 40000)
    assert time.monotonic() - begin < 60, 'the time grows faster than the list'


if __name__ == '__main__':
    sys.exit(main())
