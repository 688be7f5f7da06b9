# SPDX-License-Identifier: GPL-3.0-or-later
"""The Serving page."""
import time

import desktop
from desktop import headline, until


def story_compares_gpus_and_takes_the_cheapest(program):
    before = headline(program)[0]
    program.activate('win.page', 'serving')
    program.says(r'A replica makes .* tokens/s')
    boxes = [n for n in program.nodes() if desktop.role_of(n) == 'combo box'
             and n.get_name() == 'What is shown'
             and n.get_state_set().contains(desktop.Atspi.StateType.VISIBLE)]
    x, y = program.middle(boxes[-1])
    for _ in range(2):
        program.xdotool('mousemove', '--window', 'WINDOW', x, y, 'click', 1)
        time.sleep(0.5)
        program.xdotool('key', 'Down', 'key', 'Return')
        time.sleep(0.5)
    program.says(r'ways to run this model fit')
    program.click(program.wait(pattern='^Use the Cheapest', role='push button'))
    until(lambda: headline(program)[0] != before, 'the headline follows')
    program.activate('win.undo')
    until(lambda: headline(program)[0] == before, 'one step takes it back')
