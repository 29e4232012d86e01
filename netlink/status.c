// SPDX-License-Identifier: GPL-2.0
/*
 * COUNTs of a bearer, for the SN status transfer between the nodes of a handover.
 */

#include "pdcp/status.h"

#include <linux/bits.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "netlink/nl.h"
#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/ue.h"

/**
 * struct counts - what one node tells the other
 * @tx_next: TX_NEXT
 * @rx_next: RX_NEXT
 * @status: RX_DELIV and what was received above it
 */
struct counts {
	u32 tx_next;
	u32 rx_next;
	struct pdcp_status status;
};

/* Both legs of a DRB share its COUNTs, an SRB has two entities. */
static void read_counts(struct pdcp_entity *e, u8 *bitmap, size_t size,
			struct counts *counts)
{
	spin_lock_bh(&e->tx.lock);
	spin_lock(&e->rx.lock);
	counts->tx_next = e->tx.next;
	counts->rx_next = e->rx.window.rx_next;
	pdcp_status_fill(&e->rx.window, bitmap, size, &counts->status);
	spin_unlock(&e->rx.lock);
	spin_unlock_bh(&e->tx.lock);
}

static int fill_counts(struct sk_buff *skb, const struct genl_info *info,
		       const struct pdcp_entity *e, const struct counts *counts)
{
	const struct pdcp_status *st = &counts->status;
	void *hdr = genlmsg_iput(skb, info);

	if (!hdr ||
	    nla_put_u32(skb, PDCP_A_BEARER_IFINDEX, e->ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_BEARER_UE_ID, e->ue->config.id) ||
	    nla_put_u32(skb, PDCP_A_BEARER_TYPE, e->config.type) ||
	    nla_put_u8(skb, PDCP_A_BEARER_ID, e->config.id) ||
	    (pdcp_entity_srb(e) &&
	     nla_put_u32(skb, PDCP_A_BEARER_ROLE, pdcp_entity_role(e, e->source))) ||
	    nla_put_u32(skb, PDCP_A_BEARER_TX_NEXT, counts->tx_next) ||
	    nla_put_u32(skb, PDCP_A_BEARER_RX_DELIV, st->fmc) ||
	    nla_put_u32(skb, PDCP_A_BEARER_RX_NEXT, counts->rx_next) ||
	    (st->bitmap_len &&
	     nla_put(skb, PDCP_A_BEARER_RX_BITMAP, st->bitmap_len, st->bitmap)))
		return -EMSGSIZE;
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * pdcp_nl_status_get_doit - tell the COUNTs of a bearer
 * @skb: request
 * @info: request
 *
 * All memory is there before the entity is stopped, which nothing can take back.
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_status_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_entity *e = pdcp_nl_numbering(info);
	struct sk_buff *reply;
	struct counts counts;
	size_t size;
	u8 sn_bits;
	u8 *bitmap;
	int err;

	if (IS_ERR(e))
		return PTR_ERR(e);
	sn_bits = pdcp_entity_rx_sn_bits(e);
	size = sn_bits ? pdcp_count_window(sn_bits) / BITS_PER_BYTE : 0;
	bitmap = kvmalloc(size, GFP_KERNEL);
	if (!bitmap)
		return -ENOMEM;
	err = -ENOMEM;
	reply = genlmsg_new(GENLMSG_DEFAULT_SIZE + size, GFP_KERNEL);
	if (!reply)
		goto out_free;

	if (nla_get_flag(info->attrs[PDCP_A_BEARER_STOP]))
		pdcp_entity_stop(e);
	read_counts(e, bitmap, size, &counts);
	err = fill_counts(reply, info, e, &counts);
	if (err)
		nlmsg_free(reply);
	else
		err = genlmsg_reply(reply, info);
out_free:
	kvfree(bitmap);
	return err;
}

/**
 * pdcp_nl_status_set_doit - give a bearer its COUNTs
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_status_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *tx_attr = info->attrs[PDCP_A_BEARER_TX_NEXT];
	struct nlattr *rx_attr = info->attrs[PDCP_A_BEARER_RX_DELIV];
	struct pdcp_entity *e = pdcp_nl_numbering(info);
	u32 tx_next = tx_attr ? nla_get_u32(tx_attr) : 0;
	u32 rx_deliv = rx_attr ? nla_get_u32(rx_attr) : 0;

	if (IS_ERR(e))
		return PTR_ERR(e);
	if (!tx_attr && !rx_attr) {
		NL_SET_ERR_MSG(info->extack, "give tx-next, rx-deliv, or both");
		return -EINVAL;
	}
	return pdcp_entity_set_counts(e, tx_attr ? &tx_next : NULL,
				      rx_attr ? &rx_deliv : NULL, info->extack);
}
