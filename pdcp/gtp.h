/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_GTP_H
#define _PDCP_GTP_H

#include <linux/types.h>
#include <linux/unaligned.h>

/* GTP-U header and extension headers, 29.281 5.1 and 5.2.  Lengths are octets. */
enum pdcp_gtp_hdr {
	PDCP_GTP_LEN = 8,		/* mandatory part; Length counts what follows */
	PDCP_GTP_OPT_LEN = 4,		/* SN, N-PDU number, next extension type */
	PDCP_GTP_EXT_UNIT = 4,
	PDCP_GTP_EXT_FRAMING = 2,	/* of an extension: length, next extension type */
	PDCP_GTP_NRU_MAX = 255 * PDCP_GTP_EXT_UNIT - PDCP_GTP_EXT_FRAMING,
	PDCP_GTP_NRU_OFFSET = PDCP_GTP_LEN + PDCP_GTP_OPT_LEN + 1,
	PDCP_GTP_HDR_MAX = 1100,	/* what we look at before the T-PDU */

	PDCP_GTP_VERSION_PT = 0x30,	/* version 1, PT = 1 */
	PDCP_GTP_VERSION_PT_MASK = 0xf0,
	PDCP_GTP_E = 0x04,
	PDCP_GTP_S = 0x02,
	PDCP_GTP_PN = 0x01,
	PDCP_GTP_OPT_MASK = PDCP_GTP_E | PDCP_GTP_S | PDCP_GTP_PN,
};

/* Message types, 29.281 6.1; any other is to be dropped without an answer. */
enum pdcp_gtp_type {
	PDCP_GTP_ECHO_REQUEST = 1,
	PDCP_GTP_ECHO_RESPONSE = 2,
	PDCP_GTP_ERROR_INDICATION = 26,
	PDCP_GTP_EXTENSION_HEADERS = 31,	/* Supported Extension Headers Notification */
	PDCP_GTP_END_MARKER = 254,
	PDCP_GTP_GPDU = 255,
};

/* Extension header types, 29.281 5.2.1. */
enum pdcp_gtp_ext {
	PDCP_GTP_EXT_LONG_SN_OLD = 0x03,	/* Long PDCP PDU Number, as 0x82 */
	PDCP_GTP_EXT_UDP_PORT = 0x40,
	PDCP_GTP_EXT_LONG_SN = 0x82,		/* Long PDCP PDU Number, 18 bits */
	PDCP_GTP_EXT_NRU = 0x84,		/* NR RAN Container */
	PDCP_GTP_EXT_PDU_SESSION = 0x85,	/* PDU Session Container */
	PDCP_GTP_EXT_SN = 0xc0,			/* PDCP PDU Number, 15 bits */
};

/**
 * struct pdcp_gtp - a parsed header
 * @teid: tunnel
 * @hdr_len: octets before the T-PDU or, in signalling messages, the information elements
 * @nru_offset: offset of the content of the first NR RAN Container (38.425)
 * @nru_len: octets of it, padding included; 0 if there is none
 * @pdcp_sn: content of the first (Long) PDCP PDU Number: the T-PDU is a forwarded PDCP SDU
 * @seq: sequence number, if @has_seq
 * @type: message type
 * @pdcp_sn_bits: size of @pdcp_sn, 15 or 18; 0 if there is none
 * @has_seq: the S flag
 */
struct pdcp_gtp {
	u32 teid;
	u32 hdr_len;
	u32 nru_offset;
	u32 nru_len;
	u32 pdcp_sn;
	u16 seq;
	u8 type;
	u8 pdcp_sn_bits;
	bool has_seq;
};

/**
 * struct pdcp_gtp_error - content of an Error Indication, 29.281 7.3.1
 * @teid: TEID of the G-PDU that had no tunnel at the sender of the indication
 * @addr: destination address of that G-PDU, network byte order, in the buffer it was read from
 * @addr_len: octets of @addr, 4 or 16
 */
struct pdcp_gtp_error {
	u32 teid;
	const u8 *addr;
	u8 addr_len;
};

int pdcp_gtp_parse(const u8 *p, u32 avail, u32 total, struct pdcp_gtp *gtp);
int pdcp_gtp_parse_error(const u8 *p, size_t len, struct pdcp_gtp_error *error);

u32 pdcp_gtp_gpdu_hdr_len(size_t nru_len);
int pdcp_gtp_put_gpdu(u8 *p, size_t size, u32 teid, size_t len,
		      const u8 *nru, size_t nru_len);
int pdcp_gtp_put_echo_response(u8 *p, size_t size, u16 seq);
int pdcp_gtp_put_error(u8 *p, size_t size, const struct pdcp_gtp_error *error,
		       u16 port);
int pdcp_gtp_put_extension_headers(u8 *p, size_t size);

/* Write the mandatory part; @len counts the octets behind it. */
static inline void pdcp_gtp_put_hdr(u8 *p, u8 flags, u8 type, u32 teid, u16 len)
{
	p[0] = PDCP_GTP_VERSION_PT | flags;
	p[1] = type;
	put_unaligned_be16(len, p + 2);
	put_unaligned_be32(teid, p + 4);
}

/* Write the header of a G-PDU that carries @len octets, without options. */
static inline void pdcp_gtp_put(u8 *p, u32 teid, u16 len)
{
	pdcp_gtp_put_hdr(p, 0, PDCP_GTP_GPDU, teid, len);
}

#endif /* _PDCP_GTP_H */
