/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_TREE_H
#define _ERASURE_TREE_H

#include <libpdcp/pdcp.h>

#include "key.h"

enum {
	/* A key of 256 bits is searched for by halves. */
	HALVES = PDCP_KEY256_LEN / KEY_LEN,
	TREE_ARFCN = 632628,
};

/**
 * tree_keys - keys that derive from a root of a run
 * @seed: of the run
 * @path: "ROOT/kamf[/STEP...]", where each STEP leads to another key:
 *	"kgnb" from KAMF with NAS COUNT 0, "nh" from KgNB or NH, a PCI to the K_NG-RAN* for that
 *	cell, and at last "asNM" to the keys of NEAN and NIAM
 * @key: filled: four keys after "as", else the halves of the key
 * @whole: filled: the key that the path leads to, without "as"
 *
 * Return: how many members of @key are filled: KEY_ROLES or HALVES.
 */
unsigned int tree_keys(uint64_t seed, const char *path, uint8_t key[KEY_ROLES][KEY_LEN],
		       struct pdcp_key256 *whole);

#endif /* _ERASURE_TREE_H */
