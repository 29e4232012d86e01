#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Debian's tshark, with what pdcpctl wireshark has written and nothing else, deciphers, verifies and
# shows what the tunnels carried in a DAPS handover: a second implementation of the specification.

. "$(dirname "$0")/../ktap.sh"

top=$(realpath "$(dirname "$0")/../../..")
shark=$top/tools/testing/shark
out=$ktap_dir/shark

# tshark FOLDER ARGUMENT...: of the capture in it.
tshark() {
	local folder=$1
	shift
	WIRESHARK_CONFIG_DIR=$folder/profile command tshark -r "$folder/legs.pcap" "$@" 2>"$ktap_dir/said"
}

# compared FOLDER: what is shown is what was sent.  Our messages are no RRC.
compared() {
	tshark "$1" -o pdcp-nr.show_signalling_plane_as_rrc:FALSE -T json -x | "$shark/compare" "$1"
}

# macs FOLDER: PDUs that have a MAC-I, that match, that do not, that were not checked.  That one
# matches is told in text alone.
macs() {
	tshark "$1" -V | awk '/^ *\[MAC-I Present: True\]/ { all++ }
		/^ *MAC: 0x/ { if (/\[Matches calculated result\]/) right++; else if (/but calculated/) wrong++; else left++ }
		END { print all + 0, right + 0, wrong + 0, left + 0 }'
}
verified() {
	local all right wrong left
	read -r all right wrong left < <(macs "$1")
	echo "$all with a MAC-I, $right match, $wrong do not, $left were not checked"
	[ "$all" -gt 0 ] && [ "$right" = "$all" ]
}

# Nothing that Wireshark warns of or cannot read; that SNs are missing or come again is what a
# handover does.
sound() {
	tshark "$1" -Y '_ws.malformed || _ws.expert.severity >= 0x600000' -T fields \
		-e _ws.expert.message -E 'aggregator=;' | tr ';' '\n' >"$ktap_dir/warnings"
	grep -vE '^PDCP SNs? .*(missing|repeated)' "$ktap_dir/warnings" >"$ktap_dir/faults"
	sort "$ktap_dir/faults" | uniq -c
	[ ! -s "$ktap_dir/faults" ]
}

# ueids FOLDER: of Data PDUs, in both directions.
ueids() { tshark "$1" -Y pdcp-nr.ueid -T fields -e pdcp-nr.ueid | tr , '\n' | sort -u | xargs; }

# frames FOLDER FILTER
frames() { tshark "$1" -Y "$2" -T fields -e frame.number | wc -l; }

cd "$top" || exit
check "tshark is installed" tools/vm/packages shark
tools/vm/run --timeout 800 --out "/tmp/shark:$out" -- bash tools/testing/shark/capture.sh >"$ktap_dir/guest" 2>&1
status=$?
check "handovers are captured" eval "[ $status = 0 ] || { cat $ktap_dir/guest; false; }"

check "every packet of the handover is shown as it was sent, and no other" compared "$out"
check "every MAC-I of it is verified" verified "$out"
expect "both legs' keys were needed" "1 2" ueids "$out"
check "nothing of it is in error" sound "$out"
check "so it is when read twice" eval "[ \"\$(tshark $out -2 -V | grep -c 'Matches calculated')\" = \
	\"\$(tshark $out -V | grep -c 'Matches calculated')\" ]"
check "in the middle of it the legs are side by side" [ "$(frames "$out" 'pdcp-nr.ueid == 2')" -gt 20 ]
check "COUNTs that begin high are known" compared "$out/hfn"
check "with every MAC-I" verified "$out/hfn"
expect "an SDAP header is shown" "1" frames "$out/hfn" pdcp_tunnel.sdap

# The PDU with which SN begins anew is lost.
wrap=$(tshark "$out/hfn" -Y 'pdcp-nr.direction == 0 && pdcp-nr.bearer-id == 2 && pdcp-nr.seq-num == 0 &&
	!pdcp_tunnel.hfn' -T fields -e frame.number)
mkdir "$ktap_dir/lost"
cp -r "$out/hfn/profile" "$ktap_dir/lost"
check "one can be lost" editcap "$out/hfn/legs.pcap" "$ktap_dir/lost/legs.pcap" "${wrap:-none}"
check "and the others' MAC-Is match" verified "$ktap_dir/lost"
expect "HFN was brought on" "$(($(frames "$out/hfn" pdcp_tunnel.hfn) + 1))" frames "$ktap_dir/lost" pdcp_tunnel.hfn
check "what is not ciphered needs no key" compared "$out/nru"
check "delivery status is decoded" [ "$(frames "$out/nru" 'nrup.pdu_type == 1')" -gt 0 ]
check "and confirms a PDU" [ "$(frames "$out/nru" nrup.high_success_delivered_nr_pdcp_sn)" -gt 0 ]
check "without any error" sound "$out/nru"

# With a wrong key nothing of that may be so.
cp -r "$out" "$ktap_dir/wrong"
sed -i 's/^"2","[0-9a-f]*","\([0-9a-f]*\)[0-9a-f]","\([0-9a-f]*\)","\([0-9a-f]*\)[0-9a-f]"/"2","","\1e","\2","\3e"/' \
	"$ktap_dir/wrong/profile/pdcp_nr_ue_keys"
check "with another key it would be noticed" eval "! compared $ktap_dir/wrong && ! verified $ktap_dir/wrong"
finish
