// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "hex.h"
#include "keyfile.h"

enum {
	/* Octets of the largest key file. */
	KEYFILE_SIZE = 4096,
};

/* Members of a key file. */
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

/* Memory of the JSON parser, with its size in front so that it can be erased. */
union block {
	size_t size;
	max_align_t align;
};

static void *erased_malloc(size_t size)
{
	union block *block = malloc(sizeof(*block) + size);

	if (!block)
		return NULL;
	block->size = size;
	return block + 1;
}

static void erased_free(void *memory)
{
	union block *block = memory;

	if (!memory)
		return;
	block--;
	explicit_bzero(memory, block->size);
	free(block);
}

static int keyfile_open(const char *name)
{
	struct stat stat;
	int fd;

	if (!strcmp(name, "-"))
		return STDIN_FILENO;
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &stat))
		usage_error("key file \"%s\": %s", name, strerror(errno));
	if (stat.st_mode & 077)
		usage_error("key file \"%s\" is open to others (mode %04o), chmod it to 0600", name,
			    stat.st_mode & 07777);
	return fd;
}

/* Fill @text, of KEYFILE_SIZE octets. Return: octets read. */
static size_t keyfile_load(int fd, const char *name, char *text)
{
	size_t len = 0;
	ssize_t ret;

	while (len < KEYFILE_SIZE) {
		ret = read(fd, text + len, KEYFILE_SIZE - len);
		if (ret < 0 && errno == EINTR)
			continue;
		if (ret < 0)
			usage_error("key file \"%s\": %s", name, strerror(errno));
		if (!ret)
			return len;
		len += ret;
	}
	usage_error("key file \"%s\" is too long", name);
}

/* Take one member. Return: what is wrong with it, or NULL. */
static const char *key_take(struct pdcp_keys *keys, const char *name, const json_t *value)
{
	const char *text = json_string_value(value);
	size_t i;

	for (i = 0; i < ARRAY_SIZE(key_names); i++) {
		if (strcmp(key_names[i].name, name))
			continue;
		if (!text || strlen(text) != 2 * PDCP_KEY_LEN ||
		    hex_parse(text, (uint8_t *)keys + key_names[i].offset, PDCP_KEY_LEN) !=
		    PDCP_KEY_LEN)
			return "is not a string of 32 hexadecimal digits";
		keys->given |= key_names[i].given;
		return NULL;
	}
	return "is not one of rrc-enc, rrc-int, up-enc, up-int";
}

static void keys_parse(struct pdcp_keys *keys, const char *file, const char *text, size_t len)
{
	const char *name, *wrong;
	json_error_t error;
	json_t *root, *value;

	root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		usage_error("key file \"%s\" is not JSON: line %d, column %d", file, error.line,
			    error.column);
	if (!json_is_object(root))
		usage_error("key file \"%s\" is not a JSON object", file);
	json_object_foreach(root, name, value) {
		wrong = key_take(keys, name, value);
		if (wrong)
			usage_error("key file \"%s\": member \"%.16s\" %s", file, name, wrong);
	}
	json_decref(root);
}

struct pdcp_keys *keyfile_read(const char *name)
{
	struct pdcp_keys *keys = pdcp_keys_new();
	char *text = mmap(NULL, KEYFILE_SIZE, PROT_READ | PROT_WRITE,
			  MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
	size_t len;
	int fd;

	if (!keys || text == MAP_FAILED || mlockall(MCL_CURRENT | MCL_FUTURE))
		usage_error("no locked memory for keys: %s", strerror(errno));
	json_set_alloc_funcs(erased_malloc, erased_free);
	fd = keyfile_open(name);
	len = keyfile_load(fd, name, text);
	keys_parse(keys, name, text, len);
	explicit_bzero(text, KEYFILE_SIZE);
	if (fd != STDIN_FILENO)
		close(fd);
	return keys;
}
