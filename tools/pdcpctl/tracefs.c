// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tracefs.h"

enum {
	BUFFER_KB = 4096,	/* for each processor */
	TEXT_SIZE = 1 << 16,
};

/**
 * struct tracefs - A trace instance
 * @root: tracefs, mounted for us alone
 * @dir: the instance's folder
 * @pipe: its trace_pipe
 * @name: of @dir in @root
 * @text: what was read
 * @start: of the first line in @text that was not returned
 * @end: of what was read
 */
struct tracefs {
	int root;
	int dir;
	int pipe;
	char name[64];
	char text[TEXT_SIZE];
	size_t start;
	size_t end;
};

static int tracefs_mount(void)
{
	int fs, dir;

	fs = fsopen("tracefs", FSOPEN_CLOEXEC);
	if (fs < 0)
		return errno == ENODEV ? -ENOENT : -errno;
	if (fsconfig(fs, FSCONFIG_CMD_CREATE, NULL, NULL, 0)) {
		dir = -errno;
		close(fs);
		return dir;
	}
	dir = fsmount(fs, FSMOUNT_CLOEXEC, MOUNT_ATTR_NOSUID | MOUNT_ATTR_NOEXEC);
	if (dir < 0)
		dir = -errno;
	close(fs);
	return dir;
}

static int file_write(const struct tracefs *t, const char *name, const char *text)
{
	int fd = openat(t->dir, name, O_WRONLY | O_CLOEXEC);
	int ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

static int instance_start(struct tracefs *t, const char *filter)
{
	char size[16];
	int ret;

	snprintf(size, sizeof(size), "%d", BUFFER_KB);
	ret = file_write(t, "buffer_size_kb", size);
	if (!ret)
		ret = file_write(t, "trace_clock", "mono");
	if (!ret)
		ret = file_write(t, "events/pdcp/filter", filter);
	if (!ret)
		ret = file_write(t, "events/pdcp/enable", "1");
	if (ret)
		return ret;
	t->pipe = openat(t->dir, "trace_pipe", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	return t->pipe < 0 ? -errno : 0;
}

static int instance_create(struct tracefs *t, const char *filter)
{
	int ret;

	snprintf(t->name, sizeof(t->name), "instances/pdcpctl-%d", getpid());
	if (mkdirat(t->root, t->name, 0700))
		return -errno;
	t->dir = openat(t->root, t->name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	ret = t->dir < 0 ? -errno : instance_start(t, filter);
	return ret;
}

int tracefs_open(struct tracefs **tracefs, const char *filter)
{
	struct tracefs *t = calloc(1, sizeof(*t));
	int ret;

	if (!t)
		return -ENOMEM;
	t->dir = -1;
	t->pipe = -1;
	t->root = tracefs_mount();
	ret = t->root < 0 ? t->root : instance_create(t, filter);
	if (ret) {
		tracefs_close(t);
		return ret;
	}
	*tracefs = t;
	return 0;
}

void tracefs_close(struct tracefs *t)
{
	if (!t)
		return;
	if (t->dir >= 0) {
		file_write(t, "events/enable", "0");
		close(t->dir);
	}
	if (t->pipe >= 0)
		close(t->pipe);
	if (t->root >= 0) {
		if (t->name[0])
			unlinkat(t->root, t->name, AT_REMOVEDIR);
		close(t->root);
	}
	free(t);
}

int tracefs_fd(const struct tracefs *t)
{
	return t->pipe;
}

/* Make room behind what is left, and read more. Return: whether there was any. */
static bool text_read(struct tracefs *t)
{
	ssize_t len;

	memmove(t->text, t->text + t->start, t->end - t->start);
	t->end -= t->start;
	t->start = 0;
	if (t->end == sizeof(t->text))
		t->end = 0;	/* no line is that long */
	len = read(t->pipe, t->text + t->end, sizeof(t->text) - t->end);
	if (len <= 0)
		return false;
	t->end += len;
	return true;
}

const char *tracefs_line(struct tracefs *t)
{
	char *line, *end;

	do {
		line = t->text + t->start;
		end = memchr(line, '\n', t->end - t->start);
	} while (!end && text_read(t));
	if (!end)
		return NULL;
	*end = '\0';
	t->start = end + 1 - t->text;
	return line;
}
