// SPDX-License-Identifier: GPL-2.0
/* ZUC-128 in 8 lanes: AVX2 and AES on 128 bits. */

#include "vec_avx2.h"

#include "stream_avx2.h"
#include "zuc_nibbles.h"

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
