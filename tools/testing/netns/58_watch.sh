#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What ip, ethtool and the tracepoints tell of a device is what happened: the interface counts SDUs,
# and everything that came or was to be sent is counted as passed or as dropped.

. "$(dirname "$0")/../pdcp.sh"

# link_count NAME JQ: of the interface's counters.
link_count() { nsip "$1" -s -j link show pdcp0 | jq -r ".[0].stats64 | $2"; }

# passed NAME: SDUs and octets sent and received.
passed() { link_count "$1" '[.tx.packets, .tx.bytes, .rx.packets, .rx.bytes] | join(" ")'; }

# ethtool_count NAME COUNTER: of all that the device has had.
ethtool_count() { on "$1" ethtool -S pdcp0 | awk -v name="$2:" '$1 == name { print $2 }'; }

# Names and values of all counters of dropped packets that are not 0, sorted.
ethtool_drops() {
	on "$1" ethtool -S pdcp0 | awk '/^ *(device|gtpu|no|tx|rx)-/ && $2 &&
		$1 !~ /^[tr]x-(sdu|pdu)/ { sub(":", "", $1); print $1, $2 }' | sort
}
shown_drops() {
	{ ctl "$1" -j dev show; ctl "$1" -j bearer show; } | jq -rs 'add | map(.drop // {}) |
		map(to_entries[]) | group_by(.key)[] | "\(.[0].key) \(map(.value) | add)"' | sort
}

# same_drops NAME: ethtool's are those of the device and its bearers, and the interface's their sum.
same_drops() {
	local shown
	shown=$(shown_drops "$1")
	[ "$shown" ] && [ "$(ethtool_drops "$1")" = "$shown" ] &&
		[ "$(link_count "$1" '.tx.dropped + .rx.dropped')" = "$(awk '{ n += $2 } END { print n }' <<<"$shown")" ]
}

# Tracing: an instance of its own, of which each line so far is in $ktap_dir/trace.
tracing=/sys/kernel/tracing/instances/watch-$$
trace_up() {
	grep -q ' /sys/kernel/tracing ' /proc/mounts || mount -t tracefs tracefs /sys/kernel/tracing
	mkdir "$tracing" || return
	at_exit rmdir "$tracing"
	at_exit trace off
	echo 8192 >"$tracing/buffer_size_kb"
}
trace() {
	case $1 in
	on) echo >"$tracing/trace"; echo 1 >"$tracing/events/pdcp/enable" ;;
	off) echo 0 >"$tracing/events/pdcp/enable" ;;
	esac
}
# traced EVENT PATTERN: how many such lines there are of the gNB's namespace.
traced() {
	grep -v '^#' "$tracing/trace" | grep " $1: netns=$gnb_inode " | grep -cE "$2"
}

net_up
gnb_inode=$(on gnb stat -L -c %i /proc/self/ns/net)
ue_add 1 $ue4
set_add 1 0 2 2
bearer_add 1 "drb 1" 0 4 mode um sn 18 integrity on
bearer_add 1 "srb 1" 0 4
check "the interface is of kind pdcp" eval "nsip gnb -d -j link show pdcp0 | jq -e '.[0].linkinfo.info_kind == \"pdcp\"'"
check "and its driver too" eval "on gnb ethtool -i pdcp0 | grep -qx 'driver: pdcp'"

check "5 packets pass both ways" pings ue -c 5 -i 0.2 $server4
expect "the UE's interface has counted them, as the stack knows them" "5 420 5 420" passed ue
expect "the gNB's likewise" "5 420 5 420" passed gnb
ctl ue sdu send ue 1 srb 1 010203
wait_until 5 is 1 gnb '."rx-sdus"' bearer show ue 1 srb 1
expect "signalling does not pass the interface" "5 420 5 420" passed gnb
expect "but is counted by ethtool" 6 ethtool_count gnb rx-sdus
expect "with its octets" 423 ethtool_count gnb rx-sdu-bytes
expect "as PDUs" 6 ethtool_count gnb rx-pdus
expect "which have a header and a MAC-I" $((423 + 5 * (3 + 4) + 2 + 4)) ethtool_count gnb rx-pdu-bytes

on gnb iperf3 -s -1 -D >/dev/null
wait_until 10 eval "on gnb ss -Hltn | grep -q :5201"
check "TCP passes in large packets" on ue iperf3 -c $server4 -n 500K
expect_soon "each of its segments is one" "$(value ue '."tx-sdus"' bearer show ue 1 drb 1)" \
	link_count ue .tx.packets
expect "with its octets" "$(value ue '."tx-bytes"' bearer show ue 1 drb 1)" link_count ue .tx.bytes

ctl gnb ue add ue 2 role gnb addr 10.45.0.3
! on gnb ping -q -c 1 -W 0.01 10.45.0.3 >/dev/null
udp 192.0.2.2 30
udp 192.0.2.2 "$(gpdu 30 ff 00001041 00)"
udp 192.0.2.2 "$(gpdu 30 ff 00001041 8000000102030405)"
wait_until 10 eval '[ "$(shown_drops gnb | wc -l)" -ge 4 ]'
shown_drops gnb >"$ktap_dir/drops"
check "ethtool names the drops, and the interface has their sum" same_drops gnb
before=$(passed gnb)
before_ethtool=$(ethtool_count gnb rx-pdus)
ctl ue bearer del ue 1 drb 1
ctl gnb bearer del ue 1 drb 1
expect "what a bearer has dropped is still known once it is gone" "$(cat "$ktap_dir/drops")" ethtool_drops gnb
expect "what has passed too" "$before" passed gnb
expect "in PDUs as well" "$before_ethtool" ethtool_count gnb rx-pdus

check "tracing can be had" trace_up
bearer_add 1 "drb 2" 0 4 mode um sn 12 t-reordering 10
trace on
check "3 packets pass both ways" pings ue -c 3 -i 0.2 $server4
wait_until 5 eval '[ "$(traced pdcp_tx .)" -ge 3 ]'
trace off
ifindex=$(nsip gnb -j link show pdcp0 | jq '.[0].ifindex')
for count in 0 1 2; do
	for event in pdcp_rx pdcp_tx; do
		expect "$event of COUNT $count" 1 traced $event \
			"ifindex=$ifindex dev=pdcp0 ue=1 bearer=drb2 leg=source control=0 count=$count len=86\$"
	done
done
expect "and of no more" 6 traced 'pdcp_[rt]x' .

trace on
udp 192.0.2.2 30
udp 192.0.2.2 "$(gpdu 30 ff 00001042 80)"
! on gnb ping -q -c 1 -W 0.01 10.45.0.3 >/dev/null
wait_until 10 eval '[ "$(traced pdcp_drop .)" -ge 3 ]'
trace off
expect "a drop that belongs to no bearer is traced" 1 \
	traced pdcp_drop 'dev=pdcp0 ue=0 bearer=0 reason=gtpu-malformed packets=1 len=1$'
expect "one of a bearer by its name" 1 \
	traced pdcp_drop 'dev=pdcp0 ue=1 bearer=drb2 reason=rx-malformed packets=1 len=1$'
expect "one in sending" 1 traced pdcp_drop 'ue=0 bearer=0 reason=no-bearer packets=1 len=84$'
expect "and no more" 3 traced pdcp_drop .

# Rates: of two samples, between which a known number of packets passes.
stats_of_pings() {
	ctl ue -j stats ue 1 interval 3 >"$ktap_dir/stats" &
	on ue ping -q -c 30 -i 0.02 $server4 >/dev/null
	wait $!
}
# stat JQ: of DRB 2 in the statistics.
stat() { jq -e ".[] | select(.type == \"drb\") | $1" "$ktap_dir/stats" >/dev/null || { cat "$ktap_dir/stats"; return 1; }; }
ctl ue -j stats ue 1 interval 0 >"$ktap_dir/stats"
check "statistics are the counters" stat '."tx-sdus" == 3 and ."tx-bytes" == 252 and (has("rate") | not)'
check "statistics can be had with rates" stats_of_pings
check "of what passed in a second, at most" stat '.rate."tx-sdus" > 0 and .rate."tx-sdus" <= 10'
# Both are rounded, and a packet may have been counted in one and not yet in the other.
check "in octets" stat '.rate."tx-bytes" / 84 - .rate."tx-sdus" | fabs < 1.5'
check "of its leg too" stat '.legs[0].rate."tx-pdus" == .rate."tx-sdus"'
check "drops have their names and rates" eval 'ctl gnb -j stats interval 1 |
	jq -e '"'"'any(.[]; .drop."rx-malformed" == 1 and ."drop-rate"."rx-malformed" == 0)'"'"
check "as text too" eval 'ctl gnb stats interval 1 count 2 | grep -c "^    drop rx-malformed 1 (0.0/s)$" | grep -qx 2'

# Events with the time at which they came, between two others.
monitored() {
	local before after time
	pdcpctl -n "gnb-$$" -j -t monitor >"$ktap_dir/timed" &
	wait_until 10 eval "ip netns exec gnb-$$ ss -Hf netlink | grep -q pdcpctl"
	before=$(date +%s.%N)
	ctl ue sdu send ue 1 srb 1 0405
	wait_until 5 [ -s "$ktap_dir/timed" ]
	after=$(date +%s.%N)
	kill $!
	cat "$ktap_dir/timed"
	jq -e '.event == "sdu-ntf" and .sdu == "0405"' "$ktap_dir/timed" || return
	time=$(jq -r .time "$ktap_dir/timed")
	[[ $time =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}[+-][0-9]{2}:[0-9]{2}$ ]] &&
		time=$(date -d "$time" +%s.%N) && awk "BEGIN { exit !($before <= $time + 1e-6 && $time <= $after) }"
}
check "monitor tells when an event came" monitored

# A device that goes down loses what is on its way, and says so.
came() { on gnb awk '/^Udp:/ && n++ { print $2 }' /proc/net/snmp; }
accounted() { link_count gnb '.rx.packets + .rx.dropped'; }
balanced() {
	echo "came $(came), accounted $(accounted), before $came and $accounted"
	[ $(($(came) - came)) = $(($(accounted) - accounted)) ]
}
came=$(came) accounted=$(accounted)
ip netns exec "ue-$$" ping -q -f -l 64 -s 1000 $server4 >/dev/null &
flood=$!
on_its_way() { [ "$(ethtool_count gnb device-down)" -gt 0 ]; }
for round in {1..500}; do
	[ "$round" -le 30 ] || ! on_its_way || break
	nsip gnb link set pdcp0 down
	nsip gnb link set pdcp0 up
	wait_until 5 eval '[ "$(accounted)" -gt '"$(accounted)"' ]'
done
kill -INT $flood
wait $flood
wait_until 10 balanced
check "what came as the device went down was received or is counted" balanced
check "some of it was on its way" on_its_way
finish
