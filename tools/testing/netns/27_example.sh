#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The RRC of tools/example hands over, at both ends, under pings of which none is lost.

. "$(dirname "$0")/../pdcp.sh"

kgnb=5f3a0c1d9b7e42886a1fc0d2e4937b5508192a3b4c5d6e7f8091a2b3c4d5e6f7

# rrc_start NAME PEER1 PEER2: RRC of that end, whose lines come from file descriptor "$NAME".
rrc_start() {
	mkfifo "$ktap_dir/$1.in"
	on "$1" /pdcp/tools/example/rrc pdcp0 "$1" "$2" "$3" <"$ktap_dir/$1.in" >"$ktap_dir/$1.out" 2>&1 &
	eval "exec {$1}>\"$ktap_dir/$1.in\""
	sed 's/../& /g' <<<$kgnb >&"${!1}"
	wait_until 10 said "$1" connect ok
}

# said NAME EVENT TEXT: what an RRC has said of an event.
said() { grep -qE "^$2: .*$3" "$ktap_dir/$1.out" || { cat "$ktap_dir/$1.out"; return 1; }; }

# both EVENT: at the gNB, then at the UE.
both() {
	local name
	for name in gnb ue; do
		echo "$1" >&"${!name}"
		wait_until 10 said $name "$1" ok || said $name "$1" ok || return
	done
}

phase() { is "$1" ue .state ue show ue 1 && is "$1" gnb .state ue show ue 1; }

net_up
check "a gNB connects" rrc_start gnb 192.0.2.1 198.51.100.1
check "a UE connects" rrc_start ue 192.0.2.2 198.51.100.2
check "the bearer carries pings" pings ue -c 5 -i 0.2 $server4
stream ue 1
stream gnb 1
check "pings go on" wait_until 20 streamed 20
check "a handover begins" both handover
check "both cells serve" phase prepared
refuse "it cannot begin twice" "state|phase|busy" eval 'echo handover >&"$ue"
	wait_until 10 eval "[ \$(grep -c ^handover: $ktap_dir/ue.out) = 2 ]"; tail -n 1 "$ktap_dir/ue.out"; false'
check "random access succeeds" both random-access-ok
check "the uplink has moved" phase switched
check "the source is released" both source-release
check "one cell serves" phase none
expect "on its leg" 198.51.100.2 value ue '.legs[0].remote' bearer show ue 1 drb 1
check "no ping was lost, or came twice or late" streams_whole
exec {ue}>&- {gnb}>&-
check "at the end of input nothing is left" wait_until 10 eval \
	'[ "$(ctl ue -j ue show)$(ctl gnb -j security show)" = "[][]" ]'
finish
