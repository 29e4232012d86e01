/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_KEYFILE_H
#define _PDCPCTL_KEYFILE_H

#include "secret.h"

/*
 * Keys of a file {"rrc-enc": HEX, ...}, or of standard input if @name is "-".
 * Exits if the file can be read by others or holds anything else; no message
 * ever shows a part of a key. All copies but the result, which is memory of
 * secret_new(), are erased. To be called after secret_begin(), as all of these.
 */
struct pdcp_keys *keyfile_read(const char *name);

/* Write the four keys, and exit if that fails. */
void keyfile_write(const char *name, const struct pdcp_keys *keys, bool replace);

/* Which key of 256 bits; a bit each. */
enum key256_kind {
	KEY256_KAMF = 1 << 0,
	/* Of NAS: the first of a chain. */
	KEY256_KGNB = 1 << 1,
	/* Derived from another KgNB or from NH. */
	KEY256_KGNB_STAR = 1 << 2,
	KEY256_NH = 1 << 3,
};

/**
 * struct key256 - Key of a file {"kgnb": HEX, "ncc": NCC}
 * @kind: which key; the name of its member
 * @ncc: its NCC; KAMF has none
 * @key: the key
 */
struct key256 {
	enum key256_kind kind;
	uint8_t ncc;
	struct pdcp_key256 key;
};

/* Read a key, one of @kinds; as keyfile_read(). */
struct key256 *key256_read(const char *name, unsigned int kinds);

/* Write a key, and exit if that fails. */
void key256_write(const char *name, const struct key256 *key, bool replace);

/* Name of a kind. */
const char *key256_name(enum key256_kind kind);

/* Which of the two forms of a key file @object is. */
bool key256_is(const json_t *object);

/* Take the keys of an object; @name is that of its file. */
void keys_parse(struct pdcp_keys *keys, const char *name, const json_t *object);
void key256_parse(struct key256 *key, const char *name, const json_t *object, unsigned int kinds);

#endif /* _PDCPCTL_KEYFILE_H */
