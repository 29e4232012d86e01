#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The commands of Documentation/tutorial.rst, as they are there.

. "$(dirname "$0")/../ktap.sh"

page=/pdcp/Documentation/tutorial.rst

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

# One shell runs them all, as a reader's would; it stops where a command fails.
at_exit eval 'ip netns del ue; ip netns del gnb'
for ((n = 1; ; n++)); do
	[ "$(block $n)" ] || break
	block $n
	echo "echo \"=====$n\""
done >"$ktap_dir/commands"
bash -e "$ktap_dir/commands" >"$ktap_dir/said" 2>&1
sed 's/^/# /' "$ktap_dir/said"
for ((i = 1; i < n; i++)); do
	check "$(section $i), block $i" grep -qx "=====$i" "$ktap_dir/said"
done
check "there are as many blocks as there should be" test $n -gt 10
check "the bearer carries pings" grep -q "^3 packets transmitted, 3 received" "$ktap_dir/said"
check "no ping was lost in the handover" grep -q "250 packets transmitted, 250 received, 0% packet loss" "$ktap_dir/said"
check "the configuration is printed" grep -q "^bearer add drb 1 dev pdcp0 ue 1 set 1 " "$ktap_dir/said"
check "nothing is left" eval '! ip netns list | grep -E "^(ue|gnb)( |$)"'
finish
