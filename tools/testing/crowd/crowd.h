/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Many UEs of four DRBs that hand over between two gNBs at the same time, under numbered traffic.
 *
 * Namespace "ue" has device pdcp0 with all UEs, namespace "gnb" has pdcp0 and pdcp1, a gNB each.
 * Workers are threads with handles of their own, each for its share of the UEs; the main thread
 * sends and receives.  Links lose nothing, so that every datagram has to come, in its turn.
 */
#ifndef _CROWD_H
#define _CROWD_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libpdcp/pdcp.h"

enum end { UE, GNB, SIDES };

enum {
	CELLS = 2,
	DRBS = 4,
	WORKERS_MAX = 16,
	CROWD_MAX = 60000,	/* addresses of 10.45.0.0/16 */
};

/**
 * enum outcome - part of a UE in a round
 * @OUTCOME_NONE: it stays where it is
 * @OUTCOME_SUCCESS: switch and release
 * @OUTCOME_FALLBACK: by request
 * @OUTCOME_GUARD: by the guard, whenever it expires
 * @OUTCOMES: number of them
 */
enum outcome {
	OUTCOME_NONE,
	OUTCOME_SUCCESS,
	OUTCOME_FALLBACK,
	OUTCOME_GUARD,
	OUTCOMES,
};

/**
 * struct stream - numbered datagrams of one direction on one DRB of a UE
 * @sent: datagrams sent: numbers 0 to @sent - 1
 * @received: those that came, each in its turn
 */
struct stream {
	atomic_uint sent;
	atomic_uint received;
};

/**
 * struct member - a UE
 * @lock: held to send for it, and while what is sent moves to another leg
 * @index: its place in the crowd
 * @quiet: nothing is ever sent for it, and it never hands over
 * @outcome: its part in this round
 * @cell: gNB that serves it
 * @downlink: gNB that sends
 * @set: security set in use
 * @generation: of its legs and keys, which are all different
 * @latest: generation that was last given away
 * @stream: by the end that receives
 * @before: bearers of a quiet one at both ends
 */
struct member {
	pthread_mutex_t lock;
	uint32_t index;
	bool quiet;
	enum outcome outcome;
	unsigned int cell;
	unsigned int downlink;
	uint8_t set;
	uint32_t generation;
	uint32_t latest;
	struct stream stream[SIDES][DRBS];
	struct pdcp_bearer_info *before;
};

struct worker;

/**
 * struct crowd - everything
 * @netns: name of each namespace
 * @device: interface of the UEs' device, and of each gNB's
 * @members: the UEs
 * @count: number of them
 * @workers: number of threads
 * @turn: workers and the main thread begin and end each phase together
 * @phase: what a worker does with each of its UEs in this phase
 * @done: workers that have done so
 * @under_way: UEs that were found in a handover
 * @ends: handovers that ended, by outcome
 * @lots: state of the lots of the main thread
 * @interval: microseconds between two datagrams
 * @due: when the next one is
 * @rx: socket that receives, by side
 * @tx: sockets that send on a DRB, by side and by device
 */
struct crowd {
	const char *netns[SIDES];
	uint32_t device[SIDES][CELLS];
	struct member *members;
	unsigned int count;
	unsigned int workers;
	pthread_barrier_t turn;
	void (*phase)(struct worker *w, struct member *m);
	atomic_uint done;
	atomic_uint under_way;
	atomic_uint ends[OUTCOMES];
	uint64_t lots;
	uint64_t interval;
	uint64_t due;
	int rx[SIDES];
	int tx[SIDES][CELLS][DRBS];
};

/**
 * struct worker - a thread
 * @crowd: all
 * @number: of this one
 * @h: handle at each end
 * @lots: state of its lots
 */
struct worker {
	struct crowd *crowd;
	unsigned int number;
	struct pdcp *h[SIDES];
	uint64_t lots;
};

/* main.c: say what was wrong, and end. */
__attribute__((format(printf, 2, 3), noreturn))
void die(const struct member *m, const char *fmt, ...);
void need(struct worker *w, const struct member *m, enum end side, int ret, const char *what);
uint64_t now_us(void);

/* member.c */
uint32_t member_address(const struct member *m);
void member_leg(const struct crowd *c, const struct member *m, enum end side, unsigned int cell,
		uint32_t generation, unsigned int drb, struct pdcp_leg_config *leg);
void member_keys(struct worker *w, const struct member *m, enum end side, unsigned int cell,
		 uint8_t set, uint32_t generation);
void member_add(struct worker *w, const struct member *m, enum end side, unsigned int cell,
		uint8_t set, uint32_t generation, bool hold);
void member_attach(struct worker *w, struct member *m);
void member_leave(struct worker *w, struct member *m);

/* handover.c: phases of a round. */
void handover_start(struct worker *w, struct member *m);
void handover_check(struct worker *w, struct member *m);
void handover_finish(struct worker *w, struct member *m);

/* look.c: what is to be seen of a UE. */
void look_before(struct worker *w, struct member *m);
void look(struct worker *w, struct member *m);
void look_settled(struct worker *w, struct member *m);

/* traffic.c */
void traffic_open(struct crowd *c);
void traffic_turn(struct crowd *c, bool send);
void traffic_run(struct crowd *c, unsigned int ms);
void traffic_settle(struct crowd *c);
void traffic_wait(struct member *m, enum end to, const uint32_t marks[DRBS], const char *what);
void traffic_marks(struct member *m, enum end to, uint32_t marks[DRBS]);

#endif /* _CROWD_H */
