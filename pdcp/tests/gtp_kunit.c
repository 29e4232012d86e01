// SPDX-License-Identifier: GPL-2.0
/* GTP-U messages, 29.281 5, 7 and 8. */

#include <kunit/test.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#include "pdcp/gtp.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/gtp.h"

KUNIT_ARRAY_PARAM_DESC(gtp_vectors, gtp_vectors, name);

static void parse_vector(struct kunit *test)
{
	const struct gtp_vector *v = test->param_value;
	struct pdcp_gtp gtp;
	size_t len, nru_len, rest_len;
	u8 *udp = pdcp_test_hex(test, v->udp, &len);
	u8 *nru, *rest;

	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(udp, len, len, &gtp), v->err);
	if (v->err)
		return;

	nru = pdcp_test_hex(test, v->nru, &nru_len);
	rest = pdcp_test_hex(test, v->rest, &rest_len);
	KUNIT_EXPECT_EQ(test, gtp.type, v->type);
	KUNIT_EXPECT_EQ(test, gtp.teid, v->teid);
	KUNIT_EXPECT_EQ(test, gtp.has_seq, v->seq >= 0);
	KUNIT_EXPECT_EQ(test, gtp.seq, v->seq < 0 ? 0 : v->seq);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn, v->pdcp_sn);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn_bits, v->pdcp_sn_bits);
	KUNIT_ASSERT_EQ(test, gtp.nru_len, nru_len);
	KUNIT_EXPECT_MEMEQ(test, udp + gtp.nru_offset, nru, nru_len);
	KUNIT_ASSERT_EQ(test, gtp.hdr_len, len - rest_len);
	KUNIT_EXPECT_MEMEQ(test, udp + gtp.hdr_len, rest, rest_len);
}

/* Cut off at every octet: by the datagram, or by what may be read of it. */
static void parse_cut_vector(struct kunit *test)
{
	const struct gtp_vector *v = test->param_value;
	struct pdcp_gtp gtp;
	size_t len, cut;
	u8 *udp = pdcp_test_hex(test, v->udp, &len);
	size_t rest_len = strlen(v->rest ?: "") / 2;

	if (v->err)
		return;
	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(udp, len, len + 1, &gtp), -EINVAL);
	for (cut = 0; cut < len; cut++) {
		u8 *p = pdcp_test_copy(test, udp, cut);

		KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, cut, cut, &gtp), -EINVAL);
		KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, cut, len, &gtp),
				cut < len - rest_len ? -EINVAL : 0);
	}
}

static const struct header_case {
	const char *name;
	const char *udp;
	int err;
	u32 hdr_len;
	s32 seq;
} header_cases[] = {
	{ "none", "30ff000000000001", 0, 8, -1 },
	{ "spare bit", "38ff000000000001", 0, 8, -1 },
	{ "PN", "31ff000400000001beefaa84", 0, 12, -1 },
	{ "S", "32ff000400000001beefaa84", 0, 12, 0xbeef },
	{ "S, PN", "33ff000400000001beefaa84", 0, 12, 0xbeef },
	{ "E", "34ff000400000001beefaa00", 0, 12, -1 },
	{ "E, extension missing", "34ff000400000001beefaa84", -EINVAL },
	{ "E, S, PN", "37ff000c00000001beefaa840200000000000000", 0, 20, 0xbeef },
	{ "E, chain goes on", "37ff000c00000001beefaa840200000000000084", -EINVAL },
	{ "E, second of length 0", "34ff00100000000100000084020000000000008400000000", -EINVAL },
	{ "version 0", "10ff000000000001", -EINVAL },
	{ "version 3", "70ff000000000001", -EINVAL },
	{ "version 7", "f0ff000000000001", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(header_cases, header_cases, name);

static void parse_header(struct kunit *test)
{
	const struct header_case *c = test->param_value;
	struct pdcp_gtp gtp;
	size_t len;
	u8 *udp = pdcp_test_hex(test, c->udp, &len);

	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(udp, len, len, &gtp), c->err);
	if (c->err)
		return;
	KUNIT_EXPECT_EQ(test, gtp.hdr_len, c->hdr_len);
	KUNIT_EXPECT_EQ(test, gtp.has_seq, c->seq >= 0);
	KUNIT_EXPECT_EQ(test, gtp.seq, c->seq < 0 ? 0 : c->seq);
	KUNIT_EXPECT_EQ(test, gtp.teid, 1);
}

/* A G-PDU of one extension of @units, the octets of which count up from 1, and a T-PDU. */
static u32 put_extension(u8 *p, u8 type, u8 units)
{
	u32 i, len = units * PDCP_GTP_EXT_UNIT;

	pdcp_gtp_put_hdr(p, PDCP_GTP_E | PDCP_GTP_S, PDCP_GTP_GPDU, 0x01020304, len + 5);
	put_unaligned_be32(0xabcd0000 | type, p + PDCP_GTP_LEN);
	p += PDCP_GTP_LEN + PDCP_GTP_OPT_LEN;
	p[0] = units;
	for (i = 1; i < len - 1; i++)
		p[i] = i;
	p[len - 1] = 0;
	p[len] = 0xff;
	return PDCP_GTP_LEN + PDCP_GTP_OPT_LEN + len + 1;
}

/* What an endpoint has to comprehend is accepted if, and only if, we say that we do. */
static void comprehension(struct kunit *test)
{
	u8 p[64], notification[64];
	struct pdcp_gtp gtp;
	unsigned int type;
	int len;

	len = pdcp_gtp_put_extension_headers(notification, sizeof(notification));
	KUNIT_ASSERT_GT(test, len, 14);
	for (type = 1; type <= U8_MAX; type++) {
		bool known = memchr(notification + 14, type, len - 14);
		bool required = type >> 6 == 2 || type >> 6 == 3;
		u32 total = put_extension(p, type, 3);

		memset(&gtp, 0, sizeof(gtp));
		KUNIT_EXPECT_EQ_MSG(test, pdcp_gtp_parse(p, total, total, &gtp),
				    required && !known ? -EOPNOTSUPP : 0, "type %02x", type);
		KUNIT_EXPECT_EQ(test, gtp.type, PDCP_GTP_GPDU);
		KUNIT_EXPECT_EQ(test, gtp.teid, 0x01020304);
		KUNIT_EXPECT_EQ(test, gtp.seq, 0xabcd);
		KUNIT_EXPECT_EQ(test, gtp.nru_len, type == 0x84 ? 10 : 0);
	}
}

/* One that is malformed is not to be answered. */
static void malformed_before_unknown(struct kunit *test)
{
	struct pdcp_gtp gtp;
	u8 p[64];
	u32 total = put_extension(p, 0x9f, 2);

	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), -EOPNOTSUPP);
	p[12] = 3;
	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), -EINVAL);
	p[12] = 0;
	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), -EINVAL);
}

static const struct sn_case {
	const char *name;
	u8 type;
	u8 units;
	int err;
	u32 sn;
	u8 bits;
} sn_cases[] = {
	{ "PDCP PDU Number", 0xc0, 1, 0, 0x0102, 15 },
	{ "PDCP PDU Number, longer", 0xc0, 2, 0, 0x0102, 15 },
	{ "Long PDCP PDU Number", 0x82, 2, 0, 0x10203, 18 },
	{ "Long PDCP PDU Number, longer", 0x82, 3, 0, 0x10203, 18 },
	{ "Long PDCP PDU Number, short", 0x82, 1, -EINVAL },
	{ "Long PDCP PDU Number, old", 0x03, 2, 0, 0x10203, 18 },
	{ "Long PDCP PDU Number, old, short", 0x03, 1, -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(sn_cases, sn_cases, name);

static void parse_sn(struct kunit *test)
{
	const struct sn_case *c = test->param_value;
	struct pdcp_gtp gtp;
	u8 p[64];
	u32 total = put_extension(p, c->type, c->units);

	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), c->err);
	if (c->err)
		return;
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn, c->sn);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn_bits, c->bits);
	KUNIT_EXPECT_EQ(test, gtp.hdr_len, total - 1);
}

/* Spare bits of the SN fields do not count. */
static void sn_spare_bits(struct kunit *test)
{
	struct pdcp_gtp gtp;
	u8 p[64];
	u32 total;

	total = put_extension(p, 0xc0, 1);
	p[13] = 0xff;
	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), 0);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn, 0x7f02);
	total = put_extension(p, 0x82, 2);
	p[13] = 0xff;
	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(p, total, total, &gtp), 0);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn, 0x30203);
}

/* Two each of NR RAN Container and number: the first counts, wherever it stands. */
static void first_counts(struct kunit *test)
{
	size_t len;
	static const char hex[] =
		"34ff001e000000010000008501000982020345670000008401aaaac0011234840111110055aa";
	u8 *udp = pdcp_test_hex(test, hex, &len);
	struct pdcp_gtp gtp;

	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(udp, len, len, &gtp), 0);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn, 0x34567);
	KUNIT_EXPECT_EQ(test, gtp.pdcp_sn_bits, 18);
	KUNIT_EXPECT_EQ(test, gtp.nru_len, 2);
	KUNIT_EXPECT_EQ(test, gtp.nru_offset, 25);
	KUNIT_EXPECT_EQ(test, gtp.hdr_len, len - 2);
}

/* Whole G-PDUs of the vectors from their parts. */
static void put_gpdu_vectors(struct kunit *test)
{
	unsigned int i, rebuilt = 0;

	for (i = 0; i < ARRAY_SIZE(gtp_vectors); i++) {
		const struct gtp_vector *v = &gtp_vectors[i];
		size_t len, nru_len, rest_len;
		u8 hdr[64];
		u8 *udp = pdcp_test_hex(test, v->udp, &len);
		u8 *nru;
		int hdr_len;

		if (v->err || v->type != PDCP_GTP_GPDU)
			continue;
		nru = pdcp_test_hex(test, v->nru, &nru_len);
		rest_len = strlen(v->rest) / 2;
		hdr_len = pdcp_gtp_put_gpdu(hdr, sizeof(hdr), v->teid, rest_len, nru, nru_len);
		/* Some have extensions or options that we do not send. */
		if (hdr_len + rest_len != len || udp[0] != hdr[0])
			continue;
		KUNIT_EXPECT_MEMEQ(test, udp, hdr, hdr_len);
		rebuilt++;
	}
	KUNIT_EXPECT_EQ(test, rebuilt, 44);
}

/* Every length of frame, into room that just suffices. */
static void put_gpdu_padding(struct kunit *test)
{
	u8 *frame = kunit_kzalloc(test, PDCP_GTP_NRU_MAX, GFP_KERNEL);
	u8 *p = kunit_kzalloc(test, 2048, GFP_KERNEL);
	u8 *zero = kunit_kzalloc(test, 8, GFP_KERNEL);
	size_t len;

	KUNIT_ASSERT_NOT_NULL(test, frame);
	KUNIT_ASSERT_NOT_NULL(test, p);
	KUNIT_ASSERT_NOT_NULL(test, zero);
	memset(frame, 0x5a, PDCP_GTP_NRU_MAX);
	for (len = 1; len <= PDCP_GTP_NRU_MAX; len++) {
		u32 hdr_len = pdcp_gtp_gpdu_hdr_len(len);
		u32 padded = (len + 1) / 4 * 4 + 2;
		struct pdcp_gtp gtp;

		KUNIT_EXPECT_EQ(test, hdr_len, 12 + padded + 2);
		memset(p, 0xa5, 2048);
		KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, hdr_len - 1, 7, 100, frame, len),
				-EMSGSIZE);
		KUNIT_EXPECT_EQ(test, p[0], 0xa5);
		KUNIT_ASSERT_EQ(test, pdcp_gtp_put_gpdu(p, hdr_len, 7, 100, frame, len),
				hdr_len);
		KUNIT_EXPECT_EQ(test, p[hdr_len], 0xa5);
		KUNIT_ASSERT_EQ(test, pdcp_gtp_parse(p, hdr_len, hdr_len + 100, &gtp), 0);
		KUNIT_EXPECT_EQ(test, gtp.hdr_len, hdr_len);
		KUNIT_EXPECT_EQ(test, gtp.nru_offset, PDCP_GTP_NRU_OFFSET);
		KUNIT_ASSERT_EQ(test, gtp.nru_len, padded);
		KUNIT_EXPECT_MEMEQ(test, p + gtp.nru_offset, frame, len);
		KUNIT_EXPECT_MEMEQ(test, p + gtp.nru_offset + len, zero, padded - len);
	}
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 2048, 7, 0, frame, PDCP_GTP_NRU_MAX + 1),
			-EMSGSIZE);
}

static void put_gpdu_in_place(struct kunit *test)
{
	u8 p[32], want[32];

	memset(p, 0xa5, sizeof(p));
	memcpy(p + PDCP_GTP_NRU_OFFSET, "\1\2\3\4\5\6\7", 7);
	KUNIT_ASSERT_EQ(test, pdcp_gtp_put_gpdu(want, sizeof(want), 1, 2,
						"\1\2\3\4\5\6\7", 7), 24);
	KUNIT_ASSERT_EQ(test, pdcp_gtp_put_gpdu(p, sizeof(p), 1, 2,
						p + PDCP_GTP_NRU_OFFSET, 7), 24);
	KUNIT_EXPECT_MEMEQ(test, p, want, 24);
}

/* The Length field has 16 bits. */
static void put_gpdu_length(struct kunit *test)
{
	u8 p[32], plain[PDCP_GTP_LEN];

	KUNIT_ASSERT_EQ(test, pdcp_gtp_put_gpdu(p, 8, 0x80000001, 65535, NULL, 0), 8);
	KUNIT_EXPECT_MEMEQ(test, p, "\x30\xff\xff\xff\x80\x00\x00\x01", 8);
	pdcp_gtp_put(plain, 0x80000001, 65535);
	KUNIT_EXPECT_MEMEQ(test, p, plain, 8);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 7, 1, 0, NULL, 0), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 8, 1, 65536, NULL, 0), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 32, 1, SIZE_MAX - 3, "\1\2", 2), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 32, 1, 65527, "\1\2", 2), 16);
	KUNIT_EXPECT_EQ(test, p[2] << 8 | p[3], 65535);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_gpdu(p, 32, 1, 65528, "\1\2", 2), -EMSGSIZE);
}

static int put_echo_response(u8 *p, size_t size)
{
	return pdcp_gtp_put_echo_response(p, size, 0x0102);
}

static int put_error4(u8 *p, size_t size)
{
	struct pdcp_gtp_error error = { 0x11223344, "\x0a\x00\x00\x02", 4 };

	return pdcp_gtp_put_error(p, size, &error, 2152);
}

static int put_error4_no_port(u8 *p, size_t size)
{
	struct pdcp_gtp_error error = { 0xdeadbeef, "\x0a\x00\x00\x09", 4 };

	return pdcp_gtp_put_error(p, size, &error, 0);
}

static int put_error6(u8 *p, size_t size)
{
	static const u8 addr[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = 1 };
	struct pdcp_gtp_error error = { 0x80000001, addr, sizeof(addr) };

	return pdcp_gtp_put_error(p, size, &error, 0xabcd);
}

static const struct signalling_case {
	const char *name;
	int (*put)(u8 *p, size_t size);
	const char *udp;
} signalling_cases[] = {
	{ "Echo Response", put_echo_response, "3202000600000000010200000e00" },
	{ "Error Indication, IPv4", put_error4,
	  "361a001400000000000000400108680010112233448500040a000002" },
	{ "Error Indication, IPv4, no port", put_error4_no_port,
	  "321a0010000000000000000010deadbeef8500040a000009" },
	{ "Error Indication, IPv6", put_error6,
	  "361a0020000000000000004001abcd00108000000185001020010db8000000000000000000000001" },
	{ "Supported Extension Headers Notification", pdcp_gtp_put_extension_headers,
	  "321f000b00000000000000008d0503828485c0" },
};

KUNIT_ARRAY_PARAM_DESC(signalling_cases, signalling_cases, name);

static void put_signalling(struct kunit *test)
{
	const struct signalling_case *c = test->param_value;
	struct pdcp_gtp gtp;
	size_t len, size;
	u8 *udp = pdcp_test_hex(test, c->udp, &len);
	u8 p[64];

	memset(p, 0xa5, sizeof(p));
	for (size = 0; size < len; size++)
		KUNIT_EXPECT_EQ(test, c->put(p, size), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, p[0], 0xa5);
	KUNIT_ASSERT_EQ(test, c->put(p, len), len);
	KUNIT_EXPECT_MEMEQ(test, p, udp, len);
	KUNIT_EXPECT_EQ(test, p[len], 0xa5);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse(p, len, len, &gtp), 0);
}

static const struct error_case {
	const char *name;
	const char *elements;
	int err;
	u32 teid;
	u8 addr_len;
	u8 whole;		/* so many octets of @elements are a message, too */
} error_cases[] = {
	{ "IPv4", "10112233448500040a000002", 0, 0x11223344, 4, 12 },
	{ "IPv6", "108000000185001020010db8000000000000000000000001", 0, 0x80000001, 16, 24 },
	{ "other order", "8500040a0000021080000001", 0, 0x80000001, 4, 12 },
	{ "private extension", "10112233448500040a000002ff0003000102", 0, 0x11223344, 4, 12 },
	{ "recovery before", "0e0010112233448500040a000002", 0, 0x11223344, 4, 14 },
	{ "empty", "", -EINVAL },
	{ "no TEID", "8500040a000002", -EINVAL },
	{ "no address", "1011223344", -EINVAL },
	{ "address of no octets", "1011223344850000", -EINVAL },
	{ "address of 5 octets", "10112233448500050a00000200", -EINVAL },
	{ "address beyond the end", "10112233448500100a000002", -EINVAL },
	{ "unknown element without length", "10112233448500040a00000211", -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(error_cases, error_cases, name);

static void parse_error(struct kunit *test)
{
	const struct error_case *c = test->param_value;
	struct pdcp_gtp_error error;
	size_t len, cut;
	u8 *p = pdcp_test_hex(test, c->elements, &len);

	KUNIT_ASSERT_EQ(test, pdcp_gtp_parse_error(p, len, &error), c->err);
	if (c->err)
		return;
	KUNIT_EXPECT_EQ(test, error.teid, c->teid);
	KUNIT_ASSERT_EQ(test, error.addr_len, c->addr_len);
	KUNIT_EXPECT_EQ(test, error.addr[0], c->addr_len == 4 ? 10 : 0x20);
	KUNIT_EXPECT_EQ(test, error.addr[c->addr_len - 1], c->addr_len == 4 ? 2 : 1);
	for (cut = 0; cut < len; cut++)
		KUNIT_EXPECT_EQ(test,
				pdcp_gtp_parse_error(pdcp_test_copy(test, p, cut), cut, &error),
				cut == c->whole ? 0 : -EINVAL);
}

/* An address of 260 octets is none of 4, whatever its length is stored in. */
static void parse_error_long_address(struct kunit *test)
{
	u8 *p = kunit_kzalloc(test, 512, GFP_KERNEL);
	struct pdcp_gtp_error error;

	KUNIT_ASSERT_NOT_NULL(test, p);
	memcpy(p, "\x10\x11\x22\x33\x44\x85\x01\x04", 8);
	KUNIT_EXPECT_EQ(test, pdcp_gtp_parse_error(p, 8 + 260, &error), -EINVAL);
}

static void put_error_address(struct kunit *test)
{
	struct pdcp_gtp_error error = { 1, "\1\2\3\4\5", 5 };
	u8 p[64];

	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_error(p, sizeof(p), &error, 0), -EINVAL);
	error.addr_len = 0;
	KUNIT_EXPECT_EQ(test, pdcp_gtp_put_error(p, sizeof(p), &error, 0), -EINVAL);
}

static struct kunit_case gtp_cases[] = {
	KUNIT_CASE_PARAM(parse_vector, gtp_vectors_gen_params),
	KUNIT_CASE_PARAM(parse_cut_vector, gtp_vectors_gen_params),
	KUNIT_CASE_PARAM(parse_header, header_cases_gen_params),
	KUNIT_CASE(comprehension),
	KUNIT_CASE(malformed_before_unknown),
	KUNIT_CASE_PARAM(parse_sn, sn_cases_gen_params),
	KUNIT_CASE(sn_spare_bits),
	KUNIT_CASE(first_counts),
	KUNIT_CASE(put_gpdu_vectors),
	KUNIT_CASE(put_gpdu_padding),
	KUNIT_CASE(put_gpdu_in_place),
	KUNIT_CASE(put_gpdu_length),
	KUNIT_CASE_PARAM(put_signalling, signalling_cases_gen_params),
	KUNIT_CASE_PARAM(parse_error, error_cases_gen_params),
	KUNIT_CASE(parse_error_long_address),
	KUNIT_CASE(put_error_address),
	{}
};

static struct kunit_suite gtp_suite = {
	.name = "pdcp_gtp",
	.test_cases = gtp_cases,
};

kunit_test_suite(gtp_suite);
