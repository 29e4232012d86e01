// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hex.h"
#include "output.h"

[[gnu::noreturn]]
static void memory_error(void)
{
	fputs("Error: out of memory.\n", stderr);
	ctl_exit(EXIT_REFUSED);
}

void object_set(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		memory_error();
}

void array_add(json_t *array, json_t *object)
{
	if (json_array_append_new(array, object))
		memory_error();
}

void object_set_name(json_t *object, const char *key, const struct pdcp_names *names,
		     unsigned int value)
{
	const char *name = pdcp_name(names, value);

	object_set(object, key, name ? json_string(name) : json_integer(value));
}

void object_set_flags(json_t *object, const char *key, const struct pdcp_names *names,
		      uint32_t flags)
{
	json_t *array = json_array();
	const char *name;
	unsigned int i;

	for (i = 0; i < 32; i++) {
		name = pdcp_name(names, i);
		if (flags & (UINT32_C(1) << i))
			array_add(array, name ? json_string(name) : json_integer(i));
	}
	object_set(object, key, array);
}

void object_set_address(json_t *object, const char *key, const struct pdcp_addr *addr)
{
	char text[PDCP_ADDR_STRLEN];

	if (addr->len)
		object_set(object, key, json_string(pdcp_addr_format(addr, text)));
}

void object_set_octets(json_t *object, const char *key, const uint8_t *octets, size_t len)
{
	char *text = malloc(2 * len + 1);

	if (!text)
		memory_error();
	hex_format(octets, len, text);
	object_set(object, key, json_stringn(text, 2 * len));
	free(text);
}

void object_set_drops(json_t *object, const struct pdcp_drops *drops)
{
	json_t *counters = json_object();
	char number[16];
	const char *name;
	unsigned int i;

	for (i = 0; i < PDCP_DROPS_MAX; i++) {
		if (!drops->packets[i])
			continue;
		name = pdcp_name(&pdcp_drop_reason_names, i);
		snprintf(number, sizeof(number), "reason-%u", i);
		object_set(counters, name ? name : number, json_integer(drops->packets[i]));
	}
	object_set(object, "drop", counters);
}

void object_set_dev(json_t *object, struct ctl *ctl, uint32_t ifindex)
{
	char name[16];

	if (pdcp_link_name(ctl->h, ifindex, name))
		snprintf(name, sizeof(name), "if%u", ifindex);
	object_set(object, "dev", json_string(name));
}

void object_set_bearer(json_t *object, struct ctl *ctl, const struct pdcp_bearer_id *id)
{
	object_set_dev(object, ctl, id->ifindex);
	object_set(object, "ue", json_integer(id->ue));
	object_set_name(object, "type", &pdcp_bearer_type_names, id->type);
	object_set(object, "id", json_integer(id->id));
}

static void text_array(FILE *out, const json_t *array)
{
	const json_t *value;
	size_t i;

	json_array_foreach(array, i, value) {
		if (i)
			fputc(',', out);
		text_value(out, value);
	}
}

void text_value(FILE *out, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		fputs(json_string_value(value), out);
		break;
	case JSON_INTEGER:
		fprintf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		fprintf(out, "%g", json_real_value(value));
		break;
	case JSON_ARRAY:
		text_array(out, value);
		break;
	default:
		fputs(json_is_true(value) ? "on" : "off", out);
	}
}

/* Cut the next word off @words. Return: its length, 0 at the end. */
static size_t word_next(const char **words, char *word, size_t size)
{
	size_t len;

	*words += strspn(*words, " ");
	len = strcspn(*words, " ");
	snprintf(word, size, "%.*s", (int)len, *words);
	*words += len;
	return len;
}

static bool is_shown(const json_t *value)
{
	return value && !(json_is_array(value) && !json_array_size(value));
}

static bool has_members(const json_t *object, const char *keys)
{
	char key[32];

	while (word_next(&keys, key, sizeof(key))) {
		if (is_shown(json_object_get(object, key)))
			return true;
	}
	return false;
}

void text_members(FILE *out, const json_t *object, const char *keys)
{
	const json_t *value;
	char key[32];

	while (word_next(&keys, key, sizeof(key))) {
		value = json_object_get(object, key);
		if (!is_shown(value))
			continue;
		fprintf(out, " %s ", key);
		text_value(out, value);
	}
}

void text_lines(FILE *out, const json_t *object, const char *indent, const char *const *lines,
		unsigned int count)
{
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!has_members(object, lines[i]))
			continue;
		fputs(indent, out);
		text_members(out, object, lines[i]);
		fputc('\n', out);
	}
}

void text_teid(FILE *out, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (value)
		fprintf(out, " %s 0x%08llx", key, (unsigned long long)json_integer_value(value));
}

void text_bearer(FILE *out, const json_t *object)
{
	text_value(out, json_object_get(object, "type"));
	fputc(' ', out);
	text_value(out, json_object_get(object, "id"));
	text_members(out, object, "dev ue");
}

void text_drops(FILE *out, const json_t *object)
{
	json_t *drops = json_object_get(object, "drop");
	const char *reason;
	json_t *packets;

	if (!json_object_size(drops))
		return;
	fputs("    drop", out);
	json_object_foreach(drops, reason, packets) {
		fprintf(out, " %s ", reason);
		text_value(out, packets);
	}
	fputc('\n', out);
}

static char *array_text(const json_t *array, text_fn *text)
{
	const json_t *object;
	char *buffer = NULL;
	size_t i, len;
	FILE *out;

	out = open_memstream(&buffer, &len);
	if (!out)
		memory_error();
	json_array_foreach(array, i, object)
		text(out, object);
	if (fclose(out))
		memory_error();
	return buffer;
}

/* Not json_dumps(), whose result belongs to the JSON library's allocator. */
static char *json_text(const json_t *json, size_t flags)
{
	size_t len = json_dumpb(json, NULL, 0, flags);
	char *text = len ? malloc(len + 1) : NULL;

	if (!text || json_dumpb(json, text, len, flags) != len)
		memory_error();
	text[len] = '\0';
	return text;
}

static int buffer_write(char *buffer, const char *end)
{
	int ret;

	if (!buffer)
		memory_error();
	ret = fputs(buffer, stdout) < 0 || fputs(end, stdout) < 0 || fflush(stdout);
	if (ret)
		fprintf(stderr, "Error: standard output: %s.\n", strerror(errno));
	free(buffer);
	return ret ? EXIT_USAGE : EXIT_SUCCESS;
}

int output_array(const struct ctl *ctl, json_t *array, text_fn *text)
{
	size_t flags = ctl->pretty ? JSON_INDENT(4) : JSON_COMPACT;
	int status;

	if (ctl->json)
		status = buffer_write(json_text(array, flags), "\n");
	else
		status = buffer_write(array_text(array, text), "");
	json_decref(array);
	return status;
}

int output_line(const struct ctl *ctl, const json_t *object, text_fn *text)
{
	char *buffer = NULL;
	size_t len;
	FILE *out;

	if (ctl->json)
		return buffer_write(json_text(object, JSON_COMPACT), "\n");
	out = open_memstream(&buffer, &len);
	if (!out)
		memory_error();
	text(out, object);
	if (fclose(out))
		memory_error();
	return buffer_write(buffer, "");
}
