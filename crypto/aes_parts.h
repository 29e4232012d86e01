/* SPDX-License-Identifier: GPL-2.0 */
/* Incomplete blocks without masked loads and stores: 1 to 15 octets. */
#ifndef _PDCP_AES_PARTS_H
#define _PDCP_AES_PARTS_H

#include "aes_x86.h"

#include <linux/types.h>
#include <linux/unaligned.h>

/* 1 to 8 octets, zeros behind; no octet outside is touched. */
static __always_inline u64 load_octets(const u8 *p, u32 n)
{
	u32 top = (n - 1) * 8;

	if (n == 8)
		return get_unaligned((const u64 *)p);
	if (n >= 4)
		return get_unaligned((const u32 *)p) |
		       (u64)get_unaligned((const u32 *)(p + n - 4)) << (n - 4) * 8;
	return p[0] | (u32)p[n / 2] << n / 2 * 8 | (u32)p[n - 1] << top;
}

static __always_inline void store_octets(u8 *p, u64 x, u32 n)
{
	for (; n; n--, x >>= 8)
		*p++ = x;
}

static __always_inline __m128i load_block_part(const u8 *p, u32 n)
{
	u64 low = load_octets(p, n < 8 ? n : 8);
	u64 high = n > 8 ? load_octets(p + 8, n - 8) : 0;

	return _mm_set_epi64x(high, low);
}

static __always_inline void store_block_part(u8 *p, __m128i v, u32 n)
{
	u64 low = _mm_cvtsi128_si64(v);

	if (n >= 8) {
		_mm_storel_epi64((__m128i *)p, v);
		p += 8;
		n -= 8;
		low = _mm_extract_epi64(v, 1);
	}
	store_octets(p, low, n);
}

/* 1 to 15 octets, the bit 1, zeros. */
static __always_inline __m128i load_padded(const u8 *p, u32 n)
{
	u64 low = n < 8 ? 0x80ULL << n * 8 : 0;
	u64 high = n < 8 ? 0 : 0x80ULL << (n - 8) * 8;

	return _mm_or_si128(load_block_part(p, n), _mm_set_epi64x(high, low));
}

#endif /* _PDCP_AES_PARTS_H */
