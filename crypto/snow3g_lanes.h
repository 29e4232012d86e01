/* SPDX-License-Identifier: GPL-2.0 */
/*
 * SNOW 3G in LANES lanes. Included by snow3g_avx2.c and snow3g_avx512.c after they have defined
 * vec and its operations (vec_avx2.h, vec_avx512.h) and
 *
 *	s1(), s2()	the S-boxes of the FSM
 *	alphas()	MULalpha of the top octets of four cells + DIValpha of the bottom octets of
 *			four others
 *
 * The constants and names are those of ETSI/SAGE UEA2 & UIA2, document 2. None of this looks
 * into a table at an address that depends on a secret.
 */
#ifndef _PDCP_SNOW3G_LANES_H
#define _PDCP_SNOW3G_LANES_H

#include "stream.h"
#include "stream_rows.h"

#include <linux/unaligned.h>

struct fsm {
	vec r1, r2, r3;
};

static __always_inline struct fsm load_fsm(const struct stream_state *state)
{
	const u32 *r = state->word + STREAM_CELLS * LANES;

	return (struct fsm){ load(r), load(r + LANES), load(r + 2 * LANES) };
}

static __always_inline void store_fsm(struct stream_state *state, const struct fsm *fsm)
{
	u32 *r = state->word + STREAM_CELLS * LANES;

	store(r, fsm->r1);
	store(r + LANES, fsm->r2);
	store(r + 2 * LANES, fsm->r3);
}

/* Cell @i behind the one that is s0 at clock @t. Cells stay where they are, s0 moves on. */
static __always_inline u32 *cell(struct stream_state *state, unsigned int t, unsigned int i)
{
	return state->word + (t + i) % STREAM_CELLS * LANES;
}

/* Clocks the FSM, returns F. */
static __always_inline vec clock_fsm(struct fsm *fsm, struct stream_state *state, unsigned int t,
				     vec s15)
{
	vec f = xor(add(s15, fsm->r1), fsm->r2);
	vec r = add(fsm->r2, xor(fsm->r3, load(cell(state, t, 5))));

	fsm->r3 = s2(fsm->r2);
	fsm->r2 = s1(fsm->r1);
	fsm->r1 = r;
	return f;
}

/* s16 to s19 but for what initialisation adds: none of them depends on the others. */
static __always_inline void feedback(vec x[4], struct stream_state *state, unsigned int t)
{
	vec s0[4], s11[4];
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		s0[i] = load(cell(state, t + i, 0));
		s11[i] = load(cell(state, t + i, 11));
	}
	alphas(x, s0, s11);
#pragma GCC unroll 4
	for (i = 0; i < 4; i++)
		x[i] = xor(xor3(x[i], shl(s0[i], 8), load(cell(state, t + i, 2))),
			   shr(s11[i], 8));
}

/* As s0 to s15: K0..K3 and their complements, with the IV added. */
static void fill_row(u32 *s, const struct stream_seed *seed)
{
	u32 k, i;

	for (i = 0; i < 4; i++) {
		k = get_unaligned_be32(seed->key + 12 - 4 * i);
		s[i] = ~k;
		s[i + 4] = k;
		s[i + 8] = ~k;
		s[i + 12] = k;
	}
	s[15] ^= get_unaligned_be32(seed->iv + 12);
	s[12] ^= get_unaligned_be32(seed->iv + 8);
	s[10] ^= get_unaligned_be32(seed->iv + 4);
	s[9] ^= get_unaligned_be32(seed->iv);
}

/* s0 begins in the last place, so that it is in the first one after 32 + 1 clocks. */
static void snow3g_start(struct stream_scratch *scratch, struct stream_state *state,
			 unsigned int n)
{
	struct fsm fsm = { zero(), zero(), zero() };
	unsigned int t, i;
	vec s15, x[4];

	for (t = 0; t < n; t++)
		fill_row(scratch->work + t * STREAM_CELLS, &scratch->seeds[t]);
	load_rows(state->word, scratch->work, 1);
	s15 = load(cell(state, 15, 15));
	for (t = 15; t < 15 + 32; t += 4) {
		feedback(x, state, t);
		for (i = 0; i < 4; i++) {
			s15 = xor(x[i], clock_fsm(&fsm, state, t + i, s15));
			store(cell(state, t + i, 0), s15);
		}
	}
	feedback(x, state, t);
	clock_fsm(&fsm, state, t, s15);
	store(cell(state, t, 0), x[0]);
	store_fsm(state, &fsm);
}

static void snow3g_run(struct stream_scratch *scratch, unsigned int steps, bool pairs)
{
	struct stream_state *state = &scratch->state;
	vec f, x[4], s15 = load(cell(state, 0, 15));
	struct fsm fsm = load_fsm(state);
	unsigned int step, t, i;

	for (step = 0; step < steps; step++) {
		for (t = 0; t < STREAM_STEP_WORDS; t += 4) {
			feedback(x, state, t);
			for (i = 0; i < 4; i++) {
				f = clock_fsm(&fsm, state, t + i, s15);
				store(scratch->work + (t + i) * LANES,
				      xor(f, load(cell(state, t + i, 0))));
				store(cell(state, t + i, 0), x[i]);
				s15 = x[i];
			}
		}
		store_rows(scratch->rows, step, scratch->work, false);
	}
	store_fsm(state, &fsm);
}

#endif /* _PDCP_SNOW3G_LANES_H */
