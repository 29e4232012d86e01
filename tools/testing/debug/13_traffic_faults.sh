#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Traffic both ways while one of ten allocations fails that the module itself makes for packets:
# what is lost is counted, and afterwards nothing is.

. "$(dirname "$0")/../faults.sh"

# symbol_range ERE: first address of the symbols that match, and the end of the last one.
symbol_range() {
	sort /proc/kallsyms | awk -v name="$1" '
		last { end = $1; last = 0 }
		$3 " " $4 ~ name { begin = begin ? begin : $1; last = 1 }
		END { print "0x" begin, "0x" end }'
}

# faults_on: with some function of the module among the nearest callers, and not in the IP stack,
# to which it hands packets and which counts by itself.
faults_on() {
	local kind module stack
	read -ra module < <(awk '$1 == "pdcp" { printf "%s 0x%x\n", $6, $6 + $2 }' /proc/modules)
	read -ra stack < <(symbol_range '^udp_tunnel_xmit_skb ')
	for kind in failslab fail_page_alloc; do
		echo "${module[0]}" >$fault_debugfs/$kind/require-start
		echo "${module[1]}" >$fault_debugfs/$kind/require-end
		echo "${stack[0]}" >$fault_debugfs/$kind/reject-start
		echo "${stack[1]}" >$fault_debugfs/$kind/reject-end
		echo 10 >$fault_debugfs/$kind/stacktrace-depth
		echo Y >$fault_debugfs/$kind/ignore-gfp-wait
		echo 0 >$fault_debugfs/$kind/verbose
		echo N >$fault_debugfs/$kind/task-filter
		echo -1 >$fault_debugfs/$kind/times
		echo 10 >$fault_debugfs/$kind/probability
	done
}

faults_off() {
	echo 0 >$fault_debugfs/failslab/probability
	echo 0 >$fault_debugfs/fail_page_alloc/probability
}

# load: UDP on DRB 1, which is the default one; pings on DRB 2.
load() {
	on gnb iperf3 -s -1 -D -I "$ktap_dir/iperf3.pid" >/dev/null &&
		wait_until 20 eval "ip netns exec gnb-$$ ss -Hltn | grep -q :5201" || return
	on ue ping -q -i 0.01 -m 2 $server4 >/dev/null &
	pings=($!)
	on gnb ping -q -i 0.01 -m 2 -s 3000 $ue4 >/dev/null &
	pings+=($!)
	on ue iperf3 -c $server4 --bidir -u -b 2M -l 1300 -t 10 --connect-timeout 60000 >/dev/null
	kill -INT "${pings[@]}"
	wait "${pings[@]}"
}

counters() { ctl "$1" -j bearer show dev pdcp0 ue 1 drb "$2"; }

# quiet: nothing is on its way any more, by the numbers.
quiet() {
	local now
	now=$(counters ue 1; counters ue 2; counters gnb 1; counters gnb 2)
	[ "$now" = "${before_quiet-}" ] || { before_quiet=$now; return 1; }
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
check "it has come to its end" wait_until 20 quiet
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
		'.[] | "# \($name): \(.type // "") \(.drb // .srb): sent \(."tx-next"), delivered \(."rx-sdus"), \(.drop // {})"'
done
streams_start
check "afterwards nothing is lost" streams_whole
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg device
finish
