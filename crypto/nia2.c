// SPDX-License-Identifier: GPL-2.0
/* 128-NIA2 (TS 33.501 D.3.1.3): AES-CMAC (NIST SP 800-38B) over the nonce and the message. */

#include "nia.h"
#include "nonce.h"

#include <crypto/utils.h>
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/unaligned.h>

#define BLOCK AES_BLOCK_SIZE

/* Multiplication by x in GF(2^128), without a branch on the secret. */
static void double_block(u8 *dst, const u8 *src)
{
	u64 high = get_unaligned_be64(src);
	u64 low = get_unaligned_be64(src + 8);

	put_unaligned_be64(high << 1 | low >> 63, dst);
	put_unaligned_be64(low << 1 ^ (0x87 & -(high >> 63)), dst + 8);
}

static int nia2_setkey(struct nia_key *key, const u8 *octets)
{
	int err = aes_expandkey(&key->cmac.aes, octets, NIA_KEY_LEN);

	if (err)
		return err;
	memset(key->cmac.k1, 0, BLOCK);
	aes_encrypt(&key->cmac.aes, key->cmac.k1, key->cmac.k1);
	double_block(key->cmac.k1, key->cmac.k1);
	double_block(key->cmac.k2, key->cmac.k1);
	return 0;
}

static void nia2_start(struct nia_state *state, const struct nia_key *key, const u8 *nonce)
{
	memcpy(state->tail, nonce, PDCP_NONCE_LEN);
	state->bits = PDCP_NONCE_LEN * BITS_PER_BYTE;
	memset(state->nia2.x, 0, BLOCK);
}

static void blocks(struct nia_state *state, const struct nia_key *key, const u8 *data, size_t n)
{
	u8 *x = state->nia2.x;

	for (; n; n--, data += BLOCK) {
		crypto_xor(x, data, BLOCK);
		aes_encrypt(&key->cmac.aes, x, x);
	}
}

static void nia2_update(struct nia_state *state, const struct nia_key *key,
			const u8 *data, u64 bits)
{
	nia_absorb(state, key, blocks, BLOCK, data, bits);
}

/* Appends the bit 1 and zeros to a last block that is not whole. */
static void pad(struct nia_state *state)
{
	unsigned int fill = nia_tail_len(state, BLOCK);
	unsigned int odd = state->bits % BITS_PER_BYTE;

	memset(state->tail + fill, 0, BLOCK - fill);
	if (odd)
		state->tail[fill - 1] |= 0x80 >> odd;
	else
		state->tail[fill] = 0x80;
}

static void nia2_final(struct nia_state *state, const struct nia_key *key, u8 *mac)
{
	if (state->bits % (BLOCK * BITS_PER_BYTE)) {
		pad(state);
		crypto_xor(state->tail, key->cmac.k2, BLOCK);
	} else {
		crypto_xor(state->tail, key->cmac.k1, BLOCK);
	}
	blocks(state, key, state->tail, 1);
	memcpy(mac, state->nia2.x, NIA_MAC_LEN);
}

const struct nia_core nia2_core = {
	.setkey = nia2_setkey,
	.start = nia2_start,
	.update = nia2_update,
	.final = nia2_final,
};
EXPORT_SYMBOL_IF_KUNIT(nia2_core);
