#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# report.awk: no way to lose a result goes unnoticed.

. "$(dirname "$0")/../ktap.sh"

report=$(dirname "$0")/../report.awk
shopt -s lastpipe

# summary WANT DESCRIPTION: of the report on standard input; exit status as the
# number of failures says.
summary() {
	local got status=0
	got=$(awk -f "$report" | tail -n 1; exit "${PIPESTATUS[0]}") || status=$?
	case $1 in
	*" 0 failed"*) [ "$1" = "$got" ] && [ $status = 0 ] ;;
	*) [ "$1" = "$got" ] && [ $status = 1 ] ;;
	esac && pass "$2" && return
	echo "want $1, got $got, status $status" >"$ktap_dir/summary"
	fail "$2" "$ktap_dir/summary"
}

# block NAME STATUS LINE...
block() {
	printf '=====BEGIN %s\n' "$1"
	printf '%s\n' "${@:3}"
	printf '=====END %s %s\n' "$1" "$2"
}

block g/a 0 "KTAP version 1" "ok 1 x" "ok 2 y # SKIP no z" "1..2" |
	summary "1 passed, 0 failed, 1 skipped" "a pass and a skip"
block g/a 1 "ok 1 x" "not ok 2 y" "1..2" | awk -f "$report" | tail -n 2 | head -n 1 >"$ktap_dir/last"
check "failures are named again at the end" grep -qx "# failed: g/a: y" "$ktap_dir/last"
{ seq 90; block g/a 1 "ok 1 x" "before" "not ok 2 y" "after" "ok 3 z" "later" "1..3"; } |
	awk -f "$report" | sed -n '/^# failed/,/^[0-9]/p' >"$ktap_dir/why"
check "with what was said around them" diff - "$ktap_dir/why" <<-END
	# failed: g/a: y
	#	before
	#	after
	2 passed, 1 failed
	END
block g/a 1 "ok 1 x" "not ok 2 y" "1..2" | summary "1 passed, 1 failed" "a failure"
block g/a 0 "ok 1 x" "1..2" | summary "1 passed, 1 failed" "fewer results than planned"
block g/a 0 "ok 1 x" "ok 3 y" "1..2" | summary "2 passed, 1 failed" "a lost result"
block g/a 0 "ok 1 x" | summary "1 passed, 1 failed" "no plan"
block g/a 124 "ok 1 x" | summary "1 passed, 1 failed" "a script stopped for taking too long"
block g/a 3 "ok 1 x" "1..1" | summary "1 passed, 1 failed" "a script that fails without saying"
block g/a 0 "1..0" | summary "0 passed, 1 failed" "a script without a result"
block g/a 4 "1..0 # SKIP why" | cat - <(block g/b 0 "ok 1 x" "1..1") |
	summary "1 passed, 0 failed, 1 skipped" "a script skipped as a whole"
block g/a 4 "1..0 # SKIP why" | awk -f "$report" >/dev/null
check "nothing but skips is a failure" test "${PIPESTATUS[1]}" = 1
printf '=====BEGIN g/a\nok 1 x\n' | summary "1 passed, 1 failed" "a block without an end"
printf '=====EXPECT g/a\n=====BEGIN g/a\nok 1 x\n=====AGAIN\n' | cat - <(block g/a 0 "ok 1 x" "1..1") |
	summary "2 passed, 0 failed" "a block that begins anew"
printf '=====EXPECT g/a\n=====BEGIN g/a\nok 1 x\n=====AGAIN\n' |
	summary "1 passed, 1 failed" "and has to end"
printf '=====EXPECT g/a\n=====EXPECT g/b\n' | cat - <(block g/a 0 "ok 1 x" "1..1") |
	summary "1 passed, 1 failed" "a block that never began"
awk -f "$report" </dev/null >/dev/null
check "nothing at all is a failure" test $? = 1

nested=("KTAP version 1" "1..1" "    KTAP version 1" "    # Subtest: suite" "    1..2"
	"        KTAP version 1" "        # Subtest: many" "        ok 1 p" "        ok 2 q"
	"    # many: pass:2 fail:0 skip:0 total:2" "    ok 1 many" "    ok 2 one"
	"# suite: pass:2 fail:0 skip:0 total:2" "ok 1 suite")
block k/suite 0 "${nested[@]}" | summary "3 passed, 0 failed" "KUnit: leaves are counted"
block k/suite 0 "${nested[@]/        ok 2 q/        not ok 2 q}" |
	summary "2 passed, 1 failed" "KUnit: a failing parameter"
block k/suite 0 "${nested[@]:0:12}" | sed 's/ok 2 one//' |
	summary "2 passed, 2 failed" "KUnit: cut off in a suite"
block k/suite 0 "${nested[@]/    ok 1 many/    not ok 1 many}" |
	summary "3 passed, 1 failed" "KUnit: a case that fails as a whole"

finish
