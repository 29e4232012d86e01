#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# entity.sh RESULT: in the guest, measures what the entity costs.  RESULT gets lines
# "entity TX|RX CIPHER OCTETS BATCH MEDIAN LOW HIGH KEPT", or "noisy" in place of the last four.

echo "bench: the entity, about a minute"
modprobe pdcp_kunit bench=1
dmesg | sed -n 's/.*bench \(entity .*\)/\1/p' >"$1"
grep -q '^ok .* pdcp_bench' /sys/kernel/debug/kunit/pdcp_bench/results
