// SPDX-License-Identifier: GPL-2.0
/* Prints how many cycles of the time stamp counter known work takes: dependent additions. */

#include <stdio.h>
#include <x86intrin.h>

enum {
	ADDITIONS = 20000,
	TIMES = 500,
};

int main(void)
{
	unsigned long long start = __rdtsc(), x = start;
	int i;

	for (i = 0; i < ADDITIONS * TIMES; i++)
		__asm__ __volatile__("add $1, %0" : "+r"(x));
	printf("%llu\n", (__rdtsc() - start) / TIMES);
	return 0;
}
