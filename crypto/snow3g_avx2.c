// SPDX-License-Identifier: GPL-2.0
/* SNOW 3G in 8 lanes: AVX2 and AES on 128 bits. */

#include "vec_avx2.h"

#include "snow3g_alpha.h"
#include "snow3g_sq.h"
#include "stream_avx2.h"

/* Octet 0 of each lane of x[0], then of x[1] and so on, in each 128 bits. */
static __always_inline vec gather(vec x0, vec x1, vec x2, vec x3)
{
	return _mm256_packus_epi16(_mm256_packus_epi32(x0, x1), _mm256_packus_epi32(x2, x3));
}

/* Keeps the compiler from loading a table once for all rounds, for which it has no registers. */
static __always_inline const u8 *anew(const u8 *table)
{
	asm volatile("" : "+r" (table));
	return table;
}

struct nibbles {
	vec low, high;
};

static __always_inline struct nibbles split(vec x)
{
	return (struct nibbles){ low_nibbles(x), high_nibbles(x) };
}

static __always_inline vec product(const u8 *table, struct nibbles x)
{
	table = anew(table);
	return xor(pick(load_both(table), x.low), pick(load_both(table + 16), x.high));
}

static __always_inline void alphas(vec x[4], const vec s0[4], const vec s11[4])
{
	const vec octet = all(0xff);
	struct nibbles top = split(gather(shr(s0[0], 24), shr(s0[1], 24), shr(s0[2], 24),
					  shr(s0[3], 24)));
	struct nibbles bottom = split(gather(and(s11[0], octet), and(s11[1], octet),
					     and(s11[2], octet), and(s11[3], octet)));
	vec y[4], low, high;
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++)
		y[i] = xor(product(mul_alpha[i][0], top), product(div_alpha[i][0], bottom));
	low = _mm256_unpacklo_epi8(y[0], y[1]);
	high = _mm256_unpacklo_epi8(y[2], y[3]);
	x[0] = _mm256_unpacklo_epi16(low, high);
	x[1] = _mm256_unpackhi_epi16(low, high);
	low = _mm256_unpackhi_epi8(y[0], y[1]);
	high = _mm256_unpackhi_epi8(y[2], y[3]);
	x[2] = _mm256_unpacklo_epi16(low, high);
	x[3] = _mm256_unpackhi_epi16(low, high);
}

/* A round of AES on the column that a lane is, so ShiftRows is undone beforehand. */
static __always_inline vec s1(vec x)
{
	const __m128i none = _mm_setzero_si128();

	x = pick(x, _mm256_set_epi32(0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00,
				     0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00));
	return _mm256_set_m128i(_mm_aesenc_si128(_mm256_extracti128_si256(x, 1), none),
				_mm_aesenc_si128(_mm256_castsi256_si128(x), none));
}

/*
 * SQ of each octet: all sixteen rows of the table by the lower four bits, of which the upper
 * four choose one, the lowest of them first.
 */
static __always_inline vec sq(vec x)
{
	vec low = low_nibbles(x), row[16];
	const u8 *table = anew(snow3g_sq);
	int i;

#pragma GCC unroll 16
	for (i = 0; i < 16; i++)
		row[i] = pick(load_both(table + 16 * i), low);
#pragma GCC unroll 8
	for (i = 0; i < 8; i++)
		row[i] = _mm256_blendv_epi8(row[2 * i], row[2 * i + 1], shl(x, 3));
#pragma GCC unroll 4
	for (i = 0; i < 4; i++)
		row[i] = _mm256_blendv_epi8(row[2 * i], row[2 * i + 1], shl(x, 2));
#pragma GCC unroll 2
	for (i = 0; i < 2; i++)
		row[i] = _mm256_blendv_epi8(row[2 * i], row[2 * i + 1], shl(x, 1));
	return _mm256_blendv_epi8(row[0], row[1], x);
}

/* Multiplication of each octet by x modulo 0x169. */
static __always_inline vec twice(vec x)
{
	return xor(_mm256_add_epi8(x, x),
		   and(_mm256_cmpgt_epi8(zero(), x), all_octets(0x69)));
}

/* SQ, then AES's matrix over the field 0x169. */
static __always_inline vec s2(vec x)
{
	vec a = sq(x), b = ror8(a), c = xor(a, b);

	return xor3(twice(c), b, swap16(c));
}

#include "snow3g_lanes.h"

const struct stream_gen snow3g_avx2 = {
	.lanes = LANES,
	.words = STREAM_CELLS + 3,
	.start = snow3g_start,
	.run = snow3g_run,
};
