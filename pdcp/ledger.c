// SPDX-License-Identifier: GPL-2.0
/*
 * Ledger of key use.  Deriving the keys of a target again after a fallback gives the same keys,
 * and its SRBs begin at COUNT 0 each time: the keystream would repeat.  So what a key value has
 * protected is remembered for as long as the UE lives, by bearer and direction, and the key is
 * refused where it would begin below that.
 *
 * Within one numbering a COUNT is one SDU for ever: what is sent again under a key that has
 * protected it is the same octets, and what was accepted is not accepted again.  Once COUNTs have
 * begun at 0 again that is over, however high they are by now: what is not confirmed, or missing,
 * may be lower.  A key that was used before is then refused.
 *
 * A leg counts the COUNTs that it uses, under the entity's locks and before they are used; the
 * ledger takes them over when the leg goes.  As long as a leg has the key, its entity only goes on.
 */
#include "pdcp/ledger.h"

#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/slab.h>

static siphash_key_t secret[2] __ro_after_init;

/* Once, at load. */
void __init pdcp_ledger_init(void)
{
	get_random_bytes(secret, sizeof(secret));
}

/**
 * pdcp_ledger_fingerprint - what stands for a key in the ledger
 * @key: PDCP_KEY_LEN octets
 * @fingerprint: result
 */
void pdcp_ledger_fingerprint(const u8 *key, struct pdcp_fingerprint *fingerprint)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(secret); i++)
		fingerprint->word[i] = siphash(key, PDCP_KEY_LEN, &secret[i]);
}

/* An entity's COUNTs begin anew: what stands for this numbering; the device is locked. */
u32 pdcp_ledger_begin(struct pdcp_ledger *ledger)
{
	return ++ledger->numberings;
}

static struct pdcp_ledger_entry *find(struct pdcp_ledger *ledger,
				      const struct pdcp_fingerprint *fingerprint,
				      enum pdcp_ledger_role role, u8 bearer,
				      enum pdcp_direction direction)
{
	struct pdcp_ledger_entry *entry;

	list_for_each_entry(entry, &ledger->entries, list)
		if (entry->role == role && entry->bearer == bearer &&
		    entry->direction == direction &&
		    !memcmp(&entry->fingerprint, fingerprint, sizeof(*fingerprint)))
			return entry;
	return NULL;
}

static struct pdcp_ledger_entry *add(struct pdcp_ledger *ledger,
				     const struct pdcp_fingerprint *fingerprint,
				     enum pdcp_ledger_role role, u8 bearer,
				     enum pdcp_direction direction)
{
	struct pdcp_ledger_entry *entry;

	if (ledger->n >= PDCP_LEDGER_ENTRIES)
		return NULL;
	entry = kzalloc(sizeof(*entry), GFP_KERNEL);
	if (!entry)
		return NULL;
	entry->fingerprint = *fingerprint;
	entry->role = role;
	entry->bearer = bearer;
	entry->direction = direction;
	list_add(&entry->list, &ledger->entries);
	ledger->n++;
	return entry;
}

/* A key that protected nothing may come again: its entry goes with its last user. */
static void put(struct pdcp_ledger *ledger, struct pdcp_ledger_entry *entry)
{
	if (--entry->users || entry->next)
		return;
	list_del(&entry->list);
	ledger->n--;
	kfree(entry);
}

static int check(const struct pdcp_ledger_entry *entry, u64 start,
		 struct netlink_ext_ack *extack)
{
	if (start >= entry->next)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "the key has protected COUNTs up to %u %s here already",
			   entry->next - 1,
			   entry->direction == PDCP_DIRECTION_TX ? "sent" : "received");
	return -EKEYREJECTED;
}

/* Whether all that a leg may do with a key is new, or the same as before. */
static bool goes_on(const struct pdcp_ledger_entry *entry, const struct pdcp_ledger_use *use)
{
	return use->start[entry->direction] == PDCP_LEDGER_UNKNOWN ||
	       entry->numbering == use->numbering;
}

static int claim_one(struct pdcp_ledger *ledger, const struct pdcp_ledger_use *use,
		     enum pdcp_ledger_role role, enum pdcp_direction direction,
		     struct pdcp_ledger_entry **claimed, struct netlink_ext_ack *extack)
{
	const struct pdcp_fingerprint *fingerprint = use->fingerprint[role];
	struct pdcp_ledger_entry *entry;
	int err;

	if (!fingerprint)
		return 0;
	entry = find(ledger, fingerprint, role, use->bearer, direction);
	if (entry && !use->test_mode) {
		err = check(entry, goes_on(entry, use) ? use->start[direction] : 0, extack);
		if (err)
			return err;
	}
	entry = entry ?: add(ledger, fingerprint, role, use->bearer, direction);
	if (!entry) {
		NL_SET_ERR_MSG(extack, "the ledger of key use is full");
		return -ENOSPC;
	}
	entry->users++;
	*claimed = entry;
	return 0;
}

/**
 * pdcp_ledger_claim - begin to use a key
 * @ledger: ledger; the device is locked
 * @use: which keys, for what, from which COUNTs on
 * @claim: result, zeroed by the caller
 * @extack: why not
 *
 * Return: 0, -EKEYREJECTED if a key protected a COUNT at or above the first one, -ENOSPC if the
 * ledger is full, which refuses rather than forgets; then nothing is claimed.
 */
int pdcp_ledger_claim(struct pdcp_ledger *ledger, const struct pdcp_ledger_use *use,
		      struct pdcp_ledger_claim *claim, struct netlink_ext_ack *extack)
{
	enum pdcp_ledger_role role;
	int direction, err;

	claim->numbering = use->numbering;
	for (role = 0; role < __PDCP_LEDGER_ROLES; role++) {
		for (direction = 0; direction < 2; direction++) {
			err = claim_one(ledger, use, role, direction,
					&claim->entry[role][direction], extack);
			if (err)
				goto err;
		}
	}
	return 0;

err:
	pdcp_ledger_release(ledger, claim, 0, 0);
	return err;
}

/**
 * pdcp_ledger_release - a leg goes: remember what it used
 * @ledger: ledger; the device is locked
 * @claim: its entries
 * @tx_next: COUNT after the highest one sent
 * @rx_next: COUNT after the highest one accepted
 */
void pdcp_ledger_release(struct pdcp_ledger *ledger, struct pdcp_ledger_claim *claim,
			 u32 tx_next, u32 rx_next)
{
	const u32 next[2] = {
		[PDCP_DIRECTION_TX] = tx_next,
		[PDCP_DIRECTION_RX] = rx_next,
	};
	enum pdcp_ledger_role role;
	int direction;

	for (role = 0; role < __PDCP_LEDGER_ROLES; role++) {
		for (direction = 0; direction < 2; direction++) {
			struct pdcp_ledger_entry *entry = claim->entry[role][direction];

			if (!entry)
				continue;
			if (next[direction] > entry->next) {
				entry->next = next[direction];
				entry->numbering = claim->numbering;
			}
			put(ledger, entry);
			claim->entry[role][direction] = NULL;
		}
	}
}

/**
 * pdcp_ledger_check - whether a direction may begin at a COUNT that is given later
 * @claim: entries of the leg
 * @direction: which
 * @start: first COUNT
 * @extack: why not
 *
 * Return: 0 or -EKEYREJECTED.
 */
int pdcp_ledger_check(const struct pdcp_ledger_claim *claim, enum pdcp_direction direction,
		      u32 start, struct netlink_ext_ack *extack)
{
	enum pdcp_ledger_role role;
	int err = 0;

	for (role = 0; role < __PDCP_LEDGER_ROLES && !err; role++)
		if (claim->entry[role][direction])
			err = check(claim->entry[role][direction], start, extack);
	return err;
}

/* The UE goes, and all legs have. */
void pdcp_ledger_destroy(struct pdcp_ledger *ledger)
{
	struct pdcp_ledger_entry *entry, *tmp;

	list_for_each_entry_safe(entry, tmp, &ledger->entries, list)
		kfree(entry);
}
