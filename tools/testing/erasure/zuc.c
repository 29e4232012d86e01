// SPDX-License-Identifier: GPL-2.0

#include "zuc.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* EEA3 & EIA3, document 2, clause 3.5. */
static const uint16_t constants[KEY_LEN] = {
	0x44d7, 0x26bc, 0x626b, 0x135e, 0x5789, 0x35e2, 0x7135, 0x09af,
	0x4d78, 0x2f13, 0x6bc4, 0x1af1, 0x5e26, 0x3c4d, 0x789a, 0x47ac,
};

/* Words from one cell to the next. */
static const size_t strides[] = { 1, 4, 8, 16 };

/* Cell of each constant, plus 1. */
static uint8_t cells[1 << 15];

void zuc_init(void)
{
	unsigned int i;

	for (i = 0; i < KEY_LEN; i++)
		cells[constants[i]] = i + 1;
}

static unsigned int cell_of(uint32_t word)
{
	return word >> 31 ? 0 : cells[word >> 8 & 0x7fff];
}

bool zuc_may_begin(uint32_t word)
{
	return cell_of(word);
}

static bool row(const uint32_t *words, size_t stride, unsigned int cell, const uint8_t *key)
{
	unsigned int i;

	for (i = 0; i < ZUC_WINDOW; i++)
		if (cell_of(words[i * stride]) != cell + i + 1 ||
		    words[i * stride] >> 23 != key[cell + i])
			return false;
	return true;
}

int zuc_loaded(const uint32_t *words, size_t count, const uint8_t key[KEY_LEN])
{
	int cell = (int)cell_of(words[0]) - 1;
	unsigned int i;

	if (cell < 0 || cell > KEY_LEN - ZUC_WINDOW)
		return -1;
	for (i = 0; i < ARRAY_SIZE(strides); i++)
		if (strides[i] * (ZUC_WINDOW - 1) < count && row(words, strides[i], cell, key))
			return cell;
	return -1;
}
