/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_EVENT_H
#define _PDCP_EVENT_H

#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct pdcp_address;
struct pdcp_device;
struct pdcp_ledger_conflict;
struct pdcp_ue;
struct sk_buff;

/**
 * struct pdcp_event_bearer - what an event is about
 * @ue_id: UE
 * @count: COUNT
 * @type: SRB or DRB
 * @id: RB identity
 * @role: leg of a DRB or entity of an SRB
 */
struct pdcp_event_bearer {
	u32 ue_id;
	u32 count;
	u8 type;
	u8 id;
	u8 role;
};

/**
 * struct pdcp_event_key - a key that was refused
 * @reason: why
 * @warned: test mode: it was not refused
 * @set: set that it is of
 * @type: SRB or DRB
 * @id: RB identity, 0 if it is about no bearer
 * @conflict: what would repeat, or NULL
 */
struct pdcp_event_key {
	enum pdcp_key_reason reason;
	bool warned;
	u8 set;
	u8 type;
	u8 id;
	const struct pdcp_ledger_conflict *conflict;
};

/**
 * struct pdcp_event_ops - who is told of events
 * @handover: process context, under the device's lock
 * @key: process context, under the device's lock; a key was refused
 * @integrity: softirq; a MAC-I did not verify
 * @path: softirq; the peer has no tunnel of this TEID at this address
 * @sdu: softirq; an SDU for user space, borrowed; -ENOMEM if nobody is told for want of memory
 * @count: softirq; a COUNT is near its end, or at it
 * @pdu: softirq; a PDU for a leg in user space, likewise
 *
 * The only way from the core up: netlink fills it, so that nothing below depends on it.
 */
struct pdcp_event_ops {
	void (*handover)(const struct pdcp_ue *ue, enum pdcp_handover_end end);
	void (*key)(const struct pdcp_ue *ue, const struct pdcp_event_key *key);
	void (*integrity)(struct pdcp_device *pdcp,
			  const struct pdcp_event_bearer *bearer);
	void (*count)(struct pdcp_device *pdcp,
		      const struct pdcp_event_bearer *bearer,
		      enum pdcp_direction direction, bool exhausted);
	void (*path)(struct pdcp_device *pdcp, u32 teid,
		     const struct pdcp_address *peer);
	int (*sdu)(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *sdu);
	int (*pdu)(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *pdu);
};

const struct pdcp_event_ops *pdcp_event_set_ops(const struct pdcp_event_ops *ops);

void pdcp_event_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end);
void pdcp_event_key(const struct pdcp_ue *ue, const struct pdcp_event_key *key);
void pdcp_event_integrity(struct pdcp_device *pdcp,
			  const struct pdcp_event_bearer *bearer);
void pdcp_event_count(struct pdcp_device *pdcp,
		      const struct pdcp_event_bearer *bearer,
		      enum pdcp_direction direction, bool exhausted);
void pdcp_event_path(struct pdcp_device *pdcp, u32 teid,
		     const struct pdcp_address *peer);
int pdcp_event_sdu(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *sdu);
int pdcp_event_pdu(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *pdu);

#endif /* _PDCP_EVENT_H */
