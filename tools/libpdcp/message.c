// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "lib.h"

enum {
	/* Times a dump is begun anew because the objects changed meanwhile. */
	DUMP_TRIES = 16,
};

/* Objects of a dump, as the messages that came. */
struct collection {
	char *data;
	size_t len;
	size_t size;
};

void pdcp_msg_begin_type(struct pdcp *h, uint16_t type, uint16_t flags, const void *header,
			 size_t len)
{
	pdcp_error_clear(h);
	h->err = 0;
	mnl_nlmsg_put_header(h->msg);
	h->msg->nlmsg_type = type;
	h->msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	h->msg->nlmsg_seq = ++h->seq;
	memcpy(mnl_nlmsg_put_extra_header(h->msg, len), header, len);
}

void pdcp_msg_begin(struct pdcp *h, uint8_t cmd)
{
	struct genlmsghdr header = { .cmd = cmd, .version = PDCP_FAMILY_VERSION };

	pdcp_msg_begin_type(h, h->family, 0, &header, sizeof(header));
}

static bool msg_has_room(struct pdcp *h, size_t len)
{
	if (len < REQUEST_SIZE &&
	    h->msg->nlmsg_len + MNL_ATTR_HDRLEN + MNL_ALIGN(len) <= REQUEST_SIZE)
		return true;
	h->err = -EMSGSIZE;
	return false;
}

void pdcp_msg_put(struct pdcp *h, uint16_t attr, const void *data, size_t len)
{
	if (msg_has_room(h, len))
		mnl_attr_put(h->msg, attr, len, data);
}

void pdcp_msg_put_u8(struct pdcp *h, uint16_t attr, uint8_t value)
{
	pdcp_msg_put(h, attr, &value, sizeof(value));
}

void pdcp_msg_put_u16(struct pdcp *h, uint16_t attr, uint16_t value)
{
	pdcp_msg_put(h, attr, &value, sizeof(value));
}

void pdcp_msg_put_u32(struct pdcp *h, uint16_t attr, uint32_t value)
{
	pdcp_msg_put(h, attr, &value, sizeof(value));
}

struct nlattr *pdcp_msg_nest_begin(struct pdcp *h, uint16_t attr)
{
	return msg_has_room(h, 0) ? mnl_attr_nest_start(h->msg, attr) : NULL;
}

void pdcp_msg_nest_end(struct pdcp *h, struct nlattr *nest)
{
	if (nest)
		mnl_attr_nest_end(h->msg, nest);
}

static const struct attr_set *request_set(const struct pdcp *h)
{
	const struct genlmsghdr *header = mnl_nlmsg_get_payload(h->msg);

	return h->msg->nlmsg_type == h->family ? pdcp_command_set(header->cmd) : NULL;
}

static int system_error(struct pdcp *h, const char *call)
{
	int err = errno;

	return pdcp_error_set(h, -err, "%s: %s", call, strerror(err));
}

static int request_send(struct pdcp *h, const struct mnl_socket *socket)
{
	if (h->err)
		return pdcp_error_set(h, h->err, "request of more than %d octets", REQUEST_SIZE);
	if (mnl_socket_sendto(socket, h->msg, h->msg->nlmsg_len) < 0)
		return system_error(h, "sendto");
	return 0;
}

static ssize_t reply_receive(struct pdcp *h, const struct mnl_socket *socket)
{
	ssize_t len;

	do {
		len = mnl_socket_recvfrom(socket, h->reply, REPLY_SIZE);
	} while (len < 0 && errno == EINTR);
	return len < 0 ? system_error(h, "recvfrom") : len;
}

/* Result of an NLMSG_ERROR or NLMSG_DONE, whose fixed part has @fixed octets. */
static int result_parse(struct pdcp *h, const struct nlmsghdr *msg, size_t fixed)
{
	size_t len = mnl_nlmsg_get_payload_len(msg);
	const void *payload = mnl_nlmsg_get_payload(msg);
	int err;

	if (len < sizeof(err))
		return pdcp_error_set(h, -EBADMSG, "short answer");
	memcpy(&err, payload, sizeof(err));
	if (err >= 0)
		return 0;
	if (!(msg->nlmsg_flags & NLM_F_ACK_TLVS) || len < fixed)
		fixed = len;
	return pdcp_error_extack(h, err, (const char *)payload + fixed, len - fixed,
				 request_set(h));
}

/*
 * Take the messages of one datagram. Return: 1 to go on, 0 at the end, or a
 * negative errno.
 */
static int datagram_parse(struct pdcp *h, int len, pdcp_reply_fn *fn, void *data, bool *changed)
{
	const struct nlmsghdr *msg = (const struct nlmsghdr *)h->reply;
	int ret;

	for (; mnl_nlmsg_ok(msg, len); msg = mnl_nlmsg_next(msg, &len)) {
		if (msg->nlmsg_seq != h->msg->nlmsg_seq)
			continue;
		if (msg->nlmsg_flags & NLM_F_DUMP_INTR)
			*changed = true;
		if (msg->nlmsg_type == NLMSG_ERROR)
			return result_parse(h, msg, sizeof(struct nlmsgerr));
		if (msg->nlmsg_type == NLMSG_DONE)
			return result_parse(h, msg, sizeof(int));
		ret = fn ? fn(msg, data) : 0;
		if (ret < 0)
			return pdcp_error_set(h, ret, "%s", strerror(-ret));
	}
	return 1;
}

static int transact(struct pdcp *h, const struct mnl_socket *socket, pdcp_reply_fn *fn, void *data,
		    bool *changed)
{
	ssize_t len;
	int ret;

	ret = request_send(h, socket);
	if (ret)
		return ret;
	do {
		len = reply_receive(h, socket);
		if (len < 0)
			return len;
		ret = datagram_parse(h, len, fn, data, changed);
	} while (ret > 0);
	return ret;
}

static void request_erase(struct pdcp *h)
{
	explicit_bzero(h->msg, h->msg->nlmsg_len);
}

int pdcp_msg_exchange(struct pdcp *h, pdcp_reply_fn *fn, void *data)
{
	bool changed = false;
	int ret;

	ret = transact(h, h->request, fn, data, &changed);
	request_erase(h);
	return ret;
}

int pdcp_msg_exchange_route(struct pdcp *h, pdcp_reply_fn *fn, void *data)
{
	bool changed = false;
	int ret;

	ret = transact(h, h->route, fn, data, &changed);
	request_erase(h);
	return ret;
}

static int collect(const struct nlmsghdr *msg, void *data)
{
	size_t len = MNL_ALIGN(msg->nlmsg_len);
	struct collection *all = data;
	size_t size;
	char *grown;

	if (all->len + len > all->size) {
		size = 2 * all->size + len;
		grown = realloc(all->data, size);
		if (!grown)
			return -ENOMEM;
		all->data = grown;
		all->size = size;
	}
	memset(all->data + all->len + len - MNL_ALIGNTO, 0, MNL_ALIGNTO);
	memcpy(all->data + all->len, msg, msg->nlmsg_len);
	all->len += len;
	return 0;
}

static int collection_walk(const struct collection *all, pdcp_reply_fn *fn, void *data)
{
	const struct nlmsghdr *msg;
	size_t at;
	int ret;

	for (at = 0; at < all->len; at += MNL_ALIGN(msg->nlmsg_len)) {
		msg = (const struct nlmsghdr *)(all->data + at);
		ret = fn(msg, data);
		if (ret < 0)
			return ret;
	}
	return 0;
}

int pdcp_msg_dump(struct pdcp *h, pdcp_reply_fn *fn, void *data)
{
	struct collection all = { 0 };
	int tries = DUMP_TRIES;
	bool changed;
	int ret;

	h->msg->nlmsg_flags |= NLM_F_DUMP;
	do {
		h->msg->nlmsg_seq = ++h->seq;
		all.len = 0;
		changed = false;
		ret = transact(h, h->request, collect, &all, &changed);
	} while (!ret && changed && --tries);
	request_erase(h);

	if (!ret && changed)
		ret = pdcp_error_set(h, -EAGAIN, "the list kept changing while it was read");
	if (!ret)
		ret = collection_walk(&all, fn, data);
	free(all.data);
	return ret;
}
