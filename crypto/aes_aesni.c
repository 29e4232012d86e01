// SPDX-License-Identifier: GPL-2.0
/* NEA2 and NIA2 with AES on 128 bits; runs inside FPU sections only. */

#include "aes_parts.h"

#define WIDTH 1
#define vec __m128i

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
	return key_block(s->key, r);
}

static __always_inline vec xor(vec a, vec b)
{
	return _mm_xor_si128(a, b);
}

static __always_inline vec load(const u8 *p)
{
	return load_block(p);
}

static __always_inline void store(u8 *p, vec v)
{
	store_block(p, v);
}

static __always_inline vec load_part(const u8 *p, u32 octets)
{
	return load_block_part(p, octets);
}

static __always_inline void store_part(u8 *p, vec v, u32 octets)
{
	store_block_part(p, v, octets);
}

static __always_inline vec aes_round(vec x, vec k)
{
	return _mm_aesenc_si128(x, k);
}

static __always_inline vec aes_last(vec x, vec k)
{
	return _mm_aesenclast_si128(x, k);
}

static __always_inline vec gather(const u8 *const *p, size_t offset)
{
	return load_block(p[0] + offset);
}

static __always_inline vec counters(__m128i nonce, u32 block)
{
	return _mm_insert_epi32(nonce, block, 3);
}

static __always_inline vec counters_next(vec counters)
{
	return _mm_add_epi32(counters, _mm_set_epi32(1, 0, 0, 0));
}

static __always_inline vec counters_octets(vec counters)
{
	return _mm_shuffle_epi8(counters, counter_order());
}

#include "aes_lanes.h"

const struct nia_lanes nia2_aesni_lanes = {
	.level = PDCP_LEVEL_AESNI,
	.mac = mac,
};

static const struct pair_lanes pair = {
	.nia = &nia2_aesni_lanes,
	.seal = seal,
	.open = open,
};

const struct nea_lanes nea2_aesni_lanes = {
	.level = PDCP_LEVEL_AESNI,
	.crypt = crypt,
	.pair = &pair,
};
