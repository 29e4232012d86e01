/* SPDX-License-Identifier: GPL-2.0 */
/* libpdcp - what its files share; not installed */
#ifndef _LIBPDCP_LIB_H
#define _LIBPDCP_LIB_H

#include <libmnl/libmnl.h>

#include "pdcp.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

enum {
	/* Octets of the largest request, locked in memory. */
	REQUEST_SIZE = 16384,
	/* Octets of the largest datagram received. */
	REPLY_SIZE = 65536,
	ERROR_SIZE = 256,
};

/**
 * struct pdcp - Handle
 * @request: generic netlink socket of requests
 * @event: generic netlink socket of events
 * @route: rtnetlink socket
 * @family: message type of the family
 * @group: multicast group of events
 * @seq: sequence number of the last request
 * @err: first error met while the request was built, else 0
 * @msg: the request, erased after use
 * @reply: datagram received on @request or @route
 * @events: datagram received on @event
 * @error: text of the last failure
 */
struct pdcp {
	struct mnl_socket *request;
	struct mnl_socket *event;
	struct mnl_socket *route;
	uint16_t family;
	uint32_t group;
	uint32_t seq;
	int err;
	struct nlmsghdr *msg;
	char *reply;
	char *events;
	char error[ERROR_SIZE];
};

/* memory.c: erase what functions that have returned left on the stack. */
void pdcp_stack_erase(void);

/* names.c: what the attributes of a command are called. */
struct attr_set;

struct attr_name {
	const char *name;
	const struct attr_set *nested;
	bool multi;
};

struct attr_set {
	unsigned int count;
	const struct attr_name *attrs;
};

const struct attr_set *pdcp_command_set(unsigned int cmd);

/* error.c */
void pdcp_error_clear(struct pdcp *h);
[[gnu::format(printf, 3, 4)]]
int pdcp_error_set(struct pdcp *h, int err, const char *format, ...);

/*
 * Text of @err from the attributes of an extack, @len octets at @tlvs; h->msg
 * is the request, whose attributes @set names, or not if @set is NULL.
 */
int pdcp_error_extack(struct pdcp *h, int err, const void *tlvs, size_t len,
		      const struct attr_set *set);

/*
 * message.c: a request is begun, filled, and exchanged for an answer. Putting
 * never fails, the exchange does: -EMSGSIZE if the request did not fit.
 */
typedef int pdcp_reply_fn(const struct nlmsghdr *msg, void *data);

void pdcp_msg_begin(struct pdcp *h, uint8_t cmd);
void pdcp_msg_begin_type(struct pdcp *h, uint16_t type, uint16_t flags, const void *header,
			 size_t len);
void pdcp_msg_put(struct pdcp *h, uint16_t attr, const void *data, size_t len);
void pdcp_msg_put_u8(struct pdcp *h, uint16_t attr, uint8_t value);
void pdcp_msg_put_u16(struct pdcp *h, uint16_t attr, uint16_t value);
void pdcp_msg_put_u32(struct pdcp *h, uint16_t attr, uint32_t value);
struct nlattr *pdcp_msg_nest_begin(struct pdcp *h, uint16_t attr);
void pdcp_msg_nest_end(struct pdcp *h, struct nlattr *nest);

/* Send the request; @fn gets the reply, if one comes. Erases the request. */
int pdcp_msg_exchange(struct pdcp *h, pdcp_reply_fn *fn, void *data);
int pdcp_msg_exchange_route(struct pdcp *h, pdcp_reply_fn *fn, void *data);

/* Send the request as a dump; @fn gets each object after all have come. */
int pdcp_msg_dump(struct pdcp *h, pdcp_reply_fn *fn, void *data);

/*
 * field.c: attributes whose value is a member of a structure. Integers have the
 * size of the member, an enum 4 octets, and a counter 8 or 4.
 */
enum field_kind {
	FIELD_INT,
	FIELD_FLAG,
	FIELD_STRING,
};

struct field {
	uint16_t attr;
	uint16_t offset;
	uint16_t size;
	enum field_kind kind;
};

/* @place is the member of a structure at address 0. */
#define FIELD(place, number, how) \
	{ .attr = (number), .offset = (size_t)&(place), .size = sizeof(place), .kind = (how) }

/* Put each field whose bit is in @has. */
void pdcp_fields_put(struct pdcp *h, const struct field *fields, size_t count,
		     const void *object, uint64_t has);

/* Store an attribute and set its bit, if it is one of the fields; else false. */
bool pdcp_fields_get(const struct nlattr *attr, const struct field *fields, size_t count,
		     void *object, uint64_t *has);

/* Of one object each. */
void pdcp_addr_put(struct pdcp *h, uint16_t attr, const struct pdcp_addr *addr);
void pdcp_addr_get(const struct nlattr *attr, struct pdcp_addr *addr);
void pdcp_drops_get(const struct nlattr *nest, struct pdcp_drops *drops);
void pdcp_leg_put(struct pdcp *h, uint16_t attr, const struct pdcp_leg_config *leg);
void pdcp_leg_get(const struct nlattr *nest, struct pdcp_leg_info *leg);
void pdcp_targets_put(struct pdcp *h, const struct pdcp_bearer_target *targets, size_t count);

/* rrc.c: what its parts share. @phases has a bit for each phase that will do. */
int pdcp_rrc_expect(struct pdcp *h, const struct pdcp_rrc *rrc, unsigned int phases);
int pdcp_rrc_save(struct pdcp *h, const struct pdcp_rrc *rrc);

/* The target serves. */
void pdcp_rrc_complete(struct pdcp_rrc *rrc);

/* The target is given up; the phase is then @phase. */
void pdcp_rrc_drop_target(struct pdcp_rrc *rrc, enum pdcp_rrc_phase phase);

/* rrckey.c: keys and security set of the target cell. */
int pdcp_rrc_target_derive(struct pdcp *h, struct pdcp_rrc *rrc,
			   const struct pdcp_rrc_command *command);
int pdcp_rrc_install(struct pdcp *h, const struct pdcp_rrc *rrc,
		     const struct pdcp_rrc_context *context);

/* Begin a request that names a UE; the attribute numbers are the same in each set. */
void pdcp_ue_begin(struct pdcp *h, uint8_t cmd, uint32_t ifindex, uint32_t ue);

/* Begin a request that names a bearer. */
void pdcp_bearer_begin(struct pdcp *h, uint8_t cmd, const struct pdcp_bearer_id *id, int role);

#endif /* _LIBPDCP_LIB_H */
