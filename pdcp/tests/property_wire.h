/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The network between the two ends of a bearer: PDUs wait in one channel for each sender and leg
 * until the test lets them through.  What the ends submit and deliver is caught as the events
 * that they are.
 */
#ifndef _PDCP_TESTS_PROPERTY_WIRE_H
#define _PDCP_TESTS_PROPERTY_WIRE_H

#include <linux/skbuff.h>

#include "pdcp/event.h"
#include "pdcp/tests/property_model.h"

enum { WIRE_BUCKETS = 128 };

/**
 * struct wire - what is caught, and what is on its way
 * @out: PDUs that left, each with a struct pdcp_event_bearer in its cb
 * @up: SDUs that were delivered, likewise
 * @failures: integrity failures indicated, by end
 * @channel: PDUs on their way, by sender and leg, each with a struct model_pdu in its cb
 * @sent: one copy of each Data PDU that ever left, by COUNT
 */
struct wire {
	struct sk_buff_head out;
	struct sk_buff_head up;
	u64 failures[MODEL_ENDS];
	struct sk_buff_head channel[MODEL_ENDS][MODEL_CHANNELS];
	struct sk_buff_head sent[WIRE_BUCKETS];
};

extern const struct pdcp_event_ops wire_ops;

void wire_init(void);
void wire_purge(void);
struct sk_buff *wire_take(struct sk_buff_head *list, unsigned int i);
const char *wire_send(struct sk_buff *pdu, const struct model_pdu *meant);
const char *wire_accept(const struct model_pdu *pdu);
bool wire_used(u32 key);
struct sk_buff *wire_recorded(u8 from, u32 key, unsigned int i);

extern struct wire wire;

static inline struct sk_buff_head *wire_channel(u8 from, u32 leg)
{
	return &wire.channel[from][leg % MODEL_CHANNELS];
}

static inline struct pdcp_event_bearer *wire_bearer(struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct pdcp_event_bearer) > sizeof(skb->cb));
	return (struct pdcp_event_bearer *)skb->cb;
}

#endif /* _PDCP_TESTS_PROPERTY_WIRE_H */
