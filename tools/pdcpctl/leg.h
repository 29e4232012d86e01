/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_LEG_H
#define _PDCPCTL_LEG_H

#include "args.h"
#include "output.h"

/* Take what follows "leg": exits if it is wrong or not complete. */
void leg_parse(struct args *args, struct pdcp_leg_config *leg);

/* Object of a leg, its state beside its configuration. */
json_t *leg_json(const struct pdcp_leg_info *info);

/* Object of a bearer with its legs, its state beside its configuration. */
json_t *bearer_json(struct ctl *ctl, const struct pdcp_bearer_info *info);

/* Lines of a leg. */
void leg_text(FILE *out, const json_t *leg);

/**
 * struct targets - Bearers that move
 * @target: bearers
 * @count: number of them
 * @leg_optional: whether a bearer may stay on the leg it has
 */
struct targets {
	struct pdcp_bearer_target target[4 + 32];
	size_t count;
	bool leg_optional;
};

/*
 * Take "{ srb | drb } N", "leg ...", or "action ..." if @action, for the bearer
 * named last; if one is next.
 */
bool targets_parse(struct args *args, struct targets *targets, bool action);

/* Exit unless there is a bearer, and the last one has its leg if it needs one. */
void targets_require(const struct targets *targets);

#endif /* _PDCPCTL_LEG_H */
