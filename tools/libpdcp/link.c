// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>

#include <linux/if_link.h>
#include <linux/rtnetlink.h>

#include "lib.h"

#define LINK_KIND	"pdcp"

/* What RTM_GETLINK says of an interface. */
struct link {
	int ifindex;
	char name[IFNAMSIZ];
	char kind[IFNAMSIZ];
};

static void link_begin(struct pdcp *h, uint16_t type, uint16_t flags, const struct ifinfomsg *info)
{
	pdcp_msg_begin_type(h, type, flags, info, sizeof(*info));
}

static void string_get(const struct nlattr *attr, char *text, size_t size)
{
	const char *value = mnl_attr_get_payload(attr);
	size_t len = strnlen(value, mnl_attr_get_payload_len(attr));

	if (len >= size)
		len = size - 1;
	memcpy(text, value, len);
	text[len] = '\0';
}

static int link_parse(const struct nlmsghdr *msg, void *data)
{
	const struct ifinfomsg *info = mnl_nlmsg_get_payload(msg);
	const struct nlattr *attr, *inner;
	struct link *link = data;

	link->ifindex = info->ifi_index;
	mnl_attr_for_each(attr, msg, sizeof(*info)) {
		if (mnl_attr_get_type(attr) == IFLA_IFNAME)
			string_get(attr, link->name, sizeof(link->name));
		if (mnl_attr_get_type(attr) != IFLA_LINKINFO)
			continue;
		mnl_attr_for_each_nested(inner, attr) {
			if (mnl_attr_get_type(inner) == IFLA_INFO_KIND)
				string_get(inner, link->kind, sizeof(link->kind));
		}
	}
	return 0;
}

int pdcp_link_add(struct pdcp *h, const char *name)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	struct nlattr *nest;

	link_begin(h, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, &info);
	pdcp_msg_put(h, IFLA_IFNAME, name, strlen(name) + 1);
	nest = pdcp_msg_nest_begin(h, IFLA_LINKINFO);
	pdcp_msg_put(h, IFLA_INFO_KIND, LINK_KIND, sizeof(LINK_KIND));
	pdcp_msg_nest_end(h, nest);
	return pdcp_msg_exchange_route(h, NULL, NULL);
}

int pdcp_link_del(struct pdcp *h, uint32_t ifindex)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC, .ifi_index = ifindex };

	link_begin(h, RTM_DELLINK, 0, &info);
	return pdcp_msg_exchange_route(h, NULL, NULL);
}

int pdcp_link_set_up(struct pdcp *h, uint32_t ifindex, bool up)
{
	struct ifinfomsg info = {
		.ifi_family = AF_UNSPEC,
		.ifi_index = ifindex,
		.ifi_flags = up ? IFF_UP : 0,
		.ifi_change = IFF_UP,
	};

	link_begin(h, RTM_NEWLINK, 0, &info);
	return pdcp_msg_exchange_route(h, NULL, NULL);
}

int pdcp_link_index(struct pdcp *h, const char *name)
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC };
	struct link link = { 0 };
	int ret;

	link_begin(h, RTM_GETLINK, 0, &info);
	pdcp_msg_put(h, IFLA_IFNAME, name, strlen(name) + 1);
	ret = pdcp_msg_exchange_route(h, link_parse, &link);
	if (ret == -ENODEV || ret == -ERANGE || ret == -EINVAL)
		return pdcp_error_set(h, -ENODEV, "no device %s", name);
	if (ret)
		return ret;
	if (strcmp(link.kind, LINK_KIND))
		return pdcp_error_set(h, -EINVAL, "%s is not a pdcp device", name);
	return link.ifindex;
}

int pdcp_link_name(struct pdcp *h, uint32_t ifindex, char name[16])
{
	struct ifinfomsg info = { .ifi_family = AF_UNSPEC, .ifi_index = ifindex };
	struct link link = { 0 };
	int ret;

	link_begin(h, RTM_GETLINK, 0, &info);
	ret = pdcp_msg_exchange_route(h, link_parse, &link);
	if (!ret)
		memcpy(name, link.name, sizeof(link.name));
	return ret;
}
