// SPDX-License-Identifier: GPL-2.0
#include "pdcp/ledger.h"

#include "netlink/nl.h"
#include "pdcp/device.h"
#include "pdcp/security.h"
#include "pdcp/ue.h"

static bool has_key(const struct pdcp_security *sec, const struct pdcp_ledger_entry *entry)
{
	const struct pdcp_fingerprint *fingerprint;

	fingerprint = pdcp_security_fingerprint(sec, pdcp_ledger_key(entry->type, entry->role));
	return fingerprint && pdcp_fingerprint_equal(fingerprint, &entry->fingerprint);
}

static int put_sets(struct sk_buff *skb, const struct pdcp_ue *ue,
		    const struct pdcp_ledger_entry *entry)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ue->sets); i++)
		if (ue->sets[i] && has_key(ue->sets[i], entry) &&
		    nla_put_u8(skb, PDCP_A_LEDGER_SET, ue->sets[i]->id))
			return -EMSGSIZE;
	return 0;
}

static int fill_entry(struct sk_buff *skb, const struct genl_info *info,
		      const struct pdcp_ue *ue, const struct pdcp_ledger_entry *entry)
{
	void *hdr = __genlmsg_iput(skb, info, NLM_F_MULTI);

	if (!hdr)
		return -EMSGSIZE;
	if (nla_put_u32(skb, PDCP_A_LEDGER_IFINDEX, ue->pdcp->dev->ifindex) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_UE_ID, ue->config.id) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_HANDLE, entry->handle) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_KEY, pdcp_ledger_key(entry->type, entry->role)) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_TYPE, entry->type) ||
	    nla_put_u8(skb, PDCP_A_LEDGER_ID, entry->id) ||
	    nla_put_u8(skb, PDCP_A_LEDGER_BEARER_INPUT, entry->bearer) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_DIRECTION, entry->direction) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_NEXT, entry->next) ||
	    nla_put_u32(skb, PDCP_A_LEDGER_LEGS, entry->users) ||
	    put_sets(skb, ue, entry)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/* From the first entry on that was not shown yet: the oldest come first. */
static int fill_entries(struct sk_buff *skb, const struct genl_info *info,
			const struct pdcp_ue *ue, struct pdcp_nl_dump *dump)
{
	const struct pdcp_ledger_entry *entry;
	int err;

	list_for_each_entry(entry, &ue->ledger.entries, list) {
		if (entry->serial < dump->next)
			continue;
		err = fill_entry(skb, info, ue, entry);
		if (err)
			return err;
		dump->next = entry->serial + 1;
	}
	return 0;
}

/**
 * pdcp_nl_ledger_get_dumpit - show what the keys of a UE have protected
 * @skb: reply
 * @cb: dump
 *
 * Return: 0, -EMSGSIZE when there are more, or another negative error.
 */
int pdcp_nl_ledger_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	const struct genl_info *info = genl_info_dump(cb);
	netdevice_tracker tracker;
	struct pdcp_device *pdcp;
	struct pdcp_ue *ue;
	int err;

	pdcp = pdcp_nl_device_lock(info, &tracker);
	if (IS_ERR(pdcp))
		return PTR_ERR(pdcp);

	ue = pdcp_nl_ue(pdcp, info);
	err = PTR_ERR_OR_ZERO(ue);
	if (!err) {
		pdcp_ue_note_use(ue);
		err = fill_entries(skb, info, ue, pdcp_nl_dump(cb));
	}
	pdcp_nl_device_unlock(pdcp, &tracker);
	return err;
}
