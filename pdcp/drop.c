// SPDX-License-Identifier: GPL-2.0
/* Each packet that is dropped is counted and traced once, under one reason. */
#include "pdcp/drop.h"

#include <linux/minmax.h>
#include <linux/skbuff.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/trace.h"
#include "pdcp/ue.h"

static u32 packets(const struct sk_buff *skb)
{
	return skb && skb_is_gso(skb) ? max_t(u32, skb_shinfo(skb)->gso_segs, 1) : 1;
}

static void count(struct pdcp_device *pdcp, struct pdcp_entity *e, const struct sk_buff *skb,
		  enum pdcp_drop_reason reason)
{
	u32 n = packets(skb);

	atomic64_add(n, e ? &e->drops[reason] : &pdcp->drops[reason]);
	atomic64_add(n, &pdcp->all_drops[reason]);
	trace_pdcp_drop(pdcp, e, reason, n, skb ? skb->len : 0);
}

/**
 * pdcp_device_drop - drop a packet that belongs to no entity
 * @pdcp: device
 * @skb: packet
 * @reason: counted and traced
 *
 * Any context.
 */
void pdcp_device_drop(struct pdcp_device *pdcp, struct sk_buff *skb,
		      enum pdcp_drop_reason reason)
{
	count(pdcp, NULL, skb, reason);
	kfree_skb(skb);
}

/**
 * pdcp_device_purge - drop all packets of a list
 * @pdcp: device
 * @list: list, which has its lock
 * @reason: counted and traced
 *
 * Any context.
 */
void pdcp_device_purge(struct pdcp_device *pdcp, struct sk_buff_head *list,
		       enum pdcp_drop_reason reason)
{
	struct sk_buff *skb;

	while ((skb = skb_dequeue(list)))
		pdcp_device_drop(pdcp, skb, reason);
}

/**
 * pdcp_entity_drop - drop a packet of an entity
 * @e: entity
 * @skb: packet, NULL for one that is gone already
 * @reason: counted and traced
 *
 * Any context.
 */
void pdcp_entity_drop(struct pdcp_entity *e, struct sk_buff *skb,
		      enum pdcp_drop_reason reason)
{
	count(e->ue->pdcp, e, skb, reason);
	kfree_skb(skb);
}

/**
 * pdcp_entity_purge - drop all packets of a list that nobody else sees
 * @e: entity
 * @list: list
 * @reason: counted and traced
 *
 * Any context.
 */
void pdcp_entity_purge(struct pdcp_entity *e, struct sk_buff_head *list,
		       enum pdcp_drop_reason reason)
{
	struct sk_buff *skb;

	while ((skb = __skb_dequeue(list)))
		pdcp_entity_drop(e, skb, reason);
}

/**
 * pdcp_drop_received - tell the two directions of drops apart
 * @reason: any
 *
 * Return: true if the packet came from a peer, false if it was to be sent there.
 */
bool pdcp_drop_received(enum pdcp_drop_reason reason)
{
	return reason >= PDCP_DROP_REASON_RX_REMOTE ||
	       (reason >= PDCP_DROP_REASON_DEVICE_NOMEM &&
		reason <= PDCP_DROP_REASON_DEVICE_DOWN);
}
