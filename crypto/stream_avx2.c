// SPDX-License-Identifier: GPL-2.0
/* What keystreams are for, with AVX2 and PCLMULQDQ. */

#include "vec_avx2.h"

#include "lanes.h"
#include "stream_avx2.h"

#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/unaligned.h>

/* Carry-less products of the low or of the high 64 bits. */
#define mul_low(a, b) _mm_clmulepi64_si128(a, b, 0x00)
#define mul_high(a, b) _mm_clmulepi64_si128(a, b, 0x11)

/* The modulus x^64 + x^4 + x^3 + x + 1, less its highest term. */
#define POLYNOMIAL 0x1b

/* Fewer than STREAM_STEP octets. */
static void crypt_part(u8 *dst, const u8 *src, const u8 *keystream, u32 n)
{
	u32 i;

	for (i = 0; i + 8 <= n; i += 8)
		put_unaligned(get_unaligned((const u64 *)(src + i)) ^
			      get_unaligned((const u64 *)(keystream + i)), (u64 *)(dst + i));
	for (; i < n; i++)
		dst[i] = src[i] ^ keystream[i];
}

static void crypt_row(struct stream *s, const u8 *keystream, u32 octets)
{
	const struct pdcp_job *job = s->job;
	u32 end = min(s->at + octets, job->end), at;
	const u8 *src;
	vec x, y;

	for (at = s->at; at + STREAM_STEP <= end; at += STREAM_STEP) {
		src = lanes_in(job, at, STREAM_STEP);
		x = xor(load(src), load(keystream));
		y = xor(load(src + 32), load(keystream + 32));
		store(job->dst + at, x);
		store(job->dst + at + 32, y);
		keystream += STREAM_STEP;
	}
	if (at < end)
		crypt_part(job->dst + at, lanes_in(job, at, end - at), keystream, end - at);
	s->at = end;
}

static void crypt(struct stream_scratch *scratch, unsigned int n, u32 octets)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (scratch->lanes[i].job)
			crypt_row(&scratch->lanes[i], scratch->rows[i].octets, octets);
}

/* A step of the message of which only @n octets exist, the first of them in place @skip. */
struct part {
	u8 octets[STREAM_STEP];
};

static __always_inline void fill_part(struct part *part, const u8 *src, u32 skip, u32 n)
{
	u32 i;

	store(part->octets, zero());
	store(part->octets + 32, zero());
	for (i = 0; i < n; i++)
		part->octets[skip + i] = src[i];
}

static __always_inline __m128i load_block(const u8 *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

/* Swaps the octets of each 64 bits. */
static __always_inline __m128i swap64(__m128i x)
{
	return _mm_shuffle_epi8(x, _mm_set_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607));
}

/* Reduces 128 bits to the low 64 of them. */
static __always_inline __m128i reduce(__m128i x)
{
	const __m128i g = _mm_cvtsi32_si128(POLYNOMIAL);
	__m128i once = _mm_clmulepi64_si128(x, g, 0x01);

	return _mm_xor_si128(x, _mm_xor_si128(once, _mm_clmulepi64_si128(once, g, 0x01)));
}

/* P^8 beside P^7, and so on down to P^2 beside P: the factors of eight blocks in a row. */
struct factors {
	__m128i pair[4];
};

/* Both halves of @pair multiplied by the low half of @p. */
static __always_inline __m128i mul_pair(__m128i pair, __m128i p)
{
	return _mm_unpacklo_epi64(reduce(mul_low(pair, p)),
				  reduce(_mm_clmulepi64_si128(pair, p, 0x01)));
}

static __always_inline struct factors powers(__m128i p)
{
	__m128i square = reduce(mul_low(p, p));
	struct factors f;

	f.pair[3] = _mm_unpacklo_epi64(square, p);
	f.pair[2] = mul_pair(f.pair[3], square);
	f.pair[1] = mul_pair(f.pair[3], f.pair[2]);
	f.pair[0] = mul_pair(f.pair[2], f.pair[2]);
	return f;
}

static __always_inline __m128i blocks(const u8 *p, const struct factors *f)
{
	__m128i sum = _mm_setzero_si128(), x;
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		x = swap64(load_block(p + 16 * i));
		sum = _mm_xor_si128(sum, _mm_xor_si128(mul_low(x, f->pair[i]),
						       mul_high(x, f->pair[i])));
	}
	return sum;
}

/*
 * EVAL of the message, the 64-bit blocks of which have the factors P^n .. P^1. The sum has 128
 * bits until the end; each step multiplies it by P^8. The first step takes 1 to 8 blocks,
 * so that those behind are whole steps but for zeros at the very end.
 */
static __always_inline __m128i eval(const struct pdcp_job *job, __m128i p)
{
	u32 len = job->auth, n, skip = -DIV_ROUND_UP(len, 8) * 8 % STREAM_STEP, at;
	struct factors f = powers(p);
	__m128i step, sum, more;
	struct part part;

	if (!len)
		return _mm_setzero_si128();
	step = _mm_unpacklo_epi64(f.pair[0], reduce(_mm_slli_si128(f.pair[0], 8)));
	n = min(len, STREAM_STEP - skip);
	fill_part(&part, lanes_in(job, 0, n), skip, n);
	sum = blocks(part.octets, &f);
	for (at = n; at < len; at += STREAM_STEP) {
		if (at + STREAM_STEP <= len) {
			more = blocks(lanes_in(job, at, STREAM_STEP), &f);
		} else {
			fill_part(&part, lanes_in(job, at, len - at), 0, len - at);
			more = blocks(part.octets, &f);
		}
		sum = _mm_xor_si128(more, _mm_xor_si128(mul_low(sum, step), mul_high(sum, step)));
	}
	return reduce(sum);
}

/* z1 .. z5 of the keystream are P, Q and OTP (TS 35.215 clause 4.5). */
static void nia1_row(struct pdcp_job *job, const u8 *z)
{
	__m128i p = _mm_cvtsi64_si128(get_unaligned_be64(z));
	__m128i q = _mm_cvtsi64_si128(get_unaligned_be64(z + 8));
	__m128i e = _mm_xor_si128(eval(job, p), _mm_cvtsi64_si128((u64)job->auth * 8));
	u64 tag = _mm_cvtsi128_si64(reduce(mul_low(e, q)));

	put_unaligned_be32(tag >> 32 ^ get_unaligned_be32(z + 16), job->tag);
}

static void nia1(struct stream_scratch *scratch, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		nia1_row(scratch->lanes[i].job, scratch->rows[i].octets);
}

/*
 * The bits @m of the message, each of which selects 32 bits of the keystream @z from its
 * place on. Eight octets are a polynomial in which the first bit has the lowest power for the
 * message, the highest for the keystream: the sum is in the middle of the product with the
 * same eight octets of keystream, and at the top of that with the next.
 */
struct selected {
	__m128i middle, top;
};

/* The bits of each octet the other way round. */
static __always_inline __m128i reverse(__m128i x)
{
	const __m128i nibble = _mm_set1_epi8(0x0f);
	const __m128i upper = _mm_set_epi32(0xf070b030, 0xd0509010, 0xe060a020, 0xc0408000);
	const __m128i lower = _mm_set_epi32(0x0f070b03, 0x0d050901, 0x0e060a02, 0x0c040800);

	return _mm_or_si128(_mm_shuffle_epi8(upper, _mm_and_si128(x, nibble)),
			    _mm_shuffle_epi8(lower, _mm_and_si128(_mm_srli_epi32(x, 4), nibble)));
}

static __always_inline void select_step(struct selected *sum, const u8 *message, const u8 *z)
{
	__m128i m, same, next;
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		m = reverse(load_block(message + 16 * i));
		same = load_block(z + 16 * i);
		next = load_block(z + 16 * i + 8);
		sum->middle = _mm_xor_si128(sum->middle, _mm_xor_si128(mul_low(m, same),
								       mul_high(m, same)));
		sum->top = _mm_xor_si128(sum->top, _mm_xor_si128(mul_low(m, next),
								 mul_high(m, next)));
	}
}

/* @keystream belongs to the first octet of the message. */
static void nia3_octets(struct stream *s, const u8 *keystream, u32 end)
{
	struct selected sum = { _mm_setzero_si128(), _mm_setzero_si128() };
	const struct pdcp_job *job = s->job;
	struct part part;
	u32 at;

	for (at = s->at; at + STREAM_STEP <= end; at += STREAM_STEP)
		select_step(&sum, lanes_in(job, at, STREAM_STEP), keystream + at);
	if (at < end) {
		fill_part(&part, lanes_in(job, at, end - at), 0, end - at);
		select_step(&sum, part.octets, keystream + at);
	}
	s->at = end;
	s->sum ^= _mm_extract_epi32(sum.middle, 1) ^ _mm_extract_epi32(sum.top, 3);
}

static void nia3_row(struct stream *s, struct stream_row *row, u32 octets)
{
	const u8 *keystream = row->octets + octets - s->made;
	const u8 *last = row->octets + octets - STREAM_STEP;
	struct pdcp_job *job = s->job;

	if (s->made < s->need) {
		nia3_octets(s, keystream, s->made - STREAM_STEP);
		store(row->before, load(last));
		store(row->before + 32, load(last + 32));
		return;
	}
	nia3_octets(s, keystream, job->auth);
	put_unaligned_be32(s->sum ^ stream_word(keystream, job->auth) ^
			   stream_word(keystream, s->need - 4), job->tag);
}

static void nia3(struct stream_scratch *scratch, unsigned int n, u32 octets)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (scratch->lanes[i].job)
			nia3_row(&scratch->lanes[i], &scratch->rows[i], octets);
}

static const struct stream_use use = {
	.crypt = crypt,
	.nia1 = nia1,
	.nia3 = nia3,
};

const struct stream_level stream_avx2 = {
	.snow3g = &snow3g_avx2,
	.snow3g_one = &snow3g_one_avx2,
	.zuc = &zuc_avx2,
	.zuc_one = &zuc_one_avx2,
	.use = &use,
};
