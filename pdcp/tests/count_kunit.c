// SPDX-License-Identifier: GPL-2.0
/* COUNT arithmetic, 38.323 5.2.2.1 and 6.3.5. */

#include <kunit/test.h>
#include <linux/limits.h>

#include "pdcp/count.h"
#include "pdcp/tests/vectors/count.h"

static void describe_vector(const struct count_vector *v, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u bits, RX_DELIV %08x, SN %u",
		 v->sn_bits, v->rx_deliv, v->sn);
}

KUNIT_ARRAY_PARAM(count_vectors, count_vectors, describe_vector);

static void infer_vector(struct kunit *test)
{
	const struct count_vector *v = test->param_value;
	u32 count = 0;

	KUNIT_EXPECT_EQ(test, pdcp_count_infer(v->sn, v->rx_deliv, v->sn_bits, &count),
			v->exists);
	KUNIT_EXPECT_EQ(test, count, v->count);
}

/*
 * The definition turned round: the COUNTs of [RX_DELIV - W, RX_DELIV + W) have different SNs,
 * and each SN must give the one it belongs to, unless that is not a 32-bit number.
 */
static bool window_inferred(struct kunit *test, u32 rx_deliv, u8 sn_bits, u32 step)
{
	s64 window = 1LL << (sn_bits - 1);
	s64 count;

	for (count = rx_deliv - window; count < rx_deliv + window; count += step) {
		bool exists = count >= 0 && count <= U32_MAX;
		u32 sn = count & ((1 << sn_bits) - 1);
		u32 got = 0;

		if (pdcp_count_infer(sn, rx_deliv, sn_bits, &got) == exists &&
		    (!exists || got == count))
			continue;
		KUNIT_FAIL(test, "%u bits, RX_DELIV %08x, SN %u: %08x, not %llx",
			   sn_bits, rx_deliv, sn, got, count);
		return false;
	}
	return true;
}

static const u32 anchors[] = {
	0, 1, 2047, 2048, 2049, 4095, 4096, 131071, 131072, 131073, 262143, 262144,
	0x12345678, 0x7fffffff, 0x80000000, 0xfffbffff, 0xfffc0000, 0xfffdffff, 0xfffe0000,
	0xffffefff, 0xfffff000, 0xfffff7ff, 0xfffff800, 0xfffffffe, 0xffffffff,
};

static void infer_whole_window(struct kunit *test)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(anchors); i++) {
		if (!window_inferred(test, anchors[i], 12, 1) ||
		    !window_inferred(test, anchors[i], 18, 7))
			return;
	}
}

static void sn_and_hfn(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pdcp_count_sn(0xabcdef12, 12), 0xf12);
	KUNIT_EXPECT_EQ(test, pdcp_count_hfn(0xabcdef12, 12), 0xabcde);
	KUNIT_EXPECT_EQ(test, pdcp_count_sn(0xabcdef12, 18), 0x1ef12);
	KUNIT_EXPECT_EQ(test, pdcp_count_hfn(0xabcdef12, 18), 0x2af3);
	KUNIT_EXPECT_EQ(test, pdcp_count_window(12), 2048);
	KUNIT_EXPECT_EQ(test, pdcp_count_window(18), 131072);
}

static void sn_lengths(struct kunit *test)
{
	unsigned int bits;

	for (bits = 0; bits <= U8_MAX; bits++)
		KUNIT_EXPECT_EQ(test, pdcp_sn_bits_valid(bits), bits == 12 || bits == 18);
}

static struct kunit_case count_cases[] = {
	KUNIT_CASE_PARAM(infer_vector, count_vectors_gen_params),
	KUNIT_CASE(infer_whole_window),
	KUNIT_CASE(sn_and_hfn),
	KUNIT_CASE(sn_lengths),
	{}
};

static struct kunit_suite count_suite = {
	.name = "pdcp_count",
	.test_cases = count_cases,
};

kunit_test_suite(count_suite);
