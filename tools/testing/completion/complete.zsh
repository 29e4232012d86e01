# SPDX-License-Identifier: GPL-2.0
#
# complete.zsh FILE WORD...: what zsh would complete the last WORD to; "/" for files.

file=$1
shift
words=("$@")
CURRENT=$#
compadd() { print -l -- ${(M)@:#${words[CURRENT]}*} | sed '/^--$/d'; }
_files() { print /; }
_pdcpctl() { . $file; }
_pdcpctl
