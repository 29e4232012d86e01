/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_WINDOW_H
#define _PDCP_WINDOW_H

#include <linux/kconfig.h>
#include <linux/types.h>

struct pdcp_window_map;

/**
 * struct pdcp_window - receive window and t-Reordering state of 38.323 5.2.2
 * @rx_next: RX_NEXT: highest COUNT received, plus one
 * @rx_deliv: RX_DELIV: first COUNT not delivered and still waited for
 * @rx_reord: RX_REORD: defined while @running
 * @starts: how often t-Reordering was started or restarted; a change tells the owner to
 *	(re)arm its timer
 * @sn_bits: SN length, 12 or 18
 * @running: t-Reordering runs; also with an infinite value, when it never expires
 * @out_of_order: outOfOrderDelivery: items are delivered on arrival, COUNTs remembered
 * @stored: COUNTs held in @map
 * @first: no COUNT below this one is held
 * @last: highest COUNT held, defined while @stored
 * @map: storage, allocated with the first COUNT held, freed with the last
 *
 * The window has no lock and no timer: its owner serialises all calls and arms the timer.
 * Nothing but this structure is allocated while no PDU is missing.  All members but those
 * of storage may be read by the owner; none may be written.
 */
struct pdcp_window {
	u32 rx_next;
	u32 rx_deliv;
	u32 rx_reord;
	u32 starts;
	u8 sn_bits;
	bool running;
	bool out_of_order;
	/* storage */
	u32 stored;
	u32 first;
	u32 last;
	struct pdcp_window_map *map;
};

/**
 * enum pdcp_window_verdict - what became of an item given to pdcp_window_insert()
 * @PDCP_WINDOW_DELIVER: the caller delivers it now, then pops what follows
 * @PDCP_WINDOW_STORED: the window owns it until it is popped
 * @PDCP_WINDOW_OLD: COUNT below RX_DELIV
 * @PDCP_WINDOW_DUPLICATE: COUNT received before
 * @PDCP_WINDOW_RANGE: COUNT not in [RX_DELIV, RX_DELIV + Window_Size), which
 *	pdcp_count_infer() excludes, or above PDCP_COUNT_MAX
 * @PDCP_WINDOW_NOMEM: no memory to remember it
 *
 * With any but the first two the caller still owns the item and nothing has changed.
 */
enum pdcp_window_verdict {
	PDCP_WINDOW_DELIVER,
	PDCP_WINDOW_STORED,
	PDCP_WINDOW_OLD,
	PDCP_WINDOW_DUPLICATE,
	PDCP_WINDOW_RANGE,
	PDCP_WINDOW_NOMEM,
};

int pdcp_window_init(struct pdcp_window *w, u8 sn_bits, bool out_of_order);
int pdcp_window_set(struct pdcp_window *w, u32 rx_next, u32 rx_deliv);
enum pdcp_window_verdict pdcp_window_insert(struct pdcp_window *w, u32 count,
					    void *item);
void *pdcp_window_pop(struct pdcp_window *w, u32 *count);
void pdcp_window_expire(struct pdcp_window *w);
void pdcp_window_reconfigure(struct pdcp_window *w);
void *pdcp_window_flush(struct pdcp_window *w, u32 *count);
u64 pdcp_window_bits(const struct pdcp_window *w, u32 count);

#if IS_ENABLED(CONFIG_KUNIT)
void *pdcp_window_alloc(size_t size);
#endif

#endif /* _PDCP_WINDOW_H */
