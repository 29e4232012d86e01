/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_PLAN_H
#define _PDCP_PLAN_H

#include <linux/bitmap.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/leg.h"
#include "pdcp/ue.h"

struct netlink_ext_ack;
struct pdcp_entity;
struct pdcp_security;

/**
 * struct pdcp_target - a bearer that moves
 * @type: SRB or DRB
 * @id: RB identity
 * @action: part in the handover
 * @has_leg: @leg is given, which only data recovery does without
 * @leg: where it moves to
 */
struct pdcp_target {
	enum pdcp_bearer_type type;
	u8 id;
	enum pdcp_action action;
	bool has_leg;
	struct pdcp_leg_config leg;
};

/**
 * struct pdcp_move - what is planned for one bearer
 * @e: its entity
 * @target: SRB in a DAPS handover, its second entity
 * @leg: leg under the target's set
 * @action: part in the handover
 */
struct pdcp_move {
	struct pdcp_entity *e;
	struct pdcp_entity *target;
	struct pdcp_leg *leg;
	enum pdcp_action action;
};

/**
 * struct pdcp_plan - what is planned for the bearers of a UE
 * @ue: UE
 * @sec: set of the new legs; NULL if each bearer stays with its own
 * @n: how many bearers
 * @seen: bearers that were named
 * @move: one each
 */
struct pdcp_plan {
	struct pdcp_ue *ue;
	struct pdcp_security *sec;
	unsigned int n;
	DECLARE_BITMAP(seen, PDCP_UE_BEARERS);
	struct pdcp_move move[];
};

struct pdcp_plan *pdcp_plan_create(struct pdcp_ue *ue, unsigned int n);
struct pdcp_plan *pdcp_plan_create_for(struct pdcp_ue *ue, u8 set, unsigned int n,
				       struct netlink_ext_ack *extack);
void pdcp_plan_abandon(struct pdcp_plan *plan);
struct pdcp_entity *pdcp_plan_bearer(struct pdcp_plan *plan, const struct pdcp_target *t,
				     struct netlink_ext_ack *extack);
int pdcp_plan_leg(struct pdcp_plan *plan, struct pdcp_entity *e,
		  const struct pdcp_target *t, bool restart,
		  struct netlink_ext_ack *extack);
void pdcp_plan_stay(struct pdcp_plan *plan, struct pdcp_entity *e);
int pdcp_plan_srb(struct pdcp_plan *plan, struct pdcp_entity *e,
		  const struct pdcp_target *t, struct netlink_ext_ack *extack);

#endif /* _PDCP_PLAN_H */
