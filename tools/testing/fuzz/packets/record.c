// SPDX-License-Identifier: GPL-2.0
#include "packets.h"

#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/udp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What goes out is shown only to those who listen to all protocols. */
static int listen_at(const char *device)
{
	const struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = if_nametoindex(device),
	};
	int fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, htons(ETH_P_ALL));

	if (fd >= 0 && (!at.sll_ifindex || bind(fd, (const struct sockaddr *)&at, sizeof(at)))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The content of a datagram to the port; several joined are too long. */
static bool take(struct packet *p, const uint8_t *ip, size_t len, struct in_addr to)
{
	const struct iphdr *iph = (const struct iphdr *)ip;
	const struct udphdr *udp = (const struct udphdr *)(ip + sizeof(*iph));
	size_t head = sizeof(*iph) + sizeof(*udp);

	if (len <= head || len > head + PACKET_MAX || iph->ihl != 5 ||
	    iph->protocol != IPPROTO_UDP || iph->daddr != to.s_addr || udp->dest != htons(PORT))
		return false;
	p->len = len - head;
	memcpy(p->data, ip + head, p->len);
	return true;
}

int record(struct packet *real, const char *device, struct in_addr to)
{
	static uint8_t ip[65536] __attribute__((aligned(4)));
	struct sockaddr_ll from;
	unsigned int n = 0;
	int fd = listen_at(device);

	if (fd < 0)
		return -1;
	while (n < REAL) {
		socklen_t size = sizeof(from);
		ssize_t len = recvfrom(fd, ip, sizeof(ip), 0, (struct sockaddr *)&from, &size);

		if (len < 0) {
			close(fd);
			return -1;
		}
		n += from.sll_pkttype == PACKET_OUTGOING &&
		     from.sll_protocol == htons(ETH_P_IP) && take(&real[n], ip, len, to);
	}
	close(fd);
	return 0;
}
