// SPDX-License-Identifier: GPL-2.0
/*
 * NR-U frames, 38.425 5.5.2.  Spare bits are not checked, octets behind the last known field
 * (padding, future extension) are skipped.  Padding is up to the container, see
 * pdcp_gtp_put_gpdu().
 */

#include "pdcp/nru.h"

#include <kunit/visibility.h>
#include <linux/limits.h>
#include <linux/minmax.h>
#include <linux/string.h>

#include "pdcp/count.h"

enum {
	HEAD_LEN = 2,			/* PDU type and flags */
	TYPE_SHIFT = 12,
	SN_LEN = 3,
	SIZE_LEN = 4,			/* buffer size, data rate, delays */
	COUNT_LEN = 1,			/* numbers of items, cause */
};

/* What is left of a frame. */
struct reader {
	const u8 *p;
	size_t len;
};

static bool skip(struct reader *r, size_t len)
{
	if (len > r->len)
		return false;
	r->p += len;
	r->len -= len;
	return true;
}

/* A field of @len octets, at most four; false if the frame ends in it. */
static bool get(struct reader *r, u8 len, u32 *value)
{
	const u8 *p = r->p;

	if (!skip(r, len))
		return false;
	for (*value = 0; p < r->p; p++)
		*value = *value << 8 | *p;
	return true;
}

static bool get_if(struct reader *r, bool present, u8 len, u32 *value)
{
	return !present || get(r, len, value);
}

/* A number of items, at most @max, and the items of @len octets each. */
static bool get_list(struct reader *r, bool present, u8 max, u8 len,
		     const u8 **items, u8 *num)
{
	u32 value;

	if (!present)
		return true;
	if (!get(r, COUNT_LEN, &value) || value > max)
		return false;
	*num = value;
	*items = r->p;
	return skip(r, value * len);
}

static bool get_head(struct reader *r, enum pdcp_nru_type type, u32 *flags)
{
	return get(r, HEAD_LEN, flags) && *flags >> TYPE_SHIFT == type;
}

/**
 * pdcp_nru_parse_data - read DL USER DATA, 38.425 5.5.2.1
 * @p: content of the NR RAN Container, which @data refers to afterwards
 * @len: octets of @p
 * @data: result; members that the flags do not announce are 0
 *
 * Return: 0, or -EINVAL for a frame of another type, one that ends early, or one with more
 * blocks than there can be.
 */
int pdcp_nru_parse_data(const u8 *p, size_t len, struct pdcp_nru_data *data)
{
	struct reader r = { p, len };
	u32 flags;

	*data = (struct pdcp_nru_data){};
	if (!get_head(&r, PDCP_NRU_DATA, &flags))
		return -EINVAL;
	data->flags = flags & PDCP_NRU_DATA_FLAGS;

	if (!get(&r, SN_LEN, &data->sn) ||
	    !get_if(&r, flags & PDCP_NRU_DATA_FLUSH, SN_LEN, &data->flush_sn) ||
	    !get_list(&r, flags & PDCP_NRU_DATA_BLOCKS, PDCP_NRU_BLOCKS_MAX,
		      PDCP_NRU_BLOCK_LEN, &data->blocks, &data->num_blocks) ||
	    !get_if(&r, flags & PDCP_NRU_DATA_REPORT, SN_LEN, &data->report_sn))
		return -EINVAL;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_nru_parse_data);

/**
 * pdcp_nru_parse_status - read DL DATA DELIVERY STATUS, 38.425 5.5.2.2
 * @p: content of the NR RAN Container, which @status refers to afterwards
 * @len: octets of @p
 * @status: result; members that the flags do not announce are 0
 *
 * A lost packet report may be empty, although its number of ranges starts at 1.
 *
 * Return: 0, or -EINVAL for a frame of another type, one that ends early, or one with more
 * lost ranges than there can be.
 */
int pdcp_nru_parse_status(const u8 *p, size_t len,
			  struct pdcp_nru_status *status)
{
	struct reader r = { p, len };
	u32 cause = 0;
	u32 flags;

	*status = (struct pdcp_nru_status){};
	if (!get_head(&r, PDCP_NRU_STATUS, &flags))
		return -EINVAL;
	status->flags = flags & PDCP_NRU_STATUS_FLAGS;

	if (!get(&r, SIZE_LEN, &status->buffer_size) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_DATA_RATE, SIZE_LEN, &status->data_rate) ||
	    !get_list(&r, flags & PDCP_NRU_STATUS_LOST, PDCP_NRU_LOST_MAX,
		      PDCP_NRU_RANGE_LEN, &status->lost, &status->num_lost) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_DELIVERED, SN_LEN, &status->delivered) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_TX, SN_LEN, &status->tx) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_CAUSE, COUNT_LEN, &cause) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_DELIVERED_RETX, SN_LEN,
		    &status->delivered_retx) ||
	    !get_if(&r, flags & PDCP_NRU_STATUS_RETX, SN_LEN, &status->retx) ||
	    !get_list(&r, flags & PDCP_NRU_STATUS_RANGES, U8_MAX,
		      PDCP_NRU_RANGE_LEN, &status->ranges, &status->num_ranges))
		return -EINVAL;
	status->cause = cause;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_nru_parse_status);

/* A frame being written; @len goes on beyond @size, where nothing is written. */
struct writer {
	u8 *p;
	size_t size;
	size_t len;
};

static struct writer begin(u8 *p, size_t size, enum pdcp_nru_type type, u16 flags)
{
	struct writer w = { p, min_t(size_t, size, PDCP_NRU_MAX), HEAD_LEN };

	if (w.size >= HEAD_LEN)
		put_unaligned_be16(type << TYPE_SHIFT | flags, p);
	return w;
}

/* The low @len octets of @value. */
static void put(struct writer *w, u8 len, u32 value)
{
	size_t i;

	w->len += len;
	if (w->len > w->size)
		return;
	for (i = 1; i <= len; i++, value >>= 8)
		w->p[w->len - i] = value;
}

static void put_if(struct writer *w, bool present, u8 len, u32 value)
{
	if (present)
		put(w, len, value);
}

static void put_list(struct writer *w, bool present, u8 len, const u8 *items, u8 num)
{
	if (!present)
		return;
	put(w, COUNT_LEN, num);
	w->len += num * len;
	if (w->len <= w->size)
		memcpy(w->p + w->len - num * len, items, num * len);
}

static int end(const struct writer *w)
{
	return w->len > w->size ? -EMSGSIZE : w->len;
}

/**
 * pdcp_nru_put_data - write DL USER DATA, 38.425 5.5.2.1
 * @p: room for the frame
 * @size: octets of @p
 * @data: what to write; of the SNs the low 24 bits count
 *
 * Return: octets written, without padding; -EMSGSIZE if they exceed @size or PDCP_NRU_MAX;
 * -EINVAL if there are more than PDCP_NRU_BLOCKS_MAX blocks.
 */
int pdcp_nru_put_data(u8 *p, size_t size, const struct pdcp_nru_data *data)
{
	u16 flags = data->flags & PDCP_NRU_DATA_FLAGS;
	struct writer w = begin(p, size, PDCP_NRU_DATA, flags);

	if (flags & PDCP_NRU_DATA_BLOCKS && data->num_blocks > PDCP_NRU_BLOCKS_MAX)
		return -EINVAL;

	put(&w, SN_LEN, data->sn);
	put_if(&w, flags & PDCP_NRU_DATA_FLUSH, SN_LEN, data->flush_sn);
	put_list(&w, flags & PDCP_NRU_DATA_BLOCKS, PDCP_NRU_BLOCK_LEN,
		 data->blocks, data->num_blocks);
	put_if(&w, flags & PDCP_NRU_DATA_REPORT, SN_LEN, data->report_sn);
	return end(&w);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_nru_put_data);

/**
 * pdcp_nru_put_status - write DL DATA DELIVERY STATUS, 38.425 5.5.2.2
 * @p: room for the frame
 * @size: octets of @p
 * @status: what to write; of the SNs the low 24 bits count
 *
 * Return: octets written, without padding; -EMSGSIZE if they exceed @size or PDCP_NRU_MAX;
 * -EINVAL for a lost packet report of no or more than PDCP_NRU_LOST_MAX ranges.
 */
int pdcp_nru_put_status(u8 *p, size_t size,
			const struct pdcp_nru_status *status)
{
	u16 flags = status->flags & PDCP_NRU_STATUS_FLAGS;
	struct writer w = begin(p, size, PDCP_NRU_STATUS, flags);

	if (flags & PDCP_NRU_STATUS_LOST &&
	    (!status->num_lost || status->num_lost > PDCP_NRU_LOST_MAX))
		return -EINVAL;

	put(&w, SIZE_LEN, status->buffer_size);
	put_if(&w, flags & PDCP_NRU_STATUS_DATA_RATE, SIZE_LEN, status->data_rate);
	put_list(&w, flags & PDCP_NRU_STATUS_LOST, PDCP_NRU_RANGE_LEN,
		 status->lost, status->num_lost);
	put_if(&w, flags & PDCP_NRU_STATUS_DELIVERED, SN_LEN, status->delivered);
	put_if(&w, flags & PDCP_NRU_STATUS_TX, SN_LEN, status->tx);
	put_if(&w, flags & PDCP_NRU_STATUS_CAUSE, COUNT_LEN, status->cause);
	put_if(&w, flags & PDCP_NRU_STATUS_DELIVERED_RETX, SN_LEN, status->delivered_retx);
	put_if(&w, flags & PDCP_NRU_STATUS_RETX, SN_LEN, status->retx);
	put_list(&w, flags & PDCP_NRU_STATUS_RANGES, PDCP_NRU_RANGE_LEN,
		 status->ranges, status->num_ranges);
	return end(&w);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_nru_put_status);

/**
 * pdcp_nru_sn_to_count - COUNT of a PDCP SN that a status names
 * @sn: 24-bit field of the frame
 * @sn_bits: SN length of the bearer, 12 or 18
 * @tx_next: TX_NEXT
 * @count: result: the greatest COUNT below @tx_next with this SN
 *
 * A status is not authenticated, so an SN that cannot have been sent lately is possible.
 *
 * Return: whether there is such a COUNT within the transmit window, which reaches half the
 * SN space below @tx_next; @count is written only if so.
 */
bool pdcp_nru_sn_to_count(u32 sn, u8 sn_bits, u32 tx_next, u32 *count)
{
	u32 back = pdcp_count_sn(tx_next - sn - 1, sn_bits) + 1;

	if (sn >> sn_bits || back > tx_next || back > pdcp_count_window(sn_bits))
		return false;
	*count = tx_next - back;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_nru_sn_to_count);
