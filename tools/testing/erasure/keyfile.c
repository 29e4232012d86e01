// SPDX-License-Identifier: GPL-2.0
/*
 * Makes a key file in the guest and takes it away again, so that no copy of the keys but the
 * product's own is left to be found: they are never in a pipe or a shell, the pages of the file
 * are overwritten before they are freed, and this program is compiled to use no vector
 * registers, which the kernel would save on a task switch.
 */

#define _GNU_SOURCE

#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "key.h"

enum {
	TEXT_SIZE = 512,
	STACK_SIZE = 16384,
};

static void text_add(char *text, size_t *len, const char *more)
{
	while (*more)
		text[(*len)++] = *more++;
}

static void text_add_digits(char *text, size_t *len, const uint8_t *octets, size_t count)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < count; i++) {
		text[(*len)++] = digits[octets[i] >> 4];
		text[(*len)++] = digits[octets[i] & 15];
	}
}

/* Fill @text with a JSON object of the four keys. Return: its length. */
static size_t text_make(char *text, uint64_t seed, unsigned int set)
{
	uint8_t key[KEY_LEN];
	unsigned int role;
	size_t len = 0;

	for (role = 0; role < KEY_ROLES; role++) {
		text_add(text, &len, role ? "\",\"" : "{\"");
		text_add(text, &len, key_roles[role]);
		text_add(text, &len, "\":\"");
		key_derive(seed, set, role, key);
		text_add_digits(text, &len, key, sizeof(key));
	}
	text_add(text, &len, "\"}\n");
	return len;
}

/* Likewise of a KAMF. */
static size_t text_make_root(char *text, uint64_t seed, unsigned int root)
{
	uint8_t kamf[ROOT_LEN];
	size_t len = 0;

	key_derive_root(seed, root, kamf);
	text_add(text, &len, "{\"kamf\":\"");
	text_add_digits(text, &len, kamf, sizeof(kamf));
	text_add(text, &len, "\"}\n");
	return len;
}

static void file_write(const char *name, const char *text, size_t len)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd < 0 || write(fd, text, len) != (ssize_t)len)
		err(1, "%s", name);
	close(fd);
}

static void file_wipe(const char *name)
{
	static const char blank[TEXT_SIZE];
	struct stat stat;
	int fd = open(name, O_WRONLY);

	if (fd < 0 || fstat(fd, &stat) || write(fd, blank, stat.st_size) != stat.st_size ||
	    unlink(name))
		err(1, "%s", name);
	close(fd);
}

/* What the functions above had on the stack. */
static __attribute__((noinline)) void stack_wipe(void)
{
	char stack[STACK_SIZE];

	explicit_bzero(stack, sizeof(stack));
}

int main(int argc, char **argv)
{
	char text[TEXT_SIZE];
	size_t len = 0;
	uint64_t seed;
	unsigned int number;

	if (argc == 5) {
		seed = strtoull(argv[2], NULL, 16);
		number = strtoul(argv[3], NULL, 0);
		if (!strcmp(argv[1], "write"))
			len = text_make(text, seed, number);
		else if (!strcmp(argv[1], "root"))
			len = text_make_root(text, seed, number);
	}
	if (len) {
		file_write(argv[4], text, len);
		explicit_bzero(text, sizeof(text));
		stack_wipe();
	} else if (argc == 3 && !strcmp(argv[1], "wipe")) {
		file_wipe(argv[2]);
	} else {
		errx(2, "usage: keyfile { write SEED SET FILE | root SEED ROOT FILE | wipe FILE }");
	}
	return 0;
}
