// SPDX-License-Identifier: GPL-2.0

#include <string.h>

#include "lib.h"

static void field_put(struct pdcp *h, const struct field *field, const char *value)
{
	switch (field->kind) {
	case FIELD_INT:
		pdcp_msg_put(h, field->attr, value, field->size);
		break;
	case FIELD_FLAG:
		if (*(const bool *)value)
			pdcp_msg_put(h, field->attr, NULL, 0);
		break;
	case FIELD_STRING:
		pdcp_msg_put(h, field->attr, value, strlen(value) + 1);
		break;
	}
}

void pdcp_fields_put(struct pdcp *h, const struct field *fields, size_t count,
		     const void *object, uint64_t has)
{
	const struct field *field;

	for (field = fields; field < fields + count; field++) {
		if (has & PDCP_HAS(field->attr))
			field_put(h, field, (const char *)object + field->offset);
	}
}

/* A counter has 4 octets while that is enough (type uint of the specification). */
static bool integer_get(const struct nlattr *attr, char *value, size_t size)
{
	size_t len = mnl_attr_get_payload_len(attr);
	uint64_t wide;

	if (size == sizeof(wide) && len == sizeof(uint32_t)) {
		wide = mnl_attr_get_u32(attr);
		memcpy(value, &wide, sizeof(wide));
		return true;
	}
	if (len != size)
		return false;
	memcpy(value, mnl_attr_get_payload(attr), len);
	return true;
}

static bool field_get(const struct nlattr *attr, const struct field *field, char *value)
{
	size_t len = mnl_attr_get_payload_len(attr);

	switch (field->kind) {
	case FIELD_INT:
		return integer_get(attr, value, field->size);
	case FIELD_FLAG:
		*(bool *)value = true;
		return true;
	case FIELD_STRING:
		if (len >= field->size)
			len = field->size - 1;
		memcpy(value, mnl_attr_get_payload(attr), len);
		value[len] = '\0';
		return true;
	}
	return false;
}

bool pdcp_fields_get(const struct nlattr *attr, const struct field *fields, size_t count,
		     void *object, uint64_t *has)
{
	uint16_t type = mnl_attr_get_type(attr);
	const struct field *field;

	for (field = fields; field < fields + count; field++) {
		if (field->attr != type)
			continue;
		if (!field_get(attr, field, (char *)object + field->offset))
			return false;
		*has |= PDCP_HAS(type);
		return true;
	}
	return false;
}
