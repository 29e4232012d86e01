# SPDX-License-Identifier: GPL-2.0
#
# Reads the output of all tests, prints one flat KTAP list and, as last line,
# "N passed, N failed[, N skipped]".  Exit status 0 if nothing failed and
# something passed.  Failures are named again before it, each with the last lines
# that were said before it and the first ones after it.
#
# The input is a sequence of blocks
#	=====BEGIN GROUP/NAME
#	one KTAP document, possibly nested, as KUnit and ktap.sh print it
#	=====END GROUP/NAME EXIT-STATUS
# and of lines "=====EXPECT GROUP/NAME", each before its block.  What was expected
# and did not come, or did not end, failed.  After a line "=====AGAIN" a block that
# did not end begins anew.

BEGIN {
	print "KTAP version 1"
	SAID_MAX = 12
}

# What is said between two results belongs to both.
function note(line)
{
	said[++saids] = line
	if (failing && saids <= SAID_MAX)
		why[failing] = why[failing] "#\t" line "\n"
}

function explain(failure,    i)
{
	for (i = saids > SAID_MAX ? saids - SAID_MAX + 1 : 1; i <= saids; i++)
		why[failure] = why[failure] "#\t" said[i] "\n"
}

function emit(ok, name, skip_reason)
{
	total++
	failing = 0
	if (!ok) {
		failures[failing = ++failed] = name
		explain(failed)
	} else if (skip_reason != "") {
		skipped++
	} else {
		passed++
	}
	saids = 0
	print (ok ? "ok " : "not ok ") total " " name (skip_reason != "" ? " # SKIP " skip_reason : "")
	fflush()
}

function broken(why)
{
	emit(0, block ": " why)
	block_failed++
}

function reset(depth)
{
	plan[depth] = -1
	count[depth] = bad[depth] = 0
	title[depth] = ""
}

# The names of the subtests that enclose DEPTH; the outermost is the block's own.
function path(depth,    i, s)
{
	s = block
	for (i = 2; i <= depth; i++)
		s = s "." title[i]
	return s
}

function check_plan(depth)
{
	if (plan[depth] >= 0 && plan[depth] != count[depth])
		broken("planned " plan[depth] " results, got " count[depth])
}

function result(depth, ok, number, name,    skip_reason, parent)
{
	skip_reason = ""
	if (match(name, / # SKIP/)) {
		skip_reason = substr(name, RSTART + 8) ? substr(name, RSTART + 8) : "no reason"
		name = substr(name, 1, RSTART - 1)
	}
	count[depth]++
	if (number != count[depth])
		broken("result " number " came in place " count[depth])
	parent = count[depth + 1] > 0
	if (parent) {
		check_plan(depth + 1)
		if (!ok && !bad[depth + 1])
			broken(name " failed, none of its parts did")
	} else {
		emit(ok, path(depth) ": " name, skip_reason)
		block_results++
		block_failed += !ok
	}
	if (!ok || bad[depth + 1])
		bad[depth]++
	reset(depth + 1)
}

function begin(name,    i)
{
	if (block != "")
		broken("did not end")
	block = name
	block_results = block_failed = 0
	for (i = 0; i < 10; i++)
		reset(i)
}

function end(name, status)
{
	if (name != block) {
		broken("ended as " name)
	} else if (status == 4 && !block_results) {
		emit(1, block, skip_all != "" ? skip_all : "no reason")
	} else {
		if (count[1])
			broken("cut off")
		if (plan[0] < 0)
			broken(status == 124 || status == 137 ? "took too long" : "no plan, cut off?")
		check_plan(0)
		if (!block_results && !block_failed)
			broken("no result")
		if (status && !block_failed)
			broken("exit status " status)
	}
	delete expected[name]
	block = skip_all = ""
}

{ sub(/\r$/, "") }
/^=====EXPECT / { expected[$2] = ++order; names[order] = $2; next }
/^=====BEGIN / { begin($2); next }
/^=====END / { end($2, $3 + 0); next }
/^=====AGAIN/ { print "# again: " block; block = ""; next }

{
	match($0, /^ */)
	depth = RLENGTH / 4
	line = substr($0, RLENGTH + 1)
}
block != "" && line ~ /^(not )?ok [0-9]+( |$)/ {
	ok = line !~ /^not/
	sub(/^(not )?ok /, "", line)
	number = line + 0
	sub(/^[0-9]+ ?(- )?/, "", line)
	result(depth, ok, number, line)
	next
}
block != "" && line ~ /^1\.\.[0-9]+/ {
	plan[depth] = substr(line, 4) + 0
	if (match(line, /# SKIP /))
		skip_all = substr(line, RSTART + 7)
	next
}
block != "" && line ~ /^# Subtest: / { title[depth] = substr(line, 12); next }
line ~ /^K?TAP version/ || line ~ /^# module: / || line ~ /pass:[0-9]+ fail:[0-9]+ skip:[0-9]+ total:/ { next }
line != "" {
	sub(/^# ?/, "", line)
	note(line)
	print "# " line
	fflush()
}

END {
	if (block != "")
		broken("did not end")
	delete expected[block]
	block = ""
	for (i = 1; i <= order; i++)
		if (names[i] in expected)
			emit(0, names[i] ": did not run")
	print "1.." total + 0
	for (i = 1; i <= failed; i++)
		printf "# failed: %s\n%s", failures[i], why[i]
	printf "%d passed, %d failed", passed, failed
	if (skipped)
		printf ", %d skipped", skipped
	print ""
	exit failed || !passed
}
