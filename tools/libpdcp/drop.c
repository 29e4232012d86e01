// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

struct drop {
	uint32_t reason;
	uint64_t packets;
};

#define DROP	((struct drop *)0)

static const struct field drop_fields[] = {
	FIELD(DROP->reason, PDCP_A_DROP_REASON, FIELD_INT),
	FIELD(DROP->packets, PDCP_A_DROP_PACKETS, FIELD_INT),
};

void pdcp_drops_get(const struct nlattr *nest, struct pdcp_drops *drops)
{
	struct drop drop = { .reason = PDCP_DROPS_MAX };
	const struct nlattr *attr;
	uint64_t has = 0;

	mnl_attr_for_each_nested(attr, nest)
		pdcp_fields_get(attr, drop_fields, ARRAY_SIZE(drop_fields), &drop, &has);
	if (drop.reason < PDCP_DROPS_MAX)
		drops->packets[drop.reason] = drop.packets;
}
