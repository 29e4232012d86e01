// SPDX-License-Identifier: GPL-2.0
/*
 * discardTimer (38.323 5.3).  All SDUs of an entity have the same time to live, so they
 * expire in order of arrival: kept ones first, then those that wait to be numbered.  One
 * timer, set for the oldest, serves them all.  A COUNT is never taken back.
 */
#include "pdcp/discard.h"

#include <kunit/visibility.h>
#include <linux/hrtimer.h>
#include <linux/skbuff.h>

#include "pdcp/delivery.h"
#include "pdcp/entity.h"
#include "pdcp/keep.h"
#include "pdcp/tx.h"

static ktime_t expiry(const struct pdcp_entity *e, const struct sk_buff *sdu)
{
	return ktime_add_us(pdcp_tx_cb(sdu)->arrival, e->config.discard);
}

static struct sk_buff *oldest(struct pdcp_tx *tx)
{
	return skb_peek(&tx->kept) ?: skb_peek(&tx->queue);
}

static void discard_oldest(struct pdcp_entity *e)
{
	if (!skb_queue_empty(&e->tx.kept))
		pdcp_keep_evict(e);
	else
		pdcp_entity_drop(e, __skb_dequeue(&e->tx.queue),
				 PDCP_DROP_REASON_TX_DISCARD);
}

/**
 * pdcp_discard_expire - discard what has come to its end (38.323 5.3)
 * @e: entity
 * @now: monotonic time
 *
 * A bearer that could keep no more goes on.  The legs need not send what has expired.
 *
 * Return: when the next SDU expires, 0 if there is none.
 */
VISIBLE_IF_KUNIT ktime_t pdcp_discard_expire(struct pdcp_entity *e, ktime_t now)
{
	struct sk_buff *sdu;
	ktime_t next = 0;
	u32 first, end;

	spin_lock_bh(&e->tx.lock);
	first = pdcp_keep_first(e);
	while ((sdu = oldest(&e->tx)) && !ktime_after(expiry(e, sdu), now))
		discard_oldest(e);
	if (sdu)
		next = expiry(e, sdu);
	else
		e->tx.discard_armed = false;
	end = pdcp_keep_first(e);
	spin_unlock_bh(&e->tx.lock);
	if (end > first)
		pdcp_delivery_flush(e, end);
	pdcp_tx_run(e);
	return next;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_discard_expire);

static enum hrtimer_restart discard_expired(struct hrtimer *timer)
{
	struct pdcp_entity *e = container_of(timer, struct pdcp_entity,
					     tx.discard_timer);
	ktime_t next = pdcp_discard_expire(e, ktime_get());

	if (!next)
		return HRTIMER_NORESTART;
	hrtimer_set_expires(timer, next);
	return HRTIMER_RESTART;
}

/**
 * pdcp_discard_init - prepare the discardTimer of an entity
 * @e: entity that nobody else knows
 */
void pdcp_discard_init(struct pdcp_entity *e)
{
	hrtimer_init(&e->tx.discard_timer, CLOCK_MONOTONIC,
		     HRTIMER_MODE_ABS_SOFT);
	e->tx.discard_timer.function = discard_expired;
}

/**
 * pdcp_discard_arm - see to it that discardTimer runs while there is an SDU
 * @e: entity; its tx.lock is held
 */
void pdcp_discard_arm(struct pdcp_entity *e)
{
	struct sk_buff *sdu;

	if (e->config.discard == PDCP_INFINITY || e->tx.discard_armed)
		return;
	sdu = oldest(&e->tx);
	if (!sdu)
		return;
	e->tx.discard_armed = true;
	hrtimer_start(&e->tx.discard_timer, expiry(e, sdu),
		      HRTIMER_MODE_ABS_SOFT);
}
