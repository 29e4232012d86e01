#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A DAPS handover over 32 bearers, and a fallback from it, in which each allocation fails in its
# turn: nothing has changed then, and packets pass.

. "$(dirname "$0")/../faults.sh"

set_add_ue() {
	ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)"
}

fall_back() {
	is prepared ue .state daps show ue 1 && ctl ue daps fallback ue 1 &&
		is none ue .state daps show ue 1 && passes && set_add_ue
}

start_again() {
	is none ue .state daps show ue 1 && passes && set_add_ue &&
		ctl ue daps start ue 1 set 1 "${targets[@]}"
}

start_faults() {
	set_add_ue && fault_all start fall_back \
		pdcpctl -n ue-$$ daps start dev pdcp0 ue 1 set 1 t304 600000 "${targets[@]}"
}

fallback_faults() {
	ctl ue daps start ue 1 set 1 "${targets[@]}" &&
		fault_all fallback start_again pdcpctl -n ue-$$ daps fallback dev pdcp0 ue 1
}

net_up
monitor_start ue
ue_add 1 $ue4
set_add 1 0 2 2
check "32 bearers" bearers_add 0
check "packets pass" passes
check "faults can be injected" fault_setup
targets ue 1
check "each failure of a start changes nothing" start_faults
fault_summary start
check "each failure of a fallback changes nothing" fallback_faults
fault_summary fallback
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg
finish
