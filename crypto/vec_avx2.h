/* SPDX-License-Identifier: GPL-2.0 */
/* Eight 32-bit lanes in 256 bits, for snow3g_lanes.h and zuc_lanes.h. */
#ifndef _PDCP_VEC_AVX2_H
#define _PDCP_VEC_AVX2_H

#include "intrinsics.h"

#include <linux/types.h>

#define LANES 8

#define vec __m256i

static __always_inline vec load(const void *p)
{
	return _mm256_loadu_si256(p);
}

static __always_inline void store(void *p, vec x)
{
	_mm256_storeu_si256(p, x);
}

/* The same 16 octets in both halves. */
static __always_inline vec load_both(const void *p)
{
	return _mm256_broadcastsi128_si256(_mm_loadu_si128(p));
}

static __always_inline vec zero(void)
{
	return _mm256_setzero_si256();
}

static __always_inline vec all(u32 x)
{
	return _mm256_set1_epi32(x);
}

static __always_inline vec all_octets(u8 x)
{
	return _mm256_set1_epi8(x);
}

/* LANES octets, each to a lane. */
static __always_inline vec widen(const u8 *p)
{
	return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p));
}

#define add(a, b) _mm256_add_epi32(a, b)
#define and(a, b) _mm256_and_si256(a, b)
#define or(a, b) _mm256_or_si256(a, b)
#define xor(a, b) _mm256_xor_si256(a, b)
#define xor3(a, b, c) xor(xor(a, b), c)
#define shl(x, n) _mm256_slli_epi32(x, n)
#define shr(x, n) _mm256_srli_epi32(x, n)
#define pick(table, x) _mm256_shuffle_epi8(table, x)

/* Rotations by whole octets. */
static __always_inline vec rol8(vec x)
{
	return pick(x, _mm256_set_epi32(0x0e0d0c0f, 0x0a09080b, 0x06050407, 0x02010003,
					0x0e0d0c0f, 0x0a09080b, 0x06050407, 0x02010003));
}

static __always_inline vec ror8(vec x)
{
	return pick(x, _mm256_set_epi32(0x0c0f0e0d, 0x080b0a09, 0x04070605, 0x00030201,
					0x0c0f0e0d, 0x080b0a09, 0x04070605, 0x00030201));
}

static __always_inline vec swap16(vec x)
{
	return pick(x, _mm256_set_epi32(0x0d0c0f0e, 0x09080b0a, 0x05040706, 0x01000302,
					0x0d0c0f0e, 0x09080b0a, 0x05040706, 0x01000302));
}

static __always_inline vec rol(vec x, const int n)
{
	if (n == 8)
		return rol8(x);
	if (n == 24)
		return ror8(x);
	return or(shl(x, n), shr(x, 32 - n));
}

/* a << n | b >> (32 - n) */
static __always_inline vec funnel(vec a, vec b, const int n)
{
	return or(shl(a, n), shr(b, 32 - n));
}

/* The high half of each lane of @a, the low half of each of @b. */
#define high_low(a, b) _mm256_blend_epi16(a, b, 0x55)

/* a + b modulo 2^31 - 1, neither above it; 0 or the modulus for zero. */
static __always_inline vec add31(vec a, vec b)
{
	vec sum = add(a, b);

	return _mm256_min_epu32(sum, _mm256_sub_epi32(sum, all(0x7fffffff)));
}

/* The lower and the upper four bits of each octet. */
static __always_inline vec low_nibbles(vec x)
{
	return and(x, all_octets(0x0f));
}

static __always_inline vec high_nibbles(vec x)
{
	return and(shr(x, 4), all_octets(0x0f));
}

/* Lane i of x[j] becomes lane j of x[i]. */
static __always_inline void transpose(vec x[LANES])
{
	vec t[LANES];
	int i;

#pragma GCC unroll 4
	for (i = 0; i < LANES; i += 2) {
		t[i] = _mm256_unpacklo_epi32(x[i], x[i + 1]);
		t[i + 1] = _mm256_unpackhi_epi32(x[i], x[i + 1]);
	}
#pragma GCC unroll 2
	for (i = 0; i < LANES; i += 4) {
		x[i] = _mm256_unpacklo_epi64(t[i], t[i + 2]);
		x[i + 1] = _mm256_unpackhi_epi64(t[i], t[i + 2]);
		x[i + 2] = _mm256_unpacklo_epi64(t[i + 1], t[i + 3]);
		x[i + 3] = _mm256_unpackhi_epi64(t[i + 1], t[i + 3]);
	}
#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		t[i] = _mm256_permute2x128_si256(x[i], x[i + 4], 0x20);
		t[i + 4] = _mm256_permute2x128_si256(x[i], x[i + 4], 0x31);
	}
#pragma GCC unroll 8
	for (i = 0; i < LANES; i++)
		x[i] = t[i];
}

/* Swaps the octets of each lane. */
static __always_inline vec swap(vec x)
{
	return pick(x, _mm256_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203,
					0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203));
}

#endif /* _PDCP_VEC_AVX2_H */
