#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Datagrams for a gNB's GTP-U port that are made of real ones, from where the real ones come from:
# each is delivered or dropped and counted, and what has integrity goes on as if there had been
# none.  COUNT is how many, SEED makes them others.

. "$(dirname "$0")/../pdcp.sh"

packets=$(dirname "$0")/../fuzz/packets/packets
count=${COUNT-30000}
seed=${SEED-1}
real=$ktap_dir/real

# DRBs with integrity, and those without, to which anybody can send.
safe=(1 3 5 6)
open=(2 4)

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
		legs_add 1 "drb 6" 0 "" mode um sn 18 integrity on t-reordering 200 split-threshold 0
}

# passes DRB...: both ways.
passes() {
	local drb
	for drb; do
		pings ue -c 3 -i 0.01 -m "$drb" $server4 && pings gnb -c 3 -i 0.01 -m "$drb" $ue4 || return
	done
}

# recorded DEVICE ADDRESS: PDUs of all DRBs, while they come.
recorded() {
	local recorder
	on ue "$packets" record "$real" "$1" "$2" &
	recorder=$!
	while kill -0 $recorder 2>/dev/null; do
		passes 1 2 3 4 5 6 && ctl ue sdu send ue 1 srb 1 c0ffee || break
	done
	kill $recorder 2>/dev/null
	wait $recorder
}

# What the gNB has counted: datagrams, and those that were delivered or dropped.
came() { on gnb awk '/^Udp:/ && n++ { print $2 }' /proc/net/snmp; }
counted() {
	on gnb ethtool -S pdcp0 | awk '$1 ~ /^(rx-sdus|gtpu-.*|device-.*):$/ ||
		$1 ~ /^rx-.*:$/ && $1 !~ /^rx-(sdu|pdu)/ { sum += $2 } END { print sum }'
}

# What the UE has sent that nobody counts.
statuses() { ctl ue -j bearer show ue 1 | jq '[.[].legs[]."status-sent" // 0] | add'; }

# still: nothing is on its way or waits for what is missing.
still() {
	local now
	now="$(came) $(counted)"
	[ "$(ctl gnb -j bearer show ue 1 | jq 'map(.stored // 0) | add')" = 0 ] && [ "$now" = "${was_still-}" ] && return
	was_still=$now
	return 1
}

# sent KIND ADDRESS COUNT: all that has come is counted, but for what need not be.
sent() {
	local before=$(($(came) - $(counted))) own now quiet
	own=$(statuses)
	on ue "$packets" "$1" "$real" "$2" "$3" "$seed" | tee "$ktap_dir/sent" || return
	quiet=$(awk '{ print $4 }' "$ktap_dir/sent")
	wait_until 20 still || { echo "it does not end"; return 1; }
	now=$(($(came) - $(counted) - before))
	own=$(($(statuses) - own))
	echo "not counted: $now; of $quiet need not be, and of the UE's own $own"
	[ "$now" -ge 0 ] && [ "$now" -le $((quiet + own)) ] && [ "$(came)" -ge "$3" ]
}

# Nothing that was sent to data bearers is taken in silence.
sent_data() {
	sent data "$@" && [ "$(awk '{ print $4 }' "$ktap_dir/sent")" = 0 ]
}

# under COMMAND...: while both ends ping each other on a bearer with integrity.
under() {
	stream ue 1
	stream gnb 1
	wait_until 20 streamed 10 && "$@" && streams_whole
}

# handover: the legs of DRB 1 and SRB 1 are two at both ends, and the UE sends on the new ones.
handover() {
	local name
	set_add 1 1 1 1 || return
	for name in gnb ue; do
		# shellcheck disable=SC2046
		ctl $name daps start ue 1 set 1 t304 600000 drb 1 $(gtpu $name $((0x400 + $(teid 1 "drb 1"))) 4 1) \
			srb 1 $(gtpu $name $((0x400 + $(teid 1 "srb 1"))) 4 1) || return
	done
	ctl ue daps switch ue 1 && ctl gnb daps switch ue 1
}

handed_over() {
	ctl ue daps release ue 1 && ctl gnb daps release ue 1
}

# say DESCRIPTION COMMAND...: what it says is worth reading when it was right, too.
say() {
	check "$@"
	grep -E '^(sent|not counted)' "$ktap_dir/output" | sed 's/^/# /'
}

# As at the beginning: who sent what nobody should have sent is gone.
anew() {
	ue_del 1 && connect && more_bearers && passes 1 2 3 4 5 6
}

net_up
check "bearers" eval 'connect && more_bearers'
check "real packets" recorded eth0 192.0.2.2
say "Data PDUs that are made of them are all counted" sent_data 192.0.2.2 $((count / 3))
check "bearers with integrity go on" passes "${safe[@]}"
say "all kinds, under traffic" under sent any 192.0.2.2 $((count / 3))
check "bearers with integrity go on" passes "${safe[@]}"
check "a handover begins" handover
check "real packets of the other legs" recorded eth1 198.51.100.2
say "all kinds, in a handover" under sent any 198.51.100.2 $((count - count / 3 * 2))
check "it ends" handed_over
check "bearers with integrity go on" passes "${safe[@]}"
check "all bearers go on when they are made anew" anew
disconnect
nsip ue link del pdcp0
nsip gnb link del pdcp0
[ ! -e /sys/kernel/debug/dynamic_debug ] ||
	check "nothing is left of it" none_left device UE "security set" entity leg
finish
