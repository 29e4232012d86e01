// SPDX-License-Identifier: GPL-2.0
/* SNOW 3G in 16 lanes: AVX-512 with VBMI, GFNI and VAES. */

#include "vec_avx512.h"

#include "snow3g_sq.h"
#include "stream_avx512.h"

/*
 * Multiplications by constants of the field of MULalpha and DIValpha (0x1a9), one for each
 * octet of the product from the least significant one on, as matrices over GF(2). Each
 * is there twice: it serves two times 8 octets.
 */
static const u64 mul_alpha[8] __aligned(64) = {
	0xf1e3c67cf90204f8, 0xf1e3c67cf90204f8, 0x13274f8d1a264d89, 0x13274f8d1a264d89,
	0xbf7fff4183b8705f, 0xbf7fff4183b8705f, 0x0b162c52a4438705, 0x0b162c52a4438705,
};

static const u64 div_alpha[8] __aligned(64) = {
	0x93264d0912b66d49, 0x93264d0912b66d49, 0xdcb8703c782c596e, 0xdcb8703c782c596e,
	0xa14387af5e1c38d0, 0xa14387af5e1c38d0, 0x9020401123d6acc8, 0x9020401123d6acc8,
};

/* Multiplication by x modulo 0x169. */
#define TWICE 0x800102840890a040

/* For each octet of a lane, where its factor's product with that octet's constant is. */
static const u32 products[LANES] __aligned(64) = {
	0x30201000, 0x31211101, 0x32221202, 0x33231303, 0x34241404, 0x35251505, 0x36261606,
	0x37271707, 0x38281808, 0x39291909, 0x3a2a1a0a, 0x3b2b1b0b, 0x3c2c1c0c, 0x3d2d1d0d,
	0x3e2e1e0e, 0x3f2f1f0f,
};

/* Octet @i of each of the 16 lanes, four times over. */
static __always_inline vec pick(vec x, u32 i)
{
	__m128i at = _mm_set_epi32(0x3c383430, 0x2c282420, 0x1c181410, 0x0c080400);

	at = _mm_add_epi8(at, _mm_set1_epi8(i));
	return _mm512_permutexvar_epi8(_mm512_broadcast_i32x4(at), x);
}

static __always_inline void alphas(vec x[4], const vec s0[4], const vec s11[4])
{
	vec mul, div;
	int i;

#pragma GCC unroll 4
	for (i = 0; i < 4; i++) {
		mul = _mm512_gf2p8affine_epi64_epi8(pick(s0[i], 3), load(mul_alpha), 0);
		div = _mm512_gf2p8affine_epi64_epi8(pick(s11[i], 0), load(div_alpha), 0);
		x[i] = _mm512_permutexvar_epi8(load(products), xor(mul, div));
	}
}

/* A round of AES on the column that a lane is, so ShiftRows is undone beforehand. */
static __always_inline vec s1(vec x)
{
	const __m128i order = _mm_set_epi32(0x0306090c, 0x0f020508, 0x0b0e0104, 0x070a0d00);

	x = _mm512_shuffle_epi8(x, _mm512_broadcast_i32x4(order));
	return _mm512_aesenc_epi128(x, zero());
}

/* SQ, then AES's matrix over the field 0x169. */
static __always_inline vec s2(vec x)
{
	vec a = lookup(snow3g_sq, x), b = rol(a, 24), c = xor(a, b);

	return xor3(_mm512_gf2p8affine_epi64_epi8(c, _mm512_set1_epi64(TWICE), 0), b, rol(c, 16));
}

#include "snow3g_lanes.h"

const struct stream_gen snow3g_avx512 = {
	.lanes = LANES,
	.words = STREAM_CELLS + 3,
	.start = snow3g_start,
	.run = snow3g_run,
};
