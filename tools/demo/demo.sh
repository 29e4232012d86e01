#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# demo.sh RESULT.json PACKETS.tsv: three handovers with traffic running, and a table of what it
# cost.  PACKETS.tsv has the pings that were watched.  Runs as root in the guest.  Succeeds if neither DAPS run lost, duplicated or reordered
# anything.

set -Eeuo pipefail
demo=$(dirname "$(realpath "$0")")
. "$demo/topology.sh"
. "$demo/bearers.sh"
. "$demo/rrc.sh"
. "$demo/traffic.sh"
. "$demo/handover.sh"

work=/tmp/demo
result=$1 packets=$2

say() { printf 'demo: %s\n' "$*"; }

# until_true SECONDS COMMAND...: false if it has not come true by then.
until_true() {
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		[ $SECONDS -le $end ] || return 1
		sleep 0.1
	done
}

failed() {
	[ $BASHPID = $$ ] || exit 1
	say "run ${run-0}: failed: $BASH_COMMAND (${BASH_SOURCE[1]##*/}, line ${BASH_LINENO[0]})"
	for ns in ue core; do
		ip netns exec $ns ss -Htiun 2>/dev/null
	done
	dmesg | grep -i 'segfault at'
	topology_down
}

# run_handover NUMBER NAME
run_handover() {
	run=$1
	dir=$work/$1
	mkdir -p "$dir"
	topology_up
	bearers_add ue a
	bearers_add gnb-a a
	rrc_start
	step "connected to the source"
	traffic_start
	until_true 60 flowing 400 400
	rrc ue gnb-a "MeasurementReport"

	# Emulated processors are slow, and traffic keeps them busy.
	renice -n -10 $$ >/dev/null
	date +%s.%N >"$dir/began"
	"handover_$2"
	date +%s.%N >"$dir/ended"

	traffic_stop
	renice -n 10 $$ >/dev/null
	legs_note ue "$serving"
	rrc_stop
	topology_down
	"$demo/account" "$dir" "$run" "$2" >"$work/$run.json"
	"$demo/packets" "$dir" "$run" "$server" >>"$packets"
}

trap failed ERR
mkdir -p "$work"
echo "[]" >"$result"
: >"$packets"
head -c "$tcp_octets" /dev/urandom >"$work/tcp.sent"
topology_tune
run_handover 1 conventional
run_handover 2 daps
run_handover 3 fallback
trap - ERR

jq -s . "$work"/[123].json >"$result"
"$demo/table" "$result"
