#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Many UEs of four DRBs that hand over at the same time, from several threads, with success, with
# fallback and with an expiring guard, under numbered traffic.  More arguments are for crowd;
# tools/testing/crowd/run makes it a long one.

. "$(dirname "$0")/../pdcp.sh"

crowd=$(dirname "$0")/../crowd/crowd

# All addresses of UEs are the UE's end, all of its traffic goes through the device.
crowd_up() {
	local name
	net_up
	gnb2_up
	nsip ue route add local 10.45.0.0/16 dev lo
	for name in ue gnb; do
		nsip $name neigh replace "$(other $name 192.0.2)" nud permanent dev eth0 lladdr "$(mac $name eth0)" &&
			nsip $name neigh replace "$(other $name 198.51.100)" nud permanent dev eth1 lladdr "$(mac $name eth1)" ||
			return
	done
}

# other NAME PREFIX: the address at the other end of a link; mac NAME DEVICE likewise.
other() { [ "$1" = ue ] && echo "$2.2" || echo "$2.1"; }
mac() {
	local name=ue
	[ "$1" != ue ] || name=gnb
	nsip $name -j link show "$2" | jq -r '.[0].address'
}

# said COMMAND...: what a crowd says is worth reading when it was right, too.
said() {
	"$@" 2>&1 | tee "$ktap_dir/said"
	return "${PIPESTATUS[0]}"
}

crowd_up
before=$(memory)
check "of many that hand over at once, each comes to its own end" said "$crowd" --ue "ue-$$" --gnb "gnb-$$" "$@"
grep '^#' "$ktap_dir/said"
# shellcheck disable=SC2086
check "the memory is there as before" wait_until 20 as_before $before
# shellcheck disable=SC2086
as_before $before | sed 's/^/# /'
check "the devices go" eval "nsip ue link del pdcp0 && nsip gnb link del pdcp0 && nsip gnb link del pdcp1"
! remembers ||
	check "the log told of all objects, and all are gone" none_left device UE "security set" entity leg
finish
