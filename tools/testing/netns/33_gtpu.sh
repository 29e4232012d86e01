#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What comes to the GTP-U port (TS 29.281): G-PDUs of a leg, from its peer, signalling, and nothing
# else.

. "$(dirname "$0")/../pdcp.sh"

# A Data PDU, SN 0, neither ciphered nor protected, of the SDU 0102030405060708.
pdu=80000102030405060708
teid=00001041

device_drop() { value gnb ".drop.\"$1\" // 0" dev show; }
bearer_drop() { value gnb ".drop.\"$1\" // 0" bearer show ue 1 drb 1; }
delivered() { value gnb '."rx-sdus"' bearer show ue 1 drb 1; }

# counts DESCRIPTION COUNTER REASON HEX [ADDRESS]: the datagram is dropped, and COUNTER REASON
# counts it once.
counts() {
	local before
	before=$(delivered)
	expect_growth "$1" 1 "$2" udp "${5-192.0.2.2}" "$4"
	[ "$(delivered)" = "$before" ] || fail "$1: it was delivered"
}
malformed() { device_drop gtpu-malformed; }
type() { device_drop gtpu-type; }
unknown() { device_drop gtpu-teid; }
remote() { bearer_drop rx-remote; }

# passes DESCRIPTION HEX [ADDRESS]: each with an SN of its own.
sn=0
passes() {
	local hex
	printf -v hex '80%02x%s' $((sn++)) "${pdu:4}"
	expect_growth "$1" 1 delivered udp "${3-192.0.2.2}" "$(gpdu "${2%% *}" ff $teid "${2#* }$hex")"
}

# answered HEX ANSWER: the datagram is answered to the port that it came from.
answered() {
	local answer
	# shellcheck disable=SC2059
	printf "$(octets "$1")" >"$ktap_dir/datagram"
	answer=$(on ue bash -c "exec 3<>/dev/udp/192.0.2.2/2152; cat '$ktap_dir/datagram' >&3
		timeout 5 head -c $((${#2} / 2)) <&3" | od -An -v -tx1 | tr -d ' \n')
	[ "$answer" = "$2" ] || { echo "$answer"; return 1; }
}

# TEIDs that the UE's device was told not to exist, and who said so.
indications() {
	events ue 'select(.event == "path-ntf") | [.teid, .remote] | tojson' | xargs
}

device_drops() { value gnb '.drop | tojson' dev show; }

net_up
monitor_start ue
ue_add 1
set_add 1 0 0 0
bearer_add 1 "drb 1" 0 4 mode um sn 12 upper user

passes "a G-PDU of eight octets of header" "30 "
passes "with a sequence number" "32 00010000"
passes "with an N-PDU number" "31 00000100"
passes "with an extension header" "34 0000008501100100"
passes "with two extension headers" "34 000000850110018501100100"
counts "TEID 0" unknown gtpu-teid "$(gpdu 30 ff 00000000 $pdu)"
counts "an unknown TEID" unknown gtpu-teid "$(gpdu 30 ff 00009999 $pdu)"
expect_soon "an Error Indication tells of it, and of TEID 0 none does" "[39321,192.0.2.2]" indications
counts "another address than the leg's remote" remote rx-remote "$(gpdu 30 ff $teid $pdu)" 198.51.100.2
counts "the other family" remote rx-remote "$(gpdu 30 ff $teid $pdu)" 2001:db8:a::2
counts "a message of another protocol's type" type gtpu-type "$(gpdu 32 05 00000000 00000000)"
counts "an empty datagram of one octet" malformed gtpu-malformed 30
counts "seven octets" malformed gtpu-malformed 30ff0000000010
counts "version 2" malformed gtpu-malformed "$(gpdu 50 ff $teid $pdu)"
counts "GTP'" malformed gtpu-malformed "$(gpdu 20 ff $teid $pdu)"
counts "a length beyond the datagram" malformed gtpu-malformed "30ff00ff$teid$pdu"
counts "optional fields that are not there" malformed gtpu-malformed "$(gpdu 32 ff $teid 0001)"
counts "an extension header that is not there" malformed gtpu-malformed "$(gpdu 34 ff $teid 00000085)"
counts "an extension header of length 0" malformed gtpu-malformed "$(gpdu 34 ff $teid 0000008500100100$pdu)"
counts "an extension header beyond the end" malformed gtpu-malformed "$(gpdu 34 ff $teid 00000085ff100100)"
# The answer has the sequence number, 0a0b, and a Recovery of 0.
check "an echo request is answered" answered "$(gpdu 32 01 00000000 0a0b0000)" \
	32020006000000000a0b00000e00
check "an extension header that has to be understood is answered with those that are" \
	answered "$(gpdu 34 ff $teid "000000c101000000$pdu")" 321f000b00000000000000008d0503828485c0
counted=$(device_drops)
udp 192.0.2.2 "$(gpdu 30 fe $teid "")"
udp 192.0.2.2 "$(gpdu 32 02 00000000 0a0b00000e00)"
passes "the leg still works after an End Marker and an echo response" "30 "
expect "which no counter has counted" "$counted" device_drops
finish
