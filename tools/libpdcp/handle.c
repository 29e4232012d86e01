// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <linux/genetlink.h>

#include "lib.h"

enum {
	/* Octets of events that may wait for pdcp_event_read(). */
	EVENT_QUEUE_SIZE = 8 << 20,
};

static void family_group(const struct nlattr *groups, struct pdcp *h)
{
	const struct nlattr *group, *attr;
	const char *name;
	uint32_t id;

	mnl_attr_for_each_nested(group, groups) {
		name = "";
		id = 0;
		mnl_attr_for_each_nested(attr, group) {
			if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_NAME &&
			    mnl_attr_validate(attr, MNL_TYPE_NUL_STRING) >= 0)
				name = mnl_attr_get_str(attr);
			if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GRP_ID &&
			    mnl_attr_validate(attr, MNL_TYPE_U32) >= 0)
				id = mnl_attr_get_u32(attr);
		}
		if (!strcmp(name, PDCP_MCGRP_EVENTS))
			h->group = id;
	}
}

static int family_parse(const struct nlmsghdr *msg, void *data)
{
	const struct nlattr *attr;
	struct pdcp *h = data;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN) {
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID &&
		    mnl_attr_validate(attr, MNL_TYPE_U16) >= 0)
			h->family = mnl_attr_get_u16(attr);
		if (mnl_attr_get_type(attr) == CTRL_ATTR_MCAST_GROUPS)
			family_group(attr, h);
	}
	return 0;
}

static int family_resolve(struct pdcp *h)
{
	struct genlmsghdr header = { .cmd = CTRL_CMD_GETFAMILY, .version = 1 };
	int ret;

	pdcp_msg_begin_type(h, GENL_ID_CTRL, 0, &header, sizeof(header));
	pdcp_msg_put(h, CTRL_ATTR_FAMILY_NAME, PDCP_FAMILY_NAME, sizeof(PDCP_FAMILY_NAME));
	ret = pdcp_msg_exchange(h, family_parse, h);
	if (ret == -ENOENT || (!ret && !h->family))
		return -EPROTONOSUPPORT;
	return ret;
}

static int socket_open(struct mnl_socket **socket, int bus)
{
	int on = 1;

	*socket = mnl_socket_open2(bus, SOCK_CLOEXEC);
	if (!*socket || mnl_socket_bind(*socket, 0, MNL_SOCKET_AUTOPID))
		return -errno;
	/* A refusal must not echo the request, which may hold keys. */
	if (mnl_socket_setsockopt(*socket, NETLINK_CAP_ACK, &on, sizeof(on)) ||
	    mnl_socket_setsockopt(*socket, NETLINK_EXT_ACK, &on, sizeof(on)))
		return -errno;
	return 0;
}

/* The socket does not block, and has room for a burst of events. */
static int event_socket_open(struct pdcp *h)
{
	int size = EVENT_QUEUE_SIZE;
	int fd, ret;

	ret = socket_open(&h->event, NETLINK_GENERIC);
	if (ret)
		return ret;
	fd = mnl_socket_get_fd(h->event);
	if (fcntl(fd, F_SETFL, O_NONBLOCK))
		return -errno;
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	return 0;
}

int pdcp_open(struct pdcp **handle)
{
	struct pdcp *h;
	int ret = -ENOMEM;

	h = calloc(1, sizeof(*h));
	if (!h)
		return -ENOMEM;
	h->msg = pdcp_secret_new(REQUEST_SIZE);
	h->reply = malloc(REPLY_SIZE);
	h->events = malloc(REPLY_SIZE);
	if (!h->msg || !h->reply || !h->events)
		goto err_close;
	ret = socket_open(&h->request, NETLINK_GENERIC);
	if (ret)
		goto err_close;
	ret = socket_open(&h->route, NETLINK_ROUTE);
	if (ret)
		goto err_close;
	ret = event_socket_open(h);
	if (ret)
		goto err_close;
	ret = family_resolve(h);
	if (ret)
		goto err_close;
	*handle = h;
	return 0;

err_close:
	pdcp_close(h);
	return ret;
}

static void socket_close(struct mnl_socket *socket)
{
	if (socket)
		mnl_socket_close(socket);
}

void pdcp_close(struct pdcp *h)
{
	if (!h)
		return;
	socket_close(h->event);
	socket_close(h->route);
	socket_close(h->request);
	free(h->events);
	free(h->reply);
	pdcp_secret_free(h->msg, REQUEST_SIZE);
	free(h);
}

int pdcp_open_netns_fd(struct pdcp **h, int fd)
{
	int own, ret;

	own = open("/proc/thread-self/ns/net", O_RDONLY | O_CLOEXEC);
	if (own < 0)
		return -errno;
	if (setns(fd, CLONE_NEWNET)) {
		ret = -errno;
		goto out;
	}
	ret = pdcp_open(h);
	if (setns(own, CLONE_NEWNET)) {
		if (!ret)
			pdcp_close(*h);
		ret = -errno;
	}
out:
	close(own);
	return ret;
}

int pdcp_open_netns(struct pdcp **h, const char *name)
{
	char path[4096];
	int fd, ret;

	ret = snprintf(path, sizeof(path), "%s%s", strchr(name, '/') ? "" : "/run/netns/", name);
	if (ret >= (int)sizeof(path))
		return -ENAMETOOLONG;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	ret = pdcp_open_netns_fd(h, fd);
	close(fd);
	return ret;
}
