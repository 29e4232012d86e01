// SPDX-License-Identifier: GPL-2.0
/* Keys that come again: after a fallback, a re-establishment, a deletion. */
#include <kunit/test.h>
#include <linux/random.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/reestablish.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/ue.h"

static void key_again_after_fallback(struct kunit *test)
{
	struct bed *bed = test->priv;
	unsigned int used;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	for (used = 0; used < 2; used++) {
		bed_install(test, bed->ue, SET_TARGET, &daps_target);
		KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
		if (used)
			bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[0]);
		KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);
	}
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, bed->ue->handover.state, PDCP_HANDOVER_STATE_NONE);
	KUNIT_EXPECT_EQ(test, seen.refusals, 1);
	KUNIT_EXPECT_EQ(test, seen.refusal.reason, PDCP_KEY_REASON_USED);
	KUNIT_EXPECT_FALSE(test, seen.refusal.warned);
	KUNIT_EXPECT_EQ(test, seen.refusal.set, SET_TARGET);
	KUNIT_EXPECT_EQ(test, seen.refusal.id, 1);
	KUNIT_EXPECT_EQ(test, seen.conflict.direction, PDCP_DIRECTION_TX);
	KUNIT_EXPECT_EQ(test, seen.conflict.start, 0);
	KUNIT_EXPECT_EQ(test, seen.conflict.next, 1);
	bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_SOURCE), daps_sdus[1]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
}

/* The same on the receiving side, where recorded PDUs could be replayed. */
static void replay_after_fallback(struct kunit *test)
{
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_receive_hex(test, rcu_dereference_protected(bed->ue->drb[0], true), 1,
			daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), 0);
	KUNIT_EXPECT_EQ(test, -EKEYREJECTED,
			bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET));
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
		e = bed_add(test, PDCP_BEARER_TYPE_DRB, mode, 18);
		bed_send(test, e, daps_sdus[0]);
		KUNIT_ASSERT_EQ(test, 0, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET));
		bed_send(test, e, daps_sdus[1]);
		KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), back);
	}
}

/* After a suspension COUNTs are other SDUs, and those sent again are below TX_NEXT. */
static void key_again_after_suspend(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	bed_send(test, e, daps_sdus[0]);
	bed_send(test, e, daps_sdus[1]);
	bed_receive_hex(test, e, 0, "0000000002");
	KUNIT_ASSERT_EQ(test, bed_all(bed, pdcp_suspend), 0);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, bed_all(bed, pdcp_resume), 0);
	for (i = 2; i < 5; i++)
		bed_send(test, e, daps_sdus[i]);

	KUNIT_EXPECT_EQ(test, -EKEYREJECTED,
			bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE));
	KUNIT_EXPECT_EQ(test, -EKEYREJECTED, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE));
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
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
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

/* Two sets of one value are one key: what may protect the same COUNTs again has to go on. */
static void key_in_two_sets(struct kunit *test)
{
	struct bed *bed = test->priv;
	unsigned int used;

	for (used = 0; used < 2; used++) {
		struct pdcp_entity *e;

		bed_ue(test, used, PDCP_ROLE_UE);
		bed_install(test, bed->ue, SET_SOURCE, &daps_source);
		bed_install(test, bed->ue, SET_TARGET, &daps_source);
		e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
		if (used)
			bed_send(test, e, daps_sdus[0]);
		KUNIT_EXPECT_EQ(test, -EKEYREJECTED,
				bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET));
		KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
		KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_switch), 0);
		bed_send(test, e, daps_sdus[1]);
		KUNIT_EXPECT_EQ(test, seen.pdu[seen.pdus - 1].bearer.count, used);
	}
}

/* The SRB's target would begin at 0 under the key that its source has. */
static void srb_key_in_two_sets(struct kunit *test)
{
	struct bed *bed = test->priv;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_source);
	bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_SOURCE), 0);
}

static int install(struct pdcp_ue *ue, u8 set, u8 key[4][PDCP_KEY_LEN])
{
	const struct pdcp_keys keys = { 2, 2, { key[0], key[1] }, { key[2], key[3] } };

	return pdcp_ue_add_security(ue, set, &keys, NULL);
}

/* One value is one of the four keys of a set (33.501 A.8), whichever set, for the UE's life. */
static void key_in_two_roles(struct kunit *test)
{
	struct bed *bed = test->priv;
	u8 key[4][PDCP_KEY_LEN], other[4][PDCP_KEY_LEN];
	int i, j;

	bed_ue(test, 1, PDCP_ROLE_UE);
	get_random_bytes(key, sizeof(key));
	KUNIT_ASSERT_EQ(test, install(bed->ue, SET_SOURCE, key), 0);
	for (i = 0; i < 4; i++) {
		for (j = 0; j < 4; j++) {
			if (i == j)
				continue;
			get_random_bytes(other, sizeof(other));
			memcpy(other[i], key[j], PDCP_KEY_LEN);
			KUNIT_EXPECT_EQ(test, install(bed->ue, SET_TARGET, other), -EKEYREJECTED);
			memcpy(other[i], other[j], PDCP_KEY_LEN);
			KUNIT_EXPECT_EQ(test, install(bed->ue, SET_TARGET, other), -EKEYREJECTED);
		}
	}
	KUNIT_EXPECT_EQ(test, install(bed->ue, SET_TARGET, key), 0);
	KUNIT_EXPECT_EQ(test, seen.refusal.reason, PDCP_KEY_REASON_ROLE);
	KUNIT_EXPECT_EQ(test, seen.refusal.id, 0);
}

/* The set is gone, what it was for is not. */
static void key_in_another_role_later(struct kunit *test)
{
	struct bed *bed = test->priv;
	u8 key[4][PDCP_KEY_LEN], other[4][PDCP_KEY_LEN];

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_add(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12);
	get_random_bytes(key, sizeof(key));
	KUNIT_ASSERT_EQ(test, install(bed->ue, SET_TARGET, key), 0);
	KUNIT_ASSERT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	bed_send(test, bed_srb(bed, PDCP_LEG_ROLE_TARGET), daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_verb(bed, pdcp_handover_fallback), 0);

	get_random_bytes(other, sizeof(other));
	memcpy(other[1], key[0], PDCP_KEY_LEN);		/* K_RRCenc as K_UPenc */
	KUNIT_EXPECT_EQ(test, install(bed->ue, SET_TARGET, other), -EKEYREJECTED);
	get_random_bytes(other, sizeof(other));
	memcpy(other[2], key[2], PDCP_KEY_LEN);
	KUNIT_EXPECT_EQ(test, install(bed->ue, SET_TARGET, other), 0);
}

/* Test mode takes all of it, and tells. */
static void test_mode_warns(struct kunit *test)
{
	struct bed *bed = test->priv;
	u8 key[4][PDCP_KEY_LEN] = { };
	struct pdcp_entity *e;
	u32 next = 0;

	bed_test_ue(test, 1, PDCP_ROLE_UE, true);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	KUNIT_ASSERT_EQ(test, install(bed->ue, SET_TARGET, key), 0);
	KUNIT_EXPECT_EQ(test, seen.refusals, 1);
	KUNIT_EXPECT_EQ(test, seen.refusal.reason, PDCP_KEY_REASON_ROLE);
	KUNIT_EXPECT_TRUE(test, seen.refusal.warned);

	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_SOURCE), 0);
	KUNIT_EXPECT_EQ(test, seen.refusals, 2);
	KUNIT_EXPECT_EQ(test, seen.refusal.reason, PDCP_KEY_REASON_USED);
	KUNIT_EXPECT_TRUE(test, seen.refusal.warned);
	mutex_lock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, &next, NULL, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	KUNIT_EXPECT_EQ(test, seen.refusals, 3);
	bed_send(test, e, daps_sdus[1]);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 0);
}

static const struct pdcp_ledger_entry *entry_of(const struct bed *bed, unsigned int users)
{
	const struct pdcp_ledger_entry *entry;

	list_for_each_entry(entry, &bed->ue->ledger.entries, list)
		if (entry->role == PDCP_LEDGER_ENC && entry->direction == PDCP_DIRECTION_TX &&
		    entry->users == users)
			return entry;
	return NULL;
}

/* What is shown of a key in use, and of one that is gone. */
static void what_is_shown(struct kunit *test)
{
	const struct pdcp_ledger_entry *now, *before;
	struct bed *bed = test->priv;
	struct pdcp_entity *e;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	e = bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	bed_send(test, e, daps_sdus[1]);
	bed_send(test, e, daps_sdus[2]);

	mutex_lock(&bed->pdcp->lock);
	pdcp_ue_note_use(bed->ue);
	mutex_unlock(&bed->pdcp->lock);
	now = entry_of(bed, 1);
	before = entry_of(bed, 0);
	KUNIT_ASSERT_NOT_NULL(test, now);
	KUNIT_ASSERT_NOT_NULL(test, before);
	KUNIT_EXPECT_EQ(test, now->next, 2);
	KUNIT_EXPECT_EQ(test, before->next, 1);
	KUNIT_EXPECT_NE(test, now->handle, before->handle);
	KUNIT_EXPECT_GT(test, now->serial, before->serial);
}

/* A full ledger refuses, and forgets nothing. */
static void ledger_full(struct kunit *test)
{
	struct bed *bed = test->priv;
	struct pdcp_ledger *ledger;

	bed_ue(test, 1, PDCP_ROLE_UE);
	bed_install(test, bed->ue, SET_SOURCE, &daps_source);
	bed_install(test, bed->ue, SET_TARGET, &daps_target);
	bed_add(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	ledger = &bed->ue->ledger;
	KUNIT_EXPECT_EQ(test, ledger->n, 4);
	ledger->n += PDCP_LEDGER_ENTRIES - 5;
	KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -ENOSPC);
	KUNIT_EXPECT_EQ(test, ledger->n, PDCP_LEDGER_ENTRIES - 1);
	KUNIT_EXPECT_EQ(test, bed_start(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), -ENOSPC);
	KUNIT_EXPECT_EQ(test, seen.refusals, 2);
	KUNIT_EXPECT_EQ(test, seen.refusal.reason, PDCP_KEY_REASON_FULL);
	ledger->n -= PDCP_LEDGER_ENTRIES - 5;
	KUNIT_EXPECT_EQ(test, bed_reestablish(bed, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
}

static struct kunit_case ledger_cases[] = {
	KUNIT_CASE(key_again_after_fallback),
	KUNIT_CASE(replay_after_fallback),
	KUNIT_CASE(key_again_after_reestablish),
	KUNIT_CASE(key_again_after_suspend),
	KUNIT_CASE(key_again_after_delete),
	KUNIT_CASE(key_in_two_sets),
	KUNIT_CASE(srb_key_in_two_sets),
	KUNIT_CASE(key_in_two_roles),
	KUNIT_CASE(key_in_another_role_later),
	KUNIT_CASE(test_mode_warns),
	KUNIT_CASE(what_is_shown),
	KUNIT_CASE(ledger_full),
	{ }
};

static struct kunit_suite ledger_suite = {
	.name = "pdcp_ledger",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = ledger_cases,
};

kunit_test_suite(ledger_suite);
