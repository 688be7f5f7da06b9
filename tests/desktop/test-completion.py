#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shell completion offers what the program itself knows: verbs, options, kinds, offers, inputs.
Usage: test-completion.py SOURCE BREAKEVEN-CLI"""
import os
import pathlib
import re
import shutil
import subprocess
import sys

SOURCE, CLI = pathlib.Path(sys.argv[1]), sys.argv[2]
PLAN = str(SOURCE / 'data/templates/rag.breakeven.json')
ENV = dict(os.environ, PATH=os.path.dirname(CLI) + ':' + os.environ['PATH'], LC_ALL='C.UTF-8')


def output(*words):
    return subprocess.run([CLI, *words], capture_output=True, text=True, check=True,
                          env=ENV).stdout


def bash(*words):
    """What bash offers for the last word."""
    script = f'''source "{SOURCE}/data/completion/breakeven-cli.bash"
shift 0; COMP_WORDS=(breakeven-cli "$@"); COMP_CWORD=$#
_breakeven_cli breakeven-cli; printf '%s\\n' "${{COMPREPLY[@]}}"'''
    done = subprocess.run(['bash', '--norc', '-c', script, 'bash', *words], capture_output=True,
                          text=True, check=True, env=ENV)
    return set(done.stdout.split())


def zsh(*words):
    """What zsh offers: compadd and the rest are replaced by printing what would be added."""
    script = f'''compadd() {{ local -a got; got=("${{@}}"); while [[ $got[1] == -* ]]; do
  [[ $got[1] == -S ]] && shift got; [[ $got[1] == -- ]] && {{ shift got; break }}; shift got; done
  print -l -- $got }}
_describe() {{ print -l -- ${{(P)@[-1]}} }}
_files() {{ print FILES }}
compset() {{ :; }}
words=(breakeven-cli "$@"); CURRENT=$#words; PREFIX=$words[-1]
source "{SOURCE}/data/completion/_breakeven-cli"'''
    done = subprocess.run(['zsh', '-f', '-c', script, 'zsh', *words], capture_output=True,
                          text=True, check=False, env=ENV)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def fish(*words):
    line = 'breakeven-cli ' + ' '.join(words)
    script = f'source "{SOURCE}/data/completion/breakeven-cli.fish"; complete -C "{line}"'
    done = subprocess.run(['fish', '--no-config', '-c', script], capture_output=True, text=True,
                          check=True, env=ENV)
    return {row.split('\t')[0] for row in done.stdout.splitlines()}


def wanted():
    """Words on the line, and what the program's own lists say must be offered."""
    verbs = re.findall(r'^  ([a-z]+) {2,}\S', output('--help').split(':', 2)[2], re.MULTILINE)
    assert len(verbs) >= 12 and set(verbs) == set(output('complete', 'verbs').split())
    yield [''], set(verbs)
    for verb in verbs:
        yield [verb, '--'], set(re.findall(r'(--[a-z0-9-]+)', '\n'.join(
            line[:28] for line in output(verb, '--help').splitlines() if line.startswith('  -'))))
    kinds = set(output('complete', 'kinds').split())
    assert {'costs', 'crossover', 'week'} <= kinds
    yield ['chart', 'x', '--kind', ''], kinds
    inputs = set(output('complete', 'inputs', PLAN).split())
    yield ['set', PLAN, 'workloads/'], {path for path in inputs if path.startswith('workloads/')}
    offers = set(output('complete', 'offers').split())
    catalogue = output('catalog', '--json')
    assert len(offers) > 50 and all(f'"{offer}"' in catalogue for offer in offers)
    yield ['price', 'openai/gpt-4o'], {name for name in offers if name.startswith('openai/gpt-4o')}
    yield ['throughput', '--gpu', ''], set(output('complete', 'gpus').split())


def test_shell(name, ask):
    if not shutil.which(name):
        return f'# SKIP {name} is not installed'
    for words, expected in wanted():
        found = {word.rstrip('=') for word in ask(*words)}
        missing = expected - found
        assert not missing, f'{words}: {sorted(missing)[:5]} missing of {len(expected)}'
    return ''


def test_inputs():
    inputs = output('complete', 'inputs', PLAN).split()
    assert len(inputs) > 30
    paths = bash('evaluate', PLAN, '--set', 'workloads/')
    assert paths and {path.rstrip('=') for path in paths} <= set(inputs), sorted(paths)[:3]
    path = next(name for name in inputs if name.endswith('/tokens/output'))
    output('evaluate', PLAN, '--set', f'{path}=1000')  # what is offered is taken
    return ''


def test_a_bad_list_is_said():
    done = subprocess.run([CLI, 'complete', 'nothing'], capture_output=True, text=True, check=False,
                          env=ENV)
    assert done.returncode == 2 and 'nothing' in done.stderr
    return ''


def main():
    tests = [('bash', lambda: test_shell('bash', bash)), ('zsh', lambda: test_shell('zsh', zsh)),
             ('fish', lambda: test_shell('fish', fish)), ('inputs of a file', test_inputs),
             ('a bad list is said', test_a_bad_list_is_said)]
    print(f'1..{len(tests)}')
    bad = 0
    for number, (name, test) in enumerate(tests, 1):
        try:
            print(f'ok {number} {name} {test()}'.rstrip())
        except Exception as error:  # every test reports; the next one still runs
            bad += 1
            print('# ' + f'{type(error).__name__}: {error}'.replace('\n', '\n# '))
            print(f'not ok {number} {name}')
    sys.exit(bool(bad))


main()
