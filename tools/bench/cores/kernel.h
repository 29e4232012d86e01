/* SPDX-License-Identifier: GPL-2.0 */
/* What lane code uses of the kernel's headers, for user space. */
#ifndef _PDCP_BENCH_KERNEL_H
#define _PDCP_BENCH_KERNEL_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef u32 __be32;
typedef u64 __be64;

struct kvec {
	void *iov_base;
	size_t iov_len;
};

#define AES_BLOCK_SIZE 16

struct crypto_aes_ctx {
	u32 key_enc[60];
	u32 key_dec[60];
	u32 key_length;
};

#define noinline __attribute__((noinline))
#define __aligned(n) __attribute__((aligned(n)))

#define BITS_PER_BYTE 8
#define BIT(n) (1UL << (n))
#define GENMASK(high, low) ((~0UL << (low)) & (~0UL >> (63 - (high))))
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define DIV_ROUND_UP(n, d) ({ typeof(d) _d = (d); ((n) + _d - 1) / _d; })
#define BITS_TO_BYTES(bits) DIV_ROUND_UP(bits, BITS_PER_BYTE)
#define round_up(n, power) ((((n) - 1) | ((typeof(n))(power) - 1)) + 1)
#define round_down(n, power) ((n) & ~((typeof(n))(power) - 1))
#define min(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a < _b ? _a : _b; })
#define max(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))

#define likely(condition) __builtin_expect(!!(condition), 1)
#define unlikely(condition) __builtin_expect(!!(condition), 0)

#define swab32(x) __builtin_bswap32(x)
#define swab64(x) __builtin_bswap64(x)
#define __ffs(x) ((unsigned int)__builtin_ctzl(x))

/* As the processor does it. */
#define get_unaligned(p) (*(p))
#define put_unaligned(x, p) (*(p) = (x))
#define get_unaligned_be32(p) swab32(get_unaligned((const u32 *)(p)))
#define get_unaligned_be64(p) swab64(get_unaligned((const u64 *)(p)))
#define put_unaligned_be32(x, p) put_unaligned(swab32(x), (u32 *)(p))
#define put_unaligned_be64(x, p) put_unaligned(swab64(x), (u64 *)(p))

static inline void barrier(void)
{
	__asm__ __volatile__("" ::: "memory");
}

static inline void memzero_explicit(void *p, size_t n)
{
	memset(p, 0, n);
	__asm__ __volatile__("" :: "r"(p) : "memory");
}

#endif /* _PDCP_BENCH_KERNEL_H */
