/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_UE_H
#define _PDCPCTL_UE_H

#include "args.h"
#include "output.h"

/* Object of a UE. */
json_t *ue_json(struct ctl *ctl, const struct pdcp_ue_info *info);

/* Add where the handover stands. */
void ue_handover_set(json_t *object, const struct pdcp_ue_info *info);

/* Show one UE or all of the device, in the form of @json and @text. */
int ue_show_as(struct ctl *ctl, struct args *args,
	       json_t *(*json)(struct ctl *ctl, const struct pdcp_ue_info *info), text_fn *text);

/* Call @fn for the UE of the selector, or for each of its device. */
typedef int ue_each_fn(struct pdcp *h, uint32_t ifindex, uint32_t ue, void *data);
int ue_each(struct pdcp *h, const struct selector *selector, ue_each_fn *fn, void *data);

#endif /* _PDCPCTL_UE_H */
