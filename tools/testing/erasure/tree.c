// SPDX-License-Identifier: GPL-2.0

#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "tree.h"

static bool is_step(const char *step, size_t len, const char *word)
{
	return len == strlen(word) && !strncmp(step, word, len);
}

/* Replace @key by what @step leads to. */
static int key_step(const struct pdcp_key256 *kamf, const char *step, size_t len,
		    struct pdcp_key256 *key)
{
	struct pdcp_cell cell = { .arfcn = TREE_ARFCN };
	char *end;

	if (is_step(step, len, "kamf"))
		return 0;
	if (is_step(step, len, "kgnb"))
		return pdcp_kdf_kgnb(kamf, 0, key);
	if (is_step(step, len, "nh"))
		return pdcp_kdf_nh(kamf, key, key);
	cell.pci = strtoul(step, &end, 10);
	if (end != step + len)
		errx(2, "%s is no step from a key to another one", step);
	return pdcp_kdf_ng_ran_star(key, &cell, key);
}

static void as_keys(const struct pdcp_key256 *kgnb, const char *algorithms,
		    uint8_t key[KEY_ROLES][KEY_LEN])
{
	struct pdcp_keys keys;

	if (strlen(algorithms) != 2 ||
	    pdcp_kdf_as_keys(kgnb, algorithms[0] - '0', algorithms[1] - '0', &keys))
		errx(2, "as%s are no keys", algorithms);
	memcpy(key[0], keys.rrc_enc, KEY_LEN);
	memcpy(key[1], keys.rrc_int, KEY_LEN);
	memcpy(key[2], keys.up_enc, KEY_LEN);
	memcpy(key[3], keys.up_int, KEY_LEN);
}

unsigned int tree_keys(uint64_t seed, const char *path, uint8_t key[KEY_ROLES][KEY_LEN],
		       struct pdcp_key256 *whole)
{
	unsigned int root = strtoul(path, NULL, 0);
	const char *step = strchr(path, '/');
	struct pdcp_key256 kamf;
	size_t len;

	key_derive_root(seed, root, kamf.octets);
	*whole = kamf;
	for (; step; step = step[len] ? step + len : NULL) {
		step++;
		len = strcspn(step, "/");
		if (!strncmp(step, "as", 2)) {
			as_keys(whole, step + 2, key);
			return KEY_ROLES;
		}
		if (key_step(&kamf, step, len, whole))
			errx(2, "%s is no key", path);
	}
	memcpy(key, whole->octets, sizeof(whole->octets));
	return HALVES;
}
