// SPDX-License-Identifier: GPL-2.0
/*
 * Delivery status of a leg (38.425): what we send is numbered and confirmed by the peer, which
 * frees kept SDUs; what we receive is confirmed when the peer asks.
 *
 * The specification has a CU send USER DATA and a DU answer.  Two of our instances do both in
 * both directions, so that each learns what the other has received.
 */
#include "pdcp/delivery.h"

#include <kunit/visibility.h>
#include <linux/jiffies.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/gtpu.h"
#include "pdcp/keep.h"
#include "pdcp/leg.h"
#include "pdcp/nru.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

/* Known DUs take no more lost ranges, and no more discard blocks, at a time. */
enum { LOST_RANGES = 2, DISCARD_BLOCKS = 16 };

/**
 * pdcp_delivery_create - delivery status of a new leg
 * @loss: report frames that do not come; off for peers that do not number theirs
 *
 * Return: zeroed state, to be freed with kfree(), or NULL.
 */
struct pdcp_delivery *pdcp_delivery_create(bool loss)
{
	struct pdcp_delivery *d = kzalloc(sizeof(*d), GFP_KERNEL);

	if (!d)
		return NULL;
	spin_lock_init(&d->lock);
	pdcp_loss_init(&d->loss, loss, PDCP_DELIVERY_WAIT);
	d->asked = jiffies;
	return d;
}

static u64 now_ms(void)
{
	return jiffies64_to_msecs(get_jiffies_64());
}

static bool long_unasked(const struct pdcp_delivery *d)
{
	return time_after_eq(jiffies, READ_ONCE(d->asked) +
			     msecs_to_jiffies(PDCP_DELIVERY_INTERVAL));
}

static bool time_to_ask(struct pdcp_delivery *d)
{
	return atomic_inc_return(&d->unasked) >= PDCP_DELIVERY_PDUS || long_unasked(d);
}

/**
 * pdcp_delivery_put - write the USER DATA frame of the next PDU
 * @d: delivery status of the leg
 * @frame: room for PDCP_DELIVERY_DATA octets
 * @ask: ask for a status in any case
 *
 * Return: octets written.
 */
int pdcp_delivery_put(struct pdcp_delivery *d, u8 *frame, bool ask)
{
	struct pdcp_nru_data data = {
		.sn = atomic_fetch_inc(&d->sn) & PDCP_NRU_SN_MASK,
	};

	if (time_to_ask(d) || ask) {
		data.flags |= PDCP_NRU_DATA_POLL;
		atomic_set(&d->unasked, 0);
		WRITE_ONCE(d->asked, jiffies);
		atomic64_inc(&d->asks);
	}
	return pdcp_nru_put_data(frame, PDCP_DELIVERY_DATA, &data);
}

/* The peer wants to know when an SN has been delivered; of two the later; d->lock held. */
static void want_report(struct pdcp_leg *leg, u32 sn)
{
	const struct pdcp_entity *e = leg->entity;
	u8 sn_bits = pdcp_entity_rx_sn_bits(e);
	u32 count;

	if (!sn_bits || !pdcp_count_infer(pdcp_count_sn(sn, sn_bits),
					  READ_ONCE(e->rx.window.rx_deliv), sn_bits, &count))
		return;
	leg->delivery->report = count;
	WRITE_ONCE(leg->delivery->reporting, true);
}

/* Note a frame of the peer; whether a status is wanted. */
static bool receive_data(struct pdcp_leg *leg, const u8 *frame, size_t len)
{
	struct pdcp_delivery *d = leg->delivery;
	struct pdcp_nru_data data;

	if (pdcp_nru_parse_data(frame, len, &data))
		return false;
	spin_lock_bh(&d->lock);
	pdcp_loss_receive(&d->loss, data.sn, now_ms());
	if (data.flags & PDCP_NRU_DATA_REPORT)
		want_report(leg, data.report_sn);
	spin_unlock_bh(&d->lock);
	return data.flags & PDCP_NRU_DATA_POLL;
}

static u64 count_lost(const struct pdcp_nru_status *status)
{
	u64 lost = 0;
	unsigned int i;

	for (i = 0; i < status->num_lost; i++) {
		struct pdcp_nru_range r = pdcp_nru_range(status->lost, i);

		lost += pdcp_nru_sn_add(r.last, -r.first) + 1;
	}
	return lost;
}

/* A USER DATA frame without a PDU; under RCU, softirqs off. */
static void send_data(struct pdcp_leg *leg, struct pdcp_nru_data *data)
{
	u8 frame[16 + DISCARD_BLOCKS * PDCP_NRU_BLOCK_LEN];
	int len;

	data->sn = atomic_fetch_inc(&leg->delivery->sn) & PDCP_NRU_SN_MASK;
	len = pdcp_nru_put_data(frame, sizeof(frame), data);
	if (len > 0)
		pdcp_gtpu_send_frame(leg, frame, len);
}

/* A leg need not send anything up to an SN any more; under RCU, softirqs off. */
static void flush(struct pdcp_leg *leg, u32 sn)
{
	struct pdcp_nru_data data = {
		.flags = PDCP_NRU_DATA_FLUSH,
		.flush_sn = sn,
	};

	if (leg && leg->delivery && netif_running(leg->entity->ue->pdcp->dev))
		send_data(leg, &data);
}

/* Leg beside this one, NULL if there is none or this one has gone; under RCU, softirqs off. */
static struct pdcp_leg *other_leg(const struct pdcp_leg *leg)
{
	struct pdcp_entity *e = leg->entity;
	struct pdcp_leg *other = NULL;

	spin_lock(&e->tx.lock);
	if (rcu_access_pointer(e->leg[leg->slot]) == leg)
		other = rcu_dereference_bh(e->leg[!leg->slot]);
	spin_unlock(&e->tx.lock);
	return other;
}

/**
 * pdcp_delivery_flush - tell all legs to discard PDUs that they have not sent yet (38.323 5.3)
 * @e: entity
 * @end: COUNT below which no SDU is kept
 *
 * Any context, without tx.lock.  Does nothing on legs without delivery status.
 */
void pdcp_delivery_flush(struct pdcp_entity *e, u32 end)
{
	u32 sn = pdcp_count_sn(end - 1, pdcp_entity_tx_sn_bits(e));
	unsigned int slot;

	rcu_read_lock_bh();
	for (slot = 0; slot < ARRAY_SIZE(e->leg); slot++)
		flush(rcu_dereference_bh(e->leg[slot]), sn);
	rcu_read_unlock_bh();
}

/**
 * pdcp_delivery_discard - tell a leg to discard PDUs that it has not sent yet
 * @leg: leg
 * @first: COUNT of the first
 * @end: COUNT after the last
 *
 * Does nothing without delivery status.  Of very many the oldest are left out: what is not
 * discarded the peer drops.
 */
void pdcp_delivery_discard(struct pdcp_leg *leg, u32 first, u32 end)
{
	u8 sn_bits = pdcp_entity_tx_sn_bits(leg->entity);
	u8 blocks[DISCARD_BLOCKS * PDCP_NRU_BLOCK_LEN];
	struct pdcp_nru_data data = {
		.flags = PDCP_NRU_DATA_BLOCKS,
		.blocks = blocks,
	};

	if (!leg->delivery || first >= end || !netif_running(leg->entity->ue->pdcp->dev))
		return;
	first += (end - first) - min_t(u32, end - first, DISCARD_BLOCKS * U8_MAX);
	while (first < end) {
		const struct pdcp_nru_block block = {
			.first = pdcp_count_sn(first, sn_bits),
			.num = min_t(u32, end - first, U8_MAX),
		};

		pdcp_nru_put_block(blocks, data.num_blocks++, block);
		first += block.num;
	}
	rcu_read_lock_bh();
	send_data(leg, &data);
	rcu_read_unlock_bh();
}

/* Of two legs the other one may have no PDU left to ask with. */
static void ask_other(const struct pdcp_leg *leg)
{
	struct pdcp_leg *other = other_leg(leg);

	if (other && other->delivery && atomic_read(&other->delivery->unasked) &&
	    long_unasked(other->delivery))
		pdcp_gtpu_ask(other);
}

/* In-sequence delivery to the peer's PDCP confirms what is kept; UM and SRBs keep nothing. */
static void receive_status(struct pdcp_leg *leg, const u8 *frame, size_t len)
{
	struct pdcp_entity *e = leg->entity;
	struct pdcp_nru_status status;

	if (pdcp_nru_parse_status(frame, len, &status))
		return;
	atomic64_inc(&leg->delivery->received);
	atomic64_add(count_lost(&status), &leg->delivery->lost);
	if (!(status.flags & PDCP_NRU_STATUS_DELIVERED) || e->config.mode != PDCP_MODE_AM)
		return;
	if (READ_ONCE(e->tx.duplicate))
		flush(other_leg(leg), status.delivered);	/* 38.323 5.11.2 */
	else if (READ_ONCE(e->split))
		ask_other(leg);
	if (pdcp_keeps(e)) {
		pdcp_keep_delivered(leg, status.delivered);
		pdcp_tx_run(e);
	}
}

/**
 * pdcp_delivery_receive - a NR RAN container has come
 * @leg: leg with delivery status
 * @frame: content of the container
 * @len: octets, padding included
 *
 * A frame that is malformed or of another type is ignored (38.425 5.5.1).
 *
 * Return: whether the peer wants a status, once the PDU that came along was received.
 */
bool pdcp_delivery_receive(struct pdcp_leg *leg, const u8 *frame, size_t len)
{
	switch (pdcp_nru_type(frame, len)) {
	case PDCP_NRU_DATA:
		return receive_data(leg, frame, len);
	case PDCP_NRU_STATUS:
		receive_status(leg, frame, len);
		return false;
	default:
		return false;
	}
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_delivery_receive);

static void fill_lost(struct pdcp_delivery *d, struct pdcp_nru_status *status, u8 *ranges)
{
	struct pdcp_nru_range range;

	spin_lock_bh(&d->lock);
	while (status->num_lost < LOST_RANGES &&
	       pdcp_loss_pop(&d->loss, now_ms(), &range))
		pdcp_nru_put_range(ranges, status->num_lost++, range);
	spin_unlock_bh(&d->lock);
	status->lost = ranges;
	if (status->num_lost)
		status->flags |= PDCP_NRU_STATUS_LOST;
}

/*
 * What was delivered in sequence, and the highest received, of what came through this leg: the
 * peer at its other end may know nothing of what came through another one.  Values not known are
 * left out.
 */
static void fill_counts(const struct pdcp_leg *leg, struct pdcp_nru_status *status)
{
	struct pdcp_entity *e = leg->entity;
	u8 sn_bits = pdcp_entity_rx_sn_bits(e);
	u32 delivered;

	spin_lock_bh(&e->rx.lock);
	delivered = min(e->rx.window.rx_deliv, leg->rx_next);
	if (delivered && e->config.mode == PDCP_MODE_AM) {
		status->flags |= PDCP_NRU_STATUS_DELIVERED;
		status->delivered = pdcp_count_sn(delivered - 1, sn_bits);
	}
	if (leg->rx_next) {
		status->flags |= PDCP_NRU_STATUS_TX;
		status->tx = pdcp_count_sn(leg->rx_next - 1, sn_bits);
	}
	spin_unlock_bh(&e->rx.lock);
}

/**
 * pdcp_delivery_reached - whether the peer's report SN has been delivered (38.425 5.4.1)
 * @leg: leg with delivery status
 *
 * Return: true once, when all up to that SN was delivered; a status is wanted then.
 */
bool pdcp_delivery_reached(struct pdcp_leg *leg)
{
	struct pdcp_delivery *d = leg->delivery;
	bool reached;

	if (!READ_ONCE(d->reporting))
		return false;
	spin_lock_bh(&d->lock);
	reached = d->reporting && d->report < READ_ONCE(leg->entity->rx.window.rx_deliv);
	if (reached)
		WRITE_ONCE(d->reporting, false);
	spin_unlock_bh(&d->lock);
	return reached;
}

/**
 * pdcp_delivery_answer - send a DELIVERY STATUS
 * @leg: leg with delivery status
 *
 * Under RCU, softirqs off.  A held receiver knows no COUNT yet and stays silent.
 */
void pdcp_delivery_answer(struct pdcp_leg *leg)
{
	u8 frame[64], ranges[LOST_RANGES * PDCP_NRU_RANGE_LEN];
	struct pdcp_nru_status status = { .buffer_size = PDCP_DELIVERY_BUFFER };
	int len;

	if (READ_ONCE(leg->entity->rx.hold))
		return;
	fill_counts(leg, &status);
	fill_lost(leg->delivery, &status, ranges);
	len = pdcp_nru_put_status(frame, sizeof(frame), &status);
	if (len < 0)
		return;
	atomic64_inc(&leg->delivery->sent);
	pdcp_gtpu_send_frame(leg, frame, len);
}
