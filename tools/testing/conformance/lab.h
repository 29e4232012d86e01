/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _CONFORMANCE_LAB_H
#define _CONFORMANCE_LAB_H

#include "vector.h"

enum {
	/* Pairs of UEs that are kept. */
	PAIRS_MAX = 64,
	SRBS_MAX = 4,
	DRBS_MAX = 32,
};

/**
 * struct channel - A bearer that both UEs of a pair have
 * @sn_bits: 12 or 18
 * @bearer: BEARER input
 * @sdap: octets of SDAP header
 * @integrity: whether protected
 */
struct channel {
	uint8_t sn_bits;
	uint8_t bearer;
	uint8_t sdap;
	bool integrity;
};

/**
 * struct pair - A UE of each role with the same security set
 * @nea: ciphering algorithm
 * @nia: integrity algorithm
 * @kenc: key of @nea
 * @kint: key of @nia
 * @srb: SRBs, from identity 1 on
 * @srbs: number of them
 * @drb: DRBs, from identity 1 on
 * @drbs: number of them
 */
struct pair {
	uint8_t nea;
	uint8_t nia;
	uint8_t kenc[PDCP_KEY_LEN];
	uint8_t kint[PDCP_KEY_LEN];
	struct channel srb[SRBS_MAX];
	unsigned int srbs;
	struct channel drb[DRBS_MAX];
	unsigned int drbs;
};

/**
 * struct lab - Device under test
 * @h: handle
 * @ifindex: device
 * @own: whether the device is ours, in a namespace of our own
 * @pair: pairs of UEs; nothing is removed before all of them are, since
 *	removing waits for grace periods
 * @pairs: number of them
 * @refusal: why the kernel did not make a channel
 */
struct lab {
	struct pdcp *h;
	uint32_t ifindex;
	bool own;
	struct pair pair[PAIRS_MAX];
	unsigned int pairs;
	char refusal[256];
};

/**
 * lab_open() - Make a device, or take an existing one
 * @lab: filled
 * @dev: name of the device, or NULL for one of our own in a new namespace,
 *	which goes away with the process
 *
 * Return: 0, or a negative errno after saying why.
 */
int lab_open(struct lab *lab, const char *dev);

/* Remove what was made. */
void lab_close(struct lab *lab);

/**
 * lab_channel() - Bearers that a vector travels between
 * @lab: lab
 * @vector: vector
 * @sender: set to the bearer that sends in the vector's direction
 * @receiver: set to the one that receives
 *
 * Return: 0; or a negative errno, with the kernel's words in @refusal, and
 * nothing of it is left.
 */
int lab_channel(struct lab *lab, const struct vector *vector, struct pdcp_bearer_id *sender,
		struct pdcp_bearer_id *receiver);

#endif /* _CONFORMANCE_LAB_H */
