#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The switch and the release of a DAPS handover over 32 bearers, in which each allocation fails in
# its turn.  Neither needs one, so that both are carried out; both ends go on together, and packets
# pass after each step.

. "$(dirname "$0")/../faults.sh"

each_passes() {
	local drb
	for drb in {1..30}; do
		pings ue -c 1 -m "$drb" $server4 && pings gnb -c 1 -m "$drb" $ue4 || return
	done
}

# Each handover has new keys, under the identity that is free, and legs that are not in use.
prepare() {
	local name keys
	generation=$((generation + 1))
	keys=$(key_file $generation)
	for name in gnb ue; do
		ctl $name security add ue 1 set $((generation % 2)) nea $((1 + generation % 3)) \
			nia $((1 + generation % 3)) keys "$keys" || return
	done
	start_at gnb && start_at ue
}

# start_at NAME
start_at() {
	local -n moves=$1_moves$((generation % 2))
	ctl "$1" daps start ue 1 set $((generation % 2)) "${moves[@]}"
}

# step NAME: of the UE, with a fault as long as there is one to be tried, and then of the gNB.
step() {
	if [ "${next[$1]}" != 0 ]; then
		fault_next=${next[$1]}
		fault_from "$1" pdcpctl -n ue-$$ daps "$1" dev pdcp0 ue 1 || return
		next[$1]=$fault_next
	else
		ctl ue daps "$1" ue 1 || return
	fi
	ctl gnb daps "$1" ue 1
}

handover() {
	prepare && step switch && is switched ue .state daps show ue 1 && passes &&
		step release && is none ue .state daps show ue 1 && passes
}

handovers() {
	while [ "${next[switch]} ${next[release]}" != "0 0" ]; do
		handover || { echo "handover $generation"; return 1; }
	done
}

net_up
monitor_start ue
ue_add 1 $ue4
set_add 1 0 2 2
check "32 bearers" bearers_add 0
for n in 0 1; do
	targets ue $((n + 1))
	eval "ue_moves$n=(\"\${targets[@]}\")"
	targets gnb $((n + 1))
	eval "gnb_moves$n=(\"\${targets[@]}\")"
done
check "faults can be injected" fault_setup
generation=0
declare -A next=([switch]=1 [release]=1)
check "packets pass whatever fails in a switch or a release" handovers
fault_summary switch release
check "packets pass on each bearer" each_passes
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg device
finish
