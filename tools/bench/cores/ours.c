// SPDX-License-Identifier: GPL-2.0
/* Lane code as the batch calls it, without the search for it and without the FPU section. */

#include "cores.h"
#include "gather.h"
#include "nea.h"
#include "nia.h"

struct message ours[JOBS];

static const struct nea_lanes *const all_nea[] = {
	&nea1_avx2_lanes, &nea1_avx512_lanes,
	&nea2_aesni_lanes, &nea2_vaes_lanes, &nea2_avx512_lanes,
	&nea3_avx2_lanes, &nea3_avx512_lanes,
};

static const struct nia_lanes *const all_nia[] = {
	&nia1_avx2_lanes, &nia1_avx512_lanes,
	&nia2_aesni_lanes, &nia2_vaes_lanes, &nia2_avx512_lanes,
	&nia3_avx2_lanes, &nia3_avx512_lanes,
};

static const unsigned int algorithm_of[] = { 1, 1, 2, 2, 2, 3, 3 };

static struct nea_key nea_key;
static struct nia_key nia_key;
static const struct nea_lanes *nea;
static const struct nia_lanes *nia;
static struct pdcp_job jobs[JOBS], *all_jobs[JOBS];
static struct kvec segs[JOBS];
static u8 scratch[LANES_SCRATCH] __aligned(64);

static void set_keys(void)
{
	memcpy(nea_key.octets, keys[0], sizeof(keys[0]));
	memcpy(nia_key.octets, keys[1], sizeof(keys[1]));
	if (work.nea == 2)
		peer_expand(nea_key.aes.key_enc, keys[0]);
	if (work.nia == 2) {
		peer_expand(nia_key.cmac.aes.key_enc, keys[1]);
		peer_subkeys(nia_key.cmac.k1, nia_key.cmac.k2, nia_key.cmac.aes.key_enc);
	}
}

/* Whether the level has lane code of its own for what there is to do. */
bool ours_init(enum pdcp_level level)
{
	unsigned int i;

	nea = NULL;
	nia = NULL;
	for (i = 0; i < ARRAY_SIZE(algorithm_of); i++) {
		if (algorithm_of[i] == work.nea && all_nea[i]->level == level)
			nea = all_nea[i];
		if (algorithm_of[i] == work.nia && all_nia[i]->level == level)
			nia = all_nia[i];
	}
	if (!nea != !work.nea || !nia != !work.nia)
		return false;
	set_keys();
	for (i = 0; i < JOBS; i++)
		all_jobs[i] = &jobs[i];
	return true;
}

/* What a caller and the batch write for each message; its keys and algorithms stay. */
static void set_job(struct pdcp_job *job, unsigned int i)
{
	segs[i].iov_base = ours[i].in + FRONT;
	segs[i].iov_len = work.len;
	job->dst = ours[i].out + FRONT;
	job->segs = &segs[i];
	job->nsegs = 1;
	job->clear = 0;
	job->len = work.len;
	job->mac = work.nia;
	memcpy(job->nonce, ours[i].nonce, sizeof(job->nonce));
	job->src = NULL;
	job->from = 0;
	job->to = 0;
	job->auth = work.len;
	job->end = work.len + (work.nea && work.nia ? PDCP_BATCH_MAC_LEN : 0);
	job->nea_key = &nea_key;
	job->nia_key = &nia_key;
	if (work.nea)
		gather_window(job);
	else
		job->dst = ours[i].in + FRONT;
}

static void seal(void)
{
	unsigned int i;

	if (work.nea && work.nia && nea->pair && nea->pair->nia == nia && nea->pair->seal) {
		nea->pair->seal(all_jobs, work.n, scratch);
		return;
	}
	if (work.nia)
		nia->mac(all_jobs, work.n, scratch);
	for (i = 0; i < work.n && work.nea && work.nia; i++)
		memcpy(jobs[i].dst + jobs[i].auth, jobs[i].tag, sizeof(jobs[i].tag));
	if (work.nea)
		nea->crypt(all_jobs, work.n, scratch);
}

void ours_run(void)
{
	unsigned int i;

	for (i = 0; i < work.n; i++)
		set_job(&jobs[i], i);
	seal();
	for (i = 0; i < work.n; i++)
		memcpy(ours[i].tag, jobs[i].tag, sizeof(jobs[i].tag));
}
