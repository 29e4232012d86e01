#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# 57_messages.sh [COUNT [SEED]]: messages to the family, half of them right, the others not, from two
# threads at once, while packets come and go: nothing happens that the kernel complains of, another UE
# of the device is as it was and of use, nothing is left.

. "$(dirname "$0")/../pdcp.sh"

messages=$(dirname "$0")/../fuzz/netlink/messages
count=${1-20000} seed=${2-1}
control=/sys/kernel/debug/dynamic_debug/control

# The UE that no message is about, and nothing that messages have to do with: they name UEs 1 to 4,
# of which 1 and 3 are UEs and have addresses 10.46.0.1 and .3, and TEIDs up to 64.
stander=1000000007

# leg NAME: the bystander's.
leg() { gtpu "$1" $((0x4000)); }

bystander() {
	local name
	ue_add $stander $ue4 && set_add $stander 0 2 2 || return
	for name in ue gnb; do
		# shellcheck disable=SC2046
		ctl $name bearer add ue $stander drb 1 set 0 mode am sn 18 integrity on default $(leg $name) || return
	done
}

# All that can be read of it.
all_of_it() {
	ctl ue -j ue show ue $stander && ctl ue -j bearer show ue $stander &&
		ctl ue -j security show ue $stander && ctl ue -j ledger show ue $stander
}

passes() {
	pings ue -c 3 -i 0.01 -I $ue4 $server4 && pings gnb -c 3 -i 0.01 $ue4
}

# Packets of the other UEs, and for those that are gNBs.
traffic() {
	local mark
	nsip ue addr add 10.46.0.1/32 dev pdcp0
	nsip ue addr add 10.46.0.3/32 dev pdcp0
	nsip ue route add 10.46.0.0/24 dev pdcp0 src 10.46.0.1
	for mark in 0 1 2; do
		ip netns exec ue-$$ ping -q -i 0.05 -W 1 -m $mark -I 10.46.0.1 $server4 >/dev/null 2>&1 &
		ip netns exec ue-$$ ping -q -i 0.05 -W 1 -m $mark -I 10.46.0.3 $server4 >/dev/null 2>&1 &
		ip netns exec ue-$$ ping -q -i 0.05 -W 1 -m $mark 10.46.0.2 >/dev/null 2>&1 &
	done
}

fuzz() { on ue "$messages" pdcp0 $((count / 2)) $seed; }

# Each object that comes or goes is a line in the log, which has no room for those of many.
log() {
	[ $count -le 100000 ] || [ ! -e $control ] || echo "module pdcp $1" >$control
}

# What the device has counted, of the bystander and others, by name.
counters() {
	on ue ethtool -S pdcp0 | awk '$2 { sub(":", "", $1); print $1, $2 }'
}

# more NAME...: some of each have come since $ktap_dir/counters was written.
more() {
	local name bad=0
	counters >"$ktap_dir/counters-now"
	for name; do
		awk -v name="$name" '$1 == name { n = $2 - n } END { exit n <= 0 }' \
			"$ktap_dir/counters" "$ktap_dir/counters-now" || { echo "no $name"; bad=1; }
	done
	return $bad
}

# Any UE, those with an identity that nobody would choose, too.
ues_del() {
	local id
	for id in $(ctl ue -j ue show | jq '.[].ue'); do
		[ "$id" = $stander ] || ctl ue ue del ue "$id" || return
	done
	is 1 ue .ues dev show
}

# Devices do not hold the module: what does is lost.
removed() {
	nsip ue link del pdcp0 && nsip gnb link del pdcp0 &&
		modprobe -r pdcp && ! [ -e /sys/module/pdcp ] && modprobe pdcp dyndbg=+p
}

net_up
check "a UE that nobody has to do with" bystander
check "its packets pass" passes
before=$(all_of_it)
counters >"$ktap_dir/counters"
traffic
log -p
check "of each command some succeed" fuzz
log +p
sed 's/^/# /' "$ktap_dir/output"
jobs -p | xargs -r kill
wait
check "entities have sent, received and refused" more tx-sdus rx-sdus rx-integrity
sed 's/^/# /' "$ktap_dir/counters-now"
check "the UE that nobody has to do with is as it was" [ "$before" = "$(all_of_it)" ]
check "the others are deleted" ues_del
# A right message may choose another one.
check "the device gets its port again" ctl ue dev set port 2152
check "its packets pass" passes
check "devices and module are removed" removed
[ $count -gt 100000 ] || ! remembers ||
	check "nothing is left" none_left device UE "security set" entity leg
finish
