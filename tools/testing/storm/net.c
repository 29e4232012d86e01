// SPDX-License-Identifier: GPL-2.0
/* Sockets in a namespace, and what its links still hold or have lost. */

#define _GNU_SOURCE

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <libmnl/libmnl.h>
#include <linux/gen_stats.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "storm.h"
#include "testing/namespace.h"

enum { PORT_MARKER = 9, MARKER_US = 100000, MARKERS = 1 << 22 };

/* Enter a namespace of that name; the descriptor leads back. */
int net_enter(const char *name)
{
	int here = namespace_enter(name);

	if (here < 0)
		die(NULL, "namespace %s: %s", name, strerror(errno));
	return here;
}

void net_leave(int here)
{
	if (namespace_leave(here))
		die(NULL, "namespace: %s", strerror(errno));
}

/* A UDP socket of the namespace that we are in; @device and @mark for what it sends. */
int net_socket(struct storm *s, const char *bind_to, const char *device, uint32_t mark,
	       uint16_t port)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(port) };
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	int room = 4 << 20;

	inet_pton(AF_INET, bind_to, &addr.sin_addr);
	if (fd < 0 ||
	    (device && setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, device, strlen(device))) ||
	    (mark && setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark))) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    bind(fd, (struct sockaddr *)&addr, sizeof(addr)))
		die(s, "socket on %s: %s", bind_to, strerror(errno));
	return fd;
}

/* Interfaces of the links, and a socket to ask about them; we are in that namespace. */
void net_links(struct storm *s, enum end side)
{
	unsigned int i;
	char name[16];

	for (i = 0; i < LINKS; i++) {
		snprintf(name, sizeof(name), "eth%u", i);
		s->link[side][i] = if_nametoindex(name);
		if (!s->link[side][i])
			die(s, "no link %s", name);
		s->marker[side][i] = net_socket(s, cell_addr[i][side], NULL, 0, 0);
		s->marked[side][i] = net_socket(s, cell_addr[i][side], NULL, 0, PORT_MARKER);
	}
	s->route[side] = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!s->route[side] || mnl_socket_bind(s->route[side], 0, MNL_SOCKET_AUTOPID))
		die(s, "rtnetlink: %s", strerror(errno));
}

/**
 * struct qdisc - what the root qdisc of an interface has
 * @ifindex: the interface
 * @stats: its queue
 */
struct qdisc {
	uint32_t ifindex;
	struct gnet_stats_queue stats;
};

static int parse_stats(const struct nlattr *attr, void *data)
{
	struct qdisc *q = data;
	size_t len = mnl_attr_get_payload_len(attr);

	if (mnl_attr_get_type(attr) == TCA_STATS_QUEUE)
		memcpy(&q->stats, mnl_attr_get_payload(attr),
		       len < sizeof(q->stats) ? len : sizeof(q->stats));
	return MNL_CB_OK;
}

static int parse_attr(const struct nlattr *attr, void *data)
{
	if (mnl_attr_get_type(attr) == TCA_STATS2)
		mnl_attr_parse_nested(attr, parse_stats, data);
	return MNL_CB_OK;
}

static int parse_qdisc(const struct nlmsghdr *nlh, void *data)
{
	const struct tcmsg *tc = mnl_nlmsg_get_payload(nlh);
	struct qdisc *q = data;

	if (tc->tcm_ifindex == (int)q->ifindex && tc->tcm_parent == TC_H_ROOT)
		mnl_attr_parse(nlh, sizeof(*tc), parse_attr, q);
	return MNL_CB_OK;
}

/* Packets that a link holds; @drops, if given, is set to those that it has lost. */
uint64_t net_queued(struct storm *s, enum end side, unsigned int link, uint64_t *drops)
{
	struct qdisc q = { .ifindex = s->link[side][link] };
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct mnl_socket *nl = s->route[side];
	struct tcmsg *tc;
	int ret;

	nlh->nlmsg_type = RTM_GETQDISC;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	tc = mnl_nlmsg_put_extra_header(nlh, sizeof(*tc));
	tc->tcm_family = AF_UNSPEC;
	tc->tcm_ifindex = q.ifindex;
	ret = mnl_socket_sendto(nl, nlh, nlh->nlmsg_len);
	while (ret > 0) {
		ret = mnl_socket_recvfrom(nl, buf, sizeof(buf));
		if (ret > 0)
			ret = mnl_cb_run(buf, ret, 0, mnl_socket_get_portid(nl), parse_qdisc, &q);
	}
	if (ret < 0)
		die(s, "qdiscs: %s", strerror(errno));
	if (drops)
		*drops = q.stats.drops;
	return q.stats.qlen;
}

/**
 * struct drain - waits for a marker
 * @side: end that sends
 * @link: through this link
 * @number: of the marker
 * @sent: when it was, 0 if none is under way
 */
struct drain {
	enum end side;
	unsigned int link;
	uint32_t number;
	uint64_t sent;
};

static void send_marker(struct storm *s, struct drain *d)
{
	struct sockaddr_in addr = { .sin_family = AF_INET, .sin_port = htons(PORT_MARKER) };

	d->number++;
	d->sent = now_us();
	s->markers += d->link >= CELLS;
	inet_pton(AF_INET, cell_addr[d->link][!d->side], &addr.sin_addr);
	if (sendto(s->marker[d->side][d->link], &d->number, sizeof(d->number), 0,
		   (struct sockaddr *)&addr, sizeof(addr)) < 0)
		die(s, "marker: %s", strerror(errno));
}

/* What was sent before the latest marker has been received, once the link held nothing else. */
static bool is_drained(struct storm *s, void *data)
{
	static uint8_t seen[MARKERS];
	struct drain *d = data;
	uint32_t number;
	bool came = false;

	if (!d->sent && net_queued(s, d->side, d->link, NULL))
		return false;
	while (recv(s->marked[!d->side][d->link], &number, sizeof(number), 0) > 0) {
		s->markers_came += d->link >= CELLS && !seen[number % MARKERS];
		seen[number % MARKERS] = 1;
		came |= number == d->number;
	}
	if (!came && now_us() - d->sent > MARKER_US)
		send_marker(s, d);
	return came;
}

/*
 * Nothing that @side has sent through a link is under way; it sends nothing more there that
 * matters.  A marker may overtake what netem holds, but not what has left it.
 */
void net_drain(struct storm *s, enum end side, unsigned int link)
{
	static uint32_t number;
	struct drain d = { .side = side, .link = link, .number = number };

	traffic_until(s, is_drained, &d, "a marker comes through");
	number = d.number;
}
