// SPDX-License-Identifier: GPL-2.0

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "keyfile.h"
#include "output.h"

static const char what[] = "key file";

/* Members of a file with the keys of a security set. */
static const struct {
	const char *name;
	enum pdcp_key given;
	size_t offset;
} key_names[] = {
	{ "rrc-enc", PDCP_KEY_RRC_ENC, offsetof(struct pdcp_keys, rrc_enc) },
	{ "rrc-int", PDCP_KEY_RRC_INT, offsetof(struct pdcp_keys, rrc_int) },
	{ "up-enc", PDCP_KEY_UP_ENC, offsetof(struct pdcp_keys, up_enc) },
	{ "up-int", PDCP_KEY_UP_INT, offsetof(struct pdcp_keys, up_int) },
};

static const struct {
	const char *name;
	enum key256_kind kind;
} kind_names[] = {
	{ "kamf", KEY256_KAMF },
	{ "kgnb", KEY256_KGNB },
	{ "kgnb-star", KEY256_KGNB_STAR },
	{ "nh", KEY256_NH },
};

/* Take one member. Return: what is wrong with it, or NULL. */
static const char *key_take(struct pdcp_keys *keys, const char *name, const json_t *value)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(key_names); i++) {
		if (strcmp(key_names[i].name, name))
			continue;
		if (!secret_get(value, (uint8_t *)keys + key_names[i].offset, PDCP_KEY_LEN))
			return "is not a string of 32 hexadecimal digits";
		keys->given |= key_names[i].given;
		return NULL;
	}
	return "is not one of rrc-enc, rrc-int, up-enc, up-int";
}

void keys_parse(struct pdcp_keys *keys, const char *name, const json_t *object)
{
	const char *member, *wrong;
	json_t *value;

	json_object_foreach((json_t *)object, member, value) {
		wrong = key_take(keys, member, value);
		if (wrong)
			usage_error("%s \"%s\": member \"%.16s\" %s", what, name, member, wrong);
	}
}

struct pdcp_keys *keyfile_read(const char *name)
{
	struct pdcp_keys *keys = secret_new(sizeof(*keys));
	json_t *object = secret_read(what, name);

	keys_parse(keys, name, object);
	json_decref(object);
	return keys;
}

void keyfile_write(const char *name, const struct pdcp_keys *keys, bool replace)
{
	json_t *object = json_object();
	size_t i;

	for (i = 0; i < ARRAY_SIZE(key_names); i++)
		secret_set(object, key_names[i].name, (const uint8_t *)keys + key_names[i].offset,
			   PDCP_KEY_LEN);
	secret_write(what, name, object, replace);
}

const char *key256_name(enum key256_kind kind)
{
	size_t i;

	for (i = 0; kind_names[i].kind != kind; i++)
		;
	return kind_names[i].name;
}

/* "a, b or c" of @kinds. */
static void kinds_join(unsigned int kinds, char *text, size_t size)
{
	const char *separator = "";
	size_t i, used = 0;

	for (i = 0; i < ARRAY_SIZE(kind_names); i++) {
		if (!(kinds & kind_names[i].kind))
			continue;
		kinds &= ~kind_names[i].kind;
		if (used)
			separator = kinds ? ", " : " or ";
		used += snprintf(text + used, size - used, "%s%s", separator, kind_names[i].name);
	}
}

bool key256_is(const json_t *object)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kind_names); i++) {
		if (json_object_get(object, kind_names[i].name))
			return true;
	}
	return false;
}

static void ncc_parse(struct key256 *key, const char *name, const json_t *value)
{
	json_int_t ncc = json_integer_value(value);

	if (key->kind == KEY256_KAMF) {
		if (value)
			usage_error("%s \"%s\": a kamf has no member \"ncc\"", what, name);
		return;
	}
	if (!json_is_integer(value) || ncc < 0 || ncc > PDCP_NCC_MAX)
		usage_error("%s \"%s\": member \"ncc\" is not a number from 0 to 7", what, name);
	key->ncc = ncc;
	if (key->kind == KEY256_KGNB && ncc)
		usage_error("%s \"%s\": the NCC of a kgnb is 0, of a kgnb-star any", what, name);
}

void key256_parse(struct key256 *key, const char *name, const json_t *object, unsigned int kinds)
{
	const json_t *ncc = json_object_get(object, "ncc");
	const json_t *value = NULL;
	char wanted[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kind_names) && !value; i++) {
		key->kind = kind_names[i].kind;
		if (kinds & key->kind)
			value = json_object_get(object, kind_names[i].name);
	}
	if (!value || json_object_size(object) != (ncc ? 2 : 1)) {
		kinds_join(kinds, wanted, sizeof(wanted));
		usage_error("%s \"%s\" does not hold one key that is %s", what, name, wanted);
	}
	if (!secret_get(value, key->key.octets, sizeof(key->key.octets)))
		usage_error("%s \"%s\": member \"%s\" is not a string of 64 hexadecimal digits",
			    what, name, key256_name(key->kind));
	ncc_parse(key, name, ncc);
}

struct key256 *key256_read(const char *name, unsigned int kinds)
{
	struct key256 *key = secret_new(sizeof(*key));
	json_t *object = secret_read(what, name);

	key256_parse(key, name, object, kinds);
	json_decref(object);
	return key;
}

void key256_write(const char *name, const struct key256 *key, bool replace)
{
	json_t *object = json_object();

	secret_set(object, key256_name(key->kind), key->key.octets, sizeof(key->key.octets));
	if (key->kind != KEY256_KAMF)
		object_set(object, "ncc", json_integer(key->ncc));
	secret_write(what, name, object, replace);
}
