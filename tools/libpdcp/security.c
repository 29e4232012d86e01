// SPDX-License-Identifier: GPL-2.0

#include <linux/genetlink.h>

#include "lib.h"

#define INFO	((struct pdcp_security_info *)0)

static const struct field security_fields[] = {
	FIELD(INFO->ifindex, PDCP_A_SECURITY_IFINDEX, FIELD_INT),
	FIELD(INFO->ue, PDCP_A_SECURITY_UE_ID, FIELD_INT),
	FIELD(INFO->set, PDCP_A_SECURITY_SET, FIELD_INT),
	FIELD(INFO->nea, PDCP_A_SECURITY_NEA, FIELD_INT),
	FIELD(INFO->nia, PDCP_A_SECURITY_NIA, FIELD_INT),
	FIELD(INFO->legs, PDCP_A_SECURITY_LEGS, FIELD_INT),
	FIELD(INFO->nea_driver, PDCP_A_SECURITY_NEA_DRIVER, FIELD_STRING),
	FIELD(INFO->nia_driver, PDCP_A_SECURITY_NIA_DRIVER, FIELD_STRING),
};

struct security_walk {
	pdcp_security_fn *fn;
	void *data;
};

static int security_walk(const struct nlmsghdr *msg, void *data)
{
	const struct security_walk *walk = data;
	struct pdcp_security_info info = { 0 };
	const struct nlattr *attr;
	uint64_t has = 0;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN)
		pdcp_fields_get(attr, security_fields, ARRAY_SIZE(security_fields), &info, &has);
	return walk->fn(&info, walk->data);
}

static void key_put(struct pdcp *h, const struct pdcp_keys *keys, enum pdcp_key which,
		    uint16_t attr, const uint8_t *key)
{
	if (keys->given & which)
		pdcp_msg_put(h, attr, key, PDCP_KEY_LEN);
}

int pdcp_security_add(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set,
		      uint8_t nea, uint8_t nia, const struct pdcp_keys *keys)
{
	pdcp_ue_begin(h, PDCP_CMD_SECURITY_NEW, ifindex, ue);
	pdcp_msg_put_u8(h, PDCP_A_SECURITY_SET, set);
	pdcp_msg_put_u8(h, PDCP_A_SECURITY_NEA, nea);
	pdcp_msg_put_u8(h, PDCP_A_SECURITY_NIA, nia);
	key_put(h, keys, PDCP_KEY_RRC_ENC, PDCP_A_SECURITY_RRC_ENC, keys->rrc_enc);
	key_put(h, keys, PDCP_KEY_RRC_INT, PDCP_A_SECURITY_RRC_INT, keys->rrc_int);
	key_put(h, keys, PDCP_KEY_UP_ENC, PDCP_A_SECURITY_UP_ENC, keys->up_enc);
	key_put(h, keys, PDCP_KEY_UP_INT, PDCP_A_SECURITY_UP_INT, keys->up_int);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_security_list(struct pdcp *h, uint32_t ifindex, uint32_t ue,
		       pdcp_security_fn *fn, void *data)
{
	struct security_walk walk = { fn, data };

	pdcp_ue_begin(h, PDCP_CMD_SECURITY_GET, ifindex, ue);
	return pdcp_msg_dump(h, security_walk, &walk);
}

int pdcp_security_del(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set)
{
	pdcp_ue_begin(h, PDCP_CMD_SECURITY_DEL, ifindex, ue);
	pdcp_msg_put_u8(h, PDCP_A_SECURITY_SET, set);
	return pdcp_msg_exchange(h, NULL, NULL);
}
