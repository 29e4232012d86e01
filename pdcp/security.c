// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "pdcp/security.h"

#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <crypto/utils.h>
#include <kunit/visibility.h>
#include <linux/err.h>
#include <linux/netlink.h>
#include <linux/printk.h>
#include <linux/slab.h>

#include "crypto/batch.h"

static const char * const nea_names[] = { NULL, "nea1", "nea2", "nea3" };
static const char * const nia_names[] = { NULL, "nia1", "nia2", "nia3" };

static struct workqueue_struct *security_wq;

static struct crypto_sync_skcipher *cipher_create(const char *name, const u8 *key)
{
	struct crypto_sync_skcipher *tfm = crypto_alloc_sync_skcipher(name, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_sync_skcipher_setkey(tfm, key, PDCP_KEY_LEN);
	if (err) {
		crypto_free_sync_skcipher(tfm);
		return ERR_PTR(err);
	}
	return tfm;
}

static struct crypto_shash *mac_create(const char *name, const u8 *key)
{
	struct crypto_shash *tfm = crypto_alloc_shash(name, 0, 0);
	int err;

	if (IS_ERR(tfm))
		return tfm;
	err = crypto_shash_setkey(tfm, key, PDCP_KEY_LEN);
	if (err) {
		crypto_free_shash(tfm);
		return ERR_PTR(err);
	}
	return tfm;
}

/* The freeing calls erase keys and key schedules. */
static void security_free(struct pdcp_security *sec)
{
	enum pdcp_plane p;

	for (p = 0; p < __PDCP_PLANES; p++) {
		if (sec->enc[p])
			crypto_free_sync_skcipher(sec->enc[p]);
		if (sec->integ[p])
			crypto_free_shash(sec->integ[p]);
	}
	pr_debug("security set %u destroyed\n", sec->id);
	kfree_sensitive(sec);
}

static void security_work(struct work_struct *work)
{
	security_free(container_of(work, struct pdcp_security, work));
}

static int no_tfm(const char *attr, const char *name, const void *err,
		  struct netlink_ext_ack *extack)
{
	if (PTR_ERR(err) == -ENOENT)
		NL_SET_ERR_MSG_FMT(extack, "%s: no driver for %s", attr, name);
	return PTR_ERR(err);
}

static int security_create_tfms(struct pdcp_security *sec,
				const struct pdcp_keys *keys,
				struct netlink_ext_ack *extack)
{
	enum pdcp_plane p;
	void *tfm;

	for (p = 0; p < __PDCP_PLANES; p++) {
		if (sec->nea) {
			tfm = cipher_create(nea_names[sec->nea], keys->enc[p]);
			if (IS_ERR(tfm))
				return no_tfm("nea", nea_names[sec->nea], tfm, extack);
			sec->enc[p] = tfm;
			pdcp_ledger_fingerprint(keys->enc[p],
						&sec->fingerprint[p][PDCP_LEDGER_ENC]);
		}
		if (sec->nia) {
			tfm = mac_create(nia_names[sec->nia], keys->integ[p]);
			if (IS_ERR(tfm))
				return no_tfm("nia", nia_names[sec->nia], tfm, extack);
			sec->integ[p] = tfm;
			pdcp_ledger_fingerprint(keys->integ[p],
						&sec->fingerprint[p][PDCP_LEDGER_INT]);
		}
	}
	return 0;
}

/**
 * pdcp_security_create - build a security set
 * @id: identity within the UE
 * @keys: algorithms and keys
 * @extack: why not
 *
 * Process context, sleeps.
 *
 * Return: the set with one reference, or ERR_PTR: -ENOENT for an algorithm without a driver,
 * -ENOMEM.
 */
struct pdcp_security *pdcp_security_create(u8 id, const struct pdcp_keys *keys,
					   struct netlink_ext_ack *extack)
{
	struct pdcp_security *sec;
	int err;

	sec = kzalloc(sizeof(*sec), GFP_KERNEL);
	if (!sec)
		return ERR_PTR(-ENOMEM);
	kref_init(&sec->ref);
	INIT_WORK(&sec->work, security_work);
	sec->id = id;
	sec->nea = keys->nea;
	sec->nia = keys->nia;
	pr_debug("security set %u created\n", id);

	err = security_create_tfms(sec, keys, extack);
	if (err) {
		security_free(sec);
		return ERR_PTR(err);
	}
	return sec;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_security_create);

/**
 * pdcp_security_get - take a reference to a set
 * @sec: set
 *
 * Return: the set.
 */
struct pdcp_security *pdcp_security_get(struct pdcp_security *sec)
{
	kref_get(&sec->ref);
	return sec;
}

static void security_release(struct kref *ref)
{
	struct pdcp_security *sec = container_of(ref, struct pdcp_security, ref);

	queue_work(security_wq, &sec->work);
}

/**
 * pdcp_security_put - drop a reference
 * @sec: set, or NULL
 *
 * Any context.  With the last reference the set is erased, soon, in process context.
 */
void pdcp_security_put(struct pdcp_security *sec)
{
	if (sec)
		kref_put(&sec->ref, security_release);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_security_put);

/**
 * pdcp_security_init - make the queue in which sets are erased
 *
 * Return: 0 or -ENOMEM.
 */
int pdcp_security_init(void)
{
	security_wq = alloc_workqueue("pdcp-security", 0, 0);
	return security_wq ? 0 : -ENOMEM;
}

/**
 * pdcp_security_exit - wait until all sets are erased; the last reference to any is gone
 */
void pdcp_security_exit(void)
{
	destroy_workqueue(security_wq);
}

/**
 * pdcp_security_job - say how a Data PDU is protected (38.323 5.8, 5.9)
 * @sec: set of the leg that the PDU goes to or came from
 * @in: security inputs
 * @job: result: ciphers, nonce, and whether there is a MAC-I; the rest is the caller's
 *
 * The MAC-I covers header, SDAP header and SDU in clear and is ciphered with the SDU.  Under
 * NIA0 it is zero, and not looked at (33.501 D.1).
 */
void pdcp_security_job(const struct pdcp_security *sec, const struct pdcp_inputs *in,
		       struct pdcp_job *job)
{
	job->nea = in->ciphering ? sec->enc[in->plane] : NULL;
	job->nia = in->integrity ? sec->integ[in->plane] : NULL;
	job->mac = in->integrity;
	pdcp_nonce_pack(job->nonce, in->count, in->bearer, in->direction);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_security_job);

static const struct {
	enum pdcp_plane plane;
	enum pdcp_ledger_role role;
} key_roles[] = {
	[PDCP_KEY_ROLE_RRC_ENC] = { PDCP_PLANE_RRC, PDCP_LEDGER_ENC },
	[PDCP_KEY_ROLE_RRC_INT] = { PDCP_PLANE_RRC, PDCP_LEDGER_INT },
	[PDCP_KEY_ROLE_UP_ENC] = { PDCP_PLANE_UP, PDCP_LEDGER_ENC },
	[PDCP_KEY_ROLE_UP_INT] = { PDCP_PLANE_UP, PDCP_LEDGER_INT },
};

/**
 * pdcp_security_fingerprint - what stands for a key of a set in the ledger
 * @sec: set
 * @key: which one
 *
 * Return: the fingerprint, NULL where NEA0 or NIA0 needs no key.
 */
const struct pdcp_fingerprint *pdcp_security_fingerprint(const struct pdcp_security *sec,
							 enum pdcp_key_role key)
{
	if (!(key_roles[key].role == PDCP_LEDGER_ENC ? sec->nea : sec->nia))
		return NULL;
	return &sec->fingerprint[key_roles[key].plane][key_roles[key].role];
}

/**
 * pdcp_security_has_role - whether a key is another one in a set
 * @sec: set
 * @fingerprint: the key
 * @but: which one may be the same
 *
 * Return: whether it is.
 */
bool pdcp_security_has_role(const struct pdcp_security *sec,
			    const struct pdcp_fingerprint *fingerprint, enum pdcp_key_role but)
{
	const struct pdcp_fingerprint *other;
	enum pdcp_key_role key;

	for (key = 0; key < ARRAY_SIZE(key_roles); key++) {
		other = pdcp_security_fingerprint(sec, key);
		if (key != but && other && pdcp_fingerprint_equal(other, fingerprint))
			return true;
	}
	return false;
}

/**
 * pdcp_security_nea_driver - crypto API driver that ciphers
 * @sec: set
 *
 * Return: its name, NULL for NEA0.
 */
const char *pdcp_security_nea_driver(const struct pdcp_security *sec)
{
	if (!sec->nea)
		return NULL;
	return crypto_tfm_alg_driver_name(crypto_skcipher_tfm(&sec->enc[0]->base));
}

/**
 * pdcp_security_nia_driver - crypto API driver that protects integrity
 * @sec: set
 *
 * Return: its name, NULL for NIA0.
 */
const char *pdcp_security_nia_driver(const struct pdcp_security *sec)
{
	if (!sec->nia)
		return NULL;
	return crypto_tfm_alg_driver_name(crypto_shash_tfm(sec->integ[0]));
}
