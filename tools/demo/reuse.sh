#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# reuse.sh: the four questions that RAN2 asked SA3 about the keys of a DAPS handover that fell
# back, answered on the loaded module.  Runs as root in the guest, with allow_test_mode=1.
# Succeeds if every statement that it prints held.

set -uo pipefail
umask 077
dir=$(mktemp -d)
cd "$dir" || exit
statements=0 failed=0 context=
arfcn=632628

# The UE's legs, and those of gNBs beside it, are in user space: this script is the radio.
radio="leg user"
targets="srb 1 $radio drb 1 $radio"
drb="mode am sn 18 integrity on upper user"

text() { printf '%s\n' "$@"; }

title() { printf '\n%s\n%s\n' "$1" "${1//?/-}"; }

# holds STATEMENT COMMAND...
holds() {
	local statement=$1
	shift
	statements=$((statements + 1))
	if "$@" >said 2>&1; then
		printf '  holds   %s\n' "$statement"
	else
		failed=$((failed + 1))
		printf '  FAILED  %s\n' "$statement"
		sed 's/^/          | /' said
	fi
}

# note: what the last command said, as it said it.
note() { sed 's/^/          /' said; }

# refused PATTERN COMMAND...: by a sentence.
refused() {
	local pattern=$1
	shift
	! "$@" >refusal 2>&1 || { echo "accepted: $*"; return 1; }
	cat refusal
	grep -q "$pattern" refusal
}

# Keys ---------------------------------------------------------------------------

star() { pdcpctl key kgnb-star base "$1" pci "$2" arfcn "$3" to "$4" replace; }

# cell BASE PCI ARFCN FILE [NEA NIA]: the four keys that a handover to that cell gives.
cell() { star "$1" "$2" "$3" "$4.k" && pdcpctl key alg kgnb "$4.k" nea "${5-2}" nia "${6-2}" to "$4" replace; }

print_of() { pdcpctl -j key fingerprint "$1" | jq -r '.[0].fingerprint // .[0]."rrc-enc"'; }

equal() { cmp -s "$1" "$2"; }

# all_differ FILE FILE: no value of the one is any of the other.
all_differ() { ! jq -r '.[]' "$1" | grep -qFf - "$2"; }

derive() {
	printf '{"kamf": "%064x"}' 0x5eed >kamf
	pdcpctl key kgnb kamf kamf nas-count 0 to kgnb &&
		pdcpctl key nh kamf kamf sync kgnb to nh1 && pdcpctl key nh kamf kamf sync nh1 to nh2 &&
		pdcpctl key alg kgnb kgnb nea 2 nia 2 to source
}

# UEs ----------------------------------------------------------------------------

# ue ID ROLE KEYS [OPTION...]: with the source's set, SRB1 and DRB 1.
ue() {
	pdcpctl ue del ue "$1" 2>/dev/null
	# shellcheck disable=SC2086
	pdcpctl ue add ue "$1" role "$2" "${@:4}" && install "$1" 0 "$3" &&
		pdcpctl bearer add ue "$1" srb 1 set 0 $radio &&
		pdcpctl bearer add ue "$1" drb 1 set 0 $drb $radio
}

# install UE SET KEYS [NEA NIA]
install() { pdcpctl security add ue "$1" set "$2" nea "${4-2}" nia "${5-2}" keys "$3"; }

# start UE SET
# shellcheck disable=SC2086
start() { pdcpctl daps start ue "$1" set "$2" $targets; }

fallback() { pdcpctl daps fallback ue "$1"; }

hex() { printf '%s' "$1" | od -An -v -tx1 | tr -d ' \n'; }

# event NAME FILTER COMMAND...: what the filter makes of the first event of that name that
# follows the command.
event() {
	local name=$1 filter=$2 before end=$((SECONDS + 20)) found
	shift 2
	before=$(wc -l <events)
	"$@" || return
	while [ $SECONDS -le $end ]; do
		found=$(tail -n +$((before + 1)) events |
			jq -r "select(.event == \"$name-ntf\") | $filter" 2>/dev/null | head -n 1)
		[ -z "$found" ] || { echo "$found"; return; }
		sleep 0.02
	done
	echo "no $name-ntf" >&2
	return 1
}

# pdu UE BEARER TEXT [OPTION...]: the PDU that it becomes.
# shellcheck disable=SC2086
pdu() { event pdu .pdu pdcpctl sdu send ue "$1" $2 "${@:4}" "$(hex "$3")"; }

# arrives UE BEARER PDU TEXT
arrives() {
	local sdu
	# shellcheck disable=SC2086
	sdu=$(event sdu .sdu pdcpctl pdu input ue "$1" $2 "$3") || return
	[ "$sdu" = "$(hex "$4")" ] || { echo "delivered $sdu, not $(hex "$4")"; return 1; }
}

# attempt UE SET KEYS [TEXT]: a handover to the target that falls back after TEXT, if there is
# one, was sent to it on SRB1; prints the PDU.
attempt() {
	install "$1" "$2" "$3" && start "$1" "$2" || return
	[ $# = 3 ] || pdu "$1" "srb 1" "$4" role target || return
	fallback "$1"
}

xor() {
	local i
	for ((i = 0; i < ${#1}; i += 2)); do
		printf %02x $((0x${1:i:2} ^ 0x${2:i:2}))
	done
}

# Question 2 -----------------------------------------------------------------------

first="RRCReconfigurationComplete, transaction 1" second="RRCReconfigurationComplete, TRANSACTION 2"

two_attempts() {
	ue 1 ue source test-mode && c1=$(attempt 1 1 target "$first") &&
		c2=$(attempt 1 1 target "$second") && echo "$c1" && echo "$c2"
}

# clear_macs: the MAC-Is without ciphering, under the same K_RRCint and COUNT.
clear_macs() {
	ue 2 ue source test-mode && install 2 1 target 0 2 && start 2 1 &&
		p1=$(pdu 2 "srb 1" "$first" role target) &&
		pdcpctl status set ue 2 srb 1 role target tx-next 0 &&
		p2=$(pdu 2 "srb 1" "$second" role target) && echo "$p1" && echo "$p2"
}

# Behind the header of two octets all is ciphered, the MAC-I too.
same_keystream() {
	local c p
	c=$(xor "${c1:4}" "${c2:4}")
	p=$(xor "${p1:4}" "${p2:4}")
	echo "C1 xor C2 = $c"
	echo "P1 xor P2 = $p"
	[ -n "$c" ] && [ "$c" = "$p" ] && [ "$c1" != "$c2" ] && [ "${c1:0:4}" = "${c2:0:4}" ]
}

# Readable without a key, by who knows the first message.
second_read() {
	local len=$((2 * ${#first})) octets
	octets=$(xor "$(xor "${c1:4:len}" "${c2:4:len}")" "$(hex "$first")")
	printf '%b\n' "$(sed 's/../\\x&/g' <<<"$octets")" | tee second
	[ "$(<second)" = "$second" ]
}

warned() {
	event key '"\(.reason) set \(.set) \(.type) \(.id) \(.key) COUNT \(.count), warned \(.warned)"' \
		attempt 1 1 target && grep -q "warned true" said
}

told() {
	event key '"\(.reason) set \(.set) \(.type) \(.id) \(.key) \(.direction) COUNT \(.count), next \(.next)"' \
		eval '! start 3 1 >refusal 2>&1'
}

remembered() {
	pdcpctl ledger show ue 3 | grep gone | tee gone
	[ "$(grep -c 'srb 1 .* direction tx .* next 1 ' gone)" = 2 ]
}

# Question 3 -----------------------------------------------------------------------

# dirty UE: as question 2 left it, back at the source after one message to the target.
dirty() { ue "$1" ue source && attempt "$1" 1 target "$first"; }

# arrive_at KEYS NEA NIA COUNT: a gNB with these keys, whose SRB1 is due COUNT.
gnb() {
	pdcpctl ue del ue 9 2>/dev/null
	# shellcheck disable=SC2086
	pdcpctl ue add ue 9 role gnb && install 9 0 "$1" "$2" "$3" &&
		pdcpctl bearer add ue 9 srb 1 set 0 hold rx $radio &&
		pdcpctl status set ue 9 srb 1 rx-deliv "$4" &&
		pdcpctl bearer add ue 9 drb 1 set 0 $drb $radio
}

# goes_on UE KEYS NEA NIA COUNT: SRB1 both ways and DRB 1 up and down, over the target.
goes_on() {
	local octets
	gnb "$2" "$3" "$4" "$5" &&
		octets=$(pdu "$1" "srb 1" "$second" role target) && arrives 9 "srb 1" "$octets" "$second" &&
		pdcpctl daps switch ue "$1" &&
		octets=$(pdu "$1" "drb 1" "user data up") && arrives 9 "drb 1" "$octets" "user data up" &&
		octets=$(pdu 9 "drb 1" "user data down") && arrives_at_target "$1" "$octets" &&
		pdcpctl daps release ue "$1" &&
		octets=$(pdu "$1" "srb 1" "after the release") && arrives 9 "srb 1" "$octets" "after the release"
}

arrives_at_target() {
	local sdu
	sdu=$(event sdu .sdu pdcpctl pdu input ue "$1" drb 1 role target "$2") && [ "$sdu" = "$(hex "user data down")" ]
}

# way KEYS [NEA NIA]: another handover with these keys.
way() {
	dirty 4 && install 4 2 "$1" "${2-2}" "${3-2}" && start 4 2 && goes_on 4 "$1" "${2-2}" "${3-2}" 0
}

# The source changes its own key by an intra-cell handover, and only then derives anew.
intra_cell() {
	# shellcheck disable=SC2086
	cell kgnb 1 $arfcn intra && cell intra.k 17 $arfcn target2 && dirty 4 && install 4 2 intra &&
		pdcpctl bearer reestablish ue 4 set 2 $targets && pdcpctl security del ue 4 set 0 &&
		install 4 3 target2 && start 4 3 && goes_on 4 target2 2 2 0
}

# Both attempts under the source's own keys: COUNTs go to the target and back.
same_key() {
	local octets
	ue 4 ue source && start 4 0 && pdu 4 "srb 1" "$first" role target && fallback 4 &&
		octets=$(pdu 4 "srb 1" "FailureInformation") && start 4 0 && goes_on 4 source 2 2 2
}

# Question 4 -----------------------------------------------------------------------

rrc_field() { pdcpctl -j rrc show state rrc | jq -c ".[0] | $1"; }

# rrc_handover NCC PCI
rrc_handover() {
	# shellcheck disable=SC2086
	pdcpctl rrc handover state rrc daps t304 60000 ncc "$1" pci "$2" arfcn $arfcn $targets
}

rrc_connect() {
	pdcpctl ue del ue 5 2>/dev/null
	# shellcheck disable=SC2086
	pdcpctl ue add ue 5 role ue &&
		pdcpctl rrc connect state rrc ue 5 kamf kamf nas-count 0 pci 1 arfcn $arfcn nea 2 nia 2 &&
		pdcpctl bearer add ue 5 srb 1 set 0 $radio &&
		pdcpctl bearer add ue 5 drb 1 set 0 $drb $radio && context=$(rrc_field .)
}

# What is known of keys and NCC is as it was; what was derived may be remembered.
rrc_unchanged() {
	local now
	now=$(rrc_field .)
	[ -n "$context" ] && [ -n "$now" ] || return
	diff <(jq -S 'del(.derivations, .derived)' <<<"$context") \
		<(jq -S 'del(.derivations, .derived)' <<<"$now")
}

vertical() {
	rrc_handover 2 17 && pdu 5 "srb 1" "$first" role target && pdcpctl rrc t304-expired state rrc
}

vertical_elsewhere() { rrc_handover 2 18 && pdu 5 "srb 1" "$first" role target; }

# ------------------------------------------------------------------------------------

modprobe -r pdcp 2>/dev/null
modprobe pdcp allow_test_mode=1 || exit
ip link add pdcp0 type pdcp && ip link set pdcp0 up || exit
pdcpctl -j monitor >events &
monitor=$!
trap 'kill $monitor; ip link del pdcp0; rm -rf "$dir"' EXIT
until ss -Hf netlink | grep -q pdcpctl; do
	sleep 0.02
done

text "A UE hands over from cell 1 to cell 17 by DAPS and falls back: it never got through." \
	"Its source goes on, and commands the same handover again.  What of the keys?"

title "Question 1: does the second attempt give the same keys?"
holds "keys are derived from K_AMF: K_gNB of the source, NH" derive
holds "K_NG-RAN* of cell 17, from K_gNB, PCI and SSB frequency" cell kgnb 17 $arfcn target
holds "and again, after the fallback" cell kgnb 17 $arfcn again
text "          K_NG-RAN* $(print_of target.k), again $(print_of again.k) (fingerprints)" \
	"          K_RRCenc  $(print_of target), again $(print_of again)"
holds "yes: K_NG-RAN* is the same, and so is each of the four keys" eval 'equal target.k again.k && equal target again'
holds "no key of the target is one of the source" all_differ source target

title "Question 2: is a keystream used twice?"
text "  Two messages on SRB1, the first of each attempt, with a ledger that only warns:"
holds "the module sends both, each with COUNT 0" two_attempts
holds "the same two without ciphering, to compare" clear_macs
holds "yes: C1 xor C2 = P1 xor P2, in message and MAC-I" same_keystream
note
holds "who knows the first message reads the second" second_read
note
holds "the module has warned" warned
note
text "  With the guard on, as it always is but for tests:"
holds "an attempt that sent nothing may be repeated" eval 'ue 3 ue source && attempt 3 1 target && attempt 3 1 target'
holds "a third one sends" attempt 3 1 target "$first"
holds "the keys can be installed" install 3 1 target
holds "no: a handover that would use them again is refused" refused "protected COUNTs up to 0 sent" start 3 1
note
holds "an event tells" told
note
holds "the ledger has it, though the keys are gone" eval 'pdcpctl security del ue 3 set 1 && remembered'
note

title "Question 3: which ways lead on?"
holds "the keys for each of them" eval "cell nh2 17 $arfcn fresh && cell kgnb 18 $arfcn other_pci &&
	cell kgnb 17 $((arfcn + 96)) other_arfcn && cell kgnb 17 $arfcn other_alg 1 1"
holds "a. an intra-cell change of the source's key first" intra_cell
holds "b. a fresh NH" way fresh
holds "c. another PCI" way other_pci
holds "   another SSB frequency" way other_arfcn
holds "d. no change of key: COUNTs go on" same_key
holds "e. other algorithms, both of them" way other_alg 1 1

title "Question 4: has {NH, NCC} been used?"
holds "RRC connects with K_gNB of NCC 0" rrc_connect
holds "a handover with NCC 2 sends one message and falls back" vertical
holds "K_gNB and NCC are the source's again; NH was stepped on a copy, which is gone" rrc_unchanged
holds "NCC 2 for the same cell gives the same keys: refused" refused "protected COUNTs\|derived" rrc_handover 2 17
note
holds "NCC 2 for another cell gives others: accepted" vertical_elsewhere
text "" "$((statements - failed)) of $statements statements held."
[ $failed = 0 ]
