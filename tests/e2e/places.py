# SPDX-License-Identifier: GPL-3.0-or-later
"""Every place of the window: pages, their views, dialogs and what opens over them. Each is a Place that
tour() opens, hands out and closes again: a story walks them for names, the sheet takes their pictures."""
import collections
import gettext
import json
import pathlib
import re
import subprocess
import sys
import time

import desktop
from desktop import Failure, until

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import pseudo  # noqa: E402

# name: "page/view"; kind: a page, a window of its own, or what opens over the window.
Place = collections.namedtuple('Place', 'name kind')

PRICE_LIST = [{'id': 'openai', 'models': [
    {'id': 'gpt-4o', 'name': 'GPT-4o', 'prices': {'input_mtok': 5, 'output_mtok': 20}},
    {'id': 'gpt-4o-mini', 'name': 'GPT-4o mini', 'prices': {'input_mtok': 0.1, 'output_mtok': 0.5}},
    {'id': 'new-model', 'prices': {'input_mtok': 1, 'output_mtok': 2}},
    {'id': 'dear-model', 'prices': {'input_mtok': 4000, 'output_mtok': 8000}},
    {'id': 'unknown', 'prices': {}}]}]
EXAMPLE = pathlib.Path(desktop.os.environ.get('BE_DATA_DIR', 'data')) / 'templates/support.breakeven.json'


def plain(text):
    """A label without the mark of its mnemonic."""
    return text.replace('_', '')


def edited_example(folder):
    """The example with other inputs, as a file to compare with."""
    path = str(pathlib.Path(folder) / 'signed-in-march.breakeven.json')
    subprocess.run([desktop.os.environ['BREAKEVEN_CLI'], 'set', EXAMPLE, 'workloads/chat/requestsPerDay=400000',
                    'workloads/chat/tokens/output=400', 'workloads/chat/buffer=0.15', 'pools/llama/weights=fp16',
                    'offers/openai~1gpt-4o/input=3', '-o', path], check=True)
    return path


def has_place(node):
    box = node.get_component_iface().get_extents(desktop.Atspi.CoordType.WINDOW)
    return box.width > 1 and box.height > 1


class Tour:
    """translation: that of the language the window is shown in; scrolls: goes down the long pages, too."""

    def __init__(self, program, folder, translation=gettext.NullTranslations(), narrow=False, scrolls=False):
        self.program, self.folder, self.narrow = program, pathlib.Path(folder), narrow
        self.translation, self.scrolls = translation, scrolls

    def word(self, text):
        return plain(self.translation.gettext(text))

    def counted(self, one, many):
        """A text with a number, for the numbers that may stand there."""
        return {self.translation.ngettext(one, many, n) % n for n in range(1, 9)}

    # ---- how to get there ----

    def named(self, text, role=None):
        """The widgets of this name, in English; "%s" stands for anything."""
        name = '(.+)'.join(re.escape(part) for part in self.word(text).split('%s'))
        return [n for n in self.program.nodes()
                if re.fullmatch(name, (n.get_name() or '').strip()) and role in (None, desktop.role_of(n))]

    def placed(self, text, role=None):
        """The widget of this name that has a place in the window."""
        return until(lambda: next((n for n in self.named(text, role) if has_place(n)), None),
                     f'{role or "something"} named {text}', 8)

    def press(self, node, top=60):
        x, y = self.program.bring_into_view(node, top)
        self.program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)

    def key(self, *keys):
        for key in keys:
            self.program.xdotool('key', key)
            time.sleep(0.15)

    def shut(self):
        self.key('Escape')
        time.sleep(0.3)

    def over(self, name, opener):
        """A popover or a menu."""
        opener()
        time.sleep(0.5)
        yield Place(name, 'over')
        self.shut()

    def window(self, name, opener):
        before = self.count_windows()
        opener()
        until(lambda: self.count_windows() > before, f'{name} opens')
        time.sleep(0.5)
        yield Place(name, 'window')
        for _ in range(3):
            self.shut()
            if self.count_windows() <= before:
                return
        raise Failure(f'{name} does not close')

    def count_windows(self):
        return self.program.application().get_child_count()

    def act(self, action, parameter=None):
        return lambda: self.program.activate(action, parameter)

    def mnemonic(self, text):
        """The key of a button, in the language of the window."""
        text = self.translation.gettext(text)
        return 'alt+' + text[text.index('_') + 1].lower()

    # ---- pages ----

    def views_of_prices(self):
        chooser = self.placed('What is shown', 'combo box')
        for number, view in enumerate(('offers', 'caching', 'limits', 'latency', 'fine-tuning')):
            if number:
                self.press(chooser)
                time.sleep(0.4)
                self.key('Home', *['Down'] * number, 'Return')
                time.sleep(0.5)
            yield Place(f'prices/{view}', 'page')
        self.press(chooser)
        time.sleep(0.4)
        self.key('Home', 'Return')

    def views_of_serving(self):
        for view in ('Replica', 'GPUs', 'Precision', 'Week', 'Fleet', 'Hybrid'):
            self.program.click(self.tab(view))
            yield Place(f'serving/{view.lower()}', 'page')
            yield from self.below(f'serving/{view.lower()}')

    def comparison(self):
        """With nothing, with another file, with an equal one; and ended again."""
        yield Place('compare/empty', 'page')
        same = self.write('same.breakeven.json', EXAMPLE.read_text(encoding='utf-8'))
        self.program.activate('win.compare-path', edited_example(self.folder))
        yield Place('compare/filled', 'page')
        yield from self.over('compare/choices', self.click('Compare with another scenario'))
        yield from self.below('compare/filled')
        self.program.activate('win.compare-path', same)
        yield Place('compare/equal', 'page')
        self.click('End the comparison')()

    def tab(self, view):
        return until(lambda: next(iter(self.named(view, 'page tab') + self.named(view, 'push button')), None),
                     f'the tab {view}')

    def below(self, name):
        """What of a page is further down, a screen each."""
        width, height = self.size()
        x, y = width // 2 if self.narrow else width * 2 // 3, height * 2 // 3
        for number in range(1, (5 if self.narrow else 2) if self.scrolls else 1):
            self.program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', '--repeat', 8, 5)
            yield Place(f'{name}-down{number}', 'down')

    def size(self):
        box = self.program.window().get_component_iface().get_extents(desktop.Atspi.CoordType.WINDOW)
        return box.width, box.height

    def pages(self):
        for page in pseudo.page_ids():
            self.program.activate('win.page', page)
            if page == 'prices':
                yield from self.views_of_prices()
            elif page == 'serving':
                yield from self.views_of_serving()
            elif page == 'compare':
                yield from self.comparison()
            else:
                yield Place(page, 'page')

    def tables(self):
        """The charts' numbers in their place."""
        for page in ('costs', 'crossover', 'breakdown'):
            self.program.activate('win.page', page)
            time.sleep(0.4)
            self.key(self.mnemonic('Show _Numbers'))
            yield Place(f'{page}-numbers', 'page')
            self.key(self.mnemonic('Show _Chart'))

    def start(self):
        self.program.activate('win.new-tab')
        yield Place('start', 'page')
        self.program.activate('win.close-tab')
        time.sleep(0.4)

    # ---- what opens over the window ----

    def chart_menu(self):
        self.program.activate('win.page', 'costs')
        chart = self.placed('Cost by volume', 'image')

        def opener():
            self.press(chart)
            self.key('shift+F10')
        return opener

    def click(self, text):
        """Once it can be seen: GTK 4.8 finds no monitor for what opens elsewhere."""
        def opener():
            node = self.placed(text, 'push button')
            self.program.bring_into_view(node)
            self.program.click(node)
        return opener

    def popovers(self):
        self.program.activate('win.page', 'costs')
        yield from self.over('menu', lambda: self.key('F10'))
        yield from self.over('recent', lambda: self.key('F10', 'Down', 'Down', 'Down', 'Right'))
        self.shut()
        yield from self.over('templates', self.click('New from a template'))
        yield from self.over('warnings', lambda: self.program.click(self.warning_button()))
        yield from self.over('chart-menu', self.chart_menu())
        self.program.activate('win.page', 'prices')
        time.sleep(0.5)
        yield from self.over('filters', self.click('Filters and order'))
        yield from self.over('use', self.click('Use %s'))
        yield from self.over('views', lambda: self.press(self.placed('What is shown', 'combo box')))
        self.program.activate('win.page', 'costs')
        yield from self.inputs()

    def warning_button(self):
        """It says how many there are, in the language of the window."""
        names = self.counted('%u warning', '%u warnings')
        return until(lambda: next((n for n in self.program.nodes() if (n.get_name() or '').strip() in names
                                   and desktop.role_of(n) == 'push button'), None), 'the warnings')

    def inputs(self):
        """What opens from the inputs, which a narrow window shows instead of the page."""
        if self.narrow:
            self.program.activate('win.sidebar')
            time.sleep(0.6)
            yield Place('inputs', 'page')
            yield from self.below('inputs')
        yield from self.over('about-input', self.click('About %s'))
        yield from self.window('provisioned', self.click('Add Provisioned Units…'))
        yield from self.window('choose-offer', self.click('Change offer %s'))
        if self.narrow:
            self.program.activate('win.sidebar')
            time.sleep(0.6)

    # ---- windows ----

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding='utf-8')
        return str(path)

    def offer_row(self):
        row = until(lambda: next((n for n in self.program.nodes() if 'GPT-4o' in (n.get_name() or '')
                                  and desktop.role_of(n) == 'list item' and has_place(n)), None), 'an offer')
        self.press(row, top=300)  # the headline stays where it is, and is high in large text

    def windows(self):
        self.program.activate('win.page', 'costs')
        for name, action in (('shortcuts', 'win.show-help-overlay'), ('about', 'app.about'),
                             ('checks', 'app.reference-checks'), ('preferences', 'app.preferences'),
                             ('preview', 'win.print-preview'), ('export', 'win.export'),
                             ('export-report', 'win.export-report')):
            yield from self.window(name, self.act(action))
        good = self.write('list.json', json.dumps(PRICE_LIST))
        bad = self.write('bad-list.json', '[{"id": "openai", "models": [{"id": 1}]}')
        yield from self.window('import', self.act('win.import-path', good))
        yield from self.window('import-error', self.act('win.import-path', bad))
        self.program.activate('win.page', 'serving')
        self.program.click(self.tab('Replica'))
        time.sleep(0.5)
        yield from self.window('gpu', self.click('Enter a GPU from its datasheet'))
        self.program.activate('win.page', 'prices')
        time.sleep(0.5)
        yield from self.window('offer', self.offer_row)
        self.program.activate('win.page', 'costs')
        broken = self.write('broken.breakeven.json',
                            '{"format": "breakeven-scenario", "version": 1, "monthHours": "x"}')
        yield from self.window('message', self.act('win.open-path', broken))

    def documents(self):
        """A file that another program changes, and the question before changes are lost."""
        path = self.write('plan.breakeven.json', EXAMPLE.read_text(encoding='utf-8'))
        self.program.activate('win.open-path', path)
        time.sleep(1)
        self.click('Add Workload')()
        time.sleep(0.4)
        subprocess.run([desktop.os.environ['BREAKEVEN_CLI'], 'set', path,
                        'workloads/chat/requestsPerDay=2000', '-o', path], check=True)
        time.sleep(2.5)
        yield Place('changed-on-disk', 'page')
        self.program.activate('win.keep-mine')
        yield from self.window('close', self.act('win.close-tab'))
        self.program.activate('win.undo')
        time.sleep(0.4)
        self.program.activate('win.close-tab')

    def __iter__(self):
        for part in (self.pages, self.tables, self.popovers, self.windows, self.start, self.documents):
            yield from part()
