/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the vector files consist of. Keys and messages are in hexadecimal; what exceeds the
 * 8191 characters that sparse allows in a string goes on in the members named rest.
 */
#ifndef _PDCP_VECTOR_H
#define _PDCP_VECTOR_H

#include "crypto/nonce.h"

#include <kunit/test.h>
#include <linux/bitops.h>
#include <linux/hex.h>
#include <linux/string.h>
#include <linux/types.h>

#define VECTOR_REST_MAX 2

struct nea_vector {
	const char *name;
	u32 count;
	u8 bearer;
	u8 direction;
	u32 bits;
	const char *key;
	const char *in;
	const char *out;
	const char *in_rest[VECTOR_REST_MAX];
	const char *out_rest[VECTOR_REST_MAX];
};

struct nia_vector {
	const char *name;
	u32 count;
	u8 bearer;
	u8 direction;
	u32 bits;
	const char *key;
	const char *in;
	u32 mac;
	const char *in_rest[VECTOR_REST_MAX];
};

/* Memory for @len octets that a scatterlist may point to, and one more for a guard. */
static inline u8 *vector_alloc(struct kunit *test, size_t len)
{
	u8 *octets = kunit_kzalloc(test, len + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, octets);
	return octets;
}

static inline u8 *vector_decode(struct kunit *test, u8 *octets, const char *hex)
{
	size_t len = strlen(hex) / 2;

	KUNIT_ASSERT_EQ(test, hex2bin(octets, hex, len), 0);
	return octets + len;
}

static inline u8 *vector_key(struct kunit *test, const char *hex)
{
	u8 *key = vector_alloc(test, strlen(hex) / 2);

	vector_decode(test, key, hex);
	return key;
}

static inline u8 *vector_message(struct kunit *test, u32 bits, const char *hex,
				 const char *const *rest)
{
	u8 *message = vector_alloc(test, BITS_TO_BYTES(bits)), *end;
	size_t i;

	end = vector_decode(test, message, hex);
	for (i = 0; i < VECTOR_REST_MAX && rest[i]; i++)
		end = vector_decode(test, end, rest[i]);
	KUNIT_ASSERT_PTR_EQ(test, end, message + BITS_TO_BYTES(bits));
	return message;
}

#endif /* _PDCP_VECTOR_H */
