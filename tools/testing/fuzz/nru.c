// SPDX-License-Identifier: GPL-2.0
/* NR-U frames.  Input: the content of an NR RAN Container. */

#include "fuzz.h"
#include "pdcp/count.h"
#include "pdcp/nru.h"

/* A frame written again: what was read, but for spare bits and what followed. */
static void check_rebuilt(const u8 *frame, size_t size, const u8 *again, size_t len,
			  u16 known)
{
	HOLDS(len >= 2 && len <= size);
	HOLDS(get_unaligned_be16(again) == (get_unaligned_be16(frame) & (known | 0xf000)));
	HOLDS(!memcmp(again + 2, frame + 2, len - 2));
}

static void check_list(const u8 *frame, size_t size, const u8 *items, size_t len)
{
	HOLDS(!len || (items > frame && items + len <= frame + size));
}

static void check_blocks(const struct pdcp_nru_data *data)
{
	u8 again[PDCP_NRU_BLOCKS_MAX * PDCP_NRU_BLOCK_LEN];
	u8 i;

	HOLDS(data->num_blocks <= PDCP_NRU_BLOCKS_MAX);
	for (i = 0; i < data->num_blocks; i++)
		pdcp_nru_put_block(again, i, pdcp_nru_block(data->blocks, i));
	HOLDS(!i || !memcmp(again, data->blocks, i * PDCP_NRU_BLOCK_LEN));
}

static void check_ranges(const u8 *ranges, u8 num)
{
	u8 again[U8_MAX * PDCP_NRU_RANGE_LEN];
	u8 i;

	for (i = 0; i < num; i++) {
		struct pdcp_nru_range range = pdcp_nru_range(ranges, i);

		HOLDS(pdcp_nru_range_has(&range, range.first));
		HOLDS(pdcp_nru_range_has(&range, range.last));
		pdcp_nru_put_range(again, i, range);
	}
	HOLDS(!i || !memcmp(again, ranges, i * PDCP_NRU_RANGE_LEN));
}

static void check_data(const u8 *frame, size_t size)
{
	struct pdcp_nru_data data;
	u8 *again;
	int len;

	if (pdcp_nru_parse_data(frame, size, &data))
		return;
	check_list(frame, size, data.blocks, data.num_blocks * PDCP_NRU_BLOCK_LEN);
	check_blocks(&data);

	again = buffer(size);
	len = pdcp_nru_put_data(again, size, &data);
	HOLDS(len > 0 || (len == -EMSGSIZE && size > PDCP_NRU_MAX));
	if (len > 0) {
		check_rebuilt(frame, size, again, len, PDCP_NRU_DATA_FLAGS);
		HOLDS(pdcp_nru_put_data(again, len - 1, &data) == -EMSGSIZE);
		HOLDS(pdcp_nru_parse_data(frame, len - 1, &data) == -EINVAL);
	}
	buffer_free(again, size);
}

static void check_status_rebuilt(const u8 *frame, size_t size, struct pdcp_nru_status *status)
{
	u8 *again = buffer(size);
	int len = pdcp_nru_put_status(again, size, status);

	if (status->flags & PDCP_NRU_STATUS_LOST && !status->num_lost)
		HOLDS(len == -EINVAL);
	else
		HOLDS(len > 0 || (len == -EMSGSIZE && size > PDCP_NRU_MAX));
	if (len > 0) {
		check_rebuilt(frame, size, again, len, PDCP_NRU_STATUS_FLAGS);
		HOLDS(pdcp_nru_put_status(again, len - 1, status) == -EMSGSIZE);
		HOLDS(pdcp_nru_parse_status(frame, len - 1, status) == -EINVAL);
	}
	buffer_free(again, size);
}

/* The greatest COUNT that has been sent with this SN, if that was within the window. */
static void check_sn(u32 sn, u8 sn_bits, u32 tx_next)
{
	s64 period = 1 << sn_bits;
	s64 expected = (s64)tx_next - 1;
	u32 count;
	bool found;

	expected -= (expected - sn) & (period - 1);
	found = pdcp_nru_sn_to_count(sn, sn_bits, tx_next, &count);
	HOLDS(found == (sn < period && expected >= 0 && tx_next - expected <= period / 2));
	HOLDS(!found || count == expected);
}

static void check_status(const u8 *frame, size_t size)
{
	struct pdcp_nru_status status;

	if (pdcp_nru_parse_status(frame, size, &status))
		return;
	check_list(frame, size, status.lost, status.num_lost * PDCP_NRU_RANGE_LEN);
	check_list(frame, size, status.ranges, status.num_ranges * PDCP_NRU_RANGE_LEN);
	HOLDS(status.num_lost <= PDCP_NRU_LOST_MAX);
	check_ranges(status.lost, status.num_lost);
	check_ranges(status.ranges, status.num_ranges);
	check_sn(status.delivered, PDCP_SN_BITS_SHORT, status.buffer_size);
	check_sn(status.delivered, PDCP_SN_BITS_LONG, status.buffer_size);
	check_status_rebuilt(frame, size, &status);
}

int fuzz_one(const u8 *data, size_t size)
{
	u8 *frame = copy(data, size);

	switch (pdcp_nru_type(frame, size)) {
	case PDCP_NRU_DATA:
		check_data(frame, size);
		break;
	case PDCP_NRU_STATUS:
		check_status(frame, size);
		break;
	}
	buffer_free(frame, size);
	return 0;
}
