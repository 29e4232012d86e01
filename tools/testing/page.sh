# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
#
# Sourced by the tests that run the commands of a page of Documentation, as they are there, instead
# of ktap.sh, which it sources.  "page" is the page's file.

. "$(dirname "${BASH_SOURCE[0]}")/ktap.sh"

# block N: the Nth one that is to be run; nothing if there are not as many.
block() {
	awk -v wanted="$1" '
	/^\.\. code-block:: / { n += ($3 == "sh"); inside = ($3 == "sh" && n == wanted); next }
	/^[^ ]/ { inside = 0 }
	inside { sub(/^   /, ""); print }' "$page"
}

# section N: title that it is below.
section() {
	awk -v wanted="$1" '/^=+$/ { title = last } { last = $0 } $0 == ".. code-block:: sh" && ++n == wanted {
		print title }' "$page"
}

# page_run AFTER: one shell runs all blocks, as a reader's would; it stops where a command fails.  Behind
# each block it says "=====N", and runs what the command AFTER prints, which is given N.
# $ktap_dir/said has all that was said; n is one more than there are blocks.
page_run() {
	local i
	for ((n = 1; ; n++)); do
		[ "$(block $n)" ] || break
		block $n
		echo "echo \"=====$n\""
		"$1" $n
	done >"$ktap_dir/commands"
	bash -e "$ktap_dir/commands" >"$ktap_dir/said" 2>&1
	sed 's/^/# /' "$ktap_dir/said"
	for ((i = 1; i < n; i++)); do
		check "$(section $i), block $i" grep -qx "=====$i" "$ktap_dir/said"
	done
}
