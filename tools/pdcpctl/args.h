/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_ARGS_H
#define _PDCPCTL_ARGS_H

#include "pdcpctl.h"

/**
 * struct args - What is left of the command line
 * @next: next argument; NULL terminated
 * @object: for help
 */
struct args {
	char **next;
	const struct object *object;
};

/**
 * struct keyword - Argument "WORD VALUE" whose value is a member of a structure
 * @word: keyword
 * @parse: stores the value; exits if it is wrong
 * @attr: attribute that the value becomes, whose bit is set in a mask
 * @offset: of the member
 * @size: of the member
 * @min: of a number
 * @max: of a number
 * @names: of an enumeration
 */
struct keyword {
	const char *word;
	void (*parse)(const struct keyword *keyword, const char *text, void *member);
	uint16_t attr;
	uint16_t offset;
	uint16_t size;
	uint32_t min;
	uint32_t max;
	const struct pdcp_names *names;
};

/* @place is the member of a structure at address 0. */
#define KEYWORD(text, place, number, how, ...) \
	{ .word = (text), .parse = (how), .attr = (number), \
	  .offset = (size_t)&(place), .size = sizeof(place), __VA_ARGS__ }

void parse_number(const struct keyword *keyword, const char *text, void *member);
void parse_enum(const struct keyword *keyword, const char *text, void *member);
void parse_switch(const struct keyword *keyword, const char *text, void *member);
void parse_ms(const struct keyword *keyword, const char *text, void *member);
void parse_ms_as_us(const struct keyword *keyword, const char *text, void *member);
void parse_limit(const struct keyword *keyword, const char *text, void *member);
void parse_address(const struct keyword *keyword, const char *text, void *member);

/* Number @min to @max that follows @word; decimal, or hexadecimal with 0x. */
uint64_t number_value(const char *word, const char *text, uint64_t min, uint64_t max);

/* Whether there are more arguments; "help" among them prints help and exits. */
bool args_more(const struct args *args);

/* Take the argument @word, if it is the next one. */
bool args_take(struct args *args, const char *word);

/* Take the value of the keyword that was taken last. */
const char *args_value(struct args *args, const char *word);

/* Take a keyword of the table with its value, if one is next; sets its bit in @has. */
bool args_keyword(struct args *args, const struct keyword *keywords, unsigned int count,
		  void *object, uint64_t *has);

/* Exit if @word, whose value is @text now, was given before. */
void args_duplicate(bool given, const char *word, const char *text);

/* Exit: the value @text of @word is not what is @expected. */
[[gnu::noreturn]]
void args_wrong(const char *text, const char *word, const char *expected);

/* Exit: the next argument is not one of this command. */
[[gnu::noreturn]]
void args_unknown(const struct args *args);

/* What names the subject of a command. */
enum select {
	SELECT_DEV = 1 << 0,
	SELECT_UE = 1 << 1,
	SELECT_SET = 1 << 2,
	SELECT_BEARER = 1 << 3,
	SELECT_ROLE = 1 << 4,
};

/**
 * struct selector - Subject of a command
 * @given: SELECT_... of each that was there
 * @dev: device, or NULL
 * @set: security set
 * @role: leg or entity, PDCP_LEG_ROLE_ANY unless given
 * @bearer: UE and bearer; ifindex once selector_open() was called
 */
struct selector {
	unsigned int given;
	const char *dev;
	uint8_t set;
	int role;
	struct pdcp_bearer_id bearer;
};

#define SELECTOR_INIT	{ .role = PDCP_LEG_ROLE_ANY }

/* Take one of the arguments that @which allows, if it is next. */
bool selector_parse(struct args *args, struct selector *selector, unsigned int which);

/* Take all arguments: each is one that @which allows. */
void selector_parse_all(struct args *args, struct selector *selector, unsigned int which);

/* Exit unless all of @which were given; then open the handle and find the device. */
void selector_open(struct ctl *ctl, struct selector *selector, unsigned int which);

#endif /* _PDCPCTL_ARGS_H */
