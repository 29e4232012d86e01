// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

#define CONFIG	((struct pdcp_leg_config *)0)
#define INFO	((struct pdcp_leg_info *)0)

static const struct field config_fields[] = {
	FIELD(CONFIG->lower, PDCP_A_LEG_LOWER, FIELD_INT),
	FIELD(CONFIG->port, PDCP_A_LEG_PORT, FIELD_INT),
	FIELD(CONFIG->teid_in, PDCP_A_LEG_TEID_IN, FIELD_INT),
	FIELD(CONFIG->teid_out, PDCP_A_LEG_TEID_OUT, FIELD_INT),
	FIELD(CONFIG->nru, PDCP_A_LEG_NRU, FIELD_INT),
};

static const struct field state_fields[] = {
	FIELD(INFO->role, PDCP_A_LEG_STATE_ROLE, FIELD_INT),
	FIELD(INFO->set, PDCP_A_LEG_STATE_SET, FIELD_INT),
	FIELD(INFO->active, PDCP_A_LEG_STATE_ACTIVE, FIELD_FLAG),
	FIELD(INFO->tx_pdus, PDCP_A_LEG_STATE_TX_PDUS, FIELD_INT),
	FIELD(INFO->tx_bytes, PDCP_A_LEG_STATE_TX_BYTES, FIELD_INT),
	FIELD(INFO->tx_next, PDCP_A_LEG_STATE_TX_NEXT, FIELD_INT),
	FIELD(INFO->rx_pdus, PDCP_A_LEG_STATE_RX_PDUS, FIELD_INT),
	FIELD(INFO->rx_bytes, PDCP_A_LEG_STATE_RX_BYTES, FIELD_INT),
	FIELD(INFO->integrity_failures, PDCP_A_LEG_STATE_INTEGRITY_FAILURES, FIELD_INT),
	FIELD(INFO->status_asked, PDCP_A_LEG_STATE_STATUS_ASKED, FIELD_INT),
	FIELD(INFO->status_received, PDCP_A_LEG_STATE_STATUS_RECEIVED, FIELD_INT),
	FIELD(INFO->status_sent, PDCP_A_LEG_STATE_STATUS_SENT, FIELD_INT),
	FIELD(INFO->frames_lost, PDCP_A_LEG_STATE_FRAMES_LOST, FIELD_INT),
};

void pdcp_leg_put(struct pdcp *h, uint16_t attr, const struct pdcp_leg_config *leg)
{
	struct nlattr *nest = pdcp_msg_nest_begin(h, attr);
	uint64_t has = PDCP_HAS(PDCP_A_LEG_LOWER);

	if (leg->port)
		has |= PDCP_HAS(PDCP_A_LEG_PORT);
	if (leg->teid_in)
		has |= PDCP_HAS(PDCP_A_LEG_TEID_IN);
	if (leg->teid_out)
		has |= PDCP_HAS(PDCP_A_LEG_TEID_OUT);
	if (leg->nru)
		has |= PDCP_HAS(PDCP_A_LEG_NRU);
	pdcp_fields_put(h, config_fields, ARRAY_SIZE(config_fields), leg, has);
	pdcp_addr_put(h, PDCP_A_LEG_REMOTE, &leg->remote);
	pdcp_addr_put(h, PDCP_A_LEG_LOCAL, &leg->local);
	if (leg->nru_any)
		pdcp_msg_put_u8(h, PDCP_A_LEG_NRU_LOSS, 0);
	pdcp_msg_nest_end(h, nest);
}

static void state_get(const struct nlattr *nest, struct pdcp_leg_info *leg)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, nest)
		pdcp_fields_get(attr, state_fields, ARRAY_SIZE(state_fields), leg, &leg->has);
}

void pdcp_leg_get(const struct nlattr *nest, struct pdcp_leg_info *leg)
{
	const struct nlattr *attr;
	uint64_t has = 0;

	mnl_attr_for_each_nested(attr, nest) {
		switch (mnl_attr_get_type(attr)) {
		case PDCP_A_LEG_REMOTE:
			pdcp_addr_get(attr, &leg->config.remote);
			break;
		case PDCP_A_LEG_LOCAL:
			pdcp_addr_get(attr, &leg->config.local);
			break;
		case PDCP_A_LEG_NRU_LOSS:
			leg->config.nru_any = !mnl_attr_get_u8(attr);
			break;
		case PDCP_A_LEG_STATE:
			state_get(attr, leg);
			break;
		default:
			pdcp_fields_get(attr, config_fields, ARRAY_SIZE(config_fields),
					&leg->config, &has);
		}
	}
}
