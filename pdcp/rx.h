/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_RX_H
#define _PDCP_RX_H

#include <linux/kconfig.h>
#include <linux/skbuff.h>
#include <linux/types.h>

#include "pdcp/event.h"

struct netlink_ext_ack;
struct pdcp_entity;
struct pdcp_leg;

/**
 * struct pdcp_rx_cb - what a PDU or SDU carries on its way up, in skb->cb
 * @bearer: whose it is, and its COUNT
 * @upper: enum pdcp_upper
 * @slot: leg that a held PDU came from
 */
struct pdcp_rx_cb {
	struct pdcp_event_bearer bearer;
	u8 upper;
	u8 slot;
};

static inline struct pdcp_rx_cb *pdcp_rx_cb(const struct sk_buff *skb)
{
	BUILD_BUG_ON(sizeof(struct pdcp_rx_cb) > sizeof(skb->cb));
	return (struct pdcp_rx_cb *)skb->cb;
}

int pdcp_rx_init(struct pdcp_entity *e);
void pdcp_rx_stop(struct pdcp_entity *e);
void pdcp_rx_status_report(struct pdcp_entity *e);

/* Under rx.lock. */
bool pdcp_rx_accepts(const struct pdcp_entity *e, const struct pdcp_leg *leg);
void pdcp_rx_enter(struct pdcp_leg *leg, struct sk_buff *sdu, u32 count, u32 pdu_len);
void pdcp_rx_hand_up(struct pdcp_entity *e);
int pdcp_rx_check_deliv(const struct pdcp_entity *e, u32 deliv,
			struct netlink_ext_ack *extack);
void pdcp_rx_set_deliv(struct pdcp_entity *e, u32 deliv);
void pdcp_rx_forget_leg(struct pdcp_entity *e, u8 slot);
void pdcp_rx_reset(struct pdcp_entity *e);
void pdcp_rx_restart(struct pdcp_entity *e);
void pdcp_rx_hand_over(struct pdcp_entity *e);
void pdcp_rx_set_t_reordering(struct pdcp_entity *e, u32 ms);
void pdcp_rx_resume(struct pdcp_entity *e);
void pdcp_rx_continue(struct pdcp_entity *e, u32 rx_next, u32 rx_deliv);

#if IS_ENABLED(CONFIG_KUNIT)
void pdcp_rx_expire(struct pdcp_entity *e, ktime_t now);
#endif

#endif /* _PDCP_RX_H */
