# SPDX-License-Identifier: GPL-3.0-or-later
"""What leaves the window: charts, reports and numbers as files, on the clipboard, on paper."""
import os
import re
import subprocess
import tempfile
import time

from desktop import Failure, Program, until


def appears(path, magic=b''):
    until(lambda: os.path.exists(path) and os.path.getsize(path) > 100, f'{path} appears')
    data = open(path, 'rb').read()
    if not data.startswith(magic):
        raise Failure(f'{path} begins with {data[:8]!r}')
    return data


def clipboard(*words):
    return subprocess.run(['xclip', '-selection', 'clipboard', '-o', *words], capture_output=True,
                          check=False, timeout=10).stdout


def texts_of_pdf(path):
    return subprocess.run(['pdftotext', '-layout', path, '-'], capture_output=True, check=True,
                          text=True).stdout


def story_exports_a_report_in_every_format(program):
    with tempfile.TemporaryDirectory() as folder:
        shown = re.search(r'\$[\d,]+\.\d\d(?=/month)', program.texts())[0]
        for ending, magic in (('pdf', b'%PDF'), ('html', b'<!DOCTYPE html>'), ('md', b'# Support'),
                              ('xlsx', b'PK'), ('csv', b'plan,line')):
            path = os.path.join(folder, 'plan.' + ending)
            program.activate('win.export-report-path', path)
            data = appears(path, magic)
            text = texts_of_pdf(path) if ending == 'pdf' else data.decode('utf-8', 'replace')
            if ending in ('pdf', 'html', 'md') and shown not in text:
                raise Failure(f'{ending} does not say {shown}')


def story_a_report_that_cannot_be_written_is_told(program):
    program.activate('win.export-report-path', '/nonexistent/plan.pdf')
    program.says('/nonexistent')
    program.xdotool('key', 'Escape')
    until(lambda: not re.search('Nothing was exported', program.texts()), 'the message goes')


def story_prints_to_a_file(program):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'printed.pdf')
        program.activate('win.print-path', path)
        appears(path, b'%PDF')
        text = until(lambda: texts_of_pdf(path), 'the print can be read')
        pages = int(re.search(r'Page 1 of (\d+)', text)[1])
        if pages < 3 or f'Page {pages} of {pages}' not in text or 'Summary' not in text:
            raise Failure(f'the print lacks its pages: {text[:300]}')


def story_previews_the_print(program):
    program.activate('win.print-preview')
    first = program.wait(pattern=r'^Page 1 of \d+$')
    pages = int(first.get_name().split()[-1])
    program.wait(name=f'Page {pages} of {pages}')
    program.xdotool('key', 'Escape')
    until(lambda: not program.find(pattern=r'^Page 1 of'), 'the preview closes')


def story_copies_a_chart_and_its_numbers():
    with Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'crossover')
        program.activate('win.copy-chart')
        targets = until(lambda: (lambda t: t if 'image/png' in t else None)(
            clipboard('-t', 'TARGETS').decode()), 'the chart is on the clipboard')
        for target, magic in (('image/png', b'\x89PNG'), ('image/svg+xml', b'<?xml'),
                              ('text/csv', b'requests/day')):
            if target not in targets:
                raise Failure(f'{target} is not offered: {targets}')
            data = clipboard('-t', target)
            if not data.startswith(magic):
                raise Failure(f'{target} begins with {data[:12]!r}')
        program.activate('win.copy-numbers')
        until(lambda: clipboard('-t', 'text/plain').startswith(b'requests/day,Hosted'),
              'the numbers are on the clipboard as text')


def story_a_chart_has_a_menu_and_ctrl_c():
    with Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'costs')
        chart = until(lambda: program.find(pattern='^Cost by volume', role='image'), 'the chart shows')
        program.xdotool('mousemove', '--window', 'WINDOW', *program.middle(chart), 'click', 3)
        program.click(program.wait(name='Copy Numbers'))
        until(lambda: clipboard('-t', 'text/plain').startswith(b'requests/day'), 'the numbers are copied')
        until(lambda: not program.find(name='Copy Numbers'), 'the menu closes')
        x, y = program.middle(chart)
        program.xdotool('mousemove', '--window', 'WINDOW', x + 90, y - 60, 'click', 1)
        program.xdotool('key', 'ctrl+c')
        until(lambda: clipboard('-t', 'image/svg+xml').startswith(b'<?xml'), 'Ctrl+C copies the chart')
        program.xdotool('key', 'shift+F10')
        program.wait(name='Copy Chart')


def story_exports_a_chart_through_the_dialog():
    with Program() as program, tempfile.TemporaryDirectory() as folder:
        program.says(r'\$\d')
        program.activate('win.export')
        program.wait(name='The chart as it will be')
        program.click(program.wait(pattern='^Transparent background', role='check box'))
        program.click(program.wait(pattern='^Export…', role='push button'))
        time.sleep(1.5)  # until the toolkit's own dialog has the focus
        program.xdotool('key', 'ctrl+a', 'type', '--delay', '10', folder + '/chart.png')
        program.xdotool('key', 'Return')
        data = appears(folder + '/chart.png', b'\x89PNG')
        width = int.from_bytes(data[16:20], 'big')
        if width != 1920 or data[25] != 6:
            raise Failure(f'960 units at two pixels, transparent: {width}, colour type {data[25]}')


def story_a_chart_is_dragged_out():
    with Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'breakdown')
        chart = until(lambda: program.find(pattern='^What each lever', role='image'), 'the chart shows')
        x, y = program.middle(chart)
        program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'mousedown', 1)
        for step in range(1, 8):
            program.xdotool('mousemove', '--window', 'WINDOW', x + 8 * step, y + 4 * step)
        folder = program.state.name + '/cache/breakeven/dropped'
        until(lambda: os.path.isdir(folder) and os.listdir(folder), 'the drag offers a file')
        appears(os.path.join(folder, os.listdir(folder)[0]), b'\x89PNG')
        program.xdotool('mouseup', 1)
