// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "pdcp/entity.h"

#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/keep.h"
#include "pdcp/pdu.h"
#include "pdcp/receive.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/stats.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

static struct kmem_cache *entity_cache;

/**
 * pdcp_entity_tx_direction - DIRECTION of what we send
 * @e: entity
 *
 * Return: 0 uplink, 1 downlink.
 */
u8 pdcp_entity_tx_direction(const struct pdcp_entity *e)
{
	return e->ue->config.role == PDCP_ROLE_GNB;
}

/**
 * pdcp_entity_rx_direction - DIRECTION of what we receive
 * @e: entity
 *
 * Return: 0 uplink, 1 downlink.
 */
u8 pdcp_entity_rx_direction(const struct pdcp_entity *e)
{
	return !pdcp_entity_tx_direction(e);
}

/**
 * pdcp_entity_tx_sn_bits - length of the SN that we send
 * @e: entity
 *
 * Return: bits, 0 if the bearer sends nothing.
 */
u8 pdcp_entity_tx_sn_bits(const struct pdcp_entity *e)
{
	return pdcp_entity_tx_direction(e) ? e->config.sn_dl : e->config.sn_ul;
}

/**
 * pdcp_entity_rx_sn_bits - length of the SN that we receive
 * @e: entity
 *
 * Return: bits, 0 if the bearer receives nothing.
 */
u8 pdcp_entity_rx_sn_bits(const struct pdcp_entity *e)
{
	return pdcp_entity_rx_direction(e) ? e->config.sn_dl : e->config.sn_ul;
}

/**
 * pdcp_entity_pdu_len - length of the Data PDU that an SDU becomes
 * @e: entity
 * @sdu_len: octets of the SDU with its SDAP header
 *
 * Return: octets.
 */
u32 pdcp_entity_pdu_len(const struct pdcp_entity *e, u32 sdu_len)
{
	return pdcp_pdu_hdr_len(pdcp_entity_tx_sn_bits(e)) + sdu_len +
	       (e->config.integrity ? PDCP_MAC_LEN : 0);
}

/**
 * pdcp_entity_create - build an entity that is not yet part of anything
 * @ue: whose it will be
 * @config: validated configuration
 *
 * Return: the entity, without a leg, or ERR_PTR.
 */
struct pdcp_entity *pdcp_entity_create(struct pdcp_ue *ue,
				       const struct pdcp_entity_config *config)
{
	struct pdcp_entity *e;
	int err;

	e = kmem_cache_zalloc(entity_cache, GFP_KERNEL);
	if (!e)
		return ERR_PTR(-ENOMEM);
	e->config = *config;
	e->ue = ue;
	pdcp_tx_init(e);
	err = pdcp_rx_init(e);
	if (err) {
		kmem_cache_free(entity_cache, e);
		return ERR_PTR(err);
	}
	e->numbering = pdcp_ledger_begin(&ue->ledger);
	pr_debug("entity %p created\n", e);
	return e;
}

static void entity_free_rcu(struct rcu_head *rcu)
{
	struct pdcp_entity *e = container_of(rcu, struct pdcp_entity, rcu);

	pr_debug("entity %p destroyed\n", e);
	kmem_cache_free(entity_cache, e);
}

/**
 * pdcp_entity_destroy - give up an entity with its legs
 * @e: entity, already out of the UE's tables
 *
 * The device is locked.  Stored SDUs of a DRB are delivered (38.323 5.1.3), all else is
 * dropped.  Packets in flight find both sides dead and the memory valid for a grace period.
 */
void pdcp_entity_destroy(struct pdcp_entity *e)
{
	struct pdcp_leg *leg;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(e->leg); i++) {
		leg = pdcp_dereference(e->leg[i], e->ue->pdcp);
		pdcp_entity_set_leg(e, i, NULL);
		pdcp_leg_destroy(leg);
	}
	pdcp_leg_destroy(e->next_leg);
	pdcp_tx_stop(e);
	pdcp_rx_stop(e);
	pdcp_stats_add_entity(&e->ue->pdcp->gone, e);
	call_rcu(&e->rcu, entity_free_rcu);
}

static void lock_both(struct pdcp_entity *e)
	__acquires(&e->tx.lock) __acquires(&e->rx.lock)
{
	spin_lock_bh(&e->tx.lock);
	spin_lock(&e->rx.lock);
}

static void unlock_both(struct pdcp_entity *e)
	__releases(&e->rx.lock) __releases(&e->tx.lock)
{
	spin_unlock(&e->rx.lock);
	spin_unlock_bh(&e->tx.lock);
}

/**
 * pdcp_entity_set_leg - put a leg into its slot, or clear the slot
 * @e: entity
 * @slot: slot
 * @leg: leg made for it, live from now on; or NULL
 *
 * The device is locked.  The caller destroys the leg that was there.
 */
void pdcp_entity_set_leg(struct pdcp_entity *e, u8 slot, struct pdcp_leg *leg)
{
	lock_both(e);
	rcu_assign_pointer(e->leg[slot], leg);
	if (leg)
		WRITE_ONCE(leg->live, true);
	unlock_both(e);
}

/**
 * pdcp_entity_pause - stop sending and receiving, and reset nothing; SDUs queue
 * @e: entity; its device is locked
 * @why: beside other reasons
 */
void pdcp_entity_pause(struct pdcp_entity *e, enum pdcp_paused why)
{
	lock_both(e);
	e->tx.paused |= why;
	WRITE_ONCE(e->rx.paused, e->rx.paused | why);
	unlock_both(e);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_pause);

/**
 * pdcp_entity_stop - stop for good: another node goes on from these COUNTs
 * @e: entity; its device is locked
 */
void pdcp_entity_stop(struct pdcp_entity *e)
{
	lock_both(e);
	e->tx.paused |= PDCP_PAUSED_STOPPED;
	WRITE_ONCE(e->rx.paused, e->rx.paused | PDCP_PAUSED_STOPPED);
	pdcp_rx_hand_over(e);
	unlock_both(e);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_stop);

/**
 * pdcp_entity_resume - go on where pdcp_entity_pause() stopped
 * @e: entity; its device is locked
 * @why: reason that is none any more
 */
void pdcp_entity_resume(struct pdcp_entity *e, enum pdcp_paused why)
{
	lock_both(e);
	e->tx.paused &= ~why;
	WRITE_ONCE(e->rx.paused, e->rx.paused & ~why);
	pdcp_rx_resume(e);
	unlock_both(e);
	pdcp_tx_run(e);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_resume);

/**
 * pdcp_entity_suspend - suspend (38.323 5.1.4)
 * @e: entity
 *
 * The device is locked.  SDUs stay: those that were numbered and not confirmed become new ones
 * again, in their order.  What was stored is delivered.  COUNTs begin at 0 again, so that the
 * key must change before anything is sent.
 */
void pdcp_entity_suspend(struct pdcp_entity *e)
{
	lock_both(e);
	e->tx.paused |= PDCP_PAUSED_SUSPENDED;
	WRITE_ONCE(e->rx.paused, e->rx.paused | PDCP_PAUSED_SUSPENDED);
	pdcp_tx_unnumber(e);
	pdcp_rx_restart(e);
	unlock_both(e);
	e->numbering = pdcp_ledger_begin(&e->ue->ledger);
	e->stale_key = true;
}

/* @end: TX_NEXT when the leg to send on was set. */
static void recover(struct pdcp_entity *e, u32 end)
{
	pdcp_rx_status_report(e);
	pdcp_tx_retransmit(e, end);
}

/**
 * pdcp_entity_recover - data recovery (38.323 5.5)
 * @e: AM DRB
 *
 * The device is locked.  What is not confirmed is sent again.  Without header compression the
 * PDU that is built anew, of the same SDU under the same COUNT and key, is the same octets.
 */
void pdcp_entity_recover(struct pdcp_entity *e)
{
	u32 end;

	spin_lock_bh(&e->tx.lock);
	end = e->tx.next;
	spin_unlock_bh(&e->tx.lock);
	recover(e, end);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_recover);

/**
 * pdcp_entity_set_t_reordering - reconfigure t-Reordering (38.323 7.3)
 * @e: entity; its device is locked
 * @ms: new value, or PDCP_INFINITY
 */
void pdcp_entity_set_t_reordering(struct pdcp_entity *e, u32 ms)
{
	rcu_read_lock_bh();
	spin_lock(&e->rx.lock);
	pdcp_rx_set_t_reordering(e, ms);
	spin_unlock(&e->rx.lock);
	rcu_read_unlock_bh();
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_set_t_reordering);

/**
 * pdcp_entity_set_duplication - activate or deactivate duplication (38.323 5.11.1)
 * @e: DRB with two legs
 * @duplicate: each PDU goes to both legs from now on
 *
 * The device is locked.  Deactivated, the secondary leg is told to discard the copies that it may
 * still have.
 */
void pdcp_entity_set_duplication(struct pdcp_entity *e, bool duplicate)
{
	struct pdcp_leg *secondary = pdcp_dereference(e->leg[!e->source], e->ue->pdcp);
	bool changes;
	u32 first, end;

	spin_lock_bh(&e->tx.lock);
	changes = e->tx.duplicate != duplicate;
	e->tx.duplicate = duplicate;
	end = e->tx.next;
	if (changes && duplicate)
		e->tx.copies = end;
	first = max(e->tx.copies, pdcp_keep_first(e));
	spin_unlock_bh(&e->tx.lock);
	if (changes && !duplicate)
		pdcp_delivery_discard(secondary, first, end);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_set_duplication);

/* Take the leg out of a slot, if there is one, with what it brought; both locks held. */
static struct pdcp_leg *take_leg(struct pdcp_entity *e, u8 slot)
{
	struct pdcp_leg *leg = pdcp_dereference(e->leg[slot], e->ue->pdcp);

	RCU_INIT_POINTER(e->leg[slot], NULL);
	pdcp_rx_forget_leg(e, slot);
	return leg;
}

/**
 * pdcp_entity_reestablish - move to another leg (38.323 5.1.2, 5.5)
 * @e: entity, of no bearer that is in two cells
 * @leg: made for the slot that the source leg is not in
 *
 * The device is locked.  The leg has another key, or it is an AM DRB's whose data is recovered
 * under the old one.  A secondary leg goes with the primary one: the bearer is split no more.
 * What an old leg handed over before was processed under the old key; what it still brings is
 * dropped.  An AM DRB keeps its COUNTs and sends the unconfirmed again under them and the new
 * key; a UM DRB delivers what it stored and begins at 0; an SRB drops what it stored and begins
 * at 0.
 */
void pdcp_entity_reestablish(struct pdcp_entity *e, struct pdcp_leg *leg)
{
	bool refresh = pdcp_entity_source(e)->sec != leg->sec;
	struct pdcp_leg *old, *secondary;
	u32 end;

	lock_both(e);
	end = e->tx.next;
	old = take_leg(e, e->source);
	secondary = take_leg(e, leg->slot);
	WRITE_ONCE(e->split, false);
	WRITE_ONCE(e->tx.duplicate, false);
	if (!pdcp_keeps(e)) {
		pdcp_tx_reset(e);
		pdcp_rx_reset(e);
	}
	if (refresh)
		e->warned = 0;
	WRITE_ONCE(e->source, leg->slot);
	WRITE_ONCE(e->tx.slot, leg->slot);
	rcu_assign_pointer(e->leg[leg->slot], leg);
	WRITE_ONCE(leg->live, true);
	unlock_both(e);

	e->numbering = leg->claim.numbering;
	if (refresh)
		e->stale_key = false;
	pdcp_leg_destroy(old);
	pdcp_leg_destroy(secondary);
	if (pdcp_keeps(e))
		recover(e, end);
	pdcp_tx_run(e);
}

/**
 * pdcp_entity_fail_source - nothing passes on the source leg any more
 * @e: DAPS DRB with two legs
 *
 * The device is locked.  SDUs queue until the switch; what the source brought stays.
 */
void pdcp_entity_fail_source(struct pdcp_entity *e)
{
	lock_both(e);
	WRITE_ONCE(pdcp_entity_source(e)->failed, true);
	unlock_both(e);
}

/**
 * pdcp_entity_switch - move the uplink to the target leg (38.323 5.13)
 * @e: DAPS DRB with two legs
 *
 * The device is locked.  An AM DRB sends all again that the source has not confirmed, with
 * original COUNT and the target's keys, after the status report.  A UM DRB numbers SDUs only
 * when it submits them, so that what was never submitted still waits in the queue and goes
 * to the target.
 */
void pdcp_entity_switch(struct pdcp_entity *e)
{
	struct pdcp_leg *target = pdcp_dereference(e->leg[!e->source], e->ue->pdcp);
	u32 end;

	spin_lock_bh(&e->tx.lock);
	WRITE_ONCE(e->tx.slot, !e->source);
	end = e->tx.next;
	spin_unlock_bh(&e->tx.lock);
	if (target->sec != pdcp_entity_source(e)->sec)
		e->warned = 0;

	recover(e, end);
	pdcp_tx_run(e);
}

/**
 * pdcp_entity_drop_leg - remove one of two legs
 * @e: entity
 * @role: which
 *
 * The device is locked.  The other leg is the source from now on; no variable is reset and
 * no timer stopped (38.323 5.1.5).
 */
void pdcp_entity_drop_leg(struct pdcp_entity *e, enum pdcp_leg_role role)
{
	u8 slot = role == PDCP_LEG_ROLE_SOURCE ? e->source : !e->source;
	struct pdcp_leg *leg;

	lock_both(e);
	leg = take_leg(e, slot);
	WRITE_ONCE(e->source, !slot);
	unlock_both(e);
	pdcp_leg_destroy(leg);
}

/**
 * pdcp_entity_continue - take over the variables of another entity (38.323 7.1)
 * @e: SRB entity that goes on
 * @from: its counterpart, which sends and receives no more
 *
 * State variables continuation of an SRB without key refresh; SDUs are not carried.  The
 * device is locked.
 */
void pdcp_entity_continue(struct pdcp_entity *e, struct pdcp_entity *from)
{
	u32 tx_next, rx_next, rx_deliv;

	lock_both(from);
	tx_next = from->tx.next;
	rx_next = from->rx.window.rx_next;
	rx_deliv = from->rx.window.rx_deliv;
	unlock_both(from);

	e->numbering = from->numbering;
	lock_both(e);
	pdcp_tx_reset(e);
	pdcp_rx_reset(e);
	e->tx.next = tx_next;
	pdcp_rx_continue(e, rx_next, rx_deliv);
	unlock_both(e);
}

/**
 * pdcp_entity_set_counts - give COUNTs from outside (SN status transfer)
 * @e: entity
 * @tx_next: TX_NEXT, or NULL
 * @rx_deliv: RX_DELIV, first COUNT to be delivered, which RX_NEXT is set to as well; or NULL
 * @extack: why not
 *
 * Ends the hold of each direction given.  Without a hold COUNTs only grow, but for a UE in test
 * mode.  The device is locked.
 *
 * Return: 0, -EINVAL, -EKEYREJECTED for COUNTs that the key has protected, or -EBUSY while SDUs
 * are stored; then nothing has changed.
 */
int pdcp_entity_set_counts(struct pdcp_entity *e, const u32 *tx_next,
			   const u32 *rx_deliv, struct netlink_ext_ack *extack)
{
	int err;

	err = pdcp_entity_check_use(e, tx_next, rx_deliv, extack);
	if (err)
		return err;
	lock_both(e);
	err = (tx_next ? pdcp_tx_check_next(e, *tx_next, extack) : 0) ?:
	      (rx_deliv ? pdcp_rx_check_deliv(e, *rx_deliv, extack) : 0);
	if (!err && tx_next)
		pdcp_tx_set_next(e, *tx_next);
	if (!err && rx_deliv)
		pdcp_rx_set_deliv(e, *rx_deliv);
	unlock_both(e);
	if (err)
		return err;

	if (tx_next)
		pdcp_tx_run(e);
	if (rx_deliv)
		pdcp_receive_held(e);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_set_counts);

/**
 * pdcp_entity_source - leg that is the only one outside of a handover
 * @e: entity; its device is locked
 *
 * Return: the leg.
 */
struct pdcp_leg *pdcp_entity_source(const struct pdcp_entity *e)
{
	return pdcp_dereference(e->leg[e->source], e->ue->pdcp);
}

/**
 * pdcp_entity_role - role of the leg in a slot
 * @e: entity
 * @slot: of the leg
 *
 * Return: for an SRB that of the whole entity, but for a secondary leg.
 */
enum pdcp_leg_role pdcp_entity_role(const struct pdcp_entity *e, u8 slot)
{
	bool source = slot == READ_ONCE(e->source);

	if (READ_ONCE(e->split))
		return source ? PDCP_LEG_ROLE_SOURCE : PDCP_LEG_ROLE_SECONDARY;
	if (pdcp_entity_srb(e))
		return READ_ONCE(e->target) ? PDCP_LEG_ROLE_TARGET :
					      PDCP_LEG_ROLE_SOURCE;
	return source ? PDCP_LEG_ROLE_SOURCE : PDCP_LEG_ROLE_TARGET;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_entity_role);

/**
 * pdcp_entity_init - make the cache that entities come from
 *
 * Return: 0 or -ENOMEM.
 */
int __init pdcp_entity_init(void)
{
	entity_cache = KMEM_CACHE(pdcp_entity, 0);
	return entity_cache ? 0 : -ENOMEM;
}

/**
 * pdcp_entity_exit - no entity is left, and the last grace period is over
 */
void pdcp_entity_exit(void)
{
	kmem_cache_destroy(entity_cache);
}
