/* SPDX-License-Identifier: GPL-2.0 */
/* libpdcp - bearers, handover, SN status transfer, SDUs and PDUs */
/* Which includes this one, at its end. */
#include "pdcp.h"

#ifndef _LIBPDCP_BEARER_H
#define _LIBPDCP_BEARER_H

#ifdef __cplusplus
extern "C" {
#endif

/* Bearers -------------------------------------------------------------------- */

/**
 * struct pdcp_bearer_id - Which bearer
 * @ifindex: device
 * @ue: UE
 * @type: SRB or DRB
 * @id: RB identity, 1 to 4 for an SRB, 1 to 32 for a DRB
 */
struct pdcp_bearer_id {
	uint32_t ifindex;
	uint32_t ue;
	enum pdcp_bearer_type type;
	uint8_t id;
};

/**
 * struct pdcp_leg_config - Lower layer of a leg
 * @lower: G-PDUs over UDP, or events and pdcp_pdu_input()
 * @remote: address of the peer (gtpu)
 * @local: source address of the same family, or none for what routing chooses
 * @port: UDP port of the peer, or 0 for 2152
 * @teid_in: TEID of PDUs to us, unique in the device (gtpu)
 * @teid_out: TEID of PDUs to the peer (gtpu)
 * @nru: number G-PDUs in a NR RAN container, to ask the peer for delivery
 *	status, and answer when it asks (gtpu, TS 38.425)
 * @nru_any: with @nru, do not report frames that do not come, for peers that
 *	give every frame the same number (attribute nru-loss is 0)
 *
 * A member that is 0, false or none is left out of the request.
 */
struct pdcp_leg_config {
	enum pdcp_lower lower;
	struct pdcp_addr remote;
	struct pdcp_addr local;
	uint16_t port;
	uint32_t teid_in;
	uint32_t teid_out;
	bool nru;
	bool nru_any;
};

/**
 * struct pdcp_bearer_config - A bearer to create
 * @has: PDCP_HAS(PDCP_A_BEARER_...) of each member that is given; @set and @leg
 *	always are
 * @set: security set of the leg
 * @mode: RLC mode; a DRB needs it
 * @sn_ul: pdcp-SN-SizeUL in bits, 12 or 18; not given, a UM DRB is downlink only
 * @sn_dl: pdcp-SN-SizeDL in bits, 12 or 18; not given, a UM DRB is uplink only
 * @integrity: DRB: 1 for integrityProtection
 * @ciphering: DRB: 0 for cipheringDisabled
 * @t_reordering: ms, or PDCP_INFINITY
 * @discard: discardTimer in us, or PDCP_INFINITY
 * @status_report: 1 for statusReportRequired
 * @out_of_order: 1 for outOfOrderDelivery
 * @sdap: octets of SDAP header in front of each SDU, 0 or 1
 * @upper: where SDUs come from and go to
 * @is_default: DRB of packets whose mark names none (attribute "default")
 * @bearer_input: test mode: BEARER input of the algorithms, 0 to 31
 * @queue_limit: SDUs that may wait in front of numbering
 * @kept_limit: AM: SDUs kept for retransmission
 * @window_limit: octets of memory that SDUs stored out of sequence may take
 * @count_threshold: COUNT from which on, in either direction, an event asks for
 *	another key
 * @split_threshold: split DRB: octets of unconfirmed data from which on both legs
 *	are used in turn, or PDCP_INFINITY
 * @duplication: split DRB: 1 to send each PDU on both legs
 * @hold: PDCP_HOLD_... of each direction that waits for pdcp_status_set()
 * @leg: lower layer; the primary one of a split DRB
 * @secondary: second lower layer of a split DRB, the caller's; NULL for none
 */
struct pdcp_bearer_config {
	uint64_t has;
	uint8_t set;
	enum pdcp_mode mode;
	uint8_t sn_ul;
	uint8_t sn_dl;
	uint8_t integrity;
	uint8_t ciphering;
	uint32_t t_reordering;
	uint32_t discard;
	uint8_t status_report;
	uint8_t out_of_order;
	uint8_t sdap;
	enum pdcp_upper upper;
	bool is_default;
	uint8_t bearer_input;
	uint32_t queue_limit;
	uint32_t kept_limit;
	uint32_t window_limit;
	uint32_t count_threshold;
	uint32_t split_threshold;
	uint8_t duplication;
	uint32_t hold;
	struct pdcp_leg_config leg;
	const struct pdcp_leg_config *secondary;
};

/**
 * struct pdcp_leg_info - A leg
 * @has: PDCP_HAS(PDCP_A_LEG_STATE_...) of each member of the state that was
 *	there
 * @config: lower layer
 * @role: source or target, or secondary of a split DRB whose primary is the source
 * @set: security set
 * @active: carries what we send
 * @tx_pdus: PDUs sent
 * @tx_bytes: their octets, without the tunnel's headers
 * @tx_next: COUNT after the highest one sent
 * @rx_pdus: PDUs received
 * @rx_bytes: their octets
 * @integrity_failures: PDUs whose MAC-I did not verify
 * @status_asked: delivery statuses that we asked for; with NR-U only, as the
 *	next three
 * @status_received: delivery statuses that came
 * @status_sent: delivery statuses that we sent
 * @frames_lost: frames that the peer reported lost
 */
struct pdcp_leg_info {
	uint64_t has;
	struct pdcp_leg_config config;
	enum pdcp_leg_role role;
	uint8_t set;
	bool active;
	uint64_t tx_pdus;
	uint64_t tx_bytes;
	uint32_t tx_next;
	uint64_t rx_pdus;
	uint64_t rx_bytes;
	uint64_t integrity_failures;
	uint64_t status_asked;
	uint64_t status_received;
	uint64_t status_sent;
	uint64_t frames_lost;
};

/**
 * struct pdcp_bearer_info - A bearer: its one entity, or one of two of an SRB
 * @has: PDCP_HAS(PDCP_A_BEARER_...) of each member that was there
 * @id: which bearer
 * @config: how it is configured; @has is the same as above, @set, @leg and
 *	@secondary are unused, being the legs'
 * @leg: legs
 * @legs: number of them
 * @role: source or target, of an SRB's entity
 * @paused: PDCP_PAUSED_... of each reason not to send and receive
 * @tx_next: TX_NEXT (TS 38.323 7.1); so the next three
 * @rx_next: RX_NEXT
 * @rx_deliv: RX_DELIV
 * @rx_reord: RX_REORD, absent while t-Reordering does not run
 * @queued: SDUs that wait in front of numbering
 * @kept: SDUs kept for retransmission
 * @stored: SDUs in the receive window, and PDUs in a held receiver
 * @stored_bytes: octets of memory that those in the window take
 * @tx_sdus: SDUs sent
 * @tx_bytes: their octets
 * @rx_sdus: SDUs delivered
 * @rx_bytes: their octets
 * @retransmitted: SDUs sent again with their original COUNT
 * @confirmed: SDUs whose delivery was confirmed
 * @evicted: SDUs sent and no longer kept
 * @drops: drops by reason
 */
struct pdcp_bearer_info {
	uint64_t has;
	struct pdcp_bearer_id id;
	struct pdcp_bearer_config config;
	struct pdcp_leg_info leg[PDCP_LEGS_MAX];
	size_t legs;
	enum pdcp_leg_role role;
	uint32_t paused;
	uint32_t tx_next;
	uint32_t rx_next;
	uint32_t rx_deliv;
	uint32_t rx_reord;
	uint32_t queued;
	uint32_t kept;
	uint32_t stored;
	uint64_t stored_bytes;
	uint64_t tx_sdus;
	uint64_t tx_bytes;
	uint64_t rx_sdus;
	uint64_t rx_bytes;
	uint64_t retransmitted;
	uint64_t confirmed;
	uint64_t evicted;
	struct pdcp_drops drops;
};

typedef int pdcp_bearer_fn(const struct pdcp_bearer_info *info, void *data);

/**
 * struct pdcp_bearer_target - What a bearer gets when it moves
 * @type: SRB or DRB
 * @id: RB identity
 * @has: PDCP_HAS(PDCP_A_BEARER_TARGET_ACTION) if @action is given,
 *	PDCP_HAS(PDCP_A_BEARER_TARGET_LEG) if @leg is
 * @action: part in the handover
 * @leg: lower layer towards the target; only pdcp_bearer_recover() does without
 */
struct pdcp_bearer_target {
	enum pdcp_bearer_type type;
	uint8_t id;
	uint64_t has;
	enum pdcp_action action;
	struct pdcp_leg_config leg;
};

/**
 * pdcp_bearer_add() - Create a bearer with one leg, or a DRB with two
 * @h: handle
 * @id: which bearer
 * @config: configuration
 *
 * Return: 0; -EEXIST; -ENOENT without the UE or the set; -EINVAL for what
 * TS 38.331 does not allow; or another negative errno.
 */
int pdcp_bearer_add(struct pdcp *h, const struct pdcp_bearer_id *id,
		    const struct pdcp_bearer_config *config);

/**
 * pdcp_bearer_list() - Read one bearer, or all bearers of a UE
 * @h: handle
 * @id: which bearer; all bearers of the UE if @id->id is 0
 * @fn: called for each entity
 * @data: for @fn
 *
 * Return: as pdcp_device_list().
 */
int pdcp_bearer_list(struct pdcp *h, const struct pdcp_bearer_id *id,
		     pdcp_bearer_fn *fn, void *data);

/**
 * pdcp_bearer_set() - Reconfigure a bearer
 * @h: handle
 * @id: which bearer
 * @role: enum pdcp_leg_role of an SRB's entity, or PDCP_LEG_ROLE_ANY
 * @config: @t_reordering, @duplication or both, marked in @has; nothing else can
 *	be changed
 *
 * A t-Reordering that runs is restarted with the new value (TS 38.323 7.3).
 *
 * Return: 0; -ENOENT; -EINVAL for what TS 38.331 does not allow, or if an SRB
 * has two entities and @role does not say which; or another negative errno.
 */
int pdcp_bearer_set(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		    const struct pdcp_bearer_config *config);

/**
 * pdcp_bearer_del() - Release a bearer (TS 38.323 5.1.3)
 * @h: handle
 * @id: which bearer
 *
 * Return: 0, -ENOENT, -EBUSY in a handover, or another negative errno.
 */
int pdcp_bearer_del(struct pdcp *h, const struct pdcp_bearer_id *id);

/**
 * pdcp_bearer_reestablish() - Re-establish bearers on new legs (TS 38.323 5.1.2)
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @set: security set of the new legs
 * @targets: bearers with their legs; without action
 * @count: number of them
 *
 * All of them or none.
 *
 * Return: 0, -ENOENT, -EBUSY in a handover, -EKEYREJECTED for the set that a
 * bearer has already, or another negative errno; -EMSGSIZE if @count is more
 * than a UE can have.
 */
int pdcp_bearer_reestablish(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set,
			    const struct pdcp_bearer_target *targets, size_t count);

/**
 * pdcp_bearer_recover() - Data recovery of AM DRBs, under the same key
 *	(TS 38.323 5.5)
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @targets: bearers, without action, with their legs where they get new ones
 * @count: number of them
 *
 * All of them or none.
 *
 * Return: as pdcp_bearer_reestablish(), and -EINVAL for a bearer that is no AM
 * DRB.
 */
int pdcp_bearer_recover(struct pdcp *h, uint32_t ifindex, uint32_t ue,
			const struct pdcp_bearer_target *targets, size_t count);

/**
 * pdcp_bearer_suspend() - Suspend bearers (TS 38.323 5.1.4)
 * @h: handle
 * @id: which bearer; all bearers of the UE if @id->id is 0
 *
 * COUNTs begin at 0 again; SDUs that are not confirmed wait for the resumption.
 *
 * Return: 0, -ENOENT, -EBUSY in a handover, or another negative errno.
 */
int pdcp_bearer_suspend(struct pdcp *h, const struct pdcp_bearer_id *id);

/**
 * pdcp_bearer_resume() - Resume bearers that were suspended
 * @h: handle
 * @id: which bearer; all bearers of the UE if @id->id is 0
 *
 * Return: 0; -ENOENT; -EKEYREJECTED for a bearer that was not re-established
 * under another key since it was suspended; or another negative errno.
 */
int pdcp_bearer_resume(struct pdcp *h, const struct pdcp_bearer_id *id);

/* DAPS handover -------------------------------------------------------------- */

/**
 * pdcp_daps_start() - Begin a DAPS handover (TS 38.331 5.3.5.5.2)
 * @h: handle
 * @ifindex: device
 * @ue: UE
 * @set: security set of the target; the one in use for no key refresh
 * @t304: guard time in ms, 1 to 600000, after which the module falls back by
 *	itself; 0 for none
 * @targets: every bearer of the UE, with its target leg
 * @count: number of them
 *
 * Return: 0; -EBUSY if one runs; -EINVAL, also for a bearer not named; or
 * another negative errno.
 */
int pdcp_daps_start(struct pdcp *h, uint32_t ifindex, uint32_t ue, uint8_t set, uint32_t t304,
		    const struct pdcp_bearer_target *targets, size_t count);

/**
 * pdcp_daps_switch() - Move the uplink to the target (TS 38.323 5.13)
 * @h: handle
 * @ifindex: device
 * @ue: UE
 *
 * Return: 0, -EINVAL or -EBUSY in another state, or another negative errno.
 */
int pdcp_daps_switch(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/**
 * pdcp_daps_release() - Release the source and erase its keys
 * @h: handle
 * @ifindex: device
 * @ue: UE
 *
 * After the switch only (daps-SourceRelease, TS 38.331 5.3.5.3).
 *
 * Return: as pdcp_daps_switch().
 */
int pdcp_daps_release(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/**
 * pdcp_daps_fallback() - Give up the target and erase its keys
 * @h: handle
 * @ifindex: device
 * @ue: UE
 *
 * Before the switch only (TS 38.331 5.3.5.8.3).
 *
 * Return: as pdcp_daps_switch().
 */
int pdcp_daps_fallback(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/**
 * pdcp_daps_source_failed() - Nothing passes on the source any more
 * @h: handle
 * @ifindex: device
 * @ue: UE
 *
 * Before the switch only: radio link failure in the source while T304 runs (TS
 * 38.331 5.3.10.3). The switch is next, or pdcp_daps_abort(); a guard that
 * expires does the latter.
 *
 * Return: as pdcp_daps_switch().
 */
int pdcp_daps_source_failed(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/**
 * pdcp_daps_abort() - Give up the target after the source has failed too
 * @h: handle
 * @ifindex: device
 * @ue: UE
 *
 * After pdcp_daps_source_failed() only (TS 38.331 5.3.5.8.3). The target's keys
 * are erased. All bearers stay paused, each until it is re-established.
 *
 * Return: as pdcp_daps_switch().
 */
int pdcp_daps_abort(struct pdcp *h, uint32_t ifindex, uint32_t ue);

/* SN status transfer --------------------------------------------------------- */

/**
 * struct pdcp_status - COUNTs of a bearer (TS 38.423 9.1.1.4)
 * @has: PDCP_HAS(PDCP_A_BEARER_...) of each member given
 * @role: entity of an SRB
 * @tx_next: TX_NEXT
 * @rx_deliv: RX_DELIV
 * @rx_next: RX_NEXT
 * @rx_bitmap: bit N, most significant bit of the first octet for N = 1, is 1 if
 *	COUNT RX_DELIV + N was received; memory of pdcp_status_get()
 * @rx_bitmap_len: octets of the bitmap
 */
struct pdcp_status {
	uint64_t has;
	enum pdcp_leg_role role;
	uint32_t tx_next;
	uint32_t rx_deliv;
	uint32_t rx_next;
	uint8_t *rx_bitmap;
	size_t rx_bitmap_len;
};

/**
 * pdcp_status_get() - Read the COUNTs of a bearer
 * @h: handle
 * @id: which bearer
 * @role: enum pdcp_leg_role, or PDCP_LEG_ROLE_ANY
 * @stop: stop numbering and delivery first, for good
 * @status: filled; pass it to pdcp_status_free()
 *
 * Return: 0, -ENOENT, or another negative errno.
 */
int pdcp_status_get(struct pdcp *h, const struct pdcp_bearer_id *id, int role, bool stop,
		    struct pdcp_status *status);

/**
 * pdcp_status_free() - Free what pdcp_status_get() filled in
 * @status: status; its bitmap is gone afterwards
 */
void pdcp_status_free(struct pdcp_status *status);

/**
 * pdcp_status_set() - Give a bearer its COUNTs; ends the hold of each direction
 *	given
 * @h: handle
 * @id: which bearer
 * @role: enum pdcp_leg_role, or PDCP_LEG_ROLE_ANY
 * @status: @tx_next, @rx_deliv or both, marked in @has
 *
 * Return: 0, -ENOENT, -EINVAL for a COUNT that goes back, or another negative
 * errno.
 */
int pdcp_status_set(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		    const struct pdcp_status *status);

/* SDUs and PDUs --------------------------------------------------------------- */

/**
 * pdcp_sdu_send() - Send one SDU on an SRB or on a DRB whose upper is user
 * @h: handle
 * @id: which bearer
 * @role: enum pdcp_leg_role, or PDCP_LEG_ROLE_ANY: the target in a handover
 * @sdu: SDU, with the SDAP header if the DRB has one
 * @len: octets, 1 to PDCP_SDU_MAX
 *
 * Return: 0, -ENOENT, -EINVAL, or another negative errno.
 */
int pdcp_sdu_send(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		  const void *sdu, size_t len);

/**
 * pdcp_sdu_discard() - Discard all SDUs of an SRB that are not yet sent
 *	(TS 38.323 5.3)
 * @h: handle
 * @id: which bearer, an SRB
 * @role: enum pdcp_leg_role, or PDCP_LEG_ROLE_ANY outside of a handover
 *
 * Return: 0, -ENOENT, -EINVAL, or another negative errno.
 */
int pdcp_sdu_discard(struct pdcp *h, const struct pdcp_bearer_id *id, int role);

/**
 * pdcp_pdu_input() - Receive one PDU on a leg of lower user
 * @h: handle
 * @id: which bearer
 * @role: enum pdcp_leg_role: the leg it came from; PDCP_LEG_ROLE_ANY for the
 *	only one
 * @pdu: PDU, header included
 * @len: octets, at least 1
 *
 * A PDU that does not verify is no error: it is counted, and an event.
 *
 * Return: 0, -ENOENT, -EINVAL, or another negative errno.
 */
int pdcp_pdu_input(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		   const void *pdu, size_t len);

#ifdef __cplusplus
}
#endif

#endif /* _LIBPDCP_BEARER_H */
