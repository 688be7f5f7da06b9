#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A second, independent implementation of the cost model in a few plain formulas, held against the
program on seeded random scenarios: hosted with tiers, batch, cache, retries, turns, split and cascade;
static self-hosting and hybrid with measured throughput."""
import json
import math
import os
import random
import subprocess
import sys
import tempfile

SCENARIOS = 120
KEYS = ('input', 'output', 'cachedInput', 'cacheWrite', 'cacheWrite1h', 'reasoning')
FALLBACK = {'cachedInput': 'input', 'cacheWrite': 'input', 'cacheWrite1h': 'cacheWrite',
            'reasoning': 'output'}
CURVE = [.2, .15, .1, .1, .1, .15, .3, .5, .8, 1, 1.1, 1.2, 1.2, 1.15, 1.1, 1.1, 1.0, .9, .7, .6, .5,
         .4, .35, .25]


def rate(offer, key, batch, tier):
    """USD per Mtok of a key, by the fall-backs of the cost model."""
    base_batch, tier_batch = offer.get('batch', {}), (tier or {}).get('batch', {})
    known = any(key in place for place in (offer, base_batch, tier or {}, tier_batch))
    if not known:
        return rate(offer, FALLBACK[key], batch, tier)
    if not batch:
        return (tier or {}).get(key, offer.get(key))
    if key in tier_batch:
        return tier_batch[key]
    if tier and key in tier:
        if key in base_batch and offer.get(key):
            return tier[key] * base_batch[key] / offer[key]
        return tier[key]
    return base_batch.get(key, offer.get(key))


def above(mean, cv, tier):
    """Shares of requests and of prompt tokens that pass the tier's threshold."""
    threshold = tier.get('above', tier.get('atLeast'))
    if cv == 0 or mean == 0:
        passed = mean >= threshold if 'atLeast' in tier else mean > threshold
        return float(passed), float(passed)
    s = math.sqrt(math.log1p(cv * cv))
    mu = math.log(mean) - s * s / 2
    tail = lambda z: 0.5 * math.erfc(z / math.sqrt(2))
    return tail((math.log(threshold) - mu) / s), tail((math.log(threshold) - mu - s * s) / s)


def call_cost(workload, offer, factor, batch, prompt):
    """Expected USD of one call with a mean prompt (before the token factor)."""
    tokens, cache = workload['tokens'], workload['cache']
    tiers = sorted(offer.get('tiers', []), key=lambda t: t.get('above', t.get('atLeast')))
    prompt *= factor
    q = [1.0] + [above(prompt, tokens['inputSpread'], t)[0] for t in tiers] + [0.0]
    g = [1.0] + [above(prompt, tokens['inputSpread'], t)[1] for t in tiers] + [0.0]
    write = 'cacheWrite1h' if cache['ttlMinutes'] > 5 else 'cacheWrite'
    read, written = cache['readShare'], cache['writeShare']
    usd = 0.0
    for level, tier in enumerate([None] + tiers):
        of_tokens, of_requests = g[level] - g[level + 1], q[level] - q[level + 1]
        usd += prompt * of_tokens * ((1 - read - written) * rate(offer, 'input', batch, tier)
                                     + read * rate(offer, 'cachedInput', batch, tier)
                                     + written * rate(offer, write, batch, tier)) / 1e6
        usd += factor * of_requests * (tokens['output'] * rate(offer, 'output', batch, tier)
                                       + tokens['reasoning']
                                       * rate(offer, 'reasoning', batch, tier)) / 1e6
    return usd + offer.get('fees', {}).get('perRequest', 0)


def attempts_billed(workload):
    r, m, b = (workload['retry'][k] for k in ('rate', 'maxRetries', 'billedShare'))
    expected = (1 - r ** (m + 1)) / (1 - r)
    return 1 - r ** (m + 1) + r * expected * b


def hosted_cost(scenario, workload):
    """USD per month without the buffer."""
    tokens, turns = workload['tokens'], workload['turns']
    calls = workload['requestsPerDay'] * scenario['monthHours'] / 24
    prompts = [tokens['system'] + k * tokens['input'] + (k - 1) * tokens['output']
               for k in range(1, turns + 1)]
    routing, total = workload['routing'], 0.0
    for index, route in enumerate(routing['routes']):
        offer = scenario['offers'][route['offer']]
        mean = 0.0
        for prompt in prompts:
            for batch, share in ((False, 1 - workload['batchShare']), (True, workload['batchShare'])):
                mean += share * call_cost(workload, offer, route['tokenFactor'], batch, prompt) / turns
        total += calls * route['share'] * attempts_billed(workload) * mean
        if routing['kind'] == 'cascade' and index < len(routing['routes']) - 1:
            total += calls * route['share'] * routing['overheadPerRequest']
    if routing['kind'] == 'split':
        total += calls * routing['overheadPerRequest']
    return total


def people_cost(pool, replicas):
    fte = 0.0
    for step in pool['people']['steps']:
        if replicas >= step['fromReplicas']:
            fte = step['fte']
    return fte * pool['people']['perFteMonth']


def pool_plans(scenario):
    """(self-hosted, hybrid by n) of the one-pool scenarios made below."""
    workload, pool = scenario['workloads'][0], scenario['pools'][0]
    share, buffer = pool['serves'][0]['share'], 1 + workload['buffer']
    output = workload['tokens']['output'] + workload['tokens']['reasoning']
    speed = pool['throughput']['outputTokensPerSecond']
    mean = sum(workload['profile']) / 168
    load = [workload['requestsPerDay'] / 86400 * w / mean * share * attempts_billed(workload)
            * output / speed for w in workload['profile']]
    hosted = hosted_cost(scenario, workload)
    hours = scenario['monthHours']

    def fleet(n, people_at):
        rent = n * pool['gpusPerReplica'] * pool['rent']['gpuHour'] * hours
        return (rent * (1 + pool['overheadShare']) + people_cost(pool, people_at)
                + pool['fixedPerMonth'])

    needed = max(pool['replicas']['minimum'], math.ceil(max(load) - 1e-12))
    n = needed + pool['replicas']['spare']
    self_hosted = (fleet(n, n) + (1 - share) * hosted) * buffer
    hybrid = []
    for n in range(math.ceil(max(load) - 1e-12) + 1):
        over = sum(max(0.0, each - n) for each in load) / sum(load)
        hybrid.append(((fleet(n, n) if n else 0.0) + hosted * share * over) * buffer)
    rest = (1 - share) * hosted * buffer
    return self_hosted, [each + rest for each in hybrid]


def make_rates(rng, scale=1.0):
    base = scale * rng.choice([0.05, 0.15, 1, 2.5, 3, 15])
    rates = {'input': base, 'output': base * rng.choice([2, 4, 5])}
    for key, factor in (('cachedInput', 0.1), ('cacheWrite', 1.25), ('cacheWrite1h', 2),
                        ('reasoning', 6)):
        if rng.random() < 0.5:
            rates[key] = base * factor
    return rates


def make_offer(rng):
    offer = make_rates(rng)
    if rng.random() < 0.6:
        offer['batch'] = {k: v * rng.choice([0.5, 0.8]) for k, v in offer.items()
                          if rng.random() < 0.7}
    if rng.random() < 0.5:
        offer['tiers'] = []
        for threshold, scale in ((8000, 2), (20000, 3))[:rng.choice([1, 2])]:
            tier = {rng.choice(['above', 'atLeast']): threshold}
            tier.update({k: v for k, v in make_rates(rng, scale).items() if rng.random() < 0.8})
            if rng.random() < 0.4:
                tier['batch'] = {'input': 0.7, 'output': 1.9}
            offer['tiers'].append(tier)
    if rng.random() < 0.2:
        offer['fees'] = {'perRequest': 0.0007}
    return offer


def make_scenario(rng):
    kind = rng.choice(['split', 'cascade'])
    offers = {f'test/model-{i}': make_offer(rng) for i in range(rng.randint(1, 3))}
    shares = [rng.random() + 0.01 for _ in offers]
    if kind == 'split':
        shares = [s / sum(shares) for s in shares]
        shares[-1] = 1 - sum(shares[:-1])
    else:
        shares = sorted((s / 2 for s in shares), reverse=True)
        shares[0] = 1.0
    read = rng.choice([0, 0.3, 0.6])
    workload = {
        'id': 'w', 'requestsPerDay': rng.choice([50, 5000, 800000]),
        'profile': [w * (1 if day < 5 else 0.4) for day in range(7) for w in CURVE],
        'tokens': {'system': rng.choice([0, 500]), 'input': rng.choice([100, 1700.5, 9000]),
                   'output': rng.choice([50, 333.25, 2000]), 'reasoning': rng.choice([0, 700]),
                   'inputSpread': rng.choice([0, 0.5, 1.2]), 'outputSpread': 0.4},
        'turns': rng.choice([1, 1, 4]),
        'cache': {'source': 'given', 'readShare': read, 'writeShare': rng.choice([0, 0.2]),
                  'ttlMinutes': rng.choice([5, 60])},
        'batchShare': 0, 'buffer': rng.choice([0, 0.2]),
        'retry': {'rate': rng.choice([0, 0.05]), 'maxRetries': rng.choice([0, 3]),
                  'billedShare': rng.choice([0, 0.5, 1])},
        'routing': {'kind': kind, 'overheadPerRequest': rng.choice([0, 0.00001]), 'routes': [
            {'offer': key, 'share': share, 'tokenFactor': rng.choice([1, 1.2])}
            for key, share in zip(offers, shares)]},
    }
    scenario = {'format': 'breakeven-scenario', 'version': 1,
                'monthHours': rng.choice([720, 730]), 'workloads': [workload], 'offers': offers}
    if rng.random() < 0.6:
        scenario['pools'] = [{
            'id': 'p', 'serves': [{'workload': 'w', 'share': rng.choice([1, 0.5])}],
            'gpusPerReplica': rng.choice([1, 4]),
            'throughput': {'source': 'measured',
                           'outputTokensPerSecond': rng.choice([700, 2500, 9000])},
            'target': {'waitProbability': 1},
            'replicas': {'minimum': rng.choice([0, 1, 3]), 'spare': rng.choice([0, 1])},
            'rent': {'gpuHour': 2.95, 'kind': 'on-demand'},
            'people': {'perFteMonth': 16000, 'steps': [{'fromReplicas': 1, 'fte': 0.5},
                                                       {'fromReplicas': 5, 'fte': 1.5}]},
            'fixedPerMonth': rng.choice([0, 900]), 'overheadShare': rng.choice([0, 0.15])}]
    else:
        workload['batchShare'] = rng.choice([0, 0.25, 1])
    return scenario


def evaluate(scenario, folder):
    path = os.path.join(folder, 's.breakeven.json')
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(scenario, file)
    done = subprocess.run([os.environ['BREAKEVEN_CLI'], 'evaluate', '--json', path],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        raise AssertionError(done.stderr)
    return json.loads(done.stdout)['plans']


def close(name, ours, theirs):
    if abs(ours - theirs) > 1e-9 * max(1.0, abs(theirs)):
        raise AssertionError(f'{name}: program {ours!r}, reference {theirs!r}')


def compare(scenario, folder):
    plans = evaluate(scenario, folder)
    workload = scenario['workloads'][0]
    close('hosted', plans['hosted']['perMonth'],
          hosted_cost(scenario, workload) * (1 + workload['buffer']))
    if 'pools' in scenario:
        self_hosted, hybrid = pool_plans(scenario)
        close('selfHosted', plans['selfHosted']['perMonth'], self_hosted)
        close('hybrid', plans['hybrid']['perMonth'], min(hybrid))
        if len(plans['hybrid']['pools'][0]['costs']) < len(hybrid):
            raise AssertionError('hybrid costs are not listed for every n')


def main():
    seed = int(os.environ.get('BE_SEED', '20261124'))
    rng = random.Random(seed)
    print(f'# seed {seed}\n1..{SCENARIOS}')
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, SCENARIOS + 1):
            scenario = make_scenario(rng)
            try:
                compare(scenario, folder)
                print(f'ok {number}')
            except AssertionError as error:
                bad += 1
                print(f'# {error}\n# {json.dumps(scenario)}\nnot ok {number}')
    sys.exit(bool(bad))


main()
