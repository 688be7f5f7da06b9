# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every widget of every page and window, and the whole way by keys alone."""
import collections
import os
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


def ancestry(node):
    names = []
    while node and len(names) < 4:
        node = node.get_parent()
        names.append(f'{node.get_role_name()} {node.get_name()!r}' if node else '')
    return ' < '.join(names)


def misnamed(nodes, place, seen):
    """Class names where a name should be, names said twice, and controls without any name. seen: the
    widgets that were looked at before."""
    for node in nodes:
        if node.path in seen:
            continue
        try:
            name, role = node.get_name() or '', desktop.role_of(node)
            states = node.get_state_set()
        except desktop.GLib.Error:
            continue
        if states.contains(desktop.Atspi.StateType.VISIBLE):  # what is hidden is read when it shows
            seen.add(node.path)
        if name == 'GtkTooltipWindow':
            continue  # GTK's own, wherever the pointer rests
        if re.match(r'^(Gtk|Adw|Be)[A-Z]', name):
            yield f'{place.name}: {role} {name}'
        elif re.fullmatch(r'(.{2,}) \1', name) and role in CONTROLS:
            yield f'{place.name}: {role} says {name!r} twice'
        elif not name.strip() and role in CONTROLS and states.contains(desktop.Atspi.StateType.FOCUSABLE) \
                and states.contains(desktop.Atspi.StateType.VISIBLE):
            yield f'{place.name}: {role} without a name in {ancestry(node)}'


def is_of_the_toolkit(line):
    return line.split(':')[0] in TOOLKIT_WINDOWS and ('without a name' in line or line.endswith('list GtkListBox'))


def charts_that_show(nodes):
    return [n for n in nodes if desktop.role_of(n) in ('image', 'chart')
            and n.get_state_set().contains(desktop.Atspi.StateType.FOCUSABLE) and places.has_place(n)]


class Sentences:
    """Each chart of a page is described in a sentence, and has children for its series or bars."""

    def __init__(self):
        self.seen, self.bad, self.empty = set(), [], 0

    def read(self, program, place, nodes):
        for chart in charts_that_show(nodes):
            name, sentence = chart.get_name(), chart.get_description() or ''
            self.seen.add((place.name, name))
            if not name or len(sentence) < 20:
                self.bad.append(f'{place.name}: {name!r} is told by {sentence!r}')
            self.empty += not [n for n in list(program.nodes(chart))[1:] if n.get_name()]

    def judge(self):
        if self.bad:
            raise Failure('\n'.join(self.bad))
        # One of the views may have nothing to draw yet; the others tell their series or bars.
        if len(self.seen) < 16 or self.empty > 2:
            raise Failure(f'{len(self.seen)} charts, {self.empty} without children: {sorted(self.seen)}')


def story_every_widget_of_every_place_is_named_and_every_chart_told():
    # GTK 4.8's own window of shortcuts warns of its labels: that ends no program here.
    with Program(environment={'G_DEBUG': 'fatal-criticals'}) as program, \
            tempfile.TemporaryDirectory() as folder:
        program.forgive()
        program.says(r'\$\d')
        bad, seen, count, sentences = set(), set(), collections.Counter(), Sentences()
        for place in places.Tour(program, folder):
            time.sleep(0.3)
            nodes = list(program.nodes())
            bad.update(misnamed(nodes, place, seen))
            if place.kind == 'page':
                sentences.read(program, place, nodes)
            count[place.kind] += 1
        bad = {line for line in bad if not is_of_the_toolkit(line)}
        if bad:
            raise Failure('\n'.join(sorted(bad)))
        if count['page'] < 18 or count['window'] < 15 or count['over'] < 8:
            raise Failure(f'only {dict(count)} were seen')
        sentences.judge()


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


def read_by_keys(program, title):
    """Goes to a chart by F6, reads its first and its last datum and lets it go."""
    program.xdotool('key', 'F6')
    chart = until(lambda: next((n for n in charts_that_show(program.nodes()) if re.search(title, n.get_name())
                                and n.get_state_set().contains(desktop.Atspi.StateType.FOCUSED)), None),
                  f'{title} has the focus')
    program.xdotool('key', 'Home')
    first = until(lambda: ': ' in chart.get_name() and chart.get_name(), f'{title} is read')
    program.xdotool('key', 'End')
    until(lambda: chart.get_name() != first, f'{title}: the end is another datum')
    program.xdotool('key', 'Escape')
    until(lambda: ': ' not in chart.get_name(), f'{title}: Escape hides the readout')


def story_charts_of_pages_are_read_by_keys():
    with Program() as program:
        program.says(r'\$\d')
        for number, title in ((1, '^Cost by volume'), (2, '^Where self-hosting pays'),
                              (3, '^What each lever saves')):
            program.xdotool('key', f'alt+{number}')
            time.sleep(0.6)
            program.xdotool('key', 'alt+n')
            program.wait(pattern='^Show chart', role='push button')
            program.xdotool('key', 'alt+c')
            read_by_keys(program, title)


def story_charts_of_prices_are_read_by_keys():
    with Program() as program:
        program.says(r'\$\d')
        program.xdotool('key', 'alt+4')
        time.sleep(0.6)
        read_by_keys(program, '^This workload on each offer')
        for steps, title in enumerate(('^What a prompt cache does', '^The busiest hour in % of'), 1):
            tab_until(program, '^What is shown', key='shift+Tab')
            program.xdotool('key', 'space')
            time.sleep(0.4)
            # Where the list begins differs between versions.
            program.xdotool('key', 'Home', *['key', 'Down'] * steps, 'key', 'Return')
            time.sleep(0.5)
            read_by_keys(program, title)


def story_charts_of_serving_are_read_by_keys():
    with Program() as program:
        program.says(r'\$\d')
        program.xdotool('key', 'alt+5')
        time.sleep(0.6)
        read_by_keys(program, '^Memory of a GPU')
        read_by_keys(program, '^Throughput against latency')
        read_by_keys(program, '^Where the time of a step goes')
        program.xdotool('key', 'F6')  # behind the last chart come the inputs
        until(lambda: focused(program) and focused(program) not in charts_that_show(program.nodes()), 'the inputs have the focus')
        for view, title in (('GPUs', '^Cost against latency'), ('Precision', '^Self-hosted plan'),
                            ('Fleet', '^Replicas hour by hour'), ('Hybrid', '^What the owned base carries')):
            program.click(places.Tour(program, '.').tab(view))
            time.sleep(0.5)
            read_by_keys(program, title)


def type_path(program, path, opens=False):
    """Into the toolkit's own file dialog, which then has the focus. One that opens asks for a name by Ctrl+L, and
    in newer versions takes the first Return for the name and the second for the file."""
    time.sleep(1.5)
    if opens:
        program.xdotool('key', 'ctrl+l')
        time.sleep(0.3)
    program.xdotool('key', 'ctrl+a', 'type', '--delay', '10', path)
    time.sleep(0.3)
    program.xdotool('key', 'Return')
    time.sleep(1)
    if opens and program.find(pattern='^Open a Scenario'):
        program.xdotool('key', 'Return')


def story_saved_exported_and_opened_by_keys():
    with Program() as program, tempfile.TemporaryDirectory() as folder:
        program.says(r'\$\d')
        spin = program.wait(pattern=VOLUME, role='spin button')
        tab_until(program, VOLUME)
        program.xdotool('key', 'ctrl+a', 'type', '--delay', '10', '8k')
        program.xdotool('key', 'Return')
        until(lambda: abs(value_of(spin) - 8000) < 1, 'the entry takes what was typed')
        path = os.path.join(folder, 'keys.breakeven.json')
        program.xdotool('key', 'ctrl+s')
        type_path(program, path)
        until(lambda: os.path.exists(path), 'the document is saved')
        program.xdotool('key', 'ctrl+e')
        program.wait(name='The chart as it will be')
        tab_until(program, '^Export…', 'push button')
        program.xdotool('key', 'Return')
        type_path(program, folder + '/keys.png')
        until(lambda: os.path.exists(folder + '/keys.png') and os.path.getsize(folder + '/keys.png') > 100,
              'the chart is exported')
        program.xdotool('key', 'ctrl+t')
        program.wait(pattern='^Coding agent', role='list item')
        program.xdotool('key', 'ctrl+o')
        type_path(program, path, opens=True)
        until(lambda: program.window().get_name() == 'Support assistant', 'the file is open again')
