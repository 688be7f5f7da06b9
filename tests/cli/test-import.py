#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Public price lists: three published ones rate by rate, and what each form can say."""
import gzip
import json
import pathlib
import sys

from lists import (LISTS, RATES, SCRATCH, dev, genai, imported, lite, llm, main, models, only, rates_of, reasons,
                   router, run, test, tiers_of, write)


# What the expected rows call otherwise: the list's own word for it is kept.
SAME = {'provider': 'provider', 'id': 'id', 'name': 'name', 'as_of': 'as_of', 'released': 'released',
        'status': 'status', 'flag': 'flag', 'source': 'pricing_url', 'deprecated_on': 'deprecation_date'}
# Members of an expected row that are compared in other ways: nothing is left out.
OTHERS = {'periods', 'windows', 'tiers', 'context_window', 'max_output', 'deprecated', *RATES,
          'web_search_per_1000', 'request_per_1000'}
FEES = [('web_search_per_1000', 'web_search_per_1000', 1), ('request_per_1000', 'per_request', 1000)]
PERIOD = {'from', 'to', 'tiers', *RATES, *(key for key, _, _ in FEES)}


def faults_of_period(want, row):
    """Every rate, tier, fee and date of one price row, both ways."""
    fees = {name: float(want[key]) / many for key, name, many in FEES if key in want}
    pairs = [(rates_of(want), rates_of(row)), (fees, row.get('fees', {})),
             (tiers_of(want, 'prompt_over'), tiers_of(row, 'prompt_tokens')),
             ((want.get('from'), want.get('to')), (row['from'], row['to']))]
    yield from (f'{b} is not {a}' for a, b in pairs if a != b)
    if any(tier['compare'] != 'gt' for tier in row.get('tiers', [])):
        yield 'a tier is not "above"'


def faults_of(expected, found):
    periods = expected.get('periods', [expected])
    if len(periods) != len(found['prices']):
        yield f'{len(found["prices"])} periods'
    for want, row in zip(periods, found['prices']):
        yield from faults_of_period(want, row)
        if 'periods' in expected and set(want) - PERIOD:
            yield f'not compared: {set(want) - PERIOD}'
    windows = [(w['utc'], rates_of(w)) for w in expected.get('windows', [])]
    if windows != [(w['utc'][0], rates_of(w)) for w in found['prices'][0].get('windows', [])]:
        yield 'windows differ'
    if set(expected) - OTHERS - set(SAME):
        yield f'not compared: {set(expected) - OTHERS - set(SAME)}'
    for member, ours in SAME.items():
        if member in expected and expected[member] != found.get(ours):
            yield f'{member}: {found.get(ours)!r} is not {expected[member]!r}'
    if expected.get('deprecated', False) != (found.get('status') == 'deprecated') and 'periods' in expected:
        yield 'deprecated'
    for member in ('context_window', 'max_output'):
        if expected.get(member) != found.get(member):
            yield f'{member}: {found.get(member)} is not {expected.get(member)}'
    if expected.get('flag') != found.get('flag'):
        yield f'flag {found.get("flag")}'


def compare(name, expected, n_models, n_skipped, differences=None, also=lambda rows, source: None):
    """`differences` says of which offers what differs from the expected rows; `also` adds to those
    what they leave out."""
    text = gzip.decompress((LISTS / f'{name}.json.gz').read_bytes())
    result = imported(text)
    wanted = json.loads(gzip.decompress((LISTS / f'{expected}.expected.json.gz').read_bytes()))
    assert len(wanted) == len({(w['provider'], w['id']) for w in wanted}) == n_models
    wanted = {(w['provider'], w['id']): w for w in wanted}
    also(wanted, json.loads(text))
    found = models(result)
    assert result['format'] == expected.replace('genai', 'genai-prices').replace('litellm', 'LiteLLM')
    assert set(wanted) == set(found), set(wanted) ^ set(found)
    assert (len(found), len(result['skipped'])) == (n_models, n_skipped)
    faults = {}
    for key, row in wanted.items():
        for fault in faults_of(row, found[key]):
            faults.setdefault(fault, []).append('/'.join(key))
    assert faults == (differences or {}), faults


@test
def list_of_genai_prices():
    compare('genai-prices-v2-data.2026-08-19', 'genai', 1309, 157)


def add_fees(rows, source):
    """The expected rows of this list have no fees; the list does: each is taken from it here."""
    for (_, name), row in rows.items():
        search = source[name].get('search_context_cost_per_query', {}).get('search_context_size_medium')
        request = source[name].get('input_cost_per_request')
        row.update({} if search is None else {'web_search_per_1000': search * 1000})
        row.update({} if request is None else {'request_per_1000': request * 1000})


@test
def list_of_litellm():
    # The list writes 0 tokens for these, in a mode that is none of theirs: no length, so unknown.
    no_length = [f'vercel_ai_gateway/vercel_ai_gateway/{name}' for name in (
        'mistral/codestral-embed', 'amazon/titan-embed-text-v2', 'mistral/mistral-embed', 'cohere/embed-v4.0')]
    compare('litellm.2025-08-31.tokencost', 'litellm', 1342, 359,
            {f'{member}: None is not 0': no_length for member in ('context_window', 'max_output')}, add_fees)


@test
def list_of_models_dev():
    compare('models.dev-api.opencode-fixture', 'models.dev', 2283, 89)


@test
def hostile_rows_of_litellm():
    rows = {
        'sample_spec': lite(), 'text': lite(input_cost_per_token='3e-06'),
        'noise': lite(input_cost_per_token=1.0000000000000001e-07 * 3),
        'words': lite(input_cost_per_token='cheap'), 'dynamic': lite(input_cost_per_token=-1),
        'negative': lite(output_cost_per_token=-2e-6), 'list': lite(input_cost_per_token=[1]),
        'hex': lite(input_cost_per_token='0x1p3'), 'truth': lite(input_cost_per_token=True),
        'number': 3, 'nothing': None, 'image': lite(mode='image_generation'), 'modeless': {},
        'empty': {'litellm_provider': 'p', 'mode': 'chat'},
        'null': lite(input_cost_per_token=None, output_cost_per_token=None),
        'free': lite(input_cost_per_token=0, output_cost_per_token=0.0),
        'huge': lite(input_cost_per_token=0.0032, output_cost_per_token=0.00971),
        'limits': lite(max_input_tokens=1e6, max_output_tokens='65536', rpm=-3),
        'written': lite(cache_creation_input_token_cost=0),
        'ranges': lite(tiered_pricing=[
            {'range': [0, 32000], 'input_cost_per_token': 1e-6, 'output_cost_per_token': 5e-6},
            {'range': [32000.0, 128000.0], 'input_cost_per_token': 2e-6, 'output_cost_per_token': 6e-6}]),
        'hour': lite(cache_creation_input_token_cost=1.25e-6, cache_creation_input_token_cost_above_1hr=2e-6),
        'tiers': lite(output_cost_per_token_above_1000k_tokens=9e-6,
                      input_cost_per_token_above_128k_tokens=3e-6),
    }
    result = imported(rows)
    why, notes, found = reasons(result), reasons(result, 'notes'), models(result)
    assert set(why) == {'sample_spec', 'words', 'dynamic', 'negative', 'list', 'hex', 'truth', 'number',
                        'nothing', 'image', 'modeless', 'empty', 'null'}, why
    assert 'dynamic' in why['dynamic'] and '"cheap"' in why['words'] and 'unknown' in why['null']

    def prices(name):
        return found['p', name]['prices'][0]
    assert prices('text')['input'] == 3 and prices('noise')['input'] == 0.3
    assert found['p', 'free']['flag'] == 'free' and found['p', 'huge']['flag'] == 'implausible'
    assert 'implausible' in notes['huge'] and 'cache_write is 0' in notes['written']
    assert found['p', 'limits']['context_window'] == 1000000 and found['p', 'limits']['max_output'] == 65536
    assert 'rpm' in notes['limits']
    assert tiers_of(prices('ranges'), 'prompt_tokens') == [(32000, {'input': 2, 'output': 6})]
    assert prices('hour')['cache_write_1h'] == 2 and 'tiers' not in prices('hour')
    assert tiers_of(prices('tiers'), 'prompt_tokens') == [(128000, {'input': 3}), (1000000, {'output': 9})]


@test
def repeated_members():
    row = json.dumps(lite())
    result = imported('{"a": %s, "a": %s, "b": %s}' % (json.dumps(lite(mode='embedding')), row, row))
    assert len(result['models']) == 2 and reasons(result, 'notes')['/a']


@test
def genai_tiers_windows_and_dates():
    row = only(imported(genai({
        'input_mtok': {'base': 1, 'tiers': [{'start': 100, 'price': 2}, {'start': 500, 'price': 3}]},
        'output_mtok': {'base': 4, 'tiers': [{'start': 200, 'price': 5}]}, 'cache_read_mtok': '0.1'})))
    assert tiers_of(row, 'prompt_tokens') == [
        (100, {'input': 2}), (200, {'input': 2, 'output': 5}), (500, {'input': 3, 'output': 5})]
    rows = imported(genai([
        {'prices': {'input_mtok': 1, 'output_mtok': 2, 'cache_read_mtok': 0.1}},
        {'constraint': {'start_date': '2026-06-01'}, 'prices': {'input_mtok': 3, 'output_mtok': 4}},
        {'constraint': {'start_date': '2026-03-01'}, 'prices': {'input_mtok': 5, 'output_mtok': 6}},
        {'constraint': {'start_time': '23:00:00Z', 'end_time': '01:30:00Z'},
         'prices': {'input_mtok': 0.5, 'output_mtok': 1}}]))['models'][0]['prices']
    assert [(r['input'], r['from'], r['to']) for r in rows] == [
        (1, None, '2026-03-01'), (5, '2026-03-01', '2026-06-01'), (3, '2026-06-01', None)]
    assert [r['windows'][0]['utc'] for r in rows] == [['23:00-01:30']] * 3
    assert rows[0]['windows'][0]['cached_input'] == 0.5  # a window stands alone: read as its input


@test
def genai_refusals():
    for prices in ({}, [], [{'constraint': {'moon': 'full'}, 'prices': {'input_mtok': 1}}],
                   {'input_mtok': {'tiers': []}}, {'input_mtok': {'base': 1, 'tiers': [{'price': 2}]}},
                   [{'constraint': {'start_date': 'soon'}, 'prices': {'input_mtok': 1}}],
                   [{'prices': {'input_mtok': 1}}, {'prices': {'input_mtok': 2}}], 'free', None):
        result = imported(genai(prices))
        assert not result['models'] and set(reasons(result)) == {'p/m'}, (prices, result)
    result = imported([{'id': 'p', 'models': [3, {'id': 'm', 'prices': {'input_mtok': 1}},
                                              {'id': 'm', 'prices': {'input_mtok': 2}}]}, {'id': 'q'}, 7])
    assert only(result)['input'] == 1 and len(result['skipped']) == 4


@test
def off_by_one_token():
    result = imported([{'id': 'openai', 'models': [{'id': 'gpt-5.4', 'prices': {
        'input_mtok': {'base': 2.5, 'tiers': [{'start': 271999, 'price': 5}]}, 'output_mtok': 15}}]}])
    note = reasons(result, 'notes')['openai/gpt-5.4']
    assert '272000' in note and '272001' in note, note
    assert only(result)['tiers'][0]['prompt_tokens'] == 271999  # as the list has it


@test
def tiers_of_models_dev():
    legacy = {'input': 2, 'output': 3}
    listed = {**legacy, 'tier': {'type': 'context', 'size': 272000}}
    cost = {'input': 1, 'output': 2, 'context_over_200k': legacy}

    def result(**more):
        return imported({'p': {'id': 'p', 'models': {'m': {'id': 'm', 'cost': {**cost, **more}}}}})
    assert only(result())['tiers'][0]['prompt_tokens'] == 200000
    assert tiers_of(only(result(tiers=[listed])), 'prompt_tokens') == [(272000, legacy)]
    assert tiers_of(only(result(tiers=[])), 'prompt_tokens') == [(200000, legacy)]
    assert set(reasons(result(tiers=[legacy]))) == {'p/m'}
    assert set(reasons(result(tiers=[{**legacy, 'tier': {'type': 'moon', 'size': 3}}]))) == {'p/m'}


@test
def list_of_openrouter():
    row = only(imported(router({
        'prompt': '0.000003', 'completion': '0.000015', 'request': '0', 'image': '0.0048',
        'web_search': '0.01', 'internal_reasoning': '0', 'input_cache_read': '0.0000003',
        'input_cache_write': '0.00000375', 'overrides': [
            {'min_prompt_tokens': 200000, 'prompt': '0.000006', 'completion': '0.0000225'},
            {'prompt': '0.5'}, {'utc_start': '16:30', 'utc_end': '00:30', 'prompt': '0.000001'}]})))
    assert rates_of(row) == {'input': 3, 'output': 15, 'cached_input': 0.3, 'cache_write': 3.75}
    assert row['fees'] == {'web_search_per_1000': 10}
    assert [(t['prompt_tokens'], t['compare'], rates_of(t)) for t in row['tiers']] == [
        (200000, 'ge', {'input': 6, 'output': 22.5})]
    assert row['windows'][0]['utc'] == ['16:30-00:30'] and row['windows'][0]['input'] == 1
    # The second would be paid on top of the first on Saturdays and Sundays.
    result = imported(router({'prompt': '0.000003', 'completion': '0.000015', 'overrides': [
        {'utc_days': ['saturday', 'sunday'], 'prompt': '0.000002'},
        {'utc_start': '16:30', 'utc_end': '00:30', 'prompt': '0.000001'},
        {'utc_days': ['friday'], 'utc_start': '16:30', 'utc_end': '00:00', 'prompt': '0.000001'}]}))
    assert [(w['days'], w['input']) for w in only(result)['windows']] == [(['sat', 'sun'], 2), (['fri'], 1)]
    assert '16:30-00:30: found windows that overlap' in reasons(result, 'notes')['a/m']
    result = imported(router({'prompt': '-1', 'completion': '-1'}))
    assert 'dynamic' in reasons(result)['a/m']
    assert only(imported(router({'prompt': '0.000002', 'completion': '0.000004',
                                 'discount': 0.25})))['input'] == 1.5
    assert imported(router({'prompt': '0', 'completion': '0'}))['models'][0]['flag'] == 'free'
    assert len(imported({'data': [3, {'pricing': {}}, {'id': 'x'}, {'id': 'y', 'pricing': {}}]})['skipped']) == 4


@test
def list_of_llm_prices():
    result = imported(llm({'input_cached': None}, {'id': 'n', 'input_cached': 0.1}))
    assert result['asOf'] == '2026-09-20' and len(result['models']) == 2
    assert rates_of(models(result)['v', 'n']['prices'][0]) == {'input': 1, 'output': 2, 'cached_input': 0.1}
    past = imported(llm({'from_date': None, 'to_date': '2026-02-01'},
                        {'from_date': '2026-02-01', 'to_date': None, 'input': 3}))['models'][0]['prices']
    assert [(p['input'], p['from'], p['to']) for p in past] == [
        (1, None, '2026-02-01'), (3, '2026-02-01', None)]
    bad = imported(llm({}, {'input': 9}, {'id': 'x', 'input': 'a'}, {'id': 'y', 'from_date': 'then'},
                       {'vendor': None}))
    assert len(bad['models']) == 1 and len(bad['skipped']) == 4, bad['skipped']


@test
def a_list_with_nothing_in_it_fails():
    for text in ('', '{', '[1,', 'null', '[]', '{}', '3', '{"data": []}', '{"models": []}', '[{}]',
                 '{"a": {"price": 3}}', b'\xff\xfe', '[' * 100 + ']' * 100):
        done = run('import', write(text))
        assert done.returncode == 1 and not done.stdout and b'list.json' in done.stderr, (text, done)
    assert run('import', '/nowhere.json').returncode == 1
    assert run('import').returncode == 2


@test
def what_was_imported_prices_requests():
    out = pathlib.Path(SCRATCH.name) / 'mine.json'
    source = write(json.dumps({'openai/x': {**lite(litellm_provider='openai'),
                                            'input_cost_per_token_batches': 5e-7}}))
    assert run('import', source, '-o', out).returncode == 0
    for catalogue in (out, source):
        done = run('price', 'openai/openai/x', '--input', '1000000', '--output', '0', '--batch',
                   '--catalog', catalogue, '--json')
        assert done.returncode == 0 and json.loads(done.stdout)['total'] == 0.5, done.stderr
    again = imported(out.read_text())
    assert again['format'] == 'Breakeven' and again['models'] == imported(source.read_text())['models']


if __name__ == '__main__':
    sys.exit(main())
