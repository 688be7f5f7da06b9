#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak in its sandbox: driven by its accessibility tree, its files, its limits.
tests/flatpak/run starts it."""
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / 'e2e'))
os.environ.setdefault('G_DEBUG', '')
import desktop  # noqa: E402
from desktop import Failure, set_value, until, value_of  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402

ID = desktop.APPLICATION_ID
TOP = pathlib.Path(__file__).resolve().parent.parent.parent
HOME = pathlib.Path(os.environ['HOME'])
OWN = HOME / '.var/app' / ID / 'data'
VOLUME = r'^Requests per day'


def flatpak(*words, **settings):
    return subprocess.run(['flatpak', *words], capture_output=True, text=True, check=False,
                          **settings)


def inside(*words, **settings):
    """Runs a command in the application's sandbox."""
    return flatpak('--user', 'run', f'--command={words[0]}', ID, *words[1:], **settings)


def exports(path):
    return pathlib.Path(os.environ['FLATPAK_USER_DIR']) / 'exports/share' / path


class Sandboxed(desktop.Program):
    """The application in its sandbox; its process has another number there, so it is found by name."""

    def __init__(self, *arguments):
        super().__init__('--user', 'run', '--env=GSK_RENDERER=cairo', '--file-forwarding', ID,
                         *arguments, program='flatpak')

    def application(self):
        return named_application()

    def __exit__(self, kind, value, trace):
        flatpak('kill', ID)
        until(lambda: not named_application(), 'the program ends')
        super().__exit__(kind, value, trace)


def named_applications():
    tree = Atspi.get_desktop(0)
    children = [tree.get_child_at_index(index) for index in range(tree.get_child_count())]
    return [child for child in children
            if child and child.get_name() == 'breakeven' and child.get_child_count()]


def named_application():
    return next(iter(named_applications()), None)


def window_names():
    application = named_application()
    return [application.get_child_at_index(index).get_name() or ''
            for index in range(application.get_child_count() if application else 0)]


def scenario_in_home(template='rag'):
    path = HOME / 'plan.breakeven.json'
    path.write_bytes((TOP / f'data/templates/{template}.breakeven.json').read_bytes())
    return path


def cheapest_by_command_line(path):
    done = inside('breakeven-cli', 'evaluate', '--json', '-', input=path.read_text('utf-8'))
    if done.returncode != 0:
        raise Failure(done.stderr)
    answer = json.loads(done.stdout)
    return answer['plans'][answer['cheapest']]['perMonth']


def story_a_scenario_opens_through_the_document_portal():
    path = scenario_in_home()
    cost = cheapest_by_command_line(path)
    with Sandboxed('@@', str(path), '@@') as program:
        program.says('Questions over documents')
        figures = until(lambda: re.findall(r'\$([\d,]+\.\d\d)/month', program.texts()),
                        'the headline shows a cost')
        if abs(float(figures[0].replace(',', '')) - cost) > 0.01:
            raise Failure(f'the headline says {figures[0]}, the command line {cost}')


def story_a_change_is_saved_to_the_file_outside():
    path = scenario_in_home('summaries')
    with Sandboxed('@@', str(path), '@@') as program:
        program.says('Nightly summaries')
        spin = program.wait(pattern=VOLUME, role='spin button')
        set_value(spin, 123456)
        until(lambda: abs(value_of(spin) - 123456) < 1, 'the entry keeps the number')
        program.activate('win.save')
        until(lambda: json.loads(path.read_text('utf-8'))['workloads'][0]['requestsPerDay']
              == 123456, 'the file outside has the number')
    left = [name for name in os.listdir(HOME) if name.startswith('.plan') or name.endswith('~')]
    if left:
        raise Failure(f'left behind: {left}')


def story_the_command_line_writes_a_chart():
    target = OWN / 'chart.png'
    target.unlink(missing_ok=True)
    done = inside('breakeven-cli', 'chart', '-', '--kind', 'crossover', '--size', '800x500', '-o',
                  str(target), input=scenario_in_home().read_text('utf-8'))
    if done.returncode != 0:
        raise Failure(done.stderr)
    data = target.read_bytes()
    size = tuple(int.from_bytes(data[at:at + 4], 'big') for at in (16, 20))
    if not data.startswith(b'\x89PNG') or size != (800, 500) or len(data) < 5000:
        raise Failure(f'no chart: {data[:8]!r}, {size}, {len(data)} bytes')


def story_there_is_no_network():
    server = socket.create_server(('127.0.0.1', 0))
    port = server.getsockname()[1]
    seen = []
    threading.Thread(target=lambda: seen.append(server.accept()), daemon=True).start()
    knock = f'exec 3<>/dev/tcp/127.0.0.1/{port}'
    done = inside('bash', '-c', f'({knock}) && echo reached; cat /proc/net/dev')
    names = re.findall(r'^ *(\w+):', done.stdout, re.MULTILINE)
    if 'reached' in done.stdout or seen or names != ['lo']:
        raise Failure(f'the sandbox has a network: {done.stdout}')
    subprocess.run(['bash', '-c', knock], check=True)  # outside it does answer
    until(lambda: seen, 'the listener hears a knock from outside')


def story_there_are_no_files_of_others():
    secret = HOME / 'secret.txt'
    secret.write_text('secret', encoding='utf-8')
    for path in (secret, TOP / 'README.md', '/root', '/home', '/mnt', '/var/lib/dpkg'):
        done = inside('bash', '-c', f'ls -d "{path}"/* "{path}" 2>/dev/null | grep -v "^{HOME}/.var"')
        if done.stdout.strip():
            raise Failure(f'the sandbox sees {done.stdout}')
    inside('bash', '-c', f'echo changed > "{secret}"')
    if secret.read_text('utf-8') != 'secret':
        raise Failure('the sandbox writes to the home directory')
    if inside('bash', '-c', 'touch /usr/x || touch /app/x').returncode == 0:
        raise Failure('the sandbox writes to the program')


def story_permissions_are_those_of_a_window():
    shown = flatpak('--user', 'info', '--show-permissions', ID).stdout
    wanted = {'shared': {'ipc'}, 'sockets': {'x11', 'wayland', 'fallback-x11'},
              'devices': {'dri'}}
    found = {key: {name for name in value.split(';') if name}
             for key, value in re.findall(r'^(\w+)=(.*)$', shown, re.MULTILINE)}
    if found != wanted or 'Policy' in shown:
        raise Failure(shown)


def story_the_launcher_starts_it_by_the_bus():
    for path in (f'applications/{ID}.desktop', f'dbus-1/services/{ID}.service',
                 f'icons/hicolor/scalable/apps/{ID}.svg', f'mime/packages/{ID}.xml'):
        if not exports(path).exists():
            raise Failure(f'{path} is not exported')
    bus = desktop.Gio.bus_get_sync(desktop.Gio.BusType.SESSION)
    bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                  'UpdateActivationEnvironment',
                  GLib.Variant('(a{ss})', ({'GSK_RENDERER': 'cairo'},)), None, 0, 5000, None)
    bus.call_sync(ID, desktop.APPLICATION_PATH, 'org.freedesktop.Application', 'ActivateAction',
                  GLib.Variant('(sava{sv})', ('new-coding', [], {})), None, 0, 30000, None)
    try:
        until(lambda: any('Coding agent' in name for name in window_names()),
              'a window on the template', 20)
    finally:
        flatpak('kill', ID)
        until(lambda: not named_application(), 'the program ends')


def has_owner(name):
    bus = desktop.Gio.bus_get_sync(desktop.Gio.BusType.SESSION)
    return bus.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                         'NameHasOwner', GLib.Variant('(s)', (name,)), None, 0, 5000, None).unpack()[0]


def story_the_development_variant_runs_beside_it():
    entry = exports(f'applications/{ID}.Devel.desktop').read_text('utf-8')
    for line in ('Name=Breakeven (Development)', f'Icon={ID}.Devel'):
        if line not in entry.splitlines():
            raise Failure(f'{line} is not in {entry}')
    icons = [exports(f'icons/hicolor/scalable/apps/{name}.svg').read_bytes() for name in (ID, ID + '.Devel')]
    if icons[0] == icons[1]:
        raise Failure('the two have one icon')
    with Sandboxed('@@', str(scenario_in_home()), '@@') as program:
        program.says('Questions over documents')
        with subprocess.Popen(['flatpak', '--user', 'run', '--env=GSK_RENDERER=cairo', ID + '.Devel']) as other:
            try:
                until(lambda: len(named_applications()) == 2, 'both have a window', 30)
                if not (has_owner(ID) and has_owner(ID + '.Devel')):
                    raise Failure('they are not both on the bus')
                until(lambda: (HOME / f'.var/app/{ID}.Devel/data/breakeven/sessions').is_dir(),
                      'its drafts lie in a place of its own')
            finally:
                flatpak('kill', ID + '.Devel')
                other.wait(20)


def story_modules_of_the_manifest_are_used():
    """Where the trial builds them; else the runtime has their libraries."""
    done = inside('ldd', '/app/bin/breakeven-cli')
    place = re.search(r'libxlsxwriter\S* => (\S+)', done.stdout)
    # A runtime names its own by /usr/lib or by /lib, which is a link to it.
    wanted = '/app/' if os.environ.get('BE_BUILDS_MODULES') else ('/usr/', '/lib')
    if not place or not place.group(1).startswith(wanted):
        raise Failure(f'{wanted} has it not: {done.stdout}{done.stderr}')
    target = OWN / 'plan.xlsx'
    done = inside('breakeven-cli', 'report', '-', '-o', str(target), input=scenario_in_home().read_text('utf-8'))
    if done.returncode != 0 or not target.read_bytes().startswith(b'PK'):
        raise Failure(done.stderr)


def main():
    stories = [(name[6:], story) for name, story in globals().items() if name.startswith('story_')]
    wanted = [item for item in stories if len(sys.argv) < 2 or item[0] in sys.argv[1:]]
    print(f'1..{len(wanted)}', flush=True)
    for number, (name, story) in enumerate(wanted, 1):
        try:
            story()
            print(f'ok {number} {name}', flush=True)
        except Exception as error:  # every story reports; the next one still runs
            print('# ' + f'{type(error).__name__}: {error}'.replace('\n', '\n# '))
            print(f'not ok {number} {name}', flush=True)


main()
