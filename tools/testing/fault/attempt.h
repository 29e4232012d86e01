/* SPDX-License-Identifier: GPL-2.0 */
/* One attempt at a request, in which one allocation fails. */
#ifndef _FAULT_ATTEMPT_H
#define _FAULT_ATTEMPT_H

#include <stdbool.h>
#include <sys/socket.h>

/**
 * struct attempt - What became of it
 * @fault: an allocation has failed
 * @lost: the answer has not come, for want of memory
 * @err: a positive errno, 0 for success
 */
struct attempt {
	bool fault;
	bool lost;
	int err;
};

/* Send a netlink request whose @nth allocation fails, and take all that answers it. */
struct attempt attempt_make(int fd, const struct msghdr *request, int flags, unsigned int nth);

#endif
