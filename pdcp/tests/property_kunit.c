// SPDX-License-Identifier: GPL-2.0
/*
 * Random schedules of a whole bearer; see property.h.  A schedule is its seed.  To play one
 * alone, with its steps in the log, load pdcp_kunit with property_seed=SEED.
 */
#include "pdcp/tests/property.h"

#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/mutex.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/property_wire.h"
#include "pdcp/ue.h"

static unsigned int property_seed;
module_param(property_seed, uint, 0444);
MODULE_PARM_DESC(property_seed, "play this schedule of pdcp_property alone");

static unsigned int property_schedules = 1000;
module_param(property_schedules, uint, 0444);
MODULE_PARM_DESC(property_schedules, "schedules of pdcp_property for each kind of bearer");

static const struct property_kind kinds[] = {
	{ "AM 12", PDCP_MODE_AM, { 12, 12 }, true, true },
	{ "AM 18", PDCP_MODE_AM, { 18, 18 }, true, true },
	{ "AM 12/18, no report", PDCP_MODE_AM, { 12, 18 }, true },
	{ "AM 18/12, no integrity", PDCP_MODE_AM, { 18, 12 }, false, true },
	{ "AM 12, out of order", PDCP_MODE_AM, { 12, 12 }, true, true, true },
	{ "AM 18, split", PDCP_MODE_AM, { 18, 18 }, true, true, false, true },
	{ "UM 12", PDCP_MODE_UM, { 12, 12 }, true },
	{ "UM 18, report", PDCP_MODE_UM, { 18, 18 }, true, true },
	{ "UM 18/12, no integrity", PDCP_MODE_UM, { 18, 12 } },
	{ "UM 18, out of order", PDCP_MODE_UM, { 18, 18 }, true, false, true },
	{ "UM 12, uplink alone", PDCP_MODE_UM, { 12, 0 }, true, true },
	{ "UM 12, split", PDCP_MODE_UM, { 12, 12 }, true, false, false, true },
};

KUNIT_ARRAY_PARAM_DESC(kinds, kinds, name);

/* Each with its share of 100. */
static const struct {
	u8 share;
	bool (*play)(struct property *p, unsigned int end);
} steps[] = {
	{ 28, property_send },
	{ 38, property_network },
	{ 15, property_procedure },
	{ 2, property_expiry },
	{ 1, property_reconfigure },
	{ 1, property_discard },
	{ 1, property_jump },
	{ 1, property_status },
	{ 1, property_duplication },
	{ 2, property_confirmation },
	{ 2, property_recovery },
	{ 2, property_wrong_leg },
	{ 4, property_replay },
	{ 2, property_refusal },
};

static struct property *property;

static bool play_step(struct property *p)
{
	unsigned int end = property_dice(p, MODEL_ENDS);
	u32 what = property_dice(p, 100);
	unsigned int i;

	for (i = 0; what >= steps[i].share; i++)
		what -= steps[i].share;
	return steps[i].play(p, end);
}

static bool at_both(struct property *p, bool (*play)(struct property *p, unsigned int end))
{
	return play(p, 0) && play(p, 1);
}

/* Both are on the same leg, with the same key. */
static bool together(const struct property *p)
{
	const struct model_end *a = &p->m.end[0], *b = &p->m.end[1];

	return property_procedure_done(p) &&
	       a->leg[a->source].number == b->leg[b->source].number;
}

static bool finish_procedures(struct property *p)
{
	while (!together(p))
		if (!at_both(p, property_procedure_done(p) ? property_procedure : property_stage))
			return false;
	return true;
}

/* Whatever AM did not give up has arrived, and with reports both ends know. */
static bool all_arrived(struct property *p)
{
	unsigned int i;

	for (i = 0; i < p->m.nsdus; i++) {
		const struct model_sdu *sdu = &p->m.sdu[i];

		if (sdu->delivered || sdu->excused)
			continue;
		property_note(p, "%u sent SDU %u as COUNT %llu", sdu->from, i, sdu->count);
		return property_holds(p, false, "delivered, and not given up");
	}
	return HOLDS(p, !p->m.reports || !p->m.end[0].kept.n) &&
	       HOLDS(p, !p->m.reports || !p->m.end[1].kept.n);
}

/* Nothing more is waited for. */
static bool expire_all(struct property *p, unsigned int end)
{
	p->losses = true;
	while (p->m.end[end].running)
		if (!property_expiry(p, end))
			return false;
	return true;
}

/* The network is good from now on, and AM recovers. */
static bool play_out(struct property *p)
{
	if (!finish_procedures(p) || !at_both(p, property_status) || !property_drain(p))
		return false;
	if (!p->m.am)
		return true;
	return at_both(p, property_recovery) && property_drain(p) && at_both(p, expire_all) &&
	       at_both(p, property_recovery) && property_drain(p) && all_arrived(p);
}

static u32 pick_base(struct property *p, u8 sn_bits)
{
	switch (property_dice(p, 4)) {
	case 0:
		return 0;
	case 1:
		return ((1 + property_dice(p, 1000)) << sn_bits) - property_dice(p, 100);
	case 2:
		return U32_MAX - property_dice(p, 1000);
	default:
		return property_dice(p, U32_MAX) / 2;
	}
}

static struct pdcp_entity_config pick_config(struct property *p)
{
	const struct property_kind *k = p->kind;
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, k->mode, 12);
	bool lavish = !p->losses || property_dice(p, 2);

	config.sn_ul = k->sn_bits[0];
	config.sn_dl = k->sn_bits[1];
	config.integrity = k->integrity;
	config.ciphering = property_dice(p, 8);
	config.status_report = k->status_report;
	config.out_of_order = k->out_of_order;
	config.bearer = property_dice(p, 32);
	config.sdap_len = property_dice(p, 2);
	config.queue_limit = lavish ? MODEL_HELD : 1 + property_dice(p, 40);
	config.kept_limit = lavish ? MODEL_SDUS : 1 + property_dice(p, 40);
	config.split_threshold = property_dice(p, 2) ? property_dice(p, 200) : PDCP_INFINITY;
	return config;
}

static void begin_model(struct property *p, const struct pdcp_entity_config *config)
{
	const struct property_kind *k = p->kind;
	struct model *m = &p->m;
	unsigned int end;

	m->am = k->mode == PDCP_MODE_AM;
	m->integrity = k->integrity;
	m->ciphering = config->ciphering;
	m->sdap_len = config->sdap_len;
	m->reports = k->status_report;
	m->out_of_order = k->out_of_order;
	m->split = k->split;
	m->split_threshold = config->split_threshold;
	m->queue_limit = config->queue_limit;
	m->kept_limit = config->kept_limit;
	for (end = 0; end < MODEL_ENDS; end++) {
		m->sn_bits[end] = k->sn_bits[end];
		p->base[end] = pick_base(p, k->sn_bits[end]);
		p->last_up[end] = -1;
	}
}

/* Both legs of a split bearer have the same key. */
static void begin_legs(struct property *p)
{
	const struct model_leg legs[] = {
		{ .number = 1, .key = 1, .set = SET_SOURCE },
		{ .number = 2, .key = 1, .set = SET_SOURCE },
	};
	unsigned int end, n = p->kind->split ? 2 : 1;

	p->legs = n;
	p->keys = 1;
	p->spare.key = 0;
	model_begin(&p->m, legs, n);
	for (end = 0; end < MODEL_ENDS; end++) {
		p->ue[end] = bed_ue(p->test, end, end ? PDCP_ROLE_GNB : PDCP_ROLE_UE);
		property_install(p, end, legs);
	}
}

static void add_bearer(struct property *p, unsigned int end,
		       const struct pdcp_entity_config *entity)
{
	bool tx = p->kind->sn_bits[end], rx = p->kind->sn_bits[!end];
	const struct pdcp_bearer_config config = {
		.entity = *entity,
		.set = SET_SOURCE,
		.hold = (tx ? PDCP_HOLD_TX : 0) | (rx ? PDCP_HOLD_RX : 0),
		.nlegs = p->kind->split ? 2 : 1,
		.legs = { user_leg, user_leg },
	};
	struct pdcp_device *pdcp = p->bed->pdcp;
	struct pdcp_entity __rcu **place;
	int err;

	mutex_lock(&pdcp->lock);
	err = pdcp_bearer_add(p->ue[end], &config, NULL);
	place = pdcp_ue_bearer(p->ue[end], PDCP_BEARER_TYPE_DRB, entity->id,
			       PDCP_LEG_ROLE_SOURCE);
	p->e[end] = pdcp_dereference(*place, pdcp);
	mutex_unlock(&pdcp->lock);
	KUNIT_ASSERT_EQ(p->test, err, 0);
	p->m.end[end].tx_hold = tx;
	p->m.end[end].rx_hold = rx;
}

/* As a rule both ends know soon where they begin. */
static bool begin(struct property *p)
{
	const struct property_kind *k = p->kind;
	bool narrow = k->sn_bits[0] == 12 || k->sn_bits[1] == 12;
	struct pdcp_entity_config config;

	p->losses = property_dice(p, 3);
	p->jumps = narrow ? 500 : property_dice(p, 8) ? 2000 : 110000;
	p->silent = property_dice(p, 4 * MODEL_ENDS);
	config = pick_config(p);
	begin_model(p, &config);
	begin_legs(p);
	add_bearer(p, 0, &config);
	add_bearer(p, 1, &config);
	return (!property_dice(p, 8) || property_status(p, 0)) &&
	       (!property_dice(p, 8) || property_status(p, 1));
}

/* What is stored is delivered as the bearer goes. */
static bool end(struct property *p, unsigned int end, bool passed)
{
	property_note(p, "%u is released", end);
	model_clear(&p->m);
	model_end(&p->m, &p->m.end[end]);
	mutex_lock(&p->bed->pdcp->lock);
	pdcp_ue_destroy(p->ue[end]);
	mutex_unlock(&p->bed->pdcp->lock);
	return passed && property_sdus_match(p, end);
}

static bool play(struct property *p)
{
	u32 steps = 40 + property_dice(p, 200);
	bool passed = begin(p);

	for (p->step = 1; passed && p->step <= steps; p->step++)
		passed = play_step(p);
	if (passed && property_dice(p, 4))
		passed = play_out(p);
	passed = end(p, 0, passed);
	return end(p, 1, passed);
}

static void set_up(struct property *p, u32 seed)
{
	u16 *got[] = { p->m.end[0].got, p->m.end[1].got };

	memset(&p->m, 0, sizeof(p->m));
	p->m.end[0].got = got[0];
	p->m.end[1].got = got[1];
	p->stages = NULL;
	p->seed = seed;
	p->step = 0;
	prandom_seed_state(&p->rnd, seed);
	wire_init();
}

static void schedules(struct kunit *test)
{
	u32 first = property_seed ?: 1;
	u32 last = property_seed ?: property_schedules;
	struct property *p = property;
	bool passed = true;
	u32 seed;

	p->test = test;
	p->bed = test->priv;
	p->kind = test->param_value;
	p->traced = property_seed;
	p->bed->pdcp->integrity_events.interval = 0;	/* no limit */
	for (seed = first; passed && seed <= last; seed++) {
		set_up(p, seed);
		passed = play(p);
		wire_purge();
		cond_resched();
	}
}

static int property_init(struct kunit *test)
{
	unsigned int end;

	wire_init();
	property = kvzalloc(sizeof(*property), GFP_KERNEL);
	if (!property)
		return -ENOMEM;
	for (end = 0; end < MODEL_ENDS; end++) {
		property->m.end[end].got = kvcalloc(MODEL_COUNTS, sizeof(u16), GFP_KERNEL);
		if (!property->m.end[end].got)
			return -ENOMEM;
	}
	bed_init(test);
	pdcp_event_set_ops(&wire_ops);
	return 0;
}

static void property_exit(struct kunit *test)
{
	unsigned int end;

	bed_exit(test);
	wire_purge();
	if (!property)
		return;
	for (end = 0; end < MODEL_ENDS; end++)
		kvfree(property->m.end[end].got);
	kvfree(property);
	property = NULL;
}

static struct kunit_case property_cases[] = {
	KUNIT_CASE_PARAM_ATTR(schedules, kinds_gen_params, { .speed = KUNIT_SPEED_SLOW }),
	{ }
};

static struct kunit_suite property_suite = {
	.name = "pdcp_property",
	.init = property_init,
	.exit = property_exit,
	.test_cases = property_cases,
};

kunit_test_suite(property_suite);
