// SPDX-License-Identifier: GPL-2.0
/*
 * What became of a handover while nobody looked: the module's guard may have
 * expired, or the process that was at it may have died at any point.
 */

#include <errno.h>

#include "lib.h"

enum {
	SETS = 16,
};

/**
 * struct present - What the module has
 * @ue: the UE
 * @installed: whether there is a security set
 * @legs: number of legs that use it
 * @failed: whether bearers wait for re-establishment
 */
struct present {
	struct pdcp_ue_info ue;
	bool installed[SETS];
	uint32_t legs[SETS];
	bool failed;
};

static int set_note(const struct pdcp_security_info *info, void *data)
{
	struct present *present = data;

	if (info->set < SETS) {
		present->installed[info->set] = true;
		present->legs[info->set] = info->legs;
	}
	return 0;
}

static int bearer_note(const struct pdcp_bearer_info *info, void *data)
{
	struct present *present = data;

	present->failed |= info->paused & PDCP_PAUSED_FAILED;
	return 0;
}

static int present_read(struct pdcp *h, const struct pdcp_rrc *rrc, struct present *present)
{
	const struct pdcp_bearer_id all = { .ifindex = rrc->ifindex, .ue = rrc->ue };
	int ret;

	*present = (struct present){ 0 };
	ret = pdcp_ue_get(h, rrc->ifindex, rrc->ue, &present->ue);
	if (!ret)
		ret = pdcp_security_list(h, rrc->ifindex, rrc->ue, set_note, present);
	if (!ret)
		ret = pdcp_bearer_list(h, &all, bearer_note, present);
	return ret;
}

static bool is_refresh(const struct pdcp_rrc *rrc)
{
	return rrc->target.set != rrc->source.set;
}

/* Whether bearers have moved to the target's keys. */
static bool is_moved(const struct pdcp_rrc *rrc, const struct present *present)
{
	return is_refresh(rrc) && present->legs[rrc->target.set];
}

static int set_drop(struct pdcp *h, const struct pdcp_rrc *rrc, const struct present *present,
		    uint8_t set)
{
	return present->installed[set] ? pdcp_security_del(h, rrc->ifindex, rrc->ue, set) : 0;
}

/* The handover is over, and the UE is not on the target. */
static int fallback_note(struct pdcp *h, struct pdcp_rrc *rrc, const struct present *present,
			 enum pdcp_rrc_news *news)
{
	int ret = 0;

	*news = present->failed ? PDCP_RRC_BOTH_FAILED : PDCP_RRC_FELL_BACK;
	if (is_refresh(rrc) && present->installed[rrc->target.set]) {
		*news = PDCP_RRC_UNDONE;
		ret = set_drop(h, rrc, present, rrc->target.set);
	}
	if (!ret)
		pdcp_rrc_drop_target(rrc, present->failed ? PDCP_RRC_FAILED : PDCP_RRC_CONNECTED);
	return ret;
}

static int prepared(struct pdcp *h, struct pdcp_rrc *rrc, const struct present *present,
		    enum pdcp_rrc_news *news)
{
	switch (present->ue.state) {
	case PDCP_HANDOVER_STATE_PREPARED:
		rrc->source_failed = present->ue.source_failed;
		return 0;
	case PDCP_HANDOVER_STATE_SWITCHED:
		rrc->phase = PDCP_RRC_SWITCHED;
		break;
	default:
		if (!is_moved(rrc, present))
			return fallback_note(h, rrc, present, news);
		pdcp_rrc_complete(rrc);
	}
	*news = PDCP_RRC_COMPLETED;
	return 0;
}

static int switched(struct pdcp_rrc *rrc, const struct present *present, enum pdcp_rrc_news *news)
{
	if (present->ue.state == PDCP_HANDOVER_STATE_NONE) {
		pdcp_rrc_complete(rrc);
		*news = PDCP_RRC_COMPLETED;
	}
	return 0;
}

/* Of a handover that is not DAPS, and keeps the key, the module knows three verbs. */
static int move_end(struct pdcp *h, const struct pdcp_rrc *rrc, enum pdcp_handover_state state)
{
	int ret = 0;

	if (state == PDCP_HANDOVER_STATE_PREPARED)
		ret = pdcp_daps_switch(h, rrc->ifindex, rrc->ue);
	if (!ret && state != PDCP_HANDOVER_STATE_NONE)
		ret = pdcp_daps_release(h, rrc->ifindex, rrc->ue);
	return ret;
}

static int moved(struct pdcp *h, struct pdcp_rrc *rrc, const struct present *present,
		 enum pdcp_rrc_news *news)
{
	if (!is_refresh(rrc))
		return move_end(h, rrc, present->ue.state);
	if (is_moved(rrc, present))
		return set_drop(h, rrc, present, rrc->source.set);
	*news = PDCP_RRC_UNDONE;
	pdcp_rrc_drop_target(rrc, PDCP_RRC_CONNECTED);
	return set_drop(h, rrc, present, !rrc->source.set);
}

static int reestablishing(struct pdcp *h, struct pdcp_rrc *rrc, const struct present *present,
			  enum pdcp_rrc_news *news)
{
	uint8_t gone = rrc->target.set;

	if (is_moved(rrc, present)) {
		*news = PDCP_RRC_COMPLETED;
		gone = rrc->source.set;
		pdcp_rrc_complete(rrc);
	} else {
		*news = PDCP_RRC_UNDONE;
		pdcp_rrc_drop_target(rrc, PDCP_RRC_FAILED);
	}
	return set_drop(h, rrc, present, gone);
}

static int no_handover(struct pdcp *h, const struct present *present)
{
	if (present->ue.state == PDCP_HANDOVER_STATE_NONE)
		return 0;
	return pdcp_error_set(h, -EBUSY, "a handover is going on that RRC knows nothing of");
}

int pdcp_rrc_reconcile(struct pdcp *h, struct pdcp_rrc *rrc, enum pdcp_rrc_news *news)
{
	struct present present;
	int ret;

	*news = PDCP_RRC_NO_NEWS;
	ret = present_read(h, rrc, &present);
	if (ret)
		return ret;
	switch (rrc->phase) {
	case PDCP_RRC_PREPARED:
		ret = prepared(h, rrc, &present, news);
		break;
	case PDCP_RRC_SWITCHED:
		ret = switched(rrc, &present, news);
		break;
	case PDCP_RRC_MOVED:
		ret = moved(h, rrc, &present, news);
		break;
	case PDCP_RRC_REESTABLISHING:
		ret = reestablishing(h, rrc, &present, news);
		break;
	default:
		ret = no_handover(h, &present);
	}
	if (ret || *news == PDCP_RRC_NO_NEWS)
		return ret;
	return pdcp_rrc_save(h, rrc);
}
