// SPDX-License-Identifier: GPL-2.0
/*
 * Delivery status over GTP-U: a UE and its gNB on one device, whose tunnels go through the
 * loopback device of the initial namespace.
 */
#include <kunit/static_stub.h>
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/ipv6.h>

#include "pdcp/count.h"
#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/discard.h"
#include "pdcp/entity.h"
#include "pdcp/gtpu.h"
#include "pdcp/handover.h"
#include "pdcp/leg.h"
#include "pdcp/nru.h"
#include "pdcp/plan.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum { TEID_UE = 0x11, TEID_GNB = 0x12, WAIT_MS = 2000 };

static struct pdcp_leg_config tunnel(u32 in, u32 out, bool nru)
{
	struct pdcp_leg_config leg = {
		.lower = PDCP_LOWER_GTPU,
		.remote.family = AF_INET,
		.port = htons(PDCP_PORT),
		.teid_in = in,
		.teid_out = out,
		.nru = nru,
		.nru_loss = nru,
	};

	ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK), &leg.remote.v6);
	return leg;
}

static int delivery_init(struct kunit *test)
{
	rtnl_lock();
	dev_open(init_net.loopback_dev, NULL);
	rtnl_unlock();
	return bed_init(test);
}

static struct pdcp_entity *add_end(struct kunit *test, u32 id, enum pdcp_role role,
				   const struct pdcp_leg_config *leg)
{
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	struct pdcp_ue *ue = bed_ue(test, id, role);

	config.queue_limit = 64;
	bed_install(test, ue, SET_SOURCE, &daps_source);
	bed_install(test, ue, SET_TARGET, &daps_target);
	return bed_bearer(test, ue, &config, leg);
}

/* The UE's entity; its peer's is made along. */
static struct pdcp_entity *connect(struct kunit *test, bool nru, struct pdcp_entity **gnb)
{
	struct pdcp_leg_config up = tunnel(TEID_UE, TEID_GNB, nru);
	struct pdcp_leg_config down = tunnel(TEID_GNB, TEID_UE, nru);

	*gnb = add_end(test, 2, PDCP_ROLE_GNB, &down);
	return add_end(test, 1, PDCP_ROLE_UE, &up);
}

static struct pdcp_delivery *delivery(struct pdcp_entity *e)
{
	return rcu_dereference_protected(e->leg[e->source], true)->delivery;
}

/* The peer confirms when it is asked, and then nothing is kept. */
static void confirms(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	unsigned int i;

	delivery(e)->asked = jiffies - HZ;	/* the first PDU asks */
	bed_send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&delivery(gnb)->sent), 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&delivery(e)->received), 1);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 1);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 0);

	for (i = 1; i < 4; i++)
		bed_send(test, e, daps_sdus[i]);
	KUNIT_EXPECT_EQ(test, seen.sdus, 4);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed + skb_queue_len(&e->tx.kept), 4);
}

/* A bearer that can keep no more waits, asks, and goes on; nothing is given up. */
static void stall(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	struct pdcp_leg *leg = rcu_dereference_protected(gnb->leg[0], true);
	unsigned int i, waited;

	WRITE_ONCE(leg->live, false);		/* the peer hears nothing */
	for (i = 0; i < 20; i++)
		bed_send(test, e, daps_sdus[i % 8]);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 16);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 4);
	KUNIT_EXPECT_EQ(test, e->tx.next, 16);

	WRITE_ONCE(leg->live, true);
	mutex_lock(&e->ue->pdcp->lock);
	pdcp_entity_recover(e);
	mutex_unlock(&e->ue->pdcp->lock);
	for (waited = 0; waited < WAIT_MS && seen.sdus < 20; waited += 20)
		msleep(20);
	KUNIT_ASSERT_EQ(test, seen.sdus, 20);
	for (i = 0; i < 20; i++)
		KUNIT_EXPECT_EQ(test, seen.sdu[i].bearer.count, i);
	KUNIT_EXPECT_EQ(test, e->tx.next, 20);
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 0);
	KUNIT_EXPECT_GE(test, atomic64_read(&delivery(e)->asks), 1);
}

/* Half the SN space outstanding stops a bearer that keeps almost nothing. */
static void stall_on_window(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	u32 next = pdcp_count_window(18) - 1;
	unsigned int i;

	WRITE_ONCE(rcu_dereference_protected(gnb->leg[0], true)->live, false);
	bed_send(test, e, daps_sdus[0]);
	mutex_lock(&e->ue->pdcp->lock);
	KUNIT_ASSERT_EQ(test, pdcp_entity_set_counts(e, &next, NULL, NULL), 0);
	mutex_unlock(&e->ue->pdcp->lock);
	for (i = 1; i < 4; i++)
		bed_send(test, e, daps_sdus[i]);
	KUNIT_EXPECT_EQ(test, e->tx.next, next + 1);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 2);

	bed_receive_hex(test, e, 0, "0000000001");
	KUNIT_EXPECT_EQ(test, e->tx.next, next + 3);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 0);
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 0);
}

/* The end of discardTimer makes room, too; what expires before it has a COUNT gets none. */
static void stall_until_discard(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	ktime_t oldest;
	unsigned int i;

	e->config.discard = 100 * USEC_PER_SEC;
	WRITE_ONCE(rcu_dereference_protected(gnb->leg[0], true)->live, false);
	for (i = 0; i < 20; i++) {
		bed_send(test, e, daps_sdus[i % 8]);
		udelay(1);
	}
	KUNIT_ASSERT_EQ(test, e->tx.next, 16);
	oldest = pdcp_tx_cb(skb_peek(&e->tx.kept))->arrival;
	pdcp_discard_expire(e, ktime_add_us(oldest, e->config.discard));
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 1);
	KUNIT_EXPECT_EQ(test, e->tx.next, 17);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 3);
	pdcp_discard_expire(e, ktime_add_us(ktime_get(), e->config.discard));
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 17);
	KUNIT_EXPECT_EQ(test, e->tx.next, 17);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.queue), 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_DISCARD]), 3);
}

/* Without confirmation the oldest is given up, and the bearer never stops. */
static void no_status(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, false, &gnb);
	unsigned int i;

	for (i = 0; i < 20; i++)
		bed_send(test, e, daps_sdus[i % 8]);
	KUNIT_EXPECT_EQ(test, seen.sdus, 20);
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 4);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 16);
}

/* After the switch only what the source's lower layer has not confirmed goes out again. */
static void switch_resends_unconfirmed(struct kunit *test)
{
	struct pdcp_target target = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.has_leg = true,
		.leg = user_leg,
	};
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	struct pdcp_ue *ue = e->ue;
	unsigned int i, kept;

	delivery(e)->asked = jiffies - HZ;
	for (i = 0; i < 6; i++)
		bed_send(test, e, daps_sdus[i]);
	kept = skb_queue_len(&e->tx.kept);
	KUNIT_EXPECT_LT(test, kept, 6);

	mutex_lock(&ue->pdcp->lock);
	KUNIT_EXPECT_EQ(test, 0, pdcp_handover_start(ue, SET_TARGET, 0, &target, 1, NULL));
	KUNIT_EXPECT_EQ(test, 0, pdcp_handover_switch(ue, NULL));
	mutex_unlock(&ue->pdcp->lock);
	KUNIT_ASSERT_EQ(test, seen.pdus, kept);
	for (i = 0; i < kept; i++)
		KUNIT_EXPECT_EQ(test, seen.pdu[i].bearer.count, 6 - kept + i);
}

/*
 * Once the target sends, too, a UE in two cells still confirms to the source what came from there,
 * and to the target what came from that.
 */
static void confirms_what_was_sent(struct kunit *test)
{
	const struct pdcp_leg_config from_target = tunnel(0x23, 0x24, true);
	struct pdcp_target target = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.has_leg = true,
		.leg = tunnel(0x24, 0x23, true),
	};
	struct pdcp_entity *source, *gnb, *e = connect(test, true, &source);
	u32 next = 4;
	unsigned int i;

	gnb = add_end(test, 3, PDCP_ROLE_GNB, &from_target);
	mutex_lock(&e->ue->pdcp->lock);
	KUNIT_ASSERT_EQ(test, 0, pdcp_handover_start(e->ue, SET_SOURCE, 0, &target, 1, NULL));
	KUNIT_ASSERT_EQ(test, 0, pdcp_entity_set_counts(gnb, &next, NULL, NULL));
	mutex_unlock(&e->ue->pdcp->lock);
	delivery(source)->asked = jiffies + 60 * HZ;	/* no PDU asks */
	delivery(gnb)->asked = jiffies + 60 * HZ;
	for (i = 0; i < 4; i++)
		bed_send(test, source, daps_sdus[i]);
	for (i = 4; i < 7; i++)
		bed_send(test, gnb, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.sdus, 7);
	KUNIT_ASSERT_EQ(test, skb_queue_len(&source->tx.kept), 4);
	KUNIT_ASSERT_EQ(test, skb_queue_len(&gnb->tx.kept), 3);

	rcu_read_lock_bh();
	pdcp_gtpu_ask(rcu_dereference_bh(source->leg[0]));
	rcu_read_unlock_bh();
	KUNIT_EXPECT_EQ(test, source->tx.confirmed, 4);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&source->tx.kept), 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&gnb->tx.kept), 3);
	rcu_read_lock_bh();
	pdcp_gtpu_ask(rcu_dereference_bh(gnb->leg[0]));
	rcu_read_unlock_bh();
	KUNIT_EXPECT_EQ(test, gnb->tx.confirmed, 3);
}

/* A leg tells that it has delivered all up to an SN. */
static void leg_delivered(struct kunit *test, struct pdcp_entity *e, u8 slot, u32 sn)
{
	const struct pdcp_nru_status status = {
		.flags = PDCP_NRU_STATUS_DELIVERED,
		.delivered = sn,
	};
	u8 frame[32];
	int len;

	len = pdcp_nru_put_status(frame, sizeof(frame), &status);
	KUNIT_ASSERT_GT(test, len, 0);
	rcu_read_lock_bh();
	pdcp_delivery_receive(rcu_dereference_bh(e->leg[slot]), frame, len);
	rcu_read_unlock_bh();
}

/* A confirmation of what was never sent changes nothing. */
static void forged_status(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);

	bed_send(test, e, daps_sdus[0]);
	bed_send(test, e, daps_sdus[1]);
	e->tx.confirmed = 0;
	leg_delivered(test, e, 0, 1000);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 0);
}

/* A UE's entity with two legs that take turns, from the second one on; they lead to nobody. */
static struct pdcp_entity *split(struct kunit *test)
{
	const struct pdcp_leg_config legs[] = {
		tunnel(0x11, 0x12, true),
		tunnel(0x13, 0x14, true),
	};
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18);
	struct pdcp_ue *ue = bed_ue(test, 1, PDCP_ROLE_UE);

	config.split_threshold = 0;
	bed_install(test, ue, SET_SOURCE, &daps_source);
	return bed_split_bearer(test, ue, &config, legs, ARRAY_SIZE(legs), false);
}

static u32 oldest_kept(struct pdcp_entity *e)
{
	return pdcp_tx_cb(skb_peek(&e->tx.kept))->count;
}

/* Of two legs each confirms what was handed to it alone. */
static void each_leg_its_own(struct kunit *test)
{
	struct pdcp_entity *e = split(test);
	unsigned int i;

	for (i = 0; i < 6; i++)
		bed_send(test, e, daps_sdus[i]);
	leg_delivered(test, e, 1, 4);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 3);
	KUNIT_ASSERT_EQ(test, skb_queue_len(&e->tx.kept), 3);
	KUNIT_EXPECT_EQ(test, oldest_kept(e), 1);
	leg_delivered(test, e, 0, 3);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 5);
	KUNIT_ASSERT_EQ(test, skb_queue_len(&e->tx.kept), 1);
	KUNIT_EXPECT_EQ(test, oldest_kept(e), 5);

	/* Sent again on the other leg it is the other one's, too. */
	for (i = 0; i < 2; i++) {
		mutex_lock(&e->ue->pdcp->lock);
		pdcp_entity_recover(e);
		mutex_unlock(&e->ue->pdcp->lock);
	}
	leg_delivered(test, e, 1, 5);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->tx.kept), 0);
}

/* When one leg confirms, the other one is asked about what it was handed. */
static void other_leg_is_asked(struct kunit *test)
{
	struct pdcp_entity *e = split(test);
	struct pdcp_leg *other = rcu_dereference_protected(e->leg[0], true);
	u64 asks;

	other->delivery->asked = jiffies + HZ;
	bed_send(test, e, daps_sdus[0]);
	bed_send(test, e, daps_sdus[1]);
	asks = atomic64_read(&other->delivery->asks);
	leg_delivered(test, e, 1, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&other->delivery->asks), asks);
	other->delivery->asked = jiffies - HZ;
	leg_delivered(test, e, 1, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&other->delivery->asks), asks + 1);
	other->delivery->asked = jiffies - HZ;
	leg_delivered(test, e, 1, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&other->delivery->asks), asks + 1);
}

/* The last flush that a leg was told of. */
static struct {
	unsigned int n;
	u32 sn;
} flushed;

static void catch_flush(struct pdcp_leg *leg, const u8 *frame, size_t len)
{
	struct pdcp_nru_data data;

	if (pdcp_nru_parse_data(frame, len, &data) || !(data.flags & PDCP_NRU_DATA_FLUSH))
		return;
	flushed.n++;
	flushed.sn = data.flush_sn;
}

/* What discardTimer or a report has discarded the leg is told of (38.323 5.3). */
static void discard_is_told(struct kunit *test)
{
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	ktime_t arrival;
	unsigned int i;

	e->config.discard = 100 * USEC_PER_SEC;
	WRITE_ONCE(rcu_dereference_protected(gnb->leg[0], true)->live, false);
	for (i = 0; i < 6; i++) {
		bed_send(test, e, daps_sdus[i]);
		udelay(1);
	}
	flushed.n = 0;
	kunit_activate_static_stub(test, pdcp_gtpu_send_frame, catch_flush);
	arrival = pdcp_tx_cb(skb_peek(&e->tx.kept)->next)->arrival;
	pdcp_discard_expire(e, ktime_add_us(arrival, e->config.discard));
	KUNIT_EXPECT_EQ(test, e->tx.evicted, 2);
	KUNIT_EXPECT_EQ(test, flushed.n, 1);
	KUNIT_EXPECT_EQ(test, flushed.sn, 1);
	pdcp_discard_expire(e, ktime_add_us(arrival, e->config.discard));
	KUNIT_EXPECT_EQ(test, flushed.n, 1);

	bed_receive_hex(test, e, 0, "0000000003");
	KUNIT_EXPECT_EQ(test, flushed.n, 2);
	KUNIT_EXPECT_EQ(test, flushed.sn, 2);
	bed_receive_hex(test, e, 0, "000000000380");
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 2);
	KUNIT_EXPECT_EQ(test, flushed.n, 2);
}

/* A status is sent when all up to the report SN was delivered in sequence, and once. */
static void report_delivered(struct kunit *test)
{
	static const struct pdcp_nru_data data = {
		.flags = PDCP_NRU_DATA_REPORT,
		.report_sn = 2,
	};
	struct pdcp_entity *gnb, *e = connect(test, true, &gnb);
	unsigned int i;
	u8 frame[16];
	int len;

	delivery(e)->asked = jiffies + 60 * HZ;	/* no PDU asks */
	atomic_set(&delivery(e)->sn, 1);
	len = pdcp_nru_put_data(frame, sizeof(frame), &data);
	KUNIT_ASSERT_GT(test, len, 0);
	rcu_read_lock_bh();
	pdcp_gtpu_send_frame(rcu_dereference_bh(e->leg[0]), frame, len);
	rcu_read_unlock_bh();
	for (i = 0; i < 5; i++) {
		bed_send(test, e, daps_sdus[i]);
		KUNIT_EXPECT_EQ(test, atomic64_read(&delivery(gnb)->sent), i >= 2);
	}
	KUNIT_EXPECT_EQ(test, seen.sdus, 5);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 3);
}

static struct kunit_case delivery_cases[] = {
	KUNIT_CASE(confirms),
	KUNIT_CASE(stall),
	KUNIT_CASE(stall_on_window),
	KUNIT_CASE(stall_until_discard),
	KUNIT_CASE(no_status),
	KUNIT_CASE(switch_resends_unconfirmed),
	KUNIT_CASE(confirms_what_was_sent),
	KUNIT_CASE(forged_status),
	KUNIT_CASE(each_leg_its_own),
	KUNIT_CASE(other_leg_is_asked),
	KUNIT_CASE(discard_is_told),
	KUNIT_CASE(report_delivered),
	{ }
};

static struct kunit_suite delivery_suite = {
	.name = "pdcp_delivery",
	.init = delivery_init,
	.exit = bed_exit,
	.test_cases = delivery_cases,
};

kunit_test_suite(delivery_suite);
