#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Delivery status over NR-U (38.425) between two instances: what it confirms, what it holds back,
# and what an uplink switch sends again.

. "$(dirname "$0")/../pdcp.sh"

# nru_add DRB LINK LEG-OPTIONS OPTION...: an AM DRB at both ends.
nru_add() {
	local name drb=$1 link=$2 leg=$3
	shift 3
	for name in ue gnb; do
		# shellcheck disable=SC2046,SC2086
		ctl $name bearer add dev pdcp0 ue 1 drb "$drb" set 0 mode am sn 18 "$@" \
			$(gtpu $name "$(teid 1 "drb $drb")" 4 "$link") nru on $leg || return
	done
}

# fresh: UE 1 without bearers, over two wires.
fresh() {
	[ "$(ctl ue -j ue show)" = "[]" ] || ue_del 1 || return
	link_netem 0 && link_netem 1 && ue_add 1 $ue4 && set_add 1 0 2 2
}

# drb NAME JQ [DRB]
drb() { value "$1" "$2" bearer show dev pdcp0 ue 1 drb "${3-1}"; }

# drb_is WANT NAME JQ [DRB]
drb_is() { is "$1" "$2" "$3" bearer show dev pdcp0 ue 1 drb "${4-1}"; }

# all_confirmed DRB: of what was sent, both ways; the last to be sent asks for it.
all_confirmed() {
	on ue ping -q -c 1 -W 1 -m "$1" $server4 && all_confirmed_at ue "$1" && all_confirmed_at gnb "$1"
}

all_confirmed_at() {
	wait_until 1 drb_is true "$1" '.kept == 0 and .confirmed == ."tx-sdus" and .evicted == 0' "$2"
}

confirms() {
	fresh && nru_add 1 0 "" && link_netem 0 delay 10ms 5ms && stream ue 1 && stream gnb 1 &&
		wait_until 60 streamed 60 && streams_whole && wait_until 20 all_confirmed 1 &&
		drb_is true ue '.legs[0] | ."status-asked" > 5 and ."status-received" > 5 and
			."status-sent" > 5 and ."frames-lost" == 0'
}

# Frames that the link loses are reported to who sent them, unless the receiver is told that its
# peer does not number them.
lost_frames() {
	local said
	fresh && nru_add 1 0 "nru-loss $1" t-reordering 20 && link_netem 0 delay 2ms loss 10% || return
	said=$(on ue ping -q -c 300 -i 0.01 -W 1 $server4)
	link_netem 0 && wait_until 20 asked_again "$2" || { echo "$said"; ctl ue bearer show ue 1; return 1; }
}

# asked_again EXPRESSION: about the frames that were reported lost, once late ones have had time.
asked_again() {
	on ue ping -q -c 3 -i 0.1 -W 1 $server4
	drb_is true ue ".legs[0].\"frames-lost\" | $1"
}

# Confirmations that do not come stop one bearer, and not the other one; when they come again, it
# goes on by itself.
stalls() {
	fresh && nru_add 1 0 "" kept-limit 32 && nru_add 2 1 "" kept-limit 32 default &&
		tc -n gnb-$$ qdisc replace dev eth0 root netem loss 100% || return
	on ue ping -q -c 150 -l 150 -i 0.01 -W 0.1 -m 1 $server4
	drb_is '[32,118,0]' ue '[.kept, .queued, .confirmed] | tojson' && drb_is 32 gnb '."rx-sdus"' &&
		pings ue -c 20 -i 0.01 -m 2 $server4 && drb_is 0 ue .queued 2 &&
		drb_is '[32,118,0]' ue '[.kept, .queued, .confirmed] | tojson' &&
		link_netem 0 && wait_until 30 drb_is 150 gnb '."rx-sdus"' &&
		drb_is '[0,0,{}]' ue '[.queued, .retransmitted, .drop] | tojson' &&
		wait_until 20 all_confirmed 1
}

# Nothing comes back, and what was sent is lost: the bearer asks and waits, drops only what its
# queue has no room for, and goes on once what was lost is sent again.
stalls_for_good() {
	local asked
	fresh && nru_add 1 0 "" kept-limit 32 queue-limit 100 && nru_add 2 1 "" default &&
		link_netem 0 loss 100% || return
	! on ue ping -q -c 150 -l 150 -i 0.01 -W 0.1 -m 1 $server4 || return
	asked=$(drb ue '.legs[0]."status-asked"')
	drb_is '[32,100,{"tx-queue-full":18}]' ue '[.kept, .queued, .drop] | tojson' &&
		pings ue -c 20 -i 0.01 -m 2 $server4 && drb_is 32 ue '."tx-next"' &&
		link_netem 0 && wait_until 10 drb_is true ue ".legs[0].\"status-received\" > 2" &&
		drb_is true ue ".legs[0].\"status-asked\" > $asked + 2" &&
		drb_is '[32,100,0]' ue '[.kept, .queued, .confirmed] | tojson' &&
		ctl ue bearer recover ue 1 drb 1 && wait_until 10 drb_is 132 gnb '."rx-sdus"' &&
		drb_is '[0,0]' ue '[.queued, .evicted] | tojson' && drb_is 0 gnb .stored
}

# unconfirmed: on the source; seven pings that the link to it has lost wait for their replies.
unconfirmed() {
	fresh && nru_add 1 0 "" && pings ue -c 10 -i 0.01 $server4 && wait_until 20 all_confirmed 1 || return
	next=$(drb ue '."tx-next"')
	tc -n ue-$$ qdisc replace dev eth0 root netem loss 100%
	on ue ping -q -c 7 -i 0.01 -W 60 $server4 &
	ping=$!
	wait_until 10 drb_is "[7,$((next + 7))]" ue '[.kept, ."tx-next"] | tojson'
}

# The target gets those seven and no other; they are answered there.
switch_resends() {
	local next ping
	unconfirmed && ctl gnb ue add dev pdcp1 ue 1 role gnb addr $ue4 &&
		ctl gnb security add dev pdcp1 ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)" &&
		ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)" || return
	# shellcheck disable=SC2046
	ctl gnb bearer add dev pdcp1 ue 1 drb 1 set 1 mode am sn 18 hold both \
		$(gtpu2 gnb "drb 1") nru on &&
		ctl ue daps start ue 1 set 1 drb 1 $(gtpu2 ue "drb 1") nru on &&
		path_to pdcp1 && transfer_downlink 1 && ctl ue daps switch ue 1 &&
		drb_is 7 ue .retransmitted &&
		drb_is "[7,$((next + 7))]" ue '.legs[] | select(.role == "target") |
			[."tx-pdus", ."tx-next"] | tojson' &&
		ctl gnb status set dev pdcp1 ue 1 drb 1 \
			rx-deliv "$(number rx-deliv "$(ctl gnb -j status get dev pdcp0 ue 1 drb 1 stop)")" &&
		is "[7,{}]" gnb '[."rx-sdus", .drop] | tojson' bearer show dev pdcp1 ue 1 drb 1 &&
		wait $ping && ctl ue daps release ue 1 && pings ue -c 3 -i 0.02 $server4
}

# The target sends before the UE could confirm what the source has sent. The source still learns of it.
source_confirmed() {
	local next
	fresh && nru_add 1 0 "" && pings ue -c 10 -i 0.01 $server4 && wait_until 20 all_confirmed 1 &&
		ctl gnb ue add dev pdcp1 ue 1 role gnb addr $ue4 &&
		ctl gnb security add dev pdcp1 ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)" &&
		ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)" || return
	# shellcheck disable=SC2046
	ctl gnb bearer add dev pdcp1 ue 1 drb 1 set 1 mode am sn 18 hold both \
		$(gtpu2 gnb "drb 1") nru on &&
		ctl ue daps start ue 1 set 1 drb 1 $(gtpu2 ue "drb 1") nru on &&
		tc -n ue-$$ qdisc replace dev eth0 root netem loss 100% || return
	next=$(drb gnb '."tx-next"')
	! on gnb ping -q -c 7 -i 0.01 -W 0.1 $ue4 && drb_is 7 gnb .kept &&
		path_to pdcp1 && transfer_downlink 1 && ! on gnb ping -q -c 7 -i 0.01 -W 0.1 $ue4 &&
		drb_is $((next + 14)) ue '."rx-deliv"' && link_netem 0 &&
		wait_until 10 eval 'ctl gnb bearer recover dev pdcp0 ue 1 drb 1; drb_is 0 gnb .kept' &&
		drb_is 7 ue '.drop."rx-old"' && ctl gnb ue del dev pdcp1 ue 1 && path_to pdcp0
}

net_up
check "both ends confirm to each other all that was sent" confirms
check "lost frames are reported to their sender" lost_frames on ". > 5 and . < 150"
check "but not with nru-loss off" lost_frames off ". == 0"
check "a bearer that waits for confirmation stops no other, and wakes" stalls
check "one whose PDUs are lost waits, drops nothing silently, and recovers" stalls_for_good
gnb2_up
check "the source learns what came from it, when the target sends as well" source_confirmed
check "the uplink switch sends again what the source has not confirmed" switch_resends
finish
