# SPDX-License-Identifier: GPL-3.0-or-later
"""An offer's window: what is known of it, its parts, own offers and what becomes of their users."""
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
    program.xdotool('windowsize', '--sync', 'WINDOW', 520, 1100, 'windowmove', 'WINDOW', 300, 0)


def close(program):
    program.xdotool('key', 'Escape')
    until(lambda: program.find(pattern=r'^Edit a Copy', role='push button') is None, 'the window closes')
    program.type_into(program.wait(pattern='^Search offers', role='entry'), '')


def press(program, pattern):
    program.click(program.wait(pattern=pattern, role='push button'))


def number(program, name):
    return program.wait(name=name, role='spin button', showing=False)


VIEWS = ('Offers', 'Caching', 'Rate limits', 'Latency', 'Fine-tuning')


def show(program, view):
    """Another view of the page, chosen by keys."""
    program.activate('win.page', 'prices')
    chooser = until(lambda: next((n for n in program.nodes() if n.get_name() == 'What is shown'
                                  and desktop.role_of(n) == 'combo box'
                                  and n.get_component_iface().get_extents(
                                      desktop.Atspi.CoordType.WINDOW).width > 0), None), 'the chooser of views')
    x, y = program.middle(chooser)
    program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
    time.sleep(0.5)
    program.xdotool(*['key', 'Up'] * 5, *['key', 'Down'] * VIEWS.index(view), 'key', 'Return')
    time.sleep(0.5)


def changes(program, action, what):
    """Does something, and waits until figures that show are others."""
    before = headline(program)
    action()
    until(lambda: headline(program) != before, what)


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
    set_value(number(program, 'Life of the training'), 10)
    for name, value in (('Fee per request', 0.0001), ('Discount', 0.5), ('Training cost', 20000),
                        ('Hosting per hour', 5), ('Commitment', 60000)):
        changes(program, lambda n=name, v=value: set_value(number(program, n), v), name + ' counts')
    close(program)


def story_a_limit_is_entered_where_none_is_known(program):
    open_offer(program, 'gpt-4o-mini', 'GPT-4o mini')
    set_value(number(program, 'Requests per minute'), 100)
    close(program)
    show(program, 'Rate limits')
    program.says(r'GPT-4o mini: 754[.\d]* requests a minute of 100, 86[.\d]* % turned away')
    show(program, 'Offers')


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


def story_a_fine_tuned_model_is_compared_from_an_empty_view(program):
    show(program, 'Fine-tuning')
    program.says('No Fine-Tuned Model Yet')
    press(program, '^Add a Fine-Tuned Route')
    program.says(r'Your own offer, shared inside the scenario')
    program.xdotool('windowsize', '--sync', 'WINDOW', 520, 1100, 'windowmove', 'WINDOW', 300, 0)
    set_value(number(program, 'Training cost'), 60000)
    program.xdotool('key', 'Escape')
    program.says(r'GPT-4o mini, fine-tuned pays from [\d.,k]+ requests/day on')
    press(program, '^Show numbers')
    program.says('GPT-4o mini, fine-tuned')
    press(program, '^Show chart')
    program.activate('win.undo')
    program.activate('win.undo')
    program.says('No Fine-Tuned Model Yet')
    show(program, 'Offers')


def story_caching_says_why_and_from_how_many_reads(program):
    show(program, 'Caching')
    program.says('Nothing of the prompt repeats, so the three lines are one')
    set_value(program.wait(name='Cacheable share, Caching', role='spin button'), 0.6)
    program.says(r'60 % of the prompt repeats')
    program.says(r'a write has paid for itself after [\d.]+ reads')
    program.says(r'Requests come so fast that five minutes find nearly everything')
    set_value(program.wait(name='Distinct prefixes, Caching', role='spin button'), 1e6)
    program.says(r'0\.\d+ % after an hour|\d+(\.\d+)? % after an hour')
    show(program, 'Offers')


def unfold(program):
    """Opens every "More" of the inputs."""
    for node in list(program.nodes()):
        if node.get_name() == 'More' and desktop.role_of(node) == 'push button' \
                and not node.get_state_set().contains(desktop.Atspi.StateType.EXPANDED):
            program.click(node)


def story_a_conversation_resends_its_history_and_reasons(program):
    unfold(program)
    for name, value in (('Turns, Chat', 6), ('Reasoning tokens, Chat', 500), ('Spread of output, Chat', 0.5)):
        spin = program.wait(name=name, role='spin button', showing=False)
        if name.startswith('Spread'):
            set_value(spin, value)
            continue  # without tiers and a timeout a spread costs nothing
        changes(program, lambda s=spin, v=value: set_value(s, v), name + ' counts')


def story_provisioned_units_are_a_plan_beside_the_others(program):
    press(program, '^Add Provisioned Units…')
    entry = program.wait(name='Search model, region or term', role='entry')
    program.type_into(entry, 'claude-v2 us-east-1 6 months', submit=True)
    program.says(r'What a unit carries is not known')
    set_value(number(program, 'Tokens per minute of a unit, anthropic.claude-v2:1'), 500000)
    until(lambda: 'What a unit carries is not known' not in program.texts(), 'it is known now')
    set_value(number(program, 'Units, anthropic.claude-v2:1'), 2)
    term = number(program, 'Term, anthropic.claude-v2:1')
    if desktop.value_of(term) != 6:
        raise Failure(f'the term is {desktop.value_of(term)}')
    program.activate('win.page', 'costs')
    until(lambda: program.find(pattern='Provisioned', role='label') or 'Provisioned' in program.texts(),
          'the plan is among the others')
    program.activate('win.page', 'breakdown')
    program.says('Provisioned')


def story_offers_are_searched_by_words_and_comparisons(program):
    for text, least, most in (('context>=1M out<1', 1, 20), ('anthropic', 3, 40), ('in<0.1', 2, 20),
                              ('date>=2099', 0, 0), ('haiku, nova', 3, 20)):
        search(program, text)
        until(lambda: least <= len(offers_shown(program)) <= most,
              f'{text!r} finds {least} to {most} offers, not {len(offers_shown(program))}')
    program.type_into(program.wait(pattern='^Search offers', role='entry'), '')
