/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ZUC-128 in LANES lanes. Included by zuc_avx2.c and zuc_avx512.c after they have defined vec
 * and its operations (vec_avx2.h, vec_avx512.h) and
 *
 *	substitute()	the S-boxes in two vectors: S0, S1, S0, S1 from the top octet of a lane down
 *
 * Names as in ETSI/SAGE EEA3 & EIA3, document 2, clause 3. None of this looks into a table at
 * an address that depends on a secret.
 */
#ifndef _PDCP_ZUC_LANES_H
#define _PDCP_ZUC_LANES_H

#include "stream.h"
#include "stream_rows.h"

#define MODULUS 0x7fffffff

/* The constants of the key loading, in their place between key and IV. */
static const u32 d[STREAM_CELLS] __aligned(64) = {
	0x44d700, 0x26bc00, 0x626b00, 0x135e00, 0x578900, 0x35e200, 0x713500, 0x09af00,
	0x4d7800, 0x2f1300, 0x6bc400, 0x1af100, 0x5e2600, 0x3c4d00, 0x789a00, 0x47ac00,
};

struct fsm {
	vec r1, r2;
};

/* Cell @i behind the one that is s0 at clock @t. Cells stay where they are, s0 moves on. */
static __always_inline vec cell(const u32 *cells, unsigned int t, unsigned int i)
{
	return load(cells + (t + i) % STREAM_CELLS * LANES);
}

static __always_inline vec l1(vec x)
{
	return xor3(xor3(x, rol(x, 2), rol(x, 10)), rol(x, 18), rol(x, 24));
}

static __always_inline vec l2(vec x)
{
	return xor3(xor3(x, rol(x, 8), rol(x, 14)), rol(x, 22), rol(x, 30));
}

/* One step of F, returns W. @twice are the cells of @s times 2. */
static __always_inline vec clock_f(struct fsm *fsm, const u32 *s, const u32 *twice,
				   unsigned int t)
{
	vec x0 = high_low(cell(twice, t, 15), cell(s, t, 14));
	vec x1 = funnel(cell(s, t, 11), cell(twice, t, 9), 16);
	vec x2 = funnel(cell(s, t, 7), cell(twice, t, 5), 16);
	vec w = add(xor(x0, fsm->r1), fsm->r2);
	vec w1 = add(fsm->r1, x1);
	vec w2 = xor(fsm->r2, x2);

	fsm->r1 = l1(funnel(w1, w2, 16));
	fsm->r2 = l2(funnel(w2, w1, 16));
	substitute(&fsm->r1, &fsm->r2);
	return w;
}

/* Cell @i times 2^n modulo 2^31 - 1. */
static __always_inline vec scaled(const u32 *s, const u32 *twice, unsigned int t,
				  unsigned int i, const int n)
{
	return and(funnel(cell(s, t, i), cell(twice, t, i), n), all(MODULUS));
}

/* The same sum in 1 to the modulus, @a from 0 and @b from 1 to the modulus. */
static __always_inline vec last_add31(vec a, vec b)
{
	vec sum = add(a, b);

	return add(and(sum, all(MODULUS)), shr(sum, 31));
}

/* The cell that enters, in 1 to the modulus: no cell is ever 0. */
static __always_inline vec feedback(const u32 *s, const u32 *twice, unsigned int t)
{
	vec a = add31(scaled(s, twice, t, 4, 20), scaled(s, twice, t, 10, 21));
	vec b = add31(scaled(s, twice, t, 13, 17), scaled(s, twice, t, 0, 8));

	return last_add31(add31(add31(a, b), scaled(s, twice, t, 15, 15)), cell(s, t, 0));
}

/* Puts it in the place of s0. */
static __always_inline void enter(u32 *s, u32 *twice, unsigned int t, vec x)
{
	store(s + t % STREAM_CELLS * LANES, x);
	store(twice + t % STREAM_CELLS * LANES, shl(x, 1));
}

static __always_inline void double_cells(u32 *twice, const u32 *s)
{
	unsigned int i;

	for (i = 0; i < STREAM_CELLS; i++)
		store(twice + i * LANES, shl(load(s + i * LANES), 1));
}

static __always_inline void fill_row(u32 *s, const struct stream_seed *seed)
{
	unsigned int i;
	vec key, iv;

#pragma GCC unroll 2
	for (i = 0; i < STREAM_CELLS; i += LANES) {
		key = widen(seed->key + i);
		iv = widen(seed->iv + i);
		store(s + i, xor3(shl(key, 23), load(d + i), iv));
	}
}

/* s0 begins in the last place, so that it is in the first one after 32 + 1 clocks. */
static void zuc_start(struct stream_scratch *scratch, struct stream_state *state, unsigned int n)
{
	u32 *twice = scratch->work + STREAM_CELLS * LANES, *s = state->word;
	struct fsm fsm = { zero(), zero() };
	unsigned int t;
	vec w;

	for (t = 0; t < n; t++)
		fill_row(scratch->work + t * STREAM_CELLS, &scratch->seeds[t]);
	load_rows(s, scratch->work, 1);
	double_cells(twice, s);
	for (t = 15; t < 15 + 32; t++) {
		w = shr(clock_f(&fsm, s, twice, t), 1);
		enter(s, twice, t, last_add31(w, feedback(s, twice, t)));
	}
	clock_f(&fsm, s, twice, t);
	enter(s, twice, t, feedback(s, twice, t));
	store(s + STREAM_CELLS * LANES, fsm.r1);
	store(s + (STREAM_CELLS + 1) * LANES, fsm.r2);
}

static void zuc_run(struct stream_scratch *scratch, unsigned int steps, bool pairs)
{
	u32 *z = scratch->work, *twice = z + STREAM_CELLS * LANES, *s = scratch->state.word;
	u32 *r1 = s + STREAM_CELLS * LANES, *r2 = r1 + LANES;
	struct fsm fsm = { load(r1), load(r2) };
	unsigned int step, t;
	vec w;

	double_cells(twice, s);
	for (step = 0; step < steps; step++) {
		for (t = 0; t < STREAM_STEP_WORDS; t++) {
			w = clock_f(&fsm, s, twice, t);
			w = xor(w, funnel(cell(s, t, 2), cell(twice, t, 0), 16));
			store(z + (t ^ pairs) * LANES, w);
			enter(s, twice, t, feedback(s, twice, t));
		}
		if (pairs)
			store_rows(scratch->rows, step, z, true);
		else
			store_rows(scratch->rows, step, z, false);
	}
	store(r1, fsm.r1);
	store(r2, fsm.r2);
}

#endif /* _PDCP_ZUC_LANES_H */
