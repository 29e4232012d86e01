# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the tests of what happens to bearers between their creation and their end, instead of
# pdcp.sh, which it sources.

. "$(dirname "${BASH_SOURCE[0]}")/pdcp.sh"

# legs NAME GENERATION BEARER...: BEARERs of UE 1, each with a leg that no other generation
# has; they take turns on the two links.
legs() {
	local name=$1 generation=$2 bearer
	shift 2
	for bearer; do
		echo "$bearer $(leg "$name" "$generation" "$bearer")"
	done
}

# leg_options[BEARER]: what its legs have besides.
declare -A leg_options=()

# leg NAME GENERATION BEARER
leg() {
	echo "$(gtpu "$1" $((0x100 * $2 + $(teid 1 "$3"))) 4 $(($2 % 2))) ${leg_options[$3]-}"
}

# rekey SET GENERATION BEARER...: re-establishment at both ends, at the gNB first.
rekey() {
	local name
	for name in gnb ue; do
		# shellcheck disable=SC2046
		ctl $name bearer reestablish ue 1 set "$1" $(legs $name "${@:2}") || return
	done
}

# set_del SET: of UE 1, at both ends.
set_del() {
	ctl ue security del ue 1 set "$1" && ctl gnb security del ue 1 set "$1"
}

# read_drb NAME JQ [DRB]: of a DRB of UE 1, by default DRB 1.
read_drb() { value "$1" "$2" bearer show ue 1 drb "${3-1}"; }

# drb_is WANT NAME JQ [DRB]
drb_is() { is "$1" "$2" "$3" bearer show ue 1 drb "${4-1}"; }

# drb_soon WANT NAME JQ [DRB]: within 10 seconds.
drb_soon() { wait_until 10 drb_is "$@" || drb_is "$@"; }

# waiting_pings COUNT DRB: in the background, as "$waiting"; they are in no hurry.
waiting_pings() {
	on ue ping -q -c "$1" -i 0.01 -W 60 -m "$2" $server4 &
	waiting=$!
}

# streams_go_on: each of the streams gets 20 more replies.
streams_go_on() {
	local file
	declare -A seen
	for file in "$ktap_dir"/ping-*-?; do
		seen[$file]=$(wc -l <"$file")
	done
	for file in "$ktap_dir"/ping-*-?; do
		wait_until 20 longer "$file" $((seen[$file] + 20)) || { tail -n 3 "$file"; return 1; }
	done
}

longer() { [ "$(wc -l <"$1")" -ge "$2" ]; }

# streams_end [DRB...]: the streams have gone on; no reply came twice or late, and in those of the
# DRBs none has failed to come.
streams_end() {
	local file bad=0 whole=" $* "
	streams_go_on || bad=1
	streams_stop
	for file in "$ktap_dir"/ping-*-?; do
		awk -v whole="$([[ $whole == *" ${file##*-} "* ]] && echo 1)" -v "spare=${spare[$file]}" '
		/bytes from/ {
			match($0, /icmp_seq=[0-9]+/)
			seq = substr($0, RSTART + 9, RLENGTH - 9) + 0
			missing = seq - last - 1
			if (missing < 0 || (whole && missing > spare))
				exit bad = 1
			spare -= missing
			last = seq
		}
		END {
			if (bad)
				print FILENAME ": " seq " came after " last ", " spare " were dropped by ping"
			exit bad || !last
		}' "$file" || bad=1
	done
	return $bad
}

# kept_and_confirmed NAME: "0 COUNT" once all that was sent is confirmed.
kept_and_confirmed() { read_drb "$1" '"\(.kept) \(.confirmed)"'; }

# paused_at_0 NAME: all bearers, with all COUNTs at 0.
paused_at_0() {
	ctl "$1" -j bearer show ue 1 | jq -e 'length > 2 and all(.[];
		.paused == ["suspended"] and ."tx-next" == 0 and ."rx-next" == 0 and ."rx-deliv" == 0)'
}
