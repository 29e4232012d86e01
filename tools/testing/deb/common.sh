# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the tests of the packages: a minimal Debian in which they are installed, used, and
# purged.  It is a layer above one in the cache, in memory, and seen by this script alone.

[ "${deb_unshared-}" ] || deb_unshared=1 exec unshare -m --propagation private bash "$0" "$@"

. "$(dirname "${BASH_SOURCE[0]}")/../ktap.sh"
. "$(dirname "${BASH_SOURCE[0]}")/../../vm/lib.sh"

packages="libpdcp0 libpdcp-dev pdcp-dkms pdcp-tools"
root=$ktap_dir/layers/root

# root_up SUITE
root_up() {
	local base layers=${root%/*}
	base=$("$top/tools/deb/root" "$1") || return
	mkdir "$layers"
	mount -t tmpfs tmpfs "$layers" && at_exit umount -R "$layers"
	mkdir "$layers"/{root,upper,work}
	mount -t overlay -o "lowerdir=$base,upperdir=$layers/upper,workdir=$layers/work" overlay "$root" || return
	mount -t proc proc "$root/proc"
	mount --bind /dev "$root/dev"
	mkdir "$root/packages"
	cp "$top"/build/deb/*.deb "$root/packages/"
}

# inside COMMAND...: in that Debian, whose packages come out of its cache.
inside() {
	chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 \
		DEBIAN_FRONTEND=noninteractive "$@" </dev/null
}

# release: of the kernel whose headers it has.
release() { basename "$root"/lib/modules/*; }

# built MODULE: the file that DKMS made of it.
built() { echo "$root/lib/modules/$(release)/updates/dkms/$1.ko.xz"; }

# for_kernel MODULE...: modprobe finds them, built for that kernel.
for_kernel() {
	local module
	for module; do
		[[ $(inside modinfo -F vermagic -k "$(release)" "$module") == "$(release) "* ]] || return
	done
}

# files: all that there are, but for records of dpkg, apt and logs, and what DKMS signs with.
files() {
	(cd "$root" && find . -xdev \( -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache -o \
		-path ./var/log -o -path './var/lib/dkms/mok.*' -o -path ./packages \) -prune -o \
		! -path ./etc/ld.so.cache -type f -printf '%p %s\n' -o -printf '%p %l\n') | sort
}

# install_packages: as a user would.
install_packages() {
	inside sh -c "apt-get -q -y --no-install-recommends install $(
		printf '/packages/%s_*.deb ' $packages)"
}

purge_packages() {
	# shellcheck disable=SC2086
	inside apt-get -q -y purge $packages && inside apt-get -q -y autoremove --purge
}

# program PAGE: the example of a manual page as a program.
program() {
	local include
	sed -n 's/^\.B \(#include .*\)/\1/p' "$1"
	echo '#include <stdio.h>'
	echo 'int main(void) {'
	sed -n '/^\.SH EXAMPLES/,/^\.fi/ { /^\./d; s/\\\\/\\/g; p }' "$1"
	echo 'return ret; }'
}
