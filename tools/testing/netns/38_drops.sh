#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Every packet that comes is delivered, waits, or is dropped and counted, once, by one reason: the
# counters of the gNB's device and of its bearers add up to what was sent there.

. "$(dirname "$0")/../pdcp.sh"

# counters: all of the gNB, as one object for each counter that is not 0.
counters() {
	{ ctl gnb -j dev show; ctl gnb -j bearer show; } |
		jq -cs 'add | map({name: (if .type then "\(.type)\(.id)" else "dev" end), drop}) |
			map(.name as $name | .drop | to_entries[] | {key: "\($name) \(.key)", value}) |
			from_entries'
}

# dropped: packets that the network device tells of.
dropped() { nsip gnb -s -j link show pdcp0 | jq '.[0].stats64 | .rx.dropped + .tx.dropped'; }

# counts NAME REASON COMMAND...: the command has one packet dropped, which is counted once at NAME
# (dev, or a bearer) and once at the network device.
counts() {
	local counter="$1 $2" before=$all was=$devices
	shift 2
	"$@" || return
	wait_until 5 more_than "$was" || { echo "nothing is counted"; return 1; }
	devices=$(dropped)
	all=$(counters)
	[ "$devices" = $((was + 1)) ] || { echo "the device counts $((devices - was))"; return 1; }
	jq -en --argjson before "$before" --argjson after "$all" --arg counter "$counter" '
		($before | .[$counter] += 1) == $after' ||
		{ echo "before $before"; echo "after $all"; return 1; }
}
more_than() { [ "$(dropped)" -gt "$1" ]; }

# once NAME REASON COMMAND...
once() { check "$2 at $1" counts "$@"; }

# datagram HEX: to the gNB; rx DRB PDU: a PDU for one of its bearers.
datagram() { udp 192.0.2.2 "$1"; }
rx() { datagram "$(gpdu 30 ff "$(printf %08x $((0x1000 + $(teid 1 "drb $1"))))" "$2")"; }

# add "drb N" OPTION...: to UE 1 of the gNB; its peer is nobody.
add() {
	# shellcheck disable=SC2046,SC2086
	ctl gnb bearer add ue 1 $1 set 0 "${@:2}" $(gtpu gnb "$(teid 1 "$1")")
}

# lost PING-ARGUMENT...: one ping from the gNB that nobody answers.
lost() { ! on gnb ping -q -c 1 -W 0.01 "$@"; }

# raw OCTETS: a packet by the ring of a packet socket, as trafgen has it.
raw() { on gnb trafgen --dev pdcp0 --num 1 --cpus 1 "{ $1 }"; }
ethernet="fill(0xff, 6), fill(2, 6)"
header="0x45, 0, const16(20), 0, 0, 0, 0, 64, 17, csumip(14, 33), 10, 99, 0, 1, 10, 45, 0, 2"

# An IPv4 packet from $1 to 10.99.0.1 of no payload.
packet() { printf '450000140000000040110000%s0a630001' "$1"; }

datagrams() { on gnb awk '/^Udp:/ && n++ { print $2 }' /proc/net/snmp; }

# What came to the UDP port has been delivered, waits, or was dropped.  Status reports are none here.
balanced_rx() {
	[ "$(datagrams)" = "$({ ctl gnb -j dev show; ctl gnb -j bearer show; } | jq -s 'add |
		([.[] | ."rx-sdus" // 0, .stored // 0] | add) + ([.[].drop | to_entries[] |
		select(.key | startswith("rx-") or startswith("gtpu-")) | .value] | add)')" ]
}

# What the stack and user space have sent was numbered, waits, or was dropped.
balanced_tx() {
	[ "$1" = "$({ ctl gnb -j dev show; ctl gnb -j bearer show; } | jq -s 'add |
		([.[] | ."tx-sdus" // 0, .queued // 0] | add) + ([.[].drop | to_entries[] | select(.key |
		. == "no-ue" or . == "no-bearer" or (startswith("tx-") and . != "tx-route" and
		. != "tx-leg")) | .value] | add)')" ]
}

net_up
ctl gnb ue add ue 1 role gnb addr 10.45.0.2
ctl gnb ue add ue 2 role gnb addr 10.45.0.3
ctl gnb security add ue 1 set 0 nea 0 nia 2 keys "$(key_file 0)"
add "drb 1" mode um sn 12
add "drb 2" mode am sn 12 integrity on
add "drb 3" mode um sn 12 hold rx queue-limit 1
add "drb 4" mode um sn 12
add "drb 5" mode um sn-dl 12
add "drb 6" mode um sn-ul 12
add "drb 7" mode um sn 18
add "drb 8" mode um sn 12 hold tx queue-limit 2
add "drb 9" mode um sn 12 hold tx discard 0.5
add "srb 1" hold tx
ctl gnb bearer add ue 1 drb 10 set 0 mode um sn 12 leg gtpu remote 203.0.113.1 teid-in 99 teid-out 99
ctl gnb bearer suspend ue 1 drb 4
ctl gnb status set ue 1 drb 7 tx-next 0xffffffff rx-deliv 0xfffffffe
before=$(datagrams)
all=$(counters) devices=$(dropped)

once dev gtpu-malformed datagram 30
once dev gtpu-type datagram "$(gpdu 32 05 00000000 00000000)"
once dev gtpu-teid datagram "$(gpdu 30 ff 00009999 80000102)"
once drb1 rx-remote udp 198.51.100.2 "$(gpdu 30 ff 00001041 80000102)"
once drb1 rx-malformed rx 1 80
once drb1 rx-control rx 1 7000
once drb1 rx-status rx 1 0000000000
once drb1 rx-range rx 1 8fff01
once drb1 rx-not-ip rx 1 800001
once drb1 rx-old rx 1 800001
once drb1 rx-source rx 1 "8001$(packet 0a2d0009)"
check "SN 9 waits" rx 1 "8009$(packet 0a2d0002)"
once drb1 rx-duplicate rx 1 "8009$(packet 0a2d0002)"
once drb2 rx-integrity rx 2 80000102030405
once drb2 rx-control rx 2 4000000000
once drb2 rx-status rx 2 0000000001
check "one PDU is held" rx 3 "8000$(packet 0a2d0002)"
once drb3 rx-hold-full rx 3 "8001$(packet 0a2d0002)"
once drb3 rx-purged ctl gnb bearer suspend ue 1 drb 3
once drb4 rx-paused rx 4 800001
once drb5 rx-direction rx 5 800001
once drb7 rx-count rx 7 83ffff01
once dev no-ue lost 10.45.0.99
once dev no-ue raw 0x45
once dev no-ue raw "0x60, fill(0, 38)"
once dev no-ue raw "$ethernet, 8, 0, $header"
once dev no-bearer lost 10.45.0.3
once drb6 tx-direction lost -m 6 10.45.0.2
once drb7 tx-count lost -m 7 10.45.0.2
once drb10 tx-route lost -m 10 10.45.0.2
check "one SDU is queued" lost -m 8 10.45.0.2
check "and another one" lost -m 8 10.45.0.2
once drb8 tx-queue-full lost -m 8 10.45.0.2
once drb9 tx-discard lost -m 9 10.45.0.2
check "a message is queued" ctl gnb sdu send ue 1 srb 1 0102
once srb1 tx-purged ctl gnb sdu discard ue 1 srb 1
check "a packet of the UE is delivered" rx 6 "8000$(packet 0a2d0002)"
wait_until 5 balanced_rx
check "what came is what was delivered, waits, or was dropped" balanced_rx
check "what was sent is what was numbered, waits, or was dropped" balanced_tx 13
finish
