// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

int pdcp_daps_start(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set, uint32_t t304,
		    const struct pdcp_bearer_target *targets, size_t count)
{
	pdcp_ue_begin(h, PDCP_CMD_DAPS_START, ifindex, ue);
	pdcp_msg_put_u8(h, PDCP_A_UE_TARGET_SET, set);
	if (t304)
		pdcp_msg_put_u32(h, PDCP_A_UE_T304, t304);
	pdcp_targets_put(h, targets, count);
	return pdcp_msg_exchange(h, NULL, NULL);
}

static int daps_step(struct pdcp *h, uint8_t cmd, uint32_t ifindex, uint32_t ue)
{
	pdcp_ue_begin(h, cmd, ifindex, ue);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_daps_switch(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	return daps_step(h, PDCP_CMD_DAPS_SWITCH, ifindex, ue);
}

int pdcp_daps_release(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	return daps_step(h, PDCP_CMD_DAPS_RELEASE, ifindex, ue);
}

int pdcp_daps_fallback(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	return daps_step(h, PDCP_CMD_DAPS_FALLBACK, ifindex, ue);
}

int pdcp_daps_source_failed(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	return daps_step(h, PDCP_CMD_SOURCE_FAILED, ifindex, ue);
}

int pdcp_daps_abort(struct pdcp *h, uint32_t ifindex, uint32_t ue)
{
	return daps_step(h, PDCP_CMD_DAPS_ABORT, ifindex, ue);
}
