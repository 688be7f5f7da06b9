#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The workbook is a workbook: its formulas, worked out here, give the values stored beside them and the
totals of evaluate; a changed rate runs through to the summary."""
import json
import math
import pathlib
import re
import tempfile
import xml.dom.minidom
import zipfile

import openpyxl

from program import TEMPLATES, main, run, test


def evaluate(scenario, *words):
    done = run('evaluate', scenario, '--json', *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def write(scenario, path, *words, **options):
    done = run('report', scenario, '-o', path, *words, **options)
    assert done.returncode == 0 and not done.stderr and not done.stdout, (done.stderr, done.stdout)
    return path


class Range(list):
    pass


class Book:
    """A small spreadsheet: enough of the formula language for what the program writes."""
    TOKEN = re.compile(r"\s*(?:(?P<number>\d+\.?\d*(?:[eE][-+]?\d+)?)|(?P<text>\"(?:[^\"]|\"\")*\")"
                       r"|(?P<ref>(?:'(?:[^']|'')+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)"
                       r"|(?P<name>[A-Z]+)(?=\()|(?P<sign><=|[-+*/=(),<>]))")

    def __init__(self, path):
        self.book = openpyxl.load_workbook(path)
        self.stored = openpyxl.load_workbook(path, data_only=True)
        self.known = {}

    def formulas(self):
        for sheet in self.book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == 'f':
                        yield sheet.title, cell.coordinate

    def put(self, sheet, cell, value):
        self.book[sheet][cell].value = value
        self.known = {}

    def value(self, sheet, cell):
        if (sheet, cell) not in self.known:
            found = self.book[sheet][cell]
            self.known[sheet, cell] = (self.compute(sheet, found.value[1:]) if found.data_type == 'f'
                                       else found.value)
        return self.known[sheet, cell]

    def compute(self, sheet, formula):
        tokens, at = [], 0
        while at < len(formula):
            match = self.TOKEN.match(formula, at)
            assert match, f'{formula!r} at {at}'
            tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        result = self.comparison(sheet, tokens)
        assert not tokens, (formula, tokens)
        return result

    def comparison(self, sheet, tokens):
        left = self.chain(sheet, tokens, '+-', lambda s, t: self.chain(s, t, '*/', self.atom))
        if tokens and tokens[0][0] == 'sign' and tokens[0][1] in ('=', '<=', '<', '>'):
            sign = tokens.pop(0)[1]
            right = self.chain(sheet, tokens, '+-', lambda s, t: self.chain(s, t, '*/', self.atom))
            left, right = ((isinstance(value, str), value) for value in (left, right))  # texts are above numbers
            return {'=': lambda: left == right, '<=': lambda: left <= right, '<': lambda: left < right,
                    '>': lambda: left > right}[sign]()
        return left

    def chain(self, sheet, tokens, signs, part):
        left = part(sheet, tokens)
        while tokens and tokens[0][0] == 'sign' and tokens[0][1] in signs:
            sign, right = tokens.pop(0)[1], part(sheet, tokens)
            left, right = (0 if value is None else value for value in (left, right))  # a blank cell
            left = {'+': lambda: left + right, '-': lambda: left - right, '*': lambda: left * right,
                    '/': lambda: left / right if right else math.nan}[sign]()
        return left

    def atom(self, sheet, tokens):
        kind, text = tokens.pop(0)
        if kind == 'number':
            return float(text)
        if kind == 'text':
            return text[1:-1]
        if kind == 'ref':
            return self.reference(sheet, text)
        if kind == 'name':
            return self.call(text, self.arguments(sheet, tokens))
        assert text == '(', text
        result = self.comparison(sheet, tokens)
        assert tokens.pop(0) == ('sign', ')')
        return result

    def reference(self, sheet, text):
        if '!' in text:
            sheet, text = text.rsplit('!', 1)
            sheet = sheet[1:-1].replace("''", "'")
        text = text.replace('$', '')
        if ':' not in text:
            return self.value(sheet, text)
        return Range(self.value(sheet, cell.coordinate) for row in self.book[sheet][text] for cell in row)

    def arguments(self, sheet, tokens):
        assert tokens.pop(0) == ('sign', '(')
        values = [self.comparison(sheet, tokens)]
        while tokens.pop(0) == ('sign', ','):
            values.append(self.comparison(sheet, tokens))
        return values

    @staticmethod
    def call(name, values):
        flat = [v for value in values for v in (value if isinstance(value, Range) else [value])
                if isinstance(v, (int, float))]
        if name in ('AND', 'OR'):
            return {'AND': all, 'OR': any}[name](values)
        if name == 'ISNUMBER':
            return isinstance(values[0], (int, float))
        if name == 'IF':
            return values[1] if values[0] else values[2]
        if name == 'INDEX':
            return values[0][int(values[1]) - 1]
        if name == 'MATCH':
            assert values[2] == 1, 'the last that is not above'
            return sum(value <= values[0] for value in values[1])
        if name == 'SUMPRODUCT':
            return sum(a * b for a, b in zip(*values) if a is not None and b is not None)
        return {'SUM': sum, 'MIN': min, 'MAX': max, 'COUNT': len}[name](flat or [0] if name != 'COUNT' else flat)


def same(found, wanted, relative=1e-9):
    if isinstance(wanted, str) or wanted is None:
        return found == wanted
    return math.isclose(found, wanted, rel_tol=relative, abs_tol=1e-9)


def rows_of(book, sheet):
    return list(book.book[sheet].iter_rows())


def find_row(book, sheet, *texts):
    for row in rows_of(book, sheet):
        if [cell.value for cell in row[:len(texts)]] == list(texts):
            return row[0].row
    raise AssertionError(f'{texts} is not on {sheet}')


def labels(result):
    return {'hosted': 'Hosted', 'selfHosted': 'Self-hosted', 'hybrid': 'Hybrid', 'provisioned': 'Provisioned'}


def check(scenario, path, *words):
    book, result = Book(write(scenario, path, *words)), evaluate(scenario, *words)
    count = 0
    for sheet, cell in book.formulas():
        count += 1
        found, wanted = book.value(sheet, cell), book.stored[sheet][cell].value
        assert same(found, wanted), (sheet, cell, book.book[sheet][cell].value, found, wanted)
    assert count > 8, count
    for plan, label in labels(result).items():
        if result['plans'][plan] is None or result['plans'][plan]['perMonth'] is None:
            continue
        total = book.value('Plan', f"H{find_row(book, 'Plan', label, 'Total')}")
        assert round(total, 2) == round(result['plans'][plan]['perMonth'], 2), (plan, total)
        summary = find_row(book, 'Summary', label)
        for column, member in (('B', 'perMonth'), ('D', 'perRequest'), ('E', 'perMtok'), ('F', 'perMtokInput')):
            assert same(book.value('Summary', f'{column}{summary}'), result['plans'][plan][member])
    cheapest = book.value('Summary', f"B{find_row(book, 'Summary', 'Cheapest plan')}")
    if result['cheapest'] is not None:
        assert cheapest == labels(result)[result['cheapest']], cheapest
    return book, result


def base():
    return json.loads((TEMPLATES / 'support.breakeven.json').read_text())


def saved(directory, data):
    path = directory / 'x.breakeven.json'
    path.write_text(json.dumps(data))
    return path


@test
def every_template_computes():
    with tempfile.TemporaryDirectory() as name:
        for template in sorted(TEMPLATES.glob('*.breakeven.json')):
            check(template, pathlib.Path(name) / 'x.xlsx')


@test
def every_kind_of_line_computes():
    with tempfile.TemporaryDirectory() as name:
        directory, data = pathlib.Path(name), base()
        data['workloads'].append({**json.loads(json.dumps(data['workloads'][0])), 'id': 'other', 'buffer': 0.05,
                                  'requestsPerDay': 7000, 'batchShare': 0.4, 'webSearchesPerRequest': 0.3})
        data['workloads'][1]['routing']['overheadPerRequest'] = 0.0002
        data['workloads'][1]['retry'] = {'rate': 0.1}
        data['workloads'][1]['cache'] = {'readShare': 0.3, 'writeShare': 0.1}
        data['offers'] = {'openai/gpt-4o': {
            'input': 2.5, 'output': 10, 'batch': {'input': 1.25}, 'commitment': {'perMonth': 90000},
            'training': {'cost': 5000, 'lifeMonths': 12, 'hostingHour': 1.5},
            'fees': {'webSearchPer1000': 10, 'perRequest': 0.0001}}}
        pool = data['pools'][0]
        pool['replicas'].update(autoscale=True, coldStartMinutes=10, minimum=0)
        pool['fixedPerMonth'] = 1234.5
        second = {**json.loads(json.dumps(pool)), 'id': 'owned', 'name': 'Owned', 'serves': [
            {'workload': 'other', 'share': 0.5}]}
        second['rent'] = {'kind': 'owned', 'capex': 30000, 'lifeYears': 4, 'residual': 0.1, 'kw': 1, 'pue': 1.3,
                          'perKwh': 0.12}
        data['pools'].append(second)
        done = run('validate', saved(directory, data))
        if done.returncode != 0:  # the members' names are those of the schema
            raise AssertionError(done.stdout.decode() + done.stderr.decode())
        book, result = check(directory / 'x.breakeven.json', directory / 'x.xlsx')
        kinds = {line['kind'] for plan in result['plans'].values() if plan for line in plan['lines']}
        assert {'commitmentShortfall', 'training', 'hosting', 'coldStart', 'people', 'fixed', 'overhead', 'router',
                'searches', 'requestFees', 'cachedInput', 'cacheWrite', 'ownership', 'rent', 'buffer'} <= kinds, kinds


@test
def a_changed_rate_runs_through():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        scenario = TEMPLATES / 'support.breakeven.json'
        book, before = check(scenario, directory / 'x.xlsx')
        row = find_row(book, 'Plan', 'Hosted', 'Chat, GPT-4o: input')
        book.put('Plan', f'G{row}', 1.0)
        after = evaluate(scenario, '--set', 'offers/openai~1gpt-4o/input=1')
        total = book.value('Plan', f"H{find_row(book, 'Plan', 'Hosted', 'Total')}")
        assert same(total, after['plans']['hosted']['perMonth']), total
        assert total != before['plans']['hosted']['perMonth']
        summary = find_row(book, 'Summary', 'Hosted')
        assert same(book.value('Summary', f'E{summary}'), after['plans']['hosted']['perMtok'])
        # The hybrid plan's overflow bills at the same rate: its cell refers to the first.
        overflow = find_row(book, 'Plan', 'Hybrid', 'Chat, GPT-4o: input (overflow)')
        assert book.value('Plan', f'G{overflow}') == 1.0
        book.put('Plan', f'G{row}', 0.0)
        book.put('Plan', f"G{find_row(book, 'Plan', 'Hosted', 'Chat, GPT-4o: output')}", 0.0)
        rent = find_row(book, 'Plan', 'Self-hosted', 'Llama 3.3 70B on H100: GPU rent')
        book.put('Plan', f'G{rent}', 99.0)
        assert book.value('Summary', f"B{find_row(book, 'Summary', 'Cheapest plan')}") == 'Hosted'


def at_volume(scenario, factor):
    """What evaluate says with every workload's volume times a factor."""
    words = []
    for work in json.loads(scenario.read_text())['workloads']:
        path, value = (('requestsPerDay', work['requestsPerDay']) if 'requestsPerDay' in work
                       else ('people/count', work['people']['count']))
        words += ['--set', f'workloads/{work["id"]}/{path}={value * factor!r}']
    return evaluate(scenario, *words)


@test
def a_changed_volume_costs_what_evaluate_says():
    with tempfile.TemporaryDirectory() as name:
        for template in sorted(TEMPLATES.glob('*.breakeven.json')):
            book = Book(write(template, pathlib.Path(name) / 'x.xlsx'))
            top = find_row(book, 'Summary', 'At another volume')
            volume = book.value('Summary', f'B{top + 2}')
            ends = [row[0].value for row in rows_of(book, 'Curve')[1:]]
            for factor in (1.02 * ends[0] / volume, 0.7, 1, 1.37, 0.98 * ends[-1] / volume):
                book.put('Summary', f'B{top + 2}', volume * factor)
                result = at_volume(template, factor)
                rows = {book.value('Summary', f'A{row}'): book.value('Summary', f'B{row}')
                        for row in range(top + 6, top + 10)}
                for plan, label in labels(result).items():
                    wanted = (result['plans'][plan] or {}).get('perMonth')
                    # Hosted cost is a line; the smallest steps of self-hosted lie between two points.
                    assert wanted is None or same(rows[label], wanted, 1e-6 if plan == 'hosted' else 0.02), (
                        template.name, factor, label, rows[label], wanted)
                cheapest = book.value('Summary', f'B{top + 4}')
                best = result['plans'][result['cheapest']]['perMonth']
                assert rows[cheapest] <= best * 1.02, (template.name, factor, cheapest)
            for factor in (0.001, 1000):  # past the ends of the curve
                book.put('Summary', f'B{top + 2}', volume * factor)
                assert book.value('Summary', f'B{top + 6}') == '' and book.value('Summary', f'B{top + 4}') == ''


@test
def a_plan_costs_nothing_known_at_a_volume_that_it_cannot_serve():
    with tempfile.TemporaryDirectory() as name:
        directory, data = pathlib.Path(name), base()
        data['pools'][0]['replicas']['maximum'] = 8
        path = saved(directory, data)
        book, _ = check(path, directory / 'x.xlsx')
        top = find_row(book, 'Summary', 'At another volume')
        volume, last = book.value('Summary', f'B{top + 2}'), rows_of(book, 'Curve')[-1][0].value
        missing = 0
        for factor in (0.7, 1, 1.37, 0.5 * last / volume, 0.98 * last / volume):
            book.put('Summary', f'B{top + 2}', volume * factor)
            result = at_volume(path, factor)
            rows = {book.value('Summary', f'A{row}'): book.value('Summary', f'B{row}')
                    for row in range(top + 6, top + 10)}
            if result['plans']['selfHosted']['perMonth'] is None:
                missing += 1
                assert rows['Self-hosted'] == '', (factor, rows)
                assert book.value('Summary', f'B{top + 4}') not in ('Self-hosted', ''), factor
        assert missing > 0 and rows['Self-hosted'] == ''


@test
def it_has_curve_inputs_offers():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        book, result = check(TEMPLATES / 'support.breakeven.json', directory / 'x.xlsx')
        assert book.book.sheetnames == ['Summary', 'Plan', 'Curve', 'Inputs', 'Offers']
        curve = [[cell.value for cell in row] for row in rows_of(book, 'Curve')]
        assert curve[0] == ['requests/day', 'Hosted', 'Self-hosted', 'Hybrid', 'Same model hosted by groq']
        assert len(curve) > 50 and all(row[0] > 0 and row[1] > 0 for row in curve[1:])
        inputs = {row[0].value: [cell.value for cell in row] for row in rows_of(book, 'Inputs')}
        assert inputs['workloads/chat/requestsPerDay'][3:] == [500000, 'requests/day', None, 'yes']
        assert inputs['workloads/chat/buffer'][3:] == [0.2, '%', 0.2, 'yes']
        offers = {row[0].value: [cell.value for cell in row] for row in rows_of(book, 'Offers')}
        assert offers['openai/gpt-4o'][2:4] == [2.5, 10] and offers['openai/gpt-4o'][10] == '2026-09-23'
        assert offers['openai/gpt-4o'][11]
        with zipfile.ZipFile(directory / 'x.xlsx') as parts:
            assert parts.testzip() is None
            for part in parts.namelist():
                if part.endswith('.xml') or part.endswith('.rels'):
                    xml.dom.minidom.parseString(parts.read(part))
            chart = parts.read('xl/charts/chart1.xml').decode()
            assert chart.count('<c:ser>') == 4 and 'scatterChart' in chart and '<c:logBase' in chart


@test
def the_same_bytes_in_every_locale():
    with tempfile.TemporaryDirectory() as name:
        path, found = pathlib.Path(name) / 'x.xlsx', set()
        for locale in ('C.UTF-8', 'de_DE.UTF-8', 'fr_FR.UTF-8'):
            write(TEMPLATES / 'rag.breakeven.json', path, environment={'LC_ALL': '', 'LC_NUMERIC': locale})
            found.add(path.read_bytes())
        assert len(found) == 1


@test
def hostile_names_are_texts():
    with tempfile.TemporaryDirectory() as name:
        directory, data = pathlib.Path(name), base()
        evil = '=HYPERLINK("http://x","y")&cmd|\' /C calc\'!A0\u0001\n</c><f>1</f>' + 'Ä🙂' * 20000
        data['name'] = evil
        data['workloads'][0]['name'] = evil
        data['pools'][0]['name'] = '@SUM(1)'
        book, _ = check(saved(directory, data), directory / 'x.xlsx')
        texts = [cell for sheet in book.book for row in sheet.iter_rows() for cell in row
                 if isinstance(cell.value, str) and ('HYPERLINK' in cell.value or cell.value.startswith('@'))]
        assert len(texts) > 8 and all(cell.data_type == 's' for cell in texts)
        assert all(len(cell.value.encode('utf-16-le')) / 2 <= 32767 for cell in texts)


@test
def plans_that_cannot_be_run_say_so():
    with tempfile.TemporaryDirectory() as name:
        directory, data = pathlib.Path(name), base()
        data['pools'][0]['gpusPerReplica'] = 1
        data['pools'][0]['weights'] = 'fp16'
        book, result = check(saved(directory, data), directory / 'x.xlsx')
        assert result['plans']['selfHosted']['perMonth'] is None
        row = find_row(book, 'Summary', 'Self-hosted')
        assert book.value('Summary', f'B{row}') == 'not known' and 'fit' in book.value('Summary', f'I{row}')
        data = base()
        data['workloads'][0]['requestsPerDay'] = 0
        del data['pools']
        path = saved(directory, data)
        book = Book(write(path, directory / 'y.xlsx'))
        for sheet, cell in book.formulas():
            assert same(book.value(sheet, cell), book.stored[sheet][cell].value or 0) or book.value(sheet, cell) == ''


@test
def bad_places_leave_nothing():
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        before = set(pathlib.Path(tempfile.gettempdir()).glob('breakeven-*.xlsx'))
        done = run('report', TEMPLATES / 'rag.breakeven.json', '-o', directory / 'none' / 'x.xlsx')
        assert done.returncode == 1 and b'none' in done.stderr
        done = run('report', TEMPLATES / 'rag.breakeven.json', '-o', directory / 'x.xlsx',
                   environment={'TMPDIR': str(directory / 'nowhere')})
        assert done.returncode == 1 and done.stderr, done
        assert not list(directory.iterdir())
        assert set(pathlib.Path(tempfile.gettempdir()).glob('breakeven-*.xlsx')) <= before


main()
