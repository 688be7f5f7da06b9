# SPDX-License-Identifier: GPL-3.0-or-later
"""The Serving page: replica, GPUs, precision, week, fleet, hybrid."""
import json
import os
import re
import tempfile
import time

import desktop
from desktop import Failure, Program, headline, set_value, until, value_of

# The shape of Llama 3.1 8B as its config.json has it.
CONFIG = {
    'architectures': ['LlamaForCausalLM'], 'model_type': 'llama', 'hidden_size': 4096,
    'intermediate_size': 14336, 'num_attention_heads': 32, 'num_key_value_heads': 8,
    'num_hidden_layers': 32, 'vocab_size': 128256, 'tie_word_embeddings': False,
    'max_position_embeddings': 131072, 'torch_dtype': 'bfloat16',
}


def shows(node):
    """Whether it has a place in the window."""
    box = node.get_component_iface().get_extents(desktop.Atspi.CoordType.WINDOW)
    return box.width > 1 and box.height > 1 and box.x >= 0 and box.y > 0


def pick(program, name, role):
    """The control of this name (or beginning of it) that stands on the page, brought into sight."""
    node = until(lambda: next((n for n in program.nodes() if desktop.role_of(n) == role
                               and (n.get_name() or '').startswith(name) and shows(n)), None),
                 f'{role} {name}')
    return node


def open_view(program, name):
    program.activate('win.page', 'serving')
    tab = until(lambda: next((n for n in program.nodes() if n.get_name() == name
                              and desktop.role_of(n) in ('page tab', 'push button')), None),
                f'the tab {name}')
    program.click(tab)
    time.sleep(0.3)


def tile(program, caption):
    """What a figure says after its caption."""
    node = program.wait(pattern='^' + caption + ': ')
    return node.get_name().split(': ', 1)[1]


def story_the_gpu_is_changed_on_the_page(program):
    open_view(program, 'Replica')
    before, speed = headline(program)[0], tile(program, 'Output of a replica')
    chooser = until(lambda: next((n for n in program.nodes() if n.get_name() == 'GPU'
                                  and desktop.role_of(n) == 'combo box' and shows(n)), None),
                    'the chooser of GPUs')
    x, y = program.middle(chooser)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    time.sleep(0.6)
    program.xdotool('key', 'Down', 'key', 'Down', 'key', 'Return')
    until(lambda: tile(program, 'Output of a replica') != speed, 'the speed follows the GPU')
    program.says(r'the weights take [\d.]+ of (?!80 )[\d.]+ GiB')
    program.activate('win.undo')
    until(lambda: tile(program, 'Output of a replica') == speed, 'one step takes it back')
    until(lambda: headline(program)[0] == before, 'the headline comes back')


def story_what_does_not_fit_says_what_would(program):
    open_view(program, 'Replica')
    spin = pick(program, 'GPUs per replica', 'spin button')
    set_value(spin, 1)
    program.says(r'80 GiB')
    weights = pick(program, 'Weights', 'combo box')
    x, y = program.middle(weights)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    time.sleep(0.5)
    program.xdotool('key', 'Up', 'key', 'Return')
    program.says(r'Does not fit: .*What would fit: ')
    program.activate('win.undo')
    program.activate('win.undo')
    program.says(r'Fits: ')


def story_the_latency_slider_moves_the_working_point(program):
    open_view(program, 'Replica')
    speed = tile(program, 'Output of a replica')
    program.says(r'At 50 ms for each token: 10 ms faster costs \$')
    slider = pick(program, 'Time per token at most', 'slider')
    value = slider.get_value_iface()
    set_value(slider, value.get_minimum_value()
              + 0.2 * (value.get_maximum_value() - value.get_minimum_value()))
    until(lambda: tile(program, 'Output of a replica') != speed, 'the speed follows the target')
    if float(tile(program, 'Output of a replica').split()[0].replace(',', '')) \
            > float(speed.split()[0].replace(',', '')):
        raise Failure('a shorter time for each token makes a replica faster')
    program.activate('win.undo')
    until(lambda: tile(program, 'Output of a replica') == speed, 'one step takes it back')


def story_compares_gpus_and_takes_the_cheapest(program):
    before = headline(program)[0]
    open_view(program, 'GPUs')
    program.says(r'ways to run this model fit')
    program.click(program.wait(pattern='^Use the Cheapest', role='push button'))
    until(lambda: headline(program)[0] != before, 'the headline follows')
    program.activate('win.undo')
    until(lambda: headline(program)[0] == before, 'one step takes it back')


def story_a_point_of_the_comparison_is_chosen_and_applied(program):
    before = headline(program)[0]
    open_view(program, 'GPUs')
    chosen = program.wait(pattern=r'^Use \d', role='push button').get_name()
    # The Latency view of the prices has a chart of this name, too.
    chart = until(lambda: [n for n in program.nodes() if n.get_name() == 'Cost against latency'][-1], 'the chart')
    x, y = program.bring_into_view(chart)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    program.xdotool('mousemove', '--window', 'WINDOW', x, 2)
    until(lambda: chart.get_name() == 'Cost against latency', 'the pointer has left')
    program.xdotool('key', 'Escape', 'key', 'Right', 'key', 'Right')
    until(lambda: ' × ' in chart.get_name(), 'a point is read')
    program.xdotool('key', 'Return')
    use = until(lambda: next((n for n in program.nodes() if desktop.role_of(n) == 'push button'
                              and re.match(r'Use \d', n.get_name() or '')
                              and n.get_name() != chosen), None), 'another choice')
    program.click(use)
    until(lambda: headline(program)[0] != before, 'the headline follows')
    program.activate('win.undo')
    until(lambda: headline(program)[0] == before, 'one step takes it back')


def story_the_week_is_edited_by_keys(program):
    open_view(program, 'Week')
    ratio = tile(program, 'Peak to average')
    grid = program.wait(name='Hours of the week')
    x, y = program.bring_into_view(grid)
    # The click paints; what the keys do comes after it.
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', '--repeat', '1', 1)
    program.says(r'(Thu|Wed) \d\d:00: 100 % of the busiest hour')
    program.activate('win.undo')
    program.xdotool('key', 'Page_Up', 'key', 'Home')
    program.says(r'Mon 00:00: 5 % of the busiest hour')
    program.xdotool('key', '9')
    program.says(r'Mon 00:00: 90 % of the busiest hour')
    program.xdotool('key', 'minus')
    program.says(r'Mon 00:00: 85 % of the busiest hour')
    program.xdotool('key', 'Right', 'key', 'Down')
    program.says(r'Tue 01:00: 5 % of the busiest hour')
    until(lambda: tile(program, 'Peak to average') != ratio, 'the peak follows')
    program.activate('win.undo')
    program.activate('win.undo')
    until(lambda: tile(program, 'Peak to average') == ratio, 'a step for each key')


def story_a_csv_of_counts_becomes_the_profile(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'traffic.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('timestamp,count\n')
            for day in range(7):
                for hour in range(24):
                    count = 400 if hour == 3 else 100
                    file.write(f'2026-06-{day + 1:02}T{hour:02}:00:00Z,{count}\n')
        program.activate('win.page', 'costs')
        program.activate('win.import-path', path)
        until(lambda: tile(program, 'Peak to average').startswith('3.56'), 'the profile is read')
        program.says(r'times the average')
        close_message(program)
        if not tile(program, 'Busiest hour').startswith('Mon 03:00'):
            raise Failure('the busiest hour is ' + tile(program, 'Busiest hour'))
        with open(path, 'w', encoding='utf-8') as file:
            file.write('timestamp,count\nyesterday,1\n')
        program.activate('win.import-path', path)
        program.says(r'traffic\.csv:2')
        if not tile(program, 'Peak to average').startswith('3.56'):
            raise Failure('a bad file changed the profile')
        close_message(program)
        program.activate('win.undo')
        until(lambda: not tile(program, 'Peak to average').startswith('3.56'),
              'one step takes it back')


def close_message(program):
    """Closes the message that a long text is told in."""
    time.sleep(0.5)
    program.xdotool('key', 'Escape')
    until(lambda: program.application().get_child_count() == 1, 'the message goes')


def story_a_model_is_read_from_its_config():
    with tempfile.TemporaryDirectory() as folder, Program() as program:
        program.says(r'\$\d')
        before = headline(program)[0]
        path = os.path.join(folder, 'Llama-3.1-8B', 'config.json')
        os.makedirs(os.path.dirname(path))
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(CONFIG, file)
        program.activate('win.import-path', path)
        until(lambda: tile(program, 'Parameters') == '8.03 B', 'eight billion parameters')
        until(lambda: headline(program)[0] != before, 'the headline follows')
        program.activate('win.undo')
        until(lambda: headline(program)[0] == before, 'one step takes it back')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump(dict(CONFIG, num_hidden_layers='many'), file)
        program.activate('win.import-path', path)
        program.says(r'num_hidden_layers')
        if headline(program)[0] != before:
            raise Failure('a bad file changed the plan')


def story_the_fleet_is_had_in_another_way(program):
    before = headline(program)[0]
    open_view(program, 'Fleet')
    row = program.wait(pattern=r'^Best reserved base, rest on demand, \$')
    cost = re.search(r'\$[\d.]+k', row.get_name())[0]
    button = next(n for n in program.nodes(row) if desktop.role_of(n) == 'push button')
    program.click(button)
    until(lambda: tile(program, 'Plan with this fleet').startswith(cost), 'the plan costs what it said')
    program.activate('win.undo')
    until(lambda: not tile(program, 'Plan with this fleet').startswith(cost), 'one step takes it back')
    until(lambda: headline(program)[0] == before, 'the headline comes back')


def story_an_empty_page_offers_a_pool():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'hosted.breakeven.json')
        with open(path, 'w', encoding='utf-8') as file:
            json.dump({'format': 'breakeven-scenario', 'version': 1,
                       'workloads': [{'id': 'chat', 'requestsPerDay': 500000,
                                      'tokens': {'input': 1667, 'output': 333},
                                      'routing': {'routes': [{'offer': 'openai/gpt-4o'}]}}]}, file)
        with Program(path) as program:
            program.says(r'\$\d')
            program.activate('win.page', 'serving')
            program.click(program.wait(pattern='^Add a Self-Hosted Pool', role='push button'))
            program.wait(pattern='^Output of a replica: ')
            value_of(pick(program, 'GPUs per replica', 'spin button'))
