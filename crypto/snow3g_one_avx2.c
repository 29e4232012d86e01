// SPDX-License-Identifier: GPL-2.0
/*
 * One generator of SNOW 3G with AVX2 and AES. The LFSR yields four cells at a time, since none of
 * them depends on the others; the registers of the FSM are kept in all lanes of 128 bits, so
 * that ShiftRows changes nothing; their values are collected and become keystream together.
 */

#include "intrinsics.h"
#include "snow3g_alpha.h"
#include "snow3g_sq.h"
#include "stream_avx2.h"

#include <linux/string.h>
#include <linux/unaligned.h>

/* Where the cells, the FSM's registers, and what is collected of them are. */
struct one {
	u32 s[2 * STREAM_CELLS];
	u32 r1[STREAM_CELLS];
	u32 r2[STREAM_CELLS];
	u32 r3;
} __aligned(64);

static_assert(sizeof(struct one) <= sizeof(struct stream_state));

struct fsm {
	__m128i r1, r2, r3;
};

static __always_inline __m128i load(const u32 *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

static __always_inline __m128i s1(__m128i x)
{
	return _mm_aesenc_si128(x, _mm_setzero_si128());
}

/* As in snow3g_avx2.c: the rows by the lower four bits, the upper four choose one. */
static __always_inline __m128i sq(__m128i x)
{
	__m128i low = _mm_and_si128(x, _mm_set1_epi8(0x0f)), row[16];
	int i;

#pragma GCC unroll 16
	for (i = 0; i < 16; i++)
		row[i] = _mm_shuffle_epi8(_mm_load_si128((const __m128i *)(snow3g_sq + 16 * i)),
					  low);
#pragma GCC unroll 8
	for (i = 0; i < 8; i++)
		row[i] = _mm_blendv_epi8(row[2 * i], row[2 * i + 1], _mm_slli_epi32(x, 3));
#pragma GCC unroll 4
	for (i = 0; i < 4; i++)
		row[i] = _mm_blendv_epi8(row[2 * i], row[2 * i + 1], _mm_slli_epi32(x, 2));
#pragma GCC unroll 2
	for (i = 0; i < 2; i++)
		row[i] = _mm_blendv_epi8(row[2 * i], row[2 * i + 1], _mm_slli_epi32(x, 1));
	return _mm_blendv_epi8(row[0], row[1], x);
}

/* SQ, then AES's matrix over the field 0x169. */
static __always_inline __m128i s2(__m128i x)
{
	const __m128i ror8 = _mm_set_epi32(0x0c0f0e0d, 0x080b0a09, 0x04070605, 0x00030201);
	const __m128i swap16 = _mm_set_epi32(0x0d0c0f0e, 0x09080b0a, 0x05040706, 0x01000302);
	__m128i a = sq(x), b = _mm_shuffle_epi8(a, ror8), c = _mm_xor_si128(a, b), twice;

	twice = _mm_and_si128(_mm_cmpgt_epi8(_mm_setzero_si128(), c), _mm_set1_epi8(0x69));
	twice = _mm_xor_si128(twice, _mm_add_epi8(c, c));
	return _mm_xor_si128(_mm_xor_si128(twice, b), _mm_shuffle_epi8(c, swap16));
}

/* Octet @i of each of four cells in the first four octets; the lower and the upper half. */
struct nibbles {
	__m128i low, high;
};

static __always_inline struct nibbles pick(const u32 *s, u32 i)
{
	const __m128i nibble = _mm_set1_epi8(0x0f);
	__m128i x = _mm_shuffle_epi8(load(s), _mm_set1_epi32(0x0c080400 + i * 0x01010101));

	return (struct nibbles){
		_mm_and_si128(x, nibble), _mm_and_si128(_mm_srli_epi32(x, 4), nibble),
	};
}

static __always_inline __m128i product(const u8 table[2][16], struct nibbles x)
{
	return _mm_xor_si128(_mm_shuffle_epi8(_mm_load_si128((const __m128i *)table[0]), x.low),
			     _mm_shuffle_epi8(_mm_load_si128((const __m128i *)table[1]), x.high));
}

/* s16 to s19 of the LFSR whose s0 is at @s. */
static __always_inline __m128i feedback(const u32 *s)
{
	struct nibbles top = pick(s, 3), bottom = pick(s + 11, 0);
	__m128i y[4], x;
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++)
		y[i] = _mm_xor_si128(product(mul_alpha[i], top), product(div_alpha[i], bottom));
	x = _mm_unpacklo_epi16(_mm_unpacklo_epi8(y[0], y[1]), _mm_unpacklo_epi8(y[2], y[3]));
	x = _mm_xor_si128(x, _mm_xor_si128(_mm_slli_epi32(load(s), 8), load(s + 2)));
	return _mm_xor_si128(x, _mm_srli_epi32(load(s + 11), 8));
}

/* All but F, which is computed beside it. */
static __always_inline void clock_fsm(struct fsm *fsm, const u32 *s)
{
	__m128i r = _mm_add_epi32(fsm->r2, _mm_xor_si128(fsm->r3, _mm_set1_epi32(s[5])));

	fsm->r3 = s2(fsm->r2);
	fsm->r2 = s1(fsm->r1);
	fsm->r1 = r;
}

static __always_inline __m128i output(const struct fsm *fsm, const u32 *s)
{
	return _mm_xor_si128(_mm_add_epi32(_mm_set1_epi32(s[15]), fsm->r1), fsm->r2);
}

/* Four initialisation clocks. */
static __always_inline void mix(struct fsm *fsm, u32 *s)
{
	u32 linear[4];
	int i;

	_mm_storeu_si128((__m128i *)linear, feedback(s));
	for (i = 0; i < 4; i++) {
		s[STREAM_CELLS + i] = linear[i] ^ _mm_cvtsi128_si32(output(fsm, s + i));
		clock_fsm(fsm, s + i);
	}
}

static void load_cells(u32 *s, const struct stream_seed *seed)
{
	u32 k, i;

	for (i = 0; i < 4; i++) {
		k = get_unaligned_be32(seed->key + 12 - 4 * i);
		s[i] = ~k;
		s[i + 4] = k;
		s[i + 8] = ~k;
		s[i + 12] = k;
	}
	s[15] ^= get_unaligned_be32(seed->iv + 12);
	s[12] ^= get_unaligned_be32(seed->iv + 8);
	s[10] ^= get_unaligned_be32(seed->iv + 4);
	s[9] ^= get_unaligned_be32(seed->iv);
}

static __always_inline void store_fsm(struct one *one, const struct fsm *fsm)
{
	one->r1[0] = _mm_cvtsi128_si32(fsm->r1);
	one->r2[0] = _mm_cvtsi128_si32(fsm->r2);
	one->r3 = _mm_cvtsi128_si32(fsm->r3);
}

static __always_inline void advance(u32 *s, unsigned int n)
{
	__m256i low = _mm256_loadu_si256((const __m256i *)(s + n));
	__m256i high = _mm256_loadu_si256((const __m256i *)(s + n + 8));

	_mm256_storeu_si256((__m256i *)s, low);
	_mm256_storeu_si256((__m256i *)(s + 8), high);
}

static void start(struct stream_scratch *scratch, struct stream_state *state, unsigned int n)
{
	struct one *one = (struct one *)state;
	struct fsm fsm = {};
	unsigned int t;

	load_cells(one->s, &scratch->seeds[0]);
	for (t = 0; t < 32; t += 4) {
		mix(&fsm, one->s + t % STREAM_CELLS);
		if (t % STREAM_CELLS == STREAM_CELLS - 4)
			advance(one->s, STREAM_CELLS);
	}
	_mm_storeu_si128((__m128i *)(one->s + STREAM_CELLS), feedback(one->s));
	clock_fsm(&fsm, one->s);
	advance(one->s, 1);
	store_fsm(one, &fsm);
}

/* Four words from what was collected. */
static __always_inline void output_words(const struct one *one, unsigned int t, u8 *octets)
{
	const __m128i order = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
	__m128i z = _mm_add_epi32(load(one->s + t + 15), load(one->r1 + t));

	z = _mm_xor_si128(_mm_xor_si128(z, load(one->r2 + t)), load(one->s + t));
	_mm_storeu_si128((__m128i *)(octets + 4 * t), _mm_shuffle_epi8(z, order));
}

/* STREAM_STEP octets. */
static __always_inline void step(struct one *one, struct fsm *fsm, u8 *octets)
{
	unsigned int t, i;

	for (t = 0; t < STREAM_CELLS; t += 4) {
		_mm_storeu_si128((__m128i *)(one->s + STREAM_CELLS + t), feedback(one->s + t));
		for (i = t; i < t + 4; i++) {
			one->r1[i] = _mm_cvtsi128_si32(fsm->r1);
			one->r2[i] = _mm_cvtsi128_si32(fsm->r2);
			clock_fsm(fsm, one->s + i);
		}
		output_words(one, t, octets);
	}
	advance(one->s, STREAM_CELLS);
}

static void run(struct stream_scratch *scratch, unsigned int steps, bool pairs)
{
	struct one *one = (struct one *)&scratch->state;
	struct fsm fsm = {
		_mm_set1_epi32(one->r1[0]), _mm_set1_epi32(one->r2[0]), _mm_set1_epi32(one->r3),
	};
	unsigned int i;

	for (i = 0; i < steps; i++)
		step(one, &fsm, scratch->rows[0].octets + i * STREAM_STEP);
	store_fsm(one, &fsm);
}

const struct stream_gen snow3g_one_avx2 = {
	.lanes = 1,
	.best = 1,
	.start = start,
	.run = run,
};
