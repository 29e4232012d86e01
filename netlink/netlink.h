/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_NETLINK_H
#define _PDCP_NETLINK_H

int pdcp_netlink_init(void);
void pdcp_netlink_exit(void);

#endif /* _PDCP_NETLINK_H */
