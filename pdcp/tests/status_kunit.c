// SPDX-License-Identifier: GPL-2.0
/* Status report, 38.323 5.4 and 6.2.3.1. */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/unaligned.h>

#include "pdcp/count.h"
#include "pdcp/pdu.h"
#include "pdcp/status.h"
#include "pdcp/tests/rig.h"
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

/* What the receiver has is what the sender sees confirmed. */
static bool status_tells(struct kunit *test, u32 seed)
{
	struct pdcp_window *w = test->priv;
	struct rnd_state rnd;
	struct pdcp_status st;
	u8 bitmap[256];
	u32 base, count;
	int i;

	prandom_seed_state(&rnd, seed);
	base = prandom_u32_state(&rnd) % (PDCP_COUNT_MAX - 2048);
	setup(test, 12, base, NULL, 0);
	for (i = prandom_u32_state(&rnd) % 300; i > 0; i--)
		pdcp_window_insert(w, base + 1 + prandom_u32_state(&rnd) % 2047, &item);

	pdcp_status_fill(w, bitmap, sizeof(bitmap), &st);
	if (st.bitmap_len != pdcp_status_bitmap_len(w))
		return false;
	for (count = base; count < base + 2048; count++) {
		if (pdcp_status_confirms(&st, count) != rig_received(w, count))
			return false;
	}
	return true;
}

static void tells(struct kunit *test)
{
	u32 seed;

	for (seed = 1; seed <= 200; seed++) {
		if (status_tells(test, seed))
			continue;
		KUNIT_FAIL(test, "seed %u", seed);
		break;
	}
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
	KUNIT_CASE(tells),
	{}
};

static struct kunit_suite status_suite = {
	.name = "pdcp_status",
	.init = status_init,
	.exit = status_exit,
	.test_cases = status_cases,
};

kunit_test_suite(status_suite);
