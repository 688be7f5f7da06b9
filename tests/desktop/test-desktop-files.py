#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the desktop reads: valid, of one id, and claiming no more than they should.
Usage: test-desktop-files.py SOURCE BUILT ID"""
import configparser
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

SOURCE, BUILT, ID = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
DATA = SOURCE / 'data/desktop'
SCENARIO = 'application/vnd.breakeven.scenario+json'


class Skip(Exception):
    pass


def tool(name):
    if not shutil.which(name):
        raise Skip(f'{name} is not installed')
    return name


def run(*words, **settings):
    done = subprocess.run(words, capture_output=True, text=True, check=False, **settings)
    text = done.stdout + done.stderr
    assert done.returncode == 0, f'{words[0]}: {text}'
    return text


def entry():
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str
    parser.read(BUILT / f'{ID}.desktop', encoding='utf-8')
    return parser


def test_desktop_entry_is_valid():
    text = run(tool('desktop-file-validate'), str(BUILT / f'{ID}.desktop'))
    assert not text.strip(), text


def test_desktop_entry_actions_have_sections():
    parser = entry()
    main = parser['Desktop Entry']
    actions = [name for name in main['Actions'].split(';') if name]
    assert main['DBusActivatable'] == 'true' and main['Icon'] == ID
    assert 'new' in actions and len(actions) >= 4
    for action in actions:
        section = parser[f'Desktop Action {action}']
        assert section['Name'] and section['Exec'].startswith('breakeven --'), action
    templates = {path.name.split('.')[0] for path in (SOURCE / 'data/templates').glob('*.json')}
    assert {name[4:] for name in actions if name.startswith('new-')} == templates


def test_desktop_entry_claims_scenarios_alone():
    types = [kind for kind in entry()['Desktop Entry']['MimeType'].split(';') if kind]
    assert types == [SCENARIO], types


def test_metainfo_is_valid():
    run(tool('appstreamcli'), 'validate', '--no-net', '--explain',
        str(BUILT / f'{ID}.metainfo.xml'))


def test_metainfo_says_what_shops_show():
    root = ET.parse(BUILT / f'{ID}.metainfo.xml').getroot()
    assert root.findtext('id') == ID
    for path in ('summary', 'description/p', 'content_rating', 'keywords/keyword', 'requires',
                 'recommends/control', 'supports/control', 'releases/release'):
        assert root.find(path) is not None, path
    schemes = {color.get('scheme_preference') for color in root.iterfind('branding/color')}
    assert schemes == {'light', 'dark'}
    version = re.search(r"version: '([^']+)'", (SOURCE / 'meson.build').read_text()).group(1)
    assert root.find('releases/release').get('version') == version
    assert version in (SOURCE / 'NEWS').read_text(encoding='utf-8')


def test_metainfo_screenshots_are_those_of_the_tree():
    root = ET.parse(BUILT / f'{ID}.metainfo.xml').getroot()
    images = root.findall('screenshots/screenshot/image')
    assert len(images) >= 3
    for image in images:
        name = image.text.rsplit('/', 1)[1]
        data = (SOURCE / 'data/screenshots' / name).read_bytes()
        size = tuple(int.from_bytes(data[at:at + 4], 'big') for at in (16, 20))
        assert size == (int(image.get('width')), int(image.get('height'))), (name, size)


def test_service_activates_the_same_id():
    text = (BUILT / f'{ID}.service').read_text(encoding='utf-8')
    assert re.search(rf'^Name={re.escape(ID)}$', text, re.MULTILINE)
    assert re.search(r'^Exec=/\S+/breakeven --gapplication-service$', text, re.MULTILINE)


def test_media_type_knows_scenarios_and_leaves_json_alone():
    tool('update-mime-database')
    tool('gio')
    system = pathlib.Path('/usr/share/mime/packages/freedesktop.org.xml')
    if not system.exists():
        raise Skip('no shared MIME database')
    run(tool('xmllint'), '--noout', str(BUILT / f'{ID}.xml'))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        packages = folder / 'share/mime/packages'
        packages.mkdir(parents=True)
        shutil.copy(system, packages)
        shutil.copy(BUILT / f'{ID}.xml', packages)
        run('update-mime-database', str(folder / 'share/mime'))
        scenario = (SOURCE / 'data/templates/rag.breakeven.json').read_bytes()
        rows = [('plan.breakeven.json', scenario, SCENARIO), ('unnamed', scenario, SCENARIO),
                ('other-order.breakeven.json', b'{"version": 1}', SCENARIO),
                ('one-line', b'{"format":"breakeven-scenario","version":1}', SCENARIO),
                ('package.json', b'{"name": "x"}\n', 'application/json'),
                ('about.json', b'{"format": "other", "see": "breakeven-scenario"}',
                 'application/json')]
        env = dict(os.environ, XDG_DATA_DIRS=str(folder / 'share'), XDG_DATA_HOME=str(folder))
        for name, content, wanted in rows:
            (folder / name).write_bytes(content)
            text = run('gio', 'info', '-a', 'standard::content-type', str(folder / name), env=env)
            found = text.strip().rsplit(' ', 1)[1]
            assert found == wanted, f'{name}: {found}, wanted {wanted}'


def test_settings_schema_is_strict():
    run(tool('glib-compile-schemas'), '--strict', '--dry-run', str(DATA))


def test_icons_draw_at_every_size():
    tool('rsvg-convert')
    tool('convert')
    for name in (ID + '.svg', 'io.github.breakeven.Breakeven.svg',
                 'io.github.breakeven.Breakeven.Devel.svg',
                 'io.github.breakeven.Breakeven-symbolic.svg', SCENARIO.replace('/', '-') + '.svg'):
        for size in (16, 32, 64, 128, 256):
            png = subprocess.run(['rsvg-convert', '-w', str(size), '-h', str(size),
                                  str(DATA / name)], capture_output=True, check=True).stdout
            ink = subprocess.run(['convert', 'png:-', '-alpha', 'extract', '-format',
                                  '%w %h %[fx:mean]', 'info:'], input=png, capture_output=True,
                                 check=True).stdout.decode().split()
            assert ink[:2] == [str(size), str(size)] and 0.1 < float(ink[2]) < 0.98, (name, ink)


def test_symbolic_icon_is_filled_shapes_of_one_colour():
    root = ET.parse(DATA / 'io.github.breakeven.Breakeven-symbolic.svg').getroot()
    assert (root.get('width'), root.get('height')) == ('16', '16')
    for node in root.iter():
        if node.tag.rsplit('}', 1)[-1] in ('path', 'circle', 'rect'):
            assert node.get('stroke') is None and node.get('fill') == '#2e3436', node.attrib


def test_translations_are_whole():
    languages = (SOURCE / 'po/LINGUAS').read_text(encoding='utf-8').split()
    for language in languages:
        run(tool('msgfmt'), '-c', '--check-accelerators=_', '-o', '/dev/null',
            str(SOURCE / f'po/{language}.po'))
    assert {path.stem for path in (SOURCE / 'po').glob('*.po')} == set(languages)


def main():
    tests = [(name[5:], test) for name, test in globals().items() if name.startswith('test_')]
    print(f'1..{len(tests)}')
    bad = 0
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} {name}')
        except Skip as reason:
            print(f'ok {number} {name} # SKIP {reason}')
        except Exception as error:  # every test reports; the next one still runs
            bad += 1
            print('# ' + f'{type(error).__name__}: {error}'.replace('\n', '\n# '))
            print(f'not ok {number} {name}')
    sys.exit(bool(bad))


main()
