// SPDX-License-Identifier: GPL-2.0
/*
 * What RRC does in a DAPS handover, at the UE and at both gNBs, in one process: a switch measured
 * in milliseconds is not one of how long programs take to start.  Both sides have been configured;
 * the UE's DRB 1 and the second gNB's, which holds both directions, are what moves.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <net/route.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "libpdcp/pdcp.h"

enum {
	T304 = 10000,		/* ms */
	RANDOM_ACCESS = 50,	/* ms; as the other steps that take others' time */
	BEFORE = 1500,		/* ms in which nothing happens, to compare with */
};

static const char usage[] =
	"Usage: handover UE-NETNS GNB-NETNS REMOTE PORT TEID-IN TEID-OUT ROUTE\n"
	"\n"
	"REMOTE and the rest of the leg are the UE's towards the second gNB.  ROUTE is an address\n"
	"whose host route of metric 10, in the gNBs' namespace, is deleted as downlink moves.\n"
	"Prints when each step began, in microseconds of the real-time clock.\n";

struct side {
	struct pdcp *h;
	struct pdcp_bearer_id drb;
};

static struct side ue, source, target;

static void step(const char *name)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	printf("%s %lld\n", name, ts.tv_sec * 1000000LL + ts.tv_nsec / 1000);
}

static void must(struct pdcp *h, int ret, const char *what)
{
	if (!ret)
		return;
	fprintf(stderr, "handover: %s: %s\n", what, h ? pdcp_error(h) : pdcp_strerror(ret));
	exit(1);
}

static void pass(unsigned int ms)
{
	struct timespec ts = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000L };

	fflush(stdout);
	nanosleep(&ts, NULL);
}

static void side_open(struct side *side, const char *netns, const char *device)
{
	int index;

	must(NULL, pdcp_open_netns(&side->h, netns), netns);
	index = pdcp_link_index(side->h, device);
	must(side->h, index < 0 ? index : 0, device);
	side->drb = (struct pdcp_bearer_id){
		.ifindex = index,
		.ue = 1,
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
	};
}

/* A socket in a namespace, for its routes. */
static int socket_in(const char *netns)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", netns);
	fd = open(path, O_RDONLY);
	if (fd < 0 || setns(fd, CLONE_NEWNET)) {
		perror(path);
		exit(1);
	}
	return socket(AF_INET, SOCK_DGRAM, 0);
}

static void path_switch(int sock, const char *address)
{
	struct rtentry route = { .rt_flags = RTF_UP | RTF_HOST, .rt_metric = 10 + 1 };
	struct sockaddr_in to = { .sin_family = AF_INET };

	inet_pton(AF_INET, address, &to.sin_addr);
	memcpy(&route.rt_dst, &to, sizeof(to));
	if (ioctl(sock, SIOCDELRT, &route)) {
		perror("handover: path switch");
		exit(1);
	}
}

static struct pdcp_status status_of(const struct side *side, bool stop)
{
	struct pdcp_status status;

	must(side->h, pdcp_status_get(side->h, &side->drb, PDCP_LEG_ROLE_ANY, stop, &status),
	     "status get");
	pdcp_status_free(&status);
	return status;
}

static int take_sent(const struct pdcp_bearer_info *info, void *data)
{
	unsigned int i;

	for (i = 0; i < info->legs; i++)
		if (info->leg[i].role == PDCP_LEG_ROLE_SOURCE)
			*(uint32_t *)data = info->leg[i].tx_next;
	return 0;
}

/* The target numbers on where the source has stopped. */
static void transfer_downlink(void)
{
	struct pdcp_status status = {
		.has = PDCP_HAS(PDCP_A_BEARER_TX_NEXT),
		.tx_next = status_of(&source, false).tx_next,
	};

	must(target.h, pdcp_status_set(target.h, &target.drb, PDCP_LEG_ROLE_ANY, &status),
	     "downlink status");
}

/* It delivers on where the source has, which has all that was sent to it. */
static void transfer_uplink(void)
{
	struct pdcp_status status = { .has = PDCP_HAS(PDCP_A_BEARER_RX_DELIV) };
	uint32_t sent = 0;

	must(ue.h, pdcp_bearer_list(ue.h, &ue.drb, take_sent, &sent), "bearer list");
	while (status_of(&source, false).rx_deliv < sent)
		sched_yield();
	status.rx_deliv = status_of(&source, true).rx_deliv;
	must(target.h, pdcp_status_set(target.h, &target.drb, PDCP_LEG_ROLE_ANY, &status),
	     "uplink status");
}

static void hand_over(const struct pdcp_leg_config *leg, int routes, const char *route)
{
	struct pdcp_bearer_target moves = {
		.type = PDCP_BEARER_TYPE_DRB,
		.id = 1,
		.has = PDCP_HAS(PDCP_A_BEARER_TARGET_LEG),
		.leg = *leg,
	};

	step("start");
	must(ue.h, pdcp_daps_start(ue.h, ue.drb.ifindex, 1, 1, T304, &moves, 1), "daps start");
	pass(RANDOM_ACCESS);
	step("path");
	path_switch(routes, route);
	transfer_downlink();
	pass(RANDOM_ACCESS);
	step("switch");
	must(ue.h, pdcp_daps_switch(ue.h, ue.drb.ifindex, 1), "daps switch");
	transfer_uplink();
	step("switched");
	pass(RANDOM_ACCESS);
	step("release");
	must(ue.h, pdcp_daps_release(ue.h, ue.drb.ifindex, 1), "daps release");
	pass(RANDOM_ACCESS);
	step("end");
}

int main(int argc, char **argv)
{
	struct pdcp_leg_config leg = { .lower = PDCP_LOWER_GTPU, .nru = true };
	int routes;

	if (argc != 8 || inet_pton(AF_INET, argv[3], leg.remote.octets) != 1) {
		fputs(usage, stderr);
		return 2;
	}
	leg.remote.len = 4;
	leg.port = strtoul(argv[4], NULL, 0);
	leg.teid_in = strtoul(argv[5], NULL, 0);
	leg.teid_out = strtoul(argv[6], NULL, 0);
	side_open(&ue, argv[1], "pdcp0");
	side_open(&source, argv[2], "pdcp0");
	side_open(&target, argv[2], "pdcp1");
	routes = socket_in(argv[2]);
	pass(BEFORE);
	hand_over(&leg, routes, argv[7]);
	return 0;
}
