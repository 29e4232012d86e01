// SPDX-License-Identifier: GPL-2.0
/* What keystreams are for, with AVX-512, VPCLMULQDQ and GFNI. */

#include "vec_avx512.h"

#include "lanes.h"
#include "stream_avx512.h"

#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/unaligned.h>

/* Carry-less products of the low or of the high 64 bits of each 128. */
#define mul_low(a, b) _mm512_clmulepi64_epi128(a, b, 0x00)
#define mul_high(a, b) _mm512_clmulepi64_epi128(a, b, 0x11)

/* The modulus x^64 + x^4 + x^3 + x + 1, less its highest term. */
#define POLYNOMIAL 0x1b

static void crypt_row(struct stream *s, const u8 *keystream, u32 octets)
{
	const struct pdcp_job *job = s->job;
	u32 end = min(s->at + octets, job->end), at;

	for (at = s->at; at + STREAM_STEP <= end; at += STREAM_STEP) {
		store(job->dst + at, xor(load(lanes_in(job, at, STREAM_STEP)), load(keystream)));
		keystream += STREAM_STEP;
	}
	if (at < end)
		store_part(job->dst + at, xor(load_part(lanes_in(job, at, end - at), end - at),
					      load(keystream)), end - at);
	s->at = end;
}

static void crypt(struct stream_scratch *scratch, unsigned int n, u32 octets)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (scratch->lanes[i].job)
			crypt_row(&scratch->lanes[i], scratch->rows[i].octets, octets);
}

/* Swaps the octets of each 64 bits. */
static __always_inline vec swap64(vec x)
{
	const __m128i order = _mm_set_epi32(0x08090a0b, 0x0c0d0e0f, 0x00010203, 0x04050607);

	return _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(order));
}

/* Reduces 128 bits to the low 64 of them. */
static __always_inline __m128i reduce(__m128i x)
{
	const __m128i g = _mm_cvtsi32_si128(POLYNOMIAL);
	__m128i once = _mm_clmulepi64_si128(x, g, 0x01);

	return _mm_ternarylogic_epi64(x, once, _mm_clmulepi64_si128(once, g, 0x01), 0x96);
}

static __always_inline __m256i reduce2(__m256i x)
{
	const __m256i g = _mm256_set_epi64x(0, POLYNOMIAL, 0, POLYNOMIAL);
	__m256i once = _mm256_clmulepi64_epi128(x, g, 0x01);

	return _mm256_ternarylogic_epi64(x, once, _mm256_clmulepi64_epi128(once, g, 0x01), 0x96);
}

/* P^8, P^7 .. P^1: the factors of eight blocks in a row. */
static __always_inline vec powers(__m128i p)
{
	__m128i square = reduce(_mm_clmulepi64_si128(p, p, 0x00));
	__m128i first = _mm_unpacklo_epi64(square, p), second;
	__m256i both, fourth, high;

	both = _mm256_set_m128i(_mm_clmulepi64_si128(first, square, 0x01),
				_mm_clmulepi64_si128(first, square, 0x00));
	both = reduce2(both);
	second = _mm_unpacklo_epi64(_mm256_castsi256_si128(both),
				    _mm256_extracti128_si256(both, 1));
	fourth = _mm256_broadcastsi128_si256(second);
	both = _mm256_set_m128i(first, second);
	high = _mm256_unpacklo_epi64(reduce2(_mm256_clmulepi64_epi128(both, fourth, 0x00)),
				     reduce2(_mm256_clmulepi64_epi128(both, fourth, 0x01)));
	return _mm512_inserti64x4(_mm512_castsi256_si512(high), both, 1);
}

static __always_inline vec blocks(vec x, vec factors)
{
	x = swap64(x);
	return xor(mul_low(x, factors), mul_high(x, factors));
}

/*
 * EVAL of the message, the 64-bit blocks of which have the factors P^n .. P^1. The sum has 128
 * bits until the end; each step multiplies it by P^8. The first step takes 1 to 8 blocks,
 * so that those behind are whole steps but for zeros at the very end.
 */
static __always_inline __m128i eval(const struct pdcp_job *job, __m128i p)
{
	u32 len = job->auth, n, skip = -DIV_ROUND_UP(len, 8) * 8 % STREAM_STEP, at;
	vec factors = powers(p), step, sum, more;
	__m128i p8 = _mm512_castsi512_si128(factors), p8x64;
	__m256i half;

	if (!len)
		return _mm_setzero_si128();
	p8x64 = reduce(_mm_slli_si128(p8, 8));
	step = _mm512_broadcast_i32x4(_mm_unpacklo_epi64(p8, p8x64));
	n = min(len, STREAM_STEP - skip);
	sum = blocks(_mm512_maskz_loadu_epi8(first(n) << skip, lanes_in(job, 0, n) - skip),
		     factors);
	for (at = n; at + STREAM_STEP <= len; at += STREAM_STEP) {
		more = blocks(load(lanes_in(job, at, STREAM_STEP)), factors);
		sum = xor3(mul_low(sum, step), mul_high(sum, step), more);
	}
	if (at < len) {
		more = blocks(load_part(lanes_in(job, at, len - at), len - at), factors);
		sum = xor3(mul_low(sum, step), mul_high(sum, step), more);
	}
	half = _mm256_xor_si256(_mm512_castsi512_si256(sum), _mm512_extracti64x4_epi64(sum, 1));
	return reduce(_mm_xor_si128(_mm256_castsi256_si128(half),
				    _mm256_extracti128_si256(half, 1)));
}

/* z1 .. z5 of the keystream are P, Q and OTP (TS 35.215 clause 4.5). */
static void nia1_row(struct pdcp_job *job, const u8 *z)
{
	__m128i p = _mm_cvtsi64_si128(get_unaligned_be64(z));
	__m128i q = _mm_cvtsi64_si128(get_unaligned_be64(z + 8));
	__m128i e = _mm_xor_si128(eval(job, p), _mm_cvtsi64_si128((u64)job->auth * 8));
	u64 tag;

	tag = _mm_cvtsi128_si64(reduce(_mm_clmulepi64_si128(e, q, 0x00)));
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
	vec middle, top;
};

static __always_inline void select(struct selected *sum, vec m, const u8 *z)
{
	vec same = load(z), next = load(z + 8);

	m = _mm512_gf2p8affine_epi64_epi8(m, _mm512_set1_epi64(0x8040201008040201), 0);
	sum->middle = xor3(sum->middle, mul_low(m, same), mul_high(m, same));
	sum->top = xor3(sum->top, mul_low(m, next), mul_high(m, next));
}

static __always_inline u32 selected_word(const struct selected *sum)
{
	vec x = xor(_mm512_shuffle_epi32(sum->middle, 0x55), _mm512_shuffle_epi32(sum->top, 0xff));
	__m256i half = _mm256_xor_si256(_mm512_castsi512_si256(x),
					_mm512_extracti64x4_epi64(x, 1));

	return _mm_cvtsi128_si32(_mm_xor_si128(_mm256_castsi256_si128(half),
					       _mm256_extracti128_si256(half, 1)));
}

/* @keystream belongs to the first octet of the message. */
static void nia3_octets(struct stream *s, const u8 *keystream, u32 end)
{
	const struct pdcp_job *job = s->job;
	struct selected sum = { zero(), zero() };
	u32 at;

	for (at = s->at; at + STREAM_STEP <= end; at += STREAM_STEP)
		select(&sum, load(lanes_in(job, at, STREAM_STEP)), keystream + at);
	if (at < end)
		select(&sum, load_part(lanes_in(job, at, end - at), end - at), keystream + at);
	s->at = end;
	s->sum ^= selected_word(&sum);
}

static void nia3_row(struct stream *s, struct stream_row *row, u32 octets)
{
	const u8 *keystream = row->octets + octets - s->made;
	struct pdcp_job *job = s->job;

	if (s->made < s->need) {
		nia3_octets(s, keystream, s->made - STREAM_STEP);
		store(row->before, load(row->octets + octets - STREAM_STEP));
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

const struct stream_level stream_avx512 = {
	.snow3g = &snow3g_avx512,
	.snow3g_one = &snow3g_one_avx512,
	.zuc = &zuc_avx512,
	.zuc_one = &zuc_one_avx512,
	.use = &use,
};
