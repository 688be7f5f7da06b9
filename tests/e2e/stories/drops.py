# SPDX-License-Identifier: GPL-3.0-or-later
"""Files dragged from another program and dropped on the window, by the pointer."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from desktop import Failure, Program, until

SOURCE = pathlib.Path(__file__).resolve().parent.parent / 'drag-source.py'
LIST = [{'id': 'p', 'models': [{'id': 'm', 'prices': {'input_mtok': 1, 'output_mtok': 2}}]}]


def xdotool(*words):
    done = subprocess.run(['xdotool', *map(str, words)], capture_output=True, text=True, check=False)
    return done.stdout.split()


def glide(start, end, steps):
    """A drag begins after some pixels, and its target hears of it on the way."""
    for step in range(1, steps + 1):
        xdotool('mousemove', *(a + (b - a) * step // steps for a, b in zip(start, end)))
        time.sleep(0.04)


def drop(program, *paths):
    target = until(lambda: xdotool('search', '--onlyvisible', '--pid', program.process.pid), 'a window shows')[0]
    source = subprocess.Popen([sys.executable, str(SOURCE), *map(str, paths)])
    try:
        found = until(lambda: xdotool('search', '--onlyvisible', '--pid', source.pid), 'the source shows')[-1]
        xdotool('windowmove', '--sync', target, 0, 0)
        xdotool('windowmove', '--sync', found, 1320, 900)
        time.sleep(0.5)
        xdotool('mousemove', 1400, 990, 'mousedown', 1)
        time.sleep(0.2)
        glide((1400, 990), (1370, 960), 8)
        glide((1370, 960), (500, 400), 16)
        time.sleep(0.4)
        xdotool('mouseup', 1)
        time.sleep(0.5)
    finally:
        source.terminate()
        source.wait()


def escape(program):
    """Closes the dialog that shows."""
    program.xdotool('key', 'Escape')


def story_takes_files_that_are_dropped():
    with tempfile.TemporaryDirectory() as name, Program() as program:
        folder = pathlib.Path(name)
        (folder / 'list.json').write_text(json.dumps(LIST), encoding='utf-8')
        (folder / 'other.json').write_text(json.dumps([{**LIST[0], 'id': 'q'}, {**LIST[0], 'id': 'r'}]), encoding='utf-8')
        (folder / 'picture.png').write_bytes(b'\x89PNG\r\n')
        rag = pathlib.Path(os.environ['BE_DATA_DIR']) / 'templates' / 'rag.breakeven.json'
        (folder / 'mine.breakeven.json').write_bytes(rag.read_bytes())
        program.says(r'\$\d')
        drop(program, folder / 'list.json')
        program.says(r'genai-prices as of \S+ with 1 offer')
        escape(program)
        until(lambda: 'with 1 offer' not in program.texts(), 'the preview closes')
        drop(program, folder / 'picture.png')
        program.says(r'picture\.png:1:1: found the byte 0x89')
        program.says(r'A price list is a JSON file of LiteLLM')
        program.wait(pattern='^Choose Another File', role='push button')
        escape(program)
        until(lambda: 'picture.png' not in program.texts(), 'the answer closes')
        os.mkfifo(folder / 'pipe')
        drop(program, folder / 'pipe')
        program.says('The file cannot be opened')
        escape(program)
        until(lambda: 'The file cannot be opened' not in program.texts(), 'the message goes')
        drop(program, folder / 'list.json', folder / 'mine.breakeven.json', folder / 'other.json')
        program.says(r'with 1 offer')
        if 'with 2 offers' in program.texts():
            raise Failure('two lists are shown at once')
        escape(program)
        program.says(r'with 2 offers')
        escape(program)
        until(lambda: 'with 2 offers' not in program.texts(), 'the second preview closes')
        until(lambda: any('mine' in line for line in program.texts().split('\n')), 'the scenario is open')
