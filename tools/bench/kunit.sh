#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kunit.sh GROUP measure|trial RESULT: in the guest, runs the benchmarks of a test module, which
# the kernel's arguments have chosen.  RESULT gets their lines, which tools/bench/table reads.

module=pdcp_kunit
[ "$1" != kernel ] || module=pdcp_crypto_kunit
bench=1
[ "$2" = measure ] || bench=2

echo "bench: $1, a minute or two"
modprobe $module bench=$bench
dmesg | sed -n 's/^.* bench \([a-z]* [^ ]* .*\)/\1/p' >"$3"
grep -q "^ok .* pdcp_bench_$1" "/sys/kernel/debug/kunit/pdcp_bench_$1/results"
