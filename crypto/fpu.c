// SPDX-License-Identifier: GPL-2.0
/* FPU sections: bounded, and nothing secret is left in registers or on the stack. */

#include "fpu.h"
#include "lanes.h"
#include "level.h"

#include <asm/fpu/api.h>
#include <kunit/static_stub.h>
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/string.h>

/* One per processor, since a section is not preempted; @lent is set inside a section. */
struct scratch {
	u8 octets[LANES_SCRATCH];
	bool lent;
};

static struct scratch __percpu *scratches;

int fpu_init(void)
{
	scratches = __alloc_percpu(sizeof(*scratches), 64);
	return scratches ? 0 : -ENOMEM;
}

/**
 * fpu_exit - free what fpu_init() has allocated
 */
void fpu_exit(void)
{
	free_percpu(scratches);
}

/* Where the kernel does not guard its sections, as in User Mode Linux, @lent does. */
bool fpu_usable(void)
{
	KUNIT_STATIC_STUB_REDIRECT(fpu_usable);
	return irq_fpu_usable() && !this_cpu_read(scratches->lent);
}
EXPORT_SYMBOL_IF_KUNIT(fpu_usable);

/* VZEROALL does not know the upper sixteen. */
static void clear_registers(void)
{
	asm volatile("vzeroall");
	if (!pdcp_level_usable(PDCP_LEVEL_AVX512))
		return;
	asm volatile(".irp n, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
		     "vpxord %%zmm\\n, %%zmm\\n, %%zmm\\n\n\t"
		     ".endr" ::: "memory");
}

static noinline void clear_stack(void)
{
	u8 below[LANES_STACK];

	memzero_explicit(below, sizeof(below));
}

void *fpu_enter(struct fpu_section *section, u32 octets)
{
	if (section->open && (section->octets + octets > FPU_SECTION_OCTETS || need_resched()))
		fpu_leave(section);
	if (!section->open) {
		kernel_fpu_begin();
		this_cpu_write(scratches->lent, true);
		section->octets = 0;
		section->open = true;
	}
	section->octets += octets;
	return this_cpu_ptr(scratches->octets);
}
EXPORT_SYMBOL_IF_KUNIT(fpu_enter);

void fpu_leave(struct fpu_section *section)
{
	if (!section->open)
		return;
	clear_registers();
	clear_stack();
	this_cpu_write(scratches->lent, false);
	kernel_fpu_end();
	section->open = false;
}
EXPORT_SYMBOL_IF_KUNIT(fpu_leave);
