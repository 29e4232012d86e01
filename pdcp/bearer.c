// SPDX-License-Identifier: GPL-2.0
#include "pdcp/bearer.h"

#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/netlink.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

/**
 * pdcp_bearer_type_name - type of a bearer as the family's specification spells it
 * @type: SRB or DRB
 *
 * Return: the name.
 */
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

static int create_legs(struct pdcp_entity *e, const struct pdcp_bearer_config *config,
		       struct pdcp_security *sec, struct pdcp_leg *legs[2],
		       struct netlink_ext_ack *extack)
{
	unsigned int i;
	int err;

	for (i = 0; i < config->nlegs; i++) {
		legs[i] = pdcp_leg_create(e, i, &config->legs[i], sec, false,
					  extack);
		if (IS_ERR(legs[i]))
			goto err;
	}
	return 0;

err:
	err = PTR_ERR(legs[i]);
	while (i--)
		pdcp_leg_destroy(legs[i]);
	return err;
}

/* Nothing can fail any more. */
static void publish(struct pdcp_entity *e, struct pdcp_entity __rcu **place,
		    const struct pdcp_bearer_config *config, struct pdcp_leg *legs[2])
{
	struct pdcp_ue *ue = e->ue;
	unsigned int i;

	e->split = config->nlegs > 1;
	e->tx.duplicate = config->duplicate;
	for (i = 0; i < config->nlegs; i++)
		pdcp_entity_set_leg(e, i, legs[i]);
	rcu_assign_pointer(*place, e);
	if (may_be_default(e) &&
	    (config->is_default || !rcu_access_pointer(ue->default_drb)))
		rcu_assign_pointer(ue->default_drb, e);
	ue->nbearers++;
}

/**
 * pdcp_bearer_add - create a bearer
 * @ue: whose
 * @config: validated configuration
 * @extack: why not
 *
 * Return: 0, -EINVAL, -EEXIST (bearer or TEID), -ENOENT (set), -EBUSY (handover), -ENOMEM.
 */
int pdcp_bearer_add(struct pdcp_ue *ue, const struct pdcp_bearer_config *config,
		    struct netlink_ext_ack *extack)
{
	struct pdcp_entity __rcu **place;
	struct pdcp_leg *legs[2];
	struct pdcp_security *sec;
	struct pdcp_entity *e;
	int err;

	place = find_place(ue, &config->entity, extack, &err);
	if (!place)
		return err;
	sec = pdcp_ue_security(ue, config->set);
	if (!sec) {
		NL_SET_ERR_MSG_FMT(extack, "set: %u is not installed", config->set);
		return -ENOENT;
	}

	e = pdcp_entity_create(ue, &config->entity);
	if (IS_ERR(e))
		return PTR_ERR(e);
	e->tx.hold = config->hold & PDCP_HOLD_TX;
	e->rx.hold = config->hold & PDCP_HOLD_RX;
	err = create_legs(e, config, sec, legs, extack);
	if (err) {
		pdcp_entity_destroy(e);
		return err;
	}
	publish(e, place, config, legs);
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
EXPORT_SYMBOL_IF_KUNIT(pdcp_bearer_del);
