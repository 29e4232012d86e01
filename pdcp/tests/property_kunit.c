// SPDX-License-Identifier: GPL-2.0
/*
 * Random schedules of a whole bearer: the two entities of a DRB, and between them a network that
 * loses, repeats, delays and reorders PDUs and hands some of them to the wrong leg, while both ends
 * go through handovers, re-establishments, suspensions and data recoveries, each at its own time.
 * After each step what was submitted, delivered, dropped and changed is compared with a
 * model of the clauses, and the invariants that follow from these are checked.
 *
 * A schedule is its seed.  To play one alone, with its steps in the log, load pdcp_kunit with
 * property_seed=SEED.
 */
#include <kunit/test.h>
#include <linux/mm.h>
#include <linux/moduleparam.h>
#include <linux/prandom.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/discard.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/pdu.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/property_model.h"
#include "pdcp/tests/property_wire.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

static unsigned int property_seed;
module_param(property_seed, uint, 0444);
MODULE_PARM_DESC(property_seed, "play this schedule of pdcp_property alone");

static unsigned int property_schedules = 600;
module_param(property_schedules, uint, 0444);
MODULE_PARM_DESC(property_schedules, "schedules of pdcp_property for each kind of bearer");

struct kind {
	const char *name;
	enum pdcp_mode mode;
	u8 sn_bits[MODEL_ENDS];
	bool integrity;
	bool status_report;
	bool out_of_order;
};

static const struct kind kinds[] = {
	{ "AM 12", PDCP_MODE_AM, { 12, 12 }, true, true },
	{ "AM 18", PDCP_MODE_AM, { 18, 18 }, true, true },
	{ "AM 12/18, no report", PDCP_MODE_AM, { 12, 18 }, true },
	{ "AM 18/12, no integrity", PDCP_MODE_AM, { 18, 12 }, false, true },
	{ "AM 12, out of order", PDCP_MODE_AM, { 12, 12 }, true, true, true },
	{ "UM 12", PDCP_MODE_UM, { 12, 12 }, true },
	{ "UM 18, report", PDCP_MODE_UM, { 18, 18 }, true, true },
	{ "UM 18/12, no integrity", PDCP_MODE_UM, { 18, 12 } },
	{ "UM 18, out of order", PDCP_MODE_UM, { 18, 18 }, true, false, true },
};

KUNIT_ARRAY_PARAM_DESC(kinds, kinds, name);

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
	FORGET,
};

static const char * const stage_names[] = {
	"done", "start", "switch", "release", "fallback", "reestablish", "recover",
	"suspend", "resume", "forget",
};

/* Both ends go through these, each at its own time. */
static const enum stage procedures[][5] = {
	{ START, SWITCH, RELEASE },
	{ START, SWITCH, RELEASE },
	{ START, FALLBACK },
	{ REESTABLISH, FORGET },
	{ SUSPEND, REESTABLISH, RESUME, FORGET },
	{ SUSPEND, REESTABLISH, FORGET, RESUME },
	{ RECOVER },		/* AM */
};

/**
 * struct property - a schedule
 * @test: case
 * @bed: device
 * @kind: bearer
 * @rnd: all that is random
 * @seed: of @rnd
 * @step: number of the step
 * @what: description of the step
 * @m: model
 * @ue: UEs, by end
 * @e: entities, by end
 * @base: first COUNT, by sender
 * @jumps: COUNTs that may still be left out
 * @losses: whether anything may be given up for good: by discardTimer, t-Reordering, for want of
 *	room
 * @stages: procedure, or NULL
 * @stage: where each end is in it
 * @target: its leg
 * @old_set: set before it
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
	const struct kind *kind;
	struct rnd_state rnd;
	u32 seed;
	u32 step;
	char what[64];
	struct model m;
	struct pdcp_ue *ue[MODEL_ENDS];
	struct pdcp_entity *e[MODEL_ENDS];
	u32 base[MODEL_ENDS];
	u32 jumps;
	bool losses;
	const enum stage *stages;
	unsigned int stage[MODEL_ENDS];
	struct model_leg target;
	u8 old_set;
	enum pdcp_action action;
	u32 legs;
	u32 keys;
	s64 last_up[MODEL_ENDS];
	u32 epoch_up[MODEL_ENDS];
	u8 sdu[PDCP_SDU_MAX + 1];
};

static struct property *property;

static u32 dice(struct property *p, u32 sides)
{
	return prandom_u32_state(&p->rnd) % sides;
}

static bool holds(struct property *p, bool condition, const char *text)
{
	if (!condition)
		KUNIT_FAIL(p->test, "%s: property_seed=%u step %u (%s): not %s",
			   p->kind->name, p->seed, p->step, p->what, text);
	return condition;
}

#define HOLDS(p, condition)	holds(p, condition, #condition)

__printf(2, 3) static void note(struct property *p, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(p->what, sizeof(p->what), fmt, args);
	va_end(args);
	if (property_seed)
		kunit_info(p->test, "%u %s", p->step, p->what);
}

static u64 dropped(const struct pdcp_entity *e, enum pdcp_drop_reason from,
		   enum pdcp_drop_reason end)
{
	u64 n = 0;

	for (; from < end; from++)
		n += atomic64_read(&e->drops[from]);
	return n;
}

/* What went into an entity has come out, waits, or was counted. */
static bool all_accounted(struct property *p, const struct pdcp_entity *e,
			  const struct model_end *end)
{
	u64 down = dropped(e, 0, PDCP_DROP_REASON_RX_REMOTE);
	u64 up = dropped(e, PDCP_DROP_REASON_RX_REMOTE, __PDCP_DROP_REASON_MAX);
	u32 stored = p->m.out_of_order ? 0 : e->rx.window.stored;

	return HOLDS(p, end->sdus + end->unnumbered ==
			e->tx.sdus + skb_queue_len(&e->tx.queue) + down) &&
	       HOLDS(p, end->pdus == e->rx.sdus + stored + skb_queue_len(&e->rx.held) +
			end->reports + up);
}

static bool drops_match(struct property *p, const struct pdcp_entity *e,
			const struct model_end *end)
{
	enum pdcp_drop_reason reason;

	for (reason = 0; reason < __PDCP_DROP_REASON_MAX; reason++) {
		if (atomic64_read(&e->drops[reason]) == end->drops[reason])
			continue;
		note(p, "%s, drop reason %u: %llu, not %llu", p->what, reason,
		     (u64)atomic64_read(&e->drops[reason]), end->drops[reason]);
		return HOLDS(p, atomic64_read(&e->drops[reason]) == end->drops[reason]);
	}
	return true;
}

static bool tx_matches(struct property *p, const struct pdcp_tx *tx,
		       const struct model_end *end)
{
	return HOLDS(p, tx->next == end->tx_next) &&
	       HOLDS(p, tx->slot == end->sends) &&
	       HOLDS(p, tx->hold == end->tx_hold) &&
	       HOLDS(p, tx->paused == end->paused) &&
	       HOLDS(p, skb_queue_len(&tx->queue) == end->queue.n) &&
	       HOLDS(p, skb_queue_len(&tx->kept) == end->kept.n) &&
	       HOLDS(p, tx->sdus == end->numbered) &&
	       HOLDS(p, tx->retransmitted == end->retransmitted) &&
	       HOLDS(p, tx->confirmed == end->confirmed) &&
	       HOLDS(p, tx->evicted == end->evicted);
}

static bool rx_matches(struct property *p, const struct pdcp_rx *rx,
		       const struct model_end *end)
{
	const struct pdcp_window *w = &rx->window;

	return HOLDS(p, w->rx_next == end->rx_next) &&
	       HOLDS(p, w->rx_deliv == end->rx_deliv) &&
	       HOLDS(p, w->running == end->running) &&
	       HOLDS(p, !w->running || w->rx_reord == end->rx_reord) &&
	       HOLDS(p, w->stored == end->stored) &&
	       HOLDS(p, rx->hold == end->rx_hold) &&
	       HOLDS(p, rx->paused == end->paused) &&
	       HOLDS(p, skb_queue_len(&rx->held) == end->nheld) &&
	       HOLDS(p, rx->sdus == end->up);
}

static bool invariants_hold(struct property *p, const struct pdcp_window *w)
{
	return HOLDS(p, w->running == (w->rx_deliv < w->rx_next)) &&
	       HOLDS(p, w->rx_deliv <= w->rx_next) &&
	       HOLDS(p, !w->running || w->rx_deliv < w->rx_reord) &&
	       HOLDS(p, !w->running || w->rx_reord <= w->rx_next) &&
	       HOLDS(p, !w->stored || (w->last > w->rx_deliv && w->last < w->rx_next)) &&
	       HOLDS(p, !pdcp_window_received(w, w->rx_deliv));
}

static bool leg_matches(struct property *p, const struct pdcp_entity *e, u8 slot,
			const struct model_leg *want)
{
	const struct pdcp_leg *leg = rcu_dereference_protected(e->leg[slot], true);

	return HOLDS(p, !leg == !want->number) &&
	       HOLDS(p, !leg || leg->sec->id == want->set) &&
	       HOLDS(p, !leg || leg->sec == pdcp_ue_security(e->ue, want->set)) &&
	       HOLDS(p, !leg || leg->integrity_failures == want->failures);
}

static bool end_matches(struct property *p, unsigned int i)
{
	const struct model_end *end = &p->m.end[i];
	const struct pdcp_entity *e = p->e[i];

	return HOLDS(p, e->ue->handover.state == end->state) &&
	       HOLDS(p, e->source == end->source) &&
	       HOLDS(p, wire.failures[i] == end->drops[PDCP_DROP_REASON_RX_INTEGRITY]) &&
	       leg_matches(p, e, 0, &end->leg[0]) &&
	       leg_matches(p, e, 1, &end->leg[1]) &&
	       tx_matches(p, &e->tx, end) &&
	       rx_matches(p, &e->rx, end) &&
	       invariants_hold(p, &e->rx.window) &&
	       drops_match(p, e, end) &&
	       all_accounted(p, e, end);
}

static bool header_matches(struct property *p, const struct sk_buff *pdu,
			   const struct model_pdu *want)
{
	u8 sn_bits = p->m.sn_bits[want->from];
	u32 sn;

	return HOLDS(p, pdu->len == pdcp_pdu_hdr_len(sn_bits) + p->m.sdu[want->sdu].len +
				    (p->m.integrity ? PDCP_MAC_LEN : 0)) &&
	       HOLDS(p, pdcp_pdu_parse(pdu->data, pdu->len, false, sn_bits, &sn) ==
			PDCP_PDU_DATA) &&
	       HOLDS(p, sn == want->count % (1U << sn_bits));
}

static bool report_matches(struct property *p, const struct sk_buff *pdu)
{
	return HOLDS(p, pdu->len == p->m.report_len) &&
	       HOLDS(p, !memcmp(pdu->data, p->m.report, pdu->len));
}

static bool pdu_matches(struct property *p, struct sk_buff *pdu, const struct model_pdu *want)
{
	const struct pdcp_event_bearer *b = wire_bearer(pdu);

	return HOLDS(p, b->ue_id == want->from) &&
	       HOLDS(p, b->role == want->role) &&
	       HOLDS(p, b->count == want->count) &&
	       (want->report ? report_matches(p, pdu) : header_matches(p, pdu, want));
}

/* What was submitted, which goes on its way. */
static bool pdus_match(struct property *p)
{
	unsigned int i;

	for (i = 0; i < p->m.nout; i++) {
		struct sk_buff *pdu = __skb_dequeue(&wire.out);
		const char *text;

		if (!HOLDS(p, pdu))
			return false;
		if (!pdu_matches(p, pdu, &p->m.out[i])) {
			kfree_skb(pdu);
			return false;
		}
		text = wire_send(pdu, &p->m.out[i]);
		if (text)
			return holds(p, false, text);
	}
	return HOLDS(p, skb_queue_empty(&wire.out));
}

static void fill(struct property *p, unsigned int sdu, u32 len)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, (u64)p->seed << 32 | sdu);
	prandom_bytes_state(&rnd, p->sdu, len);
	if (len > 1)
		put_unaligned_be16(sdu, p->sdu);
}

static bool sdu_matches(struct property *p, struct sk_buff *skb, const struct model_up *want)
{
	const struct model_sdu *sdu = &p->m.sdu[want->sdu];
	const struct pdcp_event_bearer *b = wire_bearer(skb);
	u32 end = b->ue_id;

	if (p->epoch_up[end] != sdu->delivered)
		p->last_up[end] = -1;
	p->epoch_up[end] = sdu->delivered;
	fill(p, want->sdu, sdu->len);
	if (!HOLDS(p, end == !sdu->from) ||
	    !HOLDS(p, b->count == want->count) ||
	    !HOLDS(p, skb->len == sdu->len) ||
	    !HOLDS(p, !memcmp(skb->data, p->sdu, sdu->len)) ||
	    !HOLDS(p, p->m.out_of_order || b->count > p->last_up[end]))
		return false;
	p->last_up[end] = b->count;
	return true;
}

/* What was delivered. */
static bool sdus_match(struct property *p)
{
	unsigned int i;

	for (i = 0; i < p->m.nups; i++) {
		struct sk_buff *sdu = __skb_dequeue(&wire.up);
		bool matches;

		if (!HOLDS(p, sdu))
			return false;
		matches = sdu_matches(p, sdu, &p->m.ups[i]);
		kfree_skb(sdu);
		if (!matches)
			return false;
	}
	return HOLDS(p, skb_queue_empty(&wire.up));
}

/* The lane runs at once, unless softirqs were put off to their thread. */
static void wait_for_lane(struct property *p, unsigned int end)
{
	struct pdcp_lane *lane = &p->bed->pdcp->lanes[end % PDCP_LANES];

	while (test_bit(NAPI_STATE_SCHED, &lane->napi.state))
		schedule_timeout_uninterruptible(1);
}

/* The step was made at @end, in the model and in the entity. */
static bool step_matches(struct property *p, unsigned int end)
{
	bool matches;

	wait_for_lane(p, end);
	if (p->m.wrong)
		return holds(p, false, p->m.wrong);
	matches = pdus_match(p) && sdus_match(p) && end_matches(p, 0) && end_matches(p, 1);
	model_clear(&p->m);
	return matches;
}

static void add_sdu(struct property *p, struct sk_buff_head *list, unsigned int sdu)
{
	u32 len = p->m.sdu[sdu].len;
	struct sk_buff *skb = alloc_skb(len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(p->test, skb);
	fill(p, sdu, len);
	skb_put_data(skb, p->sdu, len);
	__skb_queue_tail(list, skb);
}

static u32 pick_len(struct property *p)
{
	switch (dice(p, 300)) {
	case 0:
		return 0;
	case 1:
		return PDCP_SDU_MAX + 1;
	case 2:
		return PDCP_SDU_MAX;
	default:
		return 2 + dice(p, 40);
	}
}

static bool play_send(struct property *p, unsigned int end)
{
	unsigned int n = dice(p, 8) ? 1 : 1 + dice(p, dice(p, 8) ? 6 : 80);
	struct model *m = &p->m;
	struct sk_buff_head list;
	unsigned int i;

	if (m->nsdus + n > MODEL_SDUS / 2)
		return true;
	note(p, "%u send %u+%u", end, m->nsdus, n);
	__skb_queue_head_init(&list);
	for (i = m->nsdus; i < m->nsdus + n; i++) {
		m->sdu[i] = (struct model_sdu){ .from = end, .len = pick_len(p) };
		add_sdu(p, &list, i);
	}
	m->nsdus += n;
	model_send(m, &m->end[end], m->nsdus - n, n);
	pdcp_tx_sdus(p->e[end], &list);
	return step_matches(p, end);
}

static bool has_leg(const struct model_end *end, const struct model_pdu *pdu)
{
	return end->leg[pdu->slot].number == pdu->leg;
}

static bool receive(struct property *p, unsigned int end, u8 slot, struct sk_buff *pdu)
{
	const struct model_pdu *meant = model_pdu(pdu);

	note(p, "%u receive %u: %s %u", end, slot, meant->report ? "report" : "COUNT",
	     meant->count);
	model_receive(&p->m, &p->m.end[end], slot, pdu);
	bed_receive(p->test, p->e[end], slot, pdu->data, pdu->len);
	return step_matches(p, end);
}

/* A PDU of a leg that its receiver has no more is lost; of one that it has not yet, waits. */
static bool play_deliver(struct property *p, unsigned int end, u8 slot, unsigned int i,
			 bool again)
{
	struct sk_buff_head *channel = &wire.channel[!end][slot];
	struct sk_buff *pdu = wire_take(channel, i);
	const struct model_end *m = &p->m.end[end];
	bool matches = true;

	if (model_pdu(pdu)->leg > m->newest) {
		__skb_queue_head(channel, pdu);
		return true;
	}
	if (has_leg(m, model_pdu(pdu)))
		matches = receive(p, end, slot, pdu);
	if (again)
		__skb_queue_tail(channel, pdu);
	else
		kfree_skb(pdu);
	return matches;
}

static bool play_network(struct property *p, unsigned int end)
{
	u8 slot = dice(p, 4) ? p->m.end[!end].sends : dice(p, 2);
	struct sk_buff_head *channel = &wire.channel[!end][slot];
	u32 n = skb_queue_len(channel);
	u32 what = dice(p, 100);

	if (!n)
		return true;
	if (what < 55)
		return play_deliver(p, end, slot, 0, false);
	if (what < 75)
		return play_deliver(p, end, slot, dice(p, n), false);
	if (what < 85)
		return play_deliver(p, end, slot, dice(p, n), true);
	note(p, "%u loses", end);
	kfree_skb(wire_take(channel, dice(p, n)));
	return true;
}

/* What comes through the wrong leg fails, and nothing else happens. */
static bool play_wrong_leg(struct property *p, unsigned int end)
{
	const struct model_end *m = &p->m.end[end];
	u8 slot = dice(p, 2);
	struct sk_buff_head *channel = &wire.channel[!end][slot];
	struct sk_buff *pdu;
	bool matches = true;

	if (!p->m.integrity || !m->leg[!slot].number || skb_queue_empty(channel))
		return true;
	pdu = wire_take(channel, dice(p, skb_queue_len(channel)));
	if (has_leg(m, model_pdu(pdu)))
		matches = receive(p, end, !slot, pdu);
	__skb_queue_tail(channel, pdu);
	return matches;
}

static bool play_expiry(struct property *p, unsigned int end)
{
	if (!p->losses)
		return true;
	note(p, "%u t-Reordering", end);
	model_expire(&p->m, &p->m.end[end]);
	pdcp_rx_expire(p->e[end], KTIME_MAX);
	return step_matches(p, end);
}

static bool play_reconfigure(struct property *p, unsigned int end)
{
	u32 t_reordering = p->losses && dice(p, 2) ? 0 : PDCP_INFINITY;

	note(p, "%u t-Reordering := %d", end, (int)t_reordering);
	model_reconfigure(&p->m, &p->m.end[end], t_reordering);
	pdcp_entity_set_t_reordering(p->e[end], t_reordering);
	return step_matches(p, end);
}

/* How many SDUs are not younger than the @i-th oldest, and when they expire. */
static unsigned int count_older(const struct pdcp_entity *e, unsigned int i, ktime_t *now)
{
	const struct sk_buff_head *lists[] = { &e->tx.kept, &e->tx.queue };
	unsigned int l, n = 0;
	ktime_t arrival = 0;
	struct sk_buff *skb;

	for (l = 0; l < ARRAY_SIZE(lists); l++) {
		skb_queue_walk(lists[l], skb) {
			if (n > i && pdcp_tx_cb(skb)->arrival > arrival)
				continue;
			arrival = pdcp_tx_cb(skb)->arrival;
			n++;
		}
	}
	*now = ktime_add_us(arrival, e->config.discard);
	return n;
}

static bool play_discard(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	unsigned int n = m->kept.n + m->queue.n;
	ktime_t now;

	if (!p->losses || !n)
		return true;
	n = count_older(p->e[end], dice(p, n), &now);
	note(p, "%u discard %u", end, n);
	model_discard(&p->m, m, n);
	pdcp_discard_expire(p->e[end], now);
	return step_matches(p, end);
}

static int set_counts(struct property *p, unsigned int end, const u32 *tx_next,
		      const u32 *rx_deliv)
{
	int err;

	mutex_lock(&p->bed->pdcp->lock);
	err = pdcp_entity_set_counts(p->e[end], tx_next, rx_deliv, NULL);
	mutex_unlock(&p->bed->pdcp->lock);
	return err;
}

/* TX_NEXT is given, higher: the COUNTs in between are never sent. */
static bool play_jump(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	u32 jump = min_t(u64, dice(p, p->jumps / 2 + 1), U32_MAX - m->tx_next);
	u32 next = m->tx_next + jump;

	if (m->tx_hold || m->stale_key)
		return true;
	note(p, "%u TX_NEXT := %u", end, next);
	p->jumps -= jump;
	model_set_tx_next(&p->m, m, next);
	return HOLDS(p, !set_counts(p, end, &next, NULL)) && step_matches(p, end);
}

/* COUNTs are given to an end that waited for them. */
static bool play_status(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	u32 tx_next = m->tx_epoch == 1 ? p->base[end] : 0;
	u32 rx_deliv = m->rx_epoch == 1 ? p->base[!end] : 0;
	bool tx = m->tx_hold, rx = m->rx_hold;

	if (!tx && !rx)
		return true;
	note(p, "%u status", end);
	if (tx)
		model_set_tx_next(&p->m, m, tx_next);
	if (rx)
		model_set_rx_deliv(&p->m, m, rx_deliv);
	return HOLDS(p, !set_counts(p, end, tx ? &tx_next : NULL, rx ? &rx_deliv : NULL)) &&
	       step_matches(p, end);
}

static void install(struct property *p, unsigned int end, const struct model_leg *leg)
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
	default:
		return pdcp_ue_del_security(ue, set, NULL);
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

static bool has_set(const struct property *p, unsigned int end, u8 set)
{
	return pdcp_ue_security(p->ue[end], set);
}

/* The end goes one stage on. */
static bool play_stage(struct property *p, unsigned int end)
{
	enum stage stage = p->stages[p->stage[end]];
	u8 set = stage == FORGET ? p->old_set : p->target.set;

	if (stage == DONE)
		return true;
	note(p, "%u %s", end, stage_names[stage]);
	if ((stage == START || stage == REESTABLISH) && !has_set(p, end, set))
		install(p, end, &p->target);
	p->stage[end]++;
	model_verb(p, end, stage);
	return HOLDS(p, !verb(p, end, stage, set, true)) && step_matches(p, end);
}

static void pick_action(struct property *p, bool refresh)
{
	p->action = PDCP_ACTION_DAPS;
	if (dice(p, 3))
		return;
	if (refresh)
		p->action = PDCP_ACTION_REESTABLISH;
	else if (p->m.am)
		p->action = PDCP_ACTION_RECOVER;
}

/* The next procedure, with a leg that has the next key, or none of its own. */
static void begin_procedure(struct property *p)
{
	const struct model_end *m = &p->m.end[0];
	const enum stage *stages = procedures[dice(p, ARRAY_SIZE(procedures))];
	bool refresh = stages[0] != RECOVER && (stages[0] != START || dice(p, 4));
	unsigned int end;

	if (stages[0] == RECOVER && !p->m.am)
		return;
	p->stages = stages;
	p->old_set = m->leg[m->source].set;
	p->target = m->leg[m->source];
	p->target.number = ++p->legs;
	p->target.failures = 0;
	if (refresh) {
		p->target.key = ++p->keys;
		p->target.set = (p->old_set + 1) % 16;
	}
	pick_action(p, refresh);
	for (end = 0; end < MODEL_ENDS; end++) {
		p->stage[end] = 0;
		__skb_queue_purge(&wire.channel[end][!m->source]);
	}
}

static bool procedure_done(const struct property *p)
{
	return !p->stages || (p->stages[p->stage[0]] == DONE && p->stages[p->stage[1]] == DONE);
}

static bool play_procedure(struct property *p, unsigned int end)
{
	if (procedure_done(p))
		begin_procedure(p);
	return !p->stages || play_stage(p, end);
}

/* Data recovery where the bearer is. */
static bool play_recovery(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];

	if (!p->m.am || m->state != PDCP_HANDOVER_STATE_NONE || m->paused)
		return true;
	note(p, "%u recover here", end);
	model_recover(&p->m, m, NULL);
	return HOLDS(p, !verb(p, end, RECOVER, 0, false)) && step_matches(p, end);
}

/* The error of a verb out of turn, or 0. */
static int refusal(const struct property *p, const struct model_end *m, enum stage stage)
{
	bool none = m->state == PDCP_HANDOVER_STATE_NONE;
	bool prepared = m->state == PDCP_HANDOVER_STATE_PREPARED;

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
	case FORGET:
		return -EBUSY;
	default:
		return 0;
	}
}

/* With the set in use; nothing changes. */
static bool play_refusal(struct property *p, unsigned int end)
{
	const struct model_end *m = &p->m.end[end];
	enum stage stage = START + dice(p, FORGET - START + 1);
	int err = refusal(p, m, stage);

	if (!err)
		return true;
	note(p, "%u %s is refused", end, stage_names[stage]);
	return HOLDS(p, verb(p, end, stage, m->leg[m->source].set, true) == err) &&
	       step_matches(p, end);
}

static bool play_step(struct property *p)
{
	unsigned int end = dice(p, 2);
	u32 what = dice(p, 100);

	if (what < 30)
		return play_send(p, end);
	if (what < 74)
		return play_network(p, end);
	if (what < 87)
		return play_procedure(p, end);
	if (what < 89)
		return play_expiry(p, end);
	if (what < 90)
		return play_reconfigure(p, end);
	if (what < 91)
		return play_discard(p, end);
	if (what < 92)
		return play_jump(p, end);
	if (what < 93)
		return play_status(p, end);
	if (what < 95)
		return play_recovery(p, end);
	if (what < 98)
		return play_wrong_leg(p, end);
	return play_refusal(p, end);
}

/* All that is on its way arrives. */
static bool drain(struct property *p)
{
	unsigned int i;

	for (i = 0; i < 2 * MODEL_ENDS; i++) {
		while (!skb_queue_empty(&wire.channel[i / 2][i % 2]))
			if (!play_deliver(p, !(i / 2), i % 2, 0, false))
				return false;
	}
	return true;
}

static bool at_both(struct property *p, bool (*play)(struct property *p, unsigned int end))
{
	return play(p, 0) && play(p, 1);
}

static bool finish_procedure(struct property *p)
{
	while (!procedure_done(p))
		if (!at_both(p, play_stage))
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
		note(p, "%u sent SDU %u as COUNT %llu", sdu->from, i, sdu->count);
		return holds(p, false, "delivered, and not given up");
	}
	return HOLDS(p, !p->m.reports || !p->m.end[0].kept.n) &&
	       HOLDS(p, !p->m.reports || !p->m.end[1].kept.n);
}

/* Nothing more is waited for. */
static bool expire_all(struct property *p, unsigned int end)
{
	while (p->m.end[end].running)
		if (!play_expiry(p, end))
			return false;
	return true;
}

/* The network is good from now on, and AM recovers. */
static bool play_out(struct property *p)
{
	if (!finish_procedure(p) || !at_both(p, play_status) || !drain(p))
		return false;
	if (!p->m.am)
		return true;
	if (!at_both(p, play_recovery) || !drain(p))
		return false;
	p->losses = true;
	return at_both(p, expire_all) && at_both(p, play_recovery) && drain(p) &&
	       all_arrived(p);
}

static void begin_end(struct property *p, unsigned int end, const struct model_leg *leg,
		      const struct pdcp_entity_config *config)
{
	struct model_end *m = &p->m.end[end];
	struct pdcp_entity *e;

	p->ue[end] = bed_ue(p->test, end, end ? PDCP_ROLE_GNB : PDCP_ROLE_UE);
	install(p, end, leg);
	e = bed_bearer(p->test, p->ue[end], config, &user_leg);
	p->e[end] = e;
	m->tx_hold = true;
	m->rx_hold = true;
	e->tx.hold = true;
	e->rx.hold = true;
	p->last_up[end] = -1;
}

static u32 pick_base(struct property *p, u8 sn_bits)
{
	switch (dice(p, 4)) {
	case 0:
		return 0;
	case 1:
		return (1 + dice(p, 1000)) * (1U << sn_bits) - dice(p, 100);
	case 2:
		return U32_MAX - dice(p, 1000);
	default:
		return prandom_u32_state(&p->rnd) / 2;
	}
}

static struct pdcp_entity_config pick_config(struct property *p)
{
	const struct kind *k = p->kind;
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, k->mode, 12);
	bool lavish = !p->losses || dice(p, 2);

	config.sn_ul = k->sn_bits[0];
	config.sn_dl = k->sn_bits[1];
	config.integrity = k->integrity;
	config.ciphering = dice(p, 8);
	config.status_report = k->status_report;
	config.out_of_order = k->out_of_order;
	config.bearer = dice(p, 32);
	config.sdap_len = dice(p, 2);
	config.queue_limit = lavish ? MODEL_SDUS : 1 + dice(p, 40);
	config.kept_limit = lavish ? MODEL_SDUS : 1 + dice(p, 40);
	config.queue_limit = min_t(u32, config.queue_limit, MODEL_HELD);
	return config;
}

static bool begin(struct property *p)
{
	const struct model_leg leg = { .number = 1, .key = 1, .set = SET_SOURCE };
	const struct kind *k = p->kind;
	struct pdcp_entity_config config;
	unsigned int end;

	p->legs = 1;
	p->keys = 1;
	p->losses = dice(p, 3);
	p->jumps = k->sn_bits[0] == 12 || k->sn_bits[1] == 12 ? 500 :
		   dice(p, 16) ? 2000 : 100000;
	config = pick_config(p);
	p->m.am = k->mode == PDCP_MODE_AM;
	p->m.integrity = config.integrity;
	p->m.reports = config.status_report;
	p->m.out_of_order = config.out_of_order;
	p->m.queue_limit = config.queue_limit;
	p->m.kept_limit = config.kept_limit;
	model_begin(&p->m, &leg);
	for (end = 0; end < MODEL_ENDS; end++) {
		p->m.sn_bits[end] = k->sn_bits[end];
		p->base[end] = pick_base(p, k->sn_bits[end]);
		begin_end(p, end, &leg, &config);
	}
	/* As a rule both know where they begin. */
	return (!dice(p, 8) || play_status(p, 0)) && (!dice(p, 8) || play_status(p, 1));
}

static void release(struct property *p, unsigned int end)
{
	note(p, "%u is released", end);
	model_clear(&p->m);
	model_end(&p->m, &p->m.end[end]);
	mutex_lock(&p->bed->pdcp->lock);
	pdcp_ue_destroy(p->ue[end]);
	mutex_unlock(&p->bed->pdcp->lock);
	wait_for_lane(p, end);
}

static bool play(struct property *p)
{
	u32 steps = 40 + dice(p, 200);
	bool passed = begin(p);
	unsigned int end;

	for (p->step = 1; passed && p->step <= steps; p->step++)
		passed = play_step(p);
	if (passed && dice(p, 4))
		passed = play_out(p);
	/* What is stored is delivered then. */
	for (end = 0; end < MODEL_ENDS; end++) {
		release(p, end);
		passed = passed && sdus_match(p);
	}
	return passed;
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
