/* SPDX-License-Identifier: GPL-2.0 */
/* libpdcp - events */
/* Which includes this one, at its end. */
#include "pdcp.h"

#ifndef _LIBPDCP_EVENT_H
#define _LIBPDCP_EVENT_H

#ifdef __cplusplus
extern "C" {
#endif

/* Events ---------------------------------------------------------------------- */

/**
 * struct pdcp_event - An event
 * @cmd: PDCP_CMD_HANDOVER_NTF, _KEY_NTF, _PATH_NTF, _INTEGRITY_NTF, _COUNT_NTF,
 *	_SDU_NTF or _PDU_NTF
 * @has: PDCP_HAS(PDCP_A_UE_...) of a handover's event, PDCP_HAS(PDCP_A_DEVICE_...)
 *	of a path's, PDCP_HAS(PDCP_A_LEDGER_...) of a key's, or
 *	PDCP_HAS(PDCP_A_BEARER_...) of another, for each member that was there
 * @ifindex: device
 * @teid: path: TEID that the peer does not know
 * @remote: path: that peer
 * @ue: UE, but for a path's event
 * @state: handover: where it stands
 * @source_set: handover: security set of the source
 * @target_set: handover: security set of the target
 * @end: handover: what led to the state
 * @reason: key: why it was refused
 * @warned: key: test mode, it is used all the same
 * @set: key: security set that it is of
 * @key: key: which one of the set, unless it is about all
 * @next: key: first COUNT that it has not protected
 * @handle: key: stands for its value in this UE
 * @bearer: others, and key unless it is about none: which bearer
 * @role: others: which leg or entity
 * @count: others: COUNT; key: first COUNT that it was to protect, if known
 * @direction: COUNT event, key: of what is sent, or of what is received
 * @exhausted: COUNT event: no COUNT is left; else count-threshold is reached
 * @data: SDU or PDU, valid during the callback
 * @len: octets of it
 */
struct pdcp_event {
	uint8_t cmd;
	uint64_t has;
	uint32_t ifindex;
	uint32_t teid;
	struct pdcp_addr remote;
	uint32_t ue;
	enum pdcp_handover_state state;
	uint8_t source_set;
	uint8_t target_set;
	enum pdcp_handover_end end;
	enum pdcp_key_reason reason;
	bool warned;
	uint8_t set;
	enum pdcp_key_role key;
	uint32_t next;
	uint32_t handle;
	struct pdcp_bearer_id bearer;
	enum pdcp_leg_role role;
	uint32_t count;
	enum pdcp_direction direction;
	bool exhausted;
	const uint8_t *data;
	size_t len;
};

/**
 * typedef pdcp_event_fn - Callback for one event
 * @event: event
 * @data: what pdcp_event_read() was given
 *
 * May use the handle, but for pdcp_event_read(). A negative result is what
 * pdcp_event_read() returns; the event is consumed.
 */
typedef int pdcp_event_fn(const struct pdcp_event *event, void *data);

/**
 * pdcp_event_subscribe() - Receive the events of the handle's namespace
 * @h: handle
 *
 * Return: 0 or a negative errno.
 */
int pdcp_event_subscribe(struct pdcp *h);

/**
 * pdcp_event_fd() - Descriptor to poll for events
 * @h: handle
 *
 * Return: a descriptor that is readable when pdcp_event_read() has work; it
 * stays the handle's.
 */
int pdcp_event_fd(const struct pdcp *h);

/**
 * pdcp_event_read() - Take the events that are there, without waiting
 * @h: handle
 * @fn: called for each event
 * @data: for @fn
 *
 * Return: number of events, 0 if there was none; -ENOBUFS if events were lost
 * because they were not taken fast enough, after which the next call goes on;
 * what @fn returned; or another negative errno.
 */
int pdcp_event_read(struct pdcp *h, pdcp_event_fn *fn, void *data);

#ifdef __cplusplus
}
#endif

#endif /* _LIBPDCP_EVENT_H */
