#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl rrc: an RRC that dies in a handover.  The module's guard brings the UE back to the
# source, and the next RRC finds out what has become of the state it was left.

. "$(dirname "$0")/../rrc.sh"

# in_module STATE: where the UE's handover stands there.
in_module() { is "$1" ue .state daps show ue 1; }

# ends: how handovers of the UE came to where they are.
ends() { events ue 'select(.event == "handover-ntf") | .end'; }

# RRC as one process: it hands over and waits for random access, for ever.
rrc_process() {
	again ue "daps t304 $1 ncc 0 pci $2" || return
	touch "$ktap_dir/waiting"
	exec sleep 1000
}

# kill_rrc T304 PCI [COMMAND...]: RRC dies after it has begun a handover, and COMMAND.
kill_rrc() {
	rm -f "$ktap_dir/waiting"
	rrc_process "$1" "$2" &
	wait_until 60 test -e "$ktap_dir/waiting" && in_module prepared || return
	[ $# = 2 ] || "${@:3}" || return
	kill -KILL $!
	wait $!
	[ $? = 137 ]
} 2>/dev/null

# The state that RRC left says "prepared"; the module is back on the source within the guard time.
dies() {
	local file began
	file=$(state ue)
	again gnb "daps t304 600000 ncc 0 pci 40" && streams_start || return
	began=${EPOCHREALTIME/[.,]/}
	kill_rrc 10000 40 && grep -q '"phase":"prepared"' "$file" || return
	wait_until 60 in_module none || return
	echo "back after $(((${EPOCHREALTIME/[.,]/} - began) / 1000)) ms"
	[ "$(ends | tail -n 1)" = guard ] && grep -q '"phase":"prepared"' "$file" &&
		rrc gnb t304-expired && streams_whole
}

# note PATTERN PHASE: what the next command has to say, once.
note() {
	local file=$ktap_dir/note
	rrc ue show 2>"$file" >/dev/null && cat "$file" && grep -q "^Note: .*$1" "$file" &&
		rrc_is "$2" .phase ue && rrc ue show 2>"$file" >/dev/null && [ ! -s "$file" ]
}

# Killed at any moment, the command leaves a state that the next one makes sense of.
killed_anywhere() {
	local i source
	source=$(ctl ue -j rrc show state "$(state ue)" | jq -c '.[0].source')
	for i in $(seq 12); do
		again ue "daps t304 150 ncc 0 pci $((50 + i))" &
		sleep "0.0$((RANDOM % 90 + 10))"
		# shellcheck disable=SC2046
		kill -KILL $! $(pgrep_children $!)
		wait $!
		wait_until 20 in_module none && rrc ue show >/dev/null || return
		[ "$(ctl ue -j rrc show state "$(state ue)" | jq -c '.[0] | [.phase, .source]')" = \
			"[\"connected\",$source]" ] || { rrc ue show; return 1; }
		[ "$(ctl ue -j security show ue 1 | jq -c 'map(.set)')" = "[0]" ] || return
	done
	drbs 1 2
} 2>/dev/null

pgrep_children() { cat "/proc/$1/task/$1/children" 2>/dev/null; }

# An old copy of the state takes the place of what a command has saved.
keep() { cp -p "$(state ue)" "$ktap_dir/old"; }
lose() { cp -p "$ktap_dir/old" "$(state ue)"; }

switch_lost() {
	handover "daps t304 600000 ncc 0 pci 70" && keep && both random-access-ok && lose &&
		note "has done its work" switched
}

release_lost() {
	local kgnb
	kgnb=$(value ue .target.kgnb rrc show state "$(state ue)")
	keep && both source-release && generation=$((generation + 1)) && lose &&
		note "has done its work" connected &&
		rrc_is "70 $kgnb 0" '.source | "\(.pci) \(.kgnb) \(.set)"' ue && drbs 1 2 3 4
}

# The keys were installed, and no more.
nothing_begun() {
	handover "daps t304 600000 ncc 0 pci 71" && keep && both t304-expired &&
		ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$(key_file 1)" && lose &&
		note "before it had done anything" connected && sets 0 && drbs 1 2
}

# Bearers have moved, but the old keys are still there.
half_moved() {
	handover "ncc 0 pci 72" && generation=$((generation + 1)) && sets 1 &&
		ctl ue security add ue 1 set 0 nea 2 nia 2 keys "$(key_file 1)" &&
		rrc ue show >/dev/null && sets 1 && both random-access-ok && drbs 1 2 3 4
}

reestablished() {
	handover "ncc 0 pci 73" && generation=$((generation + 1)) && rrc gnb random-access-ok &&
		sed -i s/moved/reestablishing/ "$(state ue)" && note "has done its work" connected &&
		rrc_is 73 .source.pci && drbs 1 2 3 4
}

# A handover by other means than RRC.
unknown() {
	# shellcheck disable=SC2046
	ctl ue daps start ue 1 set 0 $(legs ue) || return
	refused "knows nothing of" rrc ue show &&
		ctl ue daps fallback ue 1 && rrc ue show >/dev/null
}

# Of two at once one is too late.
at_once() {
	local first second
	handover "daps t304 600000 ncc 0 pci 80" || return
	rrc ue random-access-ok 2>/dev/null &
	rrc ue random-access-ok 2>/dev/null
	second=$?
	wait $!
	first=$?
	[ "$((first + second))" = 2 ] && rrc_is switched .phase ue && rrc gnb random-access-ok &&
		both source-release && generation=$((generation + 1))
}

wrong_states() {
	local file
	file=$(state ue)
	keep
	refused "is there already" rrc ue connect ue 1 kamf "$ktap_dir/kamf" nas-count 1 pci 1 arfcn 1 nea 2 nia 2 &&
		chmod 640 "$file" && refused "open to others" rrc ue show && chmod 600 "$file" &&
		sed -i 's/"ncc":[0-9]/"ncc":8/' "$file" && refused '"ncc" is missing or wrong' rrc ue show &&
		head -c 100 "$ktap_dir/old" >"$file" && refused "not JSON" rrc ue show &&
		echo '{}' >"$file" && refused "is missing or wrong" rrc ue show && lose && rrc ue show
}

rrc_up
check "UE and gNB connect" rrc_connect
check "RRC dies, and the module falls back: nothing is lost" dies
check "the next RRC notices, once" note "the source serves" connected
check "and is where it was" rrc_is "1 0" '.source | "\(.pci) \(.ncc)"'
check "a command that is killed anywhere" killed_anywhere
check "RRC dies after the source has failed" kill_rrc 20000 41 rrc ue source-failed
check "the module gives up" wait_until 60 in_module none
check "the next RRC notices that, too" note "both cells have failed" failed
check "and re-establishes" reestablish "ncc 0 pci 42"
check "which brings all bearers back" drbs 1 2 3 4
check "a switch that was not saved" switch_lost
check "a release that was not saved" release_lost
check "a handover that was saved and not begun" nothing_begun
check "an ordinary handover that was not completed" half_moved
check "a re-establishment that was not completed" reestablished
check "a handover that is not RRC's" unknown
check "two commands at once" at_once
check "states that are none" wrong_states
rrc_disconnect
finish
