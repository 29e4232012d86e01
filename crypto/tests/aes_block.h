/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_TESTS_AES_BLOCK_H
#define _PDCP_TESTS_AES_BLOCK_H

#include <linux/types.h>

enum { AES_BLOCK_ROUNDS = 10 };

/* Within an FPU section. */
void aes_block_aesni(const u8 *round_keys, u8 *dst, const u8 *src);

#endif /* _PDCP_TESTS_AES_BLOCK_H */
