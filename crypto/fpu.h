/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_FPU_H
#define _PDCP_FPU_H

#include <linux/types.h>

/**
 * struct fpu_section - the right to use vector registers, for a bounded time
 * @open: between kernel_fpu_begin() and kernel_fpu_end(): no preemption, no sleeping
 * @octets: what has been processed since it was opened
 *
 * Zeroed by its owner before the first fpu_enter(), ended by fpu_leave().
 */
struct fpu_section {
	bool open;
	u32 octets;
};

enum {
	FPU_SECTION_OCTETS = 64 * 1024,
};

#ifdef CONFIG_X86_64
/**
 * fpu_init - allocate what a section lends out
 *
 * Return: 0 or -ENOMEM.
 */
int fpu_init(void);
void fpu_exit(void);

/**
 * fpu_usable - may this context open a section?
 *
 * Not inside a section, its own or one that a softirq has interrupted.
 *
 * Return: whether it may.
 */
bool fpu_usable(void);

/**
 * fpu_enter - open the section, or keep it open if it has not lasted too long
 * @section: section
 * @octets: what is going to be processed in it now, at most FPU_SECTION_OCTETS if it can be helped
 *
 * A section that is due for rescheduling is closed and opened again.
 *
 * Return: LANES_SCRATCH octets for use until fpu_leave(), aligned to 64.
 */
void *fpu_enter(struct fpu_section *section, u32 octets);

/**
 * fpu_leave - close the section if it is open
 * @section: section
 *
 * Clears the vector registers and LANES_STACK octets below the caller's frame, which held
 * round keys and keystream.
 */
void fpu_leave(struct fpu_section *section);
#else
static inline int fpu_init(void) { return 0; }
static inline void fpu_exit(void) { }
static inline bool fpu_usable(void) { return false; }
static inline void *fpu_enter(struct fpu_section *section, u32 octets) { return NULL; }
static inline void fpu_leave(struct fpu_section *section) { }
#endif

#endif /* _PDCP_FPU_H */
