// SPDX-License-Identifier: GPL-2.0
/* NEA2 and NIA2 with AES on 512 bits; runs inside FPU sections only. */

#include "aes_x86.h"

#define WIDTH 4
#define vec __m512i

struct schedule {
	vec k[ROUNDS + 1];
};

static __always_inline vec xor(vec a, vec b)
{
	return _mm512_xor_si512(a, b);
}

static __always_inline vec load(const u8 *p)
{
	return _mm512_loadu_si512(p);
}

static __always_inline void store(u8 *p, vec v)
{
	_mm512_storeu_si512(p, v);
}

static __always_inline __mmask64 first(u32 octets)
{
	return _bzhi_u64(~0ULL, octets);
}

static __always_inline vec load_part(const u8 *p, u32 octets)
{
	return _mm512_maskz_loadu_epi8(first(octets), p);
}

static __always_inline void store_part(u8 *p, vec v, u32 octets)
{
	_mm512_mask_storeu_epi8(p, first(octets), v);
}

/* 1 to 15 octets, the bit 1, zeros. */
static __always_inline __m128i load_padded(const u8 *p, u32 octets)
{
	__m128i v = _mm_maskz_loadu_epi8(first(octets), p);

	return _mm_mask_mov_epi8(v, 1U << octets, _mm_set1_epi8(-128));
}

static __always_inline vec aes_round(vec x, vec k)
{
	return _mm512_aesenc_epi128(x, k);
}

static __always_inline vec aes_last(vec x, vec k)
{
	return _mm512_aesenclast_epi128(x, k);
}

static __always_inline struct schedule load_schedule(const u8 *key)
{
	struct schedule s;
	int r;

#pragma GCC unroll 16
	for (r = 0; r <= ROUNDS; r++)
		s.k[r] = _mm512_broadcast_i32x4(key_block(key, r));
	return s;
}

static __always_inline vec round_key(const struct schedule *s, int r)
{
	return s->k[r];
}

static __always_inline vec gather(const u8 *const *p, size_t offset)
{
	vec v = _mm512_castsi128_si512(load_block(p[0] + offset));

	v = _mm512_inserti32x4(v, load_block(p[1] + offset), 1);
	v = _mm512_inserti32x4(v, load_block(p[2] + offset), 2);
	return _mm512_inserti32x4(v, load_block(p[3] + offset), 3);
}

static __always_inline vec counters(__m128i nonce, u32 block)
{
	const vec step = _mm512_set_epi32(3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);

	return _mm512_add_epi32(_mm512_broadcast_i32x4(_mm_insert_epi32(nonce, block, 3)), step);
}

static __always_inline vec counters_next(vec counters)
{
	const vec step = _mm512_set_epi32(4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0);

	return _mm512_add_epi32(counters, step);
}

static __always_inline vec counters_octets(vec counters)
{
	return _mm512_shuffle_epi8(counters, _mm512_broadcast_i32x4(counter_order()));
}

#include "aes_lanes.h"

const struct nia_lanes nia2_avx512_lanes = {
	.level = PDCP_LEVEL_AVX512,
	.mac = mac,
};

static const struct pair_lanes pair = {
	.nia = &nia2_avx512_lanes,
	.seal = seal,
	.open = open,
};

const struct nea_lanes nea2_avx512_lanes = {
	.level = PDCP_LEVEL_AVX512,
	.crypt = crypt,
	.pair = &pair,
};
