# SPDX-License-Identifier: GPL-3.0-or-later
"""Scenario files: save, open, bad files, changes that would be lost."""
import json
import os
import re
import subprocess
import tempfile

from desktop import VOLUME, Failure, Program, headline, set_value, until, value_of


def story_saves_and_opens_to_the_same_numbers():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'plan.breakeven.json')
        with Program() as program:
            spin = program.wait(pattern=VOLUME, role='spin button')
            set_value(spin, 123456)
            until(lambda: abs(value_of(spin) - 123456) < 1, 'the entry keeps the number')
            program.activate('win.save-path', path)
            until(lambda: os.path.exists(path), 'the file appears')
            shown = headline(program)
        document = json.load(open(path, encoding='utf-8'))
        if document['workloads'][0]['requestsPerDay'] != 123456:
            raise Failure('the file does not hold the number')
        bytes_before = open(path, 'rb').read()
        with Program(path) as program:
            until(lambda: headline(program) == shown, 'the same figures after opening')
            program.activate('win.save-path', path)
            until(lambda: open(path, 'rb').read() == bytes_before, 'the same bytes')
        output = subprocess.run([os.environ['BREAKEVEN_CLI'], 'evaluate', '--json', path],
                                check=True, capture_output=True, text=True).stdout
        plans = json.loads(output)['plans']
        cost = plans[json.loads(output)['cheapest']]['perMonth']
        if not any(abs(float(re.sub(r'[$,]', '', s)) - cost) < 1 for s in shown
                   if s[-1] not in 'kM'):
            raise Failure(f'the window shows {shown}, the command line says {cost}')


def story_a_bad_file_leaves_the_document_alone(program):
    with tempfile.TemporaryDirectory() as folder:
        program.says(r'\$\d')
        before = headline(program)
        path = os.path.join(folder, 'bad.breakeven.json')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('{"format": "breakeven-scenario", "version": 1, "monthHours": "x"}')
        program.activate('win.open-path', path)
        program.says(r'monthHours')
        if headline(program) != before:
            raise Failure('the open document changed')
        program.xdotool('key', 'Escape')
        until(lambda: 'monthHours' not in program.texts(), 'the message goes')


def story_a_price_list_that_is_opened_is_imported(program):
    with tempfile.TemporaryDirectory() as folder:
        before = headline(program)
        path = os.path.join(folder, 'prices.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump([{'id': 'p', 'models': [{'id': 'm', 'prices': {'input_mtok': 1, 'output_mtok': 2}}]}], file)
        program.activate('win.open-path', path)
        program.says(r'genai-prices as of \S+ with 1 offer')
        program.xdotool('key', 'Escape')
        until(lambda: 'with 1 offer' not in program.texts(), 'the preview closes')
        if headline(program) != before:
            raise Failure('the open document changed')


def story_asks_before_changes_are_lost():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        set_value(spin, 123456)
        until(lambda: abs(value_of(spin) - 123456) < 1, 'the entry keeps the number')
        program.xdotool('key', 'ctrl+w')
        program.click(program.wait(pattern='Cancel$', role='push button'))
        until(lambda: not program.find(pattern='Discard$', role='push button'), 'the question goes')
        program.xdotool('key', 'ctrl+w')
        program.click(program.wait(pattern='Discard$', role='push button'))
        until(lambda: program.process.poll() == 0, 'the program ends')
