// SPDX-License-Identifier: GPL-2.0
/*
 * One generator of ZUC-128 with AVX2 and AES. R1 and R2 are the high and the low half of 64
 * bits; all but their S-boxes and linear maps is scalar. The LFSR runs ahead of F by
 * STREAM_CELLS clocks, so that neither waits for the other.
 */

#include "intrinsics.h"
#include "stream_avx2.h"
#include "zuc_nibbles.h"

#include <linux/string.h>
#include <linux/unaligned.h>

#define MODULUS 0x7fffffffU

/* Cells, of which the first STREAM_CELLS are those of F; R1 and R2. */
struct one {
	u32 s[3 * STREAM_CELLS];
	u64 r;
} __aligned(64);

static_assert(sizeof(struct one) <= sizeof(struct stream_state));

static const u32 d[STREAM_CELLS] = {
	0x44d700, 0x26bc00, 0x626b00, 0x135e00, 0x578900, 0x35e200, 0x713500, 0x09af00,
	0x4d7800, 0x2f1300, 0x6bc400, 0x1af100, 0x5e2600, 0x3c4d00, 0x789a00, 0x47ac00,
};

/*
 * The cell that enters the LFSR whose s0 is at @s, with @u added, in 1 to the modulus. The sum
 * stays below 2^54; it is never 0, so neither is the result.
 */
static __always_inline u32 feedback(const u32 *s, u32 u)
{
	u64 sum = ((u64)s[13] << 17) + ((u64)s[10] << 21) + ((u64)s[4] << 20) +
		  ((u64)s[0] << 8) + s[0] + u;

	sum += (u64)s[15] << 15;
	sum = (sum & MODULUS) + (sum >> 31);
	return (sum & MODULUS) + (sum >> 31);
}

static __always_inline __m128i table(const u8 *octets, __m128i x)
{
	return _mm_shuffle_epi8(_mm_load_si128((const __m128i *)octets), x);
}

static __always_inline __m128i low_nibbles(__m128i x)
{
	return _mm_and_si128(x, _mm_set1_epi8(0x0f));
}

static __always_inline __m128i high_nibbles(__m128i x)
{
	return low_nibbles(_mm_srli_epi32(x, 4));
}

static __always_inline __m128i s0(__m128i x)
{
	__m128i right = low_nibbles(x), left;

	left = _mm_xor_si128(high_nibbles(x), table(s0_rounds[0], right));
	right = _mm_xor_si128(right, table(s0_rounds[1], left));
	left = _mm_xor_si128(left, table(s0_rounds[2], right));
	return _mm_or_si128(table(s0_out[0], left), table(s0_out[1], right));
}

static __always_inline __m128i map(const u8 tables[2][16], __m128i x)
{
	return _mm_xor_si128(table(tables[0], low_nibbles(x)), table(tables[1], high_nibbles(x)));
}

/* ShiftRows is undone beforehand. */
static __always_inline __m128i s1(__m128i x)
{
	const __m128i order = _mm_set_epi32(0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00);

	x = _mm_shuffle_epi8(map(s1_in, x), order);
	return map(s1_out, _mm_aesenclast_si128(x, _mm_setzero_si128()));
}

static __always_inline __m128i rotate(__m128i x, int l1, int l2)
{
	return _mm_or_si128(_mm_sllv_epi32(x, _mm_set_epi32(0, 0, l1, l2)),
			    _mm_srlv_epi32(x, _mm_set_epi32(0, 0, 32 - l1, 32 - l2)));
}

/* L1 on the high half, L2 on the low one. */
static __always_inline __m128i linear(__m128i x)
{
	__m128i a = _mm_xor_si128(rotate(x, 2, 8), rotate(x, 10, 14));
	__m128i b = _mm_xor_si128(rotate(x, 18, 22), rotate(x, 24, 30));

	return _mm_xor_si128(x, _mm_xor_si128(a, b));
}

/* @x: X1 and X2. */
static __always_inline __m128i clock_f(__m128i r, u64 x)
{
	const __m128i rol16 = _mm_set_epi32(0, 0, 0x05040302, 0x01000706);
	__m128i v = _mm_cvtsi64_si128(x), w;

	w = _mm_blend_epi32(_mm_add_epi32(r, v), _mm_xor_si128(r, v), 0x5);
	w = linear(_mm_shuffle_epi8(w, rol16));
	return _mm_blendv_epi8(s1(w), s0(w), _mm_set1_epi32(0xff00ff00));
}

static __always_inline u64 x1x2(const u32 *s)
{
	u32 x1 = s[11] << 16 | s[9] >> 15, x2 = s[7] << 16 | s[5] >> 15;

	return (u64)x1 << 32 | x2;
}

static __always_inline u32 w(const u32 *s, __m128i r)
{
	u64 r1r2 = _mm_cvtsi128_si64(r);
	u32 x0 = (s[15] & 0x7fff8000) << 1 | (s[14] & 0xffff);

	return (x0 ^ (u32)(r1r2 >> 32)) + (u32)r1r2;
}

static __always_inline u32 x3(const u32 *s)
{
	return s[2] << 16 | s[0] >> 15;
}

static void start(struct stream_scratch *scratch, struct stream_state *state, unsigned int n)
{
	const struct stream_seed *seed = &scratch->seeds[0];
	struct one *one = (struct one *)state;
	__m128i r = _mm_setzero_si128();
	unsigned int t;
	u32 *s;

	for (t = 0; t < STREAM_CELLS; t++)
		one->s[t] = (u32)seed->key[t] << 23 | d[t] | seed->iv[t];
	for (t = 0; t < 32; t++) {
		s = one->s + t;
		s[STREAM_CELLS] = feedback(s, w(s, r) >> 1);
		r = clock_f(r, x1x2(s));
	}
	r = clock_f(r, x1x2(one->s + 32));
	memmove(one->s, one->s + 32, STREAM_CELLS * sizeof(*s));
	for (t = 0; t < 1 + STREAM_CELLS; t++)
		one->s[STREAM_CELLS + t] = feedback(one->s + t, 0);
	memmove(one->s, one->s + 1, 2 * STREAM_CELLS * sizeof(*s));
	one->r = _mm_cvtsi128_si64(r);
}

static void run(struct stream_scratch *scratch, unsigned int steps, bool pairs)
{
	struct one *one = (struct one *)&scratch->state;
	__m128i r = _mm_cvtsi64_si128(one->r);
	u8 *octets = scratch->rows[0].octets;
	unsigned int t;
	u32 *s, z;

	for (; steps; steps--, octets += STREAM_STEP) {
		for (t = 0; t < STREAM_CELLS; t++) {
			s = one->s + t;
			z = w(s, r) ^ x3(s);
			if (pairs)
				put_unaligned(z, (u32 *)octets + (t ^ 1));
			else
				put_unaligned_be32(z, octets + 4 * t);
			r = clock_f(r, x1x2(s));
			s[2 * STREAM_CELLS] = feedback(s + STREAM_CELLS, 0);
		}
		memmove(one->s, one->s + STREAM_CELLS, 2 * STREAM_CELLS * sizeof(*s));
	}
	one->r = _mm_cvtsi128_si64(r);
}

const struct stream_gen zuc_one_avx2 = {
	.lanes = 1,
	.best = 1,
	.start = start,
	.run = run,
};
