// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

void usage_error(const char *format, ...)
{
	va_list args;

	fputs("Error: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputs(".\n", stderr);
	ctl_exit(EXIT_USAGE);
}

bool args_more(const struct args *args)
{
	if (!*args->next)
		return false;
	if (!strcmp(*args->next, "help")) {
		fputs(args->object->usage, stdout);
		ctl_exit(EXIT_SUCCESS);
	}
	return true;
}

bool args_take(struct args *args, const char *word)
{
	if (!*args->next || strcmp(*args->next, word))
		return false;
	args->next++;
	return true;
}

const char *args_value(struct args *args, const char *word)
{
	if (!*args->next)
		usage_error("command line is not complete: \"%s\" needs a value, try \"%s help\"",
			    word, args->object->name);
	return *args->next++;
}

void args_unknown(const struct args *args)
{
	usage_error("argument \"%s\" is wrong: not a keyword of this command, try \"%s help\"",
		    *args->next, args->object->name);
}

void args_duplicate(bool given, const char *word, const char *text)
{
	if (given)
		usage_error("duplicate \"%s\": \"%s\" is the second value", word, text);
}

void args_wrong(const char *text, const char *word, const char *expected)
{
	usage_error("argument \"%s\" is wrong: \"%s\" is %s", text, word, expected);
}

uint64_t number_value(const char *word, const char *text, uint64_t min, uint64_t max)
{
	bool digit = *text >= '0' && *text <= '9';
	bool hex = text[0] == '0' && (text[1] | 0x20) == 'x';
	unsigned long long value;
	char *end;

	errno = 0;
	value = strtoull(text, &end, hex ? 16 : 10);
	if (!digit || *end || errno || value < min || value > max)
		usage_error("argument \"%s\" is wrong: \"%s\" is a number from %ju to %ju",
			    text, word, (uintmax_t)min, (uintmax_t)max);
	return value;
}

static void integer_store(void *member, uint16_t size, uint32_t value)
{
	uint16_t u16 = value;
	uint8_t u8 = value;

	if (size == sizeof(u8))
		memcpy(member, &u8, sizeof(u8));
	else if (size == sizeof(u16))
		memcpy(member, &u16, sizeof(u16));
	else
		memcpy(member, &value, sizeof(value));
}

void parse_number(const struct keyword *keyword, const char *text, void *member)
{
	integer_store(member, keyword->size,
		      number_value(keyword->word, text, keyword->min, keyword->max));
}

/* "a, b or c" */
static void names_join(const struct pdcp_names *names, char *text, size_t size)
{
	const char *separator = "";
	unsigned int i;
	size_t used = 0;

	text[0] = '\0';
	for (i = 0; i < names->count && used < size; i++) {
		used += snprintf(text + used, size - used, "%s%s", separator, names->names[i]);
		separator = i + 2 == names->count ? " or " : ", ";
	}
}

/* A number, or infinity. */
void parse_limit(const struct keyword *keyword, const char *text, void *member)
{
	if (!strcmp(text, "infinity"))
		integer_store(member, keyword->size, PDCP_INFINITY);
	else
		parse_number(keyword, text, member);
}

void parse_enum(const struct keyword *keyword, const char *text, void *member)
{
	int value = pdcp_value(keyword->names, text);
	char expected[128];

	if (value < 0) {
		names_join(keyword->names, expected, sizeof(expected));
		args_wrong(text, keyword->word, expected);
	}
	integer_store(member, keyword->size, value);
}

void parse_switch(const struct keyword *keyword, const char *text, void *member)
{
	bool on = !strcmp(text, "on");

	if (!on && strcmp(text, "off"))
		args_wrong(text, keyword->word, "on or off");
	integer_store(member, keyword->size, on);
}

/* ms with at most one decimal, in units of 1/@scale ms. */
static uint32_t time_value(const struct keyword *keyword, const char *text, uint32_t scale)
{
	unsigned long long value;
	char *end;

	if (!strcmp(text, "infinity"))
		return PDCP_INFINITY;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || *text < '0' || *text > '9' || value >= PDCP_INFINITY / scale)
		goto wrong;
	value *= scale;
	if (scale >= 10 && end[0] == '.' && end[1] >= '0' && end[1] <= '9') {
		value += (end[1] - '0') * scale / 10;
		end += 2;
	}
	if (!*end)
		return value;
wrong:
	args_wrong(text, keyword->word, "a time in ms, or infinity");
}

void parse_ms(const struct keyword *keyword, const char *text, void *member)
{
	integer_store(member, keyword->size, time_value(keyword, text, 1));
}

void parse_ms_as_us(const struct keyword *keyword, const char *text, void *member)
{
	integer_store(member, keyword->size, time_value(keyword, text, 1000));
}

void parse_address(const struct keyword *keyword, const char *text, void *member)
{
	if (pdcp_addr_parse(text, member))
		args_wrong(text, keyword->word, "an IPv4 or IPv6 address");
}

bool args_keyword(struct args *args, const struct keyword *keywords, unsigned int count,
		  void *object, uint64_t *has)
{
	const struct keyword *keyword;
	const char *text;

	for (keyword = keywords; keyword < keywords + count; keyword++) {
		if (!args_take(args, keyword->word))
			continue;
		text = args_value(args, keyword->word);
		args_duplicate(*has & PDCP_HAS(keyword->attr), keyword->word, text);
		keyword->parse(keyword, text, (char *)object + keyword->offset);
		*has |= PDCP_HAS(keyword->attr);
		return true;
	}
	return false;
}
