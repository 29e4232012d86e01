/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_GTPU_H
#define _PDCP_GTPU_H

#include <linux/types.h>

struct pdcp_device;
struct pdcp_leg;
struct sk_buff;
struct sk_buff_head;

enum pdcp_gtpu_limits {
	PDCP_GTPU_DATAGRAMS = 64,	/* received as one */
};

void pdcp_gtpu_receive(struct pdcp_device *pdcp, struct sk_buff_head *datagrams);
u32 pdcp_gtpu_hdr_len(const struct pdcp_leg *leg);
void pdcp_gtpu_put_hdr(struct pdcp_leg *leg, u8 *p, u32 pdu_len);
void pdcp_gtpu_submit(struct pdcp_leg *leg, struct sk_buff *packet);
void pdcp_gtpu_send_frame(struct pdcp_leg *leg, const u8 *frame, size_t len);
void pdcp_gtpu_ask(struct pdcp_leg *leg);

#endif /* _PDCP_GTPU_H */
