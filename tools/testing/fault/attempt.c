// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "attempt.h"

#include <err.h>
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/netlink.h>

#include "fault.h"
#include "nth.h"

enum { MESSAGE_SIZE = 65536 };

/*
 * Take the messages of one datagram; false if none of them was the last one.  The fault may have
 * cut a dump short.
 */
static bool answer_take(const char *buffer, int len, struct attempt *attempt)
{
	const struct nlmsghdr *msg = (const struct nlmsghdr *)buffer;
	int error;

	for (; mnl_nlmsg_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
		if (msg->nlmsg_type != NLMSG_ERROR && msg->nlmsg_type != NLMSG_DONE)
			continue;
		memcpy(&error, mnl_nlmsg_get_payload(msg), sizeof(error));
		attempt->err = -error;
		return true;
	}
	return false;
}

/* A dump goes on when its answers are taken, which has allocations that may fail as well. */
static void answers_take(int fd, struct attempt *attempt, unsigned int nth)
{
	static char buffer[MESSAGE_SIZE];
	ssize_t len;

	do {
		if (nth)
			nth_set(nth);
		len = recv(fd, buffer, sizeof(buffer), 0);
		if (nth)
			nth = nth_clear();
		if (len < 0) {
			attempt->err = errno;
			attempt->lost = true;
			break;
		}
	} while (!answer_take(buffer, len, attempt));
	attempt->fault = !nth;
}

struct attempt attempt_make(int fd, const struct msghdr *request, int flags, unsigned int nth)
{
	const struct nlmsghdr *msg = request->msg_iov[0].iov_base;
	struct attempt attempt = { 0 };
	ssize_t sent;

	if (!(msg->nlmsg_flags & NLM_F_ACK))
		errx(FAULT_TROUBLE, "a request that wants no answer");
	nth_set(nth);
	sent = syscall(SYS_sendmsg, fd, request, flags);
	if (sent < 0)
		attempt.err = errno;
	nth = nth_clear();
	attempt.fault = !nth;
	if (sent >= 0)
		answers_take(fd, &attempt, nth);
	return attempt;
}
