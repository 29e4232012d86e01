// SPDX-License-Identifier: GPL-2.0
#include <linux/jiffies.h>
#include <linux/moduleparam.h>
#include <linux/string.h>
#include <linux/xarray.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

static bool allow_test_mode;
module_param(allow_test_mode, bool, 0444);
MODULE_PARM_DESC(allow_test_mode,
		 "Allow UEs in test mode, which may reuse keys and COUNTs");

static bool has_address(const struct pdcp_ue_config *config,
			const struct pdcp_address *address)
{
	unsigned int i;

	for (i = 0; i < config->naddresses; i++)
		if (ipv6_addr_equal(&config->addresses[i].v6, &address->v6))
			return true;
	return false;
}

static int parse_addresses(const struct genl_info *info,
			   struct pdcp_ue_config *config)
{
	struct pdcp_address address = {};
	struct nlattr *attr;
	int rem, err;

	nlmsg_for_each_attr_type(attr, PDCP_A_UE_ADDRESS, info->nlhdr,
				 GENL_HDRLEN, rem) {
		err = pdcp_nl_parse_address(attr, "address", &address, info->extack);
		if (err)
			return err;
		if (has_address(config, &address)) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr, "address: given twice");
			return -EINVAL;
		}
		if (config->naddresses == PDCP_UE_ADDRESSES) {
			NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "address: at most %u",
						PDCP_UE_ADDRESSES);
			return -E2BIG;
		}
		config->addresses[config->naddresses++] = address;
	}
	return 0;
}

static int parse_ue(const struct genl_info *info, struct pdcp_ue_config *config)
{
	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_UE_ID) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_ROLE))
		return -EINVAL;

	config->id = nla_get_u32(info->attrs[PDCP_A_UE_UE_ID]);
	config->role = nla_get_u32(info->attrs[PDCP_A_UE_ROLE]);
	config->test_mode = nla_get_flag(info->attrs[PDCP_A_UE_TEST_MODE]);
	if (config->test_mode && !allow_test_mode) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_UE_TEST_MODE],
				    "test-mode: module loaded without allow_test_mode=1");
		return -EPERM;
	}
	return parse_addresses(info, config);
}

/**
 * pdcp_nl_ue_new_doit - create a UE
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_ue_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue_config config = {};
	int err;

	err = parse_ue(info, &config);
	if (err)
		return err;
	return PTR_ERR_OR_ZERO(pdcp_ue_create(pdcp_nl_device(info), &config,
					      info->extack));
}

static int put_addresses(struct sk_buff *skb, const struct pdcp_ue *ue)
{
	unsigned int i;

	for (i = 0; i < ue->config.naddresses; i++)
		if (pdcp_nl_put_address(skb, PDCP_A_UE_ADDRESS,
					&ue->addresses[i].address))
			return -EMSGSIZE;
	return 0;
}

static int put_default_drb(struct sk_buff *skb, const struct pdcp_ue *ue)
{
	const struct pdcp_entity *e;

	e = pdcp_dereference(ue->default_drb, ue->pdcp);
	return e ? nla_put_u8(skb, PDCP_A_UE_DEFAULT_DRB, e->config.id) : 0;
}

static int put_guard(struct sk_buff *skb, const struct pdcp_handover *ho)
{
	long left = ho->guard.timer.expires - jiffies;

	if (!ho->t304)
		return 0;
	if (nla_put_u32(skb, PDCP_A_UE_T304, ho->t304))
		return -EMSGSIZE;
	if (!delayed_work_pending(&ho->guard))
		return 0;
	return nla_put_u32(skb, PDCP_A_UE_T304_LEFT,
			   left > 0 ? jiffies_to_msecs(left) : 0);
}

static int put_handover(struct sk_buff *skb, const struct pdcp_handover *ho)
{
	if (nla_put_u32(skb, PDCP_A_UE_STATE, ho->state))
		return -EMSGSIZE;
	if (ho->state == PDCP_HANDOVER_STATE_NONE)
		return 0;
	if (nla_put_u8(skb, PDCP_A_UE_SOURCE_SET, ho->source->id) ||
	    nla_put_u8(skb, PDCP_A_UE_TARGET_SET, ho->target->id))
		return -EMSGSIZE;
	if (ho->source_failed && nla_put_flag(skb, PDCP_A_UE_SOURCE_FAILED))
		return -EMSGSIZE;
	return put_guard(skb, ho);
}

static int fill_ue(struct sk_buff *skb, const struct genl_info *info, int flags,
		   const struct pdcp_ue *ue)
{
	void *hdr = __genlmsg_iput(skb, info, flags);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PDCP_A_UE_IFINDEX, ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_UE_UE_ID, ue->config.id) ||
	    nla_put_u32(skb, PDCP_A_UE_ROLE, ue->config.role) ||
	    put_addresses(skb, ue) ||
	    (ue->config.test_mode && nla_put_flag(skb, PDCP_A_UE_TEST_MODE)) ||
	    put_default_drb(skb, ue) ||
	    nla_put_u32(skb, PDCP_A_UE_BEARERS, ue->nbearers) ||
	    put_handover(skb, &ue->handover)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * pdcp_nl_ue_get_doit - show one UE
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_ue_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct sk_buff *reply;
	int err;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	reply = genlmsg_new(GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	err = fill_ue(reply, info, 0, ue);
	if (err) {
		nlmsg_free(reply);
		return err;
	}
	return genlmsg_reply(reply, info);
}

/**
 * pdcp_nl_ue_get_dumpit - show the UEs of a device
 * @skb: reply
 * @cb: dump
 *
 * Return: 0, or -EMSGSIZE when there are more.
 */
int pdcp_nl_ue_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	struct pdcp_nl_dump *dump = pdcp_nl_dump(cb);
	netdevice_tracker tracker;
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	unsigned long id;
	int err = 0;

	pdcp = pdcp_nl_device_lock(info, &tracker);
	if (IS_ERR(pdcp))
		return PTR_ERR(pdcp);

	xa_for_each_start(&pdcp->ues, id, ue, dump->next) {
		err = fill_ue(skb, info, NLM_F_MULTI, ue);
		if (err)
			break;
		dump->next = id + 1;
	}
	pdcp_nl_device_unlock(pdcp, &tracker);
	return err;
}

/**
 * pdcp_nl_ue_del_doit - remove a UE
 * @skb: request
 * @info: request
 *
 * Return: 0 or pdcp_nl_ue()'s error.
 */
int pdcp_nl_ue_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	pdcp_ue_destroy(ue);
	return 0;
}
