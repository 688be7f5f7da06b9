# SPDX-License-Identifier: GPL-3.0-or-later
"""An offer's window: what is known of it, its parts, own offers and what becomes of their users."""
import os
import shutil
import tempfile
import time

import desktop
from desktop import Failure, headline, set_value, until

from prices import offers_shown


def search(program, text):
    program.activate('win.page', 'prices')
    program.type_into(program.wait(pattern='^Search offers', role='entry'), text)
    time.sleep(0.5)


def open_offer(program, text, name):
    """Searches, and opens the offer of this name by a click on its row."""
    search(program, text)
    row = until(lambda: next((n for n in program.nodes() if desktop.role_of(n) == 'list item'
                              and (n.get_name() or '').startswith(name + ' ·')), None), name)
    x, y = program.middle(row)
    program.xdotool('mousemove', '--window', 'WINDOW', x - 150, y, 'click', 1)
    program.wait(pattern=r'^Edit a Copy', role='push button')


def close(program):
    program.xdotool('key', 'Escape')
    until(lambda: program.find(pattern=r'^Edit a Copy', role='push button') is None, 'the window closes')
    program.type_into(program.wait(pattern='^Search offers', role='entry'), '')


def press(program, pattern):
    program.click(program.wait(pattern=pattern, role='push button'))


def number(program, name):
    return program.wait(name=name, role='spin button', showing=False)


def changes(program, action, what):
    """Does something, and waits until the headline is another."""
    before = headline(program)[0]
    action()
    until(lambda: headline(program)[0] != before, what)


def story_a_tier_reprices_long_prompts_and_has_one_threshold(program):
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    program.says(r'A price of the catalogue. An edit makes it your own')
    press(program, '^Add a Tier')
    program.says(r'Prompts above 200,000 tokens')
    program.says(r'Edited by you')
    if program.find(name='At or above, Tier 1', role='spin button', showing=False):
        raise Failure('a tier offers both thresholds')
    set_value(number(program, 'Input price, Tier 1'), 5)
    changes(program, lambda: set_value(number(program, 'Above, Tier 1'), 1000), 'long prompts cost more')
    choice = program.wait(pattern='^Threshold, Tier 1', role='combo box')
    x, y = program.bring_into_view(choice)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    time.sleep(0.5)
    program.xdotool('key', 'Down', 'key', 'Return')
    number(program, 'At or above, Tier 1')
    program.says(r'Prompts of 1,000 tokens or more')
    changes(program, lambda: press(program, '^Remove Tier 1'), 'the tier goes')
    press(program, '^Back to the Catalogue')
    program.says(r'A price of the catalogue')
    close(program)


def story_a_window_of_hours_has_its_own_prices(program):
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    press(program, '^Add a Window')
    program.says(r'00:00-08:00 UTC')
    changes(program, lambda: set_value(number(program, 'Output price, Window 1'), 20), 'the night costs more')
    changes(program, lambda: set_value(number(program, 'To, UTC'), 540), 'an hour more of it')
    program.says(r'00:00-09:00 UTC')
    changes(program, lambda: press(program, '^Sat$'), 'Saturdays cost less again')
    program.says(r'Mon, Tue, Wed, Thu, Fri, Sun')
    zone = program.wait(name='Time zone of the days', role='text')
    program.type_into(zone, 'Asia/Shanghai', submit=True)
    program.says(r'Sun \(Asia/Shanghai\)')
    program.type_into(zone, 'Asia/Nowhere', submit=True)
    program.says(r'found Asia/Nowhere, allowed is a time zone')
    until(lambda: desktop.Atspi.Text.get_text(zone, 0, 40) == 'Asia/Shanghai', 'what holds is shown again')
    press(program, '^Add Hours')
    program.says(r'00:00-09:00, 09:00-10:00 UTC')
    press(program, '^Add a Window')
    program.says(r'10:00-18:00 UTC')  # where no other is
    press(program, '^Remove Window 2')
    press(program, '^Remove Window 1')
    program.says(r'Hours of the day with prices of their own')
    close(program)


def story_fees_contract_and_training_are_billed(program):
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    before = headline(program)[0]
    for name, value in (('Fee per request', 0.0001), ('Discount', 0.5), ('Training cost', 20000),
                        ('Life of the training', 10), ('Hosting per hour', 5), ('Commitment', 60000),
                        ('Requests per minute', 10)):
        set_value(number(program, name), value)
    until(lambda: headline(program)[0] != before, 'the headline follows')
    close(program)
    program.activate('win.page', 'breakdown')
    for line in ('commitment', 'training', 'hosting'):
        program.says('(?i)' + line)


def story_an_emptied_rate_is_unknown_again(program):
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    rate = number(program, 'Cached input price')
    if desktop.Atspi.Text.get_text(rate, 0, 9) != '0.075':
        raise Failure('the cached rate is ' + desktop.Atspi.Text.get_text(rate, 0, 9))
    program.type_into(rate, '', submit=True)
    program.says(r'Edited by you')
    program.activate('win.undo')
    until(lambda: desktop.Atspi.Text.get_text(number(program, 'Cached input price'), 0, 9) == '0.075',
          'undo brings it back')
    close(program)


def story_an_own_offer_is_removed_when_another_takes_its_place(program):
    before = headline(program)[0]
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    press(program, '^Edit a Copy')
    program.says(r'Your own offer, shared inside the scenario')
    set_value(number(program, 'Discount'), 0.4)
    close(program)
    search(program, 'negotiated')
    press(program, '^Use GPT-4o mini, negotiated')
    changes(program, lambda: press(program, '^In the place of GPT-4o$'), 'the route has it')
    open_offer(program, 'negotiated', 'GPT-4o mini, negotiated')
    program.says(r'Used by Chat')
    press(program, '^Remove…')
    program.says(r'It is used by Chat')
    press(program, 'hoose an Offer')
    until(lambda: len([n for n in program.nodes() if n.get_name() == 'Search offers'
                       and desktop.role_of(n) == 'entry']) > 1, 'the choice of offers opens')
    choose = [n for n in program.nodes() if n.get_name() == 'Search offers'
              and desktop.role_of(n) == 'entry'][-1]
    program.type_into(choose, 'openai/gpt-4o 2.50')
    time.sleep(0.7)
    program.xdotool('key', 'Return')
    until(lambda: headline(program)[0] == before, 'GPT-4o has its route again')
    until(lambda: program.find(pattern='^Edit a Copy', role='push button') is None, 'its window goes')
    search(program, 'negotiated')
    until(lambda: not offers_shown(program), 'it is gone')
    program.activate('win.undo')
    until(lambda: offers_shown(program), 'one step brings it back')
    program.type_into(program.wait(pattern='^Search offers', role='entry'), '')


def story_an_offers_window_goes_with_its_document():
    path = os.path.join(os.environ['BE_DATA_DIR'], 'templates/support.breakeven.json')
    with tempfile.TemporaryDirectory() as folder, desktop.Program() as program:
        program.says(r'\$\d')
        copy = shutil.copy(path, os.path.join(folder, 'second.breakeven.json'))
        program.activate('win.open-path', copy)
        until(lambda: program.find(pattern='second', showing=False), 'a second tab')
        open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
        program.activate('win.close-tab')
        until(lambda: program.find(pattern='^Edit a Copy', role='push button') is None, 'the window goes')
        program.says(r'\$\d')
