// SPDX-License-Identifier: GPL-2.0
/* The NEA cores and their skciphers against known answers, in every shape a request can have. */

#include "crypto/level.h"
#include "crypto/nea.h"
#include "crypto/tests/vector.h"
#include "crypto/tests/vectors/nea1_vectors.h"
#include "crypto/tests/vectors/nea2_vectors.h"
#include "crypto/tests/vectors/nea3_vectors.h"

#include <crypto/skcipher.h>
#include <kunit/test.h>
#include <linux/module.h>
#include <linux/prandom.h>
#include <linux/scatterlist.h>

#define GUARD 0xa5
#define FRAGMENTS_MAX 64

/* A driver, by name; skipped where the processor lacks its level. */
struct algorithm {
	const char *name;
	enum pdcp_level level;
	const struct nea_core *core;
	const struct nea_vector *vectors;
	size_t count;
};

#define ALGORITHM(alg, driver, level) \
	{ #alg "-" driver, PDCP_LEVEL_##level, &alg##_core, alg##_vectors, \
	  ARRAY_SIZE(alg##_vectors) }

static const struct algorithm algorithms[] = {
	ALGORITHM(nea1, "generic", PORTABLE),
	ALGORITHM(nea1, "avx2", AVX2),
	ALGORITHM(nea1, "avx512", AVX512),
	ALGORITHM(nea2, "generic", PORTABLE),
	ALGORITHM(nea2, "aesni", AESNI),
	ALGORITHM(nea2, "vaes", VAES),
	ALGORITHM(nea2, "avx512", AVX512),
	ALGORITHM(nea3, "generic", PORTABLE),
	ALGORITHM(nea3, "avx2", AVX2),
	ALGORITHM(nea3, "avx512", AVX512),
};

KUNIT_ARRAY_PARAM_DESC(algorithm, algorithms, name);
KUNIT_ARRAY_PARAM_DESC(nea1, nea1_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nea2, nea2_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nea3, nea3_vectors, name);

/* A vector in octets and a keyed request of the crypto API. */
struct message {
	struct crypto_skcipher *tfm;
	struct skcipher_request *req;
	u8 nonce[PDCP_NONCE_LEN];
	u8 *key;
	u8 *in;
	u8 *out;
	size_t len;
};

KUNIT_DEFINE_ACTION_WRAPPER(free_tfm, crypto_free_skcipher, struct crypto_skcipher *);
KUNIT_DEFINE_ACTION_WRAPPER(free_req, skcipher_request_free, struct skcipher_request *);

static struct crypto_skcipher *alloc_tfm(struct kunit *test, const char *name)
{
	struct crypto_skcipher *tfm = crypto_alloc_skcipher(name, 0, CRYPTO_ALG_ASYNC);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, tfm);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_tfm, tfm), 0);
	return tfm;
}

static struct skcipher_request *alloc_req(struct kunit *test, struct crypto_skcipher *tfm)
{
	struct skcipher_request *req = skcipher_request_alloc(tfm, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, req);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_req, req), 0);
	skcipher_request_set_callback(req, 0, NULL, NULL);
	return req;
}

static struct message *new_message(struct kunit *test, const char *name,
				   const struct nea_vector *vector)
{
	struct message *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->len = BITS_TO_BYTES(vector->bits);
	m->key = vector_key(test, vector->key);
	m->in = vector_message(test, vector->bits, vector->in, vector->in_rest);
	m->out = vector_message(test, vector->bits, vector->out, vector->out_rest);
	pdcp_nonce_pack(m->nonce, vector->count, vector->bearer, vector->direction);
	m->tfm = alloc_tfm(test, name);
	m->req = alloc_req(test, m->tfm);
	KUNIT_ASSERT_EQ(test, crypto_skcipher_setkey(m->tfm, m->key, NEA_KEY_LEN), 0);
	return m;
}

/* The 9000-octet vector: its first n octets answer for every shorter message. */
static struct message *long_message(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	const struct nea_vector *longest = alg->vectors;
	size_t i;

	if (!pdcp_level_usable(alg->level))
		kunit_skip(test, "not on this processor: %s", pdcp_level_name(alg->level));
	for (i = 0; i < alg->count; i++)
		if (alg->vectors[i].bits > longest->bits)
			longest = &alg->vectors[i];
	KUNIT_ASSERT_EQ(test, longest->bits, 9000 * BITS_PER_BYTE);
	return new_message(test, alg->name, longest);
}

static u8 *new_buffer(struct kunit *test, size_t len)
{
	u8 *buffer = kunit_kmalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buffer);
	memset(buffer, GUARD, len);
	return buffer;
}

static int encrypt(struct message *m, u8 *dst, u8 *src, size_t len)
{
	struct scatterlist from, to;

	sg_init_one(&from, src, len);
	sg_init_one(&to, dst, len);
	skcipher_request_set_crypt(m->req, &from, &to, len, m->nonce);
	return crypto_skcipher_encrypt(m->req);
}

static void check_driver(struct kunit *test, const char *driver)
{
	const struct nea_vector *vector = test->param_value;
	struct message *m = new_message(test, driver, vector);
	u8 *work = new_buffer(test, m->len + 1);

	if (vector->bits % BITS_PER_BYTE) {
		m->len--;
		work[m->len] = GUARD;
	}
	KUNIT_EXPECT_EQ(test, encrypt(m, work, m->in, m->len), 0);
	KUNIT_EXPECT_MEMEQ(test, work, m->out, m->len);
	KUNIT_EXPECT_EQ(test, encrypt(m, work, work, m->len), 0);
	KUNIT_EXPECT_MEMEQ(test, work, m->in, m->len);
	KUNIT_EXPECT_EQ(test, crypto_skcipher_decrypt(m->req), 0);
	KUNIT_EXPECT_MEMEQ(test, work, m->out, m->len);
	KUNIT_EXPECT_EQ(test, work[m->len], GUARD);
}

static void check_api(struct kunit *test, const char *name)
{
	const char *driver;
	unsigned int n;

	for (n = 0; (driver = nea_skcipher_driver(name, n)); n++)
		check_driver(test, driver);
	KUNIT_EXPECT_GT(test, n, 0);
}

/* Whole, then in two parts that meet in the middle of a word. */
static void check_core(struct kunit *test, const struct nea_core *core)
{
	const struct nea_vector *vector = test->param_value;
	size_t len = BITS_TO_BYTES(vector->bits), split = len / 2 | 1;
	u8 *in = vector_message(test, vector->bits, vector->in, vector->in_rest);
	u8 *out = vector_message(test, vector->bits, vector->out, vector->out_rest);
	u8 *work = new_buffer(test, len + 1);
	u8 nonce[PDCP_NONCE_LEN];
	struct nea_stream stream;
	struct nea_key key;

	pdcp_nonce_pack(nonce, vector->count, vector->bearer, vector->direction);
	KUNIT_ASSERT_EQ(test, core->setkey(&key, vector_key(test, vector->key)), 0);
	core->start(&stream, &key, nonce);
	core->xor(&stream, work, in, vector->bits);
	KUNIT_EXPECT_MEMEQ(test, work, out, len);
	KUNIT_EXPECT_EQ(test, work[len], GUARD);
	if (split >= len)
		return;
	core->start(&stream, &key, nonce);
	core->xor(&stream, in, in, split * BITS_PER_BYTE);
	core->xor(&stream, in + split, in + split, vector->bits - split * BITS_PER_BYTE);
	KUNIT_EXPECT_MEMEQ(test, in, out, len);
}

static void nea1_api(struct kunit *test)
{
	check_api(test, "nea1");
}

static void nea2_api(struct kunit *test)
{
	check_api(test, "nea2");
}

static void nea3_api(struct kunit *test)
{
	check_api(test, "nea3");
}

static void nea1_bits(struct kunit *test)
{
	check_core(test, &nea1_core);
}

static void nea2_bits(struct kunit *test)
{
	check_core(test, &nea2_core);
}

static void nea3_bits(struct kunit *test)
{
	check_core(test, &nea3_core);
}

static void expect_prefix(struct kunit *test, struct message *m, u8 *work, size_t len)
{
	work[len] = GUARD;
	KUNIT_EXPECT_EQ(test, encrypt(m, work, m->in, len), 0);
	KUNIT_EXPECT_MEMEQ_MSG(test, work, m->out, len, "%zu octets", len);
	KUNIT_EXPECT_EQ_MSG(test, work[len], GUARD, "%zu octets", len);
	memcpy(work, m->in, len);
	KUNIT_EXPECT_EQ(test, encrypt(m, work, work, len), 0);
	KUNIT_EXPECT_MEMEQ_MSG(test, work, m->out, len, "%zu octets in place", len);
	KUNIT_EXPECT_EQ_MSG(test, work[len], GUARD, "%zu octets in place", len);
}

static void lengths(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 *work = new_buffer(test, m->len + 1);
	size_t len;

	for (len = 0; len <= 300; len++)
		expect_prefix(test, m, work, len);
	for (; len < m->len; len += 397)
		expect_prefix(test, m, work, len);
	expect_prefix(test, m, work, m->len);
}

static void bit_lengths(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	u8 *work = new_buffer(test, m->len);
	struct nea_stream stream;
	struct nea_key key;
	size_t bits, len;
	u8 last;

	KUNIT_ASSERT_EQ(test, alg->core->setkey(&key, m->key), 0);
	for (bits = 1; bits <= 600; bits++) {
		len = BITS_TO_BYTES(bits);
		last = m->out[len - 1] & ~(0xff >> ((bits - 1) % BITS_PER_BYTE + 1));
		alg->core->start(&stream, &key, m->nonce);
		alg->core->xor(&stream, work, m->in, bits);
		KUNIT_EXPECT_MEMEQ_MSG(test, work, m->out, len - 1, "%zu bits", bits);
		KUNIT_EXPECT_EQ_MSG(test, work[len - 1], last, "%zu bits", bits);
	}
}

static void expect_aligned(struct kunit *test, struct message *m, u8 *dst, u8 *src,
			   size_t from, size_t to, size_t len)
{
	memset(dst, GUARD, 16 + len + 16);
	memcpy(src + from, m->in, len);
	KUNIT_EXPECT_EQ(test, encrypt(m, dst + to, src + from, len), 0);
	KUNIT_EXPECT_MEMEQ_MSG(test, dst + to, m->out, len, "from %zu to %zu", from, to);
	KUNIT_EXPECT_MEMEQ_MSG(test, src + from, m->in, len, "from %zu to %zu", from, to);
	KUNIT_EXPECT_PTR_EQ_MSG(test, memchr_inv(dst, GUARD, to), NULL, "from %zu to %zu",
				from, to);
	KUNIT_EXPECT_PTR_EQ_MSG(test, memchr_inv(dst + to + len, GUARD, 32 - to), NULL,
				"from %zu to %zu", from, to);
}

static void alignments(struct kunit *test)
{
	static const size_t lens[] = { 1, 7, 16, 67, 133 };
	struct message *m = long_message(test);
	u8 *src = new_buffer(test, 256);
	u8 *dst = new_buffer(test, 256);
	size_t from, to, i;

	for (from = 0; from < 16; from++)
		for (to = 0; to < 16; to++)
			for (i = 0; i < ARRAY_SIZE(lens); i++)
				expect_aligned(test, m, dst, src, from, to, lens[i]);
}

/* Cuts @len octets into random pieces, with gaps, over a buffer of 2 * @len + FRAGMENTS_MAX. */
static unsigned int scatter(struct rnd_state *rnd, struct scatterlist *sg, u8 *buffer, size_t len)
{
	size_t piece, longest = 2 * len / FRAGMENTS_MAX + 1 + prandom_u32_state(rnd) % len;
	unsigned int n = 0;

	sg_init_table(sg, FRAGMENTS_MAX);
	for (; len; len -= piece) {
		piece = min_t(size_t, len, 1 + prandom_u32_state(rnd) % longest);
		if (n == FRAGMENTS_MAX - 1)
			piece = len;
		sg_set_buf(&sg[n++], buffer, piece);
		buffer += piece + prandom_u32_state(rnd) % 2;
	}
	sg_mark_end(&sg[n - 1]);
	return n;
}

static void fragments(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 *src = new_buffer(test, 2 * m->len + FRAGMENTS_MAX);
	u8 *dst = new_buffer(test, 2 * m->len + FRAGMENTS_MAX);
	u8 *flat = new_buffer(test, m->len);
	size_t len, size = FRAGMENTS_MAX * sizeof(struct scatterlist);
	struct scatterlist *from = kunit_kzalloc(test, size, GFP_KERNEL);
	struct scatterlist *to = kunit_kzalloc(test, size, GFP_KERNEL);
	unsigned int round, from_n, to_n;
	struct rnd_state rnd;

	KUNIT_ASSERT_NOT_NULL(test, from);
	KUNIT_ASSERT_NOT_NULL(test, to);
	prandom_seed_state(&rnd, 38323);
	for (round = 0; round < 200; round++) {
		len = 1 + prandom_u32_state(&rnd) % (round % 4 ? 300 : m->len);
		from_n = scatter(&rnd, from, src, len);
		to_n = scatter(&rnd, to, dst, len);
		sg_copy_from_buffer(from, from_n, m->in, len);

		skcipher_request_set_crypt(m->req, from, to, len, m->nonce);
		KUNIT_EXPECT_EQ(test, crypto_skcipher_encrypt(m->req), 0);
		sg_copy_to_buffer(to, to_n, flat, len);
		KUNIT_EXPECT_MEMEQ_MSG(test, flat, m->out, len, "round %u", round);

		skcipher_request_set_crypt(m->req, from, from, len, m->nonce);
		KUNIT_EXPECT_EQ(test, crypto_skcipher_encrypt(m->req), 0);
		sg_copy_to_buffer(from, from_n, flat, len);
		KUNIT_EXPECT_MEMEQ_MSG(test, flat, m->out, len, "round %u in place", round);
	}
}

/* The same request twice gives the same answer: the caller's IV is not advanced. */
static void nonce_kept(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 *work = new_buffer(test, m->len);
	u8 nonce[PDCP_NONCE_LEN];

	memcpy(nonce, m->nonce, sizeof(nonce));
	KUNIT_EXPECT_EQ(test, encrypt(m, work, m->in, m->len), 0);
	KUNIT_EXPECT_MEMEQ(test, m->nonce, nonce, sizeof(nonce));
	KUNIT_EXPECT_EQ(test, encrypt(m, work, m->in, m->len), 0);
	KUNIT_EXPECT_MEMEQ(test, work, m->out, m->len);
}

/* Reserved bits and octets of the nonce are refused, and nothing is written. */
static void nonce_refused(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 *work = new_buffer(test, m->len);
	unsigned int bit;

	for (bit = 0; bit < 26; bit++) {
		m->nonce[7 - bit / 8] ^= BIT(bit % 8);
		KUNIT_EXPECT_EQ_MSG(test, encrypt(m, work, m->in, 64), -EINVAL, "bit %u", bit);
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(work, GUARD, 64), NULL);
		m->nonce[7 - bit / 8] ^= BIT(bit % 8);
	}
	KUNIT_EXPECT_EQ(test, encrypt(m, work, m->in, m->len), 0);
}

static void key_refused(struct kunit *test)
{
	static const unsigned int lens[] = { 0, 1, 15, 17, 24, 32 };
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	u8 key[32] = {};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lens); i++)
		KUNIT_EXPECT_EQ_MSG(test, crypto_skcipher_setkey(m->tfm, key, lens[i]), -EINVAL,
				    "%u octets", lens[i]);
	m->tfm = alloc_tfm(test, alg->name);
	m->req = alloc_req(test, m->tfm);
	KUNIT_EXPECT_EQ(test, encrypt(m, m->in, m->in, m->len), -ENOKEY);
}

static void attributes(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct crypto_skcipher *tfm = long_message(test)->tfm;

	KUNIT_EXPECT_EQ(test, crypto_skcipher_ivsize(tfm), PDCP_NONCE_LEN);
	KUNIT_EXPECT_EQ(test, crypto_skcipher_blocksize(tfm), 1);
	KUNIT_EXPECT_EQ(test, crypto_skcipher_alignmask(tfm), 0);
	KUNIT_EXPECT_FALSE(test, crypto_skcipher_alg(tfm)->base.cra_flags & CRYPTO_ALG_ASYNC);
	KUNIT_EXPECT_TRUE(test, strstarts(alg->name,
					  crypto_tfm_alg_name(crypto_skcipher_tfm(tfm))));
}

static void nonce_layout(struct kunit *test)
{
	static const u8 expected[] = { 0x01, 0x23, 0x45, 0x67, 0xac, 0, 0, 0 };
	u8 nonce[PDCP_NONCE_LEN];

	pdcp_nonce_pack(nonce, 0x01234567, 21, 1);
	KUNIT_EXPECT_MEMEQ(test, nonce, expected, sizeof(expected));
	KUNIT_EXPECT_TRUE(test, pdcp_nonce_valid(nonce));
}

static struct kunit_case nea_cases[] = {
	KUNIT_CASE_PARAM(nea1_api, nea1_gen_params),
	KUNIT_CASE_PARAM(nea2_api, nea2_gen_params),
	KUNIT_CASE_PARAM(nea3_api, nea3_gen_params),
	KUNIT_CASE_PARAM(nea1_bits, nea1_gen_params),
	KUNIT_CASE_PARAM(nea2_bits, nea2_gen_params),
	KUNIT_CASE_PARAM(nea3_bits, nea3_gen_params),
	KUNIT_CASE_PARAM(lengths, algorithm_gen_params),
	KUNIT_CASE_PARAM(bit_lengths, algorithm_gen_params),
	KUNIT_CASE_PARAM(alignments, algorithm_gen_params),
	KUNIT_CASE_PARAM(fragments, algorithm_gen_params),
	KUNIT_CASE_PARAM(nonce_kept, algorithm_gen_params),
	KUNIT_CASE_PARAM(nonce_refused, algorithm_gen_params),
	KUNIT_CASE_PARAM(key_refused, algorithm_gen_params),
	KUNIT_CASE_PARAM(attributes, algorithm_gen_params),
	KUNIT_CASE(nonce_layout),
	{}
};

static struct kunit_suite nea_suite = {
	.name = "pdcp_nea",
	.test_cases = nea_cases,
};

kunit_test_suite(nea_suite);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("KUnit tests of pdcp_crypto");
MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);
