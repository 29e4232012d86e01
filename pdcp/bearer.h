/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_BEARER_H
#define _PDCP_BEARER_H

#include <linux/types.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/entity.h"
#include "pdcp/leg.h"

struct netlink_ext_ack;
struct pdcp_ue;

/**
 * struct pdcp_bearer_config - what a bearer is created with
 * @entity: configuration of its entity
 * @set: security set of the legs
 * @hold: enum pdcp_hold, directions that wait for their COUNT
 * @is_default: take packets whose mark names no DRB
 * @duplicate: send each PDU on both legs
 * @nlegs: 1, or 2 for a split DRB
 * @legs: lower layers; the primary's first
 */
struct pdcp_bearer_config {
	struct pdcp_entity_config entity;
	u8 set;
	u32 hold;
	bool is_default;
	bool duplicate;
	unsigned int nlegs;
	struct pdcp_leg_config legs[2];
};

const char *pdcp_bearer_type_name(enum pdcp_bearer_type type);

/* Bearers of a UE; its device is locked. */
int pdcp_bearer_add(struct pdcp_ue *ue, const struct pdcp_bearer_config *config,
		    struct netlink_ext_ack *extack);
int pdcp_bearer_del(struct pdcp_ue *ue, struct pdcp_entity *e,
		    struct netlink_ext_ack *extack);

#endif /* _PDCP_BEARER_H */
