// SPDX-License-Identifier: GPL-2.0
/*
 * How many bearers there are, and what that costs: how fast they are created, what memory one takes
 * that is idle, and cycles for each packet if it may be any bearer's.  A packet is looked up, by
 * its address and mark or by its TEID, and then goes the way that it goes in bench_kunit.c.
 * Devices with few and with many bearers are there at once and are measured in turns.  Run on
 * request, by tools/bench.
 */
#include <kunit/test.h>
#include <linux/ip.h>
#include <linux/mm.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#include "pdcp/bearer.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/receive.h"
#include "pdcp/rx.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/bench.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum {
	PACKETS = 640,		/* in a window */
	BATCH = 32,
	STRIDE = 7919,		/* prime: which bearer is next */
	MEASURABLE = 10000,	/* bearers whose memory is */
	INNER = 0x0a000000,	/* address of UE 0 */
};

static const u32 sizes[] = { 1, 100, 10000, 100000 };
static const u16 lengths[] = { 64, 1400 };

static const struct pdcp_keys keys = {
	.nea = 2,
	.nia = 2,
	.enc = { "RRC enc", "UP enc" },
	.integ = { "RRC int", "UP int" },
};

/**
 * struct population - the bearers of a device, each of which sends and receives
 * @pdcp: the device, which is down
 * @n: how many
 * @turn: whose turn it is
 * @ue_octets: memory of all UEs with their keys
 * @octets: memory of all bearers
 * @ns: what their creation took
 */
struct population {
	struct pdcp_device *pdcp;
	u32 n;
	u32 turn;
	u64 ue_octets;
	u64 octets;
	u64 ns;
};

struct scale_case {
	struct population *population;
	bool rx;
	bool mixed;		/* each packet is another bearer's */
	u16 len;
	struct windows windows;
};

/**
 * struct scale - all that there is
 * @bed: with the device of one UE, which makes PDUs for any bearer
 * @populations: by sizes[]
 */
struct scale {
	struct bed *bed;
	struct population populations[ARRAY_SIZE(sizes)];
};

static u64 memory_used(void)
{
	struct sysinfo info;

	rcu_barrier();
	si_meminfo(&info);
	return (u64)(info.totalram - info.freeram) * info.mem_unit;
}

static void ue_create(struct kunit *test, struct pdcp_device *pdcp, u32 id, enum pdcp_role role)
{
	struct pdcp_ue_config config = { .id = id, .role = role, .naddresses = 1 };
	struct pdcp_ue *ue;

	config.addresses[0].family = AF_INET;
	ipv6_addr_set_v4mapped(htonl(INNER + id), &config.addresses[0].v6);
	ue = pdcp_ue_create(pdcp, &config, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, ue);
	KUNIT_ASSERT_EQ(test, pdcp_ue_add_security(ue, SET_SOURCE, &keys, NULL), 0);
}

/* Bearer @i is DRB i % 32 + 1 of UE i / 32. */
static void bearer_create(struct kunit *test, struct pdcp_device *pdcp, u32 i,
			  enum pdcp_lower lower)
{
	struct pdcp_ue *ue = pdcp_ue_lookup(pdcp, i / PDCP_UE_DRBS);
	struct pdcp_bearer_config config = {
		.entity = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18),
		.set = SET_SOURCE,
		.nlegs = 1,
		.legs[0] = { .lower = lower, .teid_in = i + 1, .teid_out = i + 1 },
	};

	config.entity.id = i % PDCP_UE_DRBS + 1;
	config.entity.bearer = i % PDCP_UE_DRBS;
	config.entity.upper = PDCP_UPPER_DEVICE;
	config.entity.queue_limit = PDCP_QUEUE_LIMIT;
	config.legs[0].remote.family = AF_INET;
	ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK), &config.legs[0].remote.v6);
	KUNIT_ASSERT_EQ(test, pdcp_bearer_add(ue, &config, NULL), 0);
}

static void population_create(struct kunit *test, struct population *p, u32 n)
{
	u64 before, start;
	u32 i;

	p->n = n;
	p->pdcp = bed_device(test);
	mutex_lock(&p->pdcp->lock);
	before = memory_used();
	for (i = 0; i < DIV_ROUND_UP(n, PDCP_UE_DRBS); i++)
		ue_create(test, p->pdcp, i, PDCP_ROLE_UE);
	p->ue_octets = memory_used() - before;

	before = memory_used();
	start = ktime_get_ns();
	for (i = 0; i < n; i++)
		bearer_create(test, p->pdcp, i, PDCP_LOWER_GTPU);
	p->ns = ktime_get_ns() - start;
	p->octets = memory_used() - before;
	mutex_unlock(&p->pdcp->lock);
}

/* The other end of any bearer, but for its COUNT. */
static void wire_create(struct kunit *test, struct pdcp_device *wire)
{
	u32 i;

	mutex_lock(&wire->lock);
	ue_create(test, wire, 0, PDCP_ROLE_GNB);
	for (i = 0; i < PDCP_UE_DRBS; i++)
		bearer_create(test, wire, i, PDCP_LOWER_USER);
	mutex_unlock(&wire->lock);
}

static struct pdcp_entity *entity_of(struct pdcp_device *pdcp, u32 i)
{
	struct pdcp_ue *ue = pdcp_ue_lookup(pdcp, i / PDCP_UE_DRBS);

	return rcu_dereference_protected(ue->drb[i % PDCP_UE_DRBS], true);
}

static u32 take_turn(struct population *p)
{
	p->turn = (p->turn + STRIDE) % p->n;
	return p->turn;
}

/* Packets of bearer @i. */
static void address(struct sk_buff_head *sdus, u32 i)
{
	struct sk_buff *sdu;

	skb_queue_walk(sdus, sdu) {
		skb_reset_network_header(sdu);
		*ip_hdr(sdu) = (struct iphdr){
			.version = 4,
			.ihl = sizeof(struct iphdr) / 4,
			.tot_len = htons(sdu->len),
			.saddr = htonl(INNER + i / PDCP_UE_DRBS),
		};
		sdu->mark = i % PDCP_UE_DRBS + 1;
	}
}

/* @n packets of one bearer. */
static u64 run_tx(struct kunit *test, struct population *p, unsigned int n, u16 len)
{
	enum pdcp_drop_reason reason;
	struct sk_buff_head sdus;
	struct pdcp_entity *e;
	u64 start;

	bench_sdus(test, &sdus, n, len);
	address(&sdus, take_turn(p));
	rcu_read_lock_bh();
	start = window_clock();
	e = pdcp_ue_classify(p->pdcp, skb_peek(&sdus), &reason);
	if (e)
		pdcp_tx_sdus(e, &sdus);
	start = window_clock() - start;
	rcu_read_unlock_bh();
	KUNIT_ASSERT_NOT_NULL(test, e);
	return start;
}

/* Adds what bearer @i receives next. */
static void add_pdus(struct kunit *test, struct scale *s, struct population *p, u32 i,
		     unsigned int n, u16 len)
{
	struct pdcp_entity *rx = entity_of(p->pdcp, i);
	struct pdcp_entity *wire = entity_of(s->bed->pdcp, i % PDCP_UE_DRBS);
	struct sk_buff_head sdus;
	struct sk_buff *pdu;

	wire->tx.next = rx->rx.window.rx_next;
	bench_sdus(test, &sdus, n, len);
	address(&sdus, i);
	bench_pdus(wire, &sdus, rx);
	skb_queue_reverse_walk(&bench_caught, pdu) {
		if (!n--)
			break;
		pdu->mark = i + 1;
	}
}

/* A batch of one bearer, or of as many as there are. */
static u64 run_rx(struct kunit *test, struct scale *s, struct scale_case *c)
{
	struct population *p = c->population;
	struct sk_buff *pdu;
	unsigned int i;
	u64 start;

	__skb_queue_head_init(&bench_caught);
	if (!c->mixed || p->n < BATCH)
		add_pdus(test, s, p, take_turn(p), BATCH, c->len);
	else
		for (i = 0; i < BATCH; i++)
			add_pdus(test, s, p, take_turn(p), 1, c->len);
	rcu_read_lock_bh();
	start = window_clock();
	skb_queue_walk(&bench_caught, pdu)
		pdcp_receive_cb(pdu)->leg = pdcp_leg_lookup(p->pdcp, pdu->mark);
	pdcp_receive(&bench_caught);
	start = window_clock() - start;
	rcu_read_unlock_bh();
	return start;
}

static void run_window(struct kunit *test, struct scale *s, struct scale_case *c)
{
	unsigned int i, n = c->mixed && !c->rx ? 1 : BATCH;
	u64 spin = window_spin(), total = 0;

	for (i = 0; i < PACKETS; i += n)
		total += c->rx ? run_rx(test, s, c) : run_tx(test, c->population, n, c->len);
	windows_add(&c->windows, div_u64(total, i), 0, spin);
	cond_resched();
}

static unsigned int cases_create(struct scale_case *cases, struct scale *s)
{
	unsigned int i, len, rx, mixed, n = 0;

	for (rx = 0; rx < 2; rx++)
		for (len = 0; len < ARRAY_SIZE(lengths); len++)
			for (mixed = 0; mixed < 2; mixed++)
				for (i = 0; i < ARRAY_SIZE(sizes); i++)
					cases[n++] = (struct scale_case){
						.population = &s->populations[i],
						.rx = rx,
						.mixed = mixed,
						.len = lengths[len],
					};
	return n;
}

static void print_population(struct kunit *test, const struct population *p)
{
	kunit_info(test, "bench scale create %u %llu", p->n,
		   div64_u64(NSEC_PER_SEC * (u64)p->n, p->ns));
	if (p->n < MEASURABLE)
		return;
	kunit_info(test, "bench scale memory %u %llu %llu", p->n, div_u64(p->octets, p->n),
		   div_u64(p->ue_octets, DIV_ROUND_UP(p->n, PDCP_UE_DRBS)));
}

/* Fields for tools/bench: as those of the entity, behind the number of bearers. */
static void print(struct kunit *test, struct scale_case *c)
{
	const char *name = c->rx ? "RX" : "TX", *mode = c->mixed ? "mixed" : "batch";
	struct windows_result r;

	if (windows_tell(&c->windows, bench, &r))
		kunit_info(test, "bench scale %s %u %s %u %llu %llu %llu %u", name, c->len, mode,
			   c->population->n, r.ours, r.low, r.high, r.kept);
	else
		kunit_info(test, "bench scale %s %u %s %u noisy", name, c->len, mode,
			   c->population->n);
}

/* What was sent and received went as far as it should. */
static void check(struct kunit *test, const struct population *p)
{
	u64 sent = 0, unsent = 0, received = 0, undelivered = 0;
	struct pdcp_entity *e;
	u32 i;

	for (i = 0; i < p->n; i++) {
		e = entity_of(p->pdcp, i);
		sent += e->tx.next;
		unsent += atomic64_read(&e->drops[PDCP_DROP_REASON_TX_LEG]);
		received += e->rx.window.rx_deliv;
		undelivered += atomic64_read(&e->drops[PDCP_DROP_REASON_RX_BACKLOG]);
	}
	KUNIT_EXPECT_GT(test, sent, 0);
	KUNIT_EXPECT_EQ(test, unsent, sent);
	KUNIT_EXPECT_GT(test, received, 0);
	KUNIT_EXPECT_EQ(test, undelivered, received);
}

static void bench_scale(struct kunit *test)
{
	unsigned int i, round, n = ARRAY_SIZE(sizes) * ARRAY_SIZE(lengths) * 4;
	struct scale *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct scale_case *cases;

	bench_init(test);
	KUNIT_ASSERT_NOT_NULL(test, s);
	s->bed = test->priv;
	cases = kunit_kcalloc(test, n, sizeof(*cases), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, cases);
	KUNIT_ASSERT_EQ(test, cases_create(cases, s), n);
	wire_create(test, s->bed->pdcp);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		population_create(test, &s->populations[i], sizes[i]);

	for (round = 0; round < WINDOWS; round++)
		for (i = 0; i < n; i++)
			run_window(test, s, &cases[i]);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		print_population(test, &s->populations[i]);
	for (i = 0; i < n; i++)
		print(test, &cases[i]);
	for (i = 0; i < ARRAY_SIZE(sizes); i++)
		check(test, &s->populations[i]);
}

static struct kunit_case scale_cases[] = {
	KUNIT_CASE_SLOW(bench_scale),
	{ }
};

static struct kunit_suite scale_suite = {
	.name = "pdcp_bench_scale",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = scale_cases,
};

kunit_test_suite(scale_suite);
