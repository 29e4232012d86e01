/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_DEVICE_H
#define _PDCP_DEVICE_H

#include <linux/mutex.h>
#include <linux/netdevice.h>
#include <linux/rhashtable-types.h>
#include <linux/skbuff.h>
#include <linux/xarray.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/leg.h"
#include "pdcp/stats.h"

struct net;
struct netlink_ext_ack;
struct pdcp_inbox;
struct rtnl_link_ops;
struct socket;

enum pdcp_device_limits {
	PDCP_PORT = 2152,		/* GTP-U, 29.281 4.4.2 */
	PDCP_MTU = 1400,
	PDCP_LANES = 16,		/* power of two */
	PDCP_LANE_LIMIT = 0x40000,	/* two windows of 18 bits */
};

/**
 * struct pdcp_lane - ordered way up to the stack
 * @napi: polled on one CPU at a time, which keeps the order that @queue has
 * @queue: SDUs in order of delivery; each carries a struct pdcp_sdu_cb
 * @pdcp: the device
 *
 * A UE's SDUs always take the same lane.
 */
struct pdcp_lane {
	struct napi_struct napi;
	struct sk_buff_head queue;
	struct pdcp_device *pdcp;
};

/**
 * struct pdcp_device - private part of a net_device of link type pdcp
 * @dev: the device
 * @list: all devices, under rtnl
 * @net: namespace in which the device was created, where its sockets stay; no reference:
 *	the device goes when that namespace does
 * @lock: configuration of the device, its UEs and all below.  Taken inside rtnl, before any
 *	spinlock.  The data path takes RCU and the locks of one entity only
 * @dead: being unregistered: no more configuration; under @lock
 * @port: local UDP port, host byte order; under rtnl and @lock
 * @sock: sockets for IPv4 and IPv6, NULL while the device is down; written under rtnl
 * @inboxes: datagrams that have come, by processor
 * @ues: UEs by identity
 * @nues: how many
 * @addresses: UEs by inner address
 * @teids: GTP-U legs by TEID
 * @lanes: deliveries
 * @drops: by reason, of packets that belong to no entity
 * @all_drops: by reason, of all packets, whether or not their entity still exists
 * @gone: what legs and entities had counted that exist no more; under @lock
 * @integrity_events: limits those events that a peer can cause
 * @path_events: limits the others
 * @key_events: limits those that user space causes itself
 * @path_answers: limits the messages that a peer can cause
 */
struct pdcp_device {
	struct net_device *dev;
	struct list_head list;
	struct net *net;
	struct mutex lock;		/* configuration */
	bool dead;
	u16 port;
	struct socket __rcu *sock[2];
	struct pdcp_inbox __percpu *inboxes;
	struct xarray ues;
	u32 nues;
	struct rhashtable addresses;
	struct rhashtable teids;
	struct pdcp_lane lanes[PDCP_LANES];
	atomic64_t drops[__PDCP_DROP_REASON_MAX];
	atomic64_t all_drops[__PDCP_DROP_REASON_MAX];
	struct pdcp_stats gone;
	struct ratelimit_state integrity_events;
	struct ratelimit_state path_events;
	struct ratelimit_state key_events;
	struct ratelimit_state path_answers;
};

/* A pointer that is written under the device's lock, read by its holder. */
#define pdcp_dereference(p, pdcp) \
	rcu_dereference_protected(p, lockdep_is_held(&(pdcp)->lock))

int pdcp_device_init(void);
void pdcp_device_exit(void);
bool pdcp_device_is(const struct net_device *dev);
int pdcp_device_set_port(struct pdcp_device *pdcp, u16 port,
			 struct netlink_ext_ack *extack);
void pdcp_device_deliver(struct pdcp_device *pdcp, u32 ue_id, struct sk_buff_head *sdus);

#if IS_ENABLED(CONFIG_KUNIT)
extern struct rtnl_link_ops pdcp_link_ops;
#endif

#endif /* _PDCP_DEVICE_H */
