# SPDX-License-Identifier: GPL-2.0
#
# The tables of tools/bench/report: each a heading and rows of cells.

def levels: ["portable", "aesni", "avx2", "vaes", "avx512", "best"];
def shown: if . == null then "noisy" elif . >= 100 then round else . * 100 | round / 100 end;
def pairs: ["NEA1+NIA1", "NEA2+NIA2", "NEA3+NIA3"];
def singles: ["NEA1", "NIA1", "NEA2", "NIA2", "NEA3", "NIA3"];
def ciphers: ["NEA0", "NEA2"] + pairs;

# Of one measurement at all levels, the best that the processor has.
def best: max_by(.level as $level | levels | index($level));
def core($name; $bytes; $mode): map(select(.group == "cores" and .name == $name and
	.bytes == $bytes and .mode == $mode and (.peer_name // "" | startswith("ipsec-mb")))) | best;
def kernel($name; $bytes; $mode; $peer): map(select(.group == "cores" and .name == $name and
	.bytes == $bytes and .mode == $mode and (.peer_name // "" | test($peer)))) | first;
def entity($name; $bytes; $mode): map(select(.group == "entity" and .name == $name and
	.bytes == $bytes and .mode == $mode)) | first;
def scaled($name; $bytes; $mode): map(select(.group == "scale" and .name == $name and
	.bytes == $bytes and .mode == $mode)) | first;

def batch: "batch of 32";
def percent: if . == null then "-" else "\(. * 100 | round) %" end;
def spread: if . then "\(.[0] | shown) .. \(.[1] | shown)" else "-" end;

# Ours, and how often the peer's cycles.
def ratio($entry): if $entry.ratio then $entry.ratio | shown | tostring else "noisy" end;

def cores: . as $all |
	[["algorithm", "octets", "level", "batch", "spread", "ipsec-mb", "ratio", "single",
		"ipsec-mb", "ratio"]] +
	[(singles + pairs)[] as $name | (64, 256, 1400, 9000) as $bytes |
		($all | core($name; $bytes; batch)) as $b | ($all | core($name; $bytes; "single")) as $s |
		select($b) | [$name, $bytes, $b.level, ($b.ours | shown), ($b.spread | spread),
		($b.peer | shown), ratio($b), ($s.ours | shown), ($s.peer | shown), ratio($s)]];

def lower_levels: . as $all |
	[["algorithm", "level", "batch", "ipsec-mb", "ratio", "single", "ipsec-mb", "ratio"]] +
	[(singles + pairs)[] as $name | levels[] as $level |
		(map(select(.level == $level)) | core($name; 1400; batch)) as $b |
		(map(select(.level == $level)) | core($name; 1400; "single")) as $s |
		select($b and $level != ($all | core($name; 1400; batch) | .level)) |
		[$name, $level, ($b.ours | shown), ($b.peer | shown), ratio($b), ($s.ours | shown),
			($s.peer | shown), ratio($s)]];

def kernel_peers:
	[["algorithm", "octets", "mode", "ours", "spread", "the kernel's, portable", "times",
		"over AES-NI", "times"]] +
	[("NEA2", "NIA2", "NEA2+NIA2") as $name | (64, 256, 1400, 9000) as $bytes |
		(batch, "single") as $mode | kernel($name; $bytes; $mode; "generic") as $portable |
		kernel($name; $bytes; $mode; "bench-aesni") as $native | select($portable) |
		[$name, $bytes, $mode, ($portable.ours | shown), ($portable.spread | spread),
			($portable.peer | shown), ($portable | .peer / .ours | shown),
			($native.peer | shown), ($native | if .ours then .peer / .ours else null end | shown)]];

def entities: . as $all |
	[["ciphers", "octets", "TX, batch", "spread", "DPDK", "RX, batch", "spread", "DPDK",
		"TX, single", "RX, single"]] +
	[ciphers[] as $name | (64, 256, 1400) as $bytes |
		($all | entity("\($name) TX"; $bytes; batch)) as $tx |
		($all | entity("\($name) RX"; $bytes; batch)) as $rx |
		[$name, $bytes, ($tx.ours | shown), ($tx.spread | spread), $tx.peer,
			($rx.ours | shown), ($rx.spread | spread), $rx.peer,
			($all | entity("\($name) TX"; $bytes; "single").ours | shown),
			($all | entity("\($name) RX"; $bytes; "single").ours | shown)]];

def scale: . as $all |
	[["bearers", "created a second", "octets of one", "TX, batch", "RX, batch", "TX, any", "RX, any"]] +
	[(1, 100, 10000, 100000) as $n |
		[$n, ($all | map(select(.name == "creation" and .bearers == $n)) | first.ours | shown),
			($all | map(select(.name == "memory of an idle bearer" and .bearers == $n)) |
				if . == [] then "-" else first.ours end),
			(("batch of 32", "any bearer") as $mode | ("TX", "RX") as $way |
				($all | scaled("NEA2+NIA2 \($way)"; 1400; "\($n) bearers, \($mode)")) |
				"\(.ours | shown) (\(ratio(.)))")]];

def ends:
	[["through", "ns", "spread", "Mbit/s", "windows kept", "veth", "ratio", "WireGuard", "ratio"]] +
	[map(select(.group == "ends")) | group_by(.name)[] |
		(map(select(.peer_name == "veth")) | first) as $veth |
		(map(select(.peer_name == "wireguard")) | first) as $wg |
		[$veth.name, ($veth.ours | shown), ($veth.spread | spread), ($veth.mbit // "-"),
			($veth.kept | percent), ($veth.peer | shown), ratio($veth),
			(if $wg then $wg.peer | shown else "-" end), (if $wg then ratio($wg) else "-" end)]];

def handovers:
	[["stream", "handovers", "worst 10 ms", "spread", "before it", "below 90 %", "before it",
		"lost", "late"]] +
	[map(select(.group == "handover"))[] | [.name, (.mode | split(" ")[0]),
		(if .ours then "\(.ours | shown) %" else "noisy" end), (.spread | spread),
		(if .ours then "\(.peer | shown) %" else "-" end), (.below // "-"),
		(.below_before // "-"), (.lost // "-"), (.late // "-")]];

# A goal, what was reached, and whether that is it: the most of the values that were measured.
def goal($text; $most; values): [values] as $v |
	[$text, ($v | map(if . == null then "noisy" else shown | tostring end) | join(", ")),
		(if $v == [] then "not measured" elif $v | any(. == null) then "noisy" elif $v | all(. <= $most) then "yes" else "no" end)];

def goals: . as $all |
	[["goal", "reached", "met"]] +
	[goal("cores, 1400 octets, batch: 1.0 of ipsec-mb (NEA1, NIA1, NEA2, NIA2, NEA3, NIA3)"; 1.0;
		singles[] as $n | $all | core($n; 1400; batch).ratio),
	goal("cores, 64 octets, batch: 1.0"; 1.0; singles[] as $n | $all | core($n; 64; batch).ratio),
	goal("NEA1+NIA1 and NEA3+NIA3, 1400 octets, batch: 0.8"; 0.8;
		("NEA1+NIA1", "NEA3+NIA3") as $n | $all | core($n; 1400; batch).ratio),
	goal("NEA2+NIA2, 1400 octets, batch: 0.95"; 0.95; $all | core("NEA2+NIA2"; 1400; batch).ratio),
	goal("NIA2, NEA1, NEA3, 1400 octets, single: 0.9"; 0.9;
		("NIA2", "NEA1", "NEA3") as $n | $all | core($n; 1400; "single").ratio),
	goal("NEA2+NIA2, 1400 octets: 1/8 = 0.125 of ctr(aes) and cmac(aes), portable, over AES-NI"; 0.125;
		("generic", "bench-aesni") as $p | $all | kernel("NEA2+NIA2"; 1400; batch; $p) |
		if .ours then .ours / .peer * 1000 | round / 1000 else null end),
	goal("NEA0, batch, TX: 150 cycles (64, 256, 1400 octets)"; 150;
		(64, 256, 1400) as $b | $all | entity("NEA0 TX"; $b; batch).ours),
	goal("NEA0, batch, RX: 190 cycles"; 190;
		(64, 256, 1400) as $b | $all | entity("NEA0 RX"; $b; batch).ours),
	goal("NEA2+NIA2, 1400 octets, batch: 1500 cycles (TX, RX)"; 1500;
		("TX", "RX") as $w | $all | entity("NEA2+NIA2 \($w)"; 1400; batch).ours),
	goal("NEA1+NIA1, the same: 3500 cycles"; 3500;
		("TX", "RX") as $w | $all | entity("NEA1+NIA1 \($w)"; 1400; batch).ours),
	goal("NEA3+NIA3, the same: 4200 cycles"; 4200;
		("TX", "RX") as $w | $all | entity("NEA3+NIA3 \($w)"; 1400; batch).ours),
	goal("NEA2+NIA2, 1400 octets, single: 2.5 of the batch (TX, RX)"; 2.5;
		("TX", "RX") as $w | ($all | entity("NEA2+NIA2 \($w)"; 1400; "single").ours) as $s |
		($all | entity("NEA2+NIA2 \($w)"; 1400; batch).ours) as $b |
		if $s and $b then $s / $b else null end),
	goal("100,000 bearers, batches, 1400 octets: 1.3 of one (TX, RX)"; 1.3;
		("TX", "RX") as $w | $all |
		scaled("NEA2+NIA2 \($w)"; 1400; "100000 bearers, batch of 32").ratio),
	goal("100,000 bearers, each packet another one's: 1.3 of one (TX, RX)"; 1.3;
		("TX", "RX") as $w | $all |
		scaled("NEA2+NIA2 \($w)"; 1400; "100000 bearers, any bearer").ratio),
	goal("memory of an idle bearer: 1024 octets"; 1024;
		$all[] | select(.name == "memory of an idle bearer" and .bearers == 100000) | .ours),
	goal("handovers with a bin of 10 ms below 90 %: 0 (TCP down, up; UDP down, up)"; 0;
		$all[] | select(.group == "handover") | .below)];
