#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# handover.sh SEED: DAPS handovers, and where their keys are.

. "$(dirname "$0")/common.sh"

# sets_of_target NEA NIA: at the second gNB and at the UE.
sets_of_target() {
	gnb2_prepare 1 "$1" "$2" &&
		ctl ue security add ue 1 set 1 nea "$1" nia "$2" keys "$(key_file 1)"
}

# COUNTs of the second gNB, while the first one goes on with its own.
transfer() {
	local drb status
	for drb in 1 2; do
		status=$(ctl gnb -j status get dev pdcp0 ue 1 drb $drb)
		ctl gnb status set dev pdcp1 ue 1 drb $drb tx-next "$(number tx-next "$status")" \
			rx-deliv "$(number rx-deliv "$status")" || return
	done
}

begin() {
	# shellcheck disable=SC2086
	attach $1 && moving source && with_keys 1 sets_of_target $2 && daps_start 1 && moving source
}

fall_back() {
	ctl ue daps fallback ue 1 && ctl gnb ue del dev pdcp1 ue 1
}

hand_over() {
	# shellcheck disable=SC2086
	with_keys 1 sets_of_target $1 && daps_start 1 && transfer &&
		nsip gnb route replace 10.45.0.0/16 dev pdcp1 src $server4 &&
		ctl ue daps switch ue 1 && srb_messages pdcp1 && moving source && moving target
}

let_go() {
	ctl ue daps release ue 1 && ctl gnb ue del dev pdcp0 ue 1 && moving source
}

end() {
	ctl ue ue del ue 1 && ctl gnb ue del dev pdcp1 ue 1
}

# handover "NEA NIA" "NEA NIA": of the source and of the target.
handover() {
	local s=$1 t=$2 name
	name="nea${s/ / nia} to nea${t/ / nia}"
	floods_start
	check "$name: start" begin "$s" "$t"
	# shellcheck disable=SC2046,SC2086
	check "$name: after start the keys of both are there" found 4 $(live 0 $s) $(live 1 $t)
	check "$name: fallback" fall_back
	# shellcheck disable=SC2046,SC2086
	check "$name: after fallback only the source's are" found 2 $(live 0 $s) $(gone 1)
	check "$name: switch" hand_over "$t"
	check "$name: release" let_go
	# shellcheck disable=SC2046,SC2086
	check "$name: after release only the target's are" found 2 $(gone 0) $(live 1 $t)
	check "$name: the UE goes" end
	# shellcheck disable=SC2046
	check "$name: after that none is" found 0 $(gone 0 1)
	floods_stop
}

net_up
gnb2_up
handover "1 2" "2 3"
handover "2 3" "3 1"
handover "3 1" "1 2"
finish
