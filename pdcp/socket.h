/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_SOCKET_H
#define _PDCP_SOCKET_H

#include <linux/types.h>

struct pdcp_device;

int pdcp_socket_init(struct pdcp_device *pdcp);
void pdcp_socket_destroy(struct pdcp_device *pdcp);
int pdcp_socket_bind(struct pdcp_device *pdcp, u16 port);
int pdcp_socket_open(struct pdcp_device *pdcp);
void pdcp_socket_close(struct pdcp_device *pdcp);

#endif /* _PDCP_SOCKET_H */
