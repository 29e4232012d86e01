// SPDX-License-Identifier: GPL-2.0
/* What ip -s link and ethtool -S show of a device. */
#include "pdcp/stats.h"

#include <linux/ethtool.h>
#include <linux/netdevice.h>

#include "pdcp/device.h"
#include "pdcp/drop.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/names-gen.h"
#include "pdcp/ue.h"

static const char * const names[] = {
	"tx-sdus", "tx-sdu-bytes", "rx-sdus", "rx-sdu-bytes",
	"retransmitted", "confirmed", "evicted",
	"tx-pdus", "tx-pdu-bytes", "rx-pdus", "rx-pdu-bytes",
};

/**
 * pdcp_stats_get64 - SDUs that passed the device, and what was dropped
 * @dev: device
 * @stats: result
 *
 * An SDU is sent once it is numbered and received once the stack has it; what a peer sent and is
 * not delivered counts as dropped in receiving.
 */
void pdcp_stats_get64(struct net_device *dev, struct rtnl_link_stats64 *stats)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	enum pdcp_drop_reason reason;
	u64 packets;

	dev_get_tstats64(dev, stats);
	for (reason = 0; reason < __PDCP_DROP_REASON_MAX; reason++) {
		packets = atomic64_read(&pdcp->all_drops[reason]);
		if (pdcp_drop_received(reason))
			stats->rx_dropped += packets;
		else
			stats->tx_dropped += packets;
	}
}

/**
 * pdcp_stats_add_leg - add what a leg has counted
 * @sum: what it is added to
 * @leg: leg; its device is locked
 */
void pdcp_stats_add_leg(struct pdcp_stats *sum, struct pdcp_leg *leg)
{
	struct pdcp_entity *e = leg->entity;

	spin_lock_bh(&e->tx.lock);
	sum->tx_pdus += leg->tx_pdus;
	sum->tx_pdu_bytes += leg->tx_bytes;
	spin_unlock_bh(&e->tx.lock);
	spin_lock_bh(&e->rx.lock);
	sum->rx_pdus += leg->rx_pdus;
	sum->rx_pdu_bytes += leg->rx_bytes;
	spin_unlock_bh(&e->rx.lock);
}

/**
 * pdcp_stats_add_entity - add what an entity has counted, without its legs
 * @sum: what it is added to
 * @e: entity; its device is locked
 */
void pdcp_stats_add_entity(struct pdcp_stats *sum, struct pdcp_entity *e)
{
	spin_lock_bh(&e->tx.lock);
	sum->tx_sdus += e->tx.sdus;
	sum->tx_sdu_bytes += e->tx.bytes;
	sum->retransmitted += e->tx.retransmitted;
	sum->confirmed += e->tx.confirmed;
	sum->evicted += e->tx.evicted;
	spin_unlock_bh(&e->tx.lock);
	spin_lock_bh(&e->rx.lock);
	sum->rx_sdus += e->rx.sdus;
	sum->rx_sdu_bytes += e->rx.bytes;
	spin_unlock_bh(&e->rx.lock);
}

static void add_bearer(struct pdcp_stats *sum, struct pdcp_entity *e)
{
	struct pdcp_leg *leg;
	unsigned int i;

	if (!e)
		return;
	pdcp_stats_add_entity(sum, e);
	for (i = 0; i < ARRAY_SIZE(e->leg); i++) {
		leg = pdcp_dereference(e->leg[i], e->ue->pdcp);
		if (leg)
			pdcp_stats_add_leg(sum, leg);
	}
}

static void sum_up(struct pdcp_device *pdcp, struct pdcp_stats *sum)
{
	struct pdcp_ue *ue;
	unsigned long id;
	unsigned int i;

	mutex_lock(&pdcp->lock);
	*sum = pdcp->gone;
	xa_for_each(&pdcp->ues, id, ue) {
		for (i = 0; i < PDCP_UE_BEARERS; i++)
			add_bearer(sum, pdcp_ue_entity(ue, i));
		for (i = 0; i < PDCP_UE_SRBS; i++)
			add_bearer(sum, pdcp_dereference(ue->srb_target[i], pdcp));
	}
	mutex_unlock(&pdcp->lock);
}

static int get_sset_count(struct net_device *dev, int sset)
{
	return sset == ETH_SS_STATS ? ARRAY_SIZE(names) + __PDCP_DROP_REASON_MAX : -EOPNOTSUPP;
}

static void get_strings(struct net_device *dev, u32 sset, u8 *data)
{
	unsigned int i;

	if (sset != ETH_SS_STATS)
		return;
	for (i = 0; i < ARRAY_SIZE(names); i++)
		ethtool_puts(&data, names[i]);
	for (i = 0; i < __PDCP_DROP_REASON_MAX; i++)
		ethtool_puts(&data, pdcp_drop_reason_names[i]);
}

static void get_stats(struct net_device *dev, struct ethtool_stats *stats, u64 *data)
{
	struct pdcp_device *pdcp = netdev_priv(dev);
	struct pdcp_stats sum;
	unsigned int i;

	BUILD_BUG_ON(sizeof(sum) != ARRAY_SIZE(names) * sizeof(u64));
	sum_up(pdcp, &sum);
	memcpy(data, &sum, sizeof(sum));
	data += ARRAY_SIZE(names);
	for (i = 0; i < __PDCP_DROP_REASON_MAX; i++)
		data[i] = atomic64_read(&pdcp->all_drops[i]);
}

const struct ethtool_ops pdcp_stats_ethtool_ops = {
	.get_link = ethtool_op_get_link,
	.get_sset_count = get_sset_count,
	.get_strings = get_strings,
	.get_ethtool_stats = get_stats,
};
