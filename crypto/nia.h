/* SPDX-License-Identifier: GPL-2.0 */
/*
 * 128-NIA1, 128-NIA2 and 128-NIA3 (TS 33.501 annex D.3) on plain buffers.
 *
 * The crypto API names are "nia1", "nia2" and "nia3": shashes with a key of 16 octets and a
 * digest of 4 octets, the MAC-I as it is sent. The data to digest are the nonce of nonce.h,
 * which fills the first 8 octets, and the message after it. Fewer than 8 octets are refused
 * with -EINVAL by final, a nonce with reserved bits set by the update that completes it.
 */
#ifndef _PDCP_NIA_H
#define _PDCP_NIA_H

#include "zuc.h"

#include <crypto/aes.h>
#include <linux/bits.h>
#include <linux/bitops.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/types.h>

struct crypto_shash;
struct nia_lanes;

enum {
	NIA_KEY_LEN = 16,
	NIA_MAC_LEN = 4,
	NIA_BLOCK_MAX = AES_BLOCK_SIZE,
};

/* What setkey leaves behind, secret. */
struct nia_key {
	union {
		u8 octets[NIA_KEY_LEN];
		struct {
			struct crypto_aes_ctx aes;
			u8 k1[AES_BLOCK_SIZE];
			u8 k2[AES_BLOCK_SIZE];
		} cmac;
	};
};

/**
 * struct nia_state - one message in progress, secret, free of pointers
 * @bits: length of the message so far; for NIA2 that of the nonce before it included
 * @tail: its last octets: the last block stays here until final even when it is whole,
 *	  because only final knows that it is the last
 * @nia1: accumulator EVAL, multipliers P and Q, one-time pad
 * @nia2: CBC chaining value
 * @nia3: generator, its last word, accumulator T
 */
struct nia_state {
	u64 bits;
	u8 tail[NIA_BLOCK_MAX];
	union {
		struct {
			u64 eval, p, q;
			u32 otp;
		} nia1;
		struct {
			u8 x[AES_BLOCK_SIZE];
		} nia2;
		struct {
			struct zuc zuc;
			u32 z;
			u32 t;
		} nia3;
	};
};

/**
 * struct nia_core - one algorithm
 * @setkey: expands NIA_KEY_LEN octets; the caller wipes the result after use
 * @start: begins a message; the nonce has PDCP_NONCE_LEN octets, any alignment
 * @update: adds the next part of the message, length in bits. Only the last part may have a
 *	    length that is not a whole number of octets; the unused low bits of its last
 *	    octet are ignored.
 * @final: writes NIA_MAC_LEN octets of MAC-I; the caller wipes the state
 */
struct nia_core {
	int (*setkey)(struct nia_key *key, const u8 *octets);
	void (*start)(struct nia_state *state, const struct nia_key *key, const u8 *nonce);
	void (*update)(struct nia_state *state, const struct nia_key *key,
		       const u8 *data, u64 bits);
	void (*final)(struct nia_state *state, const struct nia_key *key, u8 *mac);
};

extern const struct nia_core nia1_core;
extern const struct nia_core nia2_core;
extern const struct nia_core nia3_core;

/* Processes @n whole blocks. */
typedef void (*nia_blocks_t)(struct nia_state *state, const struct nia_key *key,
			     const u8 *data, size_t n);

/* Number of octets in the tail: 0 only before the first octet, else 1 to @block. */
static inline unsigned int nia_tail_len(const struct nia_state *state, unsigned int block)
{
	size_t octets = BITS_TO_BYTES(state->bits);

	return octets ? (octets - 1) % block + 1 : 0;
}

/**
 * nia_absorb - hand over every block that is known not to be the last, keep the rest
 * @state: message
 * @key: passed on
 * @blocks: called for whole blocks
 * @block: block length in octets, a power of two up to NIA_BLOCK_MAX
 * @data: next part of the message, any alignment
 * @bits: its length in bits, as for the update of struct nia_core
 */
static __always_inline void nia_absorb(struct nia_state *state, const struct nia_key *key,
				       nia_blocks_t blocks, unsigned int block,
				       const u8 *data, u64 bits)
{
	unsigned int fill = nia_tail_len(state, block);
	size_t len = BITS_TO_BYTES(bits);
	size_t n = min_t(size_t, len, block - fill);

	state->bits += bits;
	memcpy(state->tail + fill, data, n);
	data += n;
	len -= n;
	if (len) {
		blocks(state, key, state->tail, 1);
		n = (len - 1) / block;
		blocks(state, key, data, n);
		memcpy(state->tail, data + n * block, len - n * block);
	}
	if (bits % BITS_PER_BYTE)
		state->tail[nia_tail_len(state, block) - 1] &= 0xff00 >> bits % BITS_PER_BYTE;
}

/* nia_shash.c: the crypto API side of the three. */
int nia_shash_register(void);
void nia_shash_unregister(void);
const struct nia_lanes *nia_shash_lanes(struct crypto_shash *tfm, const struct nia_key **key);
const char *nia_shash_driver(const char *name, unsigned int n);
void nia_shash_drop(const char *driver);

#endif /* _PDCP_NIA_H */
