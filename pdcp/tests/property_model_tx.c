// SPDX-License-Identifier: GPL-2.0
/* Transmitting side of the model. */
#include "pdcp/tests/property_model.h"

#include <linux/string.h>

/* RX_NEXT, 32 bits, has to be able to follow. */
#define LAST_COUNT	0xfffffffeULL

void model_put_last(struct model_list *l, u16 sdu)
{
	l->sdu[l->n++] = sdu;
}

u16 model_take_out(struct model_list *l, unsigned int i)
{
	u16 sdu = l->sdu[i];

	l->n--;
	memmove(&l->sdu[i], &l->sdu[i + 1], (l->n - i) * sizeof(l->sdu[0]));
	return sdu;
}

void model_wrong(struct model *m, const char *text)
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
	model_put_last(&e->kept, sdu);
	e->kept_bytes += m->sdu[sdu].len;
}

static struct model_sdu *unkeep(struct model *m, struct model_end *e, unsigned int i)
{
	struct model_sdu *sdu = &m->sdu[model_take_out(&e->kept, i)];

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

struct model_pdu *model_submit(struct model *m, struct model_end *e, u8 slot)
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
		model_wrong(m, "there is a leg to send on");
	return pdu;
}

static struct model_pdu *submit_sdu(struct model *m, struct model_end *e, u8 slot, u16 sdu)
{
	struct model_pdu *pdu = model_submit(m, e, slot);

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

void model_run(struct model *m, struct model_end *e)
{
	while (!e->tx_hold && !e->paused && e->queue.n) {
		u16 sdu = model_take_out(&e->queue, 0);

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
			model_put_last(&e->queue, i);
	}
	model_run(m, e);
}

/* 5.3: discardTimer of the @n oldest SDUs expires. */
void model_discard(struct model *m, struct model_end *e, unsigned int n)
{
	while (n--) {
		if (e->kept.n)
			evict(m, e);
		else
			drop_sdu(m, e, model_take_out(&e->queue, 0), PDCP_DROP_REASON_TX_DISCARD);
	}
}

void model_set_tx_next(struct model *m, struct model_end *e, u32 next)
{
	e->tx_next = next;
	e->tx_hold = false;
	model_run(m, e);
}

/* All that is kept, in ascending order, on the leg that sends. */
void model_resend(struct model *m, struct model_end *e)
{
	unsigned int i;

	for (i = 0; i < e->kept.n; i++) {
		e->retransmitted++;
		route(m, e, e->kept.sdu[i]);
	}
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
		model_wrong(m, "a confirmed SDU was received");
}

/* 5.4.2 */
void model_confirm(struct model *m, struct model_end *e, const u8 *octets, u32 len)
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

/* 38.425 5.4.2.1: the lower layer has delivered all up to @count. */
void model_delivered(struct model *m, struct model_end *e, u64 count)
{
	while (e->kept.n && m->sdu[e->kept.sdu[0]].count <= count)
		confirm(m, e, 0);
}

void model_begin_tx(struct model_end *e)
{
	e->tx_next = 0;
	e->tx_epoch++;
}
