#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The specification of the family with the Python client that comes with Linux, as a second client.

. "$(dirname "$0")/../ktap.sh"
. "$(dirname "$0")/../../vm/lib.sh"

spec=$top/Documentation/netlink/specs/pdcp.yaml
"$vm/packages" ynl || skip_all "no Python"
source=$("$vm/kernel" source) || skip_all "no kernel source"

# Debian's Python, with Debian's modules, whichever others there are.

# conforms: to the schema of generic netlink specifications.
conforms() {
	/usr/bin/python3 - "$spec" "$source/Documentation/netlink/genetlink.yaml" <<-END
	import sys, yaml, jsonschema
	jsonschema.validate(*(yaml.safe_load(open(name)) for name in sys.argv[1:]))
	END
}

# stage: Python with its library and the client, for the guest.
stage() {
	local lib
	lib=$(/usr/bin/python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))') &&
		mkdir -p "$ktap_dir$lib" "$ktap_dir/ynl" &&
		tar -C "$lib" --exclude=test --exclude=__pycache__ --exclude='config-*' --exclude=idlelib \
			--exclude=lib2to3 --exclude=ensurepip -chf - . | tar -C "$ktap_dir$lib" -xf - &&
		cp -r "$(/usr/bin/python3 -c 'import os, yaml; print(os.path.dirname(yaml.__file__))')" "$ktap_dir$lib/" &&
		cp -r "$source/tools/net/ynl/cli.py" "$source/tools/net/ynl/lib" "$spec" "$ktap_dir/ynl/"
}

in_guest() {
	"$vm/run" --kernel uml --file "$(realpath /usr/bin/python3):/usr/local/bin/python3" \
		--file "$ktap_dir/usr/lib/:/usr/" --file "$ktap_dir/ynl:/ynl" -- bash tools/testing/ynl/guest.sh
}

check "the specification conforms to the schema" conforms
check "the client is there" stage
check "it configures, and reads, what pdcpctl does" in_guest
finish
