#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every algorithm, SN size and mode carries traffic both ways.  Inner packets are of both
# families each time; the tunnels, and the family of TCP, take turns.

. "$(dirname "$0")/../pdcp.sh"

family=4

# Nothing was dropped at either end, and something was received.
clean() {
	local name
	for name in ue gnb; do
		ctl $name -j bearer show ue 1 | jq -e 'all(.[];
			.drop == {} and .legs[0]."rx-pdus" > 0 and .legs[0]."integrity-failures" == 0)
		' >/dev/null || { ctl $name bearer show ue 1; return 1; }
	done
}

# carries NEA NIA|off MODE SN-OPTION...
#
# For its last reply ping waits two round trips or an interval, whichever is longer.
carries() {
	local nea=$1 nia=$2 options=(mode "$3" "${@:4}") server=$server4
	[ $family = 4 ] || server=$server6
	if [ "$nia" = off ]; then
		nia=2
	else
		options+=(integrity on)
	fi
	ue_add 1 $ue4 $ue6 &&
		set_add 1 0 "$nea" "$nia" &&
		bearer_add 1 "drb 1" 0 $family "${options[@]}" &&
		pings gnb -c 2 -i 0.2 $ue4 &&
		pings ue -c 2 -i 0.2 -s 1300 $server6 &&
		on ue iperf3 --bidir -c "$server" -n 100K >/dev/null &&
		clean
}

# What comes in is sent on as it is, with nothing in front that is not the packet's.
mirrored() {
	nsip ue link add mirror0 type dummy &&
		on ue sysctl -q net.ipv6.conf.mirror0.disable_ipv6=1 && nsip ue link set mirror0 up &&
		on ue tc qdisc add dev pdcp0 clsact &&
		on ue tc filter add dev pdcp0 ingress protocol ip u32 match ip protocol 1 0xff \
			action mirred egress mirror dev mirror0 &&
		pings ue -c 5 -i 0.2 -s 56 $server4 &&
		on ue ip -j -s link show dev mirror0 >"$ktap_dir/mirror" || return
	jq -e '.[0].stats64.tx | .packets == 5 and .bytes == 5 * 84' "$ktap_dir/mirror" >/dev/null ||
		{ cat "$ktap_dir/mirror"; false; }
}

next() {
	ue_del 1
	family=$((10 - family))
}

net_up
ip netns exec gnb-$$ iperf3 -s >/dev/null 2>&1 &
wait_until 10 eval '[ "$(ip netns exec gnb-$$ ss -Hltn "sport = :5201")" ]'

for nea in 0 1 2 3; do
	for nia in off 1 2 3; do
		for mode in um am; do
			for sn in 12 18; do
				check "NEA$nea, integrity $nia, $mode, $sn bits, over IPv$family" \
					carries $nea $nia $mode sn $sn
				next
			done
		done
	done
done
check "12 bits uplink, 18 bits downlink" carries 1 1 am sn-ul 12 sn-dl 18
next
check "18 bits uplink, 12 bits downlink" carries 1 1 um sn-ul 18 sn-dl 12
check "tc finds packets at the interface's ingress as they are" mirrored
finish
