/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_SELFTEST_H
#define _PDCP_SELFTEST_H

/**
 * struct known_answer - one message with its result, all members in hexadecimal but the first
 * @driver: crypto API driver name
 * @key: 16 octets
 * @nonce: 8 octets, see nonce.h
 * @in: message, 1 to SELFTEST_LEN_MAX octets
 * @out: ciphertext as long as @in, or a MAC-I
 */
struct known_answer {
	const char *driver;
	const char *key;
	const char *nonce;
	const char *in;
	const char *out;
};

#define SELFTEST_LEN_MAX 32

/**
 * pdcp_selftest_run - check the known answers of every driver registered by this module
 *
 * Allocates by driver name, so the drivers have to be registered; may sleep.
 *
 * Return: 0, -EINVAL after a wrong answer (the log names the driver), or the error that
 * kept a driver from being tried.
 */
int pdcp_selftest_run(void);

/* selftest_lanes.c: part of pdcp_selftest_run(): what lane code seals, portable code opens. */
int selftest_lanes(void);

#if IS_ENABLED(CONFIG_KUNIT)
int selftest_nea(const struct known_answer *answer);
int selftest_nia(const struct known_answer *answer);
#endif

#endif /* _PDCP_SELFTEST_H */
