/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_STATUS_H
#define _PDCP_STATUS_H

#include <linux/types.h>

struct pdcp_window;

/**
 * struct pdcp_status - first missing COUNT and bitmap
 * @fmc: COUNT of the first missing SDU
 * @bitmap: bit N, counted from 1 at the most significant bit of the first octet, is 1 if
 *	COUNT @fmc + N was received; COUNTs beyond its end were not
 * @bitmap_len: octets of @bitmap
 *
 * Of a status report (38.323 6.2.3.1), or of a receiver that was asked.  @bitmap points into
 * the buffer that was parsed or filled and lives no longer than that.
 */
struct pdcp_status {
	u32 fmc;
	const u8 *bitmap;
	size_t bitmap_len;
};

size_t pdcp_status_size(const struct pdcp_window *w);
int pdcp_status_compile(const struct pdcp_window *w, u8 *buf, size_t size);
int pdcp_status_parse(const u8 *pdu, size_t len, struct pdcp_status *st);
bool pdcp_status_confirms(const struct pdcp_status *st, u32 count);

size_t pdcp_status_bitmap_len(const struct pdcp_window *w);
void pdcp_status_fill(const struct pdcp_window *w, u8 *bitmap, size_t size,
		      struct pdcp_status *st);

#endif /* _PDCP_STATUS_H */
