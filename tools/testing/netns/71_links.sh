#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# What 70_lifecycle.sh does, under traffic over links that delay, reorder, duplicate and lose.
#
# DRB 1 is confirmed over NR-U, DRB 3 by status reports: nothing of either may be lost, whatever
# becomes of their PDUs.  DRB 2 is UM and, like SRB1, loses what the links do.

. "$(dirname "$0")/../lifecycle.sh"

leg_options["drb 1"]="nru on"
leg_options["drb 4"]="nru on"
bearers=("drb 1" "drb 2" "drb 3" "srb 1")

# add BEARER SET OPTION...: at both ends.
add() {
	local name
	for name in ue gnb; do
		# shellcheck disable=SC2046,SC2086
		ctl $name bearer add ue 1 $1 set "${@:2}" $(leg $name 0 "$1") || return
	done
}

# connect: UE 1 with all bearers.  Nothing but a retransmission closes a gap of an AM bearer.
connect() {
	ue_add 1 $ue4 && set_add 1 0 2 2 &&
		add "drb 1" 0 mode am sn 18 integrity on queue-limit 8192 kept-limit 2048 &&
		add "drb 2" 0 mode um sn 12 integrity on queue-limit 8192 t-reordering 100 &&
		add "drb 3" 0 mode am sn 12 integrity on queue-limit 8192 kept-limit 2048 status-report on &&
		add "srb 1" 0 t-reordering 100
}

# links [NETEM...]: both, both ways.
links() { link_netem 0 "$@" && link_netem 1 "$@"; }

# recover: data recovery of both AM bearers, at both ends.
recover() {
	local name
	for name in gnb ue; do
		ctl $name bearer recover ue 1 drb 1 drb 3 || return
	done
}

# go_on DRB...: recovered again and again, streams and SRB1 go on.
go_on() {
	local each
	each=$(($(cat "$ktap_dir"/ping-*-? | wc -l) / ${#streams[@]} + 20))
	wait_until 60 eval "recover && streamed $each" && srb_goes_on ue gnb && srb_goes_on gnb ue
}

streams_on() {
	local drb
	for drb; do
		stream ue "$drb" && stream gnb "$drb" || return
	done
	wait_until 60 eval 'recover && streamed 20'
}

# Messages of SRB1 are numbers, each used once.
message=0
srb_send() {
	message=$((message + 1))
	ctl "$1" sdu send ue 1 srb 1 "$(printf %08x $message)"
}
srb_got() { events "$1" 'select(.event == "sdu-ntf" and .type == "srb") | .sdu'; }

# srb_goes_on FROM TO: messages are sent until one arrives.
srb_goes_on() {
	local had
	had=$(srb_got "$2" | wc -l)
	wait_until 20 eval "srb_send $1; [ \$(srb_got $2 | wc -l) -gt $had ]"
}

# No message came twice or late.
srb_in_order() { srb_got "$1" | sort -cu && [ "$(srb_got "$1" | wc -l)" -gt 2 ]; }

# No PDU was taken for one under another key; those that came twice or late are all that is dropped,
# and in a bearer that moves what its old leg still brings.
clean() {
	ctl "$1" -j bearer show ue 1 | jq -e 'all(.[]; (.legs | all(."integrity-failures" == 0)) and
		.evicted == 0 and (.drop | keys - ["rx-old", "rx-duplicate", "rx-paused", "rx-purged"] == []))' ||
		{ ctl "$1" bearer show ue 1; return 1; }
}

# all_confirmed NAME: of DRB 1 and DRB 3; the last to be sent asks for it.
all_confirmed() {
	recover && pings ue -c 1 -m 1 $server4 && pings gnb -c 1 -m 1 $ue4 && recover &&
		confirmed ue 1 && confirmed gnb 1 && confirmed ue 3 && confirmed gnb 3
}
confirmed() { drb_is true "$1" '.kept == 0 and .confirmed == ."tx-sdus"' "$2"; }

# rekeyed SET NEA NIA: re-established under another set; the old one is not needed any more.
rekeyed() {
	set_add 1 "$1" "$2" "$3" && rekey "$1" "$1" "${bearers[@]}" && set_del $(($1 - 1))
}

reestablished() {
	links delay 10ms 8ms duplicate 10% loss 3% && streams_on 1 2 3 &&
		rekeyed 1 1 1 && go_on && rekeyed 2 3 3 && go_on && rekeyed 3 2 2 && go_on &&
		links && go_on && streams_end 1 3
}

# COUNTs as 38.323 5.1.2 has them.
counts() {
	ctl "$1" -j bearer show ue 1 | jq -e '(map(select(.mode == "am" and .type == "drb")) |
			length == 2 and all(.[]; ."tx-next" == ."tx-sdus" and .retransmitted > 0)) and
		(map(select(.type == "srb" or .id == 2)) |
			length == 2 and all(.[]; ."tx-next" < ."tx-sdus" and .retransmitted == 0))' ||
		{ ctl "$1" bearer show ue 1; return 1; }
}

# waits: three SDUs of each bearer at the gNB, for one that the link has lost.
waits() {
	ctl gnb -j bearer show ue 1 | jq -e 'all(.[]; .stored == 3)'
}

# delivered DRB1 DRB2 DRB3 SRB1: so many at the gNB since $before.
delivered() {
	local more
	more=$(jq -cn --argjson before "$before" --argjson after "$(delivered_now)" \
		'[$before, $after] | transpose | map(.[1] - .[0])')
	[ "$more" = "[$1,$2,$3,$4]" ] || { echo "delivered $more"; return 1; }
}
delivered_now() { ctl gnb -j bearer show ue 1 | jq -c 'sort_by(.type, .id) | map(."rx-sdus")'; }

# The gNB has three SDUs of each bearer out of sequence, under the old key, when it gets the new one:
# an AM bearer completes them, a UM bearer delivers them as they are, an SRB drops them.
old_key_first() {
	local drb before pids=()
	ctl gnb bearer set ue 1 drb 2 t-reordering infinity &&
		ctl gnb bearer set ue 1 srb 1 t-reordering infinity &&
		links loss 100% || return
	for drb in 1 2 3; do
		on ue ping -q -c 1 -W 0.1 -m $drb $server4 && return 1
	done
	srb_send ue && links delay 10ms 8ms duplicate 10% || return
	for drb in 1 2 3; do
		waiting_pings 3 $drb
		pids+=("$waiting")
	done
	srb_send ue && srb_send ue && srb_send ue && { wait_until 10 waits || waits; } || return
	before=$(delivered_now)
	rekeyed 4 1 1 && { wait_until 10 delivered 4 3 4 0 || delivered 4 3 4 0; } &&
		recover && wait "${pids[@]}" &&
		is '[0,3]' gnb '[.stored, .drop."rx-purged"] | tojson' bearer show ue 1 srb 1 &&
		ctl gnb bearer set ue 1 drb 2 t-reordering 100 &&
		ctl gnb bearer set ue 1 srb 1 t-reordering 100 && srb_goes_on ue gnb
}

# Data recovery to legs on the other link, of the same set.
recovered_elsewhere() {
	links delay 10ms 8ms duplicate 10% loss 3% && streams_on 1 2 3 || return
	# shellcheck disable=SC2046
	ctl gnb bearer recover ue 1 $(legs gnb 7 "drb 1" "drb 3") &&
		ctl ue bearer recover ue 1 $(legs ue 7 "drb 1" "drb 3") &&
		go_on && links && go_on && streams_end 1 3
}

# What was delivered and not confirmed by the time of the suspension is sent again as new, and
# delivered again: COUNTs do not tell.
suspended() {
	local name
	links delay 10ms 8ms duplicate 10% loss 3% && streams_on 1 2 3 &&
		ctl ue bearer suspend ue 1 && ctl gnb bearer suspend ue 1 &&
		paused_at_0 ue && paused_at_0 gnb && drb_soon true ue '.queued > 0' &&
		rekeyed 5 2 2 && ctl gnb bearer resume ue 1 && ctl ue bearer resume ue 1 &&
		go_on && links && go_on && streams_answered
}

# streams_answered: each request of a stream on an AM bearer was.
streams_answered() {
	local file bad=0
	streams_stop
	for file in "$ktap_dir"/ping-*-[13]; do
		awk -v "spare=${spare[$file]}" '
		/bytes from/ && match($0, /icmp_seq=[0-9]+/) {
			seq = substr($0, RSTART + 9, RLENGTH - 9) + 0
			answered += !seen[seq]++
			if (seq > last)
				last = seq
		}
		END {
			if (last - answered > spare)
				print FILENAME ": " last - answered " are missing, " spare " were dropped by ping"
			exit last - answered > spare || !last
		}' "$file" || bad=1
	done
	return $bad
}

# DRB 4 gives up what is not confirmed in time, before its receiver does: it never waits for good.
# What the links have lost is lost, and nothing else.
discards() {
	links && recover &&
		add "drb 4" 5 mode am sn 18 integrity on queue-limit 8192 kept-limit 32 t-reordering 500 discard 200 &&
		pings ue -c 20 -i 0.02 -m 4 $server4 && links delay 10ms 8ms duplicate 10% loss 5% || return
	on ue ping -i 0.005 -c 400 -W 2 -m 4 $server4 >"$ktap_dir/discards"
	drb_soon '[0,0]' ue '[.kept, .queued] | tojson' 4 &&
		drb_is true ue '.evicted > 0 and .confirmed > 0 and (.drop | del(."tx-discard") == {})' 4 &&
		drb_soon true gnb '.stored == 0 and (."rx-next" - ."rx-sdus" | . > 0 and . < 100)' 4 ||
		{ ctl ue bearer show ue 1 drb 4; ctl gnb bearer show ue 1 drb 4; return 1; }
}

# A link that is down: none of what was discarded comes later, and what was discarded before it got a
# COUNT has none.
discards_all() {
	local before
	links && recover && pings ue -c 1 -m 4 $server4 && drb_soon 0 ue .kept 4 || return
	before=$(numbered_and_discarded)
	links loss 100% || return
	on ue ping -q -c 100 -l 100 -i 0.01 -W 0.1 -m 4 $server4 && return 1
	drb_soon '[0,0]' ue '[.kept, .queued] | tojson' 4 && links || return
	[ "$(numbered_and_discarded)" = "$(jq -c '[.[0], .[1] + 100, .[2]]' <<<"$before")" ] &&
		pings ue -c 3 -i 0.1 -m 4 $server4 && drb_is $(($(jq '.[2]' <<<"$before") + 3)) gnb '."rx-sdus"' 4 ||
		{ echo "$before"; numbered_and_discarded; return 1; }
}

# What was numbered and not discarded, what was numbered or discarded, what was delivered.
numbered_and_discarded() {
	jq -cn "[$(read_drb ue '."tx-next" - .evicted, ."tx-next" + (.drop."tx-discard" // 0)' 4 | paste -sd ,), \
		$(read_drb gnb '."rx-sdus"' 4)]"
}

net_up
monitor_start ue
monitor_start gnb
connect
check "re-established again and again, AM bearers lose nothing, repeat and reorder nothing" reestablished
for name in ue gnb; do
	check "COUNT has gone on for AM, and begun anew for UM and SRB ($name)" counts $name
	check "messages of SRB1 came once and in order ($name)" srb_in_order $name
	check "no PDU met a key that was not its own ($name)" clean $name
done
check "confirmed by NR-U or reports, nothing is kept" wait_until 20 all_confirmed
check "what came under the old key is processed before the new key" old_key_first
check "data recovery on other legs loses, repeats and reorders nothing" recovered_elsewhere
check "suspended and resumed, AM bearers lose nothing" suspended
for name in ue gnb; do
	check "messages of SRB1 still came once and in order ($name)" srb_in_order $name
	check "still no PDU met a key that was not its own ($name)" clean $name
done
check "what is not confirmed in time is discarded, and stops nothing" discards
check "discarded, it does not come later, nor is its COUNT used again" discards_all
finish
