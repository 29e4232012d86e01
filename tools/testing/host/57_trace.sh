#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# perf and bpftrace with the tracepoints, on the stock kernel.

cd "$(dirname "$0")/../../.." || exit
tools/vm/packages trace &&
	tools/vm/run --mem 2560 --timeout 800 --file "$(type -P perf):/usr/local/bin/perf" \
		--file "$(type -P bpftrace):/usr/local/bin/bpftrace" --file tools/trace -- \
		bash tools/testing/trace.sh
