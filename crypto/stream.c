// SPDX-License-Identifier: GPL-2.0
/* NEA1, NIA1, NEA3 and NIA3 over keystreams in lanes: which message has which lane when. */

#include "lanes.h"
#include "nea.h"
#include "nia.h"
#include "stream.h"

#include <linux/bits.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/unaligned.h>

static_assert((int)STREAM_KEY_LEN == NEA_KEY_LEN && (int)STREAM_KEY_LEN == NIA_KEY_LEN);
static_assert((int)STREAM_STEP <= LANES_SEAM);
static_assert(sizeof(struct stream_scratch) <= LANES_SCRATCH);

typedef void (*seed_t)(struct stream_seed *seed, const struct pdcp_job *job);
typedef void (*use_t)(struct stream_scratch *scratch, unsigned int n, u32 octets);

/* IV3 = IV1 = COUNT, IV2 = IV0 = BEARER || DIRECTION || 0^26; for ZUC octet by octet. */
static void seed_cipher(struct stream_seed *seed, const struct pdcp_job *job)
{
	seed->key = job->nea_key->octets;
	memcpy(seed->iv, job->nonce, PDCP_NONCE_LEN);
	memcpy(seed->iv + PDCP_NONCE_LEN, job->nonce, PDCP_NONCE_LEN);
}

/* The same without DIRECTION, which is added to the top bits of octets 8 and 14. */
static void seed_mac(struct stream_seed *seed, const struct pdcp_job *job)
{
	u32 bearer = get_unaligned_be32(job->nonce + 4);
	u8 direction = bearer >> PDCP_NONCE_DIRECTION_SHIFT & 1;

	seed->key = job->nia_key->octets;
	memcpy(seed->iv, job->nonce, 4);
	put_unaligned_be32(bearer & GENMASK(31, PDCP_NONCE_BEARER_SHIFT), seed->iv + 4);
	memcpy(seed->iv + 8, seed->iv, 8);
	seed->iv[8] ^= direction << 7;
	seed->iv[14] ^= direction << 7;
}

static __always_inline void start(const struct stream_gen *gen, struct stream_scratch *scratch,
				  struct stream_state *state, const struct stream *streams,
				  unsigned int n, seed_t seed)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		seed(&scratch->seeds[i], streams[i].job);
	gen->start(scratch, state, n);
}

static void take_ready(const struct stream_gen *gen, struct stream_scratch *scratch,
		       unsigned int lane, unsigned int ready)
{
	unsigned int i;

	for (i = 0; i < gen->words * gen->lanes; i += gen->lanes)
		scratch->state.word[i + lane] = scratch->ready.word[i + ready];
}

/* The longest first: what is short fills the gaps at the end. */
static void sort(struct stream *streams, unsigned int n)
{
	struct stream stream;
	unsigned int i, at;

	for (i = 1; i < n; i++) {
		stream = streams[i];
		for (at = i; at && streams[at - 1].need < stream.need; at--)
			streams[at] = streams[at - 1];
		streams[at] = stream;
	}
}

/* The messages of a run: how many lanes there are, and who is next. */
struct turn {
	unsigned int lanes;
	unsigned int live;
	unsigned int waiting;
	unsigned int n;
	unsigned int ready;
	unsigned int started;
};

/* All lanes are idle, so all can be started where they are. */
static __always_inline void fill_lanes(const struct stream_gen *gen,
				       struct stream_scratch *scratch, struct turn *turn,
				       seed_t seed)
{
	turn->live = min(turn->n - turn->waiting, turn->lanes);
	memcpy(scratch->lanes, scratch->waiting + turn->waiting,
	       turn->live * sizeof(scratch->lanes[0]));
	turn->waiting += turn->live;
	start(gen, scratch, &scratch->state, scratch->lanes, turn->live, seed);
}

/* Generators are initialised for as many as there are lanes and then wait for one. */
static __always_inline void refill_lane(const struct stream_gen *gen,
					struct stream_scratch *scratch, struct turn *turn,
					unsigned int lane, seed_t seed)
{
	if (turn->ready == turn->started) {
		turn->ready = 0;
		turn->started = min(turn->n - turn->waiting, gen->lanes);
		start(gen, scratch, &scratch->ready, scratch->waiting + turn->waiting,
		      turn->started, seed);
	}
	take_ready(gen, scratch, lane, turn->ready++);
	scratch->lanes[lane] = scratch->waiting[turn->waiting++];
	turn->live++;
}

/*
 * How long to run: until the first lane is idle if a message waits for it, else until the
 * last one is.
 */
static unsigned int steps_to_run(const struct stream_scratch *scratch, const struct turn *turn)
{
	u32 least = STREAM_RUN, most = 0, left;
	unsigned int i;

	for (i = 0; i < turn->lanes; i++) {
		if (!scratch->lanes[i].job)
			continue;
		left = scratch->lanes[i].need - scratch->lanes[i].made;
		least = min(least, left);
		most = max(most, left);
	}
	if (turn->waiting == turn->n)
		least = min_t(u32, most, STREAM_RUN);
	return DIV_ROUND_UP(least, STREAM_STEP);
}

static void count_octets(struct stream_scratch *scratch, const struct turn *turn, u32 octets)
{
	unsigned int i;

	for (i = 0; i < turn->lanes; i++)
		scratch->lanes[i].made += octets;
}

static __always_inline void next_messages(const struct stream_gen *gen,
					  struct stream_scratch *scratch, struct turn *turn,
					  seed_t seed)
{
	unsigned int i;

	for (i = 0; i < turn->lanes; i++) {
		struct stream *stream = &scratch->lanes[i];

		if (!stream->job || stream->made < stream->need)
			continue;
		stream->job = NULL;
		turn->live--;
	}
	if (!turn->live || turn->waiting == turn->n)
		return;
	for (i = 0; i < turn->lanes && turn->waiting < turn->n; i++)
		if (!scratch->lanes[i].job)
			refill_lane(gen, scratch, turn, i, seed);
}

/* @n messages wait. */
static __always_inline void run(const struct stream_gen *gen, struct stream_scratch *scratch,
				unsigned int n, seed_t seed, use_t use, bool pairs)
{
	struct turn turn = { .lanes = min(n, gen->lanes), .n = n };
	unsigned int steps;

	if (n > gen->lanes)
		sort(scratch->waiting, n);
	while (turn.live || turn.waiting < n) {
		if (!turn.live)
			fill_lanes(gen, scratch, &turn, seed);
		steps = steps_to_run(scratch, &turn);
		gen->run(scratch, steps, pairs);
		count_octets(scratch, &turn, steps * STREAM_STEP);
		use(scratch, turn.lanes, steps * STREAM_STEP);
		next_messages(gen, scratch, &turn, seed);
	}
}

static const struct stream_gen *choose(const struct stream_gen *many,
				       const struct stream_gen *one, unsigned int n)
{
	return n <= one->best ? one : many;
}

/* What was used for @n messages. */
static void erase(const struct stream_gen *gen, struct stream_scratch *scratch, unsigned int n)
{
	unsigned int lanes = min(n, gen->lanes);

	memzero_explicit(&scratch->state, sizeof(scratch->state));
	if (n > gen->lanes)
		memzero_explicit(&scratch->ready, sizeof(scratch->ready));
	if (gen->lanes > 1)
		memzero_explicit(scratch->work, sizeof(scratch->work));
	memzero_explicit(scratch->rows, gen->lanes * sizeof(scratch->rows[0]));
	memzero_explicit(scratch->seeds, lanes * sizeof(scratch->seeds[0]));
	memzero_explicit(scratch->waiting, n * sizeof(scratch->waiting[0]));
	memzero_explicit(scratch->lanes, lanes * sizeof(scratch->lanes[0]));
}

static void crypt(const struct stream_gen *gen, const struct stream_use *use,
		  struct pdcp_job *const *jobs, unsigned int n, struct stream_scratch *scratch)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		scratch->waiting[i] = (struct stream){
			.job = jobs[i],
			.at = jobs[i]->clear,
			.need = jobs[i]->end - jobs[i]->clear,
		};
	run(gen, scratch, n, seed_cipher, use->crypt, false);
	erase(gen, scratch, n);
}

/**
 * stream_nea1 - what nea_lanes of NEA1 need, for a level
 * @level: level
 * @jobs: as for struct nea_lanes
 * @n: number of jobs
 * @scratch: the scratch of the FPU section
 */
void stream_nea1(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch)
{
	crypt(choose(level->snow3g, level->snow3g_one, n), level->use, jobs, n, scratch);
}

/**
 * stream_nea3 - the same for NEA3
 * @level: level
 * @jobs: as for struct nea_lanes
 * @n: number of jobs
 * @scratch: the scratch of the FPU section
 */
void stream_nea3(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch)
{
	crypt(choose(level->zuc, level->zuc_one, n), level->use, jobs, n, scratch);
}

/**
 * stream_nia1 - what nia_lanes of NIA1 need, for a level
 * @level: level
 * @jobs: as for struct nia_lanes
 * @n: number of jobs
 * @scratch: the scratch of the FPU section
 *
 * Each message takes five words of keystream, so one step is enough.
 */
void stream_nia1(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch)
{
	const struct stream_gen *gen = choose(level->snow3g, level->snow3g_one, n);
	unsigned int i, part, left;

	for (left = n; left; left -= part, jobs += part) {
		part = min(left, gen->lanes);
		for (i = 0; i < part; i++)
			scratch->lanes[i].job = jobs[i];
		start(gen, scratch, &scratch->state, scratch->lanes, part, seed_mac);
		gen->run(scratch, 1, false);
		level->use->nia1(scratch, part);
	}
	erase(gen, scratch, n);
}

/**
 * stream_nia3 - the same for NIA3
 * @level: level
 * @jobs: as for struct nia_lanes
 * @n: number of jobs
 * @scratch: the scratch of the FPU section
 *
 * A message takes one word of keystream for each word of its own and two more.
 */
void stream_nia3(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch)
{
	const struct stream_gen *gen = choose(level->zuc, level->zuc_one, n);
	unsigned int i;

	for (i = 0; i < n; i++)
		scratch->waiting[i] = (struct stream){
			.job = jobs[i],
			.need = round_up(jobs[i]->auth, 4) + 8,
		};
	run(gen, scratch, n, seed_mac, level->use->nia3, true);
	erase(gen, scratch, n);
}
