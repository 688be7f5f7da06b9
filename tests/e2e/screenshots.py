#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the real window. screenshots.py FOLDER [SCALE]: every page, light and dark, wide and
narrow. screenshots.py --sheet FOLDER [STYLE...]: every page, view and window in every style, and a
contact sheet of each style."""
import gettext
import os
import pathlib
import subprocess
import sys
import tempfile
import time

import desktop
import places

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pseudo  # noqa: E402

SIZES = {'': (1280, 800), '-narrow': (400, 780)}
LIGHT = {'ADW_DEBUG_COLOR_SCHEME': 'prefer-light'}
LARGE = 144  # dots an inch, where 96 are usual
# Style: environment, dots an inch, size of the window.
STYLES = {
    'light': (LIGHT, 96, (1280, 800)),
    'dark': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark'}, 96, (1280, 800)),
    'contrast': ({**LIGHT, 'ADW_DEBUG_HIGH_CONTRAST': '1'}, 96, (1280, 800)),
    'dark-contrast': ({'ADW_DEBUG_COLOR_SCHEME': 'prefer-dark', 'ADW_DEBUG_HIGH_CONTRAST': '1'}, 96,
                      (1280, 800)),
    'rtl': ({**LIGHT, 'LC_ALL': 'ar_EG.UTF-8', 'LANGUAGE': 'ar'}, 96, (1280, 800)),
    'narrow': (LIGHT, 96, (400, 780)),
    'large': (LIGHT, LARGE, (1280, 800)),
    'german': ({**LIGHT, 'LC_ALL': 'de_DE.UTF-8', 'LANGUAGE': 'de'}, 96, (1280, 800)),
}
PAGES = pseudo.page_ids()


def shoot(path):
    subprocess.run(['import', '-window', 'root', path], check=True)


def resize(width, height):
    window = subprocess.run(['xdotool', 'search', '--onlyvisible', '--class', 'breakeven'],
                            capture_output=True, text=True, check=True).stdout.split()[-1]
    subprocess.run(['xdotool', 'windowsize', '--sync', window, str(width), str(height),
                    'windowmove', window, '0', '0'], check=True)


class Sheet:
    """The pictures of one style."""

    def __init__(self, folder, size):
        self.folder, self.size, self.taken = folder, size, []

    def take(self, place):
        if place.kind == 'window' and self.size[0] < 600:
            resize(*self.size)  # the newest window, as a narrow screen would
        time.sleep(0.7)
        path = f'{self.folder}/{place.name.replace("/", "-")}.png'
        shoot(path)
        width, height = self.size
        # A menu may reach beyond a narrow window, and a window that does not fit shows here.
        crop = f'{max(width, 760) if place.kind in ("window", "over") else width}x{height}+0+0'
        subprocess.run(['convert', path, '-crop', crop, '+repage', path], check=True)
        self.taken.append(path)

    def contact_sheet(self, path):
        subprocess.run(['montage', *self.taken, '-label', '%t', '-tile', '4x', '-geometry',
                        f'{min(self.size[0], 640)}x+4+4', path], check=True)
        print(path)


# The toolkit turns the window only for a program that knows the language.
HEAD = 'msgid ""\nmsgstr "Language: ar\\nContent-Type: text/plain; charset=UTF-8\\n"\n'


def translations(folder):
    """Compiles every translation below folder, and an Arabic one without words."""
    target = pathlib.Path(folder) / 'ar' / 'LC_MESSAGES'
    target.mkdir(parents=True)
    subprocess.run(['msgfmt', '-', '-o', target / 'breakeven.mo'], input=HEAD, text=True, check=True)
    for po in (pseudo.ROOT / 'po').glob('*.po'):
        target = pathlib.Path(folder) / po.stem / 'LC_MESSAGES'
        target.mkdir(parents=True)
        subprocess.run(['msgfmt', po, '-o', target / 'breakeven.mo'], check=True)


def take_sheet(folder, style):
    environment, dpi, size = STYLES[style]
    target = f'{folder}/{style}'
    os.makedirs(target, exist_ok=True)
    with tempfile.TemporaryDirectory() as locale_folder:
        translations(locale_folder)
        environment = {**environment, 'BE_LOCALE_DIR': locale_folder}
        subprocess.run(['xrdb', '-merge'], input=f'Xft.dpi: {dpi}\n', text=True, check=True)
        with desktop.Program(environment=environment) as program:
            program.says(r'\d')
            resize(*size)
            program.forgive()  # pictures judge how it looks, not what it prints
            words = gettext.translation('breakeven', locale_folder,
                                        [environment.get('LANGUAGE', 'en')], fallback=True)
            sheet = Sheet(target, size)
            try:
                for place in places.Tour(program, locale_folder, words, size[0] < 600, scrolls=True):
                    sheet.take(place)
            except desktop.Failure as failure:
                print(f'{style}: {failure}, after {sheet.taken[-1:]}')
                return False
            finally:
                sheet.contact_sheet(f'{folder}/{style}.png')
            return True


def take_pages(folder, scale):
    for theme, scheme in (('light', 'prefer-light'), ('dark', 'prefer-dark')):
        environment = {'ADW_DEBUG_COLOR_SCHEME': scheme, 'GDK_SCALE': scale}
        for suffix, (width, height) in SIZES.items():
            with desktop.Program(environment=environment) as program, tempfile.TemporaryDirectory() as scratch:
                program.says(r'\$\d')
                resize(width * int(scale), height * int(scale))
                for page in PAGES:
                    program.activate('win.page', page)
                    if page == 'compare':
                        program.activate('win.compare-path', places.edited_example(scratch))
                    time.sleep(0.8)
                    path = f'{folder}/{page}-{theme}{suffix}.png'
                    shoot(path)
                    subprocess.run(['convert', path, '-crop',
                                    f'{width * int(scale)}x{height * int(scale)}+0+0', '+repage',
                                    path], check=True)
                    print(path)


def main():
    if sys.argv[1] == '--sheet':
        whole = [take_sheet(sys.argv[2], style) for style in sys.argv[3:] or STYLES]
        sys.exit(not all(whole))
    else:
        take_pages(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else '1')


main()
