/* SPDX-License-Identifier: GPL-2.0 */
/* libpdcp - what keys have protected */
/* Which includes this one, at its end. */
#include "pdcp.h"

#ifndef _LIBPDCP_LEDGER_H
#define _LIBPDCP_LEDGER_H

#ifdef __cplusplus
extern "C" {
#endif

/* Ledger of key use ----------------------------------------------------------- */

enum {
	/* Sets of a UE that are installed at a time. */
	PDCP_SETS_MAX = 2,
};

/**
 * struct pdcp_ledger_info - What a key has protected for a bearer in a direction
 * @bearer: bearer, with its UE and device
 * @handle: stands for the key value in this UE; says nothing of it
 * @key: which of the four keys of a set it is
 * @bearer_input: BEARER
 * @direction: of what is sent, or of what is received
 * @next: first COUNT that it has not protected
 * @legs: legs that use it for this now
 * @set: installed sets that have the key
 * @sets: number of them; 0 for a key that is gone
 */
struct pdcp_ledger_info {
	struct pdcp_bearer_id bearer;
	uint32_t handle;
	enum pdcp_key_role key;
	uint8_t bearer_input;
	enum pdcp_direction direction;
	uint32_t next;
	uint32_t legs;
	uint8_t set[PDCP_SETS_MAX];
	size_t sets;
};

typedef int pdcp_ledger_fn(const struct pdcp_ledger_info *info, void *data);

/**
 * pdcp_ledger_list() - Read what the keys of a UE have protected
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @fn: called for each, the oldest first
 * @data: for @fn
 *
 * Return: as pdcp_device_list().
 */
int pdcp_ledger_list(struct pdcp *h, uint32_t ifindex, uint32_t ue, pdcp_ledger_fn *fn,
		     void *data);

#ifdef __cplusplus
}
#endif

#endif /* _LIBPDCP_LEDGER_H */
