// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

void pdcp_drops_get(const struct nlattr *nest, struct pdcp_drops *drops)
{
	const struct nlattr *attr;
	uint32_t reason = PDCP_DROPS_MAX;
	uint64_t packets = 0;

	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case PDCP_A_DROP_REASON:
			if (mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
				reason = mnl_attr_get_u32(attr);
			break;
		case PDCP_A_DROP_PACKETS:
			if (mnl_attr_validate(attr, MNL_TYPE_U64) >= 0)
				packets = mnl_attr_get_u64(attr);
			break;
		}
	}
	if (reason < PDCP_DROPS_MAX)
		drops->packets[reason] = packets;
}
