// SPDX-License-Identifier: GPL-2.0
/* ZUC-128 in 16 lanes: AVX-512 with VBMI, VBMI2 and GFNI. */

#include "vec_avx512.h"

#include "stream_avx512.h"
#include "zuc_sbox.h"

/*
 * S1 is an inversion in the field 0x18b. INTO takes an octet to the field that GFNI inverts in,
 * BACK takes it from there to the result, less S1_CONSTANT.
 */
#define INTO 0xdd06c8f01eae7c70
#define BACK 0xb903e5360f14f0e3
#define S1_CONSTANT 0x55

static __always_inline vec substitute_one(vec x)
{
	vec odd = lookup(zuc_s0, x);
	vec even = _mm512_gf2p8affine_epi64_epi8(x, _mm512_set1_epi64(INTO), 0);

	return _mm512_mask_gf2p8affineinv_epi64_epi8(odd, 0x5555555555555555, even,
						     _mm512_set1_epi64(BACK), S1_CONSTANT);
}

static __always_inline void substitute(vec *a, vec *b)
{
	*a = substitute_one(*a);
	*b = substitute_one(*b);
}

#include "zuc_lanes.h"

const struct stream_gen zuc_avx512 = {
	.lanes = LANES,
	.words = STREAM_CELLS + 2,
	.start = zuc_start,
	.run = zuc_run,
};
