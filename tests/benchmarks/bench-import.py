#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A price list of 4 MB: time and memory of the command line, stalls of the window's main loop.

A stall is what another program waits for an answer of the window's main loop, asked all the time
while the list is read, shown and applied; the longest wait at rest is printed beside it."""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'e2e'))
import desktop  # noqa: E402
from desktop import Program, until  # noqa: E402
from gi.repository import Gio, GLib  # noqa: E402

LISTS = pathlib.Path(os.environ['BE_TEST_CASES']) / 'lists'


def large_list(path):
    """The published list again and again under other names, until it has 4 MB."""
    models = json.loads(gzip.decompress((LISTS / 'litellm.2025-08-31.tokencost.json.gz').read_bytes()))
    many, copy = dict(models), 1
    while len(json.dumps(many)) < 4_000_000:
        many.update({f'{name}-copy{copy}': model for name, model in models.items()})
        copy += 1
    path.write_text(json.dumps(many))
    return len(many)


def longest_wait(program, done, seconds=60):
    longest, end = 0, time.monotonic() + seconds
    path = desktop.APPLICATION_PATH + '/window/1'
    while time.monotonic() < end:
        begin = time.monotonic()
        program.bus.call_sync(program.owner(), path, 'org.gtk.Actions', 'Describe',
                              GLib.Variant('(s)', ('page',)), None, Gio.DBusCallFlags.NONE, 5000, None)
        longest = max(longest, time.monotonic() - begin)
        if done(time.monotonic()):
            return longest * 1000
    raise SystemExit('timed out')


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'list.json'
        n = large_list(path)
        done = subprocess.run(['/usr/bin/time', '-f', '%e %M', os.environ['BREAKEVEN_CLI'], 'import', path],
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
        seconds, kib = done.stderr.split()[-2:]
        print(f'{path.stat().st_size / 1e6:.1f} MB, {n} rows; command line: {seconds} s, '
              f'{int(kib) / 1024:.0f} MiB at most')
        with Program() as program:
            program.says(r'\$\d')
            time.sleep(1)
            start = time.monotonic()
            rest = longest_wait(program, lambda now: now > start + 2)
            program.activate('win.import-path', str(path))
            # The tree is not looked at while the time runs: that, too, is work of the main loop.
            start = time.monotonic()
            reading = longest_wait(program, lambda now: now > start + 6)
            button = program.wait(pattern='^Apply', role='push button')
            until(lambda: button.get_state_set().contains(desktop.Atspi.StateType.SENSITIVE), 'it is read')
            program.click(button)
            start = time.monotonic()
            applying = longest_wait(program, lambda now: now > start + 3)
            print(f'longest wait for the main loop: {rest:.1f} ms at rest, {reading:.1f} ms while '
                  f'reading and showing, {applying:.1f} ms while applying')


main()
