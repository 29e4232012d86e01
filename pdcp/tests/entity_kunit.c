// SPDX-License-Identifier: GPL-2.0
/* COUNT limits, malformed PDUs, split and one-directional bearers. */
#include <kunit/test.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/ue.h"

/* Told once of the threshold and once of the end; 0xffffffff is never used. */
static void count_limits(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 next = PDCP_COUNT_THRESHOLD - 1;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	mutex_lock(&bed->pdcp->lock);
	pdcp_entity_set_counts(e, &next, NULL, NULL);
	mutex_unlock(&bed->pdcp->lock);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 0);
	bed_send(test, e, daps_sdus[1]);
	bed_send(test, e, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 1);

	next = PDCP_COUNT_MAX;
	mutex_lock(&bed->pdcp->lock);
	pdcp_entity_set_counts(e, &next, NULL, NULL);
	mutex_unlock(&bed->pdcp->lock);
	seen.pdus = 0;
	for (i = 0; i < 3; i++)
		bed_send(test, e, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[0].bearer.count, PDCP_COUNT_MAX);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][true], 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_COUNT]), 2);
}

/* Bearer 1 of a new UE, UM with 12 bits, whose PDUs are as they are sent. */
static struct pdcp_entity *add_clear(struct kunit *test)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 12);
	struct pdcp_ue *ue = bed_ue(test, 1, PDCP_ROLE_UE);

	bed_install(test, ue, SET_SOURCE, &daps_source);
	config.integrity = false;
	config.ciphering = false;
	return bed_bearer(test, ue, &config, &user_leg);
}

/* RX_NEXT cannot follow 0xffffffff, which no sender that we know of would use. */
static void received_count_limits(struct kunit *test)
{
	struct pdcp_entity *e = add_clear(test);
	struct bed *bed = test->priv;
	u32 deliv = PDCP_COUNT_THRESHOLD - 1;

	mutex_lock(&bed->pdcp->lock);
	pdcp_entity_set_counts(e, NULL, &deliv, NULL);
	mutex_unlock(&bed->pdcp->lock);
	bed_receive_hex(test, e, 0, "8fff00");
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][false], 0);
	bed_receive_hex(test, e, 0, "800000");
	bed_receive_hex(test, e, 0, "800100");
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][false], 1);

	deliv = PDCP_COUNT_MAX;
	mutex_lock(&bed->pdcp->lock);
	pdcp_entity_set_counts(e, NULL, &deliv, NULL);
	mutex_unlock(&bed->pdcp->lock);
	bed_receive_hex(test, e, 0, "8fff00");
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, PDCP_COUNT_MAX);
	bed_receive_hex(test, e, 0, "8ffe00");
	bed_receive_hex(test, e, 0, "8fff00");
	KUNIT_EXPECT_EQ(test, seen.sdus, 4);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, U32_MAX);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, U32_MAX);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_COUNT]), 2);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][true], 1);
}

/* One octet to 9000, and no more or less (38.323 4.3.1), either way. */
static void sdu_sizes(struct kunit *test)
{
	static const size_t sizes[] = { 0, 1, PDCP_SDU_MAX, PDCP_SDU_MAX + 1 };
	u8 *pdu = kunit_kzalloc(test, 2 + PDCP_SDU_MAX + 1, GFP_KERNEL);
	struct pdcp_entity *e = add_clear(test);
	unsigned int i;

	KUNIT_ASSERT_EQ(test, PDCP_SDU_MAX, 9000);
	KUNIT_ASSERT_NOT_NULL(test, pdu);
	pdu[0] = 0x80;
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		bed_send_octets(test, e, pdu + 2, sizes[i]);
		pdu[1] = i;
		bed_receive(test, e, 0, pdu, 2 + sizes[i]);
	}
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	KUNIT_EXPECT_EQ(test, seen.pdu[0].len, 2 + 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].len, 2 + PDCP_SDU_MAX);
	KUNIT_EXPECT_EQ(test, e->tx.next, 2);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_SIZE]), 2);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 2);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_MALFORMED]), 2);
}

/*
 * What would take more memory than window-limit is dropped, never what is due; what was stored is
 * no longer counted once it was delivered, or dropped.
 */
static void window_limit(struct kunit *test)
{
	struct pdcp_entity *e = add_clear(test);
	u8 pdu[3] = { 0x80 };
	u64 each;

	pdu[1] = 1;
	bed_receive(test, e, 0, pdu, sizeof(pdu));
	each = e->rx.stored_bytes;
	KUNIT_ASSERT_GT(test, each, 0);
	e->config.window_limit = 3 * each;
	for (pdu[1] = 2; pdu[1] < 8; pdu[1]++)
		bed_receive(test, e, 0, pdu, sizeof(pdu));
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 3);
	KUNIT_EXPECT_EQ(test, e->rx.stored_bytes, 3 * each);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_WINDOW_FULL]), 4);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);

	pdu[1] = 0;
	bed_receive(test, e, 0, pdu, sizeof(pdu));
	KUNIT_EXPECT_EQ(test, seen.sdus, 4);
	KUNIT_EXPECT_EQ(test, e->rx.stored_bytes, 0);
	for (pdu[1] = 5; pdu[1] < 9; pdu[1]++)
		bed_receive(test, e, 0, pdu, sizeof(pdu));
	KUNIT_EXPECT_EQ(test, e->rx.stored_bytes, 3 * each);
	mutex_lock(&e->ue->pdcp->lock);
	pdcp_entity_stop(e);
	mutex_unlock(&e->ue->pdcp->lock);
	KUNIT_EXPECT_EQ(test, seen.sdus, 7);
	KUNIT_EXPECT_EQ(test, e->rx.stored_bytes, 0);
}

/* Out of order nothing is stored, and nothing is too much. */
static void window_limit_out_of_order(struct kunit *test)
{
	struct pdcp_entity *e = add_clear(test);
	u8 pdu[3] = { 0x80 };

	e->config.window_limit = 0;
	e->rx.window.out_of_order = true;
	for (pdu[1] = 1; pdu[1] < 8; pdu[1]++)
		bed_receive(test, e, 0, pdu, sizeof(pdu));
	KUNIT_EXPECT_EQ(test, seen.sdus, 7);
	KUNIT_EXPECT_EQ(test, e->rx.stored_bytes, 0);
}

/* Of what one PDU makes due the stack takes what it has room for, in order; the rest is dropped. */
static void backlog(struct kunit *test)
{
	struct pdcp_entity *e = add_clear(test);
	struct sk_buff_head *queue = &e->ue->pdcp->lanes[e->ue->config.id % PDCP_LANES].queue;
	u8 pdu[3] = { 0x80 };

	for (pdu[1] = 1; pdu[1] < 4; pdu[1]++)
		bed_receive(test, e, 0, pdu, sizeof(pdu));
	pdu[1] = 0;
	local_bh_disable();
	queue->qlen += PDCP_LANE_LIMIT - 3;
	bed_receive(test, e, 0, pdu, sizeof(pdu));
	queue->qlen -= PDCP_LANE_LIMIT - 3;
	local_bh_enable();
	KUNIT_EXPECT_EQ(test, seen.sdus, 3);
	KUNIT_EXPECT_EQ(test, seen.sdu[2].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->rx.sdus, 3);
	KUNIT_EXPECT_EQ(test, e->rx.bytes, 3);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 4);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_BACKLOG]), 1);
}

/* A PDU that user space cannot be told of is lost, and counted. */
static void untold_pdu(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	seen.deaf = true;
	bed_send(test, e, daps_sdus[0]);
	seen.deaf = false;
	bed_send(test, e, daps_sdus[1]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_NOMEM]), 1);
}

/* One forged PDU of any SN on a fresh bearer is an integrity failure or has no COUNT, no more. */
static void forged_pdu(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u8 pdu[16] = { 0x80 };
	u32 sn;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 12);
	for (sn = 0; sn < 4096; sn++) {
		pdu[0] = 0x80 | sn >> 8;
		pdu[1] = sn;
		bed_receive(test, e, 0, pdu, sizeof(pdu));
	}
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_INTEGRITY]), 2048);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_RANGE]), 2048);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][true], 0);
	KUNIT_EXPECT_EQ(test, bed->ue->nbearers, 1);
}

/* PDUs of every length up to the shortest that can be right, data and control. */
static void short_pdus(struct kunit *test)
{
	struct bed *bed = test->priv;
	static const u8 octets[2][8] = { { 0x80 }, { 0x00 } };
	struct pdcp_entity *e;
	unsigned int len;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (len = 0; len < 8; len++)
		bed_receive(test, e, 0, octets[0], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_MALFORMED]), 8);
	for (len = 1; len < 5; len++)
		bed_receive(test, e, 0, octets[1], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 4);
	bed_receive_hex(test, e, 0, "0000000001");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_STATUS]), 1);
	bed_receive_hex(test, e, 0, "70");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 5);
}

/*
 * One SDU is never confirmed, all others are: before TX_NEXT is half the SN space ahead of it, it
 * is given up, or the receiver could not tell its COUNT.
 */
static void outstanding(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u8 report[5 + 256];
	unsigned int i;

	memset(report, 0xff, sizeof(report));
	memset(report, 0, 5);
	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 12);
	for (i = 0; i < 2048; i++) {
		bed_send(test, e, daps_sdus[0]);
		bed_receive(test, e, 0, report, sizeof(report));
		KUNIT_ASSERT_EQ(test, skb_queue_len(&e->tx.kept), 1);
	}
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 2047);
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 0);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 1);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 1);
}

static struct pdcp_entity *add_split(struct kunit *test, u32 threshold, bool duplicate)
{
	const struct pdcp_leg_config legs[] = { user_leg, user_leg };
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	struct pdcp_ue *ue = bed_ue(test, 1, PDCP_ROLE_UE);

	bed_install(test, ue, SET_SOURCE, &daps_source);
	config.split_threshold = threshold;
	return bed_split_bearer(test, ue, &config, legs, 2, duplicate);
}

/* Both legs carry the same octets under one COUNT; deactivated, the primary alone. */
static void duplication(struct kunit *test)
{
	struct pdcp_entity *e = add_split(test, PDCP_INFINITY, true);
	struct bed *bed = test->priv;

	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 2);
	bed_expect_pdu(test, 0, PDCP_LEG_ROLE_SOURCE, 0, daps_am_source[0]);
	bed_expect_pdu(test, 1, PDCP_LEG_ROLE_SECONDARY, 0, daps_am_source[0]);
	mutex_lock(&bed->pdcp->lock);
	pdcp_entity_set_duplication(e, false);
	mutex_unlock(&bed->pdcp->lock);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	bed_expect_pdu(test, 2, PDCP_LEG_ROLE_SOURCE, 1, daps_am_source[1]);

	bed_receive_hex(test, e, 1, daps_rx_steps[0].pdu);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_OLD]), 1);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), -EINVAL);
}

/* An SRB with two legs sends each message on both, and delivers it once. */
static void duplication_of_srb(struct kunit *test)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	const struct pdcp_leg_config legs[] = { user_leg, user_leg };
	struct pdcp_entity *ue, *gnb;
	struct bed *bed = test->priv;
	unsigned int i;

	bed_install(test, bed_ue(test, 1, PDCP_ROLE_UE), SET_SOURCE, &daps_source);
	ue = bed_split_bearer(test, bed->ue, &config, legs, 2, true);
	bed_install(test, bed_ue(test, 2, PDCP_ROLE_GNB), SET_SOURCE, &daps_source);
	gnb = bed_split_bearer(test, bed->ue, &config, legs, 2, true);
	for (i = 0; i < 4; i++)
		bed_send(test, ue, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 8);
	for (i = 0; i < 8; i++) {
		const struct caught *c = &seen.pdu[i];

		KUNIT_EXPECT_EQ(test, c->bearer.role,
				i % 2 ? PDCP_LEG_ROLE_SECONDARY : PDCP_LEG_ROLE_SOURCE);
		KUNIT_EXPECT_EQ(test, c->bearer.count, i / 2);
		KUNIT_EXPECT_EQ(test, c->len, seen.pdu[i ^ 1].len);
		KUNIT_EXPECT_MEMEQ(test, c->octets, seen.pdu[i ^ 1].octets, c->len);
	}
	/* The first leg loses every other one; all of the second arrive. */
	for (i = 0; i < 8; i++)
		if (i % 4)
			bed_receive(test, gnb, i % 2, seen.pdu[i].octets, seen.pdu[i].len);
	KUNIT_EXPECT_EQ(test, seen.sdus, 4);
	KUNIT_EXPECT_EQ(test, atomic64_read(&gnb->drops[PDCP_DROP_REASON_RX_OLD]), 2);
	KUNIT_EXPECT_EQ(test, -EINVAL, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_SOURCE));
	KUNIT_EXPECT_EQ(test, -EKEYREJECTED,
			bed_reestablish(bed, PDCP_BEARER_TYPE_SRB, SET_SOURCE));
}

/* Below ul-DataSplitThreshold the primary alone, from it on both in turn, one numbering. */
static void split(struct kunit *test)
{
	struct pdcp_entity *e = add_split(test, 100, false);
	unsigned int i, secondary = 0;

	for (i = 0; i < 6; i++)
		bed_send(test, e, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 6);
	for (i = 0; i < 6; i++) {
		enum pdcp_leg_role role = seen.pdu[i].bearer.role;

		bed_expect_pdu(test, i, role, i, daps_am_source[i]);
		if (i < 2)
			KUNIT_EXPECT_EQ(test, role, PDCP_LEG_ROLE_SOURCE);
		secondary += role == PDCP_LEG_ROLE_SECONDARY;
	}
	KUNIT_EXPECT_GE(test, secondary, 1);
	KUNIT_EXPECT_LT(test, secondary, 4);
	bed_receive_hex(test, e, 1, "0000000006");
	KUNIT_EXPECT_EQ(test, e->tx.kept_bytes, 0);
	bed_send(test, e, daps_sdus[6]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 7);
	KUNIT_EXPECT_EQ(test, seen.pdu[6].bearer.role, PDCP_LEG_ROLE_SOURCE);
}

/* A UM DRB with one direction sends or receives, and the other end the other way round. */
static void one_direction(struct kunit *test)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	struct pdcp_ue *ue = bed_ue(test, 1, PDCP_ROLE_UE);
	struct pdcp_entity *up, *down;
	struct bed *bed = test->priv;
	u32 count = 1;

	bed_install(test, ue, SET_SOURCE, &daps_source);
	config.sn_dl = 0;
	up = bed_bearer(test, ue, &config, &user_leg);
	config.id = 2;
	config.sn_ul = 0;
	config.sn_dl = 18;
	down = bed_bearer(test, ue, &config, &user_leg);

	bed_send(test, up, daps_sdus[0]);
	bed_send(test, down, daps_sdus[0]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&down->drops[PDCP_DROP_REASON_TX_DIRECTION]), 1);
	bed_receive_hex(test, up, 0, daps_rx_steps[0].pdu);
	bed_receive_hex(test, down, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&up->drops[PDCP_DROP_REASON_RX_DIRECTION]), 1);

	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(up, NULL, &count, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(down, &count, NULL, NULL), -EINVAL);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(up, &count, NULL, NULL), 0);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(down, NULL, &count, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
}

static struct kunit_case entity_cases[] = {
	KUNIT_CASE(count_limits),
	KUNIT_CASE(received_count_limits),
	KUNIT_CASE(sdu_sizes),
	KUNIT_CASE(window_limit),
	KUNIT_CASE(window_limit_out_of_order),
	KUNIT_CASE(backlog),
	KUNIT_CASE(untold_pdu),
	KUNIT_CASE(forged_pdu),
	KUNIT_CASE(short_pdus),
	KUNIT_CASE(outstanding),
	KUNIT_CASE(duplication),
	KUNIT_CASE(duplication_of_srb),
	KUNIT_CASE(split),
	KUNIT_CASE(one_direction),
	{ }
};

static struct kunit_suite entity_suite = {
	.name = "pdcp_entity",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = entity_cases,
};

kunit_test_suite(entity_suite);
