// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hex.h"
#include "output.h"
#include "secret.h"

/**
 * struct block - Memory for secrets, which is erased when it is freed or the
 *	program exits
 * @next: block allocated before
 * @link: pointer to this one
 * @size: octets
 * @octets: what the user of it gets
 */
struct block {
	struct block *next;
	struct block **link;
	size_t size;
	max_align_t octets[];
};

static struct block *blocks;

static void *secret_malloc(size_t size)
{
	struct block *block = malloc(sizeof(*block) + size);

	if (!block)
		return NULL;
	block->size = size;
	block->next = blocks;
	block->link = &blocks;
	if (blocks)
		blocks->link = &block->next;
	blocks = block;
	return block->octets;
}

void secret_free(void *secret)
{
	struct block *block;

	if (!secret)
		return;
	block = (struct block *)((char *)secret - offsetof(struct block, octets));
	*block->link = block->next;
	if (block->next)
		block->next->link = block->link;
	explicit_bzero(block->octets, block->size);
	free(block);
}

static void secrets_erase(void)
{
	const struct block *block;

	for (block = blocks; block; block = block->next)
		explicit_bzero((void *)block->octets, block->size);
	pdcp_registers_erase();
}

void secret_begin(void)
{
	static bool begun;

	if (begun)
		return;
	if (mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT))
		usage_error("no locked memory for keys: %s", strerror(errno));
	if (prctl(PR_SET_DUMPABLE, 0))
		usage_error("keys would be in core files: %s", strerror(errno));
	if (atexit(secrets_erase))
		usage_error("keys would not be erased");
	json_set_alloc_funcs(secret_malloc, secret_free);
	begun = true;
}

void *secret_new(size_t size)
{
	void *secret = secret_malloc(size);

	if (!secret)
		usage_error("no memory for keys: %s", strerror(errno));
	return memset(secret, 0, size);
}

[[gnu::noreturn]]
static void file_error(const char *what, const char *name)
{
	usage_error("%s \"%s\": %s", what, name, strerror(errno));
}

static int secret_open(const char *what, const char *name)
{
	struct stat stat;
	int fd;

	if (!strcmp(name, "-"))
		return dup(STDIN_FILENO);
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &stat))
		file_error(what, name);
	if (stat.st_mode & 077)
		usage_error("%s \"%s\" is open to others (mode %04o), chmod it to 0600", what, name,
			    stat.st_mode & 07777);
	return fd;
}

/* Fill @text, of SECRET_SIZE octets. Return: octets read. */
static size_t secret_load(int fd, const char *what, const char *name, char *text)
{
	size_t len = 0;
	ssize_t ret;

	while (len < SECRET_SIZE) {
		ret = read(fd, text + len, SECRET_SIZE - len);
		if (ret < 0 && errno == EINTR)
			continue;
		if (ret < 0)
			file_error(what, name);
		if (!ret)
			return len;
		len += ret;
	}
	usage_error("%s \"%s\" is too long", what, name);
}

json_t *secret_read(const char *what, const char *name)
{
	char *text = secret_new(SECRET_SIZE);
	int fd = secret_open(what, name);
	json_error_t error;
	json_t *root;
	size_t len;

	len = secret_load(fd, what, name, text);
	close(fd);
	root = json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);
	secret_free(text);
	if (!root)
		usage_error("%s \"%s\" is not JSON: line %d, column %d", what, name, error.line,
			    error.column);
	if (!json_is_object(root))
		usage_error("%s \"%s\" is not a JSON object", what, name);
	return root;
}

char *secret_read_text(const char *what, const char *name)
{
	char *text = secret_new(SECRET_SIZE + 1);
	int fd = secret_open(what, name);

	secret_load(fd, what, name, text);
	close(fd);
	return text;
}

static int text_write(int fd, const char *text, size_t len)
{
	size_t done = 0;
	ssize_t ret;

	while (done < len) {
		ret = write(fd, text + done, len - done);
		if (ret < 0 && errno != EINTR)
			return -1;
		if (ret > 0)
			done += ret;
	}
	return fsync(fd);
}

/* Write zeros over a file that nobody has to read any more. */
static void octets_erase(int fd)
{
	static const char zeros[SECRET_SIZE];
	struct stat stat;

	if (!fstat(fd, &stat) && S_ISREG(stat.st_mode) && stat.st_size <= SECRET_SIZE &&
	    !lseek(fd, 0, SEEK_SET))
		text_write(fd, zeros, stat.st_size);
}

/* Give the file its name, and erase the one that had it. Return: -1 with errno set on failure. */
static int file_rename(const char *temporary, const char *name, bool replace)
{
	int old, ret;

	if (!replace)
		return renameat2(AT_FDCWD, temporary, AT_FDCWD, name, RENAME_NOREPLACE);
	old = open(name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	ret = rename(temporary, name);
	if (old >= 0) {
		if (!ret)
			octets_erase(old);
		close(old);
	}
	return ret;
}

static int file_write(const char *name, const char *text, size_t len, bool replace)
{
	char *temporary;
	int fd, err;

	if (asprintf(&temporary, "%s.XXXXXX", name) < 0)
		return -1;
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0)
		goto err_free;
	if (text_write(fd, text, len) || file_rename(temporary, name, replace)) {
		err = errno;
		octets_erase(fd);
		close(fd);
		unlink(temporary);
		errno = err;
		goto err_free;
	}
	close(fd);
	free(temporary);
	return 0;

err_free:
	free(temporary);
	return -1;
}

void secret_check(const char *what, const char *name, bool replace)
{
	struct stat stat;

	if (!strcmp(name, "-"))
		usage_error("%s \"-\": keys are not printed, name a file", what);
	if (!replace && !lstat(name, &stat))
		usage_error("%s \"%s\" is there already", what, name);
}

int secret_store(const char *name, const json_t *object, bool replace)
{
	char *text = secret_new(SECRET_SIZE);
	size_t len = json_dumpb(object, text, SECRET_SIZE - 1, JSON_COMPACT);
	int ret = 0;

	if (!len || len >= SECRET_SIZE) {
		ret = -EFBIG;
		goto out;
	}
	text[len] = '\n';
	if (file_write(name, text, len + 1, replace))
		ret = -errno;
out:
	secret_free(text);
	return ret;
}

void secret_write_text(const char *what, const char *name, const char *text, bool replace)
{
	secret_check(what, name, replace);
	if (file_write(name, text, strlen(text), replace))
		file_error(what, name);
}

void secret_write(const char *what, const char *name, json_t *object, bool replace)
{
	int ret;

	secret_check(what, name, replace);
	ret = secret_store(name, object, replace);
	if (ret)
		usage_error("%s \"%s\": %s", what, name, strerror(-ret));
	json_decref(object);
}

void secret_remove(const char *what, const char *name)
{
	int fd = open(name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);

	if (fd < 0 || unlink(name))
		file_error(what, name);
	octets_erase(fd);
	close(fd);
}

void secret_set(json_t *object, const char *key, const void *octets, size_t len)
{
	char text[2 * PDCP_KEY256_LEN + 1];

	hex_format(octets, len, text);
	object_set(object, key, json_stringn(text, 2 * len));
	explicit_bzero(text, sizeof(text));
}

bool secret_get(const json_t *value, void *octets, size_t len)
{
	const char *text = json_string_value(value);

	return text && strlen(text) == 2 * len && hex_parse(text, octets, len) == (ssize_t)len;
}
