// SPDX-License-Identifier: GPL-2.0
#include <linux/socket.h>
#include <linux/spinlock.h>

#include "netlink/nl.h"
#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/security.h"

static const char * const gtpu_only[] = {
	[PDCP_A_LEG_REMOTE] = "remote",
	[PDCP_A_LEG_LOCAL] = "local",
	[PDCP_A_LEG_PORT] = "port",
	[PDCP_A_LEG_TEID_IN] = "teid-in",
	[PDCP_A_LEG_TEID_OUT] = "teid-out",
	[PDCP_A_LEG_NRU] = "nru",
	[PDCP_A_LEG_NRU_LOSS] = "nru-loss",
};

static int parse_user(struct nlattr **tb, struct netlink_ext_ack *extack)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(gtpu_only); i++) {
		if (!gtpu_only[i] || !tb[i])
			continue;
		NL_SET_ERR_MSG_ATTR_FMT(extack, tb[i], "%s: gtpu only", gtpu_only[i]);
		return -EINVAL;
	}
	return 0;
}

static int parse_nru(struct nlattr **tb, struct pdcp_leg_config *leg,
		     struct netlink_ext_ack *extack)
{
	leg->nru = tb[PDCP_A_LEG_NRU] && nla_get_u8(tb[PDCP_A_LEG_NRU]);
	leg->nru_loss = !tb[PDCP_A_LEG_NRU_LOSS] || nla_get_u8(tb[PDCP_A_LEG_NRU_LOSS]);
	if (tb[PDCP_A_LEG_NRU_LOSS] && !leg->nru) {
		NL_SET_ERR_MSG_ATTR(extack, tb[PDCP_A_LEG_NRU_LOSS], "nru-loss: needs nru");
		return -EINVAL;
	}
	return 0;
}

static int parse_gtpu(const struct nlattr *nest, struct nlattr **tb,
		      struct pdcp_leg_config *leg,
		      struct netlink_ext_ack *extack)
{
	int err;

	if (NL_REQ_ATTR_CHECK(extack, nest, tb, PDCP_A_LEG_REMOTE) ||
	    NL_REQ_ATTR_CHECK(extack, nest, tb, PDCP_A_LEG_TEID_IN) ||
	    NL_REQ_ATTR_CHECK(extack, nest, tb, PDCP_A_LEG_TEID_OUT))
		return -EINVAL;

	leg->teid_in = nla_get_u32(tb[PDCP_A_LEG_TEID_IN]);
	leg->teid_out = nla_get_u32(tb[PDCP_A_LEG_TEID_OUT]);
	leg->port = htons(tb[PDCP_A_LEG_PORT] ?
			  nla_get_u16(tb[PDCP_A_LEG_PORT]) : PDCP_PORT);

	err = parse_nru(tb, leg, extack) ?:
	      pdcp_nl_parse_address(tb[PDCP_A_LEG_REMOTE], "remote", &leg->remote,
				    extack);
	if (err || !tb[PDCP_A_LEG_LOCAL])
		return err;
	err = pdcp_nl_parse_address(tb[PDCP_A_LEG_LOCAL], "local",
				    &leg->local, extack);
	if (err)
		return err;
	if (leg->local.family != leg->remote.family) {
		NL_SET_ERR_MSG_ATTR(extack, tb[PDCP_A_LEG_LOCAL],
				    "local: not of the family of remote");
		return -EINVAL;
	}
	return 0;
}

/**
 * pdcp_nl_parse_leg - read the lower layer of a leg
 * @nest: the leg, checked against its policy
 * @leg: result
 * @extack: why not
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_parse_leg(const struct nlattr *nest, struct pdcp_leg_config *leg,
		      struct netlink_ext_ack *extack)
{
	struct nlattr *tb[PDCP_A_LEG_STATE + 1];
	int err;

	err = nla_parse_nested(tb, PDCP_A_LEG_STATE, nest, pdcp_leg_nl_policy,
			       extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(extack, nest, tb, PDCP_A_LEG_LOWER))
		return -EINVAL;
	if (tb[PDCP_A_LEG_STATE]) {
		NL_SET_ERR_MSG_ATTR(extack, tb[PDCP_A_LEG_STATE],
				    "state: not part of a request");
		return -EINVAL;
	}

	*leg = (struct pdcp_leg_config) {
		.lower = nla_get_u32(tb[PDCP_A_LEG_LOWER]),
	};
	return leg->lower == PDCP_LOWER_GTPU ? parse_gtpu(nest, tb, leg, extack) :
					       parse_user(tb, extack);
}

static int put_config(struct sk_buff *skb, const struct pdcp_leg_config *leg)
{
	if (nla_put_u32(skb, PDCP_A_LEG_LOWER, leg->lower))
		return -EMSGSIZE;
	if (leg->lower != PDCP_LOWER_GTPU)
		return 0;
	if (pdcp_nl_put_address(skb, PDCP_A_LEG_REMOTE, &leg->remote) ||
	    nla_put_u16(skb, PDCP_A_LEG_PORT, ntohs(leg->port)) ||
	    nla_put_u32(skb, PDCP_A_LEG_TEID_IN, leg->teid_in) ||
	    nla_put_u32(skb, PDCP_A_LEG_TEID_OUT, leg->teid_out) ||
	    nla_put_u8(skb, PDCP_A_LEG_NRU, leg->nru) ||
	    (leg->nru && nla_put_u8(skb, PDCP_A_LEG_NRU_LOSS, leg->nru_loss)))
		return -EMSGSIZE;
	if (leg->local.family == AF_UNSPEC)
		return 0;
	return pdcp_nl_put_address(skb, PDCP_A_LEG_LOCAL, &leg->local);
}

static int put_tx(struct sk_buff *skb, struct pdcp_leg *leg)
{
	spinlock_t *lock = &leg->entity->tx.lock;
	int err = 0;

	spin_lock_bh(lock);
	if (nla_put_uint(skb, PDCP_A_LEG_STATE_TX_PDUS, leg->tx_pdus) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_TX_BYTES, leg->tx_bytes) ||
	    nla_put_u32(skb, PDCP_A_LEG_STATE_TX_NEXT, leg->tx_next))
		err = -EMSGSIZE;
	spin_unlock_bh(lock);
	return err;
}

static int put_delivery(struct sk_buff *skb, const struct pdcp_delivery *d)
{
	if (!d)
		return 0;
	if (nla_put_uint(skb, PDCP_A_LEG_STATE_STATUS_ASKED, atomic64_read(&d->asks)) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_STATUS_RECEIVED, atomic64_read(&d->received)) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_STATUS_SENT, atomic64_read(&d->sent)) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_FRAMES_LOST, atomic64_read(&d->lost)))
		return -EMSGSIZE;
	return 0;
}

static int put_rx(struct sk_buff *skb, struct pdcp_leg *leg)
{
	spinlock_t *lock = &leg->entity->rx.lock;
	int err = 0;

	spin_lock_bh(lock);
	if (nla_put_uint(skb, PDCP_A_LEG_STATE_RX_PDUS, leg->rx_pdus) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_RX_BYTES, leg->rx_bytes) ||
	    nla_put_uint(skb, PDCP_A_LEG_STATE_INTEGRITY_FAILURES,
			 leg->integrity_failures))
		err = -EMSGSIZE;
	spin_unlock_bh(lock);
	return err;
}

static int put_state(struct sk_buff *skb, struct pdcp_leg *leg,
		     enum pdcp_leg_role role, bool active)
{
	struct nlattr *nest = nla_nest_start(skb, PDCP_A_LEG_STATE);

	if (!nest || nla_put_u32(skb, PDCP_A_LEG_STATE_ROLE, role) ||
	    nla_put_u8(skb, PDCP_A_LEG_STATE_SET, leg->sec->id) ||
	    (active && nla_put_flag(skb, PDCP_A_LEG_STATE_ACTIVE)) ||
	    put_tx(skb, leg) || put_rx(skb, leg) || put_delivery(skb, leg->delivery))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * pdcp_nl_put_leg - put a leg with its state
 * @skb: reply
 * @leg: leg; its device is locked
 * @role: source or target
 * @active: it carries what we send
 *
 * Return: 0 or -EMSGSIZE.
 */
int pdcp_nl_put_leg(struct sk_buff *skb, struct pdcp_leg *leg,
		    enum pdcp_leg_role role, bool active)
{
	struct nlattr *nest = nla_nest_start(skb, PDCP_A_BEARER_LEG);

	if (!nest || put_config(skb, &leg->config) ||
	    put_state(skb, leg, role, active))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}
