/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The two PDCP entities of a DRB as 38.323 describes them, in plain arrays, every loop over single
 * COUNTs.  A call does to an end what the clause says, and leaves behind which PDUs it
 * submits and which SDUs it delivers.  Nothing of the module is called.
 */
#ifndef _PDCP_TESTS_PROPERTY_MODEL_H
#define _PDCP_TESTS_PROPERTY_MODEL_H

#include <linux/skbuff.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

enum model_limits {
	MODEL_ENDS = 2,			/* UE, then gNB */
	MODEL_SDUS = 1024,
	MODEL_COUNTS = 1 << 18,		/* from the first COUNT of an epoch on */
	MODEL_HELD = 64,
	MODEL_CHANNELS = 4,		/* of legs, by number */
	MODEL_REPORT = 9000,		/* octets */
};

/**
 * struct model_sdu - an SDU, by its serial number
 * @len: octets
 * @from: end that it is given to
 * @count: COUNT that it was numbered with last
 * @sent: epoch of its sender then, 0 for never
 * @received: epoch of its receiver when it was last accepted, 0 for never
 * @delivered: epoch of its receiver when it was last delivered, 0 for never
 * @excused: need not be delivered: dropped and counted, or passed by RX_DELIV
 */
struct model_sdu {
	u32 len;
	u8 from;
	u64 count;
	u32 sent;
	u32 received;
	u32 delivered;
	bool excused;
};

/**
 * struct model_pdu - a PDU between the ends, in skb->cb
 * @from: end that sent it
 * @role: of the leg that it was sent on, then
 * @any: the other leg would have done
 * @report: status report; the rest but @leg is not for these
 * @replay: sent by somebody who recorded it
 * @accepted: its COUNT was, under its key
 * @sdu: what it carries
 * @leg: number of the leg
 * @key: key that it is protected with
 * @count: COUNT
 * @epoch: of the sender
 */
struct model_pdu {
	u8 from;
	u8 role;
	bool any;
	bool report;
	bool replay;
	bool accepted;
	u16 sdu;
	u32 leg;
	u32 key;
	u32 count;
	u32 epoch;
};

/**
 * struct model_up - an SDU that is delivered
 * @sdu: which
 * @count: under which COUNT
 */
struct model_up {
	u16 sdu;
	u32 count;
};

/* Serial numbers of SDUs, in order. */
struct model_list {
	unsigned int n;
	u16 sdu[MODEL_SDUS];
};

/* Leg: its number, 0 for none, key, and security set that has the key. */
struct model_leg {
	u32 number;
	u32 key;
	u8 set;
	u64 failures;
};

/**
 * struct model_end - entity at one end
 * @id: which
 * @state: of the handover
 * @action: part in it
 * @leg: legs
 * @next_leg: where it goes at the switch, if it is not a DAPS bearer
 * @newest: highest number of a leg that was live, or given up before it was
 * @source: slot of the source, of the only one outside of a handover
 * @sends: slot that carries what it sends
 * @paused: enum pdcp_paused
 * @stale_key: suspended, with the key of before
 * @tx_hold: TX_NEXT is not known yet
 * @tx_next: TX_NEXT
 * @tx_epoch: begins with each COUNT 0
 * @queue: not numbered
 * @kept: numbered, not confirmed
 * @sdus: given to it
 * @numbered: how often it numbered one
 * @kept_bytes: octets of @kept
 * @unnumbered: how often it took a number back
 * @retransmitted: SDUs sent again
 * @confirmed: SDUs confirmed
 * @evicted: SDUs no longer kept
 * @rx_hold: RX_DELIV is not known yet
 * @rx_next: RX_NEXT
 * @rx_deliv: RX_DELIV
 * @rx_reord: RX_REORD
 * @running: t-Reordering runs
 * @t_reordering: 0 or PDCP_INFINITY
 * @rx_epoch: begins with each COUNT 0
 * @base: lowest COUNT of the epoch
 * @got: by COUNT from @base on: serial number plus one, 0 for missing
 * @stored: received and not delivered, or only remembered if out of order
 * @nheld: how many in @held
 * @held: PDUs that wait for RX_DELIV
 * @held_slot: where they came from
 * @pdus: given to it
 * @reports: status reports acted upon
 * @up: SDUs delivered
 * @drops: by reason
 */
struct model_end {
	u8 id;
	enum pdcp_handover_state state;
	enum pdcp_action action;
	struct model_leg leg[2];
	struct model_leg next_leg;
	u32 newest;
	u8 source;
	u8 sends;
	u32 paused;
	bool stale_key;
	bool tx_hold;
	u64 tx_next;
	u32 tx_epoch;
	struct model_list queue;
	struct model_list kept;
	u64 kept_bytes;
	u64 sdus;
	u64 numbered;
	u64 unnumbered;
	u64 retransmitted;
	u64 confirmed;
	u64 evicted;
	bool rx_hold;
	u64 rx_next;
	u64 rx_deliv;
	u64 rx_reord;
	bool running;
	u32 t_reordering;
	u32 rx_epoch;
	u64 base;
	u16 *got;
	u32 stored;
	unsigned int nheld;
	struct sk_buff *held[MODEL_HELD];
	u8 held_slot[MODEL_HELD];
	u64 pdus;
	u64 reports;
	u64 up;
	u64 drops[__PDCP_DROP_REASON_MAX];
};

/**
 * struct model - a bearer
 * @am: AM, otherwise UM
 * @integrity: with MAC-I
 * @ciphering: not disabled
 * @sdap_len: octets of each SDU that are never ciphered
 * @reports: statusReportRequired
 * @out_of_order: outOfOrderDelivery
 * @split: with a secondary leg
 * @split_threshold: ul-DataSplitThreshold
 * @duplicate: both legs carry each PDU, by sender
 * @sn_bits: by sender; 0 if it only receives
 * @queue_limit: SDUs in front of numbering, PDUs held
 * @kept_limit: SDUs kept
 * @wrong: what no sequence of events may bring about and did; NULL so far
 * @nsdus: serial numbers used
 * @sdu: SDUs
 * @end: entities
 * @nout: PDUs submitted by the last call
 * @out: those
 * @report: octets of the status report among them
 * @report_len: how many
 * @naccepts: PDUs accepted by the last call
 * @accepts: those
 * @nups: SDUs delivered by the last call
 * @ups: those
 */
struct model {
	bool am;
	bool integrity;
	bool ciphering;
	u8 sdap_len;
	bool reports;
	bool out_of_order;
	bool split;
	u32 split_threshold;
	bool duplicate[MODEL_ENDS];
	u8 sn_bits[MODEL_ENDS];
	u32 queue_limit;
	u32 kept_limit;
	const char *wrong;
	unsigned int nsdus;
	struct model_sdu sdu[MODEL_SDUS];
	struct model_end end[MODEL_ENDS];
	unsigned int nout;
	struct model_pdu out[2 * MODEL_SDUS];
	u8 report[MODEL_REPORT];
	unsigned int report_len;
	unsigned int naccepts;
	struct model_pdu accepts[MODEL_HELD + 1];
	unsigned int nups;
	struct model_up ups[MODEL_SDUS];
};

void model_begin(struct model *m, const struct model_leg *legs, unsigned int nlegs);
void model_end(struct model *m, struct model_end *e);
void model_clear(struct model *m);

/* Transmitting side. */
void model_send(struct model *m, struct model_end *e, unsigned int first, unsigned int n);
void model_discard(struct model *m, struct model_end *e, unsigned int n);
void model_delivered(struct model *m, struct model_end *e, u64 count);
void model_set_tx_next(struct model *m, struct model_end *e, u32 next);

/* Receiving side. */
void model_receive(struct model *m, struct model_end *e, u8 slot, struct sk_buff *pdu);
void model_expire(struct model *m, struct model_end *e);
void model_reconfigure(struct model *m, struct model_end *e, u32 t_reordering);
void model_set_rx_deliv(struct model *m, struct model_end *e, u32 deliv);

/* Verbs. */
void model_reestablish(struct model *m, struct model_end *e, const struct model_leg *leg);
void model_recover(struct model *m, struct model_end *e, const struct model_leg *leg);
void model_suspend(struct model *m, struct model_end *e);
void model_resume(struct model *m, struct model_end *e);
void model_start(struct model *m, struct model_end *e, const struct model_leg *leg,
		 enum pdcp_action action);
void model_switch(struct model *m, struct model_end *e);
void model_release(struct model *m, struct model_end *e);
void model_fallback(struct model *m, struct model_end *e);

/* Between the parts of the model. */
void model_wrong(struct model *m, const char *text);
void model_put_last(struct model_list *l, u16 sdu);
u16 model_take_out(struct model_list *l, unsigned int i);
struct model_pdu *model_submit(struct model *m, struct model_end *e, u8 slot);
void model_run(struct model *m, struct model_end *e);
void model_resend(struct model *m, struct model_end *e);
void model_confirm(struct model *m, struct model_end *e, const u8 *octets, u32 len);
void model_begin_tx(struct model_end *e);
void model_begin_rx(struct model *m, struct model_end *e);
void model_forget_held(struct model_end *e, u8 slot, enum pdcp_drop_reason reason);
void model_report(struct model *m, struct model_end *e);
void model_update_reordering(struct model *m, struct model_end *e);

static inline struct model_pdu *model_pdu(struct sk_buff *pdu)
{
	BUILD_BUG_ON(sizeof(struct model_pdu) > sizeof(pdu->cb));
	return (struct model_pdu *)pdu->cb;
}

#endif /* _PDCP_TESTS_PROPERTY_MODEL_H */
