// SPDX-License-Identifier: GPL-2.0
/* Verbs of the model. */
#include "pdcp/tests/property_model.h"

#include <linux/string.h>

static void drop_leg(struct model_end *e, u8 slot)
{
	e->leg[slot].number = 0;
	model_forget_held(e, slot, PDCP_DROP_REASON_RX_PURGED);
}

static void recover(struct model *m, struct model_end *e)
{
	model_report(m, e);
	model_resend(m, e);
}

/* 5.1.2, or 5.5 if the key is the same */
void model_reestablish(struct model *m, struct model_end *e, const struct model_leg *leg)
{
	if (leg->key != e->leg[e->source].key)
		e->stale_key = false;
	if (!m->am) {
		model_begin_tx(e);
		model_begin_rx(m, e);
	}
	drop_leg(e, e->source);
	e->source = !e->source;
	e->sends = e->source;
	e->leg[e->source] = *leg;
	e->newest = leg->number;
	if (m->am)
		recover(m, e);
	model_run(m, e);
}

/* 5.5, on @leg or, if it is NULL, where it is */
void model_recover(struct model *m, struct model_end *e, const struct model_leg *leg)
{
	if (leg)
		model_reestablish(m, e, leg);
	else
		recover(m, e);
}

/* 5.1.4 */
void model_suspend(struct model *m, struct model_end *e)
{
	e->paused |= PDCP_PAUSED_SUSPENDED;
	e->stale_key = true;
	e->unnumbered += e->kept.n;
	while (e->queue.n)
		model_put_last(&e->kept, model_take_out(&e->queue, 0));
	e->queue = e->kept;
	e->kept.n = 0;
	e->kept_bytes = 0;
	model_begin_tx(e);
	model_begin_rx(m, e);
}

static void resume(struct model *m, struct model_end *e, enum pdcp_paused why)
{
	e->paused &= ~why;
	model_update_reordering(m, e);
	model_run(m, e);
}

void model_resume(struct model *m, struct model_end *e)
{
	resume(m, e, PDCP_PAUSED_SUSPENDED);
}

/* 5.1.5, 38.331 5.3.5.5.2 */
void model_start(struct model *m, struct model_end *e, const struct model_leg *leg,
		 enum pdcp_action action)
{
	e->state = PDCP_HANDOVER_STATE_PREPARED;
	e->action = action;
	if (action == PDCP_ACTION_DAPS) {
		e->leg[!e->source] = *leg;
		e->newest = leg->number;
	} else {
		e->next_leg = *leg;
		e->paused |= PDCP_PAUSED_HANDOVER;
	}
}

/* 5.13 */
void model_switch(struct model *m, struct model_end *e)
{
	e->state = PDCP_HANDOVER_STATE_SWITCHED;
	if (e->action != PDCP_ACTION_DAPS) {
		model_reestablish(m, e, &e->next_leg);
		resume(m, e, PDCP_PAUSED_HANDOVER);
		return;
	}
	e->sends = !e->source;
	model_report(m, e);
	model_resend(m, e);
}

/* 5.1.5; 5.4.1 */
void model_release(struct model *m, struct model_end *e)
{
	e->state = PDCP_HANDOVER_STATE_NONE;
	if (e->action != PDCP_ACTION_DAPS)
		return;
	drop_leg(e, e->source);
	e->source = !e->source;
	if (m->am)
		model_report(m, e);
}

/* 5.1.5; 38.331 5.3.5.8.3 */
void model_fallback(struct model *m, struct model_end *e)
{
	e->state = PDCP_HANDOVER_STATE_NONE;
	if (e->action == PDCP_ACTION_DAPS) {
		drop_leg(e, !e->source);
		return;
	}
	e->newest = e->next_leg.number;
	resume(m, e, PDCP_PAUSED_HANDOVER);
}

/* Both ends with nothing but legs; got of each was given, and is all 0. */
void model_begin(struct model *m, const struct model_leg *legs, unsigned int nlegs)
{
	struct model_end *e;

	for (e = m->end; e < m->end + MODEL_ENDS; e++) {
		e->id = e - m->end;
		memcpy(e->leg, legs, nlegs * sizeof(*legs));
		e->newest = legs[nlegs - 1].number;
		e->t_reordering = PDCP_INFINITY;
		e->tx_epoch = 1;
		e->rx_epoch = 1;
	}
}

/* 5.1.3; leaves got all 0, and refers to nothing. */
void model_end(struct model *m, struct model_end *e)
{
	model_begin_rx(m, e);
}

/* Forget what the last call left behind. */
void model_clear(struct model *m)
{
	m->nout = 0;
	m->naccepts = 0;
	m->nups = 0;
}
