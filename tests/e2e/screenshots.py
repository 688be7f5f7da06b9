#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Screenshots of every page x {light, dark} x {wide, narrow} of the real window."""
import subprocess
import sys
import time

import desktop

SIZES = {'': (1280, 800), '-narrow': (400, 780)}


def shoot(path):
    subprocess.run(['import', '-window', 'root', path], check=True)


def resize(width, height):
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'breakeven'],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    subprocess.run(['xdotool', 'windowsize', '--sync', window, str(width), str(height),
                    'windowmove', window, '0', '0'], check=True)


def main():
    folder = sys.argv[1]
    scale = sys.argv[2] if len(sys.argv) > 2 else '1'
    for theme, scheme in (('light', 'prefer-light'), ('dark', 'prefer-dark')):
        environment = {'ADW_DEBUG_COLOR_SCHEME': scheme, 'GDK_SCALE': scale}
        for suffix, (width, height) in SIZES.items():
            with desktop.Program(environment=environment) as program:
                program.says(r'\$\d')
                resize(width * int(scale), height * int(scale))
                for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
                    program.activate('win.page', page)
                    time.sleep(0.8)
                    path = f'{folder}/{page}-{theme}{suffix}.png'
                    shoot(path)
                    subprocess.run(['convert', path, '-crop',
                                    f'{width * int(scale)}x{height * int(scale)}+0+0', '+repage',
                                    path], check=True)
                    print(path)


main()
