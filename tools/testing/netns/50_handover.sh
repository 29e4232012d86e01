#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# DAPS handovers under traffic, and what they do with bearers that are not DAPS.

. "$(dirname "$0")/../pdcp.sh"

# state STATE SET...: of the handover, and the sets that are live at the UE.
state() {
	is "$1" ue .state daps show ue 1 &&
		[ "$(ctl ue -j security show ue 1 | jq -r '[.[].set] | sort | join(" ")')" = "${*:2}" ]
}

# What of the UE's bearers must be as before after a handover that came to nothing.
bearers() { ctl ue -j bearer show ue 1 | jq -S .; }

success() {
	streams_start && gnb2_prepare 1 1 1 && set_add_ue 1 1 1 &&
		daps_start 1 t304 60000 && state prepared "0 1" &&
		path_to pdcp1 && drained &&
		transfer_downlink 1 && transfer_downlink 2 &&
		ctl ue daps switch ue 1 && state switched "0 1" &&
		transfer_uplink 1 && transfer_uplink 2 &&
		ctl ue daps release ue 1 && state none 1 &&
		streams_whole
}

# set_add_ue SET NEA NIA: at the UE alone.
set_add_ue() {
	ctl ue security add ue 1 set "$1" nea "$2" nia "$3" keys "$(key_file "$1")"
}

# Whatever the server sent to the first gNB's device has been numbered there: this process
# has run on each CPU since.
drained() {
	local cpu
	for cpu in /sys/devices/system/cpu/cpu[0-9]*; do
		taskset -c "${cpu##*cpu}" true
	done
}

one_leg() {
	ctl ue -j bearer show ue 1 | jq -e 'length == 3 and all(.[];
		(.legs | length) == 1 and .legs[0].role == "source" and .legs[0].set == 1 and .legs[0].active)'
}

events_of_success() {
	[ "$(events ue 'select(.event == "handover-ntf") | "\(.end) \(.state)"' | xargs)" = \
		"start prepared switch switched release none" ]
}

srb_both_ways() {
	ctl ue sdu send ue 1 srb 1 "aa$1" && ctl gnb sdu send dev "$2" ue 1 srb 1 "bb$1" &&
		wait_until 5 grep -q "aa$1" "$ktap_dir/gnb.events" &&
		wait_until 5 grep -q "bb$1" "$ktap_dir/ue.events"
}

fallback() {
	streams_start && set_add_ue 1 1 1 &&
		daps_start 1 && state prepared "0 1" &&
		ctl ue daps fallback ue 1 && state none 0 &&
		streams_whole
}

# Without traffic nothing at all may differ afterwards.
untouched() {
	local before
	before=$(bearers)
	set_add_ue 1 3 3 && daps_start 1 && ctl ue daps fallback ue 1 &&
		diff <(echo "$before") <(bearers)
}

guard() {
	streams_start && set_add_ue 1 1 1 &&
		daps_start 1 t304 100 &&
		wait_until 10 state none 0 &&
		[ "$(events ue 'select(.event == "handover-ntf") | .end' | tail -n 1)" = guard ] &&
		streams_whole
}

# The same set at both: the target SRB goes on where the source one was, and back.
same_keys() {
	ctl ue sdu send ue 1 srb 1 c0 && ctl ue sdu send ue 1 srb 1 c1 &&
		daps_start 0 && state prepared 0 &&
		is 2 ue '."tx-next"' status get ue 1 srb 1 role target &&
		ctl ue sdu send ue 1 srb 1 c2 &&
		ctl ue daps fallback ue 1 && state none 0 &&
		is 3 ue '."tx-next"' status get ue 1 srb 1
}

same_keys_released() {
	gnb2_prepare 0 2 2 && streams_start &&
		daps_start 0 && path_to pdcp1 && drained &&
		transfer_downlink 1 && transfer_downlink 2 &&
		ctl ue daps switch ue 1 && state switched 0 &&
		transfer_uplink 1 && transfer_uplink 2 &&
		ctl ue daps release ue 1 && state none 0 &&
		streams_whole
}

# DRB 1 is re-established at the switch instead: paused until then, COUNT goes on (AM).  DRB 2
# goes on sending; the replies, which take the default bearer, are dropped.
reestablished() {
	local count
	gnb2_prepare 1 1 1 && set_add_ue 1 1 1 || return
	count=$(value ue '."tx-next"' bearer show ue 1 drb 1)
	# shellcheck disable=SC2046
	ctl ue daps start ue 1 set 1 drb 1 action reestablish $(gtpu2 ue "drb 1") \
		drb 2 $(gtpu2 ue "drb 2") srb 1 $(gtpu2 ue "srb 1") &&
		is handover ue '.paused | if type == "array" then .[0] else . end' bearer show ue 1 drb 1 &&
		{ ! on ue ping -q -c 3 -i 0.01 -W 1 -m 1 $server4; } &&
		is 3 ue .queued bearer show ue 1 drb 1 &&
		is "$count" ue '."tx-next"' bearer show ue 1 drb 1 &&
		{ ! on ue ping -q -c 3 -i 0.01 -W 1 -m 2 $server4; } &&
		is 3 gnb '."rx-sdus"' bearer show dev pdcp0 ue 1 drb 2 &&
		path_to pdcp1 && transfer_downlink 1 && transfer_downlink 2 &&
		ctl ue daps switch ue 1 && transfer_uplink_of_reestablished "$count" && transfer_uplink 2 &&
		ctl ue daps release ue 1 &&
		wait_until 5 is $((count + 3)) gnb '."rx-deliv"' bearer show dev pdcp1 ue 1 drb 1 &&
		pings ue -c 3 -i 0.2 -m 1 $server4 && pings gnb -c 3 -i 0.2 -m 1 $ue4
}

transfer_uplink_of_reestablished() {
	ctl gnb status get dev pdcp0 ue 1 drb 1 stop &&
		ctl gnb status set dev pdcp1 ue 1 drb 1 rx-deliv "$1"
}

# Back as it was, if the target never answers: what waited meanwhile is sent on the source.
reestablish_fallback() {
	set_add_ue 1 1 1
	# shellcheck disable=SC2046
	ctl ue daps start ue 1 set 1 drb 1 action reestablish $(gtpu2 ue "drb 1") \
		drb 2 action reestablish $(gtpu2 ue "drb 2") srb 1 $(gtpu2 ue "srb 1") || return
	on ue ping -q -c 3 -i 0.01 -W 10 -m 1 $server4 &
	wait_until 5 is 3 ue .queued bearer show ue 1 drb 1 &&
		ctl ue daps fallback ue 1 &&
		wait $! && pings gnb -c 3 -i 0.2 -m 2 $ue4
}

# A conventional handover of all bearers: AM goes on with its COUNTs, UM and SRB begin anew.
conventional() {
	local status
	gnb2_prepare 1 1 1 && set_add_ue 1 1 1 || return
	pings ue -c 5 -i 0.2 -m 1 $server4 && pings ue -c 5 -i 0.2 -m 2 $server4 || return
	status=$(ctl gnb -j status get dev pdcp0 ue 1 drb 1 stop)
	ctl gnb status set dev pdcp1 ue 1 drb 1 tx-next "$(number tx-next "$status")" \
		rx-deliv "$(number rx-deliv "$status")" &&
		ctl gnb status set dev pdcp1 ue 1 drb 2 tx-next 0 rx-deliv 0 &&
		path_to pdcp1 || return
	# shellcheck disable=SC2046
	ctl ue bearer reestablish ue 1 set 1 drb 1 $(gtpu2 ue "drb 1") drb 2 $(gtpu2 ue "drb 2") \
		srb 1 $(gtpu2 ue "srb 1") &&
		is 0 ue '."tx-next"' bearer show ue 1 drb 2 &&
		is 5 ue '."tx-next"' bearer show ue 1 drb 1 &&
		refused "use" ctl ue security del ue 1 set 1 &&
		ctl ue security del ue 1 set 0 &&
		pings ue -c 5 -i 0.2 -m 1 $server4 && pings ue -c 5 -i 0.2 -m 2 $server4 &&
		pings gnb -c 5 -i 0.2 -m 1 $ue4
}

# has_all_of DRB: the UE has all that the first gNB sent on it.
has_all_of() {
	[ "$(number rx-deliv "$(ctl ue -j status get ue 1 drb "$1")")" -ge \
		"$(number tx-next "$(ctl gnb -j status get dev pdcp0 ue 1 drb "$1")")" ]
}

source_leg() { value ue '.legs[] | select(.role == "source") | ."tx-pdus"' bearer show ue 1 drb "$1"; }

queues() { [ "$(value ue .queued bearer show ue 1 drb "$1")" -gt 0 ]; }

# The source fails between start and switch: what the UE sends waits for the target.
source_fails() {
	local sent
	gnb2_prepare 1 1 1 && streams_start && set_add_ue 1 1 1 &&
		daps_start 1 t304 60000 && path_to pdcp1 && drained &&
		transfer_downlink 1 && transfer_downlink 2 &&
		wait_until 10 has_all_of 1 && wait_until 10 has_all_of 2 &&
		ctl ue daps source-failed ue 1 && state prepared "0 1" || return
	sent="$(source_leg 1) $(source_leg 2)"
	wait_until 10 queues 1 && wait_until 10 queues 2 &&
		[ "$(source_leg 1) $(source_leg 2)" = "$sent" ] &&
		ctl ue daps switch ue 1 && state switched "0 1" &&
		transfer_uplink 1 && transfer_uplink 2 &&
		ctl ue daps release ue 1 && state none 1 &&
		streams_whole
}

# Both cells fail: the guard gives up the target, and other keys bring the bearers back.
both_fail() {
	local status waiting
	pings ue -c 5 -i 0.2 -m 1 $server4 && set_add_ue 1 1 1 &&
		daps_start 1 t304 1500 && ctl ue daps source-failed ue 1 &&
		wait_until 10 state none 0 &&
		[ "$(events ue 'select(.event == "handover-ntf") | .end' | tail -n 2 | xargs)" = \
			"source-failed abort" ] || return
	on ue ping -q -c 3 -i 0.01 -W 30 -m 1 $server4 &
	waiting=$!
	wait_until 5 is 3 ue .queued bearer show ue 1 drb 1 &&
		ctl ue sdu send ue 1 srb 1 dead &&
		gnb2_prepare 2 1 1 && set_add_ue 2 1 1 || return
	status=$(ctl gnb -j status get dev pdcp0 ue 1 drb 1 stop)
	ctl gnb status set dev pdcp1 ue 1 drb 1 tx-next "$(number tx-next "$status")" \
		rx-deliv "$(number rx-deliv "$status")" &&
		ctl gnb status set dev pdcp1 ue 1 drb 2 tx-next 0 rx-deliv 0 &&
		path_to pdcp1 || return
	# shellcheck disable=SC2046
	ctl ue bearer reestablish ue 1 set 2 srb 1 $(gtpu2 ue "srb 1") &&
		srb_both_ways 04 pdcp1 && ! grep -q dead "$ktap_dir/gnb.events" &&
		is 3 ue .queued bearer show ue 1 drb 1 || return
	# shellcheck disable=SC2046
	ctl ue bearer reestablish ue 1 set 2 drb 1 $(gtpu2 ue "drb 1") drb 2 $(gtpu2 ue "drb 2") &&
		ctl ue security del ue 1 set 0 && wait $waiting &&
		pings gnb -c 5 -i 0.2 -m 1 $ue4 && pings ue -c 5 -i 0.2 -m 2 $server4
}

next() {
	disconnect
	path_to pdcp0
	connect
}

net_up
gnb2_up
# Legs of different delay: what comes on one overtakes what came on the other.
tc -n ue-$$ qdisc add dev eth0 root netem delay 10ms
tc -n gnb-$$ qdisc add dev eth0 root netem delay 10ms
monitor_start ue
monitor_start gnb
connect
check "SRB1 carries messages" srb_both_ways 01 pdcp0
check "success loses, duplicates and reorders nothing" success
check "one leg with the target's set is left" one_leg
check "SRB1 carries messages over the target" srb_both_ways 02 pdcp1
check "each step was told by an event" events_of_success
next
check "fallback loses, duplicates and reorders nothing" fallback
check "SRB1 carries messages over the source again" srb_both_ways 03 pdcp0
check "fallback leaves every bearer as it was" untouched
check "the guard timer falls back by itself, and nothing is lost" guard
next
check "without key refresh SRB1 goes on, there and back" same_keys
next
check "without key refresh nothing is lost" same_keys_released
next
check "a DRB that is not DAPS waits and is re-established" reestablished
next
check "it goes on where it was after a fallback" reestablish_fallback
next
check "conventional handover" conventional
next
check "a source that fails before the switch costs nothing" source_fails
next
check "if both cells fail, bearers wait for other keys" both_fail
disconnect
finish
