/* SPDX-License-Identifier: GPL-2.0 */
/* Messages that are right, nearly right, or wrong in one of many ways. */
#ifndef _PDCP_FUZZ_MESSAGE_H
#define _PDCP_FUZZ_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "policy.h"

enum message_limits {
	MESSAGE_MAX = 32768,
	PDU_MAX = 256,
};

/**
 * struct message - one message, and what it is made of
 * @random: state of its numbers
 * @buf: the message
 * @len: octets of it that are written
 * @op: the command
 * @wild: attributes may be left out, come twice or have any value
 * @sure: of the UE and the set that the message before it was about or prepared
 * @ifindex: the device
 * @ue: the UE that most are about
 * @epoch: keys are new in each
 * @bearers: those that are known to be there, a bit each
 * @named: the bearer that this message is about, likewise
 * @pdu: a PDU that an entity has sent, to be given to another
 * @pdu_len: octets of it, or 0 for none
 */
struct message {
	uint64_t random;
	uint8_t buf[MESSAGE_MAX + 1024];
	size_t len;
	const struct genl_split_ops *op;
	bool wild;
	bool sure;
	uint32_t ifindex;
	uint32_t ue;
	uint32_t epoch;
	uint32_t bearers;
	uint32_t named;
	uint8_t pdu[PDU_MAX];
	size_t pdu_len;
};

/* A number below @below. */
uint32_t pick(struct message *m, uint32_t below);

/* message.c: putting it together */
void put(struct message *m, uint16_t type, const void *data, size_t len);
void put_u8(struct message *m, uint16_t type, uint8_t value);
void put_u32(struct message *m, uint16_t type, uint32_t value);
size_t nest_begin(struct message *m, uint16_t type);
void nest_end(struct message *m, size_t nest);
void put_by_policy(struct message *m, const struct nla_policy *policy, unsigned int maxattr);
void message_begin(struct message *m, uint16_t family, uint32_t seq);
void message_end(struct message *m);
void message_spoil(struct message *m);

/* request.c: a request of the kind @m->op that may well succeed */
void request(struct message *m);

/* What follows for the next ones if it has. */
void request_done(struct message *m);

#endif /* _PDCP_FUZZ_MESSAGE_H */
