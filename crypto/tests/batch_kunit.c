// SPDX-License-Identifier: GPL-2.0
/* Batches at every level against the portable drivers, which go through the ordinary calls. */

#include "crypto/batch.h"
#include "crypto/fpu.h"
#include "crypto/lanes.h"
#include "crypto/level.h"
#include "crypto/nea.h"
#include "crypto/nia.h"

#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <kunit/static_stub.h>
#include <kunit/test.h>
#include <linux/prandom.h>
#include <linux/string.h>
#include <linux/uio.h>

#define GUARD 0xa5
#define JOBS (PDCP_BATCH_RUN + 8)
#define KEYS 4
#define SEGS 5
#define SIZE 2400
#define LEN_MAX 2000

struct drivers {
	const char *name;
	enum pdcp_level level;
	const char *nea;
	const char *nia;
};

static const struct drivers drivers[] = {
	{ "1 portable", PDCP_LEVEL_PORTABLE, "nea1-generic", "nia1-generic" },
	{ "1 avx2", PDCP_LEVEL_AVX2, "nea1-avx2", "nia1-avx2" },
	{ "1 avx512", PDCP_LEVEL_AVX512, "nea1-avx512", "nia1-avx512" },
	{ "2 portable", PDCP_LEVEL_PORTABLE, "nea2-generic", "nia2-generic" },
	{ "2 aesni", PDCP_LEVEL_AESNI, "nea2-aesni", "nia2-aesni" },
	{ "2 vaes", PDCP_LEVEL_VAES, "nea2-vaes", "nia2-vaes" },
	{ "2 avx512", PDCP_LEVEL_AVX512, "nea2-avx512", "nia2-avx512" },
	{ "2 and portable 3", PDCP_LEVEL_AESNI, "nea2-aesni", "nia3-generic" },
	{ "1 and 3", PDCP_LEVEL_AVX2, "nea1-avx2", "nia3-avx2" },
	{ "3 and 1", PDCP_LEVEL_AVX512, "nea3-avx512", "nia1-avx512" },
	{ "portable 3 and 2", PDCP_LEVEL_AESNI, "nea3-generic", "nia2-aesni" },
	{ "3 portable", PDCP_LEVEL_PORTABLE, "nea3-generic", "nia3-generic" },
	{ "3 avx2", PDCP_LEVEL_AVX2, "nea3-avx2", "nia3-avx2" },
	{ "3 avx512", PDCP_LEVEL_AVX512, "nea3-avx512", "nia3-avx512" },
};

KUNIT_ARRAY_PARAM_DESC(drivers, drivers, name);

struct tfms {
	struct crypto_sync_skcipher *nea[KEYS];
	struct crypto_shash *nia[KEYS];
};

/* Message i is @plain[i]; it is sealed from @src[i] and @dst[i] to @dst[i], and in @want[i]. */
struct rig {
	struct kunit *test;
	struct rnd_state rnd;
	struct tfms tfms;
	struct tfms portable;
	struct pdcp_job jobs[JOBS];
	struct pdcp_job reference;
	struct kvec segs[JOBS][SEGS];
	u8 plain[JOBS][SIZE];
	u8 src[JOBS][SIZE];
	u8 kept[JOBS][SIZE];
	u8 dst[JOBS][SIZE];
	u8 want[JOBS][SIZE];
};

/* What the messages of one batch have in common. */
struct shape {
	unsigned int n;
	u32 len_min;
	u32 len_max;
	unsigned int keys;
	bool cipher;
	bool mac;
	bool nia0;
};

KUNIT_DEFINE_ACTION_WRAPPER(free_nea, crypto_free_sync_skcipher, struct crypto_sync_skcipher *);
KUNIT_DEFINE_ACTION_WRAPPER(free_nia, crypto_free_shash, struct crypto_shash *);

static u32 below(struct rig *rig, u32 limit)
{
	return prandom_u32_state(&rig->rnd) % limit;
}

static struct crypto_sync_skcipher *new_nea(struct kunit *test, const char *driver)
{
	struct crypto_sync_skcipher *tfm = crypto_alloc_sync_skcipher(driver, 0, 0);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, tfm);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_nea, tfm), 0);
	return tfm;
}

static struct crypto_shash *new_nia(struct kunit *test, const char *driver)
{
	struct crypto_shash *tfm = crypto_alloc_shash(driver, 0, 0);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, tfm);
	KUNIT_ASSERT_EQ(test, kunit_add_action_or_reset(test, free_nia, tfm), 0);
	return tfm;
}

static void new_tfms(struct kunit *test, struct tfms *tfms, const char *nea, const char *nia)
{
	u8 key[NEA_KEY_LEN];
	unsigned int i;

	for (i = 0; i < KEYS; i++) {
		tfms->nea[i] = new_nea(test, nea);
		tfms->nia[i] = new_nia(test, nia);
		memset(key, 0x11 * (i + 1), sizeof(key));
		key[3] = 7;
		KUNIT_ASSERT_EQ(test, crypto_sync_skcipher_setkey(tfms->nea[i], key, 16), 0);
		key[3] = 9;
		KUNIT_ASSERT_EQ(test, crypto_shash_setkey(tfms->nia[i], key, 16), 0);
	}
}

static struct rig *new_rig(struct kunit *test)
{
	const struct drivers *d = test->param_value;
	char nea[] = "nea0-generic", nia[] = "nia0-generic";
	struct rig *rig;

	if (!pdcp_level_usable(d->level))
		kunit_skip(test, "not on this processor: %s", pdcp_level_name(d->level));
	rig = kunit_kzalloc(test, sizeof(*rig), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, rig);
	rig->test = test;
	prandom_seed_state(&rig->rnd, 33401);
	nea[3] = d->nea[3];
	nia[3] = d->nia[3];
	new_tfms(test, &rig->tfms, d->nea, d->nia);
	new_tfms(test, &rig->portable, nea, nia);
	return rig;
}

/* Spreads @octets over 1 to SEGS segments in @src[i], with gaps, and a copy in @kept[i]. */
static void scatter(struct rig *rig, unsigned int i, const u8 *octets, u32 len)
{
	struct pdcp_job *job = &rig->jobs[i];
	u8 *at = rig->src[i] + below(rig, 64);
	u32 part;

	memset(rig->src[i], GUARD, SIZE);
	job->segs = rig->segs[i];
	job->nsegs = 1 + below(rig, 3) * below(rig, 3);
	for (i = 0; i < job->nsegs; i++) {
		part = i + 1 < job->nsegs ? below(rig, len + 1) : len;
		if (below(rig, 2))
			part = min_t(u32, part, 60);
		if (i + 1 == job->nsegs)
			part = len;
		memcpy(at, octets, part);
		((struct kvec *)job->segs)[i] = (struct kvec){ .iov_base = at, .iov_len = part };
		at += part + below(rig, 20);
		octets += part;
		len -= part;
	}
}

static void set_job(struct rig *rig, unsigned int i, const struct shape *shape)
{
	struct pdcp_job *job = &rig->jobs[i];
	unsigned int key = below(rig, shape->keys);
	u32 len = shape->len_min + below(rig, shape->len_max - shape->len_min + 1);

	*job = (struct pdcp_job){
		.nea = shape->cipher ? rig->tfms.nea[key] : NULL,
		.nia = shape->nia0 ? NULL : rig->tfms.nia[key],
		.dst = rig->dst[i],
		.clear = below(rig, 4) ? below(rig, 5) : below(rig, 40),
		.len = len,
		.mac = shape->mac,
	};
	pdcp_nonce_pack(job->nonce, prandom_u32_state(&rig->rnd), below(rig, 32), below(rig, 2));
	prandom_bytes_state(&rig->rnd, rig->plain[i], SIZE);
	rig->reference = *job;
	rig->reference.nea = shape->cipher ? rig->portable.nea[key] : NULL;
	rig->reference.nia = shape->nia0 ? NULL : rig->portable.nia[key];
	rig->reference.dst = rig->want[i];
	memcpy(rig->want[i], rig->plain[i], SIZE);
	pdcp_batch_seal(&rig->reference, 1);
	KUNIT_EXPECT_EQ(rig->test, rig->reference.err, 0);
}

/* Gives a job its input: header at @dst, body there or in segments. */
static void feed(struct rig *rig, unsigned int i, const u8 *message, u32 body)
{
	struct pdcp_job *job = &rig->jobs[i];

	memset(job->dst, GUARD, SIZE);
	memcpy(job->dst, message, job->clear);
	job->nsegs = 0;
	if (below(rig, 4))
		scatter(rig, i, message + job->clear, body);
	else
		memcpy(job->dst + job->clear, message + job->clear, body);
	memcpy(rig->kept[i], rig->src[i], SIZE);
}

static u32 whole(const struct pdcp_job *job)
{
	return job->clear + job->len + (job->mac ? PDCP_BATCH_MAC_LEN : 0);
}

static void expect(struct rig *rig, unsigned int i, const u8 *message, u32 len, const char *verb)
{
	const struct pdcp_job *job = &rig->jobs[i];
	struct kunit *test = rig->test;

	KUNIT_EXPECT_EQ(test, job->err, 0);
	KUNIT_EXPECT_FALSE_MSG(test, memcmp(job->dst, message, len),
			       "%s %u: %u and %u octets, %u segments", verb, i, job->clear,
			       job->len, job->nsegs);
	KUNIT_EXPECT_PTR_EQ(test, memchr_inv(job->dst + whole(job), GUARD, SIZE - whole(job)),
			    NULL);
	KUNIT_EXPECT_FALSE(test, memcmp(rig->src[i], rig->kept[i], SIZE));
}

/* Seals and opens random messages of one shape. */
static void there_and_back(struct rig *rig, const struct shape *shape)
{
	unsigned int i;

	for (i = 0; i < shape->n; i++) {
		set_job(rig, i, shape);
		feed(rig, i, rig->plain[i], rig->jobs[i].len);
	}
	pdcp_batch_seal(rig->jobs, shape->n);
	for (i = 0; i < shape->n; i++) {
		expect(rig, i, rig->want[i], whole(&rig->jobs[i]), "seal");
		feed(rig, i, rig->want[i], whole(&rig->jobs[i]) - rig->jobs[i].clear);
	}
	pdcp_batch_open(rig->jobs, shape->n);
	for (i = 0; i < shape->n; i++)
		expect(rig, i, rig->plain[i], rig->jobs[i].clear + rig->jobs[i].len, "open");
}

static void lengths(struct kunit *test)
{
	struct rig *rig = new_rig(test);
	struct shape shape = { .n = 1, .keys = 1, .cipher = true, .mac = true };
	u32 len;

	for (len = 0; len <= 300; len++) {
		shape.len_min = len;
		shape.len_max = len;
		shape.n = 1;
		there_and_back(rig, &shape);
		shape.n = 2 + len % 3;
		there_and_back(rig, &shape);
	}
}

/* One message, long enough for what is done with one alone. */
static void singles(struct kunit *test)
{
	struct rig *rig = new_rig(test);
	struct shape shape = { .n = 1, .len_max = LEN_MAX, .keys = 1, .cipher = true, .mac = true };
	unsigned int round;

	for (round = 0; round < 400; round++)
		there_and_back(rig, &shape);
}

/* As many lanes as there can be and more, equal and different lengths, one key and several. */
static void lanes(struct kunit *test)
{
	struct rig *rig = new_rig(test);
	struct shape shape = { .cipher = true, .mac = true };

	for (shape.n = 1; shape.n <= JOBS; shape.n++) {
		for (shape.keys = 1; shape.keys <= KEYS; shape.keys += KEYS - 1) {
			shape.len_min = below(rig, LEN_MAX);
			shape.len_max = shape.len_min;
			there_and_back(rig, &shape);
			shape.len_min = 0;
			shape.len_max = shape.n % 2 ? 300 : LEN_MAX;
			there_and_back(rig, &shape);
		}
	}
}

/* A cipher or a MAC alone, NIA0, nothing at all. */
static void parts(struct kunit *test)
{
	struct rig *rig = new_rig(test);
	struct shape shape = { .keys = 2, .len_max = 600 };
	unsigned int kind;

	for (shape.n = 1; shape.n <= PDCP_BATCH_RUN; shape.n += 3) {
		for (kind = 0; kind < 8; kind++) {
			shape.cipher = kind & 1;
			shape.mac = kind & 2;
			shape.nia0 = kind & 4;
			there_and_back(rig, &shape);
		}
	}
}

/* One wrong bit anywhere fails its own message alone. */
static void wrong_bits(struct kunit *test)
{
	static const struct shape shape = {
		.n = PDCP_BATCH_RUN, .keys = 2, .len_max = 200, .cipher = true, .mac = true,
	};
	struct rig *rig = new_rig(test);
	unsigned int round, i, bad;

	for (round = 0; round < 100; round++) {
		for (i = 0; i < shape.n; i++) {
			set_job(rig, i, &shape);
			rig->jobs[i].nsegs = 0;
			memcpy(rig->dst[i], rig->want[i], SIZE);
		}
		bad = below(rig, shape.n);
		rig->dst[bad][below(rig, whole(&rig->jobs[bad]))] ^= BIT(below(rig, 8));
		pdcp_batch_open(rig->jobs, shape.n);
		for (i = 0; i < shape.n; i++)
			KUNIT_EXPECT_EQ(test, rig->jobs[i].err, i == bad ? -EBADMSG : 0);
	}
}

/* What cannot be done says so, and nothing else suffers. */
static void refusals(struct kunit *test)
{
	static const struct shape shape = {
		.n = 8, .keys = 1, .len_min = 100, .len_max = 900, .cipher = true, .mac = true,
	};
	const struct drivers *d = test->param_value;
	struct rig *rig = new_rig(test);
	unsigned int i;

	for (i = 0; i < shape.n; i++) {
		set_job(rig, i, &shape);
		feed(rig, i, rig->plain[i], rig->jobs[i].len);
	}
	rig->jobs[1].nonce[7] = 1;
	scatter(rig, 3, rig->plain[3] + rig->jobs[3].clear, rig->jobs[3].len);
	rig->segs[3][0].iov_len--;
	memcpy(rig->kept[3], rig->src[3], SIZE);
	rig->jobs[4].nea = new_nea(test, d->nea);
	rig->jobs[6].nia = new_nia(test, d->nia);
	pdcp_batch_seal(rig->jobs, shape.n);
	KUNIT_EXPECT_EQ(test, rig->jobs[1].err, -EINVAL);
	KUNIT_EXPECT_EQ(test, rig->jobs[3].err, -EINVAL);
	KUNIT_EXPECT_EQ(test, rig->jobs[4].err, -ENOKEY);
	KUNIT_EXPECT_EQ(test, rig->jobs[6].err, -ENOKEY);
	for (i = 0; i < shape.n; i++)
		if (i != 1 && i != 3 && i != 4 && i != 6)
			expect(rig, i, rig->want[i], whole(&rig->jobs[i]), "seal");
	pdcp_batch_seal(rig->jobs, 0);
}

static bool refuse(void)
{
	return false;
}

/* Inside somebody else's FPU section the ordinary calls do it all. */
static void without_fpu(struct kunit *test)
{
	static const struct shape shape = {
		.n = JOBS, .keys = 2, .len_max = 500, .cipher = true, .mac = true,
	};
	struct rig *rig = new_rig(test);

	kunit_activate_static_stub(test, fpu_usable, refuse);
	there_and_back(rig, &shape);
	kunit_deactivate_static_stub(test, fpu_usable);
}

/* A driver of a level has lane code, or these tests would compare portable code with itself. */
static void has_lanes(struct kunit *test)
{
	const struct drivers *d = test->param_value;
	struct rig *rig = new_rig(test);
	const struct nea_lanes *nea;
	const struct nia_lanes *nia;
	const struct nea_key *nea_key;
	const struct nia_key *nia_key;

	nea = nea_skcipher_lanes(rig->tfms.nea[0], &nea_key);
	KUNIT_EXPECT_EQ(test, !nea, !!strstr(d->nea, "generic"));
	nia = nia_shash_lanes(rig->tfms.nia[0], &nia_key);
	KUNIT_EXPECT_EQ(test, !nia, !!strstr(d->nia, "generic"));
	if (nea)
		KUNIT_EXPECT_EQ(test, nea->level, d->level);
	if (nia)
		KUNIT_EXPECT_EQ(test, nia->level, d->level);
	KUNIT_EXPECT_PTR_EQ(test, nea_skcipher_lanes(new_nea(test, d->nea), &nea_key), NULL);
	KUNIT_EXPECT_PTR_EQ(test, nia_shash_lanes(new_nia(test, d->nia), &nia_key), NULL);
}

/* Nothing of a message or a key stays in what the section lent out. */
static void scratch_erased(struct kunit *test)
{
	struct shape shape = { .len_max = 900, .keys = KEYS, .cipher = true, .mac = true };
	struct rig *rig = new_rig(test);
	struct fpu_section section = {};

	for (shape.n = 1; shape.n <= PDCP_BATCH_RUN; shape.n++) {
		there_and_back(rig, &shape);
		KUNIT_EXPECT_PTR_EQ(test, memchr_inv(fpu_enter(&section, 0), 0, LANES_SCRATCH),
				    NULL);
		fpu_leave(&section);
	}
}

#ifdef CONFIG_X86_64
#define YMMS "0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15"
#define ZMMS YMMS ", 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31"
#define EACH(list, instruction) ".irp n, " list "\n\t" instruction "\n\t.endr"

static void fill_registers(const u8 *from, bool zmm)
{
	if (zmm)
		asm volatile(EACH(ZMMS, "vmovdqu64 (%0), %%zmm\\n") :: "r" (from) : "memory");
	else
		asm volatile(EACH(YMMS, "vmovdqu (%0), %%ymm\\n") :: "r" (from) : "memory");
}

static void read_registers(u8 *to, bool zmm)
{
	if (zmm)
		asm volatile(EACH(ZMMS, "vmovdqu64 %%zmm\\n, 64*\\n(%0)") :: "r" (to) : "memory");
	else
		asm volatile(EACH(YMMS, "vmovdqu %%ymm\\n, 64*\\n(%0)") :: "r" (to) : "memory");
}

/* Nothing of what was in the registers stays there when a section is closed. */
static void registers_cleared(struct kunit *test)
{
	bool zmm = pdcp_level_usable(PDCP_LEVEL_AVX512);
	u8 *octets = kunit_kzalloc(test, 32 * 64, GFP_KERNEL);
	struct fpu_section section = {};
	u8 guard[64], filled;

	if (!pdcp_level_usable(PDCP_LEVEL_AVX2))
		kunit_skip(test, "no AVX2");
	KUNIT_ASSERT_NOT_NULL(test, octets);
	memset(guard, GUARD, sizeof(guard));
	fpu_enter(&section, 0);
	fill_registers(guard, zmm);
	read_registers(octets, zmm);
	filled = octets[15 * 64];
	fpu_leave(&section);
	read_registers(octets, zmm);
	KUNIT_EXPECT_EQ(test, filled, GUARD);
	KUNIT_EXPECT_NULL(test, memchr(octets, GUARD, 32 * 64));
}
#endif

static struct kunit_case batch_cases[] = {
	KUNIT_CASE_PARAM(has_lanes, drivers_gen_params),
	KUNIT_CASE_PARAM(lengths, drivers_gen_params),
	KUNIT_CASE_PARAM(singles, drivers_gen_params),
	KUNIT_CASE_PARAM(lanes, drivers_gen_params),
	KUNIT_CASE_PARAM(parts, drivers_gen_params),
	KUNIT_CASE_PARAM(wrong_bits, drivers_gen_params),
	KUNIT_CASE_PARAM(refusals, drivers_gen_params),
	KUNIT_CASE_PARAM(without_fpu, drivers_gen_params),
	KUNIT_CASE_PARAM(scratch_erased, drivers_gen_params),
#ifdef CONFIG_X86_64
	KUNIT_CASE(registers_cleared),
#endif
	{}
};

static struct kunit_suite batch_suite = {
	.name = "pdcp_batch",
	.test_cases = batch_cases,
};

kunit_test_suite(batch_suite);
