#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# The commands of Documentation/topologies.rst, as they are there; and what "topology" refuses.

. "$(dirname "$0")/../page.sh"

page=/pdcp/Documentation/topologies.rst
folder=/pdcp/tools/example/topology

topology() { "$folder/topology" "$@"; }

# What there is of a topology: namespaces and keys.
state() { ip netns list | sort; find /run/pdcp; }

# unchanged COMMAND...: it fails, and the state is what it was.
unchanged() {
	state >"$ktap_dir/before" 2>&1
	! "$@" || return
	state 2>&1 | diff "$ktap_dir/before" -
}

# all COUNT: so many lines say that no ping was lost.
all() { grep -E "^([0-9]+) packets transmitted, \1 received" "$ktap_dir/said" | prints "$1" wc -l; }

for name in one daps ues; do
	at_exit topology down $folder/$name
done
state >"$ktap_dir/clean" 2>&1
page_run true
check "no ping was lost" all 7
check "nor in the handover" grep -q "^250 packets transmitted, 250 received" "$ktap_dir/said"
check "nothing is left" eval 'state 2>&1 | diff "$ktap_dir/clean" -'

cp -r $folder/one "$ktap_dir/broken"
echo "bearer add ue 1 drb 3 set 1 mode am sn 18 leg user" >>"$ktap_dir/broken/gnb.pdcp"
check "one that fails leaves nothing" unchanged topology up "$ktap_dir/broken"
check "nor does one that is no folder" unchanged topology up "$ktap_dir/none"
check "nor one without links" unchanged topology up "$ktap_dir"
check "one goes up again" topology up $folder/one
check "none goes up that has a namespace of it" unchanged topology up $folder/ues
check "with keys for root alone" eval '[ "$(find /run/pdcp/one -type f -perm 600 | wc -l)" = 1 ] &&
	! find /run/pdcp -perm /077 | grep .'
check "it goes down" topology down $folder/one
check "twice" topology down $folder/one
check "nothing is left of that" eval 'state 2>&1 | diff "$ktap_dir/clean" -'
finish
