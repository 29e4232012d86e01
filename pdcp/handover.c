// SPDX-License-Identifier: GPL-2.0
/*
 * Verbs that move bearers of a UE.  Each makes a plan, in which everything is looked up and
 * allocated, and then carries it out by writes that cannot fail.
 */
#include "pdcp/handover.h"

#include <kunit/visibility.h>
#include <linux/bitmap.h>
#include <linux/err.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum { BEARERS = PDCP_UE_SRBS + PDCP_UE_DRBS };

/**
 * struct move - what is planned for one bearer
 * @e: its entity
 * @target: SRB in a DAPS handover, its second entity
 * @leg: leg under the target's set
 * @action: part in the handover
 */
struct move {
	struct pdcp_entity *e;
	struct pdcp_entity *target;
	struct pdcp_leg *leg;
	enum pdcp_action action;
};

/**
 * struct plan - what is planned for the bearers of a UE
 * @ue: UE
 * @sec: target's set
 * @n: how many bearers
 * @seen: bearers that were named
 * @move: one each
 */
struct plan {
	struct pdcp_ue *ue;
	struct pdcp_security *sec;
	unsigned int n;
	DECLARE_BITMAP(seen, BEARERS);
	struct move move[];
};

static const char * const state_names[] = {
	[PDCP_HANDOVER_STATE_NONE] = "there is no handover",
	[PDCP_HANDOVER_STATE_PREPARED] = "the handover is prepared and not yet switched",
	[PDCP_HANDOVER_STATE_SWITCHED] = "the handover is switched and waits for its release",
};

static int expect_state(const struct pdcp_ue *ue, enum pdcp_handover_state state,
			struct netlink_ext_ack *extack)
{
	if (ue->handover.state == state)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "state: %s", state_names[ue->handover.state]);
	return ue->handover.state == PDCP_HANDOVER_STATE_NONE ? -EINVAL : -EBUSY;
}

static struct pdcp_leg *source_leg(const struct pdcp_entity *e)
{
	return pdcp_dereference(e->leg[e->source], e->ue->pdcp);
}

/* Entity by its place among the bearers of a UE; NULL if there is none. */
static struct pdcp_entity *entity_at(struct pdcp_ue *ue, unsigned int i)
{
	if (i < PDCP_UE_SRBS)
		return pdcp_dereference(ue->srb[i], ue->pdcp);
	return pdcp_dereference(ue->drb[i - PDCP_UE_SRBS], ue->pdcp);
}

static unsigned int place_of(enum pdcp_bearer_type type, u8 id)
{
	return type == PDCP_BEARER_TYPE_SRB ? id - 1 : PDCP_UE_SRBS + id - 1;
}

static const char *type_name(enum pdcp_bearer_type type)
{
	return type == PDCP_BEARER_TYPE_SRB ? "srb" : "drb";
}

static struct pdcp_entity *name_bearer(struct plan *plan, const struct pdcp_target *t,
				       struct netlink_ext_ack *extack)
{
	struct pdcp_entity __rcu **place;
	struct pdcp_entity *e;

	place = pdcp_ue_bearer(plan->ue, t->type, t->id, PDCP_LEG_ROLE_SOURCE);
	e = place ? pdcp_dereference(*place, plan->ue->pdcp) : NULL;
	if (!e) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u does not exist",
				   type_name(t->type), t->id);
		return ERR_PTR(-ENOENT);
	}
	if (__test_and_set_bit(place_of(t->type, t->id), plan->seen)) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is named twice",
				   type_name(t->type), t->id);
		return ERR_PTR(-EINVAL);
	}
	if (t->type == PDCP_BEARER_TYPE_DRB && e->config.integrity &&
	    !plan->sec->nia && !plan->ue->config.test_mode) {
		NL_SET_ERR_MSG_FMT(extack, "target-set: NIA0 never protects a DRB, as drb %u is",
				   t->id);
		return ERR_PTR(-EINVAL);
	}
	return e;
}

static void abandon(struct plan *plan)
{
	while (plan->n--) {
		struct move *m = &plan->move[plan->n];

		pdcp_leg_destroy(m->leg);
		if (m->target)
			pdcp_entity_destroy(m->target);
	}
	kfree(plan);
}

static struct plan *plan_create(struct pdcp_ue *ue, u8 set, unsigned int n,
				struct netlink_ext_ack *extack)
{
	struct pdcp_security *sec = pdcp_ue_security(ue, set);
	struct plan *plan;

	if (!sec) {
		NL_SET_ERR_MSG_FMT(extack, "target-set: %u is not installed", set);
		return ERR_PTR(-ENOENT);
	}
	plan = kzalloc(struct_size(plan, move, n), GFP_KERNEL);
	if (!plan)
		return ERR_PTR(-ENOMEM);
	plan->ue = ue;
	plan->sec = sec;
	return plan;
}

/* The leg of a bearer that stays one entity goes to the slot that is free. */
static int plan_leg(struct plan *plan, struct pdcp_entity *e,
		    const struct pdcp_target *t, struct netlink_ext_ack *extack)
{
	struct move *m = &plan->move[plan->n];
	struct pdcp_leg *leg;

	leg = pdcp_leg_create(e, !e->source, &t->leg, plan->sec, extack);
	if (IS_ERR(leg))
		return PTR_ERR(leg);
	m->e = e;
	m->leg = leg;
	m->action = t->action;
	plan->n++;
	return 0;
}

/* The second entity of an SRB has the same configuration (38.331 5.3.5.6.3). */
static int plan_srb(struct plan *plan, struct pdcp_entity *e,
		    const struct pdcp_target *t, struct netlink_ext_ack *extack)
{
	struct move *m = &plan->move[plan->n];
	struct pdcp_entity *target;
	struct pdcp_leg *leg;

	target = pdcp_entity_create(plan->ue, &e->config);
	if (IS_ERR(target))
		return PTR_ERR(target);
	leg = pdcp_leg_create(target, 0, &t->leg, plan->sec, extack);
	if (IS_ERR(leg)) {
		pdcp_entity_destroy(target);
		return PTR_ERR(leg);
	}
	target->target = true;
	m->e = e;
	m->target = target;
	m->leg = leg;
	m->action = t->action;
	plan->n++;
	return 0;
}

/* Whether the bearer can take its part; @refresh: the target has keys of its own. */
static int check_action(const struct pdcp_entity *e, const struct pdcp_target *t,
			bool refresh, struct netlink_ext_ack *extack)
{
	bool srb = t->type == PDCP_BEARER_TYPE_SRB;

	switch (t->action) {
	case PDCP_ACTION_DAPS:
		return 0;
	case PDCP_ACTION_REESTABLISH:
		if (!srb && refresh)
			return 0;
		NL_SET_ERR_MSG_FMT(extack,
				   "action: %s %u: reestablish is for a DRB that gets another key",
				   type_name(t->type), t->id);
		return -EINVAL;
	case PDCP_ACTION_RECOVER:
		if (!srb && !refresh && e->config.mode == PDCP_MODE_AM)
			return 0;
		NL_SET_ERR_MSG_FMT(extack,
				   "action: %s %u: recover is for an AM DRB under its old key",
				   type_name(t->type), t->id);
		return -EINVAL;
	}
	return -EINVAL;
}

static int check_source(struct pdcp_security *source, const struct pdcp_entity *e,
			struct netlink_ext_ack *extack)
{
	if (source_leg(e)->sec == source)
		return 0;
	NL_SET_ERR_MSG(extack, "the UE's bearers use two sets; a handover starts from one");
	return -EINVAL;
}

static int check_complete(struct plan *plan, struct netlink_ext_ack *extack)
{
	unsigned int i;

	for (i = 0; i < BEARERS; i++) {
		struct pdcp_entity *e = entity_at(plan->ue, i);

		if (!e || test_bit(i, plan->seen))
			continue;
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is not named; each needs its target leg",
				   type_name(e->config.type), e->config.id);
		return -EINVAL;
	}
	return 0;
}

static struct plan *plan_start(struct pdcp_ue *ue, u8 set,
			       const struct pdcp_target *targets, unsigned int n,
			       struct netlink_ext_ack *extack)
{
	struct plan *plan = plan_create(ue, set, n, extack);
	struct pdcp_security *source = NULL;
	struct pdcp_entity *e;
	unsigned int i;
	int err = 0;

	if (IS_ERR(plan))
		return plan;
	for (i = 0; i < n && !err; i++) {
		const struct pdcp_target *t = &targets[i];

		e = name_bearer(plan, t, extack);
		if (IS_ERR(e)) {
			err = PTR_ERR(e);
			break;
		}
		source = source ?: source_leg(e)->sec;
		err = check_source(source, e, extack) ?:
		      check_action(e, t, source != plan->sec, extack) ?:
		      (pdcp_entity_srb(e) ? plan_srb(plan, e, t, extack) :
					    plan_leg(plan, e, t, extack));
	}
	err = err ?: check_complete(plan, extack);
	if (err) {
		abandon(plan);
		return ERR_PTR(err);
	}
	return plan;
}

static void start_srb(struct pdcp_ue *ue, const struct move *m, bool refresh)
{
	pdcp_entity_pause(m->e, PDCP_PAUSED_HANDOVER);
	if (!refresh)
		pdcp_entity_continue(m->target, m->e);
	pdcp_entity_set_leg(m->target, 0, m->leg);
	rcu_assign_pointer(ue->srb_target[m->e->config.id - 1], m->target);
}

static void start_drb(const struct move *m)
{
	m->e->action = m->action;
	if (m->action == PDCP_ACTION_DAPS) {
		pdcp_entity_set_leg(m->e, m->leg->slot, m->leg);
	} else {
		pdcp_entity_pause(m->e, PDCP_PAUSED_HANDOVER);
		m->e->next_leg = m->leg;
	}
}

static void arm_guard(struct pdcp_ue *ue, u32 t304)
{
	ue->handover.t304 = t304;
	if (t304)
		schedule_delayed_work(&ue->handover.guard, msecs_to_jiffies(t304));
}

/**
 * pdcp_handover_start - begin a DAPS handover (38.323 5.1.5; 38.331 5.3.5.5.2, 5.3.5.6)
 * @ue: UE
 * @set: target's security set, installed; the source's own for one without key refresh
 * @t304: ms of the guard, 0 for none
 * @targets: every bearer of the UE with its target leg
 * @n: how many
 * @extack: why not
 *
 * DAPS DRBs receive on both legs from now on and go on sending on the source; all other DRBs
 * pause; SRBs get a second entity, at COUNT 0, or going on where the source stands if the key
 * stays.
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOENT, -EEXIST or -ENOMEM.
 */
int pdcp_handover_start(struct pdcp_ue *ue, u8 set, u32 t304,
			const struct pdcp_target *targets, unsigned int n,
			struct netlink_ext_ack *extack)
{
	struct plan *plan;
	unsigned int i;
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_NONE, extack);
	if (err)
		return err;
	if (!n) {
		NL_SET_ERR_MSG(extack, "bearer: the UE has none");
		return -EINVAL;
	}
	plan = plan_start(ue, set, targets, n, extack);
	if (IS_ERR(plan))
		return PTR_ERR(plan);

	ue->handover.source = source_leg(plan->move[0].e)->sec;
	ue->handover.target = plan->sec;
	for (i = 0; i < plan->n; i++) {
		const struct move *m = &plan->move[i];

		if (m->target)
			start_srb(ue, m, plan->sec != ue->handover.source);
		else
			start_drb(m);
	}
	ue->handover.state = PDCP_HANDOVER_STATE_PREPARED;
	arm_guard(ue, t304);
	kfree(plan);
	pdcp_event_handover(ue, PDCP_HANDOVER_END_START);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_start);

static void switch_drb(struct pdcp_entity *e)
{
	struct pdcp_leg *leg = e->next_leg;

	if (e->action == PDCP_ACTION_DAPS) {
		pdcp_entity_switch(e);
		return;
	}
	e->next_leg = NULL;
	pdcp_entity_reestablish(e, leg);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);
}

/**
 * pdcp_handover_switch - random access to the target has succeeded (38.323 5.13)
 * @ue: UE in a prepared handover
 * @extack: why not
 *
 * Return: 0, -EINVAL or -EBUSY.
 */
int pdcp_handover_switch(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e;
	unsigned int i;
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_PREPARED, extack);
	if (err)
		return err;

	cancel_delayed_work_sync(&ue->handover.guard);
	ue->handover.state = PDCP_HANDOVER_STATE_SWITCHED;
	for (i = PDCP_UE_SRBS; i < BEARERS; i++) {
		e = entity_at(ue, i);
		if (e)
			switch_drb(e);
	}
	pdcp_event_handover(ue, PDCP_HANDOVER_END_SWITCH);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_switch);

/* One set is left; if the target brought no key of its own, nothing is erased. */
static void finish(struct pdcp_ue *ue, struct pdcp_security *gone,
		   struct pdcp_security *stays, enum pdcp_handover_end end)
{
	if (gone != stays)
		pdcp_ue_forget_security(ue, gone);
	ue->handover.state = PDCP_HANDOVER_STATE_NONE;
	ue->handover.source = NULL;
	ue->handover.target = NULL;
	ue->handover.t304 = 0;
	pdcp_event_handover(ue, end);
}

static void release_srb(struct pdcp_ue *ue, unsigned int i)
{
	struct pdcp_entity *source = pdcp_dereference(ue->srb[i], ue->pdcp);
	struct pdcp_entity *target = pdcp_dereference(ue->srb_target[i], ue->pdcp);

	if (!source)
		return;
	WRITE_ONCE(target->target, false);
	rcu_assign_pointer(ue->srb[i], target);
	RCU_INIT_POINTER(ue->srb_target[i], NULL);
	pdcp_entity_destroy(source);
}

static void release_drb(struct pdcp_entity *e)
{
	if (e->action != PDCP_ACTION_DAPS)
		return;
	pdcp_entity_drop_leg(e, PDCP_LEG_ROLE_SOURCE);
	if (e->config.mode == PDCP_MODE_AM)
		pdcp_rx_status_report(e);
}

/**
 * pdcp_handover_release - daps-SourceRelease (38.323 5.1.5; 38.331 5.3.5.3)
 * @ue: UE in a switched handover
 * @extack: why not
 *
 * Return: 0, -EINVAL or -EBUSY.
 */
int pdcp_handover_release(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	struct pdcp_handover *ho = &ue->handover;
	struct pdcp_entity *e;
	unsigned int i;
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_SWITCHED, extack);
	if (err)
		return err;

	for (i = 0; i < BEARERS; i++) {
		e = entity_at(ue, i);
		if (i < PDCP_UE_SRBS)
			release_srb(ue, i);
		else if (e)
			release_drb(e);
	}
	finish(ue, ho->source, ho->target, PDCP_HANDOVER_END_RELEASE);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_release);

static void fall_back_srb(struct pdcp_ue *ue, unsigned int i)
{
	struct pdcp_entity *source = pdcp_dereference(ue->srb[i], ue->pdcp);
	struct pdcp_entity *target = pdcp_dereference(ue->srb_target[i], ue->pdcp);

	if (!source)
		return;
	RCU_INIT_POINTER(ue->srb_target[i], NULL);
	if (ue->handover.source == ue->handover.target)
		pdcp_entity_continue(source, target);
	else
		pdcp_tx_discard(source);
	pdcp_entity_destroy(target);
	pdcp_entity_resume(source, PDCP_PAUSED_HANDOVER);
}

static void fall_back_drb(struct pdcp_entity *e)
{
	struct pdcp_leg *leg = e->next_leg;

	if (e->action == PDCP_ACTION_DAPS) {
		pdcp_entity_drop_leg(e, PDCP_LEG_ROLE_TARGET);
		return;
	}
	e->next_leg = NULL;
	pdcp_leg_destroy(leg);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);
}

static void fall_back(struct pdcp_ue *ue, enum pdcp_handover_end end)
{
	struct pdcp_entity *e;
	unsigned int i;

	for (i = 0; i < BEARERS; i++) {
		e = entity_at(ue, i);
		if (i < PDCP_UE_SRBS)
			fall_back_srb(ue, i);
		else if (e)
			fall_back_drb(e);
	}
	finish(ue, ue->handover.target, ue->handover.source, end);
}

/**
 * pdcp_handover_fallback - T304 has expired and the source is healthy (38.331 5.3.5.8.3)
 * @ue: UE in a prepared handover
 * @extack: why not
 *
 * Return: 0, -EINVAL or -EBUSY.
 */
int pdcp_handover_fallback(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_PREPARED, extack);
	if (err)
		return err;
	cancel_delayed_work_sync(&ue->handover.guard);
	fall_back(ue, PDCP_HANDOVER_END_FALLBACK);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_fallback);

/*
 * Nobody switched in time.  The lock is only tried for: its holder may be waiting for this
 * work to end, in order to free the UE.
 */
static void guard_expired(struct work_struct *work)
{
	struct pdcp_ue *ue = container_of(to_delayed_work(work), struct pdcp_ue,
					  handover.guard);

	if (!mutex_trylock(&ue->pdcp->lock)) {
		schedule_delayed_work(&ue->handover.guard, 1);
		return;
	}
	if (ue->handover.state == PDCP_HANDOVER_STATE_PREPARED)
		fall_back(ue, PDCP_HANDOVER_END_GUARD);
	mutex_unlock(&ue->pdcp->lock);
}

void pdcp_handover_init(struct pdcp_ue *ue)
{
	INIT_DELAYED_WORK(&ue->handover.guard, guard_expired);
}

/* No guard runs afterwards; the UE is going, its device locked. */
void pdcp_handover_cancel(struct pdcp_ue *ue)
{
	cancel_delayed_work_sync(&ue->handover.guard);
}

static struct plan *plan_reestablish(struct pdcp_ue *ue, u8 set,
				     const struct pdcp_target *targets,
				     unsigned int n,
				     struct netlink_ext_ack *extack)
{
	struct plan *plan = plan_create(ue, set, n, extack);
	struct pdcp_entity *e;
	unsigned int i;
	int err = 0;

	if (IS_ERR(plan))
		return plan;
	for (i = 0; i < n && !err; i++) {
		e = name_bearer(plan, &targets[i], extack);
		if (IS_ERR(e)) {
			err = PTR_ERR(e);
		} else if (source_leg(e)->sec == plan->sec) {
			NL_SET_ERR_MSG_FMT(extack,
					   "target-set: %s %u cannot be re-established under its old key",
					   type_name(e->config.type), e->config.id);
			err = -EKEYREJECTED;
		} else {
			err = plan_leg(plan, e, &targets[i], extack);
		}
	}
	if (err) {
		abandon(plan);
		return ERR_PTR(err);
	}
	return plan;
}

/**
 * pdcp_handover_reestablish - re-establish bearers on other legs and keys (38.323 5.1.2)
 * @ue: UE without a handover
 * @set: another security set, installed
 * @targets: bearers and their new legs; the action is not looked at
 * @n: how many
 * @extack: why not
 *
 * Return: 0, -EBUSY, -EINVAL, -ENOENT, -EEXIST, -ENOMEM, or -EKEYREJECTED for the set that a
 * bearer has already.
 */
int pdcp_handover_reestablish(struct pdcp_ue *ue, u8 set,
			      const struct pdcp_target *targets, unsigned int n,
			      struct netlink_ext_ack *extack)
{
	struct plan *plan;
	unsigned int i;
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_NONE, extack);
	if (err)
		return err;
	plan = plan_reestablish(ue, set, targets, n, extack);
	if (IS_ERR(plan))
		return PTR_ERR(plan);
	for (i = 0; i < plan->n; i++)
		pdcp_entity_reestablish(plan->move[i].e, plan->move[i].leg);
	kfree(plan);
	return 0;
}
