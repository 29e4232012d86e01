/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _ERASURE_ZUC_H
#define _ERASURE_ZUC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "key.h"

enum {
	/* Cells of the LFSR in a row that count as a finding. */
	ZUC_WINDOW = 4,
};

/*
 * ZUC's LFSR is loaded with the key whatever the nonce: cell i has octet i of the key, a constant
 * of 15 bits, and octet i of the IV.  Call once before the other.
 */
void zuc_init(void);

/*
 * Whether @words, of which there are @count, begin with ZUC_WINDOW such cells, next to each other
 * or each in its lane of several generators.  Return: which is the first one, or -1.
 */
int zuc_loaded(const uint32_t *words, size_t count, const uint8_t key[KEY_LEN]);

/* Whether it is worth while to ask. */
bool zuc_may_begin(uint32_t word);

#endif /* _ERASURE_ZUC_H */
