// SPDX-License-Identifier: GPL-2.0
/* FPU sections: bounded, and nothing secret is left in registers or on the stack. */

#include "fpu.h"
#include "level.h"

#include <asm/fpu/api.h>
#include <linux/sched.h>
#include <linux/string.h>

/* More than any lane code uses, which the build bounds (Kbuild, -Wstack-usage). */
#define STACK_USED 1536

bool fpu_usable(void)
{
	return irq_fpu_usable();
}

/* VZEROALL does not know the upper sixteen. */
static void clear_registers(void)
{
	asm volatile("vzeroall");
	if (!pdcp_level_usable(PDCP_LEVEL_AVX512))
		return;
	asm volatile(
		".irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
		"vpxord %%zmm\\n, %%zmm\\n, %%zmm\\n\n\t"
		".endr" ::: "memory");
}

static noinline void clear_stack(void)
{
	u8 below[STACK_USED];

	memzero_explicit(below, sizeof(below));
}

void fpu_enter(struct fpu_section *section, u32 octets)
{
	if (section->open && (section->octets + octets > FPU_SECTION_OCTETS || need_resched()))
		fpu_leave(section);
	if (!section->open)
		kernel_fpu_begin();
	section->octets = section->open ? section->octets + octets : octets;
	section->open = true;
}

void fpu_leave(struct fpu_section *section)
{
	if (!section->open)
		return;
	clear_registers();
	clear_stack();
	kernel_fpu_end();
	section->open = false;
}
