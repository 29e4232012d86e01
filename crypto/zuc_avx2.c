// SPDX-License-Identifier: GPL-2.0
/* ZUC-128 in 8 lanes: AVX2 and AES on 128 bits. */

#include "vec_avx2.h"

#include "stream_avx2.h"

/* S0 is a Feistel network of three rounds on four bits, and a rotation by 5. */
static const u8 s0_rounds[3][16] __aligned(16) = {
	{ 0, 6, 9, 7, 6, 6, 11, 3, 9, 13, 9, 5, 14, 12, 10, 0 },
	{ 1, 11, 10, 14, 3, 15, 2, 9, 13, 8, 5, 6, 0, 7, 4, 12 },
	{ 11, 15, 3, 15, 9, 4, 3, 6, 10, 10, 4, 12, 9, 0, 5, 4 },
};

/* The rotation, of what comes in the upper and in the lower four bits. */
static const u8 s0_out[2][16] __aligned(16) = {
	{ 0x00, 0x02, 0x04, 0x06, 0x08, 0x0a, 0x0c, 0x0e, 0x10, 0x12, 0x14, 0x16, 0x18, 0x1a,
	  0x1c, 0x1e },
	{ 0x00, 0x20, 0x40, 0x60, 0x80, 0xa0, 0xc0, 0xe0, 0x01, 0x21, 0x41, 0x61, 0x81, 0xa1,
	  0xc1, 0xe1 },
};

/*
 * S1 is an inversion in the field 0x18b. The first map takes an octet to the field of AES,
 * the second takes the output of AES's S-box to that of S1; each of lower and upper bits.
 */
static const u8 s1_in[2][16] __aligned(16) = {
	{ 0x00, 0x01, 0x32, 0x33, 0x73, 0x72, 0x41, 0x40, 0x75, 0x74, 0x47, 0x46, 0x06, 0x07,
	  0x34, 0x35 },
	{ 0x00, 0xd9, 0xe8, 0x31, 0xcd, 0x14, 0x25, 0xfc, 0x2d, 0xf4, 0xc5, 0x1c, 0xe0, 0x39,
	  0x08, 0xd1 },
};

static const u8 s1_out[2][16] __aligned(16) = {
	{ 0xfe, 0xb1, 0x6e, 0x21, 0xb5, 0xfa, 0x25, 0x6a, 0xc9, 0x86, 0x59, 0x16, 0x82, 0xcd,
	  0x12, 0x5d },
	{ 0x00, 0x34, 0x42, 0x76, 0x36, 0x02, 0x74, 0x40, 0x66, 0x52, 0x24, 0x10, 0x50, 0x64,
	  0x12, 0x26 },
};

static __always_inline vec s0(vec x)
{
	vec right = low_nibbles(x), left;

	left = xor(high_nibbles(x), pick(load_both(s0_rounds[0]), right));
	right = xor(right, pick(load_both(s0_rounds[1]), left));
	left = xor(left, pick(load_both(s0_rounds[2]), right));
	return or(pick(load_both(s0_out[0]), left), pick(load_both(s0_out[1]), right));
}

static __always_inline vec map(const u8 table[2][16], vec x)
{
	return xor(pick(load_both(table[0]), low_nibbles(x)),
		   pick(load_both(table[1]), high_nibbles(x)));
}

/* The last round of AES is the S-box and ShiftRows, which is undone beforehand. */
static __always_inline vec s1(vec x)
{
	const __m128i none = _mm_setzero_si128();

	x = pick(map(s1_in, x), _mm256_set_epi32(0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00,
						 0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00));
	x = _mm256_set_m128i(_mm_aesenclast_si128(_mm256_extracti128_si256(x, 1), none),
			     _mm_aesenclast_si128(_mm256_castsi256_si128(x), none));
	return map(s1_out, x);
}

/* What goes through S0 of both is put together, and likewise S1. */
static __always_inline void substitute(vec *a, vec *b)
{
	const vec odd = all(0xff00ff00);
	vec x = s0(_mm256_blendv_epi8(_mm256_srli_epi16(*b, 8), *a, odd));
	vec y = s1(_mm256_blendv_epi8(*a, _mm256_slli_epi16(*b, 8), odd));

	*a = _mm256_blendv_epi8(y, x, odd);
	*b = or(_mm256_slli_epi16(x, 8), _mm256_srli_epi16(y, 8));
}

#include "zuc_lanes.h"

const struct stream_gen zuc_avx2 = {
	.lanes = LANES,
	.words = STREAM_CELLS + 2,
	.start = zuc_start,
	.run = zuc_run,
};
