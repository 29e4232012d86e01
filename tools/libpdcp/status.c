// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "lib.h"

#define STATUS	((struct pdcp_status *)0)

static const struct field status_fields[] = {
	FIELD(STATUS->role, PDCP_A_BEARER_ROLE, FIELD_INT),
	FIELD(STATUS->tx_next, PDCP_A_BEARER_TX_NEXT, FIELD_INT),
	FIELD(STATUS->rx_deliv, PDCP_A_BEARER_RX_DELIV, FIELD_INT),
	FIELD(STATUS->rx_next, PDCP_A_BEARER_RX_NEXT, FIELD_INT),
};

static int bitmap_get(const struct nlattr *attr, struct pdcp_status *status)
{
	size_t len = mnl_attr_get_payload_len(attr);

	if (status->rx_bitmap || !len)
		return 0;
	status->rx_bitmap = malloc(len);
	if (!status->rx_bitmap)
		return -ENOMEM;
	memcpy(status->rx_bitmap, mnl_attr_get_payload(attr), len);
	status->rx_bitmap_len = len;
	status->has |= PDCP_HAS(PDCP_A_BEARER_RX_BITMAP);
	return 0;
}

static int status_parse(const struct nlmsghdr *msg, void *data)
{
	struct pdcp_status *status = data;
	const struct nlattr *attr;
	int ret = 0;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) == PDCP_A_BEARER_RX_BITMAP)
			ret = bitmap_get(attr, status);
		else
			pdcp_fields_get(attr, status_fields, ARRAY_SIZE(status_fields), status,
					&status->has);
	}
	return ret;
}

int pdcp_status_get(struct pdcp *h, const struct pdcp_bearer_id *id, int role, bool stop,
		    struct pdcp_status *status)
{
	int ret;

	*status = (struct pdcp_status){ 0 };
	pdcp_bearer_begin(h, PDCP_CMD_STATUS_GET, id, role);
	if (stop)
		pdcp_msg_put(h, PDCP_A_BEARER_STOP, NULL, 0);
	ret = pdcp_msg_exchange(h, status_parse, status);
	if (ret)
		pdcp_status_free(status);
	return ret;
}

void pdcp_status_free(struct pdcp_status *status)
{
	free(status->rx_bitmap);
	status->rx_bitmap = NULL;
	status->rx_bitmap_len = 0;
}

int pdcp_status_set(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		    const struct pdcp_status *status)
{
	uint64_t settable = PDCP_HAS(PDCP_A_BEARER_TX_NEXT) | PDCP_HAS(PDCP_A_BEARER_RX_DELIV);

	pdcp_bearer_begin(h, PDCP_CMD_STATUS_SET, id, role);
	pdcp_fields_put(h, status_fields, ARRAY_SIZE(status_fields), status,
			status->has & settable);
	return pdcp_msg_exchange(h, NULL, NULL);
}
