/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_BENCH_MEASURE_H
#define _PDCP_BENCH_MEASURE_H

#include <stdbool.h>

/* Cycles of the time stamp counter. */
struct measured {
	double ours, low, high;		/* median, tenth and ninetieth percentile */
	double peer;			/* median */
	double kept;			/* share of the windows, 0 to 1 */
	double speed;			/* additions a cycle while they were measured */
};

extern bool trial;		/* each window counts */

/*
 * A processor changes its speed, and what else runs on it does not always show. A window of
 * each of the two, in turns, counts only if a spin of dependent additions took the same time
 * before, between and after them, and no longer than the fast ones of all windows. Returns
 * false if too few counted.
 */
bool measure(struct measured *m, void (*ours)(void), void (*peer)(void), unsigned int repeat);

#endif /* _PDCP_BENCH_MEASURE_H */
