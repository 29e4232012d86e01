// SPDX-License-Identifier: GPL-2.0
/*
 * SDUs and PDUs from user space. What goes the other way are events.
 */

#include <linux/bottom_half.h>
#include <linux/netdevice.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/receive.h"
#include "pdcp/rx.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

static int check_up(const struct genl_info *info)
{
	if (netif_running(pdcp_nl_device(info)->dev))
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_BEARER_IFINDEX],
			    "ifindex: device is down");
	return -ENETDOWN;
}

static struct sk_buff *copy(const struct nlattr *attr)
{
	struct sk_buff *skb = alloc_skb(nla_len(attr), GFP_KERNEL);

	if (skb)
		skb_put_data(skb, nla_data(attr), nla_len(attr));
	return skb;
}

/* An SRB in a handover takes SDUs for the target: RRCReconfigurationComplete goes there. */
static struct pdcp_entity *sdu_entity(const struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct nlattr *role = info->attrs[PDCP_A_BEARER_ROLE];
	struct pdcp_entity *e;

	if (IS_ERR(ue))
		return ERR_CAST(ue);
	e = pdcp_nl_entity(ue, info, true);
	if (IS_ERR(e))
		return e;
	if (e->config.upper != PDCP_UPPER_USER) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[PDCP_A_BEARER_ID],
					"id: DRB %u takes SDUs from the device", e->config.id);
		return ERR_PTR(-EINVAL);
	}
	if (role && !pdcp_entity_srb(e)) {
		NL_SET_ERR_MSG_ATTR(info->extack, role,
				    "role: daps-switch chooses the leg of a DRB");
		return ERR_PTR(-EINVAL);
	}
	return e;
}

static int check_sdu(const struct genl_info *info, struct pdcp_entity *e)
{
	const struct nlattr *sdu;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_SDU))
		return -EINVAL;
	sdu = info->attrs[PDCP_A_BEARER_SDU];
	if (!nla_len(sdu) || nla_len(sdu) > PDCP_SDU_MAX) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, sdu, "sdu: 1 to %u octets",
					PDCP_SDU_MAX);
		return -EMSGSIZE;
	}
	if (skb_queue_len_lockless(&e->tx.queue) >= e->config.queue_limit) {
		NL_SET_ERR_MSG_ATTR(info->extack, sdu, "sdu: the bearer's queue is full");
		return -ENOBUFS;
	}
	return check_up(info);
}

/**
 * pdcp_nl_sdu_send_doit - send one SDU
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_sdu_send_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_entity *e = sdu_entity(info);
	struct sk_buff_head sdus;
	struct sk_buff *sdu;
	int err;

	if (IS_ERR(e))
		return PTR_ERR(e);
	err = check_sdu(info, e);
	if (err)
		return err;
	sdu = copy(info->attrs[PDCP_A_BEARER_SDU]);
	if (!sdu)
		return -ENOMEM;

	__skb_queue_head_init(&sdus);
	__skb_queue_tail(&sdus, sdu);
	rcu_read_lock_bh();
	pdcp_tx_sdus(e, &sdus);
	rcu_read_unlock_bh();
	return 0;
}

static struct pdcp_leg *role_leg(struct pdcp_entity *e, enum pdcp_leg_role role)
{
	u8 slot;

	for (slot = 0; slot < ARRAY_SIZE(e->leg); slot++)
		if (pdcp_entity_role(e, slot) == role && rcu_access_pointer(e->leg[slot]))
			return pdcp_dereference(e->leg[slot], e->ue->pdcp);
	return NULL;
}

/* Without duplication each entity of an SRB has one leg; other entities have one or two. */
static struct pdcp_leg *entity_leg(struct pdcp_entity *e, const struct genl_info *info)
{
	const struct nlattr *role = info->attrs[PDCP_A_BEARER_ROLE];
	const char *type = pdcp_nl_type_name(e->config.type);
	struct pdcp_leg *leg;

	if (!role && pdcp_entity_srb(e) && !e->split)
		return pdcp_entity_source(e);
	if (!role && (e->split || role_leg(e, PDCP_LEG_ROLE_TARGET))) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[PDCP_A_BEARER_ID],
					"role: %s %u has two legs, say source or %s", type,
					e->config.id, e->split ? "secondary" : "target");
		return ERR_PTR(-EINVAL);
	}
	leg = role_leg(e, role ? nla_get_u32(role) : PDCP_LEG_ROLE_SOURCE);
	if (!leg) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, role, "role: %s %u has no such leg", type,
					e->config.id);
		return ERR_PTR(-ENOENT);
	}
	return leg;
}

/* A secondary leg belongs to the entity that a bearer has outside of a handover. */
static struct pdcp_entity *pdu_entity(struct pdcp_ue *ue, const struct genl_info *info)
{
	const struct nlattr *role = info->attrs[PDCP_A_BEARER_ROLE];

	if (role && nla_get_u32(role) == PDCP_LEG_ROLE_SECONDARY)
		return pdcp_nl_bearer(ue, info);
	return pdcp_nl_entity(ue, info, false);
}

static struct pdcp_leg *pdu_leg(const struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_entity *e;
	struct pdcp_leg *leg;

	if (IS_ERR(ue))
		return ERR_CAST(ue);
	e = pdu_entity(ue, info);
	if (IS_ERR(e))
		return ERR_CAST(e);
	leg = entity_leg(e, info);
	if (IS_ERR(leg) || leg->config.lower == PDCP_LOWER_USER)
		return leg;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_BEARER_ID],
			    "id: the leg takes PDUs from its tunnel");
	return ERR_PTR(-EINVAL);
}

static int check_pdu(const struct genl_info *info)
{
	const struct nlattr *pdu;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_PDU))
		return -EINVAL;
	pdu = info->attrs[PDCP_A_BEARER_PDU];
	if (!nla_len(pdu)) {
		NL_SET_ERR_MSG_ATTR(info->extack, pdu, "pdu: no octets");
		return -EMSGSIZE;
	}
	return check_up(info);
}

/**
 * pdcp_nl_pdu_input_doit - receive one PDU on a leg in user space
 * @skb: request
 * @info: request
 *
 * What is wrong with the PDU itself does not fail the request: it is counted.
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_pdu_input_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_leg *leg = pdu_leg(info);
	struct sk_buff *pdu;
	int err;

	if (IS_ERR(leg))
		return PTR_ERR(leg);
	err = check_pdu(info);
	if (err)
		return err;
	pdu = copy(info->attrs[PDCP_A_BEARER_PDU]);
	if (!pdu)
		return -ENOMEM;

	rcu_read_lock_bh();
	pdcp_receive_one(leg, pdu);
	rcu_read_unlock_bh();
	return 0;
}

/**
 * pdcp_nl_sdu_discard_doit - discard what an SRB has not sent yet (38.323 5.3)
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_sdu_discard_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_entity *e;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	e = pdcp_nl_entity(ue, info, false);
	if (IS_ERR(e))
		return PTR_ERR(e);
	if (!pdcp_entity_srb(e)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_BEARER_TYPE],
				    "type: only an SRB discards on request");
		return -EINVAL;
	}
	pdcp_tx_discard(e);
	return 0;
}
