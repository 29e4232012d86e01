#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The examples of tools/example for hosts that set up a device when they boot: with ifupdown, and
# with systemd-networkd and a unit.

. "$(dirname "$0")/../pdcp.sh"

example=$(realpath "$(dirname "$0")/../../example")

# ready NAME: the device is up and has its address, the UE is there.
ready() {
	nsip "$1" -j addr show dev pdcp0 | jq -e '
		.[0] | (.flags | index("UP")) and any(.addr_info[]; .local == "10.45.0.2" and .prefixlen == 24)' &&
		is ue "$1" .role ue show ue 1 && is 10.45.0.2 "$1" '.address | join(" ")' ue show ue 1
}

gone() { ! nsip "$1" link show dev pdcp0 2>/dev/null; }

# systemctl VERB: does what the unit says, as systemd would.
systemctl() {
	local command
	sed -n "s/^Exec$1=//p" "$example/networkd/pdcp@.service" | sed 's/%i/pdcp0/g' | while read -r command; do
		# shellcheck disable=SC2086
		on unit $command </dev/null || return
	done
}

# networkd: in a network namespace it needs folders of its own, and must not wait for udev.
networkd() {
	on unit bash -c "mount -t tmpfs none /run && mkdir -p /run/systemd/network /run/systemd/netif &&
		chown -R systemd-network: /run/systemd/netif && cp '$example/networkd/pdcp0.network' /run/systemd/network &&
		mount -o remount,ro /sys && exec /usr/lib/systemd/systemd-networkd" >"$ktap_dir/networkd" 2>&1 &
	at_exit kill $!
}

netns boot unit
mkdir -p /run/network
check "ifup makes a device and a UE" on boot ifup --no-scripts -i "$example/interfaces" pdcp0
check "as the example says" ready boot
check "ifdown takes them away" on boot ifdown --no-scripts -i "$example/interfaces" pdcp0
check "nothing is left" gone boot

check "the unit makes a device and a UE" systemctl Start
networkd
configured() { wait_until 20 ready unit || { ready unit; cat "$ktap_dir/networkd"; return 1; }; }
check "networkd gives it its address" configured
check "the unit takes them away" systemctl Stop
check "nothing is left of it" gone unit
finish
