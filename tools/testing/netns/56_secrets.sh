#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Keys are in their files, and nowhere else that can be read: not in what is printed, in the log,
# in events, in /proc, in arguments, in a core file, nor in a file that a state has replaced.

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

# derive: each derivation, and what else is said of keys.
derive() (
	cd "$ktap_dir" && pdcpctl key kgnb kamf kamf nas-count 7 to kgnb &&
		pdcpctl -j key nh kamf kamf sync kgnb to nh &&
		pdcpctl key nh kamf kamf sync nh to nh replace &&
		pdcpctl -j key kgnb-star base nh pci 9 arfcn $arfcn to star &&
		pdcpctl key alg kgnb star nea 2 nia 1 to other-as &&
		pdcpctl -j key fingerprint star && pdcpctl key fingerprint other-as &&
		pdcpctl key short-mac-i keys other-as nia 1 pci 9 cell 1 rnti 1 &&
		grep -oh '[0-9a-f]\{32,\}' kgnb nh star other-as >>keys
	! pdcpctl key alg kgnb other-as nea 2 nia 1 to more && ! pdcpctl key fingerprint keys
) >>"$seen/printed" 2>&1

# heap PID: what is there.
heap() {
	local from end
	IFS=- read -r from end < <(sed -n 's/ .*\[heap\]//p' "/proc/$1/maps")
	dd "if=/proc/$1/mem" bs=4096 skip=$((0x$from / 4096)) count=$(((0x$end - 0x$from) / 4096))
} 2>/dev/null

# hold: a pdcpctl that has read keys and waits for more.  Prints nothing, sets $held.
hold() {
	mkfifo "$ktap_dir/pipe"
	(
		ulimit -c unlimited
		cd "$seen" && exec pdcpctl -n ue-$$ security add ue 1 set 1 nea 2 nia 2 keys - \
			<"$ktap_dir/pipe" >>printed 2>&1
	) &
	held=$!
	exec 9>"$ktap_dir/pipe"
	cat "$ktap_dir/as" >&9
	wait_until 10 eval 'heap $held | grep -qaF -f "$ktap_dir/digits"'
}

# What is told of a process without reading its memory.
told_of() {
	(cd "/proc/$1" && cat cmdline environ status stat maps smaps auxv comm syscall stack io | tr '\0' '\n')
	ls -l "/proc/$1/fd"
} >>"$seen/printed" 2>&1

# aborted PID: a signal that a core file is written for.
aborted() {
	kill -ABRT "$1"
	wait "$1"
	[ $? = $((128 + 6)) ]
} 2>/dev/null

cores() { find "$seen" -name 'core*' | wc -l; }

# Another process, under the same circumstances.
dumps_core() {
	(ulimit -c unlimited; cd "$seen" && exec sleep 1000) &
	wait_until 10 eval "grep -q sleep /proc/$!/comm" && aborted $! && cores
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
check "derivations" derive
check "many keys were there" eval '[ "$(wc -l <"$ktap_dir/keys")" -gt 30 ]'
cp "$ktap_dir/as" "$found"
expect "a search finds what is there" "$found" search "$found"
printf %b "$(sed -n '$s/../\\x&/gp' "$ktap_dir/digits")" >"$found"
expect "and octets" "$found" search "$found"
check "pdcpctl holds keys" hold
check "what is told of it" told_of $held
core_pattern=$(cat /proc/sys/kernel/core_pattern)
at_exit eval 'echo "$core_pattern" >/proc/sys/kernel/core_pattern'
echo core.%p >/proc/sys/kernel/core_pattern
check "it dies by a signal" aborted $held
expect "and leaves no core file" 0 cores
expect "any other process does" 1 dumps_core
check "plenty was looked at" eval '[ "$(wc -c <"$seen/printed")" -gt 50000 ]'
expect "no key in anything printed, nor in any file that was replaced" "" search "$seen"
expect "files that were replaced or removed are empty of all" "0 0 0 0" eval \
	'for f in connected prepared released-ue released-gnb; do tr -d "\\0" <"$seen/$f" | wc -c; done | xargs'
rrc_disconnect
finish
