/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_STATS_H
#define _PDCP_STATS_H

#include <linux/ethtool.h>
#include <linux/types.h>

struct net_device;
struct pdcp_entity;
struct pdcp_leg;
struct rtnl_link_stats64;

/**
 * struct pdcp_stats - sums of counters of entities and legs, in the order of their names
 * @tx_sdus: numbered
 * @tx_sdu_bytes: their octets
 * @rx_sdus: delivered
 * @rx_sdu_bytes: their octets
 * @retransmitted: SDUs sent again
 * @confirmed: SDUs confirmed by the peer
 * @evicted: SDUs sent and no longer kept, unconfirmed
 * @tx_pdus: Data PDUs of all legs
 * @tx_pdu_bytes: their octets, without the tunnel's headers
 * @rx_pdus: Data PDUs accepted from all legs
 * @rx_pdu_bytes: their octets
 */
struct pdcp_stats {
	u64 tx_sdus;
	u64 tx_sdu_bytes;
	u64 rx_sdus;
	u64 rx_sdu_bytes;
	u64 retransmitted;
	u64 confirmed;
	u64 evicted;
	u64 tx_pdus;
	u64 tx_pdu_bytes;
	u64 rx_pdus;
	u64 rx_pdu_bytes;
};

extern const struct ethtool_ops pdcp_stats_ethtool_ops;

void pdcp_stats_get64(struct net_device *dev, struct rtnl_link_stats64 *stats);

/* The device is locked. */
void pdcp_stats_add_leg(struct pdcp_stats *sum, struct pdcp_leg *leg);
void pdcp_stats_add_entity(struct pdcp_stats *sum, struct pdcp_entity *e);

#endif /* _PDCP_STATS_H */
