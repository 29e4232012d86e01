# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154
#
# Sourced by demo.sh: what RRC does beside handing over.  It exchanges messages on SRB1, and
# keeps a diary: which security sets are live at each step, and what each leg has done.

rrc_start() {
	local ns
	monitors=()
	transaction=0
	for ns in ue gnb-a gnb-b; do
		pdcpctl -n $ns -j monitor >"$dir/events-$ns.json" &
		monitors+=($!)
	done
	: >"$dir/rrc.tsv"
	: >"$dir/steps.tsv"
}

rrc_stop() {
	kill "${monitors[@]}"
	wait "${monitors[@]}" 2>/dev/null || true
}

# rrc FROM TO MESSAGE: sends it on SRB1 and waits, not for ever, until it has arrived.  No two
# messages are the same.
rrc() {
	local hex way=ul
	transaction=$((transaction + 1))
	hex=$(printf '%s %d' "$3" $transaction | od -An -v -tx1 | tr -d ' \n')
	[ "$2" != ue ] || way=dl
	ctl "$1" sdu send ue 1 srb 1 "$hex"
	until_true 5 arrived "$2" "$hex" || true
	printf '%s\t%s\t%s\t%s\n' $way "$1" "$hex" "$2" >>"$dir/rrc.tsv"
}

arrived() {
	local events
	events=$(<"$dir/events-$1.json")
	[[ $events == *"\"$2\""* ]]
}

# step TEXT: notes when, and the sets of UE 1 at each node, "-" where there is no such UE.
step() {
	local ns
	printf '%s\t%s' "$1" "$EPOCHREALTIME" >>"$dir/steps.tsv"
	for ns in ue gnb-a gnb-b; do
		printf '\t%s' "$(sets_of $ns)" >>"$dir/steps.tsv"
	done
	echo >>"$dir/steps.tsv"
	say "run $run: $1"
}

sets_of() {
	local json sets=()
	json=$(ctl "$1" -j security show ue 1 2>/dev/null) || json=
	while [[ $json =~ \"set\":([0-9]+)(.*) ]]; do
		sets+=("${BASH_REMATCH[1]}")
		json=${BASH_REMATCH[2]}
	done
	[ ${#sets[@]} != 0 ] || sets=(-)
	echo "${sets[*]}"
}

# legs_note NETNS...: keeps what the bearers there have counted; a later note of the same
# leg replaces this one.
legs_note() {
	local ns ue
	for ns; do
		for ue in 1 2; do
			printf '{"node": "%s", "bearers": %s, "sets": %s}\n' "$ns" \
				"$(ctl "$ns" -j bearer show ue $ue)" "$(ctl "$ns" -j security show ue $ue)"
		done
	done >>"$dir/legs.json"
}
