#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl rrc: after a fallback the same command leads to the same keys.  They are refused at both
# ends, and each of the ways out goes well.

. "$(dirname "$0")/../rrc.sh"

# The UE's messages were on the target: its keys must not begin at COUNT 0 again.
failed_attempt() {
	handover "daps t304 600000 ncc 0 pci 8" && srbs a8 target && both t304-expired
}

unchanged() {
	local before after
	before=$(rrc ue show; ctl ue -j security show ue 1)
	! again ue "daps t304 600000 ncc 0 pci 8" || return
	after=$(rrc ue show; ctl ue -j security show ue 1)
	[ "$before" = "$after" ] && drbs 1 2 && srbs a9
}

# way ARGUMENTS: a way out: accepted at both ends, and messages and data pass.
way() {
	handover "daps t304 600000 $1" && srbs "$2" target && both t304-expired && drbs 1 2
}

# First the key of the serving cell changes, then the handover that was refused goes well.
intra_cell() {
	handover "ncc 0 pci 1" && both random-access-ok && generation=$((generation + 1)) &&
		handover "daps t304 600000 ncc 0 pci 8" && srbs b6 target && arrive && drbs 1 2 3 4
}

rrc_up
check "UE and gNB connect" rrc_connect
check "a handover fails after messages were sent" failed_attempt
refuse "the module refuses its keys the second time" "already" again ue "daps t304 600000 ncc 0 pci 8"
refuse "ways out are named" "Hint: " again ue "daps t304 600000 ncc 0 pci 8"
refuse "the gNB derives no KgNB twice" "was derived for PCI 8" again gnb "daps t304 600000 ncc 0 pci 8"
check "nothing has changed" unchanged
check "a way out: another PCI" way "ncc 0 pci 9" b1
check "a way out: a fresh NH" way "ncc 1 pci 8" b2
check "a way out: a fresh KgNB" way "nas-count 8 pci 8" b3
check "a way out: no key change" way "no-key-change pci 8" b4
check "a way out: another key in the serving cell first" intra_cell
rrc_disconnect
finish
