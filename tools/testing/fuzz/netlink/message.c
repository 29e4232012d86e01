// SPDX-License-Identifier: GPL-2.0
#include "message.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <string.h>

#include "testing/random.h"

enum {
	WILD_ATTRS = 10,		/* one attribute in so many */
	DEPTH_MAX = 3,
	ATTRS_MAX = 256,
};

uint32_t pick(struct message *m, uint32_t below)
{
	return random_pick(&m->random, below);
}

static void put_exactly(struct message *m, uint16_t type, const void *data, size_t len)
{
	struct nlattr attr = { .nla_len = NLA_HDRLEN + len, .nla_type = type };

	if (m->len + NLA_HDRLEN + NLA_ALIGN(len) > MESSAGE_MAX)
		return;
	memcpy(m->buf + m->len, &attr, sizeof(attr));
	memset(m->buf + m->len + NLA_HDRLEN, 0, NLA_ALIGN(len));
	if (len)
		memcpy(m->buf + m->len + NLA_HDRLEN, data, len);
	m->len += NLA_HDRLEN + NLA_ALIGN(len);
}

static void put_noise(struct message *m, uint16_t type, size_t len)
{
	uint8_t noise[512];

	random_fill(&m->random, noise, len);
	put_exactly(m, type, noise, len);
}

/* Numbers that mean something somewhere, or nothing. */
static uint64_t number(struct message *m)
{
	static const uint32_t numbers[] = {
		0, 1, 2, 3, 12, 18, 31, 32, 33, 0xff, 0xfff, 0x10000, 0x3ffff, 0x7fffffff,
		0xfffffffe, 0xffffffff,
	};

	if (pick(m, 4))
		return numbers[pick(m, ARRAY_SIZE(numbers))];
	return random_next(&m->random) >> pick(m, 64);
}

/* One within its limits, two times of three. */
static uint64_t number_of(struct message *m, const struct nla_policy *policy)
{
	const struct netlink_range_validation *range = policy->range ?: &policy->limits;

	if ((policy->limited || policy->range) && pick(m, 3))
		return range->min + random_next(&m->random) % (range->max - range->min + 1);
	return number(m);
}

static void put_by(struct message *m, uint16_t type, const struct nla_policy *policy, int depth)
{
	static const size_t lengths[] = { 0, 1, 4, 15, 16, 17, 40, 300 };
	uint64_t value = number_of(m, policy);
	size_t nest;

	switch (policy->type) {
	case NLA_UNSPEC:
		put_noise(m, type, pick(m, 20));
		break;
	case NLA_U8:
		put_exactly(m, type, &value, 1);
		break;
	case NLA_U16:
		put_exactly(m, type, &value, 2);
		break;
	case NLA_U32:
		put_exactly(m, type, &value, 4);
		break;
	case NLA_UINT:
		put_exactly(m, type, &value, pick(m, 2) ? 4 : 8);
		break;
	case NLA_FLAG:
		put_exactly(m, type, NULL, 0);
		break;
	case NLA_BINARY:
		put_noise(m, type, policy->len && pick(m, 4) ? policy->len :
			  lengths[pick(m, ARRAY_SIZE(lengths))]);
		break;
	case NLA_NESTED:
		nest = nest_begin(m, type);
		while (depth < DEPTH_MAX && pick(m, 4)) {
			uint16_t inner = 1 + pick(m, policy->num);

			put_by(m, inner, &policy->nested[inner], depth + 1);
		}
		nest_end(m, nest);
		break;
	}
}

/* Any attribute of a policy, with any value. */
void put_by_policy(struct message *m, const struct nla_policy *policy, unsigned int maxattr)
{
	uint16_t type = pick(m, maxattr + 2);

	if (!policy || type > maxattr)
		put_noise(m, type, pick(m, 20));
	else
		put_by(m, type, &policy[type], 0);
}

/* An attribute as given, if the message is to be right. */
void put(struct message *m, uint16_t type, const void *data, size_t len)
{
	if (!m->wild || pick(m, WILD_ATTRS)) {
		put_exactly(m, type, data, len);
		return;
	}
	switch (pick(m, 4)) {
	case 0:
		put_exactly(m, type, data, len);
		put_exactly(m, type, data, len);
		break;
	case 1:
		put_by_policy(m, m->op->policy, m->op->maxattr);
		break;
	case 2:
		put_noise(m, type, len);
		break;
	}
}

void put_u8(struct message *m, uint16_t type, uint8_t value)
{
	put(m, type, &value, sizeof(value));
}

void put_u32(struct message *m, uint16_t type, uint32_t value)
{
	put(m, type, &value, sizeof(value));
}

size_t nest_begin(struct message *m, uint16_t type)
{
	size_t nest = m->len;

	put_exactly(m, type | (m->wild && !pick(m, WILD_ATTRS) ? 0 : NLA_F_NESTED), NULL, 0);
	return nest;
}

void nest_end(struct message *m, size_t nest)
{
	struct nlattr *attr = (struct nlattr *)(m->buf + nest);

	if (m->len > nest)
		attr->nla_len = m->len - nest;
}

void message_begin(struct message *m, uint16_t family, uint32_t seq)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)m->buf;
	struct genlmsghdr *genl = NLMSG_DATA(nlh);

	*nlh = (struct nlmsghdr){
		.nlmsg_type = family,
		.nlmsg_flags = NLM_F_REQUEST | (m->op->flags & GENL_CMD_CAP_DUMP ? NLM_F_DUMP :
						NLM_F_ACK),
		.nlmsg_seq = seq,
	};
	*genl = (struct genlmsghdr){
		.cmd = m->op->cmd,
		.version = pdcp_nl_family.version,
	};
	m->len = NLMSG_HDRLEN + GENL_HDRLEN;
}

void message_end(struct message *m)
{
	((struct nlmsghdr *)m->buf)->nlmsg_len = m->len;
}

/* Attributes from @from to @end, and those in them if they look like it. */
static size_t find_attrs(struct message *m, size_t from, size_t end, size_t *attrs, size_t n,
			 int depth)
{
	while (from + NLA_HDRLEN <= end && n < ATTRS_MAX) {
		const struct nlattr *attr = (const struct nlattr *)(m->buf + from);

		if (attr->nla_len < NLA_HDRLEN || attr->nla_len > end - from)
			break;
		attrs[n++] = from;
		if (attr->nla_type & NLA_F_NESTED && depth < DEPTH_MAX)
			n = find_attrs(m, from + NLA_HDRLEN, from + attr->nla_len, attrs, n,
				       depth + 1);
		from += NLA_ALIGN(attr->nla_len);
	}
	return n;
}

/* Cuts @len octets out at @at; lengths that had counted them are wrong then. */
static void cut(struct message *m, size_t at, size_t len)
{
	if (len > m->len - at)
		len = m->len - at;
	memmove(m->buf + at, m->buf + at + len, m->len - at - len);
	m->len -= len;
}

static void spoil_attr(struct message *m, struct nlattr *attr, size_t at)
{
	switch (pick(m, 8)) {
	case 0:
		attr->nla_len = pick(m, 8);
		break;
	case 1:
		attr->nla_len += pick(m, 17) - 8;
		break;
	case 2:
		attr->nla_len = number(m);
		break;
	case 3:
		attr->nla_type ^= NLA_F_NESTED;
		break;
	case 4:
		attr->nla_type ^= NLA_F_NET_BYTEORDER;
		break;
	case 5:
		attr->nla_type = number(m);
		break;
	case 6:
		attr->nla_type = (attr->nla_type & NLA_F_NESTED) | (1 + pick(m, 50));
		break;
	case 7:
		cut(m, at, NLA_ALIGN(attr->nla_len));
		break;
	}
}

/* An attribute goes to the end, into what is last there, or comes from there. */
static void spoil_nesting(struct message *m, struct nlattr *attr, size_t at)
{
	size_t len = NLA_ALIGN(attr->nla_len);
	struct nlattr wrapper = { .nla_len = NLA_HDRLEN + attr->nla_len,
				  .nla_type = (attr->nla_type & NLA_TYPE_MASK) | NLA_F_NESTED };

	if (m->len + len + NLA_HDRLEN > MESSAGE_MAX || len > m->len - at)
		return;
	memmove(m->buf + m->len + NLA_HDRLEN, attr, len);
	memcpy(m->buf + m->len, &wrapper, sizeof(wrapper));
	m->len += NLA_HDRLEN + len;
}

static void spoil_header(struct message *m)
{
	struct nlmsghdr *nlh = (struct nlmsghdr *)m->buf;
	struct genlmsghdr *genl = NLMSG_DATA(nlh);

	switch (pick(m, 4)) {
	case 0:
		genl->cmd = pick(m, 48);
		break;
	case 1:
		genl->version = number(m);
		break;
	case 2:
		nlh->nlmsg_flags = number(m) | NLM_F_REQUEST;
		break;
	case 3:
		nlh->nlmsg_len = pick(m, 2) ? nlh->nlmsg_len + pick(m, 33) - 16 : number(m);
		break;
	}
}

/* One thing that nobody would do. */
void message_spoil(struct message *m)
{
	size_t body = NLMSG_HDRLEN + GENL_HDRLEN;
	size_t attrs[ATTRS_MAX];
	size_t n = find_attrs(m, body, m->len, attrs, 0, 0);
	size_t at = n ? attrs[pick(m, n)] : 0;

	switch (pick(m, 6)) {
	case 0:
		if (n)
			spoil_attr(m, (struct nlattr *)(m->buf + at), at);
		message_end(m);
		break;
	case 1:
		if (n)
			spoil_nesting(m, (struct nlattr *)(m->buf + at), at);
		message_end(m);
		break;
	case 2:
		spoil_header(m);
		break;
	case 3:
		m->len -= pick(m, m->len - NLMSG_HDRLEN + 1);
		message_end(m);
		break;
	case 4:
		if (m->len > body)
			m->buf[body + pick(m, m->len - body)] ^= 1 << pick(m, 8);
		break;
	case 5:
		put_by_policy(m, m->op->policy, m->op->maxattr);
		message_end(m);
		break;
	}
}
