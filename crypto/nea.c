// SPDX-License-Identifier: GPL-2.0
/* 128-NEA1, 128-NEA2, 128-NEA3, scalar (TS 33.501 D.2.1.2 to D.2.1.4). */

#include "nea.h"
#include "nonce.h"

#include <crypto/utils.h>
#include <kunit/visibility.h>
#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/* Generates @octets octets into stream->keystream: whole units, NEA_RUN at most. */
typedef void (*nea_run_t)(struct nea_stream *stream, unsigned int octets);

static void start_empty(struct nea_stream *stream)
{
	stream->used = 0;
	stream->filled = 0;
}

/*
 * @unit is what the generator yields at a time: a word or a block. Short messages are the
 * common case, so no more units are generated than this part needs. What is left of the
 * last one serves the part after it.
 */
static __always_inline void xor_run(struct nea_stream *stream, nea_run_t run, unsigned int unit,
				    u8 *dst, const u8 *src, u64 bits)
{
	size_t len = BITS_TO_BYTES(bits);
	unsigned int n;

	for (; len; len -= n, dst += n, src += n) {
		if (stream->used == stream->filled) {
			stream->used = 0;
			stream->filled = round_up(min_t(size_t, len, NEA_RUN), unit);
			run(stream, stream->filled);
		}
		n = min_t(size_t, len, stream->filled - stream->used);
		crypto_xor_cpy(dst, src, stream->keystream + stream->used, n);
		stream->used += n;
	}
	if (bits % BITS_PER_BYTE)
		dst[-1] &= 0xff00 >> bits % BITS_PER_BYTE;
}

static void store_words(u8 *dst, const u32 *z, unsigned int words)
{
	unsigned int i;

	for (i = 0; i < words; i++)
		put_unaligned_be32(z[i], dst + i * sizeof(*z));
}

static int copy_key(struct nea_key *key, const u8 *octets)
{
	memcpy(key->octets, octets, NEA_KEY_LEN);
	return 0;
}

/* IV3 = IV1 = COUNT, IV2 = IV0 = BEARER || DIRECTION || 0^26. */
static void nea1_start(struct nea_stream *stream, const struct nea_key *key, const u8 *nonce)
{
	u32 count = get_unaligned_be32(nonce);
	u32 bearer = get_unaligned_be32(nonce + 4);
	const u32 iv[4] = { bearer, count, bearer, count };

	snow3g_init(&stream->snow3g, key->octets, iv);
	start_empty(stream);
}

static void nea1_run(struct nea_stream *stream, unsigned int octets)
{
	u32 z[NEA_RUN / sizeof(u32)];

	snow3g_generate(&stream->snow3g, z, octets / sizeof(*z));
	store_words(stream->keystream, z, octets / sizeof(*z));
	memzero_explicit(z, sizeof(z));
}

static void nea1_xor(struct nea_stream *stream, u8 *dst, const u8 *src, u64 bits)
{
	xor_run(stream, nea1_run, sizeof(u32), dst, src, bits);
}

static int nea2_setkey(struct nea_key *key, const u8 *octets)
{
	return aes_expandkey(&key->aes, octets, NEA_KEY_LEN);
}

/* T1 = nonce || 0^64; the message would have to be 2^68 octets long to carry into the nonce. */
static void nea2_start(struct nea_stream *stream, const struct nea_key *key, const u8 *nonce)
{
	memcpy(stream->ctr, nonce, PDCP_NONCE_LEN);
	stream->ctr[1] = 0;
	stream->aes = &key->aes;
	start_empty(stream);
}

static void nea2_run(struct nea_stream *stream, unsigned int octets)
{
	unsigned int i;

	for (i = 0; i < octets; i += AES_BLOCK_SIZE) {
		aes_encrypt(stream->aes, stream->keystream + i, (const u8 *)stream->ctr);
		be64_add_cpu(&stream->ctr[1], 1);
	}
}

static void nea2_xor(struct nea_stream *stream, u8 *dst, const u8 *src, u64 bits)
{
	xor_run(stream, nea2_run, AES_BLOCK_SIZE, dst, src, bits);
}

/* IV = nonce || nonce. */
static void nea3_start(struct nea_stream *stream, const struct nea_key *key, const u8 *nonce)
{
	u8 iv[ZUC_IV_LEN];

	memcpy(iv, nonce, PDCP_NONCE_LEN);
	memcpy(iv + PDCP_NONCE_LEN, nonce, PDCP_NONCE_LEN);
	zuc_init(&stream->zuc, key->octets, iv);
	start_empty(stream);
}

static void nea3_run(struct nea_stream *stream, unsigned int octets)
{
	u32 z[NEA_RUN / sizeof(u32)];

	zuc_generate(&stream->zuc, z, octets / sizeof(*z));
	store_words(stream->keystream, z, octets / sizeof(*z));
	memzero_explicit(z, sizeof(z));
}

static void nea3_xor(struct nea_stream *stream, u8 *dst, const u8 *src, u64 bits)
{
	xor_run(stream, nea3_run, sizeof(u32), dst, src, bits);
}

const struct nea_core nea1_core = {
	.setkey = copy_key,
	.start = nea1_start,
	.xor = nea1_xor,
};
EXPORT_SYMBOL_IF_KUNIT(nea1_core);

const struct nea_core nea2_core = {
	.setkey = nea2_setkey,
	.start = nea2_start,
	.xor = nea2_xor,
};
EXPORT_SYMBOL_IF_KUNIT(nea2_core);

const struct nea_core nea3_core = {
	.setkey = copy_key,
	.start = nea3_start,
	.xor = nea3_xor,
};
EXPORT_SYMBOL_IF_KUNIT(nea3_core);
