/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_REESTABLISH_H
#define _PDCP_REESTABLISH_H

#include <linux/types.h>

struct netlink_ext_ack;
struct pdcp_entity;
struct pdcp_target;
struct pdcp_ue;

/* Verbs of a UE outside of a handover; its device is locked.  All of the bearers, or none. */
int pdcp_reestablish(struct pdcp_ue *ue, u8 set, const struct pdcp_target *targets,
		     unsigned int n, struct netlink_ext_ack *extack);
int pdcp_recover(struct pdcp_ue *ue, const struct pdcp_target *targets, unsigned int n,
		 struct netlink_ext_ack *extack);
int pdcp_suspend(struct pdcp_ue *ue, struct pdcp_entity *only,
		 struct netlink_ext_ack *extack);
int pdcp_resume(struct pdcp_ue *ue, struct pdcp_entity *only,
		struct netlink_ext_ack *extack);

#endif /* _PDCP_REESTABLISH_H */
