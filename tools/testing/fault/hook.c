// SPDX-License-Identifier: GPL-2.0
/*
 * Preloaded into a program that makes one netlink request: makes it again and again instead, and
 * lets the first allocation fail that the kernel does for it, then the second one, and so on until
 * all is well without a fault.  The program does not go on behind that.
 *
 * A failure has to be one for want of memory, and must not have changed anything that can be told
 * of any pdcp device in the namespace.  When the request has been carried out in spite of a fault,
 * whoever called the program has to undo it and to call it again to go on with the next one.
 *
 *	LD_PRELOAD   this library
 *	FAULT_FROM   number of the first allocation, by default 1
 *	FAULT_LOG    file that gets a line "NUMBER OUTCOME ERRNO FUNCTION < CALLER < ..." of each
 *	FAULT_ECHO   address that must answer after each failure, from the namespace
 *	FAULT_DRBS   on how many DRBs, one after the other; by default 1
 *
 * Exit status: fault.h.
 */

#define _GNU_SOURCE

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include "attempt.h"
#include "echo.h"
#include "fault.h"
#include "snapshot.h"
#include "trace.h"

#define EXPORT	__attribute__((visibility("default")))

static int option_of(int fd, int option)
{
	socklen_t len = sizeof(int);
	int value;

	return getsockopt(fd, SOL_SOCKET, option, &value, &len) ? -1 : value;
}

/*
 * Generic netlink messages, but for those to the controller of families; and those that make,
 * change or delete a link.
 */
static bool is_request(int fd, const struct msghdr *msg)
{
	const struct nlmsghdr *header = msg->msg_iov[0].iov_base;

	if (option_of(fd, SO_DOMAIN) != AF_NETLINK)
		return false;
	if (option_of(fd, SO_PROTOCOL) == NETLINK_GENERIC)
		return header->nlmsg_type > GENL_ID_CTRL;
	return option_of(fd, SO_PROTOCOL) == NETLINK_ROUTE &&
	       (header->nlmsg_type == RTM_NEWLINK || header->nlmsg_type == RTM_SETLINK ||
		header->nlmsg_type == RTM_DELLINK);
}

static void log_write(unsigned int nth, const char *outcome, int error)
{
	const char *path = getenv("FAULT_LOG");
	char where[512];
	FILE *file;

	trace_end(where, sizeof(where));
	if (!path)
		return;
	file = fopen(path, "a");
	if (!file)
		err(FAULT_TROUBLE, "%s", path);
	fprintf(file, "%u %s %d %s\n", nth, outcome, error, where);
	fclose(file);
}

[[gnu::noreturn]]
static void bad(unsigned int nth, const char *what, int error)
{
	log_write(nth, "bad", error);
	errx(FAULT_BAD, "allocation %u: %s: %s", nth, what, strerror(error));
}

/* A socket that cannot be allocated looks like one file too many. */
static bool is_want_of_memory(int error)
{
	return error == ENOMEM || error == ENOBUFS || error == ENFILE;
}

/* Exits if the request was carried out, or something is amiss. */
static void judge(unsigned int nth, const struct attempt *attempt, bool changed)
{
	if (!attempt->fault) {
		if (attempt->err)
			bad(nth, "failed without a fault", attempt->err);
		printf("%u\n", nth);
		exit(FAULT_END);
	}
	if (attempt->err && !is_want_of_memory(attempt->err))
		bad(nth, "failed in another way", attempt->err);
	if (attempt->err && changed && !attempt->lost)
		bad(nth, "failed, and changed something", attempt->err);
	log_write(nth, !attempt->err ? "done" : attempt->lost ? "lost" : "refused", attempt->err);
	if (changed) {
		printf("%u\n", nth);
		exit(FAULT_DONE);
	}
}

/* Packets must pass, on one DRB after the other. */
static void pass(int fd, unsigned int nth)
{
	const char *address = getenv("FAULT_ECHO");
	const char *drbs = getenv("FAULT_DRBS");
	int drb = nth % (drbs ? strtoul(drbs, NULL, 10) : 1) + 1;

	if (address && address[0] && !echo_answered(fd, address, drb))
		errx(FAULT_BAD, "allocation %u: no packet passes on DRB %d then", nth, drb);
}

[[gnu::noreturn]]
static void campaign(int fd, const struct msghdr *msg, int flags)
{
	const char *from = getenv("FAULT_FROM");
	unsigned int nth = from ? strtoul(from, NULL, 10) : 1;
	struct snapshot before = { 0 }, after = { 0 };
	struct attempt attempt;

	for (;; nth++) {
		snapshot_take(&before, fd);
		trace_begin();
		attempt = attempt_make(fd, msg, flags, nth);
		snapshot_take(&after, fd);
		judge(nth, &attempt, !snapshot_equal(&before, &after));
		pass(fd, nth);
	}
}

EXPORT ssize_t sendmsg(int fd, const struct msghdr *msg, int flags)
{
	static bool tried;

	if (!tried && is_request(fd, msg)) {
		tried = true;
		campaign(fd, msg, flags);
	}
	return syscall(SYS_sendmsg, fd, msg, flags);
}

EXPORT ssize_t sendto(int fd, const void *data, size_t len, int flags,
		      const struct sockaddr *to, socklen_t to_len)
{
	struct iovec iov = { .iov_base = (void *)data, .iov_len = len };
	const struct msghdr msg = {
		.msg_name = (void *)to,
		.msg_namelen = to_len,
		.msg_iov = &iov,
		.msg_iovlen = 1,
	};

	return sendmsg(fd, &msg, flags);
}
