/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_RECEIVE_H
#define _PDCP_RECEIVE_H

#include <linux/skbuff.h>

struct pdcp_entity;
struct pdcp_leg;

/**
 * struct pdcp_receive_cb - what a PDU carries to pdcp_receive(), in skb->cb
 * @leg: leg that it came from
 */
struct pdcp_receive_cb {
	struct pdcp_leg *leg;
};

static inline struct pdcp_receive_cb *pdcp_receive_cb(const struct sk_buff *skb)
{
	return (struct pdcp_receive_cb *)skb->cb;
}

void pdcp_receive(struct sk_buff_head *pdus);
void pdcp_receive_one(struct pdcp_leg *leg, struct sk_buff *pdu);
void pdcp_receive_held(struct pdcp_entity *e);
int pdcp_receive_init(void);
void pdcp_receive_exit(void);

#endif /* _PDCP_RECEIVE_H */
