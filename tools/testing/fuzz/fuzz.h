/* SPDX-License-Identifier: GPL-2.0 */
/* What the targets have in common: each is a fuzz_one() that libFuzzer calls with inputs. */
#ifndef _PDCP_FUZZ_H
#define _PDCP_FUZZ_H

#include <errno.h>
#include <stdio.h>

#include "kernel.h"

int fuzz_one(const u8 *data, size_t size);

/* What is so whatever the input; libFuzzer keeps one for which it is not. */
#define HOLDS(condition) do {								\
	if (!(condition)) {								\
		fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);	\
		abort();								\
	}										\
} while (0)

/* What is left of an input. */
struct input {
	const u8 *p;
	size_t len;
};

/* The next @len octets as a number; those behind the end are 0. */
static inline u32 take(struct input *in, size_t len)
{
	u32 value = 0;

	for (; len; len--) {
		value <<= 8;
		if (!in->len)
			continue;
		value |= *in->p++;
		in->len--;
	}
	return value;
}

/* A buffer of just @len octets, so that reading or writing behind it is noticed. */
static inline u8 *buffer(size_t len)
{
	u8 *p = malloc(len ? len : 1);

	HOLDS(p);
	return len ? p : p + 1;
}

static inline void buffer_free(u8 *p, size_t len)
{
	free(len ? p : p - 1);
}

static inline u8 *copy(const u8 *p, size_t len)
{
	u8 *new = buffer(len);

	if (len)
		memcpy(new, p, len);
	return new;
}

#endif /* _PDCP_FUZZ_H */
