// SPDX-License-Identifier: GPL-2.0
/*
 * A stream whose arrivals are told in bins of 10 ms.
 *
 * "flow receive udp|tcp PORT" counts octets until none have come for a second, or to the end of the
 * connection, and prints a line for each bin: its begin in microseconds of the real-time clock,
 * and octets.  A datagram counts when the kernel received it, TCP's octets when they are read.
 * The last line says "datagrams N lost N late N".
 *
 * "flow send udp|tcp ADDRESS PORT OCTETS N" sends N numbered datagrams of that many octets every
 * half millisecond, with one system call, which is slow in User Mode Linux, until it is killed.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/udp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	BIN = 10000,		/* us */
	TICK = 500000,		/* ns */
	BINS = 6000,
	OCTETS_MAX = 1500,
	TOGETHER = 40,		/* datagrams of a call */
	BUFFER = 8 << 20,
};

static const char usage[] =
	"Usage: flow receive { udp | tcp } PORT\n"
	"       flow send { udp | tcp } ADDRESS PORT OCTETS N\n";

static uint64_t bins[BINS], first;
static uint64_t datagrams, highest, late;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static uint64_t us_of(const struct timespec *ts)
{
	return ts->tv_sec * UINT64_C(1000000) + ts->tv_nsec / 1000;
}

static uint64_t now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return us_of(&ts);
}

static void count(uint64_t when, size_t octets)
{
	if (!first)
		first = when - when % BIN;
	if (when >= first && (when - first) / BIN < BINS)
		bins[(when - first) / BIN] += octets;
}

/* The last bin is not full. */
static void tell(void)
{
	unsigned int i, n = BINS;

	while (n && !bins[n - 1])
		n--;
	for (i = 0; i + 1 < n; i++)
		printf("%llu %llu\n", (unsigned long long)(first + i * BIN),
		       (unsigned long long)bins[i]);
	printf("datagrams %llu lost %llu late %llu\n", (unsigned long long)datagrams,
	       (unsigned long long)(highest - datagrams), (unsigned long long)late);
}

/* Datagrams are numbered from 1. */
static void note(const void *datagram)
{
	uint64_t number;

	memcpy(&number, datagram, sizeof(number));
	datagrams++;
	if (number > highest)
		highest = number;
	else
		late++;
}

static uint64_t arrival(struct msghdr *msg)
{
	struct cmsghdr *cmsg;
	struct timespec ts;

	for (cmsg = CMSG_FIRSTHDR(msg); cmsg; cmsg = CMSG_NXTHDR(msg, cmsg)) {
		if (cmsg->cmsg_type != SCM_TIMESTAMPNS)
			continue;
		memcpy(&ts, CMSG_DATA(cmsg), sizeof(ts));
		return us_of(&ts);
	}
	return now();
}

static void receive_udp(int fd)
{
	static char octets[TOGETHER][OCTETS_MAX], control[TOGETHER][64];
	struct mmsghdr msgs[TOGETHER];
	struct iovec iov[TOGETHER];
	int i, n;

	do {
		for (i = 0; i < TOGETHER; i++) {
			iov[i] = (struct iovec){ octets[i], sizeof(octets[i]) };
			msgs[i].msg_hdr = (struct msghdr){
				.msg_iov = &iov[i],
				.msg_iovlen = 1,
				.msg_control = control[i],
				.msg_controllen = sizeof(control[i]),
			};
		}
		n = recvmmsg(fd, msgs, TOGETHER, MSG_WAITFORONE, NULL);
		for (i = 0; i < n; i++) {
			note(octets[i]);
			count(arrival(&msgs[i].msg_hdr), msgs[i].msg_len);
		}
	} while (n > 0 || !datagrams);
}

static void receive_tcp(int listener)
{
	static char octets[65536];
	ssize_t len = 0;
	int fd;

	if (listen(listener, 1))
		fail("listen");
	fd = accept(listener, NULL, NULL);
	while (fd >= 0 && (len = read(fd, octets, sizeof(octets))) > 0)
		count(now(), len);
}

static int receive(bool udp, const char *port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) };
	int fd = socket(AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
	struct timeval silence = { .tv_sec = 1 };
	int on = 1, room = BUFFER;

	if (setsockopt(fd, SOL_SOCKET, udp ? SO_TIMESTAMPNS : SO_REUSEADDR, &on, sizeof(on)) ||
	    (udp && setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room))) ||
	    (udp && setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &silence, sizeof(silence))) ||
	    bind(fd, (struct sockaddr *)&to, sizeof(to)))
		fail("receive");
	if (udp)
		receive_udp(fd);
	else
		receive_tcp(fd);
	tell();
	return 0;
}

/* Ticks that were missed are made up for. */
static void send_ticks(int fd, size_t len, unsigned int n)
{
	static char octets[TOGETHER * OCTETS_MAX];
	uint64_t number = 0;
	struct timespec ts;
	unsigned int i;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	do {
		for (i = 0; i < n; i++) {
			number++;
			memcpy(octets + i * len, &number, sizeof(number));
		}
		ts.tv_nsec += TICK;
		ts.tv_sec += ts.tv_nsec / 1000000000;
		ts.tv_nsec %= 1000000000;
		clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &ts, NULL);
	} while (send(fd, octets, n * len, MSG_NOSIGNAL) > 0);
}

static int send_to(bool udp, char *const *arguments)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(atoi(arguments[1])) };
	int fd = socket(AF_INET, udp ? SOCK_DGRAM : SOCK_STREAM, 0);
	unsigned int len = atoi(arguments[2]), n = atoi(arguments[3]);
	int segment = len;

	if (inet_pton(AF_INET, arguments[0], &to.sin_addr) != 1 ||
	    len < sizeof(uint64_t) || len > OCTETS_MAX || !n || n > TOGETHER) {
		fputs(usage, stderr);
		return 2;
	}
	if (connect(fd, (struct sockaddr *)&to, sizeof(to)) ||
	    (udp && setsockopt(fd, IPPROTO_UDP, UDP_SEGMENT, &segment, sizeof(segment))))
		fail("send");
	send_ticks(fd, len, n);
	return 0;
}

int main(int argc, char **argv)
{
	bool udp = argc > 2 && !strcmp(argv[2], "udp");

	if (argc == 4 && !strcmp(argv[1], "receive"))
		return receive(udp, argv[3]);
	if (argc == 7 && !strcmp(argv[1], "send"))
		return send_to(udp, argv + 3);
	fputs(usage, stderr);
	return 2;
}
