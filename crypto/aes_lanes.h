/* SPDX-License-Identifier: GPL-2.0 */
/*
 * NEA2 and NIA2 by AES instructions, for vectors of WIDTH blocks. Included once by each of
 * aes_aesni.c, aes_vaes.c and aes_avx512.c, which include aes_x86.h, define WIDTH, the type
 * vec and
 *
 *	struct schedule, load_schedule(), round_key()	one round key in every block of a vector
 *	aes_round(), aes_last()		AESENC and AESENCLAST
 *	xor(), load(), store()		load and store at any alignment
 *	load_part(), store_part()	the first octets of a vector, 1 to all; zeros behind
 *	gather()			one block from each of WIDTH addresses
 *	counters(), counters_next()	nonce || number, of consecutive blocks, and of those behind
 *	counters_octets()		the same, the number big endian
 *
 * NEA2 has no use for lanes: STREAMS vectors of one message fill the pipeline. NIA2 is a chain
 * of blocks, so each block of up to STREAMS vectors belongs to another message.
 */
#ifndef _PDCP_AES_LANES_H
#define _PDCP_AES_LANES_H

#define STREAMS 8
#define LANES (STREAMS * WIDTH)
#define VECTOR (WIDTH * BLOCK)

/* All rounds but the addition of the first key and the last round, on @n vectors. */
static __always_inline void middle_rounds(vec *x, int n, const struct schedule *s)
{
	int i, r;

#pragma GCC unroll 16
	for (r = 1; r < ROUNDS; r++) {
		vec k = round_key(s, r);

#pragma GCC unroll 16
		for (i = 0; i < n; i++)
			x[i] = aes_round(x[i], k);
	}
}

/* Ciphers @n vectors, of the last of them @last octets. */
static __always_inline void ctr_vectors(u8 *dst, const u8 *src, int n, u32 last, __m128i nonce,
					u32 block, const struct schedule *s)
{
	vec x[STREAMS], c = counters(nonce, block), k = round_key(s, 0);
	int i;

#pragma GCC unroll 16
	for (i = 0; i < n; i++) {
		x[i] = xor(counters_octets(c), k);
		c = counters_next(c);
	}
	middle_rounds(x, n, s);
	k = round_key(s, ROUNDS);
#pragma GCC unroll 16
	for (i = 0; i < n - 1; i++)
		store(dst + i * VECTOR, aes_last(x[i], xor(k, load(src + i * VECTOR))));
	dst += (n - 1) * VECTOR;
	src += (n - 1) * VECTOR;
	if (last == VECTOR)
		store(dst, aes_last(x[n - 1], xor(k, load(src))));
	else
		store_part(dst, aes_last(x[n - 1], xor(k, load_part(src, last))), last);
}

/* The end of a piece: 1 to STREAMS vectors, as many as @len takes. */
static __always_inline void ctr_rest(u8 *dst, const u8 *src, u32 len, __m128i nonce, u32 block,
				     const struct schedule *s)
{
	u32 full = (len - 1) / VECTOR, last = len - full * VECTOR;

	switch (full) {
	case 0: return ctr_vectors(dst, src, 1, last, nonce, block, s);
	case 1: return ctr_vectors(dst, src, 2, last, nonce, block, s);
	case 2: return ctr_vectors(dst, src, 3, last, nonce, block, s);
	case 3: return ctr_vectors(dst, src, 4, last, nonce, block, s);
	case 4: return ctr_vectors(dst, src, 5, last, nonce, block, s);
	case 5: return ctr_vectors(dst, src, 6, last, nonce, block, s);
	case 6: return ctr_vectors(dst, src, 7, last, nonce, block, s);
	case 7: return ctr_vectors(dst, src, 8, last, nonce, block, s);
	}
}

/* Octets from @p on, which is a whole number of seams behind @clear, that lie together. */
static __always_inline u32 ctr_together(const struct pdcp_job *job, u32 p)
{
	u32 len;

	if (p < job->from)
		len = round_up(job->from - p, LANES_SEAM);
	else if (p + LANES_SEAM <= job->to && job->end > job->to)
		len = round_down(job->to - p, LANES_SEAM);
	else
		len = job->end - p;
	return min(len, job->end - p);
}

/* From @p on, which is a whole number of seams behind @clear. */
static __always_inline void ctr_job(const struct pdcp_job *job, u32 p, const struct schedule *s)
{
	__m128i nonce = _mm_loadl_epi64((const __m128i *)job->nonce);
	u32 len, block = (p - job->clear) / BLOCK;
	const u8 *src;

	while (p < job->end) {
		len = ctr_together(job, p);
		src = lanes_in(job, p, min_t(u32, len, LANES_SEAM));
		for (; len > STREAMS * VECTOR; len -= STREAMS * VECTOR) {
			ctr_vectors(job->dst + p, src, STREAMS, VECTOR, nonce, block, s);
			p += STREAMS * VECTOR;
			src += STREAMS * VECTOR;
			block += STREAMS * WIDTH;
		}
		ctr_rest(job->dst + p, src, len, nonce, block, s);
		p += len;
		block += len / BLOCK;
	}
}

static void crypt(struct pdcp_job *const *jobs, unsigned int n, void *scratch)
{
	unsigned int i = 0;

	while (i < n) {
		const struct nea_key *key = jobs[i]->nea_key;
		struct schedule s = load_schedule(key_octets(&key->aes));

		for (; i < n && jobs[i]->nea_key == key; i++)
			ctr_job(jobs[i], jobs[i]->clear, &s);
	}
}

/*
 * NIA2. The message is the nonce and 0 .. @auth of the job: a first block, whole ones, and a
 * last one of 1 to 16 octets. Between blocks a chain is kept as AES takes it, with the next
 * block and the first round key added. That is done outside the chain, by adding them to the
 * last round key of the block before.
 */
struct chain {
	struct pdcp_job *job;
	u32 p;			/* of the next whole block */
	u32 blocks;		/* whole ones to come */
	u32 together;		/* how many of these lie together */
};

/* In scratch. What is not a job's, up to a whole number of vectors, is the first job's. */
struct chains {
	const u8 *data[LANES];		/* the next blocks */
	const u8 *key[LANES];
	u8 x[LANES][BLOCK];
	u8 done[LANES][BLOCK];		/* x when all whole blocks are done */
	u8 last[LANES][2 * BLOCK];	/* last block with K1 or K2 added, a block of zeros */
	struct chain chain[LANES];
	vec keys[ROUNDS + 1][STREAMS];	/* unless all are the same */
};

static_assert(sizeof(struct chains) <= LANES_SCRATCH);

#define NONCE PDCP_NONCE_LEN
#define SHORT (BLOCK - NONCE)	/* messages of one block, nonce included */

static __always_inline __m128i last_block(const struct pdcp_job *job)
{
	u32 len = (job->auth + NONCE - 1) % BLOCK + 1;
	const u8 *in = lanes_in(job, job->auth - len, len);
	const u8 *k1 = job->nia_key->cmac.k1, *k2 = job->nia_key->cmac.k2;

	if (len == BLOCK)
		return _mm_xor_si128(load_block(in), load_block(k1));
	return _mm_xor_si128(load_padded(in, len), load_block(k2));
}

static __always_inline __m128i first_block(const struct pdcp_job *job)
{
	return _mm_unpacklo_epi64(_mm_loadl_epi64((const __m128i *)job->nonce),
				  _mm_loadl_epi64((const __m128i *)lanes_in(job, 0, SHORT)));
}

static __always_inline __m128i block_rounds(__m128i x, const u8 *key, __m128i last)
{
	int r;

#pragma GCC unroll 16
	for (r = 1; r < ROUNDS; r++)
		x = _mm_aesenc_si128(x, key_block(key, r));
	return _mm_aesenclast_si128(x, _mm_xor_si128(key_block(key, ROUNDS), last));
}

static __always_inline void put_mac(struct pdcp_job *job, __m128i x)
{
	put_unaligned((u32)_mm_cvtsi128_si32(x), (u32 *)job->tag);
}

static __always_inline void put_tag(struct pdcp_job *job)
{
	put_unaligned(get_unaligned((u32 *)job->tag), (u32 *)(job->dst + job->auth));
}

/* How many of the whole blocks from @p on lie together. */
static __always_inline u32 blocks_together(const struct pdcp_job *job, u32 p, u32 blocks)
{
	u32 n = blocks;

	if (p < job->from)
		n = DIV_ROUND_UP(job->from - p, BLOCK);
	else if (p + BLOCK <= job->to)
		n = (job->to - p) / BLOCK;
	return min(n, blocks);
}

/* At most SHORT octets: nonce and message are one block. */
static __always_inline void mac_short(struct pdcp_job *job)
{
	const u8 *key = key_octets(&job->nia_key->cmac.aes);
	u8 block[BLOCK] = {};
	__m128i x;

	memcpy(block, job->nonce, NONCE);
	if (job->auth)
		memcpy(block + NONCE, lanes_in(job, 0, job->auth), job->auth);
	if (job->auth < SHORT)
		block[NONCE + job->auth] = 0x80;
	x = load_block(job->auth < SHORT ? job->nia_key->cmac.k2 : job->nia_key->cmac.k1);
	x = _mm_xor_si128(x, _mm_xor_si128(load_block(block), key_block(key, 0)));
	put_mac(job, block_rounds(x, key, _mm_setzero_si128()));
}

/* @n blocks from @p on that lie together. */
static __always_inline __m128i chain_blocks(const struct pdcp_job *job, u32 p, u32 n, __m128i x,
					    const u8 *key)
{
	const u8 *data = lanes_in(job, p, BLOCK);

	for (; n; n--, data += BLOCK)
		x = block_rounds(x, key, _mm_xor_si128(key_block(key, 0), load_block(data)));
	return x;
}

static __always_inline void chain_end(struct pdcp_job *job, __m128i x, const u8 *key)
{
	x = block_rounds(x, key, _mm_xor_si128(key_block(key, 0), last_block(job)));
	put_mac(job, block_rounds(x, key, _mm_setzero_si128()));
}

static __always_inline u32 whole_blocks(const struct pdcp_job *job)
{
	return (job->auth - SHORT - 1) / BLOCK;
}

/* One message alone is bound by the latency of AESENC: nothing else is in the chain. */
static void mac_one(struct pdcp_job *job)
{
	const u8 *key = key_octets(&job->nia_key->cmac.aes);
	u32 p = SHORT, blocks = whole_blocks(job), n;
	__m128i x = _mm_xor_si128(first_block(job), key_block(key, 0));

	for (; blocks; blocks -= n, p += n * BLOCK) {
		n = blocks_together(job, p, blocks);
		x = chain_blocks(job, p, n, x, key);
	}
	chain_end(job, x, key);
}

/* @steps blocks in @n vectors of chains under one key. */
static __always_inline void chain_vectors(struct chains *c, int n, u32 steps,
					  const struct schedule *s)
{
	vec x[STREAMS], k = xor(round_key(s, 0), round_key(s, ROUNDS));
	size_t offset, end = (size_t)steps * BLOCK;
	int i;

#pragma GCC unroll 16
	for (i = 0; i < n; i++)
		x[i] = load(c->x[i * WIDTH]);
	for (offset = 0; offset < end; offset += BLOCK) {
		middle_rounds(x, n, s);
#pragma GCC unroll 16
		for (i = 0; i < n; i++)
			x[i] = aes_last(x[i], xor(k, gather(c->data + i * WIDTH, offset)));
	}
#pragma GCC unroll 16
	for (i = 0; i < n; i++)
		store(c->x[i * WIDTH], x[i]);
}

static noinline void steps_one_key(struct chains *c, unsigned int n, u32 steps)
{
	struct schedule s = load_schedule(c->key[0]);

	switch ((n - 1) / WIDTH) {
	case 0: return chain_vectors(c, 1, steps, &s);
	case 1: return chain_vectors(c, 2, steps, &s);
	case 2: return chain_vectors(c, 3, steps, &s);
	case 3: return chain_vectors(c, 4, steps, &s);
	case 4: return chain_vectors(c, 5, steps, &s);
	case 5: return chain_vectors(c, 6, steps, &s);
	case 6: return chain_vectors(c, 7, steps, &s);
	case 7: return chain_vectors(c, 8, steps, &s);
	}
}

/* The first and the last round key are always added together. */
static noinline void gather_keys(struct chains *c, unsigned int n)
{
	unsigned int i, r;

	for (i = 0; i * WIDTH < n; i++) {
		const u8 *const *key = c->key + i * WIDTH;

		for (r = 1; r < ROUNDS; r++)
			c->keys[r][i] = gather(key, r * BLOCK);
		c->keys[0][i] = xor(gather(key, 0), gather(key, ROUNDS * BLOCK));
	}
}

/* @steps blocks in @n vectors of chains under the keys that were gathered. */
static __always_inline void chain_vectors_keys(struct chains *c, int n, u32 steps)
{
	size_t offset, end = (size_t)steps * BLOCK;
	vec x[STREAMS];
	int i, r;

#pragma GCC unroll 16
	for (i = 0; i < n; i++)
		x[i] = load(c->x[i * WIDTH]);
	for (offset = 0; offset < end; offset += BLOCK) {
		barrier();	/* keeps the keys where they are */
#pragma GCC unroll 16
		for (r = 1; r < ROUNDS; r++)
#pragma GCC unroll 16
			for (i = 0; i < n; i++)
				x[i] = aes_round(x[i], c->keys[r][i]);
#pragma GCC unroll 16
		for (i = 0; i < n; i++)
			x[i] = aes_last(x[i], xor(c->keys[0][i],
						  gather(c->data + i * WIDTH, offset)));
	}
#pragma GCC unroll 16
	for (i = 0; i < n; i++)
		store(c->x[i * WIDTH], x[i]);
}

static noinline void steps_own_keys(struct chains *c, unsigned int n, u32 steps)
{
	if (n > STREAMS / 2 * WIDTH)
		chain_vectors_keys(c, STREAMS, steps);
	else
		chain_vectors_keys(c, STREAMS / 2, steps);
}

/* @blocks blocks of the first @n chains; some of those behind them are spoilt. */
static void steps(struct chains *c, unsigned int n, u32 blocks, bool one_key)
{
	unsigned int i;

	for (i = n; i < LANES; i++)
		c->data[i] = c->data[0];
	if (one_key)
		steps_one_key(c, n, blocks);
	else
		steps_own_keys(c, n, blocks);
}

static __always_inline void find_data(struct chains *c, unsigned int i)
{
	struct chain *chain = &c->chain[i];

	chain->together = blocks_together(chain->job, chain->p, chain->blocks);
	c->data[i] = lanes_in(chain->job, chain->p, BLOCK);
}

static void begin(struct chains *c, unsigned int i, struct pdcp_job *job)
{
	const u8 *key = key_octets(&job->nia_key->cmac.aes);
	struct chain *chain = &c->chain[i];

	chain->job = job;
	chain->p = SHORT;
	chain->blocks = whole_blocks(job);
	find_data(c, i);
	c->key[i] = key;
	store_block(c->x[i], _mm_xor_si128(first_block(job), key_block(key, 0)));
	store_block(c->done[i], load_block(c->x[i]));
	store_block(c->last[i], last_block(job));
	store_block(c->last[i] + BLOCK, _mm_setzero_si128());
}

/* Moves the first @n chains on and returns how many of them have whole blocks left. */
static unsigned int advance(struct chains *c, unsigned int n, u32 blocks)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		struct chain *chain = &c->chain[i];

		chain->p += blocks * BLOCK;
		chain->blocks -= blocks;
		chain->together -= blocks;
		c->data[i] += blocks * BLOCK;
		if (!chain->blocks)
			store_block(c->done[i], load_block(c->x[i]));
		else if (!chain->together)
			find_data(c, i);
	}
	while (n && !c->chain[n - 1].blocks)
		n--;
	return n;
}

static u32 shortest(const struct chains *c, unsigned int n)
{
	u32 blocks = c->chain[0].together;
	unsigned int i;

	for (i = 1; i < n; i++)
		blocks = min(blocks, c->chain[i].together);
	return blocks;
}

/* Up to LANES jobs, the longest first. */
static void mac_lanes(struct pdcp_job *const *jobs, unsigned int n, struct chains *c)
{
	bool one_key = true;
	unsigned int i, left;
	u32 blocks;

	for (i = 0; i < n; i++) {
		begin(c, i, jobs[i]);
		one_key &= jobs[i]->nia_key == jobs[0]->nia_key;
	}
	for (; i < LANES; i++)
		c->key[i] = c->key[0];
	if (!one_key)
		gather_keys(c, n);
	for (left = n; left && !c->chain[left - 1].blocks; left--)
		;
	while (left) {
		blocks = shortest(c, left);
		steps(c, left, blocks, one_key);
		left = advance(c, left, blocks);
	}
	for (i = 0; i < n; i++) {
		store_block(c->x[i], load_block(c->done[i]));
		c->data[i] = c->last[i];
	}
	steps(c, n, 2, one_key);
	for (i = 0; i < n; i++)
		put_mac(jobs[i], _mm_xor_si128(load_block(c->x[i]), key_block(c->key[i], 0)));
}

/* By length, the longest first; equal lengths, the common case, cost one comparison each. */
static void sort(struct pdcp_job **sorted, struct pdcp_job *const *jobs, unsigned int n)
{
	unsigned int i, at;

	for (i = 0; i < n; i++) {
		for (at = i; at && sorted[at - 1]->auth < jobs[i]->auth; at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = jobs[i];
	}
}

static void mac(struct pdcp_job *const *jobs, unsigned int n, void *scratch)
{
	struct pdcp_job *sorted[PDCP_BATCH_RUN];
	unsigned int i, part;

	sort(sorted, jobs, n);
	for (; n && sorted[n - 1]->auth <= SHORT; n--)
		mac_short(sorted[n - 1]);
	for (i = 0; i + 1 < n; i += part) {
		part = min_t(unsigned int, n - i, LANES);
		mac_lanes(sorted + i, part, scratch);
	}
	if (i < n)
		mac_one(sorted[i]);
	if (i)
		memzero_explicit(scratch, sizeof(struct chains));
}

/*
 * Both at once. Many messages fill the pipeline with one after the other; of a single one the
 * cipher is done while the chain of the MAC waits for AESENC, PART octets in turns.
 */
#define PART LANES_SEAM
#define PART_BLOCKS (PART / BLOCK)
#define TURNS_MIN (8 * PART)	/* for which taking turns is worth it */

static __always_inline void ctr_part(const struct pdcp_job *job, u32 p, const struct schedule *s)
{
	ctr_vectors(job->dst + p, lanes_in(job, p, PART), PART / VECTOR, VECTOR,
		    _mm_loadl_epi64((const __m128i *)job->nonce), (p - job->clear) / BLOCK, s);
}

/* The cipher at @q stays behind the MAC at @p, whose input it may overwrite. */
static void seal_one(struct pdcp_job *job)
{
	struct schedule s = load_schedule(key_octets(&job->nea_key->aes));
	const u8 *key = key_octets(&job->nia_key->cmac.aes);
	u32 p = SHORT, q = job->clear, blocks = whole_blocks(job), n;
	__m128i x = _mm_xor_si128(first_block(job), key_block(key, 0));

	for (; blocks; blocks -= n) {
		barrier();	/* the keys of the MAC are better left in memory */
		n = min_t(u32, blocks_together(job, p, blocks), PART_BLOCKS);
		x = chain_blocks(job, p, n, x, key);
		p += n * BLOCK;
		if (q + PART <= p) {
			ctr_part(job, q, &s);
			q += PART;
		}
	}
	chain_end(job, x, key);
	put_tag(job);
	ctr_job(job, q, &s);
}

/* The cipher at @q keeps ahead of the MAC at @p by what is on its way to memory. In place. */
static void open_one(struct pdcp_job *job)
{
	const u32 lead = 4 * PART;
	struct schedule s = load_schedule(key_octets(&job->nea_key->aes));
	const u8 *key = key_octets(&job->nia_key->cmac.aes);
	u32 p = SHORT, q = job->clear, blocks = whole_blocks(job);
	__m128i x;

	for (; q < lead && q + PART <= job->end; q += PART)
		ctr_part(job, q, &s);
	x = _mm_xor_si128(first_block(job), key_block(key, 0));
	for (; q + PART <= job->end; q += PART) {
		barrier();
		ctr_part(job, q, &s);
		if (blocks >= PART_BLOCKS && p + PART <= q) {
			x = chain_blocks(job, p, PART_BLOCKS, x, key);
			p += PART;
			blocks -= PART_BLOCKS;
		}
	}
	ctr_job(job, q, &s);
	x = chain_blocks(job, p, blocks, x, key);
	chain_end(job, x, key);
}

static void seal(struct pdcp_job *const *jobs, unsigned int n, void *scratch)
{
	unsigned int i;

	if (n == 1 && jobs[0]->auth >= TURNS_MIN) {
		seal_one(jobs[0]);
		return;
	}
	mac(jobs, n, scratch);
	for (i = 0; i < n; i++)
		put_tag(jobs[i]);
	crypt(jobs, n, scratch);
}

static void open(struct pdcp_job *const *jobs, unsigned int n, void *scratch)
{
	unsigned int i;

	if (n == 1 && jobs[0]->auth >= TURNS_MIN && !jobs[0]->to) {
		open_one(jobs[0]);
		return;
	}
	crypt(jobs, n, scratch);
	for (i = 0; i < n; i++)
		jobs[i]->to = 0;
	mac(jobs, n, scratch);
}

#endif /* _PDCP_AES_LANES_H */
