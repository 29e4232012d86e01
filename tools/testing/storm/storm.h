/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A UE that is handed over again and again between two gNBs, under numbered traffic.
 *
 * Namespace "ue" has device pdcp0, namespace "gnb" has pdcp0 and pdcp1, a gNB each.  Links eth0
 * (first gNB) and eth1 (second) carry the AM bearer and the SRB, eth2 and eth3 the UM bearer
 * alone, so that what a link has lost of it is known exactly.
 */
#ifndef _STORM_H
#define _STORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "libpdcp/pdcp.h"

struct mnl_socket;

enum end { UE, GNB, SIDES };

enum {
	CELLS = 2,
	DRB_AM = 1,
	DRB_UM = 2,
	DRBS = 2,
	STREAMS = 2 * DRBS,
	LINKS = 2 * CELLS,
	UE_ID = 1,
	KEPT = 4096,		/* SDUs that a gNB may have to forward */
};

/**
 * struct stream - numbered datagrams of one direction on one DRB
 * @to: which end receives
 * @drb: DRB_AM or DRB_UM
 * @tx: socket to send with; of the gNB one on each device
 * @rx: socket to receive with
 * @sent: datagrams sent: numbers 0 to @sent - 1
 * @received: those that came
 * @next: number that is due
 * @lost: numbers that were passed over
 * @before: @received when the gNB that delivers now began to
 */
struct stream {
	enum end to;
	unsigned int drb;
	int tx[CELLS];
	int rx;
	uint32_t sent;
	uint32_t received;
	uint32_t next;
	uint32_t lost;
	uint32_t before;
};

/**
 * struct storm - everything
 * @netns: name of each namespace
 * @h: handle in each
 * @route: rtnetlink socket in each
 * @device: interface of the UE's device, and of each gNB's
 * @link: interface of each link, by side
 * @marker: socket that sends markers through each link, by side
 * @marked: socket that receives those of the other side
 * @markers: markers sent to UM links
 * @markers_came: those that came
 * @stream: uplink and downlink of each DRB
 * @serving: gNB that the UE is connected to
 * @downlink: gNB that sends
 * @set: security set in use
 * @generation: counts sets of legs, whose TEIDs it makes unique
 * @handover: a handover is under way at the UE
 * @drops: drops of UM bearers that are gone, by reason
 * @ends: handover events of the UE, by what led to them
 * @interval: microseconds between two datagrams of a stream
 * @due: when the next one is
 * @mended: when unconfirmed SDUs were last sent again
 * @mend_at: what had been received on AM then, by side
 * @moved: when an AM stream last moved
 * @integrity: PDUs that did not verify, at gNBs that are gone
 * @verbose: tell what is done
 */
struct storm {
	const char *netns[SIDES];
	struct pdcp *h[SIDES];
	struct mnl_socket *route[SIDES];
	uint32_t device[SIDES][CELLS];
	uint32_t link[SIDES][LINKS];
	int marker[SIDES][LINKS];
	int marked[SIDES][LINKS];
	uint32_t markers;
	uint32_t markers_came;
	struct stream stream[STREAMS];
	unsigned int serving;
	unsigned int downlink;
	uint8_t set;
	uint32_t generation;
	bool handover;
	struct pdcp_drops drops;
	unsigned int ends[16];
	uint64_t interval;
	uint64_t due;
	uint64_t mended;
	uint32_t mend_at[SIDES];
	uint64_t moved;
	uint64_t integrity;
	bool verbose;
};

/* main.c: say what was wrong, and end. */
__attribute__((format(printf, 2, 3), noreturn))
void die(struct storm *s, const char *fmt, ...);
void need(struct storm *s, enum end side, int ret, const char *what);
unsigned int dice(unsigned int sides);
uint64_t now_us(void);

/* net.c */
int net_enter(const char *name);
void net_leave(int here);
int net_socket(struct storm *s, const char *bind_to, const char *device, uint32_t mark,
	       uint16_t port);
void net_links(struct storm *s, enum end side);
void net_drain(struct storm *s, enum end side, unsigned int link);
uint64_t net_queued(struct storm *s, enum end side, unsigned int link, uint64_t *drops);

/* traffic.c */
void traffic_open(struct storm *s);
void traffic_send(struct storm *s, struct stream *stream, uint32_t number);
void traffic_take(struct storm *s);
void traffic_run(struct storm *s, unsigned int ms);
void traffic_until(struct storm *s, bool (*done)(struct storm *s, void *data), void *data,
		   const char *what);
struct stream *traffic_stream(struct storm *s, enum end to, unsigned int drb);

/* cell.c */
extern const char *const cell_addr[LINKS][SIDES];

void cell_leg(struct storm *s, enum end side, unsigned int cell, unsigned int bearer,
	      struct pdcp_leg_config *leg);
void cell_keys(struct storm *s, enum end side, unsigned int cell, uint8_t set);
void cell_targets(struct storm *s, enum end side, unsigned int cell,
		  struct pdcp_bearer_target *targets);
void cell_attach(struct storm *s);
void cell_prepare(struct storm *s, unsigned int cell);
void cell_leave(struct storm *s, unsigned int cell);
void cell_bearer(struct storm *s, enum end side, unsigned int cell, unsigned int drb,
		 struct pdcp_bearer_info *info);
void cell_recover(struct storm *s, enum end side, unsigned int cell);
void cell_dump(struct storm *s);
uint64_t cell_strays(struct storm *s);
void cell_drops(struct storm *s, enum end side, unsigned int cell);

enum { BEARERS = 3 };		/* SRB1, DRB_AM, DRB_UM */

/* handover.c: steps of a handover. */
void handover_start(struct storm *s, uint32_t t304);
void handover_drain(struct storm *s, enum end side, unsigned int cell);
void handover_transfer(struct storm *s, bool forward);
void handover_release(struct storm *s);
void handover_lost(struct storm *s);
enum pdcp_handover_state handover_state(struct storm *s);

/* outcome.c */
enum outcome {
	OUTCOME_SUCCESS,
	OUTCOME_FORWARD,
	OUTCOME_FALLBACK,
	OUTCOME_SOURCE_FAILED,
	OUTCOME_GUARD,
	OUTCOME_KILLED,
	OUTCOME_BOTH_FAILED,
	OUTCOMES,
};

extern const char *const outcome_names[OUTCOMES];
void outcome_run(struct storm *s, enum outcome outcome);

/* level.c */

/**
 * struct level - what the machine holds
 * @available: KiB that are there: MemAvailable, and what processors keep at hand
 * @slab: SUnreclaim in KiB
 */
struct level {
	long available;
	long slab;
};

void level_read(struct level *level);
int level_open(void);
void level_log(struct storm *s, int fd);
bool level_report(struct storm *s);

#endif /* _STORM_H */
