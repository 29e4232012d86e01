// SPDX-License-Identifier: GPL-2.0
/* The crypto API side of nia1.c, nia2.c, nia3.c: shashes "nia1", "nia2", "nia3". */

#include "nia.h"
#include "nonce.h"

#include <crypto/internal/hash.h>
#include <linux/crypto.h>
#include <linux/module.h>

struct nia_alg {
	struct shash_alg shash;
	const struct nia_core *core;
};

enum {
	NONCE_REFUSED = PDCP_NONCE_LEN + 1,
};

/* The state is started once the nonce is whole, which is nonce_len == PDCP_NONCE_LEN. */
struct nia_desc {
	u8 nonce[PDCP_NONCE_LEN];
	u8 nonce_len;
	struct nia_state state;
};

static const struct nia_core *tfm_core(struct crypto_shash *tfm)
{
	return container_of(crypto_shash_alg(tfm), struct nia_alg, shash)->core;
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
	return 0;
}

/* Moves what the nonce still lacks out of the data; starts the state when it is whole. */
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
	tfm_core(desc->tfm)->start(&nia->state, crypto_shash_ctx(desc->tfm), nia->nonce);
	return 0;
}

static int update(struct shash_desc *desc, const u8 *data, unsigned int len)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	int err;

	if (nia->nonce_len == NONCE_REFUSED)
		return -EINVAL;
	if (nia->nonce_len < PDCP_NONCE_LEN) {
		err = take_nonce(desc, &data, &len);
		if (err)
			return err;
	}
	if (len)
		tfm_core(desc->tfm)->update(&nia->state, crypto_shash_ctx(desc->tfm), data,
					    (u64)len * BITS_PER_BYTE);
	return 0;
}

static int final(struct shash_desc *desc, u8 *out)
{
	struct nia_desc *nia = shash_desc_ctx(desc);
	int err = -EINVAL;

	if (nia->nonce_len == PDCP_NONCE_LEN) {
		tfm_core(desc->tfm)->final(&nia->state, crypto_shash_ctx(desc->tfm), out);
		err = 0;
	}
	memzero_explicit(nia, sizeof(*nia));
	return err;
}

static int finup(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)
{
	int err = update(desc, data, len);

	return final(desc, out) ?: err;
}

static int digest(struct shash_desc *desc, const u8 *data, unsigned int len, u8 *out)
{
	return init(desc) ?: finup(desc, data, len, out);
}

#define NIA_ALG(name, driver, priority, algorithm) {			\
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
}

static struct nia_alg algs[] = {
	NIA_ALG("nia1", "nia1-generic", 100, &nia1_core),
	NIA_ALG("nia2", "nia2-generic", 100, &nia2_core),
	NIA_ALG("nia3", "nia3-generic", 100, &nia3_core),
};

static void unregister_first(size_t n)
{
	while (n--)
		crypto_unregister_shash(&algs[n].shash);
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
		err = crypto_register_shash(&algs[i].shash);
		if (err)
			goto err_unregister;
	}
	return 0;

err_unregister:
	unregister_first(i);
	return err;
}

/**
 * nia_shash_unregister - undo nia_shash_register()
 */
void nia_shash_unregister(void)
{
	unregister_first(ARRAY_SIZE(algs));
}

MODULE_ALIAS_CRYPTO("nia1");
MODULE_ALIAS_CRYPTO("nia1-generic");
MODULE_ALIAS_CRYPTO("nia2");
MODULE_ALIAS_CRYPTO("nia2-generic");
MODULE_ALIAS_CRYPTO("nia3");
MODULE_ALIAS_CRYPTO("nia3-generic");
