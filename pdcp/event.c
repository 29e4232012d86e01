// SPDX-License-Identifier: GPL-2.0
#include "pdcp/event.h"

#include <kunit/visibility.h>
#include <linux/rcupdate.h>

static const struct pdcp_event_ops __rcu *event_ops;

/**
 * pdcp_event_set_ops - name who is told of events
 * @ops: callbacks, all of them given; NULL for nobody
 *
 * Process context; calls do not overlap.
 *
 * Return: the former ones, which run no more.
 */
const struct pdcp_event_ops *pdcp_event_set_ops(const struct pdcp_event_ops *ops)
{
	ops = rcu_replace_pointer(event_ops, ops, true);
	synchronize_rcu();
	return ops;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_event_set_ops);

/**
 * pdcp_event_handover - a handover has changed its state
 * @ue: whose, in its new state
 * @end: what led there
 */
void pdcp_event_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end)
{
	const struct pdcp_event_ops *ops;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		ops->handover(ue, end);
	rcu_read_unlock();
}

/**
 * pdcp_event_key - a key was refused
 * @ue: whose
 * @key: which, and why
 */
void pdcp_event_key(const struct pdcp_ue *ue, const struct pdcp_event_key *key)
{
	const struct pdcp_event_ops *ops;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		ops->key(ue, key);
	rcu_read_unlock();
}

/**
 * pdcp_event_integrity - a MAC-I did not verify (38.323 5.2.2.1)
 * @pdcp: device
 * @bearer: bearer, leg and COUNT
 */
void pdcp_event_integrity(struct pdcp_device *pdcp,
			  const struct pdcp_event_bearer *bearer)
{
	const struct pdcp_event_ops *ops;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		ops->integrity(pdcp, bearer);
	rcu_read_unlock();
}

/**
 * pdcp_event_count - another key is needed (33.501 6.9.4.1)
 * @pdcp: device
 * @bearer: bearer and COUNT
 * @direction: which of its COUNTs
 * @exhausted: none is left
 */
void pdcp_event_count(struct pdcp_device *pdcp,
		      const struct pdcp_event_bearer *bearer,
		      enum pdcp_direction direction, bool exhausted)
{
	const struct pdcp_event_ops *ops;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		ops->count(pdcp, bearer, direction, exhausted);
	rcu_read_unlock();
}

/**
 * pdcp_event_path - an Error Indication has come (29.281 7.3.1)
 * @pdcp: device
 * @teid: TEID that the peer does not know
 * @peer: its address
 */
void pdcp_event_path(struct pdcp_device *pdcp, u32 teid, const struct pdcp_address *peer)
{
	const struct pdcp_event_ops *ops;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		ops->path(pdcp, teid, peer);
	rcu_read_unlock();
}

/**
 * pdcp_event_sdu - an SDU for user space
 * @pdcp: device
 * @bearer: whose
 * @sdu: the caller's
 *
 * Return: 0, or -ENOMEM if whoever listens has not got it.
 */
int pdcp_event_sdu(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *sdu)
{
	const struct pdcp_event_ops *ops;
	int err = 0;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		err = ops->sdu(pdcp, bearer, sdu);
	rcu_read_unlock();
	return err;
}

/**
 * pdcp_event_pdu - a PDU for a leg in user space
 * @pdcp: device
 * @bearer: whose, and which leg
 * @pdu: the caller's
 *
 * Return: 0, or -ENOMEM if whoever listens has not got it.
 */
int pdcp_event_pdu(struct pdcp_device *pdcp,
		   const struct pdcp_event_bearer *bearer,
		   const struct sk_buff *pdu)
{
	const struct pdcp_event_ops *ops;
	int err = 0;

	rcu_read_lock();
	ops = rcu_dereference(event_ops);
	if (ops)
		err = ops->pdu(pdcp, bearer, pdu);
	rcu_read_unlock();
	return err;
}
