-- SPDX-License-Identifier: GPL-2.0
--
-- Wireshark knows PDCP-NR, and GTP-U, but not what is in which tunnel.  This script does: it gives
-- the T-PDU of each tunnel in the file pdcp_tunnels beside it to Wireshark's own dissector, with UE,
-- bearer, direction and length of SN.  "pdcpctl wireshark" writes both, and the preferences that it
-- needs: gtp.dissect_tpdu_as Custom, udp.try_heuristic_first, and the heuristic pdcp_nr_udp.
--
-- That heuristic is the way by which a PDU's UE and bearer come to the dissector.  It reads them once
-- for each frame, from the framing of packet-pdcp-nr.h.
--
-- The dissector counts for itself: it begins at HFN 0, and HFN steps only where SN 0 comes right after
-- the highest SN.  Where a bearer begins higher, or the PDU with SN 0 is missing or late, the dissector is
-- first shown PDUs that nobody has sent, in a hidden part of the frame's tree.

local folder = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""

local FRAME = "706463702d6e72"	-- "pdcp-nr": begins the framing
local NOTHING = { drb = "0000000000", srb = "0000" }	-- PDUs that the dissector does not count
local DATA = 0x80		-- D/C: a Data PDU, but for an SRB

local pdcp = Proto("gtp_tpdu_custom", "PDCP in a GTP-U tunnel")	-- what "Custom" looks up
local fields = {
	set = ProtoField.string("pdcp_tunnel.set", "Security set"),
	ueid = ProtoField.uint32("pdcp_tunnel.ueid", "UEId"),
	sdap = ProtoField.uint8("pdcp_tunnel.sdap", "SDAP header", base.HEX),
	hfn = ProtoField.uint32("pdcp_tunnel.hfn", "HFN is brought to"),
	late = ProtoField.uint32("pdcp_tunnel.late", "COUNT out of reach, not deciphered"),
}
pdcp.fields = { fields.set, fields.ueid, fields.sdap, fields.hfn, fields.late }

-- Tunnels ------------------------------------------------------------------------

local function key(way, address, teid)
	return string.format("%s %s %d", way, address, teid)
end

-- to|from PEER TEID ueid N srb|drb N ul|dl sn N [mac] [sdap] [plain] [count N]
local function tunnel_parse(line)
	local words = {}
	for word in line:gmatch("%S+") do
		words[#words + 1] = word
	end
	local tunnel, i = {}, 4
	while words[i] do
		if words[i] == "ul" or words[i] == "dl" then
			tunnel.way = words[i]
			i = i + 1
		elseif words[i] == "mac" or words[i] == "sdap" or words[i] == "plain" then
			tunnel[words[i]] = true
			i = i + 1
		else
			tunnel[words[i]] = tonumber(words[i + 1])
			i = i + 2
		end
	end
	return key(words[1], words[2], tonumber(words[3])), tunnel
end

local tunnels, sets = {}, {}
for line in io.lines(folder .. "pdcp_tunnels") do
	if line:match("^to ") or line:match("^from ") then
		local name, tunnel = tunnel_parse(line)
		tunnels[name] = tunnels[name] or tunnel
	elseif line:match("^ueid ") then
		local ueid, text = line:match("^ueid (%d+) (.*)$")
		sets[tonumber(ueid)] = text
	elseif line:match("^port ") then
		DissectorTable.get("udp.port"):add(tonumber(line:match("%d+")), Dissector.get("gtp"))
	end
end

-- What GTP dissects now: its TEID has no value yet where a script could ask for it.
local teid
local watch = Proto("pdcp_tunnel_teid", "TEID of the G-PDU at hand")
watch:register_heuristic("udp", function(tvb, pinfo)
	teid = tvb:len() >= 8 and tvb(4, 4):uint() or nil
	return false
end)

local function tunnel_find(pinfo)
	return teid and (tunnels[key("to", tostring(pinfo.net_dst), teid)] or
			 tunnels[key("from", tostring(pinfo.net_src), teid)])
end

-- Dissection -----------------------------------------------------------------------

local pdcp_nr = Dissector.get("pdcp-nr")

-- Tell the dissector whose PDUs come in this frame.  What is in front of them must not make it
-- throw an exception: it would not pass through here.
local function introduce(tunnel, mac, plain, pinfo, tree)
	local tags = string.format("%s%02x02%02x03%02x040105%02x06%04x%s%s01%s", FRAME,
				   tunnel.srb and 1 or 2, tunnel.sn, tunnel.way == "dl" and 1 or 0,
				   tunnel.srb or tunnel.drb, tunnel.ueid, mac and "0f" or "", plain and "11" or "",
				   tunnel.srb and NOTHING.srb or NOTHING.drb)
	DissectorTable.try_heuristics("udp", ByteArray.new(tags):tvb("Tunnel"), pinfo, tree)
end

-- An exception in what is inside ends here.
local function dissect(pdu, pinfo, tree)
	pcall(pdcp_nr.call, pdcp_nr, pdu:tvb("PDCP"), pinfo, tree)
end

local function header_len(tunnel)
	return tunnel.sn == 18 and 3 or 2
end

local function header(tunnel, sn)
	local len = header_len(tunnel)
	local first = tunnel.srb and 0 or DATA * 256 ^ (len - 1)
	return ByteArray.new(string.format("%0" .. 2 * len .. "x", first + sn))
end

-- COUNT --------------------------------------------------------------------------

local STEPS_MAX = 1000		-- of HFN at once, or a frame would have too large a tree

local channels = {}		-- what the dissector knows, by UEId, bearer and direction

local function channel_find(tunnel)
	local name = string.format("%d %s %d %s", tunnel.ueid, tunnel.srb and "srb" or "drb",
				   tunnel.srb or tunnel.drb, tunnel.way)
	channels[name] = channels[name] or { due = tunnel.count or 0, hfn = 0, size = 2 ^ tunnel.sn }
	return channels[name]
end

-- The COUNT nearest to the one that is due, TS 38.323 5.2.2.1.
local function channel_count(channel, sn)
	local size = channel.size
	local hfn = math.floor(channel.due / size)
	if sn < channel.due % size - size / 2 then
		hfn = hfn + 1
	elseif sn >= channel.due % size + size / 2 and hfn > 0 then
		hfn = hfn - 1
	end
	return hfn * size + sn
end

-- As the dissector does: 15 behind what it expects it holds for repeated, anything else for a jump.
local function channel_see(channel, sn)
	local expected = channel.sn and (channel.sn + 1) % channel.size or sn
	if sn == expected and sn == 0 and channel.sn then
		channel.hfn = channel.hfn + 1
	end
	if sn == expected or (expected - sn) % channel.size > 15 then
		channel.sn = sn
	end
end

-- HFN that the dissector has to step to get at that of the PDU; negative if it is over.
local function channel_steps(channel, count)
	local size = channel.size
	local steps = math.floor(count / size) - channel.hfn
	return count % size == 0 and channel.sn == size - 1 and steps - 1 or steps
end

local function channel_show(tunnel, channel, sn, pinfo, tree)
	local pdu = header(tunnel, sn)
	if tunnel.mac and not tunnel.sdap then
		pdu:append(ByteArray.new("00000000"))
	end
	dissect(pdu, pinfo, tree)
	channel_see(channel, sn)
end

-- Have the HFN step until that of the PDU comes next.
local function channel_steer(tunnel, channel, count, pinfo, tree, hidden)
	local size, steps = channel.size, channel_steps(channel, count)
	if steps <= 0 or steps > STEPS_MAX then
		return
	end
	tree:add(fields.hfn, math.floor(count / size)):set_generated()
	for _ = 1, steps do
		channel_show(tunnel, channel, size / 2, pinfo, hidden)
		channel_show(tunnel, channel, size - 1, pinfo, hidden)
		channel_show(tunnel, channel, 0, pinfo, hidden)
	end
	if count % size > size / 2 then
		channel_show(tunnel, channel, size / 2, pinfo, hidden)
	end
end

local function pdu_sn(tunnel, pdu)
	local len, sn = header_len(tunnel), 0
	for i = 0, len - 1 do
		sn = sn * 256 + pdu:get_index(i)
	end
	return sn % 2 ^ tunnel.sn
end

-- The dissector wants no SDAP header in front of what is ciphered, and leaves it out of the MAC-I.
local function without_sdap(tunnel, pdu)
	local len = header_len(tunnel)
	local rest = pdu:subset(0, len)
	if pdu:len() > len + 1 then
		rest:append(pdu:subset(len + 1, pdu:len() - len - 1))
	end
	return rest
end

-- COUNT of a PDU with which the dissector would not come right, by frame.
local late = {}

-- When a frame is seen again the dissector remembers what it took it for.
local function count_follow(tunnel, sn, pinfo, tree, hidden)
	local channel = channel_find(tunnel)
	local count = channel_count(channel, sn)
	channel_steer(tunnel, channel, count, pinfo, tree, hidden)
	if channel_steps(channel, count) == 0 then
		channel_see(channel, sn)
	else
		late[pinfo.number] = count
	end
	channel.due = math.max(channel.due, count + 1)
end

local function dissect_data(tunnel, pdu, pinfo, tree, hidden)
	if not pinfo.visited then
		count_follow(tunnel, pdu_sn(tunnel, pdu), pinfo, tree, hidden)
	end
	if late[pinfo.number] then
		tree:add(fields.late, late[pinfo.number]):set_generated()
	else
		dissect(tunnel.sdap and without_sdap(tunnel, pdu) or pdu, pinfo, tree)
	end
end

function pdcp.init()
	channels, late = {}, {}
end

-- A Tvb is none any more once another dissector was called, so what is needed of it is taken first.
function pdcp.dissector(tvb, pinfo, tree)
	local tunnel = tunnel_find(pinfo)
	if not tunnel or tvb:len() == 0 then
		return 0
	end
	local len, pdu = tvb:len(), tvb:bytes()
	local data = tunnel.srb or pdu:get_index(0) >= DATA
	local sub = tree:add(pdcp, tvb())
	sub:add(fields.set, sets[tunnel.ueid] or ""):set_generated()
	data = data and len > header_len(tunnel)
	if data and tunnel.sdap then
		sub:add(fields.sdap, tvb(header_len(tunnel), 1)):append_text(" (its MAC-I is not checked)")
	end
	local hidden = sub:add(fields.ueid, tunnel.ueid):set_hidden()
	introduce(tunnel, data and tunnel.mac and not tunnel.sdap, tunnel.plain, pinfo, hidden)
	if data then
		dissect_data(tunnel, pdu, pinfo, sub, hidden)
	else
		dissect(pdu, pinfo, sub)
	end
	return len
end
