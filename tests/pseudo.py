# SPDX-License-Identifier: GPL-3.0-or-later
"""A pseudo-language: every string of the template in « » and a third longer, so that what is not
translated, or does not fit, shows."""
import json
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
LANGUAGE = 'xx'
WORD = re.compile(r'[^\W\d_]{2,}')
# Written the same in every language: names of formats, units and what people type.
KNOWN = '''USD GPU GPUs LLM Breakeven breakeven cli json JSON CSV PDF PNG SVG HTML UTF UTC KV FP BF INT MXFP
  vLLM SGLang TensorRT LLM GiB GB TFLOPS TOPS TFLOP Mtok tok kWh kW PUE FTE MHA GQA MQA MLA HBM NVLink PCIe
  ms min VERB FILE PATH VALUE KIND THEME DATETIME WxH LIST SEARCH OFFER YYYY MM DD'''.split()


def pseudo(text):
    """The marked form of a msgid: breaks and formats stay, a third is added."""
    body = text.strip('\n')
    before, after = text.split(body)[0], text[text.index(body) + len(body):]
    return before + '«' + body + '·' * max(1, len(body) // 3) + '»' + after


def entries(template):
    """Blocks of a template, each a list of (keyword, text)."""
    for block in pathlib.Path(template).read_text(encoding='utf-8').split('\n\n'):
        fields, keyword = [], None
        for line in block.split('\n'):
            match = re.match(r'(msg[a-z_]+(?:\[\d\])?) (".*")$', line)
            if match:
                fields.append([match.group(1), json.loads(match.group(2))])
            elif line.startswith('"') and fields:
                fields[-1][1] += json.loads(line)
        if fields:
            yield fields


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def make(folder):
    """Compiles the pseudo-language below `folder`; returns the environment that uses it."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    template = folder / 'breakeven.pot'
    subprocess.run([ROOT / 'build-aux/translations', '--pot', template], check=True,
                   capture_output=True)
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n'
             'Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n']
    for fields in entries(template):
        ids = {keyword: text for keyword, text in fields if not keyword.startswith('msgstr')}
        if not ids.get('msgid'):
            continue
        lines += [f'{keyword} {quoted(text)}' for keyword, text in ids.items()]
        if 'msgid_plural' in ids:
            lines += [f'msgstr[0] {quoted(pseudo(ids["msgid"]))}',
                      f'msgstr[1] {quoted(pseudo(ids["msgid_plural"]))}']
        else:
            lines.append(f'msgstr {quoted(pseudo(ids["msgid"]))}')
        lines.append('')
    target = folder / LANGUAGE / 'LC_MESSAGES'
    target.mkdir(parents=True)
    (folder / 'xx.po').write_text('\n'.join(lines), encoding='utf-8')
    subprocess.run(['msgfmt', folder / 'xx.po', '-o', target / 'breakeven.mo'], check=True)
    return {'LC_ALL': 'en_US.UTF-8', 'LANGUAGE': LANGUAGE, 'BE_LOCALE_DIR': str(folder)}


def names(value):
    """Every text of a JSON value, keys left out."""
    if isinstance(value, dict):
        for member in value.values():
            yield from names(member)
    elif isinstance(value, list):
        for element in value:
            yield from names(element)
    elif isinstance(value, str):
        yield value


def data_words():
    """Words of names that come from the data: models, providers, GPUs, regions, what a template says."""
    words = set(KNOWN)
    for path in [*ROOT.glob('data/prices/*.json'), *ROOT.glob('data/templates/*.json')]:
        for text in names(json.loads(path.read_text(encoding='utf-8'))):
            words.update(WORD.findall(text))
    for path in [*ROOT.glob('data/serving/*.csv'), *ROOT.glob('data/prices/*.csv')]:
        words.update(WORD.findall(path.read_text(encoding='utf-8')))
    return words


def outside(text):
    """What of a text is in no mark."""
    before = None
    while before != text:
        before, text = text, re.sub('«[^«»]*»', ' ', text)
    return text


def unmarked(text, words):
    """The words of a text that are neither inside marks nor names from the data."""
    return [word for word in WORD.findall(outside(text)) if word not in words]


def page_titles():
    """The names of the window's pages, from their table."""
    table = (ROOT / 'src/app/page/be-page.c').read_text(encoding='utf-8')
    return re.findall(r'\{ "\w+", N_ \("([^"]+)"\)', table)


def page_ids():
    table = (ROOT / 'src/app/page/be-page.c').read_text(encoding='utf-8')
    return re.findall(r'\{ "(\w+)", N_ \("', table)
