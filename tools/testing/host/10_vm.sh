#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tools/vm/run: what it returns, and that it takes no broken machine for a good one.

. "$(dirname "$0")/../ktap.sh"
. "$(dirname "$0")/../../vm/lib.sh"

run() { "$vm/run" --no-build --no-load "$@"; }

# breaks DESCRIPTION REASON RUN-ARGUMENT...: status 125, the reason given.
breaks() {
	local description=$1 reason=$2 status=0
	shift 2
	run --timeout 120 "$@" >"$ktap_dir/log" 2>&1 || status=$?
	if [ $status = 125 ] && grep -q "^vm: $reason" "$ktap_dir/log"; then
		pass "$description"
	else
		echo "status $status, want 125 and 'vm: $reason'" >>"$ktap_dir/log"
		fail "$description" "$ktap_dir/log"
	fi
}

# build_fault KERNEL
build_fault() {
	local make
	cp -r "$(dirname "$0")/fault" "$ktap_dir/fault-$1"
	case $1 in
	stock) make=(make -C "$(stock_headers)") ;;
	uml) make=(make -C "$(built_dir uml)" ARCH=um) ;;
	esac
	"${make[@]}" -s M="$ktap_dir/fault-$1" modules
}

# faults KERNEL KIND: arguments of run that load the fault.
faults() { echo "--kernel $1 --file $ktap_dir/fault-$1/fault.ko:/fault.ko -- insmod /fault.ko kind=$2"; }

echo "from the host" >"$ktap_dir/in"
{ cat "$ktap_dir/in"; seq 20000; } >"$ktap_dir/want"

for kernel in stock uml; do
	status=0
	run --kernel $kernel --file "$ktap_dir/in:/a/b" --out "/tmp/out:$ktap_dir/out" -- \
		bash -c 'cat "$1" >&2; seq 20000; seq 3 >/tmp/out; exit 42' bash /a/b \
		>"$ktap_dir/got" || status=$?
	check "$kernel: the command's status comes back" test $status = 42
	check "$kernel: all that it printed, and nothing else" cmp "$ktap_dir/got" "$ktap_dir/want"
	check "$kernel: a file comes back" cmp "$ktap_dir/out" <(seq 3)
	rm -f "$ktap_dir/out"
	check "$kernel: a module that breaks kernels is built" build_fault $kernel
	# shellcheck disable=SC2046
	breaks "$kernel: a warning" "the kernel failed: .*WARNING" $(faults $kernel warn)
done

# shellcheck disable=SC2046
breaks "an oops" "the kernel failed: .*BUG" $(faults stock oops)
# shellcheck disable=SC2046
breaks "a breakpoint" "the kernel failed: .*int3" $(faults stock int3)

# emulated LINE TIMES COMMAND: a machine that says of itself what one of a failed emulator would.
emulated() {
	local status=0
	run --timeout 120 -- sh -c "$3; echo '<2>$1' >/dev/kmsg; poweroff -f" \
		>"$ktap_dir/log" 2>&1 || status=$?
	[ $status = 99 ] && [ "$(grep -c '^vm: the emulator failed' "$ktap_dir/log")" = "$2" ]
}
gone="Oops: int3: 0000"
flags="RSP: 0018:ffffc90000dbf720 EFLAGS:"
check "an emulator that fails before anything was printed is tried three times" emulated "$gone" 3 :
check "one that fails later is not" emulated "$gone" 1 "echo printed; sync"
check "so is one whose flags are none of a processor" emulated "$flags 5f3f9a02" 1 "echo printed; sync"
check "flags of a processor are no failure of it" eval "! emulated '$flags 00010246' 1 'echo printed; sync'"

breaks "power-off before the end" "the machine ended before" -- poweroff -f

# In UML, which has booted long before the time is over.
# shellcheck disable=SC2046
breaks "a module that never returns" "no end within 10 s" --timeout 10 $(faults uml stuck)
breaks "a command that hangs" "no end within 10 s" --timeout 10 --kernel uml -- \
	sh -c 'echo so far; sleep 1000'
check "what it printed before is there" grep -qx "so far" "$ktap_dir/log"

# stopped KERNEL: once it is up.  Its arguments tell which machine it is.
stopped() {
	local machine=vm_test=$1-$$- pid up status=0
	"$vm/run" --no-build --no-load --kernel "$1" --append "$machine" -- sh -c 'echo up; sleep 1000' >"$ktap_dir/log" 2>&1 &
	pid=$!
	wait_until 120 grep -qx up "$ktap_dir/log"
	up=$(pgrep -c -f "$machine")
	kill $pid
	wait $pid || status=$?
	echo "status $status, processes $up"
	[ "$up" -gt 0 ] && wait_until 20 eval "! pgrep -f $machine"
}
check "stock: a machine goes with the run that is stopped" stopped stock
check "uml: a machine goes with the run that is stopped" stopped uml

finish
