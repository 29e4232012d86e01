// SPDX-License-Identifier: GPL-2.0
/*
 * Lost frames.  Input: the time to wait in an octet, then steps of an octet that says what
 * happens, and what it needs.
 */

#include "fuzz.h"
#include "pdcp/loss.h"

enum {
	EVENTS = 64,
};

/* What the tunnel has seen since the sender began, and what became of the rest. */
struct model {
	struct pdcp_loss loss;
	struct pdcp_nru_range given_up[EVENTS];
	u32 received[EVENTS];
	u32 num_given_up;
	u32 num_received;
	u64 now;
	bool was_full;
};

static u32 length(const struct pdcp_nru_range *range)
{
	return pdcp_nru_sn_add(range->last, -range->first) + 1;
}

static bool in_gap(const struct pdcp_loss *loss, u32 sn)
{
	u8 i;

	for (i = 0; i < loss->num; i++)
		if (pdcp_nru_range_has(&loss->gaps[i].range, sn))
			return true;
	return false;
}

static bool is_given_up(const struct model *m, u32 sn)
{
	u32 i;

	for (i = 0; i < m->num_given_up; i++)
		if (pdcp_nru_range_has(&m->given_up[i], sn))
			return true;
	return false;
}

static bool is_received(const struct model *m, u32 sn)
{
	u32 i;

	for (i = 0; i < m->num_received; i++)
		if (m->received[i] == sn)
			return true;
	return false;
}

/* Gaps lie apart, in the order of their age and of their numbers, below what is expected. */
static void check_gaps(const struct model *m)
{
	const struct pdcp_loss *loss = &m->loss;
	u8 i;

	HOLDS(loss->num <= PDCP_LOSS_GAPS);
	HOLDS(loss->next <= PDCP_NRU_SN_MASK);
	for (i = 0; i < loss->num; i++) {
		const struct pdcp_loss_gap *gap = &loss->gaps[i];

		HOLDS(length(&gap->range) < PDCP_LOSS_STEP_MAX);
		HOLDS(gap->since <= m->now);
		HOLDS(!pdcp_nru_range_has(&gap->range, loss->next));
		HOLDS(!is_given_up(m, gap->range.first));
		HOLDS(!is_given_up(m, gap->range.last));
		if (!i)
			continue;
		HOLDS(gap[-1].since <= gap->since);
		HOLDS(!pdcp_nru_range_has(&gap->range, gap[-1].range.first));
		HOLDS(!pdcp_nru_range_has(&gap->range, gap[-1].range.last));
	}
}

/* As long as there was room, each frame has been received or is missing, and none is both. */
static void check_frames(const struct model *m)
{
	u32 i;

	if (m->was_full)
		return;
	for (i = 0; i < m->num_received; i++)
		HOLDS(!in_gap(&m->loss, m->received[i]));
	HOLDS(!m->loss.unreported);
}

static void begin_anew(struct model *m)
{
	m->num_received = 0;
	m->num_given_up = 0;
	m->was_full = false;
	m->loss.unreported = 0;
}

static void note(struct model *m, u32 sn)
{
	if (!is_received(m, sn))
		m->received[m->num_received++] = sn;
}

/* A frame ahead of what is expected opens one gap, of all that lies between. */
static void receive_ahead(struct model *m, u32 sn, s32 ahead)
{
	u32 expected = m->loss.next;
	u8 num = m->loss.num;
	bool found = pdcp_loss_receive(&m->loss, sn, m->now);
	const struct pdcp_loss_gap *gap = &m->loss.gaps[num];

	HOLDS(m->loss.next == pdcp_nru_sn_add(sn, 1));
	HOLDS(found == (ahead > 0 && num < PDCP_LOSS_GAPS));
	HOLDS(m->loss.num == num + found);
	if (found)
		HOLDS(gap->range.first == expected && length(&gap->range) == (u32)ahead &&
		      gap->since == m->now);
	else if (ahead)
		HOLDS(m->loss.unreported);
}

static void receive_late(struct model *m, u32 sn)
{
	u32 before = pdcp_nru_sn_add(sn, -1);
	u32 after = pdcp_nru_sn_add(sn, 1);
	bool missing = in_gap(&m->loss, sn);
	bool missing_before = in_gap(&m->loss, before);
	bool missing_after = in_gap(&m->loss, after);
	bool full = m->loss.num == PDCP_LOSS_GAPS;
	u32 next = m->loss.next;

	HOLDS(!pdcp_loss_receive(&m->loss, sn, m->now));
	HOLDS(m->loss.next == next);
	HOLDS(!in_gap(&m->loss, sn) || (missing && full));
	HOLDS(in_gap(&m->loss, before) == missing_before);
	HOLDS(in_gap(&m->loss, after) == missing_after);
}

static void receive(struct model *m, u32 sn)
{
	s32 ahead = pdcp_nru_sn_diff(sn, m->loss.next);
	bool full = m->loss.num == PDCP_LOSS_GAPS;

	if (!m->loss.started || ahead >= PDCP_LOSS_STEP_MAX || ahead <= -PDCP_LOSS_STEP_MAX) {
		HOLDS(!pdcp_loss_receive(&m->loss, sn, m->now));
		HOLDS(!m->loss.num && m->loss.started);
		HOLDS(m->loss.next == pdcp_nru_sn_add(sn, 1));
		begin_anew(m);
	} else if (ahead >= 0) {
		receive_ahead(m, sn, ahead);
	} else {
		receive_late(m, sn);
	}
	m->was_full |= full;
	note(m, sn);
}

/* What is given up was missing for long enough, and is never given up again. */
static void give_up(struct model *m)
{
	struct pdcp_nru_range range;
	struct pdcp_loss_gap oldest = m->loss.gaps[0];
	u64 due;

	while (pdcp_loss_pop(&m->loss, m->now, &range)) {
		HOLDS(oldest.since + m->loss.wait <= m->now);
		HOLDS(!memcmp(&oldest.range, &range, sizeof(range)));
		HOLDS(!in_gap(&m->loss, range.first) && !in_gap(&m->loss, range.last));
		HOLDS(!is_given_up(m, range.first) && !is_given_up(m, range.last));
		if (m->num_given_up < EVENTS)
			m->given_up[m->num_given_up++] = range;
		oldest = m->loss.gaps[0];
	}
	HOLDS(pdcp_loss_due(&m->loss, &due) == (m->loss.num > 0));
	HOLDS(!m->loss.num || due > m->now);
}

int fuzz_one(const u8 *data, size_t size)
{
	struct input in = { data, size };
	static struct model m;
	u32 event;

	begin_anew(&m);
	m.now = 0;
	pdcp_loss_init(&m.loss, true, take(&in, 1));
	for (event = 0; in.len && event < EVENTS; event++) {
		u8 step = take(&in, 1);

		m.now += step >> 4;
		if ((step & 7) < 4)
			receive(&m, pdcp_nru_sn_add(m.loss.next, step & 7));
		else if ((step & 7) == 4)
			receive(&m, pdcp_nru_sn_add(m.loss.next, take(&in, 1) - U8_MAX));
		else if ((step & 7) == 5)
			receive(&m, take(&in, 3));
		else if ((step & 7) == 6)
			receive(&m, pdcp_nru_sn_add(m.loss.next, take(&in, 2)));
		else
			give_up(&m);
		check_gaps(&m);
		check_frames(&m);
	}
	return 0;
}
