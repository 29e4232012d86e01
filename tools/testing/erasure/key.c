// SPDX-License-Identifier: GPL-2.0

#include "key.h"

const char *const key_roles[KEY_ROLES] = { "rrc-enc", "rrc-int", "up-enc", "up-int" };

/* The output function of splitmix64: keys need not resist anybody, only be unlike anything else. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

void key_derive(uint64_t seed, unsigned int set, unsigned int role, uint8_t key[KEY_LEN])
{
	uint64_t half = 0;
	unsigned int i;

	for (i = 0; i < KEY_LEN; i++, half >>= 8) {
		if (i % 8 == 0)
			half = mix(mix(seed + 0x9e3779b97f4a7c15 * (set + 1)) + 2 * role + i / 8);
		key[i] = half;
	}
}

void key_derive_root(uint64_t seed, unsigned int root, uint8_t kamf[ROOT_LEN])
{
	key_derive(seed, root, KEY_ROLES, kamf);
	key_derive(seed, root, KEY_ROLES + 1, kamf + KEY_LEN);
}
