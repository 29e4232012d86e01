// SPDX-License-Identifier: GPL-2.0
/* Numbered datagrams of UEs drawn by lot: each has to come, once, in its turn, where it belongs. */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crowd.h"
#include "testing/namespace.h"
#include "testing/random.h"

enum {
	PORT = 7000,
	BURST = 16,
	SHORTEST = 64,
	LONGEST = 1200,
	ROOM = 256 << 20,
	POLL_US = 2000,
	PATIENCE_S = 120,
	MAGIC = 0xc40ad,
};

#define SERVER	(10U << 24 | 99U << 16 | 1)

/**
 * struct datagram - what each begins with
 * @magic: MAGIC
 * @index: UE
 * @to: end that receives
 * @drb: DRB, from 0 on
 * @number: within its stream
 */
struct datagram {
	uint32_t magic;
	uint32_t index;
	uint32_t to;
	uint32_t drb;
	uint32_t number;
};

static int enter(const char *name)
{
	int here = namespace_enter(name);

	if (here < 0)
		die(NULL, "namespace %s: %s", name, strerror(errno));
	return here;
}

static void leave(int here)
{
	if (namespace_leave(here))
		die(NULL, "namespace: %s", strerror(errno));
}

static int open_socket(uint16_t port)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int room = ROOM, yes = 1;

	if (fd < 0 || setsockopt(fd, IPPROTO_IP, IP_PKTINFO, &yes, sizeof(yes)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof(room)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die(NULL, "socket: %s", strerror(errno));
	return fd;
}

static int open_sender(const char *device, uint32_t mark)
{
	int fd = open_socket(0);

	if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, strlen(device)) ||
	    setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)))
		die(NULL, "socket on %s: %s", device, strerror(errno));
	return fd;
}

void traffic_open(struct crowd *c)
{
	unsigned int cell, drb;
	enum end side;
	int back;

	for (side = 0; side < SIDES; side++) {
		back = enter(c->netns[side]);
		c->rx[side] = open_socket(PORT);
		for (cell = 0; cell < (side == UE ? 1 : CELLS); cell++)
			for (drb = 0; drb < DRBS; drb++)
				c->tx[side][cell][drb] = open_sender(cell ? "pdcp1" : "pdcp0",
								     drb + 1);
		leave(back);
	}
	c->due = now_us();
}

/* Size and content follow from what it is, so that what comes can be told from anything else. */
static size_t fill(const struct datagram *d, uint8_t *p)
{
	size_t len = SHORTEST + (d->number + d->index) * 2654435761U % (LONGEST - SHORTEST);
	size_t i;

	memcpy(p, d, sizeof(*d));
	for (i = sizeof(*d); i < len; i++)
		p[i] = d->number + d->index + i;
	return len;
}

/* A datagram from @from to @to, in host byte order. */
static ssize_t send_from(int fd, uint8_t *p, size_t len, uint32_t from, uint32_t to)
{
	struct sockaddr_in addr = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr.s_addr = htonl(to),
	};
	struct iovec iov = { .iov_base = p, .iov_len = len };
	union {
		char room[CMSG_SPACE(sizeof(struct in_pktinfo))];
		struct cmsghdr align;
	} control = { 0 };
	struct msghdr msg = {
		.msg_name = &addr,
		.msg_namelen = sizeof(addr),
		.msg_iov = &iov,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof(control),
	};
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);
	struct in_pktinfo info = { .ipi_spec_dst.s_addr = htonl(from) };

	cmsg->cmsg_level = IPPROTO_IP;
	cmsg->cmsg_type = IP_PKTINFO;
	cmsg->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(cmsg), &info, sizeof(info));
	return sendmsg(fd, &msg, 0);
}

/* The next datagram of a stream, unless the UE's legs are being changed. */
static void send_next(struct crowd *c, struct member *m, enum end to, unsigned int drb)
{
	struct stream *stream = &m->stream[to][drb];
	struct datagram d = { MAGIC, m->index, to, drb, stream->sent };
	uint32_t ue = member_address(m);
	uint8_t p[LONGEST];
	size_t len = fill(&d, p);
	ssize_t ret;

	if (m->quiet || pthread_mutex_trylock(&m->lock))
		return;
	if (to == UE)
		ret = send_from(c->tx[GNB][m->downlink][drb], p, len, SERVER, ue);
	else
		ret = send_from(c->tx[UE][0][drb], p, len, ue, SERVER);
	if (ret != (ssize_t)len)
		die(m, "cannot send: %s", strerror(errno));
	stream->sent++;
	pthread_mutex_unlock(&m->lock);
}

static void check(struct crowd *c, enum end to, const uint8_t *p, size_t len, uint32_t ue)
{
	uint8_t expected[LONGEST];
	struct stream *stream;
	struct datagram d;

	memcpy(&d, p, sizeof(d));
	if (len < SHORTEST || d.magic != MAGIC || d.index >= c->count || d.drb >= DRBS ||
	    d.to != to || len != fill(&d, expected) || memcmp(p, expected, len))
		die(NULL, "not what was sent came to end %u", to);
	if (ue != member_address(&c->members[d.index]))
		die(&c->members[d.index], "its datagram came as one of %08x", ue);
	stream = &c->members[d.index].stream[to][d.drb];
	if (d.number != stream->received)
		die(&c->members[d.index], "to end %u, drb %u: %u came, %u is due", to, d.drb + 1,
		    d.number, stream->received);
	stream->received++;
}

/* What has come to one end; the address of the UE is where it went to, or came from. */
static void take(struct crowd *c, enum end to)
{
	uint8_t p[LONGEST + 1], control[256];
	struct iovec iov = { .iov_base = p, .iov_len = sizeof(p) };
	struct sockaddr_in from;
	struct in_pktinfo info;
	ssize_t len;

	for (;;) {
		struct msghdr msg = {
			.msg_name = &from,
			.msg_namelen = sizeof(from),
			.msg_iov = &iov,
			.msg_iovlen = 1,
			.msg_control = control,
			.msg_controllen = sizeof(control),
		};

		len = recvmsg(c->rx[to], &msg, 0);
		if (len < 0)
			return;
		memcpy(&info, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(info));
		check(c, to, p, len, ntohl(to == UE ? info.ipi_addr.s_addr : from.sin_addr.s_addr));
	}
}

static void send_due(struct crowd *c)
{
	unsigned int n;

	for (n = 0; now_us() >= c->due && n < BURST; n++) {
		send_next(c, &c->members[random_pick(&c->lots, c->count)],
			  random_pick(&c->lots, SIDES), random_pick(&c->lots, DRBS));
		c->due += c->interval;
	}
	if (n == BURST)
		c->due = now_us() + c->interval;	/* the machine cannot keep up */
}

void traffic_turn(struct crowd *c, bool send)
{
	struct pollfd fds[SIDES] = {
		{ .fd = c->rx[UE], .events = POLLIN },
		{ .fd = c->rx[GNB], .events = POLLIN },
	};

	if (send)
		send_due(c);
	poll(fds, SIDES, 1);
	take(c, UE);
	take(c, GNB);
}

void traffic_run(struct crowd *c, unsigned int ms)
{
	uint64_t end = now_us() + 1000ULL * ms;

	while (now_us() < end)
		traffic_turn(c, true);
}

static bool all_came(struct crowd *c)
{
	unsigned int i, j;

	for (i = 0; i < c->count; i++)
		for (j = 0; j < SIDES * DRBS; j++) {
			const struct stream *stream = &c->members[i].stream[j / DRBS][j % DRBS];

			if (stream->received != stream->sent)
				return false;
		}
	return true;
}

/* Everything that was sent comes. */
void traffic_settle(struct crowd *c)
{
	uint64_t end = now_us() + PATIENCE_S * 1000000ULL;

	while (!all_came(c)) {
		if (now_us() > end)
			die(NULL, "not all that was sent has come");
		traffic_turn(c, false);
	}
}

void traffic_marks(struct member *m, enum end to, uint32_t marks[DRBS])
{
	unsigned int drb;

	for (drb = 0; drb < DRBS; drb++)
		marks[drb] = m->stream[to][drb].sent;
}

/* In a worker: until those datagrams have come. */
void traffic_wait(struct member *m, enum end to, const uint32_t marks[DRBS], const char *what)
{
	uint64_t end = now_us() + PATIENCE_S * 1000000ULL;
	unsigned int drb;

	for (drb = 0; drb < DRBS; drb++)
		while (m->stream[to][drb].received < marks[drb]) {
			if (now_us() > end)
				die(m, "drb %u: %s has not come: %u of %u", drb + 1, what,
				    m->stream[to][drb].received, marks[drb]);
			usleep(POLL_US);
		}
}
