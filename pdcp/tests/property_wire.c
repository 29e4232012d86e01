// SPDX-License-Identifier: GPL-2.0
#include "pdcp/tests/property_wire.h"

/* Of the only case that runs. */
struct wire wire;

static void catch(struct sk_buff_head *list, const struct pdcp_event_bearer *bearer,
		  const struct sk_buff *skb)
{
	struct sk_buff *copy = skb_clone((struct sk_buff *)skb, GFP_ATOMIC);

	if (WARN_ON_ONCE(!copy))
		return;
	*wire_bearer(copy) = *bearer;
	__skb_queue_tail(list, copy);
}

static int catch_pdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *pdu)
{
	catch(&wire.out, bearer, pdu);
	return 0;
}

static int catch_sdu(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		     const struct sk_buff *sdu)
{
	catch(&wire.up, bearer, sdu);
	return 0;
}

static void catch_integrity(struct pdcp_device *pdcp,
			    const struct pdcp_event_bearer *bearer)
{
	wire.failures[bearer->ue_id]++;
}

static void ignore_count(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
			 enum pdcp_direction direction, bool exhausted)
{
}

static void ignore_path(struct pdcp_device *pdcp, u32 teid, const struct pdcp_address *peer)
{
}

static void ignore_handover(const struct pdcp_ue *ue, enum pdcp_handover_end end)
{
}

static void ignore_key(const struct pdcp_ue *ue, const struct pdcp_event_key *key)
{
}

const struct pdcp_event_ops wire_ops = {
	.handover = ignore_handover,
	.key = ignore_key,
	.integrity = catch_integrity,
	.count = ignore_count,
	.path = ignore_path,
	.sdu = catch_sdu,
	.pdu = catch_pdu,
};

static void each_list(void (*fn)(struct sk_buff_head *list))
{
	unsigned int i;

	fn(&wire.out);
	fn(&wire.up);
	for (i = 0; i < MODEL_ENDS * MODEL_CHANNELS; i++)
		fn(&wire.channel[i / MODEL_CHANNELS][i % MODEL_CHANNELS]);
	for (i = 0; i < WIRE_BUCKETS; i++)
		fn(&wire.sent[i]);
}

void wire_init(void)
{
	each_list(__skb_queue_head_init);
	memset(wire.failures, 0, sizeof(wire.failures));
}

void wire_purge(void)
{
	each_list(__skb_queue_purge);
}

/* The @i-th member of a list, taken out. */
struct sk_buff *wire_take(struct sk_buff_head *list, unsigned int i)
{
	struct sk_buff *skb;

	skb_queue_walk(list, skb)
		if (!i--)
			break;
	__skb_unlink(skb, list);
	return skb;
}

static bool same_octets(const struct sk_buff *a, const struct sk_buff *b)
{
	return a->len == b->len && !memcmp(a->data, b->data, a->len);
}

static struct sk_buff_head *bucket(const struct model_pdu *p)
{
	return &wire.sent[(p->count ^ p->key << 4) % WIRE_BUCKETS];
}

/* The first PDU of this key, COUNT and direction, or NULL. */
static struct sk_buff *find_sent(const struct model_pdu *p)
{
	struct sk_buff *pdu;

	skb_queue_walk(bucket(p), pdu) {
		const struct model_pdu *o = model_pdu(pdu);

		if (o->key == p->key && o->count == p->count && o->from == p->from)
			return pdu;
	}
	return NULL;
}

/* The keystream of key, COUNT and direction is used for one plaintext. */
static const char *use_keystream(struct sk_buff *pdu)
{
	const struct model_pdu *p = model_pdu(pdu);
	struct sk_buff *other = find_sent(p);

	if (other)
		return same_octets(pdu, other) ? NULL : "a keystream is used for one plaintext";
	other = skb_clone(pdu, GFP_KERNEL);
	if (!other)
		return "there is memory";
	__skb_queue_tail(bucket(p), other);
	return NULL;
}

/* A PDU was accepted; NULL, or what should be and is not. */
const char *wire_accept(const struct model_pdu *pdu)
{
	struct sk_buff *sent = find_sent(pdu);

	if (!sent)
		return "what is accepted was sent";
	if (model_pdu(sent)->accepted)
		return "a COUNT is accepted once under a key";
	model_pdu(sent)->accepted = true;
	return NULL;
}

/* Whether anything was ever sent under a key. */
bool wire_used(u32 key)
{
	struct sk_buff *pdu;
	unsigned int b;

	for (b = 0; b < WIRE_BUCKETS; b++) {
		skb_queue_walk(&wire.sent[b], pdu)
			if (model_pdu(pdu)->key == key)
				return true;
	}
	return false;
}

/* A copy of the @i-th of the Data PDUs that an end ever sent under a key; NULL for none. */
struct sk_buff *wire_recorded(u8 from, u32 key, unsigned int i)
{
	unsigned int b;
	struct sk_buff *pdu;

	for (b = 0; b < WIRE_BUCKETS; b++) {
		skb_queue_walk(&wire.sent[b], pdu) {
			if (model_pdu(pdu)->from == from && model_pdu(pdu)->key == key && !i--)
				return skb_clone(pdu, GFP_KERNEL);
		}
	}
	return NULL;
}

/**
 * wire_send - put a PDU that was caught on its way
 * @pdu: linear; consumed
 * @meant: what it is
 *
 * Return: NULL, or what should be and is not.
 */
const char *wire_send(struct sk_buff *pdu, const struct model_pdu *meant)
{
	*model_pdu(pdu) = *meant;
	__skb_queue_tail(wire_channel(meant->from, meant->leg), pdu);
	return meant->report ? NULL : use_keystream(pdu);
}
