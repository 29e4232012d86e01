/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_LEG_H
#define _PDCP_LEG_H

#include <linux/rcupdate.h>
#include <linux/rhashtable-types.h>
#include <linux/types.h>
#include <net/dst_cache.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/ledger.h"

struct netlink_ext_ack;
struct pdcp_delivery;
struct pdcp_device;
struct pdcp_entity;
struct pdcp_job;
struct pdcp_security;
struct sk_buff;

/**
 * struct pdcp_address - an IPv4 or IPv6 address
 * @family: AF_INET, AF_INET6, or AF_UNSPEC for none
 * @v6: the address; an IPv4 one in its mapped form, so that keys compare as a whole
 */
struct pdcp_address {
	u16 family;
	struct in6_addr v6;
};

/**
 * struct pdcp_leg_config - lower layer of a leg
 * @lower: GTP-U or user space; the rest is for GTP-U
 * @remote: the peer
 * @local: source address, family AF_UNSPEC for what routing chooses
 * @port: UDP port of the peer, network byte order
 * @teid_in: TEID of PDUs to us
 * @teid_out: TEID of PDUs to the peer
 * @nru: ask for delivery status and answer when asked (38.425)
 * @nru_loss: report NR-U frames that do not come
 */
struct pdcp_leg_config {
	enum pdcp_lower lower;
	struct pdcp_address remote;
	struct pdcp_address local;
	__be16 port;
	u32 teid_in;
	u32 teid_out;
	bool nru;
	bool nru_loss;
};

/**
 * struct pdcp_leg - one of the at most two paths of an entity
 * @config: immutable
 * @node: place in the device's table of TEIDs
 * @entity: outlives the leg
 * @claim: what the ledger knows of its keys; under the device's lock
 * @sec: selects key and algorithm of all that goes through the leg; a reference
 * @dst: route to @config.remote
 * @delivery: delivery status, NULL without @config.nru
 * @slot: place in the entity
 * @live: the change that the leg is part of was committed; before that it receives nothing
 * @failed: the radio link below it has: nothing is numbered for it nor accepted from it.
 *	Written under the entity's tx.lock and rx.lock
 * @tx_pdus: under the entity's tx.lock, as @tx_bytes and @tx_next
 * @tx_bytes: octets of PDUs
 * @tx_next: COUNT after the highest one sent
 * @rx_pdus: under the entity's rx.lock, as @rx_bytes, @rx_next and @integrity_failures
 * @rx_bytes: octets of PDUs
 * @rx_next: COUNT after the highest one accepted
 * @integrity_failures: PDUs whose MAC-I did not verify
 * @rcu: freed after a grace period
 */
struct pdcp_leg {
	struct pdcp_leg_config config;
	struct rhash_head node;
	struct pdcp_entity *entity;
	struct pdcp_ledger_claim claim;
	struct pdcp_security *sec;
	struct dst_cache dst;
	struct pdcp_delivery *delivery;
	u8 slot;
	bool live;
	bool failed;
	u64 tx_pdus;
	u64 tx_bytes;
	u32 tx_next;
	u64 rx_pdus;
	u64 rx_bytes;
	u32 rx_next;
	u64 integrity_failures;
	struct rcu_head rcu;
};

enum pdcp_leg_limits {
	/* In front of a PDU: link layer, IPv6, UDP, GTP-U, rounded up. */
	PDCP_LEG_HEADROOM = 128,
};

struct pdcp_leg *pdcp_leg_create(struct pdcp_entity *entity, u8 slot,
				 const struct pdcp_leg_config *config,
				 struct pdcp_security *sec, bool restart,
				 struct netlink_ext_ack *extack);
void pdcp_leg_destroy(struct pdcp_leg *leg);
void pdcp_leg_job(const struct pdcp_leg *leg, enum pdcp_direction direction, u32 count,
		  struct pdcp_job *job);
u32 pdcp_leg_hdr_len(const struct pdcp_leg *leg);
void pdcp_leg_put_hdr(struct pdcp_leg *leg, u8 *p, u32 pdu_len);
void pdcp_leg_submit(struct pdcp_leg *leg, struct sk_buff *packet, u32 count);
void pdcp_leg_note_use(struct pdcp_leg *leg);

int pdcp_leg_table_init(struct pdcp_device *pdcp);
void pdcp_leg_table_destroy(struct pdcp_device *pdcp);
struct pdcp_leg *pdcp_leg_lookup(struct pdcp_device *pdcp, u32 teid);

#endif /* _PDCP_LEG_H */
