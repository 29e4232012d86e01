// SPDX-License-Identifier: GPL-2.0
/* What the COUNTs of an entity and the keys of its legs have been used for. */
#include <linux/bitops.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/ledger.h"
#include "pdcp/leg.h"
#include "pdcp/refusal.h"
#include "pdcp/ue.h"

/**
 * pdcp_entity_check_use - whether the keys of no leg have protected what would follow
 * @e: entity; its device is locked
 * @tx_next: TX_NEXT, or NULL
 * @rx_deliv: first COUNT to be delivered, or NULL
 * @extack: why not
 *
 * Return: 0, -EKEYREJECTED, or 0 with a warning for a UE in test mode.
 */
int pdcp_entity_check_use(const struct pdcp_entity *e, const u32 *tx_next, const u32 *rx_deliv,
			  struct netlink_ext_ack *extack)
{
	bool warned = e->ue->config.test_mode;
	const struct pdcp_leg *leg;
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(e->leg) && !err; i++) {
		struct pdcp_ledger_conflict conflict = {};

		leg = pdcp_dereference(e->leg[i], e->ue->pdcp);
		if (!leg)
			continue;
		if (tx_next)
			err = pdcp_ledger_check(&leg->claim, PDCP_DIRECTION_TX, *tx_next,
						&conflict, extack);
		if (rx_deliv && !err)
			err = pdcp_ledger_check(&leg->claim, PDCP_DIRECTION_RX, *rx_deliv,
						&conflict, extack);
		if (err)
			pdcp_refusal_used(e, leg->sec, &conflict, warned);
	}
	return warned ? 0 : err;
}

/**
 * pdcp_entity_note_use - let the ledger know what the legs have used by now
 * @e: entity; its device is locked
 */
void pdcp_entity_note_use(struct pdcp_entity *e)
{
	struct pdcp_leg *leg;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(e->leg); i++) {
		leg = pdcp_dereference(e->leg[i], e->ue->pdcp);
		if (leg)
			pdcp_leg_note_use(leg);
	}
}

/**
 * pdcp_entity_uses - count the legs of an entity that use a set
 * @e: entity; its device is locked
 * @sec: set
 *
 * Return: how many; one that is held for later counts.
 */
unsigned int pdcp_entity_uses(const struct pdcp_entity *e,
			      const struct pdcp_security *sec)
{
	unsigned int i, uses = e->next_leg && e->next_leg->sec == sec;
	const struct pdcp_leg *leg;

	for (i = 0; i < ARRAY_SIZE(e->leg); i++) {
		leg = pdcp_dereference(e->leg[i], e->ue->pdcp);
		uses += leg && leg->sec == sec;
	}
	return uses;
}

/**
 * pdcp_entity_reached - tell, once under each key, that a COUNT has reached a limit
 * @e: entity
 * @limit: which one
 * @count: COUNT that did
 *
 * Any context.
 */
void pdcp_entity_reached(struct pdcp_entity *e, enum pdcp_limit limit, u32 count)
{
	const struct pdcp_event_bearer bearer = {
		.ue_id = e->ue->config.id,
		.count = count,
		.type = e->config.type,
		.id = e->config.id,
		.role = READ_ONCE(e->target) ? PDCP_LEG_ROLE_TARGET :
					       PDCP_LEG_ROLE_SOURCE,
	};

	if (test_and_set_bit(limit, &e->warned))
		return;
	pdcp_event_count(e->ue->pdcp, &bearer,
			 limit < PDCP_LIMIT_RX_THRESHOLD ? PDCP_DIRECTION_TX :
							   PDCP_DIRECTION_RX,
			 limit == PDCP_LIMIT_TX_EXHAUSTED ||
			 limit == PDCP_LIMIT_RX_EXHAUSTED);
}
