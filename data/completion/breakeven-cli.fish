# SPDX-License-Identifier: GPL-3.0-or-later
# fish completion for breakeven-cli. Every list comes from the program itself when it is asked for.

function __breakeven_cli_verb
    set -l words (commandline -opc)
    test (count $words) -gt 1; and echo $words[2]
end

function __breakeven_cli_options
    set -l verb (__breakeven_cli_verb)
    test -n "$verb"; and env LC_ALL=C breakeven-cli $verb --help 2>/dev/null |
        string match -rg '^  (?:-[a-z], )?(--[a-z0-9-]+)'
end

# The inputs of the first file on the line, each with "=" behind it when asked to.
function __breakeven_cli_inputs
    for word in (commandline -opc)
        if string match -q -- '*.json' $word; and test -f $word
            breakeven-cli complete inputs $word 2>/dev/null | string replace -r '$' -- "$argv[1]"
            return
        end
    end
end

complete -c breakeven-cli -n 'test -z (__breakeven_cli_verb)' -f -a '(breakeven-cli complete verbs)'
complete -c breakeven-cli -n 'test -n (__breakeven_cli_verb)' -a '(__breakeven_cli_options)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = price' -f -a '(breakeven-cli complete offers)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = chart' -l kind -x -a '(breakeven-cli complete kinds)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = chart' -l theme -x -a 'light dark print'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = report' -l paper -x -a 'a4 letter'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = throughput' -l gpu -x -a '(breakeven-cli complete gpus)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = throughput' -l model -x -a '(breakeven-cli complete models)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = sweep' -l over -x -a '(__breakeven_cli_inputs "")'
complete -c breakeven-cli -n 'test -n (__breakeven_cli_verb)' -l set -x -a '(__breakeven_cli_inputs =)'
complete -c breakeven-cli -n 'test (__breakeven_cli_verb) = set' -a '(__breakeven_cli_inputs =)'
