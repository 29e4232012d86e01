/* SPDX-License-Identifier: GPL-2.0 */
/* Sixteen 32-bit lanes in 512 bits, for snow3g_lanes.h, zuc_lanes.h and stream_lanes.h. */
#ifndef _PDCP_VEC_AVX512_H
#define _PDCP_VEC_AVX512_H

#include "intrinsics.h"

#include <linux/types.h>

#define LANES 16

#define vec __m512i

static __always_inline vec load(const void *p)
{
	return _mm512_loadu_si512(p);
}

static __always_inline void store(void *p, vec x)
{
	_mm512_storeu_si512(p, x);
}

static __always_inline vec zero(void)
{
	return _mm512_setzero_si512();
}

static __always_inline vec all(u32 x)
{
	return _mm512_set1_epi32(x);
}

/* LANES octets, each to a lane. */
static __always_inline vec widen(const u8 *p)
{
	return _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p));
}

#define add(a, b) _mm512_add_epi32(a, b)
#define and(a, b) _mm512_and_si512(a, b)
#define or(a, b) _mm512_or_si512(a, b)
#define xor(a, b) _mm512_xor_si512(a, b)
#define xor3(a, b, c) _mm512_ternarylogic_epi32(a, b, c, 0x96)
#define shl(x, n) _mm512_slli_epi32(x, n)
#define shr(x, n) _mm512_srli_epi32(x, n)
#define rol(x, n) _mm512_rol_epi32(x, n)

/* a << n | b >> (32 - n) */
#define funnel(a, b, n) _mm512_shldi_epi32(a, b, n)

/* The high half of each lane of @a, the low half of each of @b. */
#define high_low(a, b) _mm512_mask_blend_epi16(0x55555555, a, b)

/* a + b modulo 2^31 - 1, neither above it; 0 or the modulus for zero. */
static __always_inline vec add31(vec a, vec b)
{
	vec sum = add(a, b);

	return _mm512_min_epu32(sum, _mm512_sub_epi32(sum, all(0x7fffffff)));
}

/* Looks up each octet in a table of 256. */
static __always_inline vec lookup(const u8 *table, vec x)
{
	vec low = _mm512_permutex2var_epi8(load(table), x, load(table + 64));
	vec high = _mm512_permutex2var_epi8(load(table + 128), x, load(table + 192));

	return _mm512_mask_blend_epi8(_mm512_movepi8_mask(x), low, high);
}

/* Lane i of x[j] becomes lane j of x[i]. */
static __always_inline void transpose(vec x[LANES])
{
	vec t[LANES], low, high;
	int i;

#pragma GCC unroll 8
	for (i = 0; i < LANES; i += 2) {
		t[i] = _mm512_unpacklo_epi32(x[i], x[i + 1]);
		t[i + 1] = _mm512_unpackhi_epi32(x[i], x[i + 1]);
	}
#pragma GCC unroll 4
	for (i = 0; i < LANES; i += 4) {
		x[i] = _mm512_unpacklo_epi64(t[i], t[i + 2]);
		x[i + 1] = _mm512_unpackhi_epi64(t[i], t[i + 2]);
		x[i + 2] = _mm512_unpacklo_epi64(t[i + 1], t[i + 3]);
		x[i + 3] = _mm512_unpackhi_epi64(t[i + 1], t[i + 3]);
	}
#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		low = _mm512_shuffle_i32x4(x[i], x[i + 4], 0x88);
		high = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0x88);
		t[i] = _mm512_shuffle_i32x4(low, high, 0x88);
		t[i + 8] = _mm512_shuffle_i32x4(low, high, 0xdd);
		low = _mm512_shuffle_i32x4(x[i], x[i + 4], 0xdd);
		high = _mm512_shuffle_i32x4(x[i + 8], x[i + 12], 0xdd);
		t[i + 4] = _mm512_shuffle_i32x4(low, high, 0x88);
		t[i + 12] = _mm512_shuffle_i32x4(low, high, 0xdd);
	}
#pragma GCC unroll 16
	for (i = 0; i < LANES; i++)
		x[i] = t[i];
}

/* Swaps the octets of each lane. */
static __always_inline vec swap(vec x)
{
	const __m128i order = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);

	return _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(order));
}

static __always_inline __mmask64 first(u32 n)
{
	return _bzhi_u64(~0ULL, n);
}

/* The first @n octets at @p, fewer than 64, the others zero. */
static __always_inline vec load_part(const u8 *p, u32 n)
{
	return _mm512_maskz_loadu_epi8(first(n), p);
}

static __always_inline void store_part(u8 *p, vec x, u32 n)
{
	_mm512_mask_storeu_epi8(p, first(n), x);
}

#endif /* _PDCP_VEC_AVX512_H */
