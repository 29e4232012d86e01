/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Random schedules of a whole bearer: the two entities of a DRB, and between them a network that
 * loses, repeats, delays and reorders PDUs and hands some of them to the wrong leg, while both ends
 * go through handovers, re-establishments, suspensions and data recoveries, each at its own time.
 * After each step what was submitted, delivered, dropped and changed is compared with a
 * model of the clauses, and the invariants that follow from these are checked.
 */
#ifndef _PDCP_TESTS_PROPERTY_H
#define _PDCP_TESTS_PROPERTY_H

#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/types.h>

#include "pdcp/tests/property_model.h"

struct bed;
struct pdcp_entity;
struct pdcp_ue;

/**
 * struct property_kind - a kind of bearer
 * @name: what it is called
 * @mode: AM or UM
 * @sn_bits: by sender; 0 if it only receives
 * @integrity: with MAC-I
 * @status_report: statusReportRequired
 * @out_of_order: outOfOrderDelivery
 * @split: with a secondary leg
 */
struct property_kind {
	const char *name;
	enum pdcp_mode mode;
	u8 sn_bits[MODEL_ENDS];
	bool integrity;
	bool status_report;
	bool out_of_order;
	bool split;
};

/**
 * struct property - a schedule
 * @test: case
 * @bed: device
 * @kind: bearer
 * @traced: each step is printed
 * @rnd: all that is random
 * @seed: of @rnd
 * @step: number of the step
 * @what: description of the step
 * @m: model
 * @ue: UEs, by end
 * @e: entities, by end
 * @base: first COUNT, by sender
 * @jumps: COUNTs that may still be left out
 * @silent: end that sends nothing of its own, if there is one
 * @losses: whether anything may be given up for good: by discardTimer, t-Reordering, for want of
 *	room
 * @stages: procedure, or NULL
 * @stage: where each end is in it
 * @target: its leg
 * @spare: key and set of before, if that is still installed; key 0 if not
 * @action: of a handover
 * @legs: number of the last leg
 * @keys: number of the last key
 * @last_up: last COUNT delivered, by end
 * @epoch_up: epoch that it was of
 * @sdu: room for one
 */
struct property {
	struct kunit *test;
	struct bed *bed;
	const struct property_kind *kind;
	bool traced;
	struct rnd_state rnd;
	u32 seed;
	u32 step;
	char what[80];
	struct model m;
	struct pdcp_ue *ue[MODEL_ENDS];
	struct pdcp_entity *e[MODEL_ENDS];
	u32 base[MODEL_ENDS];
	u32 jumps;
	u32 silent;
	bool losses;
	const u8 *stages;
	unsigned int stage[MODEL_ENDS];
	struct model_leg target;
	struct model_leg spare;
	enum pdcp_action action;
	u32 legs;
	u32 keys;
	s64 last_up[MODEL_ENDS];
	u32 epoch_up[MODEL_ENDS];
	u8 sdu[PDCP_SDU_MAX + 1];
};

/* A number below @sides. */
static inline u32 property_dice(struct property *p, u32 sides)
{
	return prandom_u32_state(&p->rnd) % sides;
}

/* Comparison. */
__printf(2, 3) void property_note(struct property *p, const char *fmt, ...);
bool property_holds(struct property *p, bool condition, const char *text);
bool property_matches(struct property *p, unsigned int end);
bool property_sdus_match(struct property *p, unsigned int end);
void property_fill(struct property *p, unsigned int sdu, u32 len);
bool property_ciphers(const struct property *p, u32 key);

#define HOLDS(p, condition)	property_holds(p, condition, #condition)

/* Steps; true if all was as it should be, or the step is not to be made now. */
bool property_send(struct property *p, unsigned int end);
bool property_network(struct property *p, unsigned int end);
bool property_wrong_leg(struct property *p, unsigned int end);
bool property_replay(struct property *p, unsigned int end);
bool property_expiry(struct property *p, unsigned int end);
bool property_reconfigure(struct property *p, unsigned int end);
bool property_discard(struct property *p, unsigned int end);
bool property_jump(struct property *p, unsigned int end);
bool property_status(struct property *p, unsigned int end);
bool property_confirmation(struct property *p, unsigned int end);
bool property_duplication(struct property *p, unsigned int end);
bool property_drain(struct property *p);

/* Verbs. */
void property_install(struct property *p, unsigned int end, const struct model_leg *leg);
bool property_stage(struct property *p, unsigned int end);
bool property_procedure(struct property *p, unsigned int end);
bool property_procedure_done(const struct property *p);
bool property_recovery(struct property *p, unsigned int end);
bool property_refusal(struct property *p, unsigned int end);

#endif /* _PDCP_TESTS_PROPERTY_H */
