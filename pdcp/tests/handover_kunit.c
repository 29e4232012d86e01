// SPDX-License-Identifier: GPL-2.0
/*
 * Handovers of whole entities: a UE on a device of its own, with legs in user space, whose PDUs
 * and SDUs are caught as the events that they are.
 */
#include <kunit/test.h>
#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>

#include "pdcp/bearer.h"
#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/handover.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum { CAUGHT = 64, SET_SOURCE = 0, SET_TARGET = 1 };

struct caught {
	struct pdcp_event_bearer bearer;
	u32 len;
	u8 octets[128];
};

/*
 * What the events of the only case that runs brought.  Integrity events are counted, and the
 * last one's COUNT remembered.
 */
static struct {
	unsigned int pdus, sdus, failures;
	u32 failed_count;
	unsigned int limits[2][2];
	struct caught pdu[CAUGHT];
	struct caught sdu[CAUGHT];
} seen;

struct rig {
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	const struct pdcp_event_ops *ops;
};

static void catch(struct caught *c, const struct pdcp_event_bearer *bearer,
		  const struct sk_buff *skb)
{
	c->bearer = *bearer;
	c->len = skb->len;
	skb_copy_bits(skb, 0, c->octets, min_t(u32, skb->len, sizeof(c->octets)));
}

static void catch_pdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		      const struct sk_buff *pdu)
{
	if (seen.pdus < CAUGHT)
		catch(&seen.pdu[seen.pdus++], bearer, pdu);
}

static void catch_sdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		      const struct sk_buff *sdu)
{
	if (seen.sdus < CAUGHT)
		catch(&seen.sdu[seen.sdus++], bearer, sdu);
}

static void catch_integrity(struct pdcp_device *pdcp,
			    const struct pdcp_event_bearer *bearer)
{
	seen.failures++;
	seen.failed_count = bearer->count;
}

static void catch_count(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
			enum pdcp_direction direction, bool exhausted)
{
	seen.limits[direction][exhausted]++;
}

static void ignore_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end)
{
}

static const struct pdcp_event_ops catching = {
	.handover = ignore_handover,
	.integrity = catch_integrity,
	.count = catch_count,
	.sdu = catch_sdu,
	.pdu = catch_pdu,
};

static struct pdcp_device *create_device(struct kunit *test)
{
	struct nlattr *tb[IFLA_MAX + 1] = { };
	struct net_device *dev;
	int err;

	rtnl_lock();
	dev = rtnl_create_link(&init_net, "pdcpk%d", NET_NAME_ENUM,
			       &pdcp_link_ops, tb, NULL);
	err = IS_ERR(dev) ? PTR_ERR(dev) :
			    pdcp_link_ops.newlink(&init_net, dev, tb, NULL, NULL);
	if (!err)
		err = dev_open(dev, NULL);
	rtnl_unlock();
	KUNIT_ASSERT_EQ(test, err, 0);
	return netdev_priv(dev);
}

static int handover_init(struct kunit *test)
{
	struct rig *rig = kunit_kzalloc(test, sizeof(*rig), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, rig);
	memset(&seen, 0, sizeof(seen));
	rig->pdcp = create_device(test);
	rig->ops = pdcp_event_set_ops(&catching);
	test->priv = rig;
	return 0;
}

static void handover_exit(struct kunit *test)
{
	struct rig *rig = test->priv;

	if (!rig)
		return;
	rtnl_lock();
	unregister_netdevice_queue(rig->pdcp->dev, NULL);
	list_del(&rig->pdcp->list);
	rtnl_unlock();
	pdcp_event_set_ops(rig->ops);
}

static void create_ue(struct kunit *test, enum pdcp_role role)
{
	const struct pdcp_ue_config config = { .id = 1, .role = role };
	struct rig *rig = test->priv;

	rig->ue = pdcp_ue_create(rig->pdcp, &config, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, rig->ue);
}

static void install(struct kunit *test, u8 id, const struct daps_context *c)
{
	static const u8 rrc_enc[PDCP_KEY_LEN] = "RRC enc";
	static const u8 rrc_int[PDCP_KEY_LEN] = "RRC int";
	struct rig *rig = test->priv;
	size_t len;
	const struct pdcp_keys keys = {
		.nea = c->nea,
		.nia = c->nia,
		.enc = { rrc_enc, pdcp_test_hex(test, c->kenc, &len) },
		.integ = { rrc_int, pdcp_test_hex(test, c->kint, &len) },
	};

	KUNIT_ASSERT_EQ(test, pdcp_ue_add_security(rig->ue, id, &keys, NULL), 0);
}

static const struct pdcp_leg_config user_leg = { .lower = PDCP_LOWER_USER };

static struct pdcp_entity *add_bearer(struct kunit *test, enum pdcp_bearer_type type,
				      enum pdcp_mode mode, u8 sn_bits, bool integrity)
{
	const struct pdcp_entity_config config = {
		.type = type,
		.id = 1,
		.mode = mode,
		.upper = PDCP_UPPER_USER,
		.sn_ul = sn_bits,
		.sn_dl = sn_bits,
		.integrity = integrity,
		.ciphering = true,
		.t_reordering = PDCP_INFINITY,
		.discard = PDCP_INFINITY,
		.queue_limit = 16,
		.kept_limit = 16,
		.count_threshold = PDCP_COUNT_THRESHOLD,
	};
	struct rig *rig = test->priv;
	struct pdcp_entity __rcu **place;

	KUNIT_ASSERT_EQ(test, 0, pdcp_bearer_add(rig->ue, &config, SET_SOURCE, 0, false,
						 &user_leg, NULL));
	place = pdcp_ue_bearer(rig->ue, type, 1, PDCP_LEG_ROLE_SOURCE);
	return rcu_dereference_protected(*place, true);
}

static void send(struct kunit *test, struct pdcp_entity *e, const char *hex)
{
	struct sk_buff_head list;
	struct sk_buff *sdu;
	size_t len;
	u8 *octets;

	octets = pdcp_test_hex(test, hex, &len);
	sdu = alloc_skb(len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sdu);
	skb_put_data(sdu, octets, len);
	__skb_queue_head_init(&list);
	__skb_queue_tail(&list, sdu);
	pdcp_tx_sdus(e, &list);
}

static void receive(struct kunit *test, struct pdcp_entity *e, u8 slot, const u8 *octets,
		    size_t len)
{
	struct pdcp_leg *leg;
	struct sk_buff *pdu;

	pdu = alloc_skb(len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, pdu);
	skb_put_data(pdu, octets, len);
	rcu_read_lock_bh();
	leg = rcu_dereference_bh(e->leg[slot]);
	if (leg)
		pdcp_rx_pdu(leg, pdu);
	else
		kfree_skb(pdu);
	rcu_read_unlock_bh();
	KUNIT_EXPECT_NOT_NULL(test, leg);
}

static void receive_hex(struct kunit *test, struct pdcp_entity *e, u8 slot, const char *hex)
{
	size_t len;
	u8 *octets = pdcp_test_hex(test, hex, &len);

	receive(test, e, slot, octets, len);
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

static int start(struct rig *rig, enum pdcp_bearer_type type, u8 set)
{
	const struct pdcp_target target = {
		.type = type,
		.id = 1,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&rig->pdcp->lock);
	err = pdcp_handover_start(rig->ue, set, 0, &target, 1, NULL);
	mutex_unlock(&rig->pdcp->lock);
	return err;
}

static int verb(struct rig *rig, int (*fn)(struct pdcp_ue *, struct netlink_ext_ack *))
{
	int err;

	mutex_lock(&rig->pdcp->lock);
	err = fn(rig->ue, NULL);
	mutex_unlock(&rig->pdcp->lock);
	return err;
}

/* AM: from the first SDU that is not confirmed on, original COUNT, target's keys. */
static void am_uplink_switch(struct kunit *test)
{
	static const char confirms_below_2[] = "0000000002";
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n = 0;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, confirms_below_2);
	KUNIT_EXPECT_EQ(test, e->tx.confirmed, 2);
	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_switch), 0);
	send(test, e, daps_sdus[i++]);
	send(test, e, daps_sdus[i]);

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
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n = 0;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 12, true);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

	for (i = 0; i < ARRAY_SIZE(daps_um_source); i++)
		send(test, e, daps_sdus[i]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	send(test, e, daps_sdus[i++]);
	send(test, e, daps_sdus[i++]);
	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_switch), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);
	send(test, e, daps_sdus[i]);

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
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i;
	size_t len;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

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
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	send(test, e, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_fallback), 0);
	for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
		send(test, e, daps_sdus[i]);

	KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source));
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		expect_pdu(test, i, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(rig->ue, SET_SOURCE));
	KUNIT_EXPECT_NULL(test, pdcp_ue_security(rig->ue, SET_TARGET));
}

/* Release: the target's leg alone is left, the source's set gone, nothing else touched. */
static void release(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	receive_hex(test, e, 1, daps_rx_steps[2].pdu);
	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_switch), 0);
	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_release), 0);

	KUNIT_EXPECT_NULL(test, pdcp_ue_security(rig->ue, SET_SOURCE));
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(rig->ue, SET_TARGET));
	KUNIT_EXPECT_NULL(test, rcu_access_pointer(e->leg[0]));
	KUNIT_EXPECT_EQ(test, pdcp_entity_role(e, 1), PDCP_LEG_ROLE_SOURCE);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 4);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 1);
	KUNIT_EXPECT_TRUE(test, e->rx.window.running);
	receive_hex(test, e, 1, daps_rx_steps[3].pdu);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_deliv, 2);
}

static struct pdcp_entity *srb(struct rig *rig, enum pdcp_leg_role role)
{
	return rcu_dereference_protected(*pdcp_ue_bearer(rig->ue, PDCP_BEARER_TYPE_SRB, 1, role),
					 true);
}

/* With another key a second entity starts at 0, and a fallback leaves the first as it was. */
static void srb_key_refresh(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *source;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	source = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12, true);
	send(test, source, daps_sdus[0]);
	send(test, source, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	send(test, source, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.pdus, 2);
	send(test, srb(rig, PDCP_LEG_ROLE_TARGET), daps_sdus[3]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.role, PDCP_LEG_ROLE_TARGET);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 0);

	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_NULL(test, srb(rig, PDCP_LEG_ROLE_TARGET));
	KUNIT_EXPECT_PTR_EQ(test, srb(rig, PDCP_LEG_ROLE_SOURCE), source);
	KUNIT_EXPECT_EQ(test, seen.pdus, 3);
	send(test, source, daps_sdus[4]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.role, PDCP_LEG_ROLE_SOURCE);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.count, 2);
}

/* With the same key the variables go along, and back (38.323 7.1); the set stays. */
static void srb_same_key(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *source;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	source = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12, true);
	send(test, source, daps_sdus[0]);
	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_SRB, SET_SOURCE), 0);
	send(test, srb(rig, PDCP_LEG_ROLE_TARGET), daps_sdus[1]);
	send(test, srb(rig, PDCP_LEG_ROLE_TARGET), daps_sdus[2]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 3);
	KUNIT_EXPECT_EQ(test, seen.pdu[1].bearer.count, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[2].bearer.count, 2);

	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_fallback), 0);
	KUNIT_EXPECT_NOT_NULL(test, pdcp_ue_security(rig->ue, SET_SOURCE));
	send(test, source, daps_sdus[3]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 4);
	KUNIT_EXPECT_EQ(test, seen.pdu[3].bearer.count, 3);
}

/* A held receiver cannot decipher before it knows RX_DELIV; then all comes, in order. */
static void held_receiver(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	u32 deliv = 2;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	e->rx.hold = true;
	receive_hex(test, e, 0, daps_rx_steps[4].pdu);
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	receive_hex(test, e, 0, daps_rx_steps[0].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e->rx.held), 3);

	mutex_lock(&rig->pdcp->lock);
	KUNIT_EXPECT_EQ(test, pdcp_entity_set_counts(e, NULL, &deliv, NULL), 0);
	mutex_unlock(&rig->pdcp->lock);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->rx.window.stored, 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_OLD]), 1);
}

static int reestablish(struct rig *rig, enum pdcp_bearer_type type, u8 set)
{
	const struct pdcp_target target = {
		.type = type,
		.id = 1,
		.has_leg = true,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&rig->pdcp->lock);
	err = pdcp_reestablish(rig->ue, set, &target, 1, NULL);
	mutex_unlock(&rig->pdcp->lock);
	return err;
}

static int recover(struct rig *rig, bool has_leg)
{
	const struct pdcp_target target = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.has_leg = has_leg,
		.leg = user_leg,
	};
	int err;

	mutex_lock(&rig->pdcp->lock);
	err = pdcp_recover(rig->ue, &target, 1, NULL);
	mutex_unlock(&rig->pdcp->lock);
	return err;
}

static int all(struct rig *rig, int (*fn)(struct pdcp_ue *ue, struct pdcp_entity *only,
					  struct netlink_ext_ack *extack))
{
	int err;

	mutex_lock(&rig->pdcp->lock);
	err = fn(rig->ue, NULL, NULL);
	mutex_unlock(&rig->pdcp->lock);
	return err;
}

/* AM: original COUNTs under the new key, from the first that is not confirmed on. */
static void am_reestablish(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i, n;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, reestablish(rig, PDCP_BEARER_TYPE_DRB, SET_SOURCE), -EKEYREJECTED);
	KUNIT_ASSERT_EQ(test, reestablish(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

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
	struct rig *rig = test->priv;
	struct pdcp_entity *e;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18, true);
	send(test, e, daps_sdus[0]);
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_EXPECT_EQ(test, seen.sdus, 0);
	KUNIT_ASSERT_EQ(test, reestablish(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);

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
	struct rig *rig = test->priv;
	struct pdcp_entity *e;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_SRB, PDCP_MODE_AM, 12, true);
	send(test, e, daps_sdus[0]);
	pdcp_entity_pause(e, PDCP_PAUSED_HANDOVER);
	send(test, e, daps_sdus[1]);
	KUNIT_ASSERT_EQ(test, reestablish(rig, PDCP_BEARER_TYPE_SRB, SET_TARGET), 0);
	pdcp_entity_resume(e, PDCP_PAUSED_HANDOVER);

	KUNIT_EXPECT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_PURGED]), 1);
}

/* The same octets again (38.323 5.5), on the old leg or on a new one. */
static void data_recovery(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i, round;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	for (i = 0; i < ARRAY_SIZE(daps_am_source); i++)
		send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	for (round = 0; round < 2; round++) {
		seen.pdus = 0;
		KUNIT_ASSERT_EQ(test, recover(rig, round), 0);
		KUNIT_ASSERT_EQ(test, seen.pdus, ARRAY_SIZE(daps_am_source) - 2);
		for (i = 2; i < ARRAY_SIZE(daps_am_source); i++)
			expect_pdu(test, i - 2, PDCP_LEG_ROLE_SOURCE, i, daps_am_source[i]);
	}
}

/* COUNTs begin anew, so the key has to: the unconfirmed go out as new SDUs after that. */
static void suspend_resume(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	unsigned int i;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	for (i = 0; i < 4; i++)
		send(test, e, daps_sdus[i]);
	receive_hex(test, e, 0, "0000000002");
	receive_hex(test, e, 0, daps_rx_steps[1].pdu);
	KUNIT_ASSERT_EQ(test, all(rig, pdcp_suspend), 0);
	send(test, e, daps_sdus[4]);

	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, seen.sdus, 1);
	KUNIT_EXPECT_EQ(test, seen.sdu[0].bearer.count, 2);
	KUNIT_EXPECT_EQ(test, e->tx.next, 0);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_FALSE(test, e->rx.window.running);
	KUNIT_EXPECT_EQ(test, all(rig, pdcp_resume), -EKEYREJECTED);
	KUNIT_EXPECT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);

	KUNIT_ASSERT_EQ(test, reestablish(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, seen.pdus, 4);
	KUNIT_ASSERT_EQ(test, all(rig, pdcp_resume), 0);
	KUNIT_ASSERT_EQ(test, seen.pdus, 7);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, seen.pdu[4 + i].bearer.count, i);
	KUNIT_EXPECT_EQ(test, e->tx.next, 3);
}

/* Told once of the threshold and once of the end; 0xffffffff is never used. */
static void count_limits(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	u32 next = PDCP_COUNT_THRESHOLD - 1;
	unsigned int i;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18, true);
	mutex_lock(&rig->pdcp->lock);
	pdcp_entity_set_counts(e, &next, NULL, NULL);
	mutex_unlock(&rig->pdcp->lock);
	send(test, e, daps_sdus[0]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 0);
	send(test, e, daps_sdus[1]);
	send(test, e, daps_sdus[2]);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][false], 1);

	next = PDCP_COUNT_MAX;
	mutex_lock(&rig->pdcp->lock);
	pdcp_entity_set_counts(e, &next, NULL, NULL);
	mutex_unlock(&rig->pdcp->lock);
	seen.pdus = 0;
	for (i = 0; i < 3; i++)
		send(test, e, daps_sdus[i]);
	KUNIT_ASSERT_EQ(test, seen.pdus, 1);
	KUNIT_EXPECT_EQ(test, seen.pdu[0].bearer.count, PDCP_COUNT_MAX);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_TX][true], 1);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_TX_COUNT]), 2);
}

/* One forged PDU of any SN on a fresh bearer is an integrity failure or has no COUNT, no more. */
static void forged_pdu(struct kunit *test)
{
	struct rig *rig = test->priv;
	struct pdcp_entity *e;
	u8 pdu[16] = { 0x80 };
	u32 sn;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 12, true);
	for (sn = 0; sn < 4096; sn++) {
		pdu[0] = 0x80 | sn >> 8;
		pdu[1] = sn;
		receive(test, e, 0, pdu, sizeof(pdu));
	}
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_INTEGRITY]), 2048);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_RANGE]), 2048);
	KUNIT_EXPECT_EQ(test, e->rx.window.rx_next, 0);
	KUNIT_EXPECT_EQ(test, seen.limits[PDCP_DIRECTION_RX][true], 0);
	KUNIT_EXPECT_EQ(test, rig->ue->nbearers, 1);
}

/* PDUs of every length up to the shortest that can be right, data and control. */
static void short_pdus(struct kunit *test)
{
	static const u8 octets[2][8] = { { 0x80 }, { 0x00 } };
	struct pdcp_entity *e;
	unsigned int len;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	e = add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);
	for (len = 0; len < 8; len++)
		receive(test, e, 0, octets[0], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_MALFORMED]), 8);
	for (len = 1; len < 5; len++)
		receive(test, e, 0, octets[1], len);
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 4);
	receive_hex(test, e, 0, "0000000001");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_STATUS]), 1);
	receive_hex(test, e, 0, "70");
	KUNIT_EXPECT_EQ(test, atomic64_read(&e->drops[PDCP_DROP_REASON_RX_CONTROL]), 5);
}

/* Each verb in each state that it does not belong to: refused, and the state stays. */
static void illegal_orders(struct kunit *test)
{
	struct rig *rig = test->priv;

	create_ue(test, PDCP_ROLE_UE);
	install(test, SET_SOURCE, &daps_source);
	install(test, SET_TARGET, &daps_target);
	add_bearer(test, PDCP_BEARER_TYPE_DRB, PDCP_MODE_AM, 18, true);

	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_switch), -EINVAL);
	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_release), -EINVAL);
	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_fallback), -EINVAL);
	KUNIT_EXPECT_EQ(test, start(rig, PDCP_BEARER_TYPE_SRB, SET_TARGET), -ENOENT);
	KUNIT_EXPECT_EQ(test, rig->ue->handover.state, PDCP_HANDOVER_STATE_NONE);

	KUNIT_ASSERT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), 0);
	KUNIT_EXPECT_EQ(test, start(rig, PDCP_BEARER_TYPE_DRB, SET_TARGET), -EBUSY);
	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_release), -EBUSY);
	KUNIT_EXPECT_EQ(test, rig->ue->handover.state, PDCP_HANDOVER_STATE_PREPARED);

	KUNIT_ASSERT_EQ(test, verb(rig, pdcp_handover_switch), 0);
	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_switch), -EBUSY);
	KUNIT_EXPECT_EQ(test, verb(rig, pdcp_handover_fallback), -EBUSY);
	KUNIT_EXPECT_EQ(test, rig->ue->handover.state, PDCP_HANDOVER_STATE_SWITCHED);
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
	KUNIT_CASE(am_reestablish),
	KUNIT_CASE(um_reestablish),
	KUNIT_CASE(srb_reestablish),
	KUNIT_CASE(data_recovery),
	KUNIT_CASE(suspend_resume),
	KUNIT_CASE(count_limits),
	KUNIT_CASE(forged_pdu),
	KUNIT_CASE(short_pdus),
	KUNIT_CASE(illegal_orders),
	{ }
};

static struct kunit_suite handover_suite = {
	.name = "pdcp_handover",
	.init = handover_init,
	.exit = handover_exit,
	.test_cases = handover_cases,
};

kunit_test_suite(handover_suite);
