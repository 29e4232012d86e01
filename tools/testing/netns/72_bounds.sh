#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A hostile peer of one bearer costs bounded memory, and other bearers nothing: what it sends is
# stored up to a limit, or dropped and counted, while another bearer goes on.

. "$(dirname "$0")/../pdcp.sh"

flood=$(dirname "$0")/../storm/flood

# At the gNB DRB 1 is attacked, in clear so that anybody can; DRB 2 has another link and its UE.
victim="mode am sn 18 ciphering off upper user"

# victim OPTION...: DRB 1 anew, at the gNB alone; options of its leg at last.
victim() {
	[ "$(ctl gnb -j bearer show ue 1 | jq 'map(select(.type == "drb" and .id == 1)) | length')" = 0 ] ||
		ctl gnb bearer del ue 1 drb 1 || return
	# shellcheck disable=SC2046,SC2086
	ctl gnb bearer add ue 1 drb 1 set 0 $victim $(gtpu gnb 65) "$@"
}
teid=$((0x1000 + 65))

drb() { value gnb "$1" bearer show ue 1 drb 1; }
drb_is() { is "$1" gnb "$2" bearer show ue 1 drb 1; }

# KiB that are there.  What has been freed is so after a grace period.
available() { memory | cut -d ' ' -f 1; }

# under KIND COUNT SIZE: a flood, while the other bearer's pings are all answered.
under() {
	on ue "$flood" "$1" 192.0.2.2 $teid "$2" "$3" &
	pings ue -c 100 -i 0.02 -m 2 $server4 || return
	wait $!
}

# came COUNT: so many PDUs have been dealt with by DRB 1.
came() { drb_is true ".stored + .\"rx-sdus\" + ([.drop[]] | add // 0) >= $1"; }

# lost BEFORE: KiB that the machine had available then and has not now.
lost() { echo $(($1 - $(available))); }

lost_under() { [ "$(lost "$1")" -lt "$2" ]; }

# taken BEFORE LIMIT: what has been lost is less, KiB, as soon as all that was freed is.
taken() {
	local status=0
	wait_until 60 lost_under "$1" "$2" || status=$?
	echo "the machine lost $(lost "$1") KiB"
	return $status
}

# Every COUNT but the first: stored up to the limit, and the rest dropped.
gap() {
	local limit=$1 count=$2 before
	shift 2
	victim "$@" && before=$(available) && under gap "$count" 1000 && wait_until 60 came "$count" &&
		drb_is true ".\"stored-bytes\" <= $limit and .\"stored-bytes\" > $limit - 65536 and .stored > 0" &&
		drb_is "$count" '.stored + .drop."rx-window-full"' &&
		stored_is_seen "$before" $((limit / 1024)) && taken "$before" $((limit / 1024 * 3 / 2 + 8192))
}

# stored_is_seen BEFORE LIMIT: if that is more than the machine's own ups and downs, at least half
# of what the module says that it has stored is lost: so would be what it does not say.
stored_is_seen() {
	local stored
	stored=$(($(drb '."stored-bytes"') / 1024))
	echo "stored $(drb .stored) in $stored KiB"
	[ "$2" -lt 32768 ] || [ "$(lost "$1")" -ge $((stored / 2)) ]
}

# The first one at last: all that was stored is delivered, and counted no longer.
gap_closed() {
	local stored
	stored=$(drb .stored)
	udp 192.0.2.2 "$(gpdu 30 ff "$(printf %08x $teid)" 80000045000014000000004011000000000a2d00020a630001)" &&
		wait_until 20 drb_is "[$((stored + 1)),0,0]" '[."rx-sdus", .stored, ."stored-bytes"] | tojson'
}

same() {
	local before
	victim && before=$(available) && under same 15000 1000 && wait_until 60 came 15000 &&
		drb_is '[1,14999]' '[.stored, .drop."rx-duplicate"] | tojson' && taken "$before" "$memory_slack"
}

# Forged PDUs under integrity: dropped, and their events limited.
forged() {
	local before victim="mode am sn 18 integrity on upper user"
	victim && : >"$ktap_dir/gnb.events" && before=$(available) && under forged 15000 200 && wait_until 60 came 15000 &&
		drb_is '[15000,0]' '[.drop."rx-integrity", ."rx-next"] | tojson' && taken "$before" "$memory_slack" &&
		[ "$(events gnb '.event' | grep -c integrity-ntf)" -le 100 ]
}

# keeps OPTION...: 50 SDUs of DRB 1 that nobody confirms.
keeps() {
	local i
	victim "$@" || return
	for ((i = 0; i < 50; i++)); do
		ctl gnb sdu send ue 1 drb 1 0102030405 || return
	done
	drb_is 50 .kept
}

# Reports of random octets: those beyond TX_NEXT are refused, the others confirm what was sent at most.
reports() {
	local before
	keeps && before=$(available) && under report 10000 1400 && wait_until 60 eval 'drb_is true ".drop.\"rx-status\" > 9500"' &&
		drb_is true '.drop."rx-status" <= 10000 and .kept <= 50 and ."tx-next" == 50' && taken "$before" "$memory_slack"
}

# Delivery status of random SNs, likewise; nothing is confirmed that was not sent.
statuses() {
	local before
	keeps nru on && before=$(available) && under status 20000 0 &&
		wait_until 60 drb_is 20000 '.legs[0]."status-received"' &&
		drb_is true '.kept + .confirmed == 50 and ."tx-next" == 50' && taken "$before" "$memory_slack"
}

# A TEID that nobody has.
unknown() {
	local before teid=$((0x7777)) dropped
	dropped=$(value gnb '.drop."gtpu-teid" // 0' dev show)
	before=$(available)
	under same 15000 1000 && wait_until 60 is $((dropped + 15000)) gnb '.drop."gtpu-teid"' dev show &&
		taken "$before" "$memory_slack"
}

# Nothing is ever confirmed: kept and queued up to their limits, the rest dropped.
unconfirmed() {
	local before
	ctl ue bearer add ue 1 drb 3 set 0 mode am sn 18 kept-limit 2000 queue-limit 500 \
		leg gtpu remote 192.0.2.99 teid-in 0x9999 teid-out 0x9999 nru on || return
	before=$(available)
	on ue "$flood" sdus $server4 3 10000 1000 &
	pings ue -c 100 -i 0.02 -m 2 $server4 && wait $! &&
		is '[2000,500,7500]' ue '[.kept, .queued, .drop."tx-queue-full"] | tojson' bearer show ue 1 drb 3 &&
		taken "$before" 16384
}

# A UE whose tunnel leads through itself: what it sends ends somewhere, and is counted.
itself() {
	ctl ue ue add ue 2 role ue addr 10.45.0.3 && ctl ue security add ue 2 set 0 nea 2 nia 2 keys "$(key_file 7)" &&
		ctl ue bearer add ue 2 drb 1 set 0 mode um sn 18 default leg gtpu remote 10.99.0.8 local 10.45.0.3 \
			teid-in 0x8888 teid-out 0x8888 &&
		nsip ue addr add 10.45.0.3/32 dev pdcp0 && nsip ue route add 10.99.0.8 dev pdcp0 src 10.45.0.3 || return
	! on ue ping -q -c 20 -i 0.01 -W 0.1 -I 10.45.0.3 10.99.0.8 || return
	ctl ue bearer show ue 2 drb 1
	is true ue '[.drop[]] | add >= 20' bearer show ue 2 drb 1 && ctl ue ue del ue 2
}

# A UE that sends packets for the gNB's tunnels: they do not come from where the tunnels lead to.
nested() {
	victim && printf "$(octets "$(gpdu 30 ff "$(printf %08x $teid)" "80000145000014000000004011000000000a2d00020a630001")")" \
		>"$ktap_dir/datagram" || return
	on ue bash -c "for i in {1..20}; do cat '$ktap_dir/datagram' >/dev/udp/$server4/2152; done" &&
		wait_until 10 drb_is '[0,0,20]' '[.stored, ."rx-sdus", .drop."rx-remote"] | tojson'
}

net_up
monitor_start gnb
monitor_start ue
ue_add 1 $ue4
set_add 1 0 2 2
for name in ue gnb; do
	# shellcheck disable=SC2046
	check "another bearer ($name)" ctl $name bearer add ue 1 drb 2 set 0 mode am sn 18 integrity on default \
		$(gtpu $name "$(teid 1 "drb 2")" 4 1)
done
nsip ue neigh add 192.0.2.99 dev eth0 lladdr "$(nsip gnb -j link show eth0 | jq -r '.[0].address')"

# measured DESCRIPTION COMMAND...: what it says is worth reading when it was right, too.
measured() {
	check "$@"
	grep -E '^(gap|same|forged|report|status|sdus|stored|the machine)' "$ktap_dir/output" | sed 's/^/# /'
}

# A flood would be lost on the link until its peer's address is resolved.
check "a link that is up" pings ue -c 1 192.0.2.2
measured "every COUNT but the first: memory up to window-limit" gap $((4 << 20)) 30000 window-limit $((4 << 20))
check "the first one at last delivers what was stored" gap_closed
measured "every COUNT but the first: 64 MiB if nothing else is said" gap $((64 << 20)) 40000
measured "one PDU again and again" same
measured "forged PDUs" forged
measured "forged status reports" reports
measured "forged delivery status" statuses
measured "a TEID that nobody has" unknown
measured "nothing is ever confirmed" unconfirmed
check "a tunnel through itself" itself
check "packets of a UE for tunnels of its gNB" nested
check "the other bearer has dropped nothing" is '[{},{}]' gnb '[.drop, .drop] | tojson' bearer show ue 1 drb 2
finish
