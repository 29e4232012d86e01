#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Keys are in their files, and nowhere else that can be read: not in what is printed, in the log,
# in events, in /proc, nor in a file that a state has replaced.

. "$(dirname "$0")/../rrc.sh"

found=$ktap_dir/found
seen=$ktap_dir/seen
mkdir "$seen"

# keys_note: keys of the state as it is now, from KAMF down to those of each algorithm.
keys_note() {
	local kgnb algorithm
	{
		grep -o '[0-9a-f]\{64\}' "$(state ue)"
		for kgnb in $(grep -o '"kgnb":"[0-9a-f]*' "$(state ue)" | grep -o '[0-9a-f]\{64\}'); do
			(umask 077 && echo "{\"kgnb\": \"$kgnb\", \"ncc\": 0}" >"$ktap_dir/one")
			for algorithm in 1 2 3; do
				pdcpctl key alg kgnb "$ktap_dir/one" nea $algorithm nia $algorithm \
					to "$ktap_dir/as" replace >>"$seen/printed" 2>&1
				grep -o '[0-9a-f]\{32\}' "$ktap_dir/as"
			done
		done
	} >>"$ktap_dir/keys"
	sort -u "$ktap_dir/keys" -o "$ktap_dir/keys"
}

# look: all that can be looked at; at one end as text and at the other as JSON.
look() {
	local command
	{
		for command in dev ue security bearer daps; do
			ctl ue $command show
			ctl gnb -j $command show
		done
		rrc ue show
		ctl gnb -j rrc show state "$(state gnb)"
		cat "$ktap_dir"/*.events /proc/crypto /proc/keys /proc/slabinfo /proc/modules
		dmesg
		cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ /proc/[0-9]*/comm | tr '\0' '\n'
		cat /sys/module/pdcp*/parameters/*
	} >>"$seen/printed" 2>&1
}

# search FOLDER: names of files that hold the first 8 octets of a key, as digits or as octets.
# grep sees lines, so that it is asked for those that end with a newline and with a NUL.
search() {
	local octets
	cut -c 1-16 "$ktap_dir/keys" >"$ktap_dir/digits"
	octets=$(sed 's/../\\x&/g' "$ktap_dir/digits" | paste -sd '|')
	{
		grep -rliF -f "$ktap_dir/digits" "$1"
		LC_ALL=C grep -rlaP -- "$octets" "$1"
		LC_ALL=C grep -rlazP -- "$octets" "$1"
	} | sort -u
}

# Everything that RRC does, with a look after each step.
run() {
	local name
	ln "$(state ue)" "$seen/connected"
	keys_note
	look
	handover "daps t304 600000 ncc 2 pci 17 nea 1 nia 1" || return
	ln "$(state ue)" "$seen/prepared"
	keys_note
	look
	both t304-expired && handover "daps t304 600000 ncc 0 pci 17 nea 3 nia 3" || return
	keys_note
	look
	srbs aa target && arrive && drbs 1 2 || return
	keys_note
	look
	for name in ue gnb; do
		ln "$(state $name)" "$seen/released-$name"
	done
	# Refusals, some of which have keys in what they are about.
	ctl ue security add ue 1 set 1 nea 2 nia 2 keys "$ktap_dir/as"
	ctl ue security add ue 1 set 2 nea 2 nia 2 keys "$(state ue)"
	ctl ue security add ue 1 set 2 nea 2 nia 2 keys "$ktap_dir/one"
	rrc ue connect ue 1 kgnb "$ktap_dir/one" pci 1 arfcn 1 nea 2 nia 2
	ctl ue rrc connect state "$ktap_dir/other" ue 7 kgnb "$(state gnb)" pci 1 arfcn 1 nea 2 nia 2
	ctl ue rrc connect state "$ktap_dir/other" ue 7 kgnb "$ktap_dir/one" pci 1 arfcn 1 nea 2 nia 2
	rrc ue short-mac-i cell 1 rnti 1
	look
	both release
} >>"$seen/printed" 2>&1

rrc_up
check "UE and gNB connect" rrc_connect
check "handovers, fallback, refusals, release" run
check "many keys were there" eval '[ "$(wc -l <"$ktap_dir/keys")" -gt 30 ]'
cp "$ktap_dir/as" "$found"
expect "a search finds what is there" "$found" search "$found"
printf %b "$(sed -n '$s/../\\x&/gp' "$ktap_dir/digits")" >"$found"
expect "and octets" "$found" search "$found"
check "plenty was looked at" eval '[ "$(wc -c <"$seen/printed")" -gt 50000 ]'
expect "no key in anything printed, nor in any file that was replaced" "" search "$seen"
expect "files that were replaced or removed are empty of all" "0 0 0 0" eval \
	'for f in connected prepared released-ue released-gnb; do tr -d "\\0" <"$seen/$f" | wc -c; done | xargs'
rrc_disconnect
finish
