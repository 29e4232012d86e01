// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "nth.h"

#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "fault.h"

static int nth_fd(void)
{
	static int fd = -1;

	if (fd < 0)
		fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	if (fd < 0)
		err(FAULT_TROUBLE, "/proc/thread-self/fail-nth");
	return fd;
}

void nth_set(unsigned int n)
{
	char text[16];
	int len = snprintf(text, sizeof(text), "%u", n);

	if (pwrite(nth_fd(), text, len, 0) != len)
		err(FAULT_TROUBLE, "fail-nth");
}

unsigned int nth_clear(void)
{
	char text[16];
	ssize_t len = pread(nth_fd(), text, sizeof(text) - 1, 0);

	if (len <= 0)
		err(FAULT_TROUBLE, "fail-nth");
	nth_set(0);
	text[len] = '\0';
	return strtoul(text, NULL, 10);
}
