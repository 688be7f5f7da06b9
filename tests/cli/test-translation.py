#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence that breakeven-cli prints can be translated: in the pseudo-language all are marked."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pseudo  # noqa: E402

PROGRAM = sys.argv[1]
FILE = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates/support.breakeven.json'
OTHER = FILE.with_name('rag.breakeven.json')
VERBS = 'evaluate crossover sweep chart report price throughput import catalog selftest set validate diff'.split()
# GLib's own words around the options, the operating system's, and values of options.
FOREIGN = {'Usage', 'OPTION', 'Help', 'Options', 'Show', 'help', 'options', 'Application', 'output',
           'No', 'such', 'file', 'or', 'directory', 'NAME', 'light', 'dark', 'print', 'out', 'svg'}
ROWS = [
    ['--help'], [], ['nothing'],
    *[[verb, '--help'] for verb in VERBS],
    ['evaluate', FILE], ['evaluate', OTHER], ['evaluate', '/nowhere'], ['evaluate'],
    ['evaluate', FILE, '--set', 'workloads/chat/tokens/input=-1'], ['evaluate', FILE, '--set', 'x'],
    ['crossover', FILE], ['crossover', OTHER], ['diff', FILE, OTHER], ['validate', '{bad}'],
    ['sweep', FILE], ['chart', FILE], ['chart', FILE, '--kind', 'x', '-o', 'x.png'],
    ['report', FILE], ['report', FILE, '-o', 'x.doc'], ['report', FILE, '-o', '{out}.md'],
    ['price', 'openai/gpt-4o', '--input', '300000', '--output', '333', '--cached', '1000'],
    ['price'], ['price', 'nobody/nothing', '--input', '1', '--output', '1'],
    ['throughput'], ['throughput', '--model', 'x', '--gpu', 'y', '--gpus', '1', '--input', '1', '--output', '1'],
    ['import', '{bad}'], ['catalog', 'gpt-4o'], ['catalog', 'zzz'], ['selftest'],
]


def said(row, environment, folder):
    """What a call prints, and writes for people."""
    words = [str(word).format(bad=folder / 'bad.json', out=folder / 'out') for word in row]
    done = subprocess.run([PROGRAM, *words], env=environment, capture_output=True, text=True, timeout=60)
    written = [path.read_text(encoding='utf-8') for path in folder.glob('out*.md')]
    for path in folder.glob('out*'):
        path.unlink()
    return '\n'.join([done.stdout, done.stderr, *written])


def plain(line):
    """A line without marks, paths of files and inputs, options and names of verbs."""
    line = pseudo.outside(line)
    line = re.sub(r'\S*[/\\]\S*', ' ', line)
    line = re.sub(r'(^|\s)-[-\w]+', ' ', line)
    line = re.sub(r'breakeven-cli \S+', ' ', line)
    return re.sub('^  (' + '|'.join(VERBS) + ') ', ' ', line)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / 'bad.json').write_text('{"format": "breakeven-scenario", "version": 1, "monthHours": "x"}')
        environment = dict(os.environ, **pseudo.make(folder / 'locale'))
        words = pseudo.data_words() | FOREIGN
        print(f'1..{len(ROWS)}')
        bad = 0
        for number, row in enumerate(ROWS, 1):
            text = said(row, environment, folder)
            left = [(pseudo.unmarked(plain(line), words), line.strip()) for line in text.split('\n')]
            left = [found for found in left if found[0]]
            title = ' '.join(map(str, row)).replace(str(FILE.parent), '')
            if left or '«' not in text:
                bad += 1
                for found, line in left:
                    print(f'# {found}: {line[:120]}')
            print(f'{"not " if left or "«" not in text else ""}ok {number} {title}')
        sys.exit(bool(bad))


main()
