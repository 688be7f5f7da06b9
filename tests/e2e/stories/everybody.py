# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every widget of every page and window, and the whole way by keys alone."""
import pathlib
import re
import sys
import time

import desktop
from desktop import VOLUME, Failure, Program, headline, until, value_of

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import pseudo  # noqa: E402

WINDOWS = ['win.show-help-overlay', 'app.about', 'app.reference-checks', 'app.preferences',
           'win.export', 'win.print-preview', 'win.compare']
TOOLKIT_WINDOWS = ('win.show-help-overlay', 'app.about', 'app.reference-checks', 'app.preferences')
# Roles that a person acts on; GTK gives the focus to some containers, too.
CONTROLS = {'push button', 'check box', 'radio button', 'combo box', 'entry', 'text',
            'slider', 'spin button', 'link', 'switch', 'image', 'page tab'}


def ancestry(node):
    names = []
    while node and len(names) < 4:
        node = node.get_parent()
        names.append(f'{node.get_role_name()} {node.get_name()!r}' if node else '')
    return ' < '.join(names)


def misnamed(program, place):
    """Class names where a name should be, and controls without any name."""
    for node in program.nodes():
        try:
            name, role = node.get_name() or '', desktop.role_of(node)
            states = node.get_state_set()
        except desktop.GLib.Error:
            continue
        if name == 'GtkTooltipWindow':
            continue  # GTK's own, wherever the pointer rests
        if re.match(r'^(Gtk|Adw|Be)[A-Z]', name):
            yield f'{place}: {role} {name}'
        elif not name.strip() and role in CONTROLS and states.contains(desktop.Atspi.StateType.FOCUSABLE) \
                and states.contains(desktop.Atspi.StateType.VISIBLE):
            yield f'{place}: {role} without a name in {ancestry(node)}'


def story_every_widget_of_every_page_and_window_is_named():
    # GTK 4.8's own window of shortcuts warns of its labels: that ends no program here.
    with Program(environment={'G_DEBUG': 'fatal-criticals'}) as program:
        program.forgive()
        program.says(r'\$\d')
        bad, seen = set(), 0
        for page in pseudo.page_ids():
            program.activate('win.page', page)
            time.sleep(0.4)
            bad.update(misnamed(program, page))
        for action in WINDOWS:
            try:
                program.activate(action)
            except desktop.GLib.Error:
                continue
            time.sleep(0.8)
            bad.update(misnamed(program, action))
            program.xdotool('key', 'Escape')
            time.sleep(0.3)
            seen += 1
        # A few parts of the toolkit's own windows, lists of groups among them, keep what GTK 4.8 gives them.
        bad = {b for b in bad if not (b.startswith(TOOLKIT_WINDOWS)
                                      and ('without a name' in b or b.endswith('list GtkListBox')))}
        if bad:
            raise Failure('\n'.join(sorted(bad)))
        if seen < 4:
            raise Failure(f'only {seen} windows opened')


def focused(program):
    """What has the focus in the newest window."""
    found = [n for n in program.nodes() if n.get_state_set().contains(desktop.Atspi.StateType.FOCUSED)]
    return found[-1] if found else None


def tab_until(program, pattern, role=None, key='Tab', most=40):
    """Presses a key until what has the focus answers to the pattern."""
    for _ in range(most):
        node = focused(program)
        if node and re.search(pattern, node.get_name() or '') and role in (None, desktop.role_of(node)):
            return node
        program.xdotool('key', key)
    raise Failure(f'{most} times {key} do not reach {pattern}')


def story_by_keys_alone_from_the_start_to_the_chart():
    with Program() as program:
        before = headline(program)[0]
        spin = program.wait(pattern=VOLUME, role='spin button')
        # The entry inside the spin button has the focus, whatever role it tells.
        tab_until(program, VOLUME)
        program.xdotool('key', 'ctrl+a', 'type', '--delay', '10', '1M')
        program.xdotool('key', 'Return')
        until(lambda: abs(value_of(spin) - 1000000) < 1, 'the entry takes what was typed')
        until(lambda: headline(program)[0] != before, 'the headline follows')
        program.xdotool('key', 'alt+2')
        time.sleep(0.5)
        # The chart is nearer from the other side.
        chart = tab_until(program, '^Where self-hosting pays', 'image', 'shift+Tab')
        program.xdotool('key', 'Right')
        until(lambda: 'requests/day' in (chart.get_name() or ''), 'the chart tells what it reads')
        program.xdotool('key', 'ctrl+z')
        until(lambda: abs(value_of(spin) - 500000) < 1, 'undo by keys')
