#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# libpdcp as programs see it: headers that stand alone, and a shared library with what they declare
# and nothing else.

. "$(dirname "$0")/../ktap.sh"

top=$(realpath "$(dirname "$0")/../../..")
lib=$top/tools/libpdcp

# declared: functions and tables of the public headers, as the preprocessor leaves them.
declared() {
	echo '#include <libpdcp/pdcp.h>' | gcc -E -P -I"$top/tools" -I"$top/netlink/uapi" - |
		tr '\n' ' ' | sed 's/{[^{}]*}//g; s/;/;\n/g' |
		grep -E '\bpdcp_[a-z0-9_]*(\(|;)' | grep -v typedef |
		sed -nE 's/^[^(]*[ *](pdcp_[a-z0-9_]+)\(.*/\1/p; s/^ *extern const struct pdcp_names (\w+);/\1/p' |
		sort -u
}

exported() { nm -D --defined-only "$lib/libpdcp.so.0" | sed -n 's/.* [TRD] \(.*\)@@LIBPDCP_0$/\1/p' | sort; }

# alone HEADER LANGUAGE
alone() {
	echo "#include <libpdcp/$1>" |
		gcc -x "$2" -Wall -Wextra -Werror -fsyntax-only -I"$top/tools" -I"$top/netlink/uapi" -
}

check "the library is built" make -s -C "$lib"
for header in pdcp bearer event key ledger names rrc; do
	check "$header.h is enough, in C" alone $header.h c
	check "and in C++" alone $header.h c++
done
check "it declares something" eval '[ "$(declared | wc -l)" -gt 90 ]'
check "what is declared is exported, and nothing else" diff <(declared) <(exported)
check "its name is that of its interface" eval 'readelf -d "$lib/libpdcp.so.0" | grep "SONAME.*\[libpdcp.so.0\]"'
check "no text is relocated" eval '! readelf -d "$lib/libpdcp.so.0" | grep TEXTREL'
finish
