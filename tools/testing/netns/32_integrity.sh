#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A PDU that was tampered with (38.323 5.2.2.1): dropped, counted, told, and as if it had
# never come.

. "$(dirname "$0")/../pdcp.sh"

sdu=000102030405060708090a0b0c0d0e0f

# failures UE BEARER N: counted at the leg.
failures() {
	# shellcheck disable=SC2086
	is "$3" ue '.legs[0]."integrity-failures"' bearer show ue "$1" $2
}

# tampered UE BEARER PEER: each part of the PDU is protected, and the PDU itself still passes.
tampered() {
	local pdu octet
	pdu=$(sent "$3" "$2" $sdu) || return
	for octet in 5 12 -1; do
		drops "$1" "$2" "$(flip "$pdu" $octet)" rx-integrity || return
	done
	failures "$1" "$2" 3 && delivers "$1" "$2" "$pdu" $sdu
}

told_of() {
	local events
	events=$(jq -c 'select(.event == "integrity-ntf") | [.ue, .type, .id, .count]' "$ktap_dir/ue.events")
	[ "$(grep -c . <<<"$events")" -ge 3 ] && [ "$(sort -u <<<"$events")" = "$1" ] ||
		{ echo "$events"; return 1; }
	: >"$ktap_dir/ue.events"
}

# Another COUNT is another input of the algorithm.
other_count() {
	local pdu
	pdu=$(sent 1 "drb 1" $sdu)
	drops 2 "drb 1" "$(flip "$pdu" 2)" rx-integrity && delivers 2 "drb 1" "$pdu" $sdu
}

# What the UE sent does not pass as what the gNB sent, and another bearer's does not either.
other_inputs() {
	local pdu
	pdu=$(sent 2 "drb 1" $sdu)
	drops 2 "drb 1" "$pdu" rx-integrity &&
		pdu=$(sent 1 "drb 3" $sdu) &&
		drops 2 "drb 1" "$pdu" rx-integrity
}

replayed() {
	local pdu
	pdu=$(sent 1 "drb 1" $sdu)
	delivers 2 "drb 1" "$pdu" $sdu && drops 2 "drb 1" "$pdu" rx-old
}

too_short() {
	drops 2 "drb 1" 8000 rx-malformed && drops 2 "drb 1" 80000000000000 rx-malformed
}

# Without integrity nobody can tell; a bit of the ciphertext is a bit of the text.
unprotected() {
	local pdu
	pdu=$(sent 1 "drb 2" $sdu)
	delivers 2 "drb 2" "$(flip "$pdu" -1)" "$(flip $sdu -1)" && failures 2 "drb 2" 0
}

# The cipher text is what "openssl enc -aes-128-ctr" makes of the SDU with the key of the set and,
# as -iv, COUNT 0, BEARER 4 or 1, DIRECTION 0 (38.323 5.8, 33.501 D.2).
bearer_input() {
	local pdu
	user_bearer "drb 5" 0 mode um sn 12 upper user && user_bearer "srb 2" 0 || return
	pdu=$(sent 1 "drb 5" $sdu)
	[ "$pdu" = 8000b24e086aa3380641ff6da6803ac80b1c ] || { echo "$pdu"; return 1; }
	pdu=$(sent 1 "srb 2" $sdu)
	[ "${pdu:0:-8}" = 000070f957132245281b6e0b73103b3eea0a ] || { echo "$pdu"; return 1; }
}

# in_log HEX: its digits are somewhere in the kernel's log, however they are grouped.
in_log() { dmesg | tr -d ' :\n' | tr A-F a-f | grep -q "$1"; }

# Nor a half of one.  The log has what it is searched for: the mark that pdcp.sh has put there.
no_key_in_log() {
	local set half
	in_log "pdcp.sh$$" || return
	for set in 0 1; do
		for half in $(jq -r '.[] | .[:16], .[16:]' "$(key_file $set)" | sort -u | grep -v '^0\{15\}'); do
			! in_log "$half" || return
		done
	done
}

user_up
user_ues
user_set 0 2 2
user_bearer "drb 1" 0 mode am sn 18 integrity on upper user
user_bearer "drb 2" 0 mode um sn 12 upper user
user_bearer "drb 3" 0 mode am sn 18 integrity on upper user
user_bearer "srb 1" 0
check "uplink: header, data and MAC-I are covered" tampered 2 "drb 1" 1
check "each failure was told by an event" told_of '[2,"drb",1,0]'
check "downlink likewise" tampered 1 "drb 1" 2
check "which is told of the other end" told_of '[1,"drb",1,0]'
check "SRB1 likewise" tampered 2 "srb 1" 1
check "which is told of the SRB" told_of '[2,"srb",1,0]'
check "a changed SN fails" other_count
check "direction and bearer are covered" other_inputs
check "a PDU passes once" replayed
check "a PDU too short for its MAC-I is malformed" too_short
check "without integrity a flipped bit is delivered" unprotected
check "BEARER is the identity less 1" bearer_input
user_del
for nia in 1 3; do
	user_ues
	user_set 0 $nia $nia
	user_bearer "drb 1" 0 mode um sn 12 integrity on upper user
	check "NIA$nia: header, data and MAC-I are covered" tampered 2 "drb 1" 1
	user_del
done
check "no key is in the log, with all debug messages on" no_key_in_log
finish
