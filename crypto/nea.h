/* SPDX-License-Identifier: GPL-2.0 */
/*
 * 128-NEA1, 128-NEA2 and 128-NEA3 (TS 33.501 annex D.2) on plain buffers.
 *
 * The crypto API names are "nea1", "nea2" and "nea3": synchronous skciphers with a key of 16
 * octets and the nonce of nonce.h as IV. One request is one whole message: the IV is not
 * advanced, and a second request with it starts the keystream anew.
 */
#ifndef _PDCP_NEA_H
#define _PDCP_NEA_H

#include "snow3g.h"
#include "zuc.h"

#include <crypto/aes.h>
#include <linux/types.h>

struct crypto_sync_skcipher;
struct nea_lanes;

enum {
	NEA_KEY_LEN = 16,
	NEA_RUN = 64,
};

/* What setkey leaves behind, secret. */
struct nea_key {
	union {
		u8 octets[NEA_KEY_LEN];
		struct crypto_aes_ctx aes;
	};
};

/**
 * struct nea_stream - one message in progress, secret
 * @snow3g: NEA1 generator
 * @zuc: NEA3 generator
 * @ctr: NEA2 counter block: the nonce, then the number of the next block
 * @aes: NEA2 key schedule, borrowed from the key for the life of the stream
 * @keystream: octets generated ahead
 * @used: how many of @keystream are spent
 * @filled: how many of @keystream were generated
 */
struct nea_stream {
	union {
		struct snow3g snow3g;
		struct zuc zuc;
		struct {
			__be64 ctr[2];
			const struct crypto_aes_ctx *aes;
		};
	};
	u8 keystream[NEA_RUN];
	unsigned int used;
	unsigned int filled;
};

/**
 * struct nea_core - one algorithm
 * @setkey: expands NEA_KEY_LEN octets; the caller wipes the result after use
 * @start: begins a message; the nonce has PDCP_NONCE_LEN octets, any alignment
 * @xor: ciphers or deciphers the next part of the message, length in bits; source and
 *	 destination may be the same, with any alignment. Only the last part of a message may have
 *	 a length that is not a whole number of octets, and the unused low bits of its last
 *	 octet come out zero.
 */
struct nea_core {
	int (*setkey)(struct nea_key *key, const u8 *octets);
	void (*start)(struct nea_stream *stream, const struct nea_key *key, const u8 *nonce);
	void (*xor)(struct nea_stream *stream, u8 *dst, const u8 *src, u64 bits);
};

extern const struct nea_core nea1_core;
extern const struct nea_core nea2_core;
extern const struct nea_core nea3_core;

/* nea_skcipher.c: the crypto API side of the three. */
int nea_skcipher_register(void);
void nea_skcipher_unregister(void);
const struct nea_lanes *nea_skcipher_lanes(struct crypto_sync_skcipher *tfm,
					   const struct nea_key **key);
const char *nea_skcipher_driver(const char *name, unsigned int n);
void nea_skcipher_drop(const char *driver);

#endif /* _PDCP_NEA_H */
