# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of price lists share: running the verb, rows of each form, TAP."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import traceback

PROGRAM = sys.argv[1]
LISTS = pathlib.Path(os.environ['BE_TEST_CASES']) / 'lists'
SCRATCH = tempfile.TemporaryDirectory()
RATES = ['input', 'output', 'cached_input', 'cache_write', 'cache_write_1h', 'reasoning',
         'batch_input', 'batch_output']
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def run(*words):
    return subprocess.run([PROGRAM, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env={**os.environ, 'G_DEBUG': 'fatal-criticals'}, timeout=60, check=False)


def write(text, name='list.json'):
    path = pathlib.Path(SCRATCH.name) / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def imported(document):
    text = document if isinstance(document, (str, bytes)) else json.dumps(document)
    done = run('import', write(text), '--json')
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    result = json.loads(done.stdout)
    assert result['taken'] == len(result['models'])
    return result


def models(result):
    return {(m['provider'], m['id']): m for m in result['models']}


def only(result):
    assert len(result['models']) == 1, result
    return result['models'][0]['prices'][0]


def reasons(result, what='skipped'):
    """Place to reason; several of one place are joined."""
    found = {}
    for remark in result[what]:
        found[remark['place']] = '; '.join(filter(None, [found.get(remark['place']), remark['reason']]))
    return found


def rates_of(row):
    return {key: float(row[key]) for key in RATES if key in row}


def tiers_of(row, threshold):
    return [(tier[threshold], rates_of(tier)) for tier in row.get('tiers', [])]


def lite(**members):
    return {'litellm_provider': 'p', 'mode': 'chat', 'input_cost_per_token': 1e-6,
            'output_cost_per_token': 2e-6, **members}


def genai(prices, **members):
    return [{'id': 'p', 'models': [{'id': 'm', 'prices': prices, **members}]}]


def dev(cost, **members):
    return {'p': {'id': 'p', 'models': {'m': {'id': 'm', 'cost': cost, **members}}}}


def router(pricing, **members):
    return {'data': [{'id': 'a/m', 'name': 'M', 'pricing': pricing, 'context_length': 1000, **members}]}


def llm(*rows, **members):
    return {'updated_at': '2026-09-20', 'prices': [
        {'id': 'm', 'vendor': 'v', 'name': 'M', 'input': 1, 'output': 2, **row} for row in rows], **members}


def main():
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, function in enumerate(TESTS, 1):
        try:
            function()
            print(f'ok {number} - {function.__name__}')
        except Exception:  # pylint: disable=broad-except
            failed += 1
            for line in traceback.format_exc().splitlines():
                print(f'# {line}')
            print(f'not ok {number} - {function.__name__}')
    return 1 if failed else 0
