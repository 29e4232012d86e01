// SPDX-License-Identifier: GPL-2.0
#include "pdcp/bearer.h"

#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/netlink.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

/* As the family's specification spells it. */
const char *pdcp_bearer_type_name(enum pdcp_bearer_type type)
{
	return type == PDCP_BEARER_TYPE_SRB ? "srb" : "drb";
}

/* Validate what bearer_add() needs; NULL with extack set if something is amiss. */
static struct pdcp_entity __rcu **find_place(struct pdcp_ue *ue,
					     const struct pdcp_entity_config *config,
					     struct netlink_ext_ack *extack, int *err)
{
	struct pdcp_entity __rcu **place;

	*err = -EINVAL;
	place = pdcp_ue_bearer(ue, config->type, config->id, PDCP_LEG_ROLE_SOURCE);
	if (!place) {
		NL_SET_ERR_MSG_FMT(extack, "id: %u is out of range for %s",
				   config->id, pdcp_bearer_type_name(config->type));
		return NULL;
	}
	if (rcu_access_pointer(*place)) {
		*err = -EEXIST;
		NL_SET_ERR_MSG_FMT(extack, "id: %s %u exists",
				   pdcp_bearer_type_name(config->type), config->id);
		return NULL;
	}
	if (ue->handover.state != PDCP_HANDOVER_STATE_NONE) {
		*err = -EBUSY;
		NL_SET_ERR_MSG(extack, "bearers cannot be added during a handover");
		return NULL;
	}
	return place;
}

static bool may_be_default(const struct pdcp_entity *e)
{
	return e->config.type == PDCP_BEARER_TYPE_DRB &&
	       e->config.upper == PDCP_UPPER_DEVICE;
}

/**
 * pdcp_bearer_add - create a bearer with one leg
 * @ue: whose
 * @config: validated configuration
 * @set: security set of the leg
 * @hold: enum pdcp_hold, directions that wait for their COUNT
 * @is_default: take packets whose mark names no DRB
 * @leg: lower layer
 * @extack: why not
 *
 * Return: 0, -EINVAL, -EEXIST (bearer or TEID), -ENOENT (set), -EBUSY (handover), -ENOMEM.
 */
int pdcp_bearer_add(struct pdcp_ue *ue, const struct pdcp_entity_config *config,
		    u8 set, u32 hold, bool is_default,
		    const struct pdcp_leg_config *leg,
		    struct netlink_ext_ack *extack)
{
	struct pdcp_entity __rcu **place;
	struct pdcp_security *sec;
	struct pdcp_entity *e;
	struct pdcp_leg *l;
	int err;

	place = find_place(ue, config, extack, &err);
	if (!place)
		return err;
	sec = pdcp_ue_security(ue, set);
	if (!sec) {
		NL_SET_ERR_MSG_FMT(extack, "set: %u is not installed", set);
		return -ENOENT;
	}

	e = pdcp_entity_create(ue, config);
	if (IS_ERR(e))
		return PTR_ERR(e);
	l = pdcp_leg_create(e, 0, leg, sec, extack);
	if (IS_ERR(l)) {
		pdcp_entity_destroy(e);
		return PTR_ERR(l);
	}

	e->tx.hold = hold & PDCP_HOLD_TX;
	e->rx.hold = hold & PDCP_HOLD_RX;
	pdcp_entity_set_leg(e, 0, l);
	rcu_assign_pointer(*place, e);
	if (may_be_default(e) && (is_default || !rcu_access_pointer(ue->default_drb)))
		rcu_assign_pointer(ue->default_drb, e);
	ue->nbearers++;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_bearer_add);

/* The DRB of the lowest identity that carries IP takes over. */
static void choose_default(struct pdcp_ue *ue)
{
	struct pdcp_entity *e = NULL;
	unsigned int i;

	for (i = 0; i < PDCP_UE_DRBS; i++) {
		e = pdcp_dereference(ue->drb[i], ue->pdcp);
		if (e && may_be_default(e))
			break;
		e = NULL;
	}
	rcu_assign_pointer(ue->default_drb, e);
}

/**
 * pdcp_bearer_del - release a bearer (38.323 5.1.3)
 * @ue: whose
 * @e: its entity
 * @extack: why not
 *
 * Stored SDUs of a DRB are delivered, in order, before it goes.
 *
 * Return: 0, or -EBUSY during a handover.
 */
int pdcp_bearer_del(struct pdcp_ue *ue, struct pdcp_entity *e,
		    struct netlink_ext_ack *extack)
{
	struct pdcp_entity __rcu **place;

	if (ue->handover.state != PDCP_HANDOVER_STATE_NONE) {
		NL_SET_ERR_MSG(extack, "bearers cannot be removed during a handover");
		return -EBUSY;
	}
	place = pdcp_ue_bearer(ue, e->config.type, e->config.id,
			       PDCP_LEG_ROLE_SOURCE);
	RCU_INIT_POINTER(*place, NULL);
	if (rcu_access_pointer(ue->default_drb) == e)
		choose_default(ue);
	ue->nbearers--;
	pdcp_entity_destroy(e);
	return 0;
}
