#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The commands of Documentation/generators.rst, as they are there, and what comes of each.

. "$(dirname "$0")/../page.sh"

page=/pdcp/Documentation/generators.rst

# What the bearers have received by the end of a block: "NAME UE sdus SDUS" and "NAME UE REASON DROPS".
cat >"$ktap_dir/state" <<-'END'
	for name in ue gnb; do
		pdcpctl -n $name -j bearer show 2>/dev/null | jq -r --arg name $name '.[] | . as $bearer |
			"\($name) \(.ue) sdus \(."rx-sdus")",
			((.drop // {}) | to_entries[] | "\($name) \($bearer.ue) \(.key) \(.value)")'
	done
END

at_exit eval 'for name in ue gnb core; do ip netns pids $name | xargs -r kill; ip netns del $name; done'
state() { [ "$(section "$1")" = "Clean up" ] || echo "bash $ktap_dir/state"; }
page_run state

# counted BLOCK NAME UE WHAT: by the end of the block; 0 if it is not told.
counted() {
	awk -v from="=====$1" -v what="$2 $3 $4 " '/^=====/ { inside = $0 == from }
	inside && index($0, what) == 1 { value = $NF } END { print value + 0 }' "$ktap_dir/said"
}

# grew TITLE [NTH] NAME UE WHAT AT-LEAST: in the block of that title.
grew() {
	local i nth=$2 after before
	for ((i = 1; i < n; i++)); do
		[ "$(section $i)" != "$1" ] || [ $((nth--)) -gt 1 ] || break
	done
	after=$(counted $i "$3" "$4" "$5") before=$(counted $((i - 1)) "$3" "$4" "$5")
	echo "$3 ue $4 $5: $before, then $after"
	[ $((after - before)) -ge "$6" ]
}

check "iperf3 loads the uplink" grew iperf3 1 gnb 1 sdus 500
check "and the downlink" grew iperf3 1 ue 1 sdus 500
check "tcpreplay sends what was captured again" grew tcpreplay 1 gnb 1 sdus 200
check "trafgen's ring is sent" grew trafgen 1 gnb 1 sdus 300
check "and so are packets of its at a rate" grew trafgen 2 gnb 1 sdus 100
check "pktgen reaches the UE" grew pktgen 1 ue 1 sdus 1000
check "PDUs are delivered" grew PDUs 1 ue 2 sdus 200
check "replayed ones are not" eval '! grew PDUs 2 ue 2 sdus 1'
check "they are dropped as old" grew PDUs 2 ue 2 rx-old 50
check "others fail integrity protection" grew PDUs 3 ue 1 rx-integrity 20
check "nothing is left" eval '! ip netns list | grep -E "^(ue|gnb|core)( |$)"'
finish
