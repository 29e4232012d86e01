/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A UE on a device of its own, whose PDUs and SDUs for user space are caught as the events that
 * they are.
 */
#ifndef _PDCP_TESTS_BED_H
#define _PDCP_TESTS_BED_H

#include <kunit/test.h>

#include "pdcp/event.h"
#include "pdcp/ledger.h"
#include "pdcp/leg.h"

struct daps_context;
struct netlink_ext_ack;
struct pdcp_device;
struct pdcp_entity;
struct pdcp_entity_config;
struct pdcp_ue;

enum { CAUGHT = 64, SET_SOURCE = 0, SET_TARGET = 1 };

struct caught {
	struct pdcp_event_bearer bearer;
	u32 len;
	u8 octets[128];
};

/*
 * What the events of the only case that runs brought.  Integrity events are counted, and the
 * last one remembered; limits by direction, and whether COUNT is exhausted.  Of refused keys the
 * last one is remembered.  @deaf is for the case to set: no PDU or SDU can be told of.
 */
struct seen {
	bool deaf;
	unsigned int pdus, sdus, failures;
	struct pdcp_event_bearer failed;
	unsigned int limits[2][2];
	unsigned int refusals;
	struct pdcp_event_key refusal;
	struct pdcp_ledger_conflict conflict;
	struct caught pdu[CAUGHT];
	struct caught sdu[CAUGHT];
};

extern struct seen seen;

struct bed {
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	const struct pdcp_event_ops *ops;
};

extern const struct pdcp_leg_config user_leg;

/* init and exit of a suite; test->priv is the bed. */
int bed_init(struct kunit *test);
void bed_exit(struct kunit *test);

struct pdcp_device *bed_device(struct kunit *test);
struct pdcp_ue *bed_ue(struct kunit *test, u32 id, enum pdcp_role role);
struct pdcp_ue *bed_test_ue(struct kunit *test, u32 id, enum pdcp_role role, bool test_mode);
void bed_install(struct kunit *test, struct pdcp_ue *ue, u8 set,
		 const struct daps_context *context);
struct pdcp_entity *bed_bearer(struct kunit *test, struct pdcp_ue *ue,
			       const struct pdcp_entity_config *config,
			       const struct pdcp_leg_config *leg);
struct pdcp_entity *bed_split_bearer(struct kunit *test, struct pdcp_ue *ue,
				     const struct pdcp_entity_config *config,
				     const struct pdcp_leg_config *legs, unsigned int nlegs,
				     bool duplicate);
struct pdcp_entity_config bed_config(enum pdcp_bearer_type type, enum pdcp_mode mode,
				     u8 sn_bits);
void bed_send(struct kunit *test, struct pdcp_entity *e, const char *hex);
void bed_send_octets(struct kunit *test, struct pdcp_entity *e, const u8 *octets, size_t len);
void bed_receive(struct kunit *test, struct pdcp_entity *e, u8 slot, const u8 *octets,
		 size_t len);

/* Bearer 1 of the latest UE, with a leg in user space. */
struct pdcp_entity *bed_add(struct kunit *test, enum pdcp_bearer_type type,
			    enum pdcp_mode mode, u8 sn_bits);
void bed_receive_hex(struct kunit *test, struct pdcp_entity *e, u8 slot, const char *hex);
void bed_expect_pdu(struct kunit *test, unsigned int i, enum pdcp_leg_role role,
		    u32 count, const char *hex);
int bed_start(struct bed *bed, enum pdcp_bearer_type type, u8 set);
int bed_verb(struct bed *bed, int (*fn)(struct pdcp_ue *, struct netlink_ext_ack *));
struct pdcp_entity *bed_srb(struct bed *bed, enum pdcp_leg_role role);
int bed_reestablish(struct bed *bed, enum pdcp_bearer_type type, u8 set);
int bed_recover(struct bed *bed, bool has_leg);
int bed_all(struct bed *bed, int (*fn)(struct pdcp_ue *ue, struct pdcp_entity *only,
				       struct netlink_ext_ack *extack));

#endif /* _PDCP_TESTS_BED_H */
