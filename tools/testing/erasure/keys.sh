#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# keys.sh SEED: how keys come and go other than by handover.

. "$(dirname "$0")/common.sh"

# pair_user SET NEA NIA: UE 1 with that set and one bearer of each plane.
pair_user() {
	# shellcheck disable=SC2086
	ue_add 1 $ue4 && with_keys "$1" set_add 1 "$1" "$2" "$3" &&
		bearer_add 1 "drb 1" "$1" 4 $drb1_options && bearer_add 1 "srb 1" "$1" 4 &&
		pings ue -c 20 -i 0.005 $server4 && srb_messages pdcp0 && ue_del 1
}

pairs() {
	local nea nia
	path_to pdcp0
	for nea in 1 2 3; do
		for nia in 1 2 3; do
			pair_user $((3 * nea + nia)) $nea $nia || { ue_del 1; return 1; }
		done
	done
}

# portable: load the modules anew, without vector registers, with the devices that pairs needs.
portable() {
	modprobe -r pdcp_crypto && modprobe pdcp_crypto force=portable && modprobe pdcp dyndbg=+p &&
		nsip gnb link add pdcp0 type pdcp && nsip gnb link set pdcp0 up &&
		nsip ue -batch - <<-END
		link add pdcp0 type pdcp
		addr add $ue4/32 dev pdcp0
		link set pdcp0 up
		route add $server4 dev pdcp0 src $ue4
		END
}

# add SET NEA NIA [KEYS]: at UE 1, or "$ue".
add() {
	ctl ue security add ue "${ue-1}" set "$1" nea "$2" nia "$3" keys "$(key_file "${4-$1}")"
}

# refused_clean SET PATTERN COMMAND...: refused, and at once none of its keys is there.
refused_clean() {
	with_keys "$1" refused "${@:2}" || return
	# shellcheck disable=SC2046
	image $(gone "$1")
}

no_ue() { ue=9 refused_clean 2 "no UE 9" add 2 1 1; }
in_use() { refused_clean 2 "installed already" add 0 3 3 2; }

unprivileged() {
	chmod 711 "$ktap_dir" && refused_clean 2 "not permitted" eval 'chown nobody "$(key_file 2)" &&
		on ue setpriv --reuid nobody --clear-groups --bounding-set -all \
			pdcpctl security add dev pdcp0 ue 1 set 2 nea 1 nia 1 keys "$(key_file 2)"'
}

# careless MISTAKE PATTERN [AS...]: another program, which sends keys that the kernel refuses.
careless() {
	made_as[6]=$((made++))
	# shellcheck disable=SC2046
	refused "$2" on ue "${@:3}" "$request" "$seed" "${made_as[6]}" pdcp0 1 "$1" &&
		image $(gone 6)
}

# Who it runs as must be able to run it.
careless_nobody() {
	cp "$request" "$ktap_dir/request" && chmod 755 "$ktap_dir/request" &&
		request=$ktap_dir/request careless none "^Operation not permitted\$" \
			setpriv --reuid nobody --clear-groups --bounding-set -all
}

# The parser has seen all keys when it meets the fault.
bad_file() {
	refused_clean 2 "not JSON" eval 'echo "[" >>"$(key_file 2)" && add 2 1 1'
}

# Nothing else runs: the keys are in the ciphers alone.
added() {
	with_keys 2 add 2 "$1" "$2" || return
	# shellcheck disable=SC2046
	image $(once 2 "$1" "$2")
}

deleted() {
	# shellcheck disable=SC2046
	ctl ue security del ue 1 set 2 && found 2 $(gone 2)
}

# Often, under load, so that the program is interrupted here and there.
many=({20..27})
many_sets() {
	local set
	for set in "${many[@]}"; do
		with_keys 2 add 2 2 2 && ctl ue security del ue 1 set 2 || return
		made_as[$set]=${made_as[2]}
	done
	# shellcheck disable=SC2046
	found 2 $(gone "${many[@]}")
}

guard() {
	with_keys 3 add 3 3 2 && daps_start 3 t304 100 &&
		wait_until 10 is none ue .state daps show ue 1
}

reestablished() {
	# shellcheck disable=SC2046
	with_keys 4 add 4 1 3 && ctl ue bearer reestablish ue 1 set 4 \
		drb 1 $(gtpu2 ue "drb 1") drb 2 $(gtpu2 ue "drb 2") srb 1 $(gtpu2 ue "srb 1") &&
		ctl ue security del ue 1 set 0 && ctl gnb ue del dev pdcp0 ue 1
}

left_over() {
	nsip gnb link set pdcp0 up && ctl gnb ue add dev pdcp0 ue 1 role gnb &&
		with_keys 5 ctl gnb security add dev pdcp0 ue 1 set 5 nea 2 nia 3 keys "$(key_file 5)"
}

others() {
	check "attach" attach 1 1
	check "an unknown UE" no_ue
	check "a set that is there already" in_use
	check "no privilege" unprivileged
	check "a key file that is not JSON" bad_file
	check "another program without privilege" careless_nobody
	check "one with an attribute that there is not" careless unknown "Unknown attribute type"
	check "one with a key too short" careless short "binary attribute size out of range"
	check "one with a key too long" careless long "binary attribute size out of range"
	check "one with an algorithm that there is not" careless range "integer out of range"
	check "one with a key said to be a nest" careless nested "NLA_F_NESTED not expected"
	check "one that names no device" careless missing "Invalid argument"
	check "one with a key twice" careless twice "two roles"
	check "one with a key cut off" careless cut "bytes leftover after parsing attributes"
	check "one with a key in no attribute" careless extra "bytes leftover after parsing"
	for n in 1 2 3; do
		check "keys are nowhere but in nea$n and nia$n" added $n $n
		check "deleted without use" deleted
	done
	floods_start
	check "sets that come and go" many_sets
	check "the guard falls back" guard
	# shellcheck disable=SC2046
	check "no key of its target is left" found 2 $(live 0 1 1) $(gone 3)
	check "re-establishment" reestablished
	# shellcheck disable=SC2046
	check "none of the set before is left" found 1 $(gone 0) $(live 4 1 3)
	check "the device goes" nsip ue link del pdcp0
	# shellcheck disable=SC2046
	check "its keys with it" found 0 $(gone 4)
	floods_stop
	check "a set that is still there" left_over
	# shellcheck disable=SC2046
	check "its keys are" image $(once 5 2 3)
	check "the module goes" modprobe -r pdcp
	# shellcheck disable=SC2046
	check "the keys with it" image $(gone 5)
}

net_up
gnb2_up
check "each pair of algorithms" pairs
# shellcheck disable=SC2046
check "nothing is left of any" found 0 $(gone {4..12})
others
check "portable ciphers" portable
check "each pair of them" pairs
# shellcheck disable=SC2046
check "they leave nothing either" found 0 $(gone {4..12})
finish
