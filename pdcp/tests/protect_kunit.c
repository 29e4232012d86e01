// SPDX-License-Identifier: GPL-2.0
/*
 * Whole PDUs, 38.323 5.8 and 5.9: header, MAC-I and ciphering through the crypto API, and the
 * way back.  Needs the algorithms of pdcp_crypto.ko.
 */

#include <kunit/test.h>
#include <linux/err.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include "crypto/batch.h"
#include "pdcp/pdu.h"
#include "pdcp/security.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/tests/vectors/pdu.h"
#include "pdcp/window.h"

/* How a Data PDU is built, its security set, and its octets. */
struct protected {
	struct pdcp_security *sec;
	struct pdcp_inputs in;
	struct pdcp_pdu_layout layout;
	bool srb;
	u8 sn_bits;
	u8 sdap_len;
	u8 *pdu;
	size_t len;
};

static void security_put(void *sec)
{
	pdcp_security_put(sec);
}

/* The set of a test case; the other plane has other keys. */
static struct pdcp_security *security(struct kunit *test, u8 nea, u8 nia, enum pdcp_plane plane,
				      const char *kenc, const char *kint)
{
	struct pdcp_security *sec;
	struct pdcp_keys keys = { .nea = nea, .nia = nia };
	u8 *enc, *integ;
	size_t len;
	int i;

	keys.enc[plane] = pdcp_test_hex(test, kenc, &len);
	keys.integ[plane] = pdcp_test_hex(test, kint, &len);
	enc = pdcp_test_hex(test, kenc, &len);
	integ = pdcp_test_hex(test, kint, &len);
	for (i = 0; i < PDCP_KEY_LEN; i++) {
		enc[i] ^= 0x55;
		integ[i] ^= 0x55;
	}
	keys.enc[!plane] = enc;
	keys.integ[!plane] = integ;

	sec = pdcp_security_create(0, &keys, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, sec);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, security_put, sec), 0);
	return sec;
}

static struct pdcp_job job(const struct protected *p, u8 *pdu)
{
	struct pdcp_job job = {
		.dst = pdu,
		.clear = p->layout.cipher_off,
		.len = p->layout.auth_len - p->layout.cipher_off,
	};

	pdcp_security_job(p->sec, &p->in, &job);
	return job;
}

static int protect(const struct protected *p)
{
	struct pdcp_job seal = job(p, p->pdu);

	pdcp_batch_seal(&seal, 1);
	return seal.err;
}

static int unprotect(const struct protected *p, u8 *pdu)
{
	struct pdcp_job open = job(p, pdu);

	pdcp_batch_open(&open, 1);
	return open.err;
}

/* The PDU in clear, with room for the MAC-I. */
static void build(struct kunit *test, struct protected *p, const char *sdu)
{
	size_t sdu_len;
	u8 *data = pdcp_test_hex(test, sdu, &sdu_len);
	u8 hdr_len = pdcp_pdu_hdr_len(p->sn_bits);

	p->len = hdr_len + sdu_len + (p->in.integrity ? PDCP_MAC_LEN : 0);
	p->pdu = kunit_kmalloc(test, p->len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, p->pdu);
	memset(p->pdu, 0xa5, p->len);
	pdcp_pdu_put_hdr(p->pdu, p->srb, p->sn_bits, p->in.count);
	memcpy(p->pdu + hdr_len, data, sdu_len);
	KUNIT_ASSERT_EQ(test, 0, pdcp_pdu_layout(&p->layout, p->len, p->sn_bits, p->sdap_len,
						 p->in.integrity));
}

static void expect_protected(struct kunit *test, struct protected *p, const char *sdu,
			     const char *pdu)
{
	size_t len;
	u8 *want = pdcp_test_hex(test, pdu, &len);

	build(test, p, sdu);
	KUNIT_ASSERT_EQ(test, p->len, len);
	KUNIT_EXPECT_EQ(test, protect(p), 0);
	KUNIT_EXPECT_MEMEQ(test, p->pdu, want, len);
}

/* Of the PDU in @p; the SDU is behind the header afterwards. */
static void expect_unprotected(struct kunit *test, struct protected *p, const char *sdu)
{
	size_t len;
	u8 *want = pdcp_test_hex(test, sdu, &len);

	KUNIT_EXPECT_EQ(test, unprotect(p, p->pdu), 0);
	KUNIT_EXPECT_MEMEQ(test, p->pdu + pdcp_pdu_hdr_len(p->sn_bits), want, len);
}

/* The set of a DRB without integrity protection may well have an algorithm for it. */
static struct protected vector(struct kunit *test, const struct pdu_vector *v)
{
	enum pdcp_plane plane = v->srb ? PDCP_PLANE_RRC : PDCP_PLANE_UP;
	u8 nia = v->nia < 0 ? 2 : v->nia;

	return (struct protected){
		.sec = security(test, v->nea, nia, plane, PDU_VECTOR_KENC, PDU_VECTOR_KINT),
		.in = {
			.count = v->count,
			.bearer = v->bearer,
			.direction = v->direction,
			.plane = plane,
			.ciphering = true,
			.integrity = v->nia >= 0,
		},
		.srb = v->srb,
		.sn_bits = v->sn_bits,
		.sdap_len = v->sdap_len,
	};
}

KUNIT_ARRAY_PARAM_DESC(pdu_vectors, pdu_vectors, name);

static void both_ways(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	struct protected p = vector(test, v);

	expect_protected(test, &p, v->data, v->pdu);
	expect_unprotected(test, &p, v->data);
}

/* Any one bit of header, SDAP header, SDU or MAC-I, and any other security input. */
static void tampered(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	struct protected p = vector(test, v);
	struct pdcp_inputs in = p.in;
	u8 *copy;
	size_t i;

	if (v->nia < 1) {
		kunit_skip(test, "no MAC-I to fail");
		return;
	}
	expect_protected(test, &p, v->data, v->pdu);
	copy = kunit_kmalloc(test, p.len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	for (i = 0; i < p.len; i++) {
		memcpy(copy, p.pdu, p.len);
		copy[i] ^= 1 << i % 8;
		KUNIT_EXPECT_EQ_MSG(test, unprotect(&p, copy), -EBADMSG, "octet %zu", i);
	}
	for (i = 0; i < 4; i++) {
		p.in = in;
		p.in.count ^= i == 0 ? 1U << 31 : 0;
		p.in.bearer ^= i == 1;
		p.in.direction ^= i == 2;
		p.in.plane ^= i == 3;
		memcpy(copy, p.pdu, p.len);
		KUNIT_EXPECT_EQ_MSG(test, unprotect(&p, copy), -EBADMSG, "input %zu", i);
	}
}

/* Ciphering disabled for a DRB: NEA0, whatever the set's algorithm is, and the same MAC-I. */
static void ciphering_disabled(struct kunit *test)
{
	const struct pdu_vector *v = test->param_value;
	struct protected p = vector(test, v);
	size_t len;
	u8 *data = pdcp_test_hex(test, v->data, &len);
	u8 *clear;

	p.in.ciphering = false;
	build(test, &p, v->data);
	KUNIT_EXPECT_EQ(test, protect(&p), 0);
	KUNIT_EXPECT_MEMEQ(test, p.pdu + pdcp_pdu_hdr_len(p.sn_bits), data, len);

	clear = kunit_kmalloc(test, p.len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, clear);
	memcpy(clear, p.pdu, p.len);
	p.in.ciphering = true;
	expect_protected(test, &p, v->data, v->pdu);
	KUNIT_EXPECT_EQ(test, unprotect(&p, p.pdu), 0);
	KUNIT_EXPECT_MEMEQ(test, p.pdu, clear, p.len);
}

/* DAPS: the leg alone gives the set, COUNT and SDU are common. */

static struct protected leg(struct kunit *test, const struct daps_context *c, u8 sn_bits,
			    u8 direction)
{
	return (struct protected){
		.sec = security(test, c->nea, c->nia, PDCP_PLANE_UP, c->kenc, c->kint),
		.in = {
			.direction = direction,
			.plane = PDCP_PLANE_UP,
			.ciphering = true,
			.integrity = true,
		},
		.sn_bits = sn_bits,
	};
}

static void daps_expect_leg(struct kunit *test, struct protected *p, u32 count, const char *pdu)
{
	p->in.count = count;
	expect_protected(test, p, daps_sdus[count], pdu);
}

static void daps_uplink_switch(struct kunit *test)
{
	struct protected am_source = leg(test, &daps_source, 18, 0);
	struct protected am_target = leg(test, &daps_target, 18, 0);
	struct protected um_source = leg(test, &daps_source, 12, 0);
	struct protected um_target = leg(test, &daps_target, 12, 0);
	u32 first = 0;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(daps_am_confirmed) && daps_am_confirmed[i] == first; i++)
		first++;
	KUNIT_EXPECT_EQ(test, daps_am_target[0].count, first);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		daps_expect_leg(test, &am_source, i, daps_am_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_am_target); i++)
		daps_expect_leg(test, &am_target, daps_am_target[i].count,
				daps_am_target[i].pdu);
	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		daps_expect_leg(test, &um_source, i, daps_um_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_um_target); i++)
		daps_expect_leg(test, &um_target, daps_um_target[i].count,
				daps_um_target[i].pdu);
}

/* COUNT of a PDU that arrives on @p, if it verifies. */
static int daps_receive(struct kunit *test, struct protected *p, const struct pdcp_window *w,
			const char *pdu)
{
	u32 sn;

	p->pdu = pdcp_test_hex(test, pdu, &p->len);
	KUNIT_ASSERT_EQ(test, pdcp_pdu_parse(p->pdu, p->len, false, 18, &sn), PDCP_PDU_DATA);
	KUNIT_ASSERT_TRUE(test, pdcp_count_infer(sn, w->rx_deliv, 18, &p->in.count));
	KUNIT_ASSERT_EQ(test, pdcp_pdu_layout(&p->layout, p->len, 18, 0, true), 0);
	return unprotect(p, p->pdu);
}

static void daps_downlink(struct kunit *test)
{
	struct protected legs[] = {
		leg(test, &daps_source, 18, 1),
		leg(test, &daps_target, 18, 1),
	};
	struct pdcp_window w;
	size_t i, len;
	u32 count;

	KUNIT_ASSERT_EQ(test, pdcp_window_init(&w, 18, false), 0);
	for (i = 0; i < ARRAY_SIZE(daps_rx_steps); i++) {
		const struct daps_rx_step *step = &daps_rx_steps[i];
		struct protected *p = &legs[step->target];

		KUNIT_EXPECT_EQ(test, daps_receive(test, p, &w, step->pdu), 0);
		KUNIT_EXPECT_EQ(test, p->in.count, step->count);
		KUNIT_EXPECT_MEMEQ(test, p->pdu + 3,
				   pdcp_test_hex(test, daps_sdus[step->count], &len),
				   p->layout.auth_len - 3);
		pdcp_window_insert(&w, p->in.count, p->pdu);
		while (pdcp_window_pop(&w, &count))
			;
		KUNIT_EXPECT_EQ(test, w.rx_deliv, step->delivered);
	}
	KUNIT_EXPECT_EQ(test, -EBADMSG, daps_receive(test, &legs[1], &w, daps_wrong_leg.pdu));
	KUNIT_EXPECT_EQ(test, 0, daps_receive(test, &legs[0], &w, daps_wrong_leg.pdu));
	KUNIT_EXPECT_EQ(test, legs[0].in.count, daps_wrong_leg.count);
	while (pdcp_window_flush(&w, &count))
		;
}

/* Both legs under one key, compressed differently: legitimate PDUs, and keystream reuse. */
static void daps_same_key_twice(struct kunit *test)
{
	struct protected p[] = {
		leg(test, &daps_source, 18, 0),
		leg(test, &daps_source, 18, 0),
	};
	struct pdcp_window w;
	size_t i, len;
	u8 *pdu[2];

	KUNIT_ASSERT_EQ(test, pdcp_window_init(&w, 18, false), 0);
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_EQ(test, daps_receive(test, &p[i], &w, daps_same_key[i]), 0);
		KUNIT_EXPECT_EQ(test, p[i].in.count, 2);
		pdu[i] = pdcp_test_hex(test, daps_same_key[i], &len);
	}
	for (i = 3; i < min(p[0].len, p[1].len); i++)
		KUNIT_EXPECT_EQ(test, pdu[0][i] ^ pdu[1][i], p[0].pdu[i] ^ p[1].pdu[i]);
}

/* One key for a COUNT twice: the XOR of the SDUs stands on the air.  What a ledger refuses. */
static void repeated_count(struct kunit *test)
{
	const struct daps_context *c = &daps_repeated_key;
	u8 *pdu[2], *sdu[2];
	size_t i, len;

	for (i = 0; i < 2; i++) {
		struct protected p = {
			.sec = security(test, c->nea, c->nia, PDCP_PLANE_RRC, c->kenc, c->kint),
			.in = {
				.plane = PDCP_PLANE_RRC,
				.ciphering = true,
				.integrity = true,
			},
			.srb = true,
			.sn_bits = 12,
		};

		expect_protected(test, &p, daps_repeated_count[i].sdu,
				 daps_repeated_count[i].pdu);
		pdu[i] = p.pdu;
		sdu[i] = pdcp_test_hex(test, daps_repeated_count[i].sdu, &len);
	}
	for (i = 0; i < len; i++)
		KUNIT_EXPECT_EQ(test, pdu[0][2 + i] ^ pdu[1][2 + i], sdu[0][i] ^ sdu[1][i]);
}

static struct kunit_case protect_cases[] = {
	KUNIT_CASE_PARAM(both_ways, pdu_vectors_gen_params),
	KUNIT_CASE_PARAM(tampered, pdu_vectors_gen_params),
	KUNIT_CASE_PARAM(ciphering_disabled, pdu_vectors_gen_params),
	KUNIT_CASE(daps_uplink_switch),
	KUNIT_CASE(daps_downlink),
	KUNIT_CASE(daps_same_key_twice),
	KUNIT_CASE(repeated_count),
	{}
};

static struct kunit_suite protect_suite = {
	.name = "pdcp_protect",
	.test_cases = protect_cases,
};

kunit_test_suite(protect_suite);
