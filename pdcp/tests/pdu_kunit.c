// SPDX-License-Identifier: GPL-2.0
/* Wire format and coverage of Data PDUs, 38.323 6.2, 5.8 and 5.9. */

#include <kunit/test.h>
#include <linux/limits.h>

#include "crypto/nonce.h"
#include "pdcp/pdu.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/pdu.h"

KUNIT_ARRAY_PARAM_DESC(pdu_vectors, pdu_vectors, name);

static void put_header_vector(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	u8 hdr[PDCP_HDR_LEN_MAX + 1];
	u8 len = pdcp_pdu_hdr_len(v->sn_bits);
	size_t pdu_len;
	u8 *pdu = pdcp_test_hex(test, v->pdu, &pdu_len);

	memset(hdr, 0xa5, sizeof(hdr));
	pdcp_pdu_put_hdr(hdr, v->srb, v->sn_bits, v->count);
	KUNIT_EXPECT_MEMEQ(test, hdr, pdu, len);
	KUNIT_EXPECT_EQ(test, hdr[len], 0xa5);
}

static void parse_vector(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	size_t len;
	u8 *pdu = pdcp_test_hex(test, v->pdu, &len);
	u32 sn = U32_MAX;

	KUNIT_EXPECT_EQ(test, pdcp_pdu_parse(pdu, len, v->srb, v->sn_bits, &sn),
			PDCP_PDU_DATA);
	KUNIT_EXPECT_EQ(test, sn, pdcp_count_sn(v->count, v->sn_bits));
}

/* What is not ciphered reads as in the data; with NEA0 all that is not MAC-I does. */
static void layout_vector(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	u8 hdr_len = pdcp_pdu_hdr_len(v->sn_bits);
	bool mac = v->srb || v->nia >= 0;
	struct pdcp_pdu_layout layout;
	size_t len, data_len;
	u8 *pdu = pdcp_test_hex(test, v->pdu, &len);
	u8 *data = pdcp_test_hex(test, v->data, &data_len);

	KUNIT_ASSERT_EQ(test, 0, pdcp_pdu_layout(&layout, len, v->sn_bits, v->sdap_len, mac));
	KUNIT_EXPECT_EQ(test, layout.auth_len, hdr_len + data_len);
	KUNIT_EXPECT_EQ(test, layout.cipher_off, hdr_len + v->sdap_len);
	KUNIT_EXPECT_EQ(test, layout.cipher_off + layout.cipher_len, len);
	KUNIT_EXPECT_EQ(test, len - layout.auth_len, mac ? PDCP_MAC_LEN : 0);
	KUNIT_EXPECT_MEMEQ(test, pdu + hdr_len, data, layout.cipher_off - hdr_len);
	if (!v->nea)
		KUNIT_EXPECT_MEMEQ(test, pdu + hdr_len, data, data_len);
}

static void header_octets(struct kunit *test)
{
	u8 hdr[PDCP_HDR_LEN_MAX];

	pdcp_pdu_put_hdr(hdr, true, 12, 0xffffffff);
	KUNIT_EXPECT_MEMEQ(test, hdr, "\x0f\xff", 2);
	pdcp_pdu_put_hdr(hdr, false, 12, 0xffffffff);
	KUNIT_EXPECT_MEMEQ(test, hdr, "\x8f\xff", 2);
	pdcp_pdu_put_hdr(hdr, false, 18, 0xffffffff);
	KUNIT_EXPECT_MEMEQ(test, hdr, "\x83\xff\xff", 3);
	pdcp_pdu_put_hdr(hdr, false, 18, 0x00040000);
	KUNIT_EXPECT_MEMEQ(test, hdr, "\x80\x00\x00", 3);
	KUNIT_EXPECT_EQ(test, pdcp_pdu_hdr_len(12), 2);
	KUNIT_EXPECT_EQ(test, pdcp_pdu_hdr_len(18), 3);
}

static const struct parse_case {
	const char *name;
	bool srb;
	u8 sn_bits;
	u8 len;
	u8 octets[3];
	int result;
	u32 sn;
} parse_cases[] = {
	{ "SRB", true, 12, 2, { 0x0a, 0xbc }, PDCP_PDU_DATA, 0xabc },
	{ "SRB, R bits", true, 12, 2, { 0xfa, 0xbc }, PDCP_PDU_DATA, 0xabc },
	{ "SRB, first bit is no D/C", true, 12, 2, { 0x00, 0x01 }, PDCP_PDU_DATA, 1 },
	{ "SRB, one octet", true, 12, 1, { 0x0a }, -EINVAL },
	{ "SRB, empty", true, 12, 0, { 0x0a, 0xbc }, -EINVAL },
	{ "DRB 12", false, 12, 2, { 0x8a, 0xbc }, PDCP_PDU_DATA, 0xabc },
	{ "DRB 12, R bits", false, 12, 2, { 0xfa, 0xbc }, PDCP_PDU_DATA, 0xabc },
	{ "DRB 12, one octet", false, 12, 1, { 0x8a, 0xbc }, -EINVAL },
	{ "DRB 12, empty", false, 12, 0, { 0x8a, 0xbc }, -EINVAL },
	{ "DRB 18", false, 18, 3, { 0x82, 0xab, 0xcd }, PDCP_PDU_DATA, 0x2abcd },
	{ "DRB 18, R bits", false, 18, 3, { 0xfe, 0xab, 0xcd }, PDCP_PDU_DATA, 0x2abcd },
	{ "DRB 18, two octets", false, 18, 2, { 0x82, 0xab, 0xcd }, -EINVAL },
	{ "DRB 18, empty", false, 18, 0, { 0x82, 0xab, 0xcd }, -EINVAL },
	{ "control 12, one octet", false, 12, 1, { 0x10 }, PDCP_PDU_CONTROL },
	{ "control 18, one octet", false, 18, 1, { 0x7f }, PDCP_PDU_CONTROL },
	{ "control, empty", false, 12, 0, { 0x00 }, -EINVAL },
};

KUNIT_ARRAY_PARAM_DESC(parse_cases, parse_cases, name);

static void parse_octets(struct kunit *test)
{
	const struct parse_case *c = test->param_value;
	u32 sn = 0;

	KUNIT_EXPECT_EQ(test, pdcp_pdu_parse(c->octets, c->len, c->srb, c->sn_bits, &sn),
			c->result);
	KUNIT_EXPECT_EQ(test, sn, c->sn);
}

static void control_types(struct kunit *test)
{
	unsigned int octet;
	u8 type;

	for (octet = 0; octet <= U8_MAX; octet++)
		KUNIT_EXPECT_EQ(test, pdcp_pdu_control_type(&(u8){ octet }), octet / 16 % 8);
	for (type = 0; type < 8; type++)
		KUNIT_EXPECT_EQ(test, pdcp_pdu_control_octet(type), type * 16);
	KUNIT_EXPECT_EQ(test, PDCP_CONTROL_STATUS, 0);
	KUNIT_EXPECT_EQ(test, PDCP_CONTROL_ROHC_FEEDBACK, 1);
	KUNIT_EXPECT_EQ(test, PDCP_CONTROL_EHC_FEEDBACK, 2);
	KUNIT_EXPECT_EQ(test, PDCP_CONTROL_UDC_FEEDBACK, 3);
	KUNIT_EXPECT_EQ(test, PDCP_CONTROL_SN_GAP, 4);
}

/* COUNT, BEARER and DIRECTION of test set 1 of 128-EEA2, 33.401 C.1.1, and of its counter block. */
static void nonce(struct kunit *test)
{
	u8 nonce[PDCP_NONCE_LEN];

	memset(nonce, 0xff, sizeof(nonce));
	pdcp_nonce_pack(nonce, 0x398a59b4, 0x15, 1);
	KUNIT_EXPECT_MEMEQ(test, nonce, "\x39\x8a\x59\xb4\xac\x00\x00\x00", 8);
	pdcp_nonce_pack(nonce, 0x01020304, 31, 0);
	KUNIT_EXPECT_MEMEQ(test, nonce, "\x01\x02\x03\x04\xf8\x00\x00\x00", 8);
}

/* The shortest PDU holds header, SDAP header and MAC-I; one octet less is refused. */
static void layout_shortest(struct kunit *test)
{
	struct pdcp_pdu_layout layout;
	unsigned int i;

	for (i = 0; i < 8; i++) {
		u8 sn_bits = i & 1 ? 18 : 12;
		u8 sdap_len = i >> 1 & 1;
		bool mac = i >> 2;
		u8 clear = pdcp_pdu_hdr_len(sn_bits) + sdap_len;
		u8 shortest = clear + (mac ? PDCP_MAC_LEN : 0);
		u8 len;

		for (len = 0; len < shortest; len++)
			KUNIT_EXPECT_EQ(test, -EINVAL,
					pdcp_pdu_layout(&layout, len, sn_bits, sdap_len, mac));
		KUNIT_EXPECT_EQ(test, 0,
				pdcp_pdu_layout(&layout, shortest, sn_bits, sdap_len, mac));
		KUNIT_EXPECT_EQ(test, layout.auth_len, clear);
		KUNIT_EXPECT_EQ(test, layout.cipher_off, clear);
		KUNIT_EXPECT_EQ(test, layout.cipher_len, mac ? 4 : 0);
	}
}

static struct kunit_case pdu_cases[] = {
	KUNIT_CASE_PARAM(put_header_vector, pdu_vectors_gen_params),
	KUNIT_CASE_PARAM(parse_vector, pdu_vectors_gen_params),
	KUNIT_CASE_PARAM(layout_vector, pdu_vectors_gen_params),
	KUNIT_CASE(header_octets),
	KUNIT_CASE_PARAM(parse_octets, parse_cases_gen_params),
	KUNIT_CASE(control_types),
	KUNIT_CASE(nonce),
	KUNIT_CASE(layout_shortest),
	{}
};

static struct kunit_suite pdu_suite = {
	.name = "pdcp_pdu",
	.test_cases = pdu_cases,
};

kunit_test_suite(pdu_suite);
