// SPDX-License-Identifier: GPL-2.0
/* 128-NIA1 (TS 33.501 D.3.1.2): UIA2 over SNOW 3G, a polynomial MAC over GF(2^64). */

#include "clmul.h"
#include "nia.h"
#include "nonce.h"
#include "snow3g.h"

#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/unaligned.h>

#define BLOCK sizeof(u64)

static int nia1_setkey(struct nia_key *key, const u8 *octets)
{
	memcpy(key->octets, octets, NIA_KEY_LEN);
	return 0;
}

/* IV3 = COUNT, IV2 = FRESH, IV1 = COUNT ^ DIRECTION << 31, IV0 = FRESH ^ DIRECTION << 15. */
static void load_generator(struct snow3g *snow3g, const u8 *key, const u8 *nonce)
{
	u32 count = get_unaligned_be32(nonce);
	u32 bearer = get_unaligned_be32(nonce + 4);
	u32 direction = bearer >> PDCP_NONCE_DIRECTION_SHIFT & 1;
	u32 fresh = bearer & GENMASK(31, PDCP_NONCE_BEARER_SHIFT);
	const u32 iv[4] = { fresh ^ direction << 15, count ^ direction << 31, fresh, count };

	snow3g_init(snow3g, key, iv);
}

static void nia1_start(struct nia_state *state, const struct nia_key *key, const u8 *nonce)
{
	struct snow3g snow3g;
	u32 z[5];

	load_generator(&snow3g, key->octets, nonce);
	snow3g_generate(&snow3g, z, ARRAY_SIZE(z));
	state->bits = 0;
	state->nia1.eval = 0;
	state->nia1.p = (u64)z[0] << 32 | z[1];
	state->nia1.q = (u64)z[2] << 32 | z[3];
	state->nia1.otp = z[4];
	memzero_explicit(&snow3g, sizeof(snow3g));
	memzero_explicit(z, sizeof(z));
}

/*
 * x * y modulo x^64 + x^4 + x^3 + x + 1. A table of the multiples of P would take about as
 * long: building it costs what a short message saves, and P is secret, so lookups indexed
 * by the message would be a cache side channel. Hence Karatsuba over constant-time products.
 */
static u64 mul64(u64 x, u64 y)
{
	u64 low = clmul_32x64(x, (u32)y);
	u64 high = clmul_32x64(x >> 32, y >> 32);
	u64 mid = clmul_32x64(x ^ x >> 32, (u32)(y ^ y >> 32)) ^ low ^ high;
	u64 over;

	low ^= mid << 32;
	high ^= mid >> 32;
	over = high >> 63 ^ high >> 61 ^ high >> 60;
	low ^= high ^ high << 1 ^ high << 3 ^ high << 4;
	return low ^ over ^ over << 1 ^ over << 3 ^ over << 4;
}

static void blocks(struct nia_state *state, const struct nia_key *key, const u8 *data, size_t n)
{
	u64 eval = state->nia1.eval;

	for (; n; n--, data += BLOCK)
		eval = mul64(eval ^ get_unaligned_be64(data), state->nia1.p);
	state->nia1.eval = eval;
}

static void nia1_update(struct nia_state *state, const struct nia_key *key,
			const u8 *data, u64 bits)
{
	nia_absorb(state, key, blocks, BLOCK, data, bits);
}

static void nia1_final(struct nia_state *state, const struct nia_key *key, u8 *mac)
{
	unsigned int fill = nia_tail_len(state, BLOCK);

	if (fill) {
		memset(state->tail + fill, 0, BLOCK - fill);
		blocks(state, key, state->tail, 1);
	}
	put_unaligned_be32((mul64(state->nia1.eval ^ state->bits, state->nia1.q) >> 32) ^
			   state->nia1.otp, mac);
}

const struct nia_core nia1_core = {
	.setkey = nia1_setkey,
	.start = nia1_start,
	.update = nia1_update,
	.final = nia1_final,
};
EXPORT_SYMBOL_IF_KUNIT(nia1_core);
