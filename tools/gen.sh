#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# Generate policies, operation tables, uapi header and reference page from
# Documentation/netlink/specs/pdcp.yaml, with the generator of the kernel source,
# and the name tables of libpdcp and of the module.
#
#   tools/gen.sh            regenerate in place
#   tools/gen.sh --check    compare with what is committed, exit 1 on a difference
#
# LINUX_SRC names an unpacked kernel source (6.12); without it the tree that
# tools/vm unpacks for its kernels is used.

set -euo pipefail
cd "$(dirname "$0")/.."

spec=Documentation/netlink/specs/pdcp.yaml
src=${LINUX_SRC:-$(tools/vm/kernel source)}
ynl=$src/tools/net/ynl

# The generator looks for its schema beside the spec and walks up to a file
# named MAINTAINERS, for ever if there is none: give it a root of its own.
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root/Documentation/netlink/specs" "$root/out/netlink/uapi/linux" "$root/out/Documentation" \
	"$root/out/tools/libpdcp" "$root/out/pdcp"
touch "$root/MAINTAINERS"
cp "$src/Documentation/netlink/genetlink.yaml" "$root/Documentation/netlink/"
cp "$spec" "$root/Documentation/netlink/specs/"

generate() {
	python3 "$ynl/ynl-gen-c.py" --mode "$1" "--$2" --spec "$spec" -o "out/$3"
}

(
	cd "$root"
	generate uapi header netlink/uapi/linux/pdcp.h
	generate kernel header netlink/netlink-gen.h
	generate kernel source netlink/netlink-gen.c
	python3 "$ynl/ynl-gen-rst.py" -i "$spec" -o out/Documentation/pdcp-netlink.rst
)
for file in names.c names.h; do
	python3 tools/libpdcp/names.py "$spec" $file > "$root/out/tools/libpdcp/$file"
done
for file in names-gen.c names-gen.h; do
	python3 tools/libpdcp/names.py "$spec" $file > "$root/out/pdcp/$file"
done

if [ "${1:-}" = --check ]; then
	status=0
	while read -r file; do
		diff -u "$file" "$root/out/$file" || status=1
	done < <(cd "$root/out" && find . -type f -printf '%P\n')
	exit $status
fi
cp -r "$root/out/." .
