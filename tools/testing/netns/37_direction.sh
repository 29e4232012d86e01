#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# UM bearers of one direction (38.323 4.2.2): DRB 1 goes up, DRB 2 down, each over a link of its
# own with troubles of its own.

. "$(dirname "$0")/../pdcp.sh"

# The first DRB of a UE is its default; the gNB's is DRB 2.
connect() {
	local name
	ue_add 1 $ue4 && set_add 1 0 2 2 || return
	for name in ue gnb; do
		# shellcheck disable=SC2046
		ctl $name bearer add ue 1 drb 1 set 0 mode um sn-ul 12 integrity on t-reordering 200 \
			$(gtpu $name "$(teid 1 "drb 1")" 4 0) || return
	done
	# shellcheck disable=SC2046
	ctl ue bearer add ue 1 drb 2 set 0 mode um sn-dl 18 integrity on t-reordering 200 \
		$(gtpu ue "$(teid 1 "drb 2")" 4 1) &&
		ctl gnb bearer add ue 1 drb 2 set 0 mode um sn-dl 18 integrity on t-reordering 200 \
			default $(gtpu gnb "$(teid 1 "drb 2")" 4 1)
}

drb_is() { is "$1" "$2" "$3" bearer show ue 1 drb "$4"; }

# Only one end of each sends, and only the other one receives.
one_way() {
	drb_is "$1" ue '[."tx-sdus" > 0, ."rx-sdus" > 0, .drop] | tojson' 1 &&
		drb_is "$2" gnb '[."tx-sdus" > 0, ."rx-sdus" > 0, .drop] | tojson' 1 &&
		drb_is "$2" ue '[."tx-sdus" > 0, ."rx-sdus" > 0, .drop] | tojson' 2 &&
		drb_is "$1" gnb '[."tx-sdus" > 0, ."rx-sdus" > 0, .drop] | tojson' 2
}

ordered() {
	link_netem 0 delay 10ms 8ms && link_netem 1 delay 5ms 4ms && stream ue 1 &&
		wait_until 60 streamed 100 && streams_whole && one_way '[true,false,{}]' '[false,true,{}]'
}

# What each link loses is lost, and nothing else; t-Reordering sees to the rest.
lossy() {
	local before
	before=$(lost)
	link_netem 0 delay 5ms loss 10% && link_netem 1 delay 5ms loss 10% || return
	on ue ping -q -c 200 -i 0.01 -W 1 $server4
	link_netem 0 && link_netem 1 && wait_until 10 settled || { settled; return 1; }
	before=$(($(lost) - before))
	[ $before -gt 10 ] && [ $before -lt 150 ] || { echo "lost $before"; return 1; }
}

# A last one, so that the ends are seen.
settled() {
	pings ue -c 1 $server4 && same_next ue gnb 1 && same_next gnb ue 2
}

same_next() {
	is "[$(value "$1" '."tx-next"' bearer show ue 1 drb "$3"),0]" "$2" \
		'[."rx-deliv", .stored] | tojson' bearer show ue 1 drb "$3"
}

lost() {
	echo $(($(value gnb '."rx-next" - ."rx-sdus"' bearer show ue 1 drb 1) +
		$(value ue '."rx-next" - ."rx-sdus"' bearer show ue 1 drb 2)))
}

# SDUs, and PDUs that somebody has made up, in the direction that there is not.
wrong_way() {
	on ue ping -q -c 3 -i 0.01 -W 0.1 -m 2 $server4 && return 1
	on gnb ping -q -c 2 -i 0.01 -W 0.1 -m 1 $ue4 && return 1
	udp 192.0.2.2 "$(gpdu 30 ff 00001041 0000000000)"
	udp 198.51.100.2 "$(gpdu 30 ff 00001042 80000000)" &&
		wait_until 5 drb_is 1 gnb '.drop."rx-direction"' 2 &&
		drb_is '{"tx-direction":3}' ue '.drop | tojson' 2 &&
		drb_is '{"tx-direction":2,"rx-status":1}' gnb '.drop | tojson' 1
}

variables() {
	refused "tx-next: the bearer sends nothing" ctl ue status set ue 1 drb 2 tx-next 1000 &&
		refused "rx-deliv: the bearer receives nothing" ctl ue status set ue 1 drb 1 rx-deliv 9 &&
		drb_is '[12,null]' ue '[."sn-ul", ."sn-dl"] | tojson' 1 &&
		drb_is '[null,18]' gnb '[."sn-ul", ."sn-dl"] | tojson' 2
}

# An AM DRB and an SRB have both directions, and no bearer has none.
refusals() {
	refused "sn-dl is missing|sn-dl" ctl ue bearer add ue 1 drb 3 set 0 mode am sn-ul 12 leg user &&
		refused "sn-ul is missing|sn-ul" ctl ue bearer add ue 1 drb 3 set 0 mode um leg user
}

net_up
connect
check "two bearers of one direction carry one conversation, in order" ordered
check "what a link loses is lost, and nothing else" lossy
check "what goes the other way is dropped and counted" wrong_way
check "COUNTs and SN sizes of the direction that there is" variables
check "only UM bearers have one direction" refusals
finish
