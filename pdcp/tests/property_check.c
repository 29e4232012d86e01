// SPDX-License-Identifier: GPL-2.0
/* What the entities did, against what the model did, and what always holds. */
#include "pdcp/tests/property.h"

#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/unaligned.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/pdu.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/property_wire.h"
#include "pdcp/tests/rig.h"
#include "pdcp/ue.h"

/* Say what the step is. */
void property_note(struct property *p, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(p->what, sizeof(p->what), fmt, args);
	va_end(args);
	if (p->traced)
		kunit_info(p->test, "%u %s", p->step, p->what);
}

/* Whether @condition is true; if not, the case has failed. */
bool property_holds(struct property *p, bool condition, const char *text)
{
	if (!condition)
		KUNIT_FAIL(p->test, "%s: property_seed=%u step %u (%s): not %s",
			   p->kind->name, p->seed, p->step, p->what, text);
	return condition;
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
		u64 n = atomic64_read(&e->drops[reason]);

		if (n == end->drops[reason])
			continue;
		property_note(p, "%s; drop reason %u: %llu, not %llu", p->what, reason, n,
			      end->drops[reason]);
		return HOLDS(p, n == end->drops[reason]);
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
	       HOLDS(p, tx->kept_bytes == end->kept_bytes) &&
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

/* 38.323 5.2.2 */
static bool invariants_hold(struct property *p, const struct pdcp_window *w)
{
	return HOLDS(p, w->running == (w->rx_deliv < w->rx_next)) &&
	       HOLDS(p, w->rx_deliv <= w->rx_next) &&
	       HOLDS(p, !w->running || w->rx_deliv < w->rx_reord) &&
	       HOLDS(p, !w->running || w->rx_reord <= w->rx_next) &&
	       HOLDS(p, !w->stored || (w->last > w->rx_deliv && w->last < w->rx_next)) &&
	       HOLDS(p, !rig_received(w, w->rx_deliv));
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

/* The octets of an SDU, as they are always the same. */
void property_fill(struct property *p, unsigned int sdu, u32 len)
{
	struct rnd_state rnd;

	prandom_seed_state(&rnd, (u64)p->seed << 32 | sdu);
	prandom_bytes_state(&rnd, p->sdu, len);
	if (len > 1)
		put_unaligned_be16(sdu, p->sdu);
}

/* Ciphered are the octets behind the SDAP header, and no others; too few may look the same. */
static bool cipher_matches(struct property *p, const struct sk_buff *pdu,
			   const struct model_pdu *want)
{
	u32 clear = p->m.sdap_len, len = p->m.sdu[want->sdu].len;
	const u8 *data = pdu->data + pdcp_pdu_hdr_len(p->m.sn_bits[want->from]);
	bool same;

	property_fill(p, want->sdu, len);
	same = !memcmp(data + clear, p->sdu + clear, len - clear);
	return HOLDS(p, !memcmp(data, p->sdu, clear)) &&
	       HOLDS(p, len < 12 || same == !property_ciphers(p, want->key));
}

static bool report_matches(struct property *p, const struct sk_buff *pdu)
{
	return HOLDS(p, pdu->len == p->m.report_len) &&
	       HOLDS(p, !memcmp(pdu->data, p->m.report, pdu->len));
}

/* Where either leg would have done, the entity has chosen. */
static void choose_leg(struct property *p, struct model_pdu *want, u8 role)
{
	const struct model_end *end = &p->m.end[want->from];

	want->role = role;
	want->leg = end->leg[role == PDCP_LEG_ROLE_SOURCE ? end->source : !end->source].number;
}

static bool pdu_matches(struct property *p, struct sk_buff *pdu, struct model_pdu *want)
{
	const struct pdcp_event_bearer *b = wire_bearer(pdu);

	if (want->any)
		choose_leg(p, want, b->role);
	return HOLDS(p, b->ue_id == want->from) &&
	       HOLDS(p, b->role == want->role) &&
	       HOLDS(p, b->count == want->count) &&
	       (want->report ? report_matches(p, pdu) :
			       header_matches(p, pdu, want) && cipher_matches(p, pdu, want));
}

/* The PDU that is to be @want: the first one on its leg; between legs there is no order. */
static struct sk_buff *take_out(const struct model_pdu *want)
{
	unsigned long passed = 0;
	struct sk_buff *pdu;

	skb_queue_walk(&wire.out, pdu) {
		const struct pdcp_event_bearer *b = wire_bearer(pdu);

		if (b->ue_id != want->from || passed & BIT(b->role))
			continue;
		if (want->any ? b->count == want->count : b->role == want->role) {
			__skb_unlink(pdu, &wire.out);
			return pdu;
		}
		passed |= BIT(b->role);
	}
	return NULL;
}

/* What was submitted, which goes on its way. */
static bool pdus_match(struct property *p)
{
	unsigned int i;

	for (i = 0; i < p->m.nout; i++) {
		struct sk_buff *pdu = take_out(&p->m.out[i]);
		const char *text;

		if (!HOLDS(p, pdu))
			return false;
		if (!pdu_matches(p, pdu, &p->m.out[i])) {
			kfree_skb(pdu);
			return false;
		}
		text = wire_send(pdu, &p->m.out[i]);
		if (text)
			return property_holds(p, false, text);
	}
	return HOLDS(p, skb_queue_empty(&wire.out));
}

static bool accepts_match(struct property *p)
{
	const char *text;
	unsigned int i;

	for (i = 0; i < p->m.naccepts; i++) {
		text = wire_accept(&p->m.accepts[i]);
		if (text)
			return property_holds(p, false, text);
	}
	return true;
}

static bool sdu_matches(struct property *p, struct sk_buff *skb, const struct model_up *want)
{
	const struct model_sdu *sdu = &p->m.sdu[want->sdu];
	const struct pdcp_event_bearer *b = wire_bearer(skb);
	u32 end = b->ue_id;

	if (p->epoch_up[end] != sdu->delivered)
		p->last_up[end] = -1;
	p->epoch_up[end] = sdu->delivered;
	property_fill(p, want->sdu, sdu->len);
	if (!HOLDS(p, end == !sdu->from) ||
	    !HOLDS(p, b->count == want->count) ||
	    !HOLDS(p, skb->len == sdu->len) ||
	    !HOLDS(p, !memcmp(skb->data, p->sdu, sdu->len)) ||
	    !HOLDS(p, p->m.out_of_order || b->count > p->last_up[end]))
		return false;
	p->last_up[end] = b->count;
	return true;
}

/* The lane runs at once, unless softirqs were put off to their thread. */
static void wait_for_lane(struct property *p, unsigned int end)
{
	struct pdcp_lane *lane = &p->bed->pdcp->lanes[end % PDCP_LANES];

	while (test_bit(NAPI_STATE_SCHED, &lane->napi.state))
		schedule_timeout_uninterruptible(1);
}

/* What @end delivered. */
bool property_sdus_match(struct property *p, unsigned int end)
{
	unsigned int i;

	wait_for_lane(p, end);
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

/* The step was made at @end, in the model and in the entity. */
bool property_matches(struct property *p, unsigned int end)
{
	bool matches;

	if (p->m.wrong)
		return property_holds(p, false, p->m.wrong);
	matches = property_sdus_match(p, end) && pdus_match(p) && accepts_match(p) &&
		  end_matches(p, 0) && end_matches(p, 1);
	model_clear(&p->m);
	return matches;
}
