# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Sourced by the namespace tests instead of ktap.sh, which it sources: two namespaces with a
# pdcp device each, and short ways to configure them and to ask them.
#
#	ue                                    gnb
#	pdcp0  role ue                        pdcp0  role gnb
#	       10.45.0.2, fd45::2 ...                10.99.0.1, fd99::1 on lo
#	eth0   192.0.2.1, 2001:db8:a::1    =  eth0   192.0.2.2, 2001:db8:a::2
#	eth1   198.51.100.1, 2001:db8:b::1 =  eth1   198.51.100.2, 2001:db8:b::2
#
# Tests that hand over have a second gNB on the right side: device pdcp1, UDP port 2153.

. "$(dirname "${BASH_SOURCE[0]}")/ktap.sh"

ue4=10.45.0.2 ue6=fd45::2
server4=10.99.0.1 server6=fd99::1
at_exit eval 'jobs -p | xargs -r kill'

# nsip NAME ARGUMENT...
nsip() {
	local name=$1
	shift
	ip -n "$name-$$" "$@"
}

# ctl NAME ARGUMENT...
ctl() {
	local name=$1
	shift
	pdcpctl -n "$name-$$" "$@"
}

# The namespaces, links and devices of the picture, all up.  What a held bearer sends at once
# must not overflow the queues on its way.
net_up() {
	local name
	echo 100000 >/proc/sys/net/core/netdev_max_backlog
	netns ue gnb
	link ue eth0 gnb eth0
	link ue eth1 gnb eth1
	nsip ue -batch - <<-END
	addr add 192.0.2.1/24 dev eth0
	addr add 2001:db8:a::1/64 dev eth0 nodad
	addr add 198.51.100.1/24 dev eth1
	addr add 2001:db8:b::1/64 dev eth1 nodad
	link add pdcp0 type pdcp
	addr add $ue4/32 dev pdcp0
	addr add $ue6/128 dev pdcp0 nodad
	link set pdcp0 up
	route add $server4 dev pdcp0 src $ue4
	route add $server6 dev pdcp0 src $ue6
	END
	nsip gnb -batch - <<-END
	addr add 192.0.2.2/24 dev eth0
	addr add 2001:db8:a::2/64 dev eth0 nodad
	addr add 198.51.100.2/24 dev eth1
	addr add 2001:db8:b::2/64 dev eth1 nodad
	addr add $server4/32 dev lo
	addr add $server6/128 dev lo nodad
	link add pdcp0 type pdcp
	link set pdcp0 up
	END
	path_to pdcp0
	# A wire keeps order; veth receives on whichever CPU sent, unless told which to use.
	# Sockets of a ping each, or every one would have to hold the replies to all.
	for name in ue gnb; do
		on $name bash -c 'echo 1 | tee /sys/class/net/eth?/queues/rx-0/rps_cpus >/dev/null
			echo 0 2147483647 >/proc/sys/net/ipv4/ping_group_range'
	done
}

# path_to DEVICE: the gNB's device through which the server reaches the UEs.
path_to() {
	nsip gnb -batch - <<-END
	route replace 10.45.0.0/16 dev $1 src $server4
	route replace fd45::/64 dev $1 src $server6
	END
}

# key_file SET: four keys, others for each set; prints the file's name.
key_file() {
	local file=$ktap_dir/keys-$1 key=0 name
	(
		umask 077
		for name in rrc-enc rrc-int up-enc up-int; do
			printf ',"%s":"%016x%016x"' $name $((0x0123456789abcdef + $1)) $((++key))
		done | sed 's/^,/{/; s/$/}/' >"$file"
	)
	echo "$file"
}

# ue_add UE ADDRESS...: at both ends.
ue_add() {
	local id=$1 address options=()
	shift
	for address; do
		options+=(addr "$address")
	done
	ctl ue ue add dev pdcp0 ue "$id" role ue "${options[@]}" &&
		ctl gnb ue add dev pdcp0 ue "$id" role gnb "${options[@]}"
}

ue_del() {
	ctl ue ue del dev pdcp0 ue "$1" &&
		ctl gnb ue del dev pdcp0 ue "$1"
}

# set_add UE SET NEA NIA: at both ends.
set_add() {
	local name
	for name in ue gnb; do
		ctl $name security add dev pdcp0 ue "$1" set "$2" nea "$3" nia "$4" \
			keys "$(key_file "$2")" || return
	done
}

# gtpu ue|gnb TEID [4|6] [0|1]: options of a GTP-U leg.
gtpu() {
	local remote teid_in=$((0x2000 + $2)) teid_out=$((0x1000 + $2))
	case $1${3-4}${4-0} in
	ue40) remote=192.0.2.2 ;;
	ue41) remote=198.51.100.2 ;;
	ue60) remote=2001:db8:a::2 ;;
	ue61) remote=2001:db8:b::2 ;;
	gnb40) remote=192.0.2.1 ;;
	gnb41) remote=198.51.100.1 ;;
	gnb60) remote=2001:db8:a::1 ;;
	gnb61) remote=2001:db8:b::1 ;;
	esac
	case $1 in
	ue) echo "leg gtpu remote $remote teid-in $teid_in teid-out $teid_out" ;;
	gnb) echo "leg gtpu remote $remote teid-in $teid_out teid-out $teid_in" ;;
	esac
}

# teid UE BEARER: a number for each bearer.
teid() {
	case $2 in
	srb*) echo $((0x40 * $1 + 0x20 + ${2#srb })) ;;
	drb*) echo $((0x40 * $1 + ${2#drb })) ;;
	esac
}

# bearer_add UE "drb N"|"srb N" SET FAMILY OPTION...: at both ends, over eth0.
bearer_add() {
	local id=$1 bearer=$2 set=$3 family=$4 name
	shift 4
	for name in ue gnb; do
		# shellcheck disable=SC2046,SC2086
		ctl $name bearer add dev pdcp0 ue "$id" $bearer set "$set" "$@" \
			$(gtpu $name "$(teid "$id" "$bearer")" "$family") || return
	done
}

# legs_add UE "drb N"|"srb N" SET LEG-OPTIONS OPTION...: at both ends, with a primary leg over
# eth0 and a secondary one over eth1.
legs_add() {
	local id=$1 bearer=$2 set=$3 leg=$4 name number
	shift 4
	number=$(teid "$id" "$bearer")
	for name in ue gnb; do
		# shellcheck disable=SC2046,SC2086
		ctl $name bearer add dev pdcp0 ue "$id" $bearer set "$set" "$@" \
			$(gtpu $name "$number" 4 0) $leg $(gtpu $name $((0x800 + number)) 4 1) $leg ||
			return
	done
}

# link_netem LINK [NETEM...]: both ways; without, a wire again.
link_netem() {
	local link=$1 name
	shift
	for name in ue gnb; do
		if [ $# -gt 0 ]; then
			tc -n "$name-$$" qdisc replace dev "eth$link" root netem "$@" || return
		else
			tc -n "$name-$$" qdisc replace dev "eth$link" root noqueue || return
		fi
	done
}

# value NAME JQ ARGUMENT...: JQ of the first object that pdcpctl shows.
value() {
	local name=$1 expression=$2
	shift 2
	ctl "$name" -j "$@" | jq -r ".[0] | $expression"
}

# is WANT NAME JQ ARGUMENT...
is() {
	local want=$1 got
	shift
	got=$(value "$@")
	[ "$got" = "$want" ] || { echo "$* is $got, not $want"; return 1; }
}

# pings NAME ARGUMENT...: all are answered, of which ping's status says nothing.
pings() {
	local name=$1 said
	shift
	said=$(on "$name" ping -q -W 5 "$@")
	[[ $said == *" 0% packet loss"* ]] || { echo "$said"; return 1; }
}

# refused PATTERN COMMAND...: inside another check; see refuse.
refused() {
	local pattern=$1 said
	shift
	! said=$("$@" 2>&1) || { echo "accepted: $*"; return 1; }
	[[ $said =~ $pattern ]] || { echo "$* said: $said"; return 1; }
}

# monitor_start NAME: what pdcpctl monitor says there goes to $ktap_dir/NAME.events.
monitor_start() {
	pdcpctl -n "$1-$$" -j monitor >"$ktap_dir/$1.events" &
	wait_until 10 eval "ip netns exec $1-$$ ss -Hf netlink | grep -q pdcpctl"
}

# events NAME JQ: the expression's results for all events so far, one a line.
events() { jq -r "$2" "$ktap_dir/$1.events"; }

# objects: "KIND CREATED ALIVE" for each kind of object that the module has created since the
# script began, by the debug messages in its log.
objects() {
	dmesg | awk -v mark="pdcp.sh $$" '
	index($0, mark) { split("", created); split("", alive) }
	/ (created|destroyed)$/ && match($0, /(device|UE|security set|entity|leg) /) {
		kind = substr($0, RSTART, RLENGTH - 1)
		if (/created$/) {
			created[kind]++
			alive[kind]++
		} else {
			alive[kind]--
		}
	}
	END {
		for (kind in alive)
			print kind, created[kind] + 0, alive[kind]
	}'
}

# remembers: the kernel has debug messages, and its log still holds those since the script began.
remembers() {
	[ -e /sys/kernel/debug/dynamic_debug/control ] && dmesg | grep -q "pdcp.sh $$"
}

# none_left KIND...: objects of each KIND were created, and within 10 seconds, for some wait
# for packets and all for a grace period, none of any kind is alive.
none_left() {
	local kind
	wait_until 10 eval '! objects | grep -qv " 0$"'
	objects
	for kind; do
		objects | grep -q "^$kind [1-9][0-9]* 0\$" || return
	done
	! objects | grep -v ' 0$'
}
# What the script before this one had is to be gone, or its end would be counted as ours.
wait_until 10 eval '! objects | grep -qv " 0$"'
echo "pdcp.sh $$" >/dev/kmsg

# memory: KiB that are there, and KiB of the kernel's own objects.  Free pages that a processor keeps
# at hand are there, too: an eighth of the memory may be such, and MemAvailable is without them.
memory() {
	awk '
	/^MemAvailable/ { available = $2 }
	/^SUnreclaim/ { slab = $2 }
	/^ +count:/ { kept += $2 }
	/^KernelPageSize/ { page = $2 }
	END { print available + kept * page, slab }' /proc/meminfo /proc/zoneinfo /proc/self/smaps
}

# KiB that may be missing at the end of a test.  KASAN keeps up to a 32nd of the memory back before it
# is free; what is lost there is for kmemleak to find.
memory_slack=8192
[ ! -e /sys/kernel/debug/kmemleak ] ||
	memory_slack=$((memory_slack + $(awk '/^MemTotal/ { print int($2 / 32) }' /proc/meminfo)))

# as_before AVAILABLE SLAB: no more than that is missing since that was what "memory" printed.
as_before() {
	local available slab
	read -r available slab < <(memory)
	echo "$1 KiB available, then $available; SUnreclaim $2 KiB, then $slab"
	[ "$available" -gt $(($1 - memory_slack)) ] && [ "$slab" -lt $(($2 + memory_slack)) ]
}

# octets HEX: as printf's escapes.
octets() { sed 's/../\\x&/g' <<<"$1"; }

# udp ADDRESS HEX: one datagram from the UE's namespace to the gNB's GTP-U port.  bash itself
# would begin another one after each octet 0a.
udp() {
	# shellcheck disable=SC2059
	printf "$(octets "$2")" >"$ktap_dir/datagram"
	on ue bash -c "cat '$ktap_dir/datagram' >/dev/udp/$1/2152"
}

# gpdu FLAGS TYPE TEID REST: the GTP-U message with its length.
gpdu() { printf '%s%s%04x%s%s' "$1" "$2" $((${#4} / 2)) "$3" "$4"; }

# Both ends in one device --------------------------------------------------------
#
# UE 1 is the UE and UE 2 its gNB.  Their legs are in user space: each test carries the PDUs.

# user_up: namespace ue with a device; its events go to $ktap_dir/ue.events.
user_up() {
	netns ue
	nsip ue link add pdcp0 type pdcp
	nsip ue link set pdcp0 up
	monitor_start ue
}

# user_ues [OPTION...]: both, without sets and bearers.
user_ues() {
	ctl ue ue add ue 1 role ue "$@" && ctl ue ue add ue 2 role gnb "$@"
}

# user_set SET NEA NIA
user_set() {
	local id
	for id in 1 2; do
		ctl ue security add ue $id set "$1" nea "$2" nia "$3" keys "$(key_file "$1")" || return
	done
}

# user_bearer "drb N"|"srb N" SET OPTION...
user_bearer() {
	local id
	for id in 1 2; do
		# shellcheck disable=SC2086
		ctl ue bearer add ue $id $1 set "$2" "${@:3}" leg user || return
	done
}

# user_del
user_del() {
	ctl ue ue del ue 1
	ctl ue ue del ue 2
} 2>/dev/null

# sent UE BEARER OCTETS: sends an SDU and prints the PDU that it became.
sent() {
	local events
	events=$(wc -l <"$ktap_dir/ue.events")
	# shellcheck disable=SC2086
	ctl ue sdu send ue "$1" $2 "$3" && wait_until 5 told "$events" pdu-ntf || return
	tail -n +$((events + 1)) "$ktap_dir/ue.events" | jq -r 'select(.event == "pdu-ntf") | .pdu'
}

# told EVENTS NAME: an event of that name has come after so many.
told() { tail -n +$(($1 + 1)) "$ktap_dir/ue.events" | grep -q "\"$2\""; }

# takes UE BEARER PDU: gives the PDU to that bearer and prints the SDU that it delivers.
takes() {
	local events
	events=$(wc -l <"$ktap_dir/ue.events")
	# shellcheck disable=SC2086
	ctl ue pdu input ue "$1" $2 "$3" && wait_until 5 told "$events" sdu-ntf || return
	tail -n +$((events + 1)) "$ktap_dir/ue.events" | jq -r 'select(.event == "sdu-ntf") | .sdu'
}

# delivers UE BEARER PDU SDU: and no other.
delivers() {
	local sdu
	sdu=$(takes "$1" "$2" "$3") || { echo "$2 delivers nothing"; return 1; }
	[ "$sdu" = "$4" ] || { echo "$2 delivers $sdu, not $4"; return 1; }
}

# drops UE BEARER PDU REASON: counted once, nothing delivered, no variable changed.
drops() {
	local before after
	# shellcheck disable=SC2086
	before=$(ctl ue -j bearer show ue "$1" $2)
	# shellcheck disable=SC2086
	ctl ue pdu input ue "$1" $2 "$3" || return
	# shellcheck disable=SC2086
	after=$(ctl ue -j bearer show ue "$1" $2)
	jq -e -n --argjson before "$before" --argjson after "$after" --arg reason "$4" '
		def rest: .[0] | del(.drop, .legs);
		($before | rest) == ($after | rest) and
		$after[0].drop == (($before[0].drop // {}) | .[$reason] += 1)' ||
		{ echo "before $before"; echo "after $after"; return 1; }
}

# flip OCTETS N: with the lowest bit of octet N flipped; the last one is -1.
flip() {
	local at=$((2 * $2)) octet
	[ $at -ge 0 ] || at=$((${#1} + at))
	printf -v octet %02x $((0x${1:at:2} ^ 1))
	echo "${1:0:at}$octet${1:at + 2}"
}

# Handover ---------------------------------------------------------------------

# Nothing is lost while packets are under way for less than that, ms.  On kernels that watch, it can
# be seconds.
t_reordering=200
[ ! -e /sys/kernel/debug/kmemleak ] && [ ! -e /sys/kernel/debug/kcsan ] || t_reordering=3000

drb1_options="mode am sn 18 integrity on t-reordering $t_reordering status-report on queue-limit 8192 kept-limit 2048"
drb2_options="mode um sn 12 t-reordering $t_reordering queue-limit 8192"

# gnb2_up: the second gNB's device.
gnb2_up() {
	nsip gnb link add pdcp1 type pdcp
	ctl gnb dev set dev pdcp1 port 2153
	nsip gnb link set pdcp1 up
}

# UE 1 with DRB 1 (AM), DRB 2 (UM), SRB1 and set 0 at the first gNB.
connect() {
	# shellcheck disable=SC2086
	ue_add 1 $ue4 &&
		set_add 1 0 2 2 &&
		bearer_add 1 "drb 1" 0 4 $drb1_options &&
		bearer_add 1 "drb 2" 0 4 $drb2_options &&
		bearer_add 1 "srb 1" 0 4
}

disconnect() {
	ctl ue ue del ue 1
	ctl gnb ue del dev pdcp0 ue 1
	ctl gnb ue del dev pdcp1 ue 1
} 2>/dev/null

# gtpu2 ue|gnb BEARER: a leg of UE 1 to the second gNB, whose TEIDs are others.
gtpu2() {
	local leg
	leg=$(gtpu "$1" $((0x100 + $(teid 1 "$2"))) 4 1)
	[ "$1" != ue ] || leg+=" port 2153"
	echo "$leg"
}

# gnb2_prepare SET NEA NIA: UE 1 at the second gNB, DRBs waiting for their COUNTs.
gnb2_prepare() {
	ctl gnb ue add dev pdcp1 ue 1 role gnb addr $ue4 &&
		ctl gnb security add dev pdcp1 ue 1 set "$1" nea "$2" nia "$3" keys "$(key_file "$1")" &&
		gnb2_bearer "drb 1" "$1" $drb1_options hold both &&
		gnb2_bearer "drb 2" "$1" $drb2_options hold both &&
		gnb2_bearer "srb 1" "$1"
}

# gnb2_bearer BEARER SET OPTION...
gnb2_bearer() {
	# shellcheck disable=SC2046,SC2086
	ctl gnb bearer add dev pdcp1 ue 1 $1 set "$2" "${@:3}" $(gtpu2 gnb "$1")
}

# daps_start SET OPTION...: all bearers of UE 1.
daps_start() {
	# shellcheck disable=SC2046
	ctl ue daps start ue 1 set "$1" "${@:2}" drb 1 $(gtpu2 ue "drb 1") \
		drb 2 $(gtpu2 ue "drb 2") srb 1 $(gtpu2 ue "srb 1")
}

# floods_start SDUS: pings of UE 1 both ways on both DRBs, as fast as they go, until so many SDUs have
# been sent on each at either end.  No TCP, whose orphans keep a namespace alive.
floods=()
floods_start() {
	local mark
	for mark in 1 2; do
		ip netns exec ue-$$ ping -q -i 0.002 -l 20 -s 1000 -m $mark $server4 >/dev/null 2>&1 &
		floods+=($!)
		ip netns exec gnb-$$ ping -q -i 0.002 -l 20 -s 1000 -m $mark $ue4 >/dev/null 2>&1 &
		floods+=($!)
	done
	wait_until 20 flooded ue "$1" && wait_until 20 flooded gnb "$1"
}

flooded() {
	[ "$(ctl "$1" -j bearer show dev pdcp0 |
		jq "[.[] | select(.type == \"drb\" and .\"tx-sdus\" > $2)] | length")" = 2 ]
}

# number NAME JSON: the first of that name.
number() {
	[[ $2 =~ \"$1\":([0-9]+) ]] && echo "${BASH_REMATCH[1]}"
}

# transfer_downlink DRB: the second gNB numbers on where the first one stopped, which it must
# have: nothing may be on its way to it.
transfer_downlink() {
	ctl gnb status set dev pdcp1 ue 1 drb "$1" \
		tx-next "$(number tx-next "$(ctl gnb -j status get dev pdcp0 ue 1 drb "$1")")"
}

# transfer_uplink DRB: the second gNB delivers on where the first one stopped, once that has
# everything that the UE has sent to it.
transfer_uplink() {
	local sent
	sent=$(value ue '.legs[] | select(.role == "source") | ."tx-next"' bearer show ue 1 drb "$1")
	wait_until 10 delivered "$1" "$sent" || return
	ctl gnb status set dev pdcp1 ue 1 drb "$1" \
		rx-deliv "$(number rx-deliv "$(ctl gnb -j status get dev pdcp0 ue 1 drb "$1" stop)")"
}

delivered() {
	[ "$(number rx-deliv "$(ctl gnb -j status get dev pdcp0 ue 1 drb "$1")")" -ge "$2" ]
}

# Four streams of pings that run through a handover: both ways on both DRBs.
streams_start() {
	local name
	for name in ue gnb; do
		stream $name 1
		stream $name 2
	done
	wait_until 20 streamed 20
}

# stream NAME DRB [PING-OPTION...]
# Room in ping's socket is for 170 replies at once, which has to do for as long as a gNB
# holds them.
stream() {
	local to=$server4
	[ "$1" = ue ] || to=$ue4
	ip netns exec "$1-$$" ping -i 0.04 -l 4 -m "$2" "${@:3}" "$to" >"$ktap_dir/ping-$1-$2" &
	streams+=($!)
}

# streamed COUNT: so many replies have come in each stream.
streamed() {
	local file
	for file in "$ktap_dir"/ping-*-?; do
		[ "$(wc -l <"$file")" -gt "$1" ] || return
	done
}

# overflow PID: replies that came, but for which a ping had no room in its socket.
overflow() {
	local inodes
	inodes=$(readlink "/proc/$1"/fd/* | sed -n 's/^socket:\[\(.*\)\]$/\1/p' | xargs)
	cat "/proc/$1/net/icmp" "/proc/$1/net/raw" |
		awk -v inodes=" $inodes " 'index(inodes, " " $10 " ") { sum += $NF } END { print sum + 0 }'
}

# streams_stop: spare[FILE] is then how many replies that ping dropped.
declare -A spare
streams_stop() {
	local pid
	spare=()
	for pid in "${streams[@]}"; do
		spare[$(readlink "/proc/$pid/fd/1")]=$(overflow "$pid")
	done
	kill -INT "${streams[@]}"
	wait "${streams[@]}"
	streams=()
}

# The streams go on, and each request so far was answered once and in its turn.
streams_whole() {
	local file bad=0
	wait_until 20 streamed $(($(cat "$ktap_dir"/ping-*-? | wc -l) / ${#streams[@]} + 20)) || bad=1
	streams_stop
	for file in "$ktap_dir"/ping-*-?; do
		awk -v "spare=${spare[$file]}" '
		/bytes from/ {
			match($0, /icmp_seq=[0-9]+/)
			seq = substr($0, RSTART + 9, RLENGTH - 9) + 0
			missing = seq - last - 1
			if ((missing < 0 || missing > spare) && !bad++)
				print FILENAME ": " seq " came after " last ", " spare " were dropped by ping"
			spare -= missing
			last = seq
		}
		/DUP/ { bad++ }
		END { exit bad || !last }' "$file" || { bad=1; tail -n 3 "$file"; }
	done
	return $bad
}
streams=()
