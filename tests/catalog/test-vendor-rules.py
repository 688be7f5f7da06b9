#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The vendors' rules for long prompts and batches, held against every offer of the shipped catalogue."""
import json
import os
import pathlib
import sys

CATALOGUE = json.loads((pathlib.Path(os.environ['BE_DATA_DIR']) / 'prices/catalogue.json').read_text())
INPUT = ('input', 'cached_input', 'cache_write', 'cache_write_1h')
KEYS = (*INPUT, 'output')
# Long prompts: threshold, comparison, factor of input rates, factor of the output rate.
TIERS = {
    **{('openai', model): (272000, 'gt', 2, 1.5) for model in (
        'gpt-6-astra', 'gpt-6-sol', 'gpt-6-luna', 'gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-5.5',
        'gpt-5.5-pro', 'gpt-5.4')},
    ('anthropic', 'claude-sonnet-4-5'): (200000, 'gt', 2, 1.5),
    ('google', 'gemini-3.1-pro-preview'): (200000, 'gt', 2, 1.5),
    ('google', 'gemini-2.5-pro'): (200000, 'gt', 2, 1.5),
    ('google', 'gemini-1.5-pro'): (128000, 'gt', 2, 2), ('google', 'gemini-1.5-flash'): (128000, 'gt', 2, 2),
    **{('xai', model): (200000, 'ge', 2, 2) for model in ('grok-4.7', 'grok-4.6', 'grok-4.5', 'grok-4.3')},
    ('minimax', 'MiniMax-M3'): (512000, 'gt', 2, 2),
}
# Long prompts cost more until the vendor made the price flat.
UNTIL = {('anthropic', 'claude-opus-4-6'): ((200000, 'gt', 2, 1.5), '2026-03-13'),
         ('anthropic', 'claude-sonnet-4-6'): ((200000, 'gt', 2, 1.5), '2026-03-13')}
# Qwen prices ranges; the end of one belongs to it.
RANGES = {('alibaba', 'qwen3-max'): [(32000, 'gt', 2, 2), (128000, 'gt', 2.5, 2.5)]}
# Batch by vendor: factor of every rate, and of the cached rate where it is another.
BATCH = {'openai': (0.5, 0.5), 'anthropic': (0.5, 0.5), 'mistral': (0.5, 0.5), 'groq': (0.5, 1),
         'google': (0.5, 0.5), 'xai': (0.8, 0.8)}
FULL_CACHED_RATE = ('gemini-2', 'gemini-3-', 'gemini-3.1-pro')
# Google prints whole cents: half of 0.03 is listed as 0.02.
ROUNDED = {('google', 'gemini-3.5-flash-lite', 'cached_input'): 0.02}


def rows():
    for model in CATALOGUE['models']:
        for row in model['prices']:
            yield (model['provider'], model['id']), row


def expected_tiers(key, row):
    if key in UNTIL:
        tier, day = UNTIL[key]
        return [tier] if row['to'] == day else []
    return RANGES.get(key, [TIERS[key]] if key in TIERS else [])


def faults_of_tiers(key, row):
    wanted, found = expected_tiers(key, row), row.get('tiers', [])
    if len(wanted) != len(found):
        yield f'{key}: {len(found)} tiers'
    for (threshold, compare, input_factor, output_factor), tier in zip(wanted, found):
        if (tier['prompt_tokens'], tier['compare'], tier['applies_to']) != (threshold, compare, 'whole_request'):
            yield f'{key}: {tier["prompt_tokens"]} {tier["compare"]}'
        for rate in KEYS:
            factor = output_factor if rate == 'output' else input_factor
            want = row[rate] * factor if rate in row else None
            if (tier.get(rate) is None) != (want is None) or abs((tier.get(rate) or 0) - (want or 0)) > 1e-9:
                yield f'{key}: {rate} {tier.get(rate)} above {threshold} is not {want}'


def faults_of_batch(key, row):
    provider, model = key
    batches = {rate for rate in (*KEYS, 'reasoning') if f'batch_{rate}' in row}
    if not batches:
        return
    if provider not in BATCH:
        yield f'{key}: a batch rate without a rule'
        return
    factor, cached = BATCH[provider]
    if provider == 'google' and model.startswith(FULL_CACHED_RATE):
        cached = 1
    if batches != {rate for rate in KEYS if rate in row}:
        yield f'{key}: batch rates of {batches} only'
    for rate in batches:
        want = ROUNDED.get((*key, rate), row[rate] * (cached if rate == 'cached_input' else factor))
        if abs(row[f'batch_{rate}'] - want) > 1e-9:
            yield f'{key}: batch {rate} {row[f"batch_{rate}"]} is not {want}'


def main():
    every = list(rows())
    checks = {
        'long prompts': [fault for key, row in every for fault in faults_of_tiers(key, row)],
        'batch': [fault for key, row in every for fault in faults_of_batch(key, row)],
        'every rule has its offer': sorted({*TIERS, *UNTIL, *RANGES} - {key for key, _ in every}),
        'every vendor with batches has one': sorted(set(BATCH) - {key[0] for key, row in every if 'batch_input' in row}),
        'promotions have an end': [model['id'] for model in CATALOGUE['models'] if 'promotional' in model.get('note', '')
                                   and not any('promotion_ends' in row for row in model['prices'])],
    }
    print(f'1..{len(checks)}')
    for number, (name, faults) in enumerate(checks.items(), 1):
        for fault in faults:
            print('#', fault)
        print(f'{"not ok" if faults else "ok"} {number} - {name}')
    return 1 if any(checks.values()) else 0


if __name__ == '__main__':
    sys.exit(main())
