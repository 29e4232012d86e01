// SPDX-License-Identifier: GPL-2.0
#include "pdcp/bearer.h"

#include <linux/spinlock.h>

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/reestablish.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

/* One leg, or the primary and the secondary one. */
static int parse_legs(const struct genl_info *info, struct pdcp_bearer_config *config)
{
	const struct nlattr *attr;
	int rem, err;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_LEG))
		return -EINVAL;
	nlmsg_for_each_attr_type(attr, PDCP_A_BEARER_LEG, info->nlhdr, GENL_HDRLEN, rem) {
		if (config->nlegs == ARRAY_SIZE(config->legs)) {
			NL_SET_ERR_MSG_ATTR(info->extack, attr, "leg: one or two");
			return -EINVAL;
		}
		err = pdcp_nl_parse_leg(attr, &config->legs[config->nlegs++], info->extack);
		if (err)
			return err;
	}
	return 0;
}

/* What is for two legs needs two. */
static int check_split(const struct genl_info *info, unsigned int nlegs)
{
	static const int only[] = { PDCP_A_BEARER_SPLIT_THRESHOLD, PDCP_A_BEARER_DUPLICATION };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(only) && nlegs == 1; i++) {
		if (!info->attrs[only[i]])
			continue;
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[only[i]],
				    "split-threshold, duplication: need two legs");
		return -EINVAL;
	}
	return 0;
}

/* That of an SRB with two legs is always active (38.323 5.11.1). */
static int parse_duplication(const struct genl_info *info, enum pdcp_bearer_type type,
			     unsigned int nlegs, bool *duplicate)
{
	const struct nlattr *attr = info->attrs[PDCP_A_BEARER_DUPLICATION];
	bool srb = type == PDCP_BEARER_TYPE_SRB;

	*duplicate = attr ? nla_get_u8(attr) : srb && nlegs > 1;
	if (!srb || nlegs == 1 || *duplicate)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr, "duplication: always on for an SRB with two legs");
	return -EINVAL;
}

/* NIA0 never protects user data (33.501 D.1). */
static int check_set(const struct genl_info *info, const struct pdcp_ue *ue,
		     const struct pdcp_entity_config *config)
{
	const struct nlattr *attr = info->attrs[PDCP_A_BEARER_SET];
	const struct pdcp_security *sec = pdcp_ue_security(ue, nla_get_u8(attr));

	if (!sec) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, attr, "set: %u is not installed",
					nla_get_u8(attr));
		return -ENOENT;
	}
	if (config->type == PDCP_BEARER_TYPE_DRB && config->integrity && !sec->nia &&
	    !ue->config.test_mode) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_BEARER_INTEGRITY],
				    "integrity: a DRB has none under NIA0");
		return -EINVAL;
	}
	return 0;
}

/**
 * pdcp_nl_bearer_new_doit - create a bearer
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_new_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	const struct nlattr *hold = info->attrs[PDCP_A_BEARER_HOLD];
	struct pdcp_bearer_config config = {
		.hold = hold ? nla_get_u32(hold) : 0,
		.is_default = nla_get_flag(info->attrs[PDCP_A_BEARER_DEFAULT]),
	};
	int err;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	err = pdcp_nl_parse_config(info, ue, &config.entity) ?:
	      parse_legs(info, &config) ?:
	      check_split(info, config.nlegs) ?:
	      parse_duplication(info, config.entity.type, config.nlegs, &config.duplicate) ?:
	      check_set(info, ue, &config.entity);
	if (err)
		return err;
	config.set = nla_get_u8(info->attrs[PDCP_A_BEARER_SET]);
	return pdcp_bearer_add(ue, &config, info->extack);
}

/**
 * pdcp_nl_type_name - how messages call a type of bearer
 * @type: SRB or DRB
 *
 * Return: the name.
 */
const char *pdcp_nl_type_name(enum pdcp_bearer_type type)
{
	return type == PDCP_BEARER_TYPE_SRB ? "SRB" : "DRB";
}

/**
 * pdcp_nl_find - entity of a UE
 * @ue: UE; its device is locked
 * @type: SRB or DRB
 * @id: RB identity
 * @role: as for pdcp_ue_bearer()
 *
 * Return: the entity or NULL.
 */
struct pdcp_entity *pdcp_nl_find(struct pdcp_ue *ue, enum pdcp_bearer_type type,
				 u8 id, enum pdcp_leg_role role)
{
	struct pdcp_entity __rcu **place = pdcp_ue_bearer(ue, type, id, role);

	return place ? pdcp_dereference(*place, ue->pdcp) : NULL;
}

/**
 * pdcp_nl_bearer - the bearer that a request names by type and id
 * @ue: UE; its device is locked
 * @info: request
 *
 * Return: its entity, of an SRB the source's; or ERR_PTR: -EINVAL, -ENOENT.
 */
struct pdcp_entity *pdcp_nl_bearer(struct pdcp_ue *ue, const struct genl_info *info)
{
	struct pdcp_entity *e;
	u32 type;
	u8 id;

	if (GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_TYPE) ||
	    GENL_REQ_ATTR_CHECK(info, PDCP_A_BEARER_ID))
		return ERR_PTR(-EINVAL);
	type = nla_get_u32(info->attrs[PDCP_A_BEARER_TYPE]);
	id = nla_get_u8(info->attrs[PDCP_A_BEARER_ID]);

	e = pdcp_nl_find(ue, type, id, PDCP_LEG_ROLE_SOURCE);
	if (!e) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[PDCP_A_BEARER_ID],
					"id: no %s %u", pdcp_nl_type_name(type), id);
		return ERR_PTR(-ENOENT);
	}
	return e;
}

/**
 * pdcp_nl_entity - the entity that a request names by type, id and role
 * @ue: UE; its device is locked
 * @info: request whose operation has a role
 * @prefer_target: take the target's of two entities if the request has no role, else refuse
 *
 * Role selects one of two entities of an SRB. It does not matter here for a DRB.
 *
 * Return: entity, or ERR_PTR: -EINVAL, -ENOENT.
 */
struct pdcp_entity *pdcp_nl_entity(struct pdcp_ue *ue, const struct genl_info *info,
				   bool prefer_target)
{
	const struct nlattr *role = info->attrs[PDCP_A_BEARER_ROLE];
	struct pdcp_entity *source = pdcp_nl_bearer(ue, info);
	struct pdcp_entity *target;

	if (IS_ERR(source) || !pdcp_entity_srb(source))
		return source;

	target = pdcp_nl_find(ue, PDCP_BEARER_TYPE_SRB, source->config.id, PDCP_LEG_ROLE_TARGET);
	if (!role && target && !prefer_target) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, info->attrs[PDCP_A_BEARER_ID],
					"role: SRB %u has two entities, say source or target",
					source->config.id);
		return ERR_PTR(-EINVAL);
	}
	if (!role)
		return target ?: source;
	if (nla_get_u32(role) == PDCP_LEG_ROLE_SOURCE)
		return source;
	if (nla_get_u32(role) == PDCP_LEG_ROLE_SECONDARY) {
		NL_SET_ERR_MSG_ATTR(info->extack, role, "role: secondary is a leg, not an entity");
		return ERR_PTR(-EINVAL);
	}
	if (!target) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, role, "role: SRB %u has no target",
					source->config.id);
		return ERR_PTR(-ENOENT);
	}
	return target;
}

/**
 * pdcp_nl_numbering - the entity whose variables a request is about
 * @info: request whose operation has a role
 *
 * Role selects one of two entities of an SRB; a DRB has one, for both its legs.
 *
 * Return: entity, or ERR_PTR: -EINVAL, -ENOENT.
 */
struct pdcp_entity *pdcp_nl_numbering(const struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_entity *e;

	if (IS_ERR(ue))
		return ERR_CAST(ue);
	e = pdcp_nl_entity(ue, info, false);
	if (IS_ERR(e) || pdcp_entity_srb(e) || !info->attrs[PDCP_A_BEARER_ROLE])
		return e;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[PDCP_A_BEARER_ROLE],
			    "role: both legs of a DRB share its variables");
	return ERR_PTR(-EINVAL);
}

static int put_config(struct sk_buff *skb, const struct pdcp_entity_config *c)
{
	if (nla_put_u32(skb, PDCP_A_BEARER_TYPE, c->type) ||
	    nla_put_u8(skb, PDCP_A_BEARER_ID, c->id) ||
	    nla_put_u32(skb, PDCP_A_BEARER_MODE, c->mode) ||
	    (c->sn_ul && nla_put_u8(skb, PDCP_A_BEARER_SN_UL, c->sn_ul)) ||
	    (c->sn_dl && nla_put_u8(skb, PDCP_A_BEARER_SN_DL, c->sn_dl)) ||
	    nla_put_u8(skb, PDCP_A_BEARER_INTEGRITY, c->integrity) ||
	    nla_put_u8(skb, PDCP_A_BEARER_CIPHERING, c->ciphering) ||
	    nla_put_u32(skb, PDCP_A_BEARER_UPPER, c->upper) ||
	    nla_put_u32(skb, PDCP_A_BEARER_QUEUE_LIMIT, c->queue_limit) ||
	    nla_put_u32(skb, PDCP_A_BEARER_WINDOW_LIMIT, c->window_limit) ||
	    nla_put_u32(skb, PDCP_A_BEARER_COUNT_THRESHOLD, c->count_threshold) ||
	    (c->bearer != c->id - 1 &&
	     nla_put_u8(skb, PDCP_A_BEARER_BEARER_INPUT, c->bearer)))
		return -EMSGSIZE;
	return 0;
}

static int put_drb(struct sk_buff *skb, const struct pdcp_entity *e)
{
	const struct pdcp_entity_config *c = &e->config;

	if (nla_put_u32(skb, PDCP_A_BEARER_DISCARD, c->discard) ||
	    nla_put_u8(skb, PDCP_A_BEARER_STATUS_REPORT, c->status_report) ||
	    nla_put_u8(skb, PDCP_A_BEARER_OUT_OF_ORDER, c->out_of_order) ||
	    nla_put_u8(skb, PDCP_A_BEARER_SDAP, c->sdap_len) ||
	    (rcu_access_pointer(e->ue->default_drb) == e &&
	     nla_put_flag(skb, PDCP_A_BEARER_DEFAULT)) ||
	    (c->mode == PDCP_MODE_AM &&
	     nla_put_u32(skb, PDCP_A_BEARER_KEPT_LIMIT, c->kept_limit)) ||
	    (e->split && nla_put_u32(skb, PDCP_A_BEARER_SPLIT_THRESHOLD, c->split_threshold)))
		return -EMSGSIZE;
	return 0;
}

static int put_tx(struct sk_buff *skb, const struct pdcp_tx *tx)
{
	if (nla_put_u32(skb, PDCP_A_BEARER_TX_NEXT, tx->next) ||
	    nla_put_u32(skb, PDCP_A_BEARER_QUEUED, skb_queue_len(&tx->queue)) ||
	    nla_put_u32(skb, PDCP_A_BEARER_KEPT, skb_queue_len(&tx->kept)) ||
	    nla_put_uint(skb, PDCP_A_BEARER_TX_SDUS, tx->sdus) ||
	    nla_put_uint(skb, PDCP_A_BEARER_TX_BYTES, tx->bytes) ||
	    nla_put_uint(skb, PDCP_A_BEARER_RETRANSMITTED, tx->retransmitted) ||
	    nla_put_uint(skb, PDCP_A_BEARER_CONFIRMED, tx->confirmed) ||
	    nla_put_uint(skb, PDCP_A_BEARER_EVICTED, tx->evicted))
		return -EMSGSIZE;
	return 0;
}

static int put_rx(struct sk_buff *skb, const struct pdcp_rx *rx)
{
	const struct pdcp_window *w = &rx->window;

	if (nla_put_u32(skb, PDCP_A_BEARER_T_REORDERING, rx->t_reordering) ||
	    nla_put_u32(skb, PDCP_A_BEARER_RX_NEXT, w->rx_next) ||
	    nla_put_u32(skb, PDCP_A_BEARER_RX_DELIV, w->rx_deliv) ||
	    (w->running && nla_put_u32(skb, PDCP_A_BEARER_RX_REORD, w->rx_reord)) ||
	    nla_put_u32(skb, PDCP_A_BEARER_STORED, w->stored + skb_queue_len(&rx->held)) ||
	    nla_put_uint(skb, PDCP_A_BEARER_STORED_BYTES, rx->stored_bytes) ||
	    nla_put_uint(skb, PDCP_A_BEARER_RX_SDUS, rx->sdus) ||
	    nla_put_uint(skb, PDCP_A_BEARER_RX_BYTES, rx->bytes))
		return -EMSGSIZE;
	return 0;
}

/* One state of both sides. */
static int put_variables(struct sk_buff *skb, struct pdcp_entity *e)
{
	u32 hold, paused;
	int err;

	spin_lock_bh(&e->tx.lock);
	spin_lock(&e->rx.lock);
	hold = (e->tx.hold ? PDCP_HOLD_TX : 0) | (e->rx.hold ? PDCP_HOLD_RX : 0);
	paused = e->tx.paused | e->rx.paused;
	err = put_tx(skb, &e->tx) ?: put_rx(skb, &e->rx);
	spin_unlock(&e->rx.lock);
	spin_unlock_bh(&e->tx.lock);

	if (err || (hold && nla_put_u32(skb, PDCP_A_BEARER_HOLD, hold)) ||
	    (paused && nla_put_u32(skb, PDCP_A_BEARER_PAUSED, paused)))
		return -EMSGSIZE;
	return 0;
}

/* Source first; the leg of a later re-establishment counts as target. */
static int put_legs(struct sk_buff *skb, struct pdcp_entity *e)
{
	struct pdcp_leg *leg;
	unsigned int i;
	u8 slot;
	int err;

	for (i = 0; i < ARRAY_SIZE(e->leg); i++) {
		slot = e->source ^ i;
		leg = pdcp_dereference(e->leg[slot], e->ue->pdcp);
		if (!leg)
			continue;
		err = pdcp_nl_put_leg(skb, leg, pdcp_entity_role(e, slot),
				      slot == e->tx.slot);
		if (err)
			return err;
	}
	if (!e->next_leg)
		return 0;
	return pdcp_nl_put_leg(skb, e->next_leg, PDCP_LEG_ROLE_TARGET, false);
}

static int fill_bearer(struct sk_buff *skb, const struct genl_info *info,
		       struct pdcp_entity *e)
{
	void *hdr = __genlmsg_iput(skb, info, NLM_F_MULTI);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PDCP_A_BEARER_IFINDEX, e->ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_BEARER_UE_ID, e->ue->config.id) ||
	    put_config(skb, &e->config) ||
	    (pdcp_entity_srb(e) ?
	     nla_put_u32(skb, PDCP_A_BEARER_ROLE, pdcp_entity_role(e, e->source)) :
	     put_drb(skb, e)) ||
	    (e->split && nla_put_u8(skb, PDCP_A_BEARER_DUPLICATION, e->tx.duplicate)) ||
	    put_variables(skb, e) || put_legs(skb, e) ||
	    pdcp_nl_put_drops(skb, PDCP_A_BEARER_DROP, e->drops)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

enum {
	SHOWN_SRBS = 2 * PDCP_UE_SRBS,
	SHOWN = SHOWN_SRBS + PDCP_UE_DRBS,
};

/* Entity at a place of the dump: SRBs, source and target of each, then DRBs; or NULL. */
static struct pdcp_entity *shown(struct pdcp_ue *ue, unsigned int i)
{
	if (i < SHOWN_SRBS)
		return pdcp_nl_find(ue, PDCP_BEARER_TYPE_SRB, i / 2 + 1,
			    i % 2 ? PDCP_LEG_ROLE_TARGET : PDCP_LEG_ROLE_SOURCE);
	return pdcp_nl_find(ue, PDCP_BEARER_TYPE_DRB, i - SHOWN_SRBS + 1, PDCP_LEG_ROLE_SOURCE);
}

/* The bearer that the dump is limited to: NULL for none, or ERR_PTR. */
static struct pdcp_entity *dump_filter(struct pdcp_ue *ue, const struct genl_info *info)
{
	if (!info->attrs[PDCP_A_BEARER_TYPE] && !info->attrs[PDCP_A_BEARER_ID])
		return NULL;
	return pdcp_nl_bearer(ue, info);
}

static int dump_ue(struct sk_buff *skb, const struct genl_info *info,
		   struct pdcp_ue *ue, struct pdcp_nl_dump *dump)
{
	struct pdcp_entity *only = dump_filter(ue, info);
	struct pdcp_entity *e;
	int err;

	if (IS_ERR(only))
		return PTR_ERR(only);
	for (; dump->next < SHOWN; dump->next++) {
		e = shown(ue, dump->next);
		if (!e || (only && (e->config.type != only->config.type ||
				    e->config.id != only->config.id)))
			continue;
		err = fill_bearer(skb, info, e);
		if (err)
			return err;
	}
	return 0;
}

/**
 * pdcp_nl_bearer_get_dumpit - show one bearer of a UE, or all
 * @skb: reply
 * @cb: dump
 *
 * Return: 0, -EMSGSIZE when there are more, or another negative error.
 */
int pdcp_nl_bearer_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	netdevice_tracker tracker;
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	int err;

	pdcp = pdcp_nl_device_lock(info, &tracker);
	if (IS_ERR(pdcp))
		return PTR_ERR(pdcp);
	ue = pdcp_nl_ue(pdcp, info);
	err = IS_ERR(ue) ? PTR_ERR(ue) : dump_ue(skb, info, ue, pdcp_nl_dump(cb));
	pdcp_nl_device_unlock(pdcp, &tracker);
	return err;
}

/**
 * pdcp_nl_bearer_del_doit - release a bearer
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_del_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_entity *e;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	e = pdcp_nl_bearer(ue, info);
	if (IS_ERR(e))
		return PTR_ERR(e);
	return pdcp_bearer_del(ue, e, info->extack);
}

/**
 * pdcp_nl_bearer_set_doit - reconfigure a bearer
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	const struct nlattr *t_reordering = info->attrs[PDCP_A_BEARER_T_REORDERING];
	const struct nlattr *duplication = info->attrs[PDCP_A_BEARER_DUPLICATION];
	struct pdcp_entity *e = pdcp_nl_numbering(info);
	bool duplicate;
	u32 ms;
	int err;

	if (IS_ERR(e))
		return PTR_ERR(e);
	if (!t_reordering && !duplication) {
		NL_SET_ERR_MSG(info->extack, "t-reordering, duplication, or both");
		return -EINVAL;
	}
	err = check_split(info, e->split ? 2 : 1) ?:
	      parse_duplication(info, e->config.type, e->split ? 2 : 1, &duplicate) ?:
	      pdcp_nl_parse_t_reordering(info, &ms);
	if (err)
		return err;
	if (t_reordering)
		pdcp_entity_set_t_reordering(e, ms);
	if (duplication)
		pdcp_entity_set_duplication(e, duplicate);
	return 0;
}

/* One bearer, or by naming neither type nor id all of the UE. */
static int each_or_all(struct genl_info *info,
		       int (*verb)(struct pdcp_ue *ue, struct pdcp_entity *only,
				   struct netlink_ext_ack *extack))
{
	struct pdcp_ue *ue = pdcp_nl_ue(pdcp_nl_device(info), info);
	struct pdcp_entity *only = NULL;

	if (IS_ERR(ue))
		return PTR_ERR(ue);
	if (info->attrs[PDCP_A_BEARER_TYPE] || info->attrs[PDCP_A_BEARER_ID])
		only = pdcp_nl_bearer(ue, info);
	if (IS_ERR(only))
		return PTR_ERR(only);
	return verb(ue, only, info->extack);
}

/**
 * pdcp_nl_bearer_suspend_doit - suspend bearers (38.323 5.1.4)
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_suspend_doit(struct sk_buff *skb, struct genl_info *info)
{
	return each_or_all(info, pdcp_suspend);
}

/**
 * pdcp_nl_bearer_resume_doit - resume bearers
 * @skb: request
 * @info: request
 *
 * Return: 0 or a negative error.
 */
int pdcp_nl_bearer_resume_doit(struct sk_buff *skb, struct genl_info *info)
{
	return each_or_all(info, pdcp_resume);
}
