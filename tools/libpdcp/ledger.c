// SPDX-License-Identifier: GPL-2.0

#include <linux/genetlink.h>

#include "lib.h"

#define INFO	((struct pdcp_ledger_info *)0)

static const struct field ledger_fields[] = {
	FIELD(INFO->bearer.ifindex, PDCP_A_LEDGER_IFINDEX, FIELD_INT),
	FIELD(INFO->bearer.ue, PDCP_A_LEDGER_UE_ID, FIELD_INT),
	FIELD(INFO->bearer.type, PDCP_A_LEDGER_TYPE, FIELD_INT),
	FIELD(INFO->bearer.id, PDCP_A_LEDGER_ID, FIELD_INT),
	FIELD(INFO->handle, PDCP_A_LEDGER_HANDLE, FIELD_INT),
	FIELD(INFO->key, PDCP_A_LEDGER_KEY, FIELD_INT),
	FIELD(INFO->bearer_input, PDCP_A_LEDGER_BEARER_INPUT, FIELD_INT),
	FIELD(INFO->direction, PDCP_A_LEDGER_DIRECTION, FIELD_INT),
	FIELD(INFO->next, PDCP_A_LEDGER_NEXT, FIELD_INT),
	FIELD(INFO->legs, PDCP_A_LEDGER_LEGS, FIELD_INT),
};

struct ledger_walk {
	pdcp_ledger_fn *fn;
	void *data;
};

static int ledger_walk(const struct nlmsghdr *msg, void *data)
{
	const struct ledger_walk *walk = data;
	struct pdcp_ledger_info info = { 0 };
	const struct nlattr *attr;
	uint64_t has = 0;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) != PDCP_A_LEDGER_SET)
			pdcp_fields_get(attr, ledger_fields, ARRAY_SIZE(ledger_fields), &info,
					&has);
		else if (info.sets < PDCP_SETS_MAX)
			info.set[info.sets++] = mnl_attr_get_u8(attr);
	}
	return walk->fn(&info, walk->data);
}

int pdcp_ledger_list(struct pdcp *h, uint32_t ifindex, uint32_t ue, pdcp_ledger_fn *fn,
		     void *data)
{
	struct ledger_walk walk = { fn, data };

	pdcp_ue_begin(h, PDCP_CMD_LEDGER_GET, ifindex, ue);
	return pdcp_msg_dump(h, ledger_walk, &walk);
}
