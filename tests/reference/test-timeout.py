#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Timeouts against a simulation of single attempts: lognormal lengths, refusals, retries, each attempt
billed by its own length. The bill and the retries must lie within four standard errors."""
import json
import math
import os
import random
import subprocess
import sys
import tempfile

REQUESTS = 150000
INPUT, OUTPUT = 1200, 400
RATES = {'input': 2, 'output': 8}
# ttft s, tokens/s, timeout s, spread of outputs, failure rate, billed share of failures, most retries
CASES = [
    (0.5, 80, 6, 0.5, 0.0, 1.0, 3),
    (0.5, 80, 6, 1.2, 0.0, 1.0, 1),
    (0.2, 120, 3, 0.8, 0.1, 0.0, 3),
    (1.0, 50, 12, 0.6, 0.2, 0.5, 2),
    (0.5, 80, 5.6, 0.0, 0.1, 1.0, 3),   # all answers alike, and in time
    (0.5, 80, 5.4, 0.0, 0.1, 1.0, 3),   # all alike, and late
    (0.5, 80, 5.6, 0.3, 0.05, 0.3, 0),  # no second attempt
    (2.0, 80, 1.5, 0.5, 0.0, 1.0, 2),   # not even the first token comes in time
]


def evaluated(case, deferred=0.0):
    ttft, speed, timeout, spread, rate, billed, retries = case
    scenario = {
        'format': 'breakeven-scenario', 'version': 1, 'monthHours': 720,
        'workloads': [{
            'id': 'w', 'requestsPerDay': 1000, 'buffer': 0, 'batchShare': deferred, 'timeoutSeconds': timeout,
            'tokens': {'input': INPUT, 'output': OUTPUT, 'outputSpread': spread},
            'retry': {'rate': rate, 'billedShare': billed, 'maxRetries': retries},
            'routing': {'routes': [{'offer': 'x/y'}]}}],
        'offers': {'x/y': {**RATES, 'latency': {'ttftMs': ttft * 1000, 'outputTokensPerSecond': speed}}}}
    with tempfile.NamedTemporaryFile('w', suffix='.json', encoding='utf-8') as file:
        json.dump(scenario, file)
        file.flush()
        answer = subprocess.run([os.environ['BREAKEVEN_CLI'], 'evaluate', '--json', file.name],
                                check=True, capture_output=True, text=True).stdout
    return json.loads(answer)


def one_request(rng, case):
    """Dollars and attempts of one request, and of these the answered and the late ones."""
    ttft, speed, timeout, spread, rate, billed, retries = case
    sigma = math.sqrt(math.log1p(spread * spread))
    usd = answered = late = 0
    for attempt in range(1, retries + 2):
        length = OUTPUT * math.exp(sigma * rng.gauss(0, 1) - sigma * sigma / 2) if spread else OUTPUT
        price = (INPUT * RATES['input'] + length * RATES['output']) / 1e6
        if rng.random() < rate:
            usd += price * billed
            continue
        usd += price
        answered += 1
        if ttft + length / speed <= timeout:
            break
        late += 1
    return usd, attempt, answered, late


def mean_and_error(values):
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return mean, math.sqrt(variance / len(values))


def problem_of(rng, case):
    result = evaluated(case)
    hosted, route = result['plans']['hosted'], result['routes'][0]
    samples = [one_request(rng, case) for _ in range(REQUESTS)]
    month = 1000 * 30
    usd, usd_error = mean_and_error([sample[0] for sample in samples])
    attempts, attempts_error = mean_and_error([sample[1] for sample in samples])
    # Failures alone would make as many attempts; the rest are the timeout's.
    rate, retries = case[4], case[6]
    without = (1 - rate ** (retries + 1)) / (1 - rate)
    lines = {line['kind']: line for line in hosted['lines']}
    again = lines.get('timeoutRetries', {'quantity': 0, 'amount': 0})
    shown = (f"bill {hosted['perMonth'] / month:.8f} simulated {usd:.8f} +- {usd_error:.8f}, "
             f"retries {again['quantity'] / month:.5f} simulated {attempts - without:.5f}")
    print('#', shown)
    if abs(hosted['perMonth'] / month - usd) > 4 * usd_error + 1e-12:
        return shown
    if abs(again['quantity'] / month - (attempts - without)) > 4 * attempts_error + 1e-9:
        return shown
    if abs(route['retriesPerRequest'] * month - again['quantity']) > 1e-6 * month:
        return f"{route['retriesPerRequest']} retries of a request are {again['quantity']} a month"
    if abs(route['latencySeconds'] - (case[0] + OUTPUT / case[1])) > 1e-9:
        return f"{route['latencySeconds']} s for a request"
    answered = sum(sample[2] for sample in samples)
    late = sum(sample[3] for sample in samples) / answered
    if abs(route['lateShare'] - late) > 4 * math.sqrt(late * (1 - late) / answered) + 1e-9:
        return f"{route['lateShare']} run late, simulated {late}"
    deferred = evaluated(case, deferred=1.0)['plans']['hosted']
    if any(line['kind'] == 'timeoutRetries' for line in deferred['lines']):
        return 'deferred requests have a timeout'
    return None


def main():
    seed = int(os.environ.get('BE_SEED', '20261125'))
    rng = random.Random(seed)
    print(f'# seed {seed}\n1..{len(CASES)}')
    bad = 0
    for number, case in enumerate(CASES, 1):
        problem = problem_of(rng, case)
        bad += problem is not None
        print(f"{'not ' if problem else ''}ok {number} {case}" + (f'\n# {problem}' if problem else ''))
    sys.exit(bad > 0)


main()
