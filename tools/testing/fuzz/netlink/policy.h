/* SPDX-License-Identifier: GPL-2.0 */
/* What the generated policies use of the kernel's headers, for user space. */
#ifndef _PDCP_FUZZ_POLICY_H
#define _PDCP_FUZZ_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct genl_info;
struct netlink_callback;
struct sk_buff;

enum nla_type {
	NLA_UNSPEC,
	NLA_U8,
	NLA_U16,
	NLA_U32,
	NLA_UINT,
	NLA_FLAG,
	NLA_BINARY,
	NLA_NESTED,
};

struct netlink_range_validation {
	uint64_t min;
	uint64_t max;
};

/* @len: of NLA_BINARY, 0 if it may vary; @num: highest type of @nested */
struct nla_policy {
	enum nla_type type;
	bool limited;
	struct netlink_range_validation limits;
	const struct netlink_range_validation *range;
	const struct nla_policy *nested;
	unsigned int num;
	size_t len;
};

#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define NLA_POLICY_RANGE(_type, _min, _max) \
	{ .type = (_type), .limited = true, .limits = { (_min), (_max) } }
#define NLA_POLICY_MAX(type, max) NLA_POLICY_RANGE(type, 0, max)
#define NLA_POLICY_MASK(type, mask) NLA_POLICY_RANGE(type, 0, mask)
#define NLA_POLICY_MIN(type, min) NLA_POLICY_RANGE(type, min, 0xffff)
#define NLA_POLICY_FULL_RANGE(_type, _range) { .type = (_type), .range = (_range) }
#define NLA_POLICY_EXACT_LEN(_len) { .type = NLA_BINARY, .len = (_len) }
#define NLA_POLICY_NESTED(policy) \
	{ .type = NLA_NESTED, .nested = (policy), .num = sizeof(policy) / sizeof((policy)[0]) - 1 }

enum {
	GENL_ADMIN_PERM = 1,
	GENL_CMD_CAP_DO = 2,
	GENL_CMD_CAP_DUMP = 4,
};

struct genl_split_ops {
	uint8_t cmd;
	uint8_t flags;
	const struct nla_policy *policy;
	unsigned int maxattr;
};

struct genl_multicast_group {
	const char *name;
};

#define THIS_MODULE NULL
#define __ro_after_init

struct genl_family {
	const char *name;
	unsigned int version;
	bool netnsok;
	bool parallel_ops;
	void *module;
	const struct genl_split_ops *split_ops;
	size_t n_split_ops;
	const struct genl_multicast_group *mcgrps;
	size_t n_mcgrps;
};

extern struct genl_family pdcp_nl_family;

#endif /* _PDCP_FUZZ_POLICY_H */
