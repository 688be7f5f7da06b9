# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts: sentence, table twin, export, the volume marker."""
import os
import re
import tempfile

import desktop
from desktop import VOLUME, Failure, Program, until, value_of


def story_every_page_has_a_chart_with_a_sentence(program):
    for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
        program.activate('win.page', page)
        chart = until(lambda: next((n for n in program.nodes()
                                    if desktop.role_of(n) in ('image', 'chart') and
                                    n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)
                                    and len(n.get_description() or '') > 20), None),
                      f'page {page} has a described chart')
        if not chart.get_name():
            raise Failure(f'the chart on {page} has no name')


def story_the_table_twin_shows_numbers(program):
    program.says(r'\$\d')
    program.activate('win.page', 'costs')
    button = program.wait(pattern='[Nn]umbers')
    program.click(button)
    until(lambda: program.find(role='table') or program.find(role='tree table')
          or program.find(pattern=r'^\$?[\d,.]+k?$'), 'a table shows')
    program.click(button)


def story_exports_the_shown_chart(program):
    with tempfile.TemporaryDirectory() as folder:
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


def story_the_volume_marker_is_dragged():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        chart = until(lambda: next((n for n in program.nodes() if desktop.role_of(n) in ('image', 'chart')
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


def story_a_chart_is_read_by_keys():
    with Program() as program:
        program.activate('win.page', 'crossover')
        chart = until(lambda: program.find(pattern='^Where self-hosting pays', role='image'),
                      'the crossover chart shows')
        program.xdotool('mousemove', '--window', 'WINDOW', *program.middle(chart), 'click', 1)
        program.xdotool('key', 'Escape', 'key', 'Home')
        first = until(lambda: re.search(r'pays: ([\d,]+) requests/day\n.*\$', chart.get_name()),
                      'the readout is told').group(1)
        program.xdotool('key', 'Right')
        until(lambda: [x for x in re.findall(r': ([\d,]+) req', chart.get_name()) if x != first],
              'the readout moves')
        program.xdotool('key', 'Down')
        until(lambda: 'pays: Best hybrid today' in chart.get_name(), 'the named point ahead is read')
        program.xdotool('key', 'Down')
        until(lambda: 'pays: Self-hosting becomes cheaper' in chart.get_name(), 'a crossing is read')
        program.xdotool('key', 'Return', 'key', 'End')
        until(lambda: 'Pinned: ' in chart.get_description(), 'the crossing is pinned')
        shown = [child.get_name() for child in program.nodes(chart)][1:]
        if not [text for text in shown if re.search(r'Hosted: \$[\d,.]+ at [\d,]+ requests/day', text)]:
            raise Failure(f'the children do not say the series: {shown}')
        program.xdotool('key', 'Escape', 'key', 'Escape')
        until(lambda: 'Pinned' not in chart.get_description(), 'Escape lets it go')
        spin = program.wait(pattern=VOLUME, role='spin button')
        program.xdotool('key', 'shift+Right')
        until(lambda: value_of(spin) > 501000, 'the volume marker moved')
        program.xdotool('key', 'plus', 'key', 'plus', 'key', 'Home')
        until(lambda: re.search(r'pays: ([\d,]+) requests/day', chart.get_name())
              and re.search(r'pays: ([\d,]+) req', chart.get_name()).group(1) != first, 'it is zoomed')
        program.xdotool('key', '0', 'key', 'Home')
        program.xdotool('key', 'alt+n')
        until(lambda: program.find(pattern='^Show chart'), 'the table is a key away')
