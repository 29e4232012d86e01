// SPDX-License-Identifier: GPL-2.0
#include "pdcp/tests/bed.h"

#include <linux/netdevice.h>
#include <linux/rtnetlink.h>
#include <net/rtnetlink.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/handover.h"
#include "pdcp/plan.h"
#include "pdcp/reestablish.h"
#include "pdcp/receive.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/vectors/daps.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

struct seen seen;

static void catch(struct caught *c, const struct pdcp_event_bearer *bearer,
		  const struct sk_buff *skb)
{
	c->bearer = *bearer;
	c->len = skb->len;
	skb_copy_bits(skb, 0, c->octets, min_t(u32, skb->len, sizeof(c->octets)));
}

static int catch_pdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *pdu)
{
	if (seen.deaf)
		return -ENOMEM;
	if (seen.pdus < CAUGHT)
		catch(&seen.pdu[seen.pdus++], bearer, pdu);
	return 0;
}

static int catch_sdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *sdu)
{
	if (seen.deaf)
		return -ENOMEM;
	if (seen.sdus < CAUGHT)
		catch(&seen.sdu[seen.sdus++], bearer, sdu);
	return 0;
}

static void catch_integrity(struct pdcp_device *pdcp,
			    const struct pdcp_event_bearer *bearer)
{
	seen.failures++;
	seen.failed = *bearer;
}

static void catch_count(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
			enum pdcp_direction direction, bool exhausted)
{
	seen.limits[direction][exhausted]++;
}

static void catch_key(const struct pdcp_ue *ue, const struct pdcp_event_key *key)
{
	seen.refusals++;
	seen.refusal = *key;
	if (key->conflict)
		seen.conflict = *key->conflict;
}

static void ignore_path(struct pdcp_device *pdcp, u32 teid, const struct pdcp_address *peer)
{
}

static void ignore_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end)
{
}

static const struct pdcp_event_ops catching = {
	.handover = ignore_handover,
	.key = catch_key,
	.integrity = catch_integrity,
	.count = catch_count,
	.path = ignore_path,
	.sdu = catch_sdu,
	.pdu = catch_pdu,
};

static struct pdcp_device *create_device(struct kunit *test, bool up)
{
	struct nlattr *tb[IFLA_MAX + 1] = { };
	struct net_device *dev;
	int err;

	rtnl_lock();
	dev = rtnl_create_link(&init_net, "pdcpk%d", NET_NAME_ENUM,
			       &pdcp_link_ops, tb, NULL);
	err = IS_ERR(dev) ? PTR_ERR(dev) :
			    pdcp_link_ops.newlink(&init_net, dev, tb, NULL, NULL);
	if (!err && up)
		err = dev_open(dev, NULL);
	rtnl_unlock();
	KUNIT_ASSERT_EQ(test, err, 0);
	return netdev_priv(dev);
}

static void destroy_device(void *device)
{
	struct pdcp_device *pdcp = device;

	rtnl_lock();
	unregister_netdevice_queue(pdcp->dev, NULL);
	list_del(&pdcp->list);
	rtnl_unlock();
}

/* One more device, which is down, until the end of the case. */
struct pdcp_device *bed_device(struct kunit *test)
{
	struct pdcp_device *pdcp = create_device(test, false);

	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, destroy_device, pdcp), 0);
	return pdcp;
}

int bed_init(struct kunit *test)
{
	struct bed *bed = kunit_kzalloc(test, sizeof(*bed), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, bed);
	memset(&seen, 0, sizeof(seen));
	bed->pdcp = create_device(test, true);
	bed->ops = pdcp_event_set_ops(&catching);
	test->priv = bed;
	return 0;
}

void bed_exit(struct kunit *test)
{
	struct bed *bed = test->priv;

	if (!bed)
		return;
	destroy_device(bed->pdcp);
	pdcp_event_set_ops(bed->ops);
}

struct pdcp_ue *bed_ue(struct kunit *test, u32 id, enum pdcp_role role)
{
	return bed_test_ue(test, id, role, false);
}

/* A UE that may be in test mode. */
struct pdcp_ue *bed_test_ue(struct kunit *test, u32 id, enum pdcp_role role, bool test_mode)
{
	const struct pdcp_ue_config config = { .id = id, .role = role, .test_mode = test_mode };
	struct bed *bed = test->priv;

	bed->ue = pdcp_ue_create(bed->pdcp, &config, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, bed->ue);
	return bed->ue;
}

/* An RRC key that goes with a UP key. */
static u8 *rrc_key(struct kunit *test, const char *up)
{
	size_t i, len;
	u8 *key = pdcp_test_hex(test, up, &len);

	for (i = 0; i < len; i++)
		key[i] ^= 0x55;
	return key;
}

void bed_install(struct kunit *test, struct pdcp_ue *ue, u8 set,
		 const struct daps_context *context)
{
	size_t len;
	const struct pdcp_keys keys = {
		.nea = context->nea,
		.nia = context->nia,
		.enc = {
			[PDCP_PLANE_RRC] = rrc_key(test, context->kenc),
			[PDCP_PLANE_UP] = pdcp_test_hex(test, context->kenc, &len),
		},
		.integ = {
			[PDCP_PLANE_RRC] = rrc_key(test, context->kint),
			[PDCP_PLANE_UP] = pdcp_test_hex(test, context->kint, &len),
		},
	};

	KUNIT_ASSERT_EQ(test, pdcp_ue_add_security(ue, set, &keys, NULL), 0);
}

const struct pdcp_leg_config user_leg = { .lower = PDCP_LOWER_USER };

/* Bearer 1 of its type with small bounds, SDUs from and to user space, no timers. */
struct pdcp_entity_config bed_config(enum pdcp_bearer_type type, enum pdcp_mode mode,
				     u8 sn_bits)
{
	return (struct pdcp_entity_config){
		.type = type,
		.id = 1,
		.mode = mode,
		.upper = PDCP_UPPER_USER,
		.sn_ul = sn_bits,
		.sn_dl = sn_bits,
		.integrity = true,
		.ciphering = true,
		.t_reordering = PDCP_INFINITY,
		.discard = PDCP_INFINITY,
		.queue_limit = 16,
		.kept_limit = 16,
		.window_limit = PDCP_WINDOW_LIMIT,
		.split_threshold = PDCP_INFINITY,
		.count_threshold = PDCP_COUNT_THRESHOLD,
	};
}

struct pdcp_entity *bed_bearer(struct kunit *test, struct pdcp_ue *ue,
			       const struct pdcp_entity_config *config,
			       const struct pdcp_leg_config *leg)
{
	return bed_split_bearer(test, ue, config, leg, 1, false);
}

struct pdcp_entity *bed_split_bearer(struct kunit *test, struct pdcp_ue *ue,
				     const struct pdcp_entity_config *config,
				     const struct pdcp_leg_config *legs, unsigned int nlegs,
				     bool duplicate)
{
	struct pdcp_bearer_config bearer = {
		.entity = *config,
		.set = SET_SOURCE,
		.duplicate = duplicate,
		.nlegs = nlegs,
	};
	struct pdcp_entity __rcu **place;

	memcpy(bearer.legs, legs, nlegs * sizeof(*legs));
	KUNIT_ASSERT_EQ(test, pdcp_bearer_add(ue, &bearer, NULL), 0);
	place = pdcp_ue_bearer(ue, config->type, config->id, PDCP_LEG_ROLE_SOURCE);
	return rcu_dereference_protected(*place, true);
}

void bed_send_octets(struct kunit *test, struct pdcp_entity *e, const u8 *octets, size_t len)
{
	struct sk_buff_head list;
	struct sk_buff *sdu;

	sdu = alloc_skb(len, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sdu);
	skb_put_data(sdu, octets, len);
	__skb_queue_head_init(&list);
	__skb_queue_tail(&list, sdu);
	pdcp_tx_sdus(e, &list);
}

void bed_send(struct kunit *test, struct pdcp_entity *e, const char *hex)
{
	size_t len;
	u8 *octets = pdcp_test_hex(test, hex, &len);

	bed_send_octets(test, e, octets, len);
}

void bed_receive(struct kunit *test, struct pdcp_entity *e, u8 slot, const u8 *octets,
		 size_t len)
{
	struct pdcp_leg *leg;
	struct sk_buff *pdu;

	pdu = alloc_skb(len, GFP_ATOMIC);
	KUNIT_ASSERT_NOT_NULL(test, pdu);
	skb_put_data(pdu, octets, len);
	rcu_read_lock_bh();
	leg = rcu_dereference_bh(e->leg[slot]);
	if (leg)
		pdcp_receive_one(leg, pdu);
	else
		kfree_skb(pdu);
	rcu_read_unlock_bh();
	KUNIT_EXPECT_NOT_NULL(test, leg);
}

struct pdcp_entity *bed_add(struct kunit *test, enum pdcp_bearer_type type,
			    enum pdcp_mode mode, u8 sn_bits)
{
	const struct pdcp_entity_config config = bed_config(type, mode, sn_bits);
	struct bed *bed = test->priv;

	return bed_bearer(test, bed->ue, &config, &user_leg);
}

void bed_receive_hex(struct kunit *test, struct pdcp_entity *e, u8 slot, const char *hex)
{
	size_t len;
	u8 *octets = pdcp_test_hex(test, hex, &len);

	bed_receive(test, e, slot, octets, len);
}

void bed_expect_pdu(struct kunit *test, unsigned int i, enum pdcp_leg_role role,
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

int bed_start(struct bed *bed, enum pdcp_bearer_type type, u8 set)
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

int bed_verb(struct bed *bed, int (*fn)(struct pdcp_ue *, struct netlink_ext_ack *))
{
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = fn(bed->ue, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}

struct pdcp_entity *bed_srb(struct bed *bed, enum pdcp_leg_role role)
{
	return rcu_dereference_protected(*pdcp_ue_bearer(bed->ue, PDCP_BEARER_TYPE_SRB, 1, role),
					 true);
}

int bed_reestablish(struct bed *bed, enum pdcp_bearer_type type, u8 set)
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

int bed_recover(struct bed *bed, bool has_leg)
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

int bed_all(struct bed *bed, int (*fn)(struct pdcp_ue *ue, struct pdcp_entity *only,
				       struct netlink_ext_ack *extack))
{
	int err;

	mutex_lock(&bed->pdcp->lock);
	err = fn(bed->ue, NULL, NULL);
	mutex_unlock(&bed->pdcp->lock);
	return err;
}
