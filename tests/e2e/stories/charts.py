# SPDX-License-Identifier: GPL-3.0-or-later
"""Charts: sentence, table twin, export, the volume marker."""
import os
import tempfile

import desktop
from desktop import VOLUME, Failure, Program, until, value_of


def story_every_page_has_a_chart_with_a_sentence(program):
    for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
        program.activate('win.page', page)
        chart = until(lambda: next((n for n in program.nodes()
                                    if n.get_role_name() in ('image', 'chart') and
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
