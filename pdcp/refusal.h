/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_REFUSAL_H
#define _PDCP_REFUSAL_H

#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct pdcp_entity;
struct pdcp_ledger_conflict;
struct pdcp_security;
struct pdcp_ue;

/* Under the device's lock; told at most 10 times a second for each device. */
void pdcp_refusal_used(const struct pdcp_entity *e, const struct pdcp_security *sec,
		       const struct pdcp_ledger_conflict *conflict, bool warned);
void pdcp_refusal_full(const struct pdcp_entity *e, const struct pdcp_security *sec);
void pdcp_refusal_unchanged(const struct pdcp_entity *e);
void pdcp_refusal_role(const struct pdcp_ue *ue, u8 set, bool warned);

#endif /* _PDCP_REFUSAL_H */
