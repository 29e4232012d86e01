// SPDX-License-Identifier: GPL-2.0

#include <linux/genetlink.h>

#include "lib.h"

#define ID_FIELD(member, number)	FIELD(struct pdcp_bearer_id, member, number, FIELD_INT)
#define CONFIG_FIELD(member, number)	FIELD(struct pdcp_bearer_config, member, number, FIELD_INT)
#define CONFIG_FLAG(member, number)	FIELD(struct pdcp_bearer_config, member, number, FIELD_FLAG)
#define STATE_FIELD(member, number)	FIELD(struct pdcp_bearer_info, member, number, FIELD_INT)

static const struct field id_fields[] = {
	ID_FIELD(ifindex, PDCP_A_BEARER_IFINDEX),
	ID_FIELD(ue, PDCP_A_BEARER_UE_ID),
	ID_FIELD(type, PDCP_A_BEARER_TYPE),
	ID_FIELD(id, PDCP_A_BEARER_ID),
};

static const struct field config_fields[] = {
	CONFIG_FIELD(set, PDCP_A_BEARER_SET),
	CONFIG_FIELD(mode, PDCP_A_BEARER_MODE),
	CONFIG_FIELD(sn_ul, PDCP_A_BEARER_SN_UL),
	CONFIG_FIELD(sn_dl, PDCP_A_BEARER_SN_DL),
	CONFIG_FIELD(integrity, PDCP_A_BEARER_INTEGRITY),
	CONFIG_FIELD(ciphering, PDCP_A_BEARER_CIPHERING),
	CONFIG_FIELD(t_reordering, PDCP_A_BEARER_T_REORDERING),
	CONFIG_FIELD(discard, PDCP_A_BEARER_DISCARD),
	CONFIG_FIELD(status_report, PDCP_A_BEARER_STATUS_REPORT),
	CONFIG_FIELD(out_of_order, PDCP_A_BEARER_OUT_OF_ORDER),
	CONFIG_FIELD(sdap, PDCP_A_BEARER_SDAP),
	CONFIG_FIELD(upper, PDCP_A_BEARER_UPPER),
	CONFIG_FLAG(is_default, PDCP_A_BEARER_DEFAULT),
	CONFIG_FIELD(bearer_input, PDCP_A_BEARER_BEARER_INPUT),
	CONFIG_FIELD(queue_limit, PDCP_A_BEARER_QUEUE_LIMIT),
	CONFIG_FIELD(kept_limit, PDCP_A_BEARER_KEPT_LIMIT),
	CONFIG_FIELD(hold, PDCP_A_BEARER_HOLD),
};

static const struct field state_fields[] = {
	STATE_FIELD(role, PDCP_A_BEARER_ROLE),
	STATE_FIELD(paused, PDCP_A_BEARER_PAUSED),
	STATE_FIELD(tx_next, PDCP_A_BEARER_TX_NEXT),
	STATE_FIELD(rx_next, PDCP_A_BEARER_RX_NEXT),
	STATE_FIELD(rx_deliv, PDCP_A_BEARER_RX_DELIV),
	STATE_FIELD(rx_reord, PDCP_A_BEARER_RX_REORD),
	STATE_FIELD(queued, PDCP_A_BEARER_QUEUED),
	STATE_FIELD(kept, PDCP_A_BEARER_KEPT),
	STATE_FIELD(stored, PDCP_A_BEARER_STORED),
	STATE_FIELD(tx_sdus, PDCP_A_BEARER_TX_SDUS),
	STATE_FIELD(tx_bytes, PDCP_A_BEARER_TX_BYTES),
	STATE_FIELD(rx_sdus, PDCP_A_BEARER_RX_SDUS),
	STATE_FIELD(rx_bytes, PDCP_A_BEARER_RX_BYTES),
	STATE_FIELD(retransmitted, PDCP_A_BEARER_RETRANSMITTED),
	STATE_FIELD(confirmed, PDCP_A_BEARER_CONFIRMED),
	STATE_FIELD(evicted, PDCP_A_BEARER_EVICTED),
};

struct bearer_walk {
	pdcp_bearer_fn *fn;
	void *data;
};

void pdcp_bearer_begin(struct pdcp *h, uint8_t cmd, const struct pdcp_bearer_id *id, int role)
{
	pdcp_ue_begin(h, cmd, id->ifindex, id->ue);
	pdcp_msg_put_u32(h, PDCP_A_BEARER_TYPE, id->type);
	pdcp_msg_put_u8(h, PDCP_A_BEARER_ID, id->id);
	if (role != PDCP_LEG_ROLE_ANY)
		pdcp_msg_put_u32(h, PDCP_A_BEARER_ROLE, role);
}

static void bearer_parse(const struct nlmsghdr *msg, struct pdcp_bearer_info *info)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		switch (mnl_attr_get_type(attr)) {
		case PDCP_A_BEARER_LEG:
			if (info->legs < PDCP_LEGS_MAX)
				pdcp_leg_get(attr, &info->leg[info->legs++]);
			break;
		case PDCP_A_BEARER_DROP:
			pdcp_drops_get(attr, &info->drops);
			break;
		default:
			if (!pdcp_fields_get(attr, id_fields, ARRAY_SIZE(id_fields), &info->id,
					     &info->has) &&
			    !pdcp_fields_get(attr, config_fields, ARRAY_SIZE(config_fields),
					     &info->config, &info->has))
				pdcp_fields_get(attr, state_fields, ARRAY_SIZE(state_fields), info,
						&info->has);
		}
	}
	info->config.has = info->has;
}

static int bearer_walk(const struct nlmsghdr *msg, void *data)
{
	const struct bearer_walk *walk = data;
	struct pdcp_bearer_info info = { 0 };

	bearer_parse(msg, &info);
	return walk->fn(&info, walk->data);
}

int pdcp_bearer_add(struct pdcp *h, const struct pdcp_bearer_id *id,
		    const struct pdcp_bearer_config *config)
{
	uint64_t has = config->has | PDCP_HAS(PDCP_A_BEARER_SET);

	pdcp_bearer_begin(h, PDCP_CMD_BEARER_NEW, id, PDCP_LEG_ROLE_ANY);
	pdcp_fields_put(h, config_fields, ARRAY_SIZE(config_fields), config, has);
	pdcp_leg_put(h, PDCP_A_BEARER_LEG, &config->leg);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_bearer_list(struct pdcp *h, const struct pdcp_bearer_id *id,
		     pdcp_bearer_fn *fn, void *data)
{
	struct bearer_walk walk = { fn, data };

	if (id->id)
		pdcp_bearer_begin(h, PDCP_CMD_BEARER_GET, id, PDCP_LEG_ROLE_ANY);
	else
		pdcp_ue_begin(h, PDCP_CMD_BEARER_GET, id->ifindex, id->ue);
	return pdcp_msg_dump(h, bearer_walk, &walk);
}

int pdcp_bearer_del(struct pdcp *h, const struct pdcp_bearer_id *id)
{
	pdcp_bearer_begin(h, PDCP_CMD_BEARER_DEL, id, PDCP_LEG_ROLE_ANY);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_bearer_reestablish(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set,
			    const struct pdcp_bearer_target *targets, size_t count)
{
	pdcp_ue_begin(h, PDCP_CMD_BEARER_REESTABLISH, ifindex, ue);
	pdcp_msg_put_u8(h, PDCP_A_UE_TARGET_SET, set);
	pdcp_targets_put(h, targets, count);
	return pdcp_msg_exchange(h, NULL, NULL);
}
