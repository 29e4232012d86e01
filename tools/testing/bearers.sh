# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the tests of verbs that are for all bearers of a UE at once, instead of pdcp.sh,
# which it sources: UE 1 has 32, SRB1, SRB2 and DRB 1 to DRB 30, and no two neighbours are alike.

. "$(dirname "${BASH_SOURCE[0]}")/pdcp.sh"

bearers=("srb 1" "srb 2")
for ((n = 1; n <= 30; n++)); do
	bearers+=("drb $n")
done

# bearer_options BEARER: DRBs are AM and UM in turn, half of either with 12 bits and half with 18.
bearer_options() {
	local id=${1#* } mode=um sn=12 more=''
	[[ $1 == drb* ]] || return 0
	((id % 2 == 0)) || { mode=am; more="status-report on"; }
	((id / 2 % 2 == 0)) || sn=18
	((id % 3)) || more+=" integrity on"
	echo "mode $mode sn $sn t-reordering $t_reordering $more"
}

# bearers_add SET: all of them, at both ends, over eth0.
bearers_add() {
	local bearer
	for bearer in "${bearers[@]}"; do
		# shellcheck disable=SC2046
		bearer_add 1 "$bearer" "$1" 4 $(bearer_options "$bearer") || return
	done
}

# targets NAME GENERATION: what a handover names, a word each, as array "targets": the bearers
# with legs over eth1, which no other generation has.
targets() {
	local bearer leg
	targets=()
	for bearer in "${bearers[@]}"; do
		read -ra leg < <(target_leg "$1" "$2" "$bearer")
		targets+=("${bearer% *}" "${bearer#* }" "${leg[@]}")
	done
}

# target_leg NAME GENERATION BEARER
target_leg() { gtpu "$1" $((0x100 * $2 + $(teid 1 "$3"))) 4 1; }

# everything: all that can be shown of the UE's end.
everything() {
	local object
	for object in dev ue security bearer ledger; do
		ctl ue -j $object show
	done
}

# same BEFORE AFTER: or prints what differs.
same() {
	[ "$1" = "$2" ] || { diff <(tr , '\n' <<<"$1") <(tr , '\n' <<<"$2"); return 1; }
}
