#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Packets on the rarer ways in and out of a gNB: neither the stack sends them nor a socket receives
# them.  Each passes, and lockdep, on the debug kernel, has nothing to say.

. "$(dirname "$0")/../pdcp.sh"

# bearer "drb N" LEG OPTION...: of UE 1, at the gNB alone.
bearer() {
	# shellcheck disable=SC2086
	ctl gnb bearer add ue 1 $1 set 0 mode um sn 12 "${@:3}" $2
}

# rx DRB PDU: by its tunnel.
rx() { udp 192.0.2.2 "$(gpdu 30 ff "$(printf %08x $((0x1000 + $(teid 1 "drb $1"))))" "$2")"; }

# An IPv4 packet of no payload from UE 1 to the server.
packet="450000140000000040110000""0a2d0002""0a630001"

# By a packet socket, to UE 1.
raw() {
	on gnb trafgen --dev pdcp0 --num 1 --cpus 1 \
		"{ 0x45, 0, const16(20), 0, 0, 0, 0, 64, 17, csumip(0, 19), 10, 99, 0, 1, 10, 45, 0, 2 }"
}

hold_ends() { rx 3 "8007$packet" && is 1 gnb .stored bearer show ue 1 drb 3 && ctl gnb status set ue 1 drb 3 rx-deliv 7; }

suspicious() { dmesg | awk -v mark="pdcp.sh $$" 'index($0, mark) { n = 0 } /suspicious RCU usage/ { n++ } END { print n + 0 }'; }

net_up
ctl gnb ue add ue 1 role gnb addr 10.45.0.2
ctl gnb security add ue 1 set 0 nea 0 nia 2 keys "$(key_file 0)"
bearer "drb 1" "$(gtpu gnb "$(teid 1 "drb 1")")" t-reordering 20
bearer "drb 2" "leg user"
bearer "drb 3" "$(gtpu gnb "$(teid 1 "drb 3")")" hold rx
check "a packet socket sends" raw
expect_soon "it is sent to the UE" 1 value gnb '."tx-sdus"' bearer show ue 1 drb 1
check "a PDU waits for others" rx 1 "8005$packet"
expect_soon "it is delivered when t-Reordering expires" 1 value gnb '."rx-sdus"' bearer show ue 1 drb 1
check "a request brings a PDU" ctl gnb pdu input ue 1 drb 2 "8000$packet"
expect_soon "it is delivered" 1 value gnb '."rx-sdus"' bearer show ue 1 drb 2
check "a hold ends" hold_ends
expect_soon "what was held is delivered" 1 value gnb '."rx-sdus"' bearer show ue 1 drb 3
expect "lockdep has nothing to say" 0 suspicious
finish
