#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl rrc: cells that fail before and after random access, re-establishment, and handovers without
# DAPS, which are lost if T304 expires.

. "$(dirname "$0")/../rrc.sh"

# The source fails first; the target takes over all the same.
source_failed() {
	handover "daps t304 600000 ncc 0 pci 20" && both source-failed &&
		rrc_is true '."source-failed"' && { ! on ue ping -q -c 2 -i 0.01 -W 1 $server4; } &&
		arrive && rrc_is 20 .source.pci && drbs 1 2 && srbs b7
}

# Both fail: re-establishment, with a shortMAC-I under the source's key.
both_failed() {
	local mac
	handover "daps t304 600000 ncc 0 pci 21" && both source-failed && both t304-expired &&
		rrc_is failed .phase && sets 1 && { ! on ue ping -q -c 2 -i 0.01 -W 1 $server4; } || return
	mac=$(rrc ue short-mac-i cell 0x123456789 rnti 0x4601) &&
		[ "$mac" = "$(rrc gnb short-mac-i cell 0x123456789 rnti 0x4601)" ] &&
		[ "$mac" != "$(rrc gnb short-mac-i cell 0x123456788 rnti 0x4601)" ] &&
		reestablish "ncc 1 pci 22" && rrc_is "connected 22 1" '"\(.phase) \(.source.pci) \(.source.ncc)"' &&
		sets 0 && drbs 1 2 3 4 && srbs b8
}

# The target fails after the uplink has moved: the source, which is still there, goes too.
target_failed() {
	handover "daps t304 600000 ncc 1 pci 23" && both random-access-ok &&
		generation=$((generation + 1)) && reestablish "ncc 1 pci 24" &&
		rrc_is "connected 24" '"\(.phase) \(.source.pci)"' && sets 0 && drbs 1 2 3 4 && srbs b9
}

# UM and SRBs begin at COUNT 0, AM goes on.
ordinary() {
	local am
	am=$(count ue "drb 1")
	handover "ncc 1 pci 25 nea 3 nia 1" && rrc_is moved .phase && sets 1 &&
		[ "$(count ue "drb 2")" = 0 ] && [ "$(count ue "srb 1")" = 0 ] &&
		[ "$(count ue "drb 1")" = "$am" ] && both random-access-ok &&
		generation=$((generation + 1)) && rrc_is connected .phase && drbs 1 2 3 4 && srbs ba
}

ordinary_without_refresh() {
	local drb srb
	drb=$(count ue "drb 2") srb=$(count ue "srb 1")
	handover "no-key-change pci 26" 1=recover 3=recover && rrc_is moved .phase && sets 1 &&
		[ "$(count ue "drb 2")" = "$drb" ] && [ "$(count ue "srb 1")" = "$srb" ] &&
		both random-access-ok && generation=$((generation + 1)) && drbs 1 2 3 4 && srbs bb
}

ordinary_failed() {
	local mac
	mac=$(rrc ue short-mac-i cell 1 rnti 1)
	handover "ncc 1 pci 27" && both t304-expired && generation=$((generation + 1)) &&
		rrc_is "failed 26" '"\(.phase) \(.source.pci)"' &&
		[ "$(rrc ue short-mac-i cell 1 rnti 1)" = "$mac" ] &&
		reestablish "ncc 2 pci 28" && rrc_is connected .phase && sets 1 && drbs 1 2 3 4 && srbs bc
}

rrc_up
check "UE and gNB connect" rrc_connect
check "the source fails before random access succeeds (E4, E3)" source_failed
check "the source fails, and the target (E4, E6)" both_failed
check "the target fails after the switch (E8)" target_failed
check "an ordinary handover with key refresh (E10)" ordinary
check "an ordinary handover without (E11)" ordinary_without_refresh
check "an ordinary handover that fails" ordinary_failed
rrc_disconnect
finish
