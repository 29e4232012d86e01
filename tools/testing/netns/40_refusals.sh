#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
# shellcheck disable=SC2086
#
# What is missing, out of range or contradictory is refused by a message that names it, and
# changes nothing that can be shown.

. "$(dirname "$0")/../pdcp.sh"

everything() {
	ctl ue -j dev show
	ctl ue -j ue show
	ctl ue -j security show
	ctl ue -j bearer show
}

# refuses PATTERN ARGUMENT...
refuses() {
	check "pdcpctl ${*:2}" refused "$1" ctl ue "${@:2}"
}

# The refused commands since the last time have changed nothing.
unchanged() {
	local before=$shown
	shown=$(everything)
	[ "$shown" = "$before" ] || { diff <(tr , '\n' <<<"$before") <(tr , '\n' <<<"$shown"); return 1; }
}

user_leg="leg user"
gtpu_leg="leg gtpu remote 192.0.2.9 teid-in 5 teid-out 6"
k=$(key_file 1)

# Key files with something wrong.
key_files() (
	umask 077
	jq 'del(."up-enc")' "$k" >"$ktap_dir/no-up-enc"
	jq 'del(."up-int")' "$k" >"$ktap_dir/no-up-int"
	jq '."rrc-enc" = "0123"' "$k" >"$ktap_dir/short"
	jq '."up-enc" = ."rrc-enc"' "$k" >"$ktap_dir/twice"
	cp "$k" "$ktap_dir/open"
	chmod 644 "$ktap_dir/open"
)

# One PDU has gone each way, so that the COUNTs are not 0.
exchange() {
	local pdu
	pdu=$(sent 2 "drb 1" c0ffee) && delivers 1 "drb 1" "$pdu" c0ffee
}

user_up
ctl ue ue add ue 1 role ue addr $ue4
ctl ue ue add ue 2 role gnb
user_set 0 2 2
user_bearer "drb 1" 0 mode am sn 18 upper user integrity on
user_bearer "srb 1" 0
ctl ue bearer add ue 1 drb 2 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 teid-in 4 teid-out 4
ctl ue ue add ue 3
ctl ue security add ue 3 set 0 nea 0 nia 0
key_files
exchange
shown=$(everything)

refuses 'port' dev set
refuses 'port' dev set port 0
refuses 'port' dev set port 65536
refuses 'nosuch' dev set dev nosuch port 2153
check "no refused dev has changed anything" unchanged

refuses '"ue"' ue add role ue
refuses 'ue-id: UE 1 exists' ue add ue 1
refuses 'role' ue add ue 9 role enb
refuses 'addr' ue add ue 9 addr 10.45.0.256
refuses 'address: not an address of one host' ue add ue 9 addr 224.0.0.1
refuses 'address: not an address of one host' ue add ue 9 addr ::
refuses 'address: belongs to another UE' ue add ue 9 addr $ue4
refuses 'address\[2\]: given twice' ue add ue 9 addr fd45::9 addr fd45::9
refuses '8 addresses' ue add ue 9 addr ::a1 addr ::a2 addr ::a3 addr ::a4 addr ::a5 addr ::a6 addr ::a7 addr ::a8 addr ::a9
refuses 'test-mode' ue add ue 9 test-mode
refuses 'ue-id: no UE 9' ue del ue 9
refuses 'ue-id: no UE 9' ue show ue 9
check "no refused ue has changed anything" unchanged

refuses '"set"' security add ue 1 nea 1 nia 1 keys $k
refuses '"nea"' security add ue 1 set 1 nia 1 keys $k
refuses '"nia"' security add ue 1 set 1 nea 1 keys $k
refuses '"set"' security add ue 1 set 16 nea 1 nia 1 keys $k
refuses '"nea"' security add ue 1 set 1 nea 4 nia 1 keys $k
refuses '"nia"' security add ue 1 set 1 nea 1 nia 4 keys $k
refuses 'ue-id: no UE 9' security add ue 9 set 1 nea 1 nia 1 keys $k
refuses 'set: 0 is installed already' security add ue 1 set 0 nea 1 nia 1 keys $k
refuses 'rrc-enc' security add ue 1 set 1 nea 1 nia 0
refuses 'rrc-int' security add ue 1 set 1 nea 0 nia 1
refuses 'up-enc' security add ue 1 set 1 nea 1 nia 0 keys $ktap_dir/no-up-enc
refuses 'up-int' security add ue 1 set 1 nea 0 nia 1 keys $ktap_dir/no-up-int
refuses 'rrc-enc' security add ue 1 set 1 nea 1 nia 1 keys $ktap_dir/short
refuses 'two roles' security add ue 1 set 1 nea 1 nia 1 keys $ktap_dir/twice
refuses 'mode 0644' security add ue 1 set 1 nea 1 nia 1 keys $ktap_dir/open
refuses 'set: 5 is not installed' security del ue 1 set 5
refuses 'set: 0 is in use' security del ue 1 set 0
refuses 'ue-id: no UE 9' security del ue 9 set 0
check "no refused security has changed anything" unchanged

refuses '"drb" is missing' bearer add ue 1 set 0 mode um sn 12 $user_leg
refuses '"set" is missing' bearer add ue 1 drb 3 mode um sn 12 $user_leg
refuses '"leg" is missing' bearer add ue 1 drb 3 set 0 mode um sn 12
refuses 'mode' bearer add ue 1 drb 3 set 0 sn 12 $user_leg
refuses 'sn-ul' bearer add ue 1 drb 3 set 0 mode um $user_leg
refuses 'sn-dl' bearer add ue 1 drb 3 set 0 mode am sn-ul 12 $user_leg
refuses '"drb"' bearer add ue 1 drb 0 set 0 mode um sn 12 $user_leg
refuses '"drb"' bearer add ue 1 drb 33 set 0 mode um sn 12 $user_leg
refuses '"srb"' bearer add ue 1 srb 5 set 0 $user_leg
refuses 'ue-id: no UE 9' bearer add ue 9 drb 3 set 0 mode um sn 12 $user_leg
refuses 'id: drb 1 exists' bearer add ue 1 drb 1 set 0 mode um sn 12 $user_leg
refuses 'id: srb 1 exists' bearer add ue 1 srb 1 set 0 $user_leg
refuses 'set: 7 is not installed' bearer add ue 1 drb 3 set 7 mode um sn 12 $user_leg
refuses 'mode' bearer add ue 1 drb 3 set 0 mode tm sn 12 $user_leg
refuses 'mode: DRB only' bearer add ue 1 srb 2 set 0 mode am $user_leg
refuses 'sn-ul: 12 or 18' bearer add ue 1 drb 3 set 0 mode um sn 13 $user_leg
refuses 'sn-dl: 12 or 18' bearer add ue 1 drb 3 set 0 mode um sn-ul 12 sn-dl 7 $user_leg
refuses 'sn-ul: an SRB has 12' bearer add ue 1 srb 2 set 0 sn 18 $user_leg
refuses 'integrity: DRB only' bearer add ue 1 srb 2 set 0 integrity off $user_leg
refuses 'integrity: a DRB has none under NIA0' bearer add ue 3 drb 3 set 0 mode um sn 12 integrity on $user_leg
refuses 'ciphering: DRB only' bearer add ue 1 srb 2 set 0 ciphering off $user_leg
refuses 't-reordering: 7 ms' bearer add ue 1 drb 3 set 0 mode um sn 12 t-reordering 7 $user_leg
refuses 't-reordering: 3001 ms' bearer add ue 1 srb 2 set 0 t-reordering 3001 $user_leg
refuses 'discard: 7 ms' bearer add ue 1 drb 3 set 0 mode um sn 12 discard 7 $user_leg
refuses 'discard: 0.6 ms' bearer add ue 1 drb 3 set 0 mode um sn 12 discard 0.6 $user_leg
refuses 'discard: DRB only' bearer add ue 1 srb 2 set 0 discard 100 $user_leg
refuses 'status-report: DRB only' bearer add ue 1 srb 2 set 0 status-report on $user_leg
refuses 'out-of-order: DRB only' bearer add ue 1 srb 2 set 0 out-of-order on $user_leg
refuses 'sdap' bearer add ue 1 drb 3 set 0 mode um sn 12 sdap 1 $user_leg
refuses 'sdap' bearer add ue 1 drb 3 set 0 mode um sn 12 sdap 2 upper user $user_leg
refuses 'upper' bearer add ue 1 srb 2 set 0 upper device $user_leg
refuses 'default' bearer add ue 1 drb 3 set 0 mode um sn 12 upper user default $user_leg
refuses 'bearer-input' bearer add ue 1 drb 3 set 0 mode um sn 12 bearer-input 3 $user_leg
refuses 'window-limit' bearer add ue 1 drb 3 set 0 mode um sn 12 window-limit 65535 $user_leg
refuses 'kept-limit' bearer add ue 1 drb 3 set 0 mode um sn 12 kept-limit 5 $user_leg
refuses 'kept-limit' bearer add ue 1 drb 3 set 0 mode am sn 12 kept-limit 2049 $user_leg
refuses 'kept-limit' bearer add ue 1 drb 3 set 0 mode am sn 18 kept-limit 0 $user_leg
refuses 'queue-limit' bearer add ue 1 drb 3 set 0 mode um sn 12 queue-limit 0 $user_leg
refuses 'queue-limit' bearer add ue 1 drb 3 set 0 mode um sn 12 queue-limit 262145 $user_leg
refuses '"hold"' bearer add ue 1 drb 3 set 0 mode um sn 12 hold up $user_leg
refuses '"remote" is missing' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu teid-in 5 teid-out 5
refuses '"teid-in" is missing' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 teid-out 5
refuses '"teid-out" is missing' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 teid-in 5
refuses 'teid-in' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 teid-in 0 teid-out 5
refuses 'teid-in: 0x4 belongs' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 teid-in 4 teid-out 5
refuses 'remote: not an address' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 0.0.0.0 teid-in 5 teid-out 5
refuses 'local' bearer add ue 1 drb 3 set 0 mode um sn 12 leg gtpu remote 192.0.2.9 local ::1 teid-in 5 teid-out 5
refuses 'port' bearer add ue 1 drb 3 set 0 mode um sn 12 $gtpu_leg port 0
refuses 'id: no DRB 9' bearer del ue 1 drb 9
refuses 'ue-id: no UE 9' bearer del ue 9 drb 1
check "no refused bearer has changed anything" unchanged

refuses 'set: 1 is not installed' bearer reestablish ue 1 set 1 drb 1 $user_leg
refuses 'drb 9 does not exist' bearer reestablish ue 1 set 0 drb 9 $user_leg
refuses 'srb 1' bearer reestablish ue 1 set 0 srb 1
refuses 'bearer' bearer reestablish ue 1 set 0
refuses 'target-set: drb 1 cannot be re-established under its old key' bearer reestablish ue 1 set 0 drb 1 $user_leg
check "no refused bearer reestablish has changed anything" unchanged

refuses '"set"' daps start ue 1 drb 1 $user_leg
refuses 'set: 1 is not installed' daps start ue 1 set 1 drb 1 $user_leg drb 2 $gtpu_leg srb 1 $user_leg
refuses 'srb 1 is not named' daps start ue 1 set 0 drb 1 $user_leg drb 2 $gtpu_leg
refuses 'drb 2 is not named' daps start ue 1 set 0 drb 1 $user_leg srb 1 $user_leg
refuses 'drb 9 does not exist' daps start ue 1 set 0 drb 1 $user_leg drb 2 $gtpu_leg srb 1 $user_leg drb 9 $user_leg
refuses 'drb 1 is named twice' daps start ue 1 set 0 drb 1 $user_leg drb 2 $gtpu_leg srb 1 $user_leg drb 1 $user_leg
refuses 't304' daps start ue 1 set 0 t304 0 drb 1 $user_leg drb 2 $gtpu_leg srb 1 $user_leg
refuses 't304' daps start ue 1 set 0 t304 600001 drb 1 $user_leg drb 2 $gtpu_leg srb 1 $user_leg
refuses 'action' daps start ue 1 set 0 drb 1 action split $user_leg drb 2 $gtpu_leg srb 1 $user_leg
refuses 'action: drb 1' daps start ue 1 set 0 drb 1 action reestablish $user_leg drb 2 $gtpu_leg srb 1 $user_leg
refuses 'action: drb 2' daps start ue 1 set 0 drb 1 $user_leg drb 2 action recover $gtpu_leg srb 1 $user_leg
refuses 'action: srb 1' daps start ue 1 set 0 drb 1 $user_leg drb 2 $gtpu_leg srb 1 action reestablish $user_leg
refuses 'teid-in: 0x4 belongs' daps start ue 1 set 0 drb 1 $user_leg drb 2 leg gtpu remote 192.0.2.9 teid-in 4 teid-out 5 srb 1 $user_leg
refuses 'ue-id: no UE 9' daps start ue 9 set 0 drb 1 $user_leg
refuses 'bearer' daps start ue 3 set 0
check "no refused daps has changed anything" unchanged

refuses 'tx-next' status set ue 1 drb 1
refuses '"tx-next"' status set ue 1 drb 1 tx-next 4294967296
refuses '"rx-deliv"' status set ue 1 drb 1 rx-deliv -1
refuses 'tx-next: below' status set ue 2 drb 1 tx-next 0
refuses 'tx-next: below' status set ue 2 drb 1 tx-next 0 rx-deliv 7
refuses 'rx-deliv: below' status set ue 1 drb 1 rx-deliv 0 tx-next 7
refuses 'id: no DRB 9' status set ue 1 drb 9 tx-next 1
refuses 'id: no DRB 9' status get ue 1 drb 9
refuses 'role' status get ue 1 srb 1 role target
check "no refused status has changed anything" unchanged

refuses 'octets' sdu send ue 1 drb 1
refuses 'hexadecimal' sdu send ue 1 drb 1 123
refuses 'sdu' sdu send ue 1 drb 1 ""
refuses 'id: DRB 2 takes SDUs from the device' sdu send ue 1 drb 2 1234
refuses 'id: no DRB 9' sdu send ue 1 drb 9 1234
refuses 'role' sdu send ue 1 srb 1 role target 1234
refuses 'pdu' pdu input ue 1 drb 1 ""
refuses 'leg' pdu input ue 1 drb 2 1234
refuses 'id: no DRB 9' pdu input ue 1 drb 9 1234
refuses 'role' pdu input ue 1 drb 1 role target 1234
check "no refused sdu and pdu has changed anything" unchanged
finish
