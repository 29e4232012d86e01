// SPDX-License-Identifier: GPL-2.0

#include "lib.h"

int pdcp_sdu_send(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		  const void *sdu, size_t len)
{
	pdcp_bearer_begin(h, PDCP_CMD_SDU_SEND, id, role);
	pdcp_msg_put(h, PDCP_A_BEARER_SDU, sdu, len);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_sdu_discard(struct pdcp *h, const struct pdcp_bearer_id *id, int role)
{
	pdcp_bearer_begin(h, PDCP_CMD_SDU_DISCARD, id, role);
	return pdcp_msg_exchange(h, NULL, NULL);
}

int pdcp_pdu_input(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		   const void *pdu, size_t len)
{
	pdcp_bearer_begin(h, PDCP_CMD_PDU_INPUT, id, role);
	pdcp_msg_put(h, PDCP_A_BEARER_PDU, pdu, len);
	return pdcp_msg_exchange(h, NULL, NULL);
}
