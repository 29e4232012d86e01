// SPDX-License-Identifier: GPL-2.0
/* NEA2 and NIA2 with AES on 256 bits; runs inside FPU sections only. */

#include "aes_parts.h"

#define WIDTH 2
#define vec __m256i

/* Registers are too few for a schedule. */
struct schedule {
	const u8 *key;
};

static __always_inline struct schedule load_schedule(const u8 *key)
{
	return (struct schedule){ key };
}

static __always_inline vec round_key(const struct schedule *s, int r)
{
	return _mm256_broadcastsi128_si256(key_block(s->key, r));
}

static __always_inline vec xor(vec a, vec b)
{
	return _mm256_xor_si256(a, b);
}

static __always_inline vec load(const u8 *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

static __always_inline void store(u8 *p, vec v)
{
	_mm256_storeu_si256((__m256i *)p, v);
}

static __always_inline vec load_part(const u8 *p, u32 octets)
{
	if (octets < BLOCK)
		return _mm256_zextsi128_si256(load_block_part(p, octets));
	if (octets == BLOCK)
		return _mm256_zextsi128_si256(load_block(p));
	return _mm256_set_m128i(load_block_part(p + BLOCK, octets - BLOCK), load_block(p));
}

static __always_inline void store_part(u8 *p, vec v, u32 octets)
{
	__m128i low = _mm256_castsi256_si128(v);

	if (octets < BLOCK) {
		store_block_part(p, low, octets);
		return;
	}
	store_block(p, low);
	if (octets > BLOCK)
		store_block_part(p + BLOCK, _mm256_extracti128_si256(v, 1), octets - BLOCK);
}

static __always_inline vec aes_round(vec x, vec k)
{
	return _mm256_aesenc_epi128(x, k);
}

static __always_inline vec aes_last(vec x, vec k)
{
	return _mm256_aesenclast_epi128(x, k);
}

static __always_inline vec gather(const u8 *const *p, size_t offset)
{
	return _mm256_set_m128i(load_block(p[1] + offset), load_block(p[0] + offset));
}

static __always_inline vec counters(__m128i nonce, u32 block)
{
	const vec step = _mm256_set_epi32(1, 0, 0, 0, 0, 0, 0, 0);

	return _mm256_add_epi32(_mm256_broadcastsi128_si256(_mm_insert_epi32(nonce, block, 3)),
				step);
}

static __always_inline vec counters_next(vec counters)
{
	return _mm256_add_epi32(counters, _mm256_set_epi32(2, 0, 0, 0, 2, 0, 0, 0));
}

static __always_inline vec counters_octets(vec counters)
{
	return _mm256_shuffle_epi8(counters, _mm256_broadcastsi128_si256(counter_order()));
}

#include "aes_lanes.h"

const struct nia_lanes nia2_vaes_lanes = {
	.level = PDCP_LEVEL_VAES,
	.mac = mac,
};

static const struct pair_lanes pair = {
	.nia = &nia2_vaes_lanes,
	.seal = seal,
	.open = open,
};

const struct nea_lanes nea2_vaes_lanes = {
	.level = PDCP_LEVEL_VAES,
	.crypt = crypt,
	.pair = &pair,
};
