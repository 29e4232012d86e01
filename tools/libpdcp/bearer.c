// SPDX-License-Identifier: GPL-2.0

#include <linux/genetlink.h>

#include "lib.h"

#define ID	((struct pdcp_bearer_id *)0)
#define CONFIG	((struct pdcp_bearer_config *)0)
#define INFO	((struct pdcp_bearer_info *)0)

static const struct field id_fields[] = {
	FIELD(ID->ifindex, PDCP_A_BEARER_IFINDEX, FIELD_INT),
	FIELD(ID->ue, PDCP_A_BEARER_UE_ID, FIELD_INT),
	FIELD(ID->type, PDCP_A_BEARER_TYPE, FIELD_INT),
	FIELD(ID->id, PDCP_A_BEARER_ID, FIELD_INT),
};

static const struct field config_fields[] = {
	FIELD(CONFIG->set, PDCP_A_BEARER_SET, FIELD_INT),
	FIELD(CONFIG->mode, PDCP_A_BEARER_MODE, FIELD_INT),
	FIELD(CONFIG->sn_ul, PDCP_A_BEARER_SN_UL, FIELD_INT),
	FIELD(CONFIG->sn_dl, PDCP_A_BEARER_SN_DL, FIELD_INT),
	FIELD(CONFIG->integrity, PDCP_A_BEARER_INTEGRITY, FIELD_INT),
	FIELD(CONFIG->ciphering, PDCP_A_BEARER_CIPHERING, FIELD_INT),
	FIELD(CONFIG->t_reordering, PDCP_A_BEARER_T_REORDERING, FIELD_INT),
	FIELD(CONFIG->discard, PDCP_A_BEARER_DISCARD, FIELD_INT),
	FIELD(CONFIG->status_report, PDCP_A_BEARER_STATUS_REPORT, FIELD_INT),
	FIELD(CONFIG->out_of_order, PDCP_A_BEARER_OUT_OF_ORDER, FIELD_INT),
	FIELD(CONFIG->sdap, PDCP_A_BEARER_SDAP, FIELD_INT),
	FIELD(CONFIG->upper, PDCP_A_BEARER_UPPER, FIELD_INT),
	FIELD(CONFIG->is_default, PDCP_A_BEARER_DEFAULT, FIELD_FLAG),
	FIELD(CONFIG->bearer_input, PDCP_A_BEARER_BEARER_INPUT, FIELD_INT),
	FIELD(CONFIG->queue_limit, PDCP_A_BEARER_QUEUE_LIMIT, FIELD_INT),
	FIELD(CONFIG->kept_limit, PDCP_A_BEARER_KEPT_LIMIT, FIELD_INT),
	FIELD(CONFIG->window_limit, PDCP_A_BEARER_WINDOW_LIMIT, FIELD_INT),
	FIELD(CONFIG->count_threshold, PDCP_A_BEARER_COUNT_THRESHOLD, FIELD_INT),
	FIELD(CONFIG->split_threshold, PDCP_A_BEARER_SPLIT_THRESHOLD, FIELD_INT),
	FIELD(CONFIG->duplication, PDCP_A_BEARER_DUPLICATION, FIELD_INT),
	FIELD(CONFIG->hold, PDCP_A_BEARER_HOLD, FIELD_INT),
};

static const struct field state_fields[] = {
	FIELD(INFO->role, PDCP_A_BEARER_ROLE, FIELD_INT),
	FIELD(INFO->paused, PDCP_A_BEARER_PAUSED, FIELD_INT),
	FIELD(INFO->tx_next, PDCP_A_BEARER_TX_NEXT, FIELD_INT),
	FIELD(INFO->rx_next, PDCP_A_BEARER_RX_NEXT, FIELD_INT),
	FIELD(INFO->rx_deliv, PDCP_A_BEARER_RX_DELIV, FIELD_INT),
	FIELD(INFO->rx_reord, PDCP_A_BEARER_RX_REORD, FIELD_INT),
	FIELD(INFO->queued, PDCP_A_BEARER_QUEUED, FIELD_INT),
	FIELD(INFO->kept, PDCP_A_BEARER_KEPT, FIELD_INT),
	FIELD(INFO->stored, PDCP_A_BEARER_STORED, FIELD_INT),
	FIELD(INFO->stored_bytes, PDCP_A_BEARER_STORED_BYTES, FIELD_INT),
	FIELD(INFO->tx_sdus, PDCP_A_BEARER_TX_SDUS, FIELD_INT),
	FIELD(INFO->tx_bytes, PDCP_A_BEARER_TX_BYTES, FIELD_INT),
	FIELD(INFO->rx_sdus, PDCP_A_BEARER_RX_SDUS, FIELD_INT),
	FIELD(INFO->rx_bytes, PDCP_A_BEARER_RX_BYTES, FIELD_INT),
	FIELD(INFO->retransmitted, PDCP_A_BEARER_RETRANSMITTED, FIELD_INT),
	FIELD(INFO->confirmed, PDCP_A_BEARER_CONFIRMED, FIELD_INT),
	FIELD(INFO->evicted, PDCP_A_BEARER_EVICTED, FIELD_INT),
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

/* Begin a request that names a bearer, or all of the UE. */
static void some_begin(struct pdcp *h, uint8_t cmd, const struct pdcp_bearer_id *id)
{
	if (id->id)
		pdcp_bearer_begin(h, cmd, id, PDCP_LEG_ROLE_ANY);
	else
		pdcp_ue_begin(h, cmd, id->ifindex, id->ue);
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
	if (config->secondary)
		pdcp_leg_put(h, PDCP_A_BEARER_LEG, config->secondary);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_bearer_list(struct pdcp *h, const struct pdcp_bearer_id *id,
		     pdcp_bearer_fn *fn, void *data)
{
	struct bearer_walk walk = { fn, data };

	some_begin(h, PDCP_CMD_BEARER_GET, id);
	return pdcp_msg_dump(h, bearer_walk, &walk);
}

int pdcp_bearer_set(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		    const struct pdcp_bearer_config *config)
{
	uint64_t settable = PDCP_HAS(PDCP_A_BEARER_T_REORDERING) |
			    PDCP_HAS(PDCP_A_BEARER_DUPLICATION);

	pdcp_bearer_begin(h, PDCP_CMD_BEARER_SET, id, role);
	pdcp_fields_put(h, config_fields, ARRAY_SIZE(config_fields), config,
			config->has & settable);
	return pdcp_msg_exchange(h, NULL, NULL);
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

int pdcp_bearer_recover(struct pdcp *h, uint32_t ifindex, uint32_t ue,
			const struct pdcp_bearer_target *targets, size_t count)
{
	pdcp_ue_begin(h, PDCP_CMD_BEARER_RECOVER, ifindex, ue);
	pdcp_targets_put(h, targets, count);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_bearer_suspend(struct pdcp *h, const struct pdcp_bearer_id *id)
{
	some_begin(h, PDCP_CMD_BEARER_SUSPEND, id);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_bearer_resume(struct pdcp *h, const struct pdcp_bearer_id *id)
{
	some_begin(h, PDCP_CMD_BEARER_RESUME, id);
	return pdcp_msg_exchange(h, NULL, NULL);
}
