#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Process start to first painted frame: Breakeven on its worked example against an empty libadwaita
window, in turns in one run. Prints medians and their ratio."""
import os
import statistics
import subprocess
import sys
import time

ROUNDS = 11


def first_frame(command, **environment):
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True,
                               env=dict(os.environ, **environment))
    for line in process.stdout:
        if line.startswith('first frame'):
            break
    else:
        sys.exit(f'{command[0]} ended without a frame')
    elapsed = time.perf_counter() - begin
    process.kill()
    process.wait()
    return elapsed * 1e3


def main():
    ours, theirs = [], []
    for _ in range(ROUNDS):
        theirs.append(first_frame([sys.argv[2]]))
        ours.append(first_frame([sys.argv[1], '--new-instance'], BE_MEASURE_START='1'))
    a, b = statistics.median(ours[1:]), statistics.median(theirs[1:])
    print(f'start to first frame: breakeven {a:.0f} ms, minimal window {b:.0f} ms, '
          f'ratio {a / b:.2f}')


main()
