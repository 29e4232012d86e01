# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the scripts of this folder: where the tree and the cache are, which
# kernels belong to the installed packages, and the two ways to say something.
#
# Cache: $PDCP_CACHE, by default ~/.cache/pdcp
#   stock-VERSION/          Debian's cloud image, unpacked: vmlinuz, lib/modules/
#   linux-source-VERSION/   the source of the kernels built here and of checkpatch
#   uml-VERSION-CONFIG/     the uml build; CONFIG is a hash of tools/vm/uml.config
#   uml-debug-VERSION-CONFIG/  likewise
#   debug-VERSION-CONFIG/   the debug build, likewise
#   kcsan-VERSION-CONFIG/   the kcsan build, likewise
# Each holds a file .complete once it is whole, except the source, which is
# renamed into place.

vm=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
top=$(realpath "$vm/../..")
cache=${PDCP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/pdcp}

say() { printf 'vm: %s\n' "$*" >&2; }

# The machine failed, not the command in it: status 125, as docker and timeout do.
die() { say "$*"; exit 125; }

# lock NAME: one process at a time past this point, until this shell ends.
lock() {
	local fd
	mkdir -p "$cache"
	exec {fd}>"$cache/$1.lock"
	flock -n "$fd" && return
	say "$1: waiting for another run"
	flock "$fd"
}

# The stock kernel is the one whose headers are installed: its release, as in
# uname -r, and its Debian version.  PDCP_STOCK is the folder of another of Debian's in
# its place, as "kernel image" has unpacked it.
stock_release() {
	[ -z "${PDCP_STOCK-}" ] || { basename "$PDCP_STOCK"/lib/modules/*; return; }
	dpkg-query -W -f '${Depends}\n' linux-headers-6.12-cloud-amd64 |
		sed -n 's/^linux-headers-\(6\.12[^ ]*\) .*/\1/p'
}
stock_version() { dpkg-query -W -f '${Version}\n' linux-headers-6.12-cloud-amd64; }
stock_dir() { echo "${PDCP_STOCK:-$cache/stock-$(stock_version)}"; }
stock_headers() { echo "/usr/src/linux-headers-$(stock_release)"; }

source_version() { dpkg-query -W -f '${Version}\n' linux-source-6.12; }
source_dir() { echo "$cache/linux-source-$(source_version)"; }

# config uml|uml-debug|debug|kcsan: how that kernel is configured; of two lines the later one holds.
config() {
	case $1 in
	kcsan)     cat "$vm/debug.config" "$vm/kcsan.config" ;;
	uml-debug) cat "$vm/uml.config" "$vm/uml-debug.config" ;;
	*)         cat "$vm/$1.config" ;;
	esac
}

# built_dir uml|uml-debug|debug|kcsan: where that build of the source is.
built_dir() {
	local hash
	hash=$(config "$1" | sha256sum)
	echo "$cache/$1-$(source_version)-${hash:0:12}"
}
