#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written to files is the same in every locale; what people read follows theirs."""
import json
import locale
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
TEMPLATES = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates'
LOCALES = ['de_DE.UTF-8', 'fr_FR.UTF-8', 'ar_EG.UTF-8', 'fa_IR.UTF-8', 'hi_IN.UTF-8', 'tr_TR.UTF-8']
# Verb and arguments; each writes OUT or prints what machines read.
MACHINE = [
    ('set', '{file}', 'workloads/{id}/tokens/output=1234.5', '-o', '{out}.json'),
    ('evaluate', '{file}', '--json'),
    ('crossover', '{file}', '--json'),
    ('sweep', '{file}', '--over', 'workloads/{id}/tokens/output', '--from', '10', '--to', '1e4',
     '--points', '7', '--log'),
    ('chart', '{file}', '--kind', 'costs', '-o', '{out}.csv'),
    ('report', '{file}', '-o', '{out}.csv'),
    ('validate', '{file}', '--json'),
    ('price', 'openai/gpt-4o', '--input', '1667.5', '--output', '333', '--json'),
]


def installed(name):
    try:
        locale.setlocale(locale.LC_NUMERIC, name)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_NUMERIC, 'C')
    return True


def without_sentences(value):
    """JSON without what it says to people."""
    if isinstance(value, dict):
        return {key: without_sentences(member) for key, member in value.items()
                if key not in ('message', 'reason', 'sentence')}
    return [without_sentences(element) for element in value] if isinstance(value, list) else value


def run(words, place):
    environment = dict(os.environ, LC_ALL=place, LANGUAGE='C', G_DEBUG='fatal-criticals')
    done = subprocess.run([PROGRAM, *words], env=environment, capture_output=True, timeout=120)
    assert done.returncode == 0, (words, place, done.stderr)
    return done.stdout


def outcome(row, file, place, folder):
    """What a row prints and writes in a locale."""
    out = folder / 'out'
    name = json.loads(file.read_text(encoding='utf-8'))['workloads'][0]['id']
    printed = run([word.format(file=file, id=name, out=out) for word in row], place)
    written = b''.join(path.read_bytes() for path in sorted(folder.glob('out.*')))
    for path in folder.glob('out.*'):
        path.unlink()
    if '--json' in row and printed.strip():
        printed = without_sentences(json.loads(printed))
    return printed, written


def same_bytes(place):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for file in sorted(TEMPLATES.glob('*.json')):
            for row in MACHINE:
                assert outcome(row, file, place, folder) == outcome(row, file, 'C.UTF-8', folder), \
                    (file.name, row)


def people_read_their_own_signs():
    file = TEMPLATES / 'support.breakeven.json'
    assert b'37,646.60' in run(['evaluate', str(file)], 'C.UTF-8')
    assert b'37.646,60' in run(['evaluate', str(file)], 'de_DE.UTF-8')


def main():
    rows = [(f'the same bytes in {place}', lambda place=place: same_bytes(place), place)
            for place in LOCALES]
    rows.append(('people read their own signs', people_read_their_own_signs, 'de_DE.UTF-8'))
    print(f'1..{len(rows)}')
    bad = 0
    for number, (title, action, place) in enumerate(rows, 1):
        if not installed(place):
            print(f'ok {number} {title} # SKIP {place} is not installed')
            continue
        try:
            action()
            print(f'ok {number} {title}')
        except AssertionError as error:
            bad += 1
            print(f'# {error}')
            print(f'not ok {number} {title}')
    sys.exit(bool(bad))


main()
