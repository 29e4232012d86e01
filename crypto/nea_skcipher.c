// SPDX-License-Identifier: GPL-2.0
/* The crypto API side of nea.c: synchronous skciphers "nea1", "nea2", "nea3". */

#include "nea.h"
#include "nonce.h"

#include <crypto/internal/skcipher.h>
#include <linux/crypto.h>
#include <linux/module.h>

struct nea_alg {
	struct skcipher_alg skcipher;
	const struct nea_core *core;
};

static const struct nea_core *tfm_core(struct crypto_skcipher *tfm)
{
	return container_of(crypto_skcipher_alg(tfm), struct nea_alg, skcipher)->core;
}

static int setkey(struct crypto_skcipher *tfm, const u8 *key, unsigned int len)
{
	return tfm_core(tfm)->setkey(crypto_skcipher_ctx(tfm), key);
}

/*
 * The stream carries the keystream from fragment to fragment, so the walk may cut anywhere:
 * with a chunk size of 1 it never allocates a bounce buffer.
 */
static int crypt(struct skcipher_request *req)
{
	struct crypto_skcipher *tfm = crypto_skcipher_reqtfm(req);
	const struct nea_core *core = tfm_core(tfm);
	struct nea_stream stream;
	struct skcipher_walk walk;
	int err;

	if (!pdcp_nonce_valid(req->iv))
		return -EINVAL;
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

#define NEA_ALG(name, driver, priority, algorithm) {			\
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
}

static struct nea_alg algs[] = {
	NEA_ALG("nea1", "nea1-generic", 100, &nea1_core),
	NEA_ALG("nea2", "nea2-generic", 100, &nea2_core),
	NEA_ALG("nea3", "nea3-generic", 100, &nea3_core),
};

static void unregister_first(size_t n)
{
	while (n--)
		crypto_unregister_skcipher(&algs[n].skcipher);
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
		err = crypto_register_skcipher(&algs[i].skcipher);
		if (err)
			goto err_unregister;
	}
	return 0;

err_unregister:
	unregister_first(i);
	return err;
}

/**
 * nea_skcipher_unregister - undo nea_skcipher_register()
 */
void nea_skcipher_unregister(void)
{
	unregister_first(ARRAY_SIZE(algs));
}

MODULE_ALIAS_CRYPTO("nea1");
MODULE_ALIAS_CRYPTO("nea1-generic");
MODULE_ALIAS_CRYPTO("nea2");
MODULE_ALIAS_CRYPTO("nea2-generic");
MODULE_ALIAS_CRYPTO("nea3");
MODULE_ALIAS_CRYPTO("nea3-generic");
