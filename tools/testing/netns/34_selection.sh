#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Which bearer a packet takes, and whether it can be read on the link.

. "$(dirname "$0")/../pdcp.sh"

marked() {
	ue_add 1 $ue4 $ue6 &&
		set_add 1 0 3 3 &&
		bearer_add 1 "drb 1" 0 4 mode um sn 12 &&
		bearer_add 1 "drb 32" 0 4 mode am sn 18 integrity on &&
		pings ue -c 2 -i 0.2 $server4 &&
		pings ue -c 5 -i 0.2 -m 32 $server4 &&
		is 2 ue '."tx-sdus"' bearer show ue 1 drb 1 &&
		is 5 ue '."tx-sdus"' bearer show ue 1 drb 32 &&
		is 5 gnb '."rx-sdus"' bearer show ue 1 drb 32
}

# Ciphered or not, as configured: the text is seen on the link or it is not.
seen_on_link() {
	ip netns exec ue-$$ timeout 10 tcpdump -Z root -i eth0 -c 4 -A udp port 2152 >"$ktap_dir/link" 2>"$ktap_dir/tcpdump" &
	wait_until 10 grep -q 'listening on' "$ktap_dir/tcpdump"
	pings ue -c 2 -i 0.2 -s 200 -p 73656372657473 $server4
	wait $!
	grep -q secretssecrets <(tr -d '\n' <"$ktap_dir/link")
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
		bearer_add 1 "srb 1" 0 6 &&
		ctl ue sdu send ue 1 srb 1 "c0ffee$1$2" &&
		ctl gnb sdu send ue 1 srb 1 "decade$1$2" &&
		wait_until 5 grep -q "c0ffee$1$2" "$ktap_dir/gnb.events" &&
		wait_until 5 grep -q "decade$1$2" "$ktap_dir/ue.events"
}

net_up
check "a mark selects the bearer, other packets take the default" marked
ue_del 1
for nea in 1 2 3; do
	check "NEA$nea hides what is sent" hidden $nea
	ue_del 1
done
check "NEA0 does not" shown 0
ue_del 1
check "nor does any with ciphering off" shown 2 ciphering off
ue_del 1

monitor_start ue
monitor_start gnb
for pair in "0 1" "1 1" "2 2" "3 3"; do
	# shellcheck disable=SC2086
	check "SRB1 with NEA${pair% *}, NIA${pair#* } carries messages both ways" srb $pair
	ue_del 1
done
finish
