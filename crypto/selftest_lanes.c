// SPDX-License-Identifier: GPL-2.0
/*
 * The known answers are too short to fill lanes, and one at a time. So every SIMD driver also
 * seals a batch of many lengths, which the portable drivers have to open.
 */

#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "batch.h"
#include "level.h"
#include "nea.h"
#include "nia.h"
#include "selftest.h"

#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <linux/printk.h>
#include <linux/slab.h>

#define JOBS PDCP_BATCH_RUN
#define CLEAR 3
#define LEN_MAX (19 * JOBS)
#define SIZE (CLEAR + LEN_MAX + PDCP_BATCH_MAC_LEN)

static const u8 keys[2][NEA_KEY_LEN] = { "a test key, 16 o", "another one of 1" };

/* Two keys, so that not all lanes have the same one. */
struct keyed {
	struct crypto_sync_skcipher *nea[2];
	struct crypto_shash *nia[2];
};

struct trial {
	struct keyed simd;
	struct keyed portable;
	struct pdcp_job jobs[JOBS];
	u8 pdu[JOBS][SIZE];
};

static u8 octet(unsigned int job, unsigned int i)
{
	return (job + 1) * 31 + i * 7 + (i >> 5);
}

static void free_keyed(struct keyed *keyed)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (!IS_ERR_OR_NULL(keyed->nea[i]))
			crypto_free_sync_skcipher(keyed->nea[i]);
		if (!IS_ERR_OR_NULL(keyed->nia[i]))
			crypto_free_shash(keyed->nia[i]);
	}
}

static int alloc_nea(struct keyed *keyed, unsigned int i, const char *driver)
{
	keyed->nea[i] = crypto_alloc_sync_skcipher(driver, 0, 0);
	return PTR_ERR_OR_ZERO(keyed->nea[i]) ?:
	       crypto_sync_skcipher_setkey(keyed->nea[i], keys[i], NEA_KEY_LEN);
}

static int alloc_nia(struct keyed *keyed, unsigned int i, const char *driver)
{
	keyed->nia[i] = crypto_alloc_shash(driver, 0, 0);
	return PTR_ERR_OR_ZERO(keyed->nia[i]) ?:
	       crypto_shash_setkey(keyed->nia[i], keys[!i], NIA_KEY_LEN);
}

static int alloc_keyed(struct keyed *keyed, const char *nea, const char *nia)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < 2 && !err; i++) {
		if (nea)
			err = alloc_nea(keyed, i, nea);
		if (nia && !err)
			err = alloc_nia(keyed, i, nia);
	}
	return err;
}

static void set_jobs(struct trial *trial, const struct keyed *keyed)
{
	unsigned int i;

	for (i = 0; i < JOBS; i++) {
		trial->jobs[i] = (struct pdcp_job){
			.nea = keyed->nea[i % 5 == 4],
			.nia = keyed->nia[i % 5 == 4],
			.dst = trial->pdu[i],
			.clear = CLEAR,
			.len = i * 19,
			.mac = keyed->nia[0],
		};
		pdcp_nonce_pack(trial->jobs[i].nonce, i, 5, i % 2);
	}
}

static bool intact(const struct trial *trial)
{
	unsigned int i, j;

	for (i = 0; i < JOBS; i++) {
		if (trial->jobs[i].err)
			return false;
		for (j = 0; j < CLEAR + trial->jobs[i].len; j++)
			if (trial->pdu[i][j] != octet(i, j))
				return false;
	}
	return true;
}

static int seal_and_open(struct trial *trial)
{
	unsigned int i, j;

	for (i = 0; i < JOBS; i++)
		for (j = 0; j < SIZE; j++)
			trial->pdu[i][j] = octet(i, j);
	set_jobs(trial, &trial->simd);
	pdcp_batch_seal(trial->jobs, JOBS);
	set_jobs(trial, &trial->portable);
	pdcp_batch_open(trial->jobs, JOBS);
	if (!intact(trial))
		return -EBADMSG;
	set_jobs(trial, &trial->portable);
	pdcp_batch_seal(trial->jobs, JOBS);
	set_jobs(trial, &trial->simd);
	pdcp_batch_open(trial->jobs, JOBS);
	return intact(trial) ? 0 : -EBADMSG;
}

/* -EBADMSG: they are wrong. One of the two may be NULL: the other alone. */
static int try(const char *nea, const char *nia)
{
	struct trial *trial = kzalloc(sizeof(*trial), GFP_KERNEL);
	char portable[2][CRYPTO_MAX_ALG_NAME];
	int err;

	if (!trial)
		return -ENOMEM;
	snprintf(portable[0], sizeof(portable[0]), "%.4s-generic", nea ?: "");
	snprintf(portable[1], sizeof(portable[1]), "%.4s-generic", nia ?: "");
	err = alloc_keyed(&trial->simd, nea, nia) ?:
	      alloc_keyed(&trial->portable, nea ? portable[0] : NULL, nia ? portable[1] : NULL) ?:
	      seal_and_open(trial);
	if (err)
		pr_err("%s%s%s: batch test failed (%d)\n", nea ?: "", nea && nia ? " and " : "",
		       nia ?: "", err);
	free_keyed(&trial->simd);
	free_keyed(&trial->portable);
	kfree_sensitive(trial);
	return err;
}

/* What is wrong goes, unless it was asked for. */
static int try_or_drop(const char *nea, const char *nia)
{
	int err = try(nea, nia);

	if (err != -EBADMSG || pdcp_level_forced())
		return err;
	if (nea)
		nea_skcipher_drop(nea);
	if (nia)
		nia_shash_drop(nia);
	return 0;
}

/* From the last one, so that dropping one does not renumber those to come; 0 is portable. */
static int try_each(const char *nea, const char *nia)
{
	unsigned int n;
	int err = 0;

	for (n = 1; nea_skcipher_driver(nea, n); n++)
		;
	while (!err && --n)
		err = try_or_drop(nea_skcipher_driver(nea, n), NULL);
	for (n = 1; nia_shash_driver(nia, n); n++)
		;
	while (!err && --n)
		err = try_or_drop(NULL, nia_shash_driver(nia, n));
	return err;
}

/* Of one level each, as far as they go. */
static int try_pairs(const char *nea, const char *nia)
{
	unsigned int n;
	int err = 0;

	for (n = 1; nea_skcipher_driver(nea, n) && nia_shash_driver(nia, n); n++)
		;
	while (!err && --n)
		err = try_or_drop(nea_skcipher_driver(nea, n), nia_shash_driver(nia, n));
	return err;
}

/**
 * selftest_lanes - compare each SIMD driver, by lanes and pairs, with the portable one
 *
 * Return: 0, or the error of the first that differs.
 */
int selftest_lanes(void)
{
	static const char * const names[][2] = {
		{ "nea1", "nia1" }, { "nea2", "nia2" }, { "nea3", "nia3" },
	};
	unsigned int i;
	int err = 0;

	for (i = 0; i < ARRAY_SIZE(names) && !err; i++)
		err = try_each(names[i][0], names[i][1]) ?: try_pairs(names[i][0], names[i][1]);
	return err;
}
