// SPDX-License-Identifier: GPL-2.0
/* Status report, 38.323 5.4 and 6.2.3.1, and receive status of an SN status transfer. */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/unaligned.h>

#include "pdcp/count.h"
#include "pdcp/pdu.h"
#include "pdcp/status.h"
#include "pdcp/window.h"

/* The items do not matter here; any pointer does. */
static u8 item;

static void flush(struct pdcp_window *w)
{
	u32 count;

	while (pdcp_window_flush(w, &count))
		;
}

static void setup(struct kunit *test, u8 sn_bits, u32 rx_deliv, const u32 *counts, size_t num)
{
	struct pdcp_window *w = test->priv;
	size_t i;

	flush(w);
	KUNIT_ASSERT_EQ(test, pdcp_window_init(w, sn_bits, false), 0);
	KUNIT_ASSERT_EQ(test, pdcp_window_set(w, rx_deliv, rx_deliv), 0);
	for (i = 0; i < num; i++)
		KUNIT_ASSERT_EQ(test, pdcp_window_insert(w, counts[i], &item),
				PDCP_WINDOW_STORED);
}

static const struct compile_case {
	const char *name;
	u32 rx_deliv;
	u32 counts[4];
	u8 num;
	u8 len;
	u8 report[16];
} compile_cases[] = {
	{ "nothing missing", 0x01020304, {}, 0, 5, { 0, 1, 2, 3, 4 } },
	{ "first bit is FMC + 1", 0, { 1 }, 1, 6, { 0, 0, 0, 0, 0, 0x80 } },
	{ "last bit of an octet", 0, { 8 }, 1, 6, { 0, 0, 0, 0, 0, 0x01 } },
	{ "first bit of the next", 0, { 9 }, 1, 7, { 0, 0, 0, 0, 0, 0, 0x80 } },
	{ "several", 1000, { 1003, 1001, 1018 }, 3, 8, { 0, 0, 0, 3, 0xe8, 0xa0, 0, 0x40 } },
	{ "at a word's end", 62, { 63, 64, 127, 128 }, 4, 14,
	  { 0, 0, 0, 0, 62, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0xc0 } },
	{ "at the end of COUNT", 0xfffffffc, { 0xfffffffe }, 1, 6,
	  { 0, 0xff, 0xff, 0xff, 0xfc, 0x40 } },
};

KUNIT_ARRAY_PARAM_DESC(compile_cases, compile_cases, name);

static void compile(struct kunit *test)
{
	const struct compile_case *c = test->param_value;
	u8 buf[32];

	setup(test, 12, c->rx_deliv, c->counts, c->num);
	memset(buf, 0xa5, sizeof(buf));
	KUNIT_EXPECT_EQ(test, pdcp_status_size(test->priv), c->len);
	KUNIT_ASSERT_EQ(test, pdcp_status_compile(test->priv, buf, sizeof(buf)), c->len);
	KUNIT_EXPECT_MEMEQ(test, buf, c->report, c->len);
	KUNIT_EXPECT_EQ(test, buf[c->len], 0xa5);
}

static void compile_after_delivery(struct kunit *test)
{
	static const u32 counts[] = { 1, 2, 4 };
	struct pdcp_window *w = test->priv;
	u8 buf[8];
	u32 count;

	setup(test, 12, 0, counts, ARRAY_SIZE(counts));
	KUNIT_EXPECT_EQ(test, pdcp_window_insert(w, 0, &item), PDCP_WINDOW_DELIVER);
	while (pdcp_window_pop(w, &count))
		;
	KUNIT_ASSERT_EQ(test, pdcp_status_compile(w, buf, sizeof(buf)), 6);
	KUNIT_EXPECT_MEMEQ(test, buf, "\x00\x00\x00\x00\x03\x80", 6);
}

/* RX_NEXT taken over with nothing held: no bit to send. */
static void compile_without_sdus(struct kunit *test)
{
	struct pdcp_window *w = test->priv;
	u8 buf[8];

	setup(test, 12, 0, NULL, 0);
	KUNIT_ASSERT_EQ(test, pdcp_window_set(w, 20, 10), 0);
	KUNIT_EXPECT_EQ(test, pdcp_status_compile(w, buf, sizeof(buf)), 5);
	pdcp_window_insert(w, 12, &item);
	KUNIT_EXPECT_EQ(test, pdcp_status_compile(w, buf, sizeof(buf)), 6);
	KUNIT_EXPECT_MEMEQ(test, buf, "\x00\x00\x00\x00\x0a\x40", 6);
}

static void compile_into_little_room(struct kunit *test)
{
	static const u32 counts[] = { 1, 9, 17, 25 };
	u8 buf[16];
	size_t size;

	setup(test, 12, 0, counts, ARRAY_SIZE(counts));
	for (size = 0; size < 5; size++)
		KUNIT_EXPECT_EQ(test, pdcp_status_compile(test->priv, buf, size), -EMSGSIZE);
	for (size = 5; size < 9; size++) {
		memset(buf, 0xa5, sizeof(buf));
		KUNIT_EXPECT_EQ(test, pdcp_status_compile(test->priv, buf, size), size);
		KUNIT_EXPECT_MEMEQ(test, buf, "\x00\x00\x00\x00\x00\x80\x80\x80\x80", size);
		KUNIT_EXPECT_EQ(test, buf[size], 0xa5);
	}
	KUNIT_EXPECT_EQ(test, pdcp_status_compile(test->priv, buf, 10), 9);
}

/* 9000 octets hold 8995 * 8 bits; the SDU behind them is not reported. */
static void compile_longest(struct kunit *test)
{
	static const u32 counts[] = { 8995 * 8, 8995 * 8 + 1 };
	u8 *buf = kunit_kzalloc(test, PDCP_SDU_MAX + 8, GFP_KERNEL);
	struct pdcp_status st;

	KUNIT_ASSERT_NOT_NULL(test, buf);
	setup(test, 18, 0, counts, ARRAY_SIZE(counts));
	KUNIT_EXPECT_EQ(test, pdcp_status_size(test->priv), 9000);
	KUNIT_ASSERT_EQ(test, pdcp_status_compile(test->priv, buf, PDCP_SDU_MAX + 8), 9000);
	KUNIT_EXPECT_EQ(test, buf[8999], 0x01);
	KUNIT_EXPECT_EQ(test, buf[9000], 0);
	KUNIT_ASSERT_EQ(test, pdcp_status_parse(buf, 9000, &st), 0);
	KUNIT_EXPECT_TRUE(test, pdcp_status_confirms(&st, counts[0]));
	KUNIT_EXPECT_FALSE(test, pdcp_status_confirms(&st, counts[1]));
}

static void parse(struct kunit *test)
{
	u8 pdu[] = { 0x00, 0x12, 0x34, 0x56, 0x78, 0x81, 0x00 };
	struct pdcp_status st;
	size_t len;

	for (len = 0; len < 5; len++)
		KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, len, &st), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, 5, &st), 0);
	KUNIT_EXPECT_EQ(test, st.bitmap_len, 0);
	KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, sizeof(pdu), &st), 0);
	KUNIT_EXPECT_EQ(test, st.fmc, 0x12345678);
	KUNIT_EXPECT_PTR_EQ(test, st.bitmap, pdu + 5);
	KUNIT_EXPECT_EQ(test, st.bitmap_len, 2);

	pdu[0] = 0x0f;		/* R bits */
	KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, sizeof(pdu), &st), 0);
	pdu[0] = 0x10;		/* interspersed ROHC feedback */
	KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, sizeof(pdu), &st), -EINVAL);
	pdu[0] = 0x80;		/* Data PDU */
	KUNIT_EXPECT_EQ(test, pdcp_status_parse(pdu, sizeof(pdu), &st), -EINVAL);
}

static void confirms(struct kunit *test)
{
	/* The last octet is not part of it. */
	static const u8 bitmap[] = { 0x81, 0x40, 0xff };
	struct pdcp_status st = { 1000, bitmap, sizeof(bitmap) - 1 };
	u32 count;

	KUNIT_EXPECT_TRUE(test, pdcp_status_confirms(&st, 0));
	KUNIT_EXPECT_TRUE(test, pdcp_status_confirms(&st, 999));
	for (count = 1000; count < 1100; count++)
		KUNIT_EXPECT_EQ_MSG(test, pdcp_status_confirms(&st, count),
				    count == 1001 || count == 1008 || count == 1010,
				    "COUNT %u", count);
	KUNIT_EXPECT_FALSE(test, pdcp_status_confirms(&st, U32_MAX));

	st.fmc = U32_MAX;
	KUNIT_EXPECT_TRUE(test, pdcp_status_confirms(&st, U32_MAX - 1));
	KUNIT_EXPECT_FALSE(test, pdcp_status_confirms(&st, U32_MAX));
	st.fmc = 0;
	KUNIT_EXPECT_FALSE(test, pdcp_status_confirms(&st, 0));
	KUNIT_EXPECT_TRUE(test, pdcp_status_confirms(&st, 1));
}

/* What the receiver has is what the sender sees confirmed, and what a second node takes over. */
static bool status_transferred(struct kunit *test, u32 seed, struct pdcp_window *other)
{
	struct pdcp_window *w = test->priv;
	struct rnd_state rnd;
	struct pdcp_status st;
	u8 bitmap[256];
	u32 base, count;
	int i, ret;

	prandom_seed_state(&rnd, seed);
	base = prandom_u32_state(&rnd) % (PDCP_COUNT_MAX - 2048);
	setup(test, 12, base, NULL, 0);
	for (i = prandom_u32_state(&rnd) % 300; i > 0; i--)
		pdcp_window_insert(w, base + 1 + prandom_u32_state(&rnd) % 2047, &item);

	pdcp_status_fill(w, bitmap, sizeof(bitmap), &st);
	flush(other);
	pdcp_window_init(other, 12, false);
	pdcp_window_set(other, st.fmc, st.fmc);
	ret = pdcp_status_apply(&st, other);
	if (ret || st.bitmap_len != pdcp_status_bitmap_len(w) ||
	    other->stored != w->stored || other->rx_next != w->rx_next)
		return false;

	for (count = base; count < base + 2048; count++) {
		bool here = pdcp_window_received(w, count);

		if (pdcp_status_confirms(&st, count) != here ||
		    pdcp_window_received(other, count) != here)
			return false;
	}
	return true;
}

static void transfer(struct kunit *test)
{
	struct pdcp_window other = {};
	u32 seed;

	for (seed = 1; seed <= 200; seed++) {
		if (status_transferred(test, seed, &other))
			continue;
		KUNIT_FAIL(test, "seed %u", seed);
		break;
	}
	flush(&other);
}

static void apply_beside_items(struct kunit *test)
{
	static const u8 bitmap[] = { 0xe0 };
	struct pdcp_status st = { 5, bitmap, sizeof(bitmap) };
	struct pdcp_window *w = test->priv;
	u32 count;

	setup(test, 12, 5, (u32[]){ 7 }, 1);
	KUNIT_EXPECT_EQ(test, pdcp_status_apply(&st, w), 0);
	KUNIT_EXPECT_EQ(test, w->stored, 3);
	KUNIT_EXPECT_EQ(test, pdcp_window_insert(w, 8, &item), PDCP_WINDOW_DUPLICATE);
	KUNIT_EXPECT_EQ(test, pdcp_window_insert(w, 5, &item), PDCP_WINDOW_DELIVER);
	KUNIT_EXPECT_EQ(test, w->rx_deliv, 9);
	KUNIT_EXPECT_PTR_EQ(test, pdcp_window_pop(w, &count), &item);
	KUNIT_EXPECT_EQ(test, count, 7);
	KUNIT_EXPECT_PTR_EQ(test, pdcp_window_pop(w, &count), NULL);
}

static const struct apply_case {
	const char *name;
	u32 rx_deliv;
	u32 fmc;
	u16 bit;
	int result;
} apply_cases[] = {
	{ "last COUNT of the window", 0, 0, 2047, 0 },
	{ "beyond the window", 0, 0, 2048, -ERANGE },
	{ "FMC above RX_DELIV", 0, 10, 2037, 0 },
	{ "FMC above RX_DELIV, beyond", 0, 10, 2038, -ERANGE },
	{ "FMC below RX_DELIV", 10, 9, 100, -ERANGE },
	{ "last COUNT", 0xfffffff0, 0xfffffff0, 14, 0 },
	{ "beyond the last COUNT", 0xfffffff0, 0xfffffff0, 15, -ERANGE },
	{ "beyond 32 bits", 0xfffffff0, 0xfffffff0, 16, -ERANGE },
};

KUNIT_ARRAY_PARAM_DESC(apply_cases, apply_cases, name);

/* Bit 1 and one more; a refusal changes nothing. */
static void apply(struct kunit *test)
{
	const struct apply_case *c = test->param_value;
	struct pdcp_window *w = test->priv;
	u8 bitmap[300] = { 0x80 };
	struct pdcp_status st = { c->fmc, bitmap, sizeof(bitmap) };

	bitmap[(c->bit - 1) / 8] |= 0x80 >> (c->bit - 1) % 8;
	setup(test, 12, c->rx_deliv, NULL, 0);
	KUNIT_EXPECT_EQ(test, pdcp_status_apply(&st, w), c->result);
	KUNIT_EXPECT_EQ(test, w->stored, c->result ? 0 : 2);
	KUNIT_EXPECT_EQ(test, w->rx_next, c->result ? c->rx_deliv : c->fmc + c->bit + 1);
}

static void apply_empty(struct kunit *test)
{
	u8 bitmap[4] = {};
	struct pdcp_status st = { 9, bitmap, sizeof(bitmap) };
	struct pdcp_window *w = test->priv;

	setup(test, 12, 10, NULL, 0);
	KUNIT_EXPECT_EQ(test, pdcp_status_apply(&st, w), 0);
	st.bitmap_len = 0;
	KUNIT_EXPECT_EQ(test, pdcp_status_apply(&st, w), 0);
	KUNIT_EXPECT_EQ(test, w->rx_next, 10);
}

static int status_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct pdcp_window), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void status_exit(struct kunit *test)
{
	flush(test->priv);
}

static struct kunit_case status_cases[] = {
	KUNIT_CASE_PARAM(compile, compile_cases_gen_params),
	KUNIT_CASE(compile_after_delivery),
	KUNIT_CASE(compile_without_sdus),
	KUNIT_CASE(compile_into_little_room),
	KUNIT_CASE(compile_longest),
	KUNIT_CASE(parse),
	KUNIT_CASE(confirms),
	KUNIT_CASE(transfer),
	KUNIT_CASE(apply_beside_items),
	KUNIT_CASE_PARAM(apply, apply_cases_gen_params),
	KUNIT_CASE(apply_empty),
	{}
};

static struct kunit_suite status_suite = {
	.name = "pdcp_status",
	.init = status_init,
	.exit = status_exit,
	.test_cases = status_cases,
};

kunit_test_suite(status_suite);
