// SPDX-License-Identifier: GPL-2.0
/* Telling user space that a key was refused, or used in spite of all in test mode. */
#include "pdcp/refusal.h"

#include <linux/ratelimit.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/ledger.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

static void tell(const struct pdcp_ue *ue, const struct pdcp_event_key *key)
{
	if (__ratelimit(&ue->pdcp->key_events))
		pdcp_event_key(ue, key);
}

/**
 * pdcp_refusal_used - a key has protected what it would protect again
 * @e: entity that was to use it
 * @sec: set that the key is of
 * @conflict: what would repeat
 * @warned: it is used all the same
 */
void pdcp_refusal_used(const struct pdcp_entity *e, const struct pdcp_security *sec,
		       const struct pdcp_ledger_conflict *conflict, bool warned)
{
	const struct pdcp_event_key key = {
		.reason = PDCP_KEY_REASON_USED,
		.warned = warned,
		.set = sec->id,
		.type = e->config.type,
		.id = e->config.id,
		.conflict = conflict,
	};

	tell(e->ue, &key);
}

/**
 * pdcp_refusal_full - tell that the ledger has no room for the keys of a set
 * @e: entity that was to use it
 * @sec: set
 */
void pdcp_refusal_full(const struct pdcp_entity *e, const struct pdcp_security *sec)
{
	const struct pdcp_event_key key = {
		.reason = PDCP_KEY_REASON_FULL,
		.set = sec->id,
		.type = e->config.type,
		.id = e->config.id,
	};

	tell(e->ue, &key);
}

/**
 * pdcp_refusal_unchanged - tell that an entity was to begin at COUNT 0 under the set that it has
 * @e: entity
 */
void pdcp_refusal_unchanged(const struct pdcp_entity *e)
{
	const struct pdcp_event_key key = {
		.reason = PDCP_KEY_REASON_UNCHANGED,
		.set = pdcp_entity_source(e)->sec->id,
		.type = e->config.type,
		.id = e->config.id,
	};

	tell(e->ue, &key);
}

/**
 * pdcp_refusal_role - one key value is given for two of the keys of a UE
 * @ue: UE
 * @set: set that was to be installed
 * @warned: it is installed all the same
 */
void pdcp_refusal_role(const struct pdcp_ue *ue, u8 set, bool warned)
{
	const struct pdcp_event_key key = {
		.reason = PDCP_KEY_REASON_ROLE,
		.warned = warned,
		.set = set,
	};

	tell(ue, &key);
}
