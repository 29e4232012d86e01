// SPDX-License-Identifier: GPL-2.0
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/socket.h>
#include <net/ipv6.h>

#include "netlink/nl.h"
#include "pdcp/leg.h"

static bool usable_v4(__be32 addr)
{
	return !ipv4_is_zeronet(addr) && !ipv4_is_multicast(addr) &&
	       !ipv4_is_lbcast(addr);
}

static bool usable_v6(const struct in6_addr *addr)
{
	return !ipv6_addr_any(addr) && !ipv6_addr_is_multicast(addr) &&
	       !ipv6_addr_v4mapped(addr);
}

/**
 * pdcp_nl_parse_address - read an address of one host
 * @attr: 4 or 16 octets, network byte order
 * @name: of the attribute
 * @address: result
 * @extack: why not
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_nl_parse_address(const struct nlattr *attr, const char *name,
			  struct pdcp_address *address,
			  struct netlink_ext_ack *extack)
{
	bool usable;

	switch (nla_len(attr)) {
	case sizeof(struct in_addr):
		address->family = AF_INET;
		ipv6_addr_set_v4mapped(nla_get_in_addr(attr), &address->v6);
		usable = usable_v4(nla_get_in_addr(attr));
		break;
	case sizeof(struct in6_addr):
		address->family = AF_INET6;
		address->v6 = nla_get_in6_addr(attr);
		usable = usable_v6(&address->v6);
		break;
	default:
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr, "%s: 4 or 16 octets", name);
		return -EINVAL;
	}
	if (!usable) {
		NL_SET_ERR_MSG_ATTR_FMT(extack, attr, "%s: not an address of one host", name);
		return -EINVAL;
	}
	return 0;
}

/**
 * pdcp_nl_put_address - put an address
 * @skb: reply
 * @type: attribute
 * @address: IPv4 or IPv6
 *
 * Return: 0 or -EMSGSIZE.
 */
int pdcp_nl_put_address(struct sk_buff *skb, int type,
			const struct pdcp_address *address)
{
	if (address->family == AF_INET)
		return nla_put_in_addr(skb, type, address->v6.s6_addr32[3]);
	return nla_put_in6_addr(skb, type, &address->v6);
}
