#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A link that delays, reorders and duplicates: every SDU is delivered once, and in order if it is to be.

. "$(dirname "$0")/../pdcp.sh"

link_is() { link_netem 0 "$@"; }

# in_order COUNT FILE: that many replies to pings, in order, no more.
in_order() {
	awk -v count="$1" '
	/bytes from/ {
		match($0, /icmp_seq=[0-9]+/)
		if (substr($0, RSTART + 9, RLENGTH - 9) + 0 != ++expected && !bad++)
			print "out of order: " $0
	}
	/DUP/ { bad++ }
	END { exit bad || expected != count }' "$2" || { tail -n 3 "$2"; return 1; }
}

# pinged_in_order MARK: both ways at once on that bearer.  Twenty are under way; of more ping itself
# would lose replies on a slow machine.
pinged_in_order() {
	ip netns exec ue-$$ ping -i 0 -l 20 -c 300 -W 10 -m "$1" $server4 >"$ktap_dir/ping-ue" &
	on gnb ping -i 0 -l 20 -c 300 -W 10 -m "$1" $ue4 >"$ktap_dir/ping-gnb"
	wait $!
	in_order 300 "$ktap_dir/ping-ue" && in_order 300 "$ktap_dir/ping-gnb"
}

# received_all NAME DRB: SDUs delivered there are as many as were sent at the other end.
received_all() {
	local other=gnb
	[ "$1" = ue ] || other=ue
	is "$(value $other '."tx-sdus"' bearer show ue 1 drb "$2")" "$1" '."rx-sdus"' \
		bearer show ue 1 drb "$2"
}

reordered() {
	link_is delay 10ms 8ms
	pinged_in_order "$1" && received_all ue "$1" && received_all gnb "$1"
}

duplicated() {
	link_is delay 5ms duplicate 30%
	pinged_in_order "$1" && received_all ue "$1" && received_all gnb "$1" &&
		is true gnb '.drop | (."rx-duplicate" // 0) + (."rx-old" // 0) > 10' bearer show ue 1 drb "$1"
}

# What is lost on the link is waited for, for t-Reordering, and nothing else is lost.
lost() {
	local sent before
	before=$(value gnb '."rx-next" - ."rx-sdus"' bearer show ue 1 drb "$1")
	link_is delay 5ms loss 10%
	on ue ping -q -i 0.003 -l 20 -c 300 -W 2 -m "$1" $server4
	link_is delay 1ms
	# A last one, so that the end is seen.
	wait_until 20 on ue ping -q -c 1 -W 1 -m "$1" $server4
	sent=$(value ue '."tx-sdus"' bearer show ue 1 drb "$1")
	is "$sent" gnb '."rx-deliv"' bearer show ue 1 drb "$1" &&
		is 0 gnb .stored bearer show ue 1 drb "$1" &&
		is true gnb "(.\"rx-next\" - .\"rx-sdus\" - $before) as \$lost | \$lost > 5 and \$lost < 100" \
			bearer show ue 1 drb "$1"
}

# With no value of t-Reordering what follows a loss waits for ever.
waits() {
	link_is delay 1ms loss 100%
	! on ue ping -q -c 1 -W 0.1 -m 3 $server4 || return
	link_is delay 1ms
	! on ue ping -q -c 3 -i 0.01 -W 0.5 -m 3 $server4 || return
	is 3 gnb .stored bearer show ue 1 drb 3 && is 0 gnb '."rx-deliv"' bearer show ue 1 drb 3
}

# Out of order delivery does not wait.
not_in_order() {
	link_is delay 1ms loss 100%
	! on ue ping -q -c 1 -W 0.1 -m 4 $server4 || return
	link_is delay 1ms
	pings ue -c 3 -i 0.2 -m 4 $server4 && is 3 gnb '."rx-sdus"' bearer show ue 1 drb 4
}

# Each is delivered once, at once, in the order in which they came.
not_in_order_under_traffic() {
	local before
	before=$(value gnb '."rx-sdus"' bearer show ue 1 drb 4)
	link_is delay 10ms 8ms duplicate 30%
	on ue ping -i 0 -l 20 -c 300 -W 10 -m 4 $server4 >"$ktap_dir/ping-ue"
	awk '
	/bytes from/ {
		match($0, /icmp_seq=[0-9]+/)
		seq = substr($0, RSTART + 9, RLENGTH - 9) + 0
		twice += seen[seq]++
		late += seq < last
		last = seq
		count++
	}
	END {
		print count " replies, " late " late, " twice " twice"
		exit count != 300 || !late || twice
	}' "$ktap_dir/ping-ue" && is $((before + 300)) gnb '."rx-sdus"' bearer show ue 1 drb 4 &&
		is true gnb '.drop | (."rx-duplicate" // 0) + (."rx-old" // 0) > 10' bearer show ue 1 drb 4
}

net_up
ue_add 1 $ue4
set_add 1 0 2 2
# A slow machine has packets under way for more than a second.
bearer_add 1 "drb 1" 0 4 mode am sn 18 integrity on t-reordering 3000
bearer_add 1 "drb 2" 0 4 mode um sn 12 t-reordering 3000
bearer_add 1 "drb 3" 0 4 mode um sn 12
bearer_add 1 "drb 4" 0 4 mode um sn 12 out-of-order on
for drb in 1 2; do
	check "DRB $drb: delay and reordering" reordered $drb
	check "DRB $drb: duplicates are dropped and counted" duplicated $drb
	check "DRB $drb: loss loses what was lost" lost $drb
done
check "without a value of t-Reordering delivery waits for ever" waits
check "out of order delivery waits for nothing" not_in_order
check "nor under traffic, and delivers each once" not_in_order_under_traffic
finish
