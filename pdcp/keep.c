// SPDX-License-Identifier: GPL-2.0
/*
 * SDUs of an AM DRB that were sent and whose delivery is not confirmed (38.323 5.1.2, 5.13).
 * They stay as they came, in clear, since another leg protects them anew.  The list is in
 * ascending COUNT; each member carries its COUNT in struct pdcp_tx_cb.
 */
#include "pdcp/keep.h"

#include <kunit/visibility.h>
#include <linux/errno.h>
#include <linux/skbuff.h>

#include "pdcp/count.h"
#include "pdcp/delivery.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/nru.h"
#include "pdcp/status.h"
#include "pdcp/tx.h"

/**
 * pdcp_keeps - whether an entity keeps the SDUs that it has numbered
 * @e: entity
 *
 * Return: true for an AM DRB; an SRB discards them when it is re-established.
 */
bool pdcp_keeps(const struct pdcp_entity *e)
{
	return e->config.type == PDCP_BEARER_TYPE_DRB &&
	       e->config.mode == PDCP_MODE_AM;
}

static void forget(struct pdcp_entity *e, struct sk_buff *sdu)
{
	__skb_unlink(sdu, &e->tx.kept);
	e->tx.kept_bytes -= sdu->len;
	consume_skb(sdu);
}

/**
 * pdcp_keep_evict - forget the oldest SDU, which can then not be sent again
 * @e: entity that has one; its tx.lock is held
 */
void pdcp_keep_evict(struct pdcp_entity *e)
{
	e->tx.evicted++;
	forget(e, skb_peek(&e->tx.kept));
}

/**
 * pdcp_keep_full - whether TX_NEXT has to wait for the oldest SDU
 * @e: entity; its tx.lock is held
 *
 * Return: true if no more can be kept, or half the SN space is outstanding, however little of it is
 * unconfirmed (38.323 5.2.1).
 */
bool pdcp_keep_full(const struct pdcp_entity *e)
{
	const struct sk_buff *oldest = skb_peek(&e->tx.kept);
	u32 window = pdcp_count_window(pdcp_entity_tx_sn_bits(e));

	return oldest && (skb_queue_len(&e->tx.kept) >= e->config.kept_limit ||
			  e->tx.next - pdcp_tx_cb(oldest)->count >= window);
}

/**
 * pdcp_keep_first - lowest COUNT that may not have arrived yet
 * @e: entity; its tx.lock is held
 *
 * Return: the COUNT, 0 if the entity keeps nothing.
 */
u32 pdcp_keep_first(const struct pdcp_entity *e)
{
	const struct sk_buff *oldest = skb_peek(&e->tx.kept);

	if (!pdcp_keeps(e))
		return 0;
	return oldest ? pdcp_tx_cb(oldest)->count : e->tx.next;
}

/**
 * pdcp_keep_add - keep the SDU that has TX_NEXT
 * @e: entity; its tx.lock is held
 * @sdu: SDU; a reference is taken
 */
void pdcp_keep_add(struct pdcp_entity *e, struct sk_buff *sdu)
{
	while (pdcp_keep_full(e))
		pdcp_keep_evict(e);
	__skb_queue_tail(&e->tx.kept, skb_get(sdu));
	e->tx.kept_bytes += sdu->len;
}

/**
 * pdcp_keep_next - walk the kept SDUs in pieces, without the lock between them
 * @e: entity, tx.lock held
 * @last: SDU that the walk came to, on which the caller holds a reference; NULL to begin
 *
 * Return: the SDU of the lowest COUNT above that of @last, or NULL.
 */
struct sk_buff *pdcp_keep_next(struct pdcp_entity *e, struct sk_buff *last)
{
	struct sk_buff *skb;

	if (!last)
		return skb_peek(&e->tx.kept);
	if (last->next)
		return skb_queue_is_last(&e->tx.kept, last) ? NULL : last->next;

	/* It was confirmed in between; so, as a rule, were those below it. */
	skb_queue_walk(&e->tx.kept, skb)
		if (pdcp_tx_cb(skb)->count > pdcp_tx_cb(last)->count)
			return skb;
	return NULL;
}

static void confirm(struct pdcp_entity *e, struct sk_buff *sdu)
{
	e->tx.confirmed++;
	forget(e, sdu);
}

/**
 * pdcp_keep_delivered - a leg has delivered in sequence up to an SN (38.425 5.4.2.1)
 * @leg: the leg, which knows nothing of what was handed to another one, in its slot before or
 *	after it either
 * @sn: PDCP SN; one that was not sent is ignored
 */
void pdcp_keep_delivered(const struct pdcp_leg *leg, u32 sn)
{
	struct pdcp_entity *e = leg->entity;
	struct sk_buff *skb, *tmp;
	u32 count;

	spin_lock_bh(&e->tx.lock);
	if (rcu_access_pointer(e->leg[leg->slot]) != leg ||
	    !pdcp_nru_sn_to_count(sn, pdcp_entity_tx_sn_bits(e), e->tx.next, &count))
		goto out;
	skb_queue_walk_safe(&e->tx.kept, skb, tmp) {
		if (pdcp_tx_cb(skb)->count > count)
			break;
		if (pdcp_tx_cb(skb)->slots & BIT(leg->slot))
			confirm(e, skb);
	}
out:
	spin_unlock_bh(&e->tx.lock);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_keep_delivered);

/**
 * pdcp_keep_confirm - a status report has come (38.323 5.4.2)
 * @e: entity
 * @st: the report
 *
 * It is not integrity-protected: it confirms only what was sent.  What is no longer
 * kept the legs need not send (38.323 5.3).
 *
 * Return: 0, or -ERANGE if its FMC lies beyond TX_NEXT, with nothing done.
 */
int pdcp_keep_confirm(struct pdcp_entity *e, const struct pdcp_status *st)
{
	struct sk_buff *skb, *tmp;
	u32 first, end, last;

	spin_lock_bh(&e->tx.lock);
	first = pdcp_keep_first(e);
	if (st->fmc > e->tx.next) {
		spin_unlock_bh(&e->tx.lock);
		return -ERANGE;
	}
	last = min_t(u64, U32_MAX, st->fmc + 8ULL * st->bitmap_len);
	skb_queue_walk_safe(&e->tx.kept, skb, tmp) {
		if (pdcp_tx_cb(skb)->count > last)
			break;
		if (pdcp_status_confirms(st, pdcp_tx_cb(skb)->count))
			confirm(e, skb);
	}
	end = pdcp_keep_first(e);
	spin_unlock_bh(&e->tx.lock);
	if (end > first)
		pdcp_delivery_flush(e, end);
	return 0;
}
