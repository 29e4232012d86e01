#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Verbs out of order are refused by a sentence that names the state, and change nothing.

. "$(dirname "$0")/../pdcp.sh"

targets="drb 1 leg user srb 1 leg user"

# In each state: those that do not belong there.
refused_here() {
	local sentence=$1 verb
	shift
	for verb; do
		# shellcheck disable=SC2086
		refuse "$verb: $sentence" "$sentence" pdcpctl -n ue-$$ $verb
	done
}

# drop_of ROLE: of the entity that SRB 1 has in that role.
drop_of() {
	ctl ue -j bearer show ue 1 srb 1 | jq -c --arg role "$1" '.[] | select(.role == $role) | .drop'
}

# Whatever it is, it goes to the entity that is named: the source is paused, the target verifies.
pdu_by_role() {
	refused "role: SRB 1 has two entities" ctl ue pdu input ue 1 srb 1 00000102030405 &&
		ctl ue pdu input ue 1 srb 1 role source 00000102030405 &&
		ctl ue pdu input ue 1 srb 1 role target 00000102030405 &&
		[ "$(drop_of source)$(drop_of target)" = '{"rx-paused":1}{"rx-integrity":1}' ] ||
		{ drop_of source; drop_of target; return 1; }
}

state() { is "$1" ue .state daps show ue 1; }

user_up
user_ues
user_set 0 2 2
user_bearer "drb 1" 0 mode am sn 18 upper user
user_bearer "srb 1" 0

refused_here "there is no handover" "daps switch ue 1" "daps release ue 1" "daps fallback ue 1" \
	"daps source-failed ue 1" "daps abort ue 1"
user_set 1 1 1
# shellcheck disable=SC2086
check "start" ctl ue daps start ue 1 set 1 $targets
check "the state is prepared" state prepared
refused_here "a handover is prepared" "daps start ue 1 set 1 $targets" "daps release ue 1"
refused_here "the source lives" "daps abort ue 1"
refused_here "during a handover" "bearer add ue 1 drb 2 set 0 mode um sn 12 leg user" "bearer del ue 1 drb 1"
refused_here "handover" "bearer reestablish ue 1 set 1 $targets"
refused_here "set: 0 is in use" "security del ue 1 set 0"
refused_here "set: 1 is in use" "security del ue 1 set 1"
refused_here "two sets are live" "security add ue 1 set 2 nea 0 nia 0"
check "a PDU goes to the entity of an SRB that is named" pdu_by_role
check "the state is prepared still" state prepared
check "fallback" ctl ue daps fallback ue 1
check "the state is none" state none
refused_here "there is no handover" "daps switch ue 1" "daps release ue 1" "daps fallback ue 1"
refused_here "set: 1 is not installed" "daps start ue 1 set 1 $targets"

ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 2)"
# shellcheck disable=SC2086
check "start again" ctl ue daps start ue 1 set 1 t304 60000 $targets
check "switch" ctl ue daps switch ue 1
check "the state is switched" state switched
refused_here "a handover is switched" "daps start ue 1 set 1 $targets" "daps switch ue 1" "daps fallback ue 1" \
	"daps source-failed ue 1" "daps abort ue 1"
refused_here "during a handover" "bearer add ue 1 drb 2 set 0 mode um sn 12 leg user" "bearer del ue 1 drb 1"
check "the guard does not run any more" is null ue '."t304-left"' daps show ue 1
check "the state is switched still" state switched
check "release" ctl ue daps release ue 1
check "the state is none again" state none
refused_here "there is no handover" "daps switch ue 1" "daps release ue 1" "daps fallback ue 1"
check "a UE goes in the midst of a handover" eval '
	ctl ue security add ue 1 set 2 nea 0 nia 0 && ctl ue daps start ue 1 set 1 $targets && ctl ue ue del ue 1'

user_del
user_ues
user_set 0 2 2
user_set 1 1 1
user_bearer "drb 1" 0 mode am sn 18 upper user
user_bearer "srb 1" 0
# shellcheck disable=SC2086
check "start with a source that fails" ctl ue daps start ue 1 set 1 t304 60000 $targets
check "the source fails" ctl ue daps source-failed ue 1
check "the state is prepared, the source failed" is "prepared true" ue '"\(.state) \(."source-failed")"' daps show ue 1
refused_here "the source has failed already" "daps source-failed ue 1"
refused_here "the source has failed; abort, then re-establish" "daps fallback ue 1"
refused_here "a handover is prepared" "daps start ue 1 set 1 $targets" "daps release ue 1"
refused_here "a handover is going on" "bearer reestablish ue 1 set 1 $targets"
check "abort" ctl ue daps abort ue 1
check "the state is none, and nothing of the failure left" is "none null" ue '"\(.state) \(."source-failed")"' daps show ue 1
check "every bearer waits for its re-establishment" eval '
	ctl ue -j bearer show ue 1 | jq -e "length == 2 and all(.[]; .paused == [\"failed\"])"'
refused_here "is paused" "daps start ue 1 set 0 $targets"
finish
