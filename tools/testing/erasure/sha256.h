/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_SHA256_H
#define _ERASURE_SHA256_H

#include <stdint.h>

enum {
	SHA256_BLOCK = 64,
	SHA256_STATE = 32,
};

/* What a hash has for its state after its first block, in network order (FIPS 180-4 6.2.2). */
void sha256_first(const uint8_t block[SHA256_BLOCK], uint8_t state[SHA256_STATE]);

#endif /* _ERASURE_SHA256_H */
