// SPDX-License-Identifier: GPL-2.0
/*
 * What a verb means to do to several bearers of a UE: everything is looked up and allocated
 * here, so that carrying it out is writes that cannot fail.
 */
#include "pdcp/plan.h"

#include <linux/err.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/security.h"

static unsigned int place_of(enum pdcp_bearer_type type, u8 id)
{
	return type == PDCP_BEARER_TYPE_SRB ? id - 1 : PDCP_UE_SRBS + id - 1;
}

/**
 * pdcp_plan_create - begin a plan
 * @ue: UE; its device is locked
 * @n: bearers at the most
 *
 * Return: an empty plan in which each bearer stays with its set, or ERR_PTR.
 */
struct pdcp_plan *pdcp_plan_create(struct pdcp_ue *ue, unsigned int n)
{
	struct pdcp_plan *plan;

	plan = kzalloc(struct_size(plan, move, n), GFP_KERNEL);
	if (!plan)
		return ERR_PTR(-ENOMEM);
	plan->ue = ue;
	return plan;
}

/**
 * pdcp_plan_create_for - begin a plan for legs under a security set
 * @ue: UE; its device is locked
 * @set: the set
 * @n: bearers at the most
 * @extack: why not
 *
 * Return: an empty plan, or ERR_PTR: -ENOENT for a set that is not installed, -ENOMEM.
 */
struct pdcp_plan *pdcp_plan_create_for(struct pdcp_ue *ue, u8 set, unsigned int n,
				       struct netlink_ext_ack *extack)
{
	struct pdcp_security *sec = pdcp_ue_security(ue, set);
	struct pdcp_plan *plan;

	if (!sec) {
		NL_SET_ERR_MSG_FMT(extack, "target-set: %u is not installed", set);
		return ERR_PTR(-ENOENT);
	}
	plan = pdcp_plan_create(ue, n);
	if (!IS_ERR(plan))
		plan->sec = sec;
	return plan;
}

/**
 * pdcp_plan_abandon - give up a plan with all that was made for it
 * @plan: freed
 */
void pdcp_plan_abandon(struct pdcp_plan *plan)
{
	while (plan->n--) {
		struct pdcp_move *m = &plan->move[plan->n];

		pdcp_leg_destroy(m->leg);
		if (m->target)
			pdcp_entity_destroy(m->target);
	}
	kfree(plan);
}

/**
 * pdcp_plan_bearer - the bearer that a target names
 * @plan: plan
 * @t: target
 * @extack: why not
 *
 * Return: its entity, or ERR_PTR: -ENOENT, -EBUSY if it is stopped, or -EINVAL if it is named
 * twice or cannot have the plan's set.
 */
struct pdcp_entity *pdcp_plan_bearer(struct pdcp_plan *plan, const struct pdcp_target *t,
				     struct netlink_ext_ack *extack)
{
	struct pdcp_entity __rcu **place;
	struct pdcp_entity *e;

	place = pdcp_ue_bearer(plan->ue, t->type, t->id, PDCP_LEG_ROLE_SOURCE);
	e = place ? pdcp_dereference(*place, plan->ue->pdcp) : NULL;
	if (!e) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u does not exist",
				   pdcp_bearer_type_name(t->type), t->id);
		return ERR_PTR(-ENOENT);
	}
	if (e->tx.paused & PDCP_PAUSED_STOPPED) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is stopped",
				   pdcp_bearer_type_name(t->type), t->id);
		return ERR_PTR(-EBUSY);
	}
	if (__test_and_set_bit(place_of(t->type, t->id), plan->seen)) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is named twice",
				   pdcp_bearer_type_name(t->type), t->id);
		return ERR_PTR(-EINVAL);
	}
	if (t->type == PDCP_BEARER_TYPE_DRB && e->config.integrity &&
	    plan->sec && !plan->sec->nia && !plan->ue->config.test_mode) {
		NL_SET_ERR_MSG_FMT(extack, "target-set: NIA0 never protects a DRB, as drb %u is",
				   t->id);
		return ERR_PTR(-EINVAL);
	}
	return e;
}

static void add(struct pdcp_plan *plan, struct pdcp_entity *e, struct pdcp_entity *target,
		struct pdcp_leg *leg, enum pdcp_action action)
{
	plan->move[plan->n++] = (struct pdcp_move){
		.e = e,
		.target = target,
		.leg = leg,
		.action = action,
	};
}

/**
 * pdcp_plan_leg - plan a leg for a bearer that stays one entity
 * @plan: plan
 * @e: entity
 * @t: target with the leg, which goes to the slot that the source leg is not in
 * @restart: COUNTs will begin at 0 on it
 * @extack: why not
 *
 * Return: 0, or pdcp_leg_create()'s error.
 */
int pdcp_plan_leg(struct pdcp_plan *plan, struct pdcp_entity *e,
		  const struct pdcp_target *t, bool restart,
		  struct netlink_ext_ack *extack)
{
	struct pdcp_leg *leg;

	leg = pdcp_leg_create(e, !e->source, &t->leg,
			      plan->sec ?: pdcp_entity_source(e)->sec, restart, extack);
	if (IS_ERR(leg))
		return PTR_ERR(leg);
	add(plan, e, NULL, leg, t->action);
	return 0;
}

/**
 * pdcp_plan_stay - plan for a bearer that needs no other leg
 * @plan: plan with room
 * @e: entity
 */
void pdcp_plan_stay(struct pdcp_plan *plan, struct pdcp_entity *e)
{
	add(plan, e, NULL, NULL, 0);
}

/**
 * pdcp_plan_srb - plan a second entity of an SRB (38.331 5.3.5.6.3)
 * @plan: plan
 * @e: entity, whose configuration the second one gets
 * @t: target with the leg
 * @extack: why not
 *
 * Return: 0, -ENOMEM or pdcp_leg_create()'s error.
 */
int pdcp_plan_srb(struct pdcp_plan *plan, struct pdcp_entity *e,
		  const struct pdcp_target *t, struct netlink_ext_ack *extack)
{
	struct pdcp_entity *target;
	struct pdcp_leg *leg;

	target = pdcp_entity_create(plan->ue, &e->config);
	if (IS_ERR(target))
		return PTR_ERR(target);
	if (plan->sec == pdcp_entity_source(e)->sec)
		pdcp_entity_continue(target, e);
	leg = pdcp_leg_create(target, 0, &t->leg, plan->sec, false, extack);
	if (IS_ERR(leg)) {
		pdcp_entity_destroy(target);
		return PTR_ERR(leg);
	}
	target->target = true;
	add(plan, e, target, leg, t->action);
	return 0;
}
