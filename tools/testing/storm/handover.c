// SPDX-License-Identifier: GPL-2.0
/* Steps of a handover, as RRC and the gNBs take them (38.300 9.2.3.2). */

#include <stdio.h>

#include "storm.h"

static unsigned int target(struct storm *s)
{
	return !s->serving;
}

enum pdcp_handover_state handover_state(struct storm *s)
{
	struct pdcp_ue_info info;

	need(s, UE, pdcp_ue_get(s->h[UE], s->device[UE][0], UE_ID, &info), "ue get");
	return info.state;
}

void handover_start(struct storm *s, uint32_t t304)
{
	struct pdcp_bearer_target targets[BEARERS];

	cell_keys(s, UE, 0, !s->set);
	cell_targets(s, UE, target(s), targets);
	need(s, UE, pdcp_daps_start(s->h[UE], s->device[UE][0], UE_ID, !s->set, t304, targets,
				    BEARERS), "daps start");
	s->handover = true;
}

/* Nothing that @side has sent to, or from, a gNB is under way; it sends nothing more there. */
void handover_drain(struct storm *s, enum end side, unsigned int cell)
{
	net_drain(s, side, cell);
	net_drain(s, side, CELLS + cell);
}

static struct pdcp_bearer_id drb_of(struct storm *s, unsigned int cell, unsigned int drb)
{
	return (struct pdcp_bearer_id){
		.ifindex = s->device[GNB][cell],
		.ue = UE_ID,
		.type = PDCP_BEARER_TYPE_DRB,
		.id = drb,
	};
}

static void get_status(struct storm *s, unsigned int drb, bool stop,
		       struct pdcp_status *status)
{
	struct pdcp_bearer_id id = drb_of(s, s->serving, drb);

	need(s, GNB, pdcp_status_get(s->h[GNB], &id, PDCP_LEG_ROLE_ANY, stop, status),
	     "status get");
	pdcp_status_free(status);
}

static void set_status(struct storm *s, unsigned int drb, uint64_t has, uint32_t tx_next,
		       uint32_t rx_deliv)
{
	struct pdcp_bearer_id id = drb_of(s, target(s), drb);
	struct pdcp_status status = { .has = has, .tx_next = tx_next, .rx_deliv = rx_deliv };

	need(s, GNB, pdcp_status_set(s->h[GNB], &id, PDCP_LEG_ROLE_ANY, &status), "status set");
}

static bool none_kept(struct storm *s, void *data)
{
	struct pdcp_bearer_info info;

	(void)data;
	cell_bearer(s, GNB, s->serving, DRB_AM, &info);
	if (info.kept)
		cell_recover(s, GNB, s->serving);
	traffic_run(s, info.kept ? 10 : 0);
	return !info.kept;
}

/**
 * struct arrived - what a gNB has delivered is to have arrived
 * @drb: DRB
 * @sdus: SDUs that it has delivered
 */
struct arrived {
	unsigned int drb;
	uint32_t sdus;
};

static bool has_arrived(struct storm *s, void *data)
{
	const struct arrived *a = data;
	const struct stream *up = traffic_stream(s, GNB, a->drb);

	return up->received - up->before >= a->sdus;
}

/* The next gNB may deliver: nothing of this one overtakes it. */
static void let_arrive(struct storm *s, unsigned int drb)
{
	struct stream *up = traffic_stream(s, GNB, drb);
	struct pdcp_bearer_info info;
	struct arrived a = { .drb = drb };

	cell_bearer(s, GNB, s->serving, drb, &info);
	a.sdus = info.rx_sdus;
	traffic_until(s, has_arrived, &a, "what the source has delivered arrives");
	up->before = up->received;
}

/* Downlink SDUs that are not confirmed, sent anew through the target under their COUNTs. */
static void forward(struct storm *s, uint32_t kept)
{
	struct stream *down = traffic_stream(s, UE, DRB_AM);
	uint32_t number;

	for (number = down->sent - kept; number < down->sent; number++)
		traffic_send(s, down, number);
}

/* The source goes on with what is not confirmed, the target begins with what is new. */
static void move_downlink(struct storm *s)
{
	struct pdcp_status status;
	unsigned int drb;

	for (drb = 1; drb <= DRBS; drb++) {
		get_status(s, drb, false, &status);
		set_status(s, drb, PDCP_HAS(PDCP_A_BEARER_TX_NEXT), status.tx_next, 0);
	}
	s->downlink = target(s);
}

static void stop(struct storm *s, unsigned int drb, bool forwards)
{
	uint64_t has = PDCP_HAS(PDCP_A_BEARER_RX_DELIV);
	struct pdcp_bearer_info info;
	struct pdcp_status status;

	get_status(s, drb, true, &status);
	cell_bearer(s, GNB, s->serving, drb, &info);
	let_arrive(s, drb);
	if (forwards)
		has |= PDCP_HAS(PDCP_A_BEARER_TX_NEXT);
	set_status(s, drb, has, status.tx_next - (drb == DRB_AM ? info.kept : 0),
		   status.rx_deliv);
	if (forwards && drb == DRB_AM)
		forward(s, info.kept);
}

/**
 * handover_transfer() - The target goes on where the source stopped
 * @s: storm, whose UE has switched
 * @forwards: the source forwards downlink SDUs that are not confirmed, or else sends them until
 *	they are
 */
void handover_transfer(struct storm *s, bool forwards)
{
	uint64_t interval = s->interval;
	unsigned int drb;

	handover_drain(s, UE, s->serving);
	if (!forwards) {
		move_downlink(s);
		traffic_until(s, none_kept, NULL, "the source's downlink is confirmed");
	}
	s->interval = 0;	/* what is sent in between has no place to go */
	s->downlink = target(s);
	for (drb = 1; drb <= DRBS; drb++)
		stop(s, drb, forwards);
	s->interval = interval;
	handover_drain(s, GNB, s->serving);
}

/* The UE is the target's alone. */
void handover_release(struct storm *s)
{
	need(s, UE, pdcp_daps_release(s->h[UE], s->device[UE][0], UE_ID), "daps release");
	cell_leave(s, s->serving);
	s->serving = target(s);
	s->set = !s->set;
	s->handover = false;
}

/* The UE has not come: the target forgets it. */
void handover_lost(struct storm *s)
{
	cell_leave(s, target(s));
	s->handover = false;
}
