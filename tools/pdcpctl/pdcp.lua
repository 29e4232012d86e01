-- SPDX-License-Identifier: GPL-2.0
--
-- Wireshark knows PDCP-NR, and GTP-U, but not what is in which tunnel.  This script does: it gives
-- the T-PDU of each tunnel in the file pdcp_tunnels beside it to Wireshark's own dissector, with UE,
-- bearer, direction and length of SN.  "pdcpctl wireshark" writes both, and the preferences that it
-- needs: gtp.dissect_tpdu_as Custom, udp.try_heuristic_first, and the heuristic pdcp_nr_udp.
--
-- The dissector counts for itself, and begins at HFN 0.  Where a bearer begins higher, it is first
-- shown PDUs that nobody has sent.

local folder = debug.getinfo(1, "S").source:match("^@(.*[/\\])") or ""

local PORT = 61525		-- of the UDP header that is made up around a PDU
local FRAME = "706463702d6e72"	-- "pdcp-nr": begins the framing of packet-pdcp-nr.h
local DATA = 0x80		-- D/C: a Data PDU, but for an SRB

local pdcp = Proto("gtp_tpdu_custom", "PDCP in a GTP-U tunnel")	-- what "Custom" looks up
local fields = {
	set = ProtoField.string("pdcp_tunnel.set", "Security set"),
	sdap = ProtoField.uint8("pdcp_tunnel.sdap", "SDAP header", base.HEX),
	hfn = ProtoField.uint32("pdcp_tunnel.hfn", "First HFN"),
}
pdcp.fields = { fields.set, fields.sdap, fields.hfn }

-- Tunnels ------------------------------------------------------------------------

local function key(way, address, teid)
	return string.format("%s %s %d", way, address, teid)
end

-- to|from PEER TEID ueid N srb|drb N ul|dl sn N [mac] [sdap] [plain] [hfn N]
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
	end
end

-- What GTP dissects now: its TEID has no value yet where a script could ask for it.
local teid
local watch = Proto("pdcp_tunnel_teid", "TEID of the G-PDU at hand")
watch:register_heuristic("udp", function(tvb, pinfo)
	teid = pinfo.dst_port ~= PORT and tvb:len() >= 8 and tvb(4, 4):uint() or teid
	return false
end)

local function tunnel_find(pinfo)
	return teid and (tunnels[key("to", tostring(pinfo.net_dst), teid)] or
			 tunnels[key("from", tostring(pinfo.net_src), teid)])
end

-- Dissection -----------------------------------------------------------------------

-- Tags in front of the payload.
local function head(tunnel, plain, mac)
	local text = string.format("%s%02x02%02x03%02x%s05%02x06%04x", FRAME,
				   tunnel.srb and 1 or 2, tunnel.sn, tunnel.way == "dl" and 1 or 0,
				   tunnel.srb and "0401" or "", tunnel.srb or tunnel.drb,
				   tunnel.ueid)
	return ByteArray.new(text .. (mac and "0f" or "") .. (plain and "11" or "") .. "01")
end

local udp = Dissector.get("udp")

-- Through UDP, whose call catches what inner dissectors throw at garbage.
local function dissect(frame, pdu, pinfo, tree)
	frame:append(pdu)
	local packet = ByteArray.new(string.format("%04x%04x%04x0000", PORT, PORT, frame:len() + 8))
	packet:append(frame)
	pcall(udp.call, udp, packet:tvb("PDCP"), pinfo, tree)
end

local function header_len(tunnel)
	return tunnel.sn == 18 and 3 or 2
end

local function header(tunnel, sn)
	local len = header_len(tunnel)
	local first = tunnel.srb and 0 or DATA * 256 ^ (len - 1)
	return ByteArray.new(string.format("%0" .. 2 * len .. "x", first + sn))
end

-- Bring the dissector to an HFN: it steps from the last SN to SN 0, and follows a jump.
local function prime(tunnel, sn, pinfo, tree)
	local size = 2 ^ tunnel.sn
	local sub = tree:add(fields.hfn, tunnel.hfn)
	local function see(number)
		local pdu = header(tunnel, number)
		pdu:append(ByteArray.new("00"))
		dissect(head(tunnel, true, false), pdu, pinfo, sub)
	end
	for _ = 1, tunnel.hfn do
		see(0)
		see(size / 2)
		see(size - 1)
	end
	see(0)
	if sn > size / 2 then
		see(size / 2)
	end
end

local function pdu_sn(tunnel, tvb)
	return tvb(0, header_len(tunnel)):uint() % 2 ^ tunnel.sn
end

-- The dissector wants no SDAP header in front of what is ciphered, and leaves it out of the MAC-I.
local function without_sdap(tunnel, tvb, tree)
	local len = header_len(tunnel)
	local pdu = tvb(0, len):bytes()
	tree:add(fields.sdap, tvb(len, 1)):append_text(" (with it the MAC-I is not checked)")
	if tvb:len() > len + 1 then
		pdu:append(tvb(len + 1):bytes())
	end
	return pdu
end

local primed = {}

local function dissect_data(tunnel, tvb, pinfo, tree)
	local channel = string.format("%d %s %d %s", tunnel.ueid, tunnel.srb and "srb" or "drb",
				      tunnel.srb or tunnel.drb, tunnel.way)
	primed[channel] = primed[channel] or pinfo.number
	if tunnel.hfn and primed[channel] == pinfo.number then
		prime(tunnel, pdu_sn(tunnel, tvb), pinfo, tree)
	end
	if tunnel.sdap then
		dissect(head(tunnel, tunnel.plain, false), without_sdap(tunnel, tvb, tree), pinfo, tree)
	else
		dissect(head(tunnel, tunnel.plain, tunnel.mac), tvb:bytes(), pinfo, tree)
	end
end

function pdcp.dissector(tvb, pinfo, tree)
	local tunnel = tunnel_find(pinfo)
	if not tunnel or tvb:len() == 0 then
		return 0
	end
	local sub = tree:add(pdcp, tvb())
	sub:add(fields.set, sets[tunnel.ueid] or ""):set_generated()
	if tunnel.srb or (tvb(0, 1):uint() >= DATA and tvb:len() > 3) then
		dissect_data(tunnel, tvb, pinfo, sub)
	else
		dissect(head(tunnel, tunnel.plain, false), tvb:bytes(), pinfo, sub)
	end
	return tvb:len()
end
