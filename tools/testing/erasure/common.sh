# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts that search the guest's memory for keys, with their arguments: SEED is what
# the keys are made of, there and on the host, which "image" has search the whole memory.

seed=$1
declare -F nsip >/dev/null || . "$(dirname "${BASH_SOURCE[0]}")/../pdcp.sh"
here=$(realpath "$(dirname "${BASH_SOURCE[0]}")")
keyfile=$here/keyfile
request=$here/request

# Key files, in place of those of pdcp.sh: other keys each time, though the set is the same.
made=0
declare -A made_as

key_file() { echo "$ktap_dir/keys-$1"; }

keys_make() {
	made_as[$1]=$((made++))
	"$keyfile" write "$seed" "${made_as[$1]}" "$(key_file "$1")"
}

keys_wipe() { "$keyfile" wipe "$(key_file "$1")"; }

# with_keys SET COMMAND...: while there is a key file for the set.
with_keys() {
	local status=0
	keys_make "$1" || return
	"${@:2}" || status=$?
	keys_wipe "$1" && return $status
}

# live SET NEA NIA, once SET NEA NIA, gone SET...: arguments of image.
live() { echo "live ${made_as[$1]} $2 $3"; }
once() { echo "once ${made_as[$1]} $2 $3"; }
gone() {
	local set
	for set; do
		echo "gone ${made_as[$set]}"
	done
}

# sets_left COUNT: so many are left at all UEs, at the latest a grace period after the last verb.
sets_left() { wait_until 10 eval "objects | grep -q '^security set .* $1\$'" || { objects; return 1; }; }

# found COUNT IMAGE-ARGUMENT...: so many sets are left, and memory is as the arguments tell.
found() { sets_left "$1" && image "${@:2}"; }

# Pings both ways: on DRB 1 over IPv4, to the gNB's device that the route tells, and on DRB 2 over
# IPv6, which stays with the first one.
floods_start() {
	on ue ping -q -i 0.05 -m 1 $server4 &
	floods=($!)
	on gnb ping -q -i 0.05 -m 1 $ue4 &
	floods+=($!)
	on gnb ping -q -i 0.05 -m 2 $ue6 &
	floods+=($!)
} >/dev/null 2>&1

floods_stop() {
	kill -KILL "${floods[@]}"
	wait "${floods[@]}"
} 2>/dev/null

# moved ROLE: PDUs that the legs of that role at the UE have sent and received.
moved() {
	ctl ue -j bearer show ue 1 | jq --arg role "$1" '
		[.[].legs[] | select(.role == $role) | ."tx-pdus" + ."rx-pdus"] | add'
}

more() { [ "$(moved "$1")" -gt "$2" ]; }

# moving ROLE: they are sending or receiving now.
moving() { wait_until 10 more "$1" $(($(moved "$1") + 10)); }

srb_messages() {
	ctl ue sdu send ue 1 srb 1 c0c1c2 && ctl gnb sdu send dev "$1" ue 1 srb 1 c3c4c5
}

# attach NEA NIA: UE 1 at the first gNB, with set 0.
attach() {
	# shellcheck disable=SC2086
	ue_add 1 $ue4 $ue6 && with_keys 0 set_add 1 0 "$1" "$2" &&
		bearer_add 1 "drb 1" 0 4 $drb1_options &&
		bearer_add 1 "drb 2" 0 4 $drb2_options &&
		bearer_add 1 "srb 1" 0 4 && path_to pdcp0 && srb_messages pdcp0
}
