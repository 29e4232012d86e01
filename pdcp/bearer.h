/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_BEARER_H
#define _PDCP_BEARER_H

#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct netlink_ext_ack;
struct pdcp_entity;
struct pdcp_entity_config;
struct pdcp_leg_config;
struct pdcp_ue;

const char *pdcp_bearer_type_name(enum pdcp_bearer_type type);

/* Bearers of a UE; its device is locked. */
int pdcp_bearer_add(struct pdcp_ue *ue, const struct pdcp_entity_config *config,
		    u8 set, u32 hold, bool is_default,
		    const struct pdcp_leg_config *leg,
		    struct netlink_ext_ack *extack);
int pdcp_bearer_del(struct pdcp_ue *ue, struct pdcp_entity *e,
		    struct netlink_ext_ack *extack);

#endif /* _PDCP_BEARER_H */
