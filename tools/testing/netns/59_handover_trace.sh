#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl handover trace tells of a handover what passed where and when, as it was.

. "$(dirname "$0")/../pdcp.sh"

instances=/sys/kernel/tracing/instances
ours() { compgen -G "$instances/pdcpctl-*" >/dev/null; }
not_ours() { ! ours; }

# trace_start ARGUMENT...: in the UE's namespace; what it prints goes to $ktap_dir/timeline.
trace_start() {
	pdcpctl -n "ue-$$" "${@:1:1}" handover trace "${@:2}" >"$ktap_dir/timeline" 2>"$ktap_dir/said" &
	tracer=$!
	wait_until 10 eval 'grep -qx 1 $instances/pdcpctl-$tracer/events/pdcp/enable'
}

# told JQ: the expression is true of the timeline.
told() { jq -e "$1" "$ktap_dir/timeline" >/dev/null || { cat "$ktap_dir/timeline"; return 1; }; }

# moment EVENT [LEG DIRECTION]: its place in the timeline, from 0.
moment() {
	jq ".timeline | map([.event, .leg, .direction] | map(select(.)) | join(\" \")) | index(\"$*\")" \
		"$ktap_dir/timeline"
}

# in_order MOMENT...: each is there, and they are in this order.
in_order() {
	local last=-1 place
	for moment; do
		# shellcheck disable=SC2086
		place=$(moment $moment)
		[ "$place" != null ] && [ "$place" -gt $last ] ||
			{ echo "$moment is at $place, after $last"; cat "$ktap_dir/timeline"; return 1; }
		last=$place
	done
}

net_up
gnb2_up
grep -q ' /sys/kernel/tracing ' /proc/mounts || mount -t tracefs tracefs /sys/kernel/tracing
connect
refuse "without the privilege" "needs CAP_SYS_ADMIN" on ue \
	setpriv --bounding-set -sys_admin --inh-caps -sys_admin pdcpctl handover trace

check "a trace begins" trace_start -j ue 1 count 1
check "3 pings pass before the handover" pings ue -c 3 -i 0.2 $server4
gnb2_prepare 1 2 2
ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$(key_file 1)"
check "the handover starts" daps_start 1
check "4 pings pass on the source" pings ue -c 4 -i 0.2 $server4
path_to pdcp1
transfer_downlink 1
transfer_downlink 2
check "downlink comes from the target" pings gnb -c 2 -i 0.2 $ue4
check "it switches" ctl ue daps switch ue 1
check "the uplink follows" eval "transfer_uplink 1 && transfer_uplink 2"
check "5 pings pass on the target" pings ue -c 5 -i 0.2 $server4
not_yet() { [ ! -s "$ktap_dir/timeline" ]; }
check "nothing is told before the end" not_yet
check "it is released" ctl ue daps release ue 1
wait $tracer
check "the trace ends with it" [ $? = 0 ]
check "its instance is gone" not_ours
check "it tells of a release" told '.dev == "pdcp0" and .ue == 1 and .end == "release" and .ms > 0'
check "what passed is in order" in_order start "first source tx" switch "first target tx" release
check "downlink came from the target before the switch" in_order "first target rx" switch
check "the source brought its last PDU before the release" in_order "last source rx" release
check "each time is after the one before" told '[.timeline[].ms] | . == sort and .[0] == 0'
check "the first PDUs of the source are the fourth ping's" told '.timeline | all(.[];
	.event != "first" or .leg != "source" or (.bearer == "drb1" and .count == 3))'
check "the last one up answers what the target brought" told '.timeline | any(.[];
	.event == "last" and .direction == "tx" and .bearer == "drb1" and .count == 8)'
check "the status report is the first on the target" told '.timeline | any(.[];
	.event == "first" and .leg == "target" and .direction == "tx" and .control)'
check "PDUs are counted for each leg" told '.pdus.source == {"tx": 6, "rx": 4}'
check "those of the target too" told '.pdus.target.rx == 7'
check "nothing was dropped, nor lost by the trace" told '.drop == {} and (has("lost-events") | not)'

disconnect
connect
path_to pdcp0
check "another one begins" trace_start -t count 2
ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$(key_file 2)"
daps_start 1
ctl ue daps source-failed ue 1
! on ue ping -q -c 1 -W 0.1 $server4 >/dev/null
udp_from_gnb() {
	# shellcheck disable=SC2059
	printf "$(octets "$1")" >"$ktap_dir/datagram"
	on gnb bash -c "cat '$ktap_dir/datagram' >/dev/udp/192.0.2.1/2152"
}
udp_from_gnb "$(gpdu 30 ff 00002041 8000000102030405)"
wait_until 5 is 1 ue '.drop."rx-paused"' bearer show ue 1 drb 1
ctl ue daps abort ue 1
wait_until 10 grep -q drop "$ktap_dir/timeline"
check "a handover that fails is told as text" grep -qx 'ue 1 dev pdcp0 end abort after [0-9.]* ms' \
	"$ktap_dir/timeline"
check "with its steps" eval 'grep -oE "(start|source-failed|abort)\$" "$ktap_dir/timeline" | xargs |
	grep -qx "start source-failed abort"'
check "and its drops" grep -qx '    drop rx-paused 1' "$ktap_dir/timeline"
kill -INT $tracer
wait $tracer
check "an interrupt ends it well" [ $? = 0 ]
check "and leaves nothing" not_ours
finish
