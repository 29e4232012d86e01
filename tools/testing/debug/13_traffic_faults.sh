#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Traffic both ways while one of ten allocations fails that the module itself makes for packets:
# what is lost is counted, and afterwards nothing is.

. "$(dirname "$0")/../faults.sh"

# faults_on: with some function of the module among the nearest callers, which is in the IP stack at
# times, where the module hands packets to it.
faults_on() {
	local kind size address
	read -r _ size _ _ _ address _ < <(grep '^pdcp ' /proc/modules)
	fault_setup || return
	for kind in failslab fail_page_alloc; do
		echo "$address" >$fault_debugfs/$kind/require-start
		printf '0x%x\n' $((address + size)) >$fault_debugfs/$kind/require-end
		echo 10 >$fault_debugfs/$kind/stacktrace-depth
		echo Y >$fault_debugfs/$kind/ignore-gfp-wait
		echo 0 >$fault_debugfs/$kind/verbose
		echo N >$fault_debugfs/$kind/task-filter
		echo -1 >$fault_debugfs/$kind/times
		echo 10 >$fault_debugfs/$kind/probability
	done
}

# faults_off: what comes after this in the same boot may fail in any function again.
faults_off() {
	local kind
	for kind in failslab fail_page_alloc; do
		echo 0 >$fault_debugfs/$kind/probability
		echo 0 >$fault_debugfs/$kind/require-start
		echo 0xffffffffffffffff >$fault_debugfs/$kind/require-end
	done
}

# load: pings on both DRBs, both ways, with fragments as well.
load() {
	local mark pids=()
	for mark in 1 2; do
		on ue ping -q -c 300 -i 0.05 -W 5 -m $mark -s 1000 $server4 >/dev/null &
		pids+=($!)
		on gnb ping -q -c 300 -i 0.05 -W 5 -m $mark -s 3000 $ue4 >/dev/null &
		pids+=($!)
	done
	wait "${pids[@]}"
}

counters() { ctl "$1" -j bearer show dev pdcp0 ue 1 drb "$2"; }

# quiet NAME...: nothing is on its way to them any more, or stored.
quiet() {
	local name
	for name; do
		ctl "$name" -j bearer show dev pdcp0 ue 1 | jq -e 'all(.[]; ."rx-next" == ."rx-deliv")' || return
	done
}

# lost_is_counted FROM TO DRB: SDUs that FROM has numbered and TO has not delivered.  TO's device
# counts those that were dropped before it was known whose they were.
lost_is_counted() {
	local from to device
	from=$(counters "$1" "$3") to=$(counters "$2" "$3") device=$(ctl "$2" -j dev show dev pdcp0)
	printf '%s\n' "$from" "$to" "$device"
	jq -en --argjson from "$from" --argjson to "$to" --argjson device "$device" '
		def drops(prefix): [.[0].drop // {} | to_entries[] |
			select(.key | startswith(prefix)) | .value] | add // 0;
		($from[0]."tx-next" - $to[0]."rx-sdus") as $lost |
		$lost >= ($to | drops("rx-")) and
		$lost <= ($from | drops("tx-nomem")) + ($to | drops("rx-")) + ($device | drops("device-nomem"))'
}

# only NAME DRB: no drops but those for want of memory, and of what then came too late.
only() {
	counters "$1" "$2" | jq -e '[.[0].drop // {} | keys[]] - ["tx-nomem", "rx-nomem", "rx-old"] == []'
}

# hit NAME REASON
hit() {
	{ counters "$1" 1; counters "$1" 2; } | jq -e -s --arg reason "$2" \
		'[.[][0].drop[$reason] // 0] | add > 0'
}

net_up
check "a UE and its gNB" connect
check "packets pass" passes
check "allocations fail" faults_on
check "traffic" load
check "they do no more" faults_off
check "it has come to its end" wait_until 20 quiet ue gnb
for drb in 1 2; do
	check "DRB $drb, uplink: what is lost is counted" lost_is_counted ue gnb $drb
	check "DRB $drb, downlink: what is lost is counted" lost_is_counted gnb ue $drb
	for name in ue gnb; do
		check "DRB $drb, $name: as want of memory" only $name $drb
	done
done
for name in ue gnb; do
	check "$name: PDUs were not sent" hit $name tx-nomem
	check "$name: PDUs were not received" hit $name rx-nomem
done
for name in ue gnb; do
	ctl $name -j bearer show dev pdcp0 ue 1 | jq -r --arg name $name \
		'.[] | "# \($name): \(.type) \(.id): sent \(."tx-next"), delivered \(."rx-sdus"), \(.drop // {})"'
done
streams_start
check "afterwards nothing is lost" streams_whole
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg device
finish
