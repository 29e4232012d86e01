# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034
#
# Sourced by the tests of RRC instead of pdcp.sh, which it sources.  UE 1 and its gNB each have an
# RRC, whose state is a file between one command and the next.  One gNB-CU has all cells, so that
# the gNB's bearers hand over like the UE's: legs of an odd generation take eth1, the others eth0.
#
# SRB1, SRB2; DRB 1 (AM, default) and DRB 2 (UM) go on in a DAPS handover, DRB 3 (AM) and DRB 4
# (UM) wait for random access.

. "$(dirname "${BASH_SOURCE[0]}")/pdcp.sh"

arfcn=632628
kamf=000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f

# state NAME: its file.
state() { echo "$ktap_dir/$1.rrc"; }

# rrc NAME COMMAND ARGUMENT...
rrc() { ctl "$1" rrc "$2" state "$(state "$1")" "${@:3}"; }

# both COMMAND ARGUMENT...: at the gNB, then at the UE.
both() { rrc gnb "$@" && rrc ue "$@"; }

# rrc_is WANT JQ [NAME]: of what rrc show prints, by default at both ends.
rrc_is() {
	local name got
	for name in ${3-ue gnb}; do
		got=$(ctl "$name" -j rrc show state "$(state "$name")" | jq -r ".[0] | $2")
		[ "$got" = "$1" ] || { echo "$2 of $name is $got, not $1"; return 1; }
	done
}

# sets WANT: the security sets that are live, at both ends.
sets() {
	local name got
	for name in ue gnb; do
		got=$(ctl $name -j security show ue 1 | jq -r '[.[].set] | sort | join(" ")')
		[ "$got" = "$1" ] || { echo "sets of $name are $got, not $1"; return 1; }
	done
}

drb_options() {
	case $1 in
	1 | 3) echo "$drb1_options" ;;
	2 | 4) echo "$drb2_options" ;;
	esac
}

# leg_of NAME BEARER GENERATION
leg_of() { gtpu "$1" $((0x100 * $3 + $(teid 1 "$2"))) 4 $(($3 % 2)); }

# kamf_make FILE
kamf_make() { (umask 077 && printf '{"kamf": "%s"}' $kamf >"$1"); }

# rrc_connect: both ends, PCI 1, all bearers on legs of generation 0.
rrc_connect() {
	local name
	generation=0
	kamf_make "$ktap_dir/kamf"
	for name in gnb ue; do
		ctl $name ue add dev pdcp0 ue 1 role $name addr $ue4 &&
			rrc $name connect ue 1 kamf "$ktap_dir/kamf" nas-count "${nas_count=0}" \
				pci 1 arfcn $arfcn nea 2 nia 2 &&
			bearers_add $name 0 || return
	done
}

# bearers_add NAME SET
bearers_add() {
	local drb srb
	# shellcheck disable=SC2046
	for drb in 1 2 3 4; do
		ctl "$1" bearer add ue 1 drb $drb set "$2" $(drb_options $drb) \
			$(leg_of "$1" "drb $drb" $generation) || return
	done
	# shellcheck disable=SC2046
	for srb in 1 2; do
		ctl "$1" bearer add ue 1 srb $srb set "$2" $(leg_of "$1" "srb $srb" $generation) || return
	done
}

rrc_disconnect() {
	local name
	for name in ue gnb; do
		ctl $name ue del ue 1
		rm -f "$(state $name)"
	done
} 2>/dev/null

# legs NAME [DRB=ACTION]...: every bearer with its leg of the next generation.
legs() {
	local name=$1 drb srb word legs=
	shift
	for drb in 1 2 3 4; do
		legs+=" drb $drb"
		for word; do
			[ "${word%=*}" != $drb ] || legs+=" action ${word#*=}"
		done
		legs+=" $(leg_of "$name" "drb $drb" $((generation + 1)))"
	done
	for srb in 1 2; do
		legs+=" srb $srb $(leg_of "$name" "srb $srb" $((generation + 1)))"
	done
	echo "$legs"
}

# handover "ARGUMENT..." [DRB=ACTION]...: commanded at both ends.
handover() {
	local name
	# shellcheck disable=SC2046,SC2086
	for name in gnb ue; do
		rrc $name handover $1 arfcn $arfcn $(legs $name "${@:2}") || return
	done
}

# again NAME "ARGUMENT...": a handover that is commanded at one end alone.
again() {
	# shellcheck disable=SC2046,SC2086
	rrc "$1" handover $2 arfcn $arfcn $(legs "$1")
}

# reestablish "ARGUMENT...": at both ends.
reestablish() {
	local name
	# shellcheck disable=SC2046,SC2086
	for name in gnb ue; do
		rrc $name reestablish $1 arfcn $arfcn $(legs $name) || return
	done
	generation=$((generation + 1))
}

# What follows a handover command that goes well.
arrive() {
	both random-access-ok && both source-release && generation=$((generation + 1))
}

# srbs TAG [ROLE]: a message each way on each SRB.
srbs() {
	local srb name to
	for srb in 1 2; do
		for name in ue gnb; do
			to=gnb
			[ $name = ue ] || to=ue
			# shellcheck disable=SC2086
			ctl $name sdu send ue 1 srb $srb ${2+role $2} "0$srb$1" &&
				wait_until 5 grep -q "\"0$srb$1\"" "$ktap_dir/$to.events" || return
		done
	done
}

# drbs DRB...: pings both ways on each.
drbs() {
	local drb
	for drb; do
		pings ue -c 3 -i 0.2 -m "$drb" $server4 && pings gnb -c 3 -i 0.2 -m "$drb" $ue4 || return
	done
}

# count NAME BEARER [ROLE]: TX_NEXT.
count() {
	# shellcheck disable=SC2086
	value "$1" '."tx-next"' status get ue 1 $2 ${3+role $3}
}

# rrc_up: namespaces, with legs of different delay, and who listens to events.
rrc_up() {
	net_up
	tc -n ue-$$ qdisc add dev eth0 root netem delay 5ms
	tc -n gnb-$$ qdisc add dev eth0 root netem delay 5ms
	monitor_start ue
	monitor_start gnb
}
