// SPDX-License-Identifier: GPL-2.0
/*
 * A task's vector registers are saved where the kernel keeps it, when it is interrupted for
 * another, and not when it ends: what they had at the last switch stays in memory.  Ones are put
 * there, since of registers full of zeros XSAVES only notes that they are.
 */

#include <time.h>

#include "pdcp.h"

#ifdef __x86_64__
[[gnu::target("avx512f")]]
static void fill_512(void)
{
	asm volatile(".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n"
		     "vpternlogd $0xff, %%zmm\\n, %%zmm\\n, %%zmm\\n\n"
		     ".endr\n"
		     ".irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n"
		     "vpternlogd $0xff, %%zmm\\n, %%zmm\\n, %%zmm\\n\n"
		     ".endr" ::: "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
		     "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
		     "xmm16", "xmm17", "xmm18", "xmm19", "xmm20", "xmm21", "xmm22", "xmm23",
		     "xmm24", "xmm25", "xmm26", "xmm27", "xmm28", "xmm29", "xmm30", "xmm31");
}

/* Comparison 15 is always true. */
[[gnu::target("avx")]]
static void fill_256(void)
{
	asm volatile(".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n"
		     "vcmpps $15, %%ymm\\n, %%ymm\\n, %%ymm\\n\n"
		     ".endr" ::: "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
		     "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

static void fill_128(void)
{
	asm volatile(".irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n"
		     "pcmpeqd %%xmm\\n, %%xmm\\n\n"
		     ".endr" ::: "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
		     "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15");
}

static void registers_fill(void)
{
	if (__builtin_cpu_supports("avx512f"))
		fill_512();
	else if (__builtin_cpu_supports("avx"))
		fill_256();
	else
		fill_128();
}
#else
/* Elsewhere the next function that copies memory has to do. */
static void registers_fill(void) {}
#endif

void pdcp_registers_erase(void)
{
	const struct timespec moment = { .tv_nsec = 1 };

	registers_fill();
	nanosleep(&moment, NULL);
}
