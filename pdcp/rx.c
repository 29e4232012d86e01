// SPDX-License-Identifier: GPL-2.0
#include "pdcp/rx.h"

#include <kunit/visibility.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netlink.h>
#include <linux/ratelimit.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/keep.h"
#include "pdcp/pdu.h"
#include "pdcp/security.h"
#include "pdcp/status.h"
#include "pdcp/trace.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

/* An SDU must be the IP packet that it says it is. */
static bool set_protocol(struct sk_buff *sdu)
{
	u32 len;

	if (sdu->len < sizeof(struct iphdr))
		return false;
	skb_reset_network_header(sdu);
	switch (ip_hdr(sdu)->version) {
	case 4:
		sdu->protocol = htons(ETH_P_IP);
		len = ntohs(ip_hdr(sdu)->tot_len);
		return len >= sizeof(struct iphdr) && len <= sdu->len;
	case 6:
		if (sdu->len < sizeof(struct ipv6hdr))
			return false;
		sdu->protocol = htons(ETH_P_IPV6);
		len = ntohs(ipv6_hdr(sdu)->payload_len);
		return len <= sdu->len - sizeof(struct ipv6hdr);
	default:
		return false;
	}
}

/* An SDU is due, in the order of the calls; rx.lock held until pdcp_rx_hand_up(). */
static void deliver(struct pdcp_entity *e, struct sk_buff *sdu)
{
	struct pdcp_ue *ue = e->ue;

	if (e->config.upper == PDCP_UPPER_DEVICE) {
		if (!set_protocol(sdu)) {
			pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_NOT_IP);
			return;
		}
		if (ue->config.role == PDCP_ROLE_GNB && !pdcp_ue_has_source(ue, sdu)) {
			pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_SOURCE);
			return;
		}
	}
	e->rx.sdus++;
	e->rx.bytes += sdu->len;
	__skb_queue_tail(&e->rx.ready, sdu);
}

/**
 * pdcp_rx_hand_up - hand up what is due
 * @e: entity, rx.lock held, under RCU
 */
void pdcp_rx_hand_up(struct pdcp_entity *e)
{
	struct pdcp_ue *ue = e->ue;
	struct sk_buff *sdu;

	if (skb_queue_empty(&e->rx.ready))
		return;
	pdcp_device_deliver(ue->pdcp, ue->config.id, &e->rx.ready);
	while ((sdu = __skb_dequeue(&e->rx.ready))) {
		e->rx.sdus--;
		e->rx.bytes -= sdu->len;
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_BACKLOG);
	}
}

static void deliver_popped(struct pdcp_entity *e)
{
	struct sk_buff *sdu;
	u32 count;

	while ((sdu = pdcp_window_pop(&e->rx.window, &count))) {
		e->rx.stored_bytes -= sdu->truesize;
		deliver(e, sdu);
	}
}

/*
 * Bring the timer into line with the window's t-Reordering; rx.lock held.  A paused entity delivers
 * nothing, whatever becomes of its timer.
 */
static void update_reordering(struct pdcp_entity *e)
{
	struct pdcp_rx *rx = &e->rx;

	if (rx->paused) {
		hrtimer_try_to_cancel(&rx->reordering);
		return;
	}
	while (rx->window.running && !rx->t_reordering) {
		pdcp_window_expire(&rx->window);
		deliver_popped(e);
	}
	if (!rx->window.running) {
		hrtimer_try_to_cancel(&rx->reordering);
		return;
	}
	if (rx->starts == rx->window.starts)
		return;
	rx->starts = rx->window.starts;
	rx->deadline = KTIME_MAX;	/* for a callback that is on its way already */
	if (rx->t_reordering == PDCP_INFINITY)
		return;
	rx->deadline = ktime_add_ms(ktime_get(), rx->t_reordering);
	hrtimer_start(&rx->reordering, rx->deadline, HRTIMER_MODE_ABS_SOFT);
}

/* After a change that is no PDU's; rx.lock held. */
static void settle(struct pdcp_entity *e)
{
	update_reordering(e);
	pdcp_rx_hand_up(e);
}

/**
 * pdcp_rx_expire - t-Reordering has expired (38.323 5.2.2.2)
 * @e: entity
 * @now: monotonic time
 *
 * It may have been stopped or restarted meanwhile.  A paused entity delivers nothing: the
 * expiry then waits for pdcp_rx_resume().
 */
VISIBLE_IF_KUNIT void pdcp_rx_expire(struct pdcp_entity *e, ktime_t now)
{
	struct pdcp_rx *rx = &e->rx;

	rcu_read_lock_bh();
	spin_lock(&rx->lock);
	if (rx->window.running && !rx->dead && !rx->paused &&
	    !ktime_before(now, rx->deadline)) {
		pdcp_window_expire(&rx->window);
		deliver_popped(e);
		settle(e);
	}
	spin_unlock(&rx->lock);
	rcu_read_unlock_bh();
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_rx_expire);

static enum hrtimer_restart reordering_expired(struct hrtimer *timer)
{
	pdcp_rx_expire(container_of(timer, struct pdcp_entity, rx.reordering), ktime_get());
	return HRTIMER_NORESTART;
}

/**
 * pdcp_rx_accepts - whether a leg may still bring something
 * @e: entity; its rx.lock is held
 * @leg: leg
 *
 * Return: true if PDUs of it are to be received.
 */
bool pdcp_rx_accepts(const struct pdcp_entity *e, const struct pdcp_leg *leg)
{
	return !e->rx.dead && !e->rx.paused && !leg->failed &&
	       rcu_access_pointer(e->leg[leg->slot]) == leg;
}

static const enum pdcp_drop_reason verdict_reason[] = {
	[PDCP_WINDOW_OLD] = PDCP_DROP_REASON_RX_OLD,
	[PDCP_WINDOW_DUPLICATE] = PDCP_DROP_REASON_RX_DUPLICATE,
	[PDCP_WINDOW_RANGE] = PDCP_DROP_REASON_RX_RANGE,
	[PDCP_WINDOW_NOMEM] = PDCP_DROP_REASON_RX_NOMEM,
};

/* What is due, or delivered out of order, is not stored. */
static bool window_full(const struct pdcp_entity *e, u32 count, const struct sk_buff *sdu)
{
	const struct pdcp_window *w = &e->rx.window;

	return count > w->rx_deliv && !w->out_of_order &&
	       e->rx.stored_bytes + sdu->truesize > e->config.window_limit;
}

static void insert(struct pdcp_entity *e, u32 count, struct sk_buff *sdu)
{
	enum pdcp_window_verdict verdict;

	if (window_full(e, count, sdu)) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_WINDOW_FULL);
		return;
	}
	verdict = pdcp_window_insert(&e->rx.window, count, sdu);
	switch (verdict) {
	case PDCP_WINDOW_DELIVER:
		deliver(e, sdu);
		break;
	case PDCP_WINDOW_STORED:
		e->rx.stored_bytes += sdu->truesize;
		break;
	default:
		pdcp_entity_drop(e, sdu, verdict_reason[verdict]);
	}
	deliver_popped(e);
	update_reordering(e);
}

/**
 * pdcp_rx_enter - a verified SDU enters the window, which both legs share (38.323 5.2.2.1)
 * @leg: leg that it came from
 * @sdu: SDU with its struct pdcp_rx_cb; consumed
 * @count: COUNT
 * @pdu_len: octets of the PDU
 *
 * rx.lock held, under RCU, until pdcp_rx_hand_up() hands up what is due then.
 */
void pdcp_rx_enter(struct pdcp_leg *leg, struct sk_buff *sdu, u32 count, u32 pdu_len)
{
	struct pdcp_entity *e = leg->entity;

	if (!pdcp_rx_accepts(e, leg)) {
		pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_PAUSED);
		return;
	}
	leg->rx_pdus++;
	leg->rx_bytes += pdu_len;
	leg->rx_next = max(leg->rx_next, count + 1);
	trace_pdcp_rx(leg, false, count, pdu_len);
	insert(e, count, sdu);
}

/**
 * pdcp_rx_forget_leg - drop what a held receiver has from a leg that goes, and its key with it
 * @e: entity; its rx.lock is held
 * @slot: of the leg
 */
void pdcp_rx_forget_leg(struct pdcp_entity *e, u8 slot)
{
	struct sk_buff *pdu, *tmp;

	skb_queue_walk_safe(&e->rx.held, pdu, tmp) {
		if (pdcp_rx_cb(pdu)->slot != slot)
			continue;
		__skb_unlink(pdu, &e->rx.held);
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_RX_PURGED);
	}
}

/**
 * pdcp_rx_check_deliv - whether RX_DELIV may be given: nothing is accepted twice
 * @e: entity; its rx.lock is held
 * @deliv: new value
 * @extack: why not
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_rx_check_deliv(const struct pdcp_entity *e, u32 deliv,
			struct netlink_ext_ack *extack)
{
	const struct pdcp_window *w = &e->rx.window;

	if (!pdcp_entity_rx_sn_bits(e)) {
		NL_SET_ERR_MSG(extack, "rx-deliv: the bearer receives nothing");
		return -EINVAL;
	}
	if (deliv < w->rx_next && !e->ue->config.test_mode) {
		NL_SET_ERR_MSG_FMT(extack, "rx-deliv: below RX_NEXT, which is %u",
				   w->rx_next);
		return -EINVAL;
	}
	if (w->stored) {
		NL_SET_ERR_MSG(extack, "rx-deliv: SDUs are stored in the window");
		return -EBUSY;
	}
	return 0;
}

/**
 * pdcp_rx_set_deliv - give RX_DELIV, and with it RX_NEXT, from outside
 * @e: entity; its rx.lock is held
 * @deliv: value that pdcp_rx_check_deliv() allows
 */
void pdcp_rx_set_deliv(struct pdcp_entity *e, u32 deliv)
{
	pdcp_window_set(&e->rx.window, deliv, deliv);
	settle(e);
}

/**
 * pdcp_rx_status_report - send a status report, if the bearer is to (38.323 5.4.1)
 * @e: entity; the report goes to the leg that carries what it sends
 */
void pdcp_rx_status_report(struct pdcp_entity *e)
{
	struct sk_buff *pdu;
	size_t size;

	if (!e->config.status_report || !pdcp_entity_rx_sn_bits(e))
		return;

	spin_lock_bh(&e->rx.lock);
	size = pdcp_status_size(&e->rx.window);
	pdu = alloc_skb(PDCP_LEG_HEADROOM + size, GFP_ATOMIC);
	if (pdu) {
		skb_reserve(pdu, PDCP_LEG_HEADROOM);
		pdcp_status_compile(&e->rx.window, skb_put(pdu, size), size);
	}
	spin_unlock_bh(&e->rx.lock);

	if (pdu)
		pdcp_tx_control(e, pdu);
	else
		pdcp_entity_drop(e, NULL, PDCP_DROP_REASON_TX_NOMEM);
}

/**
 * pdcp_rx_resume - go on after a pause, with a new run of t-Reordering if PDUs are missing
 * @e: entity; its rx.lock is held
 */
void pdcp_rx_resume(struct pdcp_entity *e)
{
	e->rx.starts = e->rx.window.starts - 1;
	settle(e);
}

/* Empty the window, in order, and begin at COUNT 0; rx.lock held. */
static void flush(struct pdcp_entity *e, bool delivers)
{
	struct sk_buff *sdu;
	u32 count;

	while ((sdu = pdcp_window_flush(&e->rx.window, &count))) {
		e->rx.stored_bytes -= sdu->truesize;
		if (delivers)
			deliver(e, sdu);
		else
			pdcp_entity_drop(e, sdu, PDCP_DROP_REASON_RX_PURGED);
	}
	pdcp_entity_purge(e, &e->rx.held, PDCP_DROP_REASON_RX_PURGED);
	settle(e);
}

/**
 * pdcp_rx_reset - stop t-Reordering and begin at COUNT 0, under another key (38.323 5.1.2)
 * @e: entity, rx.lock held
 *
 * A DRB delivers what it stored, an SRB drops it.
 */
void pdcp_rx_reset(struct pdcp_entity *e)
{
	rcu_read_lock();
	flush(e, !pdcp_entity_srb(e));
	rcu_read_unlock();
}

/**
 * pdcp_rx_restart - stop t-Reordering, deliver, and begin at COUNT 0 (38.323 5.1.4)
 * @e: entity; its rx.lock is held
 */
void pdcp_rx_restart(struct pdcp_entity *e)
{
	rcu_read_lock();
	flush(e, true);
	rcu_read_unlock();
}

/**
 * pdcp_rx_hand_over - another node receives from here on (38.300 9.2.3.2.2)
 * @e: entity that is paused for good; rx.lock held
 *
 * What an AM DRB stores its peer sends again, to the other node: it is dropped, so that nobody
 * delivers it twice.  Nobody sends again what a UM DRB stores: it is delivered, and RX_DELIV is
 * RX_NEXT.  Out of order, what came was delivered, and remains to be told.
 */
void pdcp_rx_hand_over(struct pdcp_entity *e)
{
	struct pdcp_window *w = &e->rx.window;
	bool resent = e->config.mode == PDCP_MODE_AM;
	u32 rx_next = w->rx_next, rx_deliv = w->rx_deliv;

	if (!pdcp_entity_rx_sn_bits(e) || w->out_of_order)
		return;
	rcu_read_lock();
	flush(e, !resent);
	rcu_read_unlock();
	pdcp_window_set(w, rx_next, resent ? rx_deliv : rx_next);
}

/**
 * pdcp_rx_set_t_reordering - restart a run of t-Reordering with a new value (38.323 7.3)
 * @e: entity; its rx.lock is held
 * @ms: new value, or PDCP_INFINITY
 *
 * Under RCU.
 */
void pdcp_rx_set_t_reordering(struct pdcp_entity *e, u32 ms)
{
	e->rx.t_reordering = ms;
	pdcp_window_reconfigure(&e->rx.window);
	hrtimer_try_to_cancel(&e->rx.reordering);
	settle(e);
}

/**
 * pdcp_rx_continue - go on with the variables of a counterpart, after pdcp_rx_reset()
 * @e: entity; its rx.lock is held
 * @rx_next: RX_NEXT
 * @rx_deliv: RX_DELIV
 */
void pdcp_rx_continue(struct pdcp_entity *e, u32 rx_next, u32 rx_deliv)
{
	pdcp_window_set(&e->rx.window, rx_next, rx_deliv);
}

/**
 * pdcp_rx_init - initialise the receiving side
 * @e: entity with its configuration
 *
 * Return: 0, or -EINVAL for an impossible SN size.
 */
int pdcp_rx_init(struct pdcp_entity *e)
{
	spin_lock_init(&e->rx.lock);
	__skb_queue_head_init(&e->rx.held);
	__skb_queue_head_init(&e->rx.ready);
	hrtimer_init(&e->rx.reordering, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_SOFT);
	e->rx.reordering.function = reordering_expired;
	e->rx.t_reordering = e->config.t_reordering;
	if (!pdcp_entity_rx_sn_bits(e))
		return 0;
	return pdcp_window_init(&e->rx.window, pdcp_entity_rx_sn_bits(e),
				e->config.out_of_order);
}

/**
 * pdcp_rx_stop - release the receiving side
 * @e: entity; nothing is stored afterwards, and no timer runs
 */
void pdcp_rx_stop(struct pdcp_entity *e)
{
	spin_lock_bh(&e->rx.lock);
	e->rx.dead = true;
	pdcp_rx_reset(e);
	spin_unlock_bh(&e->rx.lock);
	hrtimer_cancel(&e->rx.reordering);
}
