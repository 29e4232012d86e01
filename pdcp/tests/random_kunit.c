// SPDX-License-Identifier: GPL-2.0
/*
 * Random schedules on the receive window against a model that is a transcript of 38.323 5.2.2:
 * one octet per COUNT, every loop over single COUNTs.  After each step what was delivered, all
 * variables and the invariants that follow from the clause are compared.
 */

#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/prandom.h>

#include "pdcp/tests/rig.h"
#include "pdcp/window.h"

#define SCHEDULES	3000
#define STEPS		120
/* COUNTs that one schedule may touch from its start; the longest jump is one window. */
#define MODEL_COUNTS	(8 << 17)

enum model_state {
	MISSING,
	STORED,
	DELIVERED,
};

struct model {
	u64 rx_next, rx_deliv, rx_reord;
	u32 window;
	bool running;
	bool out_of_order;
	u32 starts;
	u32 stored;
	u32 base;
	u8 *state;		/* of COUNT base + i */
	u32 *out;		/* COUNTs delivered by this step */
	u32 num_out;
};

struct schedule {
	struct kunit *test;
	struct rnd_state rnd;
	struct pdcp_window w;
	struct model m;
	u32 seed;
	u32 step;
	s64 last_delivered;
	u32 jump;		/* how far ahead PDUs come, at most */
};

static u8 *state_of(struct model *m, u64 count)
{
	return &m->state[count - m->base];
}

static void model_deliver(struct model *m, u64 count)
{
	m->out[m->num_out++] = count;
	*state_of(m, count) = DELIVERED;
	m->stored--;
}

/* Out of order it was delivered on arrival and is only forgotten now. */
static void model_pass(struct model *m, u64 count)
{
	if (!m->out_of_order) {
		model_deliver(m, count);
		return;
	}
	*state_of(m, count) = DELIVERED;
	m->stored--;
}

static void model_run_from(struct model *m, u64 count)
{
	while (*state_of(m, count) == STORED)
		model_pass(m, count++);
	m->rx_deliv = count;
}

static void model_start(struct model *m)
{
	m->rx_reord = m->rx_next;
	m->running = true;
	m->starts++;
}

static enum pdcp_window_verdict model_pdu(struct model *m, u64 count)
{
	enum pdcp_window_verdict verdict = PDCP_WINDOW_STORED;

	if (count < m->rx_deliv)
		return PDCP_WINDOW_OLD;
	if (count >= m->rx_deliv + m->window || count > 0xfffffffe)
		return PDCP_WINDOW_RANGE;
	if (*state_of(m, count) != MISSING)
		return PDCP_WINDOW_DUPLICATE;

	*state_of(m, count) = STORED;
	m->stored++;
	if (count >= m->rx_next)
		m->rx_next = count + 1;
	if (m->out_of_order)
		m->out[m->num_out++] = count;
	if (m->out_of_order || count == m->rx_deliv)
		verdict = PDCP_WINDOW_DELIVER;
	if (count == m->rx_deliv)
		model_run_from(m, count);
	if (m->running && m->rx_deliv >= m->rx_reord)
		m->running = false;
	if (!m->running && m->rx_deliv < m->rx_next)
		model_start(m);
	return verdict;
}

static void model_expire(struct model *m)
{
	u64 count;

	m->running = false;
	for (count = m->rx_deliv; count < m->rx_reord; count++) {
		if (*state_of(m, count) == STORED)
			model_pass(m, count);
	}
	model_run_from(m, m->rx_reord);
	if (m->rx_deliv < m->rx_next)
		model_start(m);
}

static bool holds(struct schedule *s, bool condition, const char *text)
{
	if (!condition)
		KUNIT_FAIL(s->test, "seed %u step %u: not %s", s->seed, s->step, text);
	return condition;
}

#define HOLDS(s, condition)	holds(s, condition, #condition)

static bool delivered_next(struct schedule *s, u32 index, u32 count)
{
	s64 before = s->last_delivered;

	s->last_delivered = count;
	return HOLDS(s, index < s->m.num_out) &&
	       HOLDS(s, s->m.out[index] == count) &&
	       HOLDS(s, s->m.out_of_order || count > before);
}

/* Pops all, from the @index-th delivery of this step on. */
static bool pops_match(struct schedule *s, u32 index)
{
	void *item;
	u32 count;

	while ((item = pdcp_window_pop(&s->w, &count))) {
		if (!HOLDS(s, item == rig_item(count)) || !delivered_next(s, index++, count))
			return false;
	}
	return HOLDS(s, index == s->m.num_out);
}

static bool variables_match(struct schedule *s)
{
	const struct pdcp_window *w = &s->w;
	const struct model *m = &s->m;

	return HOLDS(s, w->rx_next == m->rx_next) &&
	       HOLDS(s, w->rx_deliv == m->rx_deliv) &&
	       HOLDS(s, w->running == m->running) &&
	       HOLDS(s, w->starts == m->starts) &&
	       HOLDS(s, !m->running || w->rx_reord == m->rx_reord) &&
	       HOLDS(s, w->stored == m->stored);
}

static bool invariants_hold(struct schedule *s)
{
	const struct pdcp_window *w = &s->w;

	return HOLDS(s, w->running == (w->rx_deliv < w->rx_next)) &&
	       HOLDS(s, w->rx_deliv <= w->rx_next) &&
	       HOLDS(s, !w->stored || w->running) &&
	       HOLDS(s, !w->stored || (w->last > w->rx_deliv && w->last < w->rx_next)) &&
	       HOLDS(s, !w->running || w->rx_deliv < w->rx_reord) &&
	       HOLDS(s, !w->running || w->rx_reord <= w->rx_next) &&
	       HOLDS(s, w->stored < s->m.window) &&
	       HOLDS(s, !w->map == !w->stored);
}

/* A few COUNTs around RX_DELIV and ahead of it. */
static bool received_matches(struct schedule *s)
{
	struct model *m = &s->m;
	bool matches = true;
	int i;

	for (i = 0; matches && i < 16; i++) {
		s64 count = m->rx_deliv - 2 + prandom_u32_state(&s->rnd) % (s->jump + 4);

		if (count < m->base || count > U32_MAX)
			continue;
		matches = HOLDS(s, rig_received(&s->w, count) ==
				   (count < m->rx_deliv || *state_of(m, count) != MISSING));
	}
	return matches;
}

static bool play_pdu(struct schedule *s, u32 count)
{
	enum pdcp_window_verdict want, got;
	u32 index = 0;

	want = model_pdu(&s->m, count);
	got = pdcp_window_insert(&s->w, count, rig_item(count));
	if (!HOLDS(s, got == want))
		return false;
	if (got == PDCP_WINDOW_DELIVER && !delivered_next(s, index++, count))
		return false;
	return pops_match(s, index);
}

static bool play_expiry(struct schedule *s)
{
	if (s->m.running)
		model_expire(&s->m);
	pdcp_window_expire(&s->w);
	return pops_match(s, 0);
}

static bool play_reconfigure(struct schedule *s)
{
	if (s->m.running)
		model_start(&s->m);
	pdcp_window_reconfigure(&s->w);
	return true;
}

/* The next COUNT, one that is missing or was sent before, one ahead, any of the window. */
static u32 pick_count(struct schedule *s)
{
	const struct model *m = &s->m;
	u32 dice = prandom_u32_state(&s->rnd) % 100;
	u32 r = prandom_u32_state(&s->rnd);

	if (dice < 35)
		return m->rx_next;
	if (dice < 55)
		return m->rx_deliv;
	if (dice < 75)
		return m->rx_deliv + r % (m->rx_next - m->rx_deliv + 1);
	if (dice < 80)
		return max_t(s64, m->base, m->rx_deliv - 1 - (s64)(r % 100));
	if (dice < 97)
		return m->rx_next + r % s->jump;
	return m->rx_deliv + m->window - 2 + r % 4;
}

static bool play_step(struct schedule *s)
{
	u32 dice = prandom_u32_state(&s->rnd) % 100;
	struct model *m = &s->m;

	m->num_out = 0;
	if (dice < 6)
		return play_expiry(s);
	if (dice < 8)
		return play_reconfigure(s);
	return play_pdu(s, pick_count(s));
}

static void begin(struct schedule *s)
{
	static const u32 jumps[] = { 3, 3, 20, 70, 300, 2000 };
	u8 sn_bits = prandom_u32_state(&s->rnd) & 1 ? 12 : 18;
	bool out_of_order = prandom_u32_state(&s->rnd) % 4 == 0;
	struct model *m = &s->m;

	m->window = 1U << (sn_bits - 1);
	m->out_of_order = out_of_order;
	s->jump = jumps[prandom_u32_state(&s->rnd) % ARRAY_SIZE(jumps)];
	switch (prandom_u32_state(&s->rnd) % 4) {
	case 0:
		m->base = 0;
		break;
	case 1:
		m->base = 0xffffffff - prandom_u32_state(&s->rnd) % 500;
		break;
	default:
		m->base = prandom_u32_state(&s->rnd);
		break;
	}
	m->rx_next = m->base;
	m->rx_deliv = m->base;
	s->last_delivered = -1;
	pdcp_window_init(&s->w, sn_bits, out_of_order);
	pdcp_window_set(&s->w, m->base, m->base);
}

/* What is left comes out ascending, and then nothing is. */
static bool end(struct schedule *s)
{
	struct model *m = &s->m;
	void *item;
	u32 count;
	u64 next;

	for (next = m->rx_deliv; next < m->rx_next; next++) {
		if (*state_of(m, next) != STORED || m->out_of_order)
			continue;
		item = pdcp_window_flush(&s->w, &count);
		if (!HOLDS(s, item == rig_item(next)) || !HOLDS(s, count == next))
			return false;
	}
	return HOLDS(s, !pdcp_window_flush(&s->w, &count)) &&
	       HOLDS(s, !s->w.map && !s->w.stored && !s->w.running && !s->w.rx_next);
}

static bool play(struct schedule *s)
{
	struct model *m = &s->m;
	bool passed = true;
	u32 count;

	begin(s);
	for (s->step = 0; passed && s->step < STEPS; s->step++) {
		if (m->rx_next - m->base > MODEL_COUNTS - 2 * m->window)
			break;
		passed = play_step(s) && variables_match(s) && invariants_hold(s) &&
			 received_matches(s);
	}
	passed = passed && end(s);
	while (pdcp_window_flush(&s->w, &count))
		;
	memset(m->state, MISSING, m->rx_next - m->base);
	return passed;
}

static void schedules(struct kunit *test)
{
	u8 *state = kvzalloc(MODEL_COUNTS, GFP_KERNEL);
	u32 *out = kvcalloc(1 << 17, sizeof(*out), GFP_KERNEL);
	struct schedule s;
	u32 seed;

	KUNIT_EXPECT_NOT_NULL(test, state);
	KUNIT_EXPECT_NOT_NULL(test, out);
	for (seed = 1; state && out && seed <= SCHEDULES; seed++) {
		s = (struct schedule){
			.test = test,
			.seed = seed,
			.m.state = state,
			.m.out = out,
		};
		prandom_seed_state(&s.rnd, seed);
		if (!play(&s))
			break;
	}
	kvfree(out);
	kvfree(state);
}

static struct kunit_case random_cases[] = {
	KUNIT_CASE_SLOW(schedules),
	{}
};

static struct kunit_suite random_suite = {
	.name = "pdcp_window_random",
	.test_cases = random_cases,
};

kunit_test_suite(random_suite);
