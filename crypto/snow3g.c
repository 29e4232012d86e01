// SPDX-License-Identifier: GPL-2.0
/* SNOW 3G, scalar. Names as in ETSI/SAGE UEA2 & UIA2, document 2, clauses 3 and 4. */

#include "snow3g.h"
#include "snow3g_tables.h"

#include <linux/bitops.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/unaligned.h>

struct fsm {
	u32 r1, r2, r3;
};

static __always_inline u32 substitute(const u32 *table, u32 w)
{
	return table[w >> 24] ^
	       ror32(table[w >> 16 & 0xff], 8) ^
	       ror32(table[w >> 8 & 0xff], 16) ^
	       ror32(table[w & 0xff], 24);
}

/* Clocks the FSM beside the LFSR whose s0 is at @s, returns F. */
static __always_inline u32 clock_fsm(struct fsm *fsm, const u32 *s)
{
	u32 f = (s[15] + fsm->r1) ^ fsm->r2;
	u32 r = fsm->r2 + (fsm->r3 ^ s[5]);

	fsm->r3 = substitute(snow3g_s2, fsm->r2);
	fsm->r2 = substitute(snow3g_s1, fsm->r1);
	fsm->r1 = r;
	return f;
}

/* The word that enters the LFSR whose s0 is at @s, keystream mode. */
static __always_inline u32 feedback(const u32 *s)
{
	return s[0] << 8 ^ snow3g_mul_alpha[s[0] >> 24] ^ s[2] ^
	       s[11] >> 8 ^ snow3g_div_alpha[s[11] & 0xff];
}

/* Drops the @n oldest words of the LFSR. */
static void shift(struct snow3g *g, size_t n)
{
	memmove(g->s, g->s + n, SNOW3G_LFSR_LEN * sizeof(g->s[0]));
}

static void load(struct snow3g *g, const u8 *key, const u32 iv[4])
{
	u32 k[4];
	int i;

	for (i = 0; i < 4; i++) {
		k[i] = get_unaligned_be32(key + 4 * (3 - i));
		g->s[i] = ~k[i];
		g->s[i + 4] = k[i];
		g->s[i + 8] = ~k[i];
		g->s[i + 12] = k[i];
	}
	g->s[15] ^= iv[0];
	g->s[12] ^= iv[1];
	g->s[10] ^= iv[2];
	g->s[9] ^= iv[3];
	g->r1 = 0;
	g->r2 = 0;
	g->r3 = 0;
	memzero_explicit(k, sizeof(k));
}

/* @n initialisation clocks, at most SNOW3G_RUN: F is fed back into the LFSR. */
static void mix(struct snow3g *g, size_t n)
{
	struct fsm fsm = { g->r1, g->r2, g->r3 };
	u32 *s = g->s;
	size_t i;

	for (i = 0; i < n; i++, s++)
		s[SNOW3G_LFSR_LEN] = clock_fsm(&fsm, s) ^ feedback(s);
	shift(g, n);
	g->r1 = fsm.r1;
	g->r2 = fsm.r2;
	g->r3 = fsm.r3;
}

/* @n keystream clocks, at most SNOW3G_RUN. */
static void run(struct snow3g *g, u32 *z, size_t n)
{
	struct fsm fsm = { g->r1, g->r2, g->r3 };
	u32 *s = g->s;
	size_t i;

	for (i = 0; i < n; i++, s++) {
		z[i] = clock_fsm(&fsm, s) ^ s[0];
		s[SNOW3G_LFSR_LEN] = feedback(s);
	}
	shift(g, n);
	g->r1 = fsm.r1;
	g->r2 = fsm.r2;
	g->r3 = fsm.r3;
}

void snow3g_init(struct snow3g *g, const u8 key[SNOW3G_KEY_LEN], const u32 iv[4])
{
	u32 discarded;

	load(g, key, iv);
	mix(g, SNOW3G_RUN);
	mix(g, SNOW3G_RUN);
	run(g, &discarded, 1);
	memzero_explicit(&discarded, sizeof(discarded));
}

void snow3g_generate(struct snow3g *g, u32 *z, size_t n)
{
	size_t chunk;

	for (; n; n -= chunk, z += chunk) {
		chunk = min_t(size_t, n, SNOW3G_RUN);
		run(g, z, chunk);
	}
}
