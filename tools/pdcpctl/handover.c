// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

#include "args.h"
#include "netns.h"
#include "output.h"
#include "timeline.h"
#include "tracefs.h"

static const char usage[] =
	"Usage: pdcpctl handover trace [ dev DEV ] [ ue ID ] [ count N ]\n"
	"\n"
	"Prints what happened when in each DAPS handover, once it has ended: its steps, the\n"
	"first PDU of each leg and direction, and the last ones of the leg that went. Ends after N\n"
	"handovers, or when interrupted. Needs CAP_SYS_ADMIN, for tracing.\n";

/* The inode by which events know the namespace of the handle. */
static int netns_inode(const struct ctl *ctl, unsigned long long *inode)
{
	int fd = netns_open(ctl);
	struct stat st;
	int ret = 0;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st))
		ret = -errno;
	else
		*inode = st.st_ino;
	close(fd);
	return ret;
}

static int trace_open(struct ctl *ctl, const struct selector *selector, struct tracefs **tracefs)
{
	unsigned long long inode = 0;
	char filter[128];
	int len, ret;

	ret = netns_inode(ctl, &inode);
	if (ret)
		return ret;
	len = snprintf(filter, sizeof(filter), "netns == %llu", inode);
	if (selector->given & SELECT_DEV)
		len += snprintf(filter + len, sizeof(filter) - len, " && ifindex == %u",
				ctl_device(ctl, selector->dev));
	if (selector->given & SELECT_UE)
		snprintf(filter + len, sizeof(filter) - len, " && ue == %u", selector->bearer.ue);
	return tracefs_open(tracefs, filter);
}

static void moment_text(FILE *out, const json_t *moment)
{
	fprintf(out, "  %10.3f ms  ", json_real_value(json_object_get(moment, "ms")));
	if (!json_object_get(moment, "leg")) {
		text_value(out, json_object_get(moment, "event"));
	} else {
		fprintf(out, "%-5s %s %s  %s",
			json_string_value(json_object_get(moment, "event")),
			json_string_value(json_object_get(moment, "leg")),
			json_string_value(json_object_get(moment, "direction")),
			json_string_value(json_object_get(moment, "bearer")));
		if (json_object_get(moment, "control"))
			fputs(" control", out);
		text_members(out, moment, "count");
	}
	fputc('\n', out);
}

static void handover_text(FILE *out, const json_t *object)
{
	const json_t *value;
	const char *leg;
	json_t *pdus;
	size_t i;

	fputs("ue ", out);
	text_value(out, json_object_get(object, "ue"));
	text_members(out, object, "dev end");
	fprintf(out, " after %.3f ms\n", json_real_value(json_object_get(object, "ms")));
	json_array_foreach(json_object_get(object, "timeline"), i, value)
		moment_text(out, value);
	fputs("    pdus", out);
	json_object_foreach(json_object_get(object, "pdus"), leg, pdus) {
		fprintf(out, " %s", leg);
		text_members(out, pdus, "tx rx");
	}
	fputc('\n', out);
	text_drops(out, object);
	if (json_object_get(object, "lost-events")) {
		fputs("    lost-events ", out);
		text_value(out, json_object_get(object, "lost-events"));
		fputs(": first and last may be others\n", out);
	}
}

/* What lines there are. Return: exit status. */
static int lines_take(struct ctl *ctl, struct tracefs *tracefs, struct timeline *timeline,
		      uint64_t *left)
{
	int status = EXIT_SUCCESS;
	const char *line;
	json_t *object;

	while (*left && !status && (line = tracefs_line(tracefs))) {
		object = timeline_line(timeline, line);
		if (!object)
			continue;
		status = output_line(ctl, object, handover_text);
		json_decref(object);
		--*left;
	}
	return status;
}

/* Descriptor that is readable once we are told to end; exits without one. */
static int signals_take(void)
{
	sigset_t set;
	int fd;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	fd = signalfd(-1, &set, SFD_CLOEXEC);
	if (fd >= 0)
		return fd;
	fprintf(stderr, "Error: signals: %s.\n", strerror(errno));
	exit(EXIT_REFUSED);
}

static int trace_follow(struct ctl *ctl, struct tracefs *tracefs, int signals, uint64_t left)
{
	struct timeline *timeline = timeline_new();
	struct pollfd fds[] = {
		{ .fd = tracefs_fd(tracefs), .events = POLLIN },
		{ .fd = signals, .events = POLLIN },
	};
	int status = EXIT_SUCCESS;

	/* The kernel wakes up readers of buffers that are half full only. */
	while (left && !status && !fds[1].revents) {
		poll(fds, ARRAY_SIZE(fds), 50);
		status = lines_take(ctl, tracefs, timeline, &left);
	}
	timeline_free(timeline);
	return status;
}

static int handover_trace(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	uint64_t left = UINT64_MAX;
	struct tracefs *tracefs;
	int signals, ret;

	while (args_more(args)) {
		if (args_take(args, "count"))
			left = number_value("count", args_value(args, "count"), 1, UINT32_MAX);
		else if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE))
			args_unknown(args);
	}
	ctl_open(ctl);
	signals = signals_take();
	ret = trace_open(ctl, &selector, &tracefs);
	if (ret) {
		fprintf(stderr, "Error: cannot trace: %s.\n",
			ret == -EPERM ? "that needs CAP_SYS_ADMIN" :
			ret == -ENOENT ? "the kernel has no tracing, or the module no tracepoints" :
			strerror(-ret));
		return EXIT_REFUSED;
	}
	ret = trace_follow(ctl, tracefs, signals, left);
	tracefs_close(tracefs);
	return ret;
}

static const struct command commands[] = {
	{ "trace", handover_trace },
};

const struct object handover_object = {
	.name = "handover",
	.usage = usage,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
