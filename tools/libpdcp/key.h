/* SPDX-License-Identifier: GPL-2.0 */
/*
 * libpdcp - key derivation (TS 33.501 annex A), the chain of KgNB, NH and NCC
 * (TS 33.501 6.9.2), and what may be shown of a key
 *
 * Keys are in network order, as the clauses write them. Keep them in memory of
 * pdcp_secret_new(), never on the stack. No function here needs a handle.
 */
/* Which includes this one, at its end. */
#include "pdcp.h"

#ifndef _LIBPDCP_KEY_H
#define _LIBPDCP_KEY_H

#ifdef __cplusplus
extern "C" {
#endif

enum pdcp_key_limit {
	/* Octets of KAMF, KgNB, NH. */
	PDCP_KEY256_LEN = 32,
	PDCP_NCC_MAX = 7,
	PDCP_PCI_MAX = 1007,
	/* maxNARFCN (TS 38.331). */
	PDCP_ARFCN_MAX = 3279165,
	/* maxEARFCN. */
	PDCP_EARFCN_MAX = 262143,
	/* Octets of all parameters of the KDF with their lengths. */
	PDCP_KDF_PARAMS_MAX = 127,
	PDCP_FINGERPRINT_LEN = 8,
	/* Characters of a fingerprint as text with its NUL. */
	PDCP_FINGERPRINT_STRLEN = 2 * PDCP_FINGERPRINT_LEN + 1,
	PDCP_SHORT_MAC_LEN = 2,
};

/* targetCellIdentity has 36 bits. */
#define PDCP_CELL_MAX	((UINT64_C(1) << 36) - 1)

/**
 * struct pdcp_key256 - KAMF, KgNB, NH or another key of 256 bits
 * @octets: the key
 */
struct pdcp_key256 {
	uint8_t octets[PDCP_KEY256_LEN];
};

/**
 * pdcp_secret_new() - Memory for secrets: zeroed, locked, not in core dumps
 * @size: octets
 *
 * Return: the memory, or NULL with errno set.
 */
void *pdcp_secret_new(size_t size);

/**
 * pdcp_secret_free() - Erase and free
 * @secret: memory of pdcp_secret_new(), or NULL
 * @size: as it was asked for
 */
void pdcp_secret_free(void *secret, size_t size);

/* Derivation -------------------------------------------------------------------- */

/**
 * struct pdcp_kdf_param - Parameter of the KDF
 * @octets: P
 * @len: L, which follows P in two octets
 */
struct pdcp_kdf_param {
	const void *octets;
	uint16_t len;
};

/**
 * pdcp_kdf() - Key derivation function of TS 33.220 B.2
 * @key: key
 * @fc: function code
 * @params: parameters
 * @count: number of them
 * @out: result; may be @key
 *
 * Return: 0; -EMSGSIZE for parameters of more than PDCP_KDF_PARAMS_MAX octets;
 * -EIO if the crypto library fails. So do all derivations.
 */
int pdcp_kdf(const struct pdcp_key256 *key, uint8_t fc, const struct pdcp_kdf_param *params,
	     size_t count, struct pdcp_key256 *out);

/**
 * pdcp_kdf_kgnb() - KgNB of 3GPP access (TS 33.501 A.9)
 * @kamf: KAMF
 * @nas_count: uplink NAS COUNT
 * @kgnb: result
 *
 * Return: as pdcp_kdf().
 */
int pdcp_kdf_kgnb(const struct pdcp_key256 *kamf, uint32_t nas_count, struct pdcp_key256 *kgnb);

/**
 * pdcp_kdf_nh() - NH (TS 33.501 A.10)
 * @kamf: KAMF
 * @sync: KgNB of pdcp_kdf_kgnb() for the first NH, else the NH before
 * @nh: result; may be @sync
 *
 * Return: as pdcp_kdf().
 */
int pdcp_kdf_nh(const struct pdcp_key256 *kamf, const struct pdcp_key256 *sync,
		struct pdcp_key256 *nh);

/**
 * struct pdcp_cell - What of a target cell goes into its key
 * @pci: physical cell identity, 0 to PDCP_PCI_MAX
 * @arfcn: ARFCN-DL of the SSB; of an ng-eNB's cell, EARFCN-DL
 * @ng_enb: cell of an ng-eNB
 */
struct pdcp_cell {
	uint16_t pci;
	uint32_t arfcn;
	bool ng_enb;
};

/**
 * pdcp_kdf_ng_ran_star() - K_NG-RAN* (TS 33.501 A.11, of an ng-eNB's cell A.12)
 * @base: NH in a vertical derivation, the current KgNB in a horizontal one
 * @cell: target cell; its frequency takes three octets, whatever the value
 * @star: result, the KgNB of the target; may be @base
 *
 * Return: as pdcp_kdf(), and -EINVAL for a cell that cannot be.
 */
int pdcp_kdf_ng_ran_star(const struct pdcp_key256 *base, const struct pdcp_cell *cell,
			 struct pdcp_key256 *star);

/* Algorithm type distinguishers (TS 33.501 table A.8-1). */
enum pdcp_algorithm_type {
	PDCP_ALGORITHM_NAS_ENC = 1,
	PDCP_ALGORITHM_NAS_INT = 2,
	PDCP_ALGORITHM_RRC_ENC = 3,
	PDCP_ALGORITHM_RRC_INT = 4,
	PDCP_ALGORITHM_UP_ENC = 5,
	PDCP_ALGORITHM_UP_INT = 6,
};

/**
 * pdcp_kdf_algorithm() - Key of an algorithm, before truncation (TS 33.501 A.8)
 * @key: KgNB, or KAMF for NAS
 * @type: what the algorithm is for
 * @identity: algorithm, 0 to 3
 * @out: result, of which an algorithm of 128 bits takes the last 16 octets
 *
 * Return: as pdcp_kdf(), and -EINVAL for another type or identity.
 */
int pdcp_kdf_algorithm(const struct pdcp_key256 *key, enum pdcp_algorithm_type type,
		       uint8_t identity, struct pdcp_key256 *out);

/**
 * pdcp_kdf_as_keys() - The four keys of a security set (TS 33.501 A.8)
 * @kgnb: KgNB
 * @nea: ciphering algorithm, 0 to 3
 * @nia: integrity algorithm, 0 to 3
 * @keys: result; erased on failure
 *
 * Return: as pdcp_kdf_algorithm().
 */
int pdcp_kdf_as_keys(const struct pdcp_key256 *kgnb, uint8_t nea, uint8_t nia,
		     struct pdcp_keys *keys);

/* Chain ------------------------------------------------------------------------- */

/**
 * struct pdcp_chain - KgNB with its NCC, and where NH stands
 * @kgnb: KgNB
 * @sync: the last NH derived or received; before the first, the KgNB that NAS
 *	gave, from which A.10 derives it
 * @ncc: NCC of @kgnb
 * @sync_ncc: NCC of @sync
 * @has_sync: whether there is @sync
 *
 * NCC belongs to a KgNB, not to a UE: after a fallback the KgNB of the source
 * is active again, with the NCC that it had, and NH has not been stepped.
 * Therefore a step goes to another chain, which replaces the first when the
 * handover has succeeded.
 */
struct pdcp_chain {
	struct pdcp_key256 kgnb;
	struct pdcp_key256 sync;
	uint8_t ncc;
	uint8_t sync_ncc;
	bool has_sync;
};

/**
 * struct pdcp_fingerprint - What may be shown of a key
 * @octets: first octets of SHA-256 over a label and the key
 */
struct pdcp_fingerprint {
	uint8_t octets[PDCP_FINGERPRINT_LEN];
};

/**
 * pdcp_chain_begin() - Chain of a KgNB that NAS gave, NCC 0 (TS 33.501 6.9.2.1.1)
 * @chain: filled
 * @kgnb: of pdcp_kdf_kgnb()
 */
void pdcp_chain_begin(struct pdcp_chain *chain, const struct pdcp_key256 *kgnb);

/**
 * pdcp_chain_receive() - Chain of a KgNB that another gNB derived, without NH
 * @chain: filled
 * @kgnb: KgNB
 * @ncc: its NCC, 0 to PDCP_NCC_MAX
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_chain_receive(struct pdcp_chain *chain, const struct pdcp_key256 *kgnb, uint8_t ncc);

/**
 * pdcp_chain_fresh() - The AMF gives a gNB an unused {NH, NCC}; older ones are dropped
 * @chain: chain
 * @nh: NH
 * @ncc: its NCC, 0 to PDCP_NCC_MAX
 *
 * Return: 0 or -EINVAL.
 */
int pdcp_chain_fresh(struct pdcp_chain *chain, const struct pdcp_key256 *nh, uint8_t ncc);

/**
 * pdcp_chain_step() - KgNB of a target cell, as an NCC commands (TS 33.501 6.9.2.3.4)
 * @chain: chain; not changed
 * @kamf: KAMF, to step NH with; NULL for a gNB, which has none
 * @ncc: nextHopChainingCount, 0 to PDCP_NCC_MAX: that of @chain's KgNB for a
 *	horizontal derivation
 * @cell: target cell
 * @next: filled with the target's chain, to replace @chain when the handover has
 *	succeeded; another than @chain; erased on failure
 * @base: filled with the fingerprint of what the KgNB was derived from
 *
 * Return: as pdcp_kdf_ng_ran_star(), and -ENOKEY for an NCC that cannot be
 * reached.
 */
int pdcp_chain_step(const struct pdcp_chain *chain, const struct pdcp_key256 *kamf, uint8_t ncc,
		    const struct pdcp_cell *cell, struct pdcp_chain *next,
		    struct pdcp_fingerprint *base);

/* What may be shown, and shortMAC-I ---------------------------------------------- */

/**
 * pdcp_fingerprint() - Fingerprint of a key
 * @key: key
 * @len: octets of it
 * @fingerprint: filled
 *
 * Equal keys have equal fingerprints everywhere; it tells nothing else of a key
 * that cannot be guessed.
 *
 * Return: 0, or -EIO if the crypto library fails.
 */
int pdcp_fingerprint(const void *key, size_t len, struct pdcp_fingerprint *fingerprint);

/**
 * pdcp_fingerprint_format() - Write a fingerprint as text
 * @fingerprint: fingerprint
 * @text: filled
 *
 * Return: @text.
 */
const char *pdcp_fingerprint_format(const struct pdcp_fingerprint *fingerprint,
				    char text[PDCP_FINGERPRINT_STRLEN]);

/**
 * struct pdcp_short_mac_input - VarShortMAC-Input (TS 38.331 7.4)
 * @pci: sourcePhysCellId
 * @cell: targetCellIdentity, at most PDCP_CELL_MAX
 * @rnti: source-c-RNTI
 */
struct pdcp_short_mac_input {
	uint16_t pci;
	uint64_t cell;
	uint16_t rnti;
};

/**
 * pdcp_short_mac_i() - shortMAC-I (TS 38.331 5.3.7.4)
 * @rrc_int: K_RRCint of the source cell, 16 octets
 * @nia: its integrity algorithm, 0 to 3
 * @input: what it is computed over
 * @mac: filled
 *
 * NIA1 to NIA3 are the kernel's, over AF_ALG: the module pdcp_crypto must be
 * loaded.
 *
 * Return: 0; -EINVAL; -ENOENT without the algorithm; -EAFNOSUPPORT without
 * AF_ALG; or another negative errno.
 */
int pdcp_short_mac_i(const uint8_t rrc_int[PDCP_KEY_LEN], uint8_t nia,
		     const struct pdcp_short_mac_input *input, uint8_t mac[PDCP_SHORT_MAC_LEN]);

#ifdef __cplusplus
}
#endif

#endif /* _LIBPDCP_KEY_H */
