/* SPDX-License-Identifier: GPL-2.0 */
/* From lanes to rows and back, for LANES lanes of vec. */
#ifndef _PDCP_STREAM_ROWS_H
#define _PDCP_STREAM_ROWS_H

#include "stream.h"

/*
 * @rows: one word for each of STREAM_CELLS cells, message after message. @cells: the same for
 * all messages, cell after cell, moved round so that cell @from comes first.
 */
static __always_inline void load_rows(u32 *cells, const u32 *rows, unsigned int from)
{
	unsigned int i, part;
	vec x[LANES];

#pragma GCC unroll 2
	for (part = 0; part < STREAM_CELLS; part += LANES) {
#pragma GCC unroll 16
		for (i = 0; i < LANES; i++)
			x[i] = load(rows + i * STREAM_CELLS + part);
		transpose(x);
#pragma GCC unroll 16
		for (i = 0; i < LANES; i++)
			store(cells + (part + i + STREAM_CELLS - from) % STREAM_CELLS * LANES,
			      x[i]);
	}
}

/*
 * @z: STREAM_STEP_WORDS words of keystream for all lanes. They become step @step of a row, as
 * octets, or with @words as they are.
 */
static __always_inline void store_rows(struct stream_row *rows, unsigned int step, const u32 *z,
				       bool words)
{
	u8 *octets = rows->octets + step * STREAM_STEP;
	unsigned int i, part;
	vec x[LANES];

#pragma GCC unroll 2
	for (part = 0; part < STREAM_STEP_WORDS; part += LANES) {
#pragma GCC unroll 16
		for (i = 0; i < LANES; i++)
			x[i] = load(z + (part + i) * LANES);
		transpose(x);
#pragma GCC unroll 16
		for (i = 0; i < LANES; i++)
			store(octets + i * sizeof(*rows) + part * 4, words ? x[i] : swap(x[i]));
	}
}

#endif /* _PDCP_STREAM_ROWS_H */
