// SPDX-License-Identifier: GPL-2.0
/* GTP-U messages.  Input: a UDP payload. */

#include "fuzz.h"
#include "pdcp/gtp.h"

static int parse(const u8 *data, size_t avail, size_t total, struct pdcp_gtp *gtp)
{
	u8 *p = copy(data, avail);
	int err = pdcp_gtp_parse(p, avail, total, gtp);

	buffer_free(p, avail);
	return err;
}

static void check_bounds(const struct pdcp_gtp *gtp, size_t avail)
{
	HOLDS(gtp->hdr_len >= PDCP_GTP_LEN && gtp->hdr_len <= avail);
	HOLDS(gtp->hdr_len % PDCP_GTP_EXT_UNIT == 0);
	if (gtp->nru_len) {
		HOLDS(gtp->nru_offset >= PDCP_GTP_NRU_OFFSET);
		HOLDS(gtp->nru_len <= PDCP_GTP_NRU_MAX);
		HOLDS(gtp->nru_offset + gtp->nru_len < gtp->hdr_len);
	}
	HOLDS(!gtp->pdcp_sn_bits || gtp->pdcp_sn >> gtp->pdcp_sn_bits == 0);
	HOLDS(gtp->has_seq || !gtp->seq);
}

static bool same(const struct pdcp_gtp *a, const struct pdcp_gtp *b)
{
	return a->teid == b->teid && a->hdr_len == b->hdr_len &&
	       a->nru_offset == b->nru_offset && a->nru_len == b->nru_len &&
	       a->pdcp_sn == b->pdcp_sn && a->seq == b->seq && a->type == b->type &&
	       a->pdcp_sn_bits == b->pdcp_sn_bits && a->has_seq == b->has_seq;
}

/* The header alone says the same, and one octet less is too little. */
static void check_truncated(const u8 *data, size_t size, const struct pdcp_gtp *gtp)
{
	struct pdcp_gtp again;

	HOLDS(!parse(data, gtp->hdr_len, size, &again));
	HOLDS(same(gtp, &again));
	HOLDS(parse(data, gtp->hdr_len - 1, size, &again) == -EINVAL);
	HOLDS(parse(data, gtp->hdr_len, size + 1, &again) == -EINVAL);
}

/* Is there nothing in this header but what pdcp_gtp_put_gpdu() writes? */
static bool is_ours(const u8 *data, const struct pdcp_gtp *gtp)
{
	if (!gtp->nru_len)
		return data[0] == PDCP_GTP_VERSION_PT;
	return data[0] == (PDCP_GTP_VERSION_PT | PDCP_GTP_E) &&
	       !memcmp(data + PDCP_GTP_LEN, "\0\0\0\x84", PDCP_GTP_OPT_LEN) &&
	       gtp->hdr_len == pdcp_gtp_gpdu_hdr_len(gtp->nru_len);
}

/* Built again, a G-PDU is the same, and parsed it is the same in any case. */
static void check_gpdu(const u8 *data, size_t size, const struct pdcp_gtp *gtp)
{
	u32 len = pdcp_gtp_gpdu_hdr_len(gtp->nru_len);
	u32 rest = size - gtp->hdr_len;
	const u8 *nru = data + gtp->nru_offset;
	struct pdcp_gtp again;
	u8 *p = buffer(len);

	HOLDS(pdcp_gtp_put_gpdu(p, len - 1, gtp->teid, rest, nru, gtp->nru_len) == -EMSGSIZE);
	HOLDS(pdcp_gtp_put_gpdu(p, len, gtp->teid, rest, nru, gtp->nru_len) == len);
	HOLDS(!is_ours(data, gtp) || !memcmp(p, data, len));

	HOLDS(!parse(p, len, len + rest, &again));
	HOLDS(again.type == PDCP_GTP_GPDU && again.teid == gtp->teid && again.hdr_len == len);
	HOLDS(!again.has_seq && !again.pdcp_sn_bits);
	HOLDS(again.nru_len == gtp->nru_len);
	HOLDS(!gtp->nru_len || !memcmp(p + again.nru_offset, nru, gtp->nru_len));
	buffer_free(p, len);
}

static void check_echo(const struct pdcp_gtp *gtp)
{
	struct pdcp_gtp answer;
	u8 p[64];
	int len;

	len = pdcp_gtp_put_echo_response(p, sizeof(p), gtp->seq);
	HOLDS(len > 0 && !parse(p, len, len, &answer));
	HOLDS(answer.type == PDCP_GTP_ECHO_RESPONSE && answer.seq == gtp->seq);
	HOLDS(pdcp_gtp_put_echo_response(p, len - 1, gtp->seq) == -EMSGSIZE);
}

static void check_error_rebuilt(const struct pdcp_gtp_error *error, u16 port)
{
	struct pdcp_gtp_error again;
	struct pdcp_gtp gtp;
	u8 p[64];
	int len;

	len = pdcp_gtp_put_error(p, sizeof(p), error, port);
	HOLDS(len > 0);
	HOLDS(pdcp_gtp_put_error(p, len - 1, error, port) == -EMSGSIZE);
	HOLDS(!parse(p, len, len, &gtp));
	HOLDS(gtp.type == PDCP_GTP_ERROR_INDICATION && !gtp.teid && gtp.has_seq);
	HOLDS(!pdcp_gtp_parse_error(p + gtp.hdr_len, len - gtp.hdr_len, &again));
	HOLDS(again.teid == error->teid && again.addr_len == error->addr_len);
	HOLDS(!memcmp(again.addr, error->addr, error->addr_len));
}

static void check_error(const u8 *data, size_t len)
{
	u8 *p = copy(data, len);
	struct pdcp_gtp_error error;

	if (!pdcp_gtp_parse_error(p, len, &error)) {
		HOLDS(error.addr_len == 4 || error.addr_len == 16);
		HOLDS(error.addr >= p && error.addr + error.addr_len <= p + len);
		check_error_rebuilt(&error, 0);
		check_error_rebuilt(&error, 2152);
	}
	buffer_free(p, len);
}

int fuzz_one(const u8 *data, size_t size)
{
	size_t avail = min_t(size_t, size, PDCP_GTP_HDR_MAX);
	struct pdcp_gtp gtp;

	if (parse(data, avail, size, &gtp))
		return 0;
	check_bounds(&gtp, avail);
	check_truncated(data, size, &gtp);
	if (gtp.type == PDCP_GTP_GPDU)
		check_gpdu(data, size, &gtp);
	else if (gtp.type == PDCP_GTP_ECHO_REQUEST)
		check_echo(&gtp);
	else if (gtp.type == PDCP_GTP_ERROR_INDICATION)
		check_error(data + gtp.hdr_len, size - gtp.hdr_len);
	return 0;
}
