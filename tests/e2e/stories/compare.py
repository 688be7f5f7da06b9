# SPDX-License-Identifier: GPL-3.0-or-later
"""The page Compare: another scenario beside the document."""
import csv
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

import desktop
import places
from desktop import VOLUME, Failure, Program, set_value, until, value_of

EXAMPLE = os.path.join(os.environ.get('BE_DATA_DIR', 'data'), 'templates/support.breakeven.json')
TITLE = 'What the differences do to the cost'
EMPTY = 'Nothing to Compare With Yet'


def edited(path, *sets):
    """The example as another file, with these inputs changed."""
    subprocess.run([os.environ['BREAKEVEN_CLI'], 'set', EXAMPLE, *sets, '-o', path], check=True)
    return path


def diff_sentence(before, after):
    done = subprocess.run([os.environ['BREAKEVEN_CLI'], 'diff', before, after], capture_output=True, text=True,
                          check=True)
    return done.stdout.splitlines()[-1]


def plain(text):
    return text.replace('\u00a0', ' ')


def bridge(program):
    """The chart, once it shows."""
    return until(lambda: next((n for n in program.nodes() if desktop.role_of(n) in ('image', 'chart')
                               and (n.get_name() or '').startswith(TITLE)
                               and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)), None),
                 'the bridge shows')


def says_sentence(program, sentence):
    until(lambda: plain(sentence) in plain(bridge(program).get_description() or ''), f'the chart says {sentence}')


def rows(program):
    """What the rows of differences are called."""
    return [n.get_name() for n in program.nodes() if desktop.role_of(n) == 'list item'
            and ': before ' in (n.get_name() or '')
            and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)]


def press(program, name, role='push button'):
    """Documents of other tabs are in the tree, too, but have no place in the window."""
    program.click(until(lambda: next((n for n in program.nodes() if n.get_name() == name
                                      and desktop.role_of(n) == role and places.has_place(n)), None),
                        f'{role} named {name}'))


def story_two_files_compared():
    with tempfile.TemporaryDirectory() as folder:
        mine = shutil.copy(EXAMPLE, os.path.join(folder, 'today.breakeven.json'))
        other = edited(os.path.join(folder, 'march.breakeven.json'), 'workloads/chat/requestsPerDay=400000',
                       'workloads/chat/tokens/output=400', 'offers/openai~1gpt-4o/input=3')
        with Program(mine) as program:
            program.activate('win.page', 'compare')
            program.wait(pattern=EMPTY)
            program.activate('win.compare-path', other)
            program.wait(name='march.breakeven.json', role='label')
            says_sentence(program, diff_sentence(other, mine))
            found = until(lambda: rows(program), 'the rows')
            if found != ['Requests per day, Chat: before 400,000 requests/day, after 500,000 requests/day',
                         'Output tokens, Chat: before 400 tokens, after 333 tokens',
                         'Input price, GPT-4o: before $3.00/Mtok, after $2.50/Mtok']:
                raise Failure(f'found {found}')
            bars = [n.get_name() for n in list(program.nodes(bridge(program)))[1:]]
            for part in ('Before', 'Traffic', 'Tokens', 'Prices', 'After'):
                if not any(part in (name or '') for name in bars):
                    raise Failure(f'no {part} among {bars}')
            # The document's side moves under its slider; the other does not.
            set_value(program.wait(pattern=VOLUME, role='spin button'), 800000)
            until(lambda: 'after 800,000 requests/day' in rows(program)[0], 'the row follows the slider')
            until(lambda: diff_sentence(other, mine) not in bridge(program).get_description(), 'the chart follows')
            if json.load(open(other, encoding='utf-8'))['workloads'][0]['requestsPerDay'] != 400000:
                raise Failure('the other file was written')
            program.activate('win.save')
            until(lambda: json.load(open(mine, encoding='utf-8'))['workloads'][0]['requestsPerDay'] == 800000,
                  'the document is saved')
            says_sentence(program, diff_sentence(other, mine))
            press(program, 'Swap before and after')
            says_sentence(program, diff_sentence(mine, other))
            until(lambda: 'before 800,000 requests/day, after 400,000' in rows(program)[0], 'the rows are swapped')
            press(program, 'End the comparison')
            program.wait(pattern=EMPTY)


def story_an_input_is_taken_over_in_one_step():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'workloads/chat/requestsPerDay=400000',
                       'workloads/chat/buffer=0.1')
        program.activate('win.compare-path', other)
        until(lambda: len(rows(program)) == 2, 'two rows')
        spin = program.wait(pattern=VOLUME, role='spin button')
        press(program, 'Take over Requests per day, Chat')
        until(lambda: value_of(spin) == 400000, 'the document has it')
        until(lambda: len(rows(program)) == 1, 'it differs no more')
        press(program, 'Take over Buffer, Chat')
        program.wait(name='No Input Differs')
        program.activate('win.undo')
        until(lambda: len(rows(program)) == 1, 'one step is one input')
        program.activate('win.undo')
        until(lambda: value_of(spin) == 500000, 'the document is as before')
        if program.enabled('win.undo'):
            raise Failure('more than two steps')


def story_a_row_leads_to_its_input():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'pools/llama/weights=fp16',
                       'workloads/chat/retry/maxRetries=2', 'offers/openai~1gpt-4o/input=3')
        program.activate('win.compare-path', other)
        until(lambda: len(rows(program)) == 3, 'three rows')
        # Its row is in two folds that are shut: "Savings", "More".
        row = program.wait(pattern='^Retries at most, Chat: before 2', role='list item')
        x, y = program.bring_into_view(row)
        program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
        slider = program.wait(name='Retries at most, Chat', role='slider')
        until(lambda: slider.get_state_set().contains(desktop.Atspi.StateType.FOCUSED), 'the input has the focus')
        until(lambda: 0 < program.middle(slider)[1] < 800, 'the input is in view')


def story_what_cannot_be_read_changes_nothing():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'workloads/chat/buffer=0.1')
        program.activate('win.compare-path', other)
        until(lambda: len(rows(program)) == 1, 'a row')
        for text in ('', '{"format": "breakeven-scenario", "version": 1, "monthHours": "x"}', '[' * 100000):
            bad = os.path.join(folder, 'bad.breakeven.json')
            with open(bad, 'w', encoding='utf-8') as file:
                file.write(text)
            program.activate('win.compare-path', bad)
            program.wait(pattern='^The file cannot be opened')
            until(lambda: 'bad.breakeven.json' in program.texts(), 'the message names the file')
            program.xdotool('key', 'Escape')
            until(lambda: not program.find(pattern='^The file cannot be opened'), 'the message closes')
            if len(rows(program)) != 1 or not program.find(name='b.breakeven.json', role='label'):
                raise Failure('the comparison is another')
        # A scenario without what a price needs can be opened; it is told in words, not as $0.00.
        bare = os.path.join(folder, 'bare.breakeven.json')
        with open(bare, 'w', encoding='utf-8') as file:
            file.write('{"format": "breakeven-scenario", "version": 1}')
        program.activate('win.compare-path', bare)
        program.wait(name='bare.breakeven.json', role='label')
        until(lambda: 'There is no cost before' in (bridge(program).get_description() or ''), 'the reason is told')


def story_the_other_file_is_read_anew():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'workloads/chat/buffer=0.1')
        program.activate('win.compare-path', other)
        until(lambda: rows(program) == ['Buffer, Chat: before 10\u00a0%, after 20\u00a0%'], 'the row')
        edited(other, 'workloads/chat/buffer=0.3')
        program.wait(pattern='^The other scenario has changed')
        press(program, 'Read the other scenario anew')
        until(lambda: rows(program) == ['Buffer, Chat: before 30\u00a0%, after 20\u00a0%'], 'the row is another')
        if program.find(pattern='^The other scenario has changed'):
            raise Failure('the notice stays')


def story_the_saved_version_and_open_documents():
    with tempfile.TemporaryDirectory() as folder:
        mine = shutil.copy(EXAMPLE, os.path.join(folder, 'today.breakeven.json'))
        with Program(mine) as program:
            program.activate('win.page', 'compare')
            program.wait(pattern=EMPTY)
            if program.find(name='Saved Version', role='push button'):
                raise Failure('a document without changes is its saved version')
            spin = program.wait(pattern=VOLUME, role='spin button')
            set_value(spin, 600000)
            press(program, 'Saved Version')
            program.wait(name='Saved version', role='label')
            until(lambda: len(rows(program)) == 1, 'the change is a row')
            program.activate('win.save')
            program.wait(name='No Input Differs')
            press(program, 'End the comparison')
            program.activate('win.new-tab')
            program.activate('win.start-from', 'coding')
            until(lambda: program.window().get_name().startswith('Coding'), 'a second document')
            program.activate('win.page', 'compare')
            press(program, 'Compare with an open document')
            press(program, 'Support assistant', 'menu item')
            until(lambda: any(name.startswith('Workload, Chat: before there, after removed')
                              for name in rows(program)), 'the other document is compared')


def story_the_bridge_leaves_as_numbers_and_comes_back():
    with tempfile.TemporaryDirectory() as folder:
        mine = shutil.copy(EXAMPLE, os.path.join(folder, 'today.breakeven.json'))
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'workloads/chat/requestsPerDay=400000')
        with Program(mine) as program:
            program.activate('win.compare-path', other)
            says_sentence(program, diff_sentence(other, mine))
            path = os.path.join(folder, 'bridge.csv')
            program.activate('win.export-path', path)
            until(lambda: os.path.exists(path) and os.path.getsize(path) > 20, 'the numbers appear')
            with open(path, encoding='utf-8') as file:
                names = [row[0] for row in csv.reader(file)]
            if names != ['Cause', 'Before', 'Traffic', 'After']:
                raise Failure(f'found {names}')
            time.sleep(3)  # the session is written every two seconds
            state = program.state
            program.process.terminate()
            program.process.wait()
        with Program(state=state) as program:
            program.wait(name='b.breakeven.json', role='label')
            says_sentence(program, diff_sentence(other, mine))


def story_every_figure_stands_beside_the_other(program):
    with tempfile.TemporaryDirectory() as folder:
        other = edited(os.path.join(folder, 'b.breakeven.json'), 'workloads/chat/requestsPerDay=400000')
        program.activate('win.compare-path', other)
        bridge(program)
        figures = until(lambda: next((n for n in program.nodes() if n.get_name() == 'Figures side by side'), None),
                        'the figures')
        texts = [n.get_name() for n in program.nodes(figures) if desktop.role_of(n) == 'label']
        for label in ('Cheapest plan', 'Per month', 'Per request', 'Per million tokens', 'Permanent crossover',
                      'Hosted', 'Self-hosted', 'Hybrid'):
            if label not in texts:
                raise Failure(f'no {label} among {texts}')
        before, after, change = texts[texts.index('Hosted') + 1:texts.index('Hosted') + 4]
        number = [float(re.sub(r'[^\d.]', '', text)) for text in (before, after, change)]
        if not change.startswith('+') or abs(number[1] - number[0] - number[2]) > 0.02:
            raise Failure(f'{before} and {after} differ by {change}')
        press(program, 'End the comparison')
        program.wait(pattern=EMPTY)
