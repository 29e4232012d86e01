// SPDX-License-Identifier: GPL-2.0

#include "batch.h"
#include "fpu.h"
#include "gather.h"
#include "lanes.h"
#include "nea.h"
#include "nia.h"

#include <crypto/hash.h>
#include <crypto/skcipher.h>
#include <crypto/utils.h>
#include <linux/bits.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/scatterlist.h>
#include <linux/stddef.h>

static_assert(sizeof_field(struct pdcp_job, tag) == NIA_MAC_LEN);
static_assert(PDCP_BATCH_RUN <= 32);	/* bits of a u32 */

/* Jobs that the same lane code does together. */
struct group {
	struct pdcp_job *jobs[PDCP_BATCH_RUN];
	unsigned int n;
	u32 octets;
};

static noinline int digest(struct pdcp_job *job)
{
	SHASH_DESC_ON_STACK(desc, job->nia);
	int err;

	desc->tfm = job->nia;
	err = crypto_shash_init(desc) ?:
	      crypto_shash_update(desc, job->nonce, sizeof(job->nonce)) ?:
	      crypto_shash_finup(desc, job->dst, job->auth, job->tag);
	shash_desc_zero(desc);
	return err;
}

static noinline int crypt(struct pdcp_job *job)
{
	SYNC_SKCIPHER_REQUEST_ON_STACK(req, job->nea);
	struct scatterlist sg;
	int err;

	sg_init_one(&sg, job->dst + job->clear, job->end - job->clear);
	skcipher_request_set_sync_tfm(req, job->nea);
	skcipher_request_set_callback(req, 0, NULL, NULL);
	skcipher_request_set_crypt(req, &sg, &sg, job->end - job->clear, job->nonce);
	err = crypto_skcipher_encrypt(req);	/* its own inverse */
	skcipher_request_zero(req);
	return err;
}

static bool has_tag(const struct pdcp_job *job)
{
	return job->mac && job->nia;
}

static bool has_cipher(const struct pdcp_job *job)
{
	return job->nea && job->end > job->clear;
}

static void put_tag(struct pdcp_job *job)
{
	memcpy(job->dst + job->auth, job->tag, sizeof(job->tag));
}

static int verify(const struct pdcp_job *job)
{
	return crypto_memneq(job->dst + job->auth, job->tag, sizeof(job->tag)) ? -EBADMSG : 0;
}

static void seal_one(struct pdcp_job *job)
{
	gather_all(job);
	if (has_tag(job)) {
		job->err = digest(job);
		put_tag(job);
	}
	if (!job->err && has_cipher(job))
		job->err = crypt(job);
}

static void open_one(struct pdcp_job *job)
{
	gather_all(job);
	if (has_cipher(job))
		job->err = crypt(job);
	if (!job->err && has_tag(job))
		job->err = digest(job) ?: verify(job);
}

/* Whether lane code can do all of it; one without anything to do counts as done. */
static bool find_lanes(struct pdcp_job *job)
{
	if (has_cipher(job)) {
		job->nea_lanes = nea_skcipher_lanes(job->nea, &job->nea_key);
		if (!job->nea_lanes)
			return false;
	}
	if (has_tag(job)) {
		job->nia_lanes = nia_shash_lanes(job->nia, &job->nia_key);
		if (!job->nia_lanes)
			return false;
	}
	return job->nea_lanes || job->nia_lanes;
}

static int check(const struct pdcp_job *job, size_t in_segs)
{
	if (!pdcp_nonce_valid(job->nonce))
		return -EINVAL;
	return job->nsegs && gather_len(job) != in_segs ? -EINVAL : 0;
}

static void measure(struct pdcp_job *job)
{
	job->src = NULL;
	job->from = 0;
	job->to = 0;
	job->auth = job->clear + job->len;
	job->end = job->auth + (job->mac ? PDCP_BATCH_MAC_LEN : 0);
	job->nea_lanes = NULL;
	job->nia_lanes = NULL;
}

/* Returns whether the job waits for lane code; it is finished otherwise. */
static bool begin(struct pdcp_job *job, size_t in_segs, bool fpu, void (*one)(struct pdcp_job *job))
{
	measure(job);
	job->err = check(job, in_segs);
	if (job->err)
		return false;
	if (fpu && find_lanes(job))
		return true;
	one(job);
	return false;
}

static bool begin_seal(struct pdcp_job *job, bool fpu)
{
	if (job->mac && !job->nia)
		memset(job->dst + job->clear + job->len, 0, PDCP_BATCH_MAC_LEN);
	return begin(job, job->len, fpu, seal_one);
}

static bool begin_open(struct pdcp_job *job, bool fpu)
{
	return begin(job, job->len + (job->mac ? PDCP_BATCH_MAC_LEN : 0), fpu, open_one);
}

static bool same_lanes(const struct pdcp_job *a, const struct pdcp_job *b)
{
	return a->nea_lanes == b->nea_lanes && a->nia_lanes == b->nia_lanes;
}

/* Moves what goes together with the first of @waiting, one bit for each of @jobs, to @group. */
static u32 take_group(struct group *group, struct pdcp_job *jobs, u32 waiting)
{
	struct pdcp_job *first = &jobs[__ffs(waiting)], *job;
	u32 left;

	group->n = 0;
	group->octets = 0;
	for (left = waiting; left; left &= left - 1) {
		job = &jobs[__ffs(left)];
		if (!same_lanes(first, job))
			continue;
		if (group->n && group->octets + job->end > FPU_SECTION_OCTETS)
			break;
		group->jobs[group->n++] = job;
		group->octets += job->end;
		waiting &= ~BIT(__ffs(left));
	}
	return waiting;
}

static const struct pair_lanes *group_pair(const struct pdcp_job *job)
{
	const struct pair_lanes *pair = job->nea_lanes ? job->nea_lanes->pair : NULL;

	return pair && pair->nia == job->nia_lanes ? pair : NULL;
}

/* Ciphers can read a body where it is, MACs alone cannot. */
static void gather_group(const struct group *group)
{
	unsigned int i;

	for (i = 0; i < group->n; i++) {
		if (group->jobs[0]->nea_lanes)
			gather_window(group->jobs[i]);
		else
			gather_all(group->jobs[i]);
	}
}

static void seal_group(const struct group *group, void *scratch)
{
	const struct pdcp_job *first = group->jobs[0];
	const struct pair_lanes *pair = group_pair(first);
	unsigned int i;

	gather_group(group);
	if (pair && pair->seal) {
		pair->seal(group->jobs, group->n, scratch);
		return;
	}
	if (first->nia_lanes) {
		first->nia_lanes->mac(group->jobs, group->n, scratch);
		for (i = 0; i < group->n; i++)
			put_tag(group->jobs[i]);
	}
	if (first->nea_lanes)
		first->nea_lanes->crypt(group->jobs, group->n, scratch);
}

static void open_group(const struct group *group, void *scratch)
{
	const struct pdcp_job *first = group->jobs[0];
	const struct pair_lanes *pair = group_pair(first);
	unsigned int i;

	gather_group(group);
	if (pair && pair->open) {
		pair->open(group->jobs, group->n, scratch);
	} else {
		if (first->nea_lanes)
			first->nea_lanes->crypt(group->jobs, group->n, scratch);
		for (i = 0; i < group->n; i++)
			group->jobs[i]->to = 0;
		if (first->nia_lanes)
			first->nia_lanes->mac(group->jobs, group->n, scratch);
	}
	if (first->nia_lanes)
		for (i = 0; i < group->n; i++)
			group->jobs[i]->err = verify(group->jobs[i]);
}

/* One slice of a batch: an own section would make the FPU unusable for ordinary calls. */
static __always_inline void run_slice(struct pdcp_job *jobs, unsigned int n,
				      bool (*begin_job)(struct pdcp_job *job, bool fpu),
				      void (*do_group)(const struct group *group, void *scratch))
{
	struct fpu_section section = {};
	bool fpu = fpu_usable();
	struct group group;
	u32 waiting = 0;
	unsigned int i;

	for (i = 0; i < n; i++)
		if (begin_job(&jobs[i], fpu))
			waiting |= BIT(i);
	while (waiting) {
		waiting = take_group(&group, jobs, waiting);
		do_group(&group, fpu_enter(&section, group.octets));
	}
	fpu_leave(&section);
}

static __always_inline void run(struct pdcp_job *jobs, unsigned int n,
				bool (*begin_job)(struct pdcp_job *job, bool fpu),
				void (*do_group)(const struct group *group, void *scratch))
{
	unsigned int part;

	for (; n; n -= part, jobs += part) {
		part = min_t(unsigned int, n, PDCP_BATCH_RUN);
		run_slice(jobs, part, begin_job, do_group);
	}
}

void pdcp_batch_seal(struct pdcp_job *jobs, unsigned int n)
{
	run(jobs, n, begin_seal, seal_group);
}
EXPORT_SYMBOL_GPL(pdcp_batch_seal);

void pdcp_batch_open(struct pdcp_job *jobs, unsigned int n)
{
	run(jobs, n, begin_open, open_group);
}
EXPORT_SYMBOL_GPL(pdcp_batch_open);
