/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_TESTS_HEX_H
#define _PDCP_TESTS_HEX_H

#include <kunit/test.h>
#include <linux/hex.h>
#include <linux/string.h>

/* Octets of a hexadecimal string, freed with the test case. */
static inline u8 *pdcp_test_hex(struct kunit *test, const char *hex, size_t *len)
{
	u8 *octets;

	*len = strlen(hex) / 2;
	octets = kunit_kzalloc(test, *len + 1, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, octets);
	KUNIT_ASSERT_EQ(test, hex2bin(octets, hex, *len), 0);
	return octets;
}

/* A copy with nothing behind it, so that KASAN sees who reads on. */
static inline u8 *pdcp_test_copy(struct kunit *test, const u8 *octets, size_t len)
{
	u8 *copy = kunit_kmalloc(test, len, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	return memcpy(copy, octets, len);
}

#endif /* _PDCP_TESTS_HEX_H */
