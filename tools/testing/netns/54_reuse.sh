#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# make demo-reuse: each statement of the demonstration is a check.

. "$(dirname "$0")/../pdcp.sh"

answers() { bash "$(dirname "$0")/../../demo/reuse.sh" >"$ktap_dir/answers" 2>&1; }

at_exit eval 'modprobe -r pdcp; modprobe pdcp dyndbg=+p'
answers
status=$?
while IFS= read -r line; do
	case $line in
	"  holds "*) pass "${line#  holds   }" ;;
	"  FAILED "*) fail "${line#  FAILED  }" "$ktap_dir/answers" ;;
	esac
done <"$ktap_dir/answers"
check "every statement held" [ $status = 0 ]
check "and all were made" grep -q '^\([0-9]*\) of \1 statements held' "$ktap_dir/answers"
finish
