#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Messages to the family, half of them right, the others not, from two threads at once, while
# packets come and go: nothing happens that the kernel complains of, nothing is left, the device is
# of use.  COUNT is how many are sent, SEED makes them others.

. "$(dirname "$0")/../pdcp.sh"

messages=$(dirname "$0")/../fuzz/netlink/messages
control=/sys/kernel/debug/dynamic_debug/control

# Each object that comes or goes would be a line in the log.
fuzz() {
	local status=0
	echo 'module pdcp -p' >$control
	on ue "$messages" pdcp0 $((${COUNT-40000} / 2)) "${SEED-1}" || status=$?
	echo 'module pdcp +p' >$control
	return $status
}

# Any UE, those with an identity that nobody would choose, too.
ues_del() {
	local id
	for id in $(ctl ue -j ue show | jq '.[].ue'); do
		ctl ue ue del ue "$id" || return
	done
	is 0 ue .ues dev show
}

# As before, at the port that the device has now.
usable() {
	nsip ue link set pdcp0 down
	ctl ue dev set port 2152 && nsip ue link set pdcp0 up &&
		nsip ue route replace $server4 dev pdcp0 src $ue4 &&
		ue_add 1 $ue4 && set_add 1 0 2 2 &&
		bearer_add 1 "drb 1" 0 4 mode am sn 18 integrity on &&
		pings ue -c 3 -i 0.01 $server4
}

# Devices do not hold the module: what does is lost.
removed() {
	nsip ue link del pdcp0 && nsip gnb link del pdcp0 &&
		modprobe -r pdcp && ! [ -e /sys/module/pdcp ] && modprobe pdcp dyndbg=+p
}

net_up
for mark in 0 1 2 3; do
	ip netns exec ue-$$ ping -q -i 0.01 -W 1 -m $mark $server4 >/dev/null 2>&1 &
done
check "of each command some succeed" fuzz
sed 's/^/# /' "$ktap_dir/output"
jobs -p | xargs -r kill
wait
check "UEs are deleted" ues_del
check "the device is of use" usable
check "devices and module are removed" removed
finish
