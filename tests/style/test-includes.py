#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rooms' order: no file includes a header of a room above its own, the engine knows no GLib,
no room below widget knows GTK."""
import pathlib
import re
import sys

ROOMS = ['engine', 'json', 'catalog', 'scenario', 'study', 'chart', 'report', 'widget', 'app']
RANK = {room: index for index, room in enumerate(ROOMS)}
RANK['cli'] = RANK['report'] + 0.5  # on report and below; nothing includes it
ENGINE_SYSTEM = {'math.h', 'stdbool.h', 'stddef.h', 'stdint.h', 'stdlib.h', 'string.h', 'float.h',
                 'limits.h', 'assert.h', 'errno.h'}
DISPLAY = re.compile(r'^(gtk|gdk|gsk|adwaita|graphene)')


def faults_of(path, room, text):
    for line, (kind, name) in enumerate_includes(text):
        where = f'{path}:{line}'
        first = name.split('/')[0]
        if kind == '"' and '/' in name and first in RANK:
            if RANK[first] > RANK[room]:
                yield f'{where}: {room} includes {name}, a room above its own'
            if room == 'chart' and first != 'chart':
                yield f'{where}: chart knows no other room, found {name}'
        if kind == '<':
            if room == 'engine' and name not in ENGINE_SYSTEM:
                yield f'{where}: the engine is C and libm alone, found <{name}>'
            if DISPLAY.match(name) and room not in ('widget', 'app'):
                yield f'{where}: {room} knows no display, found <{name}>'


def enumerate_includes(text):
    for number, line in enumerate(text.split('\n'), 1):
        match = re.match(r'\s*#\s*include\s*(["<])([^">]+)[">]', line)
        if match:
            yield number, match.groups()


def self_test():
    bad = '#include "app/be-window.h"\n#include <glib.h>\n#include <gtk/gtk.h>\n'
    assert len(list(faults_of('x.c', 'engine', bad))) == 4, 'the rule must be able to fail'
    assert not list(faults_of('x.c', 'app', bad))


def main():
    self_test()
    source = pathlib.Path(sys.argv[1]) / 'src'
    faults, files = [], 0
    for path in sorted(source.glob('*/**/*.[ch]')):
        files += 1
        faults += faults_of(path.relative_to(source.parent), path.relative_to(source).parts[0],
                            path.read_text(encoding='utf-8'))
    print('1..1')
    for fault in faults:
        print('#', fault)
    print('ok 1 rooms' if files and not faults else 'not ok 1 rooms')
    sys.exit(bool(faults) or not files)


main()
