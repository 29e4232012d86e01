/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_PROFILE_H
#define _PDCPCTL_PROFILE_H

#include "secret.h"

/*
 * A folder of Wireshark's configuration that knows our tunnels. One UEId stands
 * for each security set, since Wireshark has the keys of a UEId once.
 */

struct profile;

/**
 * struct profile_set - What a tunnel is protected with
 * @dev: name of the device
 * @ue: UE
 * @set: identity of the set
 * @nea: ciphering algorithm
 * @nia: integrity algorithm
 * @keys: its keys, or NULL
 */
struct profile_set {
	char dev[16];
	uint32_t ue;
	uint8_t set;
	uint8_t nea;
	uint8_t nia;
	const struct pdcp_keys *keys;
};

/**
 * struct profile_tunnel - PDUs of a leg in one direction
 * @to_peer: whether they go to the peer or come from it
 * @peer: its address
 * @teid: TEID of the G-PDUs
 * @uplink: direction of the radio interface
 * @srb: whether it is an SRB
 * @id: identity of the bearer
 * @sn_bits: length of SN
 * @mac: PDUs end with a MAC-I
 * @sdap: octets of SDAP header
 * @plain: PDUs are not ciphered
 * @count: COUNT of the first PDU to come
 */
struct profile_tunnel {
	bool to_peer;
	struct pdcp_addr peer;
	uint32_t teid;
	bool uplink;
	bool srb;
	uint8_t id;
	uint8_t sn_bits;
	bool mac;
	uint8_t sdap;
	bool plain;
	uint32_t count;
};

/**
 * profile_new() - A profile to fill
 * @folder: where it will be
 * @add: to what is there; else it must not be
 *
 * To be called after secret_begin(). This and the others exit on failure.
 *
 * Return: the profile.
 */
struct profile *profile_new(const char *folder, bool add);

/* Whether the tunnel is known already. */
bool profile_has(const struct profile *profile, const struct profile_tunnel *tunnel);

/* Add a tunnel, and its set if that is new, or has other keys than before. */
void profile_add(struct profile *profile, const struct profile_set *set,
		 const struct profile_tunnel *tunnel);

/* GTP-U has another UDP port than 2152 somewhere. */
void profile_port(struct profile *profile, uint16_t port);

/* Text of pdcp.lua. */
extern const char profile_script[];

/* Write the files. Return: number of tunnels that were added. */
unsigned int profile_write(struct profile *profile);

#endif /* _PDCPCTL_PROFILE_H */
