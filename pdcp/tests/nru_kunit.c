// SPDX-License-Identifier: GPL-2.0
/* NR-U frames, 38.425 5.5, and their sequence numbers. */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/prandom.h>
#include <linux/string.h>

#include "pdcp/count.h"
#include "pdcp/nru.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/nru.h"

KUNIT_ARRAY_PARAM_DESC(nru_data_vectors, nru_data_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nru_status_vectors, nru_status_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nru_bad_vectors, nru_bad_vectors, name);

/* The octets of a frame, with room for 16 more. */
static u8 *frame_of(struct kunit *test, const char *octets, size_t *len)
{
	size_t frame_len;
	u8 *frame = pdcp_test_hex(test, octets, &frame_len);
	u8 *p = kunit_kzalloc(test, frame_len + 16, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, p);
	memcpy(p, frame, frame_len);
	*len = frame_len;
	return p;
}

static void expect_data(struct kunit *test, const struct pdcp_nru_data *got,
			const struct nru_data_vector *v)
{
	u8 i;

	KUNIT_EXPECT_EQ(test, got->flags, v->parsed.flags);
	KUNIT_EXPECT_EQ(test, got->sn, v->parsed.sn);
	KUNIT_EXPECT_EQ(test, got->flush_sn, v->parsed.flush_sn);
	KUNIT_EXPECT_EQ(test, got->report_sn, v->parsed.report_sn);
	KUNIT_ASSERT_EQ(test, got->num_blocks, v->parsed.num_blocks);
	for (i = 0; i < got->num_blocks; i++) {
		struct pdcp_nru_block block = pdcp_nru_block(got->blocks, i);

		KUNIT_EXPECT_EQ(test, block.first, v->blocks[i].first);
		KUNIT_EXPECT_EQ(test, block.num, v->blocks[i].num);
	}
}

static void expect_ranges(struct kunit *test, const u8 *got,
			  const struct pdcp_nru_range *want, u8 num)
{
	u8 i;

	for (i = 0; i < num; i++) {
		struct pdcp_nru_range range = pdcp_nru_range(got, i);

		KUNIT_EXPECT_EQ(test, range.first, want[i].first);
		KUNIT_EXPECT_EQ(test, range.last, want[i].last);
	}
}

static void expect_status(struct kunit *test, const struct pdcp_nru_status *got,
			  const struct nru_status_vector *v)
{
	KUNIT_EXPECT_EQ(test, got->flags, v->parsed.flags);
	KUNIT_EXPECT_EQ(test, got->buffer_size, v->parsed.buffer_size);
	KUNIT_EXPECT_EQ(test, got->data_rate, v->parsed.data_rate);
	KUNIT_EXPECT_EQ(test, got->delivered, v->parsed.delivered);
	KUNIT_EXPECT_EQ(test, got->tx, v->parsed.tx);
	KUNIT_EXPECT_EQ(test, got->cause, v->parsed.cause);
	KUNIT_EXPECT_EQ(test, got->delivered_retx, v->parsed.delivered_retx);
	KUNIT_EXPECT_EQ(test, got->retx, v->parsed.retx);
	KUNIT_ASSERT_EQ(test, got->num_lost, v->parsed.num_lost);
	KUNIT_ASSERT_EQ(test, got->num_ranges, v->parsed.num_ranges);
	expect_ranges(test, got->lost, v->lost, got->num_lost);
	expect_ranges(test, got->ranges, v->ranges, got->num_ranges);
}

/* As received; with spare bits set; with octets behind that are not padding. */
static void parse_data(struct kunit *test)
{
	const struct nru_data_vector *v = test->param_value;
	struct pdcp_nru_data data;
	size_t len;
	u8 *p = frame_of(test, v->frame, &len);

	KUNIT_EXPECT_EQ(test, pdcp_nru_type(p, len), PDCP_NRU_DATA);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_data(p, len, &data), 0);
	expect_data(test, &data, v);

	p[0] |= 0x08;
	p[1] |= 0xe0;
	memset(p + len, 0xff, 16);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_data(p, len + 16, &data), 0);
	expect_data(test, &data, v);
}

static void parse_status(struct kunit *test)
{
	const struct nru_status_vector *v = test->param_value;
	struct pdcp_nru_status status;
	size_t len;
	u8 *p = frame_of(test, v->frame, &len);

	KUNIT_EXPECT_EQ(test, pdcp_nru_type(p, len), PDCP_NRU_STATUS);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_status(p, len, &status), 0);
	expect_status(test, &status, v);

	p[1] |= 0xe0;
	memset(p + len, 0xff, 16);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_status(p, len + 16, &status), 0);
	expect_status(test, &status, v);
}

/* The @written octets at @p are the vector's but for its padding, with nothing behind. */
static void expect_frame(struct kunit *test, const u8 *p, int written, const char *octets)
{
	static const u8 zero[4];
	size_t len;
	u8 *frame = pdcp_test_hex(test, octets, &len);

	KUNIT_ASSERT_LE(test, written, (int)len);
	KUNIT_ASSERT_LT(test, (int)len - written, 4);
	KUNIT_EXPECT_MEMEQ(test, p, frame, written);
	KUNIT_EXPECT_MEMEQ(test, frame + written, zero, len - written);
	KUNIT_EXPECT_EQ(test, p[written], 0xa5);
}

/* Written, and read again cut off at every octet. */
static void put_data(struct kunit *test)
{
	const struct nru_data_vector *v = test->param_value;
	struct pdcp_nru_data data = v->parsed;
	u8 blocks[sizeof(v->blocks)];
	u8 p[64];
	int len, cut;
	u8 i;

	for (i = 0; i < data.num_blocks; i++)
		pdcp_nru_put_block(blocks, i, v->blocks[i]);
	data.blocks = blocks;
	memset(p, 0xa5, sizeof(p));
	len = pdcp_nru_put_data(p, sizeof(p), &data);
	KUNIT_ASSERT_GT(test, len, 0);
	expect_frame(test, p, len, v->frame);
	for (cut = 0; cut < len; cut++) {
		struct pdcp_nru_data got;
		u8 small[64];

		KUNIT_EXPECT_EQ(test,
				pdcp_nru_parse_data(pdcp_test_copy(test, p, cut), cut, &got),
				-EINVAL);
		memset(small, 0xa5, sizeof(small));
		KUNIT_EXPECT_EQ(test, pdcp_nru_put_data(small, cut, &data), -EMSGSIZE);
		KUNIT_EXPECT_EQ(test, small[cut], 0xa5);
	}
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_data(p, len, &data), len);
}

static void put_status(struct kunit *test)
{
	const struct nru_status_vector *v = test->param_value;
	struct pdcp_nru_status status = v->parsed;
	u8 lost[sizeof(v->lost)], ranges[sizeof(v->ranges)];
	u8 p[64];
	int len, cut;
	u8 i;

	for (i = 0; i < status.num_lost; i++)
		pdcp_nru_put_range(lost, i, v->lost[i]);
	for (i = 0; i < status.num_ranges; i++)
		pdcp_nru_put_range(ranges, i, v->ranges[i]);
	status.lost = lost;
	status.ranges = ranges;
	memset(p, 0xa5, sizeof(p));
	len = pdcp_nru_put_status(p, sizeof(p), &status);
	KUNIT_ASSERT_GT(test, len, 0);
	expect_frame(test, p, len, v->frame);
	for (cut = 0; cut < len; cut++) {
		struct pdcp_nru_status got;
		u8 small[64];

		KUNIT_EXPECT_EQ(test,
				pdcp_nru_parse_status(pdcp_test_copy(test, p, cut), cut, &got),
				-EINVAL);
		memset(small, 0xa5, sizeof(small));
		KUNIT_EXPECT_EQ(test, pdcp_nru_put_status(small, cut, &status), -EMSGSIZE);
		KUNIT_EXPECT_EQ(test, small[cut], 0xa5);
	}
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_status(p, len, &status), len);
}

static void parse_bad(struct kunit *test)
{
	const struct nru_bad_vector *v = test->param_value;
	struct pdcp_nru_status status;
	struct pdcp_nru_data data;
	size_t len;
	u8 *p = pdcp_test_hex(test, v->frame, &len);

	KUNIT_EXPECT_EQ(test, pdcp_nru_parse_data(p, len, &data), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_nru_parse_status(p, len, &status), -EINVAL);
}

/* Long enough to be of any type, and of one only. */
static void types(struct kunit *test)
{
	struct pdcp_nru_status status;
	struct pdcp_nru_data data;
	u8 p[16] = {};
	u8 type;

	for (type = 0; type < 16; type++) {
		p[0] = type << 4;
		KUNIT_EXPECT_EQ(test, pdcp_nru_type(p, sizeof(p)), type);
		KUNIT_EXPECT_EQ(test, pdcp_nru_parse_data(p, sizeof(p), &data),
				type == 0 ? 0 : -EINVAL);
		KUNIT_EXPECT_EQ(test, pdcp_nru_parse_status(p, sizeof(p), &status),
				type == 1 ? 0 : -EINVAL);
	}
	KUNIT_EXPECT_EQ(test, pdcp_nru_type(p, 0), -EINVAL);
}

/* A lost packet report of no range is read as no loss, but not sent. */
static void lost_none(struct kunit *test)
{
	struct pdcp_nru_status status;
	u8 p[16] = { 0x11, 0, 0, 0, 0, 1, 0 };

	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_status(p, 7, &status), 0);
	KUNIT_EXPECT_EQ(test, status.buffer_size, 1);
	KUNIT_EXPECT_EQ(test, status.num_lost, 0);
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_status(p, sizeof(p), &status), -EINVAL);
}

/* Flags that are not ours to send are not sent, nor is what they do not announce. */
static void only_what_flags_say(struct kunit *test)
{
	struct pdcp_nru_status status;
	struct pdcp_nru_data data;
	u8 p[16];

	memset(&data, 0xff, sizeof(data));
	data.flags = (u16)~PDCP_NRU_DATA_FLAGS;
	KUNIT_ASSERT_EQ(test, pdcp_nru_put_data(p, sizeof(p), &data), 5);
	KUNIT_EXPECT_MEMEQ(test, p, "\x00\x00\xff\xff\xff", 5);
	memset(&status, 0xff, sizeof(status));
	status.flags = (u16)~PDCP_NRU_STATUS_FLAGS;
	KUNIT_ASSERT_EQ(test, pdcp_nru_put_status(p, sizeof(p), &status), 6);
	KUNIT_EXPECT_MEMEQ(test, p, "\x10\x00\xff\xff\xff\xff", 6);
}

static void most_blocks(struct kunit *test)
{
	struct pdcp_nru_data got, data = {
		.flags = PDCP_NRU_DATA_FLAGS,
		.num_blocks = PDCP_NRU_BLOCKS_MAX,
	};
	u8 *blocks = kunit_kzalloc(test, 2048, GFP_KERNEL);
	u8 *p = kunit_kzalloc(test, 2048, GFP_KERNEL);
	u8 i;

	KUNIT_ASSERT_NOT_NULL(test, blocks);
	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < data.num_blocks; i++)
		pdcp_nru_put_block(blocks, i, (struct pdcp_nru_block){ 0x30000 + i, i });
	data.blocks = blocks;
	KUNIT_ASSERT_EQ(test, pdcp_nru_put_data(p, 2048, &data), 2 + 3 + 3 + 1 + 976 + 3);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_data(p, 2048, &got), 0);
	KUNIT_ASSERT_EQ(test, got.num_blocks, 244);
	KUNIT_EXPECT_MEMEQ(test, got.blocks, blocks, 976);
	KUNIT_EXPECT_EQ(test, pdcp_nru_block(got.blocks, 243).first, 0x300f3);

	p[8] = 245;
	KUNIT_EXPECT_EQ(test, pdcp_nru_parse_data(p, 2048, &got), -EINVAL);
	data.num_blocks = 245;
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_data(p, 2048, &data), -EINVAL);
}

static void most_ranges(struct kunit *test)
{
	struct pdcp_nru_status got, status = {
		.flags = PDCP_NRU_STATUS_FLAGS,
		.num_lost = PDCP_NRU_LOST_MAX,
		.num_ranges = 4,
	};
	u8 *ranges = kunit_kzalloc(test, 2048, GFP_KERNEL);
	u8 *p = kunit_kzalloc(test, 2048, GFP_KERNEL);
	u8 i;

	KUNIT_ASSERT_NOT_NULL(test, ranges);
	KUNIT_ASSERT_NOT_NULL(test, p);
	for (i = 0; i < status.num_lost; i++)
		pdcp_nru_put_range(ranges, i, (struct pdcp_nru_range){ 2 * i, 2 * i + 1 });
	status.lost = ranges;
	status.ranges = ranges;
	KUNIT_ASSERT_EQ(test, pdcp_nru_put_status(p, 2048, &status),
			2 + 4 + 4 + 1 + 966 + 3 + 3 + 1 + 3 + 3 + 1 + 24);
	KUNIT_ASSERT_EQ(test, pdcp_nru_parse_status(p, 2048, &got), 0);
	KUNIT_ASSERT_EQ(test, got.num_lost, 161);
	KUNIT_EXPECT_MEMEQ(test, got.lost, ranges, 966);
	KUNIT_ASSERT_EQ(test, got.num_ranges, 4);
	KUNIT_EXPECT_MEMEQ(test, got.ranges, ranges, 24);
	KUNIT_EXPECT_EQ(test, pdcp_nru_range(got.lost, 160).last, 321);

	/* One more of those is beyond what a frame may have. */
	status.num_ranges = 5;
	memset(p, 0xa5, 2048);
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_status(p, 2048, &status), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, p[PDCP_NRU_MAX], 0xa5);

	status.num_ranges = 0;
	KUNIT_ASSERT_GT(test, pdcp_nru_put_status(p, 2048, &status), 0);
	p[10] = 162;
	KUNIT_EXPECT_EQ(test, pdcp_nru_parse_status(p, 2048, &got), -EINVAL);
	status.num_lost = 162;
	KUNIT_EXPECT_EQ(test, pdcp_nru_put_status(p, 2048, &status), -EINVAL);
}

static u32 draw(struct rnd_state *rnd, u32 mask)
{
	return prandom_u32_state(rnd) & mask;
}

/* What is not announced is 0 after parsing, so the whole structures are the same. */
static void round_trip_data(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned int run;

	prandom_seed_state(&rnd, 38425);
	for (run = 0; run < 2000; run++) {
		u16 flags = draw(&rnd, PDCP_NRU_DATA_FLAGS);
		struct pdcp_nru_data got = {}, data = { flags, draw(&rnd, 0xffffff) };
		u8 blocks[32], p[64];
		int len;

		prandom_bytes_state(&rnd, blocks, sizeof(blocks));
		if (flags & PDCP_NRU_DATA_FLUSH)
			data.flush_sn = draw(&rnd, 0xffffff);
		if (flags & PDCP_NRU_DATA_REPORT)
			data.report_sn = draw(&rnd, 0xffffff);
		if (flags & PDCP_NRU_DATA_BLOCKS)
			data.num_blocks = draw(&rnd, 7);
		data.blocks = blocks;

		len = pdcp_nru_put_data(p, sizeof(p), &data);
		KUNIT_ASSERT_GT(test, len, 0);
		KUNIT_ASSERT_EQ(test, pdcp_nru_parse_data(p, len, &got), 0);
		KUNIT_EXPECT_MEMEQ(test, got.blocks ?: blocks, blocks,
				   data.num_blocks * PDCP_NRU_BLOCK_LEN);
		got.blocks = blocks;
		KUNIT_EXPECT_MEMEQ(test, &got, &data, sizeof(data));
	}
}

static void round_trip_status(struct kunit *test)
{
	struct rnd_state rnd;
	unsigned int run;

	prandom_seed_state(&rnd, 38425);
	for (run = 0; run < 2000; run++) {
		u16 flags = draw(&rnd, PDCP_NRU_STATUS_FLAGS);
		struct pdcp_nru_status got, status;
		u8 lists[48], p[128];
		int len;

		memset(&got, 0, sizeof(got));
		memset(&status, 0, sizeof(status));
		prandom_bytes_state(&rnd, lists, sizeof(lists));
		status.flags = flags;
		status.buffer_size = draw(&rnd, U32_MAX);
		status.data_rate = flags & PDCP_NRU_STATUS_DATA_RATE ? draw(&rnd, U32_MAX) : 0;
		status.delivered = flags & PDCP_NRU_STATUS_DELIVERED ? draw(&rnd, 0xffffff) : 0;
		status.tx = flags & PDCP_NRU_STATUS_TX ? draw(&rnd, 0xffffff) : 0;
		status.cause = flags & PDCP_NRU_STATUS_CAUSE ? draw(&rnd, U8_MAX) : 0;
		status.delivered_retx =
			flags & PDCP_NRU_STATUS_DELIVERED_RETX ? draw(&rnd, 0xffffff) : 0;
		status.retx = flags & PDCP_NRU_STATUS_RETX ? draw(&rnd, 0xffffff) : 0;
		status.num_lost = flags & PDCP_NRU_STATUS_LOST ? 1 + draw(&rnd, 7) : 0;
		status.num_ranges = flags & PDCP_NRU_STATUS_RANGES ? draw(&rnd, 7) : 0;
		status.lost = lists;
		status.ranges = lists;

		len = pdcp_nru_put_status(p, sizeof(p), &status);
		KUNIT_ASSERT_GT(test, len, 0);
		KUNIT_ASSERT_EQ(test, pdcp_nru_parse_status(p, len, &got), 0);
		KUNIT_EXPECT_MEMEQ(test, got.lost ?: lists, lists,
				   status.num_lost * PDCP_NRU_RANGE_LEN);
		KUNIT_EXPECT_MEMEQ(test, got.ranges ?: lists, lists,
				   status.num_ranges * PDCP_NRU_RANGE_LEN);
		got.lost = lists;
		got.ranges = lists;
		KUNIT_EXPECT_MEMEQ(test, &got, &status, sizeof(status));
	}
}

static void sn_arithmetic(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_add(5, 3), 8);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_add(0xffffff, 1), 0);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_add(0, -1), 0xffffff);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(8, 5), 3);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(5, 8), -3);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(1, 0xfffffe), 3);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(0xfffffe, 1), -3);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(0x7fffff, 0), 0x7fffff);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(0x800000, 0), -0x800000);
	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_diff(7, 7), 0);
}

static void range_has(struct kunit *test)
{
	struct pdcp_nru_range range = { 0xfffffe, 1 };
	u32 sn;

	for (sn = 0xfffff0; sn < 0x1000010; sn++)
		KUNIT_EXPECT_EQ(test, pdcp_nru_range_has(&range, sn & 0xffffff),
				sn >= 0xfffffe && sn <= 0x1000001);
	range = (struct pdcp_nru_range){ 9, 9 };
	KUNIT_EXPECT_TRUE(test, pdcp_nru_range_has(&range, 9));
	KUNIT_EXPECT_FALSE(test, pdcp_nru_range_has(&range, 8));
	KUNIT_EXPECT_FALSE(test, pdcp_nru_range_has(&range, 10));
}

static const struct count_case {
	u32 sn;
	u8 sn_bits;
	u32 tx_next;
	bool exists;
	u32 count;
} count_cases[] = {
	{ 0, 12, 0, false },
	{ 4095, 12, 0, false },
	{ 0, 12, 1, true, 0 },
	{ 1, 12, 1, false },
	{ 4095, 12, 1, false },
	{ 0, 12, 2048, true, 0 },
	{ 0, 12, 2049, false },
	{ 1, 12, 2049, true, 1 },
	{ 4095, 12, 4096, true, 4095 },
	{ 4095, 12, 4097, true, 4095 },
	{ 0, 12, 4096, false },
	{ 0, 12, 4097, true, 4096 },
	{ 0x123, 12, 0xabcde124, true, 0xabcde123 },
	{ 0x124, 12, 0xabcde124, false },
	{ 0x924, 12, 0xabcde124, true, 0xabcdd924 },
	{ 0x923, 12, 0xabcde124, false },
	{ 0x1123, 12, 0xabcde124, false },
	{ 0xffe, 12, 0xffffffff, true, 0xfffffffe },
	{ 0x7ff, 12, 0xffffffff, true, 0xfffff7ff },
	{ 0xfff, 12, 0xffffffff, false },
	{ 0, 18, 1, true, 0 },
	{ 0, 18, 131072, true, 0 },
	{ 0, 18, 131073, false },
	{ 262143, 18, 262144, true, 262143 },
	{ 0, 18, 262145, true, 262144 },
	{ 0x3fffe, 18, 0xffffffff, true, 0xfffffffe },
	{ 0x7fffe, 18, 0xffffffff, false },
};

static void describe_count(const struct count_case *c, char *desc)
{
	snprintf(desc, KUNIT_PARAM_DESC_SIZE, "%u bits, TX_NEXT %08x, SN %x",
		 c->sn_bits, c->tx_next, c->sn);
}

KUNIT_ARRAY_PARAM(count_cases, count_cases, describe_count);

static void sn_to_count(struct kunit *test)
{
	const struct count_case *c = test->param_value;
	u32 count = 0xa5a5a5a5;

	KUNIT_EXPECT_EQ(test, pdcp_nru_sn_to_count(c->sn, c->sn_bits, c->tx_next, &count),
			c->exists);
	KUNIT_EXPECT_EQ(test, count, c->exists ? c->count : 0xa5a5a5a5);
}

/* All SNs: those of the COUNTs in the transmit window give them, no other gives any. */
static void sn_to_count_whole_space(struct kunit *test)
{
	static const u32 nexts[] = {
		0, 1, 2, 2047, 2048, 2049, 4095, 4096, 4097, 0x12345678, 0xfffffffe, 0xffffffff,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nexts); i++) {
		u32 found = 0, sn, count;

		for (sn = 0; sn < 4096; sn++) {
			if (!pdcp_nru_sn_to_count(sn, 12, nexts[i], &count))
				continue;
			found++;
			KUNIT_EXPECT_EQ(test, count % 4096, sn);
			KUNIT_EXPECT_LT(test, count, nexts[i]);
			KUNIT_EXPECT_LE(test, nexts[i] - count, 2048);
		}
		KUNIT_EXPECT_EQ(test, found, min(nexts[i], 2048U));
	}
}

static struct kunit_case nru_cases[] = {
	KUNIT_CASE_PARAM(parse_data, nru_data_vectors_gen_params),
	KUNIT_CASE_PARAM(parse_status, nru_status_vectors_gen_params),
	KUNIT_CASE_PARAM(put_data, nru_data_vectors_gen_params),
	KUNIT_CASE_PARAM(put_status, nru_status_vectors_gen_params),
	KUNIT_CASE_PARAM(parse_bad, nru_bad_vectors_gen_params),
	KUNIT_CASE(types),
	KUNIT_CASE(lost_none),
	KUNIT_CASE(only_what_flags_say),
	KUNIT_CASE(most_blocks),
	KUNIT_CASE(most_ranges),
	KUNIT_CASE(round_trip_data),
	KUNIT_CASE(round_trip_status),
	KUNIT_CASE(sn_arithmetic),
	KUNIT_CASE(range_has),
	KUNIT_CASE_PARAM(sn_to_count, count_cases_gen_params),
	KUNIT_CASE(sn_to_count_whole_space),
	{}
};

static struct kunit_suite nru_suite = {
	.name = "pdcp_nru",
	.test_cases = nru_cases,
};

kunit_test_suite(nru_suite);
