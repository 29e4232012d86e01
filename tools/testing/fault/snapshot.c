// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include "snapshot.h"

#include <err.h>
#include <net/if.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/pdcp.h>
#include <linux/sockios.h>

#include "beside.h"
#include "fault.h"

enum { MESSAGE_SIZE = 65536 };

/* What has a UE's part of a snapshot. */
static const uint8_t of_ue[] = {
	PDCP_CMD_SECURITY_GET,
	PDCP_CMD_BEARER_GET,
	PDCP_CMD_LEDGER_GET,
};

static struct mnl_socket *asker;
static int links = -1;
static uint16_t family;

typedef void answer_fn(struct snapshot *snapshot, const struct nlmsghdr *msg);

static struct nlmsghdr *ask_begin(char *buffer, uint16_t type, uint16_t flags, uint8_t cmd)
{
	struct genlmsghdr header = { .cmd = cmd, .version = 1 };
	struct nlmsghdr *msg = mnl_nlmsg_put_header(buffer);

	msg->nlmsg_type = type;
	msg->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK | flags;
	memcpy(mnl_nlmsg_put_extra_header(msg, sizeof(header)), &header, sizeof(header));
	return msg;
}

/* Send a request and take its answers until the last one. */
static void ask(struct snapshot *snapshot, const struct nlmsghdr *request, answer_fn *answer)
{
	static char buffer[MESSAGE_SIZE];
	const struct nlmsghdr *msg;
	ssize_t received;
	int len;

	if (mnl_socket_sendto(asker, request, request->nlmsg_len) < 0)
		err(FAULT_TROUBLE, "sendto");
	for (;;) {
		received = mnl_socket_recvfrom(asker, buffer, sizeof(buffer));
		if (received < 0)
			err(FAULT_TROUBLE, "recvfrom");
		len = received;
		for (msg = (void *)buffer; mnl_nlmsg_ok(msg, len);
		     msg = mnl_nlmsg_next(msg, &len)) {
			if (msg->nlmsg_type == NLMSG_ERROR || msg->nlmsg_type == NLMSG_DONE)
				return;
			answer(snapshot, msg);
		}
	}
}

static void family_take(struct snapshot *snapshot, const struct nlmsghdr *msg)
{
	const struct nlattr *attr;

	(void)snapshot;
	mnl_attr_for_each(attr, msg, GENL_HDRLEN)
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			family = mnl_attr_get_u16(attr);
}

static void asker_open(int fd)
{
	char buffer[256];
	struct nlmsghdr *msg;

	links = beside_open(fd, AF_INET, SOCK_DGRAM, 0);
	asker = mnl_socket_fdopen(beside_open(fd, AF_NETLINK, SOCK_RAW, NETLINK_GENERIC));
	if (!asker || mnl_socket_bind(asker, 0, MNL_SOCKET_AUTOPID))
		err(FAULT_TROUBLE, "socket");
	msg = ask_begin(buffer, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(msg, CTRL_ATTR_FAMILY_NAME, PDCP_FAMILY_NAME);
	ask(NULL, msg, family_take);
	if (!family)
		errx(FAULT_TROUBLE, "no family %s", PDCP_FAMILY_NAME);
}

static void octets_add(struct snapshot *snapshot, const void *octets, size_t len)
{
	if (snapshot->len + len > snapshot->size) {
		snapshot->size = 2 * snapshot->size + len;
		snapshot->data = realloc(snapshot->data, snapshot->size);
		if (!snapshot->data)
			err(FAULT_TROUBLE, "snapshot");
	}
	memcpy(snapshot->data + snapshot->len, octets, len);
	snapshot->len += len;
}

static void snapshot_add(struct snapshot *snapshot, const struct nlmsghdr *msg)
{
	octets_add(snapshot, mnl_nlmsg_get_payload(msg), mnl_nlmsg_get_payload_len(msg));
}

/* What the stack tells of a device: whether it is up, and its MTU. */
static void link_add(struct snapshot *snapshot, uint32_t ifindex)
{
	struct ifreq request = { .ifr_ifindex = ifindex };
	int up;

	if (ioctl(links, SIOCGIFNAME, &request) || ioctl(links, SIOCGIFFLAGS, &request))
		err(FAULT_TROUBLE, "link");
	up = request.ifr_flags & IFF_UP;
	octets_add(snapshot, &up, sizeof(up));
	if (ioctl(links, SIOCGIFMTU, &request))
		err(FAULT_TROUBLE, "link");
	octets_add(snapshot, &request.ifr_mtu, sizeof(request.ifr_mtu));
}

static uint32_t number(const struct nlmsghdr *msg, uint16_t type)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, msg, GENL_HDRLEN)
		if (mnl_attr_get_type(attr) == type)
			return mnl_attr_get_u32(attr);
	return 0;
}

/* Numbers of what is asked for next: a dump is over before another begins. */
static struct {
	uint32_t ifindex;
	uint32_t ue;
} *ues;
static size_t nues;

static void ue_note(uint32_t ifindex, uint32_t ue)
{
	ues = realloc(ues, (nues + 1) * sizeof(*ues));
	if (!ues)
		err(FAULT_TROUBLE, "snapshot");
	ues[nues].ifindex = ifindex;
	ues[nues++].ue = ue;
}

static void ue_add(struct snapshot *snapshot, const struct nlmsghdr *msg)
{
	snapshot_add(snapshot, msg);
	ue_note(number(msg, PDCP_A_UE_IFINDEX), number(msg, PDCP_A_UE_UE_ID));
}

static void device_add(struct snapshot *snapshot, const struct nlmsghdr *msg)
{
	uint32_t ifindex = number(msg, PDCP_A_DEVICE_IFINDEX);

	snapshot_add(snapshot, msg);
	link_add(snapshot, ifindex);
	ue_note(ifindex, 0);
}

static void objects_add(struct snapshot *snapshot, uint8_t cmd, uint32_t ifindex, uint32_t ue,
			answer_fn *answer)
{
	char buffer[256];
	struct nlmsghdr *msg = ask_begin(buffer, family, NLM_F_DUMP, cmd);

	if (ifindex)
		mnl_attr_put_u32(msg, PDCP_A_UE_IFINDEX, ifindex);
	if (ue)
		mnl_attr_put_u32(msg, PDCP_A_UE_UE_ID, ue);
	ask(snapshot, msg, answer);
}

void snapshot_take(struct snapshot *snapshot, int fd)
{
	size_t i, devices, cmd;

	if (!asker)
		asker_open(fd);
	snapshot->len = 0;
	nues = 0;
	objects_add(snapshot, PDCP_CMD_DEVICE_GET, 0, 0, device_add);
	devices = nues;
	for (i = 0; i < devices; i++)
		objects_add(snapshot, PDCP_CMD_UE_GET, ues[i].ifindex, 0, ue_add);
	for (; i < nues; i++)
		for (cmd = 0; cmd < MNL_ARRAY_SIZE(of_ue); cmd++)
			objects_add(snapshot, of_ue[cmd], ues[i].ifindex, ues[i].ue,
				    snapshot_add);
}

bool snapshot_equal(const struct snapshot *a, const struct snapshot *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}
