# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility tree of a program, asked for at once: widget by widget it takes seconds."""
import collections
import os

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, Gio, GLib  # noqa: E402

ACCESSIBLE = 'org.a11y.atspi.Accessible'
# What newer versions call a role, and what the stories do.
OLDER_ROLES = {'button': 'push button', 'toggle button': 'push button', 'grouping': 'panel'}


def older(role):
    return OLDER_ROLES.get(role, role)


class Item(collections.namedtuple('Item', 'path parent index count role name description bits')):
    """What a widget said at one moment."""
    __slots__ = ()

    def has(self, state):
        return bool(self.bits >> int(state) & 1)

    @property
    def visible(self):
        return self.has(Atspi.StateType.VISIBLE)


def connect():
    """To the bus of accessibility."""
    address = os.environ.get('AT_SPI_BUS_ADDRESS')
    if not address:
        address = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
            'org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0, 5000,
            None).unpack()[0]
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)


class Tree:
    """That of one application, an Atspi.Accessible."""
    connection = None
    role_names = {}

    def __init__(self, application):
        Tree.connection = Tree.connection or connect()
        self.application, self.bus_name = application, application.app.bus_name
        self.root, self.by_path, self.children = application.path, {}, {}

    def call(self, path, interface, method):
        return Tree.connection.call_sync(self.bus_name, path, interface, method, None, None, 0,
                                         20000, None).unpack()[0]

    def role(self, number):
        if number not in self.role_names:
            self.role_names[number] = older(Atspi.role_get_name(Atspi.Role(number)))
        return self.role_names[number]

    def read(self):
        """What the program has told anybody of so far."""
        self.by_path = {}
        for row in self.call('/org/a11y/atspi/cache', 'org.a11y.atspi.Cache', 'GetItems'):
            (_, path), _, (_, parent), index, count, _, name, role, description, bits = row
            bits = bits[0] | (bits[1] << 32 if len(bits) > 1 else 0)
            self.by_path[path] = Item(path, parent, index, count, self.role(role), name, description, bits)

    def ask(self, item):
        """Has the program tell of the children of a widget, which it does not of itself."""
        try:
            self.children[item.path] = [path for _, path in self.call(item.path, ACCESSIBLE, 'GetChildren')]
        except GLib.Error:  # it went away
            self.children[item.path] = []

    def items(self):
        """Every widget, depth first."""
        self.read()
        for _ in range(60):
            ordered = self.walk()
            if all(path in self.by_path for path in self.missing):
                return ordered
            self.read()
        return ordered

    def walk(self):
        ordered, self.missing, seen, stack = [], set(), set(), [self.root]
        while stack:
            path = stack.pop()
            item = self.by_path.get(path)
            if path in seen:  # newer versions lead to a widget by several ways
                continue
            seen.add(path)
            if not item:
                self.missing.add(path)
                continue
            ordered.append(item)
            if not self.is_known(item):
                self.ask(item)
            stack += reversed(self.children[path])
        return ordered

    def is_known(self, item):
        """The application does not count its windows."""
        children = self.children.get(item.path, ())
        return item.path in self.children and item.path != self.root and len(children) == item.count \
            and all(child in self.by_path and self.by_path[child].parent == item.path for child in children)

    def accessible(self, item):
        """The widget of an item, to act on; None when it went away."""
        way = []
        while item and item.path != self.root:
            way.append(item)
            item = self.by_path.get(item.parent)
        node = self.application
        for step in reversed(way):
            node = self.child(node, step) if node else None
        return node

    def child(self, node, step):
        places = self.children.get(step.parent, [])
        guess = places.index(step.path) if step.path in places else 0
        for index in [guess, *range(node.get_child_count())]:
            child = node.get_child_at_index(index)
            if child and child.path == step.path:
                return child
        return None
