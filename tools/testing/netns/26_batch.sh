#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl batch, save, restore: all of a file or nothing, and what was saved comes back.

. "$(dirname "$0")/../pdcp.sh"

run() { pdcpctl -n "batch-$$" "$@"; }

# state: all that can be configured.
state() {
	local object
	for object in dev ue security bearer daps; do
		run -j "$object" show
	done
}

# unchanged STATUS COMMAND...: it ends with STATUS, and the state is what it was.
unchanged() {
	local want=$1 got=0
	shift
	state >"$ktap_dir/before"
	"$@" >"$ktap_dir/out" 2>&1 || got=$?
	cat "$ktap_dir/out"
	state >"$ktap_dir/after"
	[ $got = "$want" ] && diff "$ktap_dir/before" "$ktap_dir/after"
}

# said PATTERN: by what was run last.
said() { grep -E -- "$1" "$ktap_dir/out"; }

# file NAME: a file of what comes from standard input.
file() { cat >"$ktap_dir/$1"; }

netns batch
ip -n batch-$$ link add pdcp0 type pdcp
ip -n batch-$$ link set pdcp0 up
run ue add ue 9 addr 10.45.0.9
run security add ue 9 set 0 nea 2 nia 2 keys "$(key_file 0)"
run bearer add ue 9 drb 1 set 0 mode am sn 18 t-reordering 40 \
	leg gtpu remote 127.0.0.1 teid-in 0x91 teid-out 0x92

# Whatever can be taken back, in an order in which each needs those before it.
file all <<-END
	# A comment, and a line that is empty

	dev set dev pdcp0 port 2153
	ue add ue 1 role gnb addr 10.45.0.1 # another comment
	sec add ue 1 set 0 nea 2 nia 2 keys "$(key_file 2)"
	bearer add ue 1 drb 1 set 0 mode um sn 12 \\
	        leg gtpu remote 127.0.0.1 teid-in 0x11 \\
	        teid-out 0x12
	bearer add ue 1 srb '1' set 0 leg user
	bearer set ue 9 drb 1 t-reordering 100
	bearer set ue 1 srb 1 t-reordering 60
	bearer add ue 9 drb 2 set 0 mode um sn 12 default leg gtpu remote ::1 teid-in 0x95 teid-out 0x96
	security add ue 9 set 1 nea 1 nia 1 keys "$(key_file 1)"
	daps show
	END

# joined: its commands, each in a line.
joined() { sed -e ':a' -e '/\\$/N; s/\\\n//; ta' "$ktap_dir/all" | grep '^[a-z]'; }

# fails_after N: after N commands comes one that the kernel refuses, or one that is wrong.
fails_after() {
	joined | sed "$1a bearer add ue 9 drb 1 set 0 mode um sn 12 leg user" >"$ktap_dir/refused"
	joined | sed "$1a bearer add ue 9 drb 3 set 0 mode um sn 17 leg usr" >"$ktap_dir/wrong"
	unchanged 2 run batch "$ktap_dir/refused" && said "refused:$(($1 + 1)) failed" &&
		unchanged 1 run batch "$ktap_dir/wrong" && said "wrong:$(($1 + 1)) failed"
}

commands=$(joined | wc -l)
for ((n = 1; n <= commands; n++)); do
	check "what fails after $n of $commands commands leaves nothing" fails_after $n
done

check "an object that is none is found first" unchanged 1 eval 'sed "\$a uo show" "$ktap_dir/all" | run batch -'
check "and where" said "^Error: -:15 is wrong, nothing was done"
check "so is what cannot be taken back" unchanged 1 eval 'sed "5i ue del ue 9" "$ktap_dir/all" | run batch -'
check "unless it is the last" said '"del" cannot be taken back, say it last'
check "what never ends has no place" unchanged 1 run batch - <<<"monitor"
check "nor has a batch" unchanged 1 run batch - <<<"batch /dev/null"
check "a quote has an end" unchanged 1 run batch - <<<"ue add ue '4"
check "a file that is not there" unchanged 1 run batch "$ktap_dir/none"
check "one whose last command fails" unchanged 2 run batch - <<<"ue add ue 4
ue del ue 5"
check "an empty one" unchanged 0 run batch /dev/null

check "the whole file is applied" run batch "$ktap_dir/all"
expect "the port is" 2153 eval 'run -j dev show | jq ".[0].port"'
expect "the UE is" '["gnb",["10.45.0.1"]]' eval 'run -j ue show ue 1 | jq -c ".[0] | [.role, .address]"'
expect "and its bearers are, as they were changed" '[["srb1",60],["drb1","infinity"]]' \
	eval 'run -j bearer show ue 1 | jq -c "map([.type + \"\(.id)\", .\"t-reordering\"])"'
expect "UE 9 has another default DRB" 2 eval 'run -j ue show ue 9 | jq ".[0].\"default-drb\""'
check "which would not come back, and is not changed again" unchanged 1 run batch - <<-END
	bearer add ue 9 drb 4 set 0 mode um sn 12 default leg gtpu remote ::1 teid-in 0x97 teid-out 0x98
	END
check "a handover cannot be taken back: it erases its keys" unchanged 1 run batch - <<-END
	daps start ue 9 set 1 drb 1 leg user drb 2 leg user
	ue add ue 4
	END
check "but it can be the last" run batch - <<-END
	ue add ue 4
	daps start ue 9 set 1 drb 1 leg user drb 2 leg user
	END
expect "and is" prepared eval 'run -j daps show ue 9 | jq -r ".[0].state"'
run ue del ue 4
run daps fallback ue 9

# meanwhile COMMAND...: a batch waits for a key file; COMMAND, and then it goes on. Its status.
meanwhile() {
	local status=0 batch
	(umask 077 && mkfifo "$ktap_dir/fifo")
	pdcpctl -n batch-$$ batch - <<-END &
	ue add ue 5
	security add ue 5 set 0 nea 2 nia 2 keys $ktap_dir/fifo
	bearer add ue 5 srb 1 set 0 leg user
	END
	batch=$!
	wait_until 10 run ue show ue 5
	"$@" $batch
	cat "$(key_file 3)" >"$ktap_dir/fifo"
	wait $batch || status=$?
	rm "$ktap_dir/fifo"
	return $status
}

check "a batch that is terminated takes back what it has done" eval \
	'unchanged 2 meanwhile kill -TERM && said interrupted'
gone() { run ue del ue 5; }
check "if it cannot, it says so" eval 'unchanged 3 meanwhile gone && said "1 before it was not taken back"'

# Everything that a bearer can have.
run ue add ue 2 role ue addr fd45::2 addr 10.45.0.2
run security add ue 2 set 3 nea 0 nia 0
run security add ue 2 set 4 nea 3 nia 1 keys "$(key_file 4)"
run bearer add ue 2 drb 3 set 4 mode am sn-ul 12 sn-dl 18 integrity on ciphering off t-reordering 40 \
	discard 0.5 status-report on out-of-order on sdap 1 upper user queue-limit 10 kept-limit 20 \
	count-threshold 0x10 hold both leg user
run bearer add ue 2 drb 4 set 4 mode um sn-dl 12 hold tx leg gtpu remote ::1 teid-in 0x21 teid-out 18 \
	local ::1 port 2154 nru on nru-loss off
run bearer add ue 2 drb 5 set 4 mode am sn 18 default split-threshold 10000 duplication on \
	leg gtpu remote 127.0.0.1 teid-in 0x33 teid-out 0x34 nru on \
	leg gtpu remote 127.0.0.1 teid-in 0x35 teid-out 0x36
run bearer add ue 2 srb 2 set 4 t-reordering 20 leg user

# config: what is to come back, without what traffic changes.
config() {
	run -j dev show | jq -S 'map({dev, port})'
	run -j ue show | jq -S .
	run -j security show | jq -S .
	run -j bearer show | jq -S 'map(del(."tx-next", ."rx-next", ."rx-deliv") |
		.legs |= map({lower, remote, local, port, "teid-in", "teid-out", nru, "nru-loss", role: null, set}))'
}

mkdir "$ktap_dir/keys"
check "a configuration is saved" eval 'run save >"$ktap_dir/saved"'
sed 's/^/# /' "$ktap_dir/saved"
config >"$ktap_dir/config"
check "without a key" eval '! grep -E "[0-9a-f]{16}" "$ktap_dir/saved"'
for id in 1 2 9; do
	run ue del ue $id
done
run dev set port 2152
check "without its keys it does not come back" unchanged 1 run restore "$ktap_dir/saved" keys "$ktap_dir/keys"
for name in $(grep -o '[^ ]*\.json' "$ktap_dir/saved"); do
	cp -p "$(key_file 5)" "$ktap_dir/keys/$name"
done
check "with new ones it does" run restore "$ktap_dir/saved" keys "$ktap_dir/keys"
check "as it was" eval 'config | diff "$ktap_dir/config" -'
check "saved again, it is the same" eval 'run save dev pdcp0 | diff "$ktap_dir/saved" -'
check "it does not come twice" unchanged 2 run restore "$ktap_dir/saved" keys "$ktap_dir/keys"

run security add ue 9 set 2 nea 1 nia 1 keys "$(key_file 6)"
run daps start ue 9 set 2 drb 1 leg user drb 2 leg user
refuse "a handover is not saved" "UE 9 is in a handover" run save
run daps fallback ue 9
run bearer suspend ue 2 srb 2
refuse "nor is a bearer that is suspended" "srb 2 of UE 2 is suspended" run save
finish
