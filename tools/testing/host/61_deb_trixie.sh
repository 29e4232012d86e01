#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The packages on Debian 13: installed, built by DKMS with its compiler for its kernel, and purged.

. "$(dirname "$0")/../deb/common.sh"
. "$(dirname "$0")/../deb/install.sh"

check "the packages are made" "$top/tools/deb/build"
installed trixie
purged
finish
