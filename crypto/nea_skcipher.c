// SPDX-License-Identifier: GPL-2.0
/*
 * The crypto API side of nea.c and of the lane code: synchronous skciphers "nea1", "nea2",
 * "nea3". The SIMD drivers cipher a request in one piece with lane code as a batch of one, and
 * any other as the portable driver does.
 */

#include "fpu.h"
#include "gather.h"
#include "lanes.h"
#include "nea.h"
#include "nonce.h"

#include <crypto/internal/skcipher.h>
#include <kunit/visibility.h>
#include <linux/crypto.h>
#include <linux/highmem.h>
#include <linux/module.h>
#include <linux/scatterlist.h>
#include <linux/uio.h>

/* A driver. One without @lanes is portable. */
struct nea_alg {
	struct skcipher_alg skcipher;
	const struct nea_core *core;
	const struct nea_lanes *lanes;
	bool registered;
};

static const struct nea_alg *tfm_alg(struct crypto_skcipher *tfm)
{
	return container_of(crypto_skcipher_alg(tfm), struct nea_alg, skcipher);
}

static int setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned int len)
{
	return tfm_alg(tfm)->core->setkey(crypto_skcipher_ctx(tfm), key);
}

/*
 * The stream carries the keystream from fragment to fragment, so the walk may cut anywhere:
 * with a chunk size of 1 it never allocates a bounce buffer.
 */
static int crypt_stream(struct skcipher_request *req, const struct nea_core *core)
{
	struct crypto_skcipher *tfm = crypto_skcipher_reqtfm(req);
	struct nea_stream stream;
	struct skcipher_walk walk;
	int err;

	err = skcipher_walk_virt(&walk, req, false);
	if (!walk.nbytes)
		return err;
	core->start(&stream, crypto_skcipher_ctx(tfm), req->iv);
	while (walk.nbytes) {
		core->xor(&stream, walk.dst.virt.addr, walk.src.virt.addr,
			  (u64)walk.nbytes * BITS_PER_BYTE);
		err = skcipher_walk_done(&walk, 0);
	}
	memzero_explicit(&stream, sizeof(stream));
	return err;
}

static bool in_one_piece(const struct skcipher_request *req)
{
	return req->src->length >= req->cryptlen && req->dst->length >= req->cryptlen &&
	       !PageHighMem(sg_page(req->src)) && !PageHighMem(sg_page(req->dst));
}

/* A batch of one; the cipher's input is all in its window, or at its place. */
static void crypt_lanes(struct skcipher_request *req, const struct nea_lanes *lanes)
{
	struct fpu_section section = {};
	struct kvec seg = {
		.iov_base = sg_virt(req->src),
		.iov_len = req->cryptlen,
	};
	struct pdcp_job job = {
		.dst = sg_virt(req->dst),
		.segs = &seg,
		.nsegs = 1,
		.end = req->cryptlen,
		.nea_key = crypto_skcipher_ctx(crypto_skcipher_reqtfm(req)),
	}, *jobs[] = { &job };

	memcpy(job.nonce, req->iv, sizeof(job.nonce));
	gather_window(&job);
	lanes->crypt(jobs, ARRAY_SIZE(jobs), fpu_enter(&section, job.end));
	fpu_leave(&section);
}

static int crypt(struct skcipher_request *req)
{
	const struct nea_alg *alg = tfm_alg(crypto_skcipher_reqtfm(req));

	if (!pdcp_nonce_valid(req->iv))
		return -EINVAL;
	if (!alg->lanes || !req->cryptlen || !in_one_piece(req) || !fpu_usable())
		return crypt_stream(req, alg->core);
	crypt_lanes(req, alg->lanes);
	return 0;
}

/**
 * nea_skcipher_lanes - the lane code of a tfm
 * @tfm: keyed cipher of any provider
 * @key: out: its key, valid as long as the tfm
 *
 * Return: lane code, or NULL if the tfm has none or no key.
 */
const struct nea_lanes *nea_skcipher_lanes(struct crypto_sync_skcipher *tfm,
					   const struct nea_key **key)
{
	struct crypto_skcipher *skcipher = &tfm->base;

	if (crypto_skcipher_alg(skcipher)->encrypt != crypt ||
	    crypto_skcipher_get_flags(skcipher) & CRYPTO_TFM_NEED_KEY)
		return NULL;
	*key = crypto_skcipher_ctx(skcipher);
	return tfm_alg(skcipher)->lanes;
}
EXPORT_SYMBOL_IF_KUNIT(nea_skcipher_lanes);

#define NEA_ALG(name, driver, priority, algorithm, lane_code) {		\
	.skcipher = {							\
		.base.cra_name = (name),				\
		.base.cra_driver_name = (driver),			\
		.base.cra_priority = (priority),			\
		.base.cra_blocksize = 1,				\
		.base.cra_ctxsize = sizeof(struct nea_key),		\
		.base.cra_module = THIS_MODULE,				\
		.min_keysize = NEA_KEY_LEN,				\
		.max_keysize = NEA_KEY_LEN,				\
		.ivsize = PDCP_NONCE_LEN,				\
		.setkey = setkey,					\
		.encrypt = crypt,					\
		.decrypt = crypt,					\
	},								\
	.core = (algorithm),						\
	.lanes = (lane_code),						\
}

static struct nea_alg algs[] = {
	NEA_ALG("nea1", "nea1-generic", 100, &nea1_core, NULL),
	NEA_ALG("nea2", "nea2-generic", 100, &nea2_core, NULL),
	NEA_ALG("nea3", "nea3-generic", 100, &nea3_core, NULL),
#ifdef CONFIG_X86_64
	NEA_ALG("nea1", "nea1-avx2", 310, &nea1_core, &nea1_avx2_lanes),
	NEA_ALG("nea1", "nea1-avx512", 330, &nea1_core, &nea1_avx512_lanes),
	NEA_ALG("nea2", "nea2-aesni", 300, &nea2_core, &nea2_aesni_lanes),
	NEA_ALG("nea2", "nea2-vaes", 320, &nea2_core, &nea2_vaes_lanes),
	NEA_ALG("nea2", "nea2-avx512", 330, &nea2_core, &nea2_avx512_lanes),
	NEA_ALG("nea3", "nea3-avx2", 310, &nea3_core, &nea3_avx2_lanes),
	NEA_ALG("nea3", "nea3-avx512", 330, &nea3_core, &nea3_avx512_lanes),
#endif
};

static int register_one(struct nea_alg *alg)
{
	int err;

	if (alg->lanes && !pdcp_level_usable(alg->lanes->level))
		return 0;
	err = crypto_register_skcipher(&alg->skcipher);
	alg->registered = !err;
	return err;
}

/**
 * nea_skcipher_register - make nea1, nea2 and nea3 available by name
 *
 * Return: 0, or what crypto_register_skcipher() refused with; then none is registered.
 */
int nea_skcipher_register(void)
{
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		err = register_one(&algs[i]);
		if (err) {
			nea_skcipher_unregister();
			return err;
		}
	}
	return 0;
}

/**
 * nea_skcipher_unregister - undo nea_skcipher_register()
 */
void nea_skcipher_unregister(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++)
		if (algs[i].registered)
			crypto_unregister_skcipher(&algs[i].skcipher);
}

/**
 * nea_skcipher_driver - the drivers of an algorithm that this module has registered
 * @name: "nea1", "nea2" or "nea3"
 * @n: which: 0 is the portable one
 *
 * Return: driver name, NULL if there are not so many.
 */
const char *nea_skcipher_driver(const char *name, unsigned int n)
{
	const struct crypto_alg *alg;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		alg = &algs[i].skcipher.base;
		if (algs[i].registered && !strcmp(alg->cra_name, name) && !n--)
			return alg->cra_driver_name;
	}
	return NULL;
}
EXPORT_SYMBOL_IF_KUNIT(nea_skcipher_driver);

/**
 * nea_skcipher_drop - unregister one driver
 * @driver: its name, from nea_skcipher_driver()
 */
void nea_skcipher_drop(const char *driver)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		if (!algs[i].registered || strcmp(algs[i].skcipher.base.cra_driver_name, driver))
			continue;
		crypto_unregister_skcipher(&algs[i].skcipher);
		algs[i].registered = false;
	}
}

MODULE_ALIAS_CRYPTO("nea1");
MODULE_ALIAS_CRYPTO("nea1-generic");
MODULE_ALIAS_CRYPTO("nea1-avx2");
MODULE_ALIAS_CRYPTO("nea1-avx512");
MODULE_ALIAS_CRYPTO("nea2");
MODULE_ALIAS_CRYPTO("nea2-generic");
MODULE_ALIAS_CRYPTO("nea2-aesni");
MODULE_ALIAS_CRYPTO("nea2-vaes");
MODULE_ALIAS_CRYPTO("nea2-avx512");
MODULE_ALIAS_CRYPTO("nea3");
MODULE_ALIAS_CRYPTO("nea3-generic");
MODULE_ALIAS_CRYPTO("nea3-avx2");
MODULE_ALIAS_CRYPTO("nea3-avx512");
