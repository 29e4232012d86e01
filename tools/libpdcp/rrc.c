// SPDX-License-Identifier: GPL-2.0
/* Events of RRC that concern the keys of PDCP (TS 38.331 5.3). */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lib.h"

#define PHASE(name)	(1U << PDCP_RRC_##name)

static const char *const phase_names[] = {
	[PDCP_RRC_CONNECTED] = "connected",
	[PDCP_RRC_PREPARED] = "prepared",
	[PDCP_RRC_SWITCHED] = "switched",
	[PDCP_RRC_MOVED] = "moved",
	[PDCP_RRC_FAILED] = "failed",
	[PDCP_RRC_REESTABLISHING] = "reestablishing",
};

const struct pdcp_names pdcp_rrc_phase_names = {
	.what = "phase",
	.count = ARRAY_SIZE(phase_names),
	.names = phase_names,
};

static const char *const phase_texts[] = {
	[PDCP_RRC_CONNECTED] = "there is no handover",
	[PDCP_RRC_PREPARED] =
		"T304 runs: random access, its expiry or failure of the source is next",
	[PDCP_RRC_SWITCHED] = "the uplink is on the target: release of the source is next",
	[PDCP_RRC_MOVED] = "T304 runs: random access or its expiry is next",
	[PDCP_RRC_FAILED] = "no cell serves the UE: re-establishment or release is next",
	[PDCP_RRC_REESTABLISHING] = "a re-establishment has not ended",
};

struct pdcp_rrc *pdcp_rrc_new(void)
{
	return pdcp_secret_new(sizeof(struct pdcp_rrc));
}

void pdcp_rrc_free(struct pdcp_rrc *rrc)
{
	pdcp_secret_free(rrc, sizeof(*rrc));
}

int pdcp_rrc_expect(struct pdcp *h, const struct pdcp_rrc *rrc, unsigned int phases)
{
	pdcp_error_clear(h);
	if (phases & 1U << rrc->phase)
		return 0;
	return pdcp_error_set(h, -EBUSY, "phase: %s", phase_texts[rrc->phase]);
}

int pdcp_rrc_save(struct pdcp *h, const struct pdcp_rrc *rrc)
{
	int ret = rrc->save ? rrc->save(rrc, rrc->data) : 0;

	if (ret)
		pdcp_error_set(h, ret, "the state cannot be saved: %s", strerror(-ret));
	return ret;
}

void pdcp_rrc_complete(struct pdcp_rrc *rrc)
{
	rrc->source = rrc->target;
	pdcp_rrc_drop_target(rrc, PDCP_RRC_CONNECTED);
}

void pdcp_rrc_drop_target(struct pdcp_rrc *rrc, enum pdcp_rrc_phase phase)
{
	explicit_bzero(&rrc->target, sizeof(rrc->target));
	rrc->source_failed = false;
	rrc->phase = phase;
}

int pdcp_rrc_connect(struct pdcp *h, struct pdcp_rrc *rrc)
{
	struct pdcp_ue_info info;
	int ret;

	if (!rrc->source.nia)
		return pdcp_error_set(h, -EINVAL, "nia: NIA0 is for limited service only");
	ret = pdcp_ue_get(h, rrc->ifindex, rrc->ue, &info);
	if (ret)
		return ret;
	rrc->role = info.config.role;
	rrc->derivations = 0;
	pdcp_rrc_drop_target(rrc, PDCP_RRC_CONNECTED);
	ret = pdcp_rrc_install(h, rrc, &rrc->source);
	if (ret)
		return ret;
	ret = pdcp_rrc_save(h, rrc);
	if (ret) {
		pdcp_security_del(h, rrc->ifindex, rrc->ue, rrc->source.set);
		pdcp_error_set(h, ret, "the state cannot be saved: %s", strerror(-ret));
	}
	return ret;
}

/* The module sees to it itself where bearers get a second leg. */
static int targets_check(struct pdcp *h, const struct pdcp_rrc *rrc,
			 const struct pdcp_rrc_command *command)
{
	struct pdcp_ue_info info;
	int ret;

	ret = pdcp_ue_get(h, rrc->ifindex, rrc->ue, &info);
	if (ret)
		return ret;
	if (info.bearers != command->count)
		return pdcp_error_set(h, -EINVAL, "%zu bearers are named, the UE has %u",
				      command->count, info.bearers);
	return 0;
}

/* Without another key nothing is re-established, so every bearer just changes its leg. */
static int move_on(struct pdcp *h, const struct pdcp_rrc *rrc,
		   const struct pdcp_rrc_command *command)
{
	int ret;

	ret = pdcp_daps_start(h, rrc->ifindex, rrc->ue, rrc->target.set, 0, command->targets,
			      command->count);
	if (!ret)
		ret = pdcp_daps_switch(h, rrc->ifindex, rrc->ue);
	if (!ret)
		ret = pdcp_daps_release(h, rrc->ifindex, rrc->ue);
	return ret;
}

static int move(struct pdcp *h, const struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command)
{
	int ret;

	if (rrc->phase == PDCP_RRC_PREPARED)
		return pdcp_daps_start(h, rrc->ifindex, rrc->ue, rrc->target.set, command->t304,
				       command->targets, command->count);
	ret = targets_check(h, rrc, command);
	if (ret)
		return ret;
	if (command->refresh == PDCP_RRC_KEEP)
		return move_on(h, rrc, command);
	return pdcp_bearer_reestablish(h, rrc->ifindex, rrc->ue, rrc->target.set,
				       command->targets, command->count);
}

static int carry_out(struct pdcp *h, const struct pdcp_rrc *rrc,
		     const struct pdcp_rrc_command *command)
{
	char error[ERROR_SIZE];
	int ret;

	if (command->refresh == PDCP_RRC_KEEP)
		return move(h, rrc, command);
	ret = pdcp_rrc_install(h, rrc, &rrc->target);
	if (ret)
		return ret;
	ret = move(h, rrc, command);
	if (ret) {
		memcpy(error, h->error, sizeof(error));
		pdcp_security_del(h, rrc->ifindex, rrc->ue, rrc->target.set);
		memcpy(h->error, error, sizeof(error));
	}
	return ret;
}

/* Derive, save what is intended, do it; or be as before. */
static int attempt(struct pdcp *h, struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command,
		   enum pdcp_rrc_phase phase)
{
	struct pdcp_rrc *before = pdcp_rrc_new();
	char error[ERROR_SIZE];
	int ret;

	if (!before)
		return pdcp_error_set(h, -errno, "no locked memory for keys: %s", strerror(errno));
	*before = *rrc;
	ret = pdcp_rrc_target_derive(h, rrc, command);
	if (ret)
		goto undo;
	rrc->phase = phase;
	ret = pdcp_rrc_save(h, rrc);
	if (ret)
		goto undo;
	ret = carry_out(h, rrc, command);
	if (ret)
		goto undo_saved;
	pdcp_rrc_free(before);
	return 0;

undo_saved:
	memcpy(error, h->error, sizeof(error));
	pdcp_rrc_save(h, before);
	memcpy(h->error, error, sizeof(error));
undo:
	*rrc = *before;
	pdcp_rrc_free(before);
	return ret;
}

int pdcp_rrc_handover(struct pdcp *h, struct pdcp_rrc *rrc,
		      const struct pdcp_rrc_command *command)
{
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(CONNECTED));
	if (ret)
		return ret;
	if (command->daps)
		return attempt(h, rrc, command, PDCP_RRC_PREPARED);
	ret = attempt(h, rrc, command, PDCP_RRC_MOVED);
	if (ret || command->refresh == PDCP_RRC_KEEP)
		return ret;
	return pdcp_security_del(h, rrc->ifindex, rrc->ue, rrc->source.set);
}

int pdcp_rrc_random_access_ok(struct pdcp *h, struct pdcp_rrc *rrc)
{
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(PREPARED) | PHASE(MOVED));
	if (ret)
		return ret;
	if (rrc->phase == PDCP_RRC_MOVED) {
		pdcp_rrc_complete(rrc);
		return pdcp_rrc_save(h, rrc);
	}
	ret = pdcp_daps_switch(h, rrc->ifindex, rrc->ue);
	if (ret)
		return ret;
	rrc->phase = PDCP_RRC_SWITCHED;
	return pdcp_rrc_save(h, rrc);
}

int pdcp_rrc_t304_expired(struct pdcp *h, struct pdcp_rrc *rrc)
{
	enum pdcp_rrc_phase next = PDCP_RRC_FAILED;
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(PREPARED) | PHASE(MOVED));
	if (ret)
		return ret;
	if (rrc->phase == PDCP_RRC_MOVED) {
		/* The bearers have the target's set, until they are re-established. */
		rrc->source.set = rrc->target.set;
	} else if (rrc->source_failed) {
		ret = pdcp_daps_abort(h, rrc->ifindex, rrc->ue);
	} else {
		ret = pdcp_daps_fallback(h, rrc->ifindex, rrc->ue);
		next = PDCP_RRC_CONNECTED;
	}
	if (ret)
		return ret;
	pdcp_rrc_drop_target(rrc, next);
	return pdcp_rrc_save(h, rrc);
}

int pdcp_rrc_source_failed(struct pdcp *h, struct pdcp_rrc *rrc)
{
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(PREPARED));
	if (ret)
		return ret;
	ret = pdcp_daps_source_failed(h, rrc->ifindex, rrc->ue);
	if (ret)
		return ret;
	rrc->source_failed = true;
	return pdcp_rrc_save(h, rrc);
}

int pdcp_rrc_source_release(struct pdcp *h, struct pdcp_rrc *rrc)
{
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(SWITCHED));
	if (ret)
		return ret;
	ret = pdcp_daps_release(h, rrc->ifindex, rrc->ue);
	if (ret)
		return ret;
	pdcp_rrc_complete(rrc);
	return pdcp_rrc_save(h, rrc);
}

int pdcp_rrc_reestablish(struct pdcp *h, struct pdcp_rrc *rrc,
			 const struct pdcp_rrc_command *command)
{
	uint8_t old;
	int ret;

	ret = pdcp_rrc_expect(h, rrc, PHASE(CONNECTED) | PHASE(SWITCHED) | PHASE(FAILED));
	if (ret)
		return ret;
	if (command->refresh != PDCP_RRC_CHAIN)
		return pdcp_error_set(h, -EINVAL, "re-establishment has an NCC");
	/* TS 38.331 5.3.7.2: the source goes first. */
	if (rrc->phase == PDCP_RRC_SWITCHED) {
		ret = pdcp_rrc_source_release(h, rrc);
		if (ret)
			return ret;
	}
	ret = attempt(h, rrc, command, PDCP_RRC_REESTABLISHING);
	if (ret)
		return ret;
	old = rrc->source.set;
	pdcp_rrc_complete(rrc);
	ret = pdcp_rrc_save(h, rrc);
	if (ret)
		return ret;
	return pdcp_security_del(h, rrc->ifindex, rrc->ue, old);
}

static int bearer_remove(const struct pdcp_bearer_info *info, void *data)
{
	return pdcp_bearer_del(data, &info->id);
}

static int set_remove(const struct pdcp_security_info *info, void *data)
{
	return pdcp_security_del(data, info->ifindex, info->ue, info->set);
}

static int handover_end(struct pdcp *h, const struct pdcp_ue_info *info)
{
	switch (info->state) {
	case PDCP_HANDOVER_STATE_PREPARED:
		if (info->source_failed)
			return pdcp_daps_abort(h, info->ifindex, info->id);
		return pdcp_daps_fallback(h, info->ifindex, info->id);
	case PDCP_HANDOVER_STATE_SWITCHED:
		return pdcp_daps_release(h, info->ifindex, info->id);
	default:
		return 0;
	}
}

static int everything_remove(struct pdcp *h, const struct pdcp_rrc *rrc)
{
	const struct pdcp_bearer_id all = { .ifindex = rrc->ifindex, .ue = rrc->ue };
	struct pdcp_ue_info info;
	int ret;

	ret = pdcp_ue_get(h, rrc->ifindex, rrc->ue, &info);
	if (ret == -ENOENT)
		return 0;
	if (!ret)
		ret = handover_end(h, &info);
	if (!ret)
		ret = pdcp_bearer_list(h, &all, bearer_remove, h);
	if (!ret)
		ret = pdcp_security_list(h, rrc->ifindex, rrc->ue, set_remove, h);
	return ret;
}

int pdcp_rrc_release(struct pdcp *h, struct pdcp_rrc *rrc)
{
	pdcp_rrc_save_fn *save = rrc->save;
	void *data = rrc->data;
	int ret;

	ret = everything_remove(h, rrc);
	if (ret)
		return ret;
	explicit_bzero(rrc, sizeof(*rrc));
	rrc->save = save;
	rrc->data = data;
	return 0;
}
