/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What something costs in cycles of the time stamp counter, told in windows.  A processor changes
 * its speed, and what else runs on it does not always show: a window counts only if a spin of
 * dependent additions took no longer before and after it than in the fastest tenth of all windows.
 */
#ifndef _PDCP_TESTS_WINDOWS_H
#define _PDCP_TESTS_WINDOWS_H

#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/types.h>

enum {
	WINDOWS = 100,
	WINDOWS_NEEDED = 20,	/* for a result */
	WINDOWS_SPIN = 20000,	/* additions */
};

/* What parameter "bench" of a test module says. */
enum windows_bench {
	WINDOWS_NO,
	WINDOWS_MEASURE,
	WINDOWS_TRIAL,		/* each window counts, however busy the machine was */
};

/**
 * struct window - one measurement
 * @ours: cycles, in the unit of the caller
 * @peer: cycles of what was measured in turns with it, or 0
 * @spin: cycles of the slowest spin around it
 */
struct window {
	u64 ours;
	u64 peer;
	u64 spin;
};

struct windows {
	unsigned int n;
	struct window window[WINDOWS];
};

/**
 * struct windows_result - what the windows that count tell
 * @ours: median
 * @low: tenth percentile
 * @high: ninetieth percentile
 * @peer: median
 * @kept: windows that count, in percent
 * @speed: hundredths of an addition in a cycle
 */
struct windows_result {
	u64 ours;
	u64 low;
	u64 high;
	u64 peer;
	unsigned int kept;
	unsigned int speed;
};

static inline u64 window_clock(void)
{
	u32 low, high;

	asm volatile("lfence; rdtsc" : "=a" (low), "=d" (high) : : "memory");
	return (u64)high << 32 | low;
}

static noinline __maybe_unused u64 window_spin(void)
{
	u64 start = window_clock(), x = 1;
	unsigned int i;

	for (i = 0; i < WINDOWS_SPIN; i++)
		asm volatile("add $3, %0" : "+r" (x));
	return window_clock() - start;
}

/* @spin was measured before the window. */
static inline void windows_add(struct windows *w, u64 ours, u64 peer, u64 spin)
{
	w->window[w->n++] = (struct window){
		.ours = ours,
		.peer = peer,
		.spin = max(spin, window_spin()),
	};
}

static inline int window_compare(const void *a, const void *b)
{
	const u64 *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static inline void windows_sort(u64 *values, unsigned int n)
{
	sort(values, n, sizeof(*values), window_compare, NULL);
}

/**
 * windows_tell - evaluate
 * @w: WINDOWS windows; which of them are the first afterwards is not said
 * @bench: how
 * @result: what they tell
 *
 * Return: false if too few count.
 */
static inline bool windows_tell(struct windows *w, enum windows_bench bench,
				struct windows_result *result)
{
	u64 values[WINDOWS], full;
	unsigned int i, n = 0;

	for (i = 0; i < w->n; i++)
		values[i] = w->window[i].spin;
	windows_sort(values, w->n);
	full = values[w->n / 10];
	for (i = 0; i < w->n; i++)
		if (bench == WINDOWS_TRIAL || w->window[i].spin <= full + full / 25)
			w->window[n++] = w->window[i];
	if (n < WINDOWS_NEEDED)
		return false;

	for (i = 0; i < n; i++)
		values[i] = w->window[i].peer;
	windows_sort(values, n);
	result->peer = values[n / 2];
	for (i = 0; i < n; i++)
		values[i] = w->window[i].ours;
	windows_sort(values, n);
	result->ours = values[n / 2];
	result->low = values[n / 10];
	result->high = values[n - 1 - n / 10];
	result->kept = 100 * n / w->n;
	result->speed = div64_u64(100 * WINDOWS_SPIN, full);
	return true;
}

#endif /* _PDCP_TESTS_WINDOWS_H */
