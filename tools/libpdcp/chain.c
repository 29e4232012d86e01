// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <string.h>

#include "lib.h"

void pdcp_chain_begin(struct pdcp_chain *chain, const struct pdcp_key256 *kgnb)
{
	chain->kgnb = *kgnb;
	chain->sync = *kgnb;
	chain->ncc = 0;
	chain->sync_ncc = 0;
	chain->has_sync = true;
}

int pdcp_chain_receive(struct pdcp_chain *chain, const struct pdcp_key256 *kgnb, uint8_t ncc)
{
	if (ncc > PDCP_NCC_MAX)
		return -EINVAL;
	explicit_bzero(&chain->sync, sizeof(chain->sync));
	chain->kgnb = *kgnb;
	chain->ncc = ncc;
	chain->sync_ncc = ncc;
	chain->has_sync = false;
	return 0;
}

int pdcp_chain_fresh(struct pdcp_chain *chain, const struct pdcp_key256 *nh, uint8_t ncc)
{
	if (ncc > PDCP_NCC_MAX)
		return -EINVAL;
	chain->sync = *nh;
	chain->sync_ncc = ncc;
	chain->has_sync = true;
	return 0;
}

/* Derive one NH after the other, up to that of @ncc; none if it is there. */
static int nh_step(struct pdcp_chain *chain, const struct pdcp_key256 *kamf, uint8_t ncc)
{
	int ret;

	if (!chain->has_sync)
		return -ENOKEY;
	while (chain->sync_ncc != ncc) {
		if (!kamf)
			return -ENOKEY;
		ret = pdcp_kdf_nh(kamf, &chain->sync, &chain->sync);
		if (ret)
			return ret;
		chain->sync_ncc = (chain->sync_ncc + 1) % (PDCP_NCC_MAX + 1);
	}
	return 0;
}

static int step(const struct pdcp_chain *chain, const struct pdcp_key256 *kamf, uint8_t ncc,
		const struct pdcp_cell *cell, struct pdcp_chain *next,
		struct pdcp_fingerprint *base)
{
	const struct pdcp_key256 *key = &next->kgnb;
	int ret;

	if (ncc > PDCP_NCC_MAX)
		return -EINVAL;
	*next = *chain;
	if (ncc != chain->ncc) {
		ret = nh_step(next, kamf, ncc);
		if (ret)
			return ret;
		key = &next->sync;
	}
	ret = pdcp_fingerprint(key->octets, sizeof(key->octets), base);
	if (ret)
		return ret;
	next->ncc = ncc;
	return pdcp_kdf_ng_ran_star(key, cell, &next->kgnb);
}

int pdcp_chain_step(const struct pdcp_chain *chain, const struct pdcp_key256 *kamf, uint8_t ncc,
		    const struct pdcp_cell *cell, struct pdcp_chain *next,
		    struct pdcp_fingerprint *base)
{
	int ret = step(chain, kamf, ncc, cell, next, base);

	if (ret)
		explicit_bzero(next, sizeof(*next));
	return ret;
}
