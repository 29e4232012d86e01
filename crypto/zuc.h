/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ZUC-128 keystream generator (ETSI/SAGE EEA3 & EIA3, document 2).
 *
 * Plain words in and out. Table driven, so not constant time.
 */
#ifndef _PDCP_ZUC_H
#define _PDCP_ZUC_H

#include <linux/types.h>

enum {
	ZUC_KEY_LEN = 16,
	ZUC_IV_LEN = 16,
	ZUC_LFSR_LEN = 16,
	ZUC_RUN = 16,
};

/**
 * struct zuc - generator state, secret
 * @s: s0..s15 of the LFSR (31 bits each), then room for the cells shifted in by one run
 * @r1: register R1 of the nonlinear function
 * @r2: register R2 of the nonlinear function
 */
struct zuc {
	u32 s[ZUC_LFSR_LEN + ZUC_RUN];
	u32 r1, r2;
};

/**
 * zuc_init - load a key and an IV and run the initialisation steps
 * @g: state to fill; the caller wipes it after use
 * @key: 16 octets
 * @iv: 16 octets
 */
void zuc_init(struct zuc *g, const u8 key[ZUC_KEY_LEN], const u8 iv[ZUC_IV_LEN]);

/**
 * zuc_generate - the next words of the keystream
 * @g: state
 * @z: room for @n words
 * @n: number of words, any
 */
void zuc_generate(struct zuc *g, u32 *z, size_t n);

#endif /* _PDCP_ZUC_H */
