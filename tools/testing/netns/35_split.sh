#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Bearers with two legs: split by ul-DataSplitThreshold (38.323 5.2.1), and duplication (5.11).
# Each leg has a link of its own, with troubles of its own.

. "$(dirname "$0")/../pdcp.sh"

# fresh LEG-OPTIONS OPTION...: UE 1 with nothing but DRB 1, over two wires.
fresh() {
	[ "$(ctl ue -j ue show)" = "[]" ] || ue_del 1 || return
	link_netem 0 && link_netem 1 && ue_add 1 $ue4 && set_add 1 0 2 2 &&
		legs_add 1 "drb 1" 0 "$1" sn 18 integrity on queue-limit 8192 "${@:2}"
}

# carries REPLIES [PING-OPTION...]: both ways at once, all in order, nothing lost.
carries() {
	start "$@" && streams_whole
}

start() {
	stream ue 1 "${@:2}" && stream gnb 1 "${@:2}" && wait_until 60 streamed "$1"
}

# sent NAME EXPRESSION: of p and s, the PDUs sent on the primary and the secondary leg.
sent() {
	local p s
	read -r p s <<<"$(value "$1" '.legs | map(."tx-pdus") | @tsv' bearer show ue 1 drb 1)"
	(($2)) || { echo "$1: sent $p and $s, not $2"; return 1; }
}

# got NAME EXPRESSION: of p and s, the PDUs that came on each leg, and n, the SDUs delivered.
got() {
	local p s n
	read -r p s n <<<"$(value "$1" '[.legs[]."rx-pdus", ."rx-sdus"] | @tsv' bearer show ue 1 drb 1)"
	(($2)) || { echo "$1: got $p and $s, delivered $n, not $2"; return 1; }
}

# Confirmed as fast as it is sent, the amount stays below the threshold; confirmations that are
# late let it grow.
threshold() {
	fresh "nru on" mode am split-threshold 12000 && carries 30 -s 200 &&
		sent ue "p > 60 && s == 0" && sent gnb "p > 60 && s == 0"
}
above_threshold() {
	link_netem 0 delay 100ms && carries 120 -s 1000 -i 0.01 &&
		sent ue "s > 20 && p > 100" && sent gnb "s > 20 && p > 100"
}

# split_over LINK NETEM...: both legs are used, and the order stays.
split_over() {
	fresh "nru on" mode am split-threshold 0 kept-limit 64 && link_netem "$@" && carries 30 &&
		sent ue "p > 30 && s > 30" && sent gnb "p > 30 && s > 30" &&
		value ue .evicted bearer show ue 1 drb 1 | grep -x 0
}

# Whatever a leg has lost is sent again, on whichever leg.
recover() { ctl ue bearer recover ue 1 drb 1 && ctl gnb bearer recover ue 1 drb 1; }

loses() {
	fresh "nru on" mode am split-threshold 0 kept-limit 64 status-report on && link_netem "$@" &&
		stream ue 1 && stream gnb 1 && wait_until 90 eval 'recover && streamed 60' &&
		link_netem "$1" && recover && streams_whole &&
		is true ue '.retransmitted > 0 and .evicted == 0' bearer show ue 1 drb 1 &&
		is true gnb '.drop | (."rx-duplicate" // 0) + (."rx-old" // 0) > 0' bearer show ue 1 drb 1
}

# Every PDU that came was delivered, or dropped as the copy that it was.
accounted() {
	is true "$1" '([.legs[]."rx-pdus"] | add) ==
		."rx-sdus" + .stored + (.drop | (."rx-old" // 0) + (."rx-duplicate" // 0))' \
		bearer show ue 1 drb 1
}

# duplicated EXPRESSION LINK NETEM...: nothing is lost; what came at the gNB in the end.
duplicated() {
	fresh "" mode um t-reordering 1000 duplication on && link_netem "${@:2}" && carries 30 &&
		sent ue "p > 60 && s == p" && sent gnb "p > 60 && s == p" &&
		{ wait_until 10 got gnb "$1" || got gnb "$1"; } && accounted ue && accounted gnb
}

# Under traffic, off and on; in each state the secondary leg is used or not.
switched() {
	local before
	fresh "" mode um t-reordering 1000 duplication on && start 10 &&
		duplication off && before=$(secondary) && more 20 && [ "$(secondary)" = "$before" ] &&
		duplication on && more 20 && [ "$(secondary)" -gt "$before" ] &&
		streams_whole && accounted ue && accounted gnb
}
duplication() {
	ctl ue bearer set ue 1 drb 1 duplication "$1" && ctl gnb bearer set ue 1 drb 1 duplication "$1"
}
secondary() { value ue '.legs[1]."tx-pdus"' bearer show ue 1 drb 1; }

# more REPLIES: of each stream.
more() { wait_until 60 streamed $(($(cat "$ktap_dir"/ping-*-1 | wc -l) / 2 + $1)); }

# caught HEX: a datagram that the UE has sent on eth1 contains it (a regular expression).
caught() {
	awk '/^\t0x/ { gsub(/^.*:|[[:blank:]]/, ""); printf "%s", $0; next } { print "" }' "$ktap_dir/eth1" |
		grep -q "$1"
}

# catch COMMAND...: with what the UE sends on eth1 in $ktap_dir/eth1.
catch() {
	local status=0 pid
	ip netns exec ue-$$ tcpdump -Z root -nlx -i eth1 -Q out udp port 2152 \
		>"$ktap_dir/eth1" 2>"$ktap_dir/tcpdump" &
	pid=$!
	wait_until 10 grep -q 'listening on' "$ktap_dir/tcpdump" && "$@" || status=1
	kill $pid
	wait $pid
	return $status
}

# flush BEARER: a frame for its secondary leg that discards all up to an SN.
flush() { printf '34ff....%08x000000840[2-9]0200' $((0x1000 + 0x800 + $(teid 1 "$1"))); }

# One leg confirms, the other one is told.
copies_discarded() {
	on ue ping -q -c 40 -i 0.01 -W 10 $server4 &&
		wait_until 10 caught "$(flush "drb 1")" &&
		is true ue '.confirmed > 30' bearer show ue 1 drb 1
}

# Five that nobody has confirmed yet: one block, from the first SN on.
copies_discarded_off() {
	local next
	wait_until 10 confirmed || return
	next=$(value ue '."tx-next"' bearer show ue 1 drb 1)
	tc -n gnb-$$ qdisc replace dev eth0 root netem loss 100% &&
		tc -n gnb-$$ qdisc replace dev eth1 root netem loss 100% || return
	! on ue ping -q -c 5 -i 0.01 -W 0.1 $server4 || return
	is "5 $((next + 5))" ue '"\(.kept) \(."tx-next")"' bearer show ue 1 drb 1 && duplication off &&
		wait_until 10 caught "$(printf '84....00......01%06x05' "$next")"
}

# Another ping asks for a status of all.
confirmed() {
	on ue ping -q -c 1 -W 1 $server4
	is 0 ue .kept bearer show ue 1 drb 1
}

# No bearer with two legs takes part in a handover.
not_in_daps() {
	local before
	set_add 1 1 1 1 || return
	before=$(ctl ue -j bearer show ue 1 | jq -c 'map(del(.legs))')
	refused "drb 1 has a secondary leg" ctl ue daps start ue 1 set 1 drb 1 leg user &&
		refused "drb 1 has a secondary leg" ctl ue daps start ue 1 set 1 \
			drb 1 action reestablish leg user &&
		[ "$(ctl ue -j bearer show ue 1 | jq -c 'map(del(.legs))')" = "$before" ] &&
		ctl ue security del ue 1 set 1
}

# on_one_leg BEARER LEG-OPTIONS: re-established under set 1, over eth0.
on_one_leg() {
	local name
	set_add 1 1 1 1 || return
	for name in gnb ue; do
		# shellcheck disable=SC2046,SC2086
		ctl $name bearer reestablish ue 1 set 1 $1 \
			$(gtpu $name $((0x400 + $(teid 1 "$1"))) 4 0) ${2-} || return
	done
	for name in gnb ue; do
		# shellcheck disable=SC2086
		is '[["source"],[1],null]' $name \
			'[(.legs | map(.role), map(.set)), .duplication] | tojson' bearer show ue 1 $1 || return
	done
}

# Under traffic; what the peer has sent while the other end had no such leg yet is sent again.
reestablished() {
	fresh "nru on" mode am split-threshold 0 kept-limit 64 && start 20 &&
		on_one_leg "drb 1" "nru on" && ctl gnb bearer recover ue 1 drb 1 && streams_whole &&
		ctl ue security del ue 1 set 0 && ctl gnb security del ue 1 set 0
}

# srb_messages NAME PREFIX: twenty, each another one.
srb_messages() {
	local i
	for i in {10..29}; do
		ctl "$1" sdu send ue 1 srb 1 "$2$i" || return
	done
}

# srb_got NAME PREFIX: those delivered there.
srb_got() { events "$1" 'select(.event == "sdu-ntf" and .type == "srb") | .sdu' | grep "^$2" | xargs; }

# srb_duplicated PREFIX LINK NETEM...: each message once, in order, both ways.
srb_duplicated() {
	local prefix=$1
	shift
	link_netem 0 && link_netem 1 && link_netem "$@" &&
		srb_messages ue "aa$prefix" && srb_messages gnb "bb$prefix" &&
		wait_until 10 prints "$(printf "aa$prefix%d " {10..29} | xargs)" srb_got gnb "aa$prefix" &&
		wait_until 10 prints "$(printf "bb$prefix%d " {10..29} | xargs)" srb_got ue "bb$prefix" ||
		{ srb_got gnb "aa$prefix"; srb_got ue "bb$prefix"; return 1; }
}

srb_accounted() {
	is true gnb '([.legs[]."rx-pdus"] | add) == ."rx-sdus" + (.drop."rx-old" + .drop."rx-duplicate")
		and .legs[0]."rx-pdus" < 60 and .duplication and .legs[1].role == "secondary"' \
		bearer show ue 1 srb 1
}

srb_refusals() {
	refused "duplication: always on for an SRB" ctl ue bearer set ue 1 srb 1 duplication off &&
		refused "duplication: always on for an SRB" ctl ue bearer add ue 1 srb 2 set 0 \
			duplication off leg user leg user &&
		refused "split-threshold: DRB only" ctl ue bearer add ue 1 srb 2 set 0 \
			split-threshold 10 leg user leg user &&
		refused "need two legs" ctl ue bearer add ue 1 srb 2 set 0 duplication on leg user &&
		ctl ue bearer set ue 1 srb 1 duplication on
}

# Legs in user space, named by their roles.
srb_by_role() {
	ctl ue bearer add ue 1 srb 2 set 0 leg user leg user &&
		ctl gnb bearer add ue 1 srb 2 set 0 leg user leg user &&
		ctl ue sdu send ue 1 srb 2 c0ffee && wait_until 5 eval '[ "$(srb2_pdus | wc -l)" = 2 ]' &&
		[ "$(srb2_pdus | jq -r .role | xargs)" = "source secondary" ] &&
		[ "$(srb2_pdus | jq -r .pdu | sort -u | wc -l)" = 1 ] &&
		refused "SRB 2 has two legs, say source or secondary" \
			ctl gnb pdu input ue 1 srb 2 "$(srb2_pdus | jq -r .pdu | head -n 1)" &&
		refused "SRB 1 has no such leg|takes PDUs from its tunnel" \
			ctl gnb pdu input ue 1 srb 1 role secondary 0000 &&
		ctl gnb pdu input ue 1 srb 2 role secondary "$(srb2_pdus | jq -r .pdu | head -n 1)" &&
		ctl gnb pdu input ue 1 srb 2 role source "$(srb2_pdus | jq -r .pdu | head -n 1)" &&
		is '[1,{"rx-old":1}]' gnb '[."rx-sdus", .drop] | tojson' bearer show ue 1 srb 2 &&
		wait_until 5 prints c0ffee srb_got gnb c0ffee
}
srb2_pdus() { events ue 'select(.event == "pdu-ntf" and .type == "srb" and .id == 2) | tojson'; }

net_up
monitor_start ue
monitor_start gnb
check "below ul-DataSplitThreshold the primary leg alone" threshold
check "above it both legs" above_threshold
check "a secondary leg that is slow" split_over 1 delay 20ms
check "a primary leg that delays and reorders" split_over 0 delay 10ms 8ms
check "a secondary leg that delays, reorders and duplicates" split_over 1 delay 10ms 8ms duplicate 20%
check "what the secondary leg loses is recovered" loses 1 loss 20%
check "what the primary leg loses is recovered" loses 0 delay 2ms loss 20%
check "duplication: nothing is lost, every copy is dropped" duplicated "p == n && s == n" 0 delay 1ms
check "duplication without the secondary leg" duplicated "p == n && s == 0" 1 loss 100%
check "duplication without the primary leg" duplicated "p == 0 && s == n" 0 loss 100%
check "duplication with a primary leg that loses 30%" duplicated "p < n && p > n / 2 && s == n" \
	0 delay 2ms loss 30%
check "duplication with legs of different delay" duplicated "p == n && s == n" 1 delay 20ms 5ms
check "duplication off and on under traffic" switched
fresh "nru on" mode am duplication on
check "what one leg confirms the other one is to discard" catch copies_discarded
check "deactivated, the secondary leg is to discard its copies" catch copies_discarded_off
check "not together with DAPS, nor with one leg" not_in_daps
check "re-established on one leg, nothing is lost" reestablished
fresh "" mode um
legs_add 1 "srb 1" 0 "nru on"
check "SRB1 duplicates: nothing lost without the primary leg" srb_duplicated 01 0 loss 100%
check "SRB1 duplicates: nothing lost without the secondary leg" srb_duplicated 02 1 loss 100%
check "SRB1 duplicates: nothing lost, nothing twice over two legs" srb_duplicated 03 1 delay 10ms
check "every copy was dropped and counted" wait_until 10 srb_accounted
check "what one leg confirms of SRB1 the other one is to discard" catch eval '
	srb_duplicated 04 0 delay 1ms && wait_until 10 caught "$(flush "srb 1")"'
check "duplication of an SRB cannot be turned off" srb_refusals
check "legs of an SRB by role" srb_by_role
check "SRB1 is re-established on one leg" on_one_leg "srb 1"
check "and needs no other" srb_duplicated 05 1 loss 100%
finish
