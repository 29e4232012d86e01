// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include <linux/rtnetlink.h>

#include "netlink/nl.h"
#include "pdcp/device.h"

static int fill_device(struct sk_buff *skb, const struct genl_info *info,
		       int flags, const struct pdcp_device *pdcp)
{
	void *hdr = __genlmsg_iput(skb, info, flags);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PDCP_A_DEVICE_IFINDEX, pdcp->dev->ifindex) ||
	    nla_put_u16(skb, PDCP_A_DEVICE_PORT, pdcp->port) ||
	    nla_put_u32(skb, PDCP_A_DEVICE_UES, pdcp->nues) ||
	    pdcp_nl_put_drops(skb, PDCP_A_DEVICE_DROP, pdcp->drops)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * pdcp_nl_device_get_doit - show one device
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_device_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct sk_buff *reply;
	int err;

	reply = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	err = fill_device(reply, info, 0, pdcp_nl_device(info));
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	return genlmsg_reply(reply, info);
}

/**
 * pdcp_nl_device_get_dumpit - show the devices of the namespace
 * @skb: reply
 * @cb: dump
 *
 * Return: 0, or -EMSGSIZE when there are more.
 */
int pdcp_nl_device_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	struct pdcp_nl_dump *dump = pdcp_nl_dump(cb);
	struct pdcp_device *pdcp;
	struct net_device *dev;
	int err = 0;

	rtnl_lock();
	for_each_netdev_dump(genl_info_net(info), dev, dump->next) {
		if (!pdcp_device_is(dev))
			continue;
		pdcp = netdev_priv(dev);
		mutex_lock(&pdcp->lock);
		if (!pdcp->dead)
			err = fill_device(skb, info, NLM_F_MULTI, pdcp);
		mutex_unlock(&pdcp->lock);
		if (err)
			break;
	}
	rtnl_unlock();
	return err;
}

/**
 * pdcp_nl_device_set_pre_doit - lock the device of device-set, inside rtnl
 * @ops: operation
 * @skb: request
 * @info: request
 *
 * Sockets are opened under rtnl, which is taken before a device's lock.
 *
 * Return: 0 or pdcp_nl_pre_doit()'s error.
 */
int pdcp_nl_device_set_pre_doit(const struct genl_split_ops *ops,
				struct sk_buff *skb, struct genl_info *info)
{
	int err;

	rtnl_lock();
	err = pdcp_nl_pre_doit(ops, skb, info);
	if (err)
		rtnl_unlock();
	return err;
}

/**
 * pdcp_nl_device_set_post_doit - unlock the device of device-set
 * @ops: operation
 * @skb: request
 * @info: request
 */
void pdcp_nl_device_set_post_doit(const struct genl_split_ops *ops,
				  struct sk_buff *skb, struct genl_info *info)
{
	pdcp_nl_post_doit(ops, skb, info);
	rtnl_unlock();
}

/**
 * pdcp_nl_device_set_doit - change the local UDP port
 * @skb: request
 * @info: request
 *
 * Return: 0, -EINVAL without a port, or pdcp_device_set_port()'s error.
 */
int pdcp_nl_device_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_DEVICE_PORT))
		return -EINVAL;
	return pdcp_device_set_port(pdcp_nl_device(info),
				    nla_get_u16(info->attrs[PDCP_A_DEVICE_PORT]),
				    info->extack);
}
