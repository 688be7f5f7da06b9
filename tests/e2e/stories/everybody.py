# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every widget of every page."""
import re

from desktop import Failure


def story_no_widget_is_named_by_its_class(program):
    program.says(r'\$\d')
    bad = set()
    for page in ('costs', 'crossover', 'breakdown', 'prices', 'serving'):
        program.activate('win.page', page)
        program.wait(pattern='.')
        for node in program.nodes():
            name = node.get_name() or ''
            if name == 'GtkTooltipWindow':
                continue  # GTK's own, wherever the pointer rests
            if re.match(r'^(Gtk|Adw|Be)[A-Z]', name):
                bad.add(f'{node.get_role_name()} {name}')
    if bad:
        raise Failure('class names as names: ' + ', '.join(sorted(bad)))
