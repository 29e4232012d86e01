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
 * ledger takes them over when the leg goes.  As long as a leg has the key, other legs may have it
 * for the same numbering alone, in which an entity only goes on.
 */
#include "pdcp/ledger.h"

#include <linux/err.h>
#include <linux/moduleparam.h>
#include <linux/netlink.h>
#include <linux/random.h>
#include <linux/siphash.h>
#include <linux/slab.h>

static siphash_key_t secret[2] __ro_after_init;
static struct kmem_cache *entry_cache;	/* four entries or more for each bearer */

static unsigned int ledger_entries = PDCP_LEDGER_ENTRIES;
module_param(ledger_entries, uint, 0644);
MODULE_PARM_DESC(ledger_entries,
		 "Uses of keys remembered for each UE, after which others are refused (4096)");

/**
 * pdcp_ledger_init - choose the secret of the fingerprints, once, at load
 *
 * Return: 0 or -ENOMEM.
 */
int __init pdcp_ledger_init(void)
{
	get_random_bytes(secret, sizeof(secret));
	entry_cache = KMEM_CACHE(pdcp_ledger_entry, 0);
	return entry_cache ? 0 : -ENOMEM;
}

/**
 * pdcp_ledger_exit - no UE is left
 */
void pdcp_ledger_exit(void)
{
	kmem_cache_destroy(entry_cache);
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

/**
 * pdcp_ledger_begin - begin a numbering: an entity's COUNTs begin anew
 * @ledger: of its UE, whose device is locked
 *
 * Return: what stands for this numbering.
 */
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
		    pdcp_fingerprint_equal(&entry->fingerprint, fingerprint))
			return entry;
	return NULL;
}

/* What stands for a key outside: the same for all of its entries. */
static u32 handle_of(struct pdcp_ledger *ledger, const struct pdcp_fingerprint *fingerprint)
{
	const struct pdcp_ledger_entry *entry;

	list_for_each_entry(entry, &ledger->entries, list)
		if (pdcp_fingerprint_equal(&entry->fingerprint, fingerprint))
			return entry->handle;
	return ++ledger->handles;
}

static struct pdcp_ledger_entry *add(struct pdcp_ledger *ledger,
				     const struct pdcp_ledger_use *use,
				     enum pdcp_ledger_role role,
				     enum pdcp_direction direction,
				     struct netlink_ext_ack *extack)
{
	struct pdcp_ledger_entry *entry;

	if (ledger->n >= READ_ONCE(ledger_entries)) {
		NL_SET_ERR_MSG(extack, "the ledger of key use is full");
		return ERR_PTR(-ENOSPC);
	}
	entry = kmem_cache_zalloc(entry_cache, GFP_KERNEL);
	if (!entry)
		return ERR_PTR(-ENOMEM);
	entry->fingerprint = *use->fingerprint[role];
	entry->handle = handle_of(ledger, &entry->fingerprint);
	entry->serial = ++ledger->serials;
	entry->role = role;
	entry->type = use->type;
	entry->id = use->id;
	entry->bearer = use->bearer;
	entry->direction = direction;
	list_add_tail(&entry->list, &ledger->entries);
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
	kmem_cache_free(entry_cache, entry);
}

/* Remember the first conflict; the claim may be good for more than one. */
static void note_conflict(struct pdcp_ledger_conflict *conflict,
			  const struct pdcp_ledger_entry *entry, u64 start)
{
	if (conflict->found)
		return;
	*conflict = (struct pdcp_ledger_conflict){
		.found = true,
		.role = entry->role,
		.direction = entry->direction,
		.start = start,
		.next = entry->next,
		.handle = entry->handle,
	};
}

static int check(const struct pdcp_ledger_entry *entry, u64 start,
		 struct pdcp_ledger_conflict *conflict, struct netlink_ext_ack *extack)
{
	if (start >= entry->next)
		return 0;
	note_conflict(conflict, entry, start);
	NL_SET_ERR_MSG_FMT(extack, "the key has protected COUNTs up to %u %s here already",
			   entry->next - 1,
			   entry->direction == PDCP_DIRECTION_TX ? "sent" : "received");
	return -EKEYREJECTED;
}

/* What legs use under the key now is not in @next yet: they must be of the same numbering. */
static int check_users(const struct pdcp_ledger_entry *entry, const struct pdcp_ledger_use *use,
		       struct pdcp_ledger_conflict *conflict, struct netlink_ext_ack *extack)
{
	if (!entry->users || entry->live == use->numbering)
		return 0;
	note_conflict(conflict, entry, use->start[entry->direction]);
	NL_SET_ERR_MSG_FMT(extack, "the key protects other COUNTs %s here now",
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
		     struct pdcp_ledger_claim *claim, struct pdcp_ledger_conflict *conflict,
		     struct netlink_ext_ack *extack)
{
	struct pdcp_ledger_entry *entry;
	int err;

	if (!use->fingerprint[role] || !use->uses[direction])
		return 0;
	entry = find(ledger, use->fingerprint[role], role, use->bearer, direction);
	if (entry) {
		err = check_users(entry, use, conflict, extack) ?:
		      check(entry, goes_on(entry, use) ? use->start[direction] : 0, conflict,
			    extack);
		if (err && !use->test_mode)
			return err;
	} else {
		entry = add(ledger, use, role, direction, extack);
		if (IS_ERR(entry))
			return PTR_ERR(entry);
	}
	entry->users++;
	entry->live = use->numbering;
	claim->entry[role][direction] = entry;
	return 0;
}

/**
 * pdcp_ledger_claim - begin to use a key
 * @ledger: ledger; the device is locked
 * @use: which keys, for what, from which COUNTs on
 * @claim: result, zeroed by the caller
 * @conflict: the first thing that would repeat, also where test mode lets it; likewise
 * @extack: why not
 *
 * Return: 0, -EKEYREJECTED if a key protected a COUNT at or above the first one, -ENOSPC if the
 * ledger is full, which refuses rather than forgets, -ENOMEM; then nothing is claimed.
 */
int pdcp_ledger_claim(struct pdcp_ledger *ledger, const struct pdcp_ledger_use *use,
		      struct pdcp_ledger_claim *claim, struct pdcp_ledger_conflict *conflict,
		      struct netlink_ext_ack *extack)
{
	enum pdcp_ledger_role role;
	int direction, err;

	claim->numbering = use->numbering;
	for (role = 0; role < __PDCP_LEDGER_ROLES; role++) {
		for (direction = 0; direction < 2; direction++) {
			err = claim_one(ledger, use, role, direction, claim, conflict, extack);
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
 * pdcp_ledger_note - take over what a leg has used
 * @claim: its entries; the device is locked
 * @tx_next: COUNT after the highest one sent
 * @rx_next: COUNT after the highest one accepted
 */
void pdcp_ledger_note(struct pdcp_ledger_claim *claim, u32 tx_next, u32 rx_next)
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

			if (!entry || next[direction] <= entry->next)
				continue;
			entry->next = next[direction];
			entry->numbering = claim->numbering;
		}
	}
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
	enum pdcp_ledger_role role;
	int direction;

	pdcp_ledger_note(claim, tx_next, rx_next);
	for (role = 0; role < __PDCP_LEDGER_ROLES; role++) {
		for (direction = 0; direction < 2; direction++) {
			if (claim->entry[role][direction])
				put(ledger, claim->entry[role][direction]);
			claim->entry[role][direction] = NULL;
		}
	}
}

/**
 * pdcp_ledger_check - whether a direction may begin at a COUNT that is given later
 * @claim: entries of the leg
 * @direction: which
 * @start: first COUNT
 * @conflict: the first thing that would repeat, zeroed by the caller
 * @extack: why not
 *
 * Return: 0 or -EKEYREJECTED.
 */
int pdcp_ledger_check(const struct pdcp_ledger_claim *claim, enum pdcp_direction direction,
		      u32 start, struct pdcp_ledger_conflict *conflict,
		      struct netlink_ext_ack *extack)
{
	enum pdcp_ledger_role role;
	int err = 0;

	for (role = 0; role < __PDCP_LEDGER_ROLES && !err; role++)
		if (claim->entry[role][direction])
			err = check(claim->entry[role][direction], start, conflict, extack);
	return err;
}

/**
 * pdcp_ledger_has_role - whether a key was another one of a set before
 * @ledger: ledger; the device is locked
 * @fingerprint: the key
 * @but: which one it is now
 *
 * Return: whether it was.
 */
bool pdcp_ledger_has_role(const struct pdcp_ledger *ledger,
			  const struct pdcp_fingerprint *fingerprint, enum pdcp_key_role but)
{
	const struct pdcp_ledger_entry *entry;

	list_for_each_entry(entry, &ledger->entries, list)
		if (pdcp_ledger_key(entry->type, entry->role) != but &&
		    pdcp_fingerprint_equal(&entry->fingerprint, fingerprint))
			return true;
	return false;
}

/**
 * pdcp_ledger_destroy - free what a ledger remembers
 * @ledger: of a UE that goes, as all legs have
 */
void pdcp_ledger_destroy(struct pdcp_ledger *ledger)
{
	struct pdcp_ledger_entry *entry, *tmp;

	list_for_each_entry_safe(entry, tmp, &ledger->entries, list)
		kmem_cache_free(entry_cache, entry);
}
