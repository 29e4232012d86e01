/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_KEEP_H
#define _PDCP_KEEP_H

#include <linux/types.h>

struct pdcp_entity;
struct pdcp_leg;
struct pdcp_status;
struct sk_buff;

bool pdcp_keeps(const struct pdcp_entity *e);
bool pdcp_keep_full(const struct pdcp_entity *e);
u32 pdcp_keep_first(const struct pdcp_entity *e);

/* Under tx.lock. */
void pdcp_keep_add(struct pdcp_entity *e, struct sk_buff *sdu);
void pdcp_keep_evict(struct pdcp_entity *e);
struct sk_buff *pdcp_keep_next(struct pdcp_entity *e, struct sk_buff *last);

void pdcp_keep_delivered(const struct pdcp_leg *leg, u32 sn);
int pdcp_keep_confirm(struct pdcp_entity *e, const struct pdcp_status *st);

#endif /* _PDCP_KEEP_H */
