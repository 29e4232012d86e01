// SPDX-License-Identifier: GPL-2.0
#include <linux/string.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

static int parse_plane(const struct genl_info *info, struct pdcp_keys *keys,
		       enum pdcp_plane plane, int enc, int integ)
{
	if (keys->nea) {
		if (GENL_REQ_ATTR_CHECK(info, enc))
			return -EINVAL;
		keys->enc[plane] = nla_data(info->attrs[enc]);
	}
	if (keys->nia) {
		if (GENL_REQ_ATTR_CHECK(info, integ))
			return -EINVAL;
		keys->integ[plane] = nla_data(info->attrs[integ]);
	}
	return 0;
}

/* The keys stay in the request: what is parsed only points there. */
static int parse_keys(const struct genl_info *info, struct pdcp_keys *keys)
{
	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_SECURITY_SET) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_SECURITY_NEA) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_SECURITY_NIA))
		return -EINVAL;

	keys->nea = nla_get_u8(info->attrs[PDCP_A_SECURITY_NEA]);
	keys->nia = nla_get_u8(info->attrs[PDCP_A_SECURITY_NIA]);
	return parse_plane(info, keys, PDCP_PLANE_RRC, PDCP_A_SECURITY_RRC_ENC,
			   PDCP_A_SECURITY_RRC_INT) ?:
	       parse_plane(info, keys, PDCP_PLANE_UP, PDCP_A_SECURITY_UP_ENC,
			   PDCP_A_SECURITY_UP_INT);
}

static int add_security(struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_keys keys = {};
	int err;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	err = parse_keys(info, &keys);
	if (err)
		return err;
	return pdcp_ue_add_security(ue, nla_get_u8(info->attrs[PDCP_A_SECURITY_SET]),
				    &keys, info->extack);
}

/* A request that is malformed may have a key anywhere. */
static void erase_request(const struct genl_info *info)
{
	memzero_explicit(genlmsg_data(info->genlhdr), genlmsg_len(info->genlhdr));
}

/**
 * pdcp_nl_security_new_doit - install a security set
 * @skb: request
 * @info: request, whose attributes have not been parsed
 *
 * Whether the request is refused or not, it is erased: before it is echoed in an error and
 * before its memory is freed.
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_security_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *attrs[PDCP_A_SECURITY_MAX + 1];
	int err;

	err = pdcp_nl_check(skb, info, attrs);
	if (err)
		goto out;
	info->attrs = attrs;
	err = pdcp_nl_pre_doit(NULL, skb, info);
	if (err)
		goto out;
	err = add_security(info);
	pdcp_nl_post_doit(NULL, skb, info);
out:
	info->attrs = NULL;
	erase_request(info);
	return err;
}

static int put_drivers(struct sk_buff *skb, const struct pdcp_security *sec)
{
	const char *nea = pdcp_security_nea_driver(sec);
	const char *nia = pdcp_security_nia_driver(sec);

	if ((nea && nla_put_string(skb, PDCP_A_SECURITY_NEA_DRIVER, nea)) ||
	    (nia && nla_put_string(skb, PDCP_A_SECURITY_NIA_DRIVER, nia)))
		return -EMSGSIZE;
	return 0;
}

static int fill_security(struct sk_buff *skb, const struct genl_info *info,
			 const struct pdcp_ue *ue, const struct pdcp_security *sec)
{
	void *hdr = __genlmsg_iput(skb, info, NLM_F_MULTI);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PDCP_A_SECURITY_IFINDEX, ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_SECURITY_UE_ID, ue->config.id) ||
	    nla_put_u8(skb, PDCP_A_SECURITY_SET, sec->id) ||
	    nla_put_u8(skb, PDCP_A_SECURITY_NEA, sec->nea) ||
	    nla_put_u8(skb, PDCP_A_SECURITY_NIA, sec->nia) ||
	    nla_put_u32(skb, PDCP_A_SECURITY_LEGS, pdcp_ue_security_legs(ue, sec)) ||
	    put_drivers(skb, sec)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * pdcp_nl_security_get_dumpit - show the security sets of a UE
 * @skb: reply
 * @cb: dump
 *
 * Return: 0, -EMSGSIZE when there are more, or another negative error.
 */
int pdcp_nl_security_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	struct pdcp_nl_dump *dump = pdcp_nl_dump(cb);
	netdevice_tracker tracker;
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	int err;

	pdcp = pdcp_nl_device_lock(info, &tracker);
	if (IS_ERR(pdcp))
		return PTR_ERR(pdcp);

	ue = pdcp_nl_ue(pdcp, info);
	err = PTR_ERR_OR_ZERO(ue);
	for (; !err && dump->next < PDCP_UE_SETS; dump->next++) {
		if (!ue->sets[dump->next])
			continue;
		err = fill_security(skb, info, ue, ue->sets[dump->next]);
		if (err)
			break;
	}
	pdcp_nl_device_unlock(pdcp, &tracker);
	return err;
}

/**
 * pdcp_nl_security_del_doit - erase a security set
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_security_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_SECURITY_SET))
		return -EINVAL;
	return pdcp_ue_del_security(ue, nla_get_u8(info->attrs[PDCP_A_SECURITY_SET]),
				    info->extack);
}
