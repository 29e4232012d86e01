/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_PACKET_H
#define _PDCPCTL_PACKET_H

#include "pdcpctl.h"

enum {
	/* Of UDP, where what is sent to is thrown away. */
	PACKET_PORT = 9,
	/* The smallest packets: headers and a number of 4 octets. */
	PACKET_MIN4 = 20 + 8 + 4,
	PACKET_MIN6 = 40 + 8 + 4,
};

/**
 * packet_make() - An IP packet with a UDP datagram
 * @packet: filled
 * @size: octets of it, at least PACKET_MIN4 or PACKET_MIN6
 * @src: its source
 * @dst: its destination, of the same family
 *
 * What is in it is zeros until packet_number().
 */
void packet_make(uint8_t *packet, size_t size, const struct pdcp_addr *src,
		 const struct pdcp_addr *dst);

/* Put a number in front of what a packet carries, and mend its checksums. */
void packet_number(uint8_t *packet, size_t size, uint32_t number);

#endif /* _PDCPCTL_PACKET_H */
