/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The nonce that all six algorithms take (TS 33.501 annex D: COUNT, BEARER, DIRECTION):
 *
 *	octet  0 1 2 3   COUNT, big endian
 *	octet  4         BEARER (5 bits) || DIRECTION (1 bit) || 0 0
 *	octet  5 6 7     zero
 *
 * BEARER is the radio bearer identity minus 1, DIRECTION is 0 for uplink and 1 for downlink.
 * A nonce must never be used twice under one key; keeping to that is the caller's part.
 */
#ifndef _PDCP_NONCE_H
#define _PDCP_NONCE_H

#include <linux/types.h>
#include <linux/unaligned.h>

#define PDCP_NONCE_LEN 8
#define PDCP_NONCE_BEARER_SHIFT 27
#define PDCP_NONCE_DIRECTION_SHIFT 26
#define PDCP_NONCE_RESERVED 0x03ffffffU

/**
 * pdcp_nonce_pack - write a nonce
 * @nonce: room for PDCP_NONCE_LEN octets, any alignment
 * @count: COUNT
 * @bearer: BEARER, 0 to 31
 * @direction: DIRECTION, 0 or 1
 */
static inline void pdcp_nonce_pack(u8 *nonce, u32 count, u8 bearer, u8 direction)
{
	put_unaligned_be32(count, nonce);
	put_unaligned_be32((u32)bearer << PDCP_NONCE_BEARER_SHIFT |
			   (u32)direction << PDCP_NONCE_DIRECTION_SHIFT, nonce + 4);
}

/**
 * pdcp_nonce_valid - are the bits that have no meaning zero?
 * @nonce: PDCP_NONCE_LEN octets, any alignment
 *
 * Return: whether they are.
 */
static inline bool pdcp_nonce_valid(const u8 *nonce)
{
	return !(get_unaligned_be32(nonce + 4) & PDCP_NONCE_RESERVED);
}

#endif /* _PDCP_NONCE_H */
