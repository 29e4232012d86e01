/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_OUTPUT_H
#define _PDCPCTL_OUTPUT_H

#include <stdio.h>

#include <jansson.h>

#include "pdcpctl.h"

/*
 * Everything that is shown is an array of JSON objects, whose text form is
 * derived from it, and is printed when it is complete or not at all.
 */

/* Write one object as text, with a newline. */
typedef void text_fn(FILE *out, const json_t *object);

/* Add a member. @object takes the reference of @value; exits without memory. */
void object_set(json_t *object, const char *key, json_t *value);
void object_set_name(json_t *object, const char *key, const struct pdcp_names *names,
		     unsigned int value);
void object_set_flags(json_t *object, const char *key, const struct pdcp_names *names,
		      uint32_t flags);
void object_set_address(json_t *object, const char *key, const struct pdcp_addr *addr);
void object_set_octets(json_t *object, const char *key, const uint8_t *octets, size_t len);
void object_set_drops(json_t *object, const struct pdcp_drops *drops);
void object_set_dev(json_t *object, struct ctl *ctl, uint32_t ifindex);
void object_set_bearer(json_t *object, struct ctl *ctl, const struct pdcp_bearer_id *id);

/* Add @object, whose reference the array takes. */
void array_add(json_t *array, json_t *object);

/* Value as text: "on", "40", "tx,rx". */
void text_value(FILE *out, const json_t *value);

/*
 * Members of an object, as " KEY VALUE KEY VALUE". @keys has their names with
 * spaces between; those the object lacks are left out.
 */
void text_members(FILE *out, const json_t *object, const char *keys);

/* Lines of members, each behind @indent; those without any are left out. */
void text_lines(FILE *out, const json_t *object, const char *indent, const char *const *lines,
		unsigned int count);

/* Member that is a TEID, as " KEY 0x00000001", if the object has it. */
void text_teid(FILE *out, const json_t *object, const char *key);

/* "srb 1 dev pdcp0 ue 1": how each text about a bearer begins. */
void text_bearer(FILE *out, const json_t *object);

/* Line of drops, if there are any. */
void text_drops(FILE *out, const json_t *object);

/* Print one object in a line, and flush. Return: exit status. */
int output_line(const struct ctl *ctl, const json_t *object, text_fn *text);

/* Print an array, and drop its reference. Return: exit status. */
int output_array(const struct ctl *ctl, json_t *array, text_fn *text);

#endif /* _PDCPCTL_OUTPUT_H */
