// SPDX-License-Identifier: GPL-2.0

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <linux/genetlink.h>

#include "lib.h"

/* Attribute of the request that an extack points at. */
struct culprit {
	const struct attr_set *set;	/* of what it nests, or NULL */
	char path[128];			/* names from the outermost nest, with dots */
	const char *leaf;		/* last name in @path */
	bool many;			/* one of several alike is in @path */
};

/* What an extack says. */
struct report {
	const char *text;
	const struct nlattr *policy;
	bool has_offset;
	bool has_missing;
	uint32_t offset;
	uint32_t missing;
	uint32_t missing_nest;		/* offset of a nest, 0 for none */
};

const char *pdcp_error(const struct pdcp *h)
{
	return h->error;
}

const char *pdcp_strerror(int err)
{
	if (err < 0)
		err = -err;
	return err == EPROTONOSUPPORT ? "the pdcp module is not loaded" : strerror(err);
}

void pdcp_error_clear(struct pdcp *h)
{
	h->error[0] = '\0';
}

int pdcp_error_set(struct pdcp *h, int err, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(h->error, sizeof(h->error), format, args);
	va_end(args);
	return err;
}

static const struct attr_name *attr_name(const struct attr_set *set, uint16_t type)
{
	return set && type < set->count && set->attrs[type].name ? &set->attrs[type] : NULL;
}

static void culprit_append(struct culprit *culprit, const struct attr_name *name, uint16_t type)
{
	size_t used = strlen(culprit->path);
	char *end = culprit->path + used;
	size_t room = sizeof(culprit->path) - used;
	const char *dot = used ? "." : "";

	if (name)
		snprintf(end, room, "%s%s", dot, name->name);
	else
		snprintf(end, room, "%sattribute %u", dot, type);
	culprit->leaf = name ? name->name : end + strlen(dot);
	culprit->set = name ? name->nested : NULL;
}

/* If @payload has several of the type of @which, say which of them it is: "bearer[2]". */
static void culprit_count(struct culprit *culprit, const struct nlattr *which,
			  const void *payload, size_t len)
{
	size_t used = strlen(culprit->path);
	const struct nlattr *attr;
	unsigned int index = 0;
	unsigned int all = 0;

	mnl_attr_for_each_payload(payload, len) {
		all += mnl_attr_get_type(attr) == mnl_attr_get_type(which);
		if (attr == which)
			index = all;
	}
	if (all < 2)
		return;
	culprit->many = true;
	snprintf(culprit->path + used, sizeof(culprit->path) - used, "[%u]", index);
}

/* Walk down the attributes at @payload to the one at @offset of the request. */
static void culprit_find(struct culprit *culprit, const struct nlmsghdr *msg, uint32_t offset,
			 const void *payload, size_t len)
{
	const struct attr_set *set = culprit->set;
	const struct attr_name *name;
	const struct nlattr *attr;
	uint32_t begin;
	uint16_t type;

	mnl_attr_for_each_payload(payload, len) {
		begin = (const char *)attr - (const char *)msg;
		if (offset >= begin && offset < begin + MNL_ALIGN(attr->nla_len))
			goto found;
	}
	return;
found:
	type = mnl_attr_get_type(attr);
	name = attr_name(set, type);
	culprit_append(culprit, name, type);
	if (name && name->multi)
		culprit_count(culprit, attr, payload, len);
	if (offset != begin && culprit->set)
		culprit_find(culprit, msg, offset, mnl_attr_get_payload(attr),
			     mnl_attr_get_payload_len(attr));
}

static void culprit_init(struct culprit *culprit, const struct nlmsghdr *msg, uint32_t offset,
			 const struct attr_set *set)
{
	culprit->set = set;
	culprit->path[0] = '\0';
	culprit->leaf = culprit->path;
	culprit->many = false;
	if (offset)
		culprit_find(culprit, msg, offset,
			     mnl_nlmsg_get_payload_offset(msg, GENL_HDRLEN),
			     mnl_nlmsg_get_payload_len(msg) - GENL_HDRLEN);
}

static bool is_word(int c)
{
	return isalnum(c) || c == '-';
}

/* Whether @text has @word as a word of its own. */
static bool mentions(const char *text, const char *word)
{
	size_t len = strlen(word);
	const char *at = text;

	while (len && (at = strstr(at, word))) {
		if ((at == text || !is_word(at[-1])) && !is_word(at[len]))
			return true;
		at += len;
	}
	return false;
}

/* Whether @text begins with a name and a colon, as the module's own messages do. */
static bool names_culprit(const char *text)
{
	size_t len = 0;

	while (is_word(text[len]))
		len++;
	return len && text[len] == ':';
}

/* Whether @text begins with @name and a colon. */
static bool begins_with(const char *text, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(text, name, len) && text[len] == ':';
}

/* ", 1 to 32" if the policy of the attribute has such bounds. */
static void range_format(const struct nlattr *policy, char *text, size_t size)
{
	const struct nlattr *attr, *min = NULL, *max = NULL;

	text[0] = '\0';
	if (!policy)
		return;
	mnl_attr_for_each_nested(attr, policy) {
		if (mnl_attr_get_payload_len(attr) != sizeof(uint64_t))
			continue;
		if (mnl_attr_get_type(attr) == NL_POLICY_TYPE_ATTR_MIN_VALUE_U)
			min = attr;
		if (mnl_attr_get_type(attr) == NL_POLICY_TYPE_ATTR_MAX_VALUE_U)
			max = attr;
	}
	if (min && max)
		snprintf(text, size, ", %llu to %llu",
			 (unsigned long long)mnl_attr_get_u64(min),
			 (unsigned long long)mnl_attr_get_u64(max));
}

static void report_parse(struct report *report, const void *tlvs, size_t len)
{
	const struct nlattr *attr;
	bool u32;

	memset(report, 0, sizeof(*report));
	mnl_attr_for_each_payload(tlvs, len) {
		u32 = mnl_attr_get_payload_len(attr) == sizeof(uint32_t);
		switch (mnl_attr_get_type(attr)) {
		case NLMSGERR_ATTR_MSG:
			if (mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
				report->text = mnl_attr_get_str(attr);
			break;
		case NLMSGERR_ATTR_OFFS:
			report->has_offset = u32;
			report->offset = u32 ? mnl_attr_get_u32(attr) : 0;
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			report->has_missing = u32;
			report->missing = u32 ? mnl_attr_get_u32(attr) : 0;
			break;
		case NLMSGERR_ATTR_MISS_NEST:
			report->missing_nest = u32 ? mnl_attr_get_u32(attr) : 0;
			break;
		case NLMSGERR_ATTR_POLICY:
			report->policy = attr;
			break;
		}
	}
}

int pdcp_error_extack(struct pdcp *h, int err, const void *tlvs, size_t len,
		      const struct attr_set *set)
{
	struct culprit culprit;
	struct report report;
	const char *text;
	char range[64];

	report_parse(&report, tlvs, len);
	text = report.text ? report.text : pdcp_strerror(err);
	if (!set)
		return pdcp_error_set(h, err, "%s", text);

	if (report.has_missing) {
		culprit_init(&culprit, h->msg, report.missing_nest, set);
		culprit_append(&culprit, attr_name(culprit.set, report.missing), report.missing);
		if (!report.text)
			return pdcp_error_set(h, err, "%s is missing", culprit.path);
		if (mentions(text, culprit.leaf))
			return pdcp_error_set(h, err, "%s", text);
		return pdcp_error_set(h, err, "%s: %s", culprit.path, text);
	}
	if (report.has_offset) {
		culprit_init(&culprit, h->msg, report.offset, set);
		range_format(report.policy, range, sizeof(range));
		if (culprit.many && begins_with(text, culprit.leaf))
			return pdcp_error_set(h, err, "%s%s", culprit.path,
					      text + strlen(culprit.leaf));
		if (culprit.path[0] && !names_culprit(text) && !mentions(text, culprit.leaf))
			return pdcp_error_set(h, err, "%s: %s%s", culprit.path, text, range);
	}
	return pdcp_error_set(h, err, "%s", text);
}
