// SPDX-License-Identifier: GPL-2.0
/* What memory and objects are left: by /proc, and by the debug messages of the module. */

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

enum { KINDS = 4 };

static const char *const kinds[KINDS] = { "UE ", "security set ", "entity ", "leg " };

static unsigned long created[KINDS], destroyed[KINDS];

static void note(const char *line, const char *name, long *value)
{
	size_t len = strlen(name);

	if (!strncmp(line, name, len))
		*value = strtol(line + len, NULL, 10);
}

/* Free pages that processors keep at hand, KiB: an eighth of the memory may be such. */
static long kept_free(void)
{
	FILE *f = fopen("/proc/zoneinfo", "r");
	long pages = 0, count;
	char line[256];

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, " count: %ld", &count) == 1)
			pages += count;
	}
	if (f)
		fclose(f);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

void level_read(struct level *level)
{
	FILE *f = fopen("/proc/meminfo", "r");
	char line[128];

	*level = (struct level){ 0 };
	while (f && fgets(line, sizeof(line), f)) {
		note(line, "MemAvailable:", &level->available);
		note(line, "SUnreclaim:", &level->slab);
	}
	if (f)
		fclose(f);
	level->available += kept_free();
}

/* The kernel's log from here on. */
int level_open(void)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0)
		lseek(fd, 0, SEEK_END);
	return fd;
}

/* Count the objects that have come and gone. */
void level_log(struct storm *s, int fd)
{
	char record[1024];
	unsigned int i;
	ssize_t len;

	while ((len = read(fd, record, sizeof(record) - 1)) > 0) {
		record[len] = '\0';
		for (i = 0; i < KINDS; i++) {
			const char *kind = strstr(record, kinds[i]);

			if (!kind)
				continue;
			created[i] += !!strstr(kind, " created");
			destroyed[i] += !!strstr(kind, " destroyed");
			break;
		}
	}
	if (len < 0 && errno == EPIPE)
		die(s, "the kernel's log overran");
}

/* Whether all objects are gone that the log told of; it does only if debug messages are on. */
bool level_report(struct storm *s)
{
	bool ok = true;
	unsigned int i;

	(void)s;
	for (i = 0; i < KINDS; i++) {
		printf("# %screated %lu, destroyed %lu\n", kinds[i], created[i], destroyed[i]);
		ok &= created[i] == destroyed[i];
	}
	return ok;
}
