#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl: what it takes, what it prints, and how it refuses.

. "$(dirname "$0")/../pdcp.sh"

# key_json [RRC-ENC [UP-INT]]
key_json() {
	printf '{"rrc-enc": "%s", "rrc-int": "%032x", "up-enc": "%032x", "up-int": "%s"}\n' \
		"${1-00000000000000000000000000000011}" 0x12 0x13 \
		"${2-00000000000000000000000000000014}"
}

keys=$ktap_dir/keys
(umask 077 && key_json >"$keys")

# run ARGUMENT...: pdcpctl in the namespace of this test.
run() { pdcpctl -n "cli-$$" "$@"; }

# status WANT ARGUMENT...: whether pdcpctl exits with WANT, prints nothing and says why.
status() {
	local want=$1 got=0
	shift
	run "$@" >"$ktap_dir/out" 2>"$ktap_dir/err" || got=$?
	cat "$ktap_dir/out" "$ktap_dir/err"
	[ $got = "$want" ] && [ ! -s "$ktap_dir/out" ] && grep -q '^Error: .*\.$' "$ktap_dir/err"
}

# get FILTER ARGUMENT...: what a jq filter makes of the JSON.
get() {
	local filter=$1
	shift
	run -j "$@" | jq -c "$filter"
}

netns cli
refuse "no device" "no pdcp device" run ue show
ip -n cli-$$ link add pdcp0 type pdcp
ip -n cli-$$ link set pdcp0 up

check "a wrong object is an error of use" status 1 uo show
check "so is an ambiguous one" status 1 s show
check "so is an ambiguous command" status 1 daps s ue 1
check "so is a keyword of another command" status 1 ue show role ue
check "so is an abbreviated keyword" status 1 ue add u 1
check "so is a missing value" status 1 ue show ue
check "so is a number out of range" status 1 security del ue 1 set 16
check "so is a second value" status 1 ue show ue 1 ue 2
check "what the kernel refuses is another error" status 2 ue show ue 7
check "an unknown namespace is one too" status 2 -n "none-$$" ue show
for object in dev ue security ledger bearer daps handover status sdu pdu gen key rrc stats wireshark monitor \
	batch save restore; do
	check "$object has help" bash -c "pdcpctl $object help | grep -q '^Usage: pdcpctl $object'"
done

check "a UE is added" run ue add ue 1 role ue addr 10.45.0.2 addr fd45::2
expect "and shown" '["pdcp0",1,"ue",["10.45.0.2","fd45::2"],false,0,"none"]' \
	get '.[0] | [.dev, .ue, .role, .address, ."test-mode", .bearers, .state]' ue show ue 1
refuse "one address twice" "Error: pdcp: address: " run ue add ue 2 addr 10.45.0.2
refuse "test mode without the module's consent" "Error: pdcp: test-mode: " run ue add ue 2 test-mode

check "keys are read from a file" run security add ue 1 set 0 nea 2 nia 2 keys "$keys"
check "and from standard input" bash -c "pdcpctl -n cli-$$ security add ue 1 set 1 nea 0 nia 0 \
	keys - <'$keys'"
expect "and never shown" '[[0,2,2,0],[1,0,0,0]]' get '[.[] | [.set, .nea, .nia, .legs]]' \
	security show ue 1
check "a set goes away" run security del ue 1 set 1

# wrong_keys PATTERN CONTENT: a key file is refused, and no part of a key is printed.
wrong_keys() {
	printf '%s' "$2" >"$keys"
	! run security add ue 1 set 1 nea 2 nia 2 keys "$keys" >"$ktap_dir/err" 2>&1 || return
	cat "$ktap_dir/err"
	grep -qE -- "$1" "$ktap_dir/err" && ! grep -q 0000000011 "$ktap_dir/err"
}

check "a key that is too short" wrong_keys "rrc-enc.*32 hex" "$(key_json 000000000011)"
check "a key that is not hexadecimal" wrong_keys "up-int.*32 hex" "$(key_json 0000000011"$(
	printf %022x 0)" 0000000000000000000000000000000g)"
check "a member that is no key" wrong_keys "member \"key\"" '{"key": "0000000011"}'
check "JSON that breaks off" wrong_keys "not JSON: line 1" '{"rrc-enc": "0000000011'
check "no keys at all" wrong_keys "rrc-enc is missing" '{}'
chmod 640 "$keys"
check "a file that others can read" wrong_keys "open to others" "$(key_json)"

# The published answer of NIA2, and those of NIA1 and NIA3 to the same input.
echo '{"rrc-int": "5c2cc2fda0f318a1e0ce35b9db5e80a5"}' >"$keys"
chmod 600 "$keys"
for answer in 0:0000 1:7df5 2:c218 3:d09a; do
	expect "shortMAC-I with NIA${answer%:*}" "short-mac-i ${answer#*:}" \
		run key short-mac-i keys "$keys" nia "${answer%:*}" pci 1 cell 0 rnti 0x4601
done

check "a bearer with options" run bearer add ue 1 drb 3 set 0 mode am sn-ul 12 sn-dl 18 \
	integrity on ciphering off t-reordering 40 discard 0.5 status-report on out-of-order on \
	sdap 1 upper user queue-limit 10 kept-limit 20 window-limit 70000 count-threshold 0x10 hold both leg user
expect "has them" '["drb",3,"am",12,18,true,false,40,0.5,true,true,1,"user",10,20,70000,16,["tx","rx"]]' \
	get '.[0] | [.type, .id, .mode, ."sn-ul", ."sn-dl", .integrity, .ciphering,
		."t-reordering", .discard, ."status-report", ."out-of-order", .sdap, .upper,
		."queue-limit", ."kept-limit", ."window-limit", ."count-threshold", .hold]' bearer show ue 1 drb 3
check "a bearer with a tunnel" run bearer add ue 1 drb 4 set 0 mode um sn 12 \
	leg gtpu remote 2001:db8::2 teid-in 0x11 teid-out 18 local 2001:db8::1 port 2153
expect "has it" '["infinity",3221225472,["gtpu","2001:db8::2","2001:db8::1",2153,17,18,"source",0,true]]' \
	get '.[0] | [."t-reordering", ."count-threshold", (.legs[0] | [.lower, .remote, .local, .port, ."teid-in",
		."teid-out", .role, .set, .active])]' bearer show ue 1 drb 4
check "an SRB" run bearer add ue 1 srb 1 set 0 leg user
expect "all bearers are shown, abbreviated" '["srb1","drb3","drb4"]' get '[.[] | .type + "\(.id)"]' b sh

refuse "the module names what is wrong" "Error: pdcp: t-reordering: 7 ms" \
	run bearer add ue 1 drb 5 set 0 mode um sn 12 t-reordering 7 leg user
refuse "in the unit it was given in" "Error: pdcp: discard: 0\.7 ms" \
	run bearer add ue 1 drb 5 set 0 mode um sn 12 discard 0.7 leg user
refuse "the netlink policy's refusal gets the attribute's name, and its range" \
	"Error: pdcp: queue-limit: .*, 1 to [0-9]+\." \
	run bearer add ue 1 drb 5 set 0 mode um sn 12 queue-limit 0 leg user
refuse "so does a missing attribute" "Error: pdcp: mode is missing" \
	run bearer add ue 1 drb 5 set 0 leg user
refuse "so does one in a nest" "teid-in|Error: pdcp: .*bearer\[2\]" \
	run daps start ue 1 set 0 srb 1 leg user drb 3 leg gtpu remote ::1 teid-in 0x11 teid-out 1

# events: keeps what monitor prints in "$ktap_dir/events"; ready when it listens.
events() {
	pdcpctl -n "cli-$$" -j monitor >"$ktap_dir/events" &
	at_exit kill $!
	wait_until 10 listening
}

# listening: a generic netlink socket of the namespace is member of a multicast group.
listening() {
	on cli awk '$2 == 16 && $4 !~ /^0+$/ { found = 1 } END { exit !found }' /proc/net/netlink
}

# event FILTER: what a jq filter makes of all events so far.
event() { jq -c -s "$1" "$ktap_dir/events"; }

check "events are listened to" events
check "an SDU is sent" run sdu send ue 1 srb 1 "01:02 03"
expect_soon "its PDU is an event" '["pdu-ntf","pdcp0",1,"srb",1,0,18]' \
	event '.[0] | [.event, .dev, .ue, .type, .id, .count, (.pdu | length)]'
check "a PDU that does not verify is no error" run pdu input ue 1 srb 1 00000102030405
expect_soon "but an event" '["integrity-ntf","srb",1,0]' event '.[1] | [.event, .type, .id, .count]'
expect "and counted" '[1,{"rx-integrity":1}]' \
	get '.[0] | [.legs[0]."integrity-failures", .drop]' bearer show ue 1 srb 1
expect "variables are shown" '["srb",1,1,0,0]' \
	get '.[0] | [.type, .id, ."tx-next", ."rx-deliv", ."rx-next"]' status get ue 1 srb 1
check "and set" run status set ue 1 drb 3 tx-next 5 rx-deliv 0x10
expect "to what was said, which ends the hold" '[5,16,null]' \
	get '.[0] | [."tx-next", ."rx-deliv", .hold]' bearer show ue 1 drb 3
refuse "but not back" "Error: pdcp: tx-next: " run status set ue 1 drb 3 tx-next 4

check "a bearer is reconfigured" run bearer set ue 1 drb 3 t-reordering 100
expect "and has the new value" '[100]' get 'map(."t-reordering")' bearer show ue 1 drb 3
check "nothing to reconfigure is an error of use" status 1 bearer set ue 1 drb 3
refuse "a value that is none is the kernel's" "Error: pdcp: t-reordering: 7 ms" \
	run bearer set ue 1 drb 3 t-reordering 7
check "a COUNT comes to its threshold" run status set ue 1 drb 3 tx-next 0x10
check "with an SDU" run sdu send ue 1 drb 3 000102
expect_soon "which is an event" '[["pdcp0",1,"drb",3,"source",16,"tx",false]]' \
	event 'map(select(.event == "count-ntf") |
		[.dev, .ue, .type, .id, .role, .count, .direction, .exhausted])'
check "data of an AM DRB is recovered" run bearer recover ue 1 drb 3
refuse "but not of an SRB" "Error: pdcp: bearer: srb 1 is no AM DRB" run bearer recover ue 1 srb 1
check "and only with a bearer" status 1 bearer recover ue 1
check "one bearer is suspended" run bearer suspend ue 1 srb 1
expect "and no other" '[["suspended"],null,null]' get 'map(.paused)' bearer show ue 1
check "all are" run bearer suspend ue 1
expect "that were not" '[["suspended"],["suspended"],["suspended"]]' get 'map(.paused)' bearer show ue 1
refuse "none is resumed under its old key" "Error: pdcp: srb 1 .* another key" run bearer resume ue 1
check "another set" bash -c "pdcpctl -n cli-$$ security add ue 1 set 1 nea 0 nia 0 keys - <<<{}"
check "re-establishment" run bearer reestablish ue 1 set 1 srb 1 leg user
check "is what resumption needs" run bearer resume ue 1 srb 1
expect "of a single bearer" '[null,["suspended"],["suspended"]]' get 'map(.paused)' bearer show ue 1
check "an SRB that waits" run bearer add ue 1 srb 2 set 0 hold tx leg user
check "is given an SDU" run sdu send ue 1 srb 2 0001
check "which is discarded" run sdu discard ue 1 srb 2
expect "before it was sent" '[0,0,{"tx-purged":1}]' \
	get '.[0] | [.queued, ."tx-sdus", .drop]' bearer show ue 1 srb 2
refuse "a DRB has a timer for that" "Error: pdcp: type: " run sdu discard ue 1 drb 3

check "a split bearer has two legs, with delivery status" run bearer add ue 1 drb 6 set 1 \
	mode am sn 18 upper user split-threshold 10000 duplication on \
	leg gtpu remote 127.0.0.1 teid-in 0x33 teid-out 0x34 port 2153 nru on nru-loss off \
	leg gtpu remote 127.0.0.1 teid-in 0x35 teid-out 0x36 port 2153
expect "and has them" \
	'[10000,true,[["source",51,true,false,0],["secondary",53,false,null,null]]]' \
	get '.[0] | [."split-threshold", .duplication, [.legs[] |
		[.role, ."teid-in", .nru, ."nru-loss", ."frames-lost"]]]' bearer show ue 1 drb 6
check "it is reconfigured" run bearer set ue 1 drb 6 duplication off t-reordering 20
expect "as a whole" '[false,20]' get '.[0] | [.duplication, ."t-reordering"]' bearer show ue 1 drb 6
check "a third leg is an error of use" status 1 bearer add ue 1 drb 7 set 1 mode um sn 12 \
	leg user leg user leg user
check "a bearer of one direction" run bearer add ue 1 drb 7 set 1 mode um sn-dl 18 leg user
expect "has no other" '[null,18]' get '.[0] | [."sn-ul", ."sn-dl"]' bearer show ue 1 drb 7

ip -n cli-$$ link add pdcp1 type pdcp
check "another device on another port" run dev set dev pdcp1 port 2153
ip -n cli-$$ link set pdcp1 up
check "is sent a PDU" run sdu send dev pdcp0 ue 1 drb 6 0001
expect_soon "and that it has no such tunnel is an event" '[["pdcp0",52,"127.0.0.1"]]' \
	event 'map(select(.event == "path-ntf") | [.dev, .teid, .remote])'
refuse "which of two devices" "more than one pdcp device" run ue show
check "is what dev says" run ue show dev pdcp1
expect "and each is shown" '["pdcp0","pdcp1"]' get 'map(.dev)' dev show
check "text goes with JSON" bash -c "pdcpctl -n cli-$$ bearer show dev pdcp0 ue 1 drb 4 |
	grep -q 'leg gtpu remote 2001:db8::2 local 2001:db8::1 port 2153 teid-in 0x00000011'"
check "a full disk is not success" bash -c "! pdcpctl -n cli-$$ dev show 2>&1 >/dev/full | grep -v Error:"
check "a UE goes away" run ue del dev pdcp0 ue 1
expect "with all it had" '[]' get . bearer show dev pdcp0
finish
