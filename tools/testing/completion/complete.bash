# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# complete.bash FILE WORD...: what bash would complete the last WORD to; "/" for files.

# shellcheck disable=SC1090
. "$1"
shift
compgen() { [ "$1" = -f ] && echo / || builtin compgen "$@"; }
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_pdcpctl
printf '%s\n' "${COMPREPLY[@]}"
