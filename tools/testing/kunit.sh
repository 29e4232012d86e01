#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kunit.sh GROUP, in the guest: loads the KUnit modules, which runs their suites, and prints
# each suite's results with the marker lines that report.awk reads.

for module in pdcp_crypto_kunit pdcp_kunit; do
	modprobe "$module" || echo "cannot load $module"
done
for suite in /sys/kernel/debug/kunit/pdcp*; do
	[ -e "$suite/results" ] || continue
	name=$1/${suite##*/}
	echo "=====BEGIN $name"
	cat "$suite/results"
	echo "=====END $name 0"
done
