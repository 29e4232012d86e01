// SPDX-License-Identifier: GPL-2.0
/* AES-128, as slow as it is short (FIPS 197, SP 800-38B). */

#include <string.h>

#include "aes.h"

static uint8_t multiply(uint8_t a, uint8_t b)
{
	uint8_t product = 0;

	for (; b; b >>= 1, a = a << 1 ^ (a & 0x80 ? 0x1b : 0))
		product ^= b & 1 ? a : 0;
	return product;
}

/* The inverse is the power of 254, and 0 for 0. */
static uint8_t substitute(uint8_t x)
{
	uint8_t inverse = 1, out;
	int i;

	for (i = 0; i < 254; i++)
		inverse = multiply(inverse, x);
	out = inverse;
	for (i = 1; i < 5; i++)
		out ^= inverse << i | inverse >> (8 - i);
	return out ^ 0x63;
}

/* A column times the circulant matrix whose first row is @row. */
static void mix_column(uint8_t column[4], const uint8_t row[4])
{
	uint8_t out[4] = { 0 };
	int i, j;

	for (i = 0; i < 4; i++)
		for (j = 0; j < 4; j++)
			out[i] ^= multiply(column[j], row[(j - i + 4) % 4]);
	memcpy(column, out, 4);
}

static void mix(uint8_t block[AES_BLOCK], const uint8_t row[4])
{
	int i;

	for (i = 0; i < AES_BLOCK; i += 4)
		mix_column(block + i, row);
}

static void expand_word(uint8_t *word, unsigned int i, uint8_t round)
{
	uint8_t temp[4];
	unsigned int j;

	for (j = 0; j < 4; j++)
		temp[j] = i % 4 ? word[(int)j - 4] : substitute(word[(int)((j + 1) % 4) - 4]);
	if (i % 4 == 0)
		temp[0] ^= round;
	for (j = 0; j < 4; j++)
		word[j] = word[(int)j - AES_BLOCK] ^ temp[j];
}

void aes_expand(struct aes *aes, const uint8_t key[AES_BLOCK])
{
	static const uint8_t inverse[4] = { 14, 11, 13, 9 };
	uint8_t round = 1;
	unsigned int i;

	memcpy(aes->enc, key, AES_BLOCK);
	for (i = 4; i < 4 * AES_KEYS; i++) {
		expand_word(aes->enc + 4 * i, i, round);
		if (i % 4 == 0)
			round = multiply(round, 2);
	}
	for (i = 0; i < AES_KEYS; i++) {
		uint8_t *block = aes->dec + i * AES_BLOCK;

		memcpy(block, aes->enc + (AES_KEYS - 1 - i) * AES_BLOCK, AES_BLOCK);
		if (i && i < AES_KEYS - 1)
			mix(block, inverse);
	}
}

static void add(uint8_t block[AES_BLOCK], const uint8_t *key)
{
	int i;

	for (i = 0; i < AES_BLOCK; i++)
		block[i] ^= key[i];
}

static void substitute_shift(uint8_t block[AES_BLOCK])
{
	uint8_t out[AES_BLOCK];
	int i;

	for (i = 0; i < AES_BLOCK; i++)
		out[i] = substitute(block[(5 * i) % AES_BLOCK]);
	memcpy(block, out, AES_BLOCK);
}

static void encrypt(const struct aes *aes, uint8_t block[AES_BLOCK])
{
	static const uint8_t forward[4] = { 2, 3, 1, 1 };
	int round;

	add(block, aes->enc);
	for (round = 1; round < AES_KEYS; round++) {
		substitute_shift(block);
		if (round < AES_KEYS - 1)
			mix(block, forward);
		add(block, aes->enc + round * AES_BLOCK);
	}
}

static void twice(uint8_t out[AES_BLOCK], const uint8_t in[AES_BLOCK])
{
	int i;

	for (i = 0; i < AES_BLOCK; i++)
		out[i] = in[i] << 1 | (i + 1 < AES_BLOCK ? in[i + 1] >> 7 : 0);
	if (in[0] & 0x80)
		out[AES_BLOCK - 1] ^= 0x87;
}

void aes_subkeys(const struct aes *aes, uint8_t zero[AES_BLOCK], uint8_t k1[AES_BLOCK],
		 uint8_t k2[AES_BLOCK])
{
	memset(zero, 0, AES_BLOCK);
	encrypt(aes, zero);
	twice(k1, zero);
	twice(k2, k1);
}
