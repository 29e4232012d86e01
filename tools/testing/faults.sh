# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the tests in which allocations fail, instead of bearers.sh, which it sources.  They
# need the debug kernel.

. "$(dirname "${BASH_SOURCE[0]}")/bearers.sh"

fault_hook=$(dirname "${BASH_SOURCE[0]}")/fault/fault.so
fault_echo=$server4 fault_drbs=30
fault_debugfs=/sys/kernel/debug
[ -e /proc/self/fail-nth ] || skip_all "a kernel without fault injection"

# passes: on an AM and a UM DRB, both ways.  Of several requests at once ping would not await the
# last replies here, where time passes slowly.
passes() {
	local name to drb
	for name in ue gnb; do
		to=$server4
		[ $name = ue ] || to=$ue4
		for drb in 1 2; do
			pings $name -c 1 -W 20 -m $drb $to || return
		done
	done
}

# fault_setup: all allocations count, but for those of kmemleak itself, which lie about in each of
# the others; what fails is written to the log and not to the console.
fault_setup() {
	local kind range
	echo "5 6" >/proc/sys/kernel/printk
	mapfile -t range < <(awk 'found { print $1; exit }
		$3 == "__alloc_object" { print $1; found = 1 }' /proc/kallsyms)
	[ ${#range[@]} = 2 ] || return
	for kind in failslab fail_page_alloc; do
		echo N >$fault_debugfs/$kind/ignore-gfp-wait
		echo 2 >$fault_debugfs/$kind/verbose
		echo 0 >$fault_debugfs/$kind/verbose_ratelimit_interval_ms
		echo "0x${range[0]}" >$fault_debugfs/$kind/reject-start
		echo "0x${range[1]}" >$fault_debugfs/$kind/reject-end
	done
	echo 0 >$fault_debugfs/fail_page_alloc/min-order
}

# fault_from NAME COMMAND...: tries the allocations of the request that COMMAND makes, from
# $fault_next on, and writes down in $ktap_dir/NAME.faults what became of it.  Succeeds when the
# request has been carried out; after a refusal packets pass on $fault_drbs DRBs, if $fault_echo
# is an address.  There are more allocations to be tried if $fault_next is not 0.
fault_from() {
	local name=$1 status=0 nth
	shift
	nth=$(LD_PRELOAD=$fault_hook FAULT_FROM=$fault_next FAULT_LOG=$ktap_dir/$name.faults \
		FAULT_ECHO=${fault_echo-} FAULT_DRBS=$fault_drbs "$@") || status=$?
	case $status in
	0) fault_next=0 ;;
	3) fault_next=$((nth + 1)) ;;
	*) echo "status $status: $nth"; return 1 ;;
	esac
}

# fault_all NAME UNDO COMMAND...: all allocations; UNDO, which must succeed, undoes what COMMAND
# does.
fault_all() {
	local name=$1 undo=$2
	shift 2
	fault_next=1
	while [ $fault_next != 0 ]; do
		fault_from "$name" "$@" && $undo || return
	done
}

# fault_summary NAME...: how many allocations have failed, and in which functions.
fault_summary() {
	local name
	for name; do
		awk -v name="$name" '
		{ outcome[$2]++; at[$2 ": " $4 ($5 == "<" ? " < " $6 : "")]++ }
		END {
			printf "# %s: %d allocations failed: %d refused, %d done all the same, %d answers lost\n",
				name, NR, outcome["refused"], outcome["done"], outcome["lost"]
			for (i in at)
				printf "# %s: %4d %s\n", name, at[i], i
		}' "$ktap_dir/$name.faults"
	done
}
