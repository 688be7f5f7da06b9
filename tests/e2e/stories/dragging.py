# SPDX-License-Identifier: GPL-3.0-or-later
"""What is dragged with the pointer: a chart into another program, a tab out of a window and into another."""
import os
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.parse

from desktop import Failure, Program, role_of, until

SCREEN = (1600, 1200)


def xdotool(*words):
    return subprocess.run(['xdotool', *map(str, words)], check=True, capture_output=True, text=True).stdout


def windows_of(pid):
    """What the window server calls the windows of a program."""
    return subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid', str(pid)], capture_output=True, text=True,
                          check=False).stdout.split()


def place(window, x, y):
    xdotool('windowmove', '--sync', window, x, y)


def origin(window):
    shown = dict(re.findall(r'(\w+)=(-?\d+)', xdotool('getwindowgeometry', '--shell', window)))
    return int(shown['X']), int(shown['Y'])


def drag(start, end, hold=0.3):
    """Slowly enough for both programs to follow."""
    xdotool('mousemove', *start)
    time.sleep(0.3)
    xdotool('mousedown', 1)
    time.sleep(0.2)
    for step in range(1, 21):
        xdotool('mousemove', *(round(a + (b - a) * step / 20) for a, b in zip(start, end)))
        time.sleep(0.03)
    time.sleep(hold)
    xdotool('mouseup', 1)


class Target:
    """Another program, at the right edge of the screen."""

    def __init__(self, media_type):
        self.log = tempfile.NamedTemporaryFile('w+')
        self.process = subprocess.Popen([os.environ['BREAKEVEN_DROP_TARGET'], media_type], stdout=self.log)

    def __enter__(self):
        (self.window,) = until(lambda: windows_of(self.process.pid), 'the target shows')
        place(self.window, SCREEN[0] - 280, 300)
        return self

    def __exit__(self, *unused):
        self.process.kill()
        self.process.wait()

    def middle(self):
        x, y = origin(self.window)
        return x + 150, y + 130

    def said(self):
        return pathlib.Path(self.log.name).read_text(encoding='utf-8', errors='replace')


def story_a_chart_is_dropped_into_another_program():
    with Program() as program:
        program.says(r'\$\d')
        program.activate('win.page', 'breakdown')
        chart = until(lambda: program.find(pattern='^What each lever', role='image'), 'the chart shows')
        (window,) = windows_of(program.process.pid)
        place(window, 0, 0)
        time.sleep(0.3)
        left, top = origin(window)
        x, y = program.middle(chart)
        for media_type, wanted in (('text/uri-list', r': \d+ file://'), ('image/png', r': \d{4,} \ufffdPNG'),
                                   ('image/svg+xml', r': \d{4,} <\?xml'), ('text/csv', r': \d{3,} \S+')):
            with Target(media_type) as target:
                drag((left + x, top + y), target.middle())
                said = until(lambda: target.said(), f'{media_type} arrives')
            if not re.search(re.escape(media_type) + wanted, said):
                raise Failure(f'{media_type}: {said[:80]!r}')
            if media_type == 'text/uri-list':
                path = urllib.parse.unquote(re.search(r'file://(\S+)', said).group(1))
                if not pathlib.Path(path).read_bytes().startswith(b'\x89PNG'):
                    raise Failure(f'{path} is no picture')


def windows(program):
    application = program.application()
    return [application.get_child_at_index(i) for i in range(application.get_child_count())]


def names(program):
    return sorted(window.get_name() for window in windows(program))


def tab_of(program, window, pattern):
    """Where a tab is on the screen; `window`: what the window server calls the window."""
    label = until(lambda: next((node for node in program.nodes() if role_of(node) == 'label'
                                and re.search(pattern, node.get_name() or '')
                                and 50 < program.middle(node)[1] < 110), None), f'the tab {pattern}')
    left, top = origin(window)
    x, y = program.middle(label)
    return left + x, top + y


def story_a_tab_is_dragged_out_and_into_another_window():
    """Out: to where nobody takes a tab. With plain X11 that must not be the bare root window."""
    with Program() as program, Target('application/x-nothing') as nobody:
        program.says(r'\$\d')
        for template in ('summaries', 'coding'):
            program.activate('win.new-tab')
            program.activate('win.start-from', template)
        until(lambda: names(program) == ['Coding agent'], 'three tabs')
        (first,) = windows_of(program.process.pid)
        place(first, 0, 0)
        xdotool('windowsize', '--sync', first, 760, 700)
        time.sleep(1)
        drag(tab_of(program, first, '^Nightly'), nobody.middle())
        until(lambda: len(windows(program)) == 2, 'a window of its own')
        until(lambda: names(program) == ['Coding agent', 'Nightly summaries'], 'both show theirs')
        second = until(lambda: next(iter(set(windows_of(program.process.pid)) - {first}), None), 'it is there')
        place(second, 0, 760)
        xdotool('windowsize', '--sync', second, 760, 400)
        time.sleep(1)
        # GTK 4.8 misses that the button was released outside, and takes the next press for the same one.
        xdotool('mousemove', *tab_of(program, first, '^Coding'), 'click', 1)
        drag(tab_of(program, first, '^Coding'), (400, 1000))
        until(lambda: names(program) == ['Coding agent', 'Support assistant'], 'the tab is in the other window')
        if program.enabled('win.move-tab', 1) or not program.enabled('win.move-tab', 2):
            raise Failure(f"one tab and two: {program.enabled('win.move-tab', 1)} {program.enabled('win.move-tab', 2)}")
