#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The packages on Debian 13: installed, built by DKMS with its compiler for its kernel, used on that,
# and purged.

. "$(dirname "$0")/../deb/common.sh"
. "$(dirname "$0")/../deb/install.sh"

# its_kernel: unpacks the image that the headers are for, which is in the cache of packages.
its_kernel() {
	"$top/tools/vm/kernel" image "$root/var/cache/apt/archives/linux-image-$(release)"_*.deb "$ktap_dir/kernel"
}

check "the packages are made" "$top/tools/deb/build"
installed trixie
check "Debian 13 has a kernel" its_kernel
check "on it they hand over" eval 'PDCP_STOCK=$ktap_dir/kernel in_guest'
purged
finish
