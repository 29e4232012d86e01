// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "trip.h"

enum {
	/* ms until an event counts as missing; ms between looks at the drops. */
	EVENT_TIMEOUT = 5000,
	EVENT_SLICE = 20,
	/* Octets shown in front of a difference, and altogether. */
	WINDOW_BEFORE = 4,
	WINDOW_LEN = 24,
};

/* Event that is waited for, and what it brought. */
struct awaited {
	uint8_t cmd;
	struct pdcp_bearer_id id;
	bool seen;
	uint32_t count;
	struct octets got;
};

[[gnu::format(printf, 2, 3)]]
static void trip_note(struct trip *trip, const char *format, ...)
{
	size_t used = strlen(trip->why);
	va_list args;

	va_start(args, format);
	vsnprintf(trip->why + used, sizeof(trip->why) - used, format, args);
	va_end(args);
}

static int event_take(const struct pdcp_event *event, void *data)
{
	struct awaited *awaited = data;

	if (awaited->seen || event->cmd != awaited->cmd ||
	    event->ifindex != awaited->id.ifindex || event->ue != awaited->id.ue ||
	    event->bearer.type != awaited->id.type || event->bearer.id != awaited->id.id)
		return 0;
	awaited->seen = true;
	awaited->count = event->count;
	awaited->got.len = event->len;
	if (event->len <= sizeof(awaited->got.at))
		memcpy(awaited->got.at, event->data, event->len);
	return 0;
}

static int event_discard(const struct pdcp_event *event, void *data)
{
	(void)event;
	(void)data;
	return 0;
}

/* Forget what came late for the vectors before. */
static void events_discard(struct pdcp *h)
{
	int ret;

	do {
		ret = pdcp_event_read(h, event_discard, NULL);
	} while (ret > 0 || ret == -ENOBUFS);
}

static int drops_take(const struct pdcp_bearer_info *info, void *data)
{
	*(struct pdcp_drops *)data = info->drops;
	return 0;
}

static void drops_read(struct pdcp *h, const struct pdcp_bearer_id *id, struct pdcp_drops *drops)
{
	memset(drops, 0, sizeof(*drops));
	pdcp_bearer_list(h, id, drops_take, drops);
}

/* Return: name of a reason that has been counted since @before, or NULL. */
static const char *drop_since(struct pdcp *h, const struct pdcp_bearer_id *id,
			      const struct pdcp_drops *before)
{
	struct pdcp_drops now;
	const char *name;
	unsigned int i;

	drops_read(h, id, &now);
	for (i = 0; i < PDCP_DROPS_MAX; i++) {
		if (now.packets[i] == before->packets[i])
			continue;
		name = pdcp_name(&pdcp_drop_reason_names, i);
		return name ? name : "unknown";
	}
	return NULL;
}

/* Return: NULL, or why the event did not come. */
static const char *event_await(struct pdcp *h, struct awaited *awaited,
			       const struct pdcp_drops *before)
{
	struct pollfd fd = { .fd = pdcp_event_fd(h), .events = POLLIN };
	const char *reason;
	int left, ret;

	for (left = EVENT_TIMEOUT; left > 0; left -= EVENT_SLICE) {
		ret = pdcp_event_read(h, event_take, awaited);
		if (awaited->seen)
			return NULL;
		if (ret < 0)
			return "events were lost";
		if (poll(&fd, 1, EVENT_SLICE))
			continue;
		reason = drop_since(h, &awaited->id, before);
		if (reason)
			return reason;
	}
	return "no event, and no drop counted";
}

static size_t difference(const struct octets *a, const struct octets *b)
{
	size_t len = a->len < b->len ? a->len : b->len;
	size_t i;

	for (i = 0; i < len && a->at[i] == b->at[i]; i++)
		;
	return i;
}

static void window_note(struct trip *trip, const char *label, const struct octets *octets,
			size_t from)
{
	size_t i;

	trip_note(trip, "    %-8s", label);
	for (i = from; i < octets->len && i < from + WINDOW_LEN; i++)
		trip_note(trip, " %02x", octets->at[i]);
	trip_note(trip, "%s\n", i < octets->len ? " ..." : "");
}

/* Return: whether both are the same. */
static bool octets_compare(struct trip *trip, const char *what, const struct octets *expected,
			   const struct octets *got)
{
	size_t at = difference(expected, got);
	size_t from = at > WINDOW_BEFORE ? at - WINDOW_BEFORE : 0;

	if (at == expected->len && at == got->len)
		return true;
	trip_note(trip, "%s: %zu octets expected, %zu got, different at offset %zu\n", what,
		  expected->len, got->len, at);
	trip_note(trip, "    from offset %zu\n", from);
	window_note(trip, "expected", expected, from);
	window_note(trip, "got", got, from);
	return false;
}

static enum verdict count_set(struct lab *lab, const struct pdcp_bearer_id *id, uint16_t attr,
			      const struct vector *vector, struct trip *trip)
{
	struct pdcp_status status = {
		.has = PDCP_HAS(attr),
		.tx_next = vector->count,
		.rx_deliv = vector->count,
	};

	if (!pdcp_status_set(lab->h, id, PDCP_LEG_ROLE_ANY, &status))
		return PASSED;
	trip->why[0] = '\0';
	trip_note(trip, "kernel: %s", pdcp_error(lab->h));
	return SKIPPED;
}

typedef int packet_fn(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		      const void *packet, size_t len);

/* Give a packet to a bearer, and compare what comes out as an event. */
static enum verdict pass_through(struct lab *lab, const char *what, packet_fn *give,
				 const struct octets *packet, struct awaited *awaited,
				 const struct vector *vector, const struct octets *expected,
				 struct trip *trip)
{
	struct pdcp_drops before;
	const char *missing;

	drops_read(lab->h, &awaited->id, &before);
	events_discard(lab->h);
	if (give(lab->h, &awaited->id, PDCP_LEG_ROLE_ANY, packet->at, packet->len)) {
		trip_note(trip, "%s: refused: %s\n", what, pdcp_error(lab->h));
		return FAILED;
	}
	missing = event_await(lab->h, awaited, &before);
	if (missing) {
		trip_note(trip, "%s: nothing came out: %s\n", what, missing);
		return FAILED;
	}
	if (!octets_compare(trip, what, expected, &awaited->got))
		return FAILED;
	if (awaited->count == vector->count)
		return PASSED;
	trip_note(trip, "%s: COUNT 0x%08x expected, 0x%08x got\n", what, vector->count,
		  awaited->count);
	return FAILED;
}

enum verdict trip_make(struct lab *lab, const struct vector *vector, struct trip *trip)
{
	struct awaited pdu = { .cmd = PDCP_CMD_PDU_NTF };
	struct awaited sdu = { .cmd = PDCP_CMD_SDU_NTF };
	enum verdict sent, received;

	trip->why[0] = '\0';
	if (lab_channel(lab, vector, &pdu.id, &sdu.id)) {
		trip_note(trip, "kernel: %s", lab->refusal);
		return SKIPPED;
	}
	if (count_set(lab, &pdu.id, PDCP_A_BEARER_TX_NEXT, vector, trip) == SKIPPED ||
	    count_set(lab, &sdu.id, PDCP_A_BEARER_RX_DELIV, vector, trip) == SKIPPED)
		return SKIPPED;
	sent = pass_through(lab, "sending", pdcp_sdu_send, &vector->data, &pdu, vector,
			    &vector->pdu, trip);
	received = pass_through(lab, "receiving", pdcp_pdu_input, &vector->pdu, &sdu, vector,
				&vector->data, trip);
	return sent == PASSED && received == PASSED ? PASSED : FAILED;
}
