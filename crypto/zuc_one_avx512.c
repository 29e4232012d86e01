// SPDX-License-Identifier: GPL-2.0
/*
 * One generator of ZUC-128 with AVX-512. R1 and R2 are the high and the low half of 64 bits.
 * The LFSR, which is scalar, runs ahead of F by STREAM_CELLS clocks: neither waits for the
 * other, and what F takes from the cells is put together beforehand.
 */

#include "intrinsics.h"
#include "stream_avx512.h"
#include "zuc_sbox.h"

#include <linux/string.h>

#define MODULUS 0x7fffffffU

/* As in zuc_avx512.c. */
#define INTO 0xdd06c8f01eae7c70
#define BACK 0xb903e5360f14f0e3
#define S1_CONSTANT 0x55

/*
 * Cells, of which the first STREAM_CELLS are those of F; X1 beside X2 of each clock; R1 and R2
 * before each clock.
 */
struct one {
	u32 s[3 * STREAM_CELLS];
	u64 x[STREAM_CELLS];
	u64 r[STREAM_CELLS + 1];
} __aligned(64);

static_assert(sizeof(struct one) <= sizeof(struct stream_state));

static const u32 d[STREAM_CELLS] __aligned(64) = {
	0x44d700, 0x26bc00, 0x626b00, 0x135e00, 0x578900, 0x35e200, 0x713500, 0x09af00,
	0x4d7800, 0x2f1300, 0x6bc400, 0x1af100, 0x5e2600, 0x3c4d00, 0x789a00, 0x47ac00,
};

static __always_inline __m512i load(const u32 *p)
{
	return _mm512_loadu_si512(p);
}

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

/* The high half of @a beside the low half of @b, both 31 bits; and the other way round. */
static __always_inline __m512i high_low(__m512i a, __m512i b)
{
	return _mm512_mask_blend_epi16(0x55555555, _mm512_slli_epi32(a, 1), b);
}

static __always_inline __m512i low_high(__m512i a, __m512i b)
{
	return _mm512_shldi_epi32(a, _mm512_slli_epi32(b, 1), 16);
}

/* X1 and X2 for the clocks whose s0 is one->s[0] and the STREAM_CELLS - 1 next. */
static __always_inline void gather(struct one *one)
{
	const u32 *s = one->s;
	__m512i x1 = low_high(load(s + 11), load(s + 9));
	__m512i x2 = low_high(load(s + 7), load(s + 5));
	__m512i low = _mm512_unpacklo_epi32(x2, x1), high = _mm512_unpackhi_epi32(x2, x1);
	const __m512i first = _mm512_set_epi64(11, 10, 3, 2, 9, 8, 1, 0);
	const __m512i second = _mm512_set_epi64(15, 14, 7, 6, 13, 12, 5, 4);

	_mm512_storeu_si512(one->x, _mm512_permutex2var_epi64(low, first, high));
	_mm512_storeu_si512(one->x + 8, _mm512_permutex2var_epi64(low, second, high));
}

static __always_inline __m128i rotate(__m128i x, int l1, int l2)
{
	return _mm_rolv_epi32(x, _mm_set_epi32(0, 0, l1, l2));
}

/* L1 on the high half, L2 on the low one. */
static __always_inline __m128i linear(__m128i x)
{
	x = _mm_ternarylogic_epi32(_mm_ternarylogic_epi32(x, rotate(x, 2, 8), rotate(x, 10, 14),
							  0x96),
				   rotate(x, 18, 22), rotate(x, 24, 30), 0x96);
	return x;
}

static __always_inline __m128i substitute(__m128i x)
{
	__m512i wide = _mm512_castsi128_si512(x), low, high;
	__m128i odd, even;

	low = _mm512_permutex2var_epi8(_mm512_load_si512(zuc_s0), wide,
				       _mm512_load_si512(zuc_s0 + 64));
	high = _mm512_permutex2var_epi8(_mm512_load_si512(zuc_s0 + 128), wide,
					_mm512_load_si512(zuc_s0 + 192));
	odd = _mm_mask_blend_epi8(_mm_movepi8_mask(x), _mm512_castsi512_si128(low),
				  _mm512_castsi512_si128(high));
	even = _mm_gf2p8affine_epi64_epi8(x, _mm_set1_epi64x(INTO), 0);
	return _mm_mask_gf2p8affineinv_epi64_epi8(odd, 0x5555, even, _mm_set1_epi64x(BACK),
						  S1_CONSTANT);
}

/* @x: X1 and X2. */
static __always_inline __m128i clock_f(__m128i r, u64 x)
{
	__m128i v = _mm_cvtsi64_si128(x), w = _mm_add_epi32(r, v);

	w = _mm_mask_xor_epi32(w, 0x5, r, v);
	return substitute(linear(_mm_rol_epi64(w, 16)));
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

static __always_inline void advance(u32 *s, unsigned int n)
{
	_mm512_storeu_si512(s, load(s + n));
}

static void start(struct stream_scratch *scratch, struct stream_state *state, unsigned int n)
{
	const struct stream_seed *seed = &scratch->seeds[0];
	struct one *one = (struct one *)state;
	__m128i r = _mm_setzero_si128();
	__m512i key, iv;
	unsigned int t;
	u32 *s;

	key = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)seed->key));
	iv = _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)seed->iv));
	key = _mm512_or_si512(_mm512_slli_epi32(key, 23), load(d));
	_mm512_storeu_si512(one->s, _mm512_or_si512(key, iv));
	for (t = 0; t < 32; t++) {
		s = one->s + t;
		s[STREAM_CELLS] = feedback(s, w(s, r) >> 1);
		r = clock_f(r, x1x2(s));
	}
	s = one->s + 32;
	r = clock_f(r, x1x2(s));
	advance(one->s, 32);
	for (t = 0; t < 1 + STREAM_CELLS; t++)
		one->s[STREAM_CELLS + t] = feedback(one->s + t, 0);
	advance(one->s, 1);
	advance(one->s + STREAM_CELLS, 1);
	one->r[0] = _mm_cvtsi128_si64(r);
}

/* The keystream of the clocks just done, from the registers collected. */
static __always_inline __m512i keystream(const struct one *one, bool pairs)
{
	const __m512i even = _mm512_set_epi32(30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4,
					      2, 0);
	const __m512i odd = _mm512_set_epi32(31, 29, 27, 25, 23, 21, 19, 17, 15, 13, 11, 9, 7, 5,
					     3, 1);
	const __m128i order = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
	__m512i first = load((const u32 *)one->r), second = load((const u32 *)(one->r + 8));
	__m512i r1 = _mm512_permutex2var_epi32(first, odd, second);
	__m512i r2 = _mm512_permutex2var_epi32(first, even, second);
	__m512i x0 = high_low(load(one->s + 15), load(one->s + 14));
	__m512i x3 = low_high(load(one->s + 2), load(one->s));

	r2 = _mm512_add_epi32(_mm512_xor_si512(x0, r1), r2);
	r2 = _mm512_xor_si512(r2, x3);
	return pairs ? _mm512_rol_epi64(r2, 32) :
		       _mm512_shuffle_epi8(r2, _mm512_broadcast_i32x4(order));
}

static void run(struct stream_scratch *scratch, unsigned int steps, bool pairs)
{
	struct one *one = (struct one *)&scratch->state;
	__m128i r = _mm_cvtsi64_si128(one->r[0]);
	u8 *octets = scratch->rows[0].octets;
	unsigned int t;

	for (; steps; steps--, octets += STREAM_STEP) {
		gather(one);
		for (t = 0; t < STREAM_CELLS; t++) {
			one->r[t] = _mm_cvtsi128_si64(r);
			r = clock_f(r, one->x[t]);
			one->s[2 * STREAM_CELLS + t] = feedback(one->s + STREAM_CELLS + t, 0);
		}
		_mm512_storeu_si512(octets, keystream(one, pairs));
		advance(one->s, STREAM_CELLS);
		advance(one->s + STREAM_CELLS, STREAM_CELLS);
	}
	one->r[0] = _mm_cvtsi128_si64(r);
}

const struct stream_gen zuc_one_avx512 = {
	.lanes = 1,
	.best = 1,
	.start = start,
	.run = run,
};
