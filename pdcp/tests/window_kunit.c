// SPDX-License-Identifier: GPL-2.0
/* Receive window, 38.323 5.2.2: storage, edges, timer and emptying. */

#include <kunit/test.h>
#include <linux/bits.h>
#include <linux/limits.h>

#include "pdcp/count.h"
#include "pdcp/tests/rig.h"
#include "pdcp/window.h"

/* Storage */

static void in_order_allocates_nothing(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 count;

	rig_setup(test, 18, false, 0);
	for (count = 0; count < 5000; count++)
		KUNIT_EXPECT_EQ(test, rig_insert(test, count), PDCP_WINDOW_DELIVER);
	KUNIT_EXPECT_EQ(test, rig->allocs, 0);
	KUNIT_EXPECT_EQ(test, rig->w.starts, 0);
	KUNIT_EXPECT_LE(test, sizeof(rig->w), 64);
	rig_expect_empty(test);
}

static void out_of_order_keeps_bits_only(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 count;

	rig_setup(test, 12, true, 0);
	for (count = 1; count < 2048; count++)
		KUNIT_EXPECT_EQ(test, rig_insert(test, count), PDCP_WINDOW_DELIVER);
	KUNIT_EXPECT_EQ(test, rig->w.stored, 2047);
	KUNIT_EXPECT_EQ(test, rig->allocs, 2);
	KUNIT_EXPECT_STREQ(test, rig_put(test, 100), "duplicate ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 0), "deliver 0 stop ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 100), "old ");
	rig_expect_empty(test);
}

/* One allocation per 64 COUNTs besides the two above them; none is left behind. */
static void storage_follows_use(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 count;

	rig_setup(test, 12, false, 0);
	for (count = 64; count < 64 * 9; count++)
		KUNIT_EXPECT_EQ(test, rig_insert(test, count), PDCP_WINDOW_STORED);
	KUNIT_EXPECT_EQ(test, rig->allocs, 2 + 8);
	KUNIT_EXPECT_EQ(test, rig->w.stored, 64 * 8);

	pdcp_window_expire(&rig->w);
	for (count = 64; count < 64 * 2; count++)
		pdcp_window_pop(&rig->w, &(u32){ 0 });
	KUNIT_EXPECT_EQ(test, rig->w.stored, 64 * 7);
	rig_pop(test);
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 64 * 9);
	rig_expect_empty(test);
}

/* Every allocation on the way fails once; nothing may change by it, and a retry succeeds. */
static void no_memory(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_window before;
	unsigned int left;

	for (left = 0; left < 3; left++) {
		rig_setup(test, 18, false, 0);
		before = rig->w;
		rig->allocs_left = left;
		KUNIT_EXPECT_STREQ(test, rig_put(test, 5), "nomem ");
		KUNIT_EXPECT_MEMEQ(test, &rig->w, &before, sizeof(before));
		rig->allocs_left = UINT_MAX;
		KUNIT_EXPECT_STREQ(test, rig_put(test, 5), "stored start 6 ");
	}

	before = rig->w;
	rig->allocs_left = 0;
	KUNIT_EXPECT_STREQ(test, rig_put(test, 64), "nomem ");
	rig->allocs_left = 1;
	KUNIT_EXPECT_STREQ(test, rig_put(test, 4096), "nomem ");
	KUNIT_EXPECT_MEMEQ(test, &rig->w, &before, sizeof(before));
	/* Neither what shares the chunk nor what comes in order needs memory. */
	rig->allocs_left = 0;
	KUNIT_EXPECT_STREQ(test, rig_put(test, 7), "stored ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 0), "deliver 0 ");
}

static void no_memory_out_of_order(struct kunit *test)
{
	struct rig *rig = test->priv;

	rig_setup(test, 12, true, 0);
	rig->allocs_left = 1;
	KUNIT_EXPECT_STREQ(test, rig_put(test, 3), "nomem ");
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, 3));
	rig_expect_empty(test);
}

/* Edges */

static const struct edge_case {
	const char *name;
	u8 sn_bits;
	u32 rx_deliv;
} edge_cases[] = {
	{ "12 bits at 0", 12, 0 },
	{ "12 bits at 1", 12, 1 },
	{ "12 bits across a chunk", 12, 4095 },
	{ "18 bits at 0", 18, 0 },
	{ "18 bits at 63", 18, 63 },
	{ "18 bits at the ring's end", 18, 131071 },
	{ "18 bits in the middle", 18, 0x12345678 },
};

KUNIT_ARRAY_PARAM_DESC(edge_cases, edge_cases, name);

/* All of a window can be held at once, and nothing outside of it. */
static void whole_window(struct kunit *test)
{
	const struct edge_case *c = test->param_value;
	u32 end = c->rx_deliv + (1U << (c->sn_bits - 1));
	struct rig *rig = test->priv;
	void *item;
	u32 count;

	rig_setup(test, c->sn_bits, false, c->rx_deliv);
	KUNIT_EXPECT_STREQ(test, rig_put(test, end), "range ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, c->rx_deliv - 1), c->rx_deliv ? "old " : "range ");
	KUNIT_EXPECT_EQ(test, rig->w.starts, 0);

	for (count = end - 1; count > c->rx_deliv; count--)
		KUNIT_ASSERT_EQ(test, pdcp_window_insert(&rig->w, count, rig_item(count)),
				PDCP_WINDOW_STORED);
	KUNIT_EXPECT_EQ(test, rig->w.stored, end - 1 - c->rx_deliv);
	KUNIT_EXPECT_STREQ(test, rig_put(test, end), "range ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, c->rx_deliv + 1), "duplicate ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, end - 1), "duplicate ");

	KUNIT_ASSERT_EQ(test, PDCP_WINDOW_DELIVER,
			pdcp_window_insert(&rig->w, c->rx_deliv, rig_item(c->rx_deliv)));
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, end);
	for (count = c->rx_deliv + 1; count < end; count++) {
		u32 got = 0;

		item = pdcp_window_pop(&rig->w, &got);
		if (item == rig_item(count) && got == count)
			continue;
		KUNIT_FAIL(test, "popped %u instead of %u", got, count);
		return;
	}
	KUNIT_EXPECT_PTR_EQ(test, pdcp_window_pop(&rig->w, &count), NULL);
	rig_expect_empty(test);
}

static void last_count(struct kunit *test)
{
	struct rig *rig = test->priv;

	rig_setup(test, 12, false, PDCP_COUNT_MAX - 2);
	KUNIT_EXPECT_STREQ(test, rig_put(test, U32_MAX), "range ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, PDCP_COUNT_MAX), "stored start 4294967295 ");
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 4294967294 ");
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, U32_MAX);
	KUNIT_EXPECT_EQ(test, rig->w.rx_next, U32_MAX);
	KUNIT_EXPECT_STREQ(test, rig_put(test, U32_MAX), "range ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, PDCP_COUNT_MAX), "old ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 0), "old ");
	rig_expect_empty(test);

	rig_setup(test, 18, true, PDCP_COUNT_MAX - 1);
	KUNIT_EXPECT_STREQ(test, rig_put(test, PDCP_COUNT_MAX),
			   "deliver 4294967294 start 4294967295 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, PDCP_COUNT_MAX - 1), "deliver 4294967293 stop ");
	rig_expect_empty(test);
}

static void initial_values(struct kunit *test)
{
	struct rig *rig = test->priv;

	KUNIT_EXPECT_EQ(test, pdcp_window_init(&rig->w, 15, false), -EINVAL);
	rig_setup(test, 12, false, 0);
	KUNIT_EXPECT_EQ(test, pdcp_window_set(&rig->w, 10, 11), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_window_set(&rig->w, 2049, 0), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_window_set(&rig->w, 2048, 0), 0);
	KUNIT_EXPECT_EQ(test, pdcp_window_set(&rig->w, 1010, 1000), 0);
	KUNIT_EXPECT_FALSE(test, rig->w.running);
	/* COUNTs below RX_NEXT that were not received are missing, and timed as such. */
	KUNIT_EXPECT_STREQ(test, rig_put(test, 1003), "stored start 1010 ");
	KUNIT_EXPECT_EQ(test, rig->w.rx_next, 1010);
	KUNIT_EXPECT_EQ(test, pdcp_window_set(&rig->w, 0, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 1000);
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 1003 ");
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 1010);
	rig_expect_empty(test);
}

/* t-Reordering */

/* An expiry that empties the buffer must leave a timer that the next gap starts again. */
static void restart_after_emptying_expiry(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 round;

	rig_setup(test, 12, false, 0);
	for (round = 0; round < 1000; round++) {
		KUNIT_EXPECT_EQ(test, rig_insert(test, 2 * round + 1), PDCP_WINDOW_STORED);
		KUNIT_EXPECT_TRUE(test, rig->w.running);
		KUNIT_EXPECT_EQ(test, rig->w.starts, round + 1);
		rig_expire(test);
		KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 2 * round + 2);
		rig_expect_empty(test);
	}
}

/* All below RX_REORD go, then the run at RX_REORD, but nothing behind the next hole. */
static void expiry_stops_at_next_hole(struct kunit *test)
{
	struct rig *rig = test->priv;

	rig_setup(test, 12, false, 0);
	KUNIT_EXPECT_STREQ(test, rig_put(test, 2), "stored start 3 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 3), "stored ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 4), "stored ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 6), "stored ");
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 2 deliver 3 deliver 4 start 7 ");
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 5);
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 6 ");
	rig_expect_empty(test);
	/* A stale expiry. */
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "");
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 7);
}

static void expiry_skips_wide_hole(struct kunit *test)
{
	rig_setup(test, 18, false, 0);
	KUNIT_EXPECT_STREQ(test, rig_put(test, 131071), "stored start 131072 ");
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 131071 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 131073), "stored start 131074 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 131072), "deliver 131072 deliver 131073 stop ");
	rig_expect_empty(test);
}

/* A hole filled while another is open: stopped for the first, started for the second. */
static void stop_and_start_at_once(struct kunit *test)
{
	rig_setup(test, 12, false, 0);
	KUNIT_EXPECT_STREQ(test, rig_put(test, 1), "stored start 2 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 5), "stored ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 0), "deliver 0 deliver 1 stop start 6 ");
}

static void reconfigure(struct kunit *test)
{
	struct rig *rig = test->priv;

	rig_setup(test, 12, false, 0);
	pdcp_window_reconfigure(&rig->w);
	KUNIT_EXPECT_EQ(test, rig->w.starts, 0);
	KUNIT_EXPECT_FALSE(test, rig->w.running);

	KUNIT_EXPECT_STREQ(test, rig_put(test, 1), "stored start 2 ");
	KUNIT_EXPECT_STREQ(test, rig_put(test, 4), "stored ");
	pdcp_window_reconfigure(&rig->w);
	KUNIT_EXPECT_EQ(test, rig->w.starts, 2);
	KUNIT_EXPECT_EQ(test, rig->w.rx_reord, 5);
	KUNIT_EXPECT_STREQ(test, rig_expire(test), "deliver 1 deliver 4 ");
}

/* Emptying */

static void flush_in_order(struct kunit *test)
{
	static const u32 stored[] = { 70, 3, 5000, 64, 131071 };
	static const u32 sorted[] = { 3, 64, 70, 5000, 131071 };
	struct rig *rig = test->priv;
	size_t i;
	u32 count;

	rig_setup(test, 18, false, 0);
	for (i = 0; i < ARRAY_SIZE(stored); i++)
		KUNIT_EXPECT_EQ(test, rig_insert(test, stored[i]), PDCP_WINDOW_STORED);
	for (i = 0; i < ARRAY_SIZE(sorted); i++) {
		void *item = pdcp_window_flush(&rig->w, &count);

		KUNIT_EXPECT_PTR_EQ(test, item, rig_item(sorted[i]));
		KUNIT_EXPECT_EQ(test, count, sorted[i]);
	}
	KUNIT_EXPECT_TRUE(test, rig->w.running);
	KUNIT_EXPECT_PTR_EQ(test, pdcp_window_flush(&rig->w, &count), NULL);
	KUNIT_EXPECT_EQ(test, rig->w.rx_next, 0);
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 0);
	rig_expect_empty(test);
	KUNIT_EXPECT_STREQ(test, rig_put(test, 0), "deliver 0 ");
}

/* An owner that forgets to pop loses PDUs of the far end of the window, nothing else. */
static void unpopped_items_are_kept(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 count;

	rig_setup(test, 18, false, 0);
	pdcp_window_insert(&rig->w, 1, rig_item(1));
	KUNIT_EXPECT_EQ(test, pdcp_window_insert(&rig->w, 0, rig_item(0)), PDCP_WINDOW_DELIVER);
	KUNIT_EXPECT_EQ(test, rig->w.rx_deliv, 2);
	KUNIT_EXPECT_EQ(test, PDCP_WINDOW_RANGE,
			pdcp_window_insert(&rig->w, 131073, rig_item(131073)));
	KUNIT_EXPECT_PTR_EQ(test, pdcp_window_pop(&rig->w, &count), rig_item(1));
	KUNIT_EXPECT_STREQ(test, rig_put(test, 131073), "stored start 131074 ");
}

static void received(struct kunit *test)
{
	struct rig *rig = test->priv;

	rig_setup(test, 12, false, 100);
	rig_insert(test, 100);
	rig_insert(test, 163);
	rig_insert(test, 228);
	KUNIT_EXPECT_TRUE(test, rig_received(&rig->w, 0));
	KUNIT_EXPECT_TRUE(test, rig_received(&rig->w, 100));
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, 101));
	KUNIT_EXPECT_TRUE(test, rig_received(&rig->w, 163));
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, 164));
	KUNIT_EXPECT_TRUE(test, rig_received(&rig->w, 228));
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, 229));
	/* The COUNTs that share a place in the ring with one that is held. */
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, 163 + (1U << 17)));
	KUNIT_EXPECT_FALSE(test, rig_received(&rig->w, U32_MAX));

	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 101), BIT_ULL(62));
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 164), 0);
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 165), BIT_ULL(63));
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 192), BIT_ULL(36));
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 228), BIT_ULL(0));
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 229), 0);

	rig_setup(test, 18, false, 0);
	rig_insert(test, 5);
	rig_insert(test, 131071);
	KUNIT_EXPECT_EQ(test, pdcp_window_bits(&rig->w, 131071), BIT_ULL(0));
}

static struct kunit_case window_cases[] = {
	KUNIT_CASE(in_order_allocates_nothing),
	KUNIT_CASE(out_of_order_keeps_bits_only),
	KUNIT_CASE(storage_follows_use),
	KUNIT_CASE(no_memory),
	KUNIT_CASE(no_memory_out_of_order),
	KUNIT_CASE_PARAM(whole_window, edge_cases_gen_params),
	KUNIT_CASE(last_count),
	KUNIT_CASE(initial_values),
	KUNIT_CASE(restart_after_emptying_expiry),
	KUNIT_CASE(expiry_stops_at_next_hole),
	KUNIT_CASE(expiry_skips_wide_hole),
	KUNIT_CASE(stop_and_start_at_once),
	KUNIT_CASE(reconfigure),
	KUNIT_CASE(flush_in_order),
	KUNIT_CASE(unpopped_items_are_kept),
	KUNIT_CASE(received),
	{}
};

static struct kunit_suite window_suite = {
	.name = "pdcp_window",
	.init = rig_init,
	.exit = rig_exit,
	.test_cases = window_cases,
};

kunit_test_suite(window_suite);
