#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""End-to-end stories: the real window, driven by its accessibility tree, real files."""
import json
import os
import re
import subprocess
import tempfile
import time

import desktop
from desktop import Failure, Program, set_value, until, value_of

VOLUME = r'^Requests per day'


def story_opens_on_the_worked_example():
    with Program() as program:
        program.says(r'Support assistant')
        program.says(r'\$\d')
        slider = program.wait(pattern=VOLUME, role='slider')
        spin = program.wait(pattern=VOLUME, role='spin button')
        if abs(value_of(spin) - 500000) > 1:
            raise Failure(f'the example has 500,000 requests a day, found {value_of(spin)}')
        if not slider.get_state_set().contains(desktop.Atspi.StateType.FOCUSABLE):
            raise Failure('the slider takes no focus')


def headline(program):
    return until(lambda: re.findall(r'\$[\d,.]+[kM]?', program.texts()), 'a figure shows')


def story_slider_moves_the_headline_and_undo_takes_it_back():
    with Program() as program:
        program.says(r'\$\d')
        before = headline(program)
        slider = program.wait(pattern=VOLUME, role='slider')
        value = slider.get_value_iface()
        spin = program.wait(pattern=VOLUME, role='spin button')
        set_value(slider, (value.get_minimum_value() + value.get_maximum_value()) / 3)
        until(lambda: abs(value_of(spin) - 500000) > 1000, 'the entry follows the slider')
        until(lambda: headline(program) != before, 'the headline follows the slider')
        program.activate('win.undo')
        until(lambda: abs(value_of(spin) - 500000) < 1, 'undo takes it back')
        until(lambda: headline(program) == before, 'the headline comes back')
        program.activate('win.redo')
        until(lambda: abs(value_of(spin) - 500000) > 1000, 'redo moves again')


def story_entry_takes_a_typed_number():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        set_value(spin, 250000)
        until(lambda: abs(value_of(program.wait(pattern=VOLUME, role='spin button')) - 250000) < 1,
              'the entry keeps the number')


def story_every_page_has_a_chart_with_a_sentence():
    with Program() as program:
        for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
            program.activate('win.page', page)
            chart = until(lambda: next((n for n in program.nodes()
                                        if n.get_role_name() in ('image', 'chart') and
                                        n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)
                                        and len(n.get_description() or '') > 20), None),
                          f'page {page} has a described chart')
            if not chart.get_name():
                raise Failure(f'the chart on {page} has no name')


def story_no_widget_is_named_by_its_class():
    with Program() as program:
        program.says(r'\$\d')
        bad = set()
        for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
            program.activate('win.page', page)
            program.wait(pattern='.')
            for node in program.nodes():
                name = node.get_name() or ''
                if name == 'GtkTooltipWindow':
                    continue  # GTK's own, wherever the pointer rests
                if re.match(r'^(Gtk|Adw|Be)[A-Z]', name):
                    bad.add(f'{node.get_role_name()} {name}')
        if bad:
            raise Failure('class names as names: ' + ', '.join(sorted(bad)))


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


def story_exports_the_shown_chart():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'crossover')
        for ending, magic in (('png', b'\x89PNG'), ('svg', b'<?xml'), ('pdf', b'%PDF'),
                              ('csv', b'')):
            path = os.path.join(folder, 'chart.' + ending)
            program.activate('win.export-path', path)
            until(lambda: os.path.exists(path) and os.path.getsize(path) > 100, f'{ending} appears')
            data = open(path, 'rb').read()
            if not data.startswith(magic):
                raise Failure(f'{ending} begins with {data[:8]!r}')


def story_a_bad_file_leaves_the_document_alone():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        program.says(r'\$\d')
        before = headline(program)
        path = os.path.join(folder, 'bad.breakeven.json')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('{"format": "breakeven-scenario", "version": 1, "monthHours": "x"}')
        program.activate('win.open-path', path)
        program.says(r'monthHours')
        if headline(program) != before:
            raise Failure('the open document changed')


def story_the_table_twin_shows_numbers():
    with Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'costs')
        button = program.wait(pattern='[Nn]umbers')
        program.click(button)
        until(lambda: program.find(role='table') or program.find(role='tree table')
              or program.find(pattern=r'^\$?[\d,.]+k?$'), 'a table shows')


def story_adds_and_removes_a_workload():
    with Program() as program:
        program.click(program.wait(name='Add Workload', role='push button'))
        remove = program.wait(pattern='^Remove New workload', role='push button')
        program.wait(pattern='^Requests per day, New workload', role='spin button')
        program.click(remove)
        until(lambda: not program.find(pattern='^Remove New workload', role='push button'),
              'the workload is gone')
        program.activate('win.undo')
        program.wait(pattern='^Remove New workload', role='push button')


def story_removes_a_route_and_the_rest_takes_its_share():
    with Program() as program:
        before = headline(program)
        program.click(program.wait(pattern='^Remove GPT-4o mini', role='push button'))
        until(lambda: not program.find(pattern='^Remove GPT-4o mini', role='push button'),
              'the route is gone')
        spin = program.wait(pattern='^Share, GPT-4o$', role='spin button')
        until(lambda: value_of(spin) in (1, 100), 'the other route takes all')
        until(lambda: headline(program) != before, 'the headline follows')


def offers_shown(program):
    return [n.get_name() for n in program.nodes() if n.get_role_name() == 'list item'
            and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE) and '/month' in n.get_name()]


def story_searches_the_offers_and_puts_one_on_a_route():
    with Program() as program:
        before = headline(program)[0]
        program.activate('win.page', 'prices')
        until(lambda: len(offers_shown(program)) > 20, 'offers are listed')
        search = program.wait(pattern='^Search offers', role='entry')
        program.type_into(search, 'nova micro')
        until(lambda: len(offers_shown(program)) == 1, 'one offer is left')
        if 'Nova Micro' not in offers_shown(program)[0]:
            raise Failure(f'found {offers_shown(program)}')
        program.click(program.wait(pattern='^Use Nova Micro'))
        program.click(program.wait(pattern='^In the place of GPT-4o$', role='push button'))
        until(lambda: headline(program)[0] != before, 'the headline follows')
        program.wait(pattern='^Share, Nova Micro$', role='spin button')
        program.activate('win.undo')
        until(lambda: headline(program)[0] == before, 'undo takes it back')


PRICE_LIST = [{'id': 'openai', 'models': [
    {'id': 'gpt-4o', 'name': 'GPT-4o', 'prices': {'input_mtok': 5, 'output_mtok': 20}},
    {'id': 'new-model', 'prices': {'input_mtok': 1, 'output_mtok': 2}},
    {'id': 'unknown', 'prices': {}}]}]


def story_imports_a_price_list_after_a_preview():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        before = headline(program)[0]
        path = os.path.join(folder, 'data.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(PRICE_LIST, file)
        program.activate('win.import-path', path)
        program.says(r'genai-prices as of \S+ with 2 offers')
        program.says(r'openai/gpt-4o: input 2\.5 → 5 \(\+100')
        if headline(program)[0] != before:
            raise Failure('prices changed before they were applied')
        program.click(program.wait(pattern='^Apply', role='push button'))
        until(lambda: headline(program)[0] != before, 'the headline follows')
        program.activate('win.page', 'prices')
        search = program.wait(pattern='^Search offers', role='entry')
        program.type_into(search, 'new-model')
        until(lambda: len(offers_shown(program)) == 1, 'the new offer is known')
        program.activate('win.undo')
        until(lambda: headline(program)[0] == before, 'undo takes the prices back')
        until(lambda: len(offers_shown(program)) == 0, 'and the new offer')


def story_tells_of_other_prices_in_the_catalogue():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'old.breakeven.json')
        subprocess.run([os.environ['BREAKEVEN_CLI'], 'set',
                        os.path.join(os.environ['BE_DATA_DIR'], 'templates/support.breakeven.json'),
                        'offers/openai~1gpt-4o/input=5', '-o', path], check=True)
        with Program(path) as program:
            before = headline(program)
            program.says(r'1 offer has other prices in the catalogue')
            program.click(program.wait(pattern='^Apply', role='push button'))
            until(lambda: headline(program) != before, 'the headline follows')
            program.activate('win.undo')
            until(lambda: headline(program) == before, 'undo takes it back')


def story_entry_takes_what_people_type():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        for text, value in (('8k', 8000), ('1.5M', 1500000), ('250 000', 250000)):
            program.type_into(spin, text, submit=True)
            until(lambda: abs(value_of(spin) - value) < 1, f'{text} is {value}')
        program.type_into(spin, 'many', submit=True)
        until(lambda: abs(value_of(spin) - 250000) < 1, 'nonsense changes nothing')


def story_compares_gpus_and_takes_the_cheapest():
    with Program() as program:
        before = headline(program)[0]
        program.activate('win.page', 'serving')
        program.says(r'A replica makes .* tokens/s')
        boxes = [n for n in program.nodes() if n.get_role_name() == 'combo box'
                 and n.get_name() == 'What is shown'
                 and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)]
        x, y = program.middle(boxes[-1])
        for _ in range(2):
            program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
            time.sleep(0.5)
            program.xdotool('key', 'Down', 'key', 'Return')
            time.sleep(0.5)
        program.says(r'ways to run this model fit')
        program.click(program.wait(pattern='^Use the Cheapest', role='push button'))
        until(lambda: headline(program)[0] != before, 'the headline follows')
        program.activate('win.undo')
        until(lambda: headline(program)[0] == before, 'one step takes it back')


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


def story_the_volume_marker_is_dragged():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        chart = until(lambda: next((n for n in program.nodes() if n.get_role_name() in ('image', 'chart')
                                    and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)
                                    and len(n.get_description() or '') > 20), None), 'a chart shows')
        box = chart.get_component_iface().get_extents(desktop.Atspi.CoordType.WINDOW)
        middle = box.y + box.height // 2
        # The marker stands somewhere along the middle: the first place that moves it is it.
        for x in range(box.x + 60, box.x + box.width, 10):
            program.xdotool('mousemove', '--window', 'WINDOW', x, middle, 'mousedown', 1)
            for step in range(1, 6):
                program.xdotool('mousemove', '--window', 'WINDOW', x + 10 * step, middle)
            program.xdotool('mouseup', 1)
            if abs(value_of(spin) - 500000) > 1000:
                break
        moved = until(lambda: abs(value_of(spin) - 500000) > 1000 and value_of(spin), 'the volume moved')
        if moved != float(f'{moved:.4g}'):
            raise Failure(f'a dragged volume has four digits, found {moved}')
        program.activate('win.undo')
        until(lambda: abs(value_of(spin) - 500000) < 1, 'one step takes the whole gesture back')


desktop.run(*[story for name, story in sorted(globals().items()) if name.startswith('story_')])
