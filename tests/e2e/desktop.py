# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program by its accessibility tree, as a person with a screen reader would."""
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

# Fatal warnings are for the program under test, not for the library that drives it.
G_DEBUG = os.environ.pop('G_DEBUG', '')

import gi  # noqa: E402

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

APPLICATION_ID = 'io.github.breakeven.Breakeven'
APPLICATION_PATH = '/io/github/breakeven/Breakeven'


class Failure(AssertionError):
    pass


def until(question, what, seconds=20.0):
    """Asks until the answer is true and returns it; fails with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = question()
        except GLib.Error:  # a widget that went away while it was read
            answer = None
        if answer:
            return answer
        if time.monotonic() > end:
            raise Failure(f'timed out: {what}')
        time.sleep(0.03)


# What newer versions call a role, and what the stories do.
OLDER_ROLES = {'button': 'push button', 'toggle button': 'push button', 'grouping': 'panel'}


# What newer versions leave out of where a widget is: the border twice, and the padding of a bar or a card.
UNTOLD = (10, 18)


def role_of(node):
    name = node.get_role_name()
    return OLDER_ROLES.get(name, name)


class Program:
    """One running breakeven; use as a context manager."""

    def __init__(self, *arguments, environment=None, program=None, state=None):
        """state: that of an earlier program, to go on with its files, drafts and session."""
        self.state = state or tempfile.TemporaryDirectory()
        env = dict(os.environ, XDG_CONFIG_HOME=self.state.name + '/config',
                   XDG_DATA_HOME=self.state.name + '/data',
                   XDG_CACHE_HOME=self.state.name + '/cache', G_DEBUG=G_DEBUG)
        env.update(environment or {})
        env.pop('GTK_A11Y', None)
        self.errors = open(self.state.name + '/stderr', 'w+', encoding='utf-8')
        self.forgiven = False
        self.process = subprocess.Popen([program or os.environ['BREAKEVEN'], *arguments], env=env,
                                        stderr=self.errors)
        self.bus = Gio.bus_get_sync(Gio.BusType.SESSION)

    def __enter__(self):
        try:
            until(lambda: self.window(), 'the window appears', 30)
        except Failure:
            print('# stderr:', self.stderr())
            self.process.kill()
            raise
        return self

    def __exit__(self, kind, value, trace):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if kind is not None:
            for line in re.findall(r'.*(?:WARNING|CRITICAL|ERROR).*', self.stderr()):
                print('# stderr:', line)
        if kind is None and not self.forgiven and re.search(r'(WARNING|CRITICAL)', self.stderr()):
            raise Failure('warnings on standard error: ' + self.stderr())

    def stderr(self):
        self.errors.flush()
        return open(self.errors.name, encoding='utf-8').read()

    def forgive(self):
        """Warnings on standard error are no failure."""
        self.forgiven = True

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def application(self):
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(index)
            if child and child.get_process_id() == self.process.pid:
                return child
        return None

    def window(self):
        if self.process.poll() is not None:
            raise Failure(f'the program ended with {self.process.returncode}: {self.stderr()}')
        application = self.application()
        if not application or not application.get_child_count():
            return None
        return application.get_child_at_index(0)

    def nodes(self, top=None, visible=False):
        """Every accessible below the application, depth first."""
        stack, seen = [top or self.application()], set()
        while stack:
            node = stack.pop()
            if not node or node.path in seen:  # newer versions lead to a widget by several ways
                continue
            seen.add(node.path)
            if visible and top is not node and node.get_role() != Atspi.Role.APPLICATION:
                if not node.get_state_set().contains(Atspi.StateType.VISIBLE):
                    continue
            yield node
            try:
                for index in reversed(range(node.get_child_count())):
                    stack.append(node.get_child_at_index(index))
            except GLib.Error:  # it went away while it was read
                continue

    def find(self, name=None, role=None, pattern=None, showing=True):
        for node in self.nodes():
            if role and role_of(node) != role:
                continue
            if showing and not node.get_state_set().contains(Atspi.StateType.VISIBLE):
                continue
            text = node.get_name() or ''
            if name is not None and text != name:
                continue
            if pattern and not re.search(pattern, text):
                continue
            return node
        return None

    def wait(self, name=None, role=None, pattern=None, seconds=20.0, showing=True):
        return until(lambda: self.find(name, role, pattern, showing),
                     f'{role or "anything"} named {name or pattern!r}', seconds)

    def texts(self):
        """All names that show, joined: for looking whether a sentence is there. With newer versions a
        subtitle is the description of its title. Spaces that break no line are as others."""
        return '\n'.join(text for n in self.nodes() if n.get_state_set().contains(Atspi.StateType.VISIBLE)
                         for text in (n.get_name(), role_of(n) == 'label' and n.get_description())
                         if text).replace('\u00a0', ' ')

    def says(self, pattern, seconds=20.0):
        return until(lambda: re.search(pattern, self.texts()), f'the window says {pattern!r}',
                     seconds)

    def click(self, node):
        inner = [n for n in self.nodes(node) if n.get_action_iface()
                 and n.get_action_iface().get_n_actions()]
        action = inner[0].get_action_iface() if inner else None
        if not action or not action.get_n_actions():
            raise Failure(f'{node.get_role_name()} {node.get_name()!r} has no action')
        action.do_action(0)

    def xdotool(self, *words):
        """Pointer and keys in the program's newest window, which is given the focus first."""
        found = until(lambda: subprocess.run(['xdotool', 'search', '--onlyvisible', '--pid',
                                              str(self.process.pid)], capture_output=True,
                                             text=True, check=False).stdout.split(),
                      'a window shows')
        subprocess.run(['xdotool', 'windowfocus', '--sync', found[-1]], check=True)
        words = [found[-1] if word == 'WINDOW' else str(word) for word in words]
        subprocess.run(['xdotool', *words], check=True)

    def middle(self, node):
        """Where a widget is in its window."""
        box = node.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        off_x, off_y = UNTOLD if self.leaves_out_padding() else (0, 0)
        return box.x + box.width // 2 + off_x, box.y + box.height // 2 + off_y

    def leaves_out_padding(self):
        """Newer versions leave the window's border and its parts' padding out of where a widget is."""
        return self.window().get_component_iface().get_extents(Atspi.CoordType.WINDOW).y < 0

    def bring_into_view(self, node, top=60):
        """Turns the wheel until a widget is inside its window, below top; returns where it is then."""
        window = self.window().get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        for _ in range(60):
            x, y = self.middle(node)
            if top < y < window.height - 40:
                break
            self.xdotool('mousemove', '--window', 'WINDOW', x, window.height // 2, 'click',
                         '--repeat', 3, 4 if y < window.height // 2 else 5)
            time.sleep(0.1)
        return x, y

    def type_into(self, node, text, submit=False):
        """Clicks into an entry and types over what it holds, key by key."""
        x, y = self.bring_into_view(node)
        self.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
        time.sleep(0.2)
        self.xdotool('key', 'ctrl+a', 'key', 'BackSpace')
        if text:
            self.xdotool('type', '--delay', '10', text)
        if submit:
            self.xdotool('key', 'Return')

    def activate(self, action, parameter=None, window=1):
        """Runs a "win." or "app." action of the program by its exported action group."""
        scope, name = action.split('.', 1)
        path = APPLICATION_PATH + (f'/window/{window}' if scope == 'win' else '')
        owner = self.owner()
        variant = [GLib.Variant('s', parameter)] if isinstance(parameter, str) else []
        self.bus.call_sync(owner, path, 'org.gtk.Actions', 'Activate',
                           GLib.Variant('(sava{sv})', (name, variant, {})), None,
                           Gio.DBusCallFlags.NONE, 5000, None)

    def enabled(self, action, window=1):
        """Whether a "win." or "app." action can be activated now."""
        scope, name = action.split('.', 1)
        path = APPLICATION_PATH + (f'/window/{window}' if scope == 'win' else '')
        answer = self.bus.call_sync(self.owner(), path, 'org.gtk.Actions', 'Describe',
                                    GLib.Variant('(s)', (name,)), GLib.VariantType('((bgav))'),
                                    Gio.DBusCallFlags.NONE, 5000, None)
        return answer.unpack()[0][0]

    def start_again(self):
        """Takes every edit back and shows the first page: what a shared program is before a story."""
        self.activate('win.page', 'costs')
        for _ in range(100):
            if not self.enabled('win.undo'):
                return
            self.activate('win.undo')
        raise Failure('a hundred steps did not undo everything')

    def owner(self):
        return APPLICATION_ID


VOLUME = r'^Requests per day'


def headline(program):
    """The figures in dollars that show, the headline's first."""
    return until(lambda: re.findall(r'\$[\d,.]+[kM]?', program.texts()), 'a figure shows')


def value_of(node):
    return node.get_value_iface().get_current_value()


def set_value(node, value):
    if not node.get_value_iface().set_current_value(value):
        raise Failure(f'{node.get_name()!r} does not take {value}')
