# SPDX-License-Identifier: GPL-3.0-or-later
"""No edit is lost and nothing freezes, whatever becomes of the disk and its files; what was shown comes back."""
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import tempfile
import time

from desktop import VOLUME, Failure, Program, role_of, set_value, until, value_of

EXAMPLE = os.path.join(os.environ.get('BE_DATA_DIR', 'data'), 'templates/support.breakeven.json')


def volume(program):
    return program.wait(pattern=f'{VOLUME}.*Chat', role='spin button')


def set_volume(program, value):
    spin = volume(program)
    set_value(spin, value)
    until(lambda: abs(value_of(spin) - value) < 1, 'the entry keeps the number')


def shows_volume(program, value):
    until(lambda: abs(value_of(volume(program)) - value) < 1, f'the volume is {value}')


def requests_of(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)['workloads'][0]['requestsPerDay']


class Folder(tempfile.TemporaryDirectory):
    """A folder with the example in it; its path is the value."""

    def __enter__(self):
        folder = super().__enter__()
        shutil.copy(EXAMPLE, os.path.join(folder, 'plan.breakeven.json'))
        return pathlib.Path(folder)


def sessions(program):
    """What is kept for the next start, of all programs that share the state."""
    folder = pathlib.Path(program.state.name, 'data/breakeven/sessions')
    return [json.loads(path.read_text('utf-8')) for path in folder.glob('*/session.json')]


def title(program):
    return program.window().get_name()


def cancel(program):
    program.click(program.wait(pattern='Cancel$', role='push button'))
    until(lambda: not program.find(pattern='Save As…$', role='push button'), 'the question goes')


def offers_save_as(program, words):
    program.says(words)
    program.wait(pattern='Save As…$', role='push button')
    cancel(program)


# ---- the disk ----

class OnADisk(Program):
    """A program whose disk can be full: no file takes more than a few bytes then."""

    def __init__(self, *arguments, **settings):
        super().__init__('-c', 'trap "" XFSZ; exec "$0" "$@"', os.environ['BREAKEVEN'], *arguments,
                         program='bash', **settings)

    def fill(self, full):
        most = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (100 if full else most, most))


def story_a_full_disk_loses_neither_file_nor_edit():
    with Folder() as folder, OnADisk(str(folder / 'plan.breakeven.json')) as program:
        path = folder / 'plan.breakeven.json'
        before = path.read_bytes()
        set_volume(program, 1000)
        program.fill(True)
        program.activate('win.save')
        offers_save_as(program, 'The scenario was not saved')
        if path.read_bytes() != before or os.listdir(folder) != [path.name]:
            raise Failure('the file is not what it was')
        if not title(program).startswith('•'):
            raise Failure('the edit counts as saved')
        for ending in ('png', 'pdf'):
            program.activate('win.export-path', str(folder / f'chart.{ending}'))
            program.says('Nothing was exported')
            program.xdotool('key', 'Escape')
            until(lambda: 'Nothing was exported' not in program.texts(), 'the message goes')
        if os.listdir(folder) != [path.name]:
            raise Failure(f'left behind: {os.listdir(folder)}')
        program.fill(False)
        program.activate('win.save')
        until(lambda: requests_of(path) == 1000, 'with room it is saved')
        until(lambda: not title(program).startswith('•'), 'nothing is unsaved')


def story_drafts_that_find_no_room_say_so_and_go_on():
    with OnADisk() as program:
        program.fill(True)
        set_volume(program, 1000)
        program.says('Drafts are not kept|cannot be written')
        program.xdotool('key', 'Escape')
        program.fill(False)
        set_volume(program, 2718)
        until(lambda: [tab for session in sessions(program) for window in session['windows']
                       for tab in window['tabs'] if tab['dirty']], 'the draft is there', 10)
        time.sleep(0.5)
        state = program.state
        program.kill()
    with Program(state=state) as program:
        shows_volume(program, 2718)


def story_a_kill_while_saving_leaves_a_whole_file():
    """Saved again and again and killed in between, each time a little later."""
    state = tempfile.TemporaryDirectory()
    with Folder() as folder:
        path = folder / 'plan.breakeven.json'
        for turn in range(3):
            program = Program(str(path), state=state)
            with program:
                spin = volume(program)
                for number in range(8):
                    set_value(spin, 1000 * turn + 10 * number + 1)
                    program.activate('win.save')
                time.sleep(0.004 * turn)
                program.kill()
            found = requests_of(path)  # fails when the file is cut
            if found != 500000 and found % 10 != 1:
                raise Failure(f'found {found}')
            left = [name for name in os.listdir(folder) if name != path.name]
            if len(left) > 1:
                raise Failure(f'left behind: {left}')
            for name in left:  # one that was being written
                os.unlink(folder / name)


# ---- its files ----

def story_a_folder_that_was_renamed_leaves_a_way_out():
    with Folder() as folder:
        old = folder / 'old'
        old.mkdir()
        path = old / 'plan.breakeven.json'
        (folder / 'plan.breakeven.json').rename(path)
        with Program(str(path)) as program:
            set_volume(program, 1000)
            old.rename(folder / 'new')
            program.activate('win.save')
            offers_save_as(program, 'The scenario was not saved')
            if requests_of(folder / 'new/plan.breakeven.json') != 500000 or old.exists():
                raise Failure('something was written')
            program.activate('win.save-path', str(folder / 'new/plan.breakeven.json'))
            until(lambda: requests_of(folder / 'new/plan.breakeven.json') == 1000, 'it is saved there')


def story_a_link_stays_a_link_and_rights_stay():
    with Folder() as folder:
        (folder / 'elsewhere').mkdir()
        target = folder / 'elsewhere/real.breakeven.json'
        path = folder / 'plan.breakeven.json'
        path.rename(target)
        target.chmod(0o640)
        path.symlink_to('elsewhere/real.breakeven.json')
        with Program(str(path)) as program:
            set_volume(program, 1000)
            program.activate('win.save')
            until(lambda: requests_of(target) == 1000, 'it is saved')
            until(lambda: not title(program).startswith('•'), 'nothing is unsaved')
        if not path.is_symlink() or target.stat().st_mode & 0o777 != 0o640:
            raise Failure('link or rights are lost')


def story_what_is_no_file_is_told_and_freezes_nothing():
    with Folder() as folder, Program() as program:
        set_volume(program, 1000)
        os.mkfifo(folder / 'pipe.breakeven.json')
        with open(folder / 'big.breakeven.json', 'wb') as file:
            file.truncate(50_000_000)
        for name in ('pipe.breakeven.json', 'big.breakeven.json', '.', 'nowhere.breakeven.json'):
            program.activate('win.open-path', str(folder / name))
            program.says('cannot be opened')
            program.xdotool('key', 'Escape')
            until(lambda: 'cannot be opened' not in program.texts(), 'the message goes')
        shows_volume(program, 1000)


def story_a_file_that_becomes_a_pipe_freezes_nothing():
    with Folder() as folder:
        path = folder / 'plan.breakeven.json'
        with Program(str(path)) as program:
            set_volume(program, 1000)
            os.unlink(path)
            os.mkfifo(path)
            program.says('Another program changed this file|not there any more')
            program.activate('win.reload')
            program.says('cannot be opened')
            program.xdotool('key', 'Escape')
            shows_volume(program, 1000)


def story_a_file_has_one_document_by_all_its_names():
    with Folder() as folder:
        path = folder / 'plan.breakeven.json'
        (folder / 'elsewhere').mkdir()
        link = folder / 'elsewhere/link.breakeven.json'
        link.symlink_to(path)
        with Program(str(link)) as program:
            set_volume(program, 1000)
            program.activate('app.new')
            until(lambda: program.application().get_child_count() == 2, 'a second window')
            program.activate('win.open-path', str(path), window=2)
            time.sleep(0.5)
            names = sorted(program.application().get_child_at_index(i).get_name() for i in range(2))
            if not (names[0].startswith('Support') and names[1].startswith('• Support')):
                raise Failure(f'the file was opened twice: {names}')
            subprocess.run([os.environ['BREAKEVEN_CLI'], 'set', path, 'workloads/chat/requestsPerDay=7'], check=True)
            program.says('Another program changed this file')


def story_a_recent_file_that_is_gone_is_told():
    with Folder() as folder:
        path = folder / 'plan.breakeven.json'
        with Program(str(path)) as program:
            recent = pathlib.Path(program.state.name, 'data/recently-used.xbel')
            until(lambda: recent.exists() and path.name in recent.read_text('utf-8'), 'it is a recent file')
            state = program.state
            os.unlink(path)
            program.kill()
        with Program(state=state) as program:
            program.says('Support assistant')  # the worked example, in its place
            program.activate('win.open-path', str(path))
            program.says('cannot be opened')
            program.xdotool('key', 'Escape')
            program.activate('win.new-tab')
            program.wait(name='New Tab', showing=False)
            if program.find(pattern='^plan.breakeven.json'):
                raise Failure('a file that is gone is offered')


# ---- what is shown ----

CHART = {'pattern': '^Where self-hosting pays', 'role': 'image'}


def readout(program):
    """What the crossover's chart reads at its left edge."""
    chart = program.wait(**CHART)
    program.xdotool('mousemove', '--window', 'WINDOW', *program.middle(chart), 'click', 1)
    program.xdotool('key', 'Escape', 'key', 'Home')
    time.sleep(0.3)
    return until(lambda: re.search(r'pays: ([\d,]+) req', program.wait(**CHART).get_name()), 'it reads a volume').group(1)


def is_pressed(program, pattern):
    names = [state.value_nick for state in program.wait(pattern=pattern, role='push button').get_state_set().get_states()]
    return 'pressed' in names or 'checked' in names


def change_what_is_shown(program):
    """Zoom, scale, band, a page's part. Returns what the zoomed chart reads."""
    program.activate('win.page', 'serving')
    program.click(until(lambda: next((n for n in program.nodes() if n.get_name() == 'Week'
                                      and role_of(n) in ('page tab', 'push button')), None), 'the tab Week'))
    program.says('Hours of the week|Replicas hour by hour')
    program.activate('win.page', 'crossover')
    whole = readout(program)
    program.xdotool('key', 'plus', 'key', 'plus')
    program.click(program.wait(pattern='^Reference band', role='push button'))
    zoomed = readout(program)
    if whole == zoomed:
        raise Failure('nothing was zoomed')
    if program.enabled('win.undo') or title(program).startswith('•'):
        raise Failure('what is shown counts as an edit')
    return zoomed


def is_shown_again(program, zoomed):
    program.wait(pattern='^Crossover chart', role='panel')
    if readout(program) != zoomed:
        raise Failure(f'it reads {readout(program)}, not {zoomed}')
    if not is_pressed(program, '^Reference band'):
        raise Failure('the band is not back')
    if program.enabled('win.undo') or title(program).startswith('•'):
        raise Failure('what is shown counts as an edit')
    program.activate('win.page', 'serving')
    program.wait(pattern='^Replicas hour by hour')


def story_what_was_shown_comes_back_after_the_end():
    with Folder() as folder:
        with Program(str(folder / 'plan.breakeven.json')) as program:
            zoomed = change_what_is_shown(program)
            program.xdotool('key', 'ctrl+q')
            until(lambda: program.process.poll() == 0, 'the program ends')
            state = program.state
        with Program(state=state) as program:
            is_shown_again(program, zoomed)


def story_what_was_shown_comes_back_after_a_kill():
    with Folder() as folder:
        with Program(str(folder / 'plan.breakeven.json')) as program:
            zoomed = change_what_is_shown(program)
            until(lambda: [tab for session in sessions(program) for window in session['windows']
                           for tab in window['tabs'] if tab['shown']['crossover']['charts'][0]['band']],
                  'it is kept', 10)
            state = program.state
            program.kill()
        with Program(state=state) as program:
            is_shown_again(program, zoomed)
