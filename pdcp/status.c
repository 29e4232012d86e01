// SPDX-License-Identifier: GPL-2.0
/*
 * First missing COUNT and bitmap: the PDCP status report, 38.323 5.4 and 6.2.3.1, and what is
 * told of a stopped receiver.
 */

#include "pdcp/status.h"

#include <kunit/visibility.h>
#include <linux/bitrev.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/unaligned.h>

#include "pdcp/pdu.h"
#include "pdcp/window.h"

enum status_pdu {
	STATUS_FMC = 1,			/* offset; the PDU type is in octet 0 */
	STATUS_BITMAP = STATUS_FMC + sizeof(u32),
};

/**
 * pdcp_status_bitmap_len - octets of the whole bitmap
 * @w: window with nothing left to pop
 *
 * Return: octets from RX_DELIV + 1 up to the last SDU received out of sequence; 0 if
 * nothing is missing below RX_NEXT.
 */
size_t pdcp_status_bitmap_len(const struct pdcp_window *w)
{
	return w->stored ? DIV_ROUND_UP(w->last - w->rx_deliv, BITS_PER_BYTE) : 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_bitmap_len);

/**
 * pdcp_status_fill - write the bitmap alone
 * @w: window with nothing left to pop
 * @bitmap: buffer, which @st refers to afterwards
 * @size: octets of @bitmap; what exceeds it is cut off
 * @st: result
 */
void pdcp_status_fill(const struct pdcp_window *w, u8 *bitmap, size_t size,
		      struct pdcp_status *st)
{
	size_t len = min(size, pdcp_status_bitmap_len(w));
	u32 count = w->rx_deliv + 1;
	size_t i;

	for (i = 0; i < len; i++, count += BITS_PER_BYTE)
		bitmap[i] = bitrev8(pdcp_window_bits(w, count));

	*st = (struct pdcp_status){
		.fmc = w->rx_deliv,
		.bitmap = bitmap,
		.bitmap_len = len,
	};
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_fill);

/**
 * pdcp_status_size - length of the status report that pdcp_status_compile() would write
 * @w: window of the receiving side
 *
 * Return: octets.
 */
size_t pdcp_status_size(const struct pdcp_window *w)
{
	return min_t(size_t, STATUS_BITMAP + pdcp_status_bitmap_len(w), PDCP_SDU_MAX);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_size);

/**
 * pdcp_status_compile - status report of a receive window, 38.323 5.4.1
 * @w: window with nothing left to pop
 * @buf: room for the PDU; pdcp_status_size() octets hold all of it
 * @size: octets of @buf; a bitmap that exceeds it, or a PDU of 9000 octets, is cut off
 *
 * Return: octets written, or -EMSGSIZE if @size cannot hold the FMC.
 */
int pdcp_status_compile(const struct pdcp_window *w, u8 *buf, size_t size)
{
	struct pdcp_status st;

	if (size < STATUS_BITMAP)
		return -EMSGSIZE;
	size = min_t(size_t, size, PDCP_SDU_MAX);
	pdcp_status_fill(w, buf + STATUS_BITMAP, size - STATUS_BITMAP, &st);
	buf[0] = pdcp_pdu_control_octet(PDCP_CONTROL_STATUS);
	put_unaligned_be32(st.fmc, buf + STATUS_FMC);
	return STATUS_BITMAP + st.bitmap_len;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_compile);

/**
 * pdcp_status_parse - read a received status report, 38.323 5.4.2
 * @pdu: the PDU, which @st refers to afterwards
 * @len: octets of @pdu
 * @st: result
 *
 * A status report is not integrity protected: the caller ignores one whose FMC is beyond
 * its own TX_NEXT.
 *
 * Return: 0, or -EINVAL if @pdu is another PDU or too short.
 */
int pdcp_status_parse(const u8 *pdu, size_t len, struct pdcp_status *st)
{
	if (len < STATUS_BITMAP || pdu[0] & PDCP_PDU_DC ||
	    pdcp_pdu_control_type(pdu) != PDCP_CONTROL_STATUS)
		return -EINVAL;
	*st = (struct pdcp_status){
		.fmc = get_unaligned_be32(pdu + STATUS_FMC),
		.bitmap = pdu + STATUS_BITMAP,
		.bitmap_len = len - STATUS_BITMAP,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_parse);

/**
 * pdcp_status_confirms - whether the peer reports a COUNT as received
 * @st: its report
 * @count: COUNT
 *
 * Return: true if it is below FMC, or its bit is 1.
 */
bool pdcp_status_confirms(const struct pdcp_status *st, u32 count)
{
	u32 bit = count - st->fmc - 1;

	if (count <= st->fmc)
		return count < st->fmc;
	if (bit / BITS_PER_BYTE >= st->bitmap_len)
		return false;
	return st->bitmap[bit / BITS_PER_BYTE] & 0x80 >> bit % BITS_PER_BYTE;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_status_confirms);
