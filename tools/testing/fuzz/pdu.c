// SPDX-License-Identifier: GPL-2.0
/*
 * Header, layout and COUNT of a PDU.  Input: a Data PDU's configuration in an octet, RX_DELIV
 * in four, the PDU.
 */

#include "fuzz.h"
#include "pdcp/pdu.h"

enum {
	LONG = 1,			/* bits of the configuration */
	SRB = 2,
	SDAP = 4,
	MAC = 8,
};

struct config {
	u8 sn_bits;
	u8 sdap_len;
	bool srb;
	bool mac;
};

/* 38.323 5.2.2.1 says nothing else than: the one COUNT around RX_DELIV with this SN. */
static void check_count(u32 sn, u32 rx_deliv, u8 sn_bits)
{
	s64 window = 1 << (sn_bits - 1);
	s64 expected = (s64)rx_deliv - window;
	u32 count;

	expected += (sn - expected) & (2 * window - 1);
	HOLDS(pdcp_count_infer(sn, rx_deliv, sn_bits, &count) ==
	      (expected >= 0 && expected <= U32_MAX));
	if (expected < 0 || expected > U32_MAX)
		return;
	HOLDS(count == expected);
	HOLDS(pdcp_count_sn(count, sn_bits) == sn);
	HOLDS(((u64)pdcp_count_hfn(count, sn_bits) << sn_bits) + sn == count);
}

/* Written again, the header differs in R bits at most. */
static void check_header(const u8 *p, u32 sn, const struct config *config)
{
	u8 len = pdcp_pdu_hdr_len(config->sn_bits);
	u8 *header = buffer(len);
	u8 reserved = config->sn_bits == PDCP_SN_BITS_LONG ? 0x7c : 0x70;

	if (config->srb)
		reserved = config->sn_bits == PDCP_SN_BITS_LONG ? 0xfc : 0xf0;
	pdcp_pdu_put_hdr(header, config->srb, config->sn_bits, sn);
	HOLDS(!((header[0] ^ p[0]) & ~reserved));
	HOLDS(!memcmp(header + 1, p + 1, len - 1));
	buffer_free(header, len);
}

/* Every octet is in the clear or ciphered, and authenticated or of the MAC-I. */
static void check_layout(size_t len, const struct config *config)
{
	u32 mac_len = config->mac ? PDCP_MAC_LEN : 0;
	u32 clear = pdcp_pdu_hdr_len(config->sn_bits) + config->sdap_len;
	struct pdcp_pdu_layout layout;

	if (pdcp_pdu_layout(&layout, len, config->sn_bits, config->sdap_len, config->mac)) {
		HOLDS(len < clear + mac_len);
		return;
	}
	HOLDS(layout.auth_len + mac_len == len);
	HOLDS(layout.cipher_off + layout.cipher_len == len);
	HOLDS(layout.cipher_off == clear && layout.auth_len >= clear);
}

static void check_data(const u8 *p, size_t len, u32 sn, u32 rx_deliv,
		       const struct config *config)
{
	HOLDS(len >= pdcp_pdu_hdr_len(config->sn_bits));
	HOLDS(sn >> config->sn_bits == 0);
	check_header(p, sn, config);
	check_layout(len, config);
	check_count(sn, rx_deliv, config->sn_bits);
}

static void check_control(const u8 *p, size_t len, const struct config *config)
{
	u8 type = pdcp_pdu_control_type(p);

	HOLDS(len && !config->srb && type < 8);
	HOLDS((pdcp_pdu_control_octet(type) ^ p[0]) < 1 << PDCP_CONTROL_TYPE_SHIFT);
}

int fuzz_one(const u8 *data, size_t size)
{
	struct input in = { data, size };
	u8 bits = take(&in, 1);
	u32 rx_deliv = take(&in, 4);
	struct config config = {
		.sn_bits = bits & LONG ? PDCP_SN_BITS_LONG : PDCP_SN_BITS_SHORT,
		.sdap_len = bits & SDAP ? 1 : 0,
		.srb = bits & SRB,
		.mac = bits & MAC,
	};
	u8 *p = copy(in.p, in.len);
	u32 sn = ~0U;

	switch (pdcp_pdu_parse(p, in.len, config.srb, config.sn_bits, &sn)) {
	case PDCP_PDU_DATA:
		check_data(p, in.len, sn, rx_deliv, &config);
		break;
	case PDCP_PDU_CONTROL:
		HOLDS(sn == ~0U);
		check_control(p, in.len, &config);
		break;
	default:
		HOLDS(sn == ~0U);
		HOLDS(in.len < pdcp_pdu_hdr_len(config.sn_bits));
	}
	buffer_free(p, in.len);
	return 0;
}
