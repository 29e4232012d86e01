/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_PDU_H
#define _PDCP_PDU_H

#include <linux/errno.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/count.h"

enum pdcp_pdu_limits {
	PDCP_MAC_LEN = 4,		/* MAC-I, 38.323 6.3.4 */
	PDCP_HDR_LEN_MAX = 3,
};

/* What a PDU is, by the D/C bit of 38.323 6.3.7.  An SRB has Data PDUs only. */
enum pdcp_pdu_kind {
	PDCP_PDU_DATA,
	PDCP_PDU_CONTROL,
};

/* PDU type of 38.323 6.3.8; a value not listed is reserved, the PDU is discarded. */
enum pdcp_control_type {
	PDCP_CONTROL_STATUS = 0,
	PDCP_CONTROL_ROHC_FEEDBACK = 1,
	PDCP_CONTROL_EHC_FEEDBACK = 2,
	PDCP_CONTROL_UDC_FEEDBACK = 3,
	PDCP_CONTROL_SN_GAP = 4,
};

#define PDCP_PDU_DC		0x80	/* D/C bit of the first octet: 1 = data */
#define PDCP_CONTROL_TYPE_SHIFT	4
#define PDCP_CONTROL_TYPE_MASK	0x07

/* Octets of a Data PDU's header; a MAC-I is not part of it. */
static inline u8 pdcp_pdu_hdr_len(u8 sn_bits)
{
	return sn_bits == PDCP_SN_BITS_LONG ? 3 : 2;
}

/**
 * pdcp_pdu_put_hdr - write the header of a Data PDU, 38.323 6.2.2
 * @p: room for pdcp_pdu_hdr_len(@sn_bits) octets
 * @srb: signalling bearer: no D/C bit, 12-bit SN
 * @sn_bits: SN length, 12 or 18
 * @count: COUNT, of which the SN is sent
 */
static inline void pdcp_pdu_put_hdr(u8 *p, bool srb, u8 sn_bits, u32 count)
{
	u32 sn = pdcp_count_sn(count, sn_bits);

	if (sn_bits == PDCP_SN_BITS_LONG)
		put_unaligned_be24(PDCP_PDU_DC << 16 | sn, p);
	else
		put_unaligned_be16((srb ? 0 : PDCP_PDU_DC << 8) | sn, p);
}

/**
 * pdcp_pdu_parse - tell data from control and read the SN
 * @p: the PDU
 * @len: octets that may be read at @p
 * @srb: signalling bearer
 * @sn_bits: SN length, 12 or 18
 * @sn: SN of a Data PDU; not written otherwise
 *
 * R bits are ignored, 38.323 6.3.6.
 *
 * Return: PDCP_PDU_DATA, PDCP_PDU_CONTROL (see pdcp_pdu_control_type()), or -EINVAL
 * when the PDU ends before its header does.
 */
static inline int pdcp_pdu_parse(const u8 *p, size_t len, bool srb, u8 sn_bits,
				 u32 *sn)
{
	if (!len)
		return -EINVAL;
	if (!srb && !(*p & PDCP_PDU_DC))
		return PDCP_PDU_CONTROL;
	if (len < pdcp_pdu_hdr_len(sn_bits))
		return -EINVAL;

	*sn = sn_bits == PDCP_SN_BITS_LONG ? get_unaligned_be24(p) : get_unaligned_be16(p);
	*sn = pdcp_count_sn(*sn, sn_bits);
	return PDCP_PDU_DATA;
}

/* PDU type of a Control PDU of at least one octet: an enum pdcp_control_type or reserved. */
static inline u8 pdcp_pdu_control_type(const u8 *p)
{
	return *p >> PDCP_CONTROL_TYPE_SHIFT & PDCP_CONTROL_TYPE_MASK;
}

/* First octet of a Control PDU of this type. */
static inline u8 pdcp_pdu_control_octet(enum pdcp_control_type type)
{
	return type << PDCP_CONTROL_TYPE_SHIFT;
}

/**
 * struct pdcp_pdu_layout - which octets of a Data PDU integrity and ciphering cover
 * @auth_len: octets from the start of the PDU that the MAC-I is computed over: header,
 *	SDAP header, SDU.  The MAC-I, if any, stands right behind them
 * @cipher_off: offset of the first ciphered octet: behind the SDAP header
 * @cipher_len: ciphered octets, MAC-I included
 *
 * 38.323 5.8, 5.9, 6.3.3.
 */
struct pdcp_pdu_layout {
	u32 auth_len;
	u32 cipher_off;
	u32 cipher_len;
};

/**
 * pdcp_pdu_layout - coverage of a Data PDU
 * @layout: result
 * @len: octets of the whole PDU: header, data, MAC-I if there is one
 * @sn_bits: SN length, 12 or 18
 * @sdap_len: octets of SDAP header at the start of the data, 0 or 1
 * @mac: whether the PDU ends with a MAC-I (on an SRB always)
 *
 * Return: 0, or -EINVAL when @len cannot hold header, SDAP header and MAC-I.
 */
static inline int pdcp_pdu_layout(struct pdcp_pdu_layout *layout, size_t len,
				  u8 sn_bits, u8 sdap_len, bool mac)
{
	u32 clear = pdcp_pdu_hdr_len(sn_bits) + sdap_len;
	u32 mac_len = mac ? PDCP_MAC_LEN : 0;

	if (len < clear + mac_len)
		return -EINVAL;
	layout->auth_len = len - mac_len;
	layout->cipher_off = clear;
	layout->cipher_len = len - clear;
	return 0;
}

#endif /* _PDCP_PDU_H */
