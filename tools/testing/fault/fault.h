/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FAULT_H
#define _FAULT_H

enum {
	/* Exit status of a program whose request has been tried. */
	FAULT_END = 0,		/* it succeeded with no fault left to inject */
	FAULT_DONE = 3,		/* it was carried out in spite of a fault; there are more to try */
	FAULT_BAD = 4,		/* a failure was not as it must be */
	FAULT_TROUBLE = 5,	/* faults cannot be injected */
};

#endif
