// SPDX-License-Identifier: GPL-2.0
#include "pdcp/tx.h"

#include <kunit/visibility.h>
#include <linux/netlink.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/discard.h"
#include "pdcp/entity.h"
#include "pdcp/gtpu.h"
#include "pdcp/keep.h"
#include "pdcp/send.h"
#include "pdcp/trace.h"
#include "pdcp/ue.h"

enum {
	ASK_INTERVAL = 20,	/* ms between questions of a stalled bearer */
};

/* Bits of the legs that an SDU goes to, by slot. */
enum { SLOT_0 = BIT(0), SLOT_1 = BIT(1), BOTH = SLOT_0 | SLOT_1 };

/**
 * struct tx_batch - SDUs numbered under one hold of the lock
 * @leg: leg that carries what we send; valid within the RCU read-side section
 * @legs: by slot, likewise
 * @slots: legs of each SDU
 * @n: how many
 * @next: TX_NEXT after them
 * @exhausted: no COUNT was left for some
 * @sdu: a reference to each
 */
struct tx_batch {
	struct pdcp_leg *leg;
	struct pdcp_leg *legs[2];
	u8 slots[PDCP_SEND_MAX];
	unsigned int n;
	u32 next;
	bool exhausted;
	struct sk_buff *sdu[PDCP_SEND_MAX];
};

static struct pdcp_leg *active_leg(struct pdcp_entity *e)
{
	return rcu_dereference_bh(e->leg[e->tx.slot]);
}

/*
 * Where the peer confirms, a bearer that can keep no more waits for it; elsewhere nothing would
 * ever wake it, and the oldest SDU is given up.
 */
static bool stalled(const struct pdcp_entity *e, const struct pdcp_leg *leg)
{
	return leg && !leg->failed && leg->delivery && pdcp_keeps(e) && pdcp_keep_full(e);
}

static bool may_number(const struct pdcp_entity *e, const struct pdcp_leg *leg)
{
	return !e->tx.hold && !e->tx.paused && !e->tx.dead && !(leg && leg->failed) &&
	       !stalled(e, leg);
}

/* Each leg knows of its own PDUs alone; under RCU, softirqs off. */
static void ask_legs(const struct pdcp_entity *e, u8 slots)
{
	struct pdcp_leg *leg;
	unsigned int slot;

	if (!netif_running(e->ue->pdcp->dev))
		return;
	for (slot = 0; slot < ARRAY_SIZE(e->leg); slot++) {
		leg = slots & BIT(slot) ? rcu_dereference_bh(e->leg[slot]) : NULL;
		if (leg && leg->delivery)
			pdcp_gtpu_ask(leg);
	}
}

/* A stalled bearer asks again: the question or the answer may have been lost. */
static enum hrtimer_restart ask(struct hrtimer *timer)
{
	struct pdcp_entity *e = container_of(timer, struct pdcp_entity, tx.ask_timer);
	bool asking;
	u8 slots;

	rcu_read_lock_bh();
	spin_lock(&e->tx.lock);
	asking = stalled(e, active_leg(e)) && !e->tx.dead;
	e->tx.asking = asking;
	slots = e->split ? BOTH : BIT(e->tx.slot);
	spin_unlock(&e->tx.lock);
	if (asking)
		ask_legs(e, slots);
	rcu_read_unlock_bh();
	if (!asking)
		return HRTIMER_NORESTART;
	hrtimer_forward_now(timer, ms_to_ktime(ASK_INTERVAL));
	return HRTIMER_RESTART;
}

/**
 * pdcp_tx_init - prepare the transmitting side
 * @e: entity that nobody else knows
 */
void pdcp_tx_init(struct pdcp_entity *e)
{
	hrtimer_init(&e->tx.ask_timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	e->tx.ask_timer.function = ask;
	spin_lock_init(&e->tx.lock);
	__skb_queue_head_init(&e->tx.queue);
	__skb_queue_head_init(&e->tx.kept);
	pdcp_discard_init(e);
}

static void number(struct pdcp_entity *e, struct sk_buff *sdu)
{
	struct pdcp_tx *tx = &e->tx;

	pdcp_tx_cb(sdu)->count = tx->next;
	pdcp_tx_cb(sdu)->slots = 0;
	if (pdcp_keeps(e))
		pdcp_keep_add(e, sdu);
	tx->next++;
	tx->sdus++;
	tx->bytes += sdu->len;
}

static void begin(struct pdcp_entity *e, struct tx_batch *batch)
{
	unsigned int slot;

	batch->n = 0;
	batch->exhausted = false;
	batch->leg = active_leg(e);
	for (slot = 0; slot < ARRAY_SIZE(batch->legs); slot++)
		batch->legs[slot] = rcu_dereference_bh(e->leg[slot]);
}

/*
 * Submission rule of 38.323 5.2.1.  What the lower layers hold is what the peer has not confirmed;
 * our own queue is empty whenever numbering is allowed.  tx.lock held.
 */
static u8 route(struct pdcp_entity *e)
{
	if (!e->split)
		return BIT(e->tx.slot);
	if (e->tx.duplicate)
		return BOTH;
	if (e->tx.kept_bytes < e->config.split_threshold ||
	    e->config.split_threshold == PDCP_INFINITY)
		return BIT(e->source);
	e->tx.turn ^= 1;
	return BIT(e->tx.turn);
}

static void account(struct pdcp_entity *e, struct pdcp_leg *leg, const struct sk_buff *sdu)
{
	leg->tx_pdus++;
	leg->tx_bytes += pdcp_entity_pdu_len(e, sdu->len);
	leg->tx_next = max(leg->tx_next, pdcp_tx_cb(sdu)->count + 1);
}

/* Choose the legs of a numbered SDU, and account it to them; tx.lock held. */
static void take(struct pdcp_entity *e, struct tx_batch *batch, struct sk_buff *sdu)
{
	u8 slots = route(e);
	unsigned int slot;

	pdcp_tx_cb(sdu)->slots |= slots;
	batch->slots[batch->n] = slots;
	batch->sdu[batch->n++] = sdu;
	for (slot = 0; slot < ARRAY_SIZE(batch->legs); slot++)
		if (slots & BIT(slot) && batch->legs[slot])
			account(e, batch->legs[slot], sdu);
}

/* COUNTs for the head of the queue, in its order (38.323 5.2.1); tx.lock held. */
static void number_batch(struct pdcp_entity *e, struct tx_batch *batch)
{
	struct pdcp_tx *tx = &e->tx;
	u64 sdus = tx->sdus, bytes = tx->bytes;
	struct sk_buff *sdu;

	begin(e, batch);
	while (batch->n < PDCP_SEND_MAX && may_number(e, batch->leg) &&
	       (sdu = __skb_dequeue(&tx->queue))) {
		if (tx->next > PDCP_COUNT_MAX) {
			batch->exhausted = true;
			pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_TX_COUNT);
			continue;
		}
		number(e, sdu);
		take(e, batch, sdu);
	}
	batch->next = tx->next;
	if (e->config.upper == PDCP_UPPER_DEVICE)
		dev_sw_netstats_tx_add(e->ue->pdcp->dev, tx->sdus - sdus, tx->bytes - bytes);
	if (!tx->asking && !tx->dead && stalled(e, batch->leg)) {
		tx->asking = true;
		hrtimer_start(&tx->ask_timer, ms_to_ktime(ASK_INTERVAL),
			      HRTIMER_MODE_REL_SOFT);
	}
	pdcp_discard_arm(e);
}

/* The same octets for each leg that an SDU goes to (38.323 5.11), which have the same set. */
static void send_slot(struct pdcp_entity *e, const struct tx_batch *batch, unsigned int slot)
{
	struct sk_buff *sdus[PDCP_SEND_MAX];
	unsigned int i, n = 0;

	for (i = 0; i < batch->n; i++)
		if (batch->slots[i] & BIT(slot))
			sdus[n++] = batch->sdu[i];
	if (batch->legs[slot])
		pdcp_send(batch->legs[slot], sdus, n);
	else
		while (n--)
			pdcp_entity_drop(e, NULL, PDCP_DROP_REASON_TX_LEG);
}

/* Protect and submit, without a lock; under RCU, softirqs off. */
static void send_batch(struct pdcp_entity *e, struct tx_batch *batch)
{
	unsigned int slot, i;

	for (slot = 0; slot < ARRAY_SIZE(batch->legs); slot++)
		send_slot(e, batch, slot);
	for (i = 0; i < batch->n; i++)
		napi_consume_skb(batch->sdu[i], batch->n);
}

static void check_limits(struct pdcp_entity *e, const struct tx_batch *batch)
{
	if (batch->n && batch->next > e->config.count_threshold)
		pdcp_entity_reached(e, PDCP_LIMIT_TX_THRESHOLD, batch->next - 1);
	if (batch->exhausted)
		pdcp_entity_reached(e, PDCP_LIMIT_TX_EXHAUSTED, batch->next - 1);
}

/**
 * pdcp_tx_run - number and send what waits
 * @e: entity
 *
 * Any context that may take tx.lock.
 */
void pdcp_tx_run(struct pdcp_entity *e)
{
	struct tx_batch batch;

	rcu_read_lock_bh();
	do {
		spin_lock(&e->tx.lock);
		number_batch(e, &batch);
		spin_unlock(&e->tx.lock);
		send_batch(e, &batch);
		check_limits(e, &batch);
	} while (batch.n == PDCP_SEND_MAX);
	rcu_read_unlock_bh();
}

static void enqueue(struct pdcp_entity *e, struct sk_buff *sdu, ktime_t now)
{
	if (!pdcp_entity_tx_sn_bits(e)) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_TX_DIRECTION);
	} else if (!sdu->len || sdu->len > PDCP_SDU_MAX) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_TX_SIZE);
	} else if (e->tx.dead) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_TX_PURGED);
	} else if (skb_queue_len(&e->tx.queue) >= e->config.queue_limit) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_TX_QUEUE_FULL);
	} else {
		pdcp_tx_cb(sdu)->arrival = now;
		__skb_queue_tail(&e->tx.queue, sdu);
	}
}

/**
 * pdcp_tx_sdus - send SDUs (38.323 5.2.1)
 * @e: entity
 * @sdus: SDUs with their SDAP header, in order; nobody else may write to them; consumed
 *
 * Any context that may take tx.lock.  They wait in the bearer's own queue while it may not
 * number.
 */
void pdcp_tx_sdus(struct pdcp_entity *e, struct sk_buff_head *sdus)
{
	ktime_t now = ktime_get();
	struct sk_buff *sdu;

	spin_lock_bh(&e->tx.lock);
	while ((sdu = __skb_dequeue(sdus)))
		enqueue(e, sdu, now);
	spin_unlock_bh(&e->tx.lock);
	pdcp_tx_run(e);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_tx_sdus);

static void resend_batch(struct pdcp_entity *e, struct tx_batch *batch,
			 struct sk_buff *last, u32 end)
{
	struct sk_buff *sdu;

	begin(e, batch);
	for (sdu = pdcp_keep_next(e, last);
	     sdu && batch->n < PDCP_SEND_MAX && pdcp_tx_cb(sdu)->count < end;
	     sdu = pdcp_keep_next(e, sdu)) {
		take(e, batch, skb_get(sdu));
		e->tx.retransmitted++;
	}
}

/**
 * pdcp_tx_retransmit - send the unconfirmed again (38.323 5.1.2, 5.13)
 * @e: entity; its device is locked
 * @end: TX_NEXT when the leg to send on was set: what was numbered since took it by itself
 *
 * All kept SDUs below @end in ascending COUNT, with their original COUNT under the leg's key.
 * Process context.
 */
void pdcp_tx_retransmit(struct pdcp_entity *e, u32 end)
{
	struct sk_buff *last = NULL;
	struct tx_batch batch;

	do {
		rcu_read_lock_bh();
		spin_lock(&e->tx.lock);
		resend_batch(e, &batch, last, end);
		spin_unlock(&e->tx.lock);
		kfree_skb(last);
		last = batch.n ? skb_get(batch.sdu[batch.n - 1]) : NULL;
		send_batch(e, &batch);
		rcu_read_unlock_bh();
		cond_resched();
	} while (batch.n == PDCP_SEND_MAX);
	kfree_skb(last);
}

/**
 * pdcp_tx_control - send a Control PDU on the leg that carries what we send
 * @e: entity
 * @pdu: the PDU with PDCP_LEG_HEADROOM octets in front; consumed
 *
 * Neither ciphered nor integrity-protected (38.323 5.8, 5.9).
 */
void pdcp_tx_control(struct pdcp_entity *e, struct sk_buff *pdu)
{
	struct pdcp_leg *leg;
	u32 len = pdu->len;

	rcu_read_lock_bh();
	leg = rcu_dereference_bh(e->leg[READ_ONCE(e->tx.slot)]);
	if (leg) {
		trace_pdcp_tx(leg, true, 0, len);
		pdcp_leg_put_hdr(leg, skb_push(pdu, pdcp_leg_hdr_len(leg)), len);
		pdcp_leg_submit(leg, pdu, 0);
	} else {
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_TX_LEG);
	}
	rcu_read_unlock_bh();
}

/**
 * pdcp_tx_reset - begin at COUNT 0, under another key (38.323 5.1.2)
 * @e: entity, tx.lock held
 *
 * SDUs that a UM DRB has not numbered stay; an SRB drops all.
 */
void pdcp_tx_reset(struct pdcp_entity *e)
{
	e->tx.next = 0;
	if (pdcp_entity_srb(e))
		pdcp_entity_purge(e, &e->tx.queue, PDCP_DROP_REASON_TX_PURGED);
}

/**
 * pdcp_tx_unnumber - begin at COUNT 0, with all that is not confirmed (38.323 5.1.4)
 * @e: entity, tx.lock held
 *
 * Kept SDUs go back in front of those that were never numbered; their discardTimer runs on.
 */
void pdcp_tx_unnumber(struct pdcp_entity *e)
{
	skb_queue_splice_init(&e->tx.kept, &e->tx.queue);
	e->tx.kept_bytes = 0;
	e->tx.copies = 0;
	e->tx.next = 0;
}

/**
 * pdcp_tx_discard - drop what waits to be numbered (38.331 5.3.5.8.3, SDU discard of an SRB)
 * @e: entity
 */
void pdcp_tx_discard(struct pdcp_entity *e)
{
	spin_lock_bh(&e->tx.lock);
	pdcp_entity_purge(e, &e->tx.queue, PDCP_DROP_REASON_TX_PURGED);
	spin_unlock_bh(&e->tx.lock);
}

/**
 * pdcp_tx_check_next - whether TX_NEXT may be given: COUNTs below it may have been used
 * @e: entity; its tx.lock is held
 * @next: new value
 * @extack: why not
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_tx_check_next(const struct pdcp_entity *e, u32 next,
		       struct netlink_ext_ack *extack)
{
	if (!pdcp_entity_tx_sn_bits(e)) {
		NL_SET_ERR_MSG(extack, "tx-next: the bearer sends nothing");
		return -EINVAL;
	}
	if (next >= e->tx.next || e->ue->config.test_mode)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "tx-next: below TX_NEXT, which is %u",
			   e->tx.next);
	return -EINVAL;
}

/**
 * pdcp_tx_set_next - give TX_NEXT from outside, which ends the hold
 * @e: entity; its tx.lock is held
 * @next: value that pdcp_tx_check_next() allows
 */
void pdcp_tx_set_next(struct pdcp_entity *e, u32 next)
{
	while (next < e->tx.next && !skb_queue_empty(&e->tx.kept))
		pdcp_keep_evict(e);
	e->tx.next = next;
	e->tx.hold = false;
}

/**
 * pdcp_tx_stop - release the transmitting side
 * @e: entity; nothing is queued or kept afterwards, and no timer runs
 */
void pdcp_tx_stop(struct pdcp_entity *e)
{
	spin_lock_bh(&e->tx.lock);
	e->tx.dead = true;
	pdcp_entity_purge(e, &e->tx.queue, PDCP_DROP_REASON_TX_PURGED);
	__skb_queue_purge(&e->tx.kept);
	spin_unlock_bh(&e->tx.lock);
	hrtimer_cancel(&e->tx.discard_timer);
	hrtimer_cancel(&e->tx.ask_timer);
}
