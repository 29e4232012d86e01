// SPDX-License-Identifier: GPL-2.0
#include "measure.h"

#include <stdlib.h>
#include <x86intrin.h>

#define SPIN 20000
#define WINDOWS 100
#define NEEDED 20
#define TOLERANCE 1.04

bool trial;

struct window {
	double ours, peer;
	double spin;		/* the slowest of the three */
};

static double spin(void)
{
	unsigned long long start = __rdtsc(), x = start;
	int i;

	for (i = 0; i < SPIN; i++)
		__asm__ __volatile__("add $1, %0" : "+r"(x));
	return __rdtsc() - start;
}

static double run(void (*run_once)(void), unsigned int repeat)
{
	unsigned long long start = __rdtsc();
	unsigned int i;

	for (i = 0; i < repeat; i++)
		run_once();
	return (double)(__rdtsc() - start) / repeat;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static void take(struct window *w, void (*ours)(void), void (*peer)(void), unsigned int repeat)
{
	w->spin = spin();
	w->ours = run(ours, repeat);
	w->spin = larger(w->spin, spin());
	w->peer = run(peer, repeat);
	w->spin = larger(w->spin, spin());
}

/* The fastest tenth is full speed. */
static double full_speed(const struct window *windows)
{
	double spins[WINDOWS];
	int i;

	for (i = 0; i < WINDOWS; i++)
		spins[i] = windows[i].spin;
	qsort(spins, WINDOWS, sizeof(spins[0]), compare);
	return spins[WINDOWS / 10];
}

bool measure(struct measured *m, void (*ours)(void), void (*peer)(void), unsigned int repeat)
{
	double us[WINDOWS], them[WINDOWS], full;
	struct window windows[WINDOWS];
	int i, kept = 0;

	for (i = 0; i < WINDOWS; i++)
		take(&windows[i], ours, peer, repeat);
	full = full_speed(windows);
	for (i = 0; i < WINDOWS; i++) {
		if (!trial && windows[i].spin > full * TOLERANCE)
			continue;
		us[kept] = windows[i].ours;
		them[kept++] = windows[i].peer;
	}
	if (kept < NEEDED)
		return false;
	qsort(us, kept, sizeof(us[0]), compare);
	qsort(them, kept, sizeof(them[0]), compare);
	m->ours = us[kept / 2];
	m->low = us[kept / 10];
	m->high = us[kept * 9 / 10];
	m->peer = them[kept / 2];
	m->kept = (double)kept / WINDOWS;
	m->speed = SPIN / full;
	return true;
}
