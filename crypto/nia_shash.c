// SPDX-License-Identifier: GPL-2.0
/*
 * The crypto API side of nia1.c, nia2.c, nia3.c and of the lane code: shashes "nia1", "nia2",
 * "nia3". The SIMD drivers digest a message that comes in one piece, the nonce with it or
 * before it, with lane code as a batch of one, and any other as the portable driver does.
 */

#include "fpu.h"
#include "lanes.h"
#include "nia.h"
#include "nonce.h"

#include <crypto/internal/hash.h>
#include <kunit/visibility.h>
#include <linux/crypto.h>
#include <linux/module.h>

/* A driver. One without @lanes is portable. */
struct nia_alg {
	struct shash_alg shash;
	const struct nia_core *core;
	const struct nia_lanes *lanes;
	bool registered;
};

enum {
	NONCE_REFUSED = PDCP_NONCE_LEN + 1,
};

/*
 * The nonce is whole when nonce_len is PDCP_NONCE_LEN. The state is started by the first octet
 * of the message, or by final for an empty one.
 */
struct nia_desc {
	u8 nonce[PDCP_NONCE_LEN];
	u8 nonce_len;
	bool started;
	struct nia_state state;
};

static const struct nia_alg *tfm_alg(struct crypto_shash *tfm)
{
	return container_of(crypto_shash_alg(tfm), struct nia_alg, shash);
}

static const struct nia_core *tfm_core(struct crypto_shash *tfm)
{
	return tfm_alg(tfm)->core;
}

static int setkey(struct crypto_shash *tfm, const u8 *key, unsigned int len)
{
	if (len != NIA_KEY_LEN)
		return -EINVAL;
	return tfm_core(tfm)->setkey(crypto_shash_ctx(tfm), key);
}

static int init(struct shash_desc *desc)
{
	struct nia_desc *nia = shash_desc_ctx(desc);

	nia->nonce_len = 0;
	nia->started = false;
	return 0;
}

/* Moves what the nonce still lacks out of the data. */
static int take_nonce(struct shash_desc *desc, const u8 **data, unsigned int *len)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	unsigned int n = min_t(unsigned int, *len, PDCP_NONCE_LEN - nia->nonce_len);

	memcpy(nia->nonce + nia->nonce_len, *data, n);
	nia->nonce_len += n;
	*data += n;
	*len -= n;
	if (nia->nonce_len < PDCP_NONCE_LEN)
		return 0;
	if (!pdcp_nonce_valid(nia->nonce)) {
		nia->nonce_len = NONCE_REFUSED;
		return -EINVAL;
	}
	return 0;
}

static void start(struct shash_desc *desc)
{
	struct nia_desc *nia = shash_desc_ctx(desc);

	if (!nia->started)
		tfm_core(desc->tfm)->start(&nia->state, crypto_shash_ctx(desc->tfm), nia->nonce);
	nia->started = true;
}

static int prepare(struct shash_desc *desc, const u8 **data, unsigned int *len)
{
	struct nia_desc *nia = shash_desc_ctx(desc);

	if (nia->nonce_len == NONCE_REFUSED)
		return -EINVAL;
	return nia->nonce_len < PDCP_NONCE_LEN ? take_nonce(desc, data, len) : 0;
}

static int update(struct shash_desc *desc, const u8 *data, unsigned int len)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	int err = prepare(desc, &data, &len);

	if (err || !len)
		return err;
	start(desc);
	tfm_core(desc->tfm)->update(&nia->state, crypto_shash_ctx(desc->tfm), data,
				    (u64)len * BITS_PER_BYTE);
	return 0;
}

static int final(struct shash_desc *desc, u8 *out)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	int err = -EINVAL;

	if (nia->nonce_len == PDCP_NONCE_LEN) {
		start(desc);
		tfm_core(desc->tfm)->final(&nia->state, crypto_shash_ctx(desc->tfm), out);
		err = 0;
	}
	memzero_explicit(nia, sizeof(*nia));
	return err;
}

/* A batch of one: the whole message. Lane code does not write to what it authenticates. */
static void mac_lanes(struct shash_desc *desc, const struct nia_lanes *lanes, const u8 *data,
		      unsigned int len, u8 *out)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	struct fpu_section section = {};
	struct pdcp_job job = {
		.dst = (u8 *)data,
		.auth = len,
		.nia_key = crypto_shash_ctx(desc->tfm),
	}, *jobs[] = { &job };

	memcpy(job.nonce, nia->nonce, sizeof(job.nonce));
	lanes->mac(jobs, ARRAY_SIZE(jobs), fpu_enter(&section, len));
	fpu_leave(&section);
	memcpy(out, job.tag, sizeof(job.tag));
	memzero_explicit(&job, sizeof(job));
	memzero_explicit(nia, sizeof(*nia));
}

static int finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)
{
	const struct nia_lanes *lanes = tfm_alg(desc->tfm)->lanes;
	struct nia_desc *nia = shash_desc_ctx(desc);
	int err = prepare(desc, &data, &len);

	if (!err && lanes && !nia->started && nia->nonce_len == PDCP_NONCE_LEN && fpu_usable()) {
		mac_lanes(desc, lanes, data, len, out);
		return 0;
	}
	if (!err)
		err = update(desc, data, len);
	return final(desc, out) ?: err;
}

static int digest(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)
{
	return init(desc) ?: finup(desc, data, len, out);
}

/**
 * nia_shash_lanes - the lane code of a tfm
 * @tfm: keyed MAC of any provider
 * @key: out: its key, valid as long as the tfm
 *
 * Return: lane code, or NULL if the tfm has none or no key.
 */
const struct nia_lanes *nia_shash_lanes(struct crypto_shash *tfm, const struct nia_key **key)
{
	if (crypto_shash_alg(tfm)->finup != finup ||
	    crypto_shash_get_flags(tfm) & CRYPTO_TFM_NEED_KEY)
		return NULL;
	*key = crypto_shash_ctx(tfm);
	return tfm_alg(tfm)->lanes;
}
EXPORT_SYMBOL_IF_KUNIT(nia_shash_lanes);

#define NIA_ALG(name, driver, priority, algorithm, lane_code) {		\
	.shash = {							\
		.base.cra_name = (name),				\
		.base.cra_driver_name = (driver),			\
		.base.cra_priority = (priority),			\
		.base.cra_blocksize = 1,				\
		.base.cra_ctxsize = sizeof(struct nia_key),		\
		.base.cra_module = THIS_MODULE,				\
		.digestsize = NIA_MAC_LEN,				\
		.descsize = sizeof(struct nia_desc),			\
		.setkey = setkey,					\
		.init = init,						\
		.update = update,					\
		.final = final,						\
		.finup = finup,						\
		.digest = digest,					\
	},								\
	.core = (algorithm),						\
	.lanes = (lane_code),						\
}

static struct nia_alg algs[] = {
	NIA_ALG("nia1", "nia1-generic", 100, &nia1_core, NULL),
	NIA_ALG("nia2", "nia2-generic", 100, &nia2_core, NULL),
	NIA_ALG("nia3", "nia3-generic", 100, &nia3_core, NULL),
#ifdef CONFIG_X86_64
	NIA_ALG("nia1", "nia1-avx2", 310, &nia1_core, &nia1_avx2_lanes),
	NIA_ALG("nia1", "nia1-avx512", 330, &nia1_core, &nia1_avx512_lanes),
	NIA_ALG("nia2", "nia2-aesni", 300, &nia2_core, &nia2_aesni_lanes),
	NIA_ALG("nia2", "nia2-vaes", 320, &nia2_core, &nia2_vaes_lanes),
	NIA_ALG("nia2", "nia2-avx512", 330, &nia2_core, &nia2_avx512_lanes),
	NIA_ALG("nia3", "nia3-avx2", 310, &nia3_core, &nia3_avx2_lanes),
	NIA_ALG("nia3", "nia3-avx512", 330, &nia3_core, &nia3_avx512_lanes),
#endif
};

static int register_one(struct nia_alg *alg)
{
	int err;

	if (alg->lanes && !pdcp_level_usable(alg->lanes->level))
		return 0;
	err = crypto_register_shash(&alg->shash);
	alg->registered = !err;
	return err;
}

/**
 * nia_shash_register - make nia1, nia2 and nia3 available by name
 *
 * Return: 0, or what crypto_register_shash() refused with; then none is registered.
 */
int nia_shash_register(void)
{
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		err = register_one(&algs[i]);
		if (err) {
			nia_shash_unregister();
			return err;
		}
	}
	return 0;
}

/**
 * nia_shash_unregister - undo nia_shash_register()
 */
void nia_shash_unregister(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++)
		if (algs[i].registered)
			crypto_unregister_shash(&algs[i].shash);
}

/**
 * nia_shash_driver - the drivers of an algorithm that this module has registered
 * @name: "nia1", "nia2" or "nia3"
 * @n: which: 0 is the portable one
 *
 * Return: driver name, NULL if there are not so many.
 */
const char *nia_shash_driver(const char *name, unsigned int n)
{
	const struct crypto_alg *alg;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		alg = &algs[i].shash.base;
		if (algs[i].registered && !strcmp(alg->cra_name, name) && !n--)
			return alg->cra_driver_name;
	}
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(nia_shash_driver);

/**
 * nia_shash_drop - unregister one driver
 * @driver: its name, from nia_shash_driver()
 */
void nia_shash_drop(const char *driver)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		if (!algs[i].registered || strcmp(algs[i].shash.base.cra_driver_name, driver))
			continue;
		crypto_unregister_shash(&algs[i].shash);
		algs[i].registered = false;
	}
}

MODULE_ALIAS_CRYPTO("nia1");
MODULE_ALIAS_CRYPTO("nia1-generic");
MODULE_ALIAS_CRYPTO("nia1-avx2");
MODULE_ALIAS_CRYPTO("nia1-avx512");
MODULE_ALIAS_CRYPTO("nia2");
MODULE_ALIAS_CRYPTO("nia2-generic");
MODULE_ALIAS_CRYPTO("nia2-aesni");
MODULE_ALIAS_CRYPTO("nia2-vaes");
MODULE_ALIAS_CRYPTO("nia2-avx512");
MODULE_ALIAS_CRYPTO("nia3");
MODULE_ALIAS_CRYPTO("nia3-generic");
MODULE_ALIAS_CRYPTO("nia3-avx2");
MODULE_ALIAS_CRYPTO("nia3-avx512");
