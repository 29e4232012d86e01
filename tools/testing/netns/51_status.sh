#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Holding, and handing COUNTs from one gNB to another.

. "$(dirname "$0")/../pdcp.sh"

# What bearer show says of UE 2, or another one, at DRB 1.
shows() { is "$1" ue "$2" bearer show ue "${3-2}" drb 1; }

# pdus N: as many as the UE makes of SDUs 01, 02 ...; in array pdu.
pdus() {
	local i
	pdu=()
	for ((i = 0; i < $1; i++)); do
		printf -v sdu %02x $i
		pdu+=("$(sent 1 "drb 1" "$sdu")")
	done
}

# delivered SDU...: all that UE 2 has delivered, in that order.
delivered() {
	wait_until 5 prints "$*" delivered_all || { delivered_all; return 1; }
}
delivered_all() { jq -r 'select(.event == "sdu-ntf" and .ue == 2) | .sdu' "$ktap_dir/ue.events" | xargs; }

begin() {
	user_del
	user_ues && user_set 0 2 2
	: >"$ktap_dir/ue.events"
}

# add UE OPTION...
add() {
	ctl ue bearer add ue "$1" drb 1 set 0 mode am sn 18 integrity on upper user "${@:2}" leg user
}

input() {
	local p
	for p; do
		ctl ue pdu input ue 2 drb 1 "$p" || return
	done
}

hold_tx() {
	begin && add 1 && add 2 hold tx queue-limit 3 &&
		ctl ue sdu send ue 2 drb 1 aa && ctl ue sdu send ue 2 drb 1 bb &&
		shows tx '.hold | if type == "array" then .[0] else . end' && shows 2 .queued &&
		shows 0 '."tx-next"' && shows 0 '.legs[0]."tx-pdus"'
}

hold_tx_bounded() {
	ctl ue sdu send ue 2 drb 1 cc &&
		refused 'sdu: the bearer.s queue is full' ctl ue sdu send ue 2 drb 1 dd &&
		shows 3 .queued
}

hold_tx_ended() {
	ctl ue status set ue 2 drb 1 tx-next 1000 &&
		shows null .hold && shows 0 .queued && shows 1003 '."tx-next"' &&
		wait_until 5 told 0 pdu-ntf &&
		[ "$(jq -r 'select(.event == "pdu-ntf") | .count' "$ktap_dir/ue.events" | xargs)" = "1000 1001 1002" ]
}

# PDUs wait as they came; of those below RX_DELIV none is delivered.
hold_rx() {
	begin && add 1 && add 2 hold rx queue-limit 6 && pdus 6 &&
		input "${pdu[4]}" "${pdu[0]}" "${pdu[1]}" "${pdu[3]}" "${pdu[2]}" &&
		shows 5 .stored && shows 0 '."rx-next"' && delivered
}

hold_rx_bounded() {
	input "${pdu[5]}" && shows 6 .stored && input "${pdu[5]}" &&
		shows 6 .stored && shows 1 '.drop."rx-hold-full"'
}

hold_rx_ended() {
	ctl ue status set ue 2 drb 1 rx-deliv 2 &&
		delivered 02 03 04 05 && shows 2 '.drop."rx-old"' &&
		shows 0 .stored && shows 6 '."rx-deliv"' && shows null .hold
}

# Stopped: no SDU is numbered and no PDU delivered any more, what comes later waits or is dropped,
# and so is what was stored, which the UE sends again.
stopped() {
	begin && add 1 && add 2 && pdus 6 &&
		delivers 1 "drb 1" "$(sent 2 "drb 1" aa)" aa && input "${pdu[0]}" "${pdu[1]}" "${pdu[3]}" "${pdu[5]}" &&
		status=$(ctl ue -j status get ue 2 drb 1 stop) &&
		jq -e '.[0] | ."tx-next" == 1 and ."rx-deliv" == 2 and ."rx-next" == 6 and ."rx-bitmap" == null' \
			<<<"$status" && shows '[0,2]' '[.stored, .drop."rx-purged"] | tojson' &&
		ctl ue sdu send ue 2 drb 1 bb && input "${pdu[2]}" &&
		shows stopped '.paused | if type == "array" then .[0] else . end' &&
		shows 1 '."tx-next"' && shows 1 .queued && shows 1 '.drop."rx-paused"' && delivered 00 01
}

# Where the successor goes on below a COUNT that was received, its UE is another one, as at the
# gNB that takes over: the ledger of this one would refuse the key.
continued() {
	ctl ue bearer del ue 2 drb 1 && delivered 00 01 && add 2 hold both &&
		refused 'received here already' ctl ue status set ue 2 drb 1 rx-deliv 2 &&
		ctl ue ue del ue 2 && ctl ue ue add ue 2 role gnb &&
		ctl ue security add ue 2 set 0 nea 2 nia 2 keys "$(key_file 0)" &&
		: >"$ktap_dir/ue.events" && add 2 hold both &&
		ctl ue status set ue 2 drb 1 tx-next "$(jq '.[0]."tx-next"' <<<"$status")" \
			rx-deliv "$(jq '.[0]."rx-deliv"' <<<"$status")" &&
		input "${pdu[1]}" "${pdu[2]}" "${pdu[4]}" "${pdu[3]}" "${pdu[5]}" &&
		delivered 02 03 04 05 && shows 1 '."tx-next"' &&
		delivers 1 "drb 1" "$(sent 2 "drb 1" bb)" bb
}

# Without the stop nothing changes.
asked() {
	begin && add 1 && add 2 && pdus 6 && input "${pdu[0]}" "${pdu[1]}" "${pdu[3]}" "${pdu[5]}" &&
		jq -e '.[0] | ."rx-deliv" == 2 and ."rx-next" == 6 and ."rx-bitmap" == "a0"' \
			<<<"$(ctl ue -j status get ue 2 drb 1)" &&
		shows 2 .stored && delivered 00 01 && input "${pdu[2]}" && delivered 00 01 02 03
}

# Nobody sends again what a UM DRB has stored: it is delivered, and the next one is due.
stopped_um() {
	local id
	begin && for id in 1 2; do
		ctl ue bearer add ue $id drb 1 set 0 mode um sn 18 integrity on upper user leg user || return
	done
	pdus 6 && input "${pdu[0]}" "${pdu[2]}" "${pdu[3]}" "${pdu[5]}" && delivered 00 &&
		jq -e '.[0] | ."rx-deliv" == 6 and ."rx-next" == 6 and ."rx-bitmap" == null' \
			<<<"$(ctl ue -j status get ue 2 drb 1 stop)" &&
		delivered 00 02 03 05 && input "${pdu[1]}" && ctl ue bearer del ue 2 drb 1 && delivered 00 02 03 05
}

# Out of order all was delivered, and the other one has to know.
stopped_out_of_order() {
	begin && add 1 && add 2 out-of-order on && pdus 6 && input "${pdu[0]}" "${pdu[2]}" "${pdu[5]}" &&
		delivered 00 02 05 &&
		jq -e '.[0] | ."rx-deliv" == 1 and ."rx-bitmap" == "90"' \
			<<<"$(ctl ue -j status get ue 2 drb 1 stop)" &&
		ctl ue bearer del ue 2 drb 1 && delivered 00 02 05
}

only_forward() {
	refused 'tx-next: below' ctl ue status set ue 2 drb 1 tx-next 1 &&
		refused 'rx-deliv: below' ctl ue status set ue 2 drb 1 rx-deliv 5 &&
		ctl ue status set ue 2 drb 1 tx-next 4095 rx-deliv 4095 &&
		shows 4095 '."tx-next"' && shows 4095 '."rx-deliv"' && shows 4095 '."rx-next"'
}

# COUNT 0xfffffffe is the last one.
last_count() {
	begin && add 1 hold both && add 2 hold both &&
		ctl ue status set ue 1 drb 1 tx-next 4294967294 &&
		ctl ue status set ue 2 drb 1 rx-deliv 4294967294 &&
		delivers 2 "drb 1" "$(sent 1 "drb 1" ff)" ff &&
		shows 4294967295 '."tx-next"' 1 &&
		{ ctl ue sdu send ue 1 drb 1 ee || true; } &&
		shows 1 '.drop."tx-count"' 1
}

user_up
check "a held transmitter queues, unnumbered" hold_tx
check "up to its queue limit" hold_tx_bounded
check "and begins with the TX_NEXT it is given" hold_tx_ended
check "a held receiver keeps PDUs" hold_rx
check "up to its queue limit" hold_rx_bounded
check "and delivers from the RX_DELIV it is given" hold_rx_ended
check "a bearer that is not stopped tells what it has and goes on" asked
check "a stopped UM bearer delivers what nobody sends again" stopped_um
check "one that delivers out of order tells what it has delivered" stopped_out_of_order
check "a stopped bearer tells what it has and does nothing more" stopped
check "another one goes on from there" continued
check "COUNTs only go forward" only_forward
check "the last COUNT is used once" last_count
user_del
finish
