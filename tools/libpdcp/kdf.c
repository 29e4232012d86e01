// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "lib.h"

/* Function codes (TS 33.501 annex A). */
enum {
	FC_ALGORITHM = 0x69,
	FC_KGNB = 0x6e,
	FC_NH = 0x6f,
	FC_NG_RAN_STAR_GNB = 0x70,
	FC_NG_RAN_STAR_NG_ENB = 0x71,
};

enum {
	ACCESS_TYPE_3GPP = 1,
	ALGORITHM_IDENTITY_MAX = 3,
};

/* Append one parameter with its length to S. */
static uint8_t *param_put(uint8_t *s, const struct pdcp_kdf_param *param)
{
	memcpy(s, param->octets, param->len);
	s += param->len;
	*s++ = param->len >> 8;
	*s++ = param->len;
	return s;
}

int pdcp_kdf(const struct pdcp_key256 *key, uint8_t fc, const struct pdcp_kdf_param *params,
	     size_t count, struct pdcp_key256 *out)
{
	uint8_t s[1 + PDCP_KDF_PARAMS_MAX];
	uint8_t *end = s;
	size_t room = PDCP_KDF_PARAMS_MAX;
	size_t i;
	bool ok;

	*end++ = fc;
	for (i = 0; i < count; i++) {
		if (params[i].len + 2U > room) {
			explicit_bzero(s, sizeof(s));
			return -EMSGSIZE;
		}
		room -= params[i].len + 2U;
		end = param_put(end, &params[i]);
	}
	ok = HMAC(EVP_sha256(), key->octets, sizeof(key->octets), s, end - s, out->octets, NULL);
	explicit_bzero(s, sizeof(s));
	pdcp_stack_erase();
	return ok ? 0 : -EIO;
}

int pdcp_kdf_kgnb(const struct pdcp_key256 *kamf, uint32_t nas_count, struct pdcp_key256 *kgnb)
{
	const uint8_t count[] = { nas_count >> 24, nas_count >> 16, nas_count >> 8, nas_count };
	const uint8_t access = ACCESS_TYPE_3GPP;
	const struct pdcp_kdf_param params[] = {
		{ count, sizeof(count) },
		{ &access, sizeof(access) },
	};

	return pdcp_kdf(kamf, FC_KGNB, params, ARRAY_SIZE(params), kgnb);
}

int pdcp_kdf_nh(const struct pdcp_key256 *kamf, const struct pdcp_key256 *sync,
		struct pdcp_key256 *nh)
{
	const struct pdcp_kdf_param param = { sync->octets, sizeof(sync->octets) };

	return pdcp_kdf(kamf, FC_NH, &param, 1, nh);
}

int pdcp_kdf_ng_ran_star(const struct pdcp_key256 *base, const struct pdcp_cell *cell,
			 struct pdcp_key256 *star)
{
	uint8_t fc = cell->ng_enb ? FC_NG_RAN_STAR_NG_ENB : FC_NG_RAN_STAR_GNB;
	uint32_t arfcn_max = cell->ng_enb ? PDCP_EARFCN_MAX : PDCP_ARFCN_MAX;
	const uint8_t pci[] = { cell->pci >> 8, cell->pci };
	const uint8_t arfcn[] = { cell->arfcn >> 16, cell->arfcn >> 8, cell->arfcn };
	const struct pdcp_kdf_param params[] = {
		{ pci, sizeof(pci) },
		{ arfcn, sizeof(arfcn) },
	};

	if (cell->pci > PDCP_PCI_MAX || cell->arfcn > arfcn_max)
		return -EINVAL;
	return pdcp_kdf(base, fc, params, ARRAY_SIZE(params), star);
}

int pdcp_kdf_algorithm(const struct pdcp_key256 *key, enum pdcp_algorithm_type type,
		       uint8_t identity, struct pdcp_key256 *out)
{
	const uint8_t distinguisher = type;
	const struct pdcp_kdf_param params[] = {
		{ &distinguisher, sizeof(distinguisher) },
		{ &identity, sizeof(identity) },
	};

	if (type < PDCP_ALGORITHM_NAS_ENC || type > PDCP_ALGORITHM_UP_INT ||
	    identity > ALGORITHM_IDENTITY_MAX)
		return -EINVAL;
	return pdcp_kdf(key, FC_ALGORITHM, params, ARRAY_SIZE(params), out);
}

/* The last 16 octets of the derived key are those that count. */
static int as_key(const struct pdcp_key256 *kgnb, enum pdcp_algorithm_type type, uint8_t identity,
		  uint8_t key[PDCP_KEY_LEN])
{
	struct pdcp_key256 whole;
	int ret;

	ret = pdcp_kdf_algorithm(kgnb, type, identity, &whole);
	if (!ret)
		memcpy(key, whole.octets + PDCP_KEY256_LEN - PDCP_KEY_LEN, PDCP_KEY_LEN);
	explicit_bzero(&whole, sizeof(whole));
	return ret;
}

int pdcp_kdf_as_keys(const struct pdcp_key256 *kgnb, uint8_t nea, uint8_t nia,
		     struct pdcp_keys *keys)
{
	int ret;

	ret = as_key(kgnb, PDCP_ALGORITHM_RRC_ENC, nea, keys->rrc_enc);
	if (!ret)
		ret = as_key(kgnb, PDCP_ALGORITHM_RRC_INT, nia, keys->rrc_int);
	if (!ret)
		ret = as_key(kgnb, PDCP_ALGORITHM_UP_ENC, nea, keys->up_enc);
	if (!ret)
		ret = as_key(kgnb, PDCP_ALGORITHM_UP_INT, nia, keys->up_int);
	if (ret)
		explicit_bzero(keys, sizeof(*keys));
	else
		keys->given = PDCP_KEY_RRC_ENC | PDCP_KEY_RRC_INT |
			      PDCP_KEY_UP_ENC | PDCP_KEY_UP_INT;
	return ret;
}
