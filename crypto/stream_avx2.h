/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_STREAM_AVX2_H
#define _PDCP_STREAM_AVX2_H

#include "stream.h"

extern const struct stream_gen snow3g_avx2, snow3g_one_avx2;
extern const struct stream_gen zuc_avx2, zuc_one_avx2;
extern const struct stream_level stream_avx2;

#endif /* _PDCP_STREAM_AVX2_H */
