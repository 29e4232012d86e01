/* SPDX-License-Identifier: GPL-2.0 */
/* Single blocks by AES instructions, for the files that aes_lanes.h is included by. */
#ifndef _PDCP_AES_X86_H
#define _PDCP_AES_X86_H

#include "intrinsics.h"
#include "lanes.h"
#include "nea.h"
#include "nia.h"

#include <linux/compiler.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>
#include <linux/unaligned.h>

#define BLOCK AES_BLOCK_SIZE
#define ROUNDS 10

static __always_inline __m128i load_block(const u8 *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

static __always_inline void store_block(u8 *p, __m128i x)
{
	_mm_storeu_si128((__m128i *)p, x);
}

/* The round keys, in the order and with the octets that AESENC wants. */
static __always_inline const u8 *key_octets(const struct crypto_aes_ctx *aes)
{
	return (const u8 *)aes->key_enc;
}

static __always_inline __m128i key_block(const u8 *key, int r)
{
	return load_block(key + r * BLOCK);
}

/* Octets 12 to 15 the other way round: the number of a block is big endian. */
static __always_inline __m128i counter_order(void)
{
	return _mm_set_epi8(12, 13, 14, 15, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

#endif /* _PDCP_AES_X86_H */
