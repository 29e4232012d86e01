/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_COUNT_H
#define _PDCP_COUNT_H

#include <linux/types.h>

/*
 * COUNT = HFN || SN, 32 bits, never wraps (38.323 6.3.5).  RX_NEXT is the highest
 * COUNT received plus one, so the last COUNT that may be used is one below the
 * largest 32-bit number.
 */
#define PDCP_COUNT_MAX	0xfffffffeU

#define PDCP_SN_BITS_SHORT	12
#define PDCP_SN_BITS_LONG	18

static inline bool pdcp_sn_bits_valid(u8 sn_bits)
{
	return sn_bits == PDCP_SN_BITS_SHORT || sn_bits == PDCP_SN_BITS_LONG;
}

static inline u32 pdcp_count_sn(u32 count, u8 sn_bits)
{
	return count & ((1U << sn_bits) - 1);
}

static inline u32 pdcp_count_hfn(u32 count, u8 sn_bits)
{
	return count >> sn_bits;
}

/* Window_Size of 38.323 7.2, in COUNTs. */
static inline u32 pdcp_count_window(u8 sn_bits)
{
	return 1U << (sn_bits - 1);
}

/**
 * pdcp_count_infer - COUNT of a received Data PDU, 38.323 5.2.2.1
 * @rcvd_sn: SN field, below 2^@sn_bits
 * @rx_deliv: RX_DELIV
 * @sn_bits: SN length, 12 or 18
 * @count: result, in [RX_DELIV - Window_Size, RX_DELIV + Window_Size)
 *
 * The clause compares plain, not modular, integers: near the two ends of the COUNT
 * range the HFN can come out below zero or above its field.  No COUNT exists then
 * and the PDU is to be dropped before any cryptography.
 *
 * Return: whether a COUNT exists; @count is written only if so.
 */
static inline bool pdcp_count_infer(u32 rcvd_sn, u32 rx_deliv, u8 sn_bits,
				    u32 *count)
{
	s32 window = pdcp_count_window(sn_bits);
	s32 sn = pdcp_count_sn(rx_deliv, sn_bits);
	s32 hfn = pdcp_count_hfn(rx_deliv, sn_bits);

	if ((s32)rcvd_sn < sn - window)
		hfn++;
	else if ((s32)rcvd_sn >= sn + window)
		hfn--;

	/* Below zero has the upper bits set, too. */
	if ((u32)hfn >> (32 - sn_bits))
		return false;
	*count = ((u32)hfn << sn_bits) | rcvd_sn;
	return true;
}

#endif /* _PDCP_COUNT_H */
