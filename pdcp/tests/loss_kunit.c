// SPDX-License-Identifier: GPL-2.0
/* Lost NR-U frames, 38.425 5.4.1. */

#include <kunit/test.h>
#include <linux/bitmap.h>
#include <linux/limits.h>
#include <linux/prandom.h>

#include "pdcp/loss.h"

#define WAIT 10

static void setup(struct kunit *test, bool enabled, u32 first)
{
	struct pdcp_loss *loss = test->priv;

	pdcp_loss_init(loss, enabled, WAIT);
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, first, 0));
}

static void expect_pop(struct kunit *test, u64 now, u32 first, u32 last)
{
	struct pdcp_nru_range range = { U32_MAX, U32_MAX };

	KUNIT_EXPECT_TRUE(test, pdcp_loss_pop(test->priv, now, &range));
	KUNIT_EXPECT_EQ(test, range.first, first);
	KUNIT_EXPECT_EQ(test, range.last, last);
}

static void expect_none(struct kunit *test, u64 now)
{
	struct pdcp_nru_range range;

	KUNIT_EXPECT_FALSE(test, pdcp_loss_pop(test->priv, now, &range));
}

static void in_order(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;
	u64 due = 1234;
	u32 sn;

	setup(test, true, 0xfffff0);
	for (sn = 0xfffff1; sn < 0x1000010; sn++)
		KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, sn & 0xffffff, 0));
	expect_none(test, U64_MAX);
	KUNIT_EXPECT_FALSE(test, pdcp_loss_due(loss, &due));
	KUNIT_EXPECT_EQ(test, due, 1234);
}

static void gap_once_and_in_time(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;
	u64 due = 0;

	setup(test, true, 7);
	KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, 9, 100));
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 10, 101));
	KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, 20, 103));
	KUNIT_EXPECT_TRUE(test, pdcp_loss_due(loss, &due));
	KUNIT_EXPECT_EQ(test, due, 100 + WAIT);
	expect_none(test, 99 + WAIT);
	expect_pop(test, 100 + WAIT, 8, 8);
	expect_none(test, 102 + WAIT);
	KUNIT_EXPECT_TRUE(test, pdcp_loss_due(loss, &due));
	KUNIT_EXPECT_EQ(test, due, 103 + WAIT);
	expect_pop(test, 1000, 11, 19);
	expect_none(test, U64_MAX);
	KUNIT_EXPECT_FALSE(test, pdcp_loss_due(loss, &due));

	/* Too late, and a second time. */
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 8, 1001));
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 20, 1001));
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 21, 1001));
	expect_none(test, U64_MAX);
}

/* The highest SN was the last that came. */
static void gap_from_zero(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;

	setup(test, true, 0xfffffe);
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 0xffffff, 0));
	KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, 2, 0));
	expect_pop(test, WAIT, 0, 1);
}

static const struct late_case {
	const char *name;
	u8 late[4];		/* after 10 and 20, offsets from 11 */
	u8 num;
	struct pdcp_nru_range left[3];
} late_cases[] = {
	{ "first", { 0 }, 1, { { 1, 8 } } },
	{ "last", { 8 }, 1, { { 0, 7 } } },
	{ "second", { 1 }, 1, { { 0, 0 }, { 2, 8 } } },
	{ "middle", { 4 }, 1, { { 0, 3 }, { 5, 8 } } },
	{ "last but one", { 7 }, 1, { { 0, 6 }, { 8, 8 } } },
	{ "twice", { 4, 4 }, 2, { { 0, 3 }, { 5, 8 } } },
	{ "two", { 2, 6 }, 2, { { 0, 1 }, { 3, 5 }, { 7, 8 } } },
	{ "from behind", { 8, 7, 0, 1 }, 4, { { 2, 6 } } },
};

KUNIT_ARRAY_PARAM_DESC(late_cases, late_cases, name);

/* At the start, and where the gap lies over the highest SN. */
static void late(struct kunit *test)
{
	static const u32 starts[] = { 10, 0xfffffa };
	const struct late_case *c = test->param_value;
	struct pdcp_loss *loss = test->priv;
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(starts); i++) {
		u32 first = starts[i] + 1;

		setup(test, true, starts[i]);
		KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, pdcp_nru_sn_add(first, 9), 0));
		for (j = 0; j < c->num; j++)
			KUNIT_EXPECT_FALSE(test,
					   pdcp_loss_receive(loss,
							     pdcp_nru_sn_add(first, c->late[j]),
							     5));
		for (j = 0; j < ARRAY_SIZE(c->left) && (!j || c->left[j].last); j++)
			expect_pop(test, WAIT, pdcp_nru_sn_add(first, c->left[j].first),
				   pdcp_nru_sn_add(first, c->left[j].last));
		expect_none(test, U64_MAX);
	}
}

static void all_late(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;
	u32 sn;

	setup(test, true, 0xfffffa);
	KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, 4, 0));
	for (sn = 0xfffffb; sn < 0x1000004; sn++)
		KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, sn & 0xffffff, 0));
	expect_none(test, U64_MAX);
}

/* As senders that do not number: no gap, whether it is looked for or not. */
static void constant_sn(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		u32 frame;

		setup(test, i, 0);
		for (frame = 0; frame < 1000; frame++)
			KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(test->priv, 0, 0));
		expect_none(test, U64_MAX);
	}
}

static void disabled(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;

	setup(test, false, 0);
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 2, 0));
	KUNIT_EXPECT_FALSE(test, pdcp_loss_receive(loss, 1000, 0));
	expect_none(test, U64_MAX);
}

/* A step of 2^17 or more, either way, is a new beginning; what was missing is forgotten. */
static void sender_began_anew(struct kunit *test)
{
	static const struct {
		u32 from, to;
		bool gap, anew;
	} steps[] = {
		{ 0, 1 << 17, true, false },
		{ 0, (1 << 17) + 1, false, true },
		{ 1 << 17, 2, false, false },
		{ 1 << 17, 1, false, true },
		{ 0xffffff, (1 << 17) - 1, true, false },
		{ 0xffffff, 1 << 17, false, true },
		{ 0, 0x800000, false, true },
		{ 0, 0x800001, false, true },
		{ 0, 0x800002, false, true },
	};
	struct pdcp_loss *loss = test->priv;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		u32 from = steps[i].from;

		setup(test, true, pdcp_nru_sn_add(from, -2));
		KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, from, 0));
		KUNIT_EXPECT_EQ(test, pdcp_loss_receive(loss, steps[i].to, 1), steps[i].gap);
		KUNIT_EXPECT_EQ(test, loss->num, 1 + steps[i].gap - steps[i].anew);
		if (steps[i].anew)
			KUNIT_EXPECT_TRUE(test, pdcp_loss_receive(loss, steps[i].to + 2, 2));
		if (steps[i].anew)
			expect_pop(test, 100, steps[i].to + 1, steps[i].to + 1);
		else
			expect_pop(test, 100, pdcp_nru_sn_add(from, -1),
				   pdcp_nru_sn_add(from, -1));
	}
}

/* More gaps than there is room for: the oldest are kept, the others counted. */
static void bounded(struct kunit *test)
{
	struct pdcp_loss *loss = test->priv;
	u32 i;

	setup(test, true, 0);
	for (i = 1; i <= PDCP_LOSS_GAPS + 3; i++)
		KUNIT_EXPECT_EQ(test, pdcp_loss_receive(loss, 4 * i, i), i <= PDCP_LOSS_GAPS);
	KUNIT_EXPECT_EQ(test, loss->unreported, 3);

	/* No room to split: whole; but it can shrink. */
	pdcp_loss_receive(loss, 2, 50);
	pdcp_loss_receive(loss, 5, 50);
	expect_pop(test, 100, 1, 3);
	/* Room for one. */
	pdcp_loss_receive(loss, 10, 50);
	pdcp_loss_receive(loss, 14, 50);
	expect_pop(test, 100, 6, 7);
	expect_pop(test, 100, 9, 9);
	expect_pop(test, 100, 11, 11);
	for (i = 4; i <= PDCP_LOSS_GAPS; i++)
		expect_pop(test, 100, 4 * i - 3, 4 * i - 1);
	expect_none(test, U64_MAX);
}

#define FRAMES 4096

struct tunnel {
	struct rnd_state rnd;
	u8 delay[FRAMES];		/* U8_MAX: lost */
	DECLARE_BITMAP(reported, FRAMES);
};

static void draw_delays(struct tunnel *tunnel)
{
	u32 i;

	for (i = 0; i < FRAMES; i++) {
		u32 die = prandom_u32_state(&tunnel->rnd) % 64;

		tunnel->delay[i] = die < 4 ? U8_MAX : die < 8 ? die : 0;
	}
	/* So that it is known where the frames begin and end. */
	tunnel->delay[0] = 0;
	tunnel->delay[FRAMES - 1] = 0;
}

static void drain(struct kunit *test, struct tunnel *tunnel, u32 start, u64 now)
{
	struct pdcp_nru_range range;

	while (pdcp_loss_pop(test->priv, now, &range)) {
		u32 i = pdcp_nru_sn_add(range.first, -start);
		u32 last = pdcp_nru_sn_add(range.last, -start);

		KUNIT_ASSERT_LT(test, last, FRAMES);
		for (; i <= last; i++)
			KUNIT_EXPECT_FALSE(test, test_and_set_bit(i, tunnel->reported));
	}
}

/* Frames that are lost are reported, once; frames that are late by less than the wait are not. */
static void random_losses(struct kunit *test)
{
	static const u32 starts[] = { 0, 0xfff800 };
	struct tunnel *tunnel = kunit_kzalloc(test, sizeof(*tunnel), GFP_KERNEL);
	struct pdcp_loss *loss = test->priv;
	size_t run;

	KUNIT_ASSERT_NOT_NULL(test, tunnel);
	prandom_seed_state(&tunnel->rnd, 38425);
	for (run = 0; run < ARRAY_SIZE(starts); run++) {
		u32 i, now, delay;

		draw_delays(tunnel);
		bitmap_zero(tunnel->reported, FRAMES);
		pdcp_loss_init(loss, true, WAIT);
		for (now = 0; now < FRAMES; now++) {
			for (delay = 0; delay < WAIT - 1 && delay <= now; delay++) {
				if (tunnel->delay[now - delay] == delay)
					pdcp_loss_receive(loss,
							  pdcp_nru_sn_add(starts[run], now - delay),
							  now);
			}
			drain(test, tunnel, starts[run], now);
		}
		drain(test, tunnel, starts[run], U64_MAX);
		KUNIT_EXPECT_EQ(test, loss->unreported, 0);
		for (i = 0; i < FRAMES - WAIT; i++)
			KUNIT_EXPECT_EQ(test, test_bit(i, tunnel->reported),
					tunnel->delay[i] == U8_MAX);
	}
}

static int loss_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct pdcp_loss), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static struct kunit_case loss_cases[] = {
	KUNIT_CASE(in_order),
	KUNIT_CASE(gap_once_and_in_time),
	KUNIT_CASE(gap_from_zero),
	KUNIT_CASE_PARAM(late, late_cases_gen_params),
	KUNIT_CASE(all_late),
	KUNIT_CASE(constant_sn),
	KUNIT_CASE(disabled),
	KUNIT_CASE(sender_began_anew),
	KUNIT_CASE(bounded),
	KUNIT_CASE(random_losses),
	{}
};

static struct kunit_suite loss_suite = {
	.name = "pdcp_loss",
	.init = loss_init,
	.test_cases = loss_cases,
};

kunit_test_suite(loss_suite);
