#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What happens to bearers between their creation and their end, other than handover:
# re-establishment, suspension, data recovery, reconfiguration, discard, status reports, and
# the end of COUNT.

. "$(dirname "$0")/../lifecycle.sh"

# Nothing but a retransmission closes a gap of the AM bearer.
drb1_options="mode am sn 18 integrity on status-report on queue-limit 8192 kept-limit 2048"
drb2_options="mode um sn 12 t-reordering 100 queue-limit 8192"

srb_carries() {
	ctl ue sdu send ue 1 srb 1 "aa$1" && ctl gnb sdu send dev pdcp0 ue 1 srb 1 "bb$1" &&
		wait_until 10 grep -q "\"sdu\":\"aa$1\"" "$ktap_dir/gnb.events" &&
		wait_until 10 grep -q "\"sdu\":\"bb$1\"" "$ktap_dir/ue.events"
}

# What the peers have sent while the other end had no such leg yet is sent again.
reestablished() {
	streams_start && set_add 1 1 1 1 &&
		rekey 1 1 "drb 1" "drb 2" "srb 1" &&
		ctl gnb bearer recover ue 1 drb 1 &&
		streams_end 1
}

# COUNTs as 38.323 5.1.2 has them.
counts() {
	ctl "$1" -j bearer show ue 1 | jq -e '(map(select(.type == "drb" and .id == 1)) |
			length == 1 and (.[0] | ."tx-next" == ."tx-sdus" and .retransmitted > 0)) and
		(map(select(.type == "srb" or .id == 2)) |
			length == 2 and all(.[]; ."tx-next" < ."tx-sdus" and .retransmitted == 0)) and
		all(.[]; .legs | length == 1 and .[0].set == 1 and .[0].active)'
}

# all_of KEPT CONFIRMED: what kept_and_confirmed prints in the end.
all_of() { echo "0 $(($1 + $2))"; }

# The UE's report tells the gNB what the UE has, the one of the gNB's recovery does the reverse.
reported() {
	local ue gnb
	pings ue -c 5 -i 0.2 -m 1 $server4 && set_del 0 && set_add 1 2 3 3 || return
	ue=$(kept_and_confirmed ue)
	gnb=$(kept_and_confirmed gnb)
	[ "${ue% *}" -ge 5 ] && [ "${gnb% *}" -ge 5 ] || { echo "kept: $ue, $gnb"; return 1; }
	rekey 2 2 "drb 1" "drb 2" "srb 1" &&
		drb_soon "$(all_of $gnb)" gnb '"\(.kept) \(.confirmed)"' &&
		ctl gnb bearer recover ue 1 drb 1 &&
		drb_soon "$(all_of $ue)" ue '"\(.kept) \(.confirmed)"'
}

suspended() {
	set_del 1 && ctl ue bearer suspend ue 1 && ctl gnb bearer suspend ue 1 || return
	waiting_pings 3 1
	drb_soon 3 ue .queued && paused_at_0 ue && paused_at_0 gnb &&
		refused "another key" ctl ue bearer resume ue 1 &&
		refused "another key" ctl gnb bearer resume ue 1 drb 1 &&
		paused_at_0 ue
}

# One SDU was given to SRB1 while it was suspended, and is never sent.
discarded() {
	ctl ue sdu send ue 1 srb 1 dd01 &&
		is 1 ue .queued bearer show ue 1 srb 1 &&
		ctl ue sdu discard ue 1 srb 1 &&
		is '[0,1]' ue '[.queued, .drop."tx-purged"] | tojson' bearer show ue 1 srb 1
}

resumed() {
	set_add 1 3 2 2 && rekey 3 3 "drb 1" "drb 2" "srb 1" &&
		drb_is '[3,["suspended"]]' ue '[.queued, .paused] | tojson' &&
		ctl gnb bearer resume ue 1 && ctl ue bearer resume ue 1 &&
		wait "$waiting" &&
		drb_is 3 ue '."tx-next"' && drb_is 3 gnb '."rx-deliv"' &&
		pings ue -c 3 -i 0.2 -m 2 $server4 && pings gnb -c 3 -i 0.2 -m 1 $ue4 &&
		srb_carries 03 && ! grep dd01 "$ktap_dir/gnb.events"
}

# All requests of five pings are lost.
five_lost() {
	local next
	next=$(read_drb ue '."tx-next"')
	link_netem "$1" loss 100% || return
	waiting_pings 5 1
	drb_soon $((next + 5)) ue '."tx-next"'
}

recovered() {
	five_lost 1 && link_netem 1 && ctl ue bearer recover ue 1 drb 1 && wait "$waiting"
}

# On a link that works, while the other one is still blocked.
recovered_elsewhere() {
	five_lost 1 || return
	# shellcheck disable=SC2046
	ctl gnb bearer recover ue 1 $(legs gnb 4 "drb 1") &&
		ctl ue bearer recover ue 1 $(legs ue 4 "drb 1") && wait "$waiting" &&
		drb_is '[1,3]' ue '[(.legs | length), .legs[0].set] | tojson' && link_netem 1
}

# One is lost, so that three more wait at the gNB.  The new value counts from when it is given.
reordering_changed() {
	link_netem 0 loss 100% && { ! on ue ping -q -c 1 -W 0.1 -m 1 $server4; } && link_netem 0 || return
	waiting_pings 3 1
	drb_soon '[3,false]' gnb '[.stored, ."rx-reord" == ."rx-next"] | tojson' &&
		ctl gnb bearer set ue 1 drb 1 t-reordering infinity &&
		drb_is '[3,true]' gnb '[.stored, ."rx-reord" == ."rx-next"] | tojson' &&
		ctl gnb bearer set ue 1 drb 1 t-reordering "$1" && wait "$waiting" &&
		drb_is "[0,null,$1]" gnb '[.stored, ."rx-reord", ."t-reordering"] | tojson' &&
		ctl gnb bearer set ue 1 drb 1 t-reordering infinity
}

# reordering_set MS: of all DRBs, at both ends.
reordering_set() {
	local name drb
	for name in ue gnb; do
		for drb in 1 2; do
			ctl $name bearer set ue 1 drb $drb t-reordering "$1" || return
		done
	done
}

# Links that lose and reorder.
changed_under_traffic() {
	link_netem 0 delay 3ms 2ms loss 1% && link_netem 1 delay 3ms 2ms loss 1% || return
	reordering_set 20 && streams_start && reordering_set infinity && reordering_set 0 &&
		reordering_set 10 && streams_end
}

# The two entities of an SRB: the source's has stopped, and drops only what it is told to.
discarded_in_handover() {
	daps_start 3 && ctl ue sdu send ue 1 srb 1 role source dd02 &&
		refused "role: SRB 1 has two entities" ctl ue sdu discard ue 1 srb 1 &&
		refused "role: secondary is a leg" \
			ctl ue sdu discard ue 1 srb 1 role secondary &&
		ctl ue sdu discard ue 1 srb 1 role target &&
		is 1 ue .queued bearer show ue 1 srb 1 &&
		ctl ue sdu discard ue 1 srb 1 role source &&
		is 0 ue .queued bearer show ue 1 srb 1 &&
		refused "state: a handover is prepared" daps_start 3 &&
		refused "state: a handover is prepared" ctl ue daps release ue 1 &&
		refused "state: a handover" ctl ue bearer suspend ue 1 &&
		ctl ue daps fallback ue 1 &&
		srb_carries 04 && ! grep dd02 "$ktap_dir/gnb.events"
}

# count_events NAME UE: those of DRB 3, as JSON.
count_events() {
	jq -cs "map(select(.event == \"count-ntf\" and .ue == $2 and .type == \"drb\" and .id == 3) |
		[.count, .direction, .exhausted])" "$ktap_dir/$1.events"
}

# events_soon NAME UE JSON
events_soon() {
	wait_until 10 prints "$3" count_events "$1" "$2" || { count_events "$1" "$2"; return 1; }
}

# uplink_from COUNT: the next SDU of the UE on DRB 3 has it.
uplink_from() {
	ctl ue status set ue 1 drb 3 tx-next "$1" && ctl gnb status set ue 1 drb 3 rx-deliv "$1"
}

threshold() {
	bearer_add 1 "drb 3" 3 4 mode um sn 18 count-threshold 0x10 &&
		uplink_from 0xe && pings ue -c 1 -m 3 $server4 &&
		[ "$(count_events ue 1)$(count_events gnb 1)" = "[][]" ] &&
		pings ue -c 4 -i 0.2 -m 3 $server4 &&
		events_soon ue 1 '[[16,"tx",false]]' && events_soon gnb 1 '[[16,"rx",false]]'
}

# The last COUNT is used, and none after it.
exhausted() {
	uplink_from 0xfffffffe && pings ue -c 1 -m 3 $server4 &&
		{ ! on ue ping -q -c 2 -i 0.01 -W 0.1 -m 3 $server4; } &&
		drb_is '[4294967295,{"tx-count":2}]' ue '[."tx-next", .drop] | tojson' 3 &&
		drb_is 4294967295 gnb '."rx-deliv"' 3 &&
		events_soon ue 1 '[[16,"tx",false],[4294967294,"tx",true]]'
}

another_key() {
	set_del 2 && set_add 1 4 1 1 && rekey 4 5 "drb 3" &&
		pings ue -c 3 -i 0.2 -m 3 $server4 && drb_is 3 gnb '."rx-deliv"' 3 &&
		uplink_from 0x10 && pings ue -c 1 -m 3 $server4 &&
		events_soon ue 1 '[[16,"tx",false],[4294967294,"tx",true],[16,"tx",false]]' &&
		events_soon gnb 1 '[[16,"rx",false],[16,"rx",false]]'
}

# UE 2 of the gNB has no keys, and legs that this script is the other end of.
user_legs() {
	ctl gnb ue add ue 2 role gnb &&
		ctl gnb security add ue 2 set 0 nea 0 nia 0 &&
		ctl gnb bearer add ue 2 drb 3 set 0 mode am sn 12 upper user leg user &&
		ctl gnb bearer add ue 2 drb 4 set 0 mode um sn 12 upper user leg user
}

# user_drb WANT JQ [DRB]
user_drb() { is "$1" gnb "$2 | tojson" bearer show ue 2 drb "${3-3}"; }

input() { ctl gnb pdu input ue 2 drb 3 "$1"; }

# First missing COUNT, and a bitmap of those behind it.
crafted_reports() {
	for _ in 1 2 3 4; do
		ctl gnb sdu send ue 2 drb 3 00 || return
	done
	input 0000000005 && input 00ffffffff && input 00ffffffffff &&
		user_drb '[4,0,{"rx-status":3}]' '[.kept, .confirmed, .drop]' &&
		input 000000000140 && user_drb '[2,2]' '[.kept, .confirmed]' &&
		input 0000000004ff && user_drb '[0,4,{"rx-status":3}]' '[.kept, .confirmed, .drop]' &&
		ctl gnb pdu input ue 2 drb 4 0000000000 && user_drb '{"rx-status":1}' .drop 4
}

# SNs of 12 bits up to the last one.
receiver_exhausted() {
	ctl gnb status set ue 2 drb 3 rx-deliv 0xfffffffd &&
		input 8ffdc0 && input 8ffec0 && input 8fffc0 && input 8fffc0 && input 8000c0 &&
		user_drb '[2,4294967295,{"rx-status":3,"rx-range":1,"rx-count":2}]' \
			'[."rx-sdus", ."rx-deliv", .drop]' &&
		events_soon gnb 2 '[[4294967293,"rx",false],[4294967295,"rx",true]]'
}

# After its COUNTs were handed over, nothing may move; what was stored the peer sends again.
stopped() {
	ctl gnb bearer add ue 2 drb 5 set 0 mode am sn 12 upper user leg user &&
		ctl gnb sdu send ue 2 drb 5 00 && ctl gnb pdu input ue 2 drb 5 8001c0 &&
		ctl gnb status get ue 2 drb 5 stop &&
		refused "drb 5 is stopped" ctl gnb bearer recover ue 2 drb 5 &&
		refused "drb 5 is stopped" ctl gnb bearer suspend ue 2 drb 5 &&
		ctl gnb bearer set ue 2 drb 5 t-reordering 0 &&
		user_drb '[1,0,1,0,1,0,0,["stopped"]]' '[."tx-next", ."rx-deliv", .kept, .stored,
			.drop."rx-purged", .retransmitted, ."rx-sdus", .paused]' 5
}

# The second gNB has sent three SDUs by the time that the UE switches and reports.
reported_at_switch() {
	gnb2_up
	ctl ue bearer del ue 1 drb 3 && ctl ue security del ue 1 set 4 &&
		gnb2_prepare 5 1 1 &&
		ctl ue security add ue 1 set 5 nea 1 nia 1 keys "$(key_file 5)" &&
		daps_start 5 && path_to pdcp1 && transfer_downlink 1 && transfer_downlink 2 &&
		pings gnb -c 3 -i 0.2 -m 1 $ue4 &&
		is '[3,0]' gnb '[.kept, .confirmed] | tojson' bearer show dev pdcp1 ue 1 drb 1 &&
		ctl ue daps switch ue 1 && transfer_uplink 1 && transfer_uplink 2 &&
		wait_until 10 is '[0,3]' gnb '[.kept, .confirmed] | tojson' bearer show dev pdcp1 ue 1 drb 1 &&
		ctl ue daps release ue 1 && pings ue -c 3 -i 0.2 -m 1 $server4
}

net_up
monitor_start ue
monitor_start gnb
connect
check "SRB1 carries messages" srb_carries 01
check "re-establishment loses nothing of an AM bearer, repeats and reorders nothing" reestablished
for name in ue gnb; do
	check "COUNT goes on for AM and begins anew for UM and SRB ($name)" counts $name
done
check "SRB1 carries messages under the new key" srb_carries 02
check "reports at re-establishment and recovery confirm what the peer has" reported
check "suspended bearers wait at COUNT 0, and for another key" suspended
check "an SRB discards what it has not sent" discarded
check "re-established, they resume and send what waited, from COUNT 0" resumed
check "data recovery brings what the link has lost" recovered
check "data recovery brings it on another leg" recovered_elsewhere
check "t-Reordering is given 20 ms while it runs" reordering_changed 20
check "t-Reordering is given 0 ms while it runs" reordering_changed 0
check "t-Reordering changes under traffic that is lost and reordered" changed_under_traffic
link_netem 0
link_netem 1
check "in a handover an SRB discards by role" discarded_in_handover
check "a COUNT at its threshold is told of once" threshold
check "the last COUNT stops a bearer for good" exhausted
check "another key begins at COUNT 0, and is told of again" another_key
check "legs in user space" user_legs
check "a report confirms what was sent, and is refused beyond that" crafted_reports
check "a receiver accepts no COUNT after the last" receiver_exhausted
check "a stopped bearer neither sends nor delivers, whatever it is told" stopped
check "a report at the switch confirms what the target has sent" reported_at_switch
disconnect
for name in ue gnb; do
	nsip $name link del pdcp0
done
nsip gnb link del pdcp1
check "what was created is destroyed" none_left device UE "security set" entity leg
finish
