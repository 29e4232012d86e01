/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CONFORMANCE_TRIP_H
#define _CONFORMANCE_TRIP_H

#include "lab.h"

enum {
	/* Characters of an explanation, with its NUL. */
	WHY_SIZE = 1024,
};

enum verdict {
	PASSED,
	FAILED,
	SKIPPED,
};

/**
 * struct trip - A vector's way through the module, and back
 * @why: reason of SKIPPED, or text of FAILED, with newlines
 */
struct trip {
	char why[WHY_SIZE];
};

/**
 * trip_make() - Send the data of a vector, and receive its PDU
 * @lab: lab
 * @vector: vector
 * @trip: filled unless the vector passed
 *
 * Return: PASSED only if both gave exactly what the vector has.
 */
enum verdict trip_make(struct lab *lab, const struct vector *vector, struct trip *trip);

#endif /* _CONFORMANCE_TRIP_H */
