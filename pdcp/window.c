// SPDX-License-Identifier: GPL-2.0
/*
 * Receive window, duplicate detection and the bookkeeping of t-Reordering, 38.323 5.2.2.
 *
 * A COUNT is held from its arrival until RX_DELIV has passed it: one bit each, and a
 * slot with the item if there is one.  A COUNT without an item was delivered already
 * (out-of-order mode) or has none (declared received by another node).  Bits and slots
 * lie in a tree of fixed depth that covers the largest window as a ring:
 *
 *	map -> 32 pages -> 64 bit words, and 64 chunks of 64 slots
 *
 * Whatever of it becomes empty is freed at once.
 */

#include "pdcp/window.h"

#include <kunit/static_stub.h>
#include <kunit/visibility.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/slab.h>

#include "pdcp/count.h"

enum window_map_dimensions {
	CHUNK_COUNTS = 64,
	PAGE_CHUNKS = 64,
	PAGE_COUNTS = PAGE_CHUNKS * CHUNK_COUNTS,
	MAP_COUNTS = 1 << (PDCP_SN_BITS_LONG - 1),
	MAP_PAGES = MAP_COUNTS / PAGE_COUNTS,
};

struct window_chunk {
	void *item[CHUNK_COUNTS];
};

struct window_page {
	u64 held[PAGE_CHUNKS];
	struct window_chunk *chunk[PAGE_CHUNKS];
};

/* held: COUNTs in each page */
struct pdcp_window_map {
	struct window_page *page[MAP_PAGES];
	u16 held[MAP_PAGES];
};

static u32 page_of(u32 count)
{
	return count / PAGE_COUNTS % MAP_PAGES;
}

static u32 chunk_of(u32 count)
{
	return count / CHUNK_COUNTS % PAGE_CHUNKS;
}

static u32 slot_of(u32 count)
{
	return count % CHUNK_COUNTS;
}

/* The word that has the bit of @count. */
static u64 held_word(const struct pdcp_window *w, u32 count)
{
	const struct window_page *page;

	page = w->map ? w->map->page[page_of(count)] : NULL;
	return page ? page->held[chunk_of(count)] : 0;
}

static bool is_held(const struct pdcp_window *w, u32 count)
{
	return held_word(w, count) >> slot_of(count) & 1;
}

/*
 * First COUNT in [@from, @end) that is held, or with @invert all ones, that is not; @end
 * if there is none.  Looks at one word per CHUNK_COUNTS.
 */
static u32 find(const struct pdcp_window *w, u64 from, u32 end, u64 invert)
{
	while (from < end) {
		u64 word = (held_word(w, from) ^ invert) >> slot_of(from);

		if (word)
			return min_t(u64, from + __ffs64(word), end);
		from += CHUNK_COUNTS - slot_of(from);
	}
	return end;
}

static u32 find_held(const struct pdcp_window *w, u32 from, u32 end)
{
	return find(w, from, end, 0);
}

static u32 find_missing(const struct pdcp_window *w, u32 from, u32 end)
{
	return find(w, from, end, ~0ULL);
}

/**
 * pdcp_window_alloc - allocate a part of a window
 * @size: octets
 *
 * Return: the part, zeroed, or NULL.
 */
VISIBLE_IF_KUNIT void *pdcp_window_alloc(size_t size)
{
	KUNIT_STATIC_STUB_REDIRECT(pdcp_window_alloc, size);

	return kzalloc(size, GFP_ATOMIC | __GFP_NOWARN);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_alloc);

/* Frees what is empty on the path to @count. */
static void trim(struct pdcp_window *w, u32 count)
{
	struct pdcp_window_map *map = w->map;
	struct window_page *page;

	if (!map)
		return;
	page = map->page[page_of(count)];
	if (page && !page->held[chunk_of(count)]) {
		kfree(page->chunk[chunk_of(count)]);
		page->chunk[chunk_of(count)] = NULL;
	}
	if (!map->held[page_of(count)]) {
		kfree(page);
		map->page[page_of(count)] = NULL;
	}
	if (!w->stored) {
		kfree(map);
		w->map = NULL;
	}
}

/* Makes the path to @count; out of order there are no items, which need a chunk. */
static struct window_page *grow(struct pdcp_window *w, u32 count, bool item)
{
	struct window_chunk **chunk;
	struct window_page **page;

	if (!w->map)
		w->map = pdcp_window_alloc(sizeof(*w->map));
	if (!w->map)
		return NULL;

	page = &w->map->page[page_of(count)];
	if (!*page)
		*page = pdcp_window_alloc(sizeof(**page));
	if (!*page)
		goto err_trim;

	chunk = &(*page)->chunk[chunk_of(count)];
	if (!*chunk && item)
		*chunk = pdcp_window_alloc(sizeof(**chunk));
	if (!*chunk && item)
		goto err_trim;
	return *page;

err_trim:
	trim(w, count);
	return NULL;
}

static int hold(struct pdcp_window *w, u32 count, void *item)
{
	struct window_page *page = grow(w, count, item);

	if (!page)
		return -ENOMEM;
	page->held[chunk_of(count)] |= BIT_ULL(slot_of(count));
	if (item)
		page->chunk[chunk_of(count)]->item[slot_of(count)] = item;
	w->map->held[page_of(count)]++;

	if (!w->stored++) {
		w->first = w->rx_deliv;
		w->last = count;
	}
	w->last = max(w->last, count);
	return 0;
}

/* @count is held. */
static void *drop(struct pdcp_window *w, u32 count)
{
	struct window_page *page = w->map->page[page_of(count)];
	struct window_chunk *chunk = page->chunk[chunk_of(count)];
	void *item = NULL;

	if (chunk)
		swap(item, chunk->item[slot_of(count)]);
	page->held[chunk_of(count)] &= ~BIT_ULL(slot_of(count));
	w->map->held[page_of(count)]--;
	w->stored--;
	trim(w, count);
	return item;
}

/* Drops COUNTs below @end in ascending order up to the first that has an item. */
static void *take(struct pdcp_window *w, u32 end, u32 *count)
{
	while (w->stored) {
		u32 next = find_held(w, w->first, end);
		void *item;

		w->first = next;
		if (next >= end)
			break;
		w->first++;
		item = drop(w, next);
		if (item) {
			*count = next;
			return item;
		}
	}
	return NULL;
}

static void start_reordering(struct pdcp_window *w)
{
	w->rx_reord = w->rx_next;
	w->running = true;
	w->starts++;
}

static void update_reordering(struct pdcp_window *w)
{
	if (w->running && w->rx_deliv >= w->rx_reord)
		w->running = false;
	if (!w->running && w->rx_deliv < w->rx_next)
		start_reordering(w);
}

/**
 * pdcp_window_init - empty window, all variables 0, timer stopped
 * @w: window
 * @sn_bits: SN length, 12 or 18
 * @out_of_order: outOfOrderDelivery
 *
 * There is no counterpart: a window that pdcp_window_flush() has emptied owns nothing.
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_window_init(struct pdcp_window *w, u8 sn_bits, bool out_of_order)
{
	if (!pdcp_sn_bits_valid(sn_bits))
		return -EINVAL;
	*w = (struct pdcp_window){
		.sn_bits = sn_bits,
		.out_of_order = out_of_order,
	};
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_init);

/**
 * pdcp_window_set - take over variables: state variables continuation, SN status transfer
 * @w: window that holds nothing
 * @rx_next: RX_NEXT
 * @rx_deliv: RX_DELIV, at most @rx_next and at most Window_Size below it
 *
 * t-Reordering stops; if COUNTs are missing the next PDU starts it, 38.323 5.2.2.1.
 *
 * Return: 0, -EBUSY when something is held, -EINVAL for impossible values.
 */
int pdcp_window_set(struct pdcp_window *w, u32 rx_next, u32 rx_deliv)
{
	if (w->stored)
		return -EBUSY;
	if (rx_deliv > rx_next || rx_next - rx_deliv > pdcp_count_window(w->sn_bits))
		return -EINVAL;
	w->rx_next = rx_next;
	w->rx_deliv = rx_deliv;
	w->running = false;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_set);

/**
 * pdcp_window_insert - a PDU with this COUNT passed its integrity check, 38.323 5.2.2.1
 * @w: window, popped until nothing was left since RX_DELIV last moved
 * @count: COUNT
 * @item: what to deliver
 *
 * Return: see &enum pdcp_window_verdict.
 */
enum pdcp_window_verdict pdcp_window_insert(struct pdcp_window *w, u32 count,
					    void *item)
{
	if (count < w->rx_deliv)
		return PDCP_WINDOW_OLD;
	if (count - w->rx_deliv >= pdcp_count_window(w->sn_bits) ||
	    count > PDCP_COUNT_MAX)
		return PDCP_WINDOW_RANGE;
	/* An item left unpopped must not meet its successor in the ring. */
	if (w->stored && count - w->first >= MAP_COUNTS)
		return PDCP_WINDOW_RANGE;
	if (is_held(w, count))
		return PDCP_WINDOW_DUPLICATE;

	if (count != w->rx_deliv &&
	    hold(w, count, w->out_of_order ? NULL : item))
		return PDCP_WINDOW_NOMEM;

	w->rx_next = max(w->rx_next, count + 1);
	if (count != w->rx_deliv) {
		update_reordering(w);
		return w->out_of_order ? PDCP_WINDOW_DELIVER : PDCP_WINDOW_STORED;
	}
	w->rx_deliv = find_missing(w, count + 1, w->rx_next);
	update_reordering(w);
	return PDCP_WINDOW_DELIVER;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_insert);

/**
 * pdcp_window_pop - next item to deliver
 * @w: window
 * @count: its COUNT
 *
 * Out-of-order delivery pops, too: nothing comes out, but COUNTs that RX_DELIV has passed are
 * forgotten.
 *
 * Return: the stored item of the lowest COUNT below RX_DELIV, which the caller now owns,
 * or NULL.
 */
void *pdcp_window_pop(struct pdcp_window *w, u32 *count)
{
	return take(w, w->rx_deliv, count);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_pop);

/**
 * pdcp_window_expire - t-Reordering expired, 38.323 5.2.2.2
 * @w: window
 *
 * Everything below RX_REORD and the consecutive COUNTs from there become deliverable; the
 * caller pops them.  Does nothing if t-Reordering does not run.
 */
void pdcp_window_expire(struct pdcp_window *w)
{
	if (!w->running)
		return;
	w->rx_deliv = find_missing(w, w->rx_reord, w->rx_next);
	update_reordering(w);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_expire);

/**
 * pdcp_window_reconfigure - t-Reordering has a new value, 38.323 5.2.2.3
 * @w: window
 */
void pdcp_window_reconfigure(struct pdcp_window *w)
{
	if (w->running)
		start_reordering(w);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_reconfigure);

/**
 * pdcp_window_flush - empty the window: suspend, release, re-establishment
 * @w: window
 * @count: COUNT of the returned item
 *
 * To be called until it returns NULL, which also stops t-Reordering and sets RX_NEXT and
 * RX_DELIV to 0 (38.323 5.1.2, 5.1.4); before that only flushes may follow.
 *
 * Return: the next stored item in ascending order of COUNT, which the caller now owns, or
 * NULL.
 */
void *pdcp_window_flush(struct pdcp_window *w, u32 *count)
{
	void *item = take(w, w->rx_next, count);

	if (!item) {
		w->running = false;
		w->rx_next = 0;
		w->rx_deliv = 0;
	}
	return item;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_flush);

/**
 * pdcp_window_bits - which of 64 COUNTs were received
 * @w: window with nothing left to pop
 * @count: first COUNT, at least RX_DELIV
 *
 * Return: bit N, from 0 at the least significant, is 1 if COUNT @count + N was received.
 */
u64 pdcp_window_bits(const struct pdcp_window *w, u32 count)
{
	u32 shift = slot_of(count);
	u64 bits;

	if (count >= w->rx_next)
		return 0;
	bits = held_word(w, count) >> shift;
	if (shift)
		bits |= held_word(w, count + CHUNK_COUNTS - shift) << (CHUNK_COUNTS - shift);
	if (w->rx_next - count < CHUNK_COUNTS)
		bits &= BIT_ULL(w->rx_next - count) - 1;
	return bits;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_window_bits);
