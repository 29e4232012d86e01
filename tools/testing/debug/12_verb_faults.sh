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
	fault_summary "$name"
}

# links NAME UNDO ARGUMENT...: likewise of ip.
links() {
	local name=$1 undo=$2
	shift 2
	check "$name" fault_all "$name" "$undo" ip -n ue-$$ "$@"
	fault_summary "$name"
}

undo() { ctl ue "$@"; }
link_undo() { nsip ue "$@"; }

# What can be asked for ---------------------------------------------------------

questions() {
	tries device-get true dev show dev pdcp0
	tries device-get-all true dev show
	tries ue-get true ue show dev pdcp0 ue 1
	tries ue-get-all true ue show dev pdcp0
	tries security-get true security show dev pdcp0 ue 1
	tries ledger-get true ledger show dev pdcp0 ue 1
	tries bearer-get true bearer show dev pdcp0 ue 1
	tries status-get true status get dev pdcp0 ue 1 drb 1
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
	ctl ue ue add dev pdcp9 ue 1 role ue addr 10.45.9.9
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
		ctl ue bearer add dev pdcp0 ue 2 srb 1 set 0 leg user
}

ues() {
	# shellcheck disable=SC2086
	tries ue-new "undo ue del dev pdcp0 ue 2" ue add $full_ue
	ue2_add
	tries ue-del ue2_add ue del dev pdcp0 ue 2
	tries security-new "undo security del dev pdcp0 ue 2 set 1" \
		security add dev pdcp0 ue 2 set 1 nea 1 nia 3 keys "$(key_file 8)"
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
	ctl ue bearer del dev pdcp0 ue 2 drb 6 && ctl ue bearer add $held
}

stopped_again() {
	ctl ue bearer del dev pdcp0 ue 2 drb 1 &&
		ctl ue bearer add dev pdcp0 ue 2 drb 1 set 0 mode am sn 18 leg user
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
	tries sdu-send-gtpu true sdu send dev pdcp0 ue 1 srb 1 c0ffee
	for id in 3 4; do
		role=ue
		[ $id = 3 ] || role=gnb
		ctl ue ue add dev pdcp0 ue $id role $role
		ctl ue security add dev pdcp0 ue $id set 0 nea 2 nia 2 keys "$(key_file 7)"
		ctl ue bearer add dev pdcp0 ue $id drb 7 set 0 mode um sn 12 t-reordering 0 \
			upper user integrity on leg user
		ctl ue bearer add dev pdcp0 ue $id srb 1 set 0 leg user
	done
	tries sdu-send true sdu send dev pdcp0 ue 3 drb 7 c0ffee
	tries sdu-send-srb true sdu send dev pdcp0 ue 3 srb 1 c0ffee
	tries sdu-discard true sdu discard dev pdcp0 ue 3 srb 1
	pdu=$(sent 3 "drb 7" deadbeef)
	check "a PDU to be received" test -n "$pdu"
	tries pdu-input true pdu input dev pdcp0 ue 4 drb 7 "$pdu"
	check "it is delivered once, and was dropped before for want of memory" taken
	ctl ue ue del dev pdcp0 ue 3
	ctl ue ue del dev pdcp0 ue 4
}

# Those that come after it are old; COUNTs that came to nobody are missing below it.
taken() {
	ctl ue -j bearer show dev pdcp0 ue 4 drb 7
	ctl ue -j bearer show dev pdcp0 ue 4 drb 7 |
		jq -e '.[0] | ."rx-sdus" == 1 and .drop."rx-nomem" >= 1 and
			(.drop | keys) - ["rx-nomem", "rx-old"] == []'
}

# Verbs for the bearers of UE 1, at both ends --------------------------------------------------

# There and back: on an AM and a UM DRB to the UE, and on the AM one from it.
there_and_back() {
	pings ue -c 1 -W 20 -m 1 $server4 && pings gnb -c 1 -W 20 -m 2 $ue4
}

# moves_make NAME N: what moves the bearers to legs that take turns, as array NAME_movesN.
moves_make() {
	local bearer leg
	local -n moves=$1_moves$2
	for bearer in "drb 1" "drb 2" "srb 1"; do
		read -ra leg < <(target_leg "$1" $((1 + $2)) "$bearer")
		moves+=("${bearer% *}" "${bearer#* }" "${leg[@]}")
	done
}

# prepare: another set at both ends, under the identity that is free.
prepare() {
	local name keys
	generation=$((generation + 1))
	keys=$(key_file $((10 + generation)))
	for name in gnb ue; do
		ctl $name security add dev pdcp0 ue 1 set $((generation % 2)) nea 2 nia 2 keys "$keys" || return
	done
}

# reestablish NAME
reestablish() {
	local -n named=$1_moves$((generation % 2))
	ctl "$1" bearer reestablish dev pdcp0 ue 1 set $((generation % 2)) "${named[@]}"
}

old_keys_del() {
	ctl ue security del dev pdcp0 ue 1 set $(((generation + 1) % 2)) &&
		ctl gnb security del dev pdcp0 ue 1 set $(((generation + 1) % 2))
}

both() { ctl ue bearer "$1" dev pdcp0 ue 1 && ctl gnb bearer "$1" dev pdcp0 ue 1; }

# The UE goes to other keys and legs, the gNB after it.
reestablishing() {
	local set
	fault_next=1
	while [ $fault_next != 0 ]; do
		prepare || return
		set=$((generation % 2))
		local -n named=ue_moves$set
		fault_from bearer-reestablish pdcpctl -n ue-$$ bearer reestablish dev pdcp0 ue 1 set $set "${named[@]}" &&
			reestablish gnb && old_keys_del && there_and_back || return
	done
}

suspended() {
	ctl gnb bearer suspend dev pdcp0 ue 1 && prepare && reestablish ue && reestablish gnb && old_keys_del &&
		both resume && there_and_back
}

resumed() { ctl gnb bearer resume dev pdcp0 ue 1 && there_and_back && suspend_both; }

suspend_both() { both suspend && prepare && reestablish ue && reestablish gnb && old_keys_del; }

# Back and forth between two legs.
recovering() {
	local turn=0
	fault_next=1
	while [ $fault_next != 0 ]; do
		# shellcheck disable=SC2046
		fault_from recover-leg pdcpctl -n ue-$$ bearer recover dev pdcp0 ue 1 \
			drb 1 $(target_leg ue $((3 + turn)) "drb 1") &&
			ctl gnb bearer recover dev pdcp0 ue 1 \
				drb 1 $(target_leg gnb $((3 + turn)) "drb 1") && there_and_back || return
		turn=$((1 - turn))
	done
}

# confirmed: the gNB tells what has come, so that the UE has little to send again.
confirmed() {
	ctl gnb bearer recover dev pdcp0 ue 1 drb 1 && there_and_back
}

verbs() {
	confirmed
	tries bearer-recover confirmed bearer recover dev pdcp0 ue 1 drb 1
	check "recover-leg" recovering
	fault_summary recover-leg
	check "bearer-reestablish" reestablishing
	fault_summary bearer-reestablish
	tries bearer-suspend suspended bearer suspend dev pdcp0 ue 1
	suspend_both
	fault_echo=''
	tries bearer-resume resumed bearer resume dev pdcp0 ue 1
	fault_echo=$server4
}

# The end of a handover that fails ---------------------------------------------------------------

# connection NAME: commands that connect it.
connection() {
	cat <<-END
	ue add dev pdcp0 ue 1 role $1 addr $ue4
	security add dev pdcp0 ue 1 set 0 nea 2 nia 2 keys $(key_file 0)
	bearer add dev pdcp0 ue 1 drb 1 set 0 $drb1_options $(gtpu "$1" "$(teid 1 "drb 1")")
	bearer add dev pdcp0 ue 1 drb 2 set 0 $drb2_options $(gtpu "$1" "$(teid 1 "drb 2")")
	bearer add dev pdcp0 ue 1 srb 1 set 0 $(gtpu "$1" "$(teid 1 "srb 1")")
	END
}

# begun: with the first keys and legs, a handover, of which the gNB knows nothing.
begun() {
	ctl ue ue del dev pdcp0 ue 1 && ctl gnb ue del dev pdcp0 ue 1 &&
		ctl gnb batch - < <(connection gnb) &&
		ctl ue batch - < <(connection ue
			echo security add dev pdcp0 ue 1 set 1 nea 2 nia 2 keys "$(key_file 1)"
			echo daps start dev pdcp0 ue 1 set 1 "${ue_moves1[@]}") &&
		there_and_back
}

failed() { begun && ctl ue daps source-failed dev pdcp0 ue 1; }

failures() {
	begun
	tries source-failed begun daps source-failed dev pdcp0 ue 1
	ctl ue daps source-failed dev pdcp0 ue 1
	fault_echo=''
	tries daps-abort failed daps abort dev pdcp0 ue 1
	fault_echo=$server4
}

net_up
monitor_start ue
for n in 0 1; do
	moves_make ue $n
	moves_make gnb $n
done
generation=0
check "a UE and its gNB" connect
check "packets pass" passes
check "faults can be injected" fault_setup
fault_drbs=2
questions
ues
lone_bearers
messages
ctl ue ue del dev pdcp0 ue 2
verbs
failures
check "another handover" begun
devices
check "packets pass in the end" passes
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
check "nothing is left of it" none_left UE "security set" entity leg device
finish
