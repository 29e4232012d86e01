/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_KEY_H
#define _ERASURE_KEY_H

#include <stdint.h>

enum {
	KEY_LEN = 16,
	KEY_ROLES = 4,
	ROOT_LEN = 32,
};

extern const char *const key_roles[KEY_ROLES];

/*
 * The key of a role in key set @set of a run.  Whoever knows the seed knows the keys, which
 * therefore need not be in the guest before they are used there.
 */
void key_derive(uint64_t seed, unsigned int set, unsigned int role, uint8_t key[KEY_LEN]);

/* The KAMF of root @root of a run. */
void key_derive_root(uint64_t seed, unsigned int root, uint8_t kamf[ROOT_LEN]);

#endif /* _ERASURE_KEY_H */
