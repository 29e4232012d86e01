/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_UE_H
#define _PDCP_UE_H

#include <linux/rcupdate.h>
#include <linux/rhashtable-types.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/handover.h"
#include "pdcp/ledger.h"
#include "pdcp/leg.h"

struct netlink_ext_ack;
struct pdcp_device;
struct pdcp_entity;
struct pdcp_keys;
struct pdcp_security;
struct sk_buff;

enum pdcp_ue_limits {
	PDCP_UE_ADDRESSES = 8,
	PDCP_UE_SETS = 2,		/* source and target */
	PDCP_UE_SRBS = 4,		/* SRB1 to SRB4 */
	PDCP_UE_DRBS = 32,		/* maxDRB */
	PDCP_UE_BEARERS = PDCP_UE_SRBS + PDCP_UE_DRBS,
};

/**
 * struct pdcp_ue_address - an inner address in the device's table
 * @node: place in the table
 * @address: the key
 * @ue: whose it is
 */
struct pdcp_ue_address {
	struct rhash_head node;
	struct pdcp_address address;
	struct pdcp_ue *ue;
};

/**
 * struct pdcp_ue_config - what a UE is created with
 * @id: identity within the device
 * @role: which end this is
 * @test_mode: see the family's specification
 * @naddresses: how many of @addresses are given
 * @addresses: inner addresses
 */
struct pdcp_ue_config {
	u32 id;
	enum pdcp_role role;
	bool test_mode;
	u8 naddresses;
	struct pdcp_address addresses[PDCP_UE_ADDRESSES];
};

/**
 * struct pdcp_ue - one UE's stack
 * @pdcp: its device
 * @config: immutable, without the addresses
 * @addresses: inner addresses, @config.naddresses of them; immutable
 * @sets: installed security sets, a reference each; under the device's lock
 * @srb: SRB1 to SRB4; in a handover their source entities
 * @srb_target: target entities of the SRBs during a handover
 * @drb: DRB1 to DRB32
 * @default_drb: DRB of packets whose mark names none, NULL if there is no DRB
 * @nbearers: how many bearers, target entities not counted
 * @ledger: what its keys have protected; under the device's lock
 * @handover: see there
 * @rcu: freed after a grace period
 *
 * All pointers to entities are written under the device's lock and read under RCU.
 */
struct pdcp_ue {
	struct pdcp_device *pdcp;
	struct pdcp_ue_config config;
	struct pdcp_ue_address *addresses;
	struct pdcp_security *sets[PDCP_UE_SETS];
	struct pdcp_entity __rcu *srb[PDCP_UE_SRBS];
	struct pdcp_entity __rcu *srb_target[PDCP_UE_SRBS];
	struct pdcp_entity __rcu *drb[PDCP_UE_DRBS];
	struct pdcp_entity __rcu *default_drb;
	u32 nbearers;
	struct pdcp_ledger ledger;
	struct pdcp_handover handover;
	struct rcu_head rcu;
};

int pdcp_ue_table_init(struct pdcp_device *pdcp);
void pdcp_ue_table_destroy(struct pdcp_device *pdcp);

/* Configuration: under the device's lock. */
struct pdcp_ue *pdcp_ue_create(struct pdcp_device *pdcp,
			       const struct pdcp_ue_config *config,
			       struct netlink_ext_ack *extack);
void pdcp_ue_destroy(struct pdcp_ue *ue);
struct pdcp_ue *pdcp_ue_lookup(struct pdcp_device *pdcp, u32 id);
int pdcp_ue_add_security(struct pdcp_ue *ue, u8 id, const struct pdcp_keys *keys,
			 struct netlink_ext_ack *extack);
int pdcp_ue_del_security(struct pdcp_ue *ue, u8 id,
			 struct netlink_ext_ack *extack);
void pdcp_ue_forget_security(struct pdcp_ue *ue, struct pdcp_security *sec);
struct pdcp_security *pdcp_ue_security(const struct pdcp_ue *ue, u8 id);
void pdcp_ue_note_use(struct pdcp_ue *ue);
unsigned int pdcp_ue_security_legs(const struct pdcp_ue *ue,
				   const struct pdcp_security *sec);
struct pdcp_entity __rcu **pdcp_ue_bearer(struct pdcp_ue *ue,
					  enum pdcp_bearer_type type, u8 id,
					  enum pdcp_leg_role role);
struct pdcp_entity *pdcp_ue_entity(const struct pdcp_ue *ue, unsigned int place);

/* Data path: under RCU. */
struct pdcp_entity *pdcp_ue_classify(struct pdcp_device *pdcp,
				     const struct sk_buff *skb,
				     enum pdcp_drop_reason *reason);
bool pdcp_ue_has_source(const struct pdcp_ue *ue, const struct sk_buff *skb);

#endif /* _PDCP_UE_H */
