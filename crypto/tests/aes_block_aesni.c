// SPDX-License-Identifier: GPL-2.0
/* One block of AES-128, by the instructions that the kernel's own driver for x86 uses. */

#include "crypto/intrinsics.h"
#include "crypto/tests/aes_block.h"

void aes_block_aesni(const u8 *round_keys, u8 *dst, const u8 *src)
{
	const __m128i *keys = (const __m128i *)round_keys;
	__m128i block = _mm_xor_si128(_mm_loadu_si128((const __m128i *)src),
				      _mm_loadu_si128(&keys[0]));
	unsigned int i;

	for (i = 1; i < AES_BLOCK_ROUNDS; i++)
		block = _mm_aesenc_si128(block, _mm_loadu_si128(&keys[i]));
	block = _mm_aesenclast_si128(block, _mm_loadu_si128(&keys[i]));
	_mm_storeu_si128((__m128i *)dst, block);
}
