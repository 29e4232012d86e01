/* SPDX-License-Identifier: GPL-2.0 */
/* What the pure files of pdcp/ use of the kernel's headers, for user space. */
#ifndef _PDCP_FUZZ_KERNEL_H
#define _PDCP_FUZZ_KERNEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef int s32;
typedef long long s64;

#define U8_MAX 0xff
#define U16_MAX 0xffff
#define U32_MAX 0xffffffffU

#define BITS_PER_BYTE 8
#define BIT_ULL(n) (1ULL << (n))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define DIV_ROUND_UP(n, d) ({ typeof(d) _d = (d); ((n) + _d - 1) / _d; })
#define round_up(n, power) ((((n) - 1) | ((typeof(n))(power) - 1)) + 1)
#define min(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a < _b ? _a : _b; })
#define max(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define min_t(type, a, b) min((type)(a), (type)(b))
#define swap(a, b) swap_pointers(&(a), &(b))

#define __ffs64(x) ((u32)__builtin_ctzll(x))
#define bitrev8(x) __builtin_bitreverse8(x)

#define VISIBLE_IF_KUNIT static

#define GFP_ATOMIC 1
#define __GFP_NOWARN 2

/* How many allocations will still succeed. */
extern u32 allocations;

static inline void *kzalloc(size_t size, u32 flags)
{
	if (!allocations || !(flags & GFP_ATOMIC))
		return NULL;
	allocations--;
	return calloc(1, size);
}

static inline void kfree(void *p)
{
	free(p);
}

static inline void swap_pointers(void **a, void **b)
{
	void *old = *a;

	*a = *b;
	*b = old;
}

static inline u16 get_unaligned_be16(const void *p)
{
	const u8 *octet = p;

	return octet[0] << 8 | octet[1];
}

static inline u32 get_unaligned_be24(const void *p)
{
	const u8 *octet = p;

	return octet[0] << 16 | get_unaligned_be16(octet + 1);
}

static inline u32 get_unaligned_be32(const void *p)
{
	const u8 *octet = p;

	return (u32)octet[0] << 24 | get_unaligned_be24(octet + 1);
}

static inline void put_unaligned_be16(u16 value, void *p)
{
	u8 *octet = p;

	octet[0] = value >> 8;
	octet[1] = value;
}

static inline void put_unaligned_be24(u32 value, void *p)
{
	u8 *octet = p;

	octet[0] = value >> 16;
	put_unaligned_be16(value, octet + 1);
}

static inline void put_unaligned_be32(u32 value, void *p)
{
	u8 *octet = p;

	octet[0] = value >> 24;
	put_unaligned_be24(value, octet + 1);
}

#endif /* _PDCP_FUZZ_KERNEL_H */
