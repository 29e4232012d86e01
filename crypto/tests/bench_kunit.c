// SPDX-License-Identifier: GPL-2.0
/*
 * What NEA2 and NIA2 cost as a batch, and through the kernel's own ctr(aes) and cmac(aes) the way
 * that a module would use them: synchronous, with requests on the stack, packet by packet.  Both
 * in place, in turns, and with the same result.  Run on request, by tools/bench.
 *
 * User Mode Linux has no AES of its own but the portable one.  Where the processor has AES-NI, what
 * a native kernel does is measured as well: the same templates over a cipher that does a block with
 * AES-NI.  It flatters them, because a native kernel opens an FPU section for each block.
 */
#include "crypto/batch.h"
#include "crypto/level.h"
#include "crypto/tests/aes_block.h"
#include "crypto/tests/windows.h"

#include <asm/fpu/api.h>
#include <crypto/aes.h>
#include <crypto/algapi.h>
#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/scatterlist.h>

enum {
	LEN_MAX = 9000,
	WINDOW_OCTETS = 50000,
	KEY_LEN = 16,
};

static unsigned int bench;
module_param(bench, uint, 0);
MODULE_PARM_DESC(bench, "1: run the benchmark too; 2: as a trial, on a machine that is busy");

static const u16 lengths[] = { 64, 256, 1400, LEN_MAX };

static const struct {
	const char *name;
	bool cipher;
	bool mac;
} works[] = {
	{ "NEA2", true, false },
	{ "NIA2", false, true },
	{ "NEA2+NIA2", true, true },
};

/**
 * struct peer - the kernel's own algorithms
 * @ctr: name of the cipher
 * @cmac: name of the MAC
 * @level: what it needs of the processor
 */
struct peer {
	const char *ctr;
	const char *cmac;
	enum pdcp_level level;
};

static const struct peer peers[] = {
	{ "ctr(aes)", "cmac(aes)", PDCP_LEVEL_PORTABLE },
	{ "ctr(bench-aesni)", "cmac(bench-aesni)", PDCP_LEVEL_AESNI },
};

struct message {
	u8 ours[LEN_MAX + PDCP_BATCH_MAC_LEN];
	u8 theirs[LEN_MAX + PDCP_BATCH_MAC_LEN];
	u8 nonce[AES_BLOCK_SIZE];
};

struct kernel_bench {
	struct crypto_sync_skcipher *nea;
	struct crypto_shash *nia;
	struct crypto_sync_skcipher *ctr[ARRAY_SIZE(peers)];
	struct crypto_shash *cmac[ARRAY_SIZE(peers)];
	struct message messages[PDCP_BATCH_RUN];
	struct pdcp_job jobs[PDCP_BATCH_RUN];
};

struct kernel_case {
	unsigned int work;
	unsigned int peer;
	u16 len;
	u8 n;
	struct windows windows;
};

/* The cipher "bench-aesni" -------------------------------------------------- */

static int block_setkey(struct crypto_tfm *tfm, const u8 *key, unsigned int len)
{
	return aes_expandkey(crypto_tfm_ctx(tfm), key, len);
}

static void block_encrypt(struct crypto_tfm *tfm, u8 *dst, const u8 *src)
{
	const struct crypto_aes_ctx *aes = crypto_tfm_ctx(tfm);

	kernel_fpu_begin();
	aes_block_aesni((const u8 *)aes->key_enc, dst, src);
	kernel_fpu_end();
}

/* Neither template deciphers. */
static void block_decrypt(struct crypto_tfm *tfm, u8 *dst, const u8 *src)
{
}

static struct crypto_alg block_alg = {
	.cra_name = "bench-aesni",
	.cra_driver_name = "bench-aesni",
	.cra_flags = CRYPTO_ALG_TYPE_CIPHER,
	.cra_blocksize = AES_BLOCK_SIZE,
	.cra_ctxsize = sizeof(struct crypto_aes_ctx),
	.cra_module = THIS_MODULE,
	.cra_u.cipher = {
		.cia_min_keysize = KEY_LEN,
		.cia_max_keysize = KEY_LEN,
		.cia_setkey = block_setkey,
		.cia_encrypt = block_encrypt,
		.cia_decrypt = block_decrypt,
	},
};

/* What is compared ----------------------------------------------------------- */

static noinline int digest(struct crypto_shash *cmac, struct message *m, u32 len)
{
	SHASH_DESC_ON_STACK(desc, cmac);
	u8 tag[AES_BLOCK_SIZE];
	int err;

	desc->tfm = cmac;
	err = crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, m->nonce, PDCP_NONCE_LEN) ?:
	      crypto_shash_finup(desc, m->theirs, len, tag);
	memcpy(m->theirs + len, tag, PDCP_BATCH_MAC_LEN);
	shash_desc_zero(desc);
	return err;
}

static noinline int crypt(struct crypto_sync_skcipher *ctr, struct message *m, u32 len)
{
	SYNC_SKCIPHER_REQUEST_ON_STACK(req, ctr);
	u8 iv[AES_BLOCK_SIZE];
	struct scatterlist sg;
	int err;

	memcpy(iv, m->nonce, sizeof(iv));
	sg_init_one(&sg, m->theirs, len);
	skcipher_request_set_sync_tfm(req, ctr);
	skcipher_request_set_callback(req, 0, NULL, NULL);
	skcipher_request_set_crypt(req, &sg, &sg, len, iv);
	err = crypto_skcipher_encrypt(req);
	skcipher_request_zero(req);
	return err;
}

static u32 octets(const struct kernel_case *c)
{
	return c->len + (works[c->work].mac ? PDCP_BATCH_MAC_LEN : 0);
}

static u64 run_theirs(struct kunit *test, struct kernel_bench *b, const struct kernel_case *c)
{
	u64 start = window_clock();
	unsigned int i;
	int err = 0;

	for (i = 0; i < c->n && !err; i++) {
		if (works[c->work].mac)
			err = digest(b->cmac[c->peer], &b->messages[i], c->len);
		if (works[c->work].cipher && !err)
			err = crypt(b->ctr[c->peer], &b->messages[i], octets(c));
	}
	start = window_clock() - start;
	KUNIT_EXPECT_EQ(test, err, 0);
	return start;
}

static u64 run_ours(struct kunit *test, struct kernel_bench *b, const struct kernel_case *c)
{
	u64 start = window_clock();
	unsigned int i;

	for (i = 0; i < c->n; i++) {
		b->jobs[i] = (struct pdcp_job){
			.nea = works[c->work].cipher ? b->nea : NULL,
			.nia = works[c->work].mac ? b->nia : NULL,
			.mac = works[c->work].mac,
			.dst = b->messages[i].ours,
			.len = c->len,
		};
		memcpy(b->jobs[i].nonce, b->messages[i].nonce, PDCP_NONCE_LEN);
	}
	pdcp_batch_seal(b->jobs, c->n);
	start = window_clock() - start;
	for (i = 0; i < c->n; i++)
		KUNIT_EXPECT_EQ(test, b->jobs[i].err, 0);
	return start;
}

static void agree(struct kunit *test, struct kernel_bench *b, const struct kernel_case *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++)
		memcpy(b->messages[i].theirs, b->messages[i].ours, LEN_MAX);
	run_ours(test, b, c);
	run_theirs(test, b, c);
	for (i = 0; i < c->n; i++)
		KUNIT_EXPECT_MEMEQ(test, b->messages[i].ours, b->messages[i].theirs, octets(c));
}

static void run_window(struct kunit *test, struct kernel_bench *b, struct kernel_case *c)
{
	u64 spin = window_spin(), ours = 0, theirs = 0;
	unsigned int done = 0;

	do {
		ours += run_ours(test, b, c);
		theirs += run_theirs(test, b, c);
		done += c->n * c->len;
	} while (done < WINDOW_OCTETS);
	windows_add(&c->windows, div_u64(1000 * ours, done), div_u64(1000 * theirs, done), spin);
	cond_resched();
}

/* Around it all --------------------------------------------------------------- */

static void set_keys(struct kunit *test, struct kernel_bench *b, unsigned int peer)
{
	static const u8 enc[KEY_LEN] = "enciphering key", integ[KEY_LEN] = "integrity key";

	KUNIT_ASSERT_EQ(test, crypto_sync_skcipher_setkey(b->nea, enc, KEY_LEN), 0);
	KUNIT_ASSERT_EQ(test, crypto_shash_setkey(b->nia, integ, KEY_LEN), 0);
	KUNIT_ASSERT_EQ(test, crypto_sync_skcipher_setkey(b->ctr[peer], enc, KEY_LEN), 0);
	KUNIT_ASSERT_EQ(test, crypto_shash_setkey(b->cmac[peer], integ, KEY_LEN), 0);
}

static void tfms_create(struct kunit *test, struct kernel_bench *b)
{
	unsigned int i;

	b->nea = crypto_alloc_sync_skcipher("nea2", 0, 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, b->nea);
	b->nia = crypto_alloc_shash("nia2", 0, 0);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, b->nia);
	for (i = 0; i < ARRAY_SIZE(peers) && pdcp_level_usable(peers[i].level); i++) {
		b->ctr[i] = crypto_alloc_sync_skcipher(peers[i].ctr, 0, 0);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, b->ctr[i]);
		b->cmac[i] = crypto_alloc_shash(peers[i].cmac, 0, 0);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, b->cmac[i]);
		set_keys(test, b, i);
	}
}

/* Freeing takes NULL and errors, too. */
static void tfms_destroy(struct kernel_bench *b)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(peers); i++) {
		if (b->cmac[i])
			crypto_free_shash(b->cmac[i]);
		if (b->ctr[i])
			crypto_free_sync_skcipher(b->ctr[i]);
	}
	if (b->nia)
		crypto_free_shash(b->nia);
	if (b->nea)
		crypto_free_sync_skcipher(b->nea);
}

static void messages_fill(struct kernel_bench *b)
{
	struct rnd_state rnd;
	unsigned int i;

	prandom_seed_state(&rnd, 1);
	for (i = 0; i < ARRAY_SIZE(b->messages); i++) {
		prandom_bytes_state(&rnd, b->messages[i].ours, LEN_MAX);
		pdcp_nonce_pack(b->messages[i].nonce, i, 3, 0);
	}
}

static unsigned int cases_create(struct kernel_case *cases, unsigned int npeers)
{
	unsigned int work, peer, len, batch, n = 0;

	for (work = 0; work < ARRAY_SIZE(works); work++)
		for (peer = 0; peer < npeers; peer++)
			for (len = 0; len < ARRAY_SIZE(lengths); len++)
				for (batch = 0; batch < 2; batch++)
					cases[n++] = (struct kernel_case){
						.work = work,
						.peer = peer,
						.len = lengths[len],
						.n = batch ? PDCP_BATCH_RUN : 1,
					};
	return n;
}

static const char *level_name(void)
{
	enum pdcp_level level = __PDCP_LEVELS - 1;

	while (!pdcp_level_usable(level))
		level--;
	return pdcp_level_name(level);
}

/* Fields as those of tools/bench/cores. */
static void print(struct kunit *test, const struct kernel_bench *b, struct kernel_case *c)
{
	struct crypto_sync_skcipher *ctr = works[c->work].cipher ? b->ctr[c->peer] : NULL;
	struct crypto_shash *cmac = works[c->work].mac ? b->cmac[c->peer] : NULL;
	struct windows_result r;

	if (!windows_tell(&c->windows, bench, &r)) {
		kunit_info(test, "bench cores %s %s %u %u noisy", works[c->work].name,
			   level_name(), c->len, c->n);
		return;
	}
	kunit_info(test,
		   "bench cores %s %s %u %u %llu.%03llu %llu.%03llu %llu.%03llu %u %llu.%03llu %s%s%s %u.%02u",
		   works[c->work].name, level_name(), c->len, c->n,
		   r.ours / 1000, r.ours % 1000, r.low / 1000, r.low % 1000,
		   r.high / 1000, r.high % 1000, r.kept, r.peer / 1000, r.peer % 1000,
		   ctr ? crypto_tfm_alg_driver_name(crypto_skcipher_tfm(&ctr->base)) : "",
		   ctr && cmac ? "+" : "",
		   cmac ? crypto_tfm_alg_driver_name(crypto_shash_tfm(cmac)) : "",
		   r.speed / 100, r.speed % 100);
}

static void bench_kernel(struct kunit *test)
{
	unsigned int npeers, n, round, i;
	struct kernel_bench *b = test->priv;
	struct kernel_case *cases;

	if (!bench)
		kunit_skip(test, "only with bench=1");
	tfms_create(test, b);
	for (npeers = 0; npeers < ARRAY_SIZE(peers) && b->ctr[npeers]; npeers++)
		;
	n = ARRAY_SIZE(works) * npeers * ARRAY_SIZE(lengths) * 2;
	cases = kunit_kcalloc(test, n, sizeof(*cases), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, cases);
	KUNIT_ASSERT_EQ(test, cases_create(cases, npeers), n);

	messages_fill(b);
	for (i = 0; i < n; i++)
		agree(test, b, &cases[i]);
	for (round = 0; round < WINDOWS; round++)
		for (i = 0; i < n; i++)
			run_window(test, b, &cases[i]);
	for (i = 0; i < n; i++)
		print(test, b, &cases[i]);
}

static int bench_init(struct kunit *test)
{
	test->priv = kunit_kzalloc(test, sizeof(struct kernel_bench), GFP_KERNEL);
	return test->priv ? 0 : -ENOMEM;
}

static void bench_exit(struct kunit *test)
{
	if (test->priv)
		tfms_destroy(test->priv);
}

static int bench_suite_init(struct kunit_suite *suite)
{
	return crypto_register_alg(&block_alg);
}

static void bench_suite_exit(struct kunit_suite *suite)
{
	crypto_unregister_alg(&block_alg);
}

static struct kunit_case bench_cases[] = {
	KUNIT_CASE_SLOW(bench_kernel),
	{ }
};

static struct kunit_suite bench_suite = {
	.name = "pdcp_bench_kernel",
	.init = bench_init,
	.exit = bench_exit,
	.suite_init = bench_suite_init,
	.suite_exit = bench_suite_exit,
	.test_cases = bench_cases,
};

kunit_test_suite(bench_suite);
