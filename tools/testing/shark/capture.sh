#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# In the guest: DAPS handovers of which everything is captured, for host/58_wireshark.sh to decipher.
# In /tmp/shark: profile/ as pdcpctl wireshark wrote it, legs.pcap, what the UE's tunnels carried,
# ue.pcap and gnb.pcap, SDUs as the stack gave them to the devices, sent, other SDUs with their
# direction, hfn/ and nru/, likewise, of a UE whose COUNTs begin high, and of one with delivery status.

. "$(dirname "$0")/../pdcp.sh"

out=/tmp/shark
mkdir $out $out/hfn $out/nru

# sdus_given NAME DEVICE: by the stack, so far.
sdus_given() { on "$1" cat "/sys/class/net/$2/statistics/tx_packets"; }

# packets FILE [FILTER]: in that capture.
packets() { tcpdump -Z root -n -r "$@" 2>/dev/null | wc -l; }

# capture NAMESPACE DEVICE FILE FILTER...: until captures_end.
capture() {
	local said=$ktap_dir/said
	ip netns exec "$1-$$" tcpdump -Z root --immediate-mode -s 2048 -B 8192 -U -n -i "$2" -w "$3" "${@:4}" 2>"$said" &
	captures+=($!)
	wait_until 20 grep -q 'listening on' "$said"
	rm "$said"
}
captures=()

# capture_legs FILE: at the UE.
capture_legs() {
	legs=$1
	capture ue any "$1" 'udp port 2152 or udp port 2153'
}

# capture_sdus NAMESPACE DEVICE FILE
capture_sdus() {
	sdus+=("$3 $1 $2 $(sdus_given "$1" "$2")")
	capture "$1" "$2" "$3" -Q out
}
sdus=()

# captured FILE NAMESPACE DEVICE BEFORE: each SDU of the device is in the file.
captured() { [ "$(packets "$1")" = $(($(sdus_given "$2" "$3") - $4)) ]; }

# captures_end: nothing may be on its way any more.  An end marker is the last packet of the legs.
captures_end() {
	local one
	for one in "${sdus[@]}"; do
		# shellcheck disable=SC2086
		check "${one%% *} is complete" eval "wait_until 20 captured $one || { packets ${one%% *}; false; }"
	done
	udp 192.0.2.2 "$(gpdu 30 fe ffffffff "")"
	check "$legs is complete" wait_until 20 prints 1 packets "$legs" 'udp[9] = 0xfe'
	kill -INT "${captures[@]}"
	wait "${captures[@]}"
	captures=() sdus=()
}

# segments_apart: each PDU in a packet of its own, as it is on a wire.
segments_apart() {
	local name
	for name in ue gnb; do
		on $name ethtool -K eth0 tx-udp-segmentation off gro off
		on $name ethtool -K eth1 tx-udp-segmentation off gro off
	done
}

# bearers_at SET GTPU-COMMAND NAME DEVICE OPTION...: DRB 1 and 2, and SRB1.
bearers_at() {
	local set=$1 leg=$2 name=$3 device=$4
	shift 4
	# shellcheck disable=SC2046,SC2086
	ctl $name bearer add dev $device ue 1 drb 1 set $set mode am sn 18 integrity on t-reordering 200 \
		status-report on "$@" $($leg $name "$($teid "drb 1")") &&
	ctl $name bearer add dev $device ue 1 drb 2 set $set mode um sn 12 integrity on t-reordering 200 "$@" \
		$($leg $name "$($teid "drb 2")") &&
	ctl $name bearer add dev $device ue 1 srb 1 set $set $($leg $name "$($teid "srb 1")")
}
number_of() { teid 1 "$1"; }
number_of2() { echo "$1"; }

# source_up: the UE with its bearers at the first gNB.
source_up() {
	path_to pdcp0
	ue_add 1 $ue4 $ue6
	set_add 1 0 2 2
	teid=number_of
	bearers_at 0 gtpu ue pdcp0
	bearers_at 0 gtpu gnb pdcp0
}

# message DIRECTION HEX DEVICE: on SRB1, an RRC message of little content.
message() {
	echo "$1 $2" >>$out/sent
	case $1 in
	ul) ctl ue sdu send ue 1 srb 1 "$2" ;;
	dl) ctl gnb sdu send dev "$3" ue 1 srb 1 "$2" ;;
	esac
}

net_up
gnb2_up
segments_apart
source_up
check "a profile for the source is written" ctl ue wireshark $out/profile ue 1 set 0 keys "$(key_file 0)"
check "its keys are nobody else's" [ "$(stat -c %a $out/profile/pdcp_nr_ue_keys)" = 600 ]
check "nor is the folder" [ "$(stat -c %a $out/profile)" = 700 ]
refuse "it is not overwritten" "say add" ctl ue wireshark $out/profile
refuse "a folder that is none of its own is not added to" "No such file" ctl ue wireshark /tmp add
capture_legs $out/legs.pcap
capture_sdus ue pdcp0 $out/ue.pcap
capture_sdus gnb pdcp0 $out/gnb.pcap
capture_sdus gnb pdcp1 $out/gnb2.pcap

check "packets pass on the source" pings ue -c 10 -i 0.02 $server4
check "of IPv6 too" pings ue -c 10 -i 0.02 -s 300 $server6
check "and on DRB 2" pings ue -c 10 -i 0.02 -s 1200 -m 2 $server4
message ul 0800
message dl 0000 pdcp0
ctl gnb ue add dev pdcp1 ue 1 role gnb addr $ue4 addr $ue6
ctl gnb security add dev pdcp1 ue 1 set 1 nea 2 nia 2 keys "$(key_file 1)"
teid=number_of2
bearers_at 1 gtpu2 gnb pdcp1 hold both
ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$(key_file 1)"
check "the handover starts" daps_start 1
check "the target is added to the profile" ctl ue wireshark $out/profile add ue 1 set 1 keys "$(key_file 1)"
cp $out/profile/pdcp_tunnels "$ktap_dir"
ctl ue wireshark $out/profile add ue 1 set 0 keys "$(key_file 0)" >/dev/null
check "adding what is there changes nothing" cmp "$ktap_dir/pdcp_tunnels" $out/profile/pdcp_tunnels
ip netns exec "ue-$$" ping -q -i 0.05 $server4 >"$ktap_dir/ping" &
ping=$!
sleep 0.5
path_to pdcp1
transfer_downlink 1
transfer_downlink 2
check "downlink comes from the target" pings gnb -c 10 -i 0.02 $ue4
check "it switches" ctl ue daps switch ue 1
check "the uplink follows" eval "transfer_uplink 1 && transfer_uplink 2"
message ul 0802
message dl 0002 pdcp1
check "packets pass on the target" pings ue -c 10 -i 0.02 $server4
check "and on DRB 2" pings ue -c 10 -i 0.02 -s 1200 -m 2 $server4
kill -INT $ping
wait $ping
check "no packet was lost in it" grep -q " 0% packet loss" "$ktap_dir/ping"
cat "$ktap_dir/ping"
check "it is released" ctl ue daps release ue 1
check "packets pass after that" pings ue -c 10 -i 0.02 -s 700 $server6
captures_end
disconnect

# COUNTs that begin behind two wraps of SN.
source_up
for name in ue gnb; do
	# shellcheck disable=SC2046
	ctl $name bearer add dev pdcp0 ue 1 drb 3 set 0 mode um sn 12 integrity on sdap 1 upper user \
		$(gtpu $name 0x63 6)
	ctl $name status set dev pdcp0 ue 1 drb 1 tx-next $((2 * 262144 + 5)) rx-deliv $((2 * 262144 + 5))
	ctl $name status set dev pdcp0 ue 1 drb 2 tx-next $((3 * 4096 - 4)) rx-deliv $((3 * 4096 - 4))
done
check "a profile knows where COUNTs stand" ctl ue wireshark $out/hfn/profile ue 1 set 0 keys "$(key_file 0)"
capture_legs $out/hfn/legs.pcap
capture_sdus ue pdcp0 $out/hfn/ue.pcap
capture_sdus gnb pdcp0 $out/hfn/gnb.pcap
check "packets pass on them" pings ue -c 5 -i 0.02 $server4
check "also while SN begins anew" pings ue -c 10 -i 0.02 -m 2 $server4
packet=01$(tcpdump -Z root -n -x -c 1 -r $out/ue.pcap icmp 2>/dev/null | sed -n 's/^\t0x....: *//p' | tr -d ' \n')
check "and behind an SDAP header, over IPv6" ctl ue sdu send dev pdcp0 ue 1 drb 3 "$packet"
echo "ul $packet" >$out/hfn/sent
wait_until 10 is 1 gnb '."rx-deliv"' status get dev pdcp0 ue 1 drb 3
captures_end
disconnect

# Delivery status, other algorithms, and what needs no key.
ue_add 1 $ue4
set_add 1 0 0 2
# shellcheck disable=SC2046
for name in ue gnb; do
	ctl $name bearer add dev pdcp0 ue 1 drb 1 set 0 mode am sn 12 integrity on $(gtpu $name 0x61) nru on
	ctl $name bearer add dev pdcp0 ue 1 drb 2 set 0 mode um sn 12 $(gtpu $name 0x62)
done
check "a profile is written without a key" ctl ue wireshark $out/nru/profile
capture_legs $out/nru/legs.pcap
capture_sdus ue pdcp0 $out/nru/ue.pcap
capture_sdus gnb pdcp0 $out/nru/gnb.pcap
check "packets pass with delivery status" pings ue -c 40 -i 0.01 $server4
wait_until 10 is 0 ue .kept bearer show ue 1 drb 1
check "and without" pings ue -c 5 -i 0.02 -m 2 $server4
captures_end
finish
