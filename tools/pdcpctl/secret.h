/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_SECRET_H
#define _PDCPCTL_SECRET_H

#include <jansson.h>

#include "pdcpctl.h"

/*
 * Files with secrets: a JSON object each, which only their owner has access to.
 * No message shows a part of what is in them.
 */

enum {
	/* Octets of the largest such file. */
	SECRET_SIZE = 65536,
};

/*
 * To be called once, before any other use of JSON, in a command that has to do
 * with secrets: nothing is swapped, dumped or traced from now on, and what JSON
 * objects hold is erased when they go. Exits if that is not possible.
 */
void secret_begin(void);

/*
 * Object of a file, or of standard input if @name is "-"; @what is what messages
 * call it. Exits if others have access to it, or if it holds no object.
 */
json_t *secret_read(const char *what, const char *name);

/*
 * Write an object to a file that only its owner may open, whole or not at all.
 * One that is there is a failure, unless @replace; then its octets are erased.
 * Return: 0 or a negative errno.
 */
int secret_store(const char *name, const json_t *object, bool replace);

/* Likewise, and drop the reference; exits on failure. */
void secret_write(const char *what, const char *name, json_t *object, bool replace);

/*
 * Text of a file, which others have no access to, with its NUL; memory of
 * secret_new(). Exits on failure.
 */
char *secret_read_text(const char *what, const char *name);

/* Write text as secret_write() does an object. */
void secret_write_text(const char *what, const char *name, const char *text, bool replace);

/* Remove a file and erase its octets; exits if that fails. */
void secret_remove(const char *what, const char *name);

/* Exit unless @name may be written: it is free, or @replace. */
void secret_check(const char *what, const char *name, bool replace);

/* Add octets as hexadecimal digits. */
void secret_set(json_t *object, const char *key, const void *octets, size_t len);

/* Octets of a string of exactly 2 * @len hexadecimal digits. Return: whether it is one. */
bool secret_get(const json_t *value, void *octets, size_t len);

/* Memory for secrets, zeroed, which is erased at the latest when the program exits. */
void *secret_new(size_t size);
void secret_free(void *secret);

#endif /* _PDCPCTL_SECRET_H */
