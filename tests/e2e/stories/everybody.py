# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every widget of every page and window, and the whole way by keys alone."""
import collections
import re
import tempfile
import time

import desktop
import places
from desktop import VOLUME, Failure, Program, headline, until, value_of

# Where GTK 4.8 and libadwaita themselves leave parts without a name, lists of groups among them.
TOOLKIT_WINDOWS = ('shortcuts', 'about', 'checks', 'preferences')
# Roles that a person acts on; GTK gives the focus to some containers, too.
CONTROLS = {'push button', 'check box', 'radio button', 'combo box', 'entry', 'text',
            'slider', 'spin button', 'link', 'switch', 'image', 'page tab', 'menu item'}


def ancestry(program, item):
    names = []
    while item and len(names) < 4:
        item = program.tree.by_path.get(item.parent)
        names.append(f'{item.role} {item.name!r}' if item else '')
    return ' < '.join(names)


def misnamed(program, place, seen):
    """Class names where a name should be, names said twice, and controls without any name. seen: the
    widgets that were looked at before."""
    for item in program.items():
        if item.path in seen or item.name == 'GtkTooltipWindow':
            continue  # that is GTK's own, wherever the pointer rests
        seen.add(item.path)
        if re.match(r'^(Gtk|Adw|Be)[A-Z]', item.name):
            yield f'{place.name}: {item.role} {item.name}'
        elif re.fullmatch(r'(.{2,}) \1', item.name) and item.role in CONTROLS:
            yield f'{place.name}: {item.role} says {item.name!r} twice'
        elif not item.name.strip() and item.role in CONTROLS and item.visible \
                and item.has(desktop.Atspi.StateType.FOCUSABLE):
            yield f'{place.name}: {item.role} without a name in {ancestry(program, item)}'


def is_of_the_toolkit(line):
    return line.startswith(TOOLKIT_WINDOWS) and ('without a name' in line or line.endswith('list GtkListBox'))


def story_every_widget_of_every_place_is_named():
    # GTK 4.8's own window of shortcuts warns of its labels: that ends no program here.
    with Program(environment={'G_DEBUG': 'fatal-criticals'}) as program, \
            tempfile.TemporaryDirectory() as folder:
        program.forgive()
        program.says(r'\$\d')
        bad, seen, count = set(), set(), collections.Counter()
        for place in places.Tour(program, folder):
            time.sleep(0.3)
            if place.kind != 'down':
                bad.update(misnamed(program, place, seen))
            count[place.kind] += 1
        bad = {line for line in bad if not is_of_the_toolkit(line)}
        if bad:
            raise Failure('\n'.join(sorted(bad)))
        if count['page'] < 18 or count['window'] < 14 or count['over'] < 9:
            raise Failure(f'only {dict(count)} were seen')


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
