#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The parsers, the window and the detection of lost frames, as libFuzzer targets, for a moment:
# "make fuzz" takes longer.

. "$(dirname "$0")/../ktap.sh"

"$(dirname "$0")/../fuzz/parsers" -runs=50000 -seed=1 >"$ktap_dir/fuzz" 2>&1
sed 's/^/# /' "$ktap_dir/fuzz"
for target in pdu gtp nru loss status window; do
	check "$target: holds for 50000 inputs" \
		grep -qE "^$target: [5-9][0-9]{4} executions" "$ktap_dir/fuzz"
done
finish
