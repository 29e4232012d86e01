#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# 58_packets.sh [COUNT [SEED]]: datagrams for a gNB's GTP-U port that are made of real ones, from where
# the real ones come from: each is delivered or dropped and counted, and what has integrity goes on as
# if there had been none.

. "$(dirname "$0")/../pdcp.sh"

packets=$(dirname "$0")/../fuzz/packets/packets
count=${1-9000}
seed=${2-1}

# DRBs with integrity, and those without, to which anybody can send.
safe=(1 3 5)
open=(2 4)
split=6

# nru_bearer NAME: DRB 5, with delivery status over NR-U.
nru_bearer() {
	# shellcheck disable=SC2046
	ctl "$1" bearer add ue 1 drb 5 set 0 mode am sn 18 integrity on t-reordering 200 \
		$(gtpu "$1" "$(teid 1 "drb 5")") nru on
}

more_bearers() {
	bearer_add 1 "drb 3" 0 4 mode um sn 12 integrity on t-reordering 200 &&
		bearer_add 1 "drb 4" 0 4 mode am sn 12 ciphering off t-reordering 100 window-limit 1048576 &&
		nru_bearer ue && nru_bearer gnb &&
		legs_add 1 "drb $split" 0 "" mode um sn 18 integrity on t-reordering 200 split-threshold 0
}

# passes COUNT DRB...: so many packets both ways.
passes() {
	local drb
	for drb in "${@:2}"; do
		pings ue -c "$1" -i 0.01 -m "$drb" $server4 && pings gnb -c "$1" -i 0.01 -m "$drb" $ue4 && continue
		ctl ue bearer show ue 1 drb "$drb"
		ctl gnb bearer show ue 1 drb "$drb"
		return 1
	done
}

# recorded LINK DRB...: PDUs of SRB 1 and these DRBs that come to the gNB through LINK.
recorded() {
	local recorder
	ip netns exec "ue-$$" "$packets" record "$ktap_dir/$1" "$1" "${address[$1]}" &
	recorder=$!
	while kill -0 $recorder 2>/dev/null; do
		passes 16 "${@:2}" && ctl ue sdu send ue 1 srb 1 c0ffee || break
	done
	kill $recorder 2>/dev/null
	wait $recorder
}
declare -A address=([eth0]=192.0.2.2 [eth1]=198.51.100.2)

# What the gNB has counted: datagrams, and those that were delivered or dropped.
came() { on gnb awk '/^Udp:/ && n++ { print $2 }' /proc/net/snmp; }
counted() {
	on gnb ethtool -S pdcp0 | awk '$1 ~ /^(rx-sdus|gtpu-.*|device-.*):$/ ||
		$1 ~ /^rx-.*:$/ && $1 !~ /^rx-(sdu|pdu)/ { sum += $2 } END { print sum }'
}

# What the UE has sent that nobody counts.
statuses() { ctl ue -j bearer show ue 1 | jq '[.[].legs[]."status-sent" // 0] | add'; }

# still: nothing is on its way or waits for what is missing.  No ping may run.
still() {
	local now
	now="$(came) $(counted)"
	[ "$(ctl gnb -j bearer show ue 1 | jq 'map(.stored // 0) | add')" = 0 ] && [ "$now" = "${was_still-}" ] && return
	was_still=$now
	return 1
}

# sends KIND COUNT LINK...: so many to each of the gNB's addresses, made of what was recorded there.
sends() {
	local link
	for link in "${@:3}"; do
		on ue "$packets" "$1" "$ktap_dir/$link" "${address[$link]}" "$2" $((seed++)) >>"$ktap_dir/sent" || return
	done
}

# under COMMAND...: while both ends ping each other on a bearer with integrity, which loses nothing.
under() {
	local status=0
	stream ue 1
	stream gnb 1
	wait_until 20 streamed 10 && "$@" || status=$?
	streams_whole || status=$?
	return $status
}

# tally COMMAND...: all that comes meanwhile is counted, but for what need not be.
tally() {
	local came counted own sent quiet
	came=$(came) counted=$(counted) own=$(statuses)
	: >"$ktap_dir/sent"
	"$@" && wait_until 20 still || return
	came=$(($(came) - came)) counted=$(($(counted) - counted)) own=$(($(statuses) - own))
	read -r sent quiet < <(awk '{ sent += $2; quiet += $4 } END { print sent, quiet }' "$ktap_dir/sent")
	echo "sent $sent, came $came, counted $counted; need not be $quiet, and of the UE's own $own"
	[ "$sent" -gt 0 ] && [ "$came" -ge "$sent" ] && [ "$counted" -le "$came" ] &&
		[ $((came - counted)) -le $((quiet + own)) ]
}

# handover: all legs are two at both ends, and the UE sends on the new ones.  No split bearer can.
handover() {
	local name bearer targets
	set_add 1 1 1 1 || return
	for name in gnb ue; do
		targets=()
		for bearer in "srb 1" "drb "{1..5}; do
			# shellcheck disable=SC2206,SC2207
			targets+=($bearer $(gtpu $name $((0x400 + $(teid 1 "$bearer"))) 4 1))
		done
		ctl $name bearer del ue 1 drb $split && ctl $name daps start ue 1 set 1 t304 600000 "${targets[@]}" || return
	done
	ctl ue daps switch ue 1 && ctl gnb daps switch ue 1
}

handed_over() {
	ctl ue daps release ue 1 && ctl gnb daps release ue 1
}

# say DESCRIPTION COMMAND...: what it says is worth reading when it was right, too.
say() {
	check "$@"
	grep '^sent' "$ktap_dir/output" | sed 's/^/# /'
}

# As at the beginning, with the same keys: what was recorded is not to be sent any more.
anew() {
	ue_del 1 && connect && more_bearers && passes 3 "${safe[@]}" "${open[@]}" $split
}

# Why the gNB has dropped any.
reasons() { on gnb ethtool -S pdcp0 | awk 'NR > 12 && $2 { sub(":", "", $1); print $1, $2 }'; }

net_up
check "bearers" eval 'connect && more_bearers'
check "real packets" recorded eth0 "${safe[@]}" "${open[@]}" $split
say "Data PDUs that are made of them are all counted" tally sends data $((count / 3)) eth0
expect "and each has to be" 0 awk '{ print $4 }' "$ktap_dir/sent"
check "bearers with integrity go on" passes 3 "${safe[@]}" $split
say "all kinds, under traffic" tally under sends any $((count / 3)) eth0
check "bearers with integrity go on" passes 3 "${safe[@]}" $split
check "all bearers go on when they are made anew" anew
check "real packets of these" recorded eth0 "${safe[@]}" "${open[@]}" $split
check "a handover begins" handover
check "real packets of the other legs" recorded eth1 "${safe[@]}" "${open[@]}"
say "all kinds, in a handover" tally under sends any $((count / 6)) eth0 eth1
check "it ends" handed_over
check "bearers with integrity go on" passes 3 "${safe[@]}"
reasons | sed 's/^/# /'
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
! remembers ||
	check "nothing is left of it" none_left device UE "security set" entity leg
finish
