#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# In the guest, with perf and bpftrace: what they are told by the tracepoints is what happened, and
# the scripts of tools/trace work as they are.

. "$(dirname "$0")/pdcp.sh"

# script NAME: in the background.
script() {
	bpftrace -B none "/pdcp/trace/$1" >"$ktap_dir/$1" 2>&1 &
	tracers+=($!)
}
tracers=()

# begun FILE: bpftrace has attached its probes.
begun() { grep -q '^[A-Z].*Ctrl-C' "$ktap_dir/$1"; }

# perf_count EVENT: as perf has counted it.
perf_count() { awk -F, -v event="pdcp:$1" '$3 == event { print $1 }' "$ktap_dir/stat"; }

net_up
ue_add 1 $ue4
set_add 1 0 2 2
bearer_add 1 "drb 1" 0 4 mode um sn 18 integrity on
mount -t tracefs tracefs /sys/kernel/tracing

check "perf counts" perf stat -x, -o "$ktap_dir/stat" -a -e pdcp:pdcp_tx,pdcp:pdcp_rx,pdcp:pdcp_drop -- \
	ip netns exec "ue-$$" ping -q -c 5 -i 0.01 -s 100 $server4
expect "each PDU sent" 10 perf_count pdcp_tx
expect "each PDU received" 10 perf_count pdcp_rx
expect "and no drop" 0 perf_count pdcp_drop
check "perf records" perf record -q -a -o "$ktap_dir/data" -e 'pdcp:*' -- \
	ip netns exec "ue-$$" bash -c "printf 0 >/dev/udp/192.0.2.2/2152"
perf script -i "$ktap_dir/data" >"$ktap_dir/script" 2>&1
check "and prints the fields with their names" grep -q \
	'pdcp:pdcp_drop: netns=[0-9]* ifindex=[0-9]* dev=pdcp0 ue=0 bearer=0 reason=gtpu-malformed packets=1 len=1$' \
	"$ktap_dir/script"

script drops.bt
script sizes.bt
wait_until 120 begun drops.bt
wait_until 120 begun sizes.bt
check "bpftrace attaches the scripts" eval "begun drops.bt && begun sizes.bt"
for _ in 1 2 3; do
	udp 192.0.2.2 "$(gpdu 30 ff 00001041 80)"
done
check "5 packets pass" pings ue -c 5 -i 0.01 -s 1000 $server4
dropped() { awk '/^@\[pdcp0, 1, 1, rx-malformed\]: / { n += $NF } END { print n + 0 }' "$ktap_dir/drops.bt"; }
expect_soon "drops.bt has the drops by name" 3 dropped
kill -INT "${tracers[@]}"
wait "${tracers[@]}"
# A PDU has a header of 3 octets and a MAC-I of 4: 1000 + 28 + 7 octets are in [1K, 2K).
sized() { awk -v map="@$1[0]:" '$1 == map { found = 1 } found && /^\[1K, 2K\)/ { print $3; exit }' "$ktap_dir/sizes.bt"; }
expect "sizes.bt has those sent" 10 sized tx
expect "and received" 10 sized rx
[ $ktap_failed = 0 ] || sed 's/^/# /' "$ktap_dir/drops.bt" "$ktap_dir/sizes.bt" "$ktap_dir/script" "$ktap_dir/stat"
finish
