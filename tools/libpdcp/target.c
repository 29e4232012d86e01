// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

#define TARGET	((struct pdcp_bearer_target *)0)

static const struct field target_fields[] = {
	FIELD(TARGET->type, PDCP_A_BEARER_TARGET_TYPE, FIELD_INT),
	FIELD(TARGET->id, PDCP_A_BEARER_TARGET_ID, FIELD_INT),
	FIELD(TARGET->action, PDCP_A_BEARER_TARGET_ACTION, FIELD_INT),
};

static void target_put(struct pdcp *h, const struct pdcp_bearer_target *target)
{
	struct nlattr *nest = pdcp_msg_nest_begin(h, PDCP_A_UE_BEARER);
	uint64_t has = target->has;

	has |= PDCP_HAS(PDCP_A_BEARER_TARGET_TYPE) | PDCP_HAS(PDCP_A_BEARER_TARGET_ID);
	pdcp_fields_put(h, target_fields, ARRAY_SIZE(target_fields), target, has);
	if (has & PDCP_HAS(PDCP_A_BEARER_TARGET_LEG))
		pdcp_leg_put(h, PDCP_A_BEARER_TARGET_LEG, &target->leg);
	pdcp_msg_nest_end(h, nest);
}

void pdcp_targets_put(struct pdcp *h, const struct pdcp_bearer_target *targets, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		target_put(h, &targets[i]);
}
