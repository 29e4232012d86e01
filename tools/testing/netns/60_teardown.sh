#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Everything can be taken away while packets are under way, and nothing is left.

. "$(dirname "$0")/../pdcp.sh"

# A UE in the midst of a handover, with packets on both bearers, both ways.
traffic_start() {
	net_up
	gnb2_up
	connect
	gnb2_prepare 1 1 1
	ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)"
	daps_start 1 t304 600000
	[ "$1" != switched ] || ctl ue daps switch ue 1
	floods_start 200
}

traffic_stop() {
	jobs -p | xargs -r kill
	wait
	ip netns del ue-$$
	ip netns del gnb-$$
} 2>/dev/null

# torn DESCRIPTION STATE COMMAND...: COMMAND, under traffic, succeeds and leaves nothing.
torn() {
	local description=$1 state=$2
	shift 2
	check "$description: traffic" traffic_start "$state"
	check "$description" "$@"
	traffic_stop
	check "$description: nothing is left" none_left device UE "security set" entity leg
}

ues() { ctl ue ue del ue 1 && ctl gnb ue del dev pdcp0 ue 1 && ctl gnb ue del dev pdcp1 ue 1; }
links() { nsip ue link del pdcp0 && nsip gnb link del pdcp0 && nsip gnb link del pdcp1; }
down() { nsip gnb link set pdcp0 down && nsip ue link set pdcp0 down && links; }
namespaces() { ip netns del gnb-$$ && ip netns del ue-$$; }

# As WireGuard's: devices do not hold the module; they go with it.
module() { modprobe -r pdcp && ! [ -e /sys/module/pdcp ] && ! nsip ue link show pdcp0 && ! nsip gnb link show pdcp1; }

torn "UEs deleted under traffic" prepared ues
torn "devices deleted under traffic" prepared links
torn "devices set down, then deleted" switched down
torn "namespaces deleted under traffic" switched namespaces
torn "the module removed under traffic" prepared module
check "the module is inserted again" modprobe pdcp dyndbg=+p
finish
