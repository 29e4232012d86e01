#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every other request, in which each allocation fails in its turn: it changes nothing when it is
# refused, and packets pass.

. "$(dirname "$0")/../faults.sh"

# tries NAME UNDO ARGUMENT...: of pdcpctl in the UE's namespace.
tries() {
	local name=$1 undo=$2
	shift 2
	check "$name" fault_all "$name" "$undo" pdcpctl -n ue-$$ "$@"
	names+=("$name")
}

# links NAME UNDO ARGUMENT...: likewise of ip.
links() {
	local name=$1 undo=$2
	shift 2
	check "$name" fault_all "$name" "$undo" ip -n ue-$$ "$@"
	names+=("$name")
}

# undo ARGUMENT...: of pdcpctl; and packets pass.
undo() { ctl ue "$@" && passes; }
link_undo() { nsip ue "$@" && passes; }

# What can be asked for ---------------------------------------------------------

questions() {
	tries device-get passes dev show dev pdcp0
	tries ue-get passes ue show dev pdcp0 ue 1
	tries ues passes ue show dev pdcp0
	tries security-get passes security show dev pdcp0 ue 1
	tries ledger-get passes ledger show dev pdcp0 ue 1
	tries bearer-get passes bearer show dev pdcp0 ue 1
	tries status-get passes status get dev pdcp0 ue 1 drb 1
}

# Devices -------------------------------------------------------------------------

devices() {
	tries device-set "undo dev set dev pdcp0 port 2152" dev set dev pdcp0 port 2154
	links link-new "link_undo link del pdcp9" link add pdcp9 type pdcp
	nsip ue link add pdcp9 type pdcp
	ctl ue dev set dev pdcp9 port 2155
	links link-up "link_undo link set pdcp9 down" link set pdcp9 up
	links link-mtu "link_undo link set pdcp9 mtu 1400" link set pdcp9 mtu 1300
	nsip ue link set pdcp9 up
	ctl ue ue add dev pdcp9 ue 1 addr 10.45.9.9
	links link-down "link_undo link set pdcp9 up" link set pdcp9 down
	nsip ue link del pdcp9
	nsip ue link add pdcp9 type pdcp
	links link-del "link_undo link add pdcp9 type pdcp" link del pdcp9
	nsip ue link del pdcp9
}

# UEs and security sets --------------------------------------------------------------

full_ue="dev pdcp0 ue 2 role gnb addr 10.45.0.9 addr fd45::9"

# A UE with all that can be its.
ue2_add() {
	# shellcheck disable=SC2086
	ctl ue ue add $full_ue && ctl ue security add dev pdcp0 ue 2 set 0 nea 3 nia 3 keys "$(key_file 9)" &&
		ctl ue bearer add dev pdcp0 ue 2 drb 1 set 0 mode am sn 18 leg user &&
		ctl ue bearer add dev pdcp0 ue 2 srb 1 set 0 leg user && passes
}

ues() {
	local algorithm
	# shellcheck disable=SC2086
	tries ue-new "undo ue del dev pdcp0 ue 2" ue add $full_ue
	ue2_add
	tries ue-del ue2_add ue del dev pdcp0 ue 2
	for algorithm in 1 2 3; do
		tries security-new-$algorithm "undo security del dev pdcp0 ue 2 set 1" \
			security add dev pdcp0 ue 2 set 1 nea $algorithm nia $algorithm \
			keys "$(key_file 8)"
	done
	ctl ue security add dev pdcp0 ue 2 set 1 nea 2 nia 2 keys "$(key_file 8)"
	tries security-del "undo security add dev pdcp0 ue 2 set 1 nea 2 nia 2 keys $(key_file 8)" \
		security del dev pdcp0 ue 2 set 1
}

# Bearers of UE 2, which has nobody to talk to ----------------------------------------------

split="dev pdcp0 ue 2 drb 5 set 0 mode am sn 12 duplication on \
	leg gtpu remote 192.0.2.9 teid-in 7 teid-out 7 nru on leg gtpu remote 192.0.2.9 teid-in 8 teid-out 8"
held="dev pdcp0 ue 2 drb 6 set 0 mode am sn 18 upper user hold both leg user"

held_again() {
	# shellcheck disable=SC2086
	ctl ue bearer del dev pdcp0 ue 2 drb 6 && ctl ue bearer add $held && passes
}

stopped_again() {
	ctl ue bearer del dev pdcp0 ue 2 drb 1 &&
		ctl ue bearer add dev pdcp0 ue 2 drb 1 set 0 mode am sn 18 leg user && passes
}

lone_bearers() {
	# shellcheck disable=SC2086
	tries bearer-new "undo bearer del dev pdcp0 ue 2 drb 5" bearer add $split
	# shellcheck disable=SC2086
	ctl ue bearer add $split
	tries bearer-set "undo bearer set dev pdcp0 ue 2 drb 5 t-reordering 40 duplication on" \
		bearer set dev pdcp0 ue 2 drb 5 t-reordering 500 duplication off
	# shellcheck disable=SC2086
	tries bearer-del "undo bearer add $split" bearer del dev pdcp0 ue 2 drb 5
	tries srb-new "undo bearer del dev pdcp0 ue 2 srb 2" bearer add dev pdcp0 ue 2 srb 2 set 0 leg user
	# shellcheck disable=SC2086
	ctl ue bearer add $held
	tries status-set held_again status set dev pdcp0 ue 2 drb 6 tx-next 5 rx-deliv 7
	tries status-stop stopped_again status get dev pdcp0 ue 2 drb 1 stop
}

# SDUs and PDUs, both ends in one device -------------------------------------------------------

# messages: DRB 7 of UE 3 and of UE 4, its gNB.
messages() {
	local id pdu role
	for id in 3 4; do
		role=ue
		[ $id = 3 ] || role=gnb
		ctl ue ue add dev pdcp0 ue $id role $role
		ctl ue security add dev pdcp0 ue $id set 0 nea 2 nia 2 keys "$(key_file 7)"
		ctl ue bearer add dev pdcp0 ue $id drb 7 set 0 mode um sn 12 upper user integrity on leg user
		ctl ue bearer add dev pdcp0 ue $id srb 1 set 0 leg user
	done
	tries sdu-send passes sdu send dev pdcp0 ue 3 drb 7 c0ffee
	tries sdu-send-srb passes sdu send dev pdcp0 ue 3 srb 1 c0ffee
	tries sdu-discard passes sdu discard dev pdcp0 ue 3 srb 1
	pdu=$(sent "3 dev pdcp0" "drb 7" deadbeef)
	check "a PDU to be received" test -n "$pdu"
	tries pdu-input passes pdu input dev pdcp0 ue 4 drb 7 "$pdu"
	check "the SDU is delivered, or was dropped for want of memory" taken
	ctl ue ue del dev pdcp0 ue 3
	ctl ue ue del dev pdcp0 ue 4
}

# Once in spite of a fault and once without; what is not delivered is counted.
taken() {
	ctl ue -j bearer show dev pdcp0 ue 4 drb 7
	ctl ue -j bearer show dev pdcp0 ue 4 drb 7 |
		jq -e '.[0] | ."rx-sdus" + ([.drop // {} | .[]] | add // 0) >= 1'
}

# Verbs for the bearers of UE 1, at both ends --------------------------------------------------

# prepare: another set at both ends, under the identity that is free, and legs that are, as arrays
# ue_moves and gnb_moves.
prepare() {
	local name
	generation=$((generation + 1))
	for name in gnb ue; do
		ctl $name security add dev pdcp0 ue 1 set $((generation % 2)) nea 2 nia 2 \
			keys "$(key_file $((10 + generation)))" || return
	done
	moves_of ue
	moves_of gnb
}

# moves_of NAME
moves_of() {
	local bearer leg
	local -n moves=$1_moves
	moves=()
	for bearer in "drb 1" "drb 2" "srb 1"; do
		read -ra leg < <(target_leg "$1" $((1 + generation % 2)) "$bearer")
		moves+=("${bearer% *}" "${bearer#* }" "${leg[@]}")
	done
}

# reestablish NAME
reestablish() {
	local -n named=$1_moves
	ctl "$1" bearer reestablish dev pdcp0 ue 1 set $((generation % 2)) "${named[@]}"
}

old_keys_del() {
	ctl ue security del dev pdcp0 ue 1 set $(((generation + 1) % 2)) &&
		ctl gnb security del dev pdcp0 ue 1 set $(((generation + 1) % 2))
}

both() { ctl ue bearer "$1" dev pdcp0 ue 1 && ctl gnb bearer "$1" dev pdcp0 ue 1; }

# moving NAME UNDO COMMAND...: as fault_all, where UNDO changes what COMMAND names.
moving() {
	local name=$1 undo=$2
	shift 2
	fault_next=1
	while [ $fault_next != 0 ]; do
		fault_from "$name" pdcpctl -n ue-$$ "$@" dev pdcp0 ue 1 set $((generation % 2)) \
			"${ue_moves[@]}" && $undo || return
	done
}

reestablished() { reestablish gnb && old_keys_del && passes && prepare; }

suspended() {
	ctl gnb bearer suspend dev pdcp0 ue 1 && prepare && reestablish ue && reestablish gnb && old_keys_del &&
		both resume && passes
}

resumed() {
	ctl gnb bearer resume dev pdcp0 ue 1 && passes && both suspend && prepare &&
		reestablish ue && reestablish gnb && old_keys_del
}

# Back and forth between two legs.
recovering() {
	local turn=0
	fault_next=1
	while [ $fault_next != 0 ]; do
		# shellcheck disable=SC2046
		fault_from recover-leg pdcpctl -n ue-$$ bearer recover dev pdcp0 ue 1 \
			drb 1 $(target_leg ue $((3 + turn)) "drb 1") &&
			ctl gnb bearer recover dev pdcp0 ue 1 \
				drb 1 $(target_leg gnb $((3 + turn)) "drb 1") && passes || return
		turn=$((1 - turn))
	done
}

verbs() {
	check "bearer-recover" fault_all bearer-recover passes \
		pdcpctl -n ue-$$ bearer recover dev pdcp0 ue 1 drb 1
	check "bearer-recover with a leg" recovering
	prepare
	check "bearer-reestablish" moving bearer-reestablish reestablished bearer reestablish
	# That which was prepared for one more.
	ctl ue security del dev pdcp0 ue 1 set $((generation % 2))
	ctl gnb security del dev pdcp0 ue 1 set $((generation % 2))
	generation=$((generation - 1))
	tries bearer-suspend suspended bearer suspend dev pdcp0 ue 1
	both suspend && prepare && reestablish ue && reestablish gnb && old_keys_del
	fault_echo=''
	tries bearer-resume resumed bearer resume dev pdcp0 ue 1
	both resume
	fault_echo=$server4
	names+=(bearer-recover recover-leg bearer-reestablish)
}

# The end of a handover that fails ---------------------------------------------------------------

# begun: with the first keys and legs, a handover, of which the gNB knows nothing.
begun() {
	disconnect
	generation=0
	connect && passes && prepare &&
		ctl ue daps start dev pdcp0 ue 1 set 1 "${ue_moves[@]}"
}

failed() { begun && ctl ue daps source-failed dev pdcp0 ue 1; }

failures() {
	begun
	tries source-failed begun daps source-failed dev pdcp0 ue 1
	ctl ue daps source-failed dev pdcp0 ue 1
	fault_echo=''
	tries daps-abort failed daps abort dev pdcp0 ue 1
}

net_up
monitor_start ue
generation=0
names=()
check "a UE and its gNB" connect
check "faults can be injected" fault_setup
fault_drbs=2
questions
devices
ues
lone_bearers
messages
ctl ue ue del dev pdcp0 ue 2
verbs
failures
fault_summary "${names[@]}"
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg device
finish
