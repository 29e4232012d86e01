/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CONFORMANCE_VECTOR_H
#define _CONFORMANCE_VECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include <libpdcp/pdcp.h>

enum {
	/* Octets of a header and of a MAC-I. */
	HEADER_MAX = 3,
	MAC_LEN = 4,
	/* Octets of the longest PDU, and of any other field. */
	PDU_MAX = HEADER_MAX + PDCP_SDU_MAX + MAC_LEN,
};

/**
 * struct octets - Octets of a field
 * @len: number of octets
 * @at: octets
 */
struct octets {
	size_t len;
	uint8_t at[PDU_MAX];
};

/**
 * struct vector - One PDCP Data PDU
 * @name: what it is called, in the JSON
 * @srb: SRB or DRB
 * @sn_bits: 12 or 18
 * @count: COUNT
 * @bearer: BEARER input of the algorithms
 * @direction: DIRECTION input, 0 for uplink
 * @nea: ciphering algorithm
 * @nia: integrity algorithm; 0 without integrity protection
 * @integrity: whether there is a MAC-I
 * @sdap: octets of SDAP header
 * @kenc: key of @nea
 * @kint: key of @nia
 * @data: SDAP header and SDU
 * @pdu: PDU
 */
struct vector {
	const char *name;
	bool srb;
	uint8_t sn_bits;
	uint32_t count;
	uint8_t bearer;
	uint8_t direction;
	uint8_t nea;
	uint8_t nia;
	bool integrity;
	uint8_t sdap;
	uint8_t kenc[PDCP_KEY_LEN];
	uint8_t kint[PDCP_KEY_LEN];
	struct octets data;
	struct octets pdu;
};

/**
 * vector_parse() - Read a vector
 * @json: its object
 * @vector: filled; @name always is
 *
 * Return: NULL, or why the vector cannot be tested.
 */
const char *vector_parse(const json_t *json, struct vector *vector);

#endif /* _CONFORMANCE_VECTOR_H */
