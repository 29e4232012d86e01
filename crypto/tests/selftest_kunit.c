// SPDX-License-Identifier: GPL-2.0
/* The known answers at load must be able to fail. */

#include "crypto/selftest.h"

#include <kunit/test.h>

/* The answers are those of the first official sets; see the vector files. */
static const struct known_answer nea = {
	.driver = "nea2-generic",
	.key = "d3c5d592327fb11c4035c6680af8c6d1",
	.nonce = "398a59b4ac000000",
	.in = "981ba6824c1bfb1ab485472029b71d80",
	.out = "e9fed8a63d155304d71df20bf3e82214",
};

static const struct known_answer nia = {
	.driver = "nia1-generic",
	.key = "2bd6459f82c5b300952c49104881ff48",
	.nonce = "38a6f056f8000000",
	.in = "3332346263393861373479",
	.out = "731f1165",
};

static void right_answer(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, selftest_nea(&nea), 0);
	KUNIT_EXPECT_EQ(test, selftest_nia(&nia), 0);
}

/* Any wrong digit of the answer, the last one included, is noticed. */
static void wrong_answer(struct kunit *test)
{
	struct known_answer wrong = nea;
	char digits[33];
	size_t i;

	for (i = 0; i < strlen(nea.out); i++) {
		strscpy(digits, nea.out, sizeof(digits));
		digits[i] = digits[i] == '0' ? '1' : '0';
		wrong.out = digits;
		KUNIT_EXPECT_EQ(test, selftest_nea(&wrong), -EINVAL);
	}
	wrong = nia;
	for (i = 0; i < strlen(nia.out); i++) {
		strscpy(digits, nia.out, sizeof(digits));
		digits[i] = digits[i] == '0' ? '1' : '0';
		wrong.out = digits;
		KUNIT_EXPECT_EQ(test, selftest_nia(&wrong), -EINVAL);
	}
}

static void wrong_key(struct kunit *test)
{
	struct known_answer wrong = nea;

	wrong.key = nia.key;
	KUNIT_EXPECT_EQ(test, selftest_nea(&wrong), -EINVAL);
	wrong = nia;
	wrong.key = nea.key;
	KUNIT_EXPECT_EQ(test, selftest_nia(&wrong), -EINVAL);
}

static void unknown_driver(struct kunit *test)
{
	struct known_answer unknown = nea;

	unknown.driver = "nea0-generic";
	KUNIT_EXPECT_EQ(test, selftest_nea(&unknown), -ENOENT);
	KUNIT_EXPECT_EQ(test, selftest_nia(&unknown), -ENOENT);
}

static void answers_at_load(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, pdcp_selftest_run(), 0);
}

static struct kunit_case selftest_cases[] = {
	KUNIT_CASE(right_answer),
	KUNIT_CASE(wrong_answer),
	KUNIT_CASE(wrong_key),
	KUNIT_CASE(unknown_driver),
	KUNIT_CASE(answers_at_load),
	{}
};

static struct kunit_suite selftest_suite = {
	.name = "pdcp_selftest",
	.test_cases = selftest_cases,
};

kunit_test_suite(selftest_suite);
