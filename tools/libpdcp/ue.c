// SPDX-License-Identifier: GPL-2.0

#include <assert.h>

#include <linux/genetlink.h>

#include "lib.h"

#define INFO	((struct pdcp_ue_info *)0)

static const struct field ue_fields[] = {
	FIELD(INFO->ifindex, PDCP_A_UE_IFINDEX, FIELD_INT),
	FIELD(INFO->id, PDCP_A_UE_UE_ID, FIELD_INT),
	FIELD(INFO->config.role, PDCP_A_UE_ROLE, FIELD_INT),
	FIELD(INFO->config.test_mode, PDCP_A_UE_TEST_MODE, FIELD_FLAG),
	FIELD(INFO->default_drb, PDCP_A_UE_DEFAULT_DRB, FIELD_INT),
	FIELD(INFO->bearers, PDCP_A_UE_BEARERS, FIELD_INT),
	FIELD(INFO->state, PDCP_A_UE_STATE, FIELD_INT),
	FIELD(INFO->source_set, PDCP_A_UE_SOURCE_SET, FIELD_INT),
	FIELD(INFO->target_set, PDCP_A_UE_TARGET_SET, FIELD_INT),
	FIELD(INFO->t304, PDCP_A_UE_T304, FIELD_INT),
	FIELD(INFO->t304_left, PDCP_A_UE_T304_LEFT, FIELD_INT),
	FIELD(INFO->source_failed, PDCP_A_UE_SOURCE_FAILED, FIELD_FLAG),
};

static_assert((int)PDCP_A_UE_IFINDEX == (int)PDCP_A_SECURITY_IFINDEX &&
	      (int)PDCP_A_UE_IFINDEX == (int)PDCP_A_BEARER_IFINDEX &&
	      (int)PDCP_A_UE_UE_ID == (int)PDCP_A_SECURITY_UE_ID &&
	      (int)PDCP_A_UE_UE_ID == (int)PDCP_A_BEARER_UE_ID,
	      "a UE is named alike in each attribute set");

struct ue_walk {
	pdcp_ue_fn *fn;
	void *data;
};

void pdcp_ue_begin(struct pdcp *h, uint8_t cmd, uint32_t ifindex, uint32_t ue)
{
	pdcp_msg_begin(h, cmd);
	pdcp_msg_put_u32(h, PDCP_A_UE_IFINDEX, ifindex);
	pdcp_msg_put_u32(h, PDCP_A_UE_UE_ID, ue);
}

static int ue_parse(const struct nlmsghdr *msg, void *data)
{
	struct pdcp_ue_info *info = data;
	struct pdcp_ue_config *config = &info->config;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) != PDCP_A_UE_ADDRESS)
			pdcp_fields_get(attr, ue_fields, ARRAY_SIZE(ue_fields), info, &info->has);
		else if (config->addrs < PDCP_ADDRS_MAX)
			pdcp_addr_get(attr, &config->addr[config->addrs++]);
	}
	return 0;
}

static int ue_walk(const struct nlmsghdr *msg, void *data)
{
	const struct ue_walk *walk = data;
	struct pdcp_ue_info info = { 0 };

	ue_parse(msg, &info);
	return walk->fn(&info, walk->data);
}

int pdcp_ue_add(struct pdcp *h, uint32_t ifindex, uint32_t ue, const struct pdcp_ue_config *config)
{
	size_t i;

	pdcp_ue_begin(h, PDCP_CMD_UE_NEW, ifindex, ue);
	pdcp_msg_put_u32(h, PDCP_A_UE_ROLE, config->role);
	for (i = 0; i < config->addrs; i++)
		pdcp_addr_put(h, PDCP_A_UE_ADDRESS, &config->addr[i]);
	if (config->test_mode)
		pdcp_msg_put(h, PDCP_A_UE_TEST_MODE, NULL, 0);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_ue_get(struct pdcp *h, uint32_t ifindex, uint32_t ue, struct pdcp_ue_info *info)
{
	*info = (struct pdcp_ue_info){ 0 };
	pdcp_ue_begin(h, PDCP_CMD_UE_GET, ifindex, ue);
	return pdcp_msg_exchange(h, ue_parse, info);
}

int pdcp_ue_list(struct pdcp *h, uint32_t ifindex, pdcp_ue_fn *fn, void *data)
{
	struct ue_walk walk = { fn, data };

	pdcp_msg_begin(h, PDCP_CMD_UE_GET);
	pdcp_msg_put_u32(h, PDCP_A_UE_IFINDEX, ifindex);
	return pdcp_msg_dump(h, ue_walk, &walk);
}

int pdcp_ue_del(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	pdcp_ue_begin(h, PDCP_CMD_UE_DEL, ifindex, ue);
	return pdcp_msg_exchange(h, NULL, NULL);
}
