/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_UDP_H
#define _PDCP_UDP_H

#include <linux/types.h>

struct dst_cache;
struct net;
struct net_device;
struct pdcp_address;
struct sk_buff;
struct sock;
struct socket;

struct socket *pdcp_udp_open(struct net *net, u16 port, bool v6, void *data,
			     int (*receive)(struct sock *sk, struct sk_buff *skb));
void pdcp_udp_close(struct socket *sock);
int pdcp_udp_send(struct net_device *dev, struct sock *sk, struct sk_buff *skb,
		  const struct pdcp_address *local, const struct pdcp_address *remote,
		  __be16 port, struct dst_cache *cache);
void pdcp_udp_ends(const struct sk_buff *skb, struct pdcp_address *source,
		   struct pdcp_address *destination);

#endif /* _PDCP_UDP_H */
