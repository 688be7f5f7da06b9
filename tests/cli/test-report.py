#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the plan as PDF, HTML, Markdown and CSV, and reads the files back with other programs."""
import csv
import html.parser
import json
import locale
import pathlib
import re
import subprocess
import tempfile
import xml.dom.minidom

from program import TEMPLATES, main, run, test

HOSTILE = '=HYPERLINK("http://x")|</script><script>alert(1)</script>\n\n# @é&\u0001 `*_[x](y)_*` ' + 'Ä' * 3000


def report(scenario, path, *words, **options):
    done = run('report', scenario, '-o', path, *words, **options)
    assert done.returncode == 0 and not done.stderr, (words, done.returncode, done.stderr)
    return path.read_bytes()


def evaluate(scenario):
    return json.loads(run('evaluate', scenario, '--json').stdout)


def money(usd):
    return f'${usd:,.2f}'


def text_of_pdf(path, *words):
    return subprocess.run(['pdftotext', '-layout', *words, path, '-'], capture_output=True, check=True,
                          text=True).stdout


def hostile(directory):
    """A scenario whose names try to leave every format they are written to."""
    data = json.loads((TEMPLATES / 'support.breakeven.json').read_text())
    data['name'] = HOSTILE
    data['notes'] = '- no list\n' + HOSTILE * 3
    data['workloads'][0]['name'] = HOSTILE
    data['pools'][0]['name'] = '-1+2'
    data['workloads'] += [dict(data['workloads'][0], id=f'w{i}', name=f'+{i} | {HOSTILE[:40]}') for i in range(60)]
    path = directory / 'hostile.breakeven.json'
    path.write_text(json.dumps(data))
    return path


class Page(html.parser.HTMLParser):
    """Checks that every element is closed and remembers what is there."""
    VOID = {'meta', 'link', 'br', 'img'}

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.text = [], [], ''

    def handle_starttag(self, tag, attributes):
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.seen.append(tag)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data):
        self.text += data


def read_html(data):
    page = Page()
    page.feed(data.decode('utf-8'))
    assert not page.open, page.open
    return page


def is_installed(place):
    try:
        locale.setlocale(locale.LC_CTYPE, place)
    except locale.Error:
        return False
    locale.setlocale(locale.LC_CTYPE, 'C')
    return True


def each_template(check):
    with tempfile.TemporaryDirectory() as name:
        for template in sorted(TEMPLATES.glob('*.breakeven.json')):
            check(template, pathlib.Path(name), evaluate(template))


@test
def pdf_has_the_figures_of_evaluate():
    def check(template, directory, result):
        path = directory / 'plan.pdf'
        data = report(template, path)
        assert data == report(template, directory / 'again.pdf'), 'the same plan gives the same bytes'
        text = text_of_pdf(path)
        pages = int(re.search(r'Pages:\s+(\d+)', subprocess.run(
            ['pdfinfo', path], capture_output=True, text=True, check=True).stdout)[1])
        assert pages >= 3, pages
        for number in range(1, pages + 1):
            assert f'Page {number} of {pages}' in text_of_pdf(path, '-f', str(number), '-l', str(number))
        for plan in result['plans'].values():
            if plan is None or not plan['feasible']:
                continue
            assert text.count(money(plan['perMonth'])) >= 2, plan['perMonth']
            for line in plan['lines']:
                if line['amount'] >= 1:
                    assert money(line['amount']) in text, line
        for word in ('Summary', 'Warnings', 'Bills', 'Assumptions', 'What is not in these figures', '730 hours',
                     'scenario format 1', 'Today', result['pricesAsOf']):
            assert word in text, word
    each_template(check)


@test
def what_rounding_leaves_over_is_not_shown():
    """A plan that is no dearer says so, and no bill has a line of billionths of a cent."""
    def check(template, directory, result):
        text = report(template, directory / 'plan.md').decode()
        assert not re.search(r'\$0\.0000000000\d', text) and ' 0.0000' not in text, template
        best = result['plans'][result['cheapest']]['perMonth']
        same = [plan for kind, plan in result['plans'].items() if plan and plan['feasible']
                and kind != result['cheapest'] and abs(plan['perMonth'] - best) < 1e-9 * best]
        assert text.count('the same |') == len(same), template
        assert text.count('the same as ') == len(same), template
    each_template(check)


@test
def html_is_whole_and_has_the_figures():
    def check(template, directory, result):
        data = report(template, directory / 'plan.html')
        page = read_html(data)
        assert page.seen.count('svg') == 8 and 'script' not in page.seen, page.seen.count('svg')
        assert 'http-equiv' not in data.decode() and 'src=' not in data.decode()
        cheapest = result['plans'][result['cheapest']]['perMonth']
        assert money(cheapest) in page.text
        for drawing in re.findall(r'<svg.*?</svg>', data.decode(), re.S):
            xml.dom.minidom.parseString(drawing)
    each_template(check)


@test
def markdown_has_tables_and_charts_beside_it():
    def check(template, directory, result):
        text = report(template, directory / 'my plan.md').decode()
        for number in range(1, 5):
            assert f'](my%20plan-{number}.svg)' in text, text[:2000]
            xml.dom.minidom.parse(str(directory / f'my plan-{number}.svg'))
        rows = [line for line in text.splitlines() if line.startswith('|')]
        assert len(rows) > 30
        assert any(money(result['plans'][result['cheapest']]['perMonth']) in row for row in rows)
    each_template(check)


@test
def markdown_where_only_one_file_can_be_written():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        (directory / 'plan-1.svg').mkdir()
        text = report(TEMPLATES / 'rag.breakeven.json', directory / 'plan.md').decode()
        assert text.count('](data:image/svg+xml;base64,') == 4 and 'plan-2.svg' not in text


@test
def hostile_names_stay_names():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        scenario = hostile(directory)
        page = read_html(report(scenario, directory / 'x.html'))
        assert 'script' not in page.seen and '</script><script>alert(1)' in page.text
        for drawing in re.findall(r'<svg.*?</svg>', (directory / 'x.html').read_text(), re.S):
            xml.dom.minidom.parseString(drawing)
        text = report(scenario, directory / 'x.md').decode()
        assert '<script' not in text and '\n# @' not in text and '\n- no list' not in text
        for line in text.splitlines():
            if line.startswith('|'):
                bars = len(re.findall(r'(?<!\\)\|', line))
                assert bars in (5, 6, 7, 9), (bars, line[:200])
        report(scenario, directory / 'x.pdf')
        pages = text_of_pdf(directory / 'x.pdf').split('\f')
        bills = [page for page in pages if re.search(r'^ *Line +Quantity +Rate', page, re.M)]
        assert len(bills) > 6, 'the header stands again on every page of a long bill'
        report(scenario, directory / 'x.csv')
        rows = list(csv.reader((directory / 'x.csv').open(newline='')))
        assert all(len(row) == 7 for row in rows)
        labels = [row[1] for row in rows[1:]]
        assert any('=HYPERLINK' in label for label in labels)
        assert not any(re.match(r'[=+\-@\t\r]', label) for label in labels), 'a formula'
        assert any(label.startswith("'-1+2") for label in labels) and any(label.startswith("'=") for label in labels)


@test
def bill_csv_adds_up_in_every_locale():
    def check(template, directory, result):
        texts = set()
        for locale in ('C.UTF-8', 'de_DE.UTF-8', 'ar_EG.UTF-8'):
            texts.add(report(template, directory / 'bill.csv', environment={'LC_NUMERIC': locale, 'LC_ALL': ''}))
        assert len(texts) == 1, 'numbers do not depend on the locale'
        rows = list(csv.DictReader((directory / 'bill.csv').open(newline='')))
        for plan, wanted in result['plans'].items():
            lines = [row for row in rows if row['plan'] == plan]
            if wanted is None:
                assert not lines
                continue
            total = [row for row in lines if row['kind'] == 'total']
            assert len(total) == 1 and float(total[0]['perMonth']) == wanted['perMonth']
            amounts = [float(row['perMonth']) for row in lines if row['kind'] != 'total']
            assert abs(sum(amounts) - wanted['perMonth']) < 1e-6 * wanted['perMonth']
            for row in lines:
                if row['quantity'] and row['rate']:
                    product = float(row['quantity']) * float(row['rate'])
                    assert abs(product - float(row['perMonth'])) < 1e-6 * max(product, 1), row
    each_template(check)


@test
def a_reader_learns_what_the_figures_rest_on():
    with tempfile.TemporaryDirectory() as name:
        path = pathlib.Path(name) / 'plan.md'
        text = report(TEMPLATES / 'support.breakeven.json', path).decode()
        low, high = (float(n.replace(',', '')) for n in re.search(
            r'computed; ([\d,]+) to ([\d,]+) tokens/s are to be expected', text).groups())
        speed = json.loads(run('evaluate', TEMPLATES / 'support.breakeven.json', '--json').stdout)
        assert low < speed['plans']['selfHosted']['pools'][0]['outputTokensPerSecond'] < high, (low, high)
        assert '- $9.15k (19.6\u00a0%) less than Hosted · $26.8k (41.6\u00a0%) less than Self-hosted\n' in text
        assert '1,341.95 | 9.13\u00a0% |' in text, 'the share that overflows'
        assert '| Engineers | Llama 3.3 70B on H100, step 2 | 1.5 FTE |' in text
        assert 'Growth per month' not in text and '- Growth, falling prices' in text, 'no figure has a second month'
        plain = pathlib.Path(name) / 'plain.breakeven.json'
        plain.write_text(json.dumps({'format': 'breakeven-scenario', 'version': 1, 'workloads': [
            {'id': 'a', 'requestsPerDay': 100, 'tokens': {'input': 1000, 'output': 10},
             'routing': {'routes': [{'offer': 'openai/gpt-4o'}]}}]}))
        text = report(plain, path).decode()
        assert '- Growth, falling prices' not in text and not re.search(r'^- *$', text, re.M), text


@test
def the_language_is_that_of_the_words():
    with tempfile.TemporaryDirectory() as name:
        path, folder = pathlib.Path(name) / 'plan.html', pathlib.Path(name) / 'de/LC_MESSAGES'
        german = {'LC_ALL': 'de_DE.UTF-8', 'LANGUAGE': 'de', 'BE_LOCALE_DIR': name}
        assert b'<html lang="en">' in report(TEMPLATES / 'rag.breakeven.json', path, environment=german)
        folder.mkdir(parents=True)
        subprocess.run(['msgfmt', '-o', folder / 'breakeven.mo',
                        pathlib.Path(__file__).resolve().parents[2] / 'po/de.po'], check=True)
        text = report(TEMPLATES / 'rag.breakeven.json', path, environment=german)
        assert b'<html lang="de">' in text and 'Gehostet'.encode() in text


def page_sizes(path):
    pages = subprocess.run(['pdfinfo', '-l', '-1', path], capture_output=True, check=True).stdout.decode()
    return set(re.findall(r'^Page +\d+ size: +([0-9.]+) x ([0-9.]+) pts', pages, re.MULTILINE))


@test
def pages_have_the_paper_that_is_asked_for():
    a4, letter = {('595.28', '841.89')}, {('612', '792')}
    file = TEMPLATES / 'support.breakeven.json'
    with tempfile.TemporaryDirectory() as name:
        out = pathlib.Path(name) / 'report.pdf'
        for words, place, size in (((), 'C.UTF-8', a4), (('--paper', 'a4'), 'C.UTF-8', a4),
                                   (('--paper', 'Letter'), 'C.UTF-8', letter),
                                   ((), 'en_US.UTF-8', letter), ((), 'de_DE.UTF-8', a4),
                                   (('--paper', 'a4'), 'en_US.UTF-8', a4)):
            if place != 'C.UTF-8' and not is_installed(place):
                print(f'# {place} is not installed here: left out')
                continue
            report(file, out, *words, environment={'LC_ALL': '', 'LC_PAPER': place})
            found = page_sizes(out)
            assert found == size, (words, place, found)


@test
def a_date_only_where_asked():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        template = TEMPLATES / 'support.breakeven.json'
        plain = report(template, directory / 'a.html').decode()
        dated = report(template, directory / 'b.html', '--date', '2027-06-30').decode()
        assert '2027' not in plain and 'days old' not in plain
        assert 'written on 2027-06-30' in dated and '280 days old' in dated and 'the price is 280 days old' in dated
        assert 'The prices are of 2026-09-23, 280 days old.' in dated
        for day, is_old in (('2026-12-22', False), ('2026-12-23', True)):
            text = report(template, directory / 'b.html', '--date', day).decode()
            assert ('The prices are of 2026-09-23' in text) == is_old, day
        for words in (['--date', '30.6.2027'], ['--date', '2027-06-3x']):
            assert run('report', template, '-o', directory / 'c.html', *words).returncode == 2
        assert not (directory / 'c.html').exists()


@test
def bad_usage_and_bad_places():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        template = TEMPLATES / 'support.breakeven.json'
        for ending in ('.doc', '', '.png'):
            assert run('report', template, '-o', directory / f'x{ending}').returncode == 2
        assert run('report', template).returncode == 2
        for out, paper in (('x.pdf', 'a5'), ('x.pdf', ''), ('x.html', 'a4'), ('x.csv', 'letter')):
            done = run('report', template, '-o', directory / out, '--paper', paper)
            assert done.returncode == 2 and b'--paper' in done.stderr, done.stderr
        for ending in ('pdf', 'html', 'md', 'csv'):
            done = run('report', template, '-o', directory / 'none' / f'x.{ending}')
            assert done.returncode == 1 and b'none' in done.stderr, done.stderr
        kept = directory / 'kept.pdf'
        kept.write_text('kept')
        assert run('report', template, '-o', kept, '--set', 'monthHours=-1').returncode == 1
        assert kept.read_text() == 'kept'
        assert [path.name for path in directory.iterdir()] == ['kept.pdf'], 'no temporary is left'
        empty = directory / 'empty.breakeven.json'
        empty.write_text('{"format": "breakeven-scenario", "version": 1}')
        done = run('report', empty, '-o', directory / 'x.md')
        assert done.returncode in (0, 1) and (done.returncode == 0 or done.stderr), done.stderr


main()
