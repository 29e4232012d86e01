// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "echo.h"

#include <arpa/inet.h>
#include <err.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/time.h>

#include "beside.h"
#include "fault.h"

static int echo_socket = -1;
static uint16_t sequence;

static void echo_open(int fd, const char *address)
{
	const struct timeval minute = { .tv_sec = 60 };
	struct sockaddr_in to = { .sin_family = AF_INET };

	if (inet_pton(AF_INET, address, &to.sin_addr) != 1)
		errx(FAULT_TROUBLE, "%s: no address", address);
	echo_socket = beside_open(fd, AF_INET, SOCK_DGRAM, IPPROTO_ICMP);
	if (setsockopt(echo_socket, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof(minute)) ||
	    connect(echo_socket, (struct sockaddr *)&to, sizeof(to)))
		err(FAULT_TROUBLE, "%s", address);
}

bool echo_answered(int fd, const char *address, int drb)
{
	struct icmphdr request = { .type = ICMP_ECHO };
	struct icmphdr reply;

	if (echo_socket < 0)
		echo_open(fd, address);
	request.un.echo.sequence = htons(++sequence);
	if (setsockopt(echo_socket, SOL_SOCKET, SO_MARK, &drb, sizeof(drb)) ||
	    send(echo_socket, &request, sizeof(request), 0) != sizeof(request))
		return false;
	do {
		if (recv(echo_socket, &reply, sizeof(reply), 0) != sizeof(reply))
			return false;
	} while (reply.un.echo.sequence != request.un.echo.sequence);
	return true;
}
