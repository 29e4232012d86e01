// SPDX-License-Identifier: GPL-2.0
/* The NIA cores and their shashes against known answers, in every order of calls. */

#include "crypto/level.h"
#include "crypto/nia.h"
#include "crypto/tests/vector.h"
#include "crypto/tests/vectors/nia1_vectors.h"
#include "crypto/tests/vectors/nia2_vectors.h"
#include "crypto/tests/vectors/nia3_vectors.h"

#include <crypto/hash.h>
#include <kunit/test.h>
#include <linux/prandom.h>

/* A driver, by name; skipped where the processor lacks its level. */
struct algorithm {
	const char *name;
	enum pdcp_level level;
	const struct nia_core *core;
	const struct nia_vector *vectors;
	size_t count;
	const u32 *macs_of_bits;
	const u32 *macs_of_octets;
	const u32 *macs_of_steps;
};

#define ALGORITHM(alg, driver, level) \
	{ #alg "-" driver, PDCP_LEVEL_##level, &alg##_core, alg##_vectors, \
	  ARRAY_SIZE(alg##_vectors), \
	  alg##_macs_of_bits, alg##_macs_of_octets, alg##_macs_of_steps }

static const struct algorithm algorithms[] = {
	ALGORITHM(nia1, "generic", PORTABLE),
	ALGORITHM(nia1, "avx2", AVX2),
	ALGORITHM(nia1, "avx512", AVX512),
	ALGORITHM(nia2, "generic", PORTABLE),
	ALGORITHM(nia2, "aesni", AESNI),
	ALGORITHM(nia2, "vaes", VAES),
	ALGORITHM(nia2, "avx512", AVX512),
	ALGORITHM(nia3, "generic", PORTABLE),
	ALGORITHM(nia3, "avx2", AVX2),
	ALGORITHM(nia3, "avx512", AVX512),
};

KUNIT_ARRAY_PARAM_DESC(algorithm, algorithms, name);
KUNIT_ARRAY_PARAM_DESC(nia1, nia1_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nia2, nia2_vectors, name);
KUNIT_ARRAY_PARAM_DESC(nia3, nia3_vectors, name);

/* A vector in octets, the nonce in front of the message, and a keyed hash. */
struct message {
	struct crypto_shash *tfm;
	struct shash_desc *desc;
	u8 *key;
	u8 *data;
	size_t len;
	u32 mac;
};

KUNIT_DEFINE_ACTION_WRAPPER(free_tfm, crypto_free_shash, struct crypto_shash *);

static struct crypto_shash *alloc_tfm(struct kunit *test, const char *name)
{
	struct crypto_shash *tfm = crypto_alloc_shash(name, 0, 0);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, tfm);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_tfm, tfm), 0);
	return tfm;
}

static struct shash_desc *new_desc(struct kunit *test, struct crypto_shash *tfm)
{
	struct shash_desc *desc;

	desc = kunit_kzalloc(test, sizeof(*desc) + crypto_shash_descsize(tfm), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, desc);
	desc->tfm = tfm;
	return desc;
}

static u8 *new_data(struct kunit *test, const struct nia_vector *vector)
{
	size_t len = BITS_TO_BYTES(vector->bits);
	u8 *message = vector_message(test, vector->bits, vector->in, vector->in_rest);
	u8 *data = vector_alloc(test, PDCP_NONCE_LEN + len);

	pdcp_nonce_pack(data, vector->count, vector->bearer, vector->direction);
	memcpy(data + PDCP_NONCE_LEN, message, len);
	return data;
}

static struct message *new_message(struct kunit *test, const char *name,
				   const struct nia_vector *vector)
{
	struct message *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->key = vector_key(test, vector->key);
	m->data = new_data(test, vector);
	m->len = PDCP_NONCE_LEN + BITS_TO_BYTES(vector->bits);
	m->mac = vector->mac;
	m->tfm = alloc_tfm(test, name);
	m->desc = new_desc(test, m->tfm);
	KUNIT_ASSERT_EQ(test, crypto_shash_setkey(m->tfm, m->key, NIA_KEY_LEN), 0);
	return m;
}

/* The 9000-octet vector, whose beginnings the macs_of_* tables are about. */
static struct message *long_message(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	const struct nia_vector *longest = alg->vectors;
	size_t i;

	if (!pdcp_level_usable(alg->level))
		kunit_skip(test, "not on this processor: %s", pdcp_level_name(alg->level));
	for (i = 0; i < alg->count; i++)
		if (alg->vectors[i].bits > longest->bits)
			longest = &alg->vectors[i];
	KUNIT_ASSERT_EQ(test, longest->bits, 9000 * BITS_PER_BYTE);
	return new_message(test, alg->name, longest);
}

/* Every way to digest at once. */
static void expect_mac(struct kunit *test, struct message *m, size_t len, u32 mac)
{
	__be32 want = cpu_to_be32(mac);
	u8 got[3][NIA_MAC_LEN];

	KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, len, got[0]), 0);
	KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
	KUNIT_EXPECT_EQ(test, crypto_shash_finup(m->desc, m->data, len, got[1]), 0);
	KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
	KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data, len), 0);
	KUNIT_EXPECT_EQ(test, crypto_shash_final(m->desc, got[2]), 0);
	KUNIT_EXPECT_MEMEQ_MSG(test, got[0], &want, NIA_MAC_LEN, "digest of %zu", len);
	KUNIT_EXPECT_MEMEQ_MSG(test, got[1], &want, NIA_MAC_LEN, "finup of %zu", len);
	KUNIT_EXPECT_MEMEQ_MSG(test, got[2], &want, NIA_MAC_LEN, "final of %zu", len);
}

static void check_api(struct kunit *test, const char *name)
{
	const struct nia_vector *vector = test->param_value;
	const char *driver;
	struct message *m;
	unsigned int n;

	if (vector->bits % BITS_PER_BYTE)
		kunit_skip(test, "not whole octets");
	for (n = 0; (driver = nia_shash_driver(name, n)); n++) {
		m = new_message(test, driver, vector);
		expect_mac(test, m, m->len, m->mac);
	}
	KUNIT_EXPECT_GT(test, n, 0);
}

static u32 core_mac(const struct nia_core *core, const struct nia_key *key, const u8 *data,
		    u64 split, u64 bits)
{
	struct nia_state state;
	u8 mac[NIA_MAC_LEN];

	core->start(&state, key, data);
	data += PDCP_NONCE_LEN;
	core->update(&state, key, data, split);
	core->update(&state, key, data + split / BITS_PER_BYTE, bits - split);
	core->final(&state, key, mac);
	return get_unaligned_be32(mac);
}

/* Whole, in two parts, and with the unused bits of the last octet set. */
static void check_core(struct kunit *test, const struct nia_core *core)
{
	const struct nia_vector *vector = test->param_value;
	u64 bits = vector->bits, split = round_down(bits / 2, BITS_PER_BYTE);
	u8 *data = new_data(test, vector);
	struct nia_key key;

	KUNIT_ASSERT_EQ(test, core->setkey(&key, vector_key(test, vector->key)), 0);
	KUNIT_EXPECT_EQ(test, core_mac(core, &key, data, 0, bits), vector->mac);
	KUNIT_EXPECT_EQ(test, core_mac(core, &key, data, split, bits), vector->mac);
	if (bits % BITS_PER_BYTE)
		data[PDCP_NONCE_LEN + bits / BITS_PER_BYTE] |= 0xff >> bits % BITS_PER_BYTE;
	KUNIT_EXPECT_EQ(test, core_mac(core, &key, data, split, bits), vector->mac);
}

static void nia1_api(struct kunit *test)
{
	check_api(test, "nia1");
}

static void nia2_api(struct kunit *test)
{
	check_api(test, "nia2");
}

static void nia3_api(struct kunit *test)
{
	check_api(test, "nia3");
}

static void nia1_bits(struct kunit *test)
{
	check_core(test, &nia1_core);
}

static void nia2_bits(struct kunit *test)
{
	check_core(test, &nia2_core);
}

static void nia3_bits(struct kunit *test)
{
	check_core(test, &nia3_core);
}

static void lengths(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	size_t i;

	for (i = 0; i <= 300; i++)
		expect_mac(test, m, PDCP_NONCE_LEN + i, alg->macs_of_octets[i]);
	for (i = 0; i < 30; i++)
		expect_mac(test, m, PDCP_NONCE_LEN + 290 * (i + 1) + 17, alg->macs_of_steps[i]);
}

static void bit_lengths(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	struct nia_key key;
	u64 bits, split;
	u32 mac;

	KUNIT_ASSERT_EQ(test, alg->core->setkey(&key, m->key), 0);
	for (bits = 0; bits <= 256; bits++) {
		for (split = 0; split <= bits; split += BITS_PER_BYTE) {
			mac = core_mac(alg->core, &key, m->data, split, bits);
			KUNIT_EXPECT_EQ_MSG(test, mac, alg->macs_of_bits[bits],
					    "%llu bits in parts of %llu", bits, split);
		}
	}
}

static void alignments(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 *whole = m->data, *shifted = vector_alloc(test, m->len + 16);
	size_t offset;

	for (offset = 0; offset < 16; offset++) {
		m->data = shifted + offset;
		memcpy(m->data, whole, m->len);
		expect_mac(test, m, m->len, m->mac);
	}
}

/* Feeds the message in random parts, empty ones too. */
static void update_in_parts(struct kunit *test, struct message *m, struct rnd_state *rnd,
			    size_t len)
{
	size_t done, part, longest = 1 + prandom_u32_state(rnd) % 40;

	for (done = 0; done < len; done += part) {
		part = min_t(size_t, len - done, prandom_u32_state(rnd) % (longest + 1));
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data + done, part), 0);
	}
}

static void splits(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	struct rnd_state rnd;
	u8 mac[NIA_MAC_LEN];
	size_t len;

	prandom_seed_state(&rnd, 33501);
	for (len = 0; len <= 300; len++) {
		KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
		update_in_parts(test, m, &rnd, PDCP_NONCE_LEN + len);
		KUNIT_EXPECT_EQ(test, crypto_shash_final(m->desc, mac), 0);
		KUNIT_EXPECT_EQ_MSG(test, get_unaligned_be32(mac), alg->macs_of_octets[len],
				    "%zu octets", len);
	}
	KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
	update_in_parts(test, m, &rnd, m->len);
	KUNIT_EXPECT_EQ(test, crypto_shash_final(m->desc, mac), 0);
	KUNIT_EXPECT_EQ(test, get_unaligned_be32(mac), m->mac);
}

/* Carried on under another object with the same key, and the first one spoilt meanwhile. */
static void export_import(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	struct crypto_shash *tfm = alloc_tfm(test, alg->name);
	struct shash_desc *desc = new_desc(test, tfm);
	size_t len = PDCP_NONCE_LEN + 100, split;
	u8 state[HASH_MAX_DESCSIZE], mac[NIA_MAC_LEN];

	KUNIT_ASSERT_EQ(test, crypto_shash_setkey(tfm, m->key, NIA_KEY_LEN), 0);
	KUNIT_ASSERT_LE(test, crypto_shash_statesize(tfm), sizeof(state));
	for (split = 0; split <= len; split++) {
		KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data, split), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_export(m->desc, state), 0);
		memset(shash_desc_ctx(m->desc), 0xff, crypto_shash_descsize(tfm));
		KUNIT_EXPECT_EQ(test, crypto_shash_import(desc, state), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_finup(desc, m->data + split, len - split, mac),
				0);
		KUNIT_EXPECT_EQ_MSG(test, get_unaligned_be32(mac), alg->macs_of_octets[100],
				    "split at %zu", split);
	}
}

/* A MAC-I needs a whole nonce. */
static void short_refused(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 mac[NIA_MAC_LEN];
	size_t len;

	for (len = 0; len < PDCP_NONCE_LEN; len++) {
		KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, len, mac), -EINVAL);
		KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data, len), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_final(m->desc, mac), -EINVAL);
	}
}

/* Reserved bits of the nonce are refused by the update that shows them and by all after it. */
static void nonce_refused(struct kunit *test)
{
	struct message *m = long_message(test);
	u8 mac[NIA_MAC_LEN];
	unsigned int bit;

	for (bit = 0; bit < 26; bit++) {
		m->data[7 - bit / 8] ^= BIT(bit % 8);
		KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, m->len, mac), -EINVAL);
		KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data, 7), 0);
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data + 7, 1), -EINVAL);
		KUNIT_EXPECT_EQ(test, crypto_shash_update(m->desc, m->data + 8, 1), -EINVAL);
		KUNIT_EXPECT_EQ(test, crypto_shash_final(m->desc, mac), -EINVAL);
		m->data[7 - bit / 8] ^= BIT(bit % 8);
	}
	expect_mac(test, m, m->len, m->mac);
}

static void key_refused(struct kunit *test)
{
	static const unsigned int lens[] = { 0, 1, 15, 17, 24, 32 };
	const struct algorithm *alg = test->param_value;
	struct message *m = long_message(test);
	u8 key[32] = {}, mac[NIA_MAC_LEN];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(lens); i++)
		KUNIT_EXPECT_EQ_MSG(test, crypto_shash_setkey(m->tfm, key, lens[i]), -EINVAL,
				    "%u octets", lens[i]);
	m->desc = new_desc(test, alloc_tfm(test, alg->name));
	KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, m->len, mac), -ENOKEY);
	KUNIT_EXPECT_EQ(test, crypto_shash_init(m->desc), -ENOKEY);
}

/* Nothing of the message or of the key is left in the descriptor. */
static void state_wiped(struct kunit *test)
{
	struct message *m = long_message(test);
	size_t size = crypto_shash_descsize(m->tfm);
	u8 mac[NIA_MAC_LEN];

	KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, m->len, mac), 0);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(shash_desc_ctx(m->desc), 0, size), NULL);
	KUNIT_EXPECT_EQ(test, crypto_shash_digest(m->desc, m->data, 7, mac), -EINVAL);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(shash_desc_ctx(m->desc), 0, size), NULL);
}

static void attributes(struct kunit *test)
{
	const struct algorithm *alg = test->param_value;
	struct crypto_shash *tfm = long_message(test)->tfm;

	KUNIT_EXPECT_EQ(test, crypto_shash_digestsize(tfm), NIA_MAC_LEN);
	KUNIT_EXPECT_EQ(test, crypto_shash_blocksize(tfm), 1);
	KUNIT_EXPECT_TRUE(test, strstarts(alg->name, crypto_tfm_alg_name(crypto_shash_tfm(tfm))));
}

static struct kunit_case nia_cases[] = {
	KUNIT_CASE_PARAM(nia1_api, nia1_gen_params),
	KUNIT_CASE_PARAM(nia2_api, nia2_gen_params),
	KUNIT_CASE_PARAM(nia3_api, nia3_gen_params),
	KUNIT_CASE_PARAM(nia1_bits, nia1_gen_params),
	KUNIT_CASE_PARAM(nia2_bits, nia2_gen_params),
	KUNIT_CASE_PARAM(nia3_bits, nia3_gen_params),
	KUNIT_CASE_PARAM(lengths, algorithm_gen_params),
	KUNIT_CASE_PARAM(bit_lengths, algorithm_gen_params),
	KUNIT_CASE_PARAM(alignments, algorithm_gen_params),
	KUNIT_CASE_PARAM(splits, algorithm_gen_params),
	KUNIT_CASE_PARAM(export_import, algorithm_gen_params),
	KUNIT_CASE_PARAM(short_refused, algorithm_gen_params),
	KUNIT_CASE_PARAM(nonce_refused, algorithm_gen_params),
	KUNIT_CASE_PARAM(key_refused, algorithm_gen_params),
	KUNIT_CASE_PARAM(state_wiped, algorithm_gen_params),
	KUNIT_CASE_PARAM(attributes, algorithm_gen_params),
	{}
};

static struct kunit_suite nia_suite = {
	.name = "pdcp_nia",
	.test_cases = nia_cases,
};

kunit_test_suite(nia_suite);
