// SPDX-License-Identifier: GPL-2.0
/* SNOW 3G in 8 lanes: AVX2 and AES on 128 bits. */

#include "vec_avx2.h"

#include "snow3g_sq.h"
#include "stream_avx2.h"

/*
 * MULalpha and DIValpha of an octet, by octets of the product from the least significant one
 * on: products of its lower four bits, then of its upper four. The whole is their sum.
 */
static const u8 mul_alpha[4][2][16] __aligned(16) = {
	{
		{ 0x00, 0x13, 0x26, 0x35, 0x4c, 0x5f, 0x6a, 0x79, 0x98, 0x8b, 0xbe, 0xad,
		  0xd4, 0xc7, 0xf2, 0xe1 },
		{ 0x00, 0x99, 0x9b, 0x02, 0x9f, 0x06, 0x04, 0x9d, 0x97, 0x0e, 0x0c, 0x95,
		  0x08, 0x91, 0x93, 0x0a },
	},
	{
		{ 0x00, 0xcf, 0x37, 0xf8, 0x6e, 0xa1, 0x59, 0x96, 0xdc, 0x13, 0xeb, 0x24,
		  0xb2, 0x7d, 0x85, 0x4a },
		{ 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0x99, 0xaa, 0xbb,
		  0xcc, 0xdd, 0xee, 0xff },
	},
	{
		{ 0x00, 0x9f, 0x97, 0x08, 0x87, 0x18, 0x10, 0x8f, 0xa7, 0x38, 0x30, 0xaf,
		  0x20, 0xbf, 0xb7, 0x28 },
		{ 0x00, 0xe7, 0x67, 0x80, 0xce, 0x29, 0xa9, 0x4e, 0x35, 0xd2, 0x52, 0xb5,
		  0xfb, 0x1c, 0x9c, 0x7b },
	},
	{
		{ 0x00, 0xe1, 0x6b, 0x8a, 0xd6, 0x37, 0xbd, 0x5c, 0x05, 0xe4, 0x6e, 0x8f,
		  0xd3, 0x32, 0xb8, 0x59 },
		{ 0x00, 0x0a, 0x14, 0x1e, 0x28, 0x22, 0x3c, 0x36, 0x50, 0x5a, 0x44, 0x4e,
		  0x78, 0x72, 0x6c, 0x66 },
	},
};

static const u8 div_alpha[4][2][16] __aligned(16) = {
	{
		{ 0x00, 0xcd, 0x33, 0xfe, 0x66, 0xab, 0x55, 0x98, 0xcc, 0x01, 0xff, 0x32,
		  0xaa, 0x67, 0x99, 0x54 },
		{ 0x00, 0x31, 0x62, 0x53, 0xc4, 0xf5, 0xa6, 0x97, 0x21, 0x10, 0x43, 0x72,
		  0xe5, 0xd4, 0x87, 0xb6 },
	},
	{
		{ 0x00, 0x40, 0x80, 0xc0, 0xa9, 0xe9, 0x29, 0x69, 0xfb, 0xbb, 0x7b, 0x3b,
		  0x52, 0x12, 0xd2, 0x92 },
		{ 0x00, 0x5f, 0xbe, 0xe1, 0xd5, 0x8a, 0x6b, 0x34, 0x03, 0x5c, 0xbd, 0xe2,
		  0xd6, 0x89, 0x68, 0x37 },
	},
	{
		{ 0x00, 0x0f, 0x1e, 0x11, 0x3c, 0x33, 0x22, 0x2d, 0x78, 0x77, 0x66, 0x69,
		  0x44, 0x4b, 0x5a, 0x55 },
		{ 0x00, 0xf0, 0x49, 0xb9, 0x92, 0x62, 0xdb, 0x2b, 0x8d, 0x7d, 0xc4, 0x34,
		  0x1f, 0xef, 0x56, 0xa6 },
	},
	{
		{ 0x00, 0x18, 0x30, 0x28, 0x60, 0x78, 0x50, 0x48, 0xc0, 0xd8, 0xf0, 0xe8,
		  0xa0, 0xb8, 0x90, 0x88 },
		{ 0x00, 0x29, 0x52, 0x7b, 0xa4, 0x8d, 0xf6, 0xdf, 0xe1, 0xc8, 0xb3, 0x9a,
		  0x45, 0x6c, 0x17, 0x3e },
	},
};

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
