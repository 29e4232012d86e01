/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_NRU_H
#define _PDCP_NRU_H

#include <linux/errno.h>
#include <linux/types.h>
#include <linux/unaligned.h>

/* NR user plane protocol, 38.425 5.5: frames in the NR RAN Container of a G-PDU. */
enum pdcp_nru_limits {
	PDCP_NRU_MAX = 1018,		/* octets of a frame, padding included */
	PDCP_NRU_BLOCKS_MAX = 244,
	PDCP_NRU_LOST_MAX = 161,
	PDCP_NRU_BLOCK_LEN = 4,		/* octets of a discard block */
	PDCP_NRU_RANGE_LEN = 6,		/* octets of a range of SNs */
	PDCP_NRU_SN_BITS = 24,
	PDCP_NRU_SN_MASK = (1 << PDCP_NRU_SN_BITS) - 1,
};

/* PDU type; a frame of any other is to be ignored. */
enum pdcp_nru_type {
	PDCP_NRU_DATA = 0,		/* DL USER DATA */
	PDCP_NRU_STATUS = 1,		/* DL DATA DELIVERY STATUS */
	PDCP_NRU_ASSISTANCE = 2,	/* ASSISTANCE INFORMATION DATA */
};

/* Flags of DL USER DATA: the first two octets of the frame, 38.425 5.5.2.1. */
enum pdcp_nru_data_flag {
	PDCP_NRU_DATA_BLOCKS = 0x0400,		/* discard blocks follow */
	PDCP_NRU_DATA_FLUSH = 0x0200,		/* discard SN follows */
	PDCP_NRU_DATA_POLL = 0x0100,		/* a status is wanted */
	PDCP_NRU_DATA_OUT_OF_SEQ = 0x0010,	/* with delivered ranges */
	PDCP_NRU_DATA_REPORT = 0x0008,		/* report SN follows */
	PDCP_NRU_DATA_EXISTENCE = 0x0004,	/* user data will come */
	PDCP_NRU_DATA_ASSISTANCE_POLL = 0x0002,
	PDCP_NRU_DATA_RETRANSMISSION = 0x0001,
	PDCP_NRU_DATA_FLAGS = 0x071f,
};

/* Flags of DL DATA DELIVERY STATUS, 38.425 5.5.2.2. */
enum pdcp_nru_status_flag {
	PDCP_NRU_STATUS_TX = 0x0800,
	PDCP_NRU_STATUS_DELIVERED = 0x0400,
	PDCP_NRU_STATUS_FINAL = 0x0200,
	PDCP_NRU_STATUS_LOST = 0x0100,
	PDCP_NRU_STATUS_RANGES = 0x0010,
	PDCP_NRU_STATUS_DATA_RATE = 0x0008,
	PDCP_NRU_STATUS_RETX = 0x0004,
	PDCP_NRU_STATUS_DELIVERED_RETX = 0x0002,
	PDCP_NRU_STATUS_CAUSE = 0x0001,
	PDCP_NRU_STATUS_FLAGS = 0x0f1f,
};

/* Cause value, 38.425 5.5.3; others are reserved. */
enum pdcp_nru_cause {
	PDCP_NRU_CAUSE_UNKNOWN = 0,
	PDCP_NRU_CAUSE_OUTAGE = 1,
	PDCP_NRU_CAUSE_RESUME = 2,
	PDCP_NRU_CAUSE_UL_OUTAGE = 3,
	PDCP_NRU_CAUSE_DL_OUTAGE = 4,
	PDCP_NRU_CAUSE_UL_RESUME = 5,
	PDCP_NRU_CAUSE_DL_RESUME = 6,
};

/* @num PDCP SNs from @first on, which may go over the highest SN */
struct pdcp_nru_block {
	u32 first;
	u8 num;
};

/* SNs from @first to @last, both included; @last is below @first if they go over the highest */
struct pdcp_nru_range {
	u32 first;
	u32 last;
};

/**
 * struct pdcp_nru_data - DL USER DATA, from the node hosting PDCP
 * @flags: enum pdcp_nru_data_flag; says which of the members but @sn count
 * @sn: NR-U SN of the G-PDU
 * @flush_sn: all PDCP SNs up to this one are to be discarded
 * @report_sn: PDCP SN whose delivery is to be reported
 * @blocks: @num_blocks times PDCP_NRU_BLOCK_LEN octets, see pdcp_nru_block()
 * @num_blocks: discard blocks
 *
 * @blocks points into the buffer that was parsed, or to what pdcp_nru_put_block() wrote.
 */
struct pdcp_nru_data {
	u16 flags;
	u32 sn;
	u32 flush_sn;
	u32 report_sn;
	const u8 *blocks;
	u8 num_blocks;
};

/**
 * struct pdcp_nru_status - DL DATA DELIVERY STATUS, to the node hosting PDCP
 * @flags: enum pdcp_nru_status_flag; says which of the members but @buffer_size count
 * @cause: an enum pdcp_nru_cause or reserved
 * @buffer_size: desired buffer size, octets
 * @data_rate: desired data rate, octets per second
 * @delivered: highest PDCP SN delivered in sequence to the UE
 * @tx: highest PDCP SN handed to the lower layers
 * @delivered_retx: as @delivered, of PDUs that were retransmissions
 * @retx: as @tx, of PDUs that were retransmissions
 * @lost: @num_lost ranges of NR-U SNs, PDCP_NRU_RANGE_LEN octets each, see pdcp_nru_range()
 * @ranges: @num_ranges ranges of PDCP SNs that were delivered out of sequence
 * @num_lost: ranges at @lost
 * @num_ranges: ranges at @ranges
 *
 * @lost and @ranges point into the buffer that was parsed, or to what pdcp_nru_put_range()
 * wrote.
 */
struct pdcp_nru_status {
	u16 flags;
	u8 cause;
	u32 buffer_size;
	u32 data_rate;
	u32 delivered;
	u32 tx;
	u32 delivered_retx;
	u32 retx;
	const u8 *lost;
	const u8 *ranges;
	u8 num_lost;
	u8 num_ranges;
};

/* PDU type of a frame: an enum pdcp_nru_type or reserved; -EINVAL for an empty one. */
static inline int pdcp_nru_type(const u8 *p, size_t len)
{
	return len ? *p >> 4 : -EINVAL;
}

int pdcp_nru_parse_data(const u8 *p, size_t len, struct pdcp_nru_data *data);
int pdcp_nru_parse_status(const u8 *p, size_t len,
			  struct pdcp_nru_status *status);
int pdcp_nru_put_data(u8 *p, size_t size, const struct pdcp_nru_data *data);
int pdcp_nru_put_status(u8 *p, size_t size,
			const struct pdcp_nru_status *status);

bool pdcp_nru_sn_to_count(u32 sn, u8 sn_bits, u32 tx_next, u32 *count);

/* Discard block @i of a parsed list; @i below the number of blocks. */
static inline struct pdcp_nru_block pdcp_nru_block(const u8 *blocks, u8 i)
{
	const u8 *p = blocks + i * PDCP_NRU_BLOCK_LEN;

	return (struct pdcp_nru_block){ get_unaligned_be24(p), p[3] };
}

/* Range @i of a parsed list; @i below the number of ranges. */
static inline struct pdcp_nru_range pdcp_nru_range(const u8 *ranges, u8 i)
{
	const u8 *p = ranges + i * PDCP_NRU_RANGE_LEN;

	return (struct pdcp_nru_range){ get_unaligned_be24(p), get_unaligned_be24(p + 3) };
}

/* Write block @i of a list that pdcp_nru_put_data() is to be given. */
static inline void pdcp_nru_put_block(u8 *blocks, u8 i, struct pdcp_nru_block block)
{
	u8 *p = blocks + i * PDCP_NRU_BLOCK_LEN;

	put_unaligned_be24(block.first, p);
	p[3] = block.num;
}

/* Write range @i of a list that pdcp_nru_put_status() is to be given. */
static inline void pdcp_nru_put_range(u8 *ranges, u8 i, struct pdcp_nru_range range)
{
	u8 *p = ranges + i * PDCP_NRU_RANGE_LEN;

	put_unaligned_be24(range.first, p);
	put_unaligned_be24(range.last, p + 3);
}

/* The NR-U SN @n after @sn. */
static inline u32 pdcp_nru_sn_add(u32 sn, u32 n)
{
	return (sn + n) & PDCP_NRU_SN_MASK;
}

/* How far NR-U SN @a is ahead of @b, from -2^23 (behind) to 2^23 - 1. */
static inline s32 pdcp_nru_sn_diff(u32 a, u32 b)
{
	return (s32)((a - b) << (32 - PDCP_NRU_SN_BITS)) >> (32 - PDCP_NRU_SN_BITS);
}

/* Whether a range of NR-U SNs has @sn. */
static inline bool pdcp_nru_range_has(const struct pdcp_nru_range *range, u32 sn)
{
	return pdcp_nru_sn_add(sn, -range->first) <=
	       pdcp_nru_sn_add(range->last, -range->first);
}

#endif /* _PDCP_NRU_H */
