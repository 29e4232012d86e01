/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_HANDOVER_H
#define _PDCP_HANDOVER_H

#include <linux/types.h>
#include <linux/workqueue.h>

#include <uapi/linux/pdcp.h>

struct netlink_ext_ack;
struct pdcp_security;
struct pdcp_target;
struct pdcp_ue;

/**
 * struct pdcp_handover - DAPS handover of one UE, under the device's lock
 * @state: none -> prepared -> switched -> none
 * @source: set of the source legs, while there is a handover
 * @target: set of the target legs; the same one in a handover without key refresh
 * @source_failed: prepared, and the source's radio link has failed
 * @t304: ms of the guard, 0 for none
 * @guard: falls back, or aborts, when T304 expires and nobody did
 */
struct pdcp_handover {
	enum pdcp_handover_state state;
	struct pdcp_security *source;
	struct pdcp_security *target;
	bool source_failed;
	u32 t304;
	struct delayed_work guard;
};

void pdcp_handover_init(struct pdcp_ue *ue);
void pdcp_handover_cancel(struct pdcp_ue *ue);

/*
 * Verbs, under the device's lock.  Each validates everything, allocates everything, and then
 * commits without a point of failure: an error means that nothing has changed.
 */
int pdcp_handover_start(struct pdcp_ue *ue, u8 set, u32 t304,
			const struct pdcp_target *targets, unsigned int n,
			struct netlink_ext_ack *extack);
int pdcp_handover_switch(struct pdcp_ue *ue, struct netlink_ext_ack *extack);
int pdcp_handover_release(struct pdcp_ue *ue, struct netlink_ext_ack *extack);
int pdcp_handover_fallback(struct pdcp_ue *ue, struct netlink_ext_ack *extack);
int pdcp_handover_source_failed(struct pdcp_ue *ue, struct netlink_ext_ack *extack);
int pdcp_handover_abort(struct pdcp_ue *ue, struct netlink_ext_ack *extack);

#endif /* _PDCP_HANDOVER_H */
