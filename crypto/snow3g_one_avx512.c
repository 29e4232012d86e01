// SPDX-License-Identifier: GPL-2.0
/*
 * One generator of SNOW 3G with AVX-512. The LFSR yields four cells at a time, since none of
 * them depends on the others; the registers of the FSM are kept in all lanes of 128 bits, so
 * that ShiftRows changes nothing; their values are collected and become keystream together.
 */

#include "intrinsics.h"
#include "snow3g_sq.h"
#include "stream_avx512.h"

#include <linux/string.h>
#include <linux/unaligned.h>

/* As in snow3g_avx512.c, each once. */
static const u64 mul_alpha[4] __aligned(32) = {
	0xf1e3c67cf90204f8, 0x13274f8d1a264d89, 0xbf7fff4183b8705f, 0x0b162c52a4438705,
};

static const u64 div_alpha[4] __aligned(32) = {
	0x93264d0912b66d49, 0xdcb8703c782c596e, 0xa14387af5e1c38d0, 0x9020401123d6acc8,
};

#define TWICE 0x800102840890a040

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

static __always_inline __m128i s2(__m128i x)
{
	__m512i wide = _mm512_castsi128_si512(x), low, high;
	__m128i a, b, c;

	low = _mm512_permutex2var_epi8(_mm512_load_si512(snow3g_sq), wide,
				       _mm512_load_si512(snow3g_sq + 64));
	high = _mm512_permutex2var_epi8(_mm512_load_si512(snow3g_sq + 128), wide,
					_mm512_load_si512(snow3g_sq + 192));
	a = _mm_mask_blend_epi8(_mm_movepi8_mask(x), _mm512_castsi512_si128(low),
				_mm512_castsi512_si128(high));
	b = _mm_rol_epi32(a, 24);
	c = _mm_xor_si128(a, b);
	return _mm_ternarylogic_epi32(_mm_gf2p8affine_epi64_epi8(c, _mm_set1_epi64x(TWICE), 0), b,
				      _mm_rol_epi32(c, 16), 0x96);
}

/* Octet @i of each of four cells, in each 64 bits. */
static __always_inline __m256i pick(const u32 *s, u32 i)
{
	__m256i at = _mm256_set1_epi32(0x0c080400 + i * 0x01010101);

	return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(load(s)), at);
}

/* s16 to s19 of the LFSR whose s0 is at @s. */
static __always_inline __m128i feedback(const u32 *s)
{
	const __m256i products = _mm256_set_epi32(0, 0, 0, 0, 0x1b130b03, 0x1a120a02, 0x19110901,
						  0x18100800);
	__m256i mul = _mm256_gf2p8affine_epi64_epi8(pick(s, 3), *(const __m256i *)mul_alpha, 0);
	__m256i div = _mm256_gf2p8affine_epi64_epi8(pick(s + 11, 0),
						    *(const __m256i *)div_alpha, 0);
	__m256i alpha = _mm256_permutexvar_epi8(products, _mm256_xor_si256(mul, div));
	__m128i x = _mm_ternarylogic_epi32(_mm_slli_epi32(load(s), 8), load(s + 2),
					   _mm_srli_epi32(load(s + 11), 8), 0x96);

	return _mm_xor_si128(x, _mm256_castsi256_si128(alpha));
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
	_mm512_storeu_si512(s, _mm512_loadu_si512(s + n));
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

/* STREAM_STEP octets. */
static __always_inline void step(struct one *one, struct fsm *fsm, u8 *octets)
{
	const __m128i order = _mm_set_epi32(0x0c0d0e0f, 0x08090a0b, 0x04050607, 0x00010203);
	unsigned int t;
	__m512i z;

	for (t = 0; t < STREAM_CELLS; t++) {
		if (t % 4 == 0)
			_mm_storeu_si128((__m128i *)(one->s + STREAM_CELLS + t),
					 feedback(one->s + t));
		one->r1[t] = _mm_cvtsi128_si32(fsm->r1);
		one->r2[t] = _mm_cvtsi128_si32(fsm->r2);
		clock_fsm(fsm, one->s + t);
	}
	z = _mm512_add_epi32(_mm512_loadu_si512(one->s + 15), _mm512_load_si512(one->r1));
	z = _mm512_ternarylogic_epi32(z, _mm512_load_si512(one->r2), _mm512_load_si512(one->s),
				      0x96);
	_mm512_storeu_si512(octets, _mm512_shuffle_epi8(z, _mm512_broadcast_i32x4(order)));
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

const struct stream_gen snow3g_one_avx512 = {
	.lanes = 1,
	.best = 1,
	.start = start,
	.run = run,
};
