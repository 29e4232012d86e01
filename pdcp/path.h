/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_PATH_H
#define _PDCP_PATH_H

#include <linux/types.h>

struct pdcp_device;
struct pdcp_gtp;
struct sk_buff;
struct sock;

bool pdcp_path_receive(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb,
		       const struct pdcp_gtp *gtp);
void pdcp_path_no_tunnel(struct pdcp_device *pdcp, struct sock *sk,
			 const struct sk_buff *skb, u32 teid);
void pdcp_path_no_extension(struct pdcp_device *pdcp, struct sock *sk,
			    const struct sk_buff *skb);

#endif /* _PDCP_PATH_H */
