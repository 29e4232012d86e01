/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers that follow from a seed (xorshift), so that what was made of them can be made again. */
#ifndef _PDCP_TESTING_RANDOM_H
#define _PDCP_TESTING_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* What to begin with for @seed, a small number: each gives others. */
static inline uint64_t random_seed(uint64_t seed)
{
	return (seed + 1) * 0x9e3779b97f4a7c15ULL;
}

/* The number after @state, which is not 0, and the state after it. */
static inline uint64_t random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* A number from 0 to @sides - 1. */
static inline uint32_t random_pick(uint64_t *state, uint32_t sides)
{
	return (random_next(state) >> 16) % sides;
}

/* @len octets at @p. */
static inline void random_fill(uint64_t *state, uint8_t *p, size_t len)
{
	while (len--)
		*p++ = random_next(state) >> 24;
}

#endif /* _PDCP_TESTING_RANDOM_H */
