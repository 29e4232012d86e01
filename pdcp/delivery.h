/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_DELIVERY_H
#define _PDCP_DELIVERY_H

#include <linux/atomic.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include "pdcp/loss.h"

struct pdcp_entity;
struct pdcp_leg;

enum pdcp_delivery_limits {
	/* Octets of a USER DATA frame as we send it. */
	PDCP_DELIVERY_DATA = 5,
	/* A status is asked for with every so many PDUs, or after so many ms without one. */
	PDCP_DELIVERY_PDUS = 32,
	PDCP_DELIVERY_INTERVAL = 10,
	/* ms that a late frame has before it is reported lost */
	PDCP_DELIVERY_WAIT = 50,
	/* Desired buffer size that we report, octets: a window of 18 bits of full SDUs. */
	PDCP_DELIVERY_BUFFER = 131072 * 9000,
};

/**
 * struct pdcp_delivery - delivery status of a leg (38.425)
 * @sn: NR-U SN of the next frame
 * @unasked: PDUs sent since a status was last asked for
 * @asked: when that was, in jiffies
 * @lock: all from @loss to @reporting
 * @loss: frames that the peer sent and that did not come
 * @report: COUNT whose delivery the peer wants to know of, while @reporting
 * @reporting: it has not been delivered in sequence yet
 * @asks: statuses asked for
 * @sent: statuses sent
 * @received: statuses received
 * @lost: frames that the peer reported lost
 */
struct pdcp_delivery {
	atomic_t sn;
	atomic_t unasked;
	unsigned long asked;
	spinlock_t lock;		/* what the peer wants to know */
	struct pdcp_loss loss;
	u32 report;
	bool reporting;
	atomic64_t asks;
	atomic64_t sent;
	atomic64_t received;
	atomic64_t lost;
};

struct pdcp_delivery *pdcp_delivery_create(bool loss);
int pdcp_delivery_put(struct pdcp_delivery *d, u8 *frame, bool ask);
void pdcp_delivery_flush(struct pdcp_entity *e, u32 end);
void pdcp_delivery_discard(struct pdcp_leg *leg, u32 first, u32 end);
bool pdcp_delivery_receive(struct pdcp_leg *leg, const u8 *frame, size_t len);
bool pdcp_delivery_reached(struct pdcp_leg *leg);
void pdcp_delivery_answer(struct pdcp_leg *leg);

#endif /* _PDCP_DELIVERY_H */
