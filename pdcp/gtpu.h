/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_GTPU_H
#define _PDCP_GTPU_H

#include <linux/types.h>

struct pdcp_device;
struct pdcp_leg;
struct sk_buff;

int pdcp_gtpu_open(struct pdcp_device *pdcp, u16 port);
void pdcp_gtpu_close(struct pdcp_device *pdcp);
void pdcp_gtpu_submit(struct pdcp_leg *leg, struct sk_buff *pdu);
void pdcp_gtpu_send_frame(struct pdcp_leg *leg, const u8 *frame, size_t len);
void pdcp_gtpu_ask(struct pdcp_leg *leg);

#endif /* _PDCP_GTPU_H */
