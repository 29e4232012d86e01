// SPDX-License-Identifier: GPL-2.0
/* Handovers, re-establishment and suspension of whole entities, with legs in user space. */
#include <kunit/test.h>

#include "pdcp/bearer.h"
#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/ue.h"

static struct pdcp_entity *add_bearer(struct kunit *test, enum pdcp_bearer_type type,
				      enum pdcp_mode mode, u8 sn_bits)
{
	const struct pdcp_entity_config config = bed_config(type, mode, sn_bits);
	struct bed *bed = test->priv;

	return bed_bearer(test, bed->ue, &config, &user_leg);
}

static void receive_hex(struct kunit *test, struct pdcp_entity *e, u8 slot, const char *hex)
{
	size_t len;
	u8 *octets = pdcp_test_hex(test, hex, &len);

	bed_receive(test, e, slot, octets, len);
}

static void expect_pdu(struct kunit *test, unsigned int i, enum pdcp_leg_role role,
		       u32 count, const char *hex)
{
	const struct caught *c = &seen.pdu[i];
	size_t len;
	u8 *octets = pdcp_test_hex(test, hex, &len);

	KUNIT_ASSERT_LT(test, i, seen.pdus);
	KUNIT_EXPECT_EQ(test, c->bearer.role, role);
	KUNIT_EXPECT_EQ(test, c->bearer.count, count);
	KUNIT_ASSERT_EQ(test, c->len, len);
	KUNIT_EXPECT_MEMEQ(test, c->octets, octets, len);
}

static int start(struct bed *bed, enum pdcp_bearer_type type, u8 set)
{
	const struct pdcp_target target = {
		.type = type,
		.id = 1,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = pdcp_handover_start(bed->ue, set, 0, &target, 1, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

static int verb(struct bed *bed, int (*fn)(struct pdcp_ue *, struct netlink_ext_ack *))
{
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = fn(bed->ue, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

/* AM: from the first SDU that is not confirmed on, original COUNT, target's keys. */
static void am_uplink_switch(struct kunit *test)
{
	static const char confirms_below_2[] = "0000000002";
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n = 0;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, confirms_below_2);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 2);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_switch), 0);
	bed_send(test, e, daps_sdus[i++]);
	bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus,
			ARRAY_SIZE(daps_am_source) + ARRAY_SIZE(daps_am_target));
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		expect_pdu(test, n++, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_am_target); i++)
		expect_pdu(test, n++, PDCP_LEG_ROLE_TARGET, daps_am_target[i].count,
			   daps_am_target[i].pdu);
}

/* UM: only what the source was never given; the pause stands for a source without grants. */
static void um_uplink_switch(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n = 0;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 12);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		bed_send(test, e, daps_sdus[i]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[i++]);
	bed_send(test, e, daps_sdus[i++]);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_switch), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus,
			ARRAY_SIZE(daps_um_source) + ARRAY_SIZE(daps_um_target));
	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		expect_pdu(test, n++, PDCP_LEG_ROLE_SOURCE, i, daps_um_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_um_target); i++)
		expect_pdu(test, n++, PDCP_LEG_ROLE_TARGET, daps_um_target[i].count,
			   daps_um_target[i].pdu);
}

/* One window; the leg alone selects the key, and what comes by the wrong one is dropped. */
static void downlink_reception(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i;
	size_t len;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_rx_steps); i++) {
		const struct daps_rx_step *step = &daps_rx_steps[i];

		receive_hex(test, e, step->target, step->pdu);
		KUNIT_EXPECT_EQ_MSG(test, seen.sdus, step->delivered, "step %u", i);
		KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, step->delivered);
	}
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_OLD]), 1);
	for (i = 0; i < seen.sdus; i++) {
		u8 *octets = pdcp_test_hex(test, daps_sdus[i], &len);

		KUNIT_EXPECT_EQ(test, seen.sdu[i].bearer.count, i);
		KUNIT_ASSERT_EQ(test, seen.sdu[i].len, len);
		KUNIT_EXPECT_MEMEQ(test, seen.sdu[i].octets, octets, len);
	}

	receive_hex(test, e, 1, daps_wrong_leg.pdu);
	KUNIT_EXPECT_EQ(test, seen.failures, 1);
	KUNIT_EXPECT_EQ(test, seen.failed_count, daps_wrong_leg.count);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, daps_wrong_leg.count);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
	receive_hex(test, e, 0, daps_wrong_leg.pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, daps_wrong_leg.count + 1);
}

/* Fallback: the source as it was, the target's set gone. */
static void fallback(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_fallback), 0);
	for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source));
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		expect_pdu(test, i, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(bed->ue, SET_SOURCE));
	KUNIT_EXPECT_NULL(test, pdcp_ue_security(bed->ue, SET_TARGET));
}

/* Release: the target's leg alone is left, the source's set gone, nothing else touched. */
static void release(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_switch), 0);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_release), 0);

	KUNIT_EXPECT_NULL(test, pdcp_ue_security(bed->ue, SET_SOURCE));
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(bed->ue, SET_TARGET));
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(e->leg[0]));
	KUNIT_EXPECT_EQ(test, pdcp_entity_role(e, 1), PDCP_LEG_ROLE_SOURCE);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 1);
	KUNIT_EXPECT_TRUE(test, e->rx.window.running);
	receive_hex(test, e, 1, daps_rx_steps[3].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 2);
}

static struct pdcp_entity *srb(struct bed *bed, enum pdcp_leg_role role)
{
	return rcu_dereference_protected(*pdcp_ue_bearer(bed->ue, PDCP_BEARER_TYPE_SRB, 1, role),
					 true);
}

/* With another key a second entity starts at 0, and a fallback leaves the first as it was. */
static void srb_key_refresh(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *source;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	source = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, source, daps_sdus[0]);
	bed_send(test, source, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	bed_send(test, source, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	bed_send(test, srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[3]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.role, PDCP_LEG_ROLE_TARGET);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 0);

	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_NULL(test, srb(bed, PDCP_LEG_ROLE_TARGET));
	KUNIT_EXPECT_PTR_EQ(test, srb(bed, PDCP_LEG_ROLE_SOURCE), source);
	KUNIT_EXPECT_EQ(test, seen.pdus, 3);
	bed_send(test, source, daps_sdus[4]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.role, PDCP_LEG_ROLE_SOURCE);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.count, 2);
}

/* With the same key the variables go along, and back (38.323 7.1); the set stays. */
static void srb_same_key(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *source;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	source = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, source, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_SRB, SET_SOURCE), 0);
	bed_send(test, srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[1]);
	bed_send(test, srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[2]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 2);

	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(bed->ue, SET_SOURCE));
	bed_send(test, source, daps_sdus[3]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.count, 3);
}

/* A held receiver cannot decipher before it knows RX_DELIV; then all comes, in order. */
static void held_receiver(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 deliv = 2;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	e->rx.hold = true;
	receive_hex(test, e, 0, daps_rx_steps[4].pdu);
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->rx.held), 3);

	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_OLD]), 1);
}

/* What a held receiver got under a key that is gone is not tried with the next one. */
static void held_fallback(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 deliv = 0;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	e->rx.hold = true;
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->rx.held), 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PURGED]), 1);

	bed_install(test, bed->ue, SET_TARGET, &daps_source);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, seen.failures, 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
}

static int reestablish(struct bed *bed, enum pdcp_bearer_type type, u8 set)
{
	const struct pdcp_target target = {
		.type = type,
		.id = 1,
		.has_leg = true,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = pdcp_reestablish(bed->ue, set, &target, 1, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

static int recover(struct bed *bed, bool has_leg)
{
	const struct pdcp_target target = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.has_leg = has_leg,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = pdcp_recover(bed->ue, &target, 1, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

static int all(struct bed *bed, int (*fn)(struct pdcp_ue *ue, struct pdcp_entity *only,
					  struct netlink_ext_ack *extack))
{
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = fn(bed->ue, NULL, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

/* AM: original COUNTs under the new key, from the first that is not confirmed on. */
static void am_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), -EKEYREJECTED);
	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	n = ARRAY_SIZE(daps_am_source);
	KUNIT_ASSERT_EQ(test, seen.pdus, n + 4);
	for (i = 0; i < 4; i++)
		expect_pdu(test, n + i, PDCP_LEG_ROLE_SOURCE, daps_am_target[i].count,
			   daps_am_target[i].pdu);
	KUNIT_EXPECT_EQ(test, e->tx.next, n);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 3);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 1);
	KUNIT_EXPECT_TRUE(test, e->rx.window.running);
}

/* UM: what is stored is delivered, and both COUNTs begin at 0. */
static void um_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_send(test, e, daps_sdus[0]);
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 0);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
}

/* SRB: what is stored is dropped. */
static void srb_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, e, daps_sdus[0]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);

	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_PURGED]), 1);
}

/* The same octets again (38.323 5.5), on the old leg or on a new one. */
static void data_recovery(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, round;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	for (round = 0; round < 2; round++) {
		seen.pdus = 0;
		KUNIT_ASSERT_EQ(test, recover(bed, round), 0);
		KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source) - 2);
		for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
			expect_pdu(test, i - 2, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	}
}

/* COUNTs begin anew, so the key has to: the unconfirmed go out as new SDUs after that. */
static void suspend_resume(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < 4; i++)
		bed_send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_ASSERT_EQ(test, all(bed, pdcp_suspend), 0);
	bed_send(test, e, daps_sdus[4]);

	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
	KUNIT_EXPECT_EQ(test, all(bed, pdcp_resume), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);

	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, all(bed, pdcp_resume), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 7);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, seen.pdu[4 + i].bearer.count, i);
	KUNIT_EXPECT_EQ(test, e->tx.next, 3);
}

/* What the suspended lower layer still brings has no COUNT any more: it fails no check. */
static void suspended_reception(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 deliv = 1 << 18;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, all(bed, pdcp_suspend), 0);
	receive_hex(test, e, 0, "800001000000000000");
	receive_hex(test, e, 0, "83ffff000000000000");

	KUNIT_EXPECT_EQ(test, seen.failures, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PAUSED]), 2);
}

/* Told once of the threshold and once of the end; 0xffffffff is never used. */
static void count_limits(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 next = PDCP_COUNT_THRESHOLD - 1;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
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

/* One forged PDU of any SN on a fresh bearer is an integrity failure or has no COUNT, no more. */
static void forged_pdu(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u8 pdu[16] = { 0x80 };
	u32 sn;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 12);
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
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (len = 0; len < 8; len++)
		bed_receive(test, e, 0, octets[0], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_MALFORMED]), 8);
	for (len = 1; len < 5; len++)
		bed_receive(test, e, 0, octets[1], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 4);
	receive_hex(test, e, 0, "0000000001");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_STATUS]), 1);
	receive_hex(test, e, 0, "70");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 5);
}

/* The COUNTs that status-get with stop told are final, whatever comes after. */
static void stopped_bearer(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u64 pdus;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	pdcp_entity_pause(e, PDCP_PAUSED_STOPPED);
	pdus = seen.pdus;

	pdcp_entity_set_t_reordering(e, 0);
	KUNIT_EXPECT_EQ(test, recover(bed, false), -EBUSY);
	KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, all(bed, pdcp_suspend), -EBUSY);
	KUNIT_EXPECT_EQ(test, seen.pdus, pdus);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_EXPECT_EQ(test, e->tx.next, 1);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 0);
}

/* A limit is told of again under another key, which a handover brings too. */
static void limits_of_each_key(struct kunit *test)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	config.count_threshold = 1;
	e = bed_bearer(test, bed->ue, &config, &user_leg);
	bed_send(test, e, daps_sdus[0]);
	bed_send(test, e, daps_sdus[1]);
	bed_send(test, e, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 1);
	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_switch), 0);
	bed_send(test, e, daps_sdus[3]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 2);
}

/*
 * The liaison statement's question: after a fallback the same target keys come again.  What the
 * target's SRB has sent once it may not send again; without use the keys are as good as new.
 */
static void key_again_after_fallback(struct kunit *test)
{
	struct bed *bed = test->priv;
	unsigned int used;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	for (used = 0; used < 2; used++) {
		bed_install(test, bed->ue, SET_TARGET, &daps_target);
		KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
		if (used)
			bed_send(test, srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[0]);
		KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_fallback), 0);
	}
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_NONE);
	bed_send(test, srb(bed, PDCP_LEG_ROLE_SOURCE), daps_sdus[1]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
}

/* The same on the receiving side, where recorded PDUs could be replayed. */
static void replay_after_fallback(struct kunit *test)
{
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	receive_hex(test, rcu_dereference_protected(bed->ue->drb[0], true), 1,
		    daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), 0);
	KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EKEYREJECTED);
}

/* There and back: a UM DRB begins at 0, an AM DRB goes on. */
static void key_again_after_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	enum pdcp_mode mode;

	for (mode = PDCP_MODE_UM; mode <= PDCP_MODE_AM; mode++) {
		struct pdcp_ue *ue = bed_ue(test, mode + 1, PDCP_ROLE_UE);
		struct pdcp_entity *e;
		int back = mode == PDCP_MODE_AM ? 0 : -EKEYREJECTED;

		bed_install(test, ue, SET_SOURCE, &daps_source);
		bed_install(test, ue, SET_TARGET, &daps_target);
		e = add_bearer(test, PDCP_BEARER_TYPE_DRB, mode, 18);
		bed_send(test, e, daps_sdus[0]);
		KUNIT_ASSERT_EQ(test, 0, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET));
		bed_send(test, e, daps_sdus[1]);
		KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), back);
	}
}

/* A bearer made anew under its old key would begin at 0; with its COUNTs given it may go on. */
static void key_again_after_delete(struct kunit *test)
{
	const struct pdcp_bearer_config config = {
		.entity = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18),
		.set = SET_SOURCE,
		.nlegs = 1,
		.legs = { user_leg },
	};
	struct pdcp_bearer_config held = config;
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	u32 next = 0;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_send(test, e, daps_sdus[0]);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, pdcp_bearer_del(bed->ue, e, NULL), 0);
	KUNIT_EXPECT_EQ(test, pdcp_bearer_add(bed->ue, &config, NULL), -EKEYREJECTED);
	held.hold = PDCP_HOLD_TX;
	KUNIT_ASSERT_EQ(test, pdcp_bearer_add(bed->ue, &held, NULL), 0);
	e = rcu_dereference_protected(bed->ue->drb[0], true);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, &next, NULL, NULL), -EKEYREJECTED);
	next = 1;
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, &next, NULL, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
}

/* A full ledger refuses, and forgets nothing. */
static void ledger_full(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_ledger *ledger;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	ledger = &bed->ue->ledger;
	KUNIT_EXPECT_EQ(test, ledger->n, 4);
	ledger->n += PDCP_LEDGER_ENTRIES - 5;
	KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ledger->n, PDCP_LEDGER_ENTRIES - 1);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -ENOSPC);
	ledger->n -= PDCP_LEDGER_ENTRIES - 5;
	KUNIT_EXPECT_EQ(test, reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
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
	expect_pdu(test, 0, PDCP_LEG_ROLE_SOURCE, 0, daps_am_source[0]);
	expect_pdu(test, 1, PDCP_LEG_ROLE_SECONDARY, 0, daps_am_source[0]);
	pdcp_entity_set_duplication(e, false);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	expect_pdu(test, 2, PDCP_LEG_ROLE_SOURCE, 1, daps_am_source[1]);

	receive_hex(test, e, 1, daps_rx_steps[0].pdu);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_OLD]), 1);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), -EINVAL);
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

		expect_pdu(test, i, role, i, daps_am_source[i]);
		if (i < 2)
			KUNIT_EXPECT_EQ(test, role, PDCP_LEG_ROLE_SOURCE);
		secondary += role == PDCP_LEG_ROLE_SECONDARY;
	}
	KUNIT_EXPECT_GE(test, secondary, 1);
	KUNIT_EXPECT_LT(test, secondary, 4);
	receive_hex(test, e, 1, "0000000006");
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
	receive_hex(test, up, 0, daps_rx_steps[0].pdu);
	receive_hex(test, down, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&up->drops[PDCP_DROP_REASON_RX_DIRECTION]), 1);
}

/* Each verb in each state that it does not belong to: refused, and the state stays. */
static void illegal_orders(struct kunit *test)
{
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);

	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_switch), -EINVAL);
	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_release), -EINVAL);
	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_fallback), -EINVAL);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), -ENOENT);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_NONE);

	KUNIT_ASSERT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_release), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_PREPARED);

	KUNIT_ASSERT_EQ(test, verb(bed, pdcp_handover_switch), 0);
	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_switch), -EBUSY);
	KUNIT_EXPECT_EQ(test, verb(bed, pdcp_handover_fallback), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_SWITCHED);
}

static struct kunit_case handover_cases[] = {
	KUNIT_CASE(am_uplink_switch),
	KUNIT_CASE(um_uplink_switch),
	KUNIT_CASE(downlink_reception),
	KUNIT_CASE(fallback),
	KUNIT_CASE(release),
	KUNIT_CASE(srb_key_refresh),
	KUNIT_CASE(srb_same_key),
	KUNIT_CASE(held_receiver),
	KUNIT_CASE(held_fallback),
	KUNIT_CASE(am_reestablish),
	KUNIT_CASE(um_reestablish),
	KUNIT_CASE(srb_reestablish),
	KUNIT_CASE(data_recovery),
	KUNIT_CASE(suspend_resume),
	KUNIT_CASE(suspended_reception),
	KUNIT_CASE(count_limits),
	KUNIT_CASE(forged_pdu),
	KUNIT_CASE(short_pdus),
	KUNIT_CASE(key_again_after_fallback),
	KUNIT_CASE(replay_after_fallback),
	KUNIT_CASE(key_again_after_reestablish),
	KUNIT_CASE(key_again_after_delete),
	KUNIT_CASE(ledger_full),
	KUNIT_CASE(stopped_bearer),
	KUNIT_CASE(limits_of_each_key),
	KUNIT_CASE(duplication),
	KUNIT_CASE(split),
	KUNIT_CASE(one_direction),
	KUNIT_CASE(illegal_orders),
	{ }
};

static struct kunit_suite handover_suite = {
	.name = "pdcp_handover",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = handover_cases,
};

kunit_test_suite(handover_suite);
