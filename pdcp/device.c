// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "pdcp/device.h"

#include <kunit/visibility.h>
#include <linux/if_arp.h>
#include <linux/inetdevice.h>
#include <linux/netdevice.h>
#include <net/addrconf.h>
#include <net/gso.h>
#include <net/ip.h>
#include <net/ip_tunnels.h>
#include <net/net_namespace.h>
#include <net/rtnetlink.h>

#include "pdcp/drop.h"
#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/pdu.h"
#include "pdcp/rx.h"
#include "pdcp/socket.h"
#include "pdcp/stats.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

static LIST_HEAD(devices);	/* under rtnl */

static void hand_up(struct pdcp_lane *lane, struct sk_buff *sdu)
{
	struct net_device *dev = lane->pdcp->dev;

	if (pdcp_rx_cb(sdu)->upper == PDCP_UPPER_USER) {
		if (pdcp_event_sdu(lane->pdcp, &pdcp_rx_cb(sdu)->bearer, sdu))
			pdcp_device_drop(lane->pdcp, sdu, PDCP_DROP_REASON_DEVICE_NOMEM);
		else
			consume_skb(sdu);
		return;
	}
	skb_scrub_packet(sdu, !net_eq(lane->pdcp->net, dev_net(dev)));
	skb_clear_hash(sdu);
	skb_reset_mac_header(sdu);
	sdu->dev = dev;
	sdu->ip_summed = CHECKSUM_NONE;
	sdu->pkt_type = PACKET_HOST;
	dev_sw_netstats_rx_add(dev, sdu->len);
	napi_gro_receive(&lane->napi, sdu);
}

/* The first @n, or all that there are. */
static void move(struct sk_buff_head *from, struct sk_buff_head *to, unsigned int n)
{
	struct sk_buff *sdu;

	while (n-- && (sdu = __skb_dequeue(from)))
		__skb_queue_tail(to, sdu);
}

static int lane_poll(struct napi_struct *napi, int budget)
{
	struct pdcp_lane *lane = container_of(napi, struct pdcp_lane, napi);
	struct sk_buff_head sdus;
	struct sk_buff *sdu;
	int done;

	__skb_queue_head_init(&sdus);
	spin_lock(&lane->queue.lock);
	move(&lane->queue, &sdus, budget);
	spin_unlock(&lane->queue.lock);
	done = skb_queue_len(&sdus);
	while ((sdu = __skb_dequeue(&sdus)))
		hand_up(lane, sdu);
	if (done < budget && napi_complete_done(napi, done) &&
	    !skb_queue_empty_lockless(&lane->queue))
		napi_schedule(napi);
	return done;
}

/**
 * pdcp_device_deliver - hand SDUs up, in the order of the calls for their UE
 * @pdcp: device
 * @ue_id: whose
 * @sdus: SDUs, each with its struct pdcp_rx_cb; those that are taken are moved.  The others stay:
 *	the stack does not keep up, or the device is down
 *
 * Softirqs off.
 */
void pdcp_device_deliver(struct pdcp_device *pdcp, u32 ue_id, struct sk_buff_head *sdus)
{
	struct pdcp_lane *lane = &pdcp->lanes[ue_id % PDCP_LANES];

	if (!netif_running(pdcp->dev))
		return;
	spin_lock(&lane->queue.lock);
	move(sdus, &lane->queue, PDCP_LANE_LIMIT - skb_queue_len(&lane->queue));
	spin_unlock(&lane->queue.lock);
	napi_schedule(&lane->napi);
}

static void lanes_init(struct pdcp_device *pdcp)
{
	struct pdcp_lane *lane;

	for (lane = pdcp->lanes; lane < pdcp->lanes + PDCP_LANES; lane++) {
		lane->pdcp = pdcp;
		skb_queue_head_init(&lane->queue);
		netif_napi_add(pdcp->dev, &lane->napi, lane_poll);
	}
}

/* Nothing but the UEs' packets enters the tunnels. */
static void no_own_traffic(struct net_device *dev)
{
	struct inet6_dev *in6_dev = __in6_dev_get(dev);
	struct in_device *in_dev = __in_dev_get_rtnl(dev);

	if (in_dev)
		IN_DEV_CONF_SET(in_dev, SEND_REDIRECTS, false);
	if (in6_dev)
		in6_dev->cnf.addr_gen_mode = IN6_ADDR_GEN_MODE_NONE;
}

static int device_open(struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	struct pdcp_lane *lane;
	int err;

	no_own_traffic(dev);
	err = pdcp_socket_open(pdcp);
	if (err)
		return err;
	for (lane = pdcp->lanes; lane < pdcp->lanes + PDCP_LANES; lane++)
		napi_enable(&lane->napi);
	return 0;
}

static void lanes_purge(struct pdcp_device *pdcp)
{
	struct pdcp_lane *lane;

	for (lane = pdcp->lanes; lane < pdcp->lanes + PDCP_LANES; lane++)
		pdcp_device_purge(pdcp, &lane->queue, PDCP_DROP_REASON_DEVICE_DOWN);
}

static int device_stop(struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	struct pdcp_lane *lane;

	pdcp_socket_close(pdcp);
	for (lane = pdcp->lanes; lane < pdcp->lanes + PDCP_LANES; lane++)
		napi_disable(&lane->napi);
	lanes_purge(pdcp);
	return 0;
}

/*
 * The SDU is ours alone from here on, with nothing of the way it came.  Its octets stay the same:
 * what is sent again is the same PDU.
 */
static struct sk_buff *own(struct sk_buff *skb)
{
	skb_mark_not_on_list(skb);
	skb = skb_share_check(skb, GFP_ATOMIC);
	if (!skb)
		return NULL;
	if (skb_has_shared_frag(skb) && skb_linearize(skb)) {
		kfree_skb(skb);
		return NULL;
	}
	skb_orphan(skb);
	skb_scrub_packet(skb, true);
	return skb;
}

/* GSO packets become SDUs of their own, without a copy; checksums are completed. */
static struct sk_buff *segment(struct sk_buff *skb)
{
	struct sk_buff *segs;

	if (!skb_is_gso(skb)) {
		if (skb->ip_summed == CHECKSUM_PARTIAL && skb_checksum_help(skb))
			return ERR_PTR(-ENOMEM);
		return skb;
	}
	segs = skb_gso_segment(skb, NETIF_F_SG);
	if (!IS_ERR_OR_NULL(segs))
		consume_skb(skb);
	return segs ?: ERR_PTR(-EINVAL);
}

static bool pull_header(struct sk_buff *skb)
{
	return pskb_network_may_pull(skb, sizeof(struct iphdr)) &&
	       (ip_hdr(skb)->version != 6 ||
		pskb_network_may_pull(skb, sizeof(struct ipv6hdr)));
}

/*
 * The ring of a packet socket leaves all of a packet in pages, where header_ops could not look for
 * the protocol.
 */
static bool is_ip(struct sk_buff *skb)
{
	__be16 protocol;

	if (!pull_header(skb))
		return false;
	protocol = ip_tunnel_parse_protocol(skb);
	if (!skb->protocol)
		skb->protocol = protocol;
	return protocol && skb->protocol == protocol;
}

static netdev_tx_t device_xmit(struct sk_buff *skb, struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	enum pdcp_drop_reason reason;
	struct sk_buff_head sdus;
	struct sk_buff *segs, *next;
	struct pdcp_entity *e;

	if (!is_ip(skb)) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_NO_UE);
		return NETDEV_TX_OK;
	}
	e = pdcp_ue_classify(pdcp, skb, &reason);
	if (!e) {
		pdcp_device_drop(pdcp, skb, reason);
		return NETDEV_TX_OK;
	}
	segs = segment(skb);
	if (IS_ERR(segs)) {
		pdcp_entity_drop(e, skb, PDCP_DROP_REASON_TX_NOMEM);
		return NETDEV_TX_OK;
	}

	__skb_queue_head_init(&sdus);
	skb_list_walk_safe(segs, skb, next) {
		skb = own(skb);
		if (skb)
			__skb_queue_tail(&sdus, skb);
		else
			pdcp_entity_drop(e, NULL, PDCP_DROP_REASON_TX_NOMEM);
	}
	pdcp_tx_sdus(e, &sdus);
	return NETDEV_TX_OK;
}

/**
 * pdcp_device_set_port - change the local UDP port
 * @pdcp: device; rtnl and its lock are held
 * @port: host byte order
 * @extack: why not
 *
 * Return: 0, or the error of binding the new port, with the old one still bound.
 */
int pdcp_device_set_port(struct pdcp_device *pdcp, u16 port,
			 struct netlink_ext_ack *extack)
{
	int err;

	if (netif_running(pdcp->dev) && port != pdcp->port) {
		err = pdcp_socket_bind(pdcp, port);
		if (err) {
			NL_SET_ERR_MSG_FMT(extack, "port: cannot bind UDP port %u", port);
			return err;
		}
	}
	pdcp->port = port;
	return 0;
}

/* Traffic has stopped; what was configured goes.  Under rtnl. */
static void device_uninit(struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	struct pdcp_ue *ue;
	unsigned long id;

	mutex_lock(&pdcp->lock);
	pdcp->dead = true;
	xa_for_each(&pdcp->ues, id, ue)
		pdcp_ue_destroy(ue);
	mutex_unlock(&pdcp->lock);
	lanes_purge(pdcp);	/* a timer may have been on its way as the device went down */
}

/* After the last reference to the device. */
static void device_free(struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);

	rcu_barrier();		/* UEs, entities and legs refer to the device */
	pdcp_socket_destroy(pdcp);
	pdcp_leg_table_destroy(pdcp);
	pdcp_ue_table_destroy(pdcp);
	mutex_destroy(&pdcp->lock);
	pr_debug("%s: device destroyed\n", dev->name);
}

static const struct net_device_ops device_ops = {
	.ndo_uninit = device_uninit,
	.ndo_open = device_open,
	.ndo_stop = device_stop,
	.ndo_start_xmit = device_xmit,
	.ndo_get_stats64 = pdcp_stats_get64,
};

/**
 * pdcp_device_is - whether a network device is one of ours
 * @dev: any
 *
 * Return: true if its netdev_priv() is a struct pdcp_device.
 */
bool pdcp_device_is(const struct net_device *dev)
{
	return dev->netdev_ops == &device_ops;
}

static const struct device_type device_type = { .name = "pdcp" };

static void device_setup(struct net_device *dev)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	const netdev_features_t features = NETIF_F_HW_CSUM | NETIF_F_RXCSUM |
					   NETIF_F_SG | NETIF_F_GSO |
					   NETIF_F_GSO_SOFTWARE | NETIF_F_HIGHDMA;

	dev->netdev_ops = &device_ops;
	dev->ethtool_ops = &pdcp_stats_ethtool_ops;
	dev->header_ops = &ip_tunnel_header_ops;
	dev->type = ARPHRD_NONE;
	dev->flags = IFF_POINTOPOINT | IFF_NOARP;
	dev->priv_flags |= IFF_NO_QUEUE;
	dev->lltx = true;
	dev->features |= features;
	dev->hw_features |= features;
	dev->hw_enc_features |= features;
	dev->mtu = PDCP_MTU;
	dev->min_mtu = IPV4_MIN_MTU;
	dev->max_mtu = PDCP_SDU_MAX;
	dev->needed_headroom = PDCP_LEG_HEADROOM;
	dev->needed_tailroom = PDCP_MAC_LEN;
	dev->pcpu_stat_type = NETDEV_PCPU_STAT_TSTATS;
	dev->needs_free_netdev = true;
	SET_NETDEV_DEVTYPE(dev, &device_type);

	memset(pdcp, 0, sizeof(*pdcp));
	pdcp->dev = dev;
}

/* @burst a second, without a message about those suppressed */
static void limit(struct ratelimit_state *rs, int burst)
{
	ratelimit_state_init(rs, HZ, burst);
	ratelimit_set_flags(rs, RATELIMIT_MSG_ON_RELEASE);
}

static int device_newlink(struct net *src_net, struct net_device *dev,
			  struct nlattr *tb[], struct nlattr *data[],
			  struct netlink_ext_ack *extack)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	int err;

	pdcp->net = src_net;
	pdcp->port = PDCP_PORT;
	mutex_init(&pdcp->lock);
	limit(&pdcp->integrity_events, 10);
	limit(&pdcp->path_events, 10);
	limit(&pdcp->key_events, 10);
	limit(&pdcp->path_answers, 100);
	err = pdcp_ue_table_init(pdcp);
	if (err)
		return err;
	err = pdcp_leg_table_init(pdcp);
	if (err)
		goto err_ues;
	err = pdcp_socket_init(pdcp);
	if (err)
		goto err_legs;
	lanes_init(pdcp);
	err = register_netdevice(dev);
	if (err)
		goto err_sockets;

	/* Only now: a register_netdevice() that failed would have called it. */
	dev->priv_destructor = device_free;
	list_add(&pdcp->list, &devices);
	pr_debug("%s: device created\n", dev->name);
	return 0;

err_sockets:
	pdcp_socket_destroy(pdcp);
err_legs:
	pdcp_leg_table_destroy(pdcp);
err_ues:
	pdcp_ue_table_destroy(pdcp);
	return err;
}

static void device_dellink(struct net_device *dev, struct list_head *head)
{
	struct pdcp_device *pdcp = netdev_priv(dev);

	list_del(&pdcp->list);
	unregister_netdevice_queue(dev, head);
}

VISIBLE_IF_KUNIT struct rtnl_link_ops pdcp_link_ops __read_mostly = {
	.kind = "pdcp",
	.priv_size = sizeof(struct pdcp_device),
	.setup = device_setup,
	.newlink = device_newlink,
	.dellink = device_dellink,
};
EXPORT_SYMBOL_IF_KUNIT(pdcp_link_ops);

/* A device that was moved away goes with the namespace that holds its sockets. */
static void __net_exit net_exit_batch_rtnl(struct list_head *nets,
					   struct list_head *kill)
{
	struct pdcp_device *pdcp, *tmp;
	struct net *net;

	list_for_each_entry(net, nets, exit_list)
		list_for_each_entry_safe(pdcp, tmp, &devices, list)
			if (pdcp->net == net)
				device_dellink(pdcp->dev, kill);
}

static struct pernet_operations net_ops = {
	.exit_batch_rtnl = net_exit_batch_rtnl,
};

/**
 * pdcp_device_init - register the link type
 *
 * Return: 0, or the error of registering it.
 */
int __init pdcp_device_init(void)
{
	int err;

	err = register_pernet_device(&net_ops);
	if (err)
		return err;
	err = rtnl_link_register(&pdcp_link_ops);
	if (err)
		unregister_pernet_device(&net_ops);
	return err;
}

/**
 * pdcp_device_exit - unregister the link type, and delete all devices
 */
void pdcp_device_exit(void)
{
	rtnl_link_unregister(&pdcp_link_ops);
	unregister_pernet_device(&net_ops);
}
