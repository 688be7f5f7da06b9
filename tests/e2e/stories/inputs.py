# SPDX-License-Identifier: GPL-3.0-or-later
"""Inputs: slider, entry, workloads and routes, undo."""
import desktop
from desktop import VOLUME, Failure, Program, headline, set_value, until, value_of


def story_opens_on_the_worked_example():
    with Program() as program:
        program.says(r'Support assistant')
        program.says(r'\$\d')
        slider = program.wait(pattern=VOLUME, role='slider')
        spin = program.wait(pattern=VOLUME, role='spin button')
        if abs(value_of(spin) - 500000) > 1:
            raise Failure(f'the example has 500,000 requests a day, found {value_of(spin)}')
        if not slider.get_state_set().contains(desktop.Atspi.StateType.FOCUSABLE):
            raise Failure('the slider takes no focus')


def story_slider_moves_the_headline_and_undo_takes_it_back(program):
    program.says(r'\$\d')
    before = headline(program)
    slider = program.wait(pattern=VOLUME, role='slider')
    value = slider.get_value_iface()
    spin = program.wait(pattern=VOLUME, role='spin button')
    set_value(slider, (value.get_minimum_value() + value.get_maximum_value()) / 3)
    until(lambda: abs(value_of(spin) - 500000) > 1000, 'the entry follows the slider')
    until(lambda: headline(program) != before, 'the headline follows the slider')
    program.activate('win.undo')
    until(lambda: abs(value_of(spin) - 500000) < 1, 'undo takes it back')
    until(lambda: headline(program) == before, 'the headline comes back')
    program.activate('win.redo')
    until(lambda: abs(value_of(spin) - 500000) > 1000, 'redo moves again')


def story_entry_takes_a_typed_number(program):
    spin = program.wait(pattern=VOLUME, role='spin button')
    set_value(spin, 250000)
    until(lambda: abs(value_of(program.wait(pattern=VOLUME, role='spin button')) - 250000) < 1,
          'the entry keeps the number')


def story_entry_takes_what_people_type():
    with Program() as program:
        spin = program.wait(pattern=VOLUME, role='spin button')
        for text, value in (('8k', 8000), ('1.5M', 1500000), ('250 000', 250000)):
            program.type_into(spin, text, submit=True)
            until(lambda: abs(value_of(spin) - value) < 1, f'{text} is {value}')
        program.type_into(spin, 'many', submit=True)
        until(lambda: abs(value_of(spin) - 250000) < 1, 'nonsense changes nothing')


def story_adds_and_removes_a_workload(program):
    program.click(program.wait(name='Add Workload', role='push button'))
    remove = program.wait(pattern='^Remove New workload', role='push button')
    program.wait(pattern='^Requests per day, New workload', role='spin button')
    program.click(remove)
    until(lambda: not program.find(pattern='^Remove New workload', role='push button'),
          'the workload is gone')
    program.activate('win.undo')
    program.wait(pattern='^Remove New workload', role='push button')


def story_removes_a_route_and_the_rest_takes_its_share(program):
    before = headline(program)
    program.click(program.wait(pattern='^Remove GPT-4o mini', role='push button'))
    until(lambda: not program.find(pattern='^Remove GPT-4o mini', role='push button'),
          'the route is gone')
    spin = program.wait(pattern='^Share, GPT-4o$', role='spin button')
    until(lambda: value_of(spin) in (1, 100), 'the other route takes all')
    until(lambda: headline(program) != before, 'the headline follows')
