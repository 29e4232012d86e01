# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154
#
# Sourced by demo.sh: the traffic that crosses a handover, both ways at once.
#
#	ping-dl, ping-ul   DRB 1: echo requests, a millisecond apart or as fast as the machine lets,
#	                   from core and from the UE
#	tcp-dl             DRB 1: iperf3 TCP, a file, so that its octets can be compared
#	udp-dl, udp-ul     DRB 2: iperf3 UDP, datagrams that iperf3 numbers
#
# Each leaves its own account in $dir.  tcpdump stands by at the receivers of the datagrams,
# because iperf3 tells neither when each came nor whether one came twice, and at both ends of
# every sixteenth ping, for the report: how long it took each way, and through which gNB.

# bit/s and octets, with the microseconds that iperf3 sleeps between bursts.
udp_rate=1M udp_size=1200 tcp_rate=2M tcp_octets=33554432 pacing=9600
declare -A port=([tcp-dl]=5201 [udp-dl]=5202 [udp-ul]=5203)

# runs NETNS PROGRAM...: in place of the shell, to be stopped, on the second processor.  The first
# has the links: an emulated one forgets what it has translated when another program gets it.
runs() { exec ip netns exec "$1" taskset -c 1 "${@:2}"; }

# iperf3 NAME SERVER-NETNS SERVER-ADDRESS CLIENT-NETNS CLIENT-ADDRESS OPTION...
#
# The sender is the client, so that it can be stopped first.
stream_start() {
	local name=$1 to=$2 to_addr=$3 from=$4 from_addr=$5 file=()
	shift 5
	[ "$name" != tcp-dl ] || file=(-F "$dir/$name.received")
	runs "$to" iperf3 -s -1 -B "$to_addr" -p "${port[$name]}" -J "${file[@]}" \
		--logfile "$dir/$name.server.json" &
	servers+=($!)
	until_true 10 listening "$to" "${port[$name]}"
	runs "$from" iperf3 -c "$to_addr" -B "$from_addr" -p "${port[$name]}" -t 600 -J \
		--pacing-timer "$pacing" "$@" \
		--logfile "$dir/$name.client.json" &
	clients+=($!)
}

listening() { [ -n "$(on "$1" ss -Hltn "sport = :$2")" ]; }

# capture_start NAME NETNS LINK
capture_start() {
	runs "$2" tcpdump -Z root --immediate-mode -q -n -s 96 -B 16384 -i "$3" -w "$dir/$1.pcap" \
		"udp dst port ${port[$1]} and greater 1000" 2>"$dir/$1.tcpdump" &
	captures+=($!)
	until_true 10 grep -q 'listening on' "$dir/$1.tcpdump"
}

# echo_start NETNS LINK
echo_start() {
	runs "$1" tcpdump -Z root --immediate-mode -l -tt -n -s 96 -i "$2" \
		"icmp[icmptype] = icmp-echo and icmp[7] & 15 = 1" \
		>"$dir/echo-$1.txt" 2>"$dir/echo-$1.tcpdump" &
	captures+=($!)
	until_true 10 grep -q 'listening on' "$dir/echo-$1.tcpdump"
}

# ping_start NAME NETNS FROM TO
#
# One a millisecond, or as many as the processor gets sent.  Without the privilege it has a socket
# for its own replies, with room for thousands: TCP's turn, or a gNB that has waited for its COUNTs,
# releases many at once.
ping_start() {
	runs "$2" setpriv --bounding-set -net_raw --inh-caps -net_raw \
		fping -D -l -i 1 -p 1 -t 60000 -S "$3" "$4" >"$dir/$1.txt" 2>"$dir/$1.err" &
	echoes+=($!)
}

traffic_start() {
	servers=() clients=() captures=() echoes=()
	capture_start udp-dl ue pdcp0
	capture_start udp-ul core any
	echo_start ue pdcp0
	echo_start core any
	stream_start tcp-dl ue "$ue1" core "$server" -b "$tcp_rate" -l 8K -F "$dir/../tcp.sent"
	stream_start udp-dl ue "$ue2" core "$server" -u -b "$udp_rate" -l "$udp_size" -w 2M
	stream_start udp-ul core "$server" ue "$ue2" -u -b "$udp_rate" -l "$udp_size" -w 2M
	ping_start ping-dl core "$server" "$ue1"
	ping_start ping-ul ue "$ue1" "$server"
}

# answers NAME: how many pings have been answered.
answers() { wc -l <"$dir/$1.txt"; }

# flowing DL UL: that many pings have been answered.
flowing() { [ "$(answers ping-dl)" -gt "$1" ] && [ "$(answers ping-ul)" -gt "$2" ]; }

# Pings go on for a while, since those under way when they stop do not count.  The senders of
# streams stop first and their accounts are closed when nothing is under way any more.
# iperf3 left to end by itself closes the receiver's at once, without the last datagrams.
traffic_stop() {
	local pid
	until_true 60 flowing $(($(answers ping-dl) + 400)) $(($(answers ping-ul) + 400))
	kill -INT "${echoes[@]}"
	wait "${echoes[@]}" || true
	kill -STOP "${clients[@]}"
	until_true 120 settled
	kill -INT "${clients[@]}" "${captures[@]}"
	kill -CONT "${clients[@]}"
	for pid in "${clients[@]}" "${servers[@]}" "${captures[@]}"; do
		wait "$pid" || true
	done
}

# TCP, which may wait long between attempts after an interruption, has everything acknowledged
# and read, UDP everything read, and no more is coming.
settled() {
	local before=$received
	received=$(on ue cat /proc/net/snmp; on core cat /proc/net/snmp)
	[ "$received" = "$before" ] &&
		! { on core ss -Htun; on ue ss -Htun; } | awk '$3 + $4 > 0' | grep -q .
}
received=
