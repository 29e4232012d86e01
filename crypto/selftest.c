// SPDX-License-Identifier: GPL-2.0
/*
 * Known answers at load. The crypto API's own test manager does not know these names, so
 * without them a miscompiled cipher would go unnoticed until a peer refuses its PDUs.
 * Sources: TS 35.217, TS 35.223 and TS 33.401 annex C, cut to whole octets where a set is
 * not; those marked so come from an independent model.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "level.h"
#include "nea.h"
#include "nia.h"
#include "nonce.h"
#include "selftest.h"

#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/hex.h>
#include <linux/printk.h>
#include <linux/scatterlist.h>
#include <linux/slab.h>

/* @driver is that of the algorithm here: each answer is asked of every driver. */
static const struct known_answer nea_answers[] = {
	{
		.driver = "nea1",
		.key = "d3c5d592327fb11c4035c6680af8c6d1",
		.nonce = "398a59b4ac000000",
		.in = "981ba6824c1bfb1ab485472029b71d808ce33e2cc3c0b5fc1f3de8a6dc66b1",
		.out = "5d5bfe75eb04f68ce0a12377ea00b37d47c6a0ba06309155086a859c4341b3",
	}, {
		.driver = "nea2",
		.key = "d3c5d592327fb11c4035c6680af8c6d1",
		.nonce = "398a59b4ac000000",
		.in = "981ba6824c1bfb1ab485472029b71d808ce33e2cc3c0b5fc1f3de8a6dc66b1",
		.out = "e9fed8a63d155304d71df20bf3e82214b20ed7dad2f233dc3c22d7bdeeed8e",
	}, {
		.driver = "nea3",
		.key = "173d14ba5003731d7a60049470f00a29",
		.nonce = "6603549278000000",
		.in = "6cf65340735552ab0c9752fa6f9025fe0bd675d9005875b2",
		.out = "a6c85fc66afb8533aafc2518dfe784940ee1e4b030238cc8",
	},
};

static const struct known_answer nia_answers[] = {
	{
		.driver = "nia1",
		.key = "2bd6459f82c5b300952c49104881ff48",
		.nonce = "38a6f056f8000000",
		.in = "3332346263393861373479",
		.out = "731f1165",
	}, {
		/* from the model */
		.driver = "nia1",
		.key = "fa55d7146fbe94436d1486ac3b97f036",
		.nonce = "3febfb7d5c000000",
		.in = "ddc332b56fbd7618ab1957d328",
		.out = "e3c2fd09",
	}, {
		.driver = "nia2",
		.key = "d3c5d592327fb11c4035c6680af8c6d1",
		.nonce = "398a59b4d4000000",
		.in = "484583d5afe082ae",
		.out = "b93787e6",
	}, {
		/* from the model */
		.driver = "nia2",
		.key = "89704eb19afdb7496abf59fb31397692",
		.nonce = "fd1d1fd91c000000",
		.in = "b9fda9cb90836d35d82999579f",
		.out = "6df81823",
	}, {
		/* from the model: set 2 of TS 35.223 clause 5, made 96 bits long */
		.driver = "nia3",
		.key = "47054125561eb2dda94059da05097850",
		.nonce = "561eb2dda0000000",
		.in = "000000000000000000000000",
		.out = "89a58b47",
	}, {
		/* from the model */
		.driver = "nia3",
		.key = "25008bf6284a15a8a1bbd415f61e987c",
		.nonce = "8ccbb36474000000",
		.in = "49a2bca1a9e9435ff97cbd1f48",
		.out = "ebf04047",
	},
};

/* A known answer in octets, in memory that a scatterlist may point to. */
struct octets {
	u8 key[NEA_KEY_LEN];
	u8 nonce[PDCP_NONCE_LEN];
	u8 in[SELFTEST_LEN_MAX];
	u8 out[SELFTEST_LEN_MAX];
	u8 work[SELFTEST_LEN_MAX];
	size_t in_len;
	size_t out_len;
};

static int decode(struct octets *octets, const struct known_answer *answer)
{
	octets->in_len = strlen(answer->in) / 2;
	octets->out_len = strlen(answer->out) / 2;
	if (octets->in_len > sizeof(octets->in) || octets->out_len > sizeof(octets->out))
		return -EINVAL;
	return hex2bin(octets->key, answer->key, sizeof(octets->key)) ?:
	       hex2bin(octets->nonce, answer->nonce, sizeof(octets->nonce)) ?:
	       hex2bin(octets->in, answer->in, octets->in_len) ?:
	       hex2bin(octets->out, answer->out, octets->out_len);
}

static int compare(const struct known_answer *answer, const u8 *got, const u8 *want, size_t len)
{
	if (!memcmp(got, want, len))
		return 0;
	pr_err("%s: known answer test failed\n", answer->driver);
	return -EINVAL;
}

static int untried(const struct known_answer *answer, int err)
{
	pr_err("%s: known answer test could not run (%d)\n", answer->driver, err);
	return err;
}

/*
 * There in two fragments that split a word, so that the walk is tried too, and back in one
 * piece, as lane code takes it. In place.
 */
static int crypt_both_ways(struct skcipher_request *req, struct octets *octets,
			   const struct known_answer *answer)
{
	const size_t split = 5;
	struct scatterlist sg[2];
	int err;

	memcpy(octets->work, octets->in, octets->in_len);
	sg_init_table(sg, ARRAY_SIZE(sg));
	sg_set_buf(&sg[0], octets->work, split);
	sg_set_buf(&sg[1], octets->work + split, octets->in_len - split);
	skcipher_request_set_callback(req, 0, NULL, NULL);
	skcipher_request_set_crypt(req, sg, sg, octets->in_len, octets->nonce);

	err = crypto_skcipher_encrypt(req);
	if (err)
		return untried(answer, err);
	err = compare(answer, octets->work, octets->out, octets->in_len);
	if (err)
		return err;
	sg_init_one(sg, octets->work, octets->in_len);
	err = crypto_skcipher_decrypt(req);
	if (err)
		return untried(answer, err);
	return compare(answer, octets->work, octets->in, octets->in_len);
}

static int check_nea(struct octets *octets, const struct known_answer *answer)
{
	struct crypto_skcipher *tfm;
	struct skcipher_request *req;
	int err;

	tfm = crypto_alloc_skcipher(answer->driver, 0, CRYPTO_ALG_ASYNC);
	if (IS_ERR(tfm))
		return untried(answer, PTR_ERR(tfm));
	err = crypto_skcipher_setkey(tfm, octets->key, sizeof(octets->key));
	if (err) {
		untried(answer, err);
		goto out_free_tfm;
	}
	req = skcipher_request_alloc(tfm, GFP_KERNEL);
	if (!req) {
		err = untried(answer, -ENOMEM);
		goto out_free_tfm;
	}
	err = crypt_both_ways(req, octets, answer);
	skcipher_request_free(req);
out_free_tfm:
	crypto_free_skcipher(tfm);
	return err;
}

static int digest(struct crypto_shash *tfm, struct octets *octets)
{
	SHASH_DESC_ON_STACK(desc, tfm);
	int err;

	desc->tfm = tfm;
	err = crypto_shash_setkey(tfm, octets->key, sizeof(octets->key)) ?:
	      crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, octets->nonce, sizeof(octets->nonce)) ?:
	      crypto_shash_finup(desc, octets->in, octets->in_len, octets->work);
	shash_desc_zero(desc);
	return err;
}

static int check_nia(struct octets *octets, const struct known_answer *answer)
{
	struct crypto_shash *tfm;
	int err;

	tfm = crypto_alloc_shash(answer->driver, 0, 0);
	if (IS_ERR(tfm))
		return untried(answer, PTR_ERR(tfm));
	err = digest(tfm, octets);
	if (err)
		untried(answer, err);
	else
		err = compare(answer, octets->work, octets->out, NIA_MAC_LEN);
	crypto_free_shash(tfm);
	return err;
}

static int check(const struct known_answer *answer,
		 int (*check_octets)(struct octets *octets, const struct known_answer *answer))
{
	struct octets *octets = kzalloc(sizeof(*octets), GFP_KERNEL);
	int err;

	if (!octets)
		return untried(answer, -ENOMEM);
	err = decode(octets, answer);
	if (err)
		untried(answer, err);
	else
		err = check_octets(octets, answer);
	kfree_sensitive(octets);
	return err;
}

/**
 * selftest_nea - compare a cipher with a known answer
 * @answer: what it has to be
 *
 * Return: 0, or an error that has been printed.
 */
VISIBLE_IF_KUNIT int selftest_nea(const struct known_answer *answer)
{
	return check(answer, check_nea);
}
EXPORT_SYMBOL_IF_KUNIT(selftest_nea);

/**
 * selftest_nia - compare an integrity algorithm with a known answer
 * @answer: what it has to be
 *
 * Return: 0, or an error that has been printed.
 */
VISIBLE_IF_KUNIT int selftest_nia(const struct known_answer *answer)
{
	return check(answer, check_nia);
}
EXPORT_SYMBOL_IF_KUNIT(selftest_nia);

/* The drivers of one kind of algorithm, and how to ask one. */
struct drivers {
	const char *(*name)(const char *alg, unsigned int n);
	void (*drop)(const char *driver);
	int (*ask)(const struct known_answer *answer);
};

static const struct drivers nea_drivers = {
	.name = nea_skcipher_driver,
	.drop = nea_skcipher_drop,
	.ask = selftest_nea,
};

static const struct drivers nia_drivers = {
	.name = nia_shash_driver,
	.drop = nia_shash_drop,
	.ask = selftest_nia,
};

/*
 * One answer of every driver of its algorithm. A SIMD driver that fails goes: there are
 * emulators that offer instructions which they do wrong (QEMU 7.2: VAES). The portable one,
 * which comes first, must not fail.
 */
static int ask_all(const struct known_answer *answer, const struct drivers *drivers)
{
	struct known_answer one = *answer;
	unsigned int n = 0;
	int err;

	while ((one.driver = drivers->name(answer->driver, n))) {
		err = drivers->ask(&one);
		if (err && (!n || pdcp_level_forced()))
			return err;
		if (!err)
			n++;
		else
			drivers->drop(one.driver);
	}
	return n ? 0 : untried(answer, -ENOENT);
}

int pdcp_selftest_run(void)
{
	size_t i;
	int err;

	for (i = 0; i < ARRAY_SIZE(nea_answers); i++) {
		err = ask_all(&nea_answers[i], &nea_drivers);
		if (err)
			return err;
	}
	for (i = 0; i < ARRAY_SIZE(nia_answers); i++) {
		err = ask_all(&nia_answers[i], &nia_drivers);
		if (err)
			return err;
	}
	return selftest_lanes();
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_selftest_run);
