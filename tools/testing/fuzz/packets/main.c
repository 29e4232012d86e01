// SPDX-License-Identifier: GPL-2.0

#include "packets.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "testing/random.h"

static const char usage[] =
	"Usage: packets record FILE DEVICE ADDRESS\n"
	"       packets data|any FILE ADDRESS COUNT SEED\n"
	"\n"
	"Records datagrams that others send through DEVICE to the GTP-U port of an IPv4 address, or\n"
	"sends COUNT there that are made of them: \"data\" only such as have to be delivered, stored\n"
	"or dropped, \"any\" others as well.  Prints how many were sent, and how many of these may be\n"
	"taken without being counted.\n";

enum { BATCH = 64 };

static struct source source;

static int connect_to(struct in_addr address)
{
	const struct sockaddr_in to = {
		.sin_family = AF_INET,
		.sin_port = htons(PORT),
		.sin_addr = address,
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	return fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof(to)) ? -1 : fd;
}

/* All of them; what has come back meanwhile is no reason to stop. */
static int send_batch(int fd, struct mmsghdr *messages, unsigned int n)
{
	unsigned int sent = 0;
	int done;

	while (sent < n) {
		done = sendmmsg(fd, messages + sent, n - sent, 0);
		if (done > 0)
			sent += done;
		else if (errno != ENOBUFS && errno != ECONNREFUSED)
			return -1;
	}
	return 0;
}

/* Returns how many may be taken without being counted, or -1. */
static long long send_all(int fd, unsigned long count)
{
	static struct packet packets[BATCH];
	struct mmsghdr messages[BATCH] = { 0 };
	struct iovec iov[BATCH];
	long long quiet = 0;
	unsigned int i, n;

	for (; count; count -= n) {
		n = count < BATCH ? count : BATCH;
		for (i = 0; i < n; i++) {
			mutate(&source, &packets[i]);
			quiet += !counts(&packets[i]);
			iov[i] = (struct iovec){ packets[i].data, packets[i].len };
			messages[i].msg_hdr.msg_iov = &iov[i];
			messages[i].msg_hdr.msg_iovlen = 1;
		}
		if (send_batch(fd, messages, n))
			return -1;
	}
	return quiet;
}

static int file_write(const char *path)
{
	FILE *file = fopen(path, "wb");

	if (!file)
		return -1;
	fwrite(source.real, sizeof(source.real), 1, file);
	return fclose(file);
}

static int file_read(const char *path)
{
	FILE *file = fopen(path, "rb");
	size_t done;

	if (!file)
		return -1;
	done = fread(source.real, sizeof(source.real), 1, file);
	fclose(file);
	return done == 1 ? 0 : -1;
}

static int fail(const char *what)
{
	perror(what);
	return 1;
}

static int send_made(char **argv, struct in_addr to)
{
	unsigned long count = strtoul(argv[4], NULL, 0);
	int fd = connect_to(to);
	long long quiet;

	source.data = !strcmp(argv[1], "data");
	source.random = random_seed(strtoull(argv[5], NULL, 0));
	if (file_read(argv[2]))
		return fail(argv[2]);
	quiet = fd < 0 ? -1 : send_all(fd, count);
	if (quiet < 0)
		return fail(argv[3]);
	printf("sent %lu quiet %lld\n", count, quiet);
	return 0;
}

int main(int argc, char **argv)
{
	struct in_addr to;

	if (argc == 5 && !strcmp(argv[1], "record") && inet_pton(AF_INET, argv[4], &to) == 1)
		return record(source.real, argv[3], to) || file_write(argv[2]) ? fail(argv[2]) : 0;
	if (argc == 6 && inet_pton(AF_INET, argv[3], &to) == 1)
		return send_made(argv, to);
	fputs(usage, stderr);
	return 2;
}
