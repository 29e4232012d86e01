#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ends.sh measure|trial RESULT: in the guest, which has one processor for both ends: iperf3 and
# pktgen through two pdcp devices and their tunnels, through a veth alone, and through WireGuard,
# in turns.  RESULT gets lines "ends NAME PATH OCTETS OURS LOW HIGH KEPT PEER PEER-NAME", in
# nanoseconds of both ends for an octet or, of pktgen, for a packet.

. "$(dirname "$0")/../testing/pdcp.sh" >/dev/null
set -o pipefail
mode=$1 result=$2
here=$(dirname "$0")

# Rounds until there are as many windows at full speed as are wanted of each, but no more than these.
rounds=100 wanted=8
[ "$mode" = measure ] || rounds=3 wanted=1
declare -A source=([veth]=192.0.2.1 [wireguard]=10.77.0.1 [NEA0]=10.45.0.3 [NEA2+NIA2]=10.45.0.2
	[NEA2+NIA2-AM]=10.45.0.4)
declare -A sink=([veth]=192.0.2.2 [wireguard]=10.77.0.2 [NEA0]=$server4 [NEA2+NIA2]=$server4
	[NEA2+NIA2-AM]=$server4)
declare -A device=([veth]=eth0 [wireguard]=wg0 [NEA2+NIA2]=pdcp0)
declare -A dropped=([veth]=10.98.0.1 [wireguard]=10.98.0.2 [NEA2+NIA2]=10.98.0.3)
paths="veth wireguard NEA0 NEA2+NIA2 NEA2+NIA2-AM"

# UE 1 has ciphers, UE 2 has none, UE 3 keeps what it sends until the peer has confirmed it.  UE 4
# forwards for pktgen, which knows Ethernet alone.
pdcp_up() {
	local um="mode um sn 18 t-reordering 100 queue-limit 8192" name
	nsip ue -batch - <<-END
	addr add 10.45.0.3/32 dev pdcp0
	addr add 10.45.0.4/32 dev pdcp0
	END
	ue_add 1 10.45.0.2 && set_add 1 0 2 2 && bearer_add 1 "drb 1" 0 4 $um integrity on || return
	ue_add 2 10.45.0.3 && set_add 2 0 0 0 && bearer_add 2 "drb 1" 0 4 $um || return
	ue_add 3 10.45.0.4 && set_add 3 0 2 2 || return
	for name in ue gnb; do
		# shellcheck disable=SC2046
		ctl $name bearer add dev pdcp0 ue 3 drb 1 set 0 mode am sn 18 integrity on \
			t-reordering 100 status-report on queue-limit 8192 \
			$(gtpu $name "$(teid 3 "drb 1")") nru on || return
	done
	ue_add 4 10.45.0.5 && set_add 4 0 2 2 && bearer_add 4 "drb 1" 0 4 $um integrity on
}

# wg_end NAME OWN PEER: keys are made by wg_up.
wg_end() {
	nsip "$1" link add wg0 type wireguard
	on "$1" wg set wg0 private-key "$ktap_dir/$1.key" listen-port 51820 \
		peer "$(cat "$ktap_dir/$4.pub")" allowed-ips 0.0.0.0/0 endpoint "$3:51820"
	nsip "$1" addr add "$2/24" dev wg0
	nsip "$1" link set wg0 mtu 1400 up
}

wg_up() {
	local name
	modprobe wireguard
	for name in ue gnb; do
		(umask 077; wg genkey >"$ktap_dir/$name.key")
		wg pubkey <"$ktap_dir/$name.key" >"$ktap_dir/$name.pub"
	done
	wg_end ue 10.77.0.1 198.51.100.2 gnb && wg_end gnb 10.77.0.2 198.51.100.1 ue
}

# A third namespace sends through the UE's, on to addresses that the other end drops.
pktgen_up() {
	netns gen
	link gen gen0 ue gen1
	modprobe pktgen
	on ue bash -c 'echo 1 >/proc/sys/net/ipv4/ip_forward'
	nsip ue -batch - <<-END
	route add ${dropped[veth]} via 192.0.2.2
	route add ${dropped[wireguard]} dev wg0
	route add ${dropped[NEA2+NIA2]} dev pdcp0
	END
	nsip gnb route add blackhole 10.98.0.0/16
	on gen bash -c "echo add_device gen0 >/proc/net/pktgen/kpktgend_0"
}

servers_up() {
	on gnb iperf3 -s -D
	wait_until 10 eval 'on gnb ss -Hltn | grep -q 5201'
}

# rate_TCP PATH, rate_UDP PATH: octets a second that arrived.  A window takes a third of a second, so
# that the machine is seldom disturbed within one.
rate_TCP() {
	local octets=64M
	[ "$1" != wireguard ] || octets=12M
	on ue iperf3 -c "${sink[$1]}" -B "${source[$1]}" -n $octets -J |
		jq '.end.sum_received.bits_per_second / 8'
}

rate_UDP() {
	on ue iperf3 -c "${sink[$1]}" -B "${source[$1]}" -n 1300K -J -u -b 0 -l 1300 |
		jq '.end.sum | (.packets - .lost_packets) * 1300 / .seconds'
}

# rate_pktgen PATH: packets a second that arrived.
rate_pktgen() {
	local packets=100000 before count us
	[ "$1" != wireguard ] || packets=25000
	before=$(on gnb cat "/sys/class/net/${device[$1]}/statistics/rx_packets")
	on gen bash -s <<-END
	printf '%s\n' "count $packets" "pkt_size 1000" "src_min 10.45.0.5" "src_max 10.45.0.5" \
		"dst ${dropped[$1]}" "dst_mac $(on ue cat /sys/class/net/gen1/address)" "delay 0" |
		while read -r line; do
			echo "\$line" >/proc/net/pktgen/gen0
		done
	echo start >/proc/net/pktgen/pgctrl
	END
	count=$(($(on gnb cat "/sys/class/net/${device[$1]}/statistics/rx_packets") - before))
	us=$(on gen sed -n 's/^Result: OK: \([0-9]*\).*/\1/p' /proc/net/pktgen/gen0)
	echo "$count $us" | awk '{ print $1 / $2 * 1e6 }'
}

# window NAME PATH: "NAME PATH NANOSECONDS SPIN"
window() {
	local before rate after
	before=$("$here/ends/spin")
	rate=$("rate_$1" "$2")
	after=$("$here/ends/spin")
	echo "$1 $2 $rate $before $after" |
		awk '{ print $1, $2, ($3 ? 1e9 / $3 : "none"), ($4 > $5 ? $4 : $5) }'
}

# Deciles of what was measured at full speed, of each path beside each peer.
evaluate() {
	awk -v mode="$mode" -v wanted=$wanted '
	function sort(a, n,    i, j, x) {
		for (i = 2; i <= n; i++) {
			x = a[i]
			for (j = i - 1; j && a[j] > x; j--)
				a[j + 1] = a[j]
			a[j + 1] = x
		}
	}
	function tell(name, path, octets, peer,    key) {
		key = name " " path
		printf "ends %s %s %d ", name, path, octets
		if (n[key] < wanted || n[name " " peer] < wanted) {
			print "noisy"
			return
		}
		printf "%.4g %.4g %.4g %d %.4g %s\n", q(key, 5), q(key, 1), q(key, 9),
			100 * n[key] / all[key], q(name " " peer, 5), peer
	}
	function q(key, tenth,    i, a) {
		for (i = 1; i <= n[key]; i++)
			a[i] = value[key, i]
		sort(a, n[key])
		return a[1 + int((n[key] - 1) * tenth / 10 + .5)]
	}
	$3 == "none" { print "bench: nothing arrives: " $0 >"/dev/stderr"; exit 1 }
	{ line[NR] = $0; spin[NR] = $4 }
	END {
		for (i = 1; i <= NR; i++)
			spins[i] = spin[i]
		sort(spins, NR)
		full = spins[1 + int(NR / 10)]
		for (i = 1; i <= NR; i++) {
			split(line[i], f)
			key = f[1] " " f[2]
			all[key]++
			if (mode == "trial" || spin[i] <= full * 1.04)
				value[key, ++n[key]] = f[3]
		}
		for (key in all) {
			split(key, f)
			octets = f[1] == "TCP" ? 0 : f[1] == "UDP" ? 1300 : 1000
			if (f[2] == "veth")
				continue
			tell(f[1], f[2], octets, "veth")
			if (f[2] != "wireguard")
				tell(f[1], f[2], octets, "wireguard")
		}
	}' | sort
}

measure() {
	local round path
	for ((round = 1; round <= rounds; round++)); do
		for path in $paths; do
			window TCP "$path"
			window UDP "$path"
			[ -z "${device[$path]-}" ] || window pktgen "$path"
		done >>"$ktap_dir/windows"
		[ $round = $rounds ] || [ $((round % 10)) = 0 ] || continue
		evaluate <"$ktap_dir/windows" >"$result" || return
		grep -q noisy "$result" || return 0
	done
}

echo "bench: both ends, some minutes"
mount -t tmpfs run /run
net_up 2>/dev/null
pdcp_up && wg_up && pktgen_up && servers_up && measure || exit
finish >/dev/null
