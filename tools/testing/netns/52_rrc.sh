#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl rrc: what each event that RRC learns of (38.331 5.3) does to the bearers and the keys of
# a UE and its gNB, with traffic between them.

. "$(dirname "$0")/../rrc.sh"

# Fingerprint of the KgNB that a key file of the chain has, for comparison.
fingerprint() { pdcpctl -j key fingerprint "$1" | jq -r '.[0].fingerprint'; }

# derive NAME WHAT...: key file NAME of the chain, computed beside RRC.
derive() {
	local name=$1 command=$2
	shift 2
	pdcpctl key "$command" "$@" to "$ktap_dir/$name" replace >/dev/null
}

# paused WANT DRB: at the UE.
paused() {
	is "$1" ue '.paused // [] | join(" ")' bearer show ue 1 drb "$2"
}

# RRCReconfigurationComplete is on the target's SRB1 before random access is known to have succeeded.
with_refresh() {
	streams_start &&
		handover "daps t304 600000 ncc 0 pci 17 nea 1 nia 1" 3=reestablish 4=reestablish &&
		rrc_is prepared .phase && sets "0 1" && paused handover 3 && paused handover 4 &&
		rrc_is "$(fingerprint "$ktap_dir/star")" .target.kgnb && rrc_is 0 .source.ncc &&
		[ "$(count ue "srb 1" target)" = 0 ] && srbs a1 target &&
		both random-access-ok && rrc_is switched .phase && paused "" 3 && sets "0 1" &&
		both source-release && generation=1 && rrc_is connected .phase && sets 1 &&
		rrc_is "17 1 1 1" '.source | "\(.pci) \(.nea) \(.nia) \(.set)"' &&
		streams_whole
}

# One key, two legs: what is discarded of the source must leave it to the target.
without_refresh() {
	local before
	before=$(count ue "srb 1")
	streams_start &&
		handover "daps t304 600000 no-key-change pci 2" 3=recover &&
		rrc_is prepared .phase && sets 1 && paused handover 3 &&
		[ "$(count ue "srb 1" target)" = "$before" ] && srbs a2 target &&
		both random-access-ok && both source-release && generation=2 &&
		rrc_is connected .phase && sets 1 && rrc_is 2 .source.pci &&
		[ "$(count ue "srb 1")" = $((before + 1)) ] &&
		rrc_is "$(fingerprint "$ktap_dir/star")" .source.kgnb &&
		streams_whole
}

# The source goes on with the COUNTs that the target has used.
without_refresh_fallback() {
	local before
	before=$(count ue "srb 1")
	streams_start &&
		handover "daps t304 600000 no-key-change pci 3" 3=recover && srbs a3 target &&
		both t304-expired && rrc_is connected .phase && rrc_is 2 .source.pci && sets 1 &&
		[ "$(count ue "srb 1")" = $((before + 1)) ] &&
		srbs a4 && streams_whole && drbs 3 4
}

# A vertical attempt that falls back leaves NCC, NH and KgNB as they were.
vertical_fallback() {
	local before after
	before=$(ctl ue -j rrc show state "$(state ue)" | jq -c '.[0].source')
	streams_start &&
		handover "daps t304 600000 ncc 2 pci 4 nea 3 nia 3" 3=reestablish 4=reestablish &&
		rrc_is 2 .target.ncc && both t304-expired && streams_whole || return
	after=$(ctl ue -j rrc show state "$(state ue)" | jq -c '.[0].source')
	[ "$before" = "$after" ] && drbs 3 4 && srbs a5
}

# The same NCC, for another cell: NH has not been stepped twice, so the base is the same.
vertical() {
	streams_start &&
		handover "daps t304 600000 ncc 2 pci 5 nea 3 nia 3" 3=reestablish 4=reestablish &&
		rrc_is "$(fingerprint "$ktap_dir/vertical")" .target.kgnb &&
		rrc_is "$(fingerprint "$ktap_dir/nh2") $(fingerprint "$ktap_dir/nh2")" \
			'[.derived[-2:][].base] | join(" ")' &&
		arrive && rrc_is "2 5" '.source | "\(.ncc) \(.pci)"' && streams_whole && drbs 3 4 && srbs a6
}

# NAS gives another KgNB; the chain begins anew at NCC 0.
from_nas() {
	handover "daps t304 600000 nas-count 7 pci 6 nea 2 nia 2" &&
		rrc_is "$(fingerprint "$ktap_dir/nas")" .target.kgnb &&
		arrive && rrc_is 0 .source.ncc && drbs 1 2 3 4 && srbs a7
}

idle() {
	local name
	for name in ue gnb; do
		rrc $name release && [ ! -e "$(state $name)" ] &&
			[ "$(ctl $name -j security show ue 1)$(ctl $name -j bearer show ue 1)" = "[][]" ] || return
	done
}

# order PHASE COMMAND...: each is refused with a sentence, and changes nothing.
orders() {
	local phase=$1 command before
	before=$(rrc ue show; ctl ue -j bearer show ue 1)
	for command in "${@:2}"; do
		# shellcheck disable=SC2046
		case $command in
		handover) refused "Error: pdcp: phase: " again ue "daps t304 600000 ncc 0 pci 99" ;;
		reestablish) refused "Error: pdcp: phase: " rrc ue reestablish ncc 0 pci 99 arfcn $arfcn $(legs ue) ;;
		*) refused "Error: pdcp: phase: " rrc ue "$command" ;;
		esac || return
	done
	rrc_is "$phase" .phase ue && [ "$before" = "$(rrc ue show; ctl ue -j bearer show ue 1)" ]
}

rrc_up
check "UE and gNB connect" rrc_connect
check "and are" rrc_is connected .phase
check "all bearers carry data" drbs 1 2 3 4
check "and messages" srbs a0
expect "the state is its owner's" 600 stat -c %a "$(state ue)"

derive kgnb kgnb kamf "$ktap_dir/kamf" nas-count 0
derive nh1 nh kamf "$ktap_dir/kamf" sync "$ktap_dir/kgnb"
derive nh2 nh kamf "$ktap_dir/kamf" sync "$ktap_dir/nh1"
derive star kgnb-star base "$ktap_dir/kgnb" pci 17 arfcn $arfcn
derive vertical kgnb-star base "$ktap_dir/nh2" pci 5 arfcn $arfcn
derive kgnb7 kgnb kamf "$ktap_dir/kamf" nas-count 7
derive nas kgnb-star base "$ktap_dir/kgnb7" pci 6 arfcn $arfcn

check "DAPS with key refresh loses nothing (E1, E3, E7)" with_refresh
check "DRBs that waited go on" drbs 3 4
check "so do SRBs, on the target" srbs aa
check "DAPS without key refresh loses nothing (E2, E3, E7)" without_refresh
check "DRBs that waited go on" drbs 3 4
check "its fallback takes the target's COUNTs back (E2, E5)" without_refresh_fallback
check "fallback leaves KgNB, NCC and NH as they were (E1, E5)" vertical_fallback
check "the same NCC comes again, for another cell" vertical
check "a KgNB of NAS" from_nas

check "illegal orders in phase connected" \
	orders connected random-access-ok t304-expired source-failed source-release
handover "daps t304 600000 ncc 2 pci 30" >/dev/null
check "in phase prepared" orders prepared handover source-release reestablish
both random-access-ok >/dev/null
check "in phase switched" orders switched handover random-access-ok t304-expired source-failed
both source-release && generation=$((generation + 1))
check "release leaves no bearer and no key (E9)" idle
rrc_disconnect
finish
