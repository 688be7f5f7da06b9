#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line as scenario-format's table names it: options of every verb, members of results, shares that
follow, like compared with like."""
import csv
import io
import json
import math
import os
import pathlib
import tempfile

from program import main, run, test

DATA = pathlib.Path(os.environ['BE_DATA_DIR'])
TEMPLATES = {name: DATA / 'templates' / f'{name}.breakeven.json' for name in ('support', 'rag', 'coding', 'summaries')}
SCRATCH = tempfile.TemporaryDirectory()


def output(*words):
    done = run(*words)
    assert done.returncode == 0, (words, done.returncode, done.stderr)
    return done.stdout.decode()


def read(*words):
    return json.loads(output(*words, '--json'))


def close(found, wanted, relative=1e-9):
    assert math.isclose(found, wanted, rel_tol=relative, abs_tol=1e-12), f'{found!r} is not {wanted!r}'


def write(document):
    path = pathlib.Path(SCRATCH.name) / f'{len(os.listdir(SCRATCH.name))}.breakeven.json'
    path.write_text(json.dumps(document))
    return path


def three_routes(shares=(.5, .3, .2), **members):
    return {'format': 'breakeven-scenario', 'version': 1, 'workloads': [{
        'id': 'w', 'requestsPerDay': 24000, 'tokens': {'input': 1e6, 'output': 0}, 'buffer': 0,
        'routing': {'routes': [{'offer': f'x/{name}', 'share': share} for name, share in zip('abc', shares)]}}],
        'offers': {f'x/{name}': {'input': price, 'output': 0} for name, price in zip('abc', (1, 10, 100))}, **members}


def per_request(shares):
    return sum(share * price for share, price in zip(shares, (1, 10, 100)))


@test
def every_verb_takes_set_catalog_and_json():
    support = TEMPLATES['support']
    catalog = DATA / 'prices' / 'catalogue.json'
    out = pathlib.Path(SCRATCH.name) / 'chart.svg'
    written = pathlib.Path(SCRATCH.name) / 'set.json'
    rows = [
        ['evaluate', support], ['crossover', support], ['validate', support], ['diff', support, support],
        ['sweep', support, '--over', 'monthHours', '--from', 700, '--to', 744, '--points', 3],
        ['chart', support, '--kind', 'costs', '-o', out], ['set', support, 'notes=x', '-o', written],
    ]
    for row in rows:
        result = json.loads(output(*row, '--set', 'workloads/chat/buffer=0', '--catalog', catalog, '--json'))
        assert isinstance(result, dict), row
    assert json.loads(written.read_text())['workloads'][0]['buffer'] == 0
    for row in (['price', 'openai/gpt-4o', '--input', 9], ['catalog', 'gpt-4o'],
                ['throughput', '--model', 'Llama-3-70B', '--gpu', 'H100', '--gpus', 4, '--input', 9, '--output', 9]):
        assert isinstance(json.loads(output(*row, '--catalog', catalog, '--json')), dict), row


@test
def members_of_evaluate():
    result = read('evaluate', TEMPLATES['support'])
    assert list(result['plans']) == ['hosted', 'selfHosted', 'hybrid', 'provisioned']
    for name, plan in result['plans'].items():
        if plan is None:
            continue
        assert {'feasible', 'perMonth', 'perRequest', 'perMtok', 'lines'} <= set(plan), name
        assert all({'label', 'amount'} <= set(line) for line in plan['lines'])
        close(sum(line['amount'] for line in plan['lines']), plan['perMonth'])
    for pool in result['plans']['selfHosted']['pools']:
        assert {'id', 'replicas', 'gpus', 'utilisation', 'outputTokensPerSecond'} <= set(pool)
    hybrid = result['plans']['hybrid']
    assert hybrid['replicas'] == sum(pool['replicas'] for pool in hybrid['pools'])
    for pool in hybrid['pools']:
        assert {'id', 'replicas', 'overflowShare', 'costs'} <= set(pool)
        assert min(pool['costs']) == pool['costs'][pool['replicas']]
    assert all({'code', 'path', 'message'} == set(warning) for warning in result['warnings'])
    assert result['cheapest'] in result['plans']


@test
def members_of_the_others():
    crossover = read('crossover', TEMPLATES['rag'])
    assert {'first', 'permanent', 'crossings', 'reason', 'hybridOptimum'} <= set(crossover)
    price = read('price', 'openai/gpt-4o', '--input', 1000, '--output', 100)
    assert {'total', 'lines'} <= set(price)
    speed = read('throughput', '--model', 'Llama-3-70B', '--gpu', 'H100', '--gpus', 8, '--weights', 'fp16', '--kv',
                 'fp8', '--input', 1000, '--output', 500, '--tpot-ms', 40, '--pipeline', 2, '--engine', 'vllm')
    assert {'outputTokensPerSecond', 'tpotMs', 'ttftMs', 'batch', 'fits', 'step'} <= set(speed)
    assert len(speed['step']) == 6 and speed['tpotMs'] <= 40
    few = read('throughput', '--model', 'Llama-3-70B', '--gpu', 'H100', '--gpus', 8, '--input', 1000, '--output', 500,
               '--concurrency', 4)
    close(few['batch'], 4)
    wide = read('throughput', '--model', 'DeepSeek-V3', '--gpu', 'H200', '--gpus', 8, '--weights', 'fp8', '--input', 1000,
                '--output', 500, '--attention-dp', 8)
    assert wide['fits']


@test
def one_share_of_three_is_set():
    path = write(three_routes())
    share = 'workloads/w/routing/routes/x~1{}/share'
    for value in (0, .1, .5, 1):
        rest = [(1 - value) * part / .5 for part in (.3, .2)]
        result = read('evaluate', path, '--set', f'{share.format("a")}={value}')
        close(result['plans']['hosted']['perRequest'], per_request([value, *rest]))
    rows = list(csv.reader(io.StringIO(output('sweep', path, '--over', share.format('b'), '--from', 0, '--to', 1,
                                              '--points', 5))))
    for row in rows[1:]:
        value = float(row[0])
        shares = [(1 - value) * .5 / .7, value, (1 - value) * .2 / .7]
        close(float(row[1]), per_request(shares) * 24000 * 730 / 24)
    # Two in one step: the third alone takes the rest; routes that were all 0 take it evenly.
    result = read('evaluate', path, '--set', f'{share.format("a")}=0.2', '--set', f'{share.format("b")}=0.1')
    close(result['plans']['hosted']['perRequest'], per_request([.2, .1, .7]))
    result = read('evaluate', write(three_routes((1, 0, 0))), '--set', f'{share.format("a")}=0.4')
    close(result['plans']['hosted']['perRequest'], per_request([.4, .3, .3]))
    assert run('evaluate', path, *[f'--set={share.format(name)}=0.2' for name in 'abc']).returncode == 1


@test
def paths_are_the_same_everywhere():
    entry = {'input': 'workloads/w/retry/rate', 'kind': 'triangular', 'low': 0, 'mode': 0.1, 'high': 0.2}
    assert output('validate', write(three_routes(uncertainty=[entry]))) == '', 'an input at its default'
    for wrong in ('workloads/nobody/retry/rate', 'workloads/w/name', 'retry/rate'):
        done = run('validate', write(three_routes(uncertainty=[{**entry, 'input': wrong}])))
        assert done.returncode == 1 and wrong in done.stderr.decode(), (wrong, done.stderr)
    rows = list(csv.reader(io.StringIO(output('sweep', write(three_routes()), '--over', 'workloads/w/retry/rate',
                                              '--from', 0, '--to', .5, '--points', 2))))
    close(float(rows[2][1]) / float(rows[1][1]), 1 + .5 + .25 + .125)


@test
def like_is_compared_with_like():
    for verb in ('evaluate', 'crossover'):
        result = read(verb, TEMPLATES['support'])
        pools = result['pools'] if verb == 'crossover' else result['plans']['selfHosted']['pools']
        pool, same = pools[0], pools[0]['sameWeights']
        assert pool['sameModel'] is False, 'GPT-4o is no open model'
        text = output(verb, TEMPLATES['support'])
        assert 'another model' in text and 'Hosted by' in text, text
    scenario = json.loads(TEMPLATES['support'].read_text())
    work, buffer = scenario['workloads'][0], 1 + scenario['workloads'][0].get('buffer', .2)
    tokens = work['tokens']
    one = read('price', same['offer'], '--input', round(tokens['input']), '--output', round(tokens['output']))['total']
    hours = scenario.get('monthHours', 730)
    close(same['perMonth'], one * buffer * work['requestsPerDay'] * hours / 24, 1e-3)
    close(same['perMtok'], one * buffer / (tokens['input'] + tokens['output']) * 1e6, 1e-3)
    # The hosted plan on that very offer is like with like, and says nothing.
    work['routing'] = {'routes': [{'offer': same['offer']}]}
    result = read('evaluate', write(scenario))
    assert result['plans']['selfHosted']['pools'][0]['sameModel'] is True
    assert all(warning['code'] != 'otherModel' for warning in result['warnings'])
    close(result['plans']['hosted']['perMonth'], same['perMonth'], 1e-6)


main()
