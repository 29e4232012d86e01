// SPDX-License-Identifier: GPL-2.0
/*
 * From PDUs of any legs to verified SDUs (38.323 5.2.2).  A batch is deciphered and verified as
 * one, without a lock: in place where the packet is nobody else's, else straight into a new one.
 */
#include "pdcp/receive.h"

#include <kunit/visibility.h>
#include <linux/init.h>
#include <linux/local_lock.h>
#include <linux/percpu.h>
#include <linux/ratelimit.h>
#include <linux/uio.h>

#include "crypto/batch.h"
#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/keep.h"
#include "pdcp/leg.h"
#include "pdcp/pdu.h"
#include "pdcp/rx.h"
#include "pdcp/segs.h"
#include "pdcp/status.h"
#include "pdcp/trace.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum {
	ITEMS = 64,
	SEGS = 4 * ITEMS,	/* PDUs in more pieces are copied */
};

/**
 * struct item - a Data PDU in the batch
 * @leg: where it came from, which alone selects key and algorithm
 * @pdu: as it came
 * @sdu: where it is deciphered to; may be @pdu
 * @count: COUNT
 * @limit: enum pdcp_limit that it has reached, or -1
 * @failed: the MAC-I did not verify
 */
struct item {
	struct pdcp_leg *leg;
	struct sk_buff *pdu;
	struct sk_buff *sdu;
	u32 count;
	int limit;
	bool failed;
};

/**
 * struct receive_scratch - the batch in hand on this processor
 * @lock: softirqs are off
 * @items: PDUs
 * @jobs: what is to be done with them
 * @segs: where they lie, if not in one piece
 * @n: items and jobs used
 * @nsegs: segments used
 */
struct receive_scratch {
	local_lock_t lock;	/* this processor's batch */
	struct item items[ITEMS];
	struct pdcp_job jobs[ITEMS];
	struct kvec segs[SEGS];
	unsigned int n;
	unsigned int nsegs;
};

static struct receive_scratch __percpu *scratch;	/* more than a module may have statically */

static void identify(struct pdcp_event_bearer *bearer, const struct item *item)
{
	const struct pdcp_entity *e = item->leg->entity;

	*bearer = (struct pdcp_event_bearer){
		.ue_id = e->ue->config.id,
		.count = item->count,
		.type = e->config.type,
		.id = e->config.id,
		.role = pdcp_entity_role(e, item->leg->slot),
	};
}

/*
 * Indicate to upper layers, discard, treat as never received (38.323 5.2.2.1).  What is verified
 * after the leg has gone was perhaps given a COUNT of the next epoch, and proves nothing.
 */
static void integrity_failed(struct item *item)
{
	struct pdcp_entity *e = item->leg->entity;

	item->failed = pdcp_rx_accepts(e, item->leg);
	item->leg->integrity_failures += item->failed;
	pdcp_entity_drop(e, item->sdu, item->failed ? PDCP_DROP_REASON_RX_INTEGRITY :
						      PDCP_DROP_REASON_RX_PAUSED);
}

static void strip(const struct item *item, const struct pdcp_job *job)
{
	const struct pdcp_entity *e = item->leg->entity;
	struct pdcp_rx_cb *cb = pdcp_rx_cb(item->sdu);

	__skb_trim(item->sdu, job->clear + job->len);
	__skb_pull(item->sdu, pdcp_pdu_hdr_len(pdcp_entity_rx_sn_bits(e)));
	identify(&cb->bearer, item);
	cb->upper = e->config.upper;
}

/* The hard limit comes after integrity: a forged PDU cannot reach it. */
static void accept(struct item *item, const struct pdcp_job *job, u32 pdu_len)
{
	struct pdcp_entity *e = item->leg->entity;

	if (item->count > PDCP_COUNT_MAX) {
		item->limit = PDCP_LIMIT_RX_EXHAUSTED;
		pdcp_entity_drop(e, item->sdu, PDCP_DROP_REASON_RX_COUNT);
		return;
	}
	if (item->count >= e->config.count_threshold)
		item->limit = PDCP_LIMIT_RX_THRESHOLD;
	strip(item, job);
	pdcp_rx_enter(item->leg, item->sdu, item->count, pdu_len);
}

/* rx.lock held */
static void finish(struct item *item, const struct pdcp_job *job)
{
	u32 pdu_len = item->pdu->len;

	if (item->pdu != item->sdu)
		consume_skb(item->pdu);
	if (job->err == -EBADMSG)
		integrity_failed(item);
	else if (job->err)
		pdcp_entity_drop(item->leg->entity, item->sdu, PDCP_DROP_REASON_RX_NOMEM);
	else
		accept(item, job, pdu_len);
}

static void report(const struct item *item)
{
	struct pdcp_entity *e = item->leg->entity;
	struct pdcp_event_bearer bearer;

	if (item->failed && __ratelimit(&e->ue->pdcp->integrity_events)) {
		identify(&bearer, item);
		pdcp_event_integrity(e->ue->pdcp, &bearer);
	}
	if (item->limit >= 0)
		pdcp_entity_reached(e, item->limit, item->count);
}

/* Decipher and verify what the batch has, and bring it into the windows in order. */
static void flush(struct receive_scratch *s)
{
	unsigned int i, j, end;

	pdcp_batch_open(s->jobs, s->n);
	for (i = 0; i < s->n; i = end) {
		struct pdcp_entity *e = s->items[i].leg->entity;

		spin_lock(&e->rx.lock);
		for (end = i; end < s->n && s->items[end].leg->entity == e; end++)
			finish(&s->items[end], &s->jobs[end]);
		pdcp_rx_hand_up(e);
		spin_unlock(&e->rx.lock);
		for (j = i; j < end; j++)
			report(&s->items[j]);
	}
	s->n = 0;
	s->nsegs = 0;
}

static int find_body(struct receive_scratch *s, struct pdcp_job *job, const struct sk_buff *pdu)
{
	u32 len = pdu->len - job->clear;
	int n = pdcp_segs(pdu, job->clear, len, &s->segs[s->nsegs], SEGS - s->nsegs);

	if (n < 0) {
		job->nsegs = 0;
		return skb_copy_bits(pdu, job->clear, job->dst + job->clear, len);
	}
	job->segs = &s->segs[s->nsegs];
	job->nsegs = n;
	s->nsegs += n;
	return 0;
}

/* Others may see the packet, or it is not in one piece. */
static int move(struct receive_scratch *s, struct item *item, struct pdcp_job *job)
{
	struct net_device *dev = item->leg->entity->ue->pdcp->dev;
	struct sk_buff *sdu = netdev_alloc_skb(dev, item->pdu->len);

	if (!sdu)
		return -ENOMEM;
	job->dst = skb_put(sdu, item->pdu->len);
	if (skb_copy_bits(item->pdu, 0, job->dst, job->clear) ||
	    find_body(s, job, item->pdu)) {
		kfree_skb(sdu);
		return -ENOMEM;
	}
	item->sdu = sdu;
	return 0;
}

static int place(struct receive_scratch *s, struct item *item, struct pdcp_job *job)
{
	if (skb_is_nonlinear(item->pdu) || skb_cloned(item->pdu))
		return move(s, item, job);
	item->sdu = item->pdu;
	job->dst = item->pdu->data;
	job->nsegs = 0;
	return 0;
}

static void add(struct receive_scratch *s, struct pdcp_leg *leg, struct sk_buff *pdu, u32 count,
		const struct pdcp_pdu_layout *layout)
{
	struct item *item = &s->items[s->n];
	struct pdcp_job *job = &s->jobs[s->n];

	*item = (struct item){ .leg = leg, .pdu = pdu, .count = count, .limit = -1 };
	job->clear = layout->cipher_off;
	job->len = layout->auth_len - layout->cipher_off;
	if (place(s, item, job)) {
		pdcp_entity_drop(leg->entity, pdu, PDCP_DROP_REASON_RX_NOMEM);
		return;
	}
	pdcp_leg_job(leg, PDCP_DIRECTION_RX, count, job);
	if (++s->n == ITEMS)
		flush(s);
}

static void receive_data(struct receive_scratch *s, struct pdcp_leg *leg, struct sk_buff *pdu,
			 u32 sn)
{
	struct pdcp_entity *e = leg->entity;
	u8 sn_bits = pdcp_entity_rx_sn_bits(e);
	struct pdcp_pdu_layout layout;
	u32 count, sdu_len;

	if (READ_ONCE(e->rx.paused)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_PAUSED);
		return;
	}
	if (!pdcp_count_infer(sn, READ_ONCE(e->rx.window.rx_deliv), sn_bits,
			      &count)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_RANGE);
		return;
	}
	if (pdcp_pdu_layout(&layout, pdu->len, sn_bits, e->config.sdap_len,
			    e->config.integrity))
		goto malformed;
	sdu_len = layout.auth_len - pdcp_pdu_hdr_len(sn_bits);
	if (!sdu_len || sdu_len > PDCP_SDU_MAX)
		goto malformed;
	add(s, leg, pdu, count, &layout);
	return;

malformed:
	pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_MALFORMED);
}

/* A status report acts on what both legs sent, whichever brought it (38.323 5.4.2). */
static void receive_status(struct pdcp_leg *leg, struct sk_buff *pdu)
{
	struct pdcp_entity *e = leg->entity;
	struct pdcp_status st;

	if (pdcp_status_parse(pdu->data, pdu->len, &st)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_CONTROL);
	} else if (!pdcp_keeps(e) || pdcp_keep_confirm(e, &st)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_STATUS);
	} else {
		trace_pdcp_rx(leg, true, 0, pdu->len);
		consume_skb(pdu);
		pdcp_tx_run(e);
	}
}

static void receive_control(struct pdcp_leg *leg, struct sk_buff *pdu)
{
	struct pdcp_entity *e = leg->entity;

	if (skb_linearize(pdu))
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_NOMEM);
	else if (pdcp_pdu_control_type(pdu->data) == PDCP_CONTROL_STATUS)
		receive_status(leg, pdu);
	else
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_CONTROL);
}

static void receive(struct receive_scratch *s, struct pdcp_leg *leg, struct sk_buff *pdu)
{
	struct pdcp_entity *e = leg->entity;
	u8 sn_bits = pdcp_entity_rx_sn_bits(e);
	u32 sn;

	if (READ_ONCE(leg->failed)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_PAUSED);
		return;
	}
	if (!pskb_may_pull(pdu, min_t(u32, pdu->len, PDCP_HDR_LEN_MAX))) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_NOMEM);
		return;
	}
	switch (pdcp_pdu_parse(pdu->data, pdu->len, pdcp_entity_srb(e), sn_bits,
			       &sn)) {
	case PDCP_PDU_DATA:
		if (sn_bits)
			receive_data(s, leg, pdu, sn);
		else
			pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_DIRECTION);
		break;
	case PDCP_PDU_CONTROL:
		receive_control(leg, pdu);
		break;
	default:
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_MALFORMED);
	}
}

/* Queue a PDU of a held receiver; false if it is not held (any more). */
static bool hold(struct pdcp_leg *leg, struct sk_buff *pdu)
{
	struct pdcp_entity *e = leg->entity;
	struct pdcp_rx *rx = &e->rx;
	bool held;

	spin_lock(&rx->lock);
	held = rx->hold;
	if (!held)
		goto out;
	if (!pdcp_rx_accepts(e, leg)) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_PAUSED);
	} else if (skb_queue_len(&rx->held) >= e->config.queue_limit) {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_HOLD_FULL);
	} else {
		pdcp_rx_cb(pdu)->slot = leg->slot;
		__skb_queue_tail(&rx->held, pdu);
	}
out:
	spin_unlock(&rx->lock);
	return held;
}

/**
 * pdcp_receive - receive PDUs (38.323 5.2.2)
 * @pdus: PDUs of any legs from their header on, each with its struct pdcp_receive_cb; consumed
 *
 * Under RCU, softirqs off.
 */
void pdcp_receive(struct sk_buff_head *pdus)
{
	struct receive_scratch *s;
	struct pdcp_leg *leg;
	struct sk_buff *pdu;

	local_lock_nested_bh(&scratch->lock);
	s = this_cpu_ptr(scratch);
	while ((pdu = __skb_dequeue(pdus))) {
		leg = pdcp_receive_cb(pdu)->leg;
		if (!READ_ONCE(leg->entity->rx.hold) || !hold(leg, pdu))
			receive(s, leg, pdu);
	}
	flush(s);
	local_unlock_nested_bh(&scratch->lock);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_receive);

/**
 * pdcp_receive_one - receive one PDU
 * @leg: leg that it came by
 * @pdu: PDU; consumed
 *
 * As pdcp_receive().
 */
void pdcp_receive_one(struct pdcp_leg *leg, struct sk_buff *pdu)
{
	struct sk_buff_head pdus;

	__skb_queue_head_init(&pdus);
	pdcp_receive_cb(pdu)->leg = leg;
	__skb_queue_tail(&pdus, pdu);
	pdcp_receive(&pdus);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_receive_one);

static struct sk_buff *next_held(struct pdcp_rx *rx)
{
	struct sk_buff *pdu;

	spin_lock(&rx->lock);
	pdu = __skb_dequeue(&rx->held);
	if (!pdu)
		WRITE_ONCE(rx->hold, false);
	spin_unlock(&rx->lock);
	return pdu;
}

/**
 * pdcp_receive_held - RX_DELIV is known: receive what waited
 * @e: entity
 *
 * What comes meanwhile queues behind what is there, so that the order stays.
 */
void pdcp_receive_held(struct pdcp_entity *e)
{
	struct receive_scratch *s;
	struct pdcp_leg *leg;
	struct sk_buff *pdu;

	rcu_read_lock_bh();
	local_lock_nested_bh(&scratch->lock);
	s = this_cpu_ptr(scratch);
	while ((pdu = next_held(&e->rx))) {
		leg = rcu_dereference_bh(e->leg[pdcp_rx_cb(pdu)->slot]);
		if (leg)
			receive(s, leg, pdu);
		else
			pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_PAUSED);
	}
	flush(s);
	local_unlock_nested_bh(&scratch->lock);
	rcu_read_unlock_bh();
}

/**
 * pdcp_receive_init - allocate what each CPU needs to receive
 *
 * Return: 0 or -ENOMEM.
 */
int __init pdcp_receive_init(void)
{
	int cpu;

	scratch = alloc_percpu(struct receive_scratch);
	if (!scratch)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		local_lock_init(&per_cpu_ptr(scratch, cpu)->lock);
	return 0;
}

/**
 * pdcp_receive_exit - free it; nothing is received any more
 */
void pdcp_receive_exit(void)
{
	free_percpu(scratch);
}
