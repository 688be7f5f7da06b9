#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the stories of stories/*.py as TAP: all, or those named (by module or by story), or with --part 2/4
the second of four parts of them.

A story is a function story_*(). One that takes a `program` is given a running one on the worked
example, with nothing edited, that it shares with others; it must close what it opened, and its edits
are taken back. One without arguments starts its own."""
import importlib
import inspect
import os
import pathlib
import sys
import time

import desktop

FOLDER = pathlib.Path(__file__).parent / 'stories'


def all_stories():
    sys.path.insert(0, str(FOLDER))
    for path in sorted(FOLDER.glob('*.py')):
        module = importlib.import_module(path.stem)
        for name, story in inspect.getmembers(module, inspect.isfunction):
            if name.startswith('story_') and story.__module__ == path.stem:
                yield path.stem, name, story


class Shared:
    """The program that stories share; started when needed, ended when a story left it in doubt."""

    def __init__(self):
        self.program = None

    def run(self, story):
        if not self.program:
            self.program = desktop.Program().__enter__()
            self.program.says(r'\$\d')
        try:
            self.program.start_again()
            story(self.program)
        except Exception:
            self.end(check=False)
            raise

    def end(self, check=True):
        program, self.program = self.program, None
        if program:
            program.__exit__(None if check else Exception, None, None)


def explain(error):
    for line in f'{type(error).__name__}: {error}'.split('\n'):
        print('#', line)


def report(number, name, action):
    """Runs one story and says how it went; returns whether it went well. A machine that is busy with
    something else can let a story down: one that failed is told once more, in a program of its own,
    and says so."""
    start = time.monotonic()
    try:
        try:
            action()
        except Exception as error:
            explain(error)
            print(f'# {name}: once more')
            action()
    except Exception as error:  # every story reports; the next one still runs
        explain(error)
        print(f'not ok {number} {name}', flush=True)
        return False
    print(f'ok {number} {name}', flush=True)
    print(f'# {time.monotonic() - start:.1f} s', flush=True)
    return True


def chosen(words):
    """Neighbours in a module are much alike, so every part gets some of each."""
    if words[:1] == ['--part']:
        part, parts = (int(number) for number in words[1].split('/'))
        return list(all_stories())[part - 1::parts]
    return [story for story in all_stories() if not words or {story[0], story[1]} & set(words)]


def main():
    if not os.environ.get('DISPLAY'):
        print('1..0 # SKIP no display')
        return
    wanted = chosen(sys.argv[1:])
    # Those that share come first: only one program runs at a time.
    wanted.sort(key=lambda s: not inspect.signature(s[2]).parameters)
    shared, good = Shared(), True
    rows = [(f'{module}: {name[6:].replace("_", " ")}', story,
             bool(inspect.signature(story).parameters)) for module, name, story in wanted]
    shares = sum(row[2] for row in rows)
    rows.insert(shares, ('the shared program ends without warnings', shared.end, False))
    print(f'1..{len(rows)}')
    for number, (title, story, shared_story) in enumerate(rows, 1):
        good &= report(number, title, (lambda: shared.run(story)) if shared_story else story)
    sys.exit(not good)


main()
