// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>

#include "lib.h"

enum {
	/* Datagrams of one pdcp_event_read(), so that its caller's loop goes round. */
	READ_DATAGRAMS = 64,
};

#define EVENT	((struct pdcp_event *)0)

static const struct field handover_fields[] = {
	FIELD(EVENT->ifindex, PDCP_A_UE_IFINDEX, FIELD_INT),
	FIELD(EVENT->ue, PDCP_A_UE_UE_ID, FIELD_INT),
	FIELD(EVENT->state, PDCP_A_UE_STATE, FIELD_INT),
	FIELD(EVENT->source_set, PDCP_A_UE_SOURCE_SET, FIELD_INT),
	FIELD(EVENT->target_set, PDCP_A_UE_TARGET_SET, FIELD_INT),
	FIELD(EVENT->end, PDCP_A_UE_END, FIELD_INT),
};

static const struct field path_fields[] = {
	FIELD(EVENT->ifindex, PDCP_A_DEVICE_IFINDEX, FIELD_INT),
	FIELD(EVENT->teid, PDCP_A_DEVICE_TEID, FIELD_INT),
};

static const struct field key_fields[] = {
	FIELD(EVENT->ifindex, PDCP_A_LEDGER_IFINDEX, FIELD_INT),
	FIELD(EVENT->ue, PDCP_A_LEDGER_UE_ID, FIELD_INT),
	FIELD(EVENT->reason, PDCP_A_LEDGER_REASON, FIELD_INT),
	FIELD(EVENT->warned, PDCP_A_LEDGER_WARNED, FIELD_FLAG),
	FIELD(EVENT->set, PDCP_A_LEDGER_SET, FIELD_INT),
	FIELD(EVENT->bearer.type, PDCP_A_LEDGER_TYPE, FIELD_INT),
	FIELD(EVENT->bearer.id, PDCP_A_LEDGER_ID, FIELD_INT),
	FIELD(EVENT->key, PDCP_A_LEDGER_KEY, FIELD_INT),
	FIELD(EVENT->direction, PDCP_A_LEDGER_DIRECTION, FIELD_INT),
	FIELD(EVENT->count, PDCP_A_LEDGER_COUNT, FIELD_INT),
	FIELD(EVENT->next, PDCP_A_LEDGER_NEXT, FIELD_INT),
	FIELD(EVENT->handle, PDCP_A_LEDGER_HANDLE, FIELD_INT),
};

static const struct field bearer_fields[] = {
	FIELD(EVENT->ifindex, PDCP_A_BEARER_IFINDEX, FIELD_INT),
	FIELD(EVENT->ue, PDCP_A_BEARER_UE_ID, FIELD_INT),
	FIELD(EVENT->bearer.type, PDCP_A_BEARER_TYPE, FIELD_INT),
	FIELD(EVENT->bearer.id, PDCP_A_BEARER_ID, FIELD_INT),
	FIELD(EVENT->role, PDCP_A_BEARER_ROLE, FIELD_INT),
	FIELD(EVENT->count, PDCP_A_BEARER_COUNT, FIELD_INT),
	FIELD(EVENT->direction, PDCP_A_BEARER_DIRECTION, FIELD_INT),
	FIELD(EVENT->exhausted, PDCP_A_BEARER_EXHAUSTED, FIELD_FLAG),
};

static void key_parse(const struct nlmsghdr *msg, struct pdcp_event *event)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN)
		pdcp_fields_get(attr, key_fields, ARRAY_SIZE(key_fields), event, &event->has);
	event->bearer.ifindex = event->ifindex;
	event->bearer.ue = event->ue;
}

static void handover_parse(const struct nlmsghdr *msg, struct pdcp_event *event)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN)
		pdcp_fields_get(attr, handover_fields, ARRAY_SIZE(handover_fields), event,
				&event->has);
}

static void path_parse(const struct nlmsghdr *msg, struct pdcp_event *event)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) == PDCP_A_DEVICE_REMOTE) {
			pdcp_addr_get(attr, &event->remote);
			event->has |= PDCP_HAS(PDCP_A_DEVICE_REMOTE);
		} else {
			pdcp_fields_get(attr, path_fields, ARRAY_SIZE(path_fields), event,
					&event->has);
		}
	}
}

static void bearer_parse(const struct nlmsghdr *msg, struct pdcp_event *event)
{
	const struct nlattr *attr;
	uint16_t type;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		type = mnl_attr_get_type(attr);
		if (type == PDCP_A_BEARER_SDU || type == PDCP_A_BEARER_PDU) {
			event->data = mnl_attr_get_payload(attr);
			event->len = mnl_attr_get_payload_len(attr);
			event->has |= PDCP_HAS(type);
		} else {
			pdcp_fields_get(attr, bearer_fields, ARRAY_SIZE(bearer_fields), event,
					&event->has);
		}
	}
	event->bearer.ifindex = event->ifindex;
	event->bearer.ue = event->ue;
}

/* Return: whether @msg is an event that the library knows. */
static bool event_parse(const struct pdcp *h, const struct nlmsghdr *msg, struct pdcp_event *event)
{
	const struct genlmsghdr *header = mnl_nlmsg_get_payload(msg);

	if (msg->nlmsg_type != h->family)
		return false;
	*event = (struct pdcp_event){ .cmd = header->cmd };
	switch (header->cmd) {
	case PDCP_CMD_HANDOVER_NTF:
		handover_parse(msg, event);
		return true;
	case PDCP_CMD_KEY_NTF:
		key_parse(msg, event);
		return true;
	case PDCP_CMD_PATH_NTF:
		path_parse(msg, event);
		return true;
	case PDCP_CMD_INTEGRITY_NTF:
	case PDCP_CMD_COUNT_NTF:
	case PDCP_CMD_SDU_NTF:
	case PDCP_CMD_PDU_NTF:
		bearer_parse(msg, event);
		return true;
	}
	return false;
}

int pdcp_event_subscribe(struct pdcp *h)
{
	pdcp_error_clear(h);
	if (mnl_socket_setsockopt(h->event, NETLINK_ADD_MEMBERSHIP, &h->group, sizeof(h->group)))
		return pdcp_error_set(h, -errno, "events: %s", strerror(errno));
	return 0;
}

int pdcp_event_fd(const struct pdcp *h)
{
	return mnl_socket_get_fd(h->event);
}

static int event_error(struct pdcp *h)
{
	int err = errno;

	if (err == ENOBUFS)
		return pdcp_error_set(h, -err, "events were lost");
	return pdcp_error_set(h, -err, "events: %s", strerror(err));
}

/* Return: events in the datagram of @len octets, or what @fn returned. */
static int datagram_walk(struct pdcp *h, int len, pdcp_event_fn *fn, void *data)
{
	const struct nlmsghdr *msg = (const struct nlmsghdr *)h->events;
	struct pdcp_event event;
	int count = 0;
	int ret;

	for (; mnl_nlmsg_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
		if (!event_parse(h, msg, &event))
			continue;
		ret = fn(&event, data);
		if (ret < 0)
			return ret;
		count++;
	}
	return count;
}

int pdcp_event_read(struct pdcp *h, pdcp_event_fn *fn, void *data)
{
	int count = 0;
	ssize_t len;
	int i, ret;

	pdcp_error_clear(h);
	for (i = 0; i < READ_DATAGRAMS; i++) {
		len = mnl_socket_recvfrom(h->event, h->events, REPLY_SIZE);
		if (len < 0 && (errno == EAGAIN || errno == EINTR))
			break;
		if (len < 0)
			return event_error(h);
		ret = datagram_walk(h, len, fn, data);
		if (ret < 0)
			return ret;
		count += ret;
	}
	return count;
}
