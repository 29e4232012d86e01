// SPDX-License-Identifier: GPL-2.0
/*
 * Receive window against 38.323 5.2.2 taken literally.  Input: configuration and RX_DELIV in
 * five octets, then steps of an octet that says what happens, and what it needs.
 */

#include "fuzz.h"
#include "pdcp/count.h"
#include "pdcp/status.h"
#include "pdcp/window.h"

enum {
	EVENTS = 64,

	LONG = 1,			/* bits of the configuration */
	OUT_OF_ORDER = 2,
};

/* An SDU; its COUNT, and whether it is with the window or was delivered. */
struct sdu {
	u32 count;
	bool stored;
};

/* 38.323 7.1: the variables, and in ascending order what was received from RX_DELIV on. */
struct model {
	u64 rx_next;
	u64 rx_deliv;
	u64 rx_reord;
	bool running;
	u32 received[EVENTS];
	u32 num;
};

static struct sdu sdus[EVENTS];
static u32 num_sdus;
u32 allocations;

static bool is_received(const struct model *m, u64 count)
{
	u32 i;

	for (i = 0; i < m->num && m->received[i] < count; i++)
		;
	return i < m->num && m->received[i] == count;
}

static void note(struct model *m, u32 count)
{
	u32 i;

	for (i = m->num++; i && m->received[i - 1] > count; i--)
		m->received[i] = m->received[i - 1];
	m->received[i] = count;
}

/* RX_DELIV moves to the first COUNT from @from on that was not received. */
static void deliver_from(struct model *m, u64 from)
{
	u32 i;

	while (is_received(m, from))
		from++;
	m->rx_deliv = from;
	for (i = 0; i < m->num && m->received[i] < from; i++)
		;
	m->num -= i;
	memmove(m->received, m->received + i, m->num * sizeof(m->received[0]));
}

static void start_reordering(struct model *m)
{
	m->rx_reord = m->rx_next;
	m->running = true;
}

static enum pdcp_window_verdict model_insert(struct model *m, const struct pdcp_window *w,
					     u32 count)
{
	bool expected = count == m->rx_deliv;

	if (count < m->rx_deliv)
		return PDCP_WINDOW_OLD;
	if (count - m->rx_deliv >= pdcp_count_window(w->sn_bits) || count > PDCP_COUNT_MAX)
		return PDCP_WINDOW_RANGE;
	if (is_received(m, count))
		return PDCP_WINDOW_DUPLICATE;

	note(m, count);
	m->rx_next = max(m->rx_next, (u64)count + 1);
	if (expected)
		deliver_from(m, count);
	if (m->running && m->rx_deliv >= m->rx_reord)
		m->running = false;
	if (!m->running && m->rx_deliv < m->rx_next)
		start_reordering(m);
	return expected || w->out_of_order ? PDCP_WINDOW_DELIVER : PDCP_WINDOW_STORED;
}

static void model_expire(struct model *m)
{
	if (!m->running)
		return;
	m->running = false;
	deliver_from(m, m->rx_reord);
	if (m->rx_deliv < m->rx_next)
		start_reordering(m);
}

static void check_variables(const struct model *m, const struct pdcp_window *w)
{
	HOLDS(w->rx_next == m->rx_next);
	HOLDS(w->rx_deliv == m->rx_deliv);
	HOLDS(w->running == m->running);
	HOLDS(!w->running || w->rx_reord == m->rx_reord);
	HOLDS(w->rx_deliv <= w->rx_next);
	HOLDS(w->rx_next - w->rx_deliv <= pdcp_count_window(w->sn_bits));
	HOLDS(!w->running || (w->rx_deliv < w->rx_reord && w->rx_reord <= w->rx_next));
}

/* Nothing is kept but what is waited with. */
static void check_storage(const struct model *m, const struct pdcp_window *w)
{
	HOLDS(w->stored == m->num);
	HOLDS(!w->stored == !w->map);
	HOLDS(!w->stored || w->last == m->received[m->num - 1]);
}

/* Delivery: once each, in order, and nothing stays that could go. */
static void deliver(struct pdcp_window *w, void *(*next)(struct pdcp_window *w, u32 *count),
		    u32 end)
{
	struct sdu *sdu;
	u32 last = 0;
	u32 count;
	u32 i;

	while ((sdu = next(w, &count))) {
		HOLDS(sdu >= sdus && sdu < sdus + num_sdus);
		HOLDS(sdu->stored && sdu->count == count);
		HOLDS(count >= last && count < end);
		sdu->stored = false;
		last = count;
	}
	for (i = 0; i < num_sdus; i++)
		HOLDS(!sdus[i].stored || sdus[i].count >= end);
}

static void pop(struct pdcp_window *w)
{
	deliver(w, pdcp_window_pop, w->rx_deliv);
}

static void flush(struct model *m, struct pdcp_window *w)
{
	deliver(w, pdcp_window_flush, w->rx_next);
	*m = (struct model){};
	check_variables(m, w);
	check_storage(m, w);
}

static void insert(struct model *m, struct pdcp_window *w, u32 count)
{
	struct sdu *sdu = &sdus[num_sdus];
	struct pdcp_window before = *w;
	enum pdcp_window_verdict verdict;

	*sdu = (struct sdu){ .count = count };
	verdict = pdcp_window_insert(w, count, sdu);
	if (verdict == PDCP_WINDOW_NOMEM) {
		HOLDS(!allocations && count > w->rx_deliv && !is_received(m, count));
		HOLDS(!memcmp(&before, w, sizeof(before)));
		return;
	}
	num_sdus++;
	sdu->stored = verdict == PDCP_WINDOW_STORED;
	HOLDS(verdict == model_insert(m, w, count));
	if (verdict == PDCP_WINDOW_DELIVER)
		pop(w);
	else if (verdict != PDCP_WINDOW_STORED)
		HOLDS(!memcmp(&before, w, sizeof(before)));
}

/* As a PDU arrives: with an SN. */
static void insert_sn(struct model *m, struct pdcp_window *w, u32 sn)
{
	u32 count;

	if (!pdcp_count_infer(pdcp_count_sn(sn, w->sn_bits), w->rx_deliv, w->sn_bits, &count))
		return;
	HOLDS(count < w->rx_deliv || count - w->rx_deliv < pdcp_count_window(w->sn_bits));
	insert(m, w, count);
}

static void expire(struct model *m, struct pdcp_window *w)
{
	pdcp_window_expire(w);
	model_expire(m);
	pop(w);
}

/* Only an empty window takes over variables, and only possible ones. */
static void set(struct model *m, struct pdcp_window *w, u32 rx_deliv, u32 missing)
{
	u32 rx_next = rx_deliv + missing;
	bool possible = rx_next >= rx_deliv && missing <= pdcp_count_window(w->sn_bits);

	HOLDS(pdcp_window_set(w, rx_next, rx_deliv) ==
	      (m->num ? -EBUSY : possible ? 0 : -EINVAL));
	if (!m->num && possible)
		*m = (struct model){ .rx_next = rx_next, .rx_deliv = rx_deliv };
}

static void check_bits(const struct model *m, const struct pdcp_window *w, u32 from)
{
	u64 bits = pdcp_window_bits(w, from);
	u32 i;

	for (i = 0; i < 64; i++)
		HOLDS((bits >> i & 1) == is_received(m, (u64)from + i));
}

static void check_report(const struct model *m, const struct pdcp_window *w, size_t size)
{
	u8 *report = buffer(size);
	struct pdcp_status st;
	int len = pdcp_status_compile(w, report, size);
	u32 i;

	HOLDS((len < 0) == (size < 5));
	if (len > 0) {
		HOLDS(!pdcp_status_parse(report, len, &st));
		HOLDS(st.fmc == m->rx_deliv && !pdcp_status_confirms(&st, st.fmc));
		for (i = 0; i < m->num; i++)
			HOLDS(pdcp_status_confirms(&st, m->received[i]) ==
			      ((m->received[i] - st.fmc - 1) / 8 < st.bitmap_len));
	}
	buffer_free(report, size);
}

static void step(struct model *m, struct pdcp_window *w, struct input *in)
{
	u8 what = take(in, 1);

	switch (what & 15) {
	case 0 ... 4:
		insert(m, w, w->rx_deliv + (what >> 4));
		break;
	case 5:
		insert(m, w, w->rx_deliv + take(in, 1) - 16);
		break;
	case 6:
		insert_sn(m, w, take(in, 2));
		break;
	case 7:
		insert_sn(m, w, take(in, 3));
		break;
	case 8:
		insert(m, w, take(in, 4));
		break;
	case 9:
		expire(m, w);
		break;
	case 10:
		pdcp_window_reconfigure(w);
		if (m->running)
			start_reordering(m);
		break;
	case 11:
		flush(m, w);
		break;
	case 12:
		set(m, w, take(in, 4), take(in, 3));
		break;
	case 13:
		allocations = what >> 4;
		break;
	case 14:
		check_bits(m, w, w->rx_deliv + take(in, 2));
		break;
	case 15:
		check_report(m, w, take(in, 2));
		break;
	}
}

int fuzz_one(const u8 *data, size_t size)
{
	struct input in = { data, size };
	u8 config = take(&in, 1);
	u32 rx_deliv = take(&in, 4);
	static struct model m;
	struct pdcp_window w;
	u32 event;

	m = (struct model){};
	num_sdus = 0;
	allocations = ~0U;
	HOLDS(!pdcp_window_init(&w, config & LONG ? PDCP_SN_BITS_LONG : PDCP_SN_BITS_SHORT,
				config & OUT_OF_ORDER));
	set(&m, &w, rx_deliv, 0);
	for (event = 0; in.len && event < EVENTS; event++) {
		step(&m, &w, &in);
		check_variables(&m, &w);
		check_storage(&m, &w);
	}
	flush(&m, &w);
	return 0;
}
