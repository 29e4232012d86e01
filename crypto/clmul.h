/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_CLMUL_H
#define _PDCP_CLMUL_H

#include <linux/types.h>

/**
 * clmul_32x64 - low 64 bits of the carry-less product of two polynomials over GF(2)
 * @a: factor of degree below 32, bit i is the coefficient of x^i
 * @b: factor of degree below 64
 *
 * Constant time on any processor whose integer multiplication is: no branch and no table
 * lookup depends on the operands. Each operand is split into four with three zero bits
 * between the coefficients; at most eight partial products meet in one bit position, so
 * their carries end inside those three bits and are masked off.
 *
 * Return: the product.
 */
static inline u64 clmul_32x64(u32 a, u64 b)
{
	const u64 m0 = 0x1111111111111111ULL, m1 = m0 << 1, m2 = m0 << 2, m3 = m0 << 3;
	u64 a0 = a & m0, a1 = a & m1, a2 = a & m2, a3 = a & m3;
	u64 b0 = b & m0, b1 = b & m1, b2 = b & m2, b3 = b & m3;

	return (((a0 * b0) ^ (a1 * b3) ^ (a2 * b2) ^ (a3 * b1)) & m0) |
	       (((a0 * b1) ^ (a1 * b0) ^ (a2 * b3) ^ (a3 * b2)) & m1) |
	       (((a0 * b2) ^ (a1 * b1) ^ (a2 * b0) ^ (a3 * b3)) & m2) |
	       (((a0 * b3) ^ (a1 * b2) ^ (a2 * b1) ^ (a3 * b0)) & m3);
}

#endif /* _PDCP_CLMUL_H */
