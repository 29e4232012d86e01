// SPDX-License-Identifier: GPL-2.0
/*
 * What the entity costs without the IP stack: cycles of the time stamp counter for each packet,
 * sent (numbered, protected, in GTP-U) or received (verified, in order).  A packet ends where a
 * device drops it that is down while the clock runs.  Cases run in turns.  Run on request, by
 * tools/bench.
 */
#include <kunit/test.h>
#include <linux/netdevice.h>

#include "pdcp/count.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/receive.h"
#include "pdcp/security.h"
#include "pdcp/tests/bed.h"
#include "pdcp/tests/bench.h"
#include "pdcp/tx.h"
#include "pdcp/ue.h"

enum {
	PACKETS = 640,		/* in a window */
	BATCH = 32,
};

static const u16 lengths[] = { 64, 256, 1400 };

static const struct {
	const char *name;
	u8 nea;
	u8 nia;
	bool integrity;
} ciphers[] = {
	{ "NEA0", 0, 0, false },
	{ "NEA2", 2, 2, false },
	{ "NEA2+NIA2", 2, 2, true },
	{ "NEA1+NIA1", 1, 1, true },
	{ "NEA3+NIA3", 3, 3, true },
};

/**
 * struct bench_ends - a bearer with one algorithm
 * @tx: numbers what it sends into a tunnel
 * @wire: its twin, whose PDUs are caught
 * @rx: what the PDUs are for
 */
struct bench_ends {
	struct pdcp_entity *tx;
	struct pdcp_entity *wire;
	struct pdcp_entity *rx;
};

struct bench_case {
	const struct bench_ends *ends;
	const char *cipher;
	bool rx;
	u16 len;
	u8 batch;
	struct windows windows;	/* cycles of a packet */
};

static struct bench_ends ends[ARRAY_SIZE(ciphers)];

/* While the device is down nothing enters or leaves it. */
static void set_running(struct net_device *dev, bool running)
{
	if (running)
		set_bit(__LINK_STATE_START, &dev->state);
	else
		clear_bit(__LINK_STATE_START, &dev->state);
}

/* One bearer of UE @id. */
static struct pdcp_entity *bearer_create(struct kunit *test, u32 id, enum pdcp_role role,
					 unsigned int cipher, enum pdcp_lower lower)
{
	static const u8 key[4][PDCP_KEY_LEN] = { "RRC enc", "RRC int", "UP enc", "UP int" };
	const struct pdcp_keys keys = {
		.nea = ciphers[cipher].nea,
		.nia = ciphers[cipher].nia,
		.enc = { key[0], key[2] },
		.integ = { key[1], key[3] },
	};
	struct pdcp_entity_config config = bed_config(PDCP_BEARER_TYPE_DRB, PDCP_MODE_UM, 18);
	struct pdcp_leg_config leg = { .lower = lower, .teid_in = id, .teid_out = id };
	struct pdcp_ue *ue = bed_ue(test, id, role);

	leg.remote.family = AF_INET;
	ipv6_addr_set_v4mapped(htonl(INADDR_LOOPBACK), &leg.remote.v6);
	config.integrity = ciphers[cipher].integrity;
	config.queue_limit = BATCH;
	KUNIT_ASSERT_EQ(test, pdcp_ue_add_security(ue, SET_SOURCE, &keys, NULL), 0);
	return bed_bearer(test, ue, &config, &leg);
}

static void ends_create(struct kunit *test, unsigned int cipher)
{
	u32 id = 1 + 3 * cipher;

	ends[cipher].tx = bearer_create(test, id, PDCP_ROLE_UE, cipher, PDCP_LOWER_GTPU);
	ends[cipher].wire = bearer_create(test, id + 1, PDCP_ROLE_UE, cipher, PDCP_LOWER_USER);
	ends[cipher].rx = bearer_create(test, id + 2, PDCP_ROLE_GNB, cipher, PDCP_LOWER_GTPU);
}

static u64 run_tx(struct kunit *test, const struct bench_case *c)
{
	struct net_device *dev = c->ends->tx->ue->pdcp->dev;
	struct sk_buff_head sdus;
	u64 start;

	bench_sdus(test, &sdus, c->batch, c->len);
	local_bh_disable();
	set_running(dev, false);
	start = window_clock();
	pdcp_tx_sdus(c->ends->tx, &sdus);
	start = window_clock() - start;
	set_running(dev, true);
	local_bh_enable();
	return start;
}

static u64 run_rx(struct kunit *test, const struct bench_case *c)
{
	struct net_device *dev = c->ends->rx->ue->pdcp->dev;
	struct sk_buff_head sdus;
	u64 start;

	__skb_queue_head_init(&bench_caught);
	bench_sdus(test, &sdus, c->batch, c->len);
	bench_pdus(c->ends->wire, &sdus, c->ends->rx);
	rcu_read_lock_bh();
	set_running(dev, false);
	start = window_clock();
	pdcp_receive(&bench_caught);
	start = window_clock() - start;
	set_running(dev, true);
	rcu_read_unlock_bh();
	return start;
}

static void run_window(struct kunit *test, struct bench_case *c)
{
	u64 spin = window_spin(), total = 0;
	unsigned int i;

	for (i = 0; i < PACKETS; i += c->batch)
		total += c->rx ? run_rx(test, c) : run_tx(test, c);
	windows_add(&c->windows, div_u64(total, i), 0, spin);
}

/* Fields for tools/bench: median, lower and upper decile, share of windows kept. */
static void print(struct kunit *test, struct bench_case *c)
{
	struct windows_result r;

	if (windows_tell(&c->windows, bench, &r))
		kunit_info(test, "bench entity %s %s %u %u %llu %llu %llu %u",
			   c->rx ? "RX" : "TX", c->cipher, c->len, c->batch, r.ours, r.low,
			   r.high, r.kept);
	else
		kunit_info(test, "bench entity %s %s %u %u noisy", c->rx ? "RX" : "TX",
			   c->cipher, c->len, c->batch);
}

static unsigned int cases_create(struct bench_case *cases)
{
	unsigned int cipher, len, single, rx, n = 0;

	for (cipher = 0; cipher < ARRAY_SIZE(ciphers); cipher++)
		for (len = 0; len < ARRAY_SIZE(lengths); len++)
			for (single = 0; single < 2; single++)
				for (rx = 0; rx < 2; rx++)
					cases[n++] = (struct bench_case){
						.ends = &ends[cipher],
						.cipher = ciphers[cipher].name,
						.rx = rx,
						.len = lengths[len],
						.batch = single ? 1 : BATCH,
					};
	return n;
}

static void bench_entity(struct kunit *test)
{
	unsigned int n = ARRAY_SIZE(ciphers) * ARRAY_SIZE(lengths) * 4, i, round;
	struct bench_case *cases;

	bench_init(test);
	cases = kunit_kcalloc(test, n, sizeof(*cases), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, cases);
	for (i = 0; i < ARRAY_SIZE(ciphers); i++)
		ends_create(test, i);

	KUNIT_ASSERT_EQ(test, cases_create(cases), n);
	for (round = 0; round < WINDOWS; round++)
		for (i = 0; i < n; i++)
			run_window(test, &cases[i]);
	for (i = 0; i < n; i++)
		print(test, &cases[i]);
	for (i = 0; i < ARRAY_SIZE(ciphers); i++) {
		u32 sent = ends[i].wire->tx.next;
		atomic64_t *drops = ends[i].rx->drops;

		KUNIT_EXPECT_EQ(test, ends[i].rx->rx.window.rx_deliv, sent);
		KUNIT_EXPECT_EQ(test, atomic64_read(&drops[PDCP_DROP_REASON_RX_BACKLOG]), sent);
	}
}

static struct kunit_case bench_cases[] = {
	KUNIT_CASE_SLOW(bench_entity),
	{ }
};

static struct kunit_suite bench_suite = {
	.name = "pdcp_bench_entity",
	.init = bed_init,
	.exit = bed_exit,
	.test_cases = bench_cases,
};

kunit_test_suite(bench_suite);
