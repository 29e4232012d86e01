/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_SECURITY_H
#define _PDCP_SECURITY_H

#include <linux/kref.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include <uapi/linux/pdcp.h>

#include "pdcp/ledger.h"

struct crypto_shash;
struct crypto_sync_skcipher;
struct netlink_ext_ack;
struct pdcp_job;

/* Whose keys: an SRB takes the RRC ones, a DRB the UP ones (38.323 5.8, 5.9). */
enum pdcp_plane {
	PDCP_PLANE_RRC,
	PDCP_PLANE_UP,
	__PDCP_PLANES,
};

/**
 * struct pdcp_keys - what a security set is made of
 * @nea: ciphering algorithm, 0 to 3
 * @nia: integrity algorithm, 0 to 3
 * @enc: K_RRCenc and K_UPenc, PDCP_KEY_LEN octets each; NULL for NEA0
 * @integ: K_RRCint and K_UPint, PDCP_KEY_LEN octets each; NULL for NIA0
 *
 * Points to the caller's memory, which the caller erases.
 */
struct pdcp_keys {
	u8 nea;
	u8 nia;
	const u8 *enc[__PDCP_PLANES];
	const u8 *integ[__PDCP_PLANES];
};

/**
 * struct pdcp_security - keyed ciphers of one cell's AS security context
 * @ref: held by the UE while the set is installed, and by each leg
 * @work: frees the ciphers, which may sleep, after the last reference
 * @id: identity within the UE
 * @nea: ciphering algorithm
 * @nia: integrity algorithm
 * @fingerprint: of the keys, by plane and role; see the ledger
 * @enc: ciphers, NULL for NEA0
 * @integ: MACs, NULL for NIA0
 *
 * Immutable once built.  A packet uses the set of its leg inside the RCU read-side section
 * in which it looked the leg up, and a leg drops its reference only after a grace period:
 * releasing a set never waits for traffic and never frees a key under it.
 */
struct pdcp_security {
	struct kref ref;
	struct work_struct work;
	u8 id;
	u8 nea;
	u8 nia;
	struct pdcp_fingerprint fingerprint[__PDCP_PLANES][__PDCP_LEDGER_ROLES];
	struct crypto_sync_skcipher *enc[__PDCP_PLANES];
	struct crypto_shash *integ[__PDCP_PLANES];
};

/**
 * struct pdcp_inputs - security inputs of one PDU besides the keys
 * @count: COUNT
 * @bearer: BEARER, RB identity - 1
 * @direction: DIRECTION, 0 uplink, 1 downlink
 * @plane: which keys
 * @ciphering: false where ciphering is disabled for the bearer
 * @integrity: whether the PDU ends with a MAC-I
 */
struct pdcp_inputs {
	u32 count;
	u8 bearer;
	u8 direction;
	enum pdcp_plane plane;
	bool ciphering;
	bool integrity;
};

struct pdcp_security *pdcp_security_create(u8 id, const struct pdcp_keys *keys,
					   struct netlink_ext_ack *extack);
struct pdcp_security *pdcp_security_get(struct pdcp_security *sec);
void pdcp_security_put(struct pdcp_security *sec);
void pdcp_security_job(const struct pdcp_security *sec, const struct pdcp_inputs *in,
		       struct pdcp_job *job);
const struct pdcp_fingerprint *pdcp_security_fingerprint(const struct pdcp_security *sec,
							 enum pdcp_key_role key);
bool pdcp_security_has_role(const struct pdcp_security *sec,
			    const struct pdcp_fingerprint *fingerprint, enum pdcp_key_role but);
const char *pdcp_security_nea_driver(const struct pdcp_security *sec);
const char *pdcp_security_nia_driver(const struct pdcp_security *sec);
int pdcp_security_init(void);
void pdcp_security_exit(void);

#endif /* _PDCP_SECURITY_H */
