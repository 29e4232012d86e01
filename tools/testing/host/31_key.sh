#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# pdcpctl key, which needs no module: what it derives, what its files are like, what it refuses,
# and that nothing it prints, and nothing that is left of it, holds a key.

. "$(dirname "$0")/../ktap.sh"

tools=$(realpath "$(dirname "$0")/../..")
make -s -C "$tools/pdcpctl" || exit
PATH=$tools/pdcpctl:$PATH
cd "$ktap_dir" || exit
umask 077

kamf=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f
printf '{"kamf": "%s"}' $kamf >kamf

# key ARGUMENT...: what is printed is kept, to be searched for keys.
key() { pdcpctl key "$@" 2>&1 | tee -a printed; return "${PIPESTATUS[0]}"; }

# member FILE NAME
member() { sed -n 's/.*"'"$2"'": *"\{0,1\}\([0-9a-f]*\).*/\1/p' "$1"; }

# Known answers of the chain from this KAMF.
check "KgNB" key kgnb kamf kamf nas-count 0 to kgnb
expect "is that of A.9" aa46103135a4c5028c5799ff45e072b217ad1d2a25faa1f4ba898105e96ce664 \
	member kgnb kgnb
check "the first NH" key nh kamf kamf sync kgnb to nh1
expect "is that of A.10" d4e1fe397fec9676472dbfb8bf11646e3594185e1bdd8da39d368a11ae433739 member nh1 nh
check "the second NH" key nh kamf kamf sync nh1 to nh2
expect "comes from the first" 8965e7d9391b34c84faf8b0df1370db21abcbd3c7d4fd571ca9d94a38331a835 \
	member nh2 nh
expect "and has NCC 2" 2 member nh2 ncc
check "a horizontal K_NG-RAN*" key kgnb-star base kgnb pci 17 arfcn 632628 to star
expect "is that of A.11" 450f11756e04554a604e0492049c277d443daf13a85eb991bb9735bee5ab5d3d \
	member star kgnb-star
check "a vertical one" key kgnb-star base nh2 pci 17 arfcn 632628 to vertical
expect "comes from NH" d4b2b6cb151d6a8b35fe9e0b826f692e89186118163b17d05d4d61369786818a \
	member vertical kgnb-star
expect "and has its NCC" 2 member vertical ncc
check "one of an ng-eNB" key kgnb-star base kgnb pci 17 arfcn 1850 ng-enb to eutra
expect "is that of A.12" c1b6243357785e0077c076e0cf7de8e2deb9fb2b62a9378bf5eb460500c10146 \
	member eutra kgnb-star
check "AS keys" key alg kgnb star nea 2 nia 2 to keys
expect "are the last 16 octets: KUPenc" be3fd9b12943414dd527a1c0304dac92 member keys up-enc
expect "and KRRCint" 0f23236f4b275ef99c286edc7bd82c7d member keys rrc-int
expect "files are their owner's" 600 stat -c %a keys
expect "a fingerprint does not depend on the file" "$(pdcpctl -j key fingerprint star | tr -d '\n')" \
	bash -c 'cat star >copy; pdcpctl -j key fingerprint copy | sed s/copy/star/'

before=$(<keys)
refuse "nothing is overwritten" "keys\" is there already" key alg kgnb star nea 1 nia 1 to keys
expect "and nothing was" "$before" cat keys
ln keys old
check "unless that is asked for" key alg kgnb star nea 1 nia 1 to keys replace
check "then it is another file" eval '! [ keys -ef old ]'
expect "and what the old one held is erased" "" eval "tr -d '\\0' <old"
refuse "keys are not printed" "not printed" key kgnb kamf kamf nas-count 0 to -

chmod 640 kgnb
refuse "a file open to others" "open to others" key alg kgnb kgnb nea 2 nia 2 to other
chmod 600 kgnb
refuse "a KAMF where a KgNB belongs" "kgnb or kgnb-star" key alg kgnb kamf nea 2 nia 2 to other
refuse "a derived KgNB where the first one belongs" "kgnb or nh" key nh kamf kamf sync star to other
refuse "an NCC that cannot be" "0 to 7" eval "sed s/2/8/ nh2 >bad; sed 's/\"ncc\":./\"ncc\":8/' nh2 >bad
	key kgnb-star base bad pci 1 arfcn 1 to other"
refuse "PCI 1008" "0 to 1007" key kgnb-star base kgnb pci 1008 arfcn 1 to other
refuse "ARFCN 3279166" "0 to 3279165" key kgnb-star base kgnb pci 1 arfcn 3279166 to other
refuse "an EARFCN above 262143" "0 to 262143" \
	key kgnb-star base kgnb pci 1 arfcn 262144 ng-enb to other
refuse "NEA4" "0 to 3" key alg kgnb star nea 4 nia 2 to other
refuse "a key that is too short" "64 hex" eval "echo '{\"kamf\": \"${kamf:2}\"}' >bad
	key kgnb kamf bad nas-count 0 to other"
refuse "a file with more than a key" "one key" eval "echo '{\"kamf\": \"$kamf\", \"k\": 1}' >bad
	key kgnb kamf bad nas-count 0 to other"
refuse "a folder that is not there" "No such file" key kgnb kamf kamf nas-count 0 to none/kgnb
check "no refusal leaves a file" eval "! ls | grep -E '^other|\.......$'"

# octets FILE...: what of keys is in the files, in lower case digits or octets.
octets() {
	local value file
	for value in $(cat kamf kgnb nh1 nh2 star vertical eutra keys | grep -o '[0-9a-f]\{32,\}'); do
		for file; do
			! grep -qi "${value:0:16}" "$file" || echo "$file has $value"
			! LC_ALL=C grep -qaP "$(sed 's/../\\x&/g' <<<"${value:0:16}")" "$file" || echo "$file holds $value"
		done
	done
}

check "the search finds what is there" eval '[ "$(octets keys | wc -l)" = 4 ]'
expect "nothing printed holds a key" "" octets printed

# A process that waits for the rest of its keys on a pipe.
mkfifo pipe
pdcpctl key fingerprint - <pipe >fingerprint &
waiting=$!
exec 3>pipe
cat kamf >&3
check "its memory is locked" wait_until 10 grep -q "VmLck:.*[1-9].* kB" "/proc/$waiting/status"
tr '\0' ' ' <"/proc/$waiting/cmdline" >cmdline
tr '\0' '\n' <"/proc/$waiting/environ" >environ
expect "its command line and environment hold no key" "" octets cmdline environ
exec 3>&-
check "and it ends well" wait "$waiting"
expect "with a fingerprint" "$(pdcpctl key fingerprint kamf | sed 's/^[^ ]*//')" sed 's/^[^ ]*//' fingerprint

# dumped COMMAND...: whether it leaves a core file when it fails while it waits for its input.
dumped() {
	(
		ulimit -c unlimited
		exec 2>dumped
		"$@" <pipe >/dev/null &
		exec 3>pipe
		cat kamf >&3
		wait_until 10 grep -q 'State:.S' "/proc/$!/status"
		[ "$1" != pdcpctl ] || wait_until 10 grep -q "VmLck:.*[1-9].* kB" "/proc/$!/status"
		kill -SEGV $!
		wait $!
	)
	grep -q 'core dumped' dumped
}

if dumped cat; then
	check "nothing is dumped" eval '! dumped pdcpctl key fingerprint -'
else
	skip "nothing is dumped" "this machine dumps nothing"
fi
finish
