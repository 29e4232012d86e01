/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_RRCSTATE_H
#define _PDCPCTL_RRCSTATE_H

#include "pdcpctl.h"

/**
 * struct rrcstate - State of an RRC, in a file between one command and the next
 * @file: name of the file, which holds keys
 * @dev: name of the device
 * @exists: whether the file is there
 * @rrc: the state; secret
 */
struct rrcstate {
	const char *file;
	char dev[16];
	bool exists;
	struct pdcp_rrc *rrc;
};

/*
 * Empty state that will be saved as @file; exits if that is there. No other
 * command uses a state in the same folder until the program exits. To be called
 * after secret_begin(), as the next one.
 */
void rrcstate_new(struct rrcstate *state, const char *file);

/*
 * State of @file. Opens the handle and finds the device; exits if that fails or
 * the file holds no state.
 */
void rrcstate_load(struct ctl *ctl, struct rrcstate *state, const char *file);

/* Remove the file, and erase its octets. */
void rrcstate_remove(struct rrcstate *state);

#endif /* _PDCPCTL_RRCSTATE_H */
