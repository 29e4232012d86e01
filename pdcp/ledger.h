/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_LEDGER_H
#define _PDCP_LEDGER_H

#include <linux/list.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct netlink_ext_ack;

enum pdcp_ledger_limits {
	/* Of a UE; 33 bearers, two keys and two directions make 132 for each set of keys. */
	PDCP_LEDGER_ENTRIES = 4096,
};

/* What a key is for; equal values in two roles are two uses. */
enum pdcp_ledger_role {
	PDCP_LEDGER_ENC,
	PDCP_LEDGER_INT,
	__PDCP_LEDGER_ROLES,
};

/**
 * struct pdcp_fingerprint - stands for a key value
 * @word: two keyed hashes of it; the keys of the hash are random at every load and never leave
 *
 * Equal fingerprints mean equal keys; a fingerprint tells nothing of its key.
 */
struct pdcp_fingerprint {
	u64 word[2];
};

/**
 * struct pdcp_ledger - what each key value has protected at a UE
 * @entries: struct pdcp_ledger_entry
 * @n: how many
 * @numberings: how many numberings of entities were begun; see pdcp_ledger_begin()
 *
 * Under the device's lock.  It lives as long as the UE, whatever becomes of its sets.
 */
struct pdcp_ledger {
	struct list_head entries;
	unsigned int n;
	u32 numberings;
};

/**
 * struct pdcp_ledger_entry - use of one key value by one bearer in one direction
 * @list: in the ledger
 * @fingerprint: the key
 * @role: what it is for
 * @bearer: BEARER
 * @direction: of the entity; what we sent, or what we accepted
 * @users: legs that use the key for this now
 * @next: COUNT after the highest one used, raised when a leg goes
 * @numbering: that @next belongs to
 */
struct pdcp_ledger_entry {
	struct list_head list;
	struct pdcp_fingerprint fingerprint;
	enum pdcp_ledger_role role;
	u8 bearer;
	enum pdcp_direction direction;
	unsigned int users;
	u32 next;
	u32 numbering;
};

/**
 * struct pdcp_ledger_claim - the entries that a leg uses
 * @entry: by role and direction; NULL where there is no key (NEA0, NIA0)
 * @numbering: of the COUNTs that the leg uses
 */
struct pdcp_ledger_claim {
	struct pdcp_ledger_entry *entry[__PDCP_LEDGER_ROLES][2];
	u32 numbering;
};

/**
 * struct pdcp_ledger_use - what a leg is about to use a key for
 * @fingerprint: of the keys, by role; NULL where there is none
 * @bearer: BEARER
 * @numbering: of the COUNTs
 * @start: by direction, first COUNT that is new; PDCP_LEDGER_UNKNOWN if it is to be given later
 * @test_mode: record, but refuse nothing
 */
struct pdcp_ledger_use {
	const struct pdcp_fingerprint *fingerprint[__PDCP_LEDGER_ROLES];
	u8 bearer;
	u32 numbering;
	u64 start[2];
	bool test_mode;
};

#define PDCP_LEDGER_UNKNOWN	U64_MAX

void pdcp_ledger_init(void);
void pdcp_ledger_fingerprint(const u8 *key, struct pdcp_fingerprint *fingerprint);
void pdcp_ledger_destroy(struct pdcp_ledger *ledger);
u32 pdcp_ledger_begin(struct pdcp_ledger *ledger);

int pdcp_ledger_claim(struct pdcp_ledger *ledger, const struct pdcp_ledger_use *use,
		      struct pdcp_ledger_claim *claim, struct netlink_ext_ack *extack);
void pdcp_ledger_release(struct pdcp_ledger *ledger, struct pdcp_ledger_claim *claim,
			 u32 tx_next, u32 rx_next);
int pdcp_ledger_check(const struct pdcp_ledger_claim *claim, enum pdcp_direction direction,
		      u32 start, struct netlink_ext_ack *extack);

#endif /* _PDCP_LEDGER_H */
