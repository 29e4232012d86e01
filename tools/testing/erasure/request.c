// SPDX-License-Identifier: GPL-2.0
/*
 * Sends a security-new with keys of a run as a careless program would: it asks nothing before,
 * makes mistakes, and lets the kernel echo what it refuses.
 *
 *	request SEED SET DEVICE UE MISTAKE
 *
 * Exit status 0 if the set was installed, 1 if the request was refused, which the text printed
 * explains, 2 if it could not be sent.  As keyfile.c, it leaves no copy of its own.
 */

#define _GNU_SOURCE

#include <err.h>
#include <net/if.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/pdcp.h>

#include "key.h"

enum {
	REQUEST_SIZE = 512,
	REPLY_SIZE = 8192,
	STACK_SIZE = 16384,
	/* Identity of the security set, which is not installed. */
	SET_ID = 6,
	NO_ALGORITHM = 4,
	NO_ATTRIBUTE = 0x3ff,
};

enum mistake {
	NO_MISTAKE,
	UNKNOWN,
	SHORT,
	LONG,
	RANGE,
	NESTED,
	MISSING,
	TWICE,
	CUT,
	EXTRA,
	MISTAKES,
};

static const char *const mistakes[MISTAKES] = {
	[NO_MISTAKE] = "none",
	[UNKNOWN] = "unknown",		/* an attribute that there is not, with a key */
	[SHORT] = "short",		/* a key of 12 octets */
	[LONG] = "long",		/* a key with another one behind it */
	[RANGE] = "range",		/* an algorithm that there is not */
	[NESTED] = "nested",		/* a key said to be a nest */
	[MISSING] = "missing",		/* no device */
	[TWICE] = "twice",		/* a key and then another one for the same purpose */
	[CUT] = "cut",			/* the last key goes on behind the end of the request */
	[EXTRA] = "extra",		/* a key in what is no attribute */
};

struct request {
	uint64_t seed;
	unsigned int set;
	enum mistake mistake;
	struct nlmsghdr *msg;
};

static const uint16_t attrs[KEY_ROLES] = {
	PDCP_A_SECURITY_RRC_ENC,
	PDCP_A_SECURITY_RRC_INT,
	PDCP_A_SECURITY_UP_ENC,
	PDCP_A_SECURITY_UP_INT,
};

/* Room for an attribute of @len octets; the caller's to fill, with no library in between. */
static uint8_t *attr_add(struct nlmsghdr *msg, uint16_t type, uint16_t len)
{
	struct nlattr *attr = mnl_nlmsg_get_payload_tail(msg);

	attr->nla_type = type;
	attr->nla_len = MNL_ATTR_HDRLEN + len;
	msg->nlmsg_len += MNL_ALIGN(attr->nla_len);
	return mnl_attr_get_payload(attr);
}

static void key_add(const struct request *request, uint16_t type, unsigned int role, uint16_t len)
{
	uint8_t *octets = attr_add(request->msg, type, len);
	unsigned int at;

	for (at = 0; at < len; at += KEY_LEN)
		key_derive(request->seed, request->set, (role + at / KEY_LEN) % KEY_ROLES,
			   octets + at);
}

static void keys_add(const struct request *request)
{
	unsigned int role;
	uint16_t len, type;

	for (role = 0; role < KEY_ROLES; role++) {
		len = KEY_LEN;
		type = attrs[role];
		if (role == 1 && request->mistake == SHORT)
			len = 12;
		if (role == 1 && request->mistake == LONG)
			len = 2 * KEY_LEN;
		if (role == 0 && request->mistake == NESTED)
			type |= NLA_F_NESTED;
		key_add(request, type, role, len);
	}
}

/* What comes behind the keys. */
static void tail_add(const struct request *request)
{
	struct nlmsghdr *msg = request->msg;

	switch (request->mistake) {
	case UNKNOWN:
		key_add(request, NO_ATTRIBUTE, 0, KEY_LEN);
		break;
	case TWICE:
		key_add(request, PDCP_A_SECURITY_UP_ENC, 0, KEY_LEN);
		break;
	case CUT:
		msg->nlmsg_len -= MNL_ALIGNTO;
		break;
	case EXTRA:
		key_add(request, 0, 0, KEY_LEN);
		((struct nlattr *)((char *)mnl_nlmsg_get_payload_tail(msg) - KEY_LEN -
				   MNL_ATTR_HDRLEN))->nla_len = 0;
		break;
	default:
		break;
	}
}

static void request_make(const struct request *request, uint16_t family, uint32_t ifindex,
			 uint32_t ue)
{
	struct nlmsghdr *msg = request->msg;
	struct genlmsghdr *header;

	mnl_nlmsg_put_header(msg);
	msg->nlmsg_type = family;
	msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	header = mnl_nlmsg_put_extra_header(msg, sizeof(*header));
	header->cmd = PDCP_CMD_SECURITY_NEW;
	header->version = PDCP_FAMILY_VERSION;
	if (request->mistake != MISSING)
		mnl_attr_put_u32(msg, PDCP_A_SECURITY_IFINDEX, ifindex);
	mnl_attr_put_u32(msg, PDCP_A_SECURITY_UE_ID, ue);
	mnl_attr_put_u8(msg, PDCP_A_SECURITY_SET, SET_ID);
	mnl_attr_put_u8(msg, PDCP_A_SECURITY_NEA, request->mistake == RANGE ? NO_ALGORITHM : 1);
	mnl_attr_put_u8(msg, PDCP_A_SECURITY_NIA, 1);
	keys_add(request);
	tail_add(request);
}

static const struct nlmsghdr *reply_read(struct mnl_socket *socket, char reply[REPLY_SIZE])
{
	const struct nlmsghdr *msg = (const struct nlmsghdr *)reply;
	ssize_t len = mnl_socket_recvfrom(socket, reply, REPLY_SIZE);

	if (len < 0 || !mnl_nlmsg_ok(msg, len))
		err(2, "recvfrom");
	return msg;
}

static uint16_t family_resolve(struct mnl_socket *socket)
{
	char buffer[REPLY_SIZE] = { 0 };
	struct genlmsghdr header = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 };
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);
	const struct nlmsghdr *reply;
	const struct nlattr *attr;

	msg->nlmsg_type = GENL_ID_CTRL;
	msg->nlmsg_flags = NLM_F_REQUEST;
	memcpy(mnl_nlmsg_put_extra_header(msg, sizeof(header)), &header, sizeof(header));
	mnl_attr_put_strz(msg, CTRL_ATTR_FAMILY_NAME, PDCP_FAMILY_NAME);
	if (mnl_socket_sendto(socket, msg, msg->nlmsg_len) < 0)
		err(2, "sendto");
	reply = reply_read(socket, buffer);
	if (reply->nlmsg_type == GENL_ID_CTRL)
		mnl_attr_for_each(attr, reply, GENL_HDRLEN)
			if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
				return mnl_attr_get_u16(attr);
	errx(2, "no family %s", PDCP_FAMILY_NAME);
}

/* The extack is behind the request, which is echoed. */
static int answer_print(const struct nlmsghdr *reply)
{
	const struct nlmsgerr *answer = mnl_nlmsg_get_payload(reply);
	const struct nlattr *attr;

	if (reply->nlmsg_type != NLMSG_ERROR)
		errx(2, "no answer");
	if (!answer->error)
		return 0;
	printf("%s", strerror(-answer->error));
	if (reply->nlmsg_flags & NLM_F_ACK_TLVS)
		mnl_attr_for_each(attr, reply,
				  sizeof(int) + MNL_ALIGN(answer->msg.nlmsg_len))
			if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
				printf(": %s", mnl_attr_get_str(attr));
	printf("\n");
	return 1;
}

static enum mistake mistake_of(const char *word)
{
	enum mistake mistake;

	for (mistake = 0; mistake < MISTAKES; mistake++)
		if (!strcmp(word, mistakes[mistake]))
			return mistake;
	errx(2, "%s is not a mistake that can be made", word);
}

/* What the functions above had on the stack. */
static __attribute__((noinline)) void stack_wipe(void)
{
	char stack[STACK_SIZE];

	explicit_bzero(stack, sizeof(stack));
}

int main(int argc, char **argv)
{
	char request_buffer[REQUEST_SIZE] = { 0 }, reply[REPLY_SIZE];
	struct request request = { .msg = (struct nlmsghdr *)request_buffer };
	struct mnl_socket *socket = mnl_socket_open(NETLINK_GENERIC);
	int on = 1;
	ssize_t sent;

	if (argc != 6)
		errx(2, "usage: request SEED SET DEVICE UE MISTAKE");
	if (!socket || mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) ||
	    mnl_socket_setsockopt(socket, NETLINK_EXT_ACK, &on, sizeof(on)))
		err(2, "socket");
	request.seed = strtoull(argv[1], NULL, 16);
	request.set = strtoul(argv[2], NULL, 0);
	request.mistake = mistake_of(argv[5]);
	request_make(&request, family_resolve(socket), if_nametoindex(argv[3]),
		     strtoul(argv[4], NULL, 0));
	sent = mnl_socket_sendto(socket, request_buffer, request.msg->nlmsg_len);
	explicit_bzero(request_buffer, sizeof(request_buffer));
	stack_wipe();
	if (sent < 0)
		err(2, "sendto");
	return answer_print(reply_read(socket, reply));
}
