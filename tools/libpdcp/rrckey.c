// SPDX-License-Identifier: GPL-2.0
/* Keys of a target cell: derived, remembered, installed. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib.h"

/* Chain that a command leads to, and what its KgNB is derived from. */
static int chain_next(const struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command,
		      struct pdcp_chain *next, struct pdcp_fingerprint *base)
{
	const struct pdcp_key256 *kamf = rrc->has_kamf ? &rrc->kamf : NULL;
	struct pdcp_chain first;
	int ret;

	switch (command->refresh) {
	case PDCP_RRC_KEEP:
		*next = rrc->source.chain;
		return 0;
	case PDCP_RRC_CHAIN:
		return pdcp_chain_step(&rrc->source.chain, kamf, command->ncc, &command->cell,
				       next, base);
	case PDCP_RRC_NAS:
		break;
	}
	if (!kamf)
		return -ENOKEY;
	ret = pdcp_kdf_kgnb(kamf, command->nas_count, &first.kgnb);
	if (!ret) {
		pdcp_chain_begin(&first, &first.kgnb);
		ret = pdcp_chain_step(&first, kamf, 0, &command->cell, next, base);
	}
	explicit_bzero(&first, sizeof(first));
	return ret;
}

static bool is_derived(const struct pdcp_rrc *rrc, const struct pdcp_fingerprint *base,
		       const struct pdcp_cell *cell)
{
	const struct pdcp_rrc_derivation *known;

	for (known = rrc->derivation; known < rrc->derivation + rrc->derivations; known++) {
		if (!memcmp(&known->base, base, sizeof(*base)) && known->cell.pci == cell->pci &&
		    known->cell.arfcn == cell->arfcn && known->cell.ng_enb == cell->ng_enb)
			return true;
	}
	return false;
}

bool pdcp_rrc_was_derived(const struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command)
{
	struct pdcp_fingerprint base;
	struct pdcp_chain next;
	bool known;

	known = command->refresh != PDCP_RRC_KEEP && !chain_next(rrc, command, &next, &base) &&
		is_derived(rrc, &base, &command->cell);
	explicit_bzero(&next, sizeof(next));
	return known;
}

/* Add a derivation to those that are remembered; at a gNB it must be new. */
static int derivation_add(struct pdcp *h, struct pdcp_rrc *rrc,
			  const struct pdcp_fingerprint *base, const struct pdcp_cell *cell)
{
	struct pdcp_rrc_derivation *added;

	if (is_derived(rrc, base, cell)) {
		if (rrc->role == PDCP_ROLE_UE)
			return 0;
		return pdcp_error_set(h, -EKEYREJECTED,
				      "this KgNB was derived for PCI %u and ARFCN %u before",
				      cell->pci, cell->arfcn);
	}
	if (rrc->derivations == PDCP_RRC_DERIVATIONS_MAX)
		return pdcp_error_set(h, -ENOSPC, "no more than %d derivations are remembered",
				      PDCP_RRC_DERIVATIONS_MAX);
	added = &rrc->derivation[rrc->derivations++];
	added->base = *base;
	added->cell = *cell;
	return 0;
}

static int command_check(struct pdcp *h, const struct pdcp_rrc *rrc,
			 const struct pdcp_rrc_command *command)
{
	const struct pdcp_rrc_context *source = &rrc->source;
	const struct pdcp_chain *chain = &source->chain;

	if (!command->nia)
		return pdcp_error_set(h, -EINVAL, "nia: NIA0 is for limited service only");
	if (command->refresh == PDCP_RRC_KEEP &&
	    (command->nea != source->nea || command->nia != source->nia))
		return pdcp_error_set(h, -EINVAL,
				      "algorithms do not change without a change of the key");
	/* TS 33.501 6.9.2.3.1; a gNB that knows KAMF is a test host's. */
	if (command->refresh == PDCP_RRC_CHAIN && !rrc->has_kamf && chain->has_sync &&
	    chain->sync_ncc != chain->ncc && command->ncc != chain->sync_ncc)
		return pdcp_error_set(h, -EINVAL, "ncc: the unused pair of NCC %u comes first",
				      chain->sync_ncc);
	return 0;
}

static int chain_error(struct pdcp *h, const struct pdcp_rrc *rrc,
		       const struct pdcp_rrc_command *command, int err)
{
	switch (err) {
	case -EINVAL:
		return pdcp_error_set(h, err, "no cell has PCI %u and ARFCN %u, or no NCC is %u",
				      command->cell.pci, command->cell.arfcn, command->ncc);
	case -ENOKEY:
		if (command->refresh == PDCP_RRC_NAS)
			return pdcp_error_set(h, err, "nas-count: KAMF is not known");
		return pdcp_error_set(h, err, "ncc: %u is not reached from %u without KAMF or NH",
				      command->ncc, rrc->source.chain.ncc);
	}
	return pdcp_error_set(h, err, "key derivation: %s", strerror(-err));
}

int pdcp_rrc_target_derive(struct pdcp *h, struct pdcp_rrc *rrc,
			   const struct pdcp_rrc_command *command)
{
	struct pdcp_rrc_context *target = &rrc->target;
	struct pdcp_fingerprint base;
	int ret;

	ret = command_check(h, rrc, command);
	if (ret)
		return ret;
	ret = chain_next(rrc, command, &target->chain, &base);
	if (ret)
		return chain_error(h, rrc, command, ret);
	target->cell = command->cell;
	target->nea = command->nea;
	target->nia = command->nia;
	target->set = rrc->source.set;
	if (command->refresh == PDCP_RRC_KEEP)
		return 0;
	target->set = !rrc->source.set;
	return derivation_add(h, rrc, &base, &target->cell);
}

int pdcp_rrc_install(struct pdcp *h, const struct pdcp_rrc *rrc,
		     const struct pdcp_rrc_context *context)
{
	struct pdcp_keys *keys = pdcp_keys_new();
	int ret;

	if (!keys)
		return pdcp_error_set(h, -errno, "no locked memory for keys: %s", strerror(errno));
	ret = pdcp_kdf_as_keys(&context->chain.kgnb, context->nea, context->nia, keys);
	if (ret)
		ret = pdcp_error_set(h, ret, "key derivation: %s", strerror(-ret));
	else
		ret = pdcp_security_add(h, rrc->ifindex, rrc->ue, context->set, context->nea,
					context->nia, keys);
	pdcp_keys_free(keys);
	return ret;
}

int pdcp_rrc_fresh_nh(struct pdcp *h, struct pdcp_rrc *rrc, const struct pdcp_key256 *nh,
		      uint8_t ncc)
{
	int ret = pdcp_rrc_expect(h, rrc, 1U << PDCP_RRC_CONNECTED);

	if (ret)
		return ret;
	ret = pdcp_chain_fresh(&rrc->source.chain, nh, ncc);
	if (ret)
		return pdcp_error_set(h, ret, "ncc: %u is not 0 to %d", ncc, PDCP_NCC_MAX);
	return pdcp_rrc_save(h, rrc);
}

int pdcp_rrc_short_mac_i(struct pdcp *h, const struct pdcp_rrc *rrc, uint64_t cell, uint16_t rnti,
			 uint8_t mac[PDCP_SHORT_MAC_LEN])
{
	const struct pdcp_rrc_context *context =
		rrc->phase == PDCP_RRC_SWITCHED ? &rrc->target : &rrc->source;
	const struct pdcp_short_mac_input input = { context->cell.pci, cell, rnti };
	struct pdcp_keys *keys = pdcp_keys_new();
	int ret;

	if (!keys)
		return pdcp_error_set(h, -errno, "no locked memory for keys: %s", strerror(errno));
	ret = pdcp_kdf_as_keys(&context->chain.kgnb, context->nea, context->nia, keys);
	if (!ret)
		ret = pdcp_short_mac_i(keys->rrc_int, context->nia, &input, mac);
	if (ret)
		pdcp_error_set(h, ret, "shortMAC-I: %s", strerror(-ret));
	pdcp_keys_free(keys);
	return ret;
}
