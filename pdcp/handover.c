// SPDX-License-Identifier: GPL-2.0
/*
 * DAPS handover.  A verb that needs anything new makes a plan first; carrying it out is writes
 * that cannot fail.
 */
#include "pdcp/handover.h"

#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/keep.h"
#include "pdcp/plan.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/trace.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

static const char * const state_names[] = {
	[PDCP_HANDOVER_STATE_NONE] = "there is no handover",
	[PDCP_HANDOVER_STATE_PREPARED] = "a handover is prepared; switch or fallback is next",
	[PDCP_HANDOVER_STATE_SWITCHED] = "a handover is switched; release is next",
};

static int expect_state(const struct pdcp_ue *ue, enum pdcp_handover_state state,
			struct netlink_ext_ack *extack)
{
	if (ue->handover.state == state)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "state: %s", state_names[ue->handover.state]);
	return ue->handover.state == PDCP_HANDOVER_STATE_NONE ? -EINVAL : -EBUSY;
}

/* A split or duplicated bearer has no slot for the target's leg (38.331 6.3.2, moreThanOneRLC). */
static int check_split(const struct pdcp_entity *e, struct netlink_ext_ack *extack)
{
	if (!e->split)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u has a secondary leg",
			   pdcp_bearer_type_name(e->config.type), e->config.id);
	return -EINVAL;
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
				   pdcp_bearer_type_name(t->type), t->id);
		return -EINVAL;
	case PDCP_ACTION_RECOVER:
		if (!srb && !refresh && e->config.mode == PDCP_MODE_AM)
			return 0;
		NL_SET_ERR_MSG_FMT(extack,
				   "action: %s %u: recover is for an AM DRB under its old key",
				   pdcp_bearer_type_name(t->type), t->id);
		return -EINVAL;
	}
	return -EINVAL;
}

static int check_source(struct pdcp_security *source, const struct pdcp_entity *e,
			struct netlink_ext_ack *extack)
{
	if (e->tx.paused) {
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is paused",
				   pdcp_bearer_type_name(e->config.type), e->config.id);
		return -EBUSY;
	}
	if (pdcp_entity_source(e)->sec == source)
		return 0;
	NL_SET_ERR_MSG(extack, "the UE's bearers use two sets; a handover starts from one");
	return -EINVAL;
}

static int check_complete(struct pdcp_plan *plan, struct netlink_ext_ack *extack)
{
	unsigned int i;

	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		struct pdcp_entity *e = pdcp_ue_entity(plan->ue, i);

		if (!e || test_bit(i, plan->seen))
			continue;
		NL_SET_ERR_MSG_FMT(extack, "bearer: %s %u is not named; each needs its target leg",
				   pdcp_bearer_type_name(e->config.type), e->config.id);
		return -EINVAL;
	}
	return 0;
}

/* Whether the bearer's COUNTs begin at 0 on the target (38.323 5.1.2). */
static bool restarts(const struct pdcp_entity *e, const struct pdcp_target *t)
{
	return t->action == PDCP_ACTION_REESTABLISH && !pdcp_keeps(e);
}

static struct pdcp_plan *plan_start(struct pdcp_ue *ue, u8 set,
				    const struct pdcp_target *targets, unsigned int n,
				    struct netlink_ext_ack *extack)
{
	struct pdcp_plan *plan = pdcp_plan_create_for(ue, set, n, extack);
	struct pdcp_security *source = NULL;
	struct pdcp_entity *e;
	unsigned int i;
	int err = 0;

	if (IS_ERR(plan))
		return plan;
	for (i = 0; i < n && !err; i++) {
		const struct pdcp_target *t = &targets[i];

		e = pdcp_plan_bearer(plan, t, extack);
		if (IS_ERR(e)) {
			err = PTR_ERR(e);
			break;
		}
		source = source ?: pdcp_entity_source(e)->sec;
		err = check_source(source, e, extack) ?:
		      check_split(e, extack) ?:
		      check_action(e, t, source != plan->sec, extack) ?:
		      (pdcp_entity_srb(e) ? pdcp_plan_srb(plan, e, t, extack) :
					    pdcp_plan_leg(plan, e, t, restarts(e, t), extack));
	}
	err = err ?: check_complete(plan, extack);
	if (err) {
		pdcp_plan_abandon(plan);
		return ERR_PTR(err);
	}
	return plan;
}

static void start_srb(struct pdcp_ue *ue, const struct pdcp_move *m, bool refresh)
{
	pdcp_entity_pause(m->e, PDCP_PAUSED_HANDOVER);
	if (!refresh)
		pdcp_entity_continue(m->target, m->e);
	pdcp_entity_set_leg(m->target, 0, m->leg);
	rcu_assign_pointer(ue->srb_target[m->e->config.id - 1], m->target);
}

static void start_drb(const struct pdcp_move *m)
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
	struct pdcp_plan *plan;
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

	ue->handover.source = pdcp_entity_source(plan->move[0].e)->sec;
	ue->handover.target = plan->sec;
	ue->handover.state = PDCP_HANDOVER_STATE_PREPARED;
	trace_pdcp_handover(ue, PDCP_HANDOVER_END_START, PDCP_HANDOVER_STATE_PREPARED);
	for (i = 0; i < plan->n; i++) {
		const struct pdcp_move *m = &plan->move[i];

		if (m->target)
			start_srb(ue, m, plan->sec != ue->handover.source);
		else
			start_drb(m);
	}
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
	trace_pdcp_handover(ue, PDCP_HANDOVER_END_SWITCH, PDCP_HANDOVER_STATE_SWITCHED);
	for (i = PDCP_UE_SRBS; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
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
	ue->handover.source_failed = false;
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

	trace_pdcp_handover(ue, PDCP_HANDOVER_END_RELEASE, PDCP_HANDOVER_STATE_NONE);
	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
		if (i < PDCP_UE_SRBS)
			release_srb(ue, i);
		else if (e)
			release_drb(e);
	}
	finish(ue, ho->source, ho->target, PDCP_HANDOVER_END_RELEASE);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_release);

/* Whether the source has failed, as the verb needs it. */
static int expect_source(const struct pdcp_ue *ue, bool failed,
			 struct netlink_ext_ack *extack)
{
	if (ue->handover.source_failed == failed)
		return 0;
	if (failed)
		NL_SET_ERR_MSG(extack, "state: the source lives; fallback leads back to it");
	else
		NL_SET_ERR_MSG(extack, "state: the source has failed; abort, then re-establish");
	return -EBUSY;
}

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

	trace_pdcp_handover(ue, end, PDCP_HANDOVER_STATE_NONE);
	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
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

	err = expect_state(ue, PDCP_HANDOVER_STATE_PREPARED, extack) ?:
	      expect_source(ue, false, extack);
	if (err)
		return err;
	cancel_delayed_work_sync(&ue->handover.guard);
	fall_back(ue, PDCP_HANDOVER_END_FALLBACK);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_fallback);

/**
 * pdcp_handover_source_failed - the source's radio link has failed (38.331 5.3.10.3)
 * @ue: UE in a prepared handover
 * @extack: why not
 *
 * The source legs of DAPS DRBs stop both ways, and what is to be sent queues until the switch;
 * all other bearers are paused already.
 *
 * Return: 0, -EINVAL or -EBUSY.
 */
int pdcp_handover_source_failed(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e;
	unsigned int i;
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_PREPARED, extack);
	if (err)
		return err;
	if (ue->handover.source_failed) {
		NL_SET_ERR_MSG(extack, "state: the source has failed already");
		return -EBUSY;
	}

	trace_pdcp_handover(ue, PDCP_HANDOVER_END_SOURCE_FAILED, ue->handover.state);
	for (i = PDCP_UE_SRBS; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e && e->action == PDCP_ACTION_DAPS)
			pdcp_entity_fail_source(e);
	}
	ue->handover.source_failed = true;
	pdcp_event_handover(ue, PDCP_HANDOVER_END_SOURCE_FAILED);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_source_failed);

/* As falling back, but for that nothing moves on any bearer until it is re-established. */
static void abandon(struct pdcp_ue *ue)
{
	struct pdcp_entity *e;
	unsigned int i;

	for (i = 0; i < PDCP_UE_BEARERS; i++) {
		e = pdcp_ue_entity(ue, i);
		if (e)
			pdcp_entity_pause(e, PDCP_PAUSED_FAILED);
	}
	fall_back(ue, PDCP_HANDOVER_END_ABORT);
}

/**
 * pdcp_handover_abort - T304 has expired and the source has failed too (38.331 5.3.5.8.3)
 * @ue: UE in a prepared handover whose source has failed
 * @extack: why not
 *
 * Return: 0, -EINVAL or -EBUSY.
 */
int pdcp_handover_abort(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	int err;

	err = expect_state(ue, PDCP_HANDOVER_STATE_PREPARED, extack) ?:
	      expect_source(ue, true, extack);
	if (err)
		return err;
	cancel_delayed_work_sync(&ue->handover.guard);
	abandon(ue);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_handover_abort);

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
	if (ue->handover.state == PDCP_HANDOVER_STATE_PREPARED) {
		if (ue->handover.source_failed)
			abandon(ue);
		else
			fall_back(ue, PDCP_HANDOVER_END_GUARD);
	}
	mutex_unlock(&ue->pdcp->lock);
}

/**
 * pdcp_handover_init - prepare the guard of a UE
 * @ue: UE that nobody else knows
 */
void pdcp_handover_init(struct pdcp_ue *ue)
{
	INIT_DELAYED_WORK(&ue->handover.guard, guard_expired);
}

/**
 * pdcp_handover_cancel - see to it that no guard runs any more
 * @ue: UE that goes; its device is locked
 */
void pdcp_handover_cancel(struct pdcp_ue *ue)
{
	cancel_delayed_work_sync(&ue->handover.guard);
}
