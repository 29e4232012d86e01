# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the test of each release of Debian, after common.sh.

# installed SUITE: the packages are, and what they bring works there.
installed() {
	check "Debian $1" root_up "$1"
	files >"$ktap_dir/before"
	check "the packages are installed" install_packages
	check "DKMS has built the modules for its 6.12" eval 'inside dkms status pdcp | grep ", $(release), x86_64: installed"'
	check "they are for that kernel" for_kernel pdcp_crypto pdcp
	check "the link type loads them" eval 'inside modprobe -n -v -S "$(release)" rtnl-link-pdcp | grep updates/dkms/pdcp.ko'
	check "so does the family" eval 'inside modprobe -n -v -S "$(release)" net-pf-16-proto-16-family-pdcp |
		grep updates/dkms/pdcp.ko'
	check "pdcpctl runs" eval 'inside pdcpctl -V | grep -x "pdcpctl 0.1.0"'
	for page in man8/pdcpctl.8 man4/pdcp.4 man3/libpdcp.3; do
		check "${page#*/} is there" gzip -t "$root/usr/share/man/$page.gz"
	done
	program "$top/tools/libpdcp/libpdcp.3" >"$root/packages/example.c"
	check "the library's example compiles" inside sh -c 'cd /packages && gcc -Wall -Werror -o example \
		$(pkg-config --cflags libpdcp) example.c $(pkg-config --libs libpdcp)'
	check "so does its RRC" inside sh -c 'gcc -Wall -Werror -o /packages/rrc $(pkg-config --cflags libpdcp) \
		/usr/share/doc/libpdcp-dev/examples/rrc.c $(pkg-config --libs libpdcp)'
	check "topologies are there" test -x "$root/usr/share/doc/pdcp-tools/examples/topology/topology" -a \
		-e "$root/usr/share/doc/pdcp-tools/examples/topology/daps/ue.pdcp" -a \
		-x "$root/usr/share/doc/pdcp-tools/examples/topology/daps/handover"
	check "the former runs" eval 'inside /packages/example 2>&1 | grep -E "module|Operation"'
}

# in_guest: the modules that DKMS built, and the package's pdcpctl, on the stock kernel, or that of
# PDCP_STOCK.
in_guest() {
	local module files=(--file "$root/usr/sbin/pdcpctl:/pdcp/packages/pdcpctl")
	for module in pdcp_crypto pdcp; do
		xz -dc "$(built $module)" >"$ktap_dir/$module.ko"
		files+=(--file "$ktap_dir/$module.ko:/pdcp/packages/$module.ko")
	done
	"$top/tools/vm/run" --no-build --no-load "${files[@]}" -- \
		env PATH="/pdcp/packages:$PATH" bash tools/testing/deb/guest.sh
}

# purged: nothing is left.
purged() {
	check "the packages are purged" purge_packages
	files >"$ktap_dir/after"
	check "and leave nothing" diff "$ktap_dir/before" "$ktap_dir/after"
}
