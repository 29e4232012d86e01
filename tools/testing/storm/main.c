// SPDX-License-Identifier: GPL-2.0

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "storm.h"
#include "testing/random.h"

static const char usage[] =
	"Usage: storm --ue NETNS --gnb NETNS [ OPTION ]...\n"
	"\n"
	"Hands a UE over between two gNBs again and again, each time with an outcome drawn by\n"
	"lot, while numbered datagrams go both ways on an AM and on a UM DRB. On AM each has to\n"
	"arrive once and in its turn, on UM none twice or late, and no more may be missing than\n"
	"the links have lost and the module has counted. netns/80_storm.sh makes the namespaces.\n"
	"\n"
	"  --handovers N  so many, default 200\n"
	"  --seconds S    or for so long\n"
	"  --seed N       of the lots, default the time; printed\n"
	"  --rate N       datagrams per second of each of four streams, default 100\n"
	"  --grown KIB    memory that may be missing at the end, default 8192\n"
	"  -v             tell each handover\n"
	"\n"
	"Exit status: 0 if all was right, 1 if not.\n";

static uint64_t lots;

/* A number from 0 to @sides - 1. */
unsigned int dice(unsigned int sides)
{
	return random_pick(&lots, sides);
}

uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ULL + t.tv_nsec / 1000;
}

void die(struct storm *s, const char *fmt, ...)
{
	static int dying;
	va_list args;

	fflush(stdout);
	if (s)
		fprintf(stderr, "storm: generation %u: ", s->generation);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	if (s && s->h[UE] && s->h[GNB] && !dying++)
		cell_dump(s);
	exit(1);
}

/* What may not fail. */
void need(struct storm *s, enum end side, int ret, const char *what)
{
	if (ret)
		die(s, "%s: %s: %s", side == UE ? "ue" : "gnb", what,
		    s->h[side] ? pdcp_error(s->h[side]) : pdcp_strerror(ret));
}

/**
 * struct limits - when the storm ends
 * @handovers: after so many, 0 for any number
 * @seconds: after so long, 0 for any time
 * @grown: KiB that may be missing then
 */
struct limits {
	unsigned long handovers;
	unsigned long seconds;
	long grown;
};

static void open_all(struct storm *s)
{
	static const char *const names[SIDES][CELLS] = { { "pdcp0" }, { "pdcp0", "pdcp1" } };
	enum end side;
	unsigned int i;
	int ret, back;

	for (side = 0; side < SIDES; side++) {
		need(s, side, pdcp_open_netns(&s->h[side], s->netns[side]), "handle");
		for (i = 0; i < CELLS && names[side][i]; i++) {
			ret = pdcp_link_index(s->h[side], names[side][i]);
			need(s, side, ret < 0 ? ret : 0, names[side][i]);
			s->device[side][i] = ret;
		}
		back = net_enter(s->netns[side]);
		net_links(s, side);
		net_leave(back);
	}
	need(s, UE, pdcp_event_subscribe(s->h[UE]), "events");
	traffic_open(s);
}

static bool am_whole(struct storm *s, void *data)
{
	enum end to;

	(void)data;
	for (to = 0; to < SIDES; to++)
		if (traffic_stream(s, to, DRB_AM)->received < traffic_stream(s, to, DRB_AM)->sent)
			return false;
	return true;
}

static bool nothing_kept(struct storm *s, void *data)
{
	struct pdcp_bearer_info ue, gnb;

	(void)data;
	cell_bearer(s, UE, 0, DRB_AM, &ue);
	cell_bearer(s, GNB, s->serving, DRB_AM, &gnb);
	if (ue.kept)
		cell_recover(s, UE, 0);
	if (gnb.kept)
		cell_recover(s, GNB, s->serving);
	traffic_run(s, 20);
	return !ue.kept && !gnb.kept;
}

/* All that is to come has come, and all of AM is confirmed. */
static void settle(struct storm *s)
{
	s->interval = 0;
	traffic_until(s, am_whole, NULL, "all of AM has come");
	traffic_until(s, nothing_kept, NULL, "all of AM is confirmed");
	handover_drain(s, UE, s->serving);
	handover_drain(s, GNB, s->serving);
	traffic_run(s, 1000);	/* t-Reordering of UM */
}

/* UM datagrams that did not come are those that links and module have counted. */
static bool um_accounted(struct storm *s)
{
	uint64_t lost = 0, links = 0, module = 0, drops;
	unsigned int i, link;
	enum end side;

	for (side = 0; side < SIDES; side++) {
		const struct stream *stream = traffic_stream(s, side, DRB_UM);

		lost += stream->sent - stream->received;
		for (link = CELLS; link < LINKS; link++) {
			net_queued(s, side, link, &drops);
			links += drops;
		}
	}
	for (i = 0; i < PDCP_DROPS_MAX; i++) {
		if (!s->drops.packets[i])
			continue;
		printf("# UM, dropped by the module: %s %llu\n",
		       pdcp_name(&pdcp_drop_reason_names, i),
		       (unsigned long long)s->drops.packets[i]);
		if (i == PDCP_DROP_REASON_RX_PAUSED)
			module += s->drops.packets[i];
	}
	links -= s->markers - s->markers_came;
	printf("# UM: %llu did not come; links lost %llu, failed sources %llu\n",
	       (unsigned long long)lost, (unsigned long long)links, (unsigned long long)module);
	printf("# packets for no bearer: %llu\n", (unsigned long long)cell_strays(s));
	return lost <= links + module;
}

static void print_streams(struct storm *s)
{
	unsigned int i;

	for (i = 0; i < STREAMS; i++)
		printf("# %s drb %u: %u sent, %u received\n",
		       s->stream[i].to == UE ? "downlink" : "uplink", s->stream[i].drb,
		       s->stream[i].sent, s->stream[i].received);
}

static unsigned long storm_run(struct storm *s, const struct limits *limits, int log)
{
	uint64_t end = now_us() + limits->seconds * 1000000ULL;
	unsigned long outcomes[OUTCOMES] = { 0 };
	unsigned long n = 0;
	unsigned int i;

	cell_attach(s);
	traffic_run(s, 200);
	while ((!limits->handovers || n < limits->handovers) &&
	       (!limits->seconds || now_us() < end)) {
		enum outcome outcome = dice(OUTCOMES);

		outcome_run(s, outcome);
		outcomes[outcome]++;
		traffic_run(s, dice(40));
		level_log(s, log);
		if (++n % 500 == 0) {
			printf("# %lu handovers\n", n);
			fflush(stdout);
		}
	}
	settle(s);
	for (i = 0; i < OUTCOMES; i++)
		printf("# %s: %lu\n", outcome_names[i], outcomes[i]);
	return n;
}

/* The UE is gone at both ends; objects go after a grace period. */
static void detach(struct storm *s, int log)
{
	unsigned int i;

	cell_drops(s, UE, 0);
	cell_leave(s, s->serving);
	need(s, UE, pdcp_ue_del(s->h[UE], s->device[UE][0], UE_ID), "ue del");
	for (i = 0; i < 20; i++) {
		usleep(100000);
		level_log(s, log);
	}
}

static int storm(struct storm *s, const struct limits *limits)
{
	struct level before, after;
	uint64_t began = now_us();
	int log = level_open();
	unsigned long n;
	bool ok;

	level_read(&before);
	n = storm_run(s, limits, log);
	detach(s, log);
	level_read(&after);

	print_streams(s);
	ok = um_accounted(s);
	ok &= level_report(s);
	ok &= !s->integrity;
	printf("# PDUs that did not verify: %llu\n", (unsigned long long)s->integrity);
	printf("# %ld KiB available, then %ld; SUnreclaim %ld KiB, then %ld\n",
	       before.available, after.available, before.slab, after.slab);
	ok &= after.available > before.available - limits->grown;
	ok &= after.slab < before.slab + limits->grown;
	printf("# %lu handovers in %llu s\n", n,
	       (unsigned long long)(now_us() - began) / 1000000);
	return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "ue", required_argument, NULL, 'u' },
		{ "gnb", required_argument, NULL, 'g' },
		{ "handovers", required_argument, NULL, 'n' },
		{ "seconds", required_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' },
		{ "rate", required_argument, NULL, 'r' },
		{ "grown", required_argument, NULL, 'k' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct limits limits = { .grown = 8192 };
	static struct storm s = { .interval = 10000 };
	uint64_t seed = time(NULL);
	int option;

	while ((option = getopt_long(argc, argv, "vh", options, NULL)) != -1) {
		switch (option) {
		case 'u':
			s.netns[UE] = optarg;
			break;
		case 'g':
			s.netns[GNB] = optarg;
			break;
		case 'n':
			limits.handovers = strtoul(optarg, NULL, 0);
			break;
		case 't':
			limits.seconds = strtoul(optarg, NULL, 0);
			break;
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'r':
			s.interval = 1000000 / (strtoul(optarg, NULL, 0) ?: 1);
			break;
		case 'k':
			limits.grown = strtol(optarg, NULL, 0);
			break;
		case 'v':
			s.verbose = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (!s.netns[UE] || !s.netns[GNB]) {
		fputs(usage, stderr);
		return 2;
	}
	if (!limits.handovers && !limits.seconds)
		limits.handovers = 200;
	printf("# seed %llu\n", (unsigned long long)seed);
	fflush(stdout);
	lots = random_seed(seed);
	open_all(&s);
	return storm(&s, &limits);
}
