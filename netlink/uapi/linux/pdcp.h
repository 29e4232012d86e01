/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/pdcp.yaml */
/* YNL-GEN uapi header */

#ifndef _UAPI_LINUX_PDCP_H
#define _UAPI_LINUX_PDCP_H

#define PDCP_FAMILY_NAME	"pdcp"
#define PDCP_FAMILY_VERSION	1

#define PDCP_KEY_LEN	16
#define PDCP_SDU_MAX	9000
#define PDCP_INFINITY	4294967295

/**
 * enum pdcp_role - Which end of the radio interface this is; it fixes
 *   DIRECTION.
 * @PDCP_ROLE_UE: Sends uplink (DIRECTION 0), receives downlink.
 * @PDCP_ROLE_GNB: Sends downlink (DIRECTION 1), receives uplink.
 */
enum pdcp_role {
	PDCP_ROLE_UE,
	PDCP_ROLE_GNB,
};

enum pdcp_bearer_type {
	PDCP_BEARER_TYPE_SRB,
	PDCP_BEARER_TYPE_DRB,
};

/**
 * enum pdcp_mode - RLC mode of the legs (TS 38.323 4.2.2).
 * @PDCP_MODE_UM: Unacknowledged; an SDU is forgotten once it is submitted.
 * @PDCP_MODE_AM: Acknowledged; an SDU is kept until its delivery is confirmed
 *   or it is discarded.
 */
enum pdcp_mode {
	PDCP_MODE_UM,
	PDCP_MODE_AM,
};

/**
 * enum pdcp_upper - Where the SDUs of a bearer come from and go to.
 * @PDCP_UPPER_DEVICE: IP packets of the network device (DRB only).
 * @PDCP_UPPER_USER: sdu-send requests and sdu events.
 */
enum pdcp_upper {
	PDCP_UPPER_DEVICE,
	PDCP_UPPER_USER,
};

/**
 * enum pdcp_lower - Where the PDUs of a leg come from and go to.
 * @PDCP_LOWER_GTPU: G-PDUs over UDP (TS 29.281).
 * @PDCP_LOWER_USER: pdu-input requests and pdu events.
 */
enum pdcp_lower {
	PDCP_LOWER_GTPU,
	PDCP_LOWER_USER,
};

/**
 * enum pdcp_leg_role - Role of a leg. Outside of a handover the only leg, or
 *   the primary one of a split bearer, is the source.
 * @PDCP_LEG_ROLE_SOURCE: Of the source cell of a handover, or the only or
 *   primary one.
 * @PDCP_LEG_ROLE_TARGET: Of the target cell of a handover.
 * @PDCP_LEG_ROLE_SECONDARY: The other one of a split bearer.
 */
enum pdcp_leg_role {
	PDCP_LEG_ROLE_SOURCE,
	PDCP_LEG_ROLE_TARGET,
	PDCP_LEG_ROLE_SECONDARY,
};

/**
 * enum pdcp_handover_state - How far a handover has come.
 * @PDCP_HANDOVER_STATE_NONE: One set of legs.
 * @PDCP_HANDOVER_STATE_PREPARED: Target legs receive, the source carries the
 *   uplink (daps-start).
 * @PDCP_HANDOVER_STATE_SWITCHED: Both sets of legs receive, the target carries
 *   the uplink (daps-switch).
 */
enum pdcp_handover_state {
	PDCP_HANDOVER_STATE_NONE,
	PDCP_HANDOVER_STATE_PREPARED,
	PDCP_HANDOVER_STATE_SWITCHED,
};

/**
 * enum pdcp_handover_end - How a handover came to its present state.
 * @PDCP_HANDOVER_END_START: daps-start.
 * @PDCP_HANDOVER_END_SWITCH: daps-switch.
 * @PDCP_HANDOVER_END_RELEASE: daps-release.
 * @PDCP_HANDOVER_END_FALLBACK: daps-fallback.
 * @PDCP_HANDOVER_END_GUARD: The guard has expired and fallen back.
 * @PDCP_HANDOVER_END_SOURCE_FAILED: source-failed.
 * @PDCP_HANDOVER_END_ABORT: daps-abort, or the guard after source-failed.
 */
enum pdcp_handover_end {
	PDCP_HANDOVER_END_START,
	PDCP_HANDOVER_END_SWITCH,
	PDCP_HANDOVER_END_RELEASE,
	PDCP_HANDOVER_END_FALLBACK,
	PDCP_HANDOVER_END_GUARD,
	PDCP_HANDOVER_END_SOURCE_FAILED,
	PDCP_HANDOVER_END_ABORT,
};

/**
 * enum pdcp_action - What a handover does with a bearer.
 * @PDCP_ACTION_DAPS: DRB gets a second leg at daps-start (TS 38.323 5.1.5);
 *   SRB a second entity (TS 38.331 5.3.5.6.3).
 * @PDCP_ACTION_REESTABLISH: DRB is paused at daps-start and re-established on
 *   the target at daps-switch (TS 38.323 5.1.2).
 * @PDCP_ACTION_RECOVER: AM DRB is paused at daps-start and its data recovered
 *   on the target at daps-switch, under the same key (TS 38.323 5.5).
 */
enum pdcp_action {
	PDCP_ACTION_DAPS,
	PDCP_ACTION_REESTABLISH,
	PDCP_ACTION_RECOVER,
};

/**
 * enum pdcp_hold - Directions of an entity that wait for status-set.
 * @PDCP_HOLD_TX: SDUs queue, unnumbered, until TX_NEXT is given.
 * @PDCP_HOLD_RX: PDUs queue, still protected, until RX_DELIV is given.
 */
enum pdcp_hold {
	PDCP_HOLD_TX = 1,
	PDCP_HOLD_RX = 2,
};

/**
 * enum pdcp_paused - Why an entity neither sends nor receives.
 * @PDCP_PAUSED_HANDOVER: Its part in the handover (source SRB, DRB that is not
 *   DAPS).
 * @PDCP_PAUSED_STOPPED: Its COUNTs were handed over by status-get with stop.
 * @PDCP_PAUSED_SUSPENDED: bearer-suspend.
 * @PDCP_PAUSED_FAILED: Both cells of a handover have failed; until the bearer
 *   is re-established.
 */
enum pdcp_paused {
	PDCP_PAUSED_HANDOVER = 1,
	PDCP_PAUSED_STOPPED = 2,
	PDCP_PAUSED_SUSPENDED = 4,
	PDCP_PAUSED_FAILED = 8,
};

/**
 * enum pdcp_direction - Seen from this entity.
 * @PDCP_DIRECTION_TX: What it sends.
 * @PDCP_DIRECTION_RX: What it receives.
 */
enum pdcp_direction {
	PDCP_DIRECTION_TX,
	PDCP_DIRECTION_RX,
};

/**
 * enum pdcp_key_role - Which of the four keys of a security set (TS 33.501
 *   A.8).
 * @PDCP_KEY_ROLE_RRC_ENC: KRRCenc.
 * @PDCP_KEY_ROLE_RRC_INT: KRRCint.
 * @PDCP_KEY_ROLE_UP_ENC: KUPenc.
 * @PDCP_KEY_ROLE_UP_INT: KUPint.
 */
enum pdcp_key_role {
	PDCP_KEY_ROLE_RRC_ENC,
	PDCP_KEY_ROLE_RRC_INT,
	PDCP_KEY_ROLE_UP_ENC,
	PDCP_KEY_ROLE_UP_INT,

	/* private: */
	__PDCP_KEY_ROLE_MAX,
	PDCP_KEY_ROLE_MAX = (__PDCP_KEY_ROLE_MAX - 1)
};

/**
 * enum pdcp_key_reason - Why a key was refused.
 * @PDCP_KEY_REASON_USED: It has protected COUNTs of the bearer from the first
 *   new one on, or may do so now.
 * @PDCP_KEY_REASON_UNCHANGED: COUNTs of the bearer begin at 0 again, and it is
 *   the key that the bearer has.
 * @PDCP_KEY_REASON_ROLE: Its value is another key of the UE too, or was.
 * @PDCP_KEY_REASON_FULL: The ledger has no room to remember its use.
 */
enum pdcp_key_reason {
	PDCP_KEY_REASON_USED,
	PDCP_KEY_REASON_UNCHANGED,
	PDCP_KEY_REASON_ROLE,
	PDCP_KEY_REASON_FULL,
};

/**
 * enum pdcp_drop_reason - Why a packet was dropped. Each drop is counted once,
 *   under one reason.
 * @PDCP_DROP_REASON_NO_UE: Device; no UE has the packet's inner address.
 * @PDCP_DROP_REASON_NO_BEARER: Device; the UE has no DRB for the packet.
 * @PDCP_DROP_REASON_DEVICE_NOMEM: Device; no memory before the packet had a
 *   bearer.
 * @PDCP_DROP_REASON_GTPU_MALFORMED: Device; too short, bad version, length or
 *   extension (TS 29.281 5).
 * @PDCP_DROP_REASON_GTPU_TYPE: Device; a GTP-U message other than G-PDU.
 * @PDCP_DROP_REASON_GTPU_TEID: Device; no leg has this TEID.
 * @PDCP_DROP_REASON_DEVICE_DOWN: Device; it went down, and what had come and
 *   was not yet handed on went with it.
 * @PDCP_DROP_REASON_TX_QUEUE_FULL: The bearer's queue in front of numbering
 *   was full.
 * @PDCP_DROP_REASON_TX_SIZE: SDU of no octets or of more than 9000.
 * @PDCP_DROP_REASON_TX_DISCARD: discardTimer expired before the SDU was
 *   numbered (TS 38.323 5.3).
 * @PDCP_DROP_REASON_TX_NOMEM: No memory for the PDU.
 * @PDCP_DROP_REASON_TX_COUNT: No COUNT is left under this key.
 * @PDCP_DROP_REASON_TX_LEG: The leg was gone before the PDU reached it, or the
 *   device was down.
 * @PDCP_DROP_REASON_TX_ROUTE: No route to the leg's remote address.
 * @PDCP_DROP_REASON_TX_PURGED: Queued when the bearer was released or
 *   re-established.
 * @PDCP_DROP_REASON_TX_DIRECTION: The bearer is one-directional, the other
 *   way.
 * @PDCP_DROP_REASON_RX_REMOTE: G-PDU that did not come from the leg's remote
 *   address.
 * @PDCP_DROP_REASON_RX_MALFORMED: PDU too short for its header and MAC-I, or
 *   SDU longer than 9000 octets.
 * @PDCP_DROP_REASON_RX_CONTROL: Control PDU of a reserved or unconfigured type
 *   (TS 38.323 5.10), or a malformed one.
 * @PDCP_DROP_REASON_RX_STATUS: Status report whose FMC lies beyond TX_NEXT, or
 *   for a bearer that is not AM.
 * @PDCP_DROP_REASON_RX_RANGE: SN for which no COUNT exists (HFN below 0 or
 *   above its field).
 * @PDCP_DROP_REASON_RX_INTEGRITY: MAC-I did not verify (TS 38.323 5.2.2.1).
 * @PDCP_DROP_REASON_RX_COUNT: COUNT that RX_NEXT could not follow.
 * @PDCP_DROP_REASON_RX_OLD: COUNT below RX_DELIV.
 * @PDCP_DROP_REASON_RX_DUPLICATE: COUNT received before.
 * @PDCP_DROP_REASON_RX_NOMEM: No memory for the window or for a private copy.
 * @PDCP_DROP_REASON_RX_HOLD_FULL: The queue of a held receiver was full.
 * @PDCP_DROP_REASON_RX_PAUSED: The entity was paused, or its leg gone or
 *   failed.
 * @PDCP_DROP_REASON_RX_NOT_IP: SDU that is neither IPv4 nor IPv6, or shorter
 *   than its header says.
 * @PDCP_DROP_REASON_RX_SOURCE: gNB; inner source address is none of the UE's.
 * @PDCP_DROP_REASON_RX_BACKLOG: The stack did not take the SDUs fast enough,
 *   or the device was down.
 * @PDCP_DROP_REASON_RX_PURGED: Held or stored when the bearer was released,
 *   re-established or stopped.
 * @PDCP_DROP_REASON_RX_DIRECTION: The bearer is one-directional, the other
 *   way.
 * @PDCP_DROP_REASON_RX_WINDOW_FULL: What is stored out of sequence had reached
 *   window-limit.
 */
enum pdcp_drop_reason {
	PDCP_DROP_REASON_NO_UE,
	PDCP_DROP_REASON_NO_BEARER,
	PDCP_DROP_REASON_DEVICE_NOMEM,
	PDCP_DROP_REASON_GTPU_MALFORMED,
	PDCP_DROP_REASON_GTPU_TYPE,
	PDCP_DROP_REASON_GTPU_TEID,
	PDCP_DROP_REASON_DEVICE_DOWN,
	PDCP_DROP_REASON_TX_QUEUE_FULL,
	PDCP_DROP_REASON_TX_SIZE,
	PDCP_DROP_REASON_TX_DISCARD,
	PDCP_DROP_REASON_TX_NOMEM,
	PDCP_DROP_REASON_TX_COUNT,
	PDCP_DROP_REASON_TX_LEG,
	PDCP_DROP_REASON_TX_ROUTE,
	PDCP_DROP_REASON_TX_PURGED,
	PDCP_DROP_REASON_TX_DIRECTION,
	PDCP_DROP_REASON_RX_REMOTE,
	PDCP_DROP_REASON_RX_MALFORMED,
	PDCP_DROP_REASON_RX_CONTROL,
	PDCP_DROP_REASON_RX_STATUS,
	PDCP_DROP_REASON_RX_RANGE,
	PDCP_DROP_REASON_RX_INTEGRITY,
	PDCP_DROP_REASON_RX_COUNT,
	PDCP_DROP_REASON_RX_OLD,
	PDCP_DROP_REASON_RX_DUPLICATE,
	PDCP_DROP_REASON_RX_NOMEM,
	PDCP_DROP_REASON_RX_HOLD_FULL,
	PDCP_DROP_REASON_RX_PAUSED,
	PDCP_DROP_REASON_RX_NOT_IP,
	PDCP_DROP_REASON_RX_SOURCE,
	PDCP_DROP_REASON_RX_BACKLOG,
	PDCP_DROP_REASON_RX_PURGED,
	PDCP_DROP_REASON_RX_DIRECTION,
	PDCP_DROP_REASON_RX_WINDOW_FULL,

	/* private: */
	__PDCP_DROP_REASON_MAX,
	PDCP_DROP_REASON_MAX = (__PDCP_DROP_REASON_MAX - 1)
};

enum {
	PDCP_A_DROP_REASON = 1,
	PDCP_A_DROP_PACKETS,

	__PDCP_A_DROP_MAX,
	PDCP_A_DROP_MAX = (__PDCP_A_DROP_MAX - 1)
};

enum {
	PDCP_A_DEVICE_IFINDEX = 1,
	PDCP_A_DEVICE_PORT,
	PDCP_A_DEVICE_UES,
	PDCP_A_DEVICE_DROP,
	PDCP_A_DEVICE_TEID,
	PDCP_A_DEVICE_REMOTE,

	__PDCP_A_DEVICE_MAX,
	PDCP_A_DEVICE_MAX = (__PDCP_A_DEVICE_MAX - 1)
};

enum {
	PDCP_A_UE_IFINDEX = 1,
	PDCP_A_UE_UE_ID,
	PDCP_A_UE_ROLE,
	PDCP_A_UE_ADDRESS,
	PDCP_A_UE_TEST_MODE,
	PDCP_A_UE_DEFAULT_DRB,
	PDCP_A_UE_BEARERS,
	PDCP_A_UE_STATE,
	PDCP_A_UE_SOURCE_SET,
	PDCP_A_UE_TARGET_SET,
	PDCP_A_UE_T304,
	PDCP_A_UE_T304_LEFT,
	PDCP_A_UE_END,
	PDCP_A_UE_BEARER,
	PDCP_A_UE_SOURCE_FAILED,

	__PDCP_A_UE_MAX,
	PDCP_A_UE_MAX = (__PDCP_A_UE_MAX - 1)
};

enum {
	PDCP_A_SECURITY_IFINDEX = 1,
	PDCP_A_SECURITY_UE_ID,
	PDCP_A_SECURITY_SET,
	PDCP_A_SECURITY_NEA,
	PDCP_A_SECURITY_NIA,
	PDCP_A_SECURITY_RRC_ENC,
	PDCP_A_SECURITY_RRC_INT,
	PDCP_A_SECURITY_UP_ENC,
	PDCP_A_SECURITY_UP_INT,
	PDCP_A_SECURITY_LEGS,
	PDCP_A_SECURITY_NEA_DRIVER,
	PDCP_A_SECURITY_NIA_DRIVER,

	__PDCP_A_SECURITY_MAX,
	PDCP_A_SECURITY_MAX = (__PDCP_A_SECURITY_MAX - 1)
};

enum {
	PDCP_A_LEDGER_IFINDEX = 1,
	PDCP_A_LEDGER_UE_ID,
	PDCP_A_LEDGER_HANDLE,
	PDCP_A_LEDGER_KEY,
	PDCP_A_LEDGER_TYPE,
	PDCP_A_LEDGER_ID,
	PDCP_A_LEDGER_BEARER_INPUT,
	PDCP_A_LEDGER_DIRECTION,
	PDCP_A_LEDGER_NEXT,
	PDCP_A_LEDGER_LEGS,
	PDCP_A_LEDGER_SET,
	PDCP_A_LEDGER_REASON,
	PDCP_A_LEDGER_COUNT,
	PDCP_A_LEDGER_WARNED,

	__PDCP_A_LEDGER_MAX,
	PDCP_A_LEDGER_MAX = (__PDCP_A_LEDGER_MAX - 1)
};

enum {
	PDCP_A_LEG_LOWER = 1,
	PDCP_A_LEG_REMOTE,
	PDCP_A_LEG_LOCAL,
	PDCP_A_LEG_PORT,
	PDCP_A_LEG_TEID_IN,
	PDCP_A_LEG_TEID_OUT,
	PDCP_A_LEG_NRU,
	PDCP_A_LEG_NRU_LOSS,
	PDCP_A_LEG_STATE,

	__PDCP_A_LEG_MAX,
	PDCP_A_LEG_MAX = (__PDCP_A_LEG_MAX - 1)
};

enum {
	PDCP_A_LEG_STATE_ROLE = 1,
	PDCP_A_LEG_STATE_SET,
	PDCP_A_LEG_STATE_ACTIVE,
	PDCP_A_LEG_STATE_TX_PDUS,
	PDCP_A_LEG_STATE_TX_BYTES,
	PDCP_A_LEG_STATE_TX_NEXT,
	PDCP_A_LEG_STATE_RX_PDUS,
	PDCP_A_LEG_STATE_RX_BYTES,
	PDCP_A_LEG_STATE_INTEGRITY_FAILURES,
	PDCP_A_LEG_STATE_STATUS_ASKED,
	PDCP_A_LEG_STATE_STATUS_RECEIVED,
	PDCP_A_LEG_STATE_STATUS_SENT,
	PDCP_A_LEG_STATE_FRAMES_LOST,

	__PDCP_A_LEG_STATE_MAX,
	PDCP_A_LEG_STATE_MAX = (__PDCP_A_LEG_STATE_MAX - 1)
};

enum {
	PDCP_A_BEARER_IFINDEX = 1,
	PDCP_A_BEARER_UE_ID,
	PDCP_A_BEARER_TYPE,
	PDCP_A_BEARER_ID,
	PDCP_A_BEARER_SET,
	PDCP_A_BEARER_MODE,
	PDCP_A_BEARER_SN_UL,
	PDCP_A_BEARER_SN_DL,
	PDCP_A_BEARER_INTEGRITY,
	PDCP_A_BEARER_CIPHERING,
	PDCP_A_BEARER_T_REORDERING,
	PDCP_A_BEARER_DISCARD,
	PDCP_A_BEARER_STATUS_REPORT,
	PDCP_A_BEARER_OUT_OF_ORDER,
	PDCP_A_BEARER_SDAP,
	PDCP_A_BEARER_UPPER,
	PDCP_A_BEARER_DEFAULT,
	PDCP_A_BEARER_BEARER_INPUT,
	PDCP_A_BEARER_QUEUE_LIMIT,
	PDCP_A_BEARER_KEPT_LIMIT,
	PDCP_A_BEARER_HOLD,
	PDCP_A_BEARER_LEG,
	PDCP_A_BEARER_ROLE,
	PDCP_A_BEARER_PAUSED,
	PDCP_A_BEARER_TX_NEXT,
	PDCP_A_BEARER_RX_NEXT,
	PDCP_A_BEARER_RX_DELIV,
	PDCP_A_BEARER_RX_REORD,
	PDCP_A_BEARER_QUEUED,
	PDCP_A_BEARER_KEPT,
	PDCP_A_BEARER_STORED,
	PDCP_A_BEARER_TX_SDUS,
	PDCP_A_BEARER_TX_BYTES,
	PDCP_A_BEARER_RX_SDUS,
	PDCP_A_BEARER_RX_BYTES,
	PDCP_A_BEARER_RETRANSMITTED,
	PDCP_A_BEARER_CONFIRMED,
	PDCP_A_BEARER_EVICTED,
	PDCP_A_BEARER_DROP,
	PDCP_A_BEARER_SDU,
	PDCP_A_BEARER_PDU,
	PDCP_A_BEARER_COUNT,
	PDCP_A_BEARER_STOP,
	PDCP_A_BEARER_SPLIT_THRESHOLD,
	PDCP_A_BEARER_DUPLICATION,
	PDCP_A_BEARER_COUNT_THRESHOLD,
	PDCP_A_BEARER_DIRECTION,
	PDCP_A_BEARER_EXHAUSTED,
	PDCP_A_BEARER_RX_BITMAP,
	PDCP_A_BEARER_WINDOW_LIMIT,
	PDCP_A_BEARER_STORED_BYTES,

	__PDCP_A_BEARER_MAX,
	PDCP_A_BEARER_MAX = (__PDCP_A_BEARER_MAX - 1)
};

enum {
	PDCP_A_BEARER_TARGET_TYPE = 1,
	PDCP_A_BEARER_TARGET_ID,
	PDCP_A_BEARER_TARGET_LEG,
	PDCP_A_BEARER_TARGET_ACTION,

	__PDCP_A_BEARER_TARGET_MAX,
	PDCP_A_BEARER_TARGET_MAX = (__PDCP_A_BEARER_TARGET_MAX - 1)
};

enum {
	PDCP_CMD_DEVICE_GET = 1,
	PDCP_CMD_DEVICE_SET,
	PDCP_CMD_UE_NEW,
	PDCP_CMD_UE_GET,
	PDCP_CMD_UE_DEL,
	PDCP_CMD_SECURITY_NEW,
	PDCP_CMD_SECURITY_GET,
	PDCP_CMD_SECURITY_DEL,
	PDCP_CMD_LEDGER_GET,
	PDCP_CMD_BEARER_NEW,
	PDCP_CMD_BEARER_GET,
	PDCP_CMD_BEARER_SET,
	PDCP_CMD_BEARER_DEL,
	PDCP_CMD_BEARER_REESTABLISH,
	PDCP_CMD_BEARER_RECOVER,
	PDCP_CMD_BEARER_SUSPEND,
	PDCP_CMD_BEARER_RESUME,
	PDCP_CMD_DAPS_START,
	PDCP_CMD_DAPS_SWITCH,
	PDCP_CMD_DAPS_RELEASE,
	PDCP_CMD_DAPS_FALLBACK,
	PDCP_CMD_SOURCE_FAILED,
	PDCP_CMD_DAPS_ABORT,
	PDCP_CMD_STATUS_GET,
	PDCP_CMD_STATUS_SET,
	PDCP_CMD_SDU_SEND,
	PDCP_CMD_SDU_DISCARD,
	PDCP_CMD_PDU_INPUT,
	PDCP_CMD_HANDOVER_NTF,
	PDCP_CMD_KEY_NTF,
	PDCP_CMD_INTEGRITY_NTF,
	PDCP_CMD_COUNT_NTF,
	PDCP_CMD_PATH_NTF,
	PDCP_CMD_SDU_NTF,
	PDCP_CMD_PDU_NTF,

	__PDCP_CMD_MAX,
	PDCP_CMD_MAX = (__PDCP_CMD_MAX - 1)
};

#define PDCP_MCGRP_EVENTS	"events"

#endif /* _UAPI_LINUX_PDCP_H */
