# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154
#
# Sourced by demo.sh: the four namespaces and the links between them, which are those of
# tools/example/topology/daps.
#
#	     radio-a .......... gnb-a ..........
#	  ue                                     core, where the server is
#	     radio-b .......... gnb-b ..........
#
# The radio links carry GTP-U and nothing else.  Each has a delay of its own, so that in a
# handover the PDUs of one leg overtake those of the other.

bench=$(realpath "$demo/../example/topology/daps")
ue1=10.45.0.2 ue2=10.45.0.3 ues=10.45.0.0/24 server=10.99.0.1
declare -A radio=([ue-a]=172.16.1.1 [gnb-a]=172.16.1.2 [ue-b]=172.16.2.1 [gnb-b]=172.16.2.2)
declare -A backhaul=([core-a]=172.17.1.1 [gnb-a]=172.17.1.2 [core-b]=172.17.2.1 [gnb-b]=172.17.2.2)

# One way, in ms.
declare -A delay=([a]=8 [b]=3)

# on NETNS COMMAND...
on() { ip netns exec "$@"; }

# Queues that a burst could fill, for losses here would be none of PDCP's.
topology_tune() {
	echo 100000 >/proc/sys/net/core/netdev_max_backlog
	echo 16777216 >/proc/sys/net/core/rmem_max
	echo 16777216 >/proc/sys/net/core/wmem_max
	echo 8388608 >/proc/sys/net/core/rmem_default
}

topology_up() {
	local ns x
	ip -batch "$bench/links"
	for ns in core ue gnb-a gnb-b; do
		node_up $ns
	done
	ip -n ue addr add $ue2/32 dev pdcp0
	for x in a b; do
		radio_set $x
		backhaul_set $x
		on gnb-$x ping -q -c 1 "${radio[ue-$x]}" >/dev/null
		on gnb-$x ping -q -c 1 "${backhaul[core-$x]}" >/dev/null
	done
	path_to a
}

# node_up NETNS
#
# A wire keeps order.  veth receives on whichever CPU sent, and two CPUs overtake each
# other, unless it is told which one to use.  Each ping has a socket of its own, if any may.
# TCP takes all that iperf3 has, which mixes up a file when it has to write a block in parts.
node_up() {
	ip -n "$1" -batch "$bench/$1.ip"
	on "$1" bash -c 'echo 1 >/proc/sys/net/ipv4/ip_forward
		echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range
		echo 4096 16777216 16777216 >/proc/sys/net/ipv4/tcp_wmem
		for cpus in /sys/class/net/{to-,radio}*/queues/rx-0/rps_cpus; do
			[ ! -e $cpus ] || echo 1 >$cpus
		done'
}

# radio_set GNB [NETEM...]: what the radio link to gnb-GNB does to packets, both ways.
radio_set() {
	local x=$1
	shift
	tc -n ue qdisc replace dev "radio-$x" root netem delay "${delay[$x]}ms" limit 100000 "$@"
	tc -n "gnb-$x" qdisc replace dev radio root netem delay "${delay[$x]}ms" limit 100000 "$@"
}

# backhaul_set GNB: its delay also takes what core sends off the account of the socket that
# sent it; the one that answers all pings holds no more than 170 answers.
backhaul_set() {
	tc -n core qdisc replace dev "to-$1" root netem delay 1ms limit 100000
}

# path_to GNB: core sends what is for the UEs there.
path_to() { ip -n core route replace "$ues" via "${backhaul[gnb-$1]}"; }

# path_drained GNB: returns when all that core sent that way has been received there.  A
# link is first in, first out; a process that runs on a CPU knows that no other one is half
# way through sending there.
path_drained() {
	local cpu pid pids=()
	for cpu in /sys/devices/system/cpu/cpu[0-9]*; do
		on core taskset -c "${cpu##*cpu}" ping -q -c 1 "${backhaul[gnb-$1]}" >/dev/null &
		pids+=($!)
	done
	for pid in "${pids[@]}"; do
		wait "$pid"
	done
}

topology_down() {
	local ns
	for ns in ue core gnb-a gnb-b; do
		! [ -e "/run/netns/$ns" ] || ip netns del "$ns"
	done
}
