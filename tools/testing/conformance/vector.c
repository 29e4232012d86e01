// SPDX-License-Identifier: GPL-2.0

#include <stdlib.h>
#include <string.h>

#include "vector.h"

enum {
	SRB_SN_BITS = 12,
	BEARER_MAX = 31,
	ALGORITHM_MAX = 3,
};

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Return: whether @json is a string of at most @size octets in hexadecimal. */
static bool octets_get(const json_t *json, uint8_t *at, size_t size, size_t *len)
{
	const char *text = json_string_value(json);
	int high, low;

	*len = 0;
	if (!text)
		return false;
	for (; *text; text += 2) {
		high = digit_value(text[0]);
		low = high < 0 ? -1 : digit_value(text[1]);
		if (low < 0 || *len == size)
			return false;
		at[(*len)++] = high << 4 | low;
	}
	return true;
}

static bool key_get(const json_t *json, uint8_t *key)
{
	size_t len;

	return octets_get(json, key, PDCP_KEY_LEN, &len) && len == PDCP_KEY_LEN;
}

/* Return: whether @json is a number from 0 to @max. */
static bool number_get(const json_t *json, uint8_t max, uint8_t *value)
{
	json_int_t number = json_integer_value(json);

	if (!json_is_integer(json) || number < 0 || number > max)
		return false;
	*value = number;
	return true;
}

/* COUNT is a number, or text in hexadecimal. */
static bool count_get(const json_t *json, uint32_t *count)
{
	const char *text = json_string_value(json);
	unsigned long long value;
	char *end;

	if (json_is_integer(json)) {
		if (json_integer_value(json) < 0 || json_integer_value(json) > UINT32_MAX)
			return false;
		*count = json_integer_value(json);
		return true;
	}
	if (!text || digit_value(*text) < 0)
		return false;
	value = strtoull(text, &end, 16);
	if (*end || value > UINT32_MAX)
		return false;
	*count = value;
	return true;
}

/* Header of 38.323 6.2.2, reserved bits 0. Return: its length. */
static size_t header_build(const struct vector *vector, uint8_t header[HEADER_MAX])
{
	uint32_t sn = vector->count & ((UINT32_C(1) << vector->sn_bits) - 1);
	uint8_t dc = vector->srb ? 0 : 0x80;
	size_t i = 0;

	if (vector->sn_bits == 12) {
		header[i++] = dc | sn >> 8;
	} else {
		header[i++] = dc | sn >> 16;
		header[i++] = sn >> 8;
	}
	header[i++] = sn;
	return i;
}

static const char *type_parse(const json_t *json, struct vector *vector)
{
	const char *type = json_string_value(json_object_get(json, "bearer_type"));

	if (!type || (strcmp(type, "srb") && strcmp(type, "drb")))
		return "bearer_type is neither srb nor drb";
	vector->srb = !strcmp(type, "srb");
	if (!number_get(json_object_get(json, "sn_bits"), 18, &vector->sn_bits) ||
	    (vector->sn_bits != 12 && vector->sn_bits != 18))
		return "sn_bits is neither 12 nor 18";
	if (vector->srb && vector->sn_bits != SRB_SN_BITS)
		return "an SRB has 12 bits of SN";
	if (!count_get(json_object_get(json, "count"), &vector->count))
		return "count is not a 32-bit value";
	if (vector->count == UINT32_MAX)
		return "count 0xffffffff, which nothing can follow";
	return NULL;
}

static const char *security_parse(const json_t *json, struct vector *vector)
{
	const json_t *nia = json_object_get(json, "nia");

	if (!number_get(json_object_get(json, "bearer"), BEARER_MAX, &vector->bearer))
		return "bearer is not 0 to 31";
	if (!number_get(json_object_get(json, "direction"), 1, &vector->direction))
		return "direction is neither 0 nor 1";
	if (!number_get(json_object_get(json, "nea"), ALGORITHM_MAX, &vector->nea))
		return "nea is not 0 to 3";
	if (!json_is_null(nia) && !number_get(nia, ALGORITHM_MAX, &vector->nia))
		return "nia is neither null nor 0 to 3";
	/* Without integrity protection the MAC-I of an SRB is zero, as with NIA0. */
	vector->integrity = vector->srb || !json_is_null(nia);
	if (vector->nea && !key_get(json_object_get(json, "kenc"), vector->kenc))
		return "kenc is not 16 octets";
	if (vector->nia && !key_get(json_object_get(json, "kint"), vector->kint))
		return "kint is not 16 octets";
	return NULL;
}

static const char *packet_parse(const json_t *json, struct vector *vector)
{
	const json_t *sdap = json_object_get(json, "sdap_octets");

	if (sdap && !number_get(sdap, 1, &vector->sdap))
		return "sdap_octets is neither 0 nor 1";
	if (vector->srb && vector->sdap)
		return "an SRB has no SDAP header";
	if (!octets_get(json_object_get(json, "data"), vector->data.at, PDCP_SDU_MAX,
			&vector->data.len) || !vector->data.len)
		return "data is not 1 to 9000 octets";
	if (!octets_get(json_object_get(json, "pdu"), vector->pdu.at, sizeof(vector->pdu.at),
			&vector->pdu.len) || !vector->pdu.len)
		return "pdu is not octets of a PDU";
	return NULL;
}

static const char *header_parse(const json_t *json, const struct vector *vector)
{
	const json_t *field = json_object_get(json, "header");
	uint8_t standard[HEADER_MAX], header[HEADER_MAX];
	size_t standard_len = header_build(vector, standard);
	size_t len = standard_len;

	memcpy(header, standard, len);
	if (field && !octets_get(field, header, sizeof(header), &len))
		return "header is not 2 or 3 octets";
	if (len != standard_len || memcmp(header, standard, len))
		return "header is not that of count, with reserved bits 0";
	if (vector->pdu.len < len || memcmp(vector->pdu.at, header, len))
		return "pdu does not begin with its header";
	return NULL;
}

const char *vector_parse(const json_t *json, struct vector *vector)
{
	const char *name = json_string_value(json_object_get(json, "name"));
	const char *reason;

	*vector = (struct vector){ .name = name ? name : "(no name)" };
	if (!json_is_object(json))
		return "not an object";
	reason = type_parse(json, vector);
	if (!reason)
		reason = security_parse(json, vector);
	if (!reason)
		reason = packet_parse(json, vector);
	if (!reason)
		reason = header_parse(json, vector);
	return reason;
}
