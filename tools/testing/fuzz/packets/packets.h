/* SPDX-License-Identifier: GPL-2.0 */
/* Datagrams for a GTP-U port: real ones, and what can be made of them. */
#ifndef _PDCP_FUZZ_PACKETS_H
#define _PDCP_FUZZ_PACKETS_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PORT = 2152,
	PACKET_MAX = 1472,
	REAL = 256,		/* packets to begin with */
};

/**
 * struct packet - content of a datagram
 * @len: octets
 * @data: from the GTP-U header on
 */
struct packet {
	size_t len;
	uint8_t data[PACKET_MAX];
};

/**
 * struct source - where packets come from
 * @random: state of its numbers
 * @real: packets that were sent by somebody else
 * @data: only Data PDUs, without extension headers
 */
struct source {
	uint64_t random;
	struct packet real[REAL];
	bool data;
};

/* Takes REAL packets that are sent through a network device to a GTP-U port; 0 or -1, see errno. */
int record(struct packet *real, const char *device, struct in_addr to);

/* A real packet, with some changes or none. */
void mutate(struct source *s, struct packet *p);

/*
 * Whether the receiver has to deliver, store or drop it, and so to count it: one that is too short,
 * or a G-PDU with a Data PDU or none, and nothing else.
 */
bool counts(const struct packet *p);

#endif /* _PDCP_FUZZ_PACKETS_H */
