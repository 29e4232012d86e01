// SPDX-License-Identifier: GPL-2.0
/* Receiving side of the model. */
#include "pdcp/tests/property_model.h"

#include <linux/minmax.h>
#include <linux/string.h>

static u16 *got(struct model_end *e, u64 count)
{
	return &e->got[count - e->base];
}

static bool has(struct model_end *e, u64 count)
{
	return count < e->rx_next && *got(e, count);
}

/* 6.2.3.1: FMC, then a bit for each COUNT above it up to the last that was received. */
void model_report(struct model *m, struct model_end *e)
{
	u64 bits = e->rx_next > e->rx_deliv ? e->rx_next - 1 - e->rx_deliv : 0;
	u64 bit;

	if (!m->reports || !m->sn_bits[!e->id])
		return;
	model_submit(m, e, e->sends)->report = true;
	m->report_len = min_t(u64, 5 + (bits + 7) / 8, MODEL_REPORT);
	memset(m->report, 0, m->report_len);
	for (bit = 0; bit < 32; bit++)
		if (e->rx_deliv & 1U << bit)
			m->report[4 - bit / 8] |= 1 << bit % 8;
	for (bit = 1; bit <= bits && (bit - 1) / 8 + 5 < m->report_len; bit++)
		if (has(e, e->rx_deliv + bit))
			m->report[5 + (bit - 1) / 8] |= 0x80 >> (bit - 1) % 8;
}

static void deliver(struct model *m, struct model_end *e, u64 count)
{
	u16 sdu = *got(e, count) - 1;

	if (m->sdu[sdu].delivered == e->rx_epoch)
		model_wrong(m, "an SDU is delivered once in an epoch");
	m->sdu[sdu].delivered = e->rx_epoch;
	m->ups[m->nups++] = (struct model_up){ .sdu = sdu, .count = count };
	e->up++;
}

/* A COUNT leaves the buffer; out of order it was delivered when it came. */
static void leave(struct model *m, struct model_end *e, u64 count)
{
	if (!m->out_of_order)
		deliver(m, e, count);
}

static void run_from(struct model *m, struct model_end *e, u64 count)
{
	while (has(e, count)) {
		leave(m, e, count++);
		e->stored--;
	}
	e->rx_deliv = count;
}

static void start_reordering(struct model_end *e)
{
	e->rx_reord = e->rx_next;
	e->running = true;
}

/* SDUs of the peer whose COUNT is below @end will not be taken any more. */
static void pass(struct model *m, struct model_end *e, u64 end)
{
	unsigned int i;

	for (i = 0; i < m->nsdus; i++) {
		struct model_sdu *sdu = &m->sdu[i];

		if (sdu->from != e->id && sdu->sent == e->rx_epoch && sdu->count < end &&
		    sdu->received != e->rx_epoch)
			sdu->excused = true;
	}
}

/* 5.2.2.2 */
static void expire(struct model *m, struct model_end *e)
{
	u64 count;

	e->running = false;
	for (count = e->rx_deliv; count < e->rx_reord; count++) {
		if (has(e, count)) {
			leave(m, e, count);
			e->stored--;
		}
	}
	run_from(m, e, e->rx_reord);
	pass(m, e, e->rx_deliv);
	if (e->rx_deliv < e->rx_next)
		start_reordering(e);
}

/* A t-Reordering of 0 expires at once. */
void model_update_reordering(struct model *m, struct model_end *e)
{
	while (e->running && !e->t_reordering && !e->paused)
		expire(m, e);
}

void model_expire(struct model *m, struct model_end *e)
{
	if (e->running && !e->paused)
		expire(m, e);
	model_update_reordering(m, e);
}

/* 5.2.2.3 */
void model_reconfigure(struct model *m, struct model_end *e, u32 t_reordering)
{
	e->t_reordering = t_reordering;
	if (e->running)
		start_reordering(e);
	model_update_reordering(m, e);
}

/* 5.2.2.1, from RCVD_COUNT on */
static void accept(struct model *m, struct model_end *e, const struct model_pdu *pdu)
{
	u64 count = pdu->count;

	if (count < e->rx_deliv) {
		e->drops[PDCP_DROP_REASON_RX_OLD]++;
		return;
	}
	if (has(e, count)) {
		e->drops[PDCP_DROP_REASON_RX_DUPLICATE]++;
		return;
	}
	m->accepts[m->naccepts++] = *pdu;
	*got(e, count) = pdu->sdu + 1;
	m->sdu[pdu->sdu].received = e->rx_epoch;
	e->stored++;
	if (count >= e->rx_next)
		e->rx_next = count + 1;
	if (m->out_of_order)
		deliver(m, e, count);
	if (count == e->rx_deliv)
		run_from(m, e, count);
	if (e->running && e->rx_deliv >= e->rx_reord)
		e->running = false;
	if (!e->running && e->rx_deliv < e->rx_next)
		start_reordering(e);
	model_update_reordering(m, e);
}

/* 5.2.2.1: RCVD_COUNT, below 0 if there is none */
static s64 infer(const struct model *m, const struct model_end *e, u32 count)
{
	u8 bits = m->sn_bits[!e->id];
	s64 size = 1LL << bits, window = size / 2;
	s64 sn = count % size, deliv = e->rx_deliv % size;
	s64 hfn = e->rx_deliv / size;

	if (sn < deliv - window)
		hfn++;
	else if (sn >= deliv + window)
		hfn--;
	return hfn < 1LL << (32 - bits) ? hfn * size + sn : -1;
}

static void receive_data(struct model *m, struct model_end *e, u8 slot,
			 const struct model_pdu *pdu)
{
	struct model_leg *leg = &e->leg[slot];
	s64 count = infer(m, e, pdu->count);

	if (e->paused) {
		e->drops[PDCP_DROP_REASON_RX_PAUSED]++;
	} else if (count < 0) {
		e->drops[PDCP_DROP_REASON_RX_RANGE]++;
	} else if (count == pdu->count && leg->key == pdu->key) {
		accept(m, e, pdu);
	} else if (m->integrity) {
		e->drops[PDCP_DROP_REASON_RX_INTEGRITY]++;
		leg->failures++;
	} else {
		model_wrong(m, "the PDU can be deciphered");
	}
	if (count != pdu->count && !e->paused && !pdu->replay)
		model_wrong(m, "the COUNT is the one it was sent with");
}

static void receive(struct model *m, struct model_end *e, u8 slot, struct sk_buff *skb)
{
	const struct model_pdu *pdu = model_pdu(skb);

	if (pdu->report)
		model_confirm(m, e, skb->data, skb->len);
	else
		receive_data(m, e, slot, pdu);
}

static void hold(struct model *m, struct model_end *e, u8 slot, struct sk_buff *pdu)
{
	if (e->paused) {
		e->drops[PDCP_DROP_REASON_RX_PAUSED]++;
	} else if (e->nheld >= m->queue_limit) {
		e->drops[PDCP_DROP_REASON_RX_HOLD_FULL]++;
	} else {
		e->held_slot[e->nheld] = slot;
		e->held[e->nheld++] = skb_get(pdu);
	}
}

/* A PDU comes through the leg in @slot, which there is. */
void model_receive(struct model *m, struct model_end *e, u8 slot, struct sk_buff *pdu)
{
	e->pdus++;
	if (e->rx_hold)
		hold(m, e, slot, pdu);
	else
		receive(m, e, slot, pdu);
}

/* Held PDUs of a leg that goes, 2 for all, cannot be deciphered any more. */
void model_forget_held(struct model_end *e, u8 slot, enum pdcp_drop_reason reason)
{
	unsigned int i, n = 0;

	for (i = 0; i < e->nheld; i++) {
		if (slot == 2 || e->held_slot[i] == slot) {
			kfree_skb(e->held[i]);
			e->drops[reason]++;
			continue;
		}
		e->held_slot[n] = e->held_slot[i];
		e->held[n++] = e->held[i];
	}
	e->nheld = n;
}

void model_set_rx_deliv(struct model *m, struct model_end *e, u32 deliv)
{
	unsigned int i, n = e->nheld;

	e->rx_next = deliv;
	e->rx_deliv = deliv;
	e->base = deliv;
	e->rx_hold = false;
	for (i = 0; i < n; i++) {
		receive(m, e, e->held_slot[i], e->held[i]);
		kfree_skb(e->held[i]);
	}
	e->nheld = 0;
}

/* Deliver what is stored and begin at 0. */
void model_begin_rx(struct model *m, struct model_end *e)
{
	u64 count;

	for (count = e->rx_deliv; count < e->rx_next; count++)
		if (has(e, count))
			leave(m, e, count);
	memset(e->got, 0, (e->rx_next - e->base) * sizeof(e->got[0]));
	e->base = 0;
	e->rx_next = 0;
	e->rx_deliv = 0;
	e->stored = 0;
	e->running = false;
	e->rx_epoch++;
	model_forget_held(e, 2, PDCP_DROP_REASON_RX_PURGED);
}
