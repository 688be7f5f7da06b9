#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that cannot be written, or are none: the old one stays whole, the message names it, the status is 1."""
import json
import os
import pathlib
import resource
import signal
import subprocess
import tempfile
import threading
import time

from program import PROGRAM, TEMPLATES, main, run, test

PLAN = TEMPLATES / 'support.breakeven.json'
VOLUME = 'workloads/chat/requestsPerDay'
# What writes a file, by its name.
WRITERS = {
    **{f'report.{ending}': ('report', PLAN, '-o') for ending in ('pdf', 'html', 'md', 'xlsx', 'csv')},
    **{f'chart.{ending}': ('chart', PLAN, '--kind', 'crossover', '-o') for ending in ('png', 'svg', 'pdf', 'csv')},
    'set.json': ('set', PLAN, f'{VOLUME}=5', '-o'),
    'import.json': ('import', PLAN.parent.parent / 'prices/catalogue.json', '-o'),
}


def on_a_full_disk():
    """In a child: a file takes 100 bytes and then no more."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def keeps_the_old(name, words, **settings):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / name
        path.write_text('the old one')
        done = run(*words, path, restore_signals=False, **settings)
        message = done.stderr.decode()
        assert done.returncode == 1 and 'breakeven-cli: ' in message, (name, done)
        assert name in message or tempfile.gettempdir() in message, message
        assert path.read_text() == 'the old one', name
        assert os.listdir(folder) == [name], os.listdir(folder)


@test
def a_full_disk_leaves_the_old_file_whole():
    for name, words in WRITERS.items():
        keeps_the_old(name, words, preexec_fn=on_a_full_disk)


@test
def a_full_disk_for_what_is_printed():
    for words in (['evaluate', PLAN], ['set', PLAN, f'{VOLUME}=5', '-o', '-'], ['catalog'], ['--help']):
        with open('/dev/full', 'wb') as full:
            done = run(*words, stdout=full)
        assert done.returncode == 1 and b'standard output' in done.stderr, (words, done)


@test
def no_report_leaves_half_of_its_charts():
    """Charts are written beside a Markdown file, before it; without it they are of no use."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'plan.md'
        path.mkdir()
        done = run('report', PLAN, '-o', path)
        assert done.returncode == 1 and b'plan.md' in done.stderr, done
        assert os.listdir(folder) == ['plan.md'], os.listdir(folder)


@test
def marks_of_a_file_are_kept():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / 'elsewhere').mkdir()
        target, link = folder / 'elsewhere/plan.breakeven.json', folder / 'link.breakeven.json'
        target.write_bytes(PLAN.read_bytes())
        target.chmod(0o640)
        link.symlink_to('elsewhere/plan.breakeven.json')
        assert run('set', link, f'{VOLUME}=777').returncode == 0
        assert link.is_symlink() and target.stat().st_mode & 0o7777 == 0o640
        assert json.loads(target.read_text())['workloads'][0]['requestsPerDay'] == 777


@test
def what_is_no_file_is_refused():
    with tempfile.TemporaryDirectory() as folder:
        big = pathlib.Path(folder) / 'big.breakeven.json'
        with open(big, 'wb') as file:
            file.truncate(50_000_000)
        for path, words in ((folder, b'directory'), (big, b'16777216'), ('/dev/null', b'/dev/null'),
                            ('/dev/zero', b'16777216')):
            done = run('evaluate', path)
            assert done.returncode == 1 and words in done.stderr and not done.stdout, done


@test
def a_pipe_is_read_to_its_end():
    with tempfile.TemporaryDirectory() as folder:
        pipe = pathlib.Path(folder) / 'pipe'
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pipe.write_bytes(PLAN.read_bytes()))
        writer.start()
        done = run('evaluate', pipe, '--json')
        writer.join()
        assert done.stdout == run('evaluate', PLAN, '--json').stdout, done


@test
def a_kill_in_the_middle_leaves_the_old_or_the_new():
    """Killed at a moment that goes through the whole run, and after it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / 'plan.breakeven.json'
        path.write_bytes(PLAN.read_bytes())
        assert run('set', path, f'{VOLUME}=1').returncode == 0
        begin = time.monotonic()
        assert run('set', path, f'{VOLUME}=2').returncode == 0
        seconds = time.monotonic() - begin
        volume, killed = 2, 0
        for step in range(60):
            child = subprocess.Popen([PROGRAM, 'set', path, f'{VOLUME}={1000 + step}'])
            time.sleep(seconds * 1.2 * step / 60)
            child.kill()
            killed += child.wait() != 0
            found = json.loads(path.read_text())['workloads'][0]['requestsPerDay']
            assert found in (volume, 1000 + step), (step, found)
            volume = found
        assert killed > 5, killed


main()
