#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# No COUNT twice while two CPUs send on one bearer: every PDU on the wire is looked at, through
# a handover, a fallback, and a suspension.  A TEID belongs to one leg, and that to one key.

. "$(dirname "$0")/../pdcp.sh"

um="mode um sn 18 integrity on queue-limit 4096"
am="mode am sn 18 integrity on queue-limit 4096 kept-limit 64"

# leg GENERATION UE: its TEID is GENERATION * 16 + UE.  What is sent there ends on the wire.
leg() { echo "leg gtpu remote 192.0.2.99 teid-in $((0x100 + $1 * 16 + $2)) teid-out $(($1 * 16 + $2))"; }

# both COMMAND...: with UE as its last argument, for UE 1 (UM) and UE 2 (AM).
both() { "$@" 1 && "$@" 2; }

add() {
	local mode=$um
	[ "$1" = 1 ] || mode=$am
	# shellcheck disable=SC2046,SC2086
	ctl ue ue add ue "$1" role ue addr 10.45.0.$(($1 + 1)) && install 0 "$1" &&
		ctl ue bearer add ue "$1" drb 1 set 0 $mode $(leg 1 "$1")
}

install() { ctl ue security add ue "$2" set "$1" nea 2 nia 2 keys "$(key_file "$1")"; }

# start SET GENERATION UE
# shellcheck disable=SC2046
start() { install "$1" "$3" && ctl ue daps start ue "$3" set "$1" drb 1 $(leg "$2" "$3"); }

verb() { ctl ue daps "$1" ue "$2"; }

suspend() { ctl ue bearer suspend ue "$1"; }

# rekey SET GENERATION UE
rekey() {
	# shellcheck disable=SC2046
	install "$1" "$3" && ctl ue bearer reestablish ue "$3" set "$1" drb 1 $(leg "$2" "$3") &&
		ctl ue bearer resume ue "$3" drb 1
}

# senders: on each CPU one for each UE, until $ktap_dir/stop is there.  Bursts with a breath in
# between, for which an answer is waited that does not come.
senders() {
	local cpu ue
	pids=()
	for ((cpu = 0; cpu < $(nproc); cpu++)); do
		for ue in 1 2; do
			on ue taskset -c $cpu bash -c '
				exec 3<>/dev/udp/10.99.0.'$ue'/9
				until [ -e "$0/stop" ]; do
					for ((i = 0; i < 50; i++)); do
						printf x
					done >&3
					read -rt 0.02 -u 3 || true
				done' "$ktap_dir" &
			pids+=($!)
		done
	done
}

numbered() { value ue '."tx-sdus"' bearer show ue "$1" drb 1; }

# more UE: some hundred SDUs on.
more() {
	local from
	from=$(numbered "$1")
	wait_until 120 eval "[ \$(numbered $1) -ge $((from + 300)) ]"
}

capture_start() {
	ip netns exec "gnb-$$" tcpdump -Z root -i eth0 -n -s 54 -B 65536 -w "$ktap_dir/pcap" \
		udp port 2152 2>"$ktap_dir/tcpdump" &
	tcpdump=$!
	wait_until 10 grep -q listening "$ktap_dir/tcpdump"
}

# All that was sent has been written down.
capture_stop() {
	on ue ping -q -c 3 -W 1 192.0.2.2 >/dev/null
	kill -INT $tcpdump
	wait $tcpdump
	cat "$ktap_dir/tcpdump"
	grep -q '^0 packets dropped by kernel' "$ktap_dir/tcpdump" || return
	tcpdump -Z root -r "$ktap_dir/pcap" -n -t -x 2>/dev/null | pdus >"$ktap_dir/pdus"
}

# "TEID SN" of each PDU: IPv4, UDP, 8 octets of GTP-U, 3 octets of PDCP.
pdus() {
	awk '
	function digit(c) { return index("0123456789abcdef", c) - 1 }
	function number(at, n, x) {
		for (x = 0; n--; at++)
			x = 16 * x + digit(substr(octets, at, 1))
		return x
	}
	function put() {
		if (octets)
			print number(65, 8), number(74, 1) % 4 * 65536 + number(75, 4)
		octets = ""
	}
	/^\t0x/ { $1 = ""; gsub(" ", ""); octets = octets $0; next }
	{ put() }
	END { put() }'
}

capture() {
	capture_start && senders && both more &&
		both start 1 2 && both more && both verb switch && both more && both verb release && both more &&
		both start 2 3 && both more && both verb fallback && both more &&
		both suspend && both rekey 3 4 && both more &&
		touch "$ktap_dir/stop" && wait "${pids[@]}" && capture_stop
}

# sns TEID...: ascending.
sns() {
	local teid
	for teid; do
		awk -v teid="$teid" '$1 == teid { print $2 }' "$ktap_dir/pdus"
	done | sort -n
}

# once_each FROM TEID...: every COUNT from there on, once, and prints how many.
once_each() {
	local from=$1
	shift
	sns "$@" | awk -v due="$from" '
		$1 != due + 0 && !bad++ { print $1 " where " due " is due" }
		{ due = $1 + 1; n++ }
		END { if (!bad && n) print n; exit bad || !n }'
}

# UM: what the source numbered the target does not, and all is what the entity counted.
um_once() {
	local first='' second=''
	first=$(once_each 0 17 33) && second=$(once_each 0 65) || { echo "$first $second"; return 1; }
	[ -z "$(sns 49)" ] && [ $((first + second)) = "$(numbered 1)" ] ||
		{ echo "$first and $second of $(numbered 1)"; return 1; }
}

# AM: on the target from the first SDU that is kept on, and on each leg once.
am_once() {
	local resent
	resent=$(sns 34 | head -n 1)
	[ "$resent" -gt 0 ] && [ "$resent" -lt "$(sns 18 | tail -n 1)" ] &&
		once_each 0 18 && once_each "$resent" 34 && [ -z "$(sns 50)" ] && once_each 0 66 &&
		[ "$(sns 18 34 66 | wc -l)" = $(($(numbered 2) + $(value ue .retransmitted bearer show ue 2 drb 1))) ]
}

net_up
nsip ue addr add 10.45.0.3/32 dev pdcp0
nsip ue route add 10.99.0.2 dev pdcp0 src 10.45.0.3
nsip ue neigh add 192.0.2.99 dev eth0 lladdr "$(nsip gnb -j link show eth0 | jq -r '.[0].address')"
# Each PDU is to be a packet of its own on the wire.
check "no segmentation is left to the wire" on ue ethtool -K eth0 gso off tx-udp-segmentation off
expect "two CPUs" 2 nproc
both add
check "they send through a handover, a fallback and a suspension" capture
wc -l <"$ktap_dir/pdus" | sed 's/^/# PDUs: /'
check "UM: no COUNT is used twice, and none left out" um_once
check "AM: each leg uses a COUNT once" am_once
finish
