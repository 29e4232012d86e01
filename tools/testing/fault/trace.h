/* SPDX-License-Identifier: GPL-2.0 */
/* Where the kernel says that it let an allocation fail. */
#ifndef _FAULT_TRACE_H
#define _FAULT_TRACE_H

#include <stddef.h>

/* Listen to the kernel's log from now on. */
void trace_begin(void);

/*
 * Who allocated, as "FUNCTION < CALLER < ...", by the stack that was printed since trace_begin().
 * Functions are those of pdcp's modules, or if there are none the next ones in the kernel; "-" if
 * none was printed, which __GFP_NOWARN prevents.
 */
void trace_end(char *text, size_t size);

#endif
