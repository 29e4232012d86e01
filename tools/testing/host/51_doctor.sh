#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# tools/doctor on hosts that are made up: what it misses, and which drivers it expects.

. "$(dirname "$0")/../ktap.sh"

doctor=$(realpath "$(dirname "$0")/../../doctor")
export ROOT=$ktap_dir/host RELEASE=6.12.1-amd64

# host FLAG...: one that has everything, and a processor with these flags.
host() {
	rm -rf "$ROOT"
	mkdir -p "$ROOT"/proc "$ROOT/lib/modules/$RELEASE/build" \
		"$ROOT"/sys/module/{udp_tunnel,ip6_udp_tunnel,aesni_intel,pdcp_crypto,pdcp}
	: >"$ROOT/lib/modules/$RELEASE/build/Makefile"
	printf 'flags\t\t: fpu %s\n' "$*" >"$ROOT/proc/cpuinfo"
	printf 'name : nea2\ndriver : nea2-%s\npriority : %s\n\n' generic 100 vaes 400 avx2 300 >"$ROOT/proc/crypto"
}

# said TEXT: what it printed has a line with that.
said() { "$doctor" | grep -q -- "$1"; }

# lacks TEXT: it says that this is missing, and fails.
lacks() { said "missing  .*$1" && ! "$doctor" >"$ktap_dir/out"; }

aes="aes pclmulqdq sse4_1 avx" avx2="avx2 bmi1 bmi2"
avx512="avx512f avx512vl avx512bw avx512dq avx512vbmi avx512_vbmi2 vpclmulqdq gfni"

host "$aes $avx2"
check "a good host has its kernel" said "ok .*Linux 6.12.1"
check "and lacks no module" eval '! said "missing  .*module"'
check "what is registered with the highest priority is used" said "nea2: nea2-vaes"
check "AVX2 is for SNOW 3G and ZUC" said "(aesni), SNOW 3G and ZUC in lanes (avx2)"
host "$aes"
check "not without its bits" said "SNOW 3G and ZUC portable"
host "$aes $avx2 vaes"
check "VAES is for AES" said "AES in lanes (vaes)"
host "$aes $avx2 vaes $avx512"
check "AVX-512 is for all" said "lanes of 512 bits"
host "$aes $avx2 $avx512"
check "not without VAES" said "AES in lanes (aesni), SNOW"
host sse2
check "without AES there is a warning" said "note     no AES"

host "$aes"
rm -r "$ROOT/lib/modules/$RELEASE/build"
check "headers are missed" lacks "headers"
check "and named" said "apt-get install linux-headers-$RELEASE"
rmdir "$ROOT/sys/module/pdcp"
check "so is the module" lacks "module pdcp$"
rmdir "$ROOT/sys/module/udp_tunnel"
check "and what it needs" lacks "module udp_tunnel"
RELEASE=6.1.0-1-amd64
check "another kernel is none" lacks "Linux 6.12: this is 6.1.0-1-amd64"
finish
