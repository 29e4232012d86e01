// SPDX-License-Identifier: GPL-2.0
/* Handovers of whole entities, with legs in user space. */
#include <kunit/test.h>
#include <linux/skbuff.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/reestablish.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	bed_receive_hex(test, e, 0, confirms_below_2);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 2);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	bed_send(test, e, daps_sdus[i++]);
	bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus,
			ARRAY_SIZE(daps_am_source) + ARRAY_SIZE(daps_am_target));
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_expect_pdu(test, n++, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_am_target); i++)
		bed_expect_pdu(test, n++, PDCP_LEG_ROLE_TARGET, daps_am_target[i].count,
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 12);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		bed_send(test, e, daps_sdus[i]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[i++]);
	bed_send(test, e, daps_sdus[i++]);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus,
			ARRAY_SIZE(daps_um_source) + ARRAY_SIZE(daps_um_target));
	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		bed_expect_pdu(test, n++, PDCP_LEG_ROLE_SOURCE, i, daps_um_source[i]);
	for (i = 0; i < ARRAY_SIZE(daps_um_target); i++)
		bed_expect_pdu(test, n++, PDCP_LEG_ROLE_TARGET, daps_um_target[i].count,
			       daps_um_target[i].pdu);
}

/* A UE of its own in a handover, with a bearer that reports and has sent one SDU. */
static struct pdcp_entity *prepare_reporting(struct kunit *test, u32 id, enum pdcp_mode mode)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, mode, 18);
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	config.status_report = true;
	bed_ue(test, id, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_bearer(test, bed->ue, &config, &user_leg);
	bed_send(test, e, daps_sdus[0]);
	seen.pdus = 0;
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, seen.pdus, 0);
	return e;
}

static void expect_report(struct kunit *test, unsigned int i)
{
	KUNIT_ASSERT_LT(test, i, seen.pdus);
	KUNIT_ASSERT_EQ(test, seen.pdu[i].len, 5);
	KUNIT_EXPECT_EQ(test, seen.pdu[i].octets[0], 0);
}

/*
 * A switch has both AM and UM report, before what AM sends again; a release AM alone; a fallback
 * neither (38.323 5.4.1).
 */
static void report_triggers(struct kunit *test)
{
	static const enum pdcp_mode modes[] = { PDCP_MODE_AM, PDCP_MODE_UM };
	struct bed *bed = test->priv;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(modes); i++) {
		bool am = modes[i] == PDCP_MODE_AM;

		prepare_reporting(test, 1 + i, modes[i]);
		KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
		KUNIT_ASSERT_EQ(test, seen.pdus, am ? 2 : 1);
		expect_report(test, 0);
		KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_release), 0);
		KUNIT_ASSERT_EQ(test, seen.pdus, am ? 3 : 1);
		if (am)
			expect_report(test, 2);

		prepare_reporting(test, 11 + i, modes[i]);
		KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
		KUNIT_EXPECT_EQ(test, seen.pdus, 0);
	}
}

/* What another processor would send, once the next PDU has left. */
static struct {
	const struct pdcp_event_ops *catching;
	struct pdcp_entity *e;
	struct sk_buff_head sdus;
} meanwhile;

static int catch_and_send(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
			  const struct sk_buff *pdu)
{
	int err = meanwhile.catching->pdu(pdcp, bearer, pdu);

	if (!skb_queue_empty(&meanwhile.sdus))
		pdcp_tx_sdus(meanwhile.e, &meanwhile.sdus);
	return err;
}

/* What comes between the report of a switch and what is sent again is sent once. */
static void sent_meanwhile(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_event_ops ops;
	struct sk_buff *sdu;

	meanwhile.e = prepare_reporting(test, 1, PDCP_MODE_AM);
	__skb_queue_head_init(&meanwhile.sdus);
	sdu = alloc_skb(PDCP_LEG_HEADROOM + 64, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sdu);
	skb_reserve(sdu, PDCP_LEG_HEADROOM);
	skb_put_zero(sdu, 40);
	__skb_queue_tail(&meanwhile.sdus, sdu);

	meanwhile.catching = pdcp_event_set_ops(bed->ops);
	ops = *meanwhile.catching;
	ops.pdu = catch_and_send;
	pdcp_event_set_ops(&ops);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	pdcp_event_set_ops(meanwhile.catching);

	KUNIT_EXPECT_TRUE(test, skb_queue_empty(&meanwhile.sdus));
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	expect_report(test, 0);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 0);
	KUNIT_EXPECT_EQ(test, meanwhile.e->tx.retransmitted, 1);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_rx_steps); i++) {
		const struct daps_rx_step *step = &daps_rx_steps[i];

		bed_receive_hex(test, e, step->target, step->pdu);
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

	bed_receive_hex(test, e, 1, daps_wrong_leg.pdu);
	KUNIT_EXPECT_EQ(test, seen.failures, 1);
	KUNIT_EXPECT_EQ(test, seen.failed.count, daps_wrong_leg.count);
	KUNIT_EXPECT_EQ(test, seen.failed.role, PDCP_LEG_ROLE_TARGET);
	KUNIT_EXPECT_EQ(test, seen.failed.ue_id, 1);
	KUNIT_EXPECT_EQ(test, seen.failed.type, PDCP_BEARER_TYPE_DRB);
	KUNIT_EXPECT_EQ(test, seen.failed.id, 1);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, daps_wrong_leg.count);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
	bed_receive_hex(test, e, 0, daps_wrong_leg.pdu);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
	for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source));
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_expect_pdu(test, i, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	bed_receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_release), 0);

	KUNIT_EXPECT_NULL(test, pdcp_ue_security(bed->ue, SET_SOURCE));
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(bed->ue, SET_TARGET));
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(e->leg[0]));
	KUNIT_EXPECT_EQ(test, pdcp_entity_role(e, 1), PDCP_LEG_ROLE_SOURCE);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 1);
	KUNIT_EXPECT_TRUE(test, e->rx.window.running);
	bed_receive_hex(test, e, 1, daps_rx_steps[3].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 2);
}

/* With another key a second entity starts at 0, and a fallback leaves the first as it was. */
static void srb_key_refresh(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *source;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	source = bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, source, daps_sdus[0]);
	bed_send(test, source, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	bed_send(test, source, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[3]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.role, PDCP_LEG_ROLE_TARGET);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 0);

	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_NULL(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET));
	KUNIT_EXPECT_PTR_EQ(test, bed_srb(bed, PDCP_LEG_ROLE_SOURCE), source);
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
	source = bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, source, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_SOURCE), 0);
	bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[1]);
	bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[2]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 2);

	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	e->rx.hold = true;
	bed_receive_hex(test, e, 0, daps_rx_steps[4].pdu);
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	e->rx.hold = true;
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	bed_receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->rx.held), 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PURGED]), 1);

	bed_install(test, bed->ue, SET_TARGET, &daps_source);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, seen.failures, 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
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
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	bed_send(test, e, daps_sdus[3]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 2);
}

/* The source fails: nothing passes there, and what waits goes to the target at the switch. */
static void source_failed(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_source_failed), 0);
	bed_send(test, e, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	bed_receive_hex(test, e, 0, "0000000002");
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PAUSED]), 2);
	bed_receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_source_failed), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_fallback), -EBUSY);

	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 5);
	for (i = 0; i < 3; i++) {
		KUNIT_EXPECT_EQ(test, seen.pdu[2 + i].bearer.role, PDCP_LEG_ROLE_TARGET);
		KUNIT_EXPECT_EQ(test, seen.pdu[2 + i].bearer.count, i);
	}
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_source_failed), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_release), 0);
	KUNIT_EXPECT_FALSE(test, bed->ue->handover.source_failed);
}

/* Both cells have failed: the source's keys and COUNTs stay, nothing moves before other keys. */
static void abort_handover(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_abort), -EBUSY);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_source_failed), 0);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_abort), 0);

	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_NONE);
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(bed->ue, SET_SOURCE));
	KUNIT_EXPECT_NULL(test, pdcp_ue_security(bed->ue, SET_TARGET));
	bed_send(test, e, daps_sdus[1]);
	bed_receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, bed_all(bed, pdcp_resume), 0);
	KUNIT_EXPECT_EQ(test, bed_recover(bed, true), -EBUSY);
	KUNIT_EXPECT_EQ(test, seen.pdus, 1);

	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 0);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 1);
	bed_receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);
}

/* Each verb in each state that it does not belong to: refused, and the state stays. */
static void illegal_orders(struct kunit *test)
{
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);

	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_switch), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_release), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_fallback), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_source_failed), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_abort), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), -ENOENT);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_NONE);

	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_release), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_PREPARED);

	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_switch), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_fallback), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_SWITCHED);
}

static struct kunit_case handover_cases[] = {
	KUNIT_CASE(am_uplink_switch),
	KUNIT_CASE(um_uplink_switch),
	KUNIT_CASE(report_triggers),
	KUNIT_CASE(sent_meanwhile),
	KUNIT_CASE(downlink_reception),
	KUNIT_CASE(fallback),
	KUNIT_CASE(release),
	KUNIT_CASE(srb_key_refresh),
	KUNIT_CASE(srb_same_key),
	KUNIT_CASE(held_receiver),
	KUNIT_CASE(held_fallback),
	KUNIT_CASE(limits_of_each_key),
	KUNIT_CASE(source_failed),
	KUNIT_CASE(abort_handover),
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
