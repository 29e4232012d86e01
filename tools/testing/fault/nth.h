/* SPDX-License-Identifier: GPL-2.0 */
/* The kernel's countdown to an allocation of this thread that fails. */
#ifndef _FAULT_NTH_H
#define _FAULT_NTH_H

/* Let the @n-th allocation from now on fail. */
void nth_set(unsigned int n);

/* Stop counting; returns how many were left until then, 0 if one has failed. */
unsigned int nth_clear(void);

#endif
