# SPDX-License-Identifier: GPL-3.0-or-later
"""Prices: search, import, drift."""
import json
import os
import re
import subprocess
import tempfile
import time

import desktop
from desktop import Failure, Program, headline, until


PRICE_LIST = [{'id': 'openai', 'models': [
    {'id': 'gpt-4o', 'name': 'GPT-4o', 'prices': {'input_mtok': 5, 'output_mtok': 20}},
    {'id': 'new-model', 'prices': {'input_mtok': 1, 'output_mtok': 2}},
    {'id': 'unknown', 'prices': {}}]}]


def offers_shown(program):
    return [n.get_name() for n in program.nodes() if desktop.role_of(n) == 'list item'
            and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE) and '/month' in n.get_name()]


def story_searches_the_offers_and_puts_one_on_a_route(program):
    before = headline(program)[0]
    program.activate('win.page', 'prices')
    until(lambda: len(offers_shown(program)) == 12, 'the first offers are listed')
    program.click(program.wait(pattern='^Show More Offers$', role='push button'))
    until(lambda: len(offers_shown(program)) == 40, 'more offers are listed')
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


def story_imports_a_price_list_after_a_preview(program):
    with tempfile.TemporaryDirectory() as folder:
        before = headline(program)[0]
        path = os.path.join(folder, 'data.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(PRICE_LIST, file)
        program.activate('win.import-path', path)
        program.says(r'genai-prices as of \S+ with 2 offers')
        program.says(r'openai/gpt-4o\ninput 2\.5 → 5 \(\+100')
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
        program.type_into(search, '')


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


def open_latency(program):
    """Shows the view of latency on the page of prices."""
    program.activate('win.page', 'prices')
    chooser = program.wait('What is shown', role='combo box')
    x, y = program.middle(chooser)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    time.sleep(0.4)
    program.xdotool('key', 'Home', 'key', 'Down', 'key', 'Down', 'key', 'Down', 'key', 'Return')
    program.wait('Cost against latency', role='panel')


def story_enters_a_speed_and_sees_the_point(program):
    open_latency(program)
    program.says(r'Nothing is both faster and cheaper than: Llama 3\.3 70B on H100')
    unknown = re.search(r'(\d+) offers and pools have no time yet', program.texts()).group(1)
    program.type_into(program.wait('Time to first token, GPT-4o mini', role='text'), '400', submit=True)
    program.type_into(program.wait('Output speed, GPT-4o mini', role='text'), '120', submit=True)
    program.says(r'cheaper than: GPT-4o mini')
    program.says(rf'{int(unknown) - 1} offers and pools have no time yet')
    program.says(r'3\.17 s · \$0\.5398')
    program.activate('win.undo')
    program.says(rf'{unknown} offers and pools have no time yet')
    program.type_into(program.wait('Output speed, GPT-4o mini', role='text'), 'quick', submit=True)
    program.says(r'“quick” is no number')
    program.activate('win.undo')
    until(lambda: not program.enabled('win.undo'), 'two figures were two steps')


def story_a_timeout_raises_the_cost(program):
    open_latency(program)
    before = headline(program)[0]
    for figure, value in (('Time to first token', '600'), ('Output speed', '90')):
        program.type_into(program.wait(f'{figure}, GPT-4o', role='text'), value, submit=True)
    program.says(r'4\.3 s · \$')
    if headline(program)[0] != before:
        raise Failure('a speed alone changes no cost')
    timeouts = [n for n in program.nodes() if desktop.role_of(n) == 'spin button'
                and n.get_name().startswith('Timeout')]
    desktop.set_value(timeouts[0], 5)
    until(lambda: headline(program)[0] != before, 'the headline follows')
    program.says(r'GPT-4o 27\.33 %')
    program.says(r'GPT-4o mini not known')
    program.activate('win.page', 'breakdown')
    program.says(r'retries after the timeout')
    program.activate('win.undo')
    until(lambda: headline(program)[0] == before, 'undo takes the timeout back')
