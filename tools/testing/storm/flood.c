// SPDX-License-Identifier: GPL-2.0
/*
 * A hostile peer: sends G-PDUs of one TEID as fast as it can.  The bearers that it means have
 * 18-bit SNs and NEA0.
 */

#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static const char usage[] =
	"Usage: flood KIND ADDRESS TEID COUNT SIZE\n"
	"\n"
	"Sends COUNT G-PDUs to UDP port 2152 of an IPv4 address and says how long that took.\n"
	"KIND:\n"
	"  gap      Data PDUs with SNs from 1 on, of SIZE octets of SDU, an IPv4 packet\n"
	"  same     the Data PDU of SN 1, again and again\n"
	"  forged   Data PDUs of SN 0 and random content\n"
	"  report   status reports of random FMC below 2^18, with a bitmap of SIZE octets\n"
	"  status   no PDU, but a delivery status (TS 38.425) that confirms a random SN\n"
	"  sdus     SDUs instead: UDP datagrams of SIZE octets to port 9, marked TEID\n";

enum {
	GTP_LEN = 8,
	DATA_LEN = 3,
	IPV4_LEN = 20,
	NRU_LEN = 16,
	SIZE_LIMIT = 9000,
	SN_MASK = 0x3ffff,
};

/**
 * struct flood - what is sent
 * @kind: first letters of KIND tell
 * @teid: tunnel
 * @size: octets, as KIND takes them
 */
struct flood {
	const char *kind;
	uint32_t teid;
	size_t size;
};

static size_t put_data(uint8_t *p, uint32_t sn)
{
	p[0] = 0x80 | sn >> 16;
	p[1] = sn >> 8;
	p[2] = sn;
	return DATA_LEN;
}

/* An IPv4 packet from the UE to the server; its checksum is for who reads it. */
static size_t put_packet(uint8_t *p, size_t size)
{
	static const uint8_t addresses[] = { 10, 45, 0, 2, 10, 99, 0, 1 };

	memset(p, 0, size);
	p[0] = 0x45;
	p[2] = size >> 8;
	p[3] = size;
	p[8] = 64;
	p[9] = 0xfd;
	memcpy(p + 12, addresses, sizeof(addresses));
	return size;
}

static size_t put_random(uint8_t *p, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		p[i] = random();
	return size;
}

static size_t put_report(uint8_t *p, size_t size)
{
	uint32_t fmc = htonl(random() & SN_MASK);

	p[0] = 0;
	memcpy(p + 1, &fmc, sizeof(fmc));
	return 5 + put_random(p + 5, size);
}

static size_t put_gtp(uint8_t *p, uint32_t teid, uint8_t flags, size_t len)
{
	uint16_t len16 = htons(len);

	p[0] = flags;
	p[1] = 255;
	memcpy(p + 2, &len16, sizeof(len16));
	teid = htonl(teid);
	memcpy(p + 4, &teid, sizeof(teid));
	return GTP_LEN;
}

/* A G-PDU whose NR RAN container has a DL DATA DELIVERY STATUS with a delivered SN. */
static size_t put_status(uint8_t *p, uint32_t teid)
{
	uint8_t *c = p + put_gtp(p, teid, 0x34, NRU_LEN);
	uint32_t sn = random() & SN_MASK;

	memset(c, 0, NRU_LEN);
	c[3] = 0x84;		/* NR RAN container */
	c[4] = 3;		/* of 12 octets with this one and the next type */
	c[5] = 0x14;		/* type 1, highest delivered SN */
	c[11] = sn >> 16;
	c[12] = sn >> 8;
	c[13] = sn;
	return GTP_LEN + NRU_LEN;
}

static size_t put(const struct flood *f, uint8_t *p, uint32_t i)
{
	uint8_t *pdu = p + GTP_LEN;
	size_t len;

	if (!strcmp(f->kind, "sdus"))
		return put_random(p, f->size);
	if (!strcmp(f->kind, "status"))
		return put_status(p, f->teid);
	if (!strcmp(f->kind, "report"))
		len = put_report(pdu, f->size);
	else if (!strcmp(f->kind, "forged"))
		len = put_data(pdu, 0) + put_random(pdu + DATA_LEN, f->size);
	else
		len = put_data(pdu, *f->kind == 's' ? 1 : (i + 1) & SN_MASK) +
		      put_packet(pdu + DATA_LEN, f->size);
	return put_gtp(p, f->teid, 0x30, len) + len;
}

static int flood(const struct flood *f, const struct sockaddr_in *to, uint32_t count)
{
	static uint8_t p[GTP_LEN + SIZE_LIMIT + 64];
	struct timespec began, ended;
	uint32_t mark = f->teid, i;
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	size_t len;

	if (fd < 0 || (!strcmp(f->kind, "sdus") &&
		       setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)))) {
		perror("flood");
		return 1;
	}
	clock_gettime(CLOCK_MONOTONIC, &began);
	for (i = 0; i < count; i++) {
		len = put(f, p, i);
		while (sendto(fd, p, len, 0, (const struct sockaddr *)to, sizeof(*to)) < 0)
			if (errno != ENOBUFS && errno != ECONNREFUSED) {
				perror("flood");
				return 1;
			}
	}
	clock_gettime(CLOCK_MONOTONIC, &ended);
	printf("%s: %u of %zu octets in %.1f s\n", f->kind, count, f->size,
	       ended.tv_sec - began.tv_sec + (ended.tv_nsec - began.tv_nsec) / 1e9);
	return 0;
}

int main(int argc, char **argv)
{
	struct sockaddr_in to = { .sin_family = AF_INET };
	struct flood f;

	if (argc != 6 || inet_pton(AF_INET, argv[2], &to.sin_addr) != 1) {
		fputs(usage, stderr);
		return 2;
	}
	f.kind = argv[1];
	f.teid = strtoul(argv[3], NULL, 0);
	f.size = strtoul(argv[5], NULL, 0);
	if (f.size > SIZE_LIMIT) {
		fputs(usage, stderr);
		return 2;
	}
	to.sin_port = htons(strcmp(f.kind, "sdus") ? 2152 : 9);
	return flood(&f, &to, strtoul(argv[4], NULL, 0));
}
