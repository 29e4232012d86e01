// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "pdcp/ue.h"

#include <kunit/visibility.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/netlink.h>
#include <linux/printk.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <net/ipv6.h>

#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/refusal.h"
#include "pdcp/security.h"

static const struct rhashtable_params address_params = {
	.key_len = sizeof_field(struct pdcp_address, v6),
	.key_offset = offsetof(struct pdcp_ue_address, address.v6),
	.head_offset = offsetof(struct pdcp_ue_address, node),
	.automatic_shrinking = true,
};

/**
 * pdcp_ue_table_init - prepare a device's tables of UEs
 * @pdcp: device that nobody else knows
 *
 * Return: 0 or -ENOMEM.
 */
int pdcp_ue_table_init(struct pdcp_device *pdcp)
{
	xa_init(&pdcp->ues);
	return rhashtable_init(&pdcp->addresses, &address_params);
}

/**
 * pdcp_ue_table_destroy - free a device's tables of UEs
 * @pdcp: device without UEs
 */
void pdcp_ue_table_destroy(struct pdcp_device *pdcp)
{
	rhashtable_destroy(&pdcp->addresses);
	xa_destroy(&pdcp->ues);
}

static void remove_addresses(struct pdcp_ue *ue, unsigned int n)
{
	while (n--)
		rhashtable_remove_fast(&ue->pdcp->addresses,
				       &ue->addresses[n].node, address_params);
}

static int insert_addresses(struct pdcp_ue *ue, struct netlink_ext_ack *extack)
{
	unsigned int i;
	int err;

	for (i = 0; i < ue->config.naddresses; i++) {
		struct pdcp_ue_address *a = &ue->addresses[i];

		a->address = ue->config.addresses[i];
		a->ue = ue;
		err = rhashtable_lookup_insert_fast(&ue->pdcp->addresses,
						    &a->node, address_params);
		if (!err)
			continue;
		if (err == -EEXIST)
			NL_SET_ERR_MSG(extack, "address: belongs to another UE of the device");
		remove_addresses(ue, i);
		return err;
	}
	return 0;
}

/**
 * pdcp_ue_create - create a UE
 * @pdcp: device, locked
 * @config: identity, role, addresses
 * @extack: why not
 *
 * Return: the UE, or ERR_PTR: -EEXIST for an identity or address in use, -ENOMEM.
 */
struct pdcp_ue *pdcp_ue_create(struct pdcp_device *pdcp,
			       const struct pdcp_ue_config *config,
			       struct netlink_ext_ack *extack)
{
	struct pdcp_ue *ue;
	int err = -ENOMEM;

	ue = kzalloc(sizeof(*ue), GFP_KERNEL);
	if (!ue)
		return ERR_PTR(err);
	ue->pdcp = pdcp;
	ue->config = *config;
	INIT_LIST_HEAD(&ue->ledger.entries);
	pdcp_handover_init(ue);

	ue->addresses = kcalloc(config->naddresses, sizeof(*ue->addresses),
				GFP_KERNEL);
	if (config->naddresses && !ue->addresses)
		goto err_free;

	err = xa_insert(&pdcp->ues, config->id, ue, GFP_KERNEL);
	if (err == -EBUSY) {
		NL_SET_ERR_MSG_FMT(extack, "ue-id: UE %u exists", config->id);
		err = -EEXIST;
	}
	if (err)
		goto err_free_addresses;

	err = insert_addresses(ue, extack);
	if (err)
		goto err_erase;

	pdcp->nues++;
	pr_debug("%s: UE %u created\n", pdcp->dev->name, config->id);
	return ue;

err_erase:
	xa_erase(&pdcp->ues, config->id);
	/* A reader may have found the UE by one of its addresses. */
	synchronize_rcu();
err_free_addresses:
	kfree(ue->addresses);
err_free:
	kfree(ue);
	return ERR_PTR(err);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_create);

static void destroy_bearers(struct pdcp_ue *ue, struct pdcp_entity __rcu **slots,
			    unsigned int n)
{
	struct pdcp_entity *e;

	while (n--) {
		e = pdcp_dereference(slots[n], ue->pdcp);
		RCU_INIT_POINTER(slots[n], NULL);
		if (e)
			pdcp_entity_destroy(e);
	}
}

static void ue_free_rcu(struct rcu_head *rcu)
{
	struct pdcp_ue *ue = container_of(rcu, struct pdcp_ue, rcu);

	pr_debug("UE %u destroyed\n", ue->config.id);
	kfree(ue->addresses);
	kfree(ue);
}

/**
 * pdcp_ue_destroy - remove a UE with all that is its
 * @ue: UE; its device is locked
 *
 * Whoever found the UE, one of its entities or legs under RCU keeps all of them until the end
 * of that section: each is freed a grace period after it was last to be found.
 */
void pdcp_ue_destroy(struct pdcp_ue *ue)
{
	unsigned int i;

	pdcp_handover_cancel(ue);
	xa_erase(&ue->pdcp->ues, ue->config.id);
	ue->pdcp->nues--;

	RCU_INIT_POINTER(ue->default_drb, NULL);
	destroy_bearers(ue, ue->drb, ARRAY_SIZE(ue->drb));
	destroy_bearers(ue, ue->srb, ARRAY_SIZE(ue->srb));
	destroy_bearers(ue, ue->srb_target, ARRAY_SIZE(ue->srb_target));
	remove_addresses(ue, ue->config.naddresses);
	pdcp_ledger_destroy(&ue->ledger);
	for (i = 0; i < ARRAY_SIZE(ue->sets); i++)
		pdcp_security_put(ue->sets[i]);
	call_rcu(&ue->rcu, ue_free_rcu);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_destroy);

/**
 * pdcp_ue_lookup - UE of an identity
 * @pdcp: device, locked
 * @id: identity
 *
 * Return: the UE or NULL.
 */
struct pdcp_ue *pdcp_ue_lookup(struct pdcp_device *pdcp, u32 id)
{
	return xa_load(&pdcp->ues, id);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_lookup);

/**
 * pdcp_ue_security - installed set of an identity
 * @ue: UE; its device is locked
 * @id: identity of the set
 *
 * Return: the set or NULL.
 */
struct pdcp_security *pdcp_ue_security(const struct pdcp_ue *ue, u8 id)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ue->sets); i++)
		if (ue->sets[i] && ue->sets[i]->id == id)
			return ue->sets[i];
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_security);

static struct pdcp_security **free_set(struct pdcp_ue *ue)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ue->sets); i++)
		if (!ue->sets[i])
			return &ue->sets[i];
	return NULL;
}

/* Whether a key of the set is another one of the UE's, or was (33.501 A.8). */
static bool repeats_role(const struct pdcp_ue *ue, const struct pdcp_security *sec)
{
	const struct pdcp_fingerprint *fingerprint;
	enum pdcp_key_role key;
	unsigned int i;

	for (key = 0; key < __PDCP_KEY_ROLE_MAX; key++) {
		fingerprint = pdcp_security_fingerprint(sec, key);
		if (!fingerprint)
			continue;
		if (pdcp_security_has_role(sec, fingerprint, key) ||
		    pdcp_ledger_has_role(&ue->ledger, fingerprint, key))
			return true;
		for (i = 0; i < ARRAY_SIZE(ue->sets); i++)
			if (ue->sets[i] &&
			    pdcp_security_has_role(ue->sets[i], fingerprint, key))
				return true;
	}
	return false;
}

static int check_roles(const struct pdcp_ue *ue, const struct pdcp_security *sec,
		       struct netlink_ext_ack *extack)
{
	if (!repeats_role(ue, sec))
		return 0;
	pdcp_refusal_role(ue, sec->id, ue->config.test_mode);
	if (ue->config.test_mode)
		return 0;
	NL_SET_ERR_MSG(extack, "one key value is given for two roles");
	return -EKEYREJECTED;
}

/**
 * pdcp_ue_add_security - install a security set
 * @ue: UE; its device is locked
 * @id: identity of the set
 * @keys: algorithms and keys
 * @extack: why not
 *
 * Return: 0, -EEXIST, -ENOSPC when two sets are live, -EKEYREJECTED for a key value in two roles,
 * or pdcp_security_create()'s error.
 */
int pdcp_ue_add_security(struct pdcp_ue *ue, u8 id, const struct pdcp_keys *keys,
			 struct netlink_ext_ack *extack)
{
	struct pdcp_security **slot = free_set(ue);
	struct pdcp_security *sec;
	int err;

	if (pdcp_ue_security(ue, id)) {
		NL_SET_ERR_MSG_FMT(extack, "set: %u is installed already", id);
		return -EEXIST;
	}
	if (!slot) {
		NL_SET_ERR_MSG(extack, "set: two sets are live, and a UE never has more");
		return -ENOSPC;
	}
	sec = pdcp_security_create(id, keys, extack);
	if (IS_ERR(sec))
		return PTR_ERR(sec);
	err = check_roles(ue, sec, extack);
	if (err) {
		pdcp_security_put(sec);
		return err;
	}
	*slot = sec;
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_add_security);

/**
 * pdcp_ue_forget_security - uninstall a set; the legs that use it keep it alive
 * @ue: UE; its device is locked
 * @sec: set
 */
void pdcp_ue_forget_security(struct pdcp_ue *ue, struct pdcp_security *sec)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ue->sets); i++) {
		if (ue->sets[i] != sec)
			continue;
		ue->sets[i] = NULL;
		pdcp_security_put(sec);
	}
}

/**
 * pdcp_ue_del_security - uninstall and erase a set that no leg uses
 * @ue: UE; its device is locked
 * @id: identity of the set
 * @extack: why not
 *
 * Return: 0, -ENOENT, or -EBUSY.
 */
int pdcp_ue_del_security(struct pdcp_ue *ue, u8 id, struct netlink_ext_ack *extack)
{
	struct pdcp_security *sec = pdcp_ue_security(ue, id);

	if (!sec) {
		NL_SET_ERR_MSG_FMT(extack, "set: %u is not installed", id);
		return -ENOENT;
	}
	if (pdcp_ue_security_legs(ue, sec)) {
		NL_SET_ERR_MSG_FMT(extack, "set: %u is in use", id);
		return -EBUSY;
	}
	pdcp_ue_forget_security(ue, sec);
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_del_security);

static unsigned int legs_of(const struct pdcp_ue *ue,
			    struct pdcp_entity __rcu * const *slots,
			    unsigned int n, const struct pdcp_security *sec)
{
	unsigned int legs = 0;
	struct pdcp_entity *e;

	while (n--) {
		e = pdcp_dereference(slots[n], ue->pdcp);
		if (e)
			legs += pdcp_entity_uses(e, sec);
	}
	return legs;
}

static void note_use(struct pdcp_ue *ue, struct pdcp_entity __rcu * const *slots,
		     unsigned int n)
{
	struct pdcp_entity *e;

	while (n--) {
		e = pdcp_dereference(slots[n], ue->pdcp);
		if (e)
			pdcp_entity_note_use(e);
	}
}

/**
 * pdcp_ue_note_use - bring the ledger up to what all legs have used by now
 * @ue: UE; its device is locked
 */
void pdcp_ue_note_use(struct pdcp_ue *ue)
{
	note_use(ue, ue->drb, ARRAY_SIZE(ue->drb));
	note_use(ue, ue->srb, ARRAY_SIZE(ue->srb));
	note_use(ue, ue->srb_target, ARRAY_SIZE(ue->srb_target));
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_note_use);

/**
 * pdcp_ue_security_legs - count the legs that use a set
 * @ue: UE; its device is locked
 * @sec: set
 *
 * Return: how many.
 */
unsigned int pdcp_ue_security_legs(const struct pdcp_ue *ue,
				   const struct pdcp_security *sec)
{
	return legs_of(ue, ue->drb, ARRAY_SIZE(ue->drb), sec) +
	       legs_of(ue, ue->srb, ARRAY_SIZE(ue->srb), sec) +
	       legs_of(ue, ue->srb_target, ARRAY_SIZE(ue->srb_target), sec);
}

/**
 * pdcp_ue_bearer - where a UE keeps an entity
 * @ue: UE
 * @type: SRB or DRB
 * @id: RB identity
 * @role: for an SRB, which of its two entities; a DRB has one
 *
 * Return: the place, which may hold NULL; or NULL for an identity out of range.
 */
struct pdcp_entity __rcu **pdcp_ue_bearer(struct pdcp_ue *ue,
					  enum pdcp_bearer_type type, u8 id,
					  enum pdcp_leg_role role)
{
	if (!id)
		return NULL;
	if (type == PDCP_BEARER_TYPE_DRB)
		return id <= PDCP_UE_DRBS ? &ue->drb[id - 1] : NULL;
	if (id > PDCP_UE_SRBS)
		return NULL;
	return role == PDCP_LEG_ROLE_TARGET ? &ue->srb_target[id - 1] :
					      &ue->srb[id - 1];
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_bearer);

/**
 * pdcp_ue_entity - bearer by its place
 * @ue: UE; its device is locked
 * @place: below PDCP_UE_BEARERS, SRBs first
 *
 * Return: the entity or NULL.
 */
struct pdcp_entity *pdcp_ue_entity(const struct pdcp_ue *ue, unsigned int place)
{
	if (place < PDCP_UE_SRBS)
		return pdcp_dereference(ue->srb[place], ue->pdcp);
	return pdcp_dereference(ue->drb[place - PDCP_UE_SRBS], ue->pdcp);
}

/* That softirqs are off protects what is found; lockdep wants the table to be read under RCU. */
static struct pdcp_ue *ue_of_address(struct pdcp_device *pdcp,
				     const struct in6_addr *address)
{
	struct pdcp_ue_address *a;

	a = rhashtable_lookup_fast(&pdcp->addresses, address, address_params);
	return a ? a->ue : NULL;
}

/* Inner addresses as keys; the network header is linear. */
static bool inner_addresses(const struct sk_buff *skb, struct in6_addr *saddr,
			    struct in6_addr *daddr)
{
	switch (ip_hdr(skb)->version) {
	case 4:
		ipv6_addr_set_v4mapped(ip_hdr(skb)->saddr, saddr);
		ipv6_addr_set_v4mapped(ip_hdr(skb)->daddr, daddr);
		return true;
	case 6:
		*saddr = ipv6_hdr(skb)->saddr;
		*daddr = ipv6_hdr(skb)->daddr;
		return true;
	default:
		return false;
	}
}

/* A gNB knows a UE by the address that packets go to, a UE its own by where they are from. */
static struct pdcp_ue *classify_ue(struct pdcp_device *pdcp,
				   const struct sk_buff *skb)
{
	struct in6_addr saddr, daddr;
	struct pdcp_ue *ue;

	if (!inner_addresses(skb, &saddr, &daddr))
		return NULL;
	ue = ue_of_address(pdcp, &daddr);
	if (ue && ue->config.role == PDCP_ROLE_GNB)
		return ue;
	ue = ue_of_address(pdcp, &saddr);
	return ue && ue->config.role == PDCP_ROLE_UE ? ue : NULL;
}

/**
 * pdcp_ue_classify - bearer of an IP packet to be sent
 * @pdcp: device
 * @skb: packet with a linear network header; its mark may name a DRB
 * @reason: why there is none
 *
 * Under RCU, softirqs off.
 *
 * Return: the entity or NULL.
 */
struct pdcp_entity *pdcp_ue_classify(struct pdcp_device *pdcp,
				     const struct sk_buff *skb,
				     enum pdcp_drop_reason *reason)
{
	struct pdcp_entity *e = NULL;
	struct pdcp_ue *ue;

	*reason = PDCP_DROP_REASON_NO_UE;
	ue = classify_ue(pdcp, skb);
	if (!ue)
		return NULL;

	*reason = PDCP_DROP_REASON_NO_BEARER;
	if (skb->mark && skb->mark <= PDCP_UE_DRBS)
		e = rcu_dereference_bh(ue->drb[skb->mark - 1]);
	if (!e)
		e = rcu_dereference_bh(ue->default_drb);
	return e && e->config.upper == PDCP_UPPER_DEVICE ? e : NULL;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_ue_classify);

/**
 * pdcp_ue_has_source - whether the inner source address is one of the UE's
 * @ue: UE
 * @skb: packet with a linear network header
 *
 * Under RCU, softirqs off.
 *
 * Return: true if it is.
 */
bool pdcp_ue_has_source(const struct pdcp_ue *ue, const struct sk_buff *skb)
{
	struct in6_addr saddr, daddr;

	return inner_addresses(skb, &saddr, &daddr) &&
	       ue_of_address(ue->pdcp, &saddr) == ue;
}
