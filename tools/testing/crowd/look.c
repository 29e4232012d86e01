// SPDX-License-Identifier: GPL-2.0
/* What is to be seen of a UE: as it should be, and of a quiet one the same octets as ever. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "crowd.h"

/**
 * struct bearers - those of a UE at one end
 * @info: by DRB
 * @count: number of them
 */
struct bearers {
	struct pdcp_bearer_info info[DRBS];
	unsigned int count;
};

static int take(const struct pdcp_bearer_info *info, void *data)
{
	struct bearers *all = data;

	if (info->id.id < 1 || info->id.id > DRBS)
		return -ERANGE;
	memcpy(&all->info[info->id.id - 1], info, sizeof(*info));
	all->count++;
	return 0;
}

static uint32_t device(struct worker *w, const struct member *m, enum end side)
{
	return w->crowd->device[side][side == UE ? 0 : m->cell];
}

static void list(struct worker *w, const struct member *m, enum end side, struct bearers *all)
{
	struct pdcp_bearer_id id = { .ifindex = device(w, m, side), .ue = m->index };

	memset(all, 0, sizeof(*all));
	need(w, m, side, pdcp_bearer_list(w->h[side], &id, take, all), "bearer show");
	if (all->count != DRBS)
		die(m, "end %u has %u bearers", side, all->count);
}

/* Remember all of a quiet one. */
void look_before(struct worker *w, struct member *m)
{
	struct bearers all;
	enum end side;

	if (!m->quiet)
		return;
	m->before = calloc(SIDES * DRBS, sizeof(*m->before));
	if (!m->before)
		die(m, "no memory");
	for (side = 0; side < SIDES; side++) {
		list(w, m, side, &all);
		memcpy(m->before + side * DRBS, all.info, sizeof(all.info));
	}
}

static bool same_addr(const struct pdcp_addr *a, const struct pdcp_addr *b)
{
	return a->len == b->len && !memcmp(a->octets, b->octets, a->len);
}

static void look_leg(struct worker *w, const struct member *m, enum end side, unsigned int drb,
		     const struct pdcp_bearer_info *info)
{
	const struct pdcp_leg_info *leg = &info->leg[0];
	struct pdcp_leg_config want;

	member_leg(w->crowd, m, side, m->cell, m->generation, drb, &want);
	if (info->legs != 1 || !leg->active || leg->role != PDCP_LEG_ROLE_SOURCE ||
	    leg->set != m->set || leg->config.teid_in != want.teid_in ||
	    leg->config.teid_out != want.teid_out || leg->config.port != want.port ||
	    !same_addr(&leg->config.remote, &want.remote))
		die(m, "end %u, drb %u: %zu legs, the first of set %u, teid %u, not of %u, %u",
		    side, drb + 1, info->legs, leg->set, leg->config.teid_in, m->set,
		    want.teid_in);
	if (leg->integrity_failures)
		die(m, "end %u, drb %u: a PDU did not verify", side, drb + 1);
}

/* Retransmissions that have come by the source already are the only drops that may be. */
static void look_drops(const struct member *m, enum end side, unsigned int drb,
		       const struct pdcp_bearer_info *info)
{
	unsigned int i;

	for (i = 0; i < PDCP_DROPS_MAX; i++)
		if (info->drops.packets[i] && i != PDCP_DROP_REASON_RX_OLD &&
		    i != PDCP_DROP_REASON_RX_DUPLICATE)
			die(m, "end %u, drb %u: dropped %llu: %s", side, drb + 1,
			    (unsigned long long)info->drops.packets[i],
			    pdcp_name(&pdcp_drop_reason_names, i));
	if (info->evicted || info->paused || info->queued)
		die(m, "end %u, drb %u: evicted %llu, paused %x, queued %u", side, drb + 1,
		    (unsigned long long)info->evicted, info->paused, info->queued);
}

/* What has been sent has been numbered by this UE's DRB, and nothing else. */
static void look_counts(const struct member *m, enum end side, const struct bearers *all)
{
	unsigned int drb;

	for (drb = 0; drb < DRBS; drb++)
		if (all->info[drb].tx_next != m->stream[!side][drb].sent)
			die(m, "end %u, drb %u: TX_NEXT is %u, %u were sent", side, drb + 1,
			    all->info[drb].tx_next, m->stream[!side][drb].sent);
}

static int take_set(const struct pdcp_security_info *info, void *data)
{
	unsigned int *sets = data;

	*sets |= 1U << info->set;
	return 0;
}

static void look_end(struct worker *w, struct member *m, enum end side)
{
	unsigned int sets = 0, drb;
	struct pdcp_ue_info info;
	struct bearers all;

	need(w, m, side, pdcp_ue_get(w->h[side], device(w, m, side), m->index, &info), "ue get");
	need(w, m, side, pdcp_security_list(w->h[side], device(w, m, side), m->index, take_set,
					    &sets), "security show");
	if (info.state != PDCP_HANDOVER_STATE_NONE || sets != 1U << m->set)
		die(m, "end %u: state %u, sets %x", side, info.state, sets);
	pthread_mutex_lock(&m->lock);
	list(w, m, side, &all);
	look_counts(m, side, &all);
	pthread_mutex_unlock(&m->lock);
	for (drb = 0; drb < DRBS; drb++) {
		look_leg(w, m, side, drb, &all.info[drb]);
		look_drops(m, side, drb, &all.info[drb]);
	}
	if (m->before && memcmp(m->before + side * DRBS, all.info, sizeof(all.info)))
		die(m, "end %u has changed, though nothing was done to it", side);
}

/* The UE is where it should be at rest, and nowhere else. */
void look(struct worker *w, struct member *m)
{
	struct pdcp_ue_info info;
	int ret;

	look_end(w, m, UE);
	look_end(w, m, GNB);
	ret = pdcp_ue_get(w->h[GNB], w->crowd->device[GNB][!m->cell], m->index, &info);
	if (ret != -ENOENT)
		die(m, "the other gNB says %d", ret);
}

/* All that one end has numbered the other has delivered. */
void look_settled(struct worker *w, struct member *m)
{
	struct bearers all[SIDES];
	unsigned int drb;
	enum end side;

	look(w, m);
	list(w, m, UE, &all[UE]);
	list(w, m, GNB, &all[GNB]);
	for (side = 0; side < SIDES; side++)
		for (drb = 0; drb < DRBS; drb++)
			if (all[side].info[drb].rx_deliv != all[!side].info[drb].tx_next ||
			    all[side].info[drb].stored)
				die(m, "end %u, drb %u: RX_DELIV %u of %u, %u stored",
				    side, drb + 1, all[side].info[drb].rx_deliv,
				    all[!side].info[drb].tx_next, all[side].info[drb].stored);
}
