#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Nobody without CAP_NET_ADMIN gets anything from the family, not even to read.

. "$(dirname "$0")/../pdcp.sh"

# denied WHO ARGUMENT...: pdcpctl, run by ${as[@]}, in the namespace.
denied() {
	local description=$1
	shift
	refuse "$description: $1 $2" "[Nn]ot permitted" "${as[@]}" pdcpctl "$@"
}

deny_all() {
	denied "$1" dev show
	denied "$1" dev set dev pdcp0 port 2153
	denied "$1" ue add dev pdcp0 ue 9
	denied "$1" ue show dev pdcp0 ue 1
	denied "$1" ue del dev pdcp0 ue 1
	denied "$1" security add dev pdcp0 ue 1 set 1 nea 0 nia 0
	denied "$1" security show dev pdcp0 ue 1
	denied "$1" security del dev pdcp0 ue 1 set 0
	denied "$1" ledger show dev pdcp0 ue 1
	denied "$1" bearer add dev pdcp0 ue 1 drb 2 set 0 mode um sn 12 leg user
	denied "$1" bearer show dev pdcp0 ue 1
	denied "$1" bearer set dev pdcp0 ue 1 drb 1 t-reordering 100
	denied "$1" bearer del dev pdcp0 ue 1 drb 1
	denied "$1" bearer reestablish dev pdcp0 ue 1 set 0 drb 1 leg user
	denied "$1" bearer recover dev pdcp0 ue 1 drb 1
	denied "$1" bearer suspend dev pdcp0 ue 1
	denied "$1" bearer resume dev pdcp0 ue 1
	denied "$1" daps start dev pdcp0 ue 1 set 0 drb 1 leg user
	denied "$1" daps switch dev pdcp0 ue 1
	denied "$1" daps release dev pdcp0 ue 1
	denied "$1" daps fallback dev pdcp0 ue 1
	denied "$1" daps source-failed dev pdcp0 ue 1
	denied "$1" daps abort dev pdcp0 ue 1
	denied "$1" status get dev pdcp0 ue 1 drb 1
	denied "$1" status set dev pdcp0 ue 1 drb 1 tx-next 7
	denied "$1" sdu send dev pdcp0 ue 1 drb 1 1234
	denied "$1" pdu input dev pdcp0 ue 1 drb 1 1234
	denied "$1" monitor dev pdcp0
}

everything() {
	ctl ue -j ue show
	ctl ue -j security show
	ctl ue -j bearer show
}

user_up
user_ues
user_set 0 0 0
user_bearer "drb 1" 0 mode am sn 18 upper user
shown=$(everything)

as=(ip netns exec "ue-$$" setpriv --reuid 65534 --regid 65534 --clear-groups)
deny_all nobody
as=(ip netns exec "ue-$$" setpriv --bounding-set -net_admin)
deny_all "root without CAP_NET_ADMIN"
# Root of a user namespace, which owns a network namespace of its own, but not this one.
as=(ip netns exec "ue-$$" setpriv --reuid 65534 --regid 65534 --clear-groups unshare -Ur)
denied "root of a user namespace" ue show dev pdcp0
denied "root of a user namespace" ue del dev pdcp0 ue 1
denied "root of a user namespace" security add dev pdcp0 ue 1 set 1 nea 0 nia 0
check "nothing has changed" [ "$shown" = "$(everything)" ]
check "CAP_NET_ADMIN alone is enough" ip netns exec "ue-$$" setpriv --bounding-set -all,+net_admin \
	pdcpctl ue show dev pdcp0 ue 1
check "also to install a set" ip netns exec "ue-$$" setpriv --bounding-set -all,+net_admin \
	pdcpctl security add dev pdcp0 ue 1 set 1 nea 0 nia 0
finish
