#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tools/bench/report.jq: a goal is met by what was measured, and by nothing else.

. "$(dirname "$0")/../ktap.sh"

bench=$(realpath "$(dirname "$0")/../../bench")

# met JSON: of the goal of handovers, whether it is met.
met() {
	jq -r -L "$bench" 'include "report"; goals[] | select(.[0] | startswith("handovers")) | .[2]' <<<"$1"
}

# below N: one stream of handovers, N of which had a bin too low.
below() { echo "[{\"group\": \"handover\", \"name\": \"tcp-up\", \"below\": $1}]"; }

check "jq is there" "$(dirname "$0")/../../vm/packages" demo
expect "one that was not measured" "not measured" met "[]"
expect "one that was measured" yes met "$(below 0)"
expect "one that was missed" no met "$(below 2)"
expect "one that could not be told" noisy met "$(below null)"
finish
