// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/if_alg.h>

#include "lib.h"

enum {
	NIA_MAX = 3,
	NONCE_LEN = 8,
	MAC_LEN = 4,
	/* VarShortMAC-Input: 10 + 36 + 16 bits, two more to whole octets. */
	INPUT_LEN = 8,
	CELL_BITS = 36,
	RNTI_BITS = 16,
	PAD_BITS = 2,
};

/* COUNT, BEARER and DIRECTION are all ones (TS 38.331 5.3.7.4). */
static const uint8_t nonce[NONCE_LEN] = { 0xff, 0xff, 0xff, 0xff, 0xfc };

static void input_pack(const struct pdcp_short_mac_input *input, uint8_t octets[INPUT_LEN])
{
	uint64_t bits = input->pci;
	size_t i;

	bits = bits << CELL_BITS | input->cell;
	bits = bits << RNTI_BITS | input->rnti;
	bits <<= PAD_BITS;
	for (i = INPUT_LEN; i--; bits >>= 8)
		octets[i] = bits;
}

/* Socket that digests what is sent to it under the key. Return: it, or a negative errno. */
static int digest_open(const uint8_t *key, uint8_t nia)
{
	struct sockaddr_alg address = { .salg_family = AF_ALG, .salg_type = "hash" };
	int algorithm, digest, ret;

	snprintf((char *)address.salg_name, sizeof(address.salg_name), "nia%u", nia);
	algorithm = socket(AF_ALG, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (algorithm < 0)
		return -errno;
	if (bind(algorithm, (struct sockaddr *)&address, sizeof(address)) ||
	    setsockopt(algorithm, SOL_ALG, ALG_SET_KEY, key, PDCP_KEY_LEN)) {
		ret = -errno;
		close(algorithm);
		return ret;
	}
	digest = accept4(algorithm, NULL, NULL, SOCK_CLOEXEC);
	ret = digest < 0 ? -errno : digest;
	close(algorithm);
	return ret;
}

static int mac_compute(const uint8_t *key, uint8_t nia, const uint8_t *message, size_t len,
		       uint8_t mac[MAC_LEN])
{
	int digest = digest_open(key, nia);
	int ret = 0;

	if (digest < 0)
		return digest;
	if (send(digest, message, len, 0) < 0 || recv(digest, mac, MAC_LEN, 0) < 0)
		ret = -errno;
	close(digest);
	return ret;
}

int pdcp_short_mac_i(const uint8_t rrc_int[PDCP_KEY_LEN], uint8_t nia,
		     const struct pdcp_short_mac_input *input, uint8_t mac[PDCP_SHORT_MAC_LEN])
{
	uint8_t message[NONCE_LEN + INPUT_LEN];
	uint8_t whole[MAC_LEN] = { 0 };
	int ret = 0;

	if (nia > NIA_MAX || input->pci > PDCP_PCI_MAX || input->cell > PDCP_CELL_MAX)
		return -EINVAL;
	memcpy(message, nonce, NONCE_LEN);
	input_pack(input, message + NONCE_LEN);
	if (nia)
		ret = mac_compute(rrc_int, nia, message, sizeof(message), whole);
	if (!ret)
		memcpy(mac, whole + MAC_LEN - PDCP_SHORT_MAC_LEN, PDCP_SHORT_MAC_LEN);
	return ret;
}
