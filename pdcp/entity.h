/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_ENTITY_H
#define _PDCP_ENTITY_H

#include <linux/atomic.h>
#include <linux/hrtimer.h>
#include <linux/rcupdate.h>
#include <linux/skbuff.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/drop.h"
#include "pdcp/leg.h"
#include "pdcp/window.h"

struct netlink_ext_ack;
struct pdcp_inputs;
struct pdcp_security;
struct pdcp_ue;

enum pdcp_entity_limits {
	PDCP_SRB_LAST = 4,
	PDCP_QUEUE_LIMIT = 1024,
	PDCP_KEPT_LIMIT = 16384,
	PDCP_WINDOW_LIMIT = 64 << 20,
};

#define PDCP_COUNT_THRESHOLD	0xc0000000U

/**
 * struct pdcp_entity_config - what a bearer is configured with (38.331 PDCP-Config)
 * @type: SRB or DRB
 * @mode: UM or AM; an SRB is AM
 * @upper: where SDUs come from and go to
 * @id: RB identity
 * @bearer: BEARER
 * @sn_ul: SN bits uplink; 0 for a UM DRB that has none
 * @sn_dl: SN bits downlink; likewise
 * @sdap_len: octets of SDAP header in front of each SDU
 * @integrity: PDUs end with a MAC-I; always for an SRB
 * @ciphering: false for cipheringDisabled
 * @status_report: statusReportRequired
 * @out_of_order: outOfOrderDelivery
 * @t_reordering: ms or PDCP_INFINITY, to begin with
 * @discard: us or PDCP_INFINITY
 * @queue_limit: SDUs in front of numbering; PDUs in a held receiver
 * @kept_limit: AM, SDUs kept for retransmission
 * @window_limit: octets of memory that SDUs stored out of sequence may take
 * @split_threshold: octets not confirmed from which on the secondary leg is used too
 * @count_threshold: COUNT at which another key is asked for
 */
struct pdcp_entity_config {
	enum pdcp_bearer_type type;
	enum pdcp_mode mode;
	enum pdcp_upper upper;
	u8 id;
	u8 bearer;
	u8 sn_ul;
	u8 sn_dl;
	u8 sdap_len;
	bool integrity;
	bool ciphering;
	bool status_report;
	bool out_of_order;
	u32 t_reordering;
	u32 discard;
	u32 queue_limit;
	u32 kept_limit;
	u32 window_limit;
	u32 split_threshold;
	u32 count_threshold;
};

/**
 * struct pdcp_tx - transmitting side
 * @lock: all below; leaf, softirqs off
 * @next: TX_NEXT
 * @slot: leg that carries what we send; changed by the uplink switch
 * @duplicate: each PDU goes to both legs
 * @copies: COUNT from which on it does, or did
 * @turn: which of two legs is next
 * @hold: TX_NEXT has yet to be given
 * @paused: enum pdcp_paused
 * @dead: released: nothing is queued any more
 * @queue: SDUs in front of numbering, oldest first
 * @kept: AM, numbered SDUs whose delivery is not confirmed, ascending COUNT
 * @kept_bytes: octets of @kept
 * @asking: @ask_timer runs
 * @discard_armed: @discard_timer is set for the oldest SDU
 * @ask_timer: runs while the bearer is stalled for want of confirmations
 * @discard_timer: one for all SDUs: they expire in order of arrival
 * @sdus: numbered
 * @bytes: octets of SDUs numbered
 * @retransmitted: SDUs sent again
 * @confirmed: SDUs confirmed by the peer
 * @evicted: SDUs sent and no longer kept
 */
struct pdcp_tx {
	spinlock_t lock;		/* the transmitting side */
	u32 next;
	u32 copies;
	u8 slot;
	u8 turn;
	bool duplicate;
	bool hold;
	bool dead;
	bool discard_armed;
	bool asking;
	u32 paused;
	struct sk_buff_head queue;
	struct sk_buff_head kept;
	u64 kept_bytes;
	struct hrtimer discard_timer;
	struct hrtimer ask_timer;
	u64 sdus;
	u64 bytes;
	u64 retransmitted;
	u64 confirmed;
	u64 evicted;
};

/**
 * struct pdcp_rx - receiving side
 * @lock: all below; leaf, softirqs off, may be taken inside tx.lock
 * @window: RX_NEXT, RX_DELIV, RX_REORD, stored SDUs
 * @stored_bytes: octets of memory that those take
 * @t_reordering: ms or PDCP_INFINITY
 * @starts: value of @window.starts for which @reordering was armed
 * @reordering: t-Reordering
 * @deadline: when it expires
 * @hold: RX_DELIV has yet to be given
 * @dead: released
 * @paused: enum pdcp_paused
 * @held: PDUs of a held receiver, in order of arrival
 * @ready: SDUs that are due, within one hold of @lock
 * @sdus: delivered
 * @bytes: octets of SDUs delivered
 */
struct pdcp_rx {
	spinlock_t lock;		/* the receiving side */
	struct pdcp_window window;
	u64 stored_bytes;
	u32 t_reordering;
	u32 starts;
	struct hrtimer reordering;
	ktime_t deadline;
	bool hold;
	bool dead;
	u32 paused;
	struct sk_buff_head held;
	struct sk_buff_head ready;
	u64 sdus;
	u64 bytes;
};

/* What a count-ntf tells of, once under each key: bits of pdcp_entity.warned. */
enum pdcp_limit {
	PDCP_LIMIT_TX_THRESHOLD,
	PDCP_LIMIT_TX_EXHAUSTED,
	PDCP_LIMIT_RX_THRESHOLD,
	PDCP_LIMIT_RX_EXHAUSTED,
};

/**
 * struct pdcp_entity - PDCP entity of a bearer (38.323 4.2.2)
 * @config: immutable
 * @ue: outlives the entity
 * @leg: fixed slots; a leg never moves.  Written under the device's lock, tx.lock and
 *	rx.lock; read under RCU or any of them
 * @source: slot of the source leg, of the only one outside of a handover; written likewise
 * @next_leg: leg to be re-established on at the uplink switch; under the device's lock
 * @action: part in the handover; under the device's lock
 * @target: SRB, the target's entity; under the device's lock
 * @split: has a secondary leg, in slot 1, under the same set; written like @source, and never
 *	set again once it is cleared
 * @numbering: of its COUNTs, as the ledger tells them apart; under the device's lock
 * @stale_key: suspended, and not re-established since; under the device's lock
 * @warned: bits of enum pdcp_limit that were told of under the present key
 * @tx: transmitting side
 * @rx: receiving side
 * @drops: by reason
 * @rcu: freed after a grace period
 *
 * Numbering, window, timers and kept SDUs are shared by both legs; key, algorithm and
 * lower layer belong to the leg.
 */
struct pdcp_entity {
	struct pdcp_entity_config config;
	struct pdcp_ue *ue;
	struct pdcp_leg __rcu *leg[2];
	u8 source;
	struct pdcp_leg *next_leg;
	enum pdcp_action action;
	bool target;
	bool split;
	u32 numbering;
	bool stale_key;
	unsigned long warned;
	struct pdcp_tx tx;
	struct pdcp_rx rx;
	atomic64_t drops[__PDCP_DROP_REASON_MAX];
	struct rcu_head rcu;
};

static inline bool pdcp_entity_srb(const struct pdcp_entity *e)
{
	return e->config.type == PDCP_BEARER_TYPE_SRB;
}

int pdcp_entity_init(void);
void pdcp_entity_exit(void);

/* Configuration: under the device's lock. */
struct pdcp_entity *pdcp_entity_create(struct pdcp_ue *ue,
				       const struct pdcp_entity_config *config);
void pdcp_entity_destroy(struct pdcp_entity *e);
void pdcp_entity_set_leg(struct pdcp_entity *e, u8 slot, struct pdcp_leg *leg);
void pdcp_entity_pause(struct pdcp_entity *e, enum pdcp_paused why);
void pdcp_entity_stop(struct pdcp_entity *e);
void pdcp_entity_resume(struct pdcp_entity *e, enum pdcp_paused why);
void pdcp_entity_suspend(struct pdcp_entity *e);
void pdcp_entity_recover(struct pdcp_entity *e);
void pdcp_entity_set_t_reordering(struct pdcp_entity *e, u32 ms);
void pdcp_entity_set_duplication(struct pdcp_entity *e, bool duplicate);
void pdcp_entity_reestablish(struct pdcp_entity *e, struct pdcp_leg *leg);
void pdcp_entity_fail_source(struct pdcp_entity *e);
void pdcp_entity_switch(struct pdcp_entity *e);
void pdcp_entity_drop_leg(struct pdcp_entity *e, enum pdcp_leg_role role);
int pdcp_entity_set_counts(struct pdcp_entity *e, const u32 *tx_next,
			   const u32 *rx_deliv, struct netlink_ext_ack *extack);
void pdcp_entity_continue(struct pdcp_entity *e, struct pdcp_entity *from);
int pdcp_entity_check_use(const struct pdcp_entity *e, const u32 *tx_next, const u32 *rx_deliv,
			  struct netlink_ext_ack *extack);

/* Any context. */
u8 pdcp_entity_tx_direction(const struct pdcp_entity *e);
u8 pdcp_entity_rx_direction(const struct pdcp_entity *e);
u8 pdcp_entity_tx_sn_bits(const struct pdcp_entity *e);
u8 pdcp_entity_rx_sn_bits(const struct pdcp_entity *e);
u32 pdcp_entity_pdu_len(const struct pdcp_entity *e, u32 sdu_len);
void pdcp_entity_reached(struct pdcp_entity *e, enum pdcp_limit limit, u32 count);
struct pdcp_leg *pdcp_entity_source(const struct pdcp_entity *e);
void pdcp_entity_note_use(struct pdcp_entity *e);
unsigned int pdcp_entity_uses(const struct pdcp_entity *e,
			      const struct pdcp_security *sec);
enum pdcp_leg_role pdcp_entity_role(const struct pdcp_entity *e, u8 slot);

#endif /* _PDCP_ENTITY_H */
