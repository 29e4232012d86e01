// SPDX-License-Identifier: GPL-2.0
#include "socket.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "uapi/linux/pdcp.h"

int socket_open(const struct family *family, bool strict, bool events)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	int on = 1;

	if (fd < 0)
		return fd;
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_NO_ENOBUFS, &on, sizeof(on));
	if (strict)
		setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &on, sizeof(on));
	if (events)
		setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &family->group,
			   sizeof(family->group));
	return fd;
}

/* Attribute @type in @len octets, or NULL. */
static const struct nlattr *find(const void *data, size_t len, uint16_t type)
{
	const struct nlattr *attr = data;

	while (len >= NLA_HDRLEN && attr->nla_len >= NLA_HDRLEN && attr->nla_len <= len) {
		size_t step = NLA_ALIGN(attr->nla_len);

		if ((attr->nla_type & NLA_TYPE_MASK) == type)
			return attr;
		len -= step < len ? step : len;
		attr = (const void *)attr + step;
	}
	return NULL;
}

static const void *payload(const struct nlattr *attr)
{
	return (const void *)attr + NLA_HDRLEN;
}

static const struct nlattr *find_in(const struct nlattr *nest, uint16_t type)
{
	return nest ? find(payload(nest), nest->nla_len - NLA_HDRLEN, type) : NULL;
}

static const struct nlattr *find_at(const struct nlmsghdr *nlh, uint16_t type)
{
	size_t head = NLMSG_HDRLEN + GENL_HDRLEN;

	return nlh->nlmsg_len > head ?
	       find((const void *)nlh + head, nlh->nlmsg_len - head, type) : NULL;
}

/* The family's number and that of its only group. */
int family_find(struct family *family)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct nlattr attr;
		char name[8];
	} ask = {
		{ sizeof(ask), GENL_ID_CTRL, NLM_F_REQUEST, 1, 0 },
		{ CTRL_CMD_GETFAMILY, 2, 0 },
		{ NLA_HDRLEN + sizeof(PDCP_FAMILY_NAME), CTRL_ATTR_FAMILY_NAME },
		PDCP_FAMILY_NAME,
	};
	char answer[16384] __attribute__((aligned(4)));
	const struct nlmsghdr *nlh = (const void *)answer;
	const struct nlattr *id, *group;
	int fd = socket_open(NULL, false, false);
	ssize_t len = -1;

	if (fd >= 0 && send(fd, &ask, sizeof(ask), 0) == sizeof(ask))
		len = recv(fd, answer, sizeof(answer), 0);
	close(fd);
	if (len < (ssize_t)sizeof(*nlh) || nlh->nlmsg_type != GENL_ID_CTRL)
		return -1;

	id = find_at(nlh, CTRL_ATTR_FAMILY_ID);
	group = find_in(find_in(find_at(nlh, CTRL_ATTR_MCAST_GROUPS), 1), CTRL_ATTR_MCAST_GRP_ID);
	if (!id || !group)
		return -1;
	memcpy(&family->id, payload(id), sizeof(family->id));
	memcpy(&family->group, payload(group), sizeof(family->group));
	return 0;
}

/* A PDU that an entity has sent is for another one. */
static void note_pdu(struct message *m, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);
	const struct nlattr *pdu;

	if (genl->cmd != PDCP_CMD_PDU_NTF)
		return;
	pdu = find_at(nlh, PDCP_A_BEARER_PDU);
	if (!pdu || pdu->nla_len - NLA_HDRLEN > PDU_MAX)
		return;
	m->pdu_len = pdu->nla_len - NLA_HDRLEN;
	memcpy(m->pdu, payload(pdu), m->pdu_len);
}

/*
 * Reads what there is: a request was answered before it had been sent.  Returns 0 if the one
 * with @seq succeeded, the errno with which it was refused, or -1 if nothing was said of it.
 */
int answers_read(int fd, struct message *m, uint32_t seq)
{
	static __thread char answer[65536] __attribute__((aligned(4)));
	int said = -1;
	ssize_t len;

	for (;;) {
		const struct nlmsghdr *nlh = (const void *)answer;

		len = recv(fd, answer, sizeof(answer), MSG_DONTWAIT);
		if (len < 0 && errno != ENOBUFS)
			return said;
		for (; NLMSG_OK(nlh, len); nlh = NLMSG_NEXT(nlh, len)) {
			const struct nlmsgerr *err = NLMSG_DATA(nlh);

			if (nlh->nlmsg_type >= NLMSG_MIN_TYPE)
				note_pdu(m, nlh);
			else if (nlh->nlmsg_seq == seq && nlh->nlmsg_type != NLMSG_NOOP)
				said = -err->error;
		}
	}
}
