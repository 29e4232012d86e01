# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced first by test scripts.  A script is a list of checks, each of which
# prints one KTAP line, and ends with "finish".  One that ends without it has
# failed, whatever it printed.  Exit status: 0 all passed, 1 a check failed,
# 4 the whole script was skipped.
#
#	. "$(dirname "$0")/../ktap.sh"
#	netns ue gnb
#	link ue eth0 gnb eth0
#	on ue ip addr add 10.0.0.1/24 dev eth0
#	check "the gNB answers" on ue ping -c 1 -W 1 10.0.0.2
#	finish

set -u

ktap_count=0
ktap_failed=0
ktap_finished=
ktap_dir=$(mktemp -d)
ktap_namespaces=()
ktap_cleanups=()

echo "KTAP version 1"

# ktap STATUS DESCRIPTION: prints a result; STATUS is "ok" or "not ok".
ktap() {
	echo "$1 $((++ktap_count)) $2"
	[ "$1" = ok ] || ktap_failed=$((ktap_failed + 1))
}

pass() { ktap ok "$1"; }

# fail DESCRIPTION [FILE]: FILE explains it.
fail() {
	ktap "not ok" "$1"
	[ ! -s "${2-}" ] || sed 's/^/# /' "$2"
}

skip() { ktap ok "$1 # SKIP ${2-}"; }

# skip_all REASON: nothing in this script can run here.
skip_all() {
	echo "1..0 # SKIP $1"
	ktap_finished=4
	exit 4
}

finish() {
	echo "1..$ktap_count"
	ktap_finished=$((ktap_failed > 0))
	exit $ktap_finished
}

# at_exit COMMAND...: runs it when the script ends, in reverse order.
at_exit() { ktap_cleanups=("$(printf '%q ' "$@")" ${ktap_cleanups[@]+"${ktap_cleanups[@]}"}); }

ktap_exit() {
	local status=$? cleanup name
	if [ -z "$ktap_finished" ]; then
		fail "the script ran to its end (status $status)"
		echo "1..$ktap_count"
		ktap_finished=1
	fi
	for cleanup in ${ktap_cleanups[@]+"${ktap_cleanups[@]}"}; do
		eval "$cleanup"
	done >/dev/null 2>&1
	for name in ${ktap_namespaces[@]+"${ktap_namespaces[@]}"}; do
		ip netns pids "$name-$$" 2>/dev/null | xargs -r kill -KILL
		ip netns del "$name-$$"
	done 2>/dev/null
	rm -rf "$ktap_dir"
	exit "$ktap_finished"
}
trap ktap_exit EXIT
trap 'exit 130' INT TERM

# check DESCRIPTION COMMAND...: passes if COMMAND succeeds.
check() {
	local description=$1
	shift
	if "$@" >"$ktap_dir/output" 2>&1; then
		pass "$description"
	else
		echo "status $?: $*" >>"$ktap_dir/output"
		fail "$description" "$ktap_dir/output"
	fi
}

# refuse DESCRIPTION PATTERN COMMAND...: passes if COMMAND fails in the ordinary
# way, neither by a signal nor because it was not found, and says PATTERN (ERE).
refuse() {
	local description=$1 pattern=$2 status=0
	shift 2
	"$@" >"$ktap_dir/output" 2>&1 || status=$?
	if [ $status -ne 0 ] && [ $status -lt 125 ] && grep -qE -- "$pattern" "$ktap_dir/output"; then
		pass "$description"
	else
		echo "status $status, want a refusal that says '$pattern': $*" >>"$ktap_dir/output"
		fail "$description" "$ktap_dir/output"
	fi
}

# expect DESCRIPTION WANT COMMAND...: passes if COMMAND succeeds and prints WANT.
expect() {
	local description=$1 want=$2 got status=0
	shift 2
	got=$("$@" 2>"$ktap_dir/output") || status=$?
	if [ $status -eq 0 ] && [ "$got" = "$want" ]; then
		pass "$description"
	else
		printf 'status %s: %s\nwant %s\ngot  %s\n' "$status" "$*" "$want" "$got" >>"$ktap_dir/output"
		fail "$description" "$ktap_dir/output"
	fi
}

# On the kernels that watch everything takes its time.
ktap_patience=1
[ ! -e /sys/kernel/debug/kmemleak ] && [ ! -e /sys/kernel/debug/kcsan ] || ktap_patience=6

# wait_until SECONDS COMMAND...: polls; true as soon as COMMAND is.
wait_until() {
	local end=$((${EPOCHREALTIME/[.,]/} + $1 * ktap_patience * 1000000))
	shift
	until "$@" >/dev/null 2>&1; do
		[ "${EPOCHREALTIME/[.,]/}" -lt "$end" ] || return 1
		sleep 0.02
	done
}

# prints WANT COMMAND...: true if COMMAND prints WANT; for wait_until.
prints() { [ "$("${@:2}" 2>/dev/null)" = "$1" ]; }

# expect_soon DESCRIPTION WANT COMMAND...: as expect, within 10 seconds.
expect_soon() {
	wait_until 10 prints "${@:2}" || true
	expect "$@"
}

# expect_growth DESCRIPTION N READ COMMAND...: COMMAND succeeds and the number
# that the function or program READ prints has then grown by N, within 10 seconds.
expect_growth() {
	local description=$1 growth=$2 read=$3 before
	shift 3
	before=$($read) || before=
	if ! [[ $before =~ ^[0-9]+$ ]]; then
		echo "$read does not print a number" >"$ktap_dir/output"
		fail "$description" "$ktap_dir/output"
	elif ! "$@" >"$ktap_dir/output" 2>&1; then
		echo "failed: $*" >>"$ktap_dir/output"
		fail "$description" "$ktap_dir/output"
	else
		expect_soon "$description" $((before + growth)) $read
	fi
}

# netns NAME...: makes namespaces NAME-PID, deleted when the script ends.
netns() {
	local name
	for name; do
		ip netns add "$name-$$" || exit
		ktap_namespaces+=("$name")
		ip -n "$name-$$" link set lo up
	done
}

# on NAME COMMAND...: runs COMMAND, a program, in namespace NAME.
on() {
	local name=$1
	shift
	ip netns exec "$name-$$" "$@"
}

# link NAME1 DEVICE1 NAME2 DEVICE2: a veth pair between two namespaces, up.
link() {
	ip link add "$2" netns "$1-$$" type veth peer name "$4" netns "$3-$$" || exit
	ip -n "$1-$$" link set "$2" up
	ip -n "$3-$$" link set "$4" up
	wait_until 10 ktap_running "$1" "$2" && wait_until 10 ktap_running "$3" "$4"
}

ktap_running() { ip -n "$1-$$" link show "$2" | grep -q LOWER_UP; }
