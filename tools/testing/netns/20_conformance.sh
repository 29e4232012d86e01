#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Whole PDUs of an independent model, sent and received by the loaded module.

. "$(dirname "$0")/../ktap.sh"

dir=$(dirname "$0")/../conformance
vectors=$dir/vectors.json
total=$(jq '.vectors | length' "$vectors")

# Debug messages, which later tests read, have to be asked for.
reload() { modprobe -r pdcp && modprobe pdcp dyndbg=+p "$@"; }

test_mode() { [ "$(cat /sys/module/pdcp/parameters/allow_test_mode)" = Y ]; }

if ! test_mode; then
	reload allow_test_mode=1
	at_exit reload
fi
check "test mode is allowed" test_mode

conformance() { "$dir/conformance" "$@"; }

last_line() {
	conformance "$@" >"$ktap_dir/lines"
	tail -n 1 "$ktap_dir/lines"
}

# altered FILTER: the first 20 vectors, changed by a jq filter.
altered() {
	jq "[.vectors[:20][] | $1]" "$vectors" >"$ktap_dir/altered.json"
	last_line "$ktap_dir/altered.json"
}

check "each PDU of $total is sent and received as it should be" conformance "$vectors"
expect "and none was skipped" "$total passed, 0 failed" last_line "$vectors"

expect "a wrong octet of a PDU is noticed" "0 passed, 20 failed" \
	altered '.pdu |= (.[:-1] + (if .[-1:] == "0" then "1" else "0" end))'
expect "a wrong octet of an SDU is noticed" "0 passed, 20 failed" \
	altered '.data |= (.[:-1] + (if .[-1:] == "0" then "1" else "0" end))'
expect "what cannot be tested is skipped" "0 passed, 0 failed, 20 skipped" \
	altered '.bearer = 32'

on_device() {
	ip link add conf0 type pdcp && ip link set conf0 up || return
	conformance --dev conf0 "$vectors" && pdcpctl dev show dev conf0
}

at_exit ip link del conf0
check "a device that was there before will do" on_device
expect "it is left without UEs" "[]" pdcpctl -j ue show dev conf0

finish
