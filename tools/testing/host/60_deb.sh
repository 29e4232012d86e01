#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The packages on Debian 12: installed, built by DKMS, used on its 6.12 kernel, and purged.

. "$(dirname "$0")/../deb/common.sh"
. "$(dirname "$0")/../deb/install.sh"

tools=$top/tools

# completes WANT WORD...: in bash and zsh alike, WANT is among what may follow.
completes() {
	local want=$1 file=$root/usr/share/bash-completion/completions/pdcpctl
	shift
	bash "$tools/testing/completion/complete.bash" "$file" pdcpctl "$@" >"$ktap_dir/bash" || return
	sed "s|\. \"/|. \"$root/|" "$root/usr/share/zsh/vendor-completions/_pdcpctl" >"$ktap_dir/_pdcpctl"
	zsh -f "$tools/testing/completion/complete.zsh" "$ktap_dir/_pdcpctl" pdcpctl "$@" >"$ktap_dir/zsh" &&
		diff <(xargs -n 1 <"$ktap_dir/bash") <(xargs -n 1 <"$ktap_dir/zsh") && grep -qx -e "$want" "$ktap_dir/bash"
}

check "the packages are made" "$tools/deb/build"
installed bookworm

check "objects are completed" completes bearer b
check "commands" completes reestablish bearer re
check "keywords" completes teid-in bearer add drb 1 teid
check "their values" completes am -n other bearer add mode ""
check "roles of a UE" completes gnb ue add role ""
check "files of keys" completes / security add keys ""
check "not what nobody knows" completes "" ue add ue ""

if [ "$(release)" = "$(stock_release)" ]; then
	check "on the stock kernel they hand over" in_guest
else
	skip "on the stock kernel they hand over" "this machine has headers of $(stock_release)"
fi
purged
finish
