// SPDX-License-Identifier: GPL-2.0

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "crowd.h"
#include "testing/random.h"

static const char usage[] =
	"Usage: crowd --ue NETNS --gnb NETNS [ OPTION ]...\n"
	"\n"
	"Creates many UEs of four DRBs and has most of them hand over at once, from several\n"
	"threads: with success, with fallback, with an expiring guard. Numbered datagrams go both\n"
	"ways; all have to come, in their turn, and each UE has to be afterwards what its outcome\n"
	"says. netns/81_crowd.sh makes the namespaces.\n"
	"\n"
	"  --ues N      so many, default 100\n"
	"  --rounds N   so often, default 2\n"
	"  --workers N  threads, default 4\n"
	"  --rate N     datagrams per second, of all UEs together, default 500\n"
	"  --seed N     of the lots, default the time; printed\n"
	"\n"
	"Exit status: 0 if all was right, 1 if not.\n";

uint64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000ULL + t.tv_nsec / 1000;
}

void die(const struct member *m, const char *fmt, ...)
{
	va_list args;

	flockfile(stderr);	/* for good: other threads have nothing to add */
	fflush(stdout);
	fputs("crowd: ", stderr);
	if (m)
		fprintf(stderr, "UE %u, cell %u, generation %u, outcome %u: ", m->index, m->cell,
			m->generation, m->outcome);
	va_start(args, fmt);
	vfprintf(stderr, fmt, args);
	va_end(args);
	fputc('\n', stderr);
	_exit(EXIT_FAILURE);
}

/* What may not fail. */
void need(struct worker *w, const struct member *m, enum end side, int ret, const char *what)
{
	if (ret)
		die(m, "%s: %s: %s", side == UE ? "ue" : "gnb", what,
		    w->h[side] ? pdcp_error(w->h[side]) : pdcp_strerror(ret));
}

/* Its own UEs, from any of them on. */
static void do_phase(struct worker *w)
{
	unsigned int share = (w->crowd->count + w->crowd->workers - 1) / w->crowd->workers;
	unsigned int from = random_pick(&w->lots, share), i, n;

	for (i = 0; i < share; i++) {
		n = (from + i) % share * w->crowd->workers + w->number;
		if (n < w->crowd->count)
			w->crowd->phase(w, &w->crowd->members[n]);
	}
}

static void *work(void *data)
{
	struct worker *w = data;
	struct crowd *c = w->crowd;
	enum end side;

	for (side = 0; side < SIDES; side++)
		need(w, NULL, side, pdcp_open_netns(&w->h[side], c->netns[side]), "handle");
	for (;;) {
		pthread_barrier_wait(&c->turn);
		if (!c->phase)
			break;
		do_phase(w);
		c->done++;
		pthread_barrier_wait(&c->turn);
	}
	for (side = 0; side < SIDES; side++)
		pdcp_close(w->h[side]);
	return NULL;
}

/* All workers do something with all UEs while traffic goes on; prints how long that took. */
static void phase(struct crowd *c, const char *what, bool send,
		  void (*fn)(struct worker *w, struct member *m))
{
	uint64_t began = now_us();

	c->phase = fn;
	c->done = 0;
	pthread_barrier_wait(&c->turn);
	while (c->done < c->workers)
		traffic_turn(c, send);
	pthread_barrier_wait(&c->turn);
	printf("# %s: %.2f s\n", what, (now_us() - began) / 1e6);
	fflush(stdout);
}

static void start_workers(struct crowd *c, struct worker *workers, pthread_t *threads,
			  uint64_t seed)
{
	unsigned int i;

	if (pthread_barrier_init(&c->turn, NULL, c->workers + 1))
		die(NULL, "no barrier");
	for (i = 0; i < c->workers; i++) {
		workers[i] = (struct worker){
			.crowd = c,
			.number = i,
			.lots = random_seed(seed * (WORKERS_MAX + 1) + i + 1),
		};
		if (pthread_create(&threads[i], NULL, work, &workers[i]))
			die(NULL, "no thread");
	}
}

static void stop_workers(struct crowd *c, const pthread_t *threads)
{
	unsigned int i;

	c->phase = NULL;
	pthread_barrier_wait(&c->turn);
	for (i = 0; i < c->workers; i++)
		pthread_join(threads[i], NULL);
}

static void open_devices(struct crowd *c)
{
	static const char *const names[SIDES][CELLS] = { { "pdcp0" }, { "pdcp0", "pdcp1" } };
	struct pdcp *h;
	enum end side;
	unsigned int i;
	int ret;

	for (side = 0; side < SIDES; side++) {
		if (pdcp_open_netns(&h, c->netns[side]))
			die(NULL, "no handle in %s", c->netns[side]);
		for (i = 0; i < CELLS && names[side][i]; i++) {
			ret = pdcp_link_index(h, names[side][i]);
			if (ret < 0)
				die(NULL, "no device %s", names[side][i]);
			c->device[side][i] = ret;
		}
		pdcp_close(h);
	}
}

/* Every eighth UE is quiet. */
static void gather(struct crowd *c)
{
	unsigned int i;

	c->members = calloc(c->count, sizeof(*c->members));
	if (!c->members)
		die(NULL, "no memory");
	for (i = 0; i < c->count; i++) {
		c->members[i].index = i;
		c->members[i].quiet = !random_pick(&c->lots, 8);
		pthread_mutex_init(&c->members[i].lock, NULL);
	}
}

/* Of the others every eighth stays where it is. */
static void draw(struct crowd *c)
{
	unsigned int i;

	for (i = 0; i < c->count; i++) {
		struct member *m = &c->members[i];

		m->outcome = m->quiet || !random_pick(&c->lots, 8) ? OUTCOME_NONE :
			     OUTCOME_SUCCESS + random_pick(&c->lots, OUTCOMES - 1);
	}
	c->under_way = 0;
}

static void round_of_handovers(struct crowd *c)
{
	draw(c);
	traffic_run(c, 200);
	phase(c, "all begin", true, handover_start);
	phase(c, "all are looked at", true, handover_check);
	printf("# under way at once: %u\n", c->under_way);
	phase(c, "all end, each is looked at", true, handover_finish);
	phase(c, "all are looked at", true, look);
}

/* No UE is left, and no packet was for none. */
static void look_devices(struct crowd *c)
{
	static const unsigned int cells[SIDES] = { 1, CELLS };
	struct pdcp_device_info info;
	struct pdcp *h;
	enum end side;
	unsigned int i;

	for (side = 0; side < SIDES; side++) {
		if (pdcp_open_netns(&h, c->netns[side]))
			die(NULL, "no handle in %s", c->netns[side]);
		for (i = 0; i < cells[side]; i++)
			if (pdcp_device_get(h, c->device[side][i], &info) || info.ues)
				die(NULL, "device %u of end %u: %u UEs", i, side, info.ues);
		pdcp_close(h);
	}
}

static void report(const struct crowd *c)
{
	unsigned long long sums[SIDES] = { 0 };
	unsigned int i, drb;
	enum end to;

	for (i = 0; i < c->count; i++)
		for (to = 0; to < SIDES; to++)
			for (drb = 0; drb < DRBS; drb++)
				sums[to] += c->members[i].stream[to][drb].received;
	printf("# handovers: success %u, fallback %u, guard %u\n", c->ends[OUTCOME_SUCCESS],
	       c->ends[OUTCOME_FALLBACK], c->ends[OUTCOME_GUARD]);
	printf("# datagrams: %llu uplink, %llu downlink, all came\n", sums[GNB], sums[UE]);
}

static void crowd(struct crowd *c, unsigned int rounds, uint64_t seed)
{
	static struct worker workers[WORKERS_MAX];
	pthread_t threads[WORKERS_MAX];
	unsigned int i;

	printf("# %u UEs of %u DRBs, %u threads, seed %llu\n", c->count, DRBS, c->workers,
	       (unsigned long long)seed);
	gather(c);
	open_devices(c);
	traffic_open(c);
	start_workers(c, workers, threads, seed);
	phase(c, "all are created", false, member_attach);
	phase(c, "quiet ones are looked at", true, look_before);
	for (i = 0; i < rounds; i++)
		round_of_handovers(c);
	traffic_settle(c);
	phase(c, "all that was sent has come", false, look_settled);
	phase(c, "all are deleted", false, member_leave);
	stop_workers(c, threads);
	look_devices(c);
	report(c);
}

static unsigned long parse(const char *text, unsigned long max)
{
	char *end;
	unsigned long n = strtoul(text, &end, 0);

	if (*end || n < 1 || n > max) {
		fprintf(stderr, "crowd: '%s' is no number from 1 to %lu\n", text, max);
		exit(2);
	}
	return n;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "ue", required_argument, NULL, 'u' },
		{ "gnb", required_argument, NULL, 'g' },
		{ "ues", required_argument, NULL, 'n' },
		{ "rounds", required_argument, NULL, 'o' },
		{ "workers", required_argument, NULL, 'w' },
		{ "rate", required_argument, NULL, 'r' },
		{ "seed", required_argument, NULL, 's' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	static struct crowd c = { .count = 100, .workers = 4, .interval = 2000 };
	unsigned int rounds = 2;
	uint64_t seed = time(NULL);
	int option;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		switch (option) {
		case 'u':
			c.netns[UE] = optarg;
			break;
		case 'g':
			c.netns[GNB] = optarg;
			break;
		case 'n':
			c.count = parse(optarg, CROWD_MAX);
			break;
		case 'o':
			rounds = parse(optarg, 1000000);
			break;
		case 'w':
			c.workers = parse(optarg, WORKERS_MAX);
			break;
		case 'r':
			c.interval = 1000000 / parse(optarg, 1000000);
			break;
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (!c.netns[UE] || !c.netns[GNB]) {
		fputs(usage, stderr);
		return 2;
	}
	c.lots = random_seed(seed);
	crowd(&c, rounds, seed);
	return EXIT_SUCCESS;
}
