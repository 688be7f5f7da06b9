#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Moves the volume slider through the running program by its accessible value and prints the
percentiles of the main-loop work per painted update, as the program itself measured it: on the example, and
on each scenario that is named."""
import pathlib
import sys
import tempfile

import desktop

MOVES = 300


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure(page, *files):
    with tempfile.NamedTemporaryFile('r', encoding='utf-8') as log:
        with desktop.Program(*files, program=sys.argv[1],
                             environment={'BE_MEASURE_FRAMES': log.name}) as program:
            program.activate('win.page', page)
            slider = program.wait(pattern='Requests per day', role='slider')
            low = slider.get_value_iface().get_minimum_value()
            high = slider.get_value_iface().get_maximum_value()
            for move in range(MOVES):
                desktop.set_value(slider, low + (high - low) * (0.3 + 0.5 * move / MOVES))
            desktop.until(lambda: len(log.seek(0) or log.readlines()) > 20 or True, 'updates')
        log.seek(0)
        times = [float(line.split()[-1]) for line in log if line.strip()]
    name = pathlib.Path(files[0]).name.split('.')[0] if files else 'example'
    print(f'{name}, {page}: {len(times)} updates, main-loop work ms: median {percentile(times, .5):.2f}, '
          f'p95 {percentile(times, .95):.2f}, max {max(times):.2f}')


for scenario in [[], *([file] for file in sys.argv[2:])]:
    for each in ('costs', 'crossover', 'breakdown'):
        measure(each, *scenario)
