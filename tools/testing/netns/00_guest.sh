#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The guest itself: what every other script relies on.

. "$(dirname "$0")/../ktap.sh"

for program in ip tc ss ping iperf3 tcpdump ethtool jq taskset setpriv pdcpctl; do
	check "$program is there" type -P "$program"
done
for module in pdcp_crypto pdcp; do
	check "$module is loaded" test -d "/sys/module/$module"
done
check "debug messages of pdcp are on" grep -q 'pdcp\].* =p' /proc/dynamic_debug/control
check "no taint but that of modules from elsewhere, unsigned" \
	test $(($(cat /proc/sys/kernel/tainted) & ~(1 << 12 | 1 << 13))) = 0

netns a b
link a eth0 b eth0
check "an address in one namespace" on a ip addr add 10.1.0.1/24 dev eth0
check "an address in the other" on b ip addr add 10.1.0.2/24 dev eth0
check "they reach each other at 1000 packets a second" \
	on a ping -q -i 0.001 -c 200 -W 2 10.1.0.2

echos() { on b nstat -asz IcmpInEchos | awk '/IcmpInEchos/ { print $2 }'; }
expect_growth "five requests, counted" 5 echos on a ping -q -c 5 -i 0.01 -D 10.1.0.2
check "netem is there" on a tc qdisc add dev eth0 root netem delay 5ms 1ms loss 10% reorder 25%
check "clsact can set marks" on b tc qdisc add dev eth0 clsact
check "marks by address" on b tc filter add dev eth0 egress protocol ip u32 \
	match ip dst 10.1.0.1/32 action skbedit mark 7
refuse "without CAP_NET_ADMIN nothing is configured" "Operation not permitted" \
	setpriv --reuid nobody --clear-groups --bounding-set -all ip link add type dummy

finish
