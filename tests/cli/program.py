# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the command line share: running the program without a display, and TAP."""
import os
import pathlib
import subprocess
import sys
import traceback

PROGRAM = sys.argv[1]
TEMPLATES = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates'
TESTS = []


def test(function):
    TESTS.append(function)
    return function


def run(*words, stdin=None, stdout=subprocess.PIPE, environment=None, **settings):
    """stdin: bytes. Warnings of the libraries end the program, unless `environment` says otherwise."""
    inherited = {k: v for k, v in os.environ.items() if k not in ('DISPLAY', 'WAYLAND_DISPLAY')}
    inherited.update({'G_DEBUG': 'fatal-warnings', **(environment or {})})
    if stdin is None:
        settings.setdefault('stdin', subprocess.DEVNULL)
    else:
        settings['input'] = stdin
    return subprocess.run([PROGRAM, *map(str, words)], stdout=stdout, stderr=subprocess.PIPE, env=inherited,
                          timeout=120, check=False, **settings)


def main():
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, function in enumerate(TESTS, 1):
        try:
            function()
            print(f'ok {number} - {function.__name__}', flush=True)
        except Exception:  # every test reports; the next one still runs
            failed += 1
            print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
            print(f'not ok {number} - {function.__name__}', flush=True)
    sys.exit(failed > 0)
