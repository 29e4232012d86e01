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
 * fpu_usable - may this context open a section?
 *
 * Not inside somebody else's section, which a softirq may have interrupted.
 */
bool fpu_usable(void);

/**
 * fpu_enter - open the section, or keep it open if it has not lasted too long
 * @section: section
 * @octets: what is going to be processed in it now, at most FPU_SECTION_OCTETS if it can be helped
 *
 * A section that is due for rescheduling is closed and opened again.
 */
void fpu_enter(struct fpu_section *section, u32 octets);

/**
 * fpu_leave - close the section if it is open
 * @section: section
 *
 * Clears the vector registers and the stack below the caller's frame, which held round keys
 * and keystream.
 */
void fpu_leave(struct fpu_section *section);
#else
static inline bool fpu_usable(void) { return false; }
static inline void fpu_enter(struct fpu_section *section, u32 octets) { }
static inline void fpu_leave(struct fpu_section *section) { }
#endif

#endif /* _PDCP_FPU_H */
