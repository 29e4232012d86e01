#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A handover over 32 bearers of which one cannot be had, each in its turn, is refused by a message
# that names it, and changes nothing.

. "$(dirname "$0")/../bearers.sh"

# start BEARER LEG-OPTION...: the handover, in which BEARER has another leg, or what else follows
# it; nothing at all for "-".
start() {
	local bearer arguments=()
	for bearer in "${bearers[@]}"; do
		if [ "$bearer" != "$1" ]; then
			arguments+=("$bearer ${legs[$bearer]}")
		elif [ "$2" != - ]; then
			arguments+=("$bearer ${*:2}")
		fi
	done
	# shellcheck disable=SC2068
	ctl ue daps start ue 1 set 1 ${arguments[@]}
}

# start_without BEARER
start_without() { start "$1" -; }

# bad_leg BEARER WORD WITH: its leg, with the value of WORD replaced.
bad_leg() {
	[[ ${legs[$1]} =~ ^(.* $2 )([^ ]+)(.*)$ ]] && echo "${BASH_REMATCH[1]}$3${BASH_REMATCH[3]}"
}

# Each of these names what is wrong with bearer number $1 of the request, called $2.
bad_remote() { refused "bearer\[$1\].leg.remote: " start "$2" "$(bad_leg "$2" remote 224.0.0.1)"; }
bad_local() { refused "bearer\[$1\].leg.local: " start "$2" "${legs[$2]} local fd00::1"; }
# The source leg of the same bearer has it.
used_teid() {
	refused "teid-in: .* $2" start "$2" "$(bad_leg "$2" teid-in $((0x2000 + $(teid 1 "$2"))))"
}
# A neighbour has it in the same request.
same_teid() {
	local other=${bearers[$1 % 32]}
	refused "teid-in: .* ($2|$other)" start "$2" "${legs[$other]}"
}
not_named() { refused "$2 is not named" start_without "$2"; }
twice() {
	local other=${bearers[$1 % 32]}
	refused "$other is named twice" start "$2" "${legs[$2]} $other ${legs[$other]}"
}
not_there() { refused "drb 32 does not exist" start "$2" "${legs[$2]} drb 32 ${legs[$2]}"; }
# Only an AM DRB that keeps its key is recovered.
bad_action() { refused "action: $2" start "$2" "action recover ${legs[$2]}"; }

# Whatever is wrong with it: refused, and nothing has changed.
refuses() {
	local after wrong
	for wrong in bad_remote bad_local used_teid same_teid not_named twice not_there bad_action; do
		$wrong "$1" "$2" || { echo "$wrong"; return 1; }
	done
	after=$(everything)
	same "$before" "$after"
}

# passes DRB...: packets pass on each, both ways.
passes() {
	local drb
	for drb; do
		pings ue -c 2 -i 0.2 -m "$drb" $server4 && pings gnb -c 2 -i 0.2 -m "$drb" $ue4 ||
			return
	done
}

# With nothing wrong it is accepted.
accepted() {
	start none && is prepared ue .state daps show ue 1 &&
		ctl ue daps fallback ue 1 && is none ue .state daps show ue 1 && passes 1 2
}

net_up
ue_add 1 $ue4
set_add 1 0 2 2
check "32 bearers" bearers_add 0
ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)"
declare -A legs
for bearer in "${bearers[@]}"; do
	legs[$bearer]=$(target_leg ue 1 "$bearer")
done
check "packets pass" passes {1..30..3}
before=$(everything)
for ((number = 1; number <= 32; number++)); do
	check "number $number of 32 may not be wrong" refuses $number "${bearers[number - 1]}"
done
check "packets pass as before" passes {1..30..3}
check "if none is, the handover begins" accepted
finish
