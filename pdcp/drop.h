/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_DROP_H
#define _PDCP_DROP_H

#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct pdcp_device;
struct pdcp_entity;
struct sk_buff;
struct sk_buff_head;

/* Any context. */
void pdcp_device_drop(struct pdcp_device *pdcp, struct sk_buff *skb,
		      enum pdcp_drop_reason reason);
void pdcp_device_purge(struct pdcp_device *pdcp, struct sk_buff_head *list,
		       enum pdcp_drop_reason reason);
void pdcp_entity_drop(struct pdcp_entity *e, struct sk_buff *skb,
		      enum pdcp_drop_reason reason);
void pdcp_entity_purge(struct pdcp_entity *e, struct sk_buff_head *list,
		       enum pdcp_drop_reason reason);

bool pdcp_drop_received(enum pdcp_drop_reason reason);

#endif /* _PDCP_DROP_H */
