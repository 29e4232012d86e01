/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_SEGS_H
#define _PDCP_SEGS_H

#include <linux/types.h>

struct kvec;
struct sk_buff;

int pdcp_segs(const struct sk_buff *skb, u32 offset, u32 len, struct kvec *segs,
	      unsigned int max);

#endif /* _PDCP_SEGS_H */
