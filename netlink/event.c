// SPDX-License-Identifier: GPL-2.0
/*
 * Events to multicast group "events" of the namespace that the device is in. Whoever listens
 * too slowly loses some and learns so from its socket (ENOBUFS), as all do when there is no
 * memory for one.
 */

#include "pdcp/event.h"

#include <linux/err.h>
#include <linux/skbuff.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/ledger.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

/*
 * Message with room for @size octets of attributes, NULL where nobody listens, or ERR_PTR. The
 * caller is under RCU, so that the namespace stays.
 */
static struct sk_buff *event_new(const struct pdcp_device *pdcp, u8 cmd,
				 size_t size, void **hdr)
{
	struct net *net = dev_net(pdcp->dev);
	struct sk_buff *skb;

	if (!genl_has_listeners(&pdcp_nl_family, net, PDCP_NLGRP_EVENTS))
		return NULL;
	skb = genlmsg_new(size, GFP_ATOMIC);
	if (!skb) {
		genl_set_err(&pdcp_nl_family, net, 0, PDCP_NLGRP_EVENTS, -ENOBUFS);
		return ERR_PTR(-ENOMEM);
	}
	*hdr = genlmsg_put(skb, 0, 0, &pdcp_nl_family, 0, cmd);
	return skb;
}

static void event_send(const struct pdcp_device *pdcp, struct sk_buff *skb,
		       void *hdr)
{
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&pdcp_nl_family, dev_net(pdcp->dev), skb, 0,
				PDCP_NLGRP_EVENTS, GFP_ATOMIC);
}

static int put_sets(struct sk_buff *skb, const struct pdcp_handover *ho)
{
	if (ho->state == PDCP_HANDOVER_STATE_NONE)
		return 0;
	if (nla_put_u8(skb, PDCP_A_UE_SOURCE_SET, ho->source->id) ||
	    nla_put_u8(skb, PDCP_A_UE_TARGET_SET, ho->target->id))
		return -EMSGSIZE;
	return 0;
}

static void event_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end)
{
	struct sk_buff *skb;
	void *hdr;

	skb = event_new(ue->pdcp, PDCP_CMD_HANDOVER_NTF, GENLMSG_DEFAULT_SIZE, &hdr);
	if (IS_ERR_OR_NULL(skb))
		return;
	if (!hdr ||
	    nla_put_u32(skb, PDCP_A_UE_IFINDEX, ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_UE_UE_ID, ue->config.id) ||
	    nla_put_u32(skb, PDCP_A_UE_STATE, ue->handover.state) ||
	    put_sets(skb, &ue->handover) ||
	    nla_put_u32(skb, PDCP_A_UE_END, end)) {
		nlmsg_free(skb);
		return;
	}
	event_send(ue->pdcp, skb, hdr);
}

static int put_conflict(struct sk_buff *skb, const struct pdcp_event_key *key)
{
	const struct pdcp_ledger_conflict *c = key->conflict;

	if (!c)
		return 0;
	if (nla_put_u32(skb, PDCP_A_LEDGER_KEY, pdcp_ledger_key(key->type, c->role)) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_DIRECTION, c->direction) ||
	    (c->start != PDCP_LEDGER_UNKNOWN &&
	     nla_put_u32(skb, PDCP_A_LEDGER_COUNT, c->start)) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_NEXT, c->next) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_HANDLE, c->handle))
		return -EMSGSIZE;
	return 0;
}

static int put_key_bearer(struct sk_buff *skb, const struct pdcp_event_key *key)
{
	if (!key->id)
		return 0;
	if (nla_put_u32(skb, PDCP_A_LEDGER_TYPE, key->type) ||
	    nla_put_u8(skb, PDCP_A_LEDGER_ID, key->id))
		return -EMSGSIZE;
	return 0;
}

static void event_key(const struct pdcp_ue *ue, const struct pdcp_event_key *key)
{
	struct sk_buff *skb;
	void *hdr;

	skb = event_new(ue->pdcp, PDCP_CMD_KEY_NTF, GENLMSG_DEFAULT_SIZE, &hdr);
	if (IS_ERR_OR_NULL(skb))
		return;
	if (!hdr ||
	    nla_put_u32(skb, PDCP_A_LEDGER_IFINDEX, ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_UE_ID, ue->config.id) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_REASON, key->reason) ||
	    (key->warned && nla_put_flag(skb, PDCP_A_LEDGER_WARNED)) ||
	    nla_put_u8(skb, PDCP_A_LEDGER_SET, key->set) ||
	    put_key_bearer(skb, key) || put_conflict(skb, key)) {
		nlmsg_free(skb);
		return;
	}
	event_send(ue->pdcp, skb, hdr);
}

static size_t bearer_size(void)
{
	return nla_total_size(sizeof(u32)) +	/* ifindex */
	       nla_total_size(sizeof(u32)) +	/* ue-id */
	       nla_total_size(sizeof(u32)) +	/* type */
	       nla_total_size(sizeof(u8)) +	/* id */
	       nla_total_size(sizeof(u32)) +	/* role */
	       nla_total_size(sizeof(u32));	/* count */
}

static int put_bearer(struct sk_buff *skb, const struct pdcp_device *pdcp,
		      const struct pdcp_event_bearer *bearer)
{
	if (nla_put_u32(skb, PDCP_A_BEARER_IFINDEX, pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_BEARER_UE_ID, bearer->ue_id) ||
	    nla_put_u32(skb, PDCP_A_BEARER_TYPE, bearer->type) ||
	    nla_put_u8(skb, PDCP_A_BEARER_ID, bearer->id) ||
	    nla_put_u32(skb, PDCP_A_BEARER_ROLE, bearer->role) ||
	    nla_put_u32(skb, PDCP_A_BEARER_COUNT, bearer->count))
		return -EMSGSIZE;
	return 0;
}

static int put_data(struct sk_buff *skb, int type, const struct sk_buff *data)
{
	struct nlattr *attr = nla_reserve(skb, type, data->len);

	if (!attr)
		return -EMSGSIZE;
	return skb_copy_bits(data, 0, nla_data(attr), data->len);
}

static int event_bearer(struct pdcp_device *pdcp, u8 cmd,
			const struct pdcp_event_bearer *bearer, int type,
			const struct sk_buff *data)
{
	size_t size = bearer_size();
	struct sk_buff *skb;
	void *hdr;

	if (data)
		size += nla_total_size(data->len);
	skb = event_new(pdcp, cmd, size, &hdr);
	if (IS_ERR_OR_NULL(skb))
		return PTR_ERR_OR_ZERO(skb);
	if (!hdr || put_bearer(skb, pdcp, bearer) ||
	    (data && put_data(skb, type, data))) {
		nlmsg_free(skb);
		return -EMSGSIZE;
	}
	event_send(pdcp, skb, hdr);
	return 0;
}

static void event_integrity(struct pdcp_device *pdcp,
			    const struct pdcp_event_bearer *bearer)
{
	event_bearer(pdcp, PDCP_CMD_INTEGRITY_NTF, bearer, 0, NULL);
}

static void event_count(struct pdcp_device *pdcp,
			const struct pdcp_event_bearer *bearer,
			enum pdcp_direction direction, bool exhausted)
{
	struct sk_buff *skb;
	void *hdr;

	skb = event_new(pdcp, PDCP_CMD_COUNT_NTF,
			bearer_size() + nla_total_size(sizeof(u32)) + nla_total_size(0), &hdr);
	if (IS_ERR_OR_NULL(skb))
		return;
	if (!hdr || put_bearer(skb, pdcp, bearer) ||
	    nla_put_u32(skb, PDCP_A_BEARER_DIRECTION, direction) ||
	    (exhausted && nla_put_flag(skb, PDCP_A_BEARER_EXHAUSTED))) {
		nlmsg_free(skb);
		return;
	}
	event_send(pdcp, skb, hdr);
}

static void event_path(struct pdcp_device *pdcp, u32 teid, const struct pdcp_address *peer)
{
	struct sk_buff *skb;
	void *hdr;

	skb = event_new(pdcp, PDCP_CMD_PATH_NTF,
			2 * nla_total_size(sizeof(u32)) + nla_total_size(sizeof(peer->v6)),
			&hdr);
	if (IS_ERR_OR_NULL(skb))
		return;
	if (!hdr ||
	    nla_put_u32(skb, PDCP_A_DEVICE_IFINDEX, pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_DEVICE_TEID, teid) ||
	    pdcp_nl_put_address(skb, PDCP_A_DEVICE_REMOTE, peer)) {
		nlmsg_free(skb);
		return;
	}
	event_send(pdcp, skb, hdr);
}

static int event_sdu(struct pdcp_device *pdcp,
		     const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *sdu)
{
	return event_bearer(pdcp, PDCP_CMD_SDU_NTF, bearer, PDCP_A_BEARER_SDU, sdu);
}

static int event_pdu(struct pdcp_device *pdcp,
		     const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *pdu)
{
	return event_bearer(pdcp, PDCP_CMD_PDU_NTF, bearer, PDCP_A_BEARER_PDU, pdu);
}

const struct pdcp_event_ops pdcp_nl_events = {
	.handover = event_handover,
	.key = event_key,
	.integrity = event_integrity,
	.count = event_count,
	.path = event_path,
	.sdu = event_sdu,
	.pdu = event_pdu,
};
