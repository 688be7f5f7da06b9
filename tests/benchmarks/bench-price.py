#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One-request prices per second: the engine, and what people use instead, in one run.

The others are npm packages; they are installed into a scratch directory, which needs node and a
network. Without them the engine's own figure is printed alone."""
import json
import shutil
import subprocess
import sys
import tempfile

SCRIPT = r'''
import { calcPrice } from '@pydantic/genai-prices';
import { calculateCost } from 'ai-sdk-cost-calculator';
const at = new Date('2026-05-01T00:00:00Z');
const rate = (rounds, call) => {
  for (let i = 0; i < rounds / 10; i++) call(i);
  const begin = performance.now();
  let last;
  for (let i = 0; i < rounds; i++) last = call(i);
  return [rounds / (performance.now() - begin) * 1000, last];
};
const genai = rate(200000, i => calcPrice(
  { input_tokens: 300000 + (i & 1023), cache_read_tokens: 100000, output_tokens: 1000 },
  'gpt-5.4', { providerId: 'openai', timestamp: at }).total_price);
const sdk = rate(1000000, i => calculateCost({ model: 'gpt-5.4', usage: {
  inputTokens: 300000 + (i & 1023), outputTokens: 1000, totalTokens: 301000, cachedInputTokens: 100000,
  inputTokenDetails: { cacheReadTokens: 100000, noCacheTokens: 200000 } } }).totalCost);
console.log(JSON.stringify({ '@pydantic/genai-prices': genai[0], 'ai-sdk-cost-calculator': sdk[0] }));
'''


def others():
    if not shutil.which('npm'):
        return {}
    with tempfile.TemporaryDirectory() as folder:
        quiet = {'cwd': folder, 'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
        subprocess.run(['npm', 'init', '-y'], check=False, **quiet)
        done = subprocess.run(['npm', 'install', '@pydantic/genai-prices', 'ai-sdk-cost-calculator'],
                              check=False, timeout=180, **quiet)
        if done.returncode != 0:
            return {}
        with open(f'{folder}/bench.mjs', 'w', encoding='utf-8') as file:
            file.write(SCRIPT)
        output = subprocess.run(['node', 'bench.mjs'], cwd=folder, check=True, capture_output=True,
                                text=True).stdout
        return json.loads(output)


def main():
    rate, price, _ = subprocess.run([sys.argv[1]], check=True, capture_output=True,
                                    text=True).stdout.split()
    print(f'the engine: {float(rate) / 1e6:.1f} million a second (${price} for the request)')
    for name, other in others().items():
        print(f'{name}: {other:,.0f} a second; the engine does {float(rate) / other:,.0f} times as many')


main()
