#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# handover.sh measure|trial RESULT: in the guest, streams through DAPS handovers, told in bins of
# 10 ms.  RESULT gets a line "handover STREAM WORST BASELINE LOST LATE" for each handover: the worst
# bin from its begin to its end, and the worst of as many bins just before it, in percent of the
# median bin before; and for one handover of each stream lines "trace STREAM MS PERCENT" and
# "step STREAM MS NAME", in ms from its begin.

. "$(dirname "$0")/../testing/pdcp.sh" >/dev/null
mode=$1 result=$2
here=$(dirname "$0")/ends

handovers=15
[ "$mode" = measure ] || handovers=3
octets=1250 together=4
streams_of="udp-up udp-down tcp-up tcp-down"
drb="mode am sn 18 integrity on t-reordering 100 status-report on queue-limit 8192"

# leg ue|gnb: to the first gNB.  leg2 ue|gnb: to the second one.
leg() { echo "$(gtpu "$1" "$(teid 1 "drb 1")") nru on"; }
leg2() { echo "$(gtpu2 "$1" "drb 1") nru on"; }

# The host route with the lower metric is where downlink goes.
configure() {
	nsip gnb -batch - <<-END
	route replace $ue4 dev pdcp0 metric 10
	route replace $ue4 dev pdcp1 metric 20
	END
	# shellcheck disable=SC2046,SC2086
	ue_add 1 $ue4 && set_add 1 0 2 2 &&
		ctl ue bearer add ue 1 drb 1 set 0 $drb $(leg ue) &&
		ctl gnb bearer add dev pdcp0 ue 1 drb 1 set 0 $drb $(leg gnb) &&
		ctl gnb ue add dev pdcp1 ue 1 role gnb addr $ue4 &&
		ctl gnb security add dev pdcp1 ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)" &&
		ctl gnb bearer add dev pdcp1 ue 1 drb 1 set 1 $drb hold both $(leg2 gnb) &&
		ctl ue security add ue 1 set 1 nea 1 nia 1 keys "$(key_file 1)"
}

listens() { on "$1" ss -Hlntu | grep -q :7000; }

# hand_over STREAM: bins to $ktap_dir/bins, steps to $ktap_dir/steps.
hand_over() {
	local protocol=${1%-*} from=ue to=gnb address=$server4 sender receiver remote port teid_in teid_out
	[ "${1#*-}" = up ] || { from=gnb to=ue address=$ue4; }
	ip netns exec "$to-$$" "$here/flow" receive "$protocol" 7000 >"$ktap_dir/bins" &
	receiver=$!
	wait_until 10 listens $to
	ip netns exec "$from-$$" "$here/flow" send "$protocol" "$address" 7000 $octets $together &
	sender=$!
	read -r _ _ _ remote _ teid_in _ teid_out _ port _ <<<"$(leg2 ue)"
	"$here/handover" "ue-$$" "gnb-$$" "$remote" "$port" "$teid_in" "$teid_out" $ue4 \
		>"$ktap_dir/steps" || return
	sleep 0.2
	kill $sender
	wait $sender 2>/dev/null
	wait $receiver
}

# account STREAM TRACED: what the files say of it.
account() {
	awk -v stream="$1" -v traced="$2" '
	function sort(a, n,    i, j, x) {
		for (i = 2; i <= n; i++) {
			x = a[i]
			for (j = i - 1; j && a[j] > x; j--)
				a[j + 1] = a[j]
			a[j + 1] = x
		}
	}
	FNR == NR { step[++steps] = $1; at[steps] = $2; next }
	$1 == "datagrams" { lost = $4; late = $6; next }
	{ bin[++bins] = $2; begin[bins] = $1 }
	END {
		for (i = 1; i <= bins; i++)
			if (begin[i] >= at[1] && begin[i] + 10000 <= at[steps])
				n++
		for (i = 1; i <= bins; i++)
			if (begin[i] + 10000 <= at[1] && begin[i] + 10000 > at[1] - n * 10000)
				before[++m] = bin[i]
		if (!n || m < n - 1) {
			print "bench: no stream to measure" >"/dev/stderr"
			exit 1
		}
		sort(before, m)
		steady = before[int((m + 1) / 2)]
		worst = baseline = -1
		for (i = 1; i <= bins; i++) {
			percent = 100 * bin[i] / steady
			if (begin[i] > at[1] - n * 10000 - 10000 && begin[i] + 10000 <= at[steps] && traced)
				printf "trace %s %.1f %.1f\n", stream, (begin[i] - at[1]) / 1000, percent
			if (begin[i] >= at[1] && begin[i] + 10000 <= at[steps] &&
			    (worst < 0 || percent < worst))
				worst = percent
		}
		for (i = 1; i <= steps && traced; i++)
			printf "step %s %.1f %s\n", stream, (at[i] - at[1]) / 1000, step[i]
		printf "handover %s %.1f %.1f %d %d\n", stream, worst, 100 * before[1] / steady, lost, late
	}' "$ktap_dir/steps" "$ktap_dir/bins"
}

echo "bench: handovers, some minutes"
mount -t tmpfs run /run
net_up 2>/dev/null
gnb2_up
for ((i = 1; i <= handovers; i++)); do
	for stream in $streams_of; do
		configure && hand_over "$stream" && account "$stream" $((i == 1)) || exit
		disconnect
	done
done >"$result"
finish >/dev/null
