// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "beside.h"

#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/sockios.h>

#include "fault.h"

int beside_open(int fd, int domain, int type, int protocol)
{
	int own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	int other = ioctl(fd, SIOCGSKNS);
	int beside;

	if (own < 0 || other < 0 || setns(other, CLONE_NEWNET))
		err(FAULT_TROUBLE, "network namespace");
	beside = socket(domain, type | SOCK_CLOEXEC, protocol);
	if (beside < 0)
		err(FAULT_TROUBLE, "socket");
	if (setns(own, CLONE_NEWNET))
		err(FAULT_TROUBLE, "network namespace");
	close(other);
	close(own);
	return beside;
}
