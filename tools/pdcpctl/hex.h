/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_HEX_H
#define _PDCPCTL_HEX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * hex_parse() - Octets from hexadecimal digits
 * @text: digits; white space and colons between octets are skipped
 * @octets: filled
 * @size: octets there is room for
 *
 * Return: number of octets, or -EINVAL for anything else or an odd number of
 * digits, or -E2BIG.
 */
ssize_t hex_parse(const char *text, uint8_t *octets, size_t size);

/**
 * hex_format() - Hexadecimal digits of octets, without NUL
 * @octets: octets
 * @len: number of them
 * @text: filled, 2 * @len characters
 */
void hex_format(const uint8_t *octets, size_t len, char *text);

#endif /* _PDCPCTL_HEX_H */
