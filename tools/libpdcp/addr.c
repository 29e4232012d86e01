// SPDX-License-Identifier: GPL-2.0

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>

#include "lib.h"

enum {
	IPV4_LEN = 4,
	IPV6_LEN = 16,
};

int pdcp_addr_parse(const char *text, struct pdcp_addr *addr)
{
	int family = strchr(text, ':') ? AF_INET6 : AF_INET;

	if (inet_pton(family, text, addr->octets) != 1)
		return -EINVAL;
	addr->len = family == AF_INET6 ? IPV6_LEN : IPV4_LEN;
	return 0;
}

const char *pdcp_addr_format(const struct pdcp_addr *addr, char text[PDCP_ADDR_STRLEN])
{
	text[0] = '\0';
	if (addr->len)
		inet_ntop(addr->len == IPV6_LEN ? AF_INET6 : AF_INET, addr->octets, text,
			  PDCP_ADDR_STRLEN);
	return text;
}

void pdcp_addr_put(struct pdcp *h, uint16_t attr, const struct pdcp_addr *addr)
{
	if (addr->len)
		pdcp_msg_put(h, attr, addr->octets, addr->len);
}

void pdcp_addr_get(const struct nlattr *attr, struct pdcp_addr *addr)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (len != IPV4_LEN && len != IPV6_LEN)
		return;
	memcpy(addr->octets, mnl_attr_get_payload(attr), len);
	addr->len = len;
}
