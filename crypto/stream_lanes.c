// SPDX-License-Identifier: GPL-2.0
/* NEA1, NIA1, NEA3 and NIA3 of each level, as lanes.h wants them. */

#include "lanes.h"
#include "stream_avx2.h"
#include "stream_avx512.h"

#define STREAM_NEA(name, algorithm, needs, code)					\
	static void name##_crypt(struct pdcp_job *const *jobs, unsigned int n, void *scratch) \
	{										\
		algorithm(&(code), jobs, n, scratch);					\
	}										\
											\
	const struct nea_lanes name##_lanes = {						\
		.level = (needs),							\
		.crypt = name##_crypt,							\
	}

#define STREAM_NIA(name, algorithm, needs, code)					\
	static void name##_mac(struct pdcp_job *const *jobs, unsigned int n, void *scratch) \
	{										\
		algorithm(&(code), jobs, n, scratch);					\
	}										\
											\
	const struct nia_lanes name##_lanes = {						\
		.level = (needs),							\
		.mac = name##_mac,							\
	}

STREAM_NEA(nea1_avx2, stream_nea1, PDCP_LEVEL_AVX2, stream_avx2);
STREAM_NEA(nea3_avx2, stream_nea3, PDCP_LEVEL_AVX2, stream_avx2);
STREAM_NIA(nia1_avx2, stream_nia1, PDCP_LEVEL_AVX2, stream_avx2);
STREAM_NIA(nia3_avx2, stream_nia3, PDCP_LEVEL_AVX2, stream_avx2);

STREAM_NEA(nea1_avx512, stream_nea1, PDCP_LEVEL_AVX512, stream_avx512);
STREAM_NEA(nea3_avx512, stream_nea3, PDCP_LEVEL_AVX512, stream_avx512);
STREAM_NIA(nia1_avx512, stream_nia1, PDCP_LEVEL_AVX512, stream_avx512);
STREAM_NIA(nia3_avx512, stream_nia3, PDCP_LEVEL_AVX512, stream_avx512);
