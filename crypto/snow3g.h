/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SNOW 3G keystream generator (ETSI/SAGE UEA2 & UIA2, document 2).
 *
 * Plain words in and out. Table driven, so not constant time.
 */
#ifndef _PDCP_SNOW3G_H
#define _PDCP_SNOW3G_H

#include <linux/types.h>

enum {
	SNOW3G_KEY_LEN = 16,
	SNOW3G_LFSR_LEN = 16,
	SNOW3G_RUN = 16,
};

/**
 * struct snow3g - generator state, secret
 * @s: s0..s15 of the LFSR, then room for the words shifted in by one run
 * @r1: FSM register R1
 * @r2: FSM register R2
 * @r3: FSM register R3
 */
struct snow3g {
	u32 s[SNOW3G_LFSR_LEN + SNOW3G_RUN];
	u32 r1, r2, r3;
};

/**
 * snow3g_init - load a key and an IV and run the initialisation clocks
 * @g: state to fill; the caller wipes it after use
 * @key: 16 octets, K3 first, as CK and IK are written
 * @iv: IV0, IV1, IV2, IV3
 */
void snow3g_init(struct snow3g *g, const u8 key[SNOW3G_KEY_LEN], const u32 iv[4]);

/**
 * snow3g_generate - the next words of the keystream
 * @g: state
 * @z: room for @n words
 * @n: number of words, any
 */
void snow3g_generate(struct snow3g *g, u32 *z, size_t n);

#endif /* _PDCP_SNOW3G_H */
