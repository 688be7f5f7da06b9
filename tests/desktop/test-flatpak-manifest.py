#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak manifests ask for nothing but a window, and pin what they download.
Usage: test-flatpak-manifest.py SOURCE"""
import json
import pathlib
import re
import sys

FOLDER = pathlib.Path(sys.argv[1]) / 'flatpak'
ID = 'io.github.breakeven.Breakeven'
ALLOWED = ['--device=dri', '--share=ipc', '--socket=fallback-x11', '--socket=wayland']


def faults(manifest, expected_id):
    if manifest['id'] != expected_id:
        yield f'id is {manifest["id"]}, wanted {expected_id}'
    if (manifest['runtime'], manifest['sdk']) != ('org.gnome.Platform', 'org.gnome.Sdk'):
        yield 'another runtime than GNOME'
    if sorted(manifest['finish-args']) != ALLOWED:
        yield f'permissions are {manifest["finish-args"]}, allowed {ALLOWED}'
    if 'build-options' in manifest and 'build-args' in manifest['build-options']:
        yield 'the build asks for more than the sandbox'
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] == 'dir':
                continue
            if source['type'] != 'archive' or not source.get('url', '').startswith('https://'):
                yield f'{module["name"]}: {source} is no archive by https'
            if not re.fullmatch('[0-9a-f]{64}', source.get('sha256', '')):
                yield f'{module["name"]}: no checksum'


def main():
    plain = json.loads((FOLDER / f'{ID}.json').read_text(encoding='utf-8'))
    devel = json.loads((FOLDER / f'{ID}.Devel.json').read_text(encoding='utf-8'))
    found = list(faults(plain, ID)) + list(faults(devel, ID + '.Devel'))
    broken = json.loads(json.dumps(plain))
    broken['finish-args'].append('--share=network')
    broken['modules'][0]['sources'] = [{'type': 'archive', 'url': 'https://example.org/a.tar.gz'}]
    if len(list(faults(broken, ID))) != 2:
        found.append('the rule must be able to fail')
    devel['id'] = ID
    devel['modules'][-1]['config-opts'].remove('-Dprofile=development')
    if devel != plain:
        found.append('the two manifests differ in more than id and profile')
    print('1..1')
    for fault in found:
        print('#', fault)
    print('not ok 1 manifests' if found else 'ok 1 manifests')
    sys.exit(bool(found))


main()
