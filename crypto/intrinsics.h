/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The compiler's vector intrinsics, for lane code alone: objects that include this are built
 * with flags that let the compiler use vector registers anywhere (Kbuild).
 */
#ifndef _PDCP_INTRINSICS_H
#define _PDCP_INTRINSICS_H

/* It would want malloc(). */
#define _MM_MALLOC_H_INCLUDED
#include <immintrin.h>

#endif /* _PDCP_INTRINSICS_H */
