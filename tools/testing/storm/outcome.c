// SPDX-License-Identifier: GPL-2.0
/* What may become of a handover. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm.h"

enum { GUARD_MS = 60000, LATER_MS = 30 };

const char *const outcome_names[OUTCOMES] = {
	[OUTCOME_SUCCESS] = "success",
	[OUTCOME_FORWARD] = "success, downlink forwarded",
	[OUTCOME_FALLBACK] = "fallback",
	[OUTCOME_SOURCE_FAILED] = "source failed",
	[OUTCOME_GUARD] = "guard expired",
	[OUTCOME_KILLED] = "RRC killed",
	[OUTCOME_BOTH_FAILED] = "both failed",
};

static uint32_t device(struct storm *s)
{
	return s->device[UE][0];
}

/* Some time in which anything may happen. */
static void later(struct storm *s)
{
	traffic_run(s, dice(LATER_MS));
}

/* Verbs that are out of order are refused; that they change nothing shows in what follows. */
static void disorder(struct storm *s)
{
	enum pdcp_handover_state state = handover_state(s);
	struct pdcp *h = s->h[UE];
	int ret = 0;

	if (state != PDCP_HANDOVER_STATE_PREPARED)
		ret = pdcp_daps_switch(h, device(s), UE_ID);
	else
		ret = pdcp_daps_release(h, device(s), UE_ID);
	if (ret != -EINVAL && ret != -EBUSY)
		die(s, "a verb out of order gives %d", ret);
}

static void switch_over(struct storm *s)
{
	later(s);
	if (!dice(8))
		disorder(s);
	need(s, UE, pdcp_daps_switch(s->h[UE], device(s), UE_ID), "daps switch");
	later(s);
}

static void succeed(struct storm *s, bool forwards)
{
	handover_start(s, GUARD_MS);
	switch_over(s);
	handover_transfer(s, forwards);
	later(s);
	handover_release(s);
}

static void fall_back(struct storm *s)
{
	handover_start(s, dice(2) ? GUARD_MS : 0);
	later(s);
	need(s, UE, pdcp_daps_fallback(s->h[UE], device(s), UE_ID), "daps fallback");
	handover_lost(s);
}

static void fail_source(struct storm *s)
{
	handover_start(s, GUARD_MS);
	later(s);
	need(s, UE, pdcp_daps_source_failed(s->h[UE], device(s), UE_ID), "source failed");
	switch_over(s);
	handover_transfer(s, true);
	handover_release(s);
}

static bool at_rest(struct storm *s, void *data)
{
	(void)data;
	return handover_state(s) == PDCP_HANDOVER_STATE_NONE;
}

static void let_guard_expire(struct storm *s)
{
	unsigned int ends = s->ends[PDCP_HANDOVER_END_GUARD];

	handover_start(s, 1 + dice(LATER_MS));
	traffic_until(s, at_rest, NULL, "the guard expires");
	traffic_run(s, 0);
	if (s->ends[PDCP_HANDOVER_END_GUARD] != ends + 1)
		die(s, "no event told of the guard");
	handover_lost(s);
}

static int forget_set(const struct pdcp_security_info *info, void *data)
{
	*(bool *)data |= !info->legs;
	return 0;
}

/* A process of its own begins the handover, and is killed at some moment. */
static void kill_rrc(struct storm *s)
{
	bool unused = false;
	pid_t pid = fork();
	int status;

	if (!pid) {
		need(s, UE, pdcp_open_netns(&s->h[UE], s->netns[UE]), "handle");
		handover_start(s, 1 + dice(LATER_MS));
		pause();
		_exit(0);
	}
	if (pid < 0)
		die(s, "fork failed");
	s->handover = true;
	traffic_run(s, dice(LATER_MS));
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	if (!WIFSIGNALED(status))
		die(s, "RRC ended by itself");
	traffic_until(s, at_rest, NULL, "the guard expires");
	need(s, UE, pdcp_security_list(s->h[UE], device(s), UE_ID, forget_set, &unused),
	     "security show");
	if (unused)
		need(s, UE, pdcp_security_del(s->h[UE], device(s), UE_ID, !s->set),
		     "security del");
	handover_lost(s);
}

/* Both ends of all bearers get another key, and legs of a new generation, in the same cell. */
static void reestablish(struct storm *s)
{
	struct pdcp_bearer_target targets[BEARERS];
	enum end side;

	s->generation++;
	for (side = SIDES; side-- > 0; ) {
		unsigned int cell = side == UE ? 0 : s->serving;

		cell_keys(s, side, cell, !s->set);
		cell_targets(s, side, s->serving, targets);
		need(s, side, pdcp_bearer_reestablish(s->h[side], s->device[side][cell], UE_ID,
						      !s->set, targets, BEARERS), "reestablish");
		need(s, side, pdcp_security_del(s->h[side], s->device[side][cell], UE_ID,
						s->set), "security del");
	}
	s->set = !s->set;
}

static void fail_both(struct storm *s)
{
	uint64_t interval = s->interval;

	handover_start(s, dice(2) ? 0 : 1 + dice(LATER_MS));
	if (pdcp_daps_source_failed(s->h[UE], device(s), UE_ID)) {
		/* The guard was faster. */
		traffic_until(s, at_rest, NULL, "the guard expires");
		handover_lost(s);
		return;
	}
	later(s);
	if (pdcp_daps_abort(s->h[UE], device(s), UE_ID))
		traffic_until(s, at_rest, NULL, "the guard expires");
	handover_lost(s);
	s->handover = true;	/* nothing can be sent again before it is re-established */
	later(s);
	s->interval = 0;
	handover_drain(s, UE, s->serving);
	handover_drain(s, GNB, s->serving);
	reestablish(s);
	s->handover = false;
	s->interval = interval;
}

/* Hand the UE over, or try to. */
void outcome_run(struct storm *s, enum outcome outcome)
{
	if (s->verbose)
		printf("# generation %u, cell %u: %s\n", s->generation, s->serving,
		       outcome_names[outcome]);
	if (!dice(8))
		disorder(s);
	cell_prepare(s, !s->serving);
	switch (outcome) {
	case OUTCOME_SUCCESS:
	case OUTCOME_FORWARD:
		succeed(s, outcome == OUTCOME_FORWARD);
		break;
	case OUTCOME_FALLBACK:
		fall_back(s);
		break;
	case OUTCOME_SOURCE_FAILED:
		fail_source(s);
		break;
	case OUTCOME_GUARD:
		let_guard_expire(s);
		break;
	case OUTCOME_KILLED:
		kill_rrc(s);
		break;
	default:
		fail_both(s);
	}
}
