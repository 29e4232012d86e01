// SPDX-License-Identifier: GPL-2.0
/*
 * Faults that other implementations were found to have, one case for each.  What a UE sends its gNB
 * receives, in the order that a case chooses.  Documentation/clauses.rst has a table.
 */
#include <kunit/test.h>
#include <linux/hrtimer.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/reestablish.h"
#include "pdcp/rx.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/vectors/daps.h"

struct ends {
	struct pdcp_entity *ue;
	struct pdcp_entity *gnb;
};

/* Bearer 1 of a UE and of its gNB, which is the UE of the bed. */
static struct ends connect(struct kunit *test, const struct pdcp_entity_config *config)
{
	struct pdcp_entity *e[2];
	struct pdcp_ue *ue;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(e); i++) {
		ue = bed_ue(test, 1 + i, i ? PDCP_ROLE_GNB : PDCP_ROLE_UE);
		bed_install(test, ue, SET_SOURCE, &daps_source);
		bed_install(test, ue, SET_TARGET, &daps_target);
		e[i] = bed_bearer(test, ue, config, &user_leg);
	}
	return (struct ends){ e[0], e[1] };
}

static struct pdcp_entity_config drb(enum pdcp_mode mode, u8 sn_bits)
{
	return bed_config(PDCP_BEARER_TYPE_DRB, mode, sn_bits);
}

/* The UE sends so many; their PDUs are the first that were seen. */
static void send(struct kunit *test, struct ends ends, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		bed_send(test, ends.ue, daps_sdus[i % 8]);
	KUNIT_ASSERT_EQ(test, seen.pdus, n);
}

static void receive(struct kunit *test, struct ends ends, unsigned int i)
{
	bed_receive(test, ends.gnb, 0, seen.pdu[i].octets, seen.pdu[i].len);
}

static u64 drops(const struct pdcp_entity *e, enum pdcp_drop_reason reason)
{
	return atomic64_read(&e->drops[reason]);
}

/* After an expiry that empties the buffer the next gap starts t-Reordering again. */
static void timer_dead_after_expiry(struct kunit *test)
{
	const struct pdcp_entity_config config = drb(PDCP_MODE_UM, 12);
	struct ends ends = connect(test, &config);
	unsigned int round;

	send(test, ends, 60);
	for (round = 0; round < 30; round++) {
		receive(test, ends, 2 * round + 1);
		KUNIT_EXPECT_EQ(test, seen.sdus, round);
		KUNIT_EXPECT_TRUE(test, ends.gnb->rx.window.running);
		pdcp_rx_expire(ends.gnb, KTIME_MAX);
		KUNIT_EXPECT_EQ(test, seen.sdus, round + 1);
		KUNIT_EXPECT_FALSE(test, ends.gnb->rx.window.running);
	}
}

/* With outOfOrderDelivery a PDU below those that came before it is delivered, once. */
static void late_dropped_out_of_order(struct kunit *test)
{
	static const u8 order[] = { 3, 1, 5, 2, 0, 4 };
	struct pdcp_entity_config config = drb(PDCP_MODE_UM, 12);
	struct ends ends;
	unsigned int i;

	config.out_of_order = true;
	ends = connect(test, &config);
	send(test, ends, ARRAY_SIZE(order));
	for (i = 0; i < ARRAY_SIZE(order); i++) {
		receive(test, ends, order[i]);
		KUNIT_ASSERT_EQ(test, seen.sdus, i + 1);
		KUNIT_EXPECT_EQ(test, seen.sdu[i].bearer.count, order[i]);
		receive(test, ends, order[i]);
		KUNIT_ASSERT_EQ(test, seen.sdus, i + 1);
	}
}

/* The first bit is that of FMC + 1, and bits count from the most significant one. */
static void bitmap_reversed(struct kunit *test)
{
	struct pdcp_entity_config config = drb(PDCP_MODE_AM, 18);
	struct ends ends;

	config.status_report = true;
	ends = connect(test, &config);
	send(test, ends, 4);
	receive(test, ends, 1);
	receive(test, ends, 3);
	KUNIT_ASSERT_EQ(test, bed_recover(test->priv, false), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 5);
	KUNIT_ASSERT_EQ(test, seen.pdu[4].len, 6);
	KUNIT_EXPECT_MEMEQ(test, seen.pdu[4].octets, "\x00\x00\x00\x00\x00\xa0", 6);

	bed_receive(test, ends.ue, 0, seen.pdu[4].octets, 6);
	KUNIT_EXPECT_EQ(test, ends.ue->tx.confirmed, 2);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&ends.ue->tx.kept), 2);
}

/* Suspended, nothing runs and nothing is remembered: the COUNTs of before are new again. */
static void suspend_leaves_timer_and_bitmap(struct kunit *test)
{
	struct pdcp_entity_config config = drb(PDCP_MODE_UM, 18);
	struct ends ends;
	unsigned int i;

	config.t_reordering = 3000;
	ends = connect(test, &config);
	send(test, ends, 6);
	receive(test, ends, 2);
	receive(test, ends, 4);
	KUNIT_EXPECT_TRUE(test, hrtimer_active(&ends.gnb->rx.reordering));
	KUNIT_ASSERT_EQ(test, bed_all(test->priv, pdcp_suspend), 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 2);
	KUNIT_EXPECT_FALSE(test, hrtimer_active(&ends.gnb->rx.reordering));
	KUNIT_EXPECT_FALSE(test, ends.gnb->rx.window.running);
	KUNIT_EXPECT_EQ(test, ends.gnb->rx.window.stored, 0);

	KUNIT_ASSERT_EQ(test, bed_reestablish(test->priv, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, bed_all(test->priv, pdcp_resume), 0);
	((struct bed *)test->priv)->ue = ends.ue->ue;
	KUNIT_ASSERT_EQ(test, bed_reestablish(test->priv, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	seen.pdus = 0;
	seen.sdus = 0;
	send(test, ends, 6);
	for (i = 0; i < 6; i++)
		bed_receive(test, ends.gnb, 1, seen.pdu[i].octets, seen.pdu[i].len);
	KUNIT_EXPECT_EQ(test, seen.sdus, 6);
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_DUPLICATE), 0);
}

/* After the last COUNT there is none, at either end. */
static void count_wraps(struct kunit *test)
{
	const struct pdcp_entity_config config = drb(PDCP_MODE_UM, 12);
	struct ends ends = connect(test, &config);
	struct bed *bed = test->priv;
	u32 last = PDCP_COUNT_MAX;
	unsigned int i;

	mutex_lock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, pdcp_entity_set_counts(ends.ue, &last, NULL, NULL), 0);
	KUNIT_ASSERT_EQ(test, pdcp_entity_set_counts(ends.gnb, NULL, &last, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	for (i = 0; i < 3; i++)
		bed_send(test, ends.ue, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, ends.ue->tx.next, U32_MAX);
	KUNIT_EXPECT_EQ(test, drops(ends.ue, PDCP_DROP_REASON_TX_COUNT), 2);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][true], 1);

	receive(test, ends, 0);
	receive(test, ends, 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, ends.gnb->rx.window.rx_deliv, U32_MAX);
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_OLD), 1);
}

/* Every PDU of one octet is dropped, whatever the bearer, and counted. */
static void one_octet_pdu(struct kunit *test)
{
	const struct pdcp_entity_config configs[] = {
		bed_config(PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12),
		drb(PDCP_MODE_AM, 12),
		drb(PDCP_MODE_UM, 18),
	};
	unsigned int i, octet;

	bed_install(test, bed_ue(test, 1, PDCP_ROLE_UE), SET_SOURCE, &daps_source);
	for (i = 0; i < ARRAY_SIZE(configs); i++) {
		struct bed *bed = test->priv;
		struct pdcp_entity_config config = configs[i];
		struct pdcp_entity *e;

		config.id = 1 + i;
		config.bearer = i;
		e = bed_bearer(test, bed->ue, &config, &user_leg);
		for (octet = 0; octet < 256; octet++)
			bed_receive(test, e, 0, &(u8){ octet }, 1);
		KUNIT_EXPECT_EQ(test, drops(e, PDCP_DROP_REASON_RX_MALFORMED), i ? 128 : 256);
		KUNIT_EXPECT_EQ(test, drops(e, PDCP_DROP_REASON_RX_CONTROL), i ? 128 : 0);
		KUNIT_EXPECT_EQ(test, seen.failures, 0);
	}
}

/* Garbage of any SN on a fresh bearer stops nothing and is told of as no more than it is. */
static void garbage_on_fresh_bearer(struct kunit *test)
{
	static const u16 sns[] = { 4095, 2048, 2047, 0 };
	const struct pdcp_entity_config config = drb(PDCP_MODE_AM, 12);
	struct ends ends = connect(test, &config);
	u8 pdu[16] = { };
	unsigned int i;

	send(test, ends, 1);
	for (i = 0; i < ARRAY_SIZE(sns); i++) {
		pdu[0] = 0x80 | sns[i] >> 8;
		pdu[1] = sns[i];
		bed_receive(test, ends.gnb, 0, pdu, sizeof(pdu));
	}
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_RANGE), 2);
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_INTEGRITY), 2);
	KUNIT_EXPECT_EQ(test, seen.failures, 2);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][false], 0);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][true], 0);
	KUNIT_EXPECT_EQ(test, ends.gnb->rx.window.rx_next, 0);
	receive(test, ends, 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
}

/* One forged PDU of the last COUNT is an integrity failure and not the end of COUNT. */
static void count_limit_before_integrity(struct kunit *test)
{
	const struct pdcp_entity_config config = drb(PDCP_MODE_AM, 12);
	struct ends ends = connect(test, &config);
	const u8 forged[16] = { 0x8f, 0xff };
	u32 next = PDCP_COUNT_MAX - 4;
	struct bed *bed = test->priv;

	mutex_lock(&bed->pdcp->lock);
	KUNIT_ASSERT_EQ(test, pdcp_entity_set_counts(ends.ue, &next, NULL, NULL), 0);
	KUNIT_ASSERT_EQ(test, pdcp_entity_set_counts(ends.gnb, NULL, &next, NULL), 0);
	mutex_unlock(&bed->pdcp->lock);
	send(test, ends, 1);
	bed_receive(test, ends.gnb, 0, forged, sizeof(forged));
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_INTEGRITY), 1);
	KUNIT_EXPECT_EQ(test, drops(ends.gnb, PDCP_DROP_REASON_RX_COUNT), 0);
	KUNIT_EXPECT_EQ(test, seen.failed.count, U32_MAX);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][true], 0);
	receive(test, ends, 0);
	KUNIT_EXPECT_EQ(test, seen.sdus, 1);
}

/* Re-established, an AM DRB first tells its peer what it has. */
static void no_report_at_reestablishment(struct kunit *test)
{
	struct pdcp_entity_config config = drb(PDCP_MODE_AM, 18);
	struct ends ends;

	config.status_report = true;
	ends = connect(test, &config);
	send(test, ends, 3);
	receive(test, ends, 0);
	receive(test, ends, 2);
	bed_send(test, ends.gnb, daps_sdus[0]);
	seen.pdus = 0;
	KUNIT_ASSERT_EQ(test, bed_reestablish(test->priv, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 2);
	KUNIT_ASSERT_EQ(test, seen.pdu[0].len, 6);
	KUNIT_EXPECT_MEMEQ(test, seen.pdu[0].octets, "\x00\x00\x00\x00\x01\x80", 6);
}

static struct kunit_case faults_cases[] = {
	KUNIT_CASE(timer_dead_after_expiry),
	KUNIT_CASE(late_dropped_out_of_order),
	KUNIT_CASE(bitmap_reversed),
	KUNIT_CASE(suspend_leaves_timer_and_bitmap),
	KUNIT_CASE(count_wraps),
	KUNIT_CASE(one_octet_pdu),
	KUNIT_CASE(garbage_on_fresh_bearer),
	KUNIT_CASE(count_limit_before_integrity),
	KUNIT_CASE(no_report_at_reestablishment),
	{ }
};

static struct kunit_suite faults_suite = {
	.name = "pdcp_faults",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = faults_cases,
};

kunit_test_suite(faults_suite);
