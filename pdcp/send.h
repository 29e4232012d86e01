/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_SEND_H
#define _PDCP_SEND_H

struct pdcp_leg;
struct sk_buff;

enum pdcp_send_limits {
	PDCP_SEND_MAX = 64,
};

void pdcp_send(struct pdcp_leg *leg, struct sk_buff *const *sdus, unsigned int n);
int pdcp_send_init(void);
void pdcp_send_exit(void);

#endif /* _PDCP_SEND_H */
