// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "output.h"

static const char usage[] =
	"Usage: pdcpctl monitor [ dev DEV ]\n"
	"\n"
	"Prints each event in a line, until interrupted; with -t the time in front of it.\n";

struct monitor {
	struct ctl *ctl;
	uint32_t ifindex;	/* 0 for all devices */
	int status;
};

static void handover_set(json_t *object, struct ctl *ctl, const struct pdcp_event *event)
{
	object_set_dev(object, ctl, event->ifindex);
	object_set(object, "ue", json_integer(event->ue));
	object_set_name(object, "state", &pdcp_handover_state_names, event->state);
	object_set_name(object, "end", &pdcp_handover_end_names, event->end);
	if (event->has & PDCP_HAS(PDCP_A_UE_SOURCE_SET))
		object_set(object, "source-set", json_integer(event->source_set));
	if (event->has & PDCP_HAS(PDCP_A_UE_TARGET_SET))
		object_set(object, "target-set", json_integer(event->target_set));
}

static void path_set(json_t *object, struct ctl *ctl, const struct pdcp_event *event)
{
	object_set_dev(object, ctl, event->ifindex);
	object_set(object, "teid", json_integer(event->teid));
	object_set_address(object, "remote", &event->remote);
}

/* One that is about a bearer is shown as what it is of, any other as the UE's. */
static void key_set(json_t *object, struct ctl *ctl, const struct pdcp_event *event)
{
	if (event->has & PDCP_HAS(PDCP_A_LEDGER_ID)) {
		object_set_bearer(object, ctl, &event->bearer);
	} else {
		object_set_dev(object, ctl, event->ifindex);
		object_set(object, "ue", json_integer(event->ue));
	}
	object_set_name(object, "reason", &pdcp_key_reason_names, event->reason);
	object_set(object, "warned", json_boolean(event->warned));
	object_set(object, "set", json_integer(event->set));
	if (event->has & PDCP_HAS(PDCP_A_LEDGER_KEY)) {
		object_set_name(object, "key", &pdcp_key_role_names, event->key);
		object_set_name(object, "direction", &pdcp_direction_names, event->direction);
		object_set(object, "next", json_integer(event->next));
		object_set(object, "handle", json_integer(event->handle));
	}
	if (event->has & PDCP_HAS(PDCP_A_LEDGER_COUNT))
		object_set(object, "count", json_integer(event->count));
}

static void bearer_event_set(json_t *object, struct ctl *ctl, const struct pdcp_event *event)
{
	object_set_bearer(object, ctl, &event->bearer);
	if (event->has & PDCP_HAS(PDCP_A_BEARER_ROLE))
		object_set_name(object, "role", &pdcp_leg_role_names, event->role);
	if (event->has & PDCP_HAS(PDCP_A_BEARER_COUNT))
		object_set(object, "count", json_integer(event->count));
	if (event->has & PDCP_HAS(PDCP_A_BEARER_DIRECTION)) {
		object_set_name(object, "direction", &pdcp_direction_names, event->direction);
		object_set(object, "exhausted", json_boolean(event->exhausted));
	}
	if (event->has & PDCP_HAS(PDCP_A_BEARER_SDU))
		object_set_octets(object, "sdu", event->data, event->len);
	if (event->has & PDCP_HAS(PDCP_A_BEARER_PDU))
		object_set_octets(object, "pdu", event->data, event->len);
}

static const char *event_name(const struct pdcp_event *event)
{
	switch (event->cmd) {
	case PDCP_CMD_HANDOVER_NTF:
		return "handover-ntf";
	case PDCP_CMD_KEY_NTF:
		return "key-ntf";
	case PDCP_CMD_PATH_NTF:
		return "path-ntf";
	case PDCP_CMD_INTEGRITY_NTF:
		return "integrity-ntf";
	case PDCP_CMD_COUNT_NTF:
		return "count-ntf";
	case PDCP_CMD_SDU_NTF:
		return "sdu-ntf";
	}
	return "pdu-ntf";
}

/* Local time with its offset, as RFC 3339 has it, to the microsecond. */
static void time_set(json_t *object)
{
	char time[32], zone[8], text[64];
	struct timespec now;
	struct tm tm;

	clock_gettime(CLOCK_REALTIME, &now);
	localtime_r(&now.tv_sec, &tm);
	strftime(time, sizeof(time), "%Y-%m-%dT%H:%M:%S", &tm);
	strftime(zone, sizeof(zone), "%z", &tm);
	snprintf(text, sizeof(text), "%s.%06ld%.3s:%.2s", time, now.tv_nsec / 1000, zone, zone + 3);
	object_set(object, "time", json_string(text));
}

static void event_text(FILE *out, const json_t *object)
{
	if (json_object_get(object, "time")) {
		text_value(out, json_object_get(object, "time"));
		fputc(' ', out);
	}
	text_value(out, json_object_get(object, "event"));
	fputc(' ', out);
	if (json_object_get(object, "type")) {
		text_bearer(out, object);
		text_members(out, object, "reason warned set key handle");
		text_members(out, object, "role count next direction exhausted sdu pdu");
	} else if (json_object_get(object, "ue")) {
		fputs("ue ", out);
		text_value(out, json_object_get(object, "ue"));
		text_members(out, object, "dev state end source-set target-set reason warned set");
	} else {
		fputs("dev ", out);
		text_value(out, json_object_get(object, "dev"));
		text_teid(out, object, "teid");
		text_members(out, object, "remote");
	}
	fputc('\n', out);
}

static int event_print(const struct pdcp_event *event, void *data)
{
	struct monitor *monitor = data;
	json_t *object;

	if (monitor->ifindex && event->ifindex != monitor->ifindex)
		return 0;
	object = json_object();
	if (monitor->ctl->timestamp)
		time_set(object);
	object_set(object, "event", json_string(event_name(event)));
	if (event->cmd == PDCP_CMD_HANDOVER_NTF)
		handover_set(object, monitor->ctl, event);
	else if (event->cmd == PDCP_CMD_KEY_NTF)
		key_set(object, monitor->ctl, event);
	else if (event->cmd == PDCP_CMD_PATH_NTF)
		path_set(object, monitor->ctl, event);
	else
		bearer_event_set(object, monitor->ctl, event);
	monitor->status = output_line(monitor->ctl, object, event_text);
	json_decref(object);
	return monitor->status ? -EPIPE : 0;
}

static int monitor_run(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct monitor monitor = { .ctl = ctl };
	struct pollfd fd = { .events = POLLIN };
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV);
	ctl_open(ctl);
	if (selector.dev)
		monitor.ifindex = ctl_device(ctl, selector.dev);
	ret = pdcp_event_subscribe(ctl->h);
	if (ret)
		return ctl_result(ctl, ret);
	fd.fd = pdcp_event_fd(ctl->h);
	for (;;) {
		if (poll(&fd, 1, -1) < 0 && errno != EINTR)
			return ctl_result(ctl, -errno);
		ret = pdcp_event_read(ctl->h, event_print, &monitor);
		if (monitor.status)
			return monitor.status;
		if (ret == -ENOBUFS)
			fprintf(stderr, "Warning: %s.\n", pdcp_error(ctl->h));
		else if (ret < 0)
			return ctl_result(ctl, ret);
	}
}

const struct object monitor_object = {
	.name = "monitor",
	.usage = usage,
	.run = monitor_run,
};
