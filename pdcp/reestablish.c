// SPDX-License-Identifier: GPL-2.0
/* Re-establishment, data recovery, suspension and resumption of bearers (38.323 5.1, 5.5). */
#include "pdcp/reestablish.h"

#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/keep.h"
#include "pdcp/plan.h"
#include "pdcp/refusal.h"
#include "pdcp/ue.h"

static int expect_no_handover(const struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	if (ue->handover.state == PDCP_HANDOVER_STATE_NONE)
		return 0;
	NL_SET_ERR_MSG(extack, "state: a handover is going on");
	return -EBUSY;
}

static int plan_reestablish(struct pdcp_plan *plan, const struct pdcp_target *t,
			    struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e = pdcp_plan_bearer(plan, t, extack);

	if (IS_ERR(e))
		return PTR_ERR(e);
	if (pdcp_entity_source(e)->sec == plan->sec) {
		pdcp_refusal_unchanged(e);
		NL_SET_ERR_MSG_FMT(extack,
				   "target-set: %s %u cannot be re-established under its old key",
				   pdcp_bearer_type_name(t->type), t->id);
		return -EKEYREJECTED;
	}
	return pdcp_plan_leg(plan, e, t, !pdcp_keeps(e), extack);
}

/**
 * pdcp_reestablish - re-establish bearers on other legs and keys (38.323 5.1.2)
 * @ue: UE without a handover
 * @set: another security set, installed
 * @targets: bearers and their new legs; the action is not looked at
 * @n: how many
 * @extack: why not
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOENT, -EEXIST, -ENOMEM, or -EKEYREJECTED for the set that a
 * bearer has already.
 */
int pdcp_reestablish(struct pdcp_ue *ue, u8 set, const struct pdcp_target *targets,
		     unsigned int n, struct netlink_ext_ack *extack)
{
	struct pdcp_plan *plan;
	unsigned int i;
	int err;

	err = expect_no_handover(ue, extack);
	if (err)
		return err;
	plan = pdcp_plan_create_for(ue, set, n, extack);
	if (IS_ERR(plan))
		return PTR_ERR(plan);
	for (i = 0; i < n && !err; i++)
		err = plan_reestablish(plan, &targets[i], extack);
	if (err) {
		pdcp_plan_abandon(plan);
		return err;
	}
	for (i = 0; i < plan->n; i++) {
		struct pdcp_move *m = &plan->move[i];

		pdcp_entity_reestablish(m->e, m->leg);
		if (m->e->tx.paused & PDCP_PAUSED_FAILED)
			pdcp_entity_resume(m->e, PDCP_PAUSED_FAILED);
	}
	kfree(plan);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_reestablish);

static int plan_recover(struct pdcp_plan *plan, const struct pdcp_target *t,
			struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e = pdcp_plan_bearer(plan, t, extack);

	if (IS_ERR(e))
		return PTR_ERR(e);
	if (!pdcp_keeps(e)) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is no AM DRB",
				   pdcp_bearer_type_name(t->type), t->id);
		return -EINVAL;
	}
	if (e->tx.paused) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: drb %u is paused", t->id);
		return -EBUSY;
	}
	if (t->has_leg)
		return pdcp_plan_leg(plan, e, t, false, extack);
	pdcp_plan_stay(plan, e);
	return 0;
}

/**
 * pdcp_recover - data recovery of AM DRBs, under the same key (38.323 5.5)
 * @ue: UE without a handover
 * @targets: bearers, with their new legs where they get one
 * @n: how many
 * @extack: why not
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOENT, -EEXIST or -ENOMEM.
 */
int pdcp_recover(struct pdcp_ue *ue, const struct pdcp_target *targets, unsigned int n,
		 struct netlink_ext_ack *extack)
{
	struct pdcp_plan *plan;
	unsigned int i;
	int err;

	err = expect_no_handover(ue, extack);
	if (err)
		return err;
	plan = pdcp_plan_create(ue, n);
	if (IS_ERR(plan))
		return PTR_ERR(plan);
	for (i = 0; i < n && !err; i++)
		err = plan_recover(plan, &targets[i], extack);
	if (err) {
		pdcp_plan_abandon(plan);
		return err;
	}
	for (i = 0; i < plan->n; i++) {
		struct pdcp_move *m = &plan->move[i];

		if (m->leg)
			pdcp_entity_reestablish(m->e, m->leg);
		else
			pdcp_entity_recover(m->e);
	}
	kfree(plan);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_recover);

static bool suspended(const struct pdcp_entity *e)
{
	return e->tx.paused & PDCP_PAUSED_SUSPENDED;
}

/* The COUNTs of a stopped bearer are final. */
static int check_suspend(const struct pdcp_entity *e, struct netlink_ext_ack *extack)
{
	if (!(e->tx.paused & PDCP_PAUSED_STOPPED))
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "%s %u is stopped",
			   pdcp_bearer_type_name(e->config.type), e->config.id);
	return -EBUSY;
}

/**
 * pdcp_suspend - suspend bearers (38.323 5.1.4)
 * @ue: UE without a handover
 * @only: one bearer, or NULL for all
 * @extack: why not
 *
 * A bearer that is suspended already stays so.
 *
 * Return: 0, or -EBUSY during a handover or for a bearer that is stopped.
 */
int pdcp_suspend(struct pdcp_ue *ue, struct pdcp_entity *only,
		 struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e;
	unsigned int i;
	int err;

	err = expect_no_handover(ue, extack);
	for (i = 0; i < PDCP_UE_BEARERS && !err; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e && (!only || e == only))
			err = check_suspend(e, extack);
	}
	if (err)
		return err;
	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e && (!only || e == only) && !suspended(e))
			pdcp_entity_suspend(e);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_suspend);

static int check_resume(const struct pdcp_entity *e, struct netlink_ext_ack *extack)
{
	if (!suspended(e) || !e->stale_key)
		return 0;
	pdcp_refusal_unchanged(e);
	NL_SET_ERR_MSG_FMT(extack, "%s %u begins at COUNT 0: re-establish it under another key",
			   pdcp_bearer_type_name(e->config.type), e->config.id);
	return -EKEYREJECTED;
}

/**
 * pdcp_resume - resume bearers
 * @ue: UE
 * @only: one bearer, or NULL for all that are suspended
 * @extack: why not
 *
 * Return: 0, or -EKEYREJECTED for a bearer that still has the key it was suspended with.
 */
int pdcp_resume(struct pdcp_ue *ue, struct pdcp_entity *only,
		struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e;
	unsigned int i;
	int err = 0;

	for (i = 0; i < PDCP_UE_BEARERS && !err; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e && (!only || e == only))
			err = check_resume(e, extack);
	}
	if (err)
		return err;
	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e && (!only || e == only) && suspended(e))
			pdcp_entity_resume(e, PDCP_PAUSED_SUSPENDED);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_resume);
