#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Judges what walk-window finds on every page, view and window: in a pseudo-language that is a third
longer, nothing untranslated, nothing cut, everything that takes the focus reached by Tab."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pseudo  # noqa: E402

PROGRAM = sys.argv[1]
SIZES = [(1280, 800), (400, 780)]
# What GTK and libadwaita say by themselves is translated by them.
TOOLKIT = {
    'Close Tab', '(None)', 'Search…', 'Clear entry', 'Search Shortcuts', 'No Results Found',
    'Try a different search', 'Show All', 'Shortcuts', 'Search Results', 'About', 'Back',
    'Debugging Information', 'Copy Text', 'Save as…', 'What’s New', 'Details', 'Website',
    'Troubleshooting', 'Credits', 'Legal', 'Acknowledgements', 'Report an Issue', 'Close',
    'Clear Entry', 'Save As…', 'Search preferences',
    'Preferences', 'Search', 'Try a different search.', 'Menu', 'Page Down', 'Page_Down', 'Page Up', 'Page_Up', 'Home', 'End', 'Escape', 'Return', 'Space',
}
KEYS = {'Ctrl', 'Menu', 'Shift', 'Alt', 'Return', 'Escape', 'Left', 'Right', 'Up', 'Down', 'Page', 'Home', 'End'}
BEGINNINGS = ('To assist in troubleshooting', 'This application comes with absolutely no warranty')


def found(size, environment):
    """The lines of a walk as (what, place, text)."""
    done = subprocess.run([PROGRAM, *map(str, size)], env=environment, capture_output=True, text=True,
                          errors='replace', timeout=300)
    if done.returncode:
        raise AssertionError(f'the walk ended with {done.returncode}: {done.stderr[-2000:]}')
    return [tuple(line.split('\t', 2)) for line in done.stdout.splitlines() if line.count('\t') >= 2]


# Paths of inputs and names of files are the same in every language.
PLACE = re.compile(r'[\w~.-]+(/[\w~.-]+)+|[\w.-]+\.json')


def untranslated(lines, words):
    return sorted({f'{place}: {text[:100]}' for what, place, text in lines
                   if what == 'text' and text not in TOOLKIT and not text.startswith(BEGINNINGS)
                   and not PLACE.fullmatch(text) and pseudo.unmarked(text, words | KEYS)})


def cut(lines, words):
    # The switcher at the bottom of a phone may cut a name: its icon stays, and the page says it.
    pages = {pseudo.pseudo(name) for name in pseudo.page_titles()}
    return sorted({f'{place}: {text}' for what, place, text in lines
                   if what == 'cut' and text not in pages})


def unreached(lines, words):
    return sorted({f'{place}: {text}' for what, place, text in lines
                   if what == 'unreached' and not text.startswith('GtkScrolledWindow')})


def places(lines, words):
    """A walk that saw little proves little."""
    seen = {place for _, place, _ in lines}
    return [] if len(seen) >= 20 and {'about', 'menus'} <= seen else [f'only {sorted(seen)}']


def main():
    if not os.environ.get('DISPLAY'):
        print('1..0 # SKIP no display')
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, **pseudo.make(folder))
        for kind in ('CONFIG', 'DATA', 'CACHE'):
            environment[f'XDG_{kind}_HOME'] = f'{folder}/{kind.lower()}'
        words, number, bad = pseudo.data_words(), 0, 0
        print(f'1..{4 * len(SIZES)}')
        for size in SIZES:
            lines = found(size, environment)
            for judge in (places, untranslated, cut, unreached):
                number += 1
                problems = judge(lines, words)
                bad += bool(problems)
                for problem in problems:
                    print(f'# {problem}')
                print(f'{"not " if problems else ""}ok {number} {judge.__name__} at {size[0]} px')
    sys.exit(bool(bad))


main()
