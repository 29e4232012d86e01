// SPDX-License-Identifier: GPL-2.0
#include <linux/slab.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/handover.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/ue.h"

enum {
	TARGETS_MAX = PDCP_UE_SRBS + PDCP_UE_DRBS,
};

/**
 * struct targets - bearers that move
 * @n: how many
 * @target: what each gets
 */
struct targets {
	unsigned int n;
	struct pdcp_target target[TARGETS_MAX];
};

/* Which verb the targets are for. */
enum verb { START, REESTABLISH, RECOVER };

static int parse_target(const struct genl_info *info, const struct nlattr *nest,
			enum verb verb, struct pdcp_target *t)
{
	struct nlattr *tb[PDCP_A_BEARER_TARGET_ACTION + 1];
	int err;

	err = nla_parse_nested(tb, PDCP_A_BEARER_TARGET_ACTION, nest,
			       pdcp_bearer_target_nl_policy, info->extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_TYPE) ||
	    NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_ID))
		return -EINVAL;
	t->has_leg = tb[PDCP_A_BEARER_TARGET_LEG];
	if (!t->has_leg && verb != RECOVER) {
		NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_LEG);
		return -EINVAL;
	}

	t->type = nla_get_u32(tb[PDCP_A_BEARER_TARGET_TYPE]);
	t->id = nla_get_u8(tb[PDCP_A_BEARER_TARGET_ID]);
	t->action = PDCP_ACTION_DAPS;
	if (tb[PDCP_A_BEARER_TARGET_ACTION]) {
		if (verb != START) {
			NL_SET_ERR_MSG_ATTR(info->extack, tb[PDCP_A_BEARER_TARGET_ACTION],
					    "action: only in daps-start");
			return -EINVAL;
		}
		t->action = nla_get_u32(tb[PDCP_A_BEARER_TARGET_ACTION]);
	}
	if (!t->has_leg)
		return 0;
	return pdcp_nl_parse_leg(tb[PDCP_A_BEARER_TARGET_LEG], &t->leg, info->extack);
}

static int parse_targets(const struct genl_info *info, enum verb verb,
			 struct targets *targets)
{
	struct nlattr *attr;
	int rem, err;

	nlmsg_for_each_attr_type(attr, PDCP_A_UE_BEARER, info->nlhdr, GENL_HDRLEN, rem) {
		if (targets->n == TARGETS_MAX) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr, "bearer: more than a UE has");
			return -E2BIG;
		}
		err = parse_target(info, attr, verb, &targets->target[targets->n]);
		if (err)
			return err;
		targets->n++;
	}
	return 0;
}

static int start(struct pdcp_ue *ue, const struct genl_info *info,
		 struct targets *targets)
{
	struct nlattr *t304 = info->attrs[PDCP_A_UE_T304];
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_TARGET_SET))
		return -EINVAL;
	err = parse_targets(info, START, targets);
	if (err)
		return err;
	return pdcp_handover_start(ue, nla_get_u8(info->attrs[PDCP_A_UE_TARGET_SET]),
				   t304 ? nla_get_u32(t304) : 0,
				   targets->target, targets->n, info->extack);
}

static int reestablish(struct pdcp_ue *ue, const struct genl_info *info,
		       struct targets *targets)
{
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_TARGET_SET) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_BEARER))
		return -EINVAL;
	err = parse_targets(info, REESTABLISH, targets);
	if (err)
		return err;
	return pdcp_reestablish(ue, nla_get_u8(info->attrs[PDCP_A_UE_TARGET_SET]),
				targets->target, targets->n, info->extack);
}

static int recover(struct pdcp_ue *ue, const struct genl_info *info,
		   struct targets *targets)
{
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_BEARER))
		return -EINVAL;
	err = parse_targets(info, RECOVER, targets);
	if (err)
		return err;
	return pdcp_recover(ue, targets->target, targets->n, info->extack);
}

static int move(struct genl_info *info,
		int (*verb)(struct pdcp_ue *ue, const struct genl_info *info,
			    struct targets *targets))
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct targets *targets;
	int err;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	targets = kzalloc(sizeof(*targets), GFP_KERNEL);
	if (!targets)
		return -ENOMEM;
	err = verb(ue, info, targets);
	kfree(targets);
	return err;
}

/**
 * pdcp_nl_daps_start_doit - begin a DAPS handover
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_daps_start_doit(struct sk_buff *skb, struct genl_info *info)
{
	return move(info, start);
}

/**
 * pdcp_nl_bearer_reestablish_doit - re-establish bearers on new legs (38.323 5.1.2)
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_reestablish_doit(struct sk_buff *skb, struct genl_info *info)
{
	return move(info, reestablish);
}

/**
 * pdcp_nl_bearer_recover_doit - data recovery of AM DRBs (38.323 5.5)
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_recover_doit(struct sk_buff *skb, struct genl_info *info)
{
	return move(info, recover);
}

static int go_on(struct genl_info *info,
		 int (*verb)(struct pdcp_ue *ue, struct netlink_ext_ack *extack))
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	return verb(ue, info->extack);
}

/**
 * pdcp_nl_daps_switch_doit - move the uplink to the target
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_daps_switch_doit(struct sk_buff *skb, struct genl_info *info)
{
	return go_on(info, pdcp_handover_switch);
}

/**
 * pdcp_nl_daps_release_doit - release the source
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_daps_release_doit(struct sk_buff *skb, struct genl_info *info)
{
	return go_on(info, pdcp_handover_release);
}

/**
 * pdcp_nl_daps_fallback_doit - give up the target
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_daps_fallback_doit(struct sk_buff *skb, struct genl_info *info)
{
	return go_on(info, pdcp_handover_fallback);
}

/**
 * pdcp_nl_source_failed_doit - stop the source's legs
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_source_failed_doit(struct sk_buff *skb, struct genl_info *info)
{
	return go_on(info, pdcp_handover_source_failed);
}

/**
 * pdcp_nl_daps_abort_doit - give up the target of a UE whose source has failed
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_daps_abort_doit(struct sk_buff *skb, struct genl_info *info)
{
	return go_on(info, pdcp_handover_abort);
}
