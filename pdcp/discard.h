/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_DISCARD_H
#define _PDCP_DISCARD_H

#include <linux/kconfig.h>
#include <linux/ktime.h>

struct pdcp_entity;

void pdcp_discard_init(struct pdcp_entity *e);
void pdcp_discard_arm(struct pdcp_entity *e);

#if IS_ENABLED(CONFIG_KUNIT)
ktime_t pdcp_discard_expire(struct pdcp_entity *e, ktime_t now);
#endif

#endif /* _PDCP_DISCARD_H */
