// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "netns.h"

int netns_open(const struct ctl *ctl)
{
	char path[4096] = "/proc/self/ns/net";
	int fd;

	if (ctl->netns)
		snprintf(path, sizeof(path), "%s%s",
			 strchr(ctl->netns, '/') ? "" : "/run/netns/", ctl->netns);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	return fd < 0 ? -errno : fd;
}
