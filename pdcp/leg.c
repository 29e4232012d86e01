// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "pdcp/leg.h"

#include <kunit/visibility.h>
#include <linux/netlink.h>
#include <linux/printk.h>
#include <linux/rhashtable.h>
#include <linux/skbuff.h>
#include <linux/slab.h>

#include "pdcp/bearer.h"
#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/gtpu.h"
#include "pdcp/refusal.h"
#include "pdcp/security.h"
#include "pdcp/stats.h"
#include "pdcp/ue.h"

static const struct rhashtable_params teid_params = {
	.key_len = sizeof_field(struct pdcp_leg, config.teid_in),
	.key_offset = offsetof(struct pdcp_leg, config.teid_in),
	.head_offset = offsetof(struct pdcp_leg, node),
	.automatic_shrinking = true,
};

/**
 * pdcp_leg_table_init - prepare a device's table of TEIDs
 * @pdcp: device that nobody else knows
 *
 * Return: 0 or -ENOMEM.
 */
int pdcp_leg_table_init(struct pdcp_device *pdcp)
{
	return rhashtable_init(&pdcp->teids, &teid_params);
}

/**
 * pdcp_leg_table_destroy - free a device's table of TEIDs
 * @pdcp: device without legs
 */
void pdcp_leg_table_destroy(struct pdcp_device *pdcp)
{
	rhashtable_destroy(&pdcp->teids);
}

/**
 * pdcp_leg_lookup - leg of a received G-PDU
 * @pdcp: device
 * @teid: host byte order
 *
 * Under RCU.
 *
 * Return: the leg, or NULL if there is none that lives.
 */
struct pdcp_leg *pdcp_leg_lookup(struct pdcp_device *pdcp, u32 teid)
{
	struct pdcp_leg *leg;

	leg = rhashtable_lookup(&pdcp->teids, &teid, teid_params);
	return leg && READ_ONCE(leg->live) ? leg : NULL;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_leg_lookup);

static int leg_bind(struct pdcp_leg *leg, struct netlink_ext_ack *extack)
{
	const struct pdcp_entity_config *config = &leg->entity->config;
	struct pdcp_device *pdcp = leg->entity->ue->pdcp;
	int err;

	if (leg->config.nru) {
		leg->delivery = pdcp_delivery_create(leg->config.nru_loss);
		if (!leg->delivery)
			return -ENOMEM;
	}
	err = dst_cache_init(&leg->dst, GFP_KERNEL);
	if (err)
		goto err_delivery;

	err = rhashtable_lookup_insert_fast(&pdcp->teids, &leg->node,
					    teid_params);
	if (!err)
		return 0;
	if (err == -EEXIST)
		NL_SET_ERR_MSG_FMT(extack, "teid-in: 0x%x belongs to another leg than %s %u's",
				   leg->config.teid_in, pdcp_bearer_type_name(config->type),
				   config->id);
	dst_cache_destroy(&leg->dst);
err_delivery:
	kfree(leg->delivery);
	return err;
}

static u64 start(bool hold, bool restart, u32 next)
{
	if (hold)
		return PDCP_LEDGER_UNKNOWN;
	return restart ? 0 : next;
}

static u32 numbering(struct pdcp_entity *e, bool restart)
{
	return restart ? pdcp_ledger_begin(&e->ue->ledger) : e->numbering;
}

static const struct pdcp_fingerprint *key_of(const struct pdcp_security *sec,
					     enum pdcp_bearer_type type,
					     enum pdcp_ledger_role role)
{
	return pdcp_security_fingerprint(sec, pdcp_ledger_key(type, role));
}

/* The keys may protect the COUNTs that the entity goes on with, and none that they did before. */
static int leg_claim(struct pdcp_leg *leg, const struct pdcp_security *sec, bool restart,
		     struct netlink_ext_ack *extack)
{
	struct pdcp_entity *e = leg->entity;
	enum pdcp_bearer_type type = e->config.type;
	const struct pdcp_ledger_use use = {
		.fingerprint = {
			[PDCP_LEDGER_ENC] = e->config.ciphering ?
				key_of(sec, type, PDCP_LEDGER_ENC) : NULL,
			[PDCP_LEDGER_INT] = e->config.integrity ?
				key_of(sec, type, PDCP_LEDGER_INT) : NULL,
		},
		.type = type,
		.id = e->config.id,
		.bearer = e->config.bearer,
		.numbering = numbering(e, restart),
		.uses = {
			[PDCP_DIRECTION_TX] = pdcp_entity_tx_sn_bits(e),
			[PDCP_DIRECTION_RX] = pdcp_entity_rx_sn_bits(e),
		},
		.start = {
			[PDCP_DIRECTION_TX] = start(e->tx.hold, restart, e->tx.next),
			[PDCP_DIRECTION_RX] = start(e->rx.hold, restart,
						    e->rx.window.rx_next),
		},
		.test_mode = e->ue->config.test_mode,
	};
	struct pdcp_ledger_conflict conflict = {};
	int err;

	err = pdcp_ledger_claim(&e->ue->ledger, &use, &leg->claim, &conflict, extack);
	if (conflict.found)
		pdcp_refusal_used(e, sec, &conflict, !err);
	else if (err == -ENOSPC)
		pdcp_refusal_full(e, sec);
	return err;
}

/**
 * pdcp_leg_create - build a leg that is not yet part of anything
 * @entity: whose it will be
 * @slot: where it will be put
 * @config: lower layer
 * @sec: security set, of which it takes a reference
 * @restart: COUNTs will begin at 0 on it; else the entity goes on with its own
 * @extack: why not
 *
 * Under the device's lock.  The leg claims its TEID but receives nothing until
 * pdcp_entity_set_leg() makes it live.
 *
 * Return: the leg, or ERR_PTR: -EEXIST for a TEID in use, -EKEYREJECTED for keys that have
 * protected what they would protect again, -ENOSPC for a full ledger, -ENOMEM.
 */
struct pdcp_leg *pdcp_leg_create(struct pdcp_entity *entity, u8 slot,
				 const struct pdcp_leg_config *config,
				 struct pdcp_security *sec, bool restart,
				 struct netlink_ext_ack *extack)
{
	struct pdcp_leg *leg;
	int err;

	leg = kzalloc(sizeof(*leg), GFP_KERNEL);
	if (!leg)
		return ERR_PTR(-ENOMEM);
	leg->config = *config;
	leg->entity = entity;
	leg->slot = slot;

	err = leg_claim(leg, sec, restart, extack);
	if (err)
		goto err_free;
	if (config->lower == PDCP_LOWER_GTPU) {
		err = leg_bind(leg, extack);
		if (err)
			goto err_claim;
	}
	leg->sec = pdcp_security_get(sec);
	pr_debug("leg %p created\n", leg);
	return leg;

err_claim:
	pdcp_ledger_release(&entity->ue->ledger, &leg->claim, 0, 0);
err_free:
	kfree(leg);
	return ERR_PTR(err);
}

static void leg_free_rcu(struct rcu_head *rcu)
{
	struct pdcp_leg *leg = container_of(rcu, struct pdcp_leg, rcu);

	if (leg->config.lower == PDCP_LOWER_GTPU)
		dst_cache_destroy(&leg->dst);
	kfree(leg->delivery);
	pdcp_security_put(leg->sec);
	pr_debug("leg %p destroyed\n", leg);
	kfree(leg);
}

/**
 * pdcp_leg_destroy - give up a leg
 * @leg: leg, already out of its entity's slot, or NULL
 *
 * Under the device's lock.  The TEID is free at once; packets in flight keep the leg and its
 * keys for a grace period, and not for the seconds that callbacks may wait on rcu_nocbs= CPUs.
 */
void pdcp_leg_destroy(struct pdcp_leg *leg)
{
	if (!leg)
		return;

	WRITE_ONCE(leg->live, false);
	pdcp_stats_add_leg(&leg->entity->ue->pdcp->gone, leg);
	pdcp_ledger_release(&leg->entity->ue->ledger, &leg->claim, leg->tx_next, leg->rx_next);
	if (leg->config.lower == PDCP_LOWER_GTPU)
		rhashtable_remove_fast(&leg->entity->ue->pdcp->teids,
				       &leg->node, teid_params);
	call_rcu_hurry(&leg->rcu, leg_free_rcu);
}

/**
 * pdcp_leg_job - say how a Data PDU of a leg is protected
 * @leg: leg, which alone selects keys and algorithms
 * @direction: what we send, or what we received
 * @count: COUNT
 * @job: result, as of pdcp_security_job()
 */
void pdcp_leg_job(const struct pdcp_leg *leg, enum pdcp_direction direction, u32 count,
		  struct pdcp_job *job)
{
	const struct pdcp_entity *e = leg->entity;
	const struct pdcp_inputs in = {
		.count = count,
		.bearer = e->config.bearer,
		.direction = direction == PDCP_DIRECTION_TX ? pdcp_entity_tx_direction(e) :
							      pdcp_entity_rx_direction(e),
		.plane = pdcp_entity_srb(e) ? PDCP_PLANE_RRC : PDCP_PLANE_UP,
		.ciphering = e->config.ciphering,
		.integrity = e->config.integrity,
	};

	pdcp_security_job(leg->sec, &in, job);
}

/**
 * pdcp_leg_hdr_len - length of what the lower layer puts in front of each PDU
 * @leg: leg
 *
 * Return: octets.
 */
u32 pdcp_leg_hdr_len(const struct pdcp_leg *leg)
{
	return leg->config.lower == PDCP_LOWER_GTPU ? pdcp_gtpu_hdr_len(leg) : 0;
}

/**
 * pdcp_leg_put_hdr - write what goes in front of a PDU
 * @leg: leg
 * @p: where, with room for pdcp_leg_hdr_len() octets
 * @pdu_len: octets of the PDU
 */
void pdcp_leg_put_hdr(struct pdcp_leg *leg, u8 *p, u32 pdu_len)
{
	if (leg->config.lower == PDCP_LOWER_GTPU)
		pdcp_gtpu_put_hdr(leg, p, pdu_len);
}

/**
 * pdcp_leg_note_use - let the ledger know what a leg has used by now
 * @leg: leg; its device is locked
 */
void pdcp_leg_note_use(struct pdcp_leg *leg)
{
	struct pdcp_entity *e = leg->entity;
	u32 tx_next, rx_next;

	spin_lock_bh(&e->tx.lock);
	tx_next = leg->tx_next;
	spin_unlock_bh(&e->tx.lock);
	spin_lock_bh(&e->rx.lock);
	rx_next = leg->rx_next;
	spin_unlock_bh(&e->rx.lock);
	pdcp_ledger_note(&leg->claim, tx_next, rx_next);
}

static void submit_user(struct pdcp_leg *leg, struct sk_buff *pdu, u32 count)
{
	struct pdcp_entity *e = leg->entity;
	struct pdcp_event_bearer bearer = {
		.ue_id = e->ue->config.id,
		.count = count,
		.type = e->config.type,
		.id = e->config.id,
		.role = pdcp_entity_role(e, leg->slot),
	};

	if (pdcp_event_pdu(e->ue->pdcp, &bearer, pdu))
		pdcp_entity_drop(e, pdu, PDCP_DROP_REASON_TX_NOMEM);
	else
		consume_skb(pdu);
}

/**
 * pdcp_leg_submit - hand PDUs to the lower layer
 * @leg: leg
 * @packet: a PDU behind the lower layer's header, or several where that is GTP-U, with
 *	PDCP_LEG_HEADROOM octets in front; consumed
 * @count: COUNT of the PDU, 0 for a Control PDU
 *
 * Under RCU, softirqs off.
 */
void pdcp_leg_submit(struct pdcp_leg *leg, struct sk_buff *packet, u32 count)
{
	if (!netif_running(leg->entity->ue->pdcp->dev))
		pdcp_entity_drop(leg->entity, packet, PDCP_DROP_REASON_TX_LEG);
	else if (leg->config.lower == PDCP_LOWER_GTPU)
		pdcp_gtpu_submit(leg, packet);
	else
		submit_user(leg, packet, count);
}
