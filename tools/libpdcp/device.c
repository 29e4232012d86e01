// SPDX-License-Identifier: GPL-2.0

#include <linux/genetlink.h>

#include "lib.h"

#define INFO	((struct pdcp_device_info *)0)

static const struct field device_fields[] = {
	FIELD(INFO->ifindex, PDCP_A_DEVICE_IFINDEX, FIELD_INT),
	FIELD(INFO->port, PDCP_A_DEVICE_PORT, FIELD_INT),
	FIELD(INFO->ues, PDCP_A_DEVICE_UES, FIELD_INT),
};

struct device_walk {
	pdcp_device_fn *fn;
	void *data;
};

static int device_parse(const struct nlmsghdr *msg, void *data)
{
	struct pdcp_device_info *info = data;
	const struct nlattr *attr;
	uint64_t has = 0;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) == PDCP_A_DEVICE_DROP)
			pdcp_drops_get(attr, &info->drops);
		else
			pdcp_fields_get(attr, device_fields, ARRAY_SIZE(device_fields), info, &has);
	}
	return 0;
}

static int device_walk(const struct nlmsghdr *msg, void *data)
{
	const struct device_walk *walk = data;
	struct pdcp_device_info info = { 0 };

	device_parse(msg, &info);
	return walk->fn(&info, walk->data);
}

int pdcp_device_get(struct pdcp *h, uint32_t ifindex, struct pdcp_device_info *info)
{
	*info = (struct pdcp_device_info){ 0 };
	pdcp_msg_begin(h, PDCP_CMD_DEVICE_GET);
	pdcp_msg_put_u32(h, PDCP_A_DEVICE_IFINDEX, ifindex);
	return pdcp_msg_exchange(h, device_parse, info);
}

int pdcp_device_list(struct pdcp *h, pdcp_device_fn *fn, void *data)
{
	struct device_walk walk = { fn, data };

	pdcp_msg_begin(h, PDCP_CMD_DEVICE_GET);
	return pdcp_msg_dump(h, device_walk, &walk);
}

int pdcp_device_set_port(struct pdcp *h, uint32_t ifindex, uint16_t port)
{
	pdcp_msg_begin(h, PDCP_CMD_DEVICE_SET);
	pdcp_msg_put_u32(h, PDCP_A_DEVICE_IFINDEX, ifindex);
	pdcp_msg_put_u16(h, PDCP_A_DEVICE_PORT, port);
	return pdcp_msg_exchange(h, NULL, NULL);
}
