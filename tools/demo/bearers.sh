# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154
#
# Sourced by demo.sh: keys, UEs and bearers of each node, as its RRC would configure them.
#
# UE 1 has SRB1 and DRB 1 (AM), UE 2 has DRB 2 (UM): bearers of a UE share their security
# set, and these two want different algorithms.  Set 0 is gnb-a's, set 1 is gnb-b's.

declare -A algorithms=([1,0]="nea 2 nia 2" [1,1]="nea 1 nia 1" [2,0]="nea 3 nia 3" [2,1]="nea 3 nia 3")
declare -A set_of=([a]=0 [b]=1)

# What the UE keeps is sent again at the switch.  Nothing confirms delivery here, so that the
# limit has to cover what may be under way on the source link, and little more.
drb1="mode am sn 18 integrity on t-reordering 100 status-report on queue-limit 65536 kept-limit 1024"
drb2="mode um sn 12 integrity off t-reordering 100 queue-limit 65536"

# ctl NETNS ARGUMENTS...
ctl() { pdcpctl -n "$@"; }

# key_file UE SET: prints its name.  Keys are fixed, new ones for each run.
key_file() {
	local file=$dir/keys-$1-$2.json key=0 name
	(
		umask 077
		for name in rrc-enc rrc-int up-enc up-int; do
			printf '"%s": "%08x%08x%08x%08x",' $name 0x5eed0000 "$run" "$1$2" $((++key))
		done | sed 's/^/{/; s/,$/}/' >"$file"
	)
	echo "$file"
}

# set_add NETNS UE SET
set_add() {
	# shellcheck disable=SC2086
	ctl "$1" security add ue "$2" set "$3" ${algorithms[$2,$3]} keys "$(key_file "$2" "$3")"
}

# leg NETNS BEARER GNB: the leg of a bearer between the ue and gnb-GNB as NETNS sees it.
# TEIDs are unique in a device, and no two devices use the same one.
leg() {
	local bearer=${2/ /} up down peer
	declare -A number=([srb1]=1 [drb1]=2 [drb2]=3)
	up=$((0x100 * (set_of[$3] + 1) + number[$bearer]))
	down=$((up + 0x1000))
	case $1 in
	ue) peer=gnb-$3; echo "leg gtpu remote ${radio[$peer]} teid-in $down teid-out $up" ;;
	*) peer=ue-$3; echo "leg gtpu remote ${radio[$peer]} teid-in $up teid-out $down" ;;
	esac
}

# bearers_add NETNS GNB [DRB-OPTION...]: both UEs with the set and the legs of gnb-GNB.
bearers_add() {
	local ns=$1 x=$2 set=${set_of[$2]} role=gnb
	shift 2
	[ "$ns" != ue ] || role=ue
	ctl "$ns" ue add ue 1 role $role addr "$ue1"
	ctl "$ns" ue add ue 2 role $role addr "$ue2"
	set_add "$ns" 1 "$set"
	set_add "$ns" 2 "$set"
	# shellcheck disable=SC2046,SC2086
	{
		ctl "$ns" bearer add ue 1 srb 1 set "$set" $(leg "$ns" "srb 1" "$x")
		ctl "$ns" bearer add ue 1 drb 1 set "$set" $drb1 "$@" $(leg "$ns" "drb 1" "$x")
		ctl "$ns" bearer add ue 2 drb 2 set "$set" $drb2 "$@" $(leg "$ns" "drb 2" "$x")
	}
}

bearers_del() {
	ctl "$1" ue del ue 1
	ctl "$1" ue del ue 2
}
