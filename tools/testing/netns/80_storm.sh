#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A UE that is handed over again and again, with any outcome, under numbered traffic over links that
# delay, reorder, duplicate and lose.  More arguments are for storm; tools/testing/storm/run makes it
# a long one.

. "$(dirname "$0")/../pdcp.sh"

storm=$(dirname "$0")/../storm/storm

# um_links: eth2 and eth3, which the UM bearer has to itself.  Nothing but PDUs is on them: neighbours
# are known, and there is no IPv6.
um_links() {
	local i name other peer
	for i in 2 3; do
		link ue eth$i gnb eth$i || return
		nsip ue addr add 192.168.$i.1/24 dev eth$i && nsip gnb addr add 192.168.$i.2/24 dev eth$i || return
		for name in ue gnb; do
			other=gnb peer=2
			[ $name = ue ] || other=ue peer=1
			on $name bash -c "echo 1 >/proc/sys/net/ipv6/conf/eth$i/disable_ipv6" &&
				nsip $name neigh replace 192.168.$i.$peer nud permanent dev eth$i \
					lladdr "$(nsip $other -j link show eth$i | jq -r '.[0].address')" || return
		done
	done
	for name in ue gnb; do
		on $name bash -c 'echo 1 | tee /sys/class/net/eth?/queues/rx-0/rps_cpus >/dev/null
			for i in eth0 eth1 eth2 eth3; do ethtool -K $i tx-udp-segmentation off gso off; done'
	done
}

all_links() {
	local i
	for i in 0 1 2 3; do
		link_netem $i "$@" || return
	done
}

storm() { "$storm" --ue "ue-$$" --gnb "gnb-$$" --grown "$memory_slack" "$@"; }

# said COMMAND...: what a storm says is worth reading when it was right, too.
said() {
	"$@" 2>&1 | tee "$ktap_dir/said"
	return "${PIPESTATUS[0]}"
}

net_up
gnb2_up
um_links
# No key is used twice, and each is remembered as long as the UE.
echo 10000000 >/sys/module/pdcp/parameters/ledger_entries
all_links delay 4ms 3ms loss 1% duplicate 1%
check "a storm of handovers loses, repeats and reorders nothing" said storm "$@"
grep '^#' "$ktap_dir/said"
check "the devices go" eval "nsip ue link del pdcp0 && nsip gnb link del pdcp0 && nsip gnb link del pdcp1"
! remembers ||
	check "the log told of all objects, and all are gone" none_left device UE "security set" entity leg
finish
