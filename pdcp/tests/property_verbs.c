// SPDX-License-Identifier: GPL-2.0
/* Steps of a schedule: handovers, re-establishments, suspensions, data recoveries. */
#include "pdcp/tests/property.h"

#include <linux/mutex.h>

#include "pdcp/device.h"
#include "pdcp/handover.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/property_wire.h"
#include "pdcp/ue.h"

/* What an end does when it is told to. */
enum stage {
	DONE,
	START,
	SWITCH,
	RELEASE,
	FALLBACK,
	REESTABLISH,
	RECOVER,
	SUSPEND,
	RESUME,
	FORGET,		/* erase the sets that no leg has */
};

static const char * const stage_names[] = {
	"is done", "starts", "switches", "releases", "falls back", "re-establishes", "recovers",
	"suspends", "resumes", "forgets",
};

/* Key of the leg that a procedure brings. */
enum which_key {
	FRESH,
	SAME,		/* as now */
	SPARE,		/* had before; may be refused, and that end is left behind */
	NO_KEY,
};

/* Both ends go through the stages of one, each at its own time. */
static const struct procedure {
	enum which_key key;
	u8 stages[5];
} procedures[] = {
	{ FRESH, { START, SWITCH, RELEASE } },
	{ FRESH, { START, SWITCH, RELEASE } },
	{ FRESH, { START, FALLBACK } },
	{ FRESH, { REESTABLISH, FORGET } },
	{ FRESH, { REESTABLISH } },
	{ FRESH, { SUSPEND, REESTABLISH, RESUME, FORGET } },
	{ FRESH, { SUSPEND, REESTABLISH, FORGET, RESUME } },
	{ FRESH, { SUSPEND, REESTABLISH, RESUME } },
	{ SAME, { START, SWITCH, RELEASE } },
	{ SAME, { START, FALLBACK } },
	{ SAME, { RECOVER } },
	{ SPARE, { START, SWITCH, RELEASE, FORGET } },
	{ SPARE, { START, FALLBACK, FORGET } },
	{ SPARE, { REESTABLISH, FORGET } },
	{ NO_KEY, { FORGET } },
};

/* Install the set of a leg; its algorithms follow from the key's number. */
void property_install(struct property *p, unsigned int end, const struct model_leg *leg)
{
	static const u8 rrc_enc[PDCP_KEY_LEN] = "RRC enc";
	static const u8 rrc_int[PDCP_KEY_LEN] = "RRC int";
	u8 octets[2][PDCP_KEY_LEN];
	const struct pdcp_keys keys = {
		.nea = leg->key % 4,
		.nia = 1 + leg->key % 3,
		.enc = { rrc_enc, octets[0] },
		.integ = { rrc_int, octets[1] },
	};
	struct rnd_state rnd;

	prandom_seed_state(&rnd, (u64)p->seed << 32 | leg->key);
	prandom_bytes_state(&rnd, octets, sizeof(octets));
	KUNIT_EXPECT_EQ(p->test, pdcp_ue_add_security(p->ue[end], leg->set, &keys, NULL), 0);
}

/* Whether PDUs under a key of property_install() are ciphered. */
bool property_ciphers(const struct property *p, u32 key)
{
	return p->m.ciphering && key % 4;
}

static bool has_set(const struct property *p, unsigned int end, u8 set)
{
	return pdcp_ue_security(p->ue[end], set);
}

static bool has_leg_of(const struct model_end *m, u8 set)
{
	return (m->leg[0].number && m->leg[0].set == set) ||
	       (m->leg[1].number && m->leg[1].set == set);
}

/* Each set that an end has and does not use goes; the error of the last, if any. */
static int forget(struct property *p, unsigned int end)
{
	int err = 0;
	u8 set;

	for (set = 0; set < 16 && !err; set++)
		if (has_set(p, end, set) && !has_leg_of(&p->m.end[end], set))
			err = pdcp_ue_del_security(p->ue[end], set, NULL);
	return err;
}

static int call(struct property *p, unsigned int end, enum stage stage, u8 set, bool leg)
{
	const struct pdcp_target target = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.action = p->action,
		.has_leg = leg,
		.leg = user_leg,
	};
	struct pdcp_ue *ue = p->ue[end];

	switch (stage) {
	case START:
		return pdcp_handover_start(ue, set, 0, &target, 1, NULL);
	case SWITCH:
		return pdcp_handover_switch(ue, NULL);
	case RELEASE:
		return pdcp_handover_release(ue, NULL);
	case FALLBACK:
		return pdcp_handover_fallback(ue, NULL);
	case REESTABLISH:
		return pdcp_reestablish(ue, set, &target, 1, NULL);
	case RECOVER:
		return pdcp_recover(ue, &target, 1, NULL);
	case SUSPEND:
		return pdcp_suspend(ue, NULL, NULL);
	case RESUME:
		return pdcp_resume(ue, p->e[end], NULL);
	case FORGET:
		return forget(p, end);
	default:
		return 0;
	}
}

static int verb(struct property *p, unsigned int end, enum stage stage, u8 set, bool leg)
{
	int err;

	mutex_lock(&p->bed->pdcp->lock);
	err = call(p, end, stage, set, leg);
	mutex_unlock(&p->bed->pdcp->lock);
	return err;
}

static void model_verb(struct property *p, unsigned int end, enum stage stage)
{
	struct model_end *e = &p->m.end[end];
	struct model *m = &p->m;

	switch (stage) {
	case START:
		return model_start(m, e, &p->target, p->action);
	case SWITCH:
		return model_switch(m, e);
	case RELEASE:
		return model_release(m, e);
	case FALLBACK:
		return model_fallback(m, e);
	case REESTABLISH:
		return model_reestablish(m, e, &p->target);
	case RECOVER:
		return model_recover(m, e, &p->target);
	case SUSPEND:
		return model_suspend(m, e);
	case RESUME:
		return model_resume(m, e);
	default:
		return;
	}
}

/* The end is refused a key that it had before: it goes to what is left of the procedure. */
static bool left_behind(struct property *p, unsigned int end)
{
	while (p->stages[p->stage[end]] != DONE && p->stages[p->stage[end]] != FORGET)
		p->stage[end]++;
	return HOLDS(p, wire_used(p->target.key)) && property_matches(p, end);
}

/* The end goes one stage on. */
bool property_stage(struct property *p, unsigned int end)
{
	enum stage stage = p->stages[p->stage[end]];
	int err;

	if (stage == DONE)
		return true;
	property_note(p, "%u %s, key %u", end, stage_names[stage], p->target.key);
	if ((stage == START || stage == REESTABLISH) && !has_set(p, end, p->target.set))
		property_install(p, end, &p->target);
	err = verb(p, end, stage, p->target.set, true);
	if (err == -EKEYREJECTED && (stage == START || stage == REESTABLISH))
		return left_behind(p, end);
	if (err)
		property_note(p, "%s: %d", p->what, err);
	p->stage[end]++;
	model_verb(p, end, stage);
	return HOLDS(p, !err) && property_matches(p, end);
}

bool property_procedure_done(const struct property *p)
{
	return !p->stages || (p->stages[p->stage[0]] == DONE && p->stages[p->stage[1]] == DONE);
}

static const struct model_leg *source_of(const struct property *p, unsigned int end)
{
	return &p->m.end[end].leg[p->m.end[end].source];
}

static bool forgets(const struct procedure *proc)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(proc->stages); i++)
		if (proc->stages[i] == FORGET)
			return true;
	return false;
}

/* Whether a procedure can be begun where the ends are. */
static bool fits(const struct property *p, const struct procedure *proc)
{
	bool apart = source_of(p, 0)->number != source_of(p, 1)->number;
	enum stage first = proc->stages[0];

	if (p->m.split || (first == RECOVER && !p->m.am))
		return false;
	if (apart && ((first != REESTABLISH && first != SUSPEND) || !forgets(proc)))
		return false;
	switch (proc->key) {
	case FRESH:
		return !p->spare.key;
	case SPARE:
		return p->spare.key && (p->m.integrity || property_ciphers(p, p->spare.key));
	case SAME:
		return true;
	default:
		return p->spare.key;
	}
}

static u8 free_set(const struct property *p)
{
	u8 set = 0;

	while (has_set(p, 0, set) || has_set(p, 1, set))
		set++;
	return set;
}

static void pick_target(struct property *p, const struct procedure *proc)
{
	struct model_leg old = *source_of(p, 0);

	p->target = proc->key == SPARE ? p->spare : old;
	if (proc->key == FRESH) {
		p->target.key = ++p->keys;
		p->target.set = free_set(p);
		p->spare = old;
		if (forgets(proc) || proc->stages[0] == START)
			p->spare.key = 0;
	}
	if (proc->key == SPARE || proc->key == NO_KEY)
		p->spare.key = 0;
	p->target.number = ++p->legs;
	p->target.failures = 0;
}

static void pick_action(struct property *p, bool refresh)
{
	p->action = PDCP_ACTION_DAPS;
	if (property_dice(p, 3))
		return;
	if (refresh)
		p->action = PDCP_ACTION_REESTABLISH;
	else if (p->m.am)
		p->action = PDCP_ACTION_RECOVER;
}

static void begin(struct property *p)
{
	const struct procedure *proc = &procedures[property_dice(p, ARRAY_SIZE(procedures))];
	unsigned int end;

	if (!fits(p, proc))
		return;
	p->stages = proc->stages;
	pick_target(p, proc);
	pick_action(p, proc->key != SAME);
	for (end = 0; end < MODEL_ENDS; end++) {
		p->stage[end] = 0;
		__skb_queue_purge(wire_channel(end, p->target.number));
	}
}

/* The end goes on with the procedure, or with the next one. */
bool property_procedure(struct property *p, unsigned int end)
{
	if (property_procedure_done(p))
		begin(p);
	return !p->stages || property_stage(p, end);
}

/* Data recovery where the bearer is. */
bool property_recovery(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];

	if (!p->m.am || m->state != PDCP_HANDOVER_STATE_NONE || m->paused)
		return true;
	property_note(p, "%u recovers where it is", end);
	model_recover(&p->m, m, NULL);
	return HOLDS(p, !verb(p, end, RECOVER, 0, false)) && property_matches(p, end);
}

/* The error of a verb with the set in use, out of turn; or 0. */
static int refusal(const struct property *p, const struct model_end *m, enum stage stage)
{
	bool none = m->state == PDCP_HANDOVER_STATE_NONE;
	bool prepared = m->state == PDCP_HANDOVER_STATE_PREPARED;

	if (p->m.split && stage == START)
		return -EINVAL;
	switch (stage) {
	case START:
		return none && !m->paused ? 0 : -EBUSY;
	case SWITCH:
	case FALLBACK:
		return none ? -EINVAL : prepared ? 0 : -EBUSY;
	case RELEASE:
		return none ? -EINVAL : prepared ? -EBUSY : 0;
	case REESTABLISH:
		return none ? -EKEYREJECTED : -EBUSY;
	case RECOVER:
		return !none ? -EBUSY : !p->m.am ? -EINVAL : m->paused ? -EBUSY : 0;
	case SUSPEND:
		return none ? 0 : -EBUSY;
	case RESUME:
		return m->stale_key ? -EKEYREJECTED : 0;
	default:
		return 0;
	}
}

/* A verb that is out of turn changes nothing. */
bool property_refusal(struct property *p, unsigned int end)
{
	const struct model_end *m = &p->m.end[end];
	enum stage stage = START + property_dice(p, RESUME - START + 1);
	int err = refusal(p, m, stage);

	if (!err)
		return true;
	property_note(p, "%u %s, which is refused", end, stage_names[stage]);
	return HOLDS(p, verb(p, end, stage, m->leg[m->source].set, true) == err) &&
	       property_matches(p, end);
}
