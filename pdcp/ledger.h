/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_LEDGER_H
#define _PDCP_LEDGER_H

#include <linux/list.h>
#include <linux/types.h>

#include <uapi/linux/pdcp.h>

struct netlink_ext_ack;

enum pdcp_ledger_limits {
	/* Of a UE; 36 bearers, two keys and two directions make 144 for each set of keys. */
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
 * @entries: struct pdcp_ledger_entry, ascending serial number
 * @n: how many
 * @numberings: how many numberings of entities were begun; see pdcp_ledger_begin()
 * @serials: how many entries there have been
 * @handles: how many key values there have been
 *
 * Under the device's lock.  It lives as long as the UE, whatever becomes of its sets.
 */
struct pdcp_ledger {
	struct list_head entries;
	unsigned int n;
	u32 numberings;
	u32 serials;
	u32 handles;
};

/**
 * struct pdcp_ledger_entry - use of one key value by one bearer in one direction
 * @list: in the ledger
 * @fingerprint: the key
 * @serial: stands for the entry
 * @handle: stands for the key outside of the kernel; says nothing of it
 * @role: what it is for
 * @type: SRB or DRB, which take different keys
 * @id: RB identity
 * @bearer: BEARER
 * @direction: of the entity; what we sent, or what we accepted
 * @users: legs that use the key for this now
 * @live: numbering that these legs use
 * @next: COUNT after the highest one used, raised when a leg goes
 * @numbering: that @next belongs to
 */
struct pdcp_ledger_entry {
	struct list_head list;
	struct pdcp_fingerprint fingerprint;
	u32 serial;
	u32 handle;
	enum pdcp_ledger_role role;
	u8 type;
	u8 id;
	u8 bearer;
	enum pdcp_direction direction;
	unsigned int users;
	u32 live;
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
 * @type: SRB or DRB
 * @id: RB identity
 * @bearer: BEARER
 * @numbering: of the COUNTs
 * @uses: by direction, whether the bearer has it
 * @start: by direction, first COUNT that is new; PDCP_LEDGER_UNKNOWN if it is to be given later
 * @test_mode: record, but refuse nothing
 */
struct pdcp_ledger_use {
	const struct pdcp_fingerprint *fingerprint[__PDCP_LEDGER_ROLES];
	u8 type;
	u8 id;
	u8 bearer;
	u32 numbering;
	bool uses[2];
	u64 start[2];
	bool test_mode;
};

#define PDCP_LEDGER_UNKNOWN	U64_MAX

/**
 * struct pdcp_ledger_conflict - what a key would protect again
 * @found: there is one
 * @role: what the key is for
 * @direction: of the entity
 * @start: first COUNT that was asked for
 * @next: first COUNT that the key has not protected
 * @handle: of the key
 */
struct pdcp_ledger_conflict {
	bool found;
	enum pdcp_ledger_role role;
	enum pdcp_direction direction;
	u64 start;
	u32 next;
	u32 handle;
};

/* Which of the four keys of a set it is (33.501 A.8). */
static inline enum pdcp_key_role pdcp_ledger_key(enum pdcp_bearer_type type,
						 enum pdcp_ledger_role role)
{
	if (type == PDCP_BEARER_TYPE_SRB)
		return role == PDCP_LEDGER_ENC ? PDCP_KEY_ROLE_RRC_ENC : PDCP_KEY_ROLE_RRC_INT;
	return role == PDCP_LEDGER_ENC ? PDCP_KEY_ROLE_UP_ENC : PDCP_KEY_ROLE_UP_INT;
}

static inline bool pdcp_fingerprint_equal(const struct pdcp_fingerprint *a,
					  const struct pdcp_fingerprint *b)
{
	return a->word[0] == b->word[0] && a->word[1] == b->word[1];
}

int pdcp_ledger_init(void);
void pdcp_ledger_exit(void);
void pdcp_ledger_fingerprint(const u8 *key, struct pdcp_fingerprint *fingerprint);
void pdcp_ledger_destroy(struct pdcp_ledger *ledger);
u32 pdcp_ledger_begin(struct pdcp_ledger *ledger);

int pdcp_ledger_claim(struct pdcp_ledger *ledger, const struct pdcp_ledger_use *use,
		      struct pdcp_ledger_claim *claim, struct pdcp_ledger_conflict *conflict,
		      struct netlink_ext_ack *extack);
void pdcp_ledger_note(struct pdcp_ledger_claim *claim, u32 tx_next, u32 rx_next);
void pdcp_ledger_release(struct pdcp_ledger *ledger, struct pdcp_ledger_claim *claim,
			 u32 tx_next, u32 rx_next);
int pdcp_ledger_check(const struct pdcp_ledger_claim *claim, enum pdcp_direction direction,
		      u32 start, struct pdcp_ledger_conflict *conflict,
		      struct netlink_ext_ack *extack);
bool pdcp_ledger_has_role(const struct pdcp_ledger *ledger,
			  const struct pdcp_fingerprint *fingerprint, enum pdcp_key_role but);

#endif /* _PDCP_LEDGER_H */
