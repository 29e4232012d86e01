// SPDX-License-Identifier: GPL-2.0
#include "pdcp/tests/property_model.h"

#include <linux/minmax.h>
#include <linux/string.h>

/* RX_NEXT, 32 bits, has to be able to follow. */
#define LAST_COUNT	0xfffffffeULL

static void put_last(struct model_list *l, u16 sdu)
{
	l->sdu[l->n++] = sdu;
}

static u16 take_out(struct model_list *l, unsigned int i)
{
	u16 sdu = l->sdu[i];

	l->n--;
	memmove(&l->sdu[i], &l->sdu[i + 1], (l->n - i) * sizeof(l->sdu[0]));
	return sdu;
}

static void wrong(struct model *m, const char *text)
{
	m->wrong = m->wrong ?: text;
}

/* A drop on the way down: the SDU is not going to arrive. */
static void drop_sdu(struct model *m, struct model_end *e, u16 sdu, enum pdcp_drop_reason reason)
{
	e->drops[reason]++;
	m->sdu[sdu].excused = true;
}

static void keep(struct model *m, struct model_end *e, u16 sdu)
{
	put_last(&e->kept, sdu);
	e->kept_bytes += m->sdu[sdu].len;
}

static struct model_sdu *unkeep(struct model *m, struct model_end *e, unsigned int i)
{
	struct model_sdu *sdu = &m->sdu[take_out(&e->kept, i)];

	e->kept_bytes -= sdu->len;
	return sdu;
}

static void evict(struct model *m, struct model_end *e)
{
	unkeep(m, e, 0)->excused = true;
	e->evicted++;
}

static u8 role_of(const struct model *m, const struct model_end *e, u8 slot)
{
	if (slot == e->source)
		return PDCP_LEG_ROLE_SOURCE;
	return m->split ? PDCP_LEG_ROLE_SECONDARY : PDCP_LEG_ROLE_TARGET;
}

static struct model_pdu *submit(struct model *m, struct model_end *e, u8 slot)
{
	struct model_pdu *pdu = &m->out[m->nout++];

	*pdu = (struct model_pdu){
		.from = e->id,
		.role = role_of(m, e, slot),
		.leg = e->leg[slot].number,
		.key = e->leg[slot].key,
		.epoch = e->tx_epoch,
	};
	if (!pdu->leg)
		wrong(m, "there is a leg to send on");
	return pdu;
}

static struct model_pdu *submit_sdu(struct model *m, struct model_end *e, u8 slot, u16 sdu)
{
	struct model_pdu *pdu = submit(m, e, slot);

	pdu->sdu = sdu;
	pdu->count = m->sdu[sdu].count;
	return pdu;
}

/* 5.2.1: with two legs for one cell group each, which one is free from a threshold on. */
static void route(struct model *m, struct model_end *e, u16 sdu)
{
	struct model_pdu *pdu;

	if (m->split && m->duplicate[e->id]) {
		submit_sdu(m, e, 0, sdu);
		submit_sdu(m, e, 1, sdu);
		return;
	}
	pdu = submit_sdu(m, e, e->sends, sdu);
	pdu->any = m->split && e->kept_bytes >= m->split_threshold;
}

/* 5.2.1 */
static void number(struct model *m, struct model_end *e, u16 sdu)
{
	m->sdu[sdu].count = e->tx_next++;
	m->sdu[sdu].sent = e->tx_epoch;
	m->sdu[sdu].excused = false;
	e->numbered++;
	if (m->am && e->kept.n == m->kept_limit)
		evict(m, e);
	if (m->am)
		keep(m, e, sdu);
	route(m, e, sdu);
}

static void run(struct model *m, struct model_end *e)
{
	while (!e->tx_hold && !e->paused && e->queue.n) {
		u16 sdu = take_out(&e->queue, 0);

		if (e->tx_next > LAST_COUNT)
			drop_sdu(m, e, sdu, PDCP_DROP_REASON_TX_COUNT);
		else
			number(m, e, sdu);
	}
}

/* @n SDUs from serial number @first on come from above at once. */
void model_send(struct model *m, struct model_end *e, unsigned int first, unsigned int n)
{
	unsigned int i;

	for (i = first; i < first + n; i++) {
		e->sdus++;
		if (!m->sn_bits[e->id])
			drop_sdu(m, e, i, PDCP_DROP_REASON_TX_DIRECTION);
		else if (!m->sdu[i].len || m->sdu[i].len > PDCP_SDU_MAX)
			drop_sdu(m, e, i, PDCP_DROP_REASON_TX_SIZE);
		else if (e->queue.n >= m->queue_limit)
			drop_sdu(m, e, i, PDCP_DROP_REASON_TX_QUEUE_FULL);
		else
			put_last(&e->queue, i);
	}
	run(m, e);
}

/* 5.3: discardTimer of the @n oldest SDUs expires. */
void model_discard(struct model *m, struct model_end *e, unsigned int n)
{
	while (n--) {
		if (e->kept.n)
			evict(m, e);
		else
			drop_sdu(m, e, take_out(&e->queue, 0), PDCP_DROP_REASON_TX_DISCARD);
	}
}

void model_set_tx_next(struct model *m, struct model_end *e, u32 next)
{
	e->tx_next = next;
	e->tx_hold = false;
	run(m, e);
}

/* All that is kept, in ascending order, on the leg that sends. */
static void resend(struct model *m, struct model_end *e)
{
	unsigned int i;

	for (i = 0; i < e->kept.n; i++) {
		e->retransmitted++;
		route(m, e, e->kept.sdu[i]);
	}
}

static void begin_tx(struct model_end *e)
{
	e->tx_next = 0;
	e->tx_epoch++;
}

static u16 *got(struct model_end *e, u64 count)
{
	return &e->got[count - e->base];
}

static bool has(struct model_end *e, u64 count)
{
	return count < e->rx_next && *got(e, count);
}

/* 6.2.3.1: FMC, then a bit for each COUNT above it up to the last that was received. */
static void report(struct model *m, struct model_end *e)
{
	u64 bits = e->rx_next > e->rx_deliv ? e->rx_next - 1 - e->rx_deliv : 0;
	u64 bit;

	if (!m->reports || !m->sn_bits[!e->id])
		return;
	submit(m, e, e->sends)->report = true;
	m->report_len = min_t(u64, 5 + (bits + 7) / 8, MODEL_REPORT);
	memset(m->report, 0, m->report_len);
	for (bit = 0; bit < 32; bit++)
		if (e->rx_deliv & 1U << bit)
			m->report[4 - bit / 8] |= 1 << bit % 8;
	for (bit = 1; bit <= bits && (bit - 1) / 8 + 5 < m->report_len; bit++)
		if (has(e, e->rx_deliv + bit))
			m->report[5 + (bit - 1) / 8] |= 0x80 >> (bit - 1) % 8;
}

static bool confirms(const u8 *octets, u32 len, u64 fmc, u64 count)
{
	u64 bit = count - fmc - 1;

	if (count <= fmc)
		return count < fmc;
	return bit / 8 + 5 < len && octets[5 + bit / 8] & 0x80 >> bit % 8;
}

/* What is confirmed must be there: delivered or stored, or passed for good. */
static void confirm(struct model *m, struct model_end *e, unsigned int i)
{
	const struct model_sdu *sdu = unkeep(m, e, i);

	e->confirmed++;
	if (sdu->received != sdu->sent && !sdu->excused)
		wrong(m, "a confirmed SDU was received");
}

/* 5.4.2 */
static void receive_report(struct model *m, struct model_end *e, const u8 *octets, u32 len)
{
	u64 fmc = (u32)octets[1] << 24 | octets[2] << 16 | octets[3] << 8 | octets[4];
	unsigned int i = 0;

	if (!m->am || fmc > e->tx_next) {
		e->drops[PDCP_DROP_REASON_RX_STATUS]++;
		return;
	}
	e->reports++;
	while (i < e->kept.n) {
		if (confirms(octets, len, fmc, m->sdu[e->kept.sdu[i]].count))
			confirm(m, e, i);
		else
			i++;
	}
}

static void deliver(struct model *m, struct model_end *e, u64 count)
{
	u16 sdu = *got(e, count) - 1;

	if (m->sdu[sdu].delivered == e->rx_epoch)
		wrong(m, "an SDU is delivered once in an epoch");
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
static void update_reordering(struct model *m, struct model_end *e)
{
	while (e->running && !e->t_reordering && !e->paused)
		expire(m, e);
}

void model_expire(struct model *m, struct model_end *e)
{
	if (e->running && !e->paused)
		expire(m, e);
	update_reordering(m, e);
}

/* 5.2.2.3 */
void model_reconfigure(struct model *m, struct model_end *e, u32 t_reordering)
{
	e->t_reordering = t_reordering;
	if (e->running)
		start_reordering(e);
	update_reordering(m, e);
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
	update_reordering(m, e);
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
		wrong(m, "the PDU can be deciphered");
	}
	if (count != pdu->count && !e->paused && !pdu->replay)
		wrong(m, "the COUNT is the one it was sent with");
}

static void receive(struct model *m, struct model_end *e, u8 slot, struct sk_buff *skb)
{
	const struct model_pdu *pdu = model_pdu(skb);

	if (pdu->report)
		receive_report(m, e, skb->data, skb->len);
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
static void forget_held(struct model_end *e, u8 slot, enum pdcp_drop_reason reason)
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
static void begin_rx(struct model *m, struct model_end *e)
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
	forget_held(e, 2, PDCP_DROP_REASON_RX_PURGED);
}

static void drop_leg(struct model_end *e, u8 slot)
{
	e->leg[slot].number = 0;
	forget_held(e, slot, PDCP_DROP_REASON_RX_PURGED);
}

static void recover(struct model *m, struct model_end *e)
{
	report(m, e);
	resend(m, e);
}

/* 5.1.2, or 5.5 if the key is the same */
void model_reestablish(struct model *m, struct model_end *e, const struct model_leg *leg)
{
	if (leg->key != e->leg[e->source].key)
		e->stale_key = false;
	if (!m->am) {
		begin_tx(e);
		begin_rx(m, e);
	}
	drop_leg(e, e->source);
	e->source = !e->source;
	e->sends = e->source;
	e->leg[e->source] = *leg;
	e->newest = leg->number;
	if (m->am)
		recover(m, e);
	run(m, e);
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
		put_last(&e->kept, take_out(&e->queue, 0));
	e->queue = e->kept;
	e->kept.n = 0;
	e->kept_bytes = 0;
	begin_tx(e);
	begin_rx(m, e);
}

static void resume(struct model *m, struct model_end *e, enum pdcp_paused why)
{
	e->paused &= ~why;
	update_reordering(m, e);
	run(m, e);
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
	report(m, e);
	resend(m, e);
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
		report(m, e);
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
	begin_rx(m, e);
}

/* Forget what the last call left behind. */
void model_clear(struct model *m)
{
	m->nout = 0;
	m->naccepts = 0;
	m->nups = 0;
}
