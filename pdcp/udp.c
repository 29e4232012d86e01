// SPDX-License-Identifier: GPL-2.0
#include "pdcp/udp.h"

#include <linux/err.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <net/ip.h>
#include <net/ip_tunnels.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include <net/udp_tunnel.h>

#include "pdcp/leg.h"

static int send4(struct net_device *dev, struct sock *sk, struct sk_buff *skb,
		 const struct pdcp_address *local, const struct pdcp_address *remote,
		 __be16 port, struct dst_cache *cache)
{
	const struct ip_tunnel_key key = {
		.u.ipv4.src = local->v6.s6_addr32[3],
		.u.ipv4.dst = remote->v6.s6_addr32[3],
	};
	__be16 sport = inet_sk(sk)->inet_sport;
	struct rtable *rt;
	__be32 saddr;

	rt = udp_tunnel_dst_lookup(skb, dev, sock_net(sk), 0, &saddr, &key, sport,
				   port, 0, cache);
	if (IS_ERR(rt))
		return PTR_ERR(rt);
	udp_tunnel_xmit_skb(rt, sk, skb, saddr, key.u.ipv4.dst, 0,
			    ip4_dst_hoplimit(&rt->dst), 0, sport, port,
			    !net_eq(sock_net(sk), dev_net(dev)), false);
	return 0;
}

#if IS_ENABLED(CONFIG_IPV6)
static int send6(struct net_device *dev, struct sock *sk, struct sk_buff *skb,
		 const struct pdcp_address *local, const struct pdcp_address *remote,
		 __be16 port, struct dst_cache *cache)
{
	const struct ip_tunnel_key key = {
		.u.ipv6.src = local->v6,
		.u.ipv6.dst = remote->v6,
	};
	__be16 sport = inet_sk(sk)->inet_sport;
	struct dst_entry *dst;
	struct in6_addr saddr;

	dst = udp_tunnel6_dst_lookup(skb, dev, sock_net(sk), sk->sk_socket, 0, &saddr,
				     &key, sport, port, 0, cache);
	if (IS_ERR(dst))
		return PTR_ERR(dst);
	udp_tunnel6_xmit_skb(dst, sk, skb, NULL, &saddr, &key.u.ipv6.dst, 0,
			     ip6_dst_hoplimit(dst), 0, sport, port, false);
	return 0;
}
#else
static int send6(struct net_device *dev, struct sock *sk, struct sk_buff *skb,
		 const struct pdcp_address *local, const struct pdcp_address *remote,
		 __be16 port, struct dst_cache *cache)
{
	return -EAFNOSUPPORT;
}
#endif

/* Each datagram of a GSO packet gets a checksum as it is cut out. */
static void set_gso_checksum(struct sk_buff *skb)
{
	skb->ip_summed = CHECKSUM_PARTIAL;
	skb->csum_start = skb_headroom(skb) - sizeof(struct udphdr);
	skb->csum_offset = offsetof(struct udphdr, check);
}

/**
 * pdcp_udp_send - send a datagram, or several to the same end
 * @dev: device that sends
 * @sk: socket of the family of @remote
 * @skb: payload with PDCP_LEG_HEADROOM octets in front of it; of SKB_GSO_UDP_L4 for several;
 *	consumed if sent
 * @local: source address; one of no family, zeroed, for what routing chooses
 * @remote: to whom
 * @port: to which port
 * @cache: of the route, or NULL
 *
 * Under RCU, softirqs off.  The device's counters are of SDUs: it does not count what leaves here.
 *
 * Return: 0, or a negative error if there is no route, or tunnels lie in each other too deep.
 */
int pdcp_udp_send(struct net_device *dev, struct sock *sk, struct sk_buff *skb,
		  const struct pdcp_address *local, const struct pdcp_address *remote,
		  __be16 port, struct dst_cache *cache)
{
	if (unlikely(dev_recursion_level() > IP_TUNNEL_RECURSION_LIMIT))
		return -ELOOP;
	skb->dev = NULL;
	skb->ignore_df = 1;
	if (skb_is_gso(skb))
		set_gso_checksum(skb);
	if (remote->family == AF_INET6)
		return send6(dev, sk, skb, local, remote, port, cache);
	return send4(dev, sk, skb, local, remote, port, cache);
}

/**
 * pdcp_udp_ends - addresses of a received datagram
 * @skb: datagram
 * @source: where it came from
 * @destination: where it went
 */
void pdcp_udp_ends(const struct sk_buff *skb, struct pdcp_address *source,
		   struct pdcp_address *destination)
{
	if (ip_hdr(skb)->version == 4) {
		source->family = AF_INET;
		destination->family = AF_INET;
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, &source->v6);
		ipv6_addr_set_v4mapped(ip_hdr(skb)->daddr, &destination->v6);
	} else {
		source->family = AF_INET6;
		destination->family = AF_INET6;
		source->v6 = ipv6_hdr(skb)->saddr;
		destination->v6 = ipv6_hdr(skb)->daddr;
	}
}

/**
 * pdcp_udp_open - bind a socket for encapsulated traffic
 * @net: namespace
 * @port: host byte order
 * @v6: IPv6 only, or IPv4
 * @data: what @receive finds in sk_user_data
 * @receive: takes every datagram; softirq, under RCU
 *
 * Process context.
 *
 * Return: the socket, to be given to pdcp_udp_close(), or ERR_PTR.
 */
struct socket *pdcp_udp_open(struct net *net, u16 port, bool v6, void *data,
			     int (*receive)(struct sock *sk, struct sk_buff *skb))
{
	struct udp_port_cfg cfg = {
		.family = v6 ? AF_INET6 : AF_INET,
		.local_udp_port = htons(port),
		.use_udp_checksums = true,
		.use_udp6_tx_checksums = true,
		.use_udp6_rx_checksums = true,
		.ipv6_v6only = true,
	};
	struct udp_tunnel_sock_cfg tunnel = {
		.sk_user_data = data,
		.encap_type = 1,
		.encap_rcv = receive,
	};
	struct socket *sock;
	int err;

	err = udp_sock_create(net, &cfg, &sock);
	if (err)
		return ERR_PTR(err);
	sock->sk->sk_allocation = GFP_ATOMIC;
	sock->sk->sk_sndbuf = INT_MAX;
	setup_udp_tunnel_sock(net, sock, &tunnel);
	return sock;
}

/**
 * pdcp_udp_close - release a socket that nobody sends through any more
 * @sock: from pdcp_udp_open()
 *
 * Process context.  Its data stays what it is: datagrams may come until the end of an RCU grace
 * period.
 */
void pdcp_udp_close(struct socket *sock)
{
	kernel_sock_shutdown(sock, SHUT_RDWR);
	sock_release(sock);
}
