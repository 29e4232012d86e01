/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_STREAM_AVX512_H
#define _PDCP_STREAM_AVX512_H

#include "stream.h"

extern const struct stream_gen snow3g_avx512, snow3g_one_avx512;
extern const struct stream_gen zuc_avx512, zuc_one_avx512;
extern const struct stream_level stream_avx512;

#endif /* _PDCP_STREAM_AVX512_H */
