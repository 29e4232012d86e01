/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keystreams side by side: SNOW 3G and ZUC, one generator in each 32-bit lane of a vector.
 *
 * Both are a register of 16 cells and a nonlinear part of two or three words, both take 32
 * clocks with feedback and one more before the first word of keystream. The lane code of a
 * level (struct stream_gen, struct stream_use) runs all lanes in step and knows nothing of
 * messages; stream.c gives the lanes to messages, and a lane whose message ends to the next.
 */
#ifndef _PDCP_STREAM_H
#define _PDCP_STREAM_H

#include "batch.h"

#include <linux/math.h>
#include <linux/types.h>

enum {
	STREAM_LANES = 16,		/* at most */
	STREAM_CELLS = 16,
	STREAM_WORDS = STREAM_CELLS + 3,
	STREAM_KEY_LEN = 16,
	STREAM_IV_LEN = 16,
	STREAM_STEP = 64,		/* octets of each keystream made at a time, at least */
	STREAM_STEP_WORDS = STREAM_STEP / 4,
	STREAM_RUN = 4 * STREAM_STEP,	/* and at most */
};

/**
 * struct stream_seed - what a keystream begins with
 * @key: STREAM_KEY_LEN octets
 * @iv: as the algorithm loads it: IV3 first for SNOW 3G
 */
struct stream_seed {
	const u8 *key;
	u8 iv[STREAM_IV_LEN];
};

/**
 * struct stream_state - the generators of all lanes, secret
 * @word: cells s0 to s15, then R1, R2 and R3 if there is one; each for all lanes, without
 *	  gaps between them if there are less than STREAM_LANES
 */
struct stream_state {
	u32 word[STREAM_WORDS * STREAM_LANES] __aligned(64);
};

/**
 * struct stream_row - the keystream of one lane, secret
 * @before: end of the run before, kept by those who need it
 * @octets: what the last run made
 */
struct stream_row {
	u8 before[STREAM_STEP];
	u8 octets[STREAM_RUN];
} __aligned(64);

/**
 * struct stream - one message on its way
 * @job: message; NULL: the lane is idle
 * @at: first octet of it that is not done
 * @made: octets of keystream made
 * @need: octets of keystream it takes
 * @sum: NIA3: T of the octets before @at, secret
 */
struct stream {
	struct pdcp_job *job;
	u32 at;
	u32 made;
	u32 need;
	u32 sum;
};

/**
 * struct stream_scratch - what lane code keeps in the scratch of its FPU section, secret
 * @state: generators that run
 * @ready: generators that wait for a lane
 * @work: for the lane code
 * @rows: keystreams
 * @seeds: what the generators of @ready or @state were begun with
 * @waiting: messages without a lane, the longest first
 * @lanes: messages with a lane
 */
struct stream_scratch {
	struct stream_state state;
	struct stream_state ready;
	u32 work[2 * STREAM_CELLS * STREAM_LANES] __aligned(64);
	struct stream_row rows[STREAM_LANES];
	struct stream_seed seeds[STREAM_LANES];
	struct stream waiting[PDCP_BATCH_RUN];
	struct stream lanes[STREAM_LANES];
};

/**
 * struct stream_gen - generators in lanes
 * @lanes: how many
 * @words: how many of struct stream_state it uses
 * @best: it is the best up to so many messages at once
 * @start: loads and initialises the first @n lanes from the seeds of the scratch
 * @run: makes @steps times STREAM_STEP octets for every lane; with @pairs, which only ZUC has,
 *	 they are 64-bit words of which the first 32 bits are the upper ones
 */
struct stream_gen {
	unsigned int lanes;
	unsigned int words;
	unsigned int best;
	void (*start)(struct stream_scratch *scratch, struct stream_state *state, unsigned int n);
	void (*run)(struct stream_scratch *scratch, unsigned int steps, bool pairs);
};

/**
 * struct stream_use - what keystreams are for
 * @crypt: ciphers with the @octets just made, for each of @n lanes that has a message
 * @nia1: writes the MAC-I of each of @n messages, from the first step of its keystream
 * @nia3: accumulates what the keystream made so far, in pairs, allows, and writes the MAC-I
 *	  when it was all
 */
struct stream_use {
	void (*crypt)(struct stream_scratch *scratch, unsigned int n, u32 octets);
	void (*nia1)(struct stream_scratch *scratch, unsigned int n);
	void (*nia3)(struct stream_scratch *scratch, unsigned int n, u32 octets);
};

/**
 * stream_word - 32 bits of a keystream that was made in pairs
 * @keystream: its beginning, of which only what is looked at has to be there
 * @octet: where they begin
 *
 * Return: the bits, the first one the highest.
 */
static inline u32 stream_word(const u8 *keystream, u32 octet)
{
	const u64 *pair = (const u64 *)(keystream + round_down(octet, 8));
	unsigned int shift = octet % 8 * 8;

	return (shift ? pair[0] << shift | pair[1] >> (64 - shift) : pair[0]) >> 32;
}

/**
 * struct stream_level - all of a level
 * @snow3g: generators of SNOW 3G in lanes
 * @snow3g_one: a single one
 * @zuc: generators of ZUC in lanes
 * @zuc_one: a single one
 * @use: what their keystreams are for
 */
struct stream_level {
	const struct stream_gen *snow3g;
	const struct stream_gen *snow3g_one;
	const struct stream_gen *zuc;
	const struct stream_gen *zuc_one;
	const struct stream_use *use;
};

void stream_nea1(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch);
void stream_nea3(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch);
void stream_nia1(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch);
void stream_nia3(const struct stream_level *level, struct pdcp_job *const *jobs, unsigned int n,
		 struct stream_scratch *scratch);

#endif /* _PDCP_STREAM_H */
