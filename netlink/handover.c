// SPDX-License-Identifier: GPL-2.0
#include <linux/bitops.h>
#include <linux/slab.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

enum {
	TARGETS_MAX = PDCP_UE_SRBS + PDCP_UE_DRBS,
};

/**
 * struct targets - bearers that move
 * @named: bit for each, by type and identity
 * @n: how many
 * @target: what each gets
 */
struct targets {
	u64 named;
	unsigned int n;
	struct pdcp_target target[TARGETS_MAX];
};

static int parse_target(const struct genl_info *info, const struct nlattr *nest,
			bool daps, struct pdcp_target *t)
{
	struct nlattr *tb[PDCP_A_BEARER_TARGET_ACTION + 1];
	int err;

	err = nla_parse_nested(tb, PDCP_A_BEARER_TARGET_ACTION, nest,
			       pdcp_bearer_target_nl_policy, info->extack);
	if (err)
		return err;
	if (NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_TYPE) ||
	    NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_ID) ||
	    NL_REQ_ATTR_CHECK(info->extack, nest, tb, PDCP_A_BEARER_TARGET_LEG))
		return -EINVAL;

	t->type = nla_get_u32(tb[PDCP_A_BEARER_TARGET_TYPE]);
	t->id = nla_get_u8(tb[PDCP_A_BEARER_TARGET_ID]);
	t->action = PDCP_ACTION_DAPS;
	if (tb[PDCP_A_BEARER_TARGET_ACTION]) {
		if (!daps || t->type == PDCP_BEARER_TYPE_SRB) {
			NL_SET_ERR_MSG_ATTR(info->extack, tb[PDCP_A_BEARER_TARGET_ACTION],
					    "action: only for a DRB in daps-start");
			return -EINVAL;
		}
		t->action = nla_get_u32(tb[PDCP_A_BEARER_TARGET_ACTION]);
	}
	return pdcp_nl_parse_leg(tb[PDCP_A_BEARER_TARGET_LEG], &t->leg, info->extack);
}

/* NIA0 never protects user data (33.501 D.1). */
static int check_target(struct pdcp_ue *ue, u8 set, const struct pdcp_target *t,
			const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	const struct pdcp_security *sec = pdcp_ue_security(ue, set);
	const struct pdcp_entity *e = pdcp_nl_find(ue, t->type, t->id,
						    PDCP_LEG_ROLE_SOURCE);

	if (!e) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, nest, "bearer: no %s %u",
					pdcp_nl_type_name(t->type), t->id);
		return -ENOENT;
	}
	if (pdcp_entity_srb(e) || !e->config.integrity || sec->nia ||
	    ue->config.test_mode)
		return 0;
	NL_SET_ERR_MSG_ATTR_FMT(extack, nest,
				"target-set: NIA0, but DRB %u has integrity", t->id);
	return -EINVAL;
}

static int parse_targets(struct pdcp_ue *ue, const struct genl_info *info,
			 u8 set, bool daps, struct targets *targets)
{
	struct nlattr *attr;
	int rem, err;

	nlmsg_for_each_attr_type(attr, PDCP_A_UE_BEARER, info->nlhdr, GENL_HDRLEN, rem) {
		struct pdcp_target t;
		u64 bit;

		err = parse_target(info, attr, daps, &t) ?:
		      check_target(ue, set, &t, attr, info->extack);
		if (err)
			return err;

		bit = BIT_ULL(t.type * PDCP_UE_DRBS + t.id - 1);
		if (targets->named & bit) {
			NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "bearer: %s %u named twice",
						pdcp_nl_type_name(t.type), t.id);
			return -EINVAL;
		}
		targets->named |= bit;
		targets->target[targets->n++] = t;
	}
	return 0;
}

static int parse_set(struct pdcp_ue *ue, const struct genl_info *info, u8 *set)
{
	struct nlattr *attr;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_TARGET_SET))
		return -EINVAL;
	attr = info->attrs[PDCP_A_UE_TARGET_SET];
	*set = nla_get_u8(attr);
	if (!pdcp_ue_security(ue, *set)) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr,
					"target-set: %u is not installed", *set);
		return -ENOENT;
	}
	return 0;
}

static int start(struct pdcp_ue *ue, const struct genl_info *info, u8 set,
		 struct targets *targets)
{
	struct nlattr *t304 = info->attrs[PDCP_A_UE_T304];
	int err;

	err = parse_targets(ue, info, set, true, targets);
	if (err)
		return err;
	return pdcp_handover_start(ue, set, t304 ? nla_get_u32(t304) : 0,
				   targets->target, targets->n, info->extack);
}

static int reestablish(struct pdcp_ue *ue, const struct genl_info *info, u8 set,
		       struct targets *targets)
{
	int err;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_UE_BEARER))
		return -EINVAL;
	err = parse_targets(ue, info, set, false, targets);
	if (err)
		return err;
	return pdcp_handover_reestablish(ue, set, targets->target, targets->n,
					 info->extack);
}

static int move(struct genl_info *info,
		int (*verb)(struct pdcp_ue *ue, const struct genl_info *info,
			    u8 set, struct targets *targets))
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct targets *targets;
	u8 set;
	int err;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	err = parse_set(ue, info, &set);
	if (err)
		return err;
	targets = kzalloc(sizeof(*targets), GFP_KERNEL);
	if (!targets)
		return -ENOMEM;
	err = verb(ue, info, set, targets);
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
