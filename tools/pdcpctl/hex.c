// SPDX-License-Identifier: GPL-2.0

#include <ctype.h>
#include <errno.h>

#include "hex.h"

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

ssize_t hex_parse(const char *text, uint8_t *octets, size_t size)
{
	size_t len = 0;
	int high, low;

	while (*text) {
		if (*text == ':' || isspace((unsigned char)*text)) {
			text++;
			continue;
		}
		high = digit_value(text[0]);
		low = high < 0 ? -1 : digit_value(text[1]);
		if (low < 0)
			return -EINVAL;
		if (len == size)
			return -E2BIG;
		octets[len++] = high << 4 | low;
		text += 2;
	}
	return len;
}

void hex_format(const uint8_t *octets, size_t len, char *text)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < len; i++) {
		text[2 * i] = digits[octets[i] >> 4];
		text[2 * i + 1] = digits[octets[i] & 15];
	}
}
