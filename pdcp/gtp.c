// SPDX-License-Identifier: GPL-2.0
/*
 * GTP-U messages, 29.281: headers with their extensions, and the few information elements of
 * signalling messages.  Buffers in, buffers out.
 */

#include "pdcp/gtp.h"

#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>

enum {
	OPT_SEQ = PDCP_GTP_LEN,		/* offsets of the optional part */
	OPT_NEXT = PDCP_GTP_LEN + PDCP_GTP_OPT_LEN - 1,
	OPT_END = PDCP_GTP_LEN + PDCP_GTP_OPT_LEN,

	EXT_REQUIRED = 0x80,		/* an endpoint has to comprehend it, 29.281 5.2.1 */

	SN_BITS = 15,
	SN_BITS_LONG = 18,
	SN_LEN_LONG = 6,		/* content: SN in three octets, three spare ones */
};

/* Information elements, 29.281 8; bit 8 of the type tells TLV from TV. */
enum {
	IE_RECOVERY = 14,
	IE_TEID_DATA = 16,
	IE_PEER_ADDRESS = 133,
	IE_EXTENSION_TYPES = 141,
	IE_TLV = 0x80,

	IE_RECOVERY_LEN = 1,		/* values of TV elements */
	IE_TEID_DATA_LEN = 4,
	IE_TLV_HDR_LEN = 3,
};

/* What read_extension() does not refuse. */
static const u8 extension_types[] = {
	PDCP_GTP_EXT_LONG_SN_OLD,
	PDCP_GTP_EXT_LONG_SN,
	PDCP_GTP_EXT_NRU,
	PDCP_GTP_EXT_PDU_SESSION,
	PDCP_GTP_EXT_SN,
};

static void read_sn(struct pdcp_gtp *gtp, u32 value, u8 bits)
{
	if (gtp->pdcp_sn_bits)
		return;
	gtp->pdcp_sn = value & ((1U << bits) - 1);
	gtp->pdcp_sn_bits = bits;
}

/* One extension; @off and @len are those of its content, of at least two octets. */
static int read_extension(const u8 *p, u8 type, u32 off, u32 len,
			  struct pdcp_gtp *gtp)
{
	switch (type) {
	case PDCP_GTP_EXT_NRU:
		if (!gtp->nru_len) {
			gtp->nru_offset = off;
			gtp->nru_len = len;
		}
		return 0;
	case PDCP_GTP_EXT_SN:
		read_sn(gtp, get_unaligned_be16(p + off), SN_BITS);
		return 0;
	case PDCP_GTP_EXT_LONG_SN:
	case PDCP_GTP_EXT_LONG_SN_OLD:
		if (len < SN_LEN_LONG)
			return -EINVAL;
		read_sn(gtp, get_unaligned_be24(p + off), SN_BITS_LONG);
		return 0;
	case PDCP_GTP_EXT_PDU_SESSION:
		return 0;
	}
	return type & EXT_REQUIRED ? -EOPNOTSUPP : 0;
}

static int read_extensions(const u8 *p, u32 avail, struct pdcp_gtp *gtp)
{
	u8 type = p[OPT_NEXT];

	while (type) {
		u32 off = gtp->hdr_len;
		u32 len;
		int err;

		if (off >= avail)
			return -EINVAL;
		len = p[off] * PDCP_GTP_EXT_UNIT;
		if (!len || len > avail - off)
			return -EINVAL;
		err = read_extension(p, type, off + 1, len - PDCP_GTP_EXT_FRAMING, gtp);
		if (err)
			return err;
		gtp->hdr_len += len;
		type = p[gtp->hdr_len - 1];
	}
	return 0;
}

/**
 * pdcp_gtp_parse - parse a GTP-U header
 * @p: UDP payload
 * @avail: octets that may be read at @p
 * @total: octets of the UDP payload, not below @avail
 * @gtp: result
 *
 * Any message type is accepted.  Of two NR RAN Containers or PDCP PDU Numbers the first
 * counts.  29.281 5.1, 5.2.
 *
 * Return: 0; -EINVAL for a header that ends early, is not of version 1, or has a length that
 * is not the payload's; -EOPNOTSUPP for an extension that an endpoint has to comprehend and
 * that is none of ours, to be answered by pdcp_gtp_put_extension_headers(): of @gtp, type,
 * teid and seq are valid then.
 */
int pdcp_gtp_parse(const u8 *p, u32 avail, u32 total, struct pdcp_gtp *gtp)
{
	if (avail < PDCP_GTP_LEN ||
	    (p[0] & PDCP_GTP_VERSION_PT_MASK) != PDCP_GTP_VERSION_PT)
		return -EINVAL;
	if (get_unaligned_be16(p + 2) + PDCP_GTP_LEN != total)
		return -EINVAL;

	*gtp = (struct pdcp_gtp){
		.type = p[1],
		.teid = get_unaligned_be32(p + 4),
		.hdr_len = PDCP_GTP_LEN,
	};
	if (!(p[0] & PDCP_GTP_OPT_MASK))
		return 0;

	if (avail < OPT_END)
		return -EINVAL;
	gtp->hdr_len = OPT_END;
	if (p[0] & PDCP_GTP_S) {
		gtp->has_seq = true;
		gtp->seq = get_unaligned_be16(p + OPT_SEQ);
	}
	return p[0] & PDCP_GTP_E ? read_extensions(p, avail, gtp) : 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_parse);

/* Octets of the information element at @p, or 0 if it is cut off or has no known length. */
static size_t element_len(const u8 *p, size_t len)
{
	size_t need = 0;

	if (p[0] & IE_TLV) {
		if (len >= IE_TLV_HDR_LEN)
			need = IE_TLV_HDR_LEN + get_unaligned_be16(p + 1);
	} else if (p[0] == IE_TEID_DATA) {
		need = 1 + IE_TEID_DATA_LEN;
	} else if (p[0] == IE_RECOVERY) {
		need = 1 + IE_RECOVERY_LEN;
	}
	return need <= len ? need : 0;
}

/**
 * pdcp_gtp_parse_error - read an Error Indication, 29.281 7.3.1
 * @p: what follows the header
 * @len: octets of it
 * @error: result; refers to @p
 *
 * Elements other than TEID Data I and peer address are skipped.
 *
 * Return: 0, or -EINVAL for an element that is cut off or of unknown length, or if one of the
 * two is missing.
 */
int pdcp_gtp_parse_error(const u8 *p, size_t len, struct pdcp_gtp_error *error)
{
	bool teid = false;
	size_t need;

	*error = (struct pdcp_gtp_error){};
	for (; len; p += need, len -= need) {
		need = element_len(p, len);
		if (!need)
			return -EINVAL;
		if (p[0] == IE_TEID_DATA) {
			error->teid = get_unaligned_be32(p + 1);
			teid = true;
		} else if (p[0] == IE_PEER_ADDRESS) {
			error->addr = p + IE_TLV_HDR_LEN;
			error->addr_len = min_t(size_t, need - IE_TLV_HDR_LEN, U8_MAX);
		}
	}
	return teid && (error->addr_len == 4 || error->addr_len == 16) ? 0 : -EINVAL;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_parse_error);

/**
 * pdcp_gtp_gpdu_hdr_len - octets that pdcp_gtp_put_gpdu() writes
 * @nru_len: octets of the frame in the NR RAN Container; 0 for none
 *
 * Return: octets in front of the T-PDU.
 */
u32 pdcp_gtp_gpdu_hdr_len(size_t nru_len)
{
	if (!nru_len)
		return PDCP_GTP_LEN;
	return OPT_END + round_up(nru_len + PDCP_GTP_EXT_FRAMING, PDCP_GTP_EXT_UNIT);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_gpdu_hdr_len);

/* The optional part, with the type of the first extension or 0. */
static void put_options(u8 *p, u16 seq, u8 next)
{
	put_unaligned_be16(seq, p + OPT_SEQ);
	p[OPT_NEXT - 1] = 0;
	p[OPT_NEXT] = next;
}

/**
 * pdcp_gtp_put_gpdu - write what precedes the T-PDU of a G-PDU
 * @p: room for pdcp_gtp_gpdu_hdr_len(@nru_len) octets
 * @size: octets of @p
 * @teid: tunnel
 * @len: octets of the T-PDU, 0 for none
 * @nru: 38.425 frame, which may already stand at @p + PDCP_GTP_NRU_OFFSET
 * @nru_len: octets of it, at most PDCP_GTP_NRU_MAX; 0 for no NR RAN Container
 *
 * Zero octets pad the frame to 4n - 2 octets, 38.425 5.5.3.24.
 *
 * Return: octets written, or -EMSGSIZE if they exceed @size, the frame its limit, or the
 * whole what the Length field can say.
 */
int pdcp_gtp_put_gpdu(u8 *p, size_t size, u32 teid, size_t len,
		      const u8 *nru, size_t nru_len)
{
	u32 hdr_len, behind;

	if (nru_len > PDCP_GTP_NRU_MAX || len > U16_MAX)
		return -EMSGSIZE;
	hdr_len = pdcp_gtp_gpdu_hdr_len(nru_len);
	behind = hdr_len - PDCP_GTP_LEN + len;
	if (hdr_len > size || behind > U16_MAX)
		return -EMSGSIZE;
	if (!nru_len) {
		pdcp_gtp_put(p, teid, behind);
		return hdr_len;
	}

	memmove(p + PDCP_GTP_NRU_OFFSET, nru, nru_len);
	memset(p + PDCP_GTP_NRU_OFFSET + nru_len, 0,
	       hdr_len - PDCP_GTP_NRU_OFFSET - nru_len);
	pdcp_gtp_put_hdr(p, PDCP_GTP_E, PDCP_GTP_GPDU, teid, behind);
	put_options(p, 0, PDCP_GTP_EXT_NRU);
	p[OPT_END] = (hdr_len - OPT_END) / PDCP_GTP_EXT_UNIT;
	return hdr_len;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_put_gpdu);

/* Header of a signalling message of @len octets: TEID 0, S. */
static void put_signalling(u8 *p, u8 type, u16 seq, u8 next, size_t len)
{
	pdcp_gtp_put_hdr(p, next ? PDCP_GTP_S | PDCP_GTP_E : PDCP_GTP_S, type, 0,
			 len - PDCP_GTP_LEN);
	put_options(p, seq, next);
}

/**
 * pdcp_gtp_put_echo_response - answer an Echo Request, 29.281 7.2.2
 * @p: room for the message
 * @size: octets of @p
 * @seq: sequence number of the request
 *
 * Return: octets written, or -EMSGSIZE.
 */
int pdcp_gtp_put_echo_response(u8 *p, size_t size, u16 seq)
{
	size_t len = OPT_END + 1 + IE_RECOVERY_LEN;

	if (size < len)
		return -EMSGSIZE;
	put_signalling(p, PDCP_GTP_ECHO_RESPONSE, seq, 0, len);
	p[OPT_END] = IE_RECOVERY;
	p[OPT_END + 1] = 0;
	return len;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_put_echo_response);

/* The UDP Port extension, 29.281 5.2.2.1.  Returns what follows it. */
static u8 *put_port(u8 *p, u16 port)
{
	p[0] = 1;
	put_unaligned_be16(port, p + 1);
	p[3] = 0;
	return p + PDCP_GTP_EXT_UNIT;
}

/**
 * pdcp_gtp_put_error - write an Error Indication, 29.281 7.3.1
 * @p: room for the message
 * @size: octets of @p
 * @error: TEID and destination address of the G-PDU, IPv4 or IPv6
 * @port: UDP source port of the G-PDU, host byte order; 0 to leave it out
 *
 * Return: octets written; -EMSGSIZE; -EINVAL if the address has neither 4 nor 16 octets.
 */
int pdcp_gtp_put_error(u8 *p, size_t size, const struct pdcp_gtp_error *error,
		       u16 port)
{
	size_t len = OPT_END + (port ? PDCP_GTP_EXT_UNIT : 0) + 1 + IE_TEID_DATA_LEN +
		     IE_TLV_HDR_LEN + error->addr_len;
	u8 *ie = p + OPT_END;

	if (error->addr_len != 4 && error->addr_len != 16)
		return -EINVAL;
	if (size < len)
		return -EMSGSIZE;
	put_signalling(p, PDCP_GTP_ERROR_INDICATION, 0,
		       port ? PDCP_GTP_EXT_UDP_PORT : 0, len);
	if (port)
		ie = put_port(ie, port);
	*ie++ = IE_TEID_DATA;
	put_unaligned_be32(error->teid, ie);
	ie += IE_TEID_DATA_LEN;
	*ie = IE_PEER_ADDRESS;
	put_unaligned_be16(error->addr_len, ie + 1);
	memcpy(ie + IE_TLV_HDR_LEN, error->addr, error->addr_len);
	return len;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_put_error);

/**
 * pdcp_gtp_put_extension_headers - write a Supported Extension Headers Notification
 * @p: room for the message
 * @size: octets of @p
 *
 * The answer to a message for which pdcp_gtp_parse() returned -EOPNOTSUPP, 29.281 7.2.3.
 *
 * Return: octets written, or -EMSGSIZE.
 */
int pdcp_gtp_put_extension_headers(u8 *p, size_t size)
{
	size_t len = OPT_END + 2 + sizeof(extension_types);

	if (size < len)
		return -EMSGSIZE;
	put_signalling(p, PDCP_GTP_EXTENSION_HEADERS, 0, 0, len);
	p[OPT_END] = IE_EXTENSION_TYPES;
	p[OPT_END + 1] = sizeof(extension_types);
	memcpy(p + OPT_END + 2, extension_types, sizeof(extension_types));
	return len;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtp_put_extension_headers);
