#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small window whose contents can be dragged: the files that are named, as a file manager gives them."""
import sys

import gi

gi.require_version('Gdk', '4.0')
gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, GLib, Gtk  # noqa: E402

TITLE = 'Files to drag'


def show(application):
    window = Gtk.ApplicationWindow(application=application, title=TITLE)
    label = Gtk.Label(label=TITLE)
    source = Gtk.DragSource()
    uris = ''.join(Gio.File.new_for_path(path).get_uri() + '\r\n' for path in sys.argv[1:])
    source.set_actions(Gdk.DragAction.COPY)
    source.set_content(Gdk.ContentProvider.new_for_bytes('text/uri-list', GLib.Bytes.new(uris.encode())))
    label.add_controller(source)
    window.set_child(label)
    window.set_default_size(160, 160)
    window.present()


program = Gtk.Application(flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect('activate', show)
program.run([])
