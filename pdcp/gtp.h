/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_GTP_H
#define _PDCP_GTP_H

#include <linux/errno.h>
#include <linux/types.h>

/* GTP-U header, 29.281 5.1. */
enum pdcp_gtp_hdr {
	PDCP_GTP_LEN = 8,		/* mandatory part */
	PDCP_GTP_OPT_LEN = 4,		/* SN, N-PDU number, next extension type */
	PDCP_GTP_EXT_UNIT = 4,
	PDCP_GTP_HDR_MAX = 1100,	/* what we look at before the T-PDU */

	PDCP_GTP_VERSION_PT = 0x30,	/* version 1, PT = 1 */
	PDCP_GTP_VERSION_PT_MASK = 0xf0,
	PDCP_GTP_E = 0x04,
	PDCP_GTP_OPT_MASK = 0x07,	/* E, S, PN */
};

enum pdcp_gtp_type {
	PDCP_GTP_GPDU = 255,
};

/**
 * struct pdcp_gtp - a parsed header
 * @type: message type
 * @teid: tunnel
 * @len: octets before the T-PDU
 */
struct pdcp_gtp {
	u8 type;
	u32 teid;
	u32 len;
};

/* Comprehension required of an endpoint, 29.281 5.2.1: bit 8 of the type. */
static inline bool pdcp_gtp_ext_required(u8 type)
{
	return type & 0x80;
}

/* The NR RAN container (38.425) carries nothing that a receiver of a T-PDU must act on. */
static inline bool pdcp_gtp_ext_known(u8 type)
{
	return type == 0x84;
}

static inline int pdcp_gtp_skip_ext(const u8 *p, u32 avail, u8 next, u32 *len)
{
	while (next) {
		u32 ext;

		if (pdcp_gtp_ext_required(next) && !pdcp_gtp_ext_known(next))
			return -EOPNOTSUPP;
		if (*len >= avail)
			return -EINVAL;
		ext = p[*len] * PDCP_GTP_EXT_UNIT;
		if (!ext || *len + ext > avail)
			return -EINVAL;
		*len += ext;
		next = p[*len - 1];
	}
	return 0;
}

/**
 * pdcp_gtp_parse - parse a GTP-U header
 * @p: UDP payload
 * @avail: octets that may be read at @p
 * @total: octets of the UDP payload
 * @gtp: result
 *
 * Return: 0, -EINVAL for a header that ends early, has another version or a length that
 * is not the payload's, -EOPNOTSUPP for an extension that we would have to understand.
 */
static inline int pdcp_gtp_parse(const u8 *p, u32 avail, u32 total,
				 struct pdcp_gtp *gtp)
{
	if (avail < PDCP_GTP_LEN ||
	    (p[0] & PDCP_GTP_VERSION_PT_MASK) != PDCP_GTP_VERSION_PT)
		return -EINVAL;
	if ((p[2] << 8 | p[3]) + PDCP_GTP_LEN != total)
		return -EINVAL;

	gtp->type = p[1];
	gtp->teid = (u32)p[4] << 24 | p[5] << 16 | p[6] << 8 | p[7];
	gtp->len = PDCP_GTP_LEN;
	if (!(p[0] & PDCP_GTP_OPT_MASK))
		return 0;

	gtp->len += PDCP_GTP_OPT_LEN;
	if (avail < gtp->len)
		return -EINVAL;
	if (!(p[0] & PDCP_GTP_E))
		return 0;
	return pdcp_gtp_skip_ext(p, avail, p[gtp->len - 1], &gtp->len);
}

/* Write the header of a G-PDU that carries @len octets, without options. */
static inline void pdcp_gtp_put(u8 *p, u32 teid, u16 len)
{
	p[0] = PDCP_GTP_VERSION_PT;
	p[1] = PDCP_GTP_GPDU;
	p[2] = len >> 8;
	p[3] = len;
	p[4] = teid >> 24;
	p[5] = teid >> 16;
	p[6] = teid >> 8;
	p[7] = teid;
}

#endif /* _PDCP_GTP_H */
