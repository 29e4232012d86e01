// SPDX-License-Identifier: GPL-2.0
/* A module that breaks the kernel that loads it, to see that this gets noticed. */

#include <linux/bug.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/spinlock.h>
#include <linux/string.h>

static char *kind = "warn";
module_param(kind, charp, 0);
MODULE_PARM_DESC(kind, "warn, oops, int3 (x86) or stuck");

static DEFINE_SPINLOCK(lock);

static int __init fault_init(void)
{
	int *nowhere = NULL;

	OPTIMIZER_HIDE_VAR(nowhere);
	if (!strcmp(kind, "warn"))
		WARN(1, "wanted\n");
	else if (!strcmp(kind, "oops"))
		*nowhere = 1;
#ifdef CONFIG_X86
	else if (!strcmp(kind, "int3"))
		asm volatile("int3");
#endif
	else if (!strcmp(kind, "stuck"))
		for (spin_lock(&lock); ; cpu_relax())
			;
	return -EINVAL;
}
module_init(fault_init);

MODULE_DESCRIPTION("Faults on demand");
MODULE_LICENSE("GPL");
