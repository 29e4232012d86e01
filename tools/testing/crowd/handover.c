// SPDX-License-Identifier: GPL-2.0
/* A round: all that take part begin, are seen to be under way at once, and end in any order. */

#include <unistd.h>

#include "crowd.h"
#include "testing/random.h"

enum { GUARD_MS = 600000, SOON_MS = 3000, POLL_US = 2000, PATIENCE_S = 120 };

static uint32_t ue_device(const struct worker *w)
{
	return w->crowd->device[UE][0];
}

/* The target learns of the UE, and the UE of the target. */
void handover_start(struct worker *w, struct member *m)
{
	uint32_t t304 = m->outcome == OUTCOME_GUARD ? 1 + random_pick(&w->lots, SOON_MS) : GUARD_MS;
	struct pdcp_bearer_target targets[DRBS];
	unsigned int drb;

	if (!m->outcome)
		return;
	m->latest++;
	member_add(w, m, GNB, !m->cell, !m->set, m->latest, true);
	member_keys(w, m, UE, 0, !m->set, m->latest);
	for (drb = 0; drb < DRBS; drb++) {
		targets[drb] = (struct pdcp_bearer_target){
			.type = PDCP_BEARER_TYPE_DRB,
			.id = drb + 1,
			.has = PDCP_HAS(PDCP_A_BEARER_TARGET_LEG),
		};
		member_leg(w->crowd, m, UE, !m->cell, m->latest, drb, &targets[drb].leg);
	}
	need(w, m, UE, pdcp_daps_start(w->h[UE], ue_device(w), m->index, !m->set, t304, targets,
				       DRBS), "daps start");
}

static enum pdcp_handover_state state(struct worker *w, const struct member *m)
{
	struct pdcp_ue_info info;

	need(w, m, UE, pdcp_ue_get(w->h[UE], ue_device(w), m->index, &info), "ue get");
	return info.state;
}

/* Everybody is in a handover who is to be; a guard may have expired. */
void handover_check(struct worker *w, struct member *m)
{
	enum pdcp_handover_state got = state(w, m);

	if (got == PDCP_HANDOVER_STATE_PREPARED)
		w->crowd->under_way++;
	if ((m->outcome == OUTCOME_NONE && got != PDCP_HANDOVER_STATE_NONE) ||
	    ((m->outcome == OUTCOME_SUCCESS || m->outcome == OUTCOME_FALLBACK) &&
	     got != PDCP_HANDOVER_STATE_PREPARED))
		die(m, "state %u of outcome %u", got, m->outcome);
}

/* SN status transfer: the source stops, the target goes on.  Nothing is sent meanwhile. */
static void transfer(struct worker *w, struct member *m, unsigned int drb)
{
	struct pdcp_bearer_id id = {
		.ifindex = w->crowd->device[GNB][m->cell],
		.ue = m->index,
		.type = PDCP_BEARER_TYPE_DRB,
		.id = drb + 1,
	};
	struct pdcp_status status;

	need(w, m, GNB, pdcp_status_get(w->h[GNB], &id, PDCP_LEG_ROLE_ANY, true, &status),
	     "status get");
	pdcp_status_free(&status);
	status.has = PDCP_HAS(PDCP_A_BEARER_TX_NEXT) | PDCP_HAS(PDCP_A_BEARER_RX_DELIV);
	id.ifindex = w->crowd->device[GNB][!m->cell];
	need(w, m, GNB, pdcp_status_set(w->h[GNB], &id, PDCP_LEG_ROLE_ANY, &status), "status set");
}

/* What was sent through the source arrives before the target delivers, or the source goes. */
static void succeed(struct worker *w, struct member *m)
{
	uint32_t marks[DRBS];
	unsigned int drb;

	pthread_mutex_lock(&m->lock);
	need(w, m, UE, pdcp_daps_switch(w->h[UE], ue_device(w), m->index), "daps switch");
	traffic_marks(m, GNB, marks);
	pthread_mutex_unlock(&m->lock);
	traffic_wait(m, GNB, marks, "uplink through the source");

	pthread_mutex_lock(&m->lock);
	for (drb = 0; drb < DRBS; drb++)
		transfer(w, m, drb);
	m->downlink = !m->cell;
	traffic_marks(m, UE, marks);
	pthread_mutex_unlock(&m->lock);
	traffic_wait(m, UE, marks, "downlink through the source");

	need(w, m, UE, pdcp_daps_release(w->h[UE], ue_device(w), m->index), "daps release");
	need(w, m, GNB, pdcp_ue_del(w->h[GNB], w->crowd->device[GNB][m->cell], m->index),
	     "ue del");
	m->cell = !m->cell;
	m->set = !m->set;
	m->generation = m->latest;
}

static void lose_target(struct worker *w, struct member *m)
{
	need(w, m, GNB, pdcp_ue_del(w->h[GNB], w->crowd->device[GNB][!m->cell], m->index),
	     "ue del");
}

static void fall_back(struct worker *w, struct member *m)
{
	need(w, m, UE, pdcp_daps_fallback(w->h[UE], ue_device(w), m->index), "daps fallback");
	lose_target(w, m);
}

static void await_guard(struct worker *w, struct member *m)
{
	uint64_t end = now_us() + PATIENCE_S * 1000000ULL;

	while (state(w, m) != PDCP_HANDOVER_STATE_NONE) {
		if (now_us() > end)
			die(m, "its guard does not expire");
		usleep(POLL_US);
	}
	lose_target(w, m);
}

/* A UE, whoever's, to which nothing is to happen. */
static struct member *any_quiet(struct worker *w)
{
	unsigned int from = random_pick(&w->lots, w->crowd->count), i;

	for (i = 0; i < w->crowd->count; i++) {
		struct member *m = &w->crowd->members[(from + i) % w->crowd->count];

		if (m->quiet)
			return m;
	}
	return NULL;
}

void handover_finish(struct worker *w, struct member *m)
{
	struct member *other = any_quiet(w);

	switch (m->outcome) {
	case OUTCOME_SUCCESS:
		succeed(w, m);
		break;
	case OUTCOME_FALLBACK:
		fall_back(w, m);
		break;
	case OUTCOME_GUARD:
		await_guard(w, m);
		break;
	default:
		return;
	}
	w->crowd->ends[m->outcome]++;
	look(w, m);
	if (other)
		look(w, other);
}
