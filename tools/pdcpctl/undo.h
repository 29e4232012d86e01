/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_UNDO_H
#define _PDCPCTL_UNDO_H

#include "pdcpctl.h"

#include <libpdcp/bearer.h>

/**
 * struct undo - How to take back what a command has done
 * @run: does it; returns what the library does
 * @bearer: its subject, or the device and the UE of that
 * @set: security set
 * @role: of an SRB's entity, or PDCP_LEG_ROLE_ANY
 * @config: what bearer and device were before
 * @port: UDP port before
 */
struct undo {
	int (*run)(struct pdcp *h, const struct undo *undo);
	struct pdcp_bearer_id bearer;
	uint8_t set;
	int role;
	struct pdcp_bearer_config config;
	uint16_t port;
};

/* Keep notes from now on, at most @count; exits without memory. */
void undo_begin(size_t count);

/* Whether notes are kept. */
bool undo_wanted(void);

/* Status @status of a command; notes how to take it back if it succeeded and notes are kept. */
int undo_note(int status, const struct undo *undo);

/* Take back what was noted, the last first. Return: how much of it could not be. */
size_t undo_all(struct pdcp *h);

#endif /* _PDCPCTL_UNDO_H */
