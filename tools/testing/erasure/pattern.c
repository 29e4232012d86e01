// SPDX-License-Identifier: GPL-2.0

#include <err.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "aes.h"
#include "pattern.h"
#include "sha256.h"

const char *const order_names[ORDERS] = {
	[AS_OCTETS] = "as octets",
	[SWAPPED_WORDS] = "in swapped words",
	[SWAPPED_LONGS] = "in swapped pairs of words",
	[REVERSED] = "backwards",
};

/* Octets that are swapped together. */
static const size_t order_units[ORDERS] = {
	[AS_OCTETS] = 1,
	[SWAPPED_WORDS] = 4,
	[SWAPPED_LONGS] = 8,
	[REVERSED] = 16,
};

void patterns_init(struct patterns *patterns)
{
	size_t i;

	patterns->first = malloc(sizeof(int) << HASH_BITS);
	if (!patterns->first)
		err(2, "malloc");
	for (i = 0; i < 1u << HASH_BITS; i++)
		patterns->first[i] = -1;
}

/* The first one to have some octets names them. */
static void add(struct patterns *patterns, const struct pattern *pattern)
{
	struct pattern *new;
	uint64_t start;
	int *first, i;

	memcpy(&start, pattern->octets, sizeof(start));
	first = &patterns->first[pattern_hash(start, HASH_BITS)];
	for (i = *first; i >= 0; i = patterns->all[i].next)
		if (!memcmp(patterns->all[i].octets, pattern->octets, pattern->len))
			return;
	if (patterns->count == patterns->size) {
		patterns->size = 2 * patterns->size + 1024;
		patterns->all = realloc(patterns->all, patterns->size * sizeof(*patterns->all));
		if (!patterns->all)
			err(2, "realloc");
	}
	new = &patterns->all[patterns->count];
	*new = *pattern;
	new->next = *first;
	*first = patterns->count++;
	patterns->filter[pattern_hash(start, FILTER_BITS)] = true;
}

/* The windows of @len octets at @octets, each @pattern->len long. */
static void add_windows(struct patterns *patterns, struct pattern *pattern,
			const uint8_t *octets, size_t len, size_t step)
{
	size_t at;

	for (at = 0; at + pattern->len <= len; at += step) {
		memcpy(pattern->octets, octets + at, pattern->len);
		pattern->offset = at;
		add(patterns, pattern);
	}
}

/* In each order; @len is a multiple of KEY_LEN. */
static void add_octets(struct patterns *patterns, struct pattern *pattern, const char *what,
		       const uint8_t *octets, size_t len)
{
	uint8_t ordered[AES_KEYS * AES_BLOCK];
	size_t unit, i;

	pattern->what = what;
	pattern->len = WINDOW;
	for (pattern->order = 0; pattern->order < ORDERS; pattern->order++) {
		unit = order_units[pattern->order];
		for (i = 0; i < len; i++)
			ordered[i] = octets[i - i % unit + unit - 1 - i % unit];
		add_windows(patterns, pattern, ordered, len, STEP);
	}
}

static void add_text(struct patterns *patterns, struct pattern *pattern, const uint8_t *key,
		     const char *what, const char *digits)
{
	uint8_t text[2 * KEY_LEN];
	size_t i;

	for (i = 0; i < KEY_LEN; i++) {
		text[2 * i] = digits[key[i] >> 4];
		text[2 * i + 1] = digits[key[i] & 15];
	}
	pattern->what = what;
	pattern->len = 2 * WINDOW;
	pattern->order = AS_OCTETS;
	add_windows(patterns, pattern, text, sizeof(text), STEP);
}

void patterns_add_key(struct patterns *patterns, unsigned int set, unsigned int role,
		      const uint8_t key[KEY_LEN])
{
	struct pattern pattern = { .set = set, .role = role };
	uint8_t zero[KEY_LEN], k1[KEY_LEN], k2[KEY_LEN], complement[KEY_LEN];
	struct aes aes;
	size_t i;

	for (i = 0; i < KEY_LEN; i++)
		complement[i] = ~key[i];
	aes_expand(&aes, key);
	aes_subkeys(&aes, zero, k1, k2);
	add_octets(patterns, &pattern, "key", key, KEY_LEN);
	add_octets(patterns, &pattern, "complement", complement, KEY_LEN);
	add_octets(patterns, &pattern, "round keys", aes.enc, sizeof(aes.enc));
	add_octets(patterns, &pattern, "inverse round keys", aes.dec, sizeof(aes.dec));
	add_octets(patterns, &pattern, "CMAC's L", zero, sizeof(zero));
	add_octets(patterns, &pattern, "CMAC's K1", k1, sizeof(k1));
	add_octets(patterns, &pattern, "CMAC's K2", k2, sizeof(k2));
	add_text(patterns, &pattern, key, "text", "0123456789abcdef");
	add_text(patterns, &pattern, key, "TEXT", "0123456789ABCDEF");
}

static void add_hmac_side(struct patterns *patterns, struct pattern *pattern,
			  const uint8_t key[ROOT_LEN], uint8_t pad, const char *block_name,
			  const char *state_name)
{
	uint8_t block[SHA256_BLOCK], state[SHA256_STATE];
	size_t i;

	memset(block, pad, sizeof(block));
	for (i = 0; i < ROOT_LEN; i++)
		block[i] ^= key[i];
	sha256_first(block, state);
	add_octets(patterns, pattern, block_name, block, ROOT_LEN);
	add_octets(patterns, pattern, state_name, state, sizeof(state));
}

void patterns_add_hmac(struct patterns *patterns, unsigned int set, const uint8_t key[ROOT_LEN])
{
	struct pattern pattern = { .set = set };

	add_hmac_side(patterns, &pattern, key, 0x36, "HMAC's inner block", "HMAC's inner state");
	add_hmac_side(patterns, &pattern, key, 0x5c, "HMAC's outer block", "HMAC's outer state");
}

struct hits patterns_hits(const struct patterns *patterns, unsigned int set, unsigned int role,
			  const char *what)
{
	struct hits hits = { .least = UINT_MAX };
	const struct pattern *pattern;
	size_t i;

	for (i = 0; i < patterns->count; i++) {
		pattern = &patterns->all[i];
		if (pattern->set != set || pattern->role != role || strcmp(pattern->what, what) ||
		    pattern->order != AS_OCTETS)
			continue;
		if (pattern->hits < hits.least)
			hits.least = pattern->hits;
		if (pattern->hits > hits.most)
			hits.most = pattern->hits;
	}
	return hits;
}
