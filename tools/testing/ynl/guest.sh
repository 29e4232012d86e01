#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# In the guest, with the kernel's Python client below /ynl: what it configures from the specification
# is what pdcpctl shows, and the other way round.

. /pdcp/tools/testing/pdcp.sh

# ynl ARGUMENT...: its client, in the namespace of this test.
ynl() {
	on ynl env PYTHONHOME=/usr PYTHONDONTWRITEBYTECODE=1 python3 /ynl/cli.py --spec /ynl/pdcp.yaml \
		--no-schema --output-json "$@"
}

# ask JQ OPTION OPERATION JSON: what jq makes of the answer.
ask() { ynl "$2" "$3" --json "$4" | jq -c "$1"; }

# event ARGUMENT...: the event that pdcpctl leads to.  Of its own request the client expects none
# before the answer.
event() {
	on ynl env PYTHONHOME=/usr PYTHONDONTWRITEBYTECODE=1 python3 - "$@" <<-END
	import subprocess, sys
	sys.path.insert(0, "/ynl")
	from lib import YnlFamily

	ynl = YnlFamily("/ynl/pdcp.yaml", "")
	ynl.ntf_subscribe("events")
	subprocess.run(["pdcpctl", *sys.argv[1:]], check=True)
	ynl.check_ntf()
	for event in ynl.async_msg_queue:
	    msg = event["msg"]
	    print(event["name"], msg["type"], msg["id"], msg["count"], len(msg["pdu"]))
	END
}

key() { printf '%032x' "$1"; }

netns ynl
nsip ynl link add pdcp0 type pdcp
nsip ynl link set pdcp0 up
index=$(nsip ynl -j link show pdcp0 | jq '.[0].ifindex')
dev="\"ifindex\": $index" ue="\"ifindex\": $index, \"ue-id\": 1"

expect "a device" '[["pdcp0"],2152]' eval \
	'echo "[$(ctl ynl -j dev show | jq -c "map(.dev)"),$(ask ".[0].port" --dump device-get "{}")]"'
check "its port is set" ynl --do device-set --json "{$dev, \"port\": 2155}"
expect "as pdcpctl shows" 2155 value ynl .port dev show
check "a UE is made, with its name of a role" ynl --do ue-new --json \
	"{$ue, \"role\": \"gnb\", \"address\": [\"0a2d0002\", \"fd450000000000000000000000000002\"]}"
expect "as pdcpctl shows" 'gnb 10.45.0.2 fd45::2' value ynl '"\(.role) \(.address | join(" "))"' ue show ue 1
check "so is a security set" ynl --do security-new --json \
	"{$ue, \"set\": 3, \"nea\": 1, \"nia\": 2, \"rrc-enc\": \"$(key 1)\", \"rrc-int\": \"$(key 2)\",
	\"up-enc\": \"$(key 3)\", \"up-int\": \"$(key 4)\"}"
expect "whose keys no answer has" '["ifindex","legs","nea","nea-driver","nia","nia-driver","set","ue-id"]' \
	ask '.[0] | keys' --dump security-get "{$ue}"
check "and a bearer, with a leg that is nested" ynl --do bearer-new --json \
	"{$ue, \"type\": \"drb\", \"id\": 5, \"set\": 3, \"mode\": \"am\", \"sn-ul\": 12, \"sn-dl\": 18,
	\"integrity\": 1, \"leg\": [{\"lower\": \"gtpu\", \"remote\": \"7f000001\", \"teid-in\": 17, \"teid-out\": 18}]}"
expect "as pdcpctl shows" 'drb5 am 12 18 true 127.0.0.1 17 18' value ynl '"\(.type)\(.id) \(.mode) \(."sn-ul") " +
	"\(."sn-dl") \(.integrity) \(.legs[0] | "\(.remote) \(."teid-in") \(."teid-out")")"' bearer show ue 1
ctl ynl bearer add ue 1 srb 2 set 3 t-reordering 20 leg user
expect "what pdcpctl has made is seen" '[["srb",2,20,"user","source",true],["drb",5,4294967295,"gtpu","source",true]]' \
	ask 'map([.type, .id, ."t-reordering", (.leg[0] | .lower, .state.role, (.state | has("active")))])' \
	--dump bearer-get "{$ue}"
expect "and one of them" '["drb"]' ask 'map(.type)' --dump bearer-get "{$ue, \"type\": \"drb\", \"id\": 5}"
expect "an event comes, with its PDU" 'pdu-ntf srb 2 0 9' event sdu send ue 1 srb 2 010203
refuse "a refusal has its sentence" "id: drb 5 exists" ynl --do bearer-new --json \
	"{$ue, \"type\": \"drb\", \"id\": 5, \"set\": 3, \"mode\": \"um\", \"sn-ul\": 12, \"leg\": [{\"lower\": \"user\"}]}"
refuse "and what was missing its name" "mode" ynl --do bearer-new --json \
	"{$ue, \"type\": \"drb\", \"id\": 6, \"set\": 3, \"leg\": [{\"lower\": \"user\"}]}"
check "a handover begins" ynl --do daps-start --json "{$ue, \"target-set\": 3, \"t304\": 60000, \"bearer\": [
	{\"type\": \"srb\", \"id\": 2, \"leg\": {\"lower\": \"user\"}},
	{\"type\": \"drb\", \"id\": 5, \"leg\": {\"lower\": \"user\"}}]}"
expect "as pdcpctl shows" prepared value ynl .state daps show ue 1
expect "and it does" '["prepared",3,3,60000]' ask '[.state, ."source-set", ."target-set", .t304]' --do ue-get "{$ue}"
check "it ends" ynl --do daps-fallback --json "{$ue}"
expect "and is gone" none value ynl .state daps show ue 1
check "so is the UE" ynl --do ue-del --json "{$ue}"
expect "in pdcpctl too" '[]' eval 'ctl ynl -j ue show | jq -c .'
finish
