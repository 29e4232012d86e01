#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every algorithm, SN size and mode carries traffic both ways.  Inner packets are of both
# families each time, the tunnels take turns.

. "$(dirname "$0")/../pdcp.sh"

family=4

# Nothing was dropped at either end, and something was received.
clean() {
	local name
	for name in ue gnb; do
		ctl $name -j bearer show ue 1 | jq -e 'all(.[];
			(.drop // {}) == {} and .legs[0]."rx-pdus" > 0 and .legs[0]."integrity-failures" == 0)
		' >/dev/null || { ctl $name bearer show ue 1; return 1; }
	done
}

traffic() {
	pings ue -c 2 -i 0.01 $server4 &&
		pings ue -c 2 -i 0.01 -s 1300 $server6 &&
		pings gnb -c 2 -i 0.01 $ue6 &&
		on ue iperf3 -c $server4 -n 100K >/dev/null &&
		on ue iperf3 -c $server6 -R -n 100K >/dev/null &&
		clean
}

# carries NEA NIA|off MODE SN-OPTION...
carries() {
	local nea=$1 nia=$2 options=(mode "$3" "${@:4}")
	if [ "$nia" = off ]; then
		nia=2
	else
		options+=(integrity on)
	fi
	ue_add 1 $ue4 $ue6 &&
		set_add 1 0 "$nea" "$nia" &&
		bearer_add 1 "drb 1" 0 $family "${options[@]}" &&
		traffic
}

next() {
	ue_del 1
	family=$((10 - family))
}

marked() {
	ue_add 1 $ue4 $ue6 &&
		set_add 1 0 3 3 &&
		bearer_add 1 "drb 1" 0 4 mode um sn 12 &&
		bearer_add 1 "drb 32" 0 4 mode am sn 18 integrity on &&
		pings ue -c 2 -i 0.01 $server4 &&
		pings ue -c 5 -i 0.01 -m 32 $server4 &&
		is 2 ue '."tx-sdus"' bearer show ue 1 drb 1 &&
		is 5 ue '."tx-sdus"' bearer show ue 1 drb 32 &&
		is 5 gnb '."rx-sdus"' bearer show ue 1 drb 32
}

# Ciphered or not, as configured: the text is seen on the link or it is not.
seen_on_link() {
	on ue timeout 10 tcpdump -Z root -i eth0 -c 4 -A udp port 2152 >"$ktap_dir/link" 2>"$ktap_dir/tcpdump" &
	wait_until 10 grep -q 'listening on' "$ktap_dir/tcpdump"
	pings ue -c 2 -i 0.01 -s 200 -p 73656372657473 $server4
	wait $!
	grep -q secretsecret <(tr -d '\n' <"$ktap_dir/link")
}

hidden() {
	ue_add 1 $ue4 && set_add 1 0 "$1" 0 && bearer_add 1 "drb 1" 0 4 mode um sn 12 "${@:2}" &&
		! seen_on_link
}

shown() {
	ue_add 1 $ue4 && set_add 1 0 "$1" 0 && bearer_add 1 "drb 1" 0 4 mode um sn 12 "${@:2}" &&
		seen_on_link
}

# srb NEA NIA: a message each way.
srb() {
	ue_add 1 &&
		set_add 1 0 "$1" "$2" &&
		bearer_add 1 "srb 1" 0 $family &&
		ctl ue sdu send ue 1 srb 1 "c0ffee$1$2" &&
		ctl gnb sdu send ue 1 srb 1 "decade$1$2" &&
		wait_until 5 grep -q "c0ffee$1$2" "$ktap_dir/gnb.events" &&
		wait_until 5 grep -q "decade$1$2" "$ktap_dir/ue.events"
}

net_up
on gnb iperf3 -s >/dev/null &
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
next
check "a mark selects the bearer, other packets take the default" marked
next

for nea in 1 2 3; do
	check "NEA$nea hides what is sent" hidden $nea
	next
done
check "NEA0 does not" shown 0
next
check "nor does any with ciphering off" shown 2 ciphering off
next

monitor_start ue
monitor_start gnb
for pair in "0 1" "1 1" "2 2" "3 3"; do
	# shellcheck disable=SC2086
	check "SRB1 with NEA${pair% *}, NIA${pair#* } carries messages both ways" srb $pair
	next
done
finish
