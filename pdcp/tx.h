/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_TX_H
#define _PDCP_TX_H

#include <linux/skbuff.h>
#include <linux/types.h>

struct netlink_ext_ack;
struct pdcp_entity;

/**
 * struct pdcp_tx_cb - what an SDU carries on its way down, in skb->cb
 * @arrival: when it came, for discardTimer
 * @count: COUNT, once it is numbered
 * @slots: bits of the legs that it was handed to since, by slot
 */
struct pdcp_tx_cb {
	ktime_t arrival;
	u32 count;
	u8 slots;
};

static inline struct pdcp_tx_cb *pdcp_tx_cb(const struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct pdcp_tx_cb) > sizeof(skb->cb));
	return (struct pdcp_tx_cb *)skb->cb;
}

void pdcp_tx_init(struct pdcp_entity *e);
void pdcp_tx_sdus(struct pdcp_entity *e, struct sk_buff_head *sdus);
void pdcp_tx_run(struct pdcp_entity *e);
void pdcp_tx_retransmit(struct pdcp_entity *e, u32 end);
void pdcp_tx_control(struct pdcp_entity *e, struct sk_buff *pdu);
void pdcp_tx_discard(struct pdcp_entity *e);
void pdcp_tx_stop(struct pdcp_entity *e);

/* Under tx.lock. */
void pdcp_tx_reset(struct pdcp_entity *e);
void pdcp_tx_unnumber(struct pdcp_entity *e);
int pdcp_tx_check_next(const struct pdcp_entity *e, u32 next,
		       struct netlink_ext_ack *extack);
void pdcp_tx_set_next(struct pdcp_entity *e, u32 next);

#endif /* _PDCP_TX_H */
