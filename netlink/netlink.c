// SPDX-License-Identifier: GPL-2.0
/*
 * The generic netlink family pdcp: what its requests have in common.
 *
 * pre_doit finds the device of a request and locks it, post_doit unlocks it; a dump does so
 * for each message. Nothing else of this directory takes the lock, so that a handler sees
 * one state of the device from its first check to its reply.
 */

#include "netlink/netlink.h"

#include <linux/cache.h>
#include <linux/capability.h>
#include <linux/init.h>
#include <linux/kmemleak.h>
#include <linux/mutex.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/event.h"
#include "pdcp/ue.h"

/* A request starts alike, whichever attribute set it is of. */
static_assert((int)PDCP_A_DEVICE_IFINDEX == (int)PDCP_A_UE_IFINDEX);
static_assert((int)PDCP_A_SECURITY_IFINDEX == (int)PDCP_A_UE_IFINDEX);
static_assert((int)PDCP_A_LEDGER_IFINDEX == (int)PDCP_A_UE_IFINDEX);
static_assert((int)PDCP_A_LEDGER_UE_ID == (int)PDCP_A_UE_UE_ID);
static_assert((int)PDCP_A_BEARER_IFINDEX == (int)PDCP_A_UE_IFINDEX);
static_assert((int)PDCP_A_SECURITY_UE_ID == (int)PDCP_A_UE_UE_ID);
static_assert((int)PDCP_A_BEARER_UE_ID == (int)PDCP_A_UE_UE_ID);

/*
 * The generator knows no flags of groups. Events carry SDUs in plain text: without this flag
 * anybody could read them.
 */
static const struct genl_multicast_group groups[] = {
	[PDCP_NLGRP_EVENTS] = {
		.name = PDCP_MCGRP_EVENTS,
		.flags = GENL_MCAST_CAP_NET_ADMIN,
	},
};

/*
 * What generic netlink refuses, it frees with the keys in it. security-new is therefore
 * registered as open to anybody and anything: its handler checks, by what was generated.
 */
static struct genl_split_ops *ops __ro_after_init;
static struct genl_split_ops security_new __ro_after_init;

static int __init ops_init(void)
{
	struct genl_split_ops *op;

	ops = kmemdup_array(pdcp_nl_family.split_ops, pdcp_nl_family.n_split_ops, sizeof(*ops),
			    GFP_KERNEL);
	if (!ops)
		return -ENOMEM;
	/* Only read-only data points there, which is not searched. */
	kmemleak_not_leak(ops);
	for (op = ops; op->cmd != PDCP_CMD_SECURITY_NEW; op++)
		;
	security_new = *op;
	op->policy = NULL;
	op->maxattr = 0;
	op->flags &= ~GENL_ADMIN_PERM;
	pdcp_nl_family.split_ops = ops;
	return 0;
}

/**
 * pdcp_nl_check - check a security-new as generic netlink checks other requests
 * @skb: request
 * @info: request
 * @attrs: filled, PDCP_A_SECURITY_MAX + 1 of them
 *
 * Return: 0; -EPERM without CAP_NET_ADMIN; or nlmsg_parse()'s error.
 */
int pdcp_nl_check(struct sk_buff *skb, const struct genl_info *info, struct nlattr **attrs)
{
	if (!netlink_capable(skb, CAP_NET_ADMIN))
		return -EPERM;
	return nlmsg_parse(info->nlhdr, GENL_HDRLEN, attrs, security_new.maxattr,
			   security_new.policy, info->extack);
}

/**
 * pdcp_nl_device_lock - find and lock the device that a request names
 * @info: request with an ifindex
 * @tracker: of the reference to the device
 *
 * Undone by pdcp_nl_device_unlock().
 *
 * Return: the device, or ERR_PTR: -EINVAL without an ifindex, -ENODEV.
 */
struct pdcp_device *pdcp_nl_device_lock(const struct genl_info *info,
					netdevice_tracker *tracker)
{
	struct pdcp_device *pdcp;
	struct net_device *dev;
	struct nlattr *attr;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_IFINDEX))
		return ERR_PTR(-EINVAL);
	attr = info->attrs[PDCP_A_UE_IFINDEX];

	dev = netdev_get_by_index(genl_info_net(info), nla_get_u32(attr),
				  tracker, GFP_KERNEL);
	if (!dev) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr, "ifindex: no such device");
		return ERR_PTR(-ENODEV);
	}
	if (!pdcp_device_is(dev)) {
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "ifindex: not a device of type pdcp");
		goto err_put;
	}

	pdcp = netdev_priv(dev);
	mutex_lock(&pdcp->lock);
	if (!pdcp->dead)
		return pdcp;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "ifindex: device is being removed");
	mutex_unlock(&pdcp->lock);
err_put:
	netdev_put(dev, tracker);
	return ERR_PTR(-ENODEV);
}

/**
 * pdcp_nl_device_unlock - unlock and let go of a device
 * @pdcp: from pdcp_nl_device_lock()
 * @tracker: likewise
 */
void pdcp_nl_device_unlock(struct pdcp_device *pdcp, netdevice_tracker *tracker)
{
	mutex_unlock(&pdcp->lock);
	netdev_put(pdcp->dev, tracker);
}

/* The tracker of a request's reference is kept in user_ptr[1] itself. */
static netdevice_tracker *request_tracker(struct genl_info *info)
{
	BUILD_BUG_ON(sizeof(netdevice_tracker) > sizeof(info->user_ptr[1]));
	return (void *)&info->user_ptr[1];
}

/**
 * pdcp_nl_pre_doit - lock the device of a request
 * @ops: operation
 * @skb: request
 * @info: request; keeps the device, see pdcp_nl_device()
 *
 * Return: 0, or pdcp_nl_device_lock()'s error.
 */
int pdcp_nl_pre_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		     struct genl_info *info)
{
	struct pdcp_device *pdcp;

	pdcp = pdcp_nl_device_lock(info, request_tracker(info));
	if (IS_ERR(pdcp))
		return PTR_ERR(pdcp);
	info->user_ptr[0] = pdcp;
	return 0;
}

/**
 * pdcp_nl_post_doit - unlock the device of a request
 * @ops: operation
 * @skb: request
 * @info: request
 */
void pdcp_nl_post_doit(const struct genl_split_ops *ops, struct sk_buff *skb,
		       struct genl_info *info)
{
	pdcp_nl_device_unlock(pdcp_nl_device(info), request_tracker(info));
}

/**
 * pdcp_nl_ue - the UE that a request names
 * @pdcp: device, locked
 * @info: request with a ue-id
 *
 * Return: the UE, or ERR_PTR: -EINVAL without a ue-id, -ENOENT.
 */
struct pdcp_ue *pdcp_nl_ue(struct pdcp_device *pdcp, const struct genl_info *info)
{
	struct nlattr *attr;
	struct pdcp_ue *ue;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_UE_ID))
		return ERR_PTR(-EINVAL);
	attr = info->attrs[PDCP_A_UE_UE_ID];

	ue = pdcp_ue_lookup(pdcp, nla_get_u32(attr));
	if (!ue) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "ue-id: no UE %u",
					nla_get_u32(attr));
		return ERR_PTR(-ENOENT);
	}
	return ue;
}

static int put_drop(struct sk_buff *skb, int type, u32 reason, u64 packets)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest || nla_put_u32(skb, PDCP_A_DROP_REASON, reason) ||
	    nla_put_uint(skb, PDCP_A_DROP_PACKETS, packets))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/**
 * pdcp_nl_put_drops - put the drops of each reason that has any
 * @skb: reply
 * @type: attribute of the nests
 * @drops: counters by reason
 *
 * Return: 0 or -EMSGSIZE.
 */
int pdcp_nl_put_drops(struct sk_buff *skb, int type, const atomic64_t *drops)
{
	unsigned int i;
	u64 packets;

	for (i = 0; i < __PDCP_DROP_REASON_MAX; i++) {
		packets = atomic64_read(&drops[i]);
		if (packets && put_drop(skb, type, i, packets))
			return -EMSGSIZE;
	}
	return 0;
}

/**
 * pdcp_netlink_init - register the family and hear of events
 *
 * Return: 0, -ENOMEM, or genl_register_family()'s error.
 */
int __init pdcp_netlink_init(void)
{
	int err;

	pdcp_nl_family.mcgrps = groups;
	pdcp_nl_family.n_mcgrps = ARRAY_SIZE(groups);
	err = ops_init();
	if (err)
		return err;
	err = genl_register_family(&pdcp_nl_family);
	if (err)
		goto err_free;
	pdcp_event_set_ops(&pdcp_nl_events);
	return 0;

err_free:
	kfree(ops);
	return err;
}

/**
 * pdcp_netlink_exit - unregister the family
 *
 * On return no request runs, and no event is told any more.
 */
void pdcp_netlink_exit(void)
{
	pdcp_event_set_ops(NULL);
	genl_unregister_family(&pdcp_nl_family);
	kfree(ops);
}
