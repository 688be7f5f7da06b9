#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs breakeven-cli as a user does, without a display: published numbers, every verb, exit statuses."""
import csv
import io
import json
import math
import os
import pathlib
import tempfile

from program import main, run, test

HERE = pathlib.Path(__file__).resolve().parent
FLAGSHIP = HERE / 'published-flagship.breakeven.json'
ROUTED = HERE / 'published-routed.breakeven.json'
SCRATCH = tempfile.TemporaryDirectory()
DAY = [.2, .15, .1, .1, .1, .15, .3, .5, .8, 1, 1.1, 1.2, 1.2, 1.15, 1.1, 1.1, 1.0, .9, .7, .6, .5, .4, .35, .25]


def output(*words, **options):
    done = run(*words, **options)
    assert done.returncode == 0, (words, done.returncode, done.stderr)
    assert not done.stderr, done.stderr
    return done.stdout.decode()


def read_json(*words, **options):
    return json.loads(output(*words, '--json', **options))


def hosted(*words):
    return read_json('evaluate', *words)['plans']['hosted']['perMonth']


def close(found, wanted, relative=1e-9):
    assert math.isclose(found, wanted, rel_tol=relative), f'{found!r} is not {wanted!r}'


def refused(status, *words, says='', **options):
    done = run(*words, **options)
    assert done.returncode == status, (words, done.returncode, done.stderr)
    assert not done.stdout, done.stdout
    message = done.stderr.decode()
    assert message.startswith('breakeven-cli: ') and says in message, (words, message)
    return message


def day_curve(**pool):
    """4,000 output tokens/s in the mean at $1/Mtok against replicas of 2,500 tokens/s at $4 an hour."""
    return {
        'format': 'breakeven-scenario', 'version': 1,
        'workloads': [{
            'id': 'day', 'requestsPerDay': 4000 * 86400 / 100, 'profile': DAY * 7,
            'tokens': {'input': 0, 'output': 100}, 'buffer': 0,
            'routing': {'routes': [{'offer': 'x/one'}]}}],
        'pools': [{
            'id': 'pool', 'serves': [{'workload': 'day'}], 'gpusPerReplica': 1,
            'throughput': {'source': 'measured', 'outputTokensPerSecond': 2500},
            'target': {'waitProbability': 1}, 'rent': {'gpuHour': 4, 'kind': 'on-demand'}, **pool}],
        'offers': {'x/one': {'input': 1, 'output': 1}}}


@test
def published_figures_come_out():
    checks = read_json('selftest')['checks']
    worked = [check for check in checks if check['holds'] is not None]
    assert len(worked) >= 35 and all(check['holds'] for check in worked), worked
    assert all(check['note'] and check['ours'] is None for check in checks if check['holds'] is None)
    listed = {check['id'] for check in checks}
    examples = json.loads((pathlib.Path(os.environ['BE_TEST_CASES']) / 'worked-examples.json').read_text())
    assert {case['id'] for case in examples['cases']} <= listed and {'C1', 'C2', 'C3', 'C4'} <= listed
    assert 'GPT-4o' in output('selftest')
    assert run('selftest', 'FILE').returncode == 2


def write(document):
    path = pathlib.Path(SCRATCH.name) / f'{len(os.listdir(SCRATCH.name))}.breakeven.json'
    path.write_text(document if isinstance(document, str) else json.dumps(document))
    return path


@test
def published_examples():
    rows = [
        ('one model', [FLAGSHIP], 112500), ('routed', [ROUTED], 38475),
        ('reserve', [FLAGSHIP, '--set', 'workloads/chat/buffer=0.2'], 135000),
        ('730 hours', [FLAGSHIP, '--set', 'monthHours=730'], 114062.50),
        ('a quarter deferred', [ROUTED, '--set', 'workloads/chat/batchShare=0.25'], 33665.625),
        ('whole tokens', [FLAGSHIP, '--set', 'workloads/chat/tokens/input=1667',
                          '--set', 'workloads/chat/tokens/output=333'], 112462.50),
        ('whole tokens, routed', [ROUTED, '--set', 'workloads/chat/tokens/input=1667',
                                  '--set', 'workloads/chat/tokens/output=333'], 38462.175),
    ]
    for name, words, wanted in rows:
        found = hosted(*words)
        assert math.isclose(found, wanted, rel_tol=1e-9), (name, found, wanted)
    assert '$112,500.00' in output('evaluate', FLAGSHIP)
    assert '$38,475.00' in output('evaluate', ROUTED)


@test
def evaluate_has_its_members():
    result = read_json('evaluate', FLAGSHIP)
    assert list(result['plans']) == ['hosted', 'selfHosted', 'hybrid', 'provisioned']
    assert result['plans']['selfHosted'] is None and result['plans']['provisioned'] is None
    plan = result['plans']['hosted']
    assert plan['feasible'] is True and result['cheapest'] == 'hosted'
    close(plan['perMtok'], 3.75)
    close(plan['perRequest'], 0.0075)
    close(sum(line['amount'] for line in plan['lines']), plan['perMonth'])
    assert len({line['label'] for line in plan['lines']}) == len(plan['lines'])


@test
def hybrid_of_the_day_curve():
    path = write(day_curve())
    result = read_json('evaluate', path)
    pool = result['plans']['hybrid']['pools'][0]
    for found, wanted in zip(pool['costs'], [10512, 8130, 7783, 8805, 11680]):
        assert abs(found - wanted) < 1, (found, wanted)
    assert pool['replicas'] == 2 and result['plans']['hybrid']['replicas'] == 2
    assert result['cheapest'] == 'hybrid'
    close(result['plans']['selfHosted']['perMonth'], 11680)
    assert result['plans']['selfHosted']['pools'][0]['replicas'] == 4
    text = output('crossover', path)
    assert '$7,783.' in text and '2 replicas' in text, text


@test
def crossings_of_the_day_curve():
    result = read_json('crossover', write(day_curve()))
    day = 4000 * 86400 / 100
    peak = 1.2 / (sum(DAY) / 24) * 4000
    found = [c['requestsPerDay'] / day for c in result['crossings']]
    cheaper = [n * 5 / 18 for n in range(1, 7)]
    reversals = [n * 2500 / peak for n in range(1, 6)]
    wanted = sorted(cheaper + reversals)
    assert len(found) == len(wanted), (found, wanted)
    for one, other in zip(found, wanted):
        close(one, other, 1e-6)
    close(result['first'] / day, 5 / 18, 1e-6)
    close(result['permanent'] / day, 5 / 3, 1e-6)
    assert result['hybridOptimum']['replicas'] == 2
    assert abs(result['hybridOptimum']['perMonth'] - 7783) < 1


@test
def never_has_a_reason():
    document = day_curve(rent={'gpuHour': 400, 'kind': 'on-demand'})
    result = read_json('crossover', write(document))
    assert result['permanent'] is None and result['first'] is None
    assert 'never' in result['reason']
    assert 'never' in output('crossover', write(document))


@test
def sweep_is_csv():
    words = ['sweep', FLAGSHIP, '--over', 'workloads/chat/requestsPerDay', '--from', 100000, '--to', 900000,
             '--points', 5]
    rows = list(csv.reader(io.StringIO(output(*words))))
    assert rows[0] == ['workloads/chat/requestsPerDay', 'hosted', 'selfHosted', 'hybrid', 'provisioned'], rows[0]
    assert [float(row[0]) for row in rows[1:]] == [100000, 300000, 500000, 700000, 900000]
    for row in rows[1:]:
        close(float(row[1]), float(row[0]) * 0.225)
        assert row[4] == ''
    words[5], words[7] = 1, 10000
    log = list(csv.reader(io.StringIO(output(*words, '--log'))))
    for row, wanted in zip(log[1:], [1, 10, 100, 1000, 10000]):
        close(float(row[0]), wanted)
    assert len(read_json(*words)['points']) == 5
    refused(2, 'sweep', FLAGSHIP, '--over', 'monthHours', '--from', 1, '--to', 2, '--points', 1)
    refused(2, 'sweep', FLAGSHIP, '--over', 'monthHours', '--from', 0, '--to', 2, '--points', 3, '--log')
    refused(2, 'sweep', FLAGSHIP, '--from', 0, '--to', 2, '--points', 3)
    refused(1, 'sweep', FLAGSHIP, '--over', 'no/such', '--from', 1, '--to', 2, '--points', 3)


@test
def charts_are_files():
    import xml.dom.minidom
    heads = {'png': b'\x89PNG\r\n', 'svg': b'<', 'pdf': b'%PDF-'}
    scenario = write(day_curve())
    with tempfile.TemporaryDirectory() as directory:
        for kind in ('costs', 'crossover', 'breakdown', 'bill'):
            for ending, head in heads.items():
                path = pathlib.Path(directory) / f'{kind}.{ending}'
                output('chart', scenario, '--kind', kind, '-o', path, '--size', '640x400', '--theme', 'dark')
                data = path.read_bytes()
                assert data.startswith(head) and len(data) > 1000, (kind, ending, len(data))
                if ending == 'svg':
                    text = xml.dom.minidom.parseString(data).documentElement
                    assert text.getElementsByTagName('text'), kind
                if ending == 'png':
                    assert int.from_bytes(data[16:20], 'big') == 640 and int.from_bytes(data[20:24], 'big') == 400
        refused(2, 'chart', scenario, '--kind', 'pie', '-o', f'{directory}/x.png', says='pie')
        refused(2, 'chart', scenario, '--kind', 'costs', '-o', f'{directory}/x.gif', says='x.gif')
        refused(2, 'chart', scenario, '--kind', 'costs', '-o', f'{directory}/x.png', '--size', '0x0')
        refused(1, 'chart', scenario, '--kind', 'costs', '-o', f'{directory}/none/x.png')
        path = pathlib.Path(directory) / 'x.png'
        output('chart', scenario, '--kind', 'bill', '-o', path, '--size', '300x200', '--scale', 4, '--transparent')
        data = path.read_bytes()
        assert int.from_bytes(data[16:20], 'big') == 1200 and data[25] == 6, 'RGBA at four times the size'
        output('chart', scenario, '--kind', 'bill', '-o', path, '--size', '300x200')
        assert path.read_bytes()[25] == 2, 'RGB'
        for scale in (0.5, 5, 'nan'):
            refused(2, 'chart', scenario, '--kind', 'bill', '-o', path, '--scale', scale, says='scale')
        refused(1, 'chart', scenario, '--kind', 'bill', '-o', path, '--size', '9000x200', '--scale', 2, says='18000')


@test
def charts_as_numbers():
    scenario = write(day_curve())
    with tempfile.TemporaryDirectory() as directory:
        path = pathlib.Path(directory) / 'curve.csv'
        for locale in ('C.UTF-8', 'de_DE.UTF-8'):
            output('chart', scenario, '--kind', 'crossover', '-o', path, environment={'LC_ALL': locale})
            rows = list(csv.reader(path.read_text().splitlines()))
            assert len(rows) > 20 and len(rows[0]) == 4, rows[:2]
            numbers = [[float(cell) for cell in row if cell] for row in rows[1:]]
            assert all(row[0] > 0 for row in numbers) and len(numbers[0]) == 4


HEADS = {
    'costs': 'requests/day', 'crossover': 'requests/day', 'breakdown': 'Lever', 'bill': 'Plan', 'offers': 'Offer',
    'caching': 'requests/day of this workload', 'limits': 'Limit', 'latency': 'Name',
    'fineTuned': 'requests/day of this workload', 'step': 'Part', 'throughput': 'ms for each output token',
    'gpus': 'Name', 'precisions': 'Weights', 'replicas': 'replicas owned', 'week': 'hour of the week, UTC',
    'memory': 'Part', 'fleet': 'hour of the week, UTC', 'bridge': 'Cause'}


@test
def every_kind_is_drawn_and_says_what_its_rows_are():
    scenario = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates/support.breakeven.json'
    allowed = refused(2, 'chart', scenario, '--kind', 'pie', '-o', 'x.png').rsplit(': ', 1)[1].strip().split(', ')
    assert allowed == list(HEADS), allowed
    for text in ((HERE.parent.parent / 'README.md').read_text().replace('`', ''),
                 (HERE.parent.parent / 'data/man/breakeven-cli.1').read_text(), output('chart', '--help')):
        assert ', '.join(allowed) in ' '.join(text.split()), text
    with tempfile.TemporaryDirectory() as directory:
        numbers = {}
        for kind, head in HEADS.items():
            for ending in ('svg', 'csv'):
                path = pathlib.Path(directory) / f'{kind}.{ending}'
                before = ['--before', scenario.with_name('rag.breakeven.json')] if kind == 'bridge' else []
                output('chart', scenario, '--kind', kind, '-o', path, *before)
            numbers[kind] = list(csv.reader(path.read_text().splitlines()))
            assert numbers[kind][0][0] == head, (kind, numbers[kind][0])
        plan = read_json('evaluate', scenario)['plans']['selfHosted']['perMonth']
        close(float(dict(numbers['precisions'][1:])['FP8']), plan)
        front = [row for row in numbers['gpus'][1:] if row[3]]
        assert 2 < len(front) < len(numbers['gpus']) / 2 and all(row[2] == row[3] for row in front), front


@test
def a_workload_without_routes_is_told_what_it_lacks():
    bare = write({'format': 'breakeven-scenario', 'version': 1, 'workloads': [
        {'id': 'a', 'requestsPerDay': 1, 'tokens': {'input': 1, 'output': 1}}]})
    refused(1, 'evaluate', bare, says='workloads/a/routing/routes: found nothing, allowed is at least one route')


@test
def a_prompt_beyond_the_model_is_warned_of():
    scenario = {'format': 'breakeven-scenario', 'version': 1, 'workloads': [
        {'id': 'a', 'requestsPerDay': 100, 'tokens': {'input': 127999, 'output': 1},
         'routing': {'routes': [{'offer': 'openai/gpt-4o'}]}}]}
    assert not [w for w in read_json('evaluate', write(scenario))['warnings'] if w['code'] == 'contextWindow']
    scenario['workloads'][0]['tokens']['output'] = 2
    said = [w for w in read_json('evaluate', write(scenario))['warnings'] if w['code'] == 'contextWindow']
    assert len(said) == 1 and '128,000' in said[0]['message'] and '100' in said[0]['message'], said
    assert said[0]['path'] == 'workloads/a/routing/routes/openai~1gpt-4o', said


RATES = '{"input": 3, "output": 15, "tiers": [{"above": 200000, "input": 6, "output": 22.5}]}'


@test
def price_of_a_request():
    for tokens, wanted in [(100000, .3), (200000, .6), (200001, 1.200006), (1000000, 6)]:
        close(read_json('price', '--rates', RATES, '--input', tokens)['total'], wanted)
    rates = json.dumps({'input': 3, 'output': 15, 'cachedInput': .3, 'cacheWrite': 3.75, 'cacheWrite1h': 6,
                        'batch': {'input': 1.5, 'output': 7.5}, 'fees': {'webSearchPer1000': 10}})
    result = read_json('price', '--rates', rates, '--input', 10000, '--cached', 5000, '--cache-write', 3000,
                       '--cache-write-1h', 1000, '--output', 1000, '--reasoning', 400, '--searches', 2)
    close(result['total'], (2000 * 3 + 5000 * .3 + 2000 * 3.75 + 1000 * 6 + 1000 * 15) / 1e6 + .02)
    close(sum(line['amount'] for line in result['lines']), result['total'])
    close(read_json('price', '--rates', rates, '--input', 1000, '--output', 100, '--batch')['total'], .00225)
    text = output('price', '--rates', RATES, '--input', 200001)
    assert '$1.200006' in text, text
    close(read_json('price', '--rates', '{"input": 3}', '--input', 1000, environment={'BE_DATA_DIR': '/none'})['total'],
          .003)
    assert 'total' in read_json('price', 'openai/gpt-4o', '--input', 1000, '--output', 100)


@test
def price_in_a_window():
    rates = json.dumps({'input': 1, 'output': 1, 'windows': [
        {'utc': ['01:00-04:00', '06:30-10:00'], 'days': ['mon', 'tue', 'wed', 'thu', 'fri'], 'input': 2}]})
    for at, wanted in [('2026-09-23T02:00:00Z', 2), ('2026-09-23T04:00:00Z', 1), ('2026-09-23 06:15', 1),
                       ('2026-09-23 06:45', 2), ('2026-09-26T02:00:00Z', 1), ('2026-09-23T10:00:00+08:00', 2)]:
        close(read_json('price', '--rates', rates, '--input', 1000000, '--at', at)['total'], wanted)
    close(read_json('price', '--rates', rates, '--input', 1000000)['total'], 1)
    refused(1, 'price', '--rates', rates, '--input', 1, '--at', 'soon', says='soon')


@test
def price_refuses():
    for words in (['--cached', 2], ['--cache-write', 2], ['--cached', 1, '--cache-write', 1],
                  ['--cache-write-1h', 1], ['--reasoning', 1], ['--output', -1], ['--output', 'nan']):
        refused(1, 'price', '--rates', RATES, '--input', 1, *words)
    refused(1, 'price', '--rates', '{"input": 3}', '--output', 5, says='output price')
    refused(1, 'price', '--rates', '{"input": "3"}', '--input', 5)
    refused(1, 'price', '--rates', '[]', '--input', 5)
    refused(1, 'price', '--rates', 'nonsense', '--input', 5)
    refused(1, 'price', 'no/such-model', '--input', 5, says='no/such-model')
    refused(2, 'price', '--input', 5)
    refused(2, 'price', '--rates', RATES, '--input', 'five')


@test
def throughput_of_a_replica():
    words = ['throughput', '--model', 'Llama-3-70B', '--gpu', 'H200', '--gpus', 4, '--weights', 'fp8', '--kv', 'fp8',
             '--input', 1000, '--output', 1000, '--requests', 3000, '--engine', 'TensorRT-LLM']
    result = read_json(*words)
    close(result['outputTokensPerSecond'], 8287.63653, 1e-3)
    assert result['fits'] is True and len(result['step']) == 6
    assert 'tokens/s' in output(*words)
    assert result['low'] < 0.86 * result['outputTokensPerSecond'] < result['outputTokensPerSecond'] < result['high']
    assert result['gpuUnverified'] is False and result['notes']
    words[2] = 'no-such'
    refused(1, *words, says='no-such')
    refused(2, 'throughput', '--model', 'Llama-3-70B')
    refused(1, 'throughput', '--model', 'Llama-3-70B', '--gpu', 'H200', '--gpus', 0, '--input', 1, '--output', 1,
            says='whole numbers from 1')
    refused(2, 'selftest', 'x', says='1 argument found')


@test
def throughput_says_where_it_is_weak():
    words = ['throughput', '--model', 'Llama-3.3-70B', '--gpu', 'H100', '--gpus', 1, '--input', 1000, '--output', 300]
    refused(1, *words, says='What would fit: FP8 weights')
    edge = read_json(*words, '--weights', 'fp8')
    close(edge['high'], 1.9 * edge['outputTokensPerSecond'])
    close(edge['low'], 0.7 * edge['outputTokensPerSecond'])
    assert any('15 %' in note for note in edge['notes'])
    for gpu, text in [('T4', 'measurements of this GPU'), ('L4', '1.38'), ('GB10', 'unverified')]:
        said = read_json('throughput', '--model', 'Llama-3.2-3B', '--gpu', gpu, '--gpus', 1, '--input', 500,
                         '--output', 100)
        assert any(text in note for note in said['notes']), gpu
    whole = read_json('throughput', '--model', 'GLM-5', '--gpu', 'B200', '--gpus', 8, '--weights', 'fp8', '--input',
                      1000, '--output', 300)
    assert any('indexer' in note for note in whole['notes']) and any('holds the whole' in note for note in whole['notes'])
    slow = read_json('throughput', '--model', 'Llama-3.1-8B', '--gpu', 'H100', '--gpus', 1, '--input', 1000,
                     '--output', 300, '--efficiency', 0.5)
    fast = read_json('throughput', '--model', 'Llama-3.1-8B', '--gpu', 'H100', '--gpus', 1, '--input', 1000,
                     '--output', 300)
    close(slow['outputTokensPerSecond'], fast['outputTokensPerSecond'] / 2)
    refused(1, 'throughput', '--model', 'GLM-5', '--gpu', 'B200', '--gpus', 8, '--input', 1, '--output', 1,
            '--efficiency', 0)


@test
def warnings_of_a_pool():
    template = HERE.parent.parent / 'data/templates/support.breakeven.json'

    def warned(*sets):
        words = [word for assignment in sets for word in ('--set', f'pools/llama/{assignment}')]
        return {w['code']: w for w in read_json('evaluate', template, *words)['warnings']}

    assert not {'pcieWide', 'gpuUnmeasured', 'memoryEdge', 'untunedSoftware'} & set(warned())
    wide = warned('gpu=L40S', 'gpusPerReplica=4')
    assert wide['pcieWide']['path'] == 'pools/llama' and 'PCIe' in wide['pcieWide']['message']
    assert 'gpuUnmeasured' in warned('gpu=A10G', 'gpusPerReplica=8')
    assert warned('gpu=GB10', 'gpusPerReplica=1')['gpuUnverified']['path'] == 'pools/llama/gpu'
    assert 'untunedSoftware' in warned('throughput/softwareEfficiency=0.7')
    assert 'sparseAttention' in warned('model=GLM-5', 'gpu=B200', 'gpusPerReplica=8')
    assert 'memoryEdge' in warned('gpusPerReplica=1')
    whole = warned('gpusPerReplica=1', 'weights=fp16')['doesNotFit']['message']
    assert 'What would fit: FP8 weights' in whole, whole


@test
def never_has_its_two_numbers():
    template = HERE.parent.parent / 'data/templates/support.breakeven.json'
    result = read_json('crossover', template, '--set', 'pools/llama/rent/gpuHour=60')
    assert result['permanent'] is None and result['reason'].count('$') >= 2, result['reason']


@test
def throughput_of_a_config():
    config = {'model_type': 'llama', 'hidden_size': 4096, 'intermediate_size': 14336, 'num_attention_heads': 32,
              'num_hidden_layers': 32, 'num_key_value_heads': 8, 'vocab_size': 128256, 'tie_word_embeddings': False,
              'max_position_embeddings': 131072}
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'my-llama.json'
        path.write_text(json.dumps(config))
        layout = ['--gpu', 'H100', '--gpus', 1, '--input', 1000, '--output', 300]
        ours = read_json('throughput', '--model-config', path, *layout)
        shipped = read_json('throughput', '--model', 'Llama-3.1-8B', *layout)
        assert ours['model'] == 'my-llama'
        close(ours['outputTokensPerSecond'], shipped['outputTokensPerSecond'])
        close(read_json('throughput', '--model', path, *layout)['parameters'], 8.03e9, 1e-3)
        path.write_text('{"num_hidden_layers": "many"}')
        refused(1, 'throughput', '--model-config', path, *layout, says='num_hidden_layers')
        refused(1, 'throughput', '--model-config', folder + '/none.json', *layout, says='none.json')


@test
def catalog_is_searched():
    result = read_json('catalog', 'gpt-4o')
    assert any(offer['key'] == 'openai/gpt-4o' for offer in result['offers']) and result['asOf']
    assert all('gpt' in (offer['key'] + offer['name']).lower() for offer in result['offers'])
    text = output('catalog', 'H100')
    assert 'H100' in text and 'gpt-4o' not in text
    assert len(read_json('catalog')['models']) > 10


@test
def set_writes_the_same_bytes_twice():
    original = FLAGSHIP.read_bytes()
    with tempfile.TemporaryDirectory() as directory:
        one, two = pathlib.Path(directory) / 'one.json', pathlib.Path(directory) / 'two.json'
        output('set', FLAGSHIP, 'workloads/chat/requestsPerDay=1000', '-o', one)
        output('set', one, '-o', two)
        assert one.read_bytes() == two.read_bytes() and FLAGSHIP.read_bytes() == original
        close(hosted(one), 225)
        output('set', one, 'workloads/chat/requestsPerDay=2000')
        changed = [(a, b) for a, b in zip(one.read_text().split('\n'), two.read_text().split('\n')) if a != b]
        assert len(changed) == 1 and '2000' in changed[0][0], changed
        kept = one.read_bytes()
        refused(1, 'set', one, 'workloads/chat/buffer=7')
        refused(1, 'set', one, 'workloads/nobody/buffer=0')
        refused(2, 'set', one, 'workloads')
        # Without an assignment the file is migrated and normalised where it is.
        one.write_text(json.dumps(json.loads(kept)))
        assert one.read_bytes() != kept
        output('set', one)
        assert one.read_bytes() == kept
        refused(2, 'evaluate', one, '--set', 'workloads/chat/buffer', says='--set workloads/chat/buffer is no')
        assert one.read_bytes() == kept
        assert output('set', '-', stdin=kept).encode() == kept


@test
def shares_follow():
    found = read_json('evaluate', ROUTED, '--set', 'workloads/chat/routing/routes/openai~1gpt-4o/share=1')
    close(found['plans']['hosted']['perMonth'], 112500)
    refused(1, 'evaluate', ROUTED, '--set', 'workloads/chat/routing/routes/openai~1gpt-4o/share=0.5',
            '--set', 'workloads/chat/routing/routes/openai~1gpt-4o-mini/share=0.4')


@test
def validate_and_bad_files():
    assert output('validate', FLAGSHIP) == ''
    good = FLAGSHIP.read_text()
    rows = {
        'empty': '', 'not JSON': '{', 'two documents': '{}{}', 'array': '[]',
        'wrong format': good.replace('breakeven-scenario', 'something'),
        'deep': '[' * 100 + ']' * 100, 'duplicate': good.replace('"version": 1', '"version": 1, "version": 1'),
        'string for a number': good.replace('500000', '"500000"'), 'negative': good.replace('500000', '-1'),
        'not finite': good.replace('500000', '1e999'), 'large integer': good.replace('500000', '9007199254740993'),
        'share above 1': good.replace('"buffer": 0', '"batchShare": 1.5'),
        'shares that do not sum': ROUTED.read_text().replace('0.7', '0.6'),
        'unknown id': good.replace('"offers"', '"pools": [{"id": "p", "serves": [{"workload": "who"}]}], "offers"'),
        'unknown offer': good.replace('"offer": "openai/gpt-4o"', '"offer": "no/such"'),
    }
    for name, text in rows.items():
        assert name in ('empty', 'not JSON', 'two documents', 'array', 'deep') or text not in (good, ROUTED.read_text())
        path = write(text)
        for verb in ('validate', 'evaluate', 'crossover'):
            try:
                message = refused(1, verb, path)
            except AssertionError as error:
                raise AssertionError(f'{name}: {error}') from error
        assert len(message) > 20, (name, message)
        assert read_json_problems(path), name
    refused(1, 'evaluate', '/no/such/file')
    refused(1, 'evaluate', '-', stdin=b'{')
    assert output('validate', '-', stdin=good.encode()) == ''
    assert '$112,500.00' in output('evaluate', '-', stdin=good.encode())


def read_json_problems(path):
    done = run('validate', path, '--json')
    assert done.returncode == 1
    return json.loads(done.stdout)['problems']


@test
def a_week_is_set_by_its_rows():
    path = 'workloads/chat/profile'
    flat = hosted(FLAGSHIP, '--set', f'{path}={json.dumps([2] * 168)}')
    close(flat, 112500)
    for bad, says in ((['a'], 'profile/167: found “a”'), ([-1], 'profile/167: found -1'), ([[3]], 'an array'),
                      ([1, 1], '169 weights')):
        refused(1, 'evaluate', FLAGSHIP, '--set', f'{path}={json.dumps([1] * 167 + bad)}', says=says)


@test
def attention_ranks_are_gpus():
    """As many as divide the GPUs of a stage; eight GPUs are the same replica in a pool and by themselves."""
    template = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates' / 'support.breakeven.json'
    pool = 'pools/llama'
    for gpus, stages, ranks in ((2, 1, 16), (8, 1, 3), (8, 4, 4)):
        refused(1, 'evaluate', template, '--set', f'{pool}/gpusPerReplica={gpus}', '--set',
                f'{pool}/pipelineStages={stages}', '--set', f'{pool}/attentionDataParallel={ranks}',
                says='attentionDataParallel')
    words = ['--set', f'{pool}/model=DeepSeek-V3', '--set', f'{pool}/gpu=H200', '--set', f'{pool}/gpusPerReplica=8',
             '--set', f'{pool}/attentionDataParallel=4']
    ours = read_json('evaluate', template, *words)['plans']['selfHosted']['pools'][0]['outputTokensPerSecond']
    alone = read_json('throughput', '--model', 'DeepSeek-V3', '--gpu', 'H200', '--gpus', 8, '--weights', 'fp8', '--kv',
                      'fp8', '--input', 1667, '--output', 333, '--tpot-ms', 50, '--attention-dp', 4)
    close(alone['outputTokensPerSecond'], ours, 0.02)
    refused(1, 'throughput', '--model', 'DeepSeek-V3', '--gpu', 'H200', '--gpus', 8, '--input', 1, '--output', 1,
            '--pipeline', 65536, '--attention-dp', 65536, says='--gpus is 8')


@test
def a_pool_needs_output_tokens():
    template = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates' / 'support.breakeven.json'
    plans = read_json('evaluate', template, '--set', 'workloads/chat/tokens/output=0')['plans']
    assert plans['hosted']['feasible'] and not plans['selfHosted']['feasible']
    assert 'Chat has no output tokens' in plans['selfHosted']['reason'], plans['selfHosted']['reason']


@test
def diff_has_a_bridge():
    assert 'No input differs' in output('diff', FLAGSHIP, FLAGSHIP)
    with tempfile.TemporaryDirectory() as directory:
        other = pathlib.Path(directory) / 'b.json'
        output('set', FLAGSHIP, 'workloads/chat/requestsPerDay=1000000', 'workloads/chat/buffer=0.2', '-o', other)
        result = read_json('diff', FLAGSHIP, other)
        assert {row['path'] for row in result['inputs']} == {'workloads/chat/requestsPerDay', 'workloads/chat/buffer'}
        close(result['start'] + sum(step['change'] for step in result['bridge']), result['end'])
        close(result['end'], 270000)
        changes = {step['cause']: step['change'] for step in result['bridge']}
        close(changes['traffic'], 112500)
        close(changes['savings'], 45000)
        text = output('diff', FLAGSHIP, other)
        assert 'requestsPerDay' in text and 'Requests per day' in text, text
        assert '1,000,000 requests/day' in text and 'Largest cause: Traffic.' in text, text


@test
def a_bridge_is_drawn_from_one_file_to_the_other():
    with tempfile.TemporaryDirectory() as directory:
        other, path = pathlib.Path(directory) / 'b.json', pathlib.Path(directory) / 'bridge.csv'
        output('set', FLAGSHIP, 'workloads/chat/requestsPerDay=1000000', 'workloads/chat/buffer=0.2', '-o', other)
        said = read_json('chart', other, '--kind', 'bridge', '--before', FLAGSHIP, '-o', path)
        assert said['summary'] == output('diff', FLAGSHIP, other).splitlines()[-1], said
        rows = dict(list(csv.reader(path.read_text().splitlines()))[1:])
        close(float(rows['Traffic']), 112500)
        close(float(rows['After']), 270000)
        same = read_json('chart', FLAGSHIP, '--kind', 'bridge', '--before', FLAGSHIP, '-o', path)
        assert same['summary'] == 'No input differs.', same
        refused(2, 'chart', FLAGSHIP, '--kind', 'bridge', '-o', path, says='--before')
        refused(2, 'chart', FLAGSHIP, '--kind', 'costs', '--before', other, '-o', path, says='--before')
        refused(1, 'chart', FLAGSHIP, '--kind', 'bridge', '--before', '/nowhere', '-o', path, says='/nowhere')


@test
def what_was_added_or_removed_is_a_row_of_its_own():
    support = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates/support.breakeven.json'
    text = output('diff', support, support.with_name('rag.breakeven.json'))
    words = [line.split() for line in text.splitlines()]
    assert ['workloads/answers', 'Workload', '–', 'added'] in words, text
    assert ['workloads/chat', 'Workload', 'there', 'removed'] in words, text
    assert 'workloads/chat/' not in text and 'offers/' not in text, text


@test
def usage():
    text = output('--help')
    for verb in ('evaluate', 'crossover', 'sweep', 'chart', 'price', 'throughput', 'catalog', 'set', 'validate',
                 'diff'):
        assert f'  {verb} ' in text
        assert verb in output(verb, '--help')
    assert output('--version').startswith('breakeven-cli ')
    refused(2)
    refused(2, 'frobnicate', says='frobnicate')
    refused(2, 'evaluate')
    refused(2, 'evaluate', FLAGSHIP, FLAGSHIP)
    refused(2, 'evaluate', FLAGSHIP, '--nonsense')
    refused(1, 'evaluate', FLAGSHIP, '--set', 'no/such=1')
    refused(1, 'evaluate', FLAGSHIP, '--catalog', '/no/such/file')


OWN_MODEL = {'id': 'mine', 'layers': 32, 'hidden': 4096, 'heads': 32, 'kvHeads': 8, 'headDim': 128, 'vocab': 128256,
             'ffn': 14336, 'ffnMats': 3}
OWN_GPU = {'id': 'card/1', 'memGib': 80, 'memBwGbs': 3350, 'bf16DenseTflops': 989, 'linkUnidirGbs': 450}


def with_hardware(model, gpu, **members):
    document = json.loads(FLAGSHIP.read_text())
    document |= {'models': [model], 'gpus': [gpu], 'pools': [
        {'id': 'own', 'serves': [{'workload': 'chat'}], 'model': 'mine', 'gpu': 'card/1', 'gpusPerReplica': 2,
         'rent': {'kind': 'on-demand', 'gpuHour': 2}, **members}]}
    path = pathlib.Path(SCRATCH.name) / 'hardware.json'
    path.write_text(json.dumps(document))
    return path


@test
def a_partial_row_names_what_it_lacks():
    def speed(path):
        return read_json('evaluate', path)['plans']['selfHosted']['pools'][0]['outputTokensPerSecond']

    whole = with_hardware(OWN_MODEL, OWN_GPU)
    output('validate', whole)
    dense = speed(whole)
    close(speed(with_hardware(OWN_MODEL | {'denseLayers': 32, 'kvLayers': 32}, OWN_GPU)), dense)
    for row, other, place in ((OWN_GPU, OWN_MODEL, 'gpus/card~11'), (OWN_MODEL, OWN_GPU, 'models/mine')):
        for column in [name for name in row if name != 'id']:
            partial = {name: value for name, value in row.items() if name != column}
            path = with_hardware(other, partial) if row is OWN_GPU else with_hardware(partial, other)
            says = f'{place}/{column}: found nothing, allowed is a number above 0'
            refused(1, 'validate', path, says=says)
            result = read_json('evaluate', path)
            assert not result['plans']['selfHosted']['feasible']
            faults = [one['message'] for one in result['warnings'] if one['code'] == 'noThroughput']
            assert faults and all(says in message for message in faults), (column, faults)
            assert says in output('evaluate', path)
            # What is measured, or stands on one card, needs less.
            output('validate', with_hardware(
                *((other, partial) if row is OWN_GPU else (partial, other)),
                throughput={'source': 'measured', 'outputTokensPerSecond': 1000}))
            if column == 'linkUnidirGbs':
                output('validate', with_hardware(other, partial, gpusPerReplica=1))


@test
def write_errors_are_told():
    with open('/dev/full', 'wb') as full:
        done = run('catalog', stdout=full)
    assert done.returncode == 1 and b'standard output' in done.stderr, done
    reader, writer = os.pipe()
    os.close(reader)
    done = run('evaluate', FLAGSHIP, stdout=writer)
    os.close(writer)
    assert done.returncode == 1, done


main()
