// SPDX-License-Identifier: GPL-2.0
/* Re-establishment, data recovery and suspension of whole entities. */
#include <kunit/test.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/keep.h"
#include "pdcp/reestablish.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/ue.h"

/* AM: original COUNTs under the new key, from the first that is not confirmed on. */
static void am_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	bed_receive_hex(test, e, 0, "0000000002");
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, -EKEYREJECTED,
			bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE));
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	n = ARRAY_SIZE(daps_am_source);
	KUNIT_ASSERT_EQ(test, seen.pdus, n + 4);
	for (i = 0; i < 4; i++)
		bed_expect_pdu(test, n + i, PDCP_LEG_ROLE_SOURCE, daps_am_target[i].count,
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_send(test, e, daps_sdus[0]);
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 0);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
}

/* SRB: what is stored is dropped, on either side. */
static void srb_reestablish(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 2, PDCP_ROLE_GNB);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_send(test, e, daps_sdus[0]);
	bed_send(test, e, daps_sdus[1]);

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	bed_receive(test, e, 0, seen.pdu[1].octets, seen.pdu[1].len);
	KUNIT_ASSERT_EQ(test, e->rx.window.stored, 1);
	seen.pdus = 0;
	bed_send(test, e, daps_sdus[0]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);

	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_PURGED]), 1);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PURGED]), 1);
}

/* Bearer 1 of a UE with two sets, and with a secondary leg. */
static struct pdcp_entity *add_two_legs(struct kunit *test, enum pdcp_bearer_type type, u8 sn_bits)
{
	const struct pdcp_entity_config config = bed_config(type, PDCP_MODE_AM, sn_bits);
	const struct pdcp_leg_config legs[] = { user_leg, user_leg };
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	return bed_split_bearer(test, bed->ue, &config, legs, 2, true);
}

static void expect_one_leg(struct kunit *test, const struct pdcp_entity *e)
{
	KUNIT_EXPECT_FALSE(test, e->split);
	KUNIT_EXPECT_FALSE(test, e->tx.duplicate);
	KUNIT_EXPECT_NOT_NULL(test, rcu_access_pointer(e->leg[e->source]));
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(e->leg[!e->source]));
}

/* What neither leg has confirmed goes out once, on the only leg that is left. */
static void two_legs_reestablish(struct kunit *test)
{
	struct pdcp_entity *e = add_two_legs(test, PDCP_BEARER_TYPE_DRB, 18);
	struct bed *bed = test->priv;
	struct pdcp_leg gone;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	bed_receive_hex(test, e, 1, "0000000002");
	bed_receive_hex(test, e, 1, daps_rx_steps[1].pdu);
	gone = *rcu_dereference_protected(e->leg[1], true);
	seen.pdus = 0;
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	for (i = 0; i < 4; i++)
		bed_expect_pdu(test, i, PDCP_LEG_ROLE_SOURCE, daps_am_target[i].count,
			       daps_am_target[i].pdu);
	expect_one_leg(test, e);
	/* The slot's former leg confirms nothing that its successor was given. */
	pdcp_keep_delivered(&gone, ARRAY_SIZE(daps_am_source) - 1);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 4);
	bed_send(test, e, daps_sdus[i + 2]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 5);
	bed_receive_hex(test, e, e->source, daps_rx_steps[2].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 2);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_ue_del_security(bed->ue, SET_SOURCE, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
}

/* An SRB that duplicated begins at 0, and duplicates no more. */
static void two_legs_of_srb(struct kunit *test)
{
	struct pdcp_entity *e = add_two_legs(test, PDCP_BEARER_TYPE_SRB, 12);
	struct bed *bed = test->priv;

	bed_send(test, e, daps_sdus[0]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	expect_one_leg(test, e);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 0);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.role, PDCP_LEG_ROLE_SOURCE);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
}

/* A split DRB becomes one of the master cell group: the same octets again, on one leg. */
static void two_legs_recover(struct kunit *test)
{
	struct pdcp_entity *e = add_two_legs(test, PDCP_BEARER_TYPE_DRB, 18);
	unsigned int i;

	for (i = 0; i < 4; i++)
		bed_send(test, e, daps_sdus[i]);
	seen.pdus = 0;
	KUNIT_ASSERT_EQ(test, bed_recover(test->priv, true), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	for (i = 0; i < 4; i++)
		bed_expect_pdu(test, i, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	expect_one_leg(test, e);
}

/* The same octets again (38.323 5.5), on the old leg or on a new one. */
static void data_recovery(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i, round;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		bed_send(test, e, daps_sdus[i]);
	bed_receive_hex(test, e, 0, "0000000002");
	for (round = 0; round < 2; round++) {
		seen.pdus = 0;
		KUNIT_ASSERT_EQ(test, bed_recover(bed, round), 0);
		KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source) - 2);
		for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
			bed_expect_pdu(test, i - 2, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	}
}

/*
 * A limit is told of again under another key, as long as COUNTs go on, and not when the old key
 * moves to another leg.
 */
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
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 1);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][false], 1);

	KUNIT_ASSERT_EQ(test, bed_recover(bed, true), 0);
	bed_send(test, e, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 1);

	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_send(test, e, daps_sdus[3]);
	bed_receive_hex(test, e, e->source, daps_rx_steps[2].pdu);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 2);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][false], 2);
}

/* NIA0 never protects user data (33.501 D.1): a DRB with integrity gets no set that has it. */
static void nia0(struct kunit *test)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	struct daps_context context = daps_target;
	struct bed *bed = test->priv;

	context.nia = 0;
	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &context);
	bed_bearer(test, bed->ue, &config, &user_leg);
	KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EINVAL);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EINVAL);

	bed_ue(test, 2, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &context);
	config.integrity = false;
	bed_bearer(test, bed->ue, &config, &user_leg);
	KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	for (i = 0; i < 4; i++)
		bed_send(test, e, daps_sdus[i]);
	bed_receive_hex(test, e, 0, "0000000002");
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_ASSERT_EQ(test, bed_all(bed, pdcp_suspend), 0);
	bed_send(test, e, daps_sdus[4]);

	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
	KUNIT_EXPECT_EQ(test, bed_all(bed, pdcp_resume), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);

	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, bed_all(bed, pdcp_resume), 0);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, bed_all(bed, pdcp_suspend), 0);
	bed_receive_hex(test, e, 0, "800001000000000000");
	bed_receive_hex(test, e, 0, "83ffff000000000000");

	KUNIT_EXPECT_EQ(test, seen.failures, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_PAUSED]), 2);
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	bed_receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	pdcp_entity_pause(e, PDCP_PAUSED_STOPPED);
	pdus = seen.pdus;

	pdcp_entity_set_t_reordering(e, 0);
	KUNIT_EXPECT_EQ(test, bed_recover(bed, false), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, bed_all(bed, pdcp_suspend), -EBUSY);
	KUNIT_EXPECT_EQ(test, seen.pdus, pdus);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_EXPECT_EQ(test, e->tx.next, 1);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 0);
}

static struct kunit_case reestablish_cases[] = {
	KUNIT_CASE(am_reestablish),
	KUNIT_CASE(um_reestablish),
	KUNIT_CASE(srb_reestablish),
	KUNIT_CASE(two_legs_reestablish),
	KUNIT_CASE(two_legs_of_srb),
	KUNIT_CASE(two_legs_recover),
	KUNIT_CASE(data_recovery),
	KUNIT_CASE(limits_of_each_key),
	KUNIT_CASE(nia0),
	KUNIT_CASE(suspend_resume),
	KUNIT_CASE(suspended_reception),
	KUNIT_CASE(stopped_bearer),
	{ }
};

static struct kunit_suite reestablish_suite = {
	.name = "pdcp_reestablish",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = reestablish_cases,
};

kunit_test_suite(reestablish_suite);
