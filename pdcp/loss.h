/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_LOSS_H
#define _PDCP_LOSS_H

#include <linux/types.h>

#include "pdcp/nru.h"

enum pdcp_loss_limits {
	PDCP_LOSS_GAPS = 16,
	/* A step this wide in either direction is a sender that began anew. */
	PDCP_LOSS_STEP_MAX = 1 << 17,
};

/* NR-U SNs that are missing since a time */
struct pdcp_loss_gap {
	struct pdcp_nru_range range;
	u64 since;
};

/**
 * struct pdcp_loss - which NR-U SNs of one tunnel did not arrive, 38.425 5.4.1
 * @wait: how long a missing frame may still come, in the unit of the caller's clock
 * @gaps: the first @num are missing and not reported, oldest first
 * @unreported: gaps forgotten because there were more than PDCP_LOSS_GAPS
 * @next: NR-U SN expected, once @started
 * @num: gaps
 * @enabled: a sender that does not number its frames can be received, too
 * @started: a frame was received
 *
 * No lock, no timer, no allocation: the owner serialises all calls and, when a gap was found,
 * pops at the time of pdcp_loss_due() or whenever it sends a status.
 */
struct pdcp_loss {
	u64 wait;
	struct pdcp_loss_gap gaps[PDCP_LOSS_GAPS];
	u32 unreported;
	u32 next;
	u8 num;
	bool enabled;
	bool started;
};

void pdcp_loss_init(struct pdcp_loss *loss, bool enabled, u64 wait);
bool pdcp_loss_receive(struct pdcp_loss *loss, u32 sn, u64 now);
bool pdcp_loss_due(const struct pdcp_loss *loss, u64 *due);
bool pdcp_loss_pop(struct pdcp_loss *loss, u64 now, struct pdcp_nru_range *range);

#endif /* _PDCP_LOSS_H */
