/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_DISCARD_H
#define _PDCP_DISCARD_H

struct pdcp_entity;

void pdcp_discard_init(struct pdcp_entity *e);
void pdcp_discard_arm(struct pdcp_entity *e);

#endif /* _PDCP_DISCARD_H */
