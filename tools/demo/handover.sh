# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154
#
# Sourced by demo.sh: three ways from gnb-a to gnb-b, each with everything in place and
# traffic flowing.  Each sets "serving" to the gNB that serves the UEs at its end.

# ms: longer than any handover, on whatever machine emulates this one.
guard=60000

# legs_to GNB UE: the target legs of all bearers of a UE.
legs_to() {
	case $2 in
	1) echo "drb 1 $(leg ue "drb 1" "$1") srb 1 $(leg ue "srb 1" "$1")" ;;
	2) echo "drb 2 $(leg ue "drb 2" "$1")" ;;
	esac
}

# number NAME JSON: the first of that name.
number() {
	[[ $2 =~ \"$1\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# The source cell is gone before anything else happens, and data on their way with it.
# The gNBs hand over the COUNTs of the AM bearer only: re-established UM starts at 0.
handover_conventional() {
	local status ue
	rrc gnb-a ue "RRCReconfiguration reconfigurationWithSync"
	radio_set a loss 100%
	bearers_add gnb-b b hold both
	step "source link cut, target prepared"
	status=$(ctl gnb-a -j status get ue 1 drb 1 stop)
	ctl gnb-b status set ue 1 drb 1 tx-next "$(number tx-next "$status")" \
		rx-deliv "$(number rx-deliv "$status")"
	ctl gnb-b status set ue 2 drb 2 tx-next 0 rx-deliv 0
	path_to b
	legs_note ue
	# shellcheck disable=SC2046
	for ue in 1 2; do
		set_add ue $ue 1
		ctl ue bearer reestablish ue $ue set 1 $(legs_to b $ue)
		ctl ue security del ue $ue set 0
	done
	step "re-established on the target"
	rrc ue gnb-b "RRCReconfigurationComplete"
	rrc gnb-b ue "RRCReconfiguration"
	legs_note gnb-a
	bearers_del gnb-a
	serving=gnb-b
	step "source context released"
}

# Nothing is lost if no packet reaches gnb-a after its TX_NEXT was read, and no SDU is
# delivered by both gNBs or by neither: gnb-b holds both directions, downlink unnumbered,
# uplink still protected, until it has gnb-a's final COUNTs.
handover_daps() {
	bearers_add gnb-b b hold both
	step "target prepared"
	rrc gnb-a ue "RRCReconfiguration daps-Config"
	daps_start $guard
	step "DAPS configured"

	path_to b
	path_drained a
	transfer_downlink 1 1 & local transfer=$!
	transfer_downlink 2 2
	wait $transfer

	switch_uplink 1 1 & transfer=$!
	switch_uplink 2 2
	wait $transfer
	step "uplink switched, status transferred"

	rrc ue gnb-b "RRCReconfigurationComplete"
	rrc gnb-b ue "RRCReconfiguration daps-SourceRelease"
	legs_note ue gnb-a
	ctl ue daps release ue 1
	ctl ue daps release ue 2
	step "source released"
	rrc ue gnb-b "RRCReconfigurationComplete"
	bearers_del gnb-a
	serving=gnb-b
	step "source context released"
}

# daps_start T304
daps_start() {
	local ue
	# shellcheck disable=SC2046
	for ue in 1 2; do
		set_add ue $ue 1
		ctl ue daps start ue $ue set 1 t304 "$1" $(legs_to b $ue)
	done
}

# transfer_downlink UE DRB: gnb-b goes on where gnb-a's numbering ended.
transfer_downlink() {
	local status
	status=$(ctl gnb-a -j status get ue "$1" drb "$2")
	ctl gnb-b status set ue "$1" drb "$2" tx-next "$(number tx-next "$status")"
}

# switch_uplink UE DRB: gnb-a first delivers all that the UE had sent to it.
switch_uplink() {
	local status bearer
	ctl ue daps switch ue "$1"
	bearer=$(ctl ue -j bearer show ue "$1" drb "$2")
	until_true 5 delivered "$1" "$2" "$(number tx-next "${bearer#*\"role\":\"source\"}")"
	status=$(ctl gnb-a -j status get ue "$1" drb "$2" stop)
	ctl gnb-b status set ue "$1" drb "$2" rx-deliv "$(number rx-deliv "$status")"
}

# delivered UE DRB COUNT
delivered() {
	local status
	status=$(ctl gnb-a -j status get ue "$1" drb "$2")
	[ "$(number rx-deliv "$status")" -ge "$3" ]
}

# The target cell is never heard of.  T304 runs in RRC; the module's guard is longer.
handover_fallback() {
	bearers_add gnb-b b hold both
	radio_set b loss 100%
	step "target prepared, its link dead"
	rrc gnb-a ue "RRCReconfiguration daps-Config"
	daps_start $guard
	step "DAPS configured"
	sleep 0.5
	legs_note ue
	ctl ue daps fallback ue 1
	ctl ue daps fallback ue 2
	step "T304 expired, fallen back"
	rrc ue gnb-a "FailureInformation daps-failure"
	rrc gnb-a ue "RRCReconfiguration"
	legs_note gnb-b
	bearers_del gnb-b
	serving=gnb-a
	step "target context released"
}
