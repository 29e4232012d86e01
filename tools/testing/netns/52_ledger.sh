#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# No keystream twice: keys that come again, for each way that leads there.

. "$(dirname "$0")/../pdcp.sh"

limit=/sys/module/pdcp/parameters/ledger_entries
drb_um="mode um sn 12 integrity on upper user"
drb_am="mode am sn 18 integrity on upper user"
moves="srb 1 leg user srb 2 leg user drb 1 leg user drb 2 leg user"

# refuse_key DESCRIPTION PATTERN COMMAND...: refused, nothing has changed.
refuse_key() {
	local before
	before=$(ctl ue -j ledger show; ctl ue -j bearer show; ctl ue -j security show; ctl ue -j ue show)
	refuse "$@"
	check "${1}, and nothing has changed" same "$before"
}

same() { diff <(echo "$1") <(ctl ue -j ledger show; ctl ue -j bearer show; ctl ue -j security show; ctl ue -j ue show); }

# key_told WANT: of the last event about a key.
key_told() {
	expect_soon "$1 is told" "$1" eval "jq -r 'select(.event == \"key-ntf\") |
		[.reason, .warned, .set, .type, .id, .key, .direction, .count, .next] | map(select(. != null)) |
		join(\" \")' '$ktap_dir/ue.events' | tail -n 1"
}

# install SET KEYS [UE]
install() { ctl ue security add ue "${3-1}" set "$1" nea 2 nia 2 keys "$(key_file "$2")"; }

# start SET
start() {
	# shellcheck disable=SC2086
	ctl ue daps start ue 1 set "$1" $moves
}

# ledger JQ: of UE 1.
ledger() { ctl ue -j ledger show ue 1 | jq -r "$1"; }

# two: a UE and its gNB, with keys 0 in set 0 and four bearers.
two() {
	user_del
	# shellcheck disable=SC2086
	user_ues && user_set 0 2 2 &&
		user_bearer "srb 1" 0 && user_bearer "srb 2" 0 &&
		user_bearer "drb 1" 0 $drb_am && user_bearer "drb 2" 0 $drb_um
}

# carries BEARER SDU: from the UE to its gNB.
carries() {
	local pdu
	pdu=$(sent 1 "$1" "$2") && delivers 2 "$1" "$pdu" "$2"
}

# After a fallback -------------------------------------------------------------

attempt() { install 1 1 && start 1 && { [ $# = 0 ] || ctl ue "$@"; } && ctl ue daps fallback ue 1; }

again() {
	two && carries "srb 1" a1 && attempt && attempt &&
		attempt sdu send ue 1 srb 1 role target 5eed && install 1 1
}

# there_and_back BEARER tx|rx OPTION...: to keys 1, use of them, and back to keys 0.
there_and_back() {
	local id pdu
	user_del
	user_ues && user_set 0 2 2 && user_set 1 1 1 && user_bearer "$1" 0 "${@:3}" || return
	for id in 1 2; do
		# shellcheck disable=SC2086
		ctl ue bearer reestablish ue $id set 1 $1 leg user || return
	done
	case $2 in
	tx) pdu=$(sent 1 "$1" a0a0) || return ;;
	rx) pdu=$(sent 2 "$1" b0b0) && delivers 1 "$1" "$pdu" b0b0 || return ;;
	esac
	# shellcheck disable=SC2086
	ctl ue bearer reestablish ue 1 set 0 $1 leg user
}

user_up
check "a target that was sent nothing may be tried again, one that was is left" again
refuse_key "not a third time" "protected COUNTs up to 0 sent" start 1
key_told "used false 1 srb 1 rrc-enc tx 0 1"
expect "the key's use is remembered" "srb 1 tx 1 1" ledger '
	map(select(.key == "rrc-enc" and .id == 1 and .direction == "tx" and .set == [1]))[] |
	"\(.type) \(.id) \(.direction) \(.next) \(.set[0])"'
check "the set can be removed" ctl ue security del ue 1 set 1
expect "what it has protected stays: K_RRCenc and K_RRCint of SRB1" "rrc-enc 1 rrc-int 1" ledger '
	map(select(.set == [] and .legs == 0) | "\(.key) \(.next)") | sort | join(" ")'
check "the source goes on" carries "srb 1" a2
expect "with the COUNT that is next" 2 ledger '
	map(select(.key == "rrc-enc" and .id == 1 and .direction == "tx" and .legs == 1))[].next'
check "another cell has another key" eval "install 1 2 && start 1"
expect "each value has a handle of its own" true ledger '
	group_by(.handle) | all(.[]; (map(.key) | unique | length) == 1) and length == 10'
check "none of it is a key" eval '! { ctl ue -j ledger show; cat "$ktap_dir/ue.events"; } | grep -qi 89abcd'

for bearer in "srb 1" "srb 2" "drb 32"; do
	for direction in tx rx; do
		# shellcheck disable=SC2046
		check "$bearer, $direction: re-established there and back" \
			there_and_back "$bearer" $direction $([ "$bearer" != "drb 32" ] || echo "$drb_um")
		# shellcheck disable=SC2086
		refuse_key "$bearer, $direction: not there again" "protected COUNTs up to 0" \
			ctl ue bearer reestablish ue 1 set 1 $bearer leg user
	done
done
for direction in tx rx; do
	# shellcheck disable=SC2086
	check "AM, $direction: re-established there and back" there_and_back "drb 1" $direction $drb_am
	check "AM, $direction: COUNTs go on, there again" ctl ue bearer reestablish ue 1 set 1 drb 1 leg user
done

# The source's keys after a success ----------------------------------------------

success() {
	two && carries "srb 1" 01 && install 1 1 && start 1 && ctl ue daps switch ue 1 &&
		ctl ue daps release ue 1 && install 0 0
}

check "after a handover the source's keys are gone" success
refuse_key "they do not come back" "protected COUNTs up to 0 sent" start 0
key_told "used false 0 srb 1 rrc-enc tx 0 1"

# The same keys go on --------------------------------------------------------------

unchanged() {
	two && carries "srb 1" 01 && start 0 && ctl ue sdu send ue 1 srb 1 role target 02 &&
		ctl ue daps fallback ue 1 && is 2 ue '."tx-next"' status get ue 1 srb 1 &&
		start 0 && is 2 ue '."tx-next"' status get ue 1 srb 1 role target && ctl ue daps fallback ue 1
}

check "without another key COUNTs are carried there and back" unchanged
check "a set of the same values" install 1 0
refuse_key "is the same key, and an SRB would begin at 0" "protects other COUNTs sent here now" start 1
refuse_key "so would a UM DRB" "protects other COUNTs sent here now" \
	ctl ue bearer reestablish ue 1 set 1 drb 2 leg user

# Suspension, deletion ---------------------------------------------------------------

suspended() { two && carries "drb 1" 01 && ctl ue bearer suspend ue 1; }

check "suspended" suspended
refuse_key "not resumed under its key" "under another key" ctl ue bearer resume ue 1 drb 1
key_told "unchanged false 0 drb 1"
refuse_key "nor re-established" "under its old key" ctl ue bearer reestablish ue 1 set 0 drb 1 leg user
check "a set of the same values" install 1 0
refuse_key "is its key too" "protect" ctl ue bearer reestablish ue 1 set 1 drb 1 leg user
check "another key will do" eval 'ctl ue security del ue 1 set 1 && install 1 1 &&
	ctl ue bearer reestablish ue 1 set 1 drb 1 leg user && ctl ue bearer resume ue 1 drb 1'

check "a bearer goes" eval 'two && carries "drb 2" 01 && ctl ue bearer del ue 1 drb 2'
# shellcheck disable=SC2086
refuse_key "it does not begin anew under its key" "protected COUNTs up to 0 sent" \
	ctl ue bearer add ue 1 drb 2 set 0 $drb_um leg user
# shellcheck disable=SC2086
check "it may wait for its COUNTs" ctl ue bearer add ue 1 drb 2 set 0 $drb_um hold both leg user
refuse_key "which must be new" "protected COUNTs up to 0 sent" ctl ue status set ue 1 drb 2 tx-next 0
key_told "used false 0 drb 2 up-enc tx 0 1"
check "and then are taken" ctl ue status set ue 1 drb 2 tx-next 1 rx-deliv 0

# Roles, bounds, life ----------------------------------------------------------------

# mixed: K_UPenc of keys 0 as K_RRCint.
mixed() {
	jq '{"rrc-enc": "01020304050607080910111213141516", "rrc-int": ."up-enc",
		"up-enc": "21222324252627282930313233343536", "up-int": "41424344454647484950515253545556"}' \
		"$(key_file 0)" >"$ktap_dir/mixed"
	chmod 600 "$ktap_dir/mixed"
	ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$ktap_dir/mixed"
}

check "bearers" two
refuse_key "a key is not another key of another set" "two roles" mixed
key_told "role false 1"

entries=$(cat $limit)
at_exit eval "echo $entries >$limit"
check "the ledger is bounded" [ "$entries" -gt 0 ]
check "to what is there" eval 'install 1 1 && ledger length >$limit'
refuse_key "what is full refuses" "ledger of key use is full" start 1
key_told "full false 1 srb 1"
check "with room it takes more" eval 'echo $entries >$limit && start 1'

check "the UE's end is that of what is known of its keys" eval 'again && two && install 1 1 && start 1'

# Test mode ----------------------------------------------------------------------------

reload() { modprobe -r pdcp && modprobe pdcp dyndbg=+p "$@"; }

test_mode() {
	user_del
	kill %?monitor
	ctl ue ue add ue 1 role ue test-mode 2>/dev/null ||
		{ reload allow_test_mode=1 && nsip ue link add pdcp0 type pdcp && nsip ue link set pdcp0 up; }
	user_del
	monitor_start ue
	user_ues test-mode && user_set 0 2 2 && user_bearer "srb 1" 0
}

at_exit eval '[ "$(cat /sys/module/pdcp/parameters/allow_test_mode)" = N ] || reload'
moves="srb 1 leg user"
check "a UE in test mode" test_mode
check "has keys that come again" eval 'attempt sdu send ue 1 srb 1 role target 5eed && install 1 1 && start 1'
key_told "used true 1 srb 1 rrc-enc tx 0 1"
check "and keys in two roles" eval 'ctl ue daps fallback ue 1 && mixed'
key_told "role true 1"
user_del
finish
