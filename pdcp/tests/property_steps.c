// SPDX-License-Identifier: GPL-2.0
/* Steps of a schedule: traffic, network, timers and COUNTs from outside. */
#include "pdcp/tests/property.h"

#include <linux/ktime.h>
#include <linux/minmax.h>
#include <linux/mutex.h>

#include "pdcp/device.h"
#include "pdcp/discard.h"
#include "pdcp/entity.h"
#include "pdcp/keep.h"
#include "pdcp/leg.h"
#include "pdcp/rx.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/property_wire.h"
#include "pdcp/tx.h"

static void add_sdu(struct property *p, struct sk_buff_head *list, unsigned int sdu)
{
	u32 len = p->m.sdu[sdu].len;
	struct sk_buff *skb = alloc_skb(len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(p->test, skb);
	property_fill(p, sdu, len);
	skb_put_data(skb, p->sdu, len);
	__skb_queue_tail(list, skb);
}

static u32 pick_len(struct property *p)
{
	switch (property_dice(p, 300)) {
	case 0:
		return 0;
	case 1:
		return PDCP_SDU_MAX + 1;
	case 2:
		return PDCP_SDU_MAX;
	default:
		return 2 + property_dice(p, 40);
	}
}

/* One SDU, or several at once. */
static unsigned int pick_burst(struct property *p)
{
	if (property_dice(p, 8))
		return 1;
	return 1 + property_dice(p, property_dice(p, 8) ? 6 : 80);
}

bool property_send(struct property *p, unsigned int end)
{
	unsigned int i, n = pick_burst(p);
	struct model *m = &p->m;
	struct sk_buff_head list;

	if (end == p->silent || m->nsdus + n > MODEL_SDUS / 2)
		return true;
	property_note(p, "%u sends %u from SDU %u on", end, n, m->nsdus);
	__skb_queue_head_init(&list);
	for (i = m->nsdus; i < m->nsdus + n; i++) {
		m->sdu[i] = (struct model_sdu){ .from = end, .len = pick_len(p) };
		add_sdu(p, &list, i);
	}
	m->nsdus += n;
	model_send(m, &m->end[end], m->nsdus - n, n);
	pdcp_tx_sdus(p->e[end], &list);
	return property_matches(p, end);
}

/* Slot of the leg of this number, or -1. */
static int slot_of(const struct model_end *end, u32 leg)
{
	unsigned int slot;

	for (slot = 0; slot < ARRAY_SIZE(end->leg); slot++)
		if (end->leg[slot].number == leg)
			return slot;
	return -1;
}

static bool receive(struct property *p, unsigned int end, u8 slot, struct sk_buff *pdu)
{
	const struct model_pdu *meant = model_pdu(pdu);

	property_note(p, "%u receives on %u %s %u of leg %u", end, slot,
		      meant->report ? "report" : "COUNT", meant->count, meant->leg);
	model_receive(&p->m, &p->m.end[end], slot, pdu);
	bed_receive(p->test, p->e[end], slot, pdu->data, pdu->len);
	return property_matches(p, end);
}

/*
 * The @i-th PDU of a channel arrives.  That of a leg which the receiver has no more is lost; of one
 * which it has not yet, waits.
 */
static bool deliver(struct property *p, unsigned int end, struct sk_buff_head *channel,
		    unsigned int i, bool again)
{
	struct sk_buff *pdu = wire_take(channel, i);
	const struct model_end *m = &p->m.end[end];
	int slot = slot_of(m, model_pdu(pdu)->leg);
	bool matches = true;

	if (model_pdu(pdu)->leg > m->newest) {
		__skb_queue_head(channel, pdu);
		return true;
	}
	if (slot >= 0)
		matches = receive(p, end, slot, pdu);
	if (again)
		__skb_queue_tail(channel, pdu);
	else
		kfree_skb(pdu);
	return matches;
}

/* A channel to @end, as a rule that of the leg that its peer sends on. */
static struct sk_buff_head *pick_channel(struct property *p, unsigned int end)
{
	const struct model_end *peer = &p->m.end[!end];
	u32 leg = peer->leg[peer->sends].number;

	return wire_channel(peer->id, property_dice(p, 4) ? leg : property_dice(p, MODEL_CHANNELS));
}

/* A PDU to @end arrives, in its turn or not, once or again, or is lost. */
bool property_network(struct property *p, unsigned int end)
{
	struct sk_buff_head *channel = pick_channel(p, end);
	u32 n = skb_queue_len(channel);
	u32 what = property_dice(p, 100);

	if (!n)
		return true;
	if (what < 55)
		return deliver(p, end, channel, 0, false);
	if (what < 75)
		return deliver(p, end, channel, property_dice(p, n), false);
	if (what < 85)
		return deliver(p, end, channel, property_dice(p, n), true);
	property_note(p, "%u misses one", end);
	kfree_skb(wire_take(channel, property_dice(p, n)));
	return true;
}

/* All that is on its way arrives. */
bool property_drain(struct property *p)
{
	struct sk_buff_head *channel;
	unsigned int end, leg;

	for (end = 0; end < MODEL_ENDS; end++) {
		for (leg = 0; leg < MODEL_CHANNELS; leg++) {
			channel = wire_channel(!end, leg);
			while (!skb_queue_empty(channel))
				if (!deliver(p, end, channel, 0, false))
					return false;
		}
	}
	return true;
}

/* What comes through the wrong leg fails, and nothing else happens. */
bool property_wrong_leg(struct property *p, unsigned int end)
{
	struct sk_buff_head *channel = pick_channel(p, end);
	const struct model_end *m = &p->m.end[end];
	struct sk_buff *pdu;
	bool matches = true;
	int slot;

	if (!p->m.integrity || skb_queue_empty(channel))
		return true;
	pdu = wire_take(channel, property_dice(p, skb_queue_len(channel)));
	slot = slot_of(m, model_pdu(pdu)->leg);
	if (slot >= 0 && m->leg[!slot].number)
		matches = receive(p, end, !slot, pdu);
	__skb_queue_tail(channel, pdu);
	return matches;
}

/*
 * Somebody has recorded a PDU, and sends it again.  Of a former epoch it is one that had arrived:
 * that another was sent under the key, only its sender can know.
 */
bool property_replay(struct property *p, unsigned int end)
{
	const struct model_end *m = &p->m.end[end];
	u8 slot = property_dice(p, 2);
	struct sk_buff *pdu;
	bool matches = true;

	if (!p->m.integrity || !m->leg[slot].number)
		return true;
	pdu = wire_recorded(!end, m->leg[slot].key, property_dice(p, 40));
	if (!pdu)
		return true;
	model_pdu(pdu)->replay = true;
	if (model_pdu(pdu)->accepted || model_pdu(pdu)->epoch == m->rx_epoch)
		matches = receive(p, end, slot, pdu);
	kfree_skb(pdu);
	return matches;
}

bool property_expiry(struct property *p, unsigned int end)
{
	if (!p->losses)
		return true;
	property_note(p, "t-Reordering of %u expires", end);
	model_expire(&p->m, &p->m.end[end]);
	pdcp_rx_expire(p->e[end], KTIME_MAX);
	return property_matches(p, end);
}

bool property_reconfigure(struct property *p, unsigned int end)
{
	u32 t_reordering = p->losses && property_dice(p, 2) ? 0 : PDCP_INFINITY;

	property_note(p, "t-Reordering of %u becomes %d", end, (int)t_reordering);
	model_reconfigure(&p->m, &p->m.end[end], t_reordering);
	pdcp_entity_set_t_reordering(p->e[end], t_reordering);
	return property_matches(p, end);
}

/* How many SDUs are not younger than the @i-th oldest, and when they expire. */
static unsigned int count_older(const struct pdcp_entity *e, unsigned int i, ktime_t *now)
{
	const struct sk_buff_head *lists[] = { &e->tx.kept, &e->tx.queue };
	unsigned int l, n = 0;
	struct sk_buff *skb;
	ktime_t arrival = 0;

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

bool property_discard(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	unsigned int n = m->kept.n + m->queue.n;
	ktime_t now;

	if (!p->losses || !n)
		return true;
	n = count_older(p->e[end], property_dice(p, n), &now);
	property_note(p, "%u discards %u", end, n);
	model_discard(&p->m, m, n);
	pdcp_discard_expire(p->e[end], now);
	return property_matches(p, end);
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
bool property_jump(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	u32 most = property_dice(p, 2) ? p->jumps : property_dice(p, p->jumps / 2 + 1);
	u32 jump = min_t(u64, most, U32_MAX - m->tx_next);
	u32 next = m->tx_next + jump;

	if (!p->m.sn_bits[end] || m->tx_hold || m->stale_key)
		return true;
	property_note(p, "TX_NEXT of %u becomes %u", end, next);
	p->jumps -= jump;
	model_set_tx_next(&p->m, m, next);
	return HOLDS(p, !set_counts(p, end, &next, NULL)) && property_matches(p, end);
}

/* COUNTs are given to an end that waited for them. */
bool property_status(struct property *p, unsigned int end)
{
	struct model_end *m = &p->m.end[end];
	u32 tx_next = m->tx_epoch == 1 ? p->base[end] : 0;
	u32 rx_deliv = m->rx_epoch == 1 ? p->base[!end] : 0;
	bool tx = m->tx_hold, rx = m->rx_hold;

	if (!tx && !rx)
		return true;
	property_note(p, "%u begins at %u and %u", end, tx_next, rx_deliv);
	if (tx)
		model_set_tx_next(&p->m, m, tx_next);
	if (rx)
		model_set_rx_deliv(&p->m, m, rx_deliv);
	return HOLDS(p, !set_counts(p, end, tx ? &tx_next : NULL, rx ? &rx_deliv : NULL)) &&
	       property_matches(p, end);
}

/* Delivery statuses of its legs tell @end what its peer has delivered in sequence, as an SN. */
bool property_confirmation(struct property *p, unsigned int end)
{
	const struct model_end *peer = &p->m.end[!end];
	struct model_end *m = &p->m.end[end];
	u8 sn_bits = p->m.sn_bits[end];
	u64 deliv = peer->rx_deliv;
	struct pdcp_leg *leg;
	unsigned int slot;

	if (!p->m.am || m->tx_hold || peer->rx_hold || m->tx_epoch != peer->rx_epoch || !deliv ||
	    m->tx_next - deliv >= 1U << (sn_bits - 1))
		return true;
	property_note(p, "%u learns that COUNT %llu was delivered", end, deliv - 1);
	model_delivered(&p->m, m, deliv - 1);
	for (slot = 0; slot < ARRAY_SIZE(p->e[end]->leg); slot++) {
		leg = rcu_dereference_protected(p->e[end]->leg[slot], true);
		if (leg)
			pdcp_keep_delivered(leg, (deliv - 1) % (1U << sn_bits));
	}
	return property_matches(p, end);
}

bool property_duplication(struct property *p, unsigned int end)
{
	if (!p->m.split)
		return true;
	property_note(p, "duplication of %u", end);
	p->m.duplicate[end] = !p->m.duplicate[end];
	mutex_lock(&p->bed->pdcp->lock);
	pdcp_entity_set_duplication(p->e[end], p->m.duplicate[end]);
	mutex_unlock(&p->bed->pdcp->lock);
	return property_matches(p, end);
}
