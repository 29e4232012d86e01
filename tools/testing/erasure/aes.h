/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_AES_H
#define _ERASURE_AES_H

#include <stdint.h>

enum {
	AES_BLOCK = 16,
	AES_KEYS = 11,
};

/* Round keys of AES-128, as octets in the order of FIPS 197. */
struct aes {
	uint8_t enc[AES_KEYS * AES_BLOCK];
	/* Of the equivalent inverse cipher, in the order in which it uses them. */
	uint8_t dec[AES_KEYS * AES_BLOCK];
};

void aes_expand(struct aes *aes, const uint8_t key[AES_BLOCK]);

/* What NIA2 makes of the key: the block of zeros enciphered, and CMAC's subkeys K1 and K2. */
void aes_subkeys(const struct aes *aes, uint8_t zero[AES_BLOCK], uint8_t k1[AES_BLOCK],
		 uint8_t k2[AES_BLOCK]);

#endif /* _ERASURE_AES_H */
