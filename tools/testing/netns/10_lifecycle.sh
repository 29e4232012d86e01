#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Devices and modules come and go.

. "$(dirname "$0")/../pdcp.sh"

added_and_deleted() {
	nsip ue link add pdcp1 type pdcp &&
		nsip ue -j -d link show pdcp1 |
		jq -e '.[0] | .linkinfo.info_kind == "pdcp" and .mtu == 1400' &&
		nsip ue link set pdcp1 mtu 9000 &&
		! nsip ue link set pdcp1 mtu 9001 &&
		nsip ue link del pdcp1 &&
		! nsip ue link show pdcp1
}

one_port_one_device() {
	nsip ue link add pdcp1 type pdcp
	refused "in use" nsip ue link set pdcp1 up &&
		ctl ue dev set dev pdcp1 port 2153 &&
		nsip ue link set pdcp1 up &&
		refused "port" ctl ue dev set dev pdcp1 port 2152 &&
		is 2153 ue .port dev show dev pdcp1 &&
		nsip ue link del pdcp1
}

configured() {
	ue_add 1 $ue4 &&
		set_add 1 0 2 2 &&
		bearer_add 1 "drb 1" 0 4 mode um sn 12 t-reordering 0 &&
		pings ue -c 3 -i 0.2 $server4
}

# Down closes the sockets; bearers and their COUNTs stay.
down_and_up() {
	local count
	count=$(value gnb '."tx-next"' bearer show ue 1 drb 1)
	nsip gnb link set pdcp0 down
	! on ue ping -q -c 1 -W 1 $server4 || return
	nsip gnb link set pdcp0 up
	path_to pdcp0
	pings ue -c 3 -i 0.2 $server4 &&
		is $((count + 3)) gnb '."tx-next"' bearer show ue 1 drb 1
}

# The device goes to a namespace without links; its sockets stay where they can send.
moved() {
	netns inner
	nsip ue link set pdcp0 netns inner-$$
	nsip inner -batch - <<-END
	addr add $ue4/32 dev pdcp0
	link set pdcp0 up
	route add $server4 dev pdcp0
	END
	pings inner -c 3 -i 0.2 $server4 &&
		is 1 inner .ues dev show
}

# The first device loads the module by its alias.  Debug messages, which later tests read, have
# to be asked for.
reloaded() {
	modprobe -r pdcp && ! [ -e /sys/module/pdcp ] &&
		nsip ue link add pdcp1 type pdcp && [ -e /sys/module/pdcp ] &&
		nsip ue link del pdcp1
	modprobe -r pdcp && modprobe pdcp dyndbg=+p
}

net_up
check "a device is added and deleted, and its MTU has a limit" added_and_deleted
check "two devices of a namespace need two ports" one_port_one_device
check "a bearer carries packets" configured
check "a device goes down and up, COUNTs go on" down_and_up
check "a device moved to another namespace sends from where it was created" moved
nsip inner link del pdcp0
nsip gnb link del pdcp0
check "what was created is destroyed with the devices" none_left device UE "security set" entity leg
check "the module is removed, and loaded by the next device" reloaded
finish
