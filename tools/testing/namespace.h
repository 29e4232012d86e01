/* SPDX-License-Identifier: GPL-2.0 */
/* Network namespaces of ip-netns(8), for a thread that visits them; needs _GNU_SOURCE. */
#ifndef _PDCP_TESTING_NAMESPACE_H
#define _PDCP_TESTING_NAMESPACE_H

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <unistd.h>

/**
 * namespace_leave - go back
 * @here: from namespace_enter(); closed
 *
 * Return: 0, or -1 with errno.
 */
static inline int namespace_leave(int here)
{
	int ret = setns(here, CLONE_NEWNET);

	close(here);
	return ret;
}

/**
 * namespace_enter - enter a namespace
 * @name: its name
 *
 * Return: a descriptor that leads back, or -1 with errno.
 */
static inline int namespace_enter(const char *name)
{
	int here = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC), there, ret = -1;
	char path[128];

	if (here < 0)
		return -1;
	snprintf(path, sizeof(path), "/run/netns/%s", name);
	there = open(path, O_RDONLY | O_CLOEXEC);
	if (there >= 0) {
		ret = setns(there, CLONE_NEWNET);
		close(there);
	}
	if (!ret)
		return here;
	close(here);
	return -1;
}

#endif /* _PDCP_TESTING_NAMESPACE_H */
