/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libpdcp - what of RRC concerns the keys of PDCP: connection, handover with and
 * without DAPS, fallback, re-establishment (TS 38.331 5.3)
 *
 * One function for each event that RRC learns of. Each drives the module and
 * keeps the chain of keys in step with it; a refused one has changed nothing.
 */
#ifndef _LIBPDCP_RRC_H
#define _LIBPDCP_RRC_H

#include "key.h"
#include "pdcp.h"

#ifdef __cplusplus
extern "C" {
#endif

enum pdcp_rrc_limit {
	/* Keys derived under one root, which are remembered. */
	PDCP_RRC_DERIVATIONS_MAX = 256,
};

/**
 * enum pdcp_rrc_phase - Where a UE stands
 * @PDCP_RRC_CONNECTED: one cell serves it
 * @PDCP_RRC_PREPARED: DAPS handover, T304 runs
 * @PDCP_RRC_SWITCHED: DAPS handover, random access has succeeded
 * @PDCP_RRC_MOVED: other handover, T304 runs
 * @PDCP_RRC_FAILED: no cell serves it
 * @PDCP_RRC_REESTABLISHING: being re-established, between two saves only
 */
enum pdcp_rrc_phase {
	PDCP_RRC_CONNECTED,
	PDCP_RRC_PREPARED,
	PDCP_RRC_SWITCHED,
	PDCP_RRC_MOVED,
	PDCP_RRC_FAILED,
	PDCP_RRC_REESTABLISHING,
};

extern const struct pdcp_names pdcp_rrc_phase_names;

/**
 * struct pdcp_rrc_context - AS security of a cell
 * @cell: cell
 * @chain: KgNB, NCC, NH
 * @set: security set in the module
 * @nea: ciphering algorithm
 * @nia: integrity algorithm
 */
struct pdcp_rrc_context {
	struct pdcp_cell cell;
	struct pdcp_chain chain;
	uint8_t set;
	uint8_t nea;
	uint8_t nia;
};

/**
 * struct pdcp_rrc_derivation - A KgNB that was derived
 * @base: of the KgNB or NH that it was derived from
 * @cell: for this cell
 */
struct pdcp_rrc_derivation {
	struct pdcp_fingerprint base;
	struct pdcp_cell cell;
};

struct pdcp_rrc;

/**
 * typedef pdcp_rrc_save_fn - Keep a state where it survives the process
 * @rrc: state
 * @data: the one of @rrc
 *
 * Called before the module is changed, with what is intended, and afterwards.
 * With what was saved last pdcp_rrc_reconcile() finds out how far it came.
 *
 * Return: 0 or a negative errno.
 */
typedef int pdcp_rrc_save_fn(const struct pdcp_rrc *rrc, void *data);

/**
 * struct pdcp_rrc - State of a UE at one end of the radio interface
 * @ifindex: device
 * @ue: UE in the module
 * @role: which end this is
 * @phase: where the UE stands
 * @source_failed: PREPARED: the source's radio link has failed
 * @has_kamf: whether @kamf is known
 * @kamf: what NAS has, to step NH with and to derive another KgNB from
 * @source: the serving cell; that of the source in a handover, also if it failed
 * @target: target cell, in a handover
 * @derivations: number of members of @derivation
 * @derivation: every KgNB derived under this root, also for handovers that failed
 * @save: called to keep the state, or NULL
 * @data: for @save
 *
 * Secret: memory of pdcp_rrc_new(). In a handover without key refresh @target
 * has the chain and the security set of @source.
 */
struct pdcp_rrc {
	uint32_t ifindex;
	uint32_t ue;
	enum pdcp_role role;
	enum pdcp_rrc_phase phase;
	bool source_failed;
	bool has_kamf;
	struct pdcp_key256 kamf;
	struct pdcp_rrc_context source;
	struct pdcp_rrc_context target;
	size_t derivations;
	struct pdcp_rrc_derivation derivation[PDCP_RRC_DERIVATIONS_MAX];
	pdcp_rrc_save_fn *save;
	void *data;
};

/**
 * pdcp_rrc_new() - Memory for a state: zeroed, locked, not in core dumps
 *
 * Return: the memory, or NULL with errno set.
 */
struct pdcp_rrc *pdcp_rrc_new(void);

/**
 * pdcp_rrc_free() - Erase a state and free its memory
 * @rrc: state, or NULL
 */
void pdcp_rrc_free(struct pdcp_rrc *rrc);

/**
 * pdcp_rrc_connect() - Begin AS security: derive and install the first set
 * @h: handle
 * @rrc: state; @ifindex, @ue, @source with a chain, cell, set and algorithms,
 *	and @kamf if it is known, are given; the rest is filled in
 *
 * The UE must be there. Its bearers are to be added afterwards, under the set.
 *
 * Return: 0; -EINVAL, also for NIA0, which is for limited service only; -ENOENT
 * without the UE; or what pdcp_security_add() or the saving returned.
 */
int pdcp_rrc_connect(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * enum pdcp_rrc_refresh - What a handover does with the key
 * @PDCP_RRC_KEEP: no masterKeyUpdate
 * @PDCP_RRC_CHAIN: as nextHopChainingCount commands
 * @PDCP_RRC_NAS: keySetChangeIndicator: from KAMF
 */
enum pdcp_rrc_refresh {
	PDCP_RRC_KEEP,
	PDCP_RRC_CHAIN,
	PDCP_RRC_NAS,
};

/**
 * struct pdcp_rrc_command - Handover command, or what a re-establishment says
 * @daps: daps-Config: at least one DRB goes on in the source
 * @refresh: what becomes of the key
 * @ncc: nextHopChainingCount, for PDCP_RRC_CHAIN
 * @nas_count: uplink NAS COUNT, for PDCP_RRC_NAS
 * @cell: target cell
 * @nea: ciphering algorithm there
 * @nia: integrity algorithm there
 * @t304: DAPS: ms after which the module falls back by itself
 * @targets: every bearer of the UE with its leg towards the target
 * @count: number of them
 */
struct pdcp_rrc_command {
	bool daps;
	enum pdcp_rrc_refresh refresh;
	uint8_t ncc;
	uint32_t nas_count;
	struct pdcp_cell cell;
	uint8_t nea;
	uint8_t nia;
	uint32_t t304;
	const struct pdcp_bearer_target *targets;
	size_t count;
};

/**
 * pdcp_rrc_handover() - RRCReconfiguration with reconfigurationWithSync
 * @h: handle
 * @rrc: state, CONNECTED
 * @command: what it says
 *
 * With DAPS both cells serve the UE afterwards; see pdcp_daps_start() for the
 * bearers. Without, all bearers move at once: with another key they are
 * re-established, without they go on with their COUNTs.
 *
 * A gNB does not derive a KgNB a second time: what the first attempt has sent
 * under it is not known to it. At a UE the module knows, and refuses if anything
 * was sent.
 *
 * Return: 0; -EBUSY in another phase; -EINVAL; -ENOKEY for an NCC that cannot be
 * reached; -EKEYREJECTED for a key that was used before, see
 * pdcp_rrc_was_derived(); -ENOSPC when no more derivations can be remembered; or
 * another negative errno.
 */
int pdcp_rrc_handover(struct pdcp *h, struct pdcp_rrc *rrc,
		      const struct pdcp_rrc_command *command);

/**
 * pdcp_rrc_was_derived() - Whether the KgNB that a command leads to is an old one
 * @rrc: state
 * @command: handover command
 *
 * Return: whether a KgNB was derived from the same base for the same cell.
 */
bool pdcp_rrc_was_derived(const struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command);

/**
 * pdcp_rrc_random_access_ok() - Random access to the target has succeeded
 * @h: handle
 * @rrc: state, PREPARED or MOVED
 *
 * The key chain moves on for good, with DAPS when the source is released.
 *
 * Return: 0, -EBUSY in another phase, or another negative errno.
 */
int pdcp_rrc_random_access_ok(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * pdcp_rrc_t304_expired() - T304 has expired (TS 38.331 5.3.5.8.3)
 * @h: handle
 * @rrc: state, PREPARED or MOVED
 *
 * With DAPS and a source that has not failed, the UE falls back to it: its KgNB,
 * NCC and NH are as before the handover. FailureInformation is due. Otherwise
 * re-establishment is.
 *
 * Return: 0, -EBUSY in another phase, or another negative errno.
 */
int pdcp_rrc_t304_expired(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * pdcp_rrc_source_failed() - The source's radio link has failed while T304 runs
 * @h: handle
 * @rrc: state, PREPARED
 *
 * Return: 0, -EBUSY in another phase, or another negative errno.
 */
int pdcp_rrc_source_failed(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * pdcp_rrc_source_release() - daps-SourceRelease
 * @h: handle
 * @rrc: state, SWITCHED
 *
 * Return: 0, -EBUSY in another phase, or another negative errno.
 */
int pdcp_rrc_source_release(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * pdcp_rrc_reestablish() - RRCReestablishment (TS 38.331 5.3.7.5)
 * @h: handle
 * @rrc: state, CONNECTED, SWITCHED or FAILED
 * @command: @refresh is PDCP_RRC_CHAIN; @daps and @t304 have no meaning
 *
 * All bearers are re-established under keys of the new cell. In a DAPS handover
 * the source is released first.
 *
 * Return: as pdcp_rrc_handover().
 */
int pdcp_rrc_reestablish(struct pdcp *h, struct pdcp_rrc *rrc,
			 const struct pdcp_rrc_command *command);

/**
 * pdcp_rrc_release() - Going to RRC_IDLE: no bearer and no key is left
 * @h: handle
 * @rrc: state in any phase; erased, but for @save
 *
 * A UE that the module does not have any more is no error. What was saved is the
 * caller's to remove.
 *
 * Return: 0 or a negative errno.
 */
int pdcp_rrc_release(struct pdcp *h, struct pdcp_rrc *rrc);

/**
 * enum pdcp_rrc_news - What has happened behind a state
 * @PDCP_RRC_NO_NEWS: nothing
 * @PDCP_RRC_FELL_BACK: the guard of T304 has expired; the source serves
 * @PDCP_RRC_BOTH_FAILED: it has expired after the source had failed
 * @PDCP_RRC_COMPLETED: what was being done is done, and not only intended
 * @PDCP_RRC_UNDONE: what was intended has not happened
 */
enum pdcp_rrc_news {
	PDCP_RRC_NO_NEWS,
	PDCP_RRC_FELL_BACK,
	PDCP_RRC_BOTH_FAILED,
	PDCP_RRC_COMPLETED,
	PDCP_RRC_UNDONE,
};

/**
 * pdcp_rrc_reconcile() - Bring a state in step with the module
 * @h: handle
 * @rrc: state
 * @news: filled
 *
 * To be called after a handover event of the module, and with a state that a
 * process has left behind.
 *
 * Return: 0; -ENOENT if the UE is gone; -EBUSY for a handover that the state
 * knows nothing of; or another negative errno.
 */
int pdcp_rrc_reconcile(struct pdcp *h, struct pdcp_rrc *rrc, enum pdcp_rrc_news *news);

/**
 * pdcp_rrc_fresh_nh() - The AMF gives a gNB an unused {NH, NCC}
 * @h: handle
 * @rrc: state, CONNECTED
 * @nh: NH
 * @ncc: its NCC
 *
 * Return: 0, -EBUSY in another phase, or another negative errno.
 */
int pdcp_rrc_fresh_nh(struct pdcp *h, struct pdcp_rrc *rrc, const struct pdcp_key256 *nh,
		      uint8_t ncc);

/**
 * pdcp_rrc_short_mac_i() - shortMAC-I of a re-establishment request
 * @h: handle
 * @rrc: state
 * @cell: targetCellIdentity
 * @rnti: source-c-RNTI
 * @mac: filled
 *
 * Under K_RRCint of the source cell, or of the target once the uplink has moved.
 *
 * Return: 0 or a negative errno, see pdcp_short_mac_i().
 */
int pdcp_rrc_short_mac_i(struct pdcp *h, const struct pdcp_rrc *rrc, uint64_t cell, uint16_t rnti,
			 uint8_t mac[PDCP_SHORT_MAC_LEN]);

#ifdef __cplusplus
}
#endif

#endif /* _LIBPDCP_RRC_H */
