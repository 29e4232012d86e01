/* SPDX-License-Identifier: GPL-2.0 */
/* All that the module tells of the devices of a network namespace, and the stack of their links. */
#ifndef _FAULT_SNAPSHOT_H
#define _FAULT_SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct snapshot - Answers to requests for devices, UEs, security sets, bearers and ledgers
 * @data: messages, without what numbers them, and state and MTU of the devices
 * @len: octets
 * @size: room
 */
struct snapshot {
	unsigned char *data;
	size_t len;
	size_t size;
};

/* Take a snapshot of the namespace that netlink socket @fd is in, over what is there. */
void snapshot_take(struct snapshot *snapshot, int fd);

bool snapshot_equal(const struct snapshot *a, const struct snapshot *b);

#endif
