// SPDX-License-Identifier: GPL-2.0
/*
 * Requests that may well succeed: of few UEs, bearers and sets, so that most of what they name
 * is there. UEs with an odd identity are UEs, the others gNBs with the same keys.
 */

#include <arpa/inet.h>
#include <string.h>

#include "message.h"
#include "uapi/linux/pdcp.h"

enum {
	UES = 4,
	DRBS = 2,
	SRBS = 1,
	SETS = 2,
	TEIDS = 64,
};

/* Mostly that of the last one, or a UE would never get far. */
static uint32_t ue_of(struct message *m)
{
	if (!m->ue || (!m->sure && !pick(m, 64)))
		m->ue = 1 + pick(m, UES);
	return m->sure || pick(m, 8) ? m->ue : 1 + pick(m, UES);
}

static uint8_t set_of(struct message *m, uint8_t preferred)
{
	return m->sure ? preferred : pick(m, SETS);
}

static uint32_t common(struct message *m)
{
	uint32_t ue = ue_of(m);

	put_u32(m, PDCP_A_UE_IFINDEX, m->ifindex);
	put_u32(m, PDCP_A_UE_UE_ID, ue);
	return ue;
}

static uint32_t bit(uint32_t type, uint8_t id)
{
	return 1 << (type == PDCP_BEARER_TYPE_DRB ? SRBS + id : id);
}

/* Returns the type. */
static uint32_t bearer(struct message *m)
{
	uint32_t type = pick(m, 4) ? PDCP_BEARER_TYPE_DRB : PDCP_BEARER_TYPE_SRB;
	uint8_t id = 1 + pick(m, type == PDCP_BEARER_TYPE_DRB ? DRBS : SRBS);

	put_u32(m, PDCP_A_BEARER_TYPE, type);
	put_u8(m, PDCP_A_BEARER_ID, id);
	m->named = bit(type, id);
	return type;
}

static void address(struct message *m, uint16_t type, uint32_t ipv4)
{
	uint8_t ipv6[16] = { 0x20, 0x01, 0x0d, 0xb8, [15] = ipv4 };

	ipv4 = htonl(ipv4);
	if (pick(m, 4))
		put(m, type, &ipv4, sizeof(ipv4));
	else
		put(m, type, ipv6, sizeof(ipv6));
}

static void leg(struct message *m, uint16_t type)
{
	bool gtpu = pick(m, 2);
	size_t nest = nest_begin(m, type);

	put_u32(m, PDCP_A_LEG_LOWER, gtpu ? PDCP_LOWER_GTPU : PDCP_LOWER_USER);
	if (gtpu) {
		address(m, PDCP_A_LEG_REMOTE, 0xc0000202 + pick(m, 2));
		put_u32(m, PDCP_A_LEG_TEID_IN, 1 + pick(m, TEIDS));
		put_u32(m, PDCP_A_LEG_TEID_OUT, 1 + pick(m, TEIDS));
		if (!pick(m, 3))
			put_u8(m, PDCP_A_LEG_NRU, 1);
	}
	nest_end(m, nest);
}

static void ue_new(struct message *m)
{
	uint32_t ue = common(m);

	put_u32(m, PDCP_A_UE_ROLE, ue % 2 ? PDCP_ROLE_UE : PDCP_ROLE_GNB);
	if (pick(m, 2))
		address(m, PDCP_A_UE_ADDRESS, 0x0a2e0000 + ue);
}

static void key(struct message *m, uint16_t type, uint8_t set)
{
	uint8_t value[PDCP_KEY_LEN] = { type, set };

	memcpy(value + 2, &m->epoch, sizeof(m->epoch));
	put(m, type, value, sizeof(value));
}

static void security_new(struct message *m)
{
	uint8_t set = set_of(m, pick(m, SETS));

	common(m);
	put_u8(m, PDCP_A_SECURITY_SET, set);
	put_u8(m, PDCP_A_SECURITY_NEA, pick(m, 4));
	put_u8(m, PDCP_A_SECURITY_NIA, 1 + pick(m, 3));
	key(m, PDCP_A_SECURITY_RRC_ENC, set);
	key(m, PDCP_A_SECURITY_RRC_INT, set);
	key(m, PDCP_A_SECURITY_UP_ENC, set);
	key(m, PDCP_A_SECURITY_UP_INT, set);
}

static void drb_new(struct message *m)
{
	uint8_t sn_bits = pick(m, 2) ? 12 : 18;
	bool am = pick(m, 2);

	put_u32(m, PDCP_A_BEARER_MODE, am ? PDCP_MODE_AM : PDCP_MODE_UM);
	put_u8(m, PDCP_A_BEARER_SN_UL, sn_bits);
	put_u8(m, PDCP_A_BEARER_SN_DL, sn_bits);
	if (pick(m, 2))
		put_u8(m, PDCP_A_BEARER_INTEGRITY, 1);
	if (pick(m, 2))
		put_u32(m, PDCP_A_BEARER_T_REORDERING, 20 * pick(m, 4));
	if (pick(m, 2))
		put_u32(m, PDCP_A_BEARER_DISCARD, 10000 * (1 + pick(m, 6)));
	if (am && pick(m, 2))
		put_u8(m, PDCP_A_BEARER_STATUS_REPORT, 1);
	if (!pick(m, 4))
		put_u8(m, PDCP_A_BEARER_OUT_OF_ORDER, 1);
	if (pick(m, 2)) {
		put_u32(m, PDCP_A_BEARER_UPPER, PDCP_UPPER_USER);
		put_u8(m, PDCP_A_BEARER_SDAP, pick(m, 2));
	}
	if (!pick(m, 32))
		put_u32(m, PDCP_A_BEARER_HOLD, 1 + pick(m, 3));
	put_u32(m, PDCP_A_BEARER_QUEUE_LIMIT, 64);
	if (am)
		put_u32(m, PDCP_A_BEARER_KEPT_LIMIT, 64);
}

static void bearer_new(struct message *m)
{
	uint32_t type;

	common(m);
	type = bearer(m);
	put_u8(m, PDCP_A_BEARER_SET, set_of(m, 0));
	if (type == PDCP_BEARER_TYPE_DRB)
		drb_new(m);
	leg(m, PDCP_A_BEARER_LEG);
	/* With two legs no handover can begin. */
	if (!pick(m, m->sure ? 64 : 8)) {
		if (type == PDCP_BEARER_TYPE_DRB && pick(m, 2))
			put_u32(m, PDCP_A_BEARER_SPLIT_THRESHOLD, pick(m, 64));
		if (pick(m, 2))
			put_u8(m, PDCP_A_BEARER_DUPLICATION, 1);
		leg(m, PDCP_A_BEARER_LEG);
	}
}

static void bearer_set(struct message *m)
{
	common(m);
	bearer(m);
	if (pick(m, 2))
		put_u32(m, PDCP_A_BEARER_T_REORDERING, 20 * pick(m, 4));
	else
		put_u8(m, PDCP_A_BEARER_DUPLICATION, pick(m, 2));
}

static void target(struct message *m, uint32_t type, uint8_t id, bool action)
{
	size_t nest = nest_begin(m, PDCP_A_UE_BEARER);

	put_u32(m, PDCP_A_BEARER_TARGET_TYPE, type);
	put_u8(m, PDCP_A_BEARER_TARGET_ID, id);
	if (pick(m, 32))
		leg(m, PDCP_A_BEARER_TARGET_LEG);
	if (action && !pick(m, 4))
		put_u32(m, PDCP_A_BEARER_TARGET_ACTION, pick(m, 3));
	nest_end(m, nest);
}

/* Mostly all that are known to be there, or some.  No SRB is recovered. */
static bool is_target(struct message *m, uint32_t type, uint8_t id)
{
	if (m->op->cmd == PDCP_CMD_BEARER_RECOVER && (type == PDCP_BEARER_TYPE_SRB || pick(m, 2)))
		return !pick(m, 16);
	return m->sure && pick(m, 16) ? m->bearers & bit(type, id) : pick(m, 4);
}

static void targets(struct message *m, bool action)
{
	uint8_t id;

	for (id = 1; id <= DRBS; id++)
		if (is_target(m, PDCP_BEARER_TYPE_DRB, id))
			target(m, PDCP_BEARER_TYPE_DRB, id, action);
	for (id = 1; id <= SRBS; id++)
		if (is_target(m, PDCP_BEARER_TYPE_SRB, id))
			target(m, PDCP_BEARER_TYPE_SRB, id, action);
}

static void daps_start(struct message *m)
{
	common(m);
	put_u8(m, PDCP_A_UE_TARGET_SET, set_of(m, 1));
	if (pick(m, 2))
		put_u32(m, PDCP_A_UE_T304, 1 + pick(m, 200));
	targets(m, true);
}

static void move(struct message *m)
{
	common(m);
	if (m->op->cmd == PDCP_CMD_BEARER_REESTABLISH)
		put_u8(m, PDCP_A_UE_TARGET_SET, pick(m, SETS));
	targets(m, false);
}

static void status(struct message *m)
{
	common(m);
	bearer(m);
	if (m->op->cmd == PDCP_CMD_STATUS_GET) {
		if (!pick(m, 256))
			put(m, PDCP_A_BEARER_STOP, NULL, 0);
		return;
	}
	if (pick(m, 2))
		put_u32(m, PDCP_A_BEARER_TX_NEXT, pick(m, 5000));
	if (pick(m, 2))
		put_u32(m, PDCP_A_BEARER_RX_DELIV, pick(m, 5000));
}

/* An IP packet, as far as anybody looks. */
static void sdu_send(struct message *m)
{
	uint8_t sdu[64] = { 0x45, [3] = sizeof(sdu), [8] = 64, [9] = 17, [12] = 10, 46, 0, 1, 10,
			    99, 0, 1 };

	common(m);
	bearer(m);
	put(m, PDCP_A_BEARER_SDU, sdu, pick(m, 8) ? sizeof(sdu) : pick(m, sizeof(sdu)));
}

/* One that was sent, perhaps with a fault, or a header with anything behind it. */
static void pdu_input(struct message *m)
{
	uint8_t pdu[PDU_MAX] = { pick(m, 2) ? 0x80 : 0, pick(m, 256), pick(m, 256) };
	size_t len = 3 + pick(m, 60);

	if (m->pdu_len && pick(m, 4)) {
		len = m->pdu_len;
		memcpy(pdu, m->pdu, len);
		if (!pick(m, 8))
			pdu[pick(m, len)] ^= 1 << pick(m, 8);
		if (!pick(m, 8))
			len = 1 + pick(m, len);
	}
	common(m);
	bearer(m);
	put(m, PDCP_A_BEARER_PDU, pdu, len);
}

static void ue_get(struct message *m)
{
	put_u32(m, PDCP_A_UE_IFINDEX, m->ifindex);
	if (m->op->flags & GENL_CMD_CAP_DO)
		put_u32(m, PDCP_A_UE_UE_ID, ue_of(m));
}

static void security_del(struct message *m)
{
	common(m);
	put_u8(m, PDCP_A_SECURITY_SET, pick(m, SETS));
}

static void bearer_alone(struct message *m)
{
	common(m);
	bearer(m);
}

static void device_get(struct message *m)
{
	if (m->op->flags & GENL_CMD_CAP_DO)
		put_u32(m, PDCP_A_DEVICE_IFINDEX, m->ifindex);
}

/* Only of a device that is down, but for the port that it has. */
static void device_set(struct message *m)
{
	put_u32(m, PDCP_A_DEVICE_IFINDEX, m->ifindex);
	put(m, PDCP_A_DEVICE_PORT, &(uint16_t){ pick(m, 2) ? 2152 : 2153 }, 2);
}

/* By command; of those that are missing the UE is all there is to say. */
static void (*const requests[])(struct message *m) = {
	[PDCP_CMD_DEVICE_GET] = device_get,
	[PDCP_CMD_DEVICE_SET] = device_set,
	[PDCP_CMD_UE_NEW] = ue_new,
	[PDCP_CMD_UE_GET] = ue_get,
	[PDCP_CMD_SECURITY_NEW] = security_new,
	[PDCP_CMD_SECURITY_DEL] = security_del,
	[PDCP_CMD_BEARER_NEW] = bearer_new,
	[PDCP_CMD_BEARER_SET] = bearer_set,
	[PDCP_CMD_BEARER_DEL] = bearer_alone,
	[PDCP_CMD_BEARER_SUSPEND] = bearer_alone,
	[PDCP_CMD_BEARER_RESUME] = bearer_alone,
	[PDCP_CMD_BEARER_REESTABLISH] = move,
	[PDCP_CMD_BEARER_RECOVER] = move,
	[PDCP_CMD_DAPS_START] = daps_start,
	[PDCP_CMD_STATUS_GET] = status,
	[PDCP_CMD_STATUS_SET] = status,
	[PDCP_CMD_SDU_SEND] = sdu_send,
	[PDCP_CMD_SDU_DISCARD] = bearer_alone,
	[PDCP_CMD_PDU_INPUT] = pdu_input,
};

void request(struct message *m)
{
	uint8_t cmd = m->op->cmd;

	if (cmd < ARRAY_SIZE(requests) && requests[cmd])
		requests[cmd](m);
	else
		common(m);
}

void request_done(struct message *m)
{
	switch (m->op->cmd) {
	case PDCP_CMD_UE_NEW:
		m->bearers = 0;
		break;
	case PDCP_CMD_BEARER_NEW:
		m->bearers |= m->named;
		break;
	case PDCP_CMD_BEARER_DEL:
		m->bearers &= ~m->named;
		break;
	}
}
