# SPDX-License-Identifier: GPL-3.0-or-later
# bash completion for breakeven-cli. Every list comes from the program itself when it is asked for.

_breakeven_cli_options() {
  LC_ALL=C "$1" "$2" --help 2>/dev/null |
    sed -nE 's/^  (-[a-z], )?(--[a-z0-9-]+)(=?).*/\2\3/p'
}

# The inputs of the first file on the line.
_breakeven_cli_inputs() {
  local word
  for word in "${words[@]:2}"; do
    [[ $word == *.json && -f $word ]] && "$1" complete inputs "$word" 2>/dev/null && return
  done
}

_breakeven_cli() {
  local cur prev words cword program=$1
  COMPREPLY=()
  if declare -F _init_completion >/dev/null; then
    _init_completion -n =: || return
  else
    words=("${COMP_WORDS[@]}") cword=$COMP_CWORD
    cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}
  fi
  if [ "$cword" -eq 1 ]; then
    COMPREPLY=($(compgen -W "$("$program" complete verbs 2>/dev/null) --help --version" -- "$cur"))
    return
  fi
  local verb=${words[1]} option=$prev list="" suffix=""
  if [[ $cur == --*=* ]]; then
    option=${cur%%=*} cur=${cur#*=}
  elif [[ $prev == "=" ]]; then
    option=${words[cword - 2]}
  fi
  case $option in
    --kind) list=$("$program" complete kinds 2>/dev/null) ;;
    --theme) list="light dark print" ;;
    --paper) list="a4 letter" ;;
    --gpu) list=$("$program" complete gpus 2>/dev/null) ;;
    --model) list=$("$program" complete models 2>/dev/null) ;;
    --engine) list="vLLM SGLang TensorRT-LLM" ;;
    --over) list=$(_breakeven_cli_inputs "$program") ;;
    --set) list=$(_breakeven_cli_inputs "$program") suffix== ;;
    -o | --output) option="" ;;
    *)
      # After its file, set takes inputs.
      option=""
      [[ $verb != set || $cur == -* ]] || list=$(_breakeven_cli_inputs "$program")
      [ -z "$list" ] || option=set suffix==
      ;;
  esac
  if [ -n "$option" ]; then
    local IFS=$'\n'
    COMPREPLY=($(compgen -W "$list" -S "$suffix" -- "$cur"))
    [ -z "$suffix" ] || compopt -o nospace 2>/dev/null
  elif [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$(_breakeven_cli_options "$program" "$verb")" -- "$cur"))
    [[ ${COMPREPLY[0]:-} != *= ]] || compopt -o nospace 2>/dev/null
  elif [ "$verb" = price ]; then
    COMPREPLY=($(compgen -W "$("$program" complete offers 2>/dev/null)" -- "$cur"))
  elif [ "$verb" != catalog ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY=($(compgen -f -- "$cur"))
  fi
}

complete -F _breakeven_cli breakeven-cli
