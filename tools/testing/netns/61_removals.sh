#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# 61_removals.sh [ROUNDS [SEED]]: what 60_teardown takes away in the midst of one handover goes here at
# some moment while a UE is handed over again and again, under traffic: UEs, bearers, devices,
# namespaces, the module.  Which of them, and when, is drawn by lot.

. "$(dirname "$0")/../pdcp.sh"

rounds=${1-8}
seed=${2-$(date +%s)}
RANDOM=$seed

# handovers: of UE 1 to the second gNB; most fall back, the first that does not is the last one.
# Ends with the first request that is refused, because what it is about has gone, or when it is told
# to: User Mode Linux does not survive processes that are killed while they fork.
handovers() {
	local set=0
	while [ ! -e "$ktap_dir/stop" ] && echo $set && gnb2_prepare $((++set)) 1 1 &&
		ctl ue security add ue 1 set $set nea 1 nia 1 keys "$(key_file $set)" &&
		daps_start $set t304 600000; do
		if [ $((RANDOM % 4)) = 0 ]; then
			ctl ue daps switch ue 1 && ctl ue daps release ue 1
			return
		fi
		ctl ue daps fallback ue 1 && ctl gnb ue del dev pdcp1 ue 1
	done
}

traffic_start() {
	rm -f "$ktap_dir/stop"
	net_up
	gnb2_up
	connect && floods_start 50 || return
	handovers >"$ktap_dir/handovers" 2>/dev/null &
}

# at_once COMMAND...: each with its arguments in one word, all at the same time; all succeed.
at_once() {
	local command pids=() bad=0
	for command; do
		$command &
		pids+=($!)
	done
	for command in "${pids[@]}"; do
		wait "$command" || bad=1
	done
	return $bad
}

ue() { ctl ue ue del ue 1; }
gnb() { ctl gnb ue del dev pdcp0 ue 1; }
both() { at_once "ctl ue ue del ue 1" "ctl gnb ue del dev pdcp0 ue 1"; }
bearers() { at_once "ctl ue bearer del ue 1 drb 1" "ctl gnb bearer del dev pdcp0 ue 1 drb 2"; }
ue_link() { nsip ue link del pdcp0; }
gnb_link() { nsip gnb link del pdcp0; }
gnb2_link() { nsip gnb link del pdcp1; }
links() { at_once "nsip ue link del pdcp0" "nsip gnb link del pdcp0" "nsip gnb link del pdcp1"; }
down() { at_once "nsip gnb link set pdcp0 down" "nsip ue link set pdcp0 down" && links; }
namespaces() { at_once "ip netns del gnb-$$" "ip netns del ue-$$"; }

# While a request is answered the module is in use.
module() { wait_until 10 modprobe -r pdcp && ! nsip ue link show pdcp0 && ! nsip gnb link show pdcp0; }

kinds=(ue gnb both bearers ue_link gnb_link gnb2_link links down namespaces module)

# traffic_stop KIND: a module that was removed is there again, with its messages; the next request
# can have loaded it, without.
traffic_stop() {
	touch "$ktap_dir/stop"
	kill -KILL "${floods[@]}"
	wait
	floods=()
	ip netns del ue-$$
	ip netns del gnb-$$
	if [ "$1" = module ]; then
		[ ! -e /sys/module/pdcp ] || wait_until 10 modprobe -r pdcp
		modprobe pdcp dyndbg=+p
	fi
} 2>/dev/null

for ((round = 1; round <= rounds; round++)); do
	kind=${kinds[RANDOM % ${#kinds[@]}]}
	moment=$((RANDOM % 2000 * ktap_patience))
	what="round $round: $kind after $moment ms"
	check "$what: traffic" traffic_start
	sleep "$(printf %d.%03d $((moment / 1000)) $((moment % 1000)))"
	check "$what" "$kind"
	echo "# after $(tail -n 1 "$ktap_dir/handovers") handovers"
	traffic_stop "$kind"
	check "$what: nothing is left" none_left device UE "security set" entity leg
done
echo "# $rounds rounds, seed $seed"
finish
