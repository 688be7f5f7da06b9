#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `meson install` lays down is whole, and the installed programs find their data by themselves.
Usage: test-installed.py BUILD SOURCE PREFIX ID"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

BUILD, SOURCE, PREFIX, ID = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4]
BASE = 'io.github.breakeven.Breakeven'
WANTED = f'''bin/breakeven
bin/breakeven-cli
share/applications/{ID}.desktop
share/bash-completion/completions/breakeven-cli
share/breakeven/prices/catalogue.json
share/breakeven/scenario.schema.json
share/breakeven/serving/gpus.csv
share/breakeven/serving/models.csv
share/dbus-1/services/{ID}.service
share/fish/vendor_completions.d/breakeven-cli.fish
share/glib-2.0/schemas/{BASE}.gschema.xml
share/icons/hicolor/scalable/apps/{ID}.svg
share/icons/hicolor/scalable/mimetypes/application-vnd.breakeven.scenario+json.svg
share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg
share/man/man1/breakeven-cli.1
share/man/man1/breakeven.1
share/metainfo/{ID}.metainfo.xml
share/mime/packages/{ID}.xml
share/zsh/site-functions/_breakeven-cli'''.split()
OURS = re.compile(r'^(bin/breakeven(-cli)?|share/(breakeven|locale)/.*|.*breakeven.*)$')


def meson(*words, cwd=None):
    done = subprocess.run(['meson', *words], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr


def install(destination):
    env = dict(os.environ, DESTDIR=destination)
    done = subprocess.run(['meson', 'install', '-C', BUILD, '--no-rebuild', '--quiet'], env=env,
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return pathlib.Path(destination + PREFIX)


def test_tree_is_whole(root):
    found = {str(path.relative_to(root)) for path in root.rglob('*') if path.is_file()}
    assert not set(WANTED) - found, f'missing: {sorted(set(WANTED) - found)}'
    others = [name for name in found if not OURS.match(name)]
    assert not others, f'not ours: {others}'
    data = {str(path.relative_to(SOURCE / 'data')) for folder in ('prices', 'serving')
            for path in (SOURCE / 'data' / folder).rglob('*.*')}
    lacking = {name for name in data if f'share/breakeven/{name}' not in found}
    assert not lacking, f'data that is not installed: {lacking}'


def test_programs_find_their_data(root):
    """The tree is put where it belongs, in a mount namespace that ends with the test."""
    lone = [] if os.getuid() == 0 else ['--map-root-user']
    env = {name: value for name, value in os.environ.items()
           if name not in ('BE_DATA_DIR', 'GSETTINGS_SCHEMA_DIR')}
    env['XDG_DATA_DIRS'] = '/usr/share'
    script = f'mount --bind "{root}" "{PREFIX}" && cd / && exec "$@"'
    os.makedirs(PREFIX, exist_ok=True)
    done = subprocess.run(
        ['unshare', '--mount', *lone, 'sh', '-c', script, 'sh', PREFIX + '/bin/breakeven-cli',
         'evaluate', '--json', '-'], input=(SOURCE / 'data/templates/support.breakeven.json')
        .read_text('utf-8'), capture_output=True, text=True, check=False, env=env)
    if 'unshare failed' in done.stderr or 'mount:' in done.stderr:
        return '# SKIP mount namespaces are not allowed here'
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)['cheapest']
    done = subprocess.run(
        ['unshare', '--mount', *lone, 'sh', '-c', script, 'sh', PREFIX + '/bin/breakeven',
         '--template', 'none'], capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 2 and 'support, rag' in done.stderr, done.stderr
    return ''


def test_development_profile(root):
    """Set up, and its desktop files made: another id, name and icon, and as valid."""
    with tempfile.TemporaryDirectory() as folder:
        meson('setup', folder + '/build', str(SOURCE), '-Dprofile=development', '-Dtests=false')
        devel = BASE + '.Devel'
        built = folder + '/build/data/desktop'
        meson('compile', '-C', folder + '/build', f'{devel}.desktop', f'{devel}.metainfo.xml',
              f'{devel}.xml')
        done = subprocess.run([sys.executable, str(SOURCE / 'tests/desktop/test-desktop-files.py'),
                               str(SOURCE), built, devel], capture_output=True, text=True,
                              check=False)
        assert done.returncode == 0, done.stdout
        assert 'Name=Breakeven (Development)' in pathlib.Path(
            f'{built}/{devel}.desktop').read_text('utf-8')


def test_sources_stay_clean(root):
    if not shutil.which('git') or not (SOURCE / '.git').exists():
        return '# SKIP not a checkout'
    made = subprocess.run(['git', '-C', str(SOURCE), '-c', 'safe.directory=*', 'ls-files', '-o',
                           '--exclude-standard'], capture_output=True, text=True, check=False)
    strange = [name for name in made.stdout.split() if re.search(r'\.(o|a|so|gmo|compiled)$', name)]
    assert not strange, strange
    return ''


def main():
    tests = [(name[5:], test) for name, test in globals().items() if name.startswith('test_')]
    print(f'1..{len(tests)}')
    bad = 0
    with tempfile.TemporaryDirectory() as destination:
        root = install(destination)
        for number, (name, test) in enumerate(tests, 1):
            try:
                print(f'ok {number} {name} {test(root) or ""}'.rstrip(), flush=True)
            except Exception as error:  # every test reports; the next one still runs
                bad += 1
                print('# ' + f'{type(error).__name__}: {error}'.replace('\n', '\n# '))
                print(f'not ok {number} {name}', flush=True)
    sys.exit(bool(bad))


main()
