/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_PATTERN_H
#define _ERASURE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "key.h"

enum {
	/* Octets of a key that count as a finding, and the step between them. */
	WINDOW = 8,
	STEP = 4,
	/* As text, WINDOW octets are twice as long. */
	PATTERN_MAX = 2 * WINDOW,
	HASH_BITS = 20,
	FILTER_BITS = 18,
};

/* In which order the octets of a key are in memory. */
enum order {
	AS_OCTETS,
	SWAPPED_WORDS,
	SWAPPED_LONGS,
	REVERSED,
	ORDERS,
};

/**
 * struct pattern - a part of something that gives a key away
 * @octets: what it looks like
 * @len: how long that is, WINDOW or more
 * @set: which keys, a number of the caller's
 * @role: of the key, see key_roles
 * @what: such as "round keys"
 * @offset: where @octets are in that
 * @order: how they were reordered
 * @hits: how often it was found
 * @next: in the list of the same hash, an index, or -1
 */
struct pattern {
	uint8_t octets[PATTERN_MAX];
	uint8_t len;
	uint8_t role;
	uint16_t set;
	const char *what;
	uint16_t offset;
	enum order order;
	unsigned int hits;
	int next;
};

/*
 * @filter, small enough to stay in a cache, tells of most octets of memory that no pattern begins
 * with them.
 */
struct patterns {
	struct pattern *all;
	size_t count;
	size_t size;
	int *first;
	bool filter[1 << FILTER_BITS];
};

extern const char *const order_names[ORDERS];

/* @patterns are all zeros. */
void patterns_init(struct patterns *patterns);

/* All that gives a key away: the key, what AES and CMAC make of it, what SNOW 3G loads, text. */
void patterns_add_key(struct patterns *patterns, unsigned int set, unsigned int role,
		      const uint8_t key[KEY_LEN]);

/* What HMAC-SHA-256 makes of a key: what it hashes first, and its states after that. */
void patterns_add_hmac(struct patterns *patterns, unsigned int set, const uint8_t key[ROOT_LEN]);

/* How often the rarest part of something was found, and the most frequent one. */
struct hits {
	unsigned int least;
	unsigned int most;
};

/* Of what is named @what of a key, in the order of octets. */
struct hits patterns_hits(const struct patterns *patterns, unsigned int set, unsigned int role,
			  const char *what);

static inline uint32_t pattern_hash(uint64_t octets, unsigned int bits)
{
	return octets * 0x9e3779b97f4a7c15 >> (64 - bits);
}

/* The list of the patterns that may begin with these octets, an index, or -1. */
static inline int patterns_first(const struct patterns *patterns, uint64_t octets)
{
	if (!patterns->filter[pattern_hash(octets, FILTER_BITS)])
		return -1;
	return patterns->first[pattern_hash(octets, HASH_BITS)];
}

#endif /* _ERASURE_PATTERN_H */
