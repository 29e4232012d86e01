// SPDX-License-Identifier: GPL-2.0
/*
 * Numbered datagrams, at a steady rate, and what becomes of them: on AM each comes once and in
 * its turn; on UM some are missing.  Anything else ends the storm at once.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "storm.h"

enum {
	PORT = 7000,
	BURST = 4,
	SHORTEST = 64,
	LONGEST = 1200,
	MEND_US = 60000,	/* AM that does not move for so long is sent again, as RLC would */
	PATIENCE_S = 120,	/* AM that does not move for so long has failed */
	MAGIC = 0x57042a,
};

static const char ue_addr[] = "10.45.0.2";
static const char server_addr[] = "10.99.0.1";

/* What each datagram begins with. */
struct datagram {
	uint32_t magic;
	uint32_t drb;
	uint32_t to;
	uint32_t number;
};

struct stream *traffic_stream(struct storm *s, enum end to, unsigned int drb)
{
	return &s->stream[to * DRBS + drb - 1];
}

static void address(enum end to, unsigned int drb, struct sockaddr_in *addr)
{
	*addr = (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(PORT + drb),
	};
	inet_pton(AF_INET, to == UE ? ue_addr : server_addr, &addr->sin_addr);
}

static void open_stream(struct storm *s, struct stream *stream)
{
	const char *here = stream->to == UE ? ue_addr : server_addr;
	const char *there = stream->to == UE ? server_addr : ue_addr;
	int back;

	back = net_enter(s->netns[stream->to]);
	stream->rx = net_socket(s, here, NULL, 0, PORT + stream->drb);
	net_leave(back);
	back = net_enter(s->netns[!stream->to]);
	stream->tx[0] = net_socket(s, there, "pdcp0", stream->drb, 0);
	stream->tx[1] = stream->to == UE ? net_socket(s, there, "pdcp1", stream->drb, 0) :
					   stream->tx[0];
	net_leave(back);
}

void traffic_open(struct storm *s)
{
	unsigned int drb;
	enum end to;

	for (to = 0; to < SIDES; to++)
		for (drb = 1; drb <= DRBS; drb++) {
			struct stream *stream = traffic_stream(s, to, drb);

			stream->to = to;
			stream->drb = drb;
			open_stream(s, stream);
		}
	s->due = now_us();
	s->moved = s->due;
}

/* Size and content follow from the number, so that what comes can be told from anything else. */
static size_t fill(const struct stream *stream, uint32_t number, uint8_t *p)
{
	struct datagram d = { MAGIC, stream->drb, stream->to, number };
	size_t len = SHORTEST + number * 2654435761U % (LONGEST - SHORTEST);
	size_t i;

	memcpy(p, &d, sizeof(d));
	for (i = sizeof(d); i < len; i++)
		p[i] = number + i;
	return len;
}

/* Send the datagram of that number, through the gNB that sends if it is downlink. */
void traffic_send(struct storm *s, struct stream *stream, uint32_t number)
{
	int fd = stream->tx[stream->to == UE ? s->downlink : 0];
	uint8_t p[LONGEST];
	struct sockaddr_in addr;
	size_t len = fill(stream, number, p);

	address(stream->to, stream->drb, &addr);
	if (sendto(fd, p, len, 0, (struct sockaddr *)&addr, sizeof(addr)) != (ssize_t)len)
		die(s, "drb %u: cannot send: %s", stream->drb, strerror(errno));
}

static void check(struct storm *s, struct stream *stream, const uint8_t *p, size_t len)
{
	const char *way = stream->to == UE ? "downlink" : "uplink";
	uint8_t expected[LONGEST];
	struct datagram d;

	memcpy(&d, p, sizeof(d));
	if (len < SHORTEST || d.number >= stream->sent ||
	    len != fill(stream, d.number, expected) || memcmp(p, expected, len))
		die(s, "%s drb %u: not what was sent: %u", way, stream->drb, d.number);
	if (d.number < stream->next)
		die(s, "%s drb %u: %u came again or late, %u is due", way, stream->drb, d.number,
		    stream->next);
	if (stream->drb == DRB_AM && d.number > stream->next)
		die(s, "%s drb %u: %u is lost, %u came", way, stream->drb, stream->next,
		    d.number);
	stream->lost += d.number - stream->next;
	stream->next = d.number + 1;
	stream->received++;
	if (stream->drb == DRB_AM)
		s->moved = now_us();
}

/* Take all that has come. */
void traffic_take(struct storm *s)
{
	uint8_t p[LONGEST + 1];
	unsigned int i;
	ssize_t len;

	for (i = 0; i < STREAMS; i++)
		while ((len = recv(s->stream[i].rx, p, sizeof(p), 0)) >= 0)
			check(s, &s->stream[i], p, len);
}

static int note_event(const struct pdcp_event *event, void *data)
{
	struct storm *s = data;

	if (event->cmd == PDCP_CMD_HANDOVER_NTF && event->end < 16)
		s->ends[event->end]++;
	if (event->cmd == PDCP_CMD_HANDOVER_NTF && s->verbose)
		printf("# %s\n", pdcp_name(&pdcp_handover_end_names, event->end));
	if (event->cmd == PDCP_CMD_KEY_NTF)
		die(s, "a key was refused");
	return 0;
}

/* AM that has stopped is to be sent again; while a UE is in two cells the switch does so. */
static void mend(struct storm *s)
{
	struct stream *up = traffic_stream(s, GNB, DRB_AM);
	struct stream *down = traffic_stream(s, UE, DRB_AM);

	if (now_us() - s->moved > PATIENCE_S * 1000000ULL &&
	    (up->received < up->sent || down->received < down->sent))
		die(s, "AM has stopped: uplink %u of %u, downlink %u of %u came", up->received,
		    up->sent, down->received, down->sent);
	if (now_us() - s->mended < MEND_US)
		return;
	s->mended = now_us();
	if (up->received == s->mend_at[GNB] && up->received < up->sent && !s->handover)
		cell_recover(s, UE, 0);
	if (down->received == s->mend_at[UE] && down->received < down->sent)
		cell_recover(s, GNB, s->downlink);
	s->mend_at[GNB] = up->received;
	s->mend_at[UE] = down->received;
}

static void send_due(struct storm *s)
{
	unsigned int i, n;

	for (n = 0; now_us() >= s->due && n < BURST; n++) {
		for (i = 0; i < STREAMS; i++)
			traffic_send(s, &s->stream[i], s->stream[i].sent++);
		s->due += s->interval;
	}
	if (n == BURST)
		s->due = now_us() + s->interval;	/* the machine cannot keep up */
}

static void wait_ms(struct storm *s, int ms)
{
	struct pollfd fds[STREAMS];
	unsigned int i;

	for (i = 0; i < STREAMS; i++)
		fds[i] = (struct pollfd){ .fd = s->stream[i].rx, .events = POLLIN };
	poll(fds, STREAMS, ms);
}

static void turn(struct storm *s)
{
	int ret;

	if (s->interval)
		send_due(s);
	wait_ms(s, 1);
	traffic_take(s);
	ret = pdcp_event_read(s->h[UE], note_event, s);
	need(s, UE, ret < 0 ? ret : 0, "events");
	mend(s);
}

/* Let traffic flow for so long. */
void traffic_run(struct storm *s, unsigned int ms)
{
	uint64_t end = now_us() + 1000ULL * ms;

	do
		turn(s);
	while (now_us() < end);
}

/* Let traffic flow until something is done. */
void traffic_until(struct storm *s, bool (*done)(struct storm *s, void *data), void *data,
		   const char *what)
{
	uint64_t end = now_us() + PATIENCE_S * 1000000ULL;

	while (!done(s, data)) {
		if (now_us() > end)
			die(s, "waited in vain until %s", what);
		turn(s);
	}
}
