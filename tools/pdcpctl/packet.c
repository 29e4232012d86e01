// SPDX-License-Identifier: GPL-2.0

#include <arpa/inet.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/udp.h>
#include <string.h>

#include "packet.h"

/* Sum of 16-bit words in network byte order, added to @sum. */
static uint32_t sum_add(uint32_t sum, const void *data, size_t len)
{
	const uint8_t *octets = data;
	size_t i;

	for (i = 0; i + 1 < len; i += 2)
		sum += octets[i] << 8 | octets[i + 1];
	if (len % 2)
		sum += octets[len - 1] << 8;
	return (sum & 0xffff) + (sum >> 16);
}

static uint16_t sum_fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

static size_t header_len(const uint8_t *packet)
{
	return packet[0] >> 4 == 4 ? sizeof(struct iphdr) : sizeof(struct ip6_hdr);
}

/* With the pseudo header: both addresses, which end the header, length and protocol. */
static void udp_sum(uint8_t *packet, size_t size)
{
	size_t len = header_len(packet), addrs = packet[0] >> 4 == 4 ? 8 : 32;
	struct udphdr *udp = (struct udphdr *)(packet + len);
	uint32_t sum = size - len + IPPROTO_UDP;

	udp->check = 0;
	sum = sum_add(sum, packet + len - addrs, addrs);
	udp->check = sum_fold(sum_add(sum, udp, size - len));
	if (!udp->check)
		udp->check = 0xffff;
}

static void header4_make(uint8_t *packet, size_t size, const struct pdcp_addr *src,
			 const struct pdcp_addr *dst)
{
	struct iphdr *ip = (struct iphdr *)packet;

	ip->version = 4;
	ip->ihl = sizeof(*ip) / 4;
	ip->tot_len = htons(size);
	ip->frag_off = htons(IP_DF);
	ip->ttl = IPDEFTTL;
	ip->protocol = IPPROTO_UDP;
	memcpy(&ip->saddr, src->octets, sizeof(ip->saddr));
	memcpy(&ip->daddr, dst->octets, sizeof(ip->daddr));
	ip->check = sum_fold(sum_add(0, ip, sizeof(*ip)));
}

static void header6_make(uint8_t *packet, size_t size, const struct pdcp_addr *src,
			 const struct pdcp_addr *dst)
{
	struct ip6_hdr *ip = (struct ip6_hdr *)packet;

	ip->ip6_flow = htonl(6U << 28);
	ip->ip6_plen = htons(size - sizeof(*ip));
	ip->ip6_nxt = IPPROTO_UDP;
	ip->ip6_hlim = IPDEFTTL;
	memcpy(&ip->ip6_src, src->octets, sizeof(ip->ip6_src));
	memcpy(&ip->ip6_dst, dst->octets, sizeof(ip->ip6_dst));
}

void packet_make(uint8_t *packet, size_t size, const struct pdcp_addr *src,
		 const struct pdcp_addr *dst)
{
	struct udphdr *udp;

	memset(packet, 0, size);
	if (src->len == 4)
		header4_make(packet, size, src, dst);
	else
		header6_make(packet, size, src, dst);
	udp = (struct udphdr *)(packet + header_len(packet));
	udp->source = htons(PACKET_PORT);
	udp->dest = htons(PACKET_PORT);
	udp->len = htons(size - header_len(packet));
}

void packet_number(uint8_t *packet, size_t size, uint32_t number)
{
	uint32_t value = htonl(number);

	memcpy(packet + header_len(packet) + sizeof(struct udphdr), &value, sizeof(value));
	udp_sum(packet, size);
}
