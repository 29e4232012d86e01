#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# rrc.sh SEED: what pdcpctl rrc and pdcpctl key derive, after they have ended.  What they still
# need is in their files; the rest is nowhere.
#
# shellcheck disable=SC2046

. "$(dirname "$0")/../rrc.sh"
. "$(dirname "$0")/common.sh"

# Of tree.h; each part of the script derives from a root of its own.
root=1
kamf_make() { "$keyfile" root "$seed" "$root" "$1"; }

# keys WANTED PATH...: arguments of image.
keys() {
	local path
	for path in "${@:2}"; do
		echo "$1 $root/kamf$path"
	done
}

# connected: that has to be the first.
connected() {
	rrc_connect && "$keyfile" wipe "$ktap_dir/kamf" &&
		found 2 $(keys kept "" /kgnb) $(keys live /kgnb/as22) 2 2 $(keys gone /kgnb/nh)
}

tried() {
	handover "daps t304 600000 ncc 2 pci 17 nea 1 nia 1" && srbs a0 target &&
		found 4 $(keys kept "" /kgnb /kgnb/nh/nh /kgnb/nh/nh/17) \
			$(keys live /kgnb/as22) 2 2 $(keys live /kgnb/nh/nh/17/as11) 1 1 \
			$(keys gone /kgnb/nh)
}

fell_back() {
	both t304-expired &&
		found 2 $(keys kept "" /kgnb) $(keys live /kgnb/as22) 2 2 \
			$(keys gone /kgnb/nh /kgnb/nh/nh /kgnb/nh/nh/17 /kgnb/nh/nh/17/as11)
}

moved_over() {
	handover "daps t304 600000 ncc 2 pci 18 nea 3 nia 3" && arrive && drbs 1 2 &&
		found 2 $(keys kept "" /kgnb/nh/nh /kgnb/nh/nh/18) \
			$(keys live /kgnb/nh/nh/18/as33) 3 3 \
			$(keys gone /kgnb /kgnb/as22 /kgnb/nh /kgnb/nh/nh/17 /kgnb/nh/nh/17/as11)
}

# Horizontal, after a shortMAC-I under the key before.
reestablished() {
	rrc ue short-mac-i cell 1 rnti 1 && reestablish "ncc 2 pci 19 nea 1 nia 2" &&
		found 2 $(keys kept "" /kgnb/nh/nh /kgnb/nh/nh/18/19) \
			$(keys live /kgnb/nh/nh/18/19/as12) 1 2 \
			$(keys gone /kgnb /kgnb/nh /kgnb/nh/nh/18 /kgnb/nh/nh/18/as33)
}

released() {
	both release &&
		found 0 $(keys gone "" /kgnb /kgnb/nh /kgnb/nh/nh /kgnb/nh/nh/18/19 \
			/kgnb/nh/nh/18/19/as12)
}

key() { pdcpctl key "$@"; }

# derive FOLDER: one key after the other; the first NH is replaced by the second one.
derive() (
	cd "$1" && kamf_make kamf &&
		key kgnb kamf kamf nas-count 0 to kgnb &&
		key nh kamf kamf sync kgnb to nh && key nh kamf kamf sync nh to nh replace &&
		key kgnb-star base nh pci 17 arfcn $arfcn to star &&
		key alg kgnb star nea 2 nia 3 to as && key fingerprint as && key fingerprint star &&
		key short-mac-i keys as nia 3 pci 17 cell 1 rnti 1
)

wipe() {
	local file
	for file in "$1"/*; do
		"$keyfile" wipe "$file" || return
	done
}

derived() {
	root=2
	mkdir "$ktap_dir/derived" && derive "$ktap_dir/derived" &&
		image $(keys kept "" /kgnb /kgnb/nh/nh /kgnb/nh/nh/17 /kgnb/nh/nh/17/as23) \
			$(keys gone /kgnb/nh)
}

wiped() {
	wipe "$ktap_dir/derived" &&
		image $(keys gone "" /kgnb /kgnb/nh /kgnb/nh/nh /kgnb/nh/nh/17 /kgnb/nh/nh/17/as23)
}

# stopped COMMAND...: stops it for a moment, anywhere: what it has in registers is saved then.
stopped() {
	local pid
	"$@" &
	pid=$!
	sleep "0.0$((RANDOM % 90 + 10))"
	kill -STOP $pid && kill -CONT $pid
	wait $pid
} 2>/dev/null

loop_derived() {
	local root
	key() { stopped pdcpctl key "$@"; }
	for root; do
		mkdir "$ktap_dir/$root" && derive "$ktap_dir/$root" && wipe "$ktap_dir/$root" || return
	done
}

# many_derived ROOT: twelve from that root on, two at a time.
many_derived() {
	local roots
	mapfile -t roots < <(seq "$1" $(($1 + 11)))
	loop_derived "${roots[@]:0:6}" &
	loop_derived "${roots[@]:6}" && wait $! || return
	image $(for root in "${roots[@]}"; do
		keys gone "" /kgnb /kgnb/nh /kgnb/nh/nh /kgnb/nh/nh/17
	done)
}

rrc_up
check "RRC connects: KAMF and KgNB are in its file alone" connected
check "DAPS handover: so are NH and the target's KgNB" tried
check "fallback: the target's keys are gone, and NH" fell_back
check "release of the source: its keys are gone" moved_over
check "re-establishment: so are those of the cell before" reestablished
check "RRC releases: nothing is left" released
check "key derivation: keys are in their files alone" derived
check "once these are overwritten nothing is left" wiped
for first in 10 30 50; do
	check "nor of $first and more that were stopped" many_derived $first
done
finish
