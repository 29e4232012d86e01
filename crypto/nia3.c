// SPDX-License-Identifier: GPL-2.0
/* 128-NIA3 (TS 33.501 D.3.1.4): a universal hash keyed by the ZUC keystream. */

#include "clmul.h"
#include "nia.h"
#include "nonce.h"

#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/swab.h>
#include <linux/unaligned.h>

#define BLOCK sizeof(u32)

static int nia3_setkey(struct nia_key *key, const u8 *octets)
{
	memcpy(key->octets, octets, NIA_KEY_LEN);
	return 0;
}

/* IV = COUNT || BEARER || 0^27 twice, with DIRECTION on the top bits of octets 8 and 14. */
static void nia3_start(struct nia_state *state, const struct nia_key *key, const u8 *nonce)
{
	u32 bearer = get_unaligned_be32(nonce + 4);
	u8 direction = bearer >> PDCP_NONCE_DIRECTION_SHIFT & 1;
	u8 iv[ZUC_IV_LEN];

	memcpy(iv, nonce, 4);
	put_unaligned_be32(bearer & GENMASK(31, PDCP_NONCE_BEARER_SHIFT), iv + 4);
	memcpy(iv + 8, iv, 8);
	iv[8] ^= direction << 7;
	iv[14] ^= direction << 7;
	state->bits = 0;
	state->nia3.t = 0;
	zuc_init(&state->nia3.zuc, key->octets, iv);
	zuc_generate(&state->nia3.zuc, &state->nia3.z, 1);
}

/* Bit reversal without the table of bitrev32(): the argument may be secret. */
static u32 reverse(u32 x)
{
	x = swab32(x);
	x = (x & 0x0f0f0f0f) << 4 | (x >> 4 & 0x0f0f0f0f);
	x = (x & 0x33333333) << 2 | (x >> 2 & 0x33333333);
	return (x & 0x55555555) << 1 | (x >> 1 & 0x55555555);
}

/*
 * What the 32 message bits @m, first bit on top, add to T: the sum over the bits i that are
 * set of the 32 keystream bits from i on, of the 64 in @z. With @m reversed that is the
 * upper half of a carry-less product: constant time and faster than bit by bit.
 */
static u32 select(u32 m, u64 z)
{
	return clmul_32x64(reverse(m), z) >> 32;
}

/* state->nia3.z is the keystream word at the position of the first bit of @data. */
static void blocks(struct nia_state *state, const struct nia_key *key, const u8 *data, size_t n)
{
	u32 z[1 + ZUC_RUN];
	u32 t = 0;
	size_t run, i;

	z[0] = state->nia3.z;
	for (; n; n -= run) {
		run = min_t(size_t, n, ZUC_RUN);
		zuc_generate(&state->nia3.zuc, z + 1, run);
		for (i = 0; i < run; i++, data += BLOCK)
			t ^= select(get_unaligned_be32(data), (u64)z[i] << 32 | z[i + 1]);
		z[0] = z[run];
	}
	state->nia3.z = z[0];
	state->nia3.t ^= t;
	memzero_explicit(z, sizeof(z));
}

static void nia3_update(struct nia_state *state, const struct nia_key *key,
			const u8 *data, u64 bits)
{
	nia_absorb(state, key, blocks, BLOCK, data, bits);
}

/*
 * The last word, 1 to 32 bits of it, then the 32 keystream bits behind the message and the
 * last keystream word, which is the one after those that the message and these bits touch.
 */
static void nia3_final(struct nia_state *state, const struct nia_key *key, u8 *mac)
{
	unsigned int fill = nia_tail_len(state, BLOCK);
	u64 z = (u64)state->nia3.z << 32;
	u32 last;

	zuc_generate(&state->nia3.zuc, &last, 1);
	if (fill) {
		memset(state->tail + fill, 0, BLOCK - fill);
		z |= last;
		state->nia3.t ^= select(get_unaligned_be32(state->tail), z);
		z <<= (state->bits - 1) % 32 + 1;
		zuc_generate(&state->nia3.zuc, &last, 1);
	}
	put_unaligned_be32(state->nia3.t ^ z >> 32 ^ last, mac);
	memzero_explicit(&last, sizeof(last));
}

const struct nia_core nia3_core = {
	.setkey = nia3_setkey,
	.start = nia3_start,
	.update = nia3_update,
	.final = nia3_final,
};
EXPORT_SYMBOL_IF_KUNIT(nia3_core);
