#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hybrid is feasible wherever a pure plan is, and never dearer than the better of them, with
commitments, training, hosting by the hour and rate limits; seeded random scenarios."""
import json
import os
import random
import subprocess
import sys
import tempfile

SCENARIOS = 80
TEMPLATE = os.path.join(os.environ['BE_DATA_DIR'], 'templates', 'support.breakeven.json')


def make_offer(rng):
    offer = {'input': rng.choice([.15, 2.5, 5]), 'output': rng.choice([.6, 10, 20])}
    if rng.random() < 0.6:
        offer['commitment'] = {'perMonth': rng.choice([5000, 20000, 60000])}
    if rng.random() < 0.3:
        offer['training'] = {'cost': rng.choice([1e4, 2e5]), 'lifeMonths': 12,
                             'hostingHour': rng.choice([0, 10])}
    if rng.random() < 0.3:
        offer['limits'] = {'rpm': rng.choice([100, 1000, 3000])}
    return offer


def problem_of(scenario, folder):
    path = os.path.join(folder, 's.breakeven.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(scenario, file)
    done = subprocess.run([os.environ['BREAKEVEN_CLI'], 'evaluate', '--json', path],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        return done.stderr
    plans = json.loads(done.stdout)['plans']
    pure = [plans[k]['perMonth'] for k in ('hosted', 'selfHosted') if plans[k]['feasible']]
    if not pure:
        return None
    if not plans['hybrid']['feasible']:
        return 'hybrid is infeasible although a pure plan is not'
    if plans['hybrid']['perMonth'] > min(pure) * (1 + 1e-9):
        return f"hybrid {plans['hybrid']['perMonth']} is dearer than {min(pure)}"
    return None


def main():
    seed = int(os.environ.get('BE_SEED', '20261124'))
    rng = random.Random(seed)
    print(f'# seed {seed}\n1..{SCENARIOS}')
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, SCENARIOS + 1):
            scenario = json.load(open(TEMPLATE, encoding='utf-8'))
            scenario['workloads'][0]['requestsPerDay'] = rng.choice([1e4, 2e5, 5e5, 1e6, 2e6])
            scenario['offers'] = {route['offer']: make_offer(rng) for route
                                  in scenario['workloads'][0]['routing']['routes']}
            problem = problem_of(scenario, folder)
            if problem:
                bad += 1
                print('#', problem.replace('\n', ' '))
            print(f"{'not ok' if problem else 'ok'} {number}")
    sys.exit(bool(bad))


main()
