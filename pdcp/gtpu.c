// SPDX-License-Identifier: GPL-2.0
#include "pdcp/gtpu.h"

#include <kunit/static_stub.h>
#include <kunit/visibility.h>
#include <linux/bitmap.h>
#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include <net/udp_tunnel.h>

#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/drop.h"
#include "pdcp/entity.h"
#include "pdcp/gtp.h"
#include "pdcp/path.h"
#include "pdcp/receive.h"
#include "pdcp/udp.h"
#include "pdcp/ue.h"

static bool from_remote(const struct pdcp_leg *leg, const struct sk_buff *skb)
{
	const struct pdcp_address *remote = &leg->config.remote;
	struct pdcp_address source, destination;

	pdcp_udp_ends(skb, &source, &destination);
	return source.family == remote->family && ipv6_addr_equal(&source.v6, &remote->v6);
}

enum {
	HDR_USUAL = 32,		/* octets of GTP-U, a USER DATA frame and a PDU's header */
};

/**
 * struct arrivals - what datagrams brought
 * @pdus: for pdcp_receive()
 * @framed: leg of each NR RAN container
 * @asks: containers that want a status, which is made of all that has come
 * @nframes: containers
 */
struct arrivals {
	struct sk_buff_head pdus;
	struct pdcp_leg *framed[PDCP_GTPU_DATAGRAMS];
	DECLARE_BITMAP(asks, PDCP_GTPU_DATAGRAMS);
	unsigned int nframes;
};

/* A container may come without a PDU. */
static void receive_gpdu(struct arrivals *arrivals, struct pdcp_leg *leg, struct sk_buff *skb,
			 const struct pdcp_gtp *gtp)
{
	const u8 *frame = skb->data + gtp->nru_offset;

	if (leg->delivery && gtp->nru_len) {
		__assign_bit(arrivals->nframes, arrivals->asks,
			     pdcp_delivery_receive(leg, frame, gtp->nru_len));
		arrivals->framed[arrivals->nframes++] = leg;
	}
	__skb_pull(skb, gtp->hdr_len);
	if (!skb->len && gtp->nru_len) {
		consume_skb(skb);
		return;
	}
	pdcp_receive_cb(skb)->leg = leg;
	__skb_queue_tail(&arrivals->pdus, skb);
}

static void receive_signal(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb,
			   const struct pdcp_gtp *gtp)
{
	if (pdcp_path_receive(pdcp, sk, skb, gtp))
		consume_skb(skb);
	else
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_TYPE);
}

/* Of a packet in pieces no more is brought into one than it takes. */
static int parse(struct sk_buff *skb, struct pdcp_gtp *gtp)
{
	u32 most = min_t(u32, skb->len, PDCP_GTP_HDR_MAX);
	u32 few = min_t(u32, skb->len, HDR_USUAL);
	int err;

	if (!pskb_may_pull(skb, few))
		return -ENOMEM;
	err = pdcp_gtp_parse(skb->data, few, skb->len, gtp);
	if (!err && gtp->type == PDCP_GTP_GPDU)
		return 0;
	if (!pskb_may_pull(skb, most))
		return -ENOMEM;
	return pdcp_gtp_parse(skb->data, most, skb->len, gtp);
}

static void receive(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb,
		    struct arrivals *arrivals)
{
	struct pdcp_leg *leg;
	struct pdcp_gtp gtp;
	int err;

	if (!pskb_may_pull(skb, sizeof(struct udphdr))) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_MALFORMED);
		return;
	}
	__skb_pull(skb, sizeof(struct udphdr));
	err = parse(skb, &gtp);
	if (err == -ENOMEM) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_DEVICE_NOMEM);
		return;
	}
	if (err == -EOPNOTSUPP)
		pdcp_path_no_extension(pdcp, sk, skb);
	/* With a PDCP PDU Number the T-PDU is a forwarded SDU, which no leg expects. */
	if (err || gtp.pdcp_sn_bits) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_MALFORMED);
		return;
	}
	if (gtp.type != PDCP_GTP_GPDU) {
		receive_signal(pdcp, sk, skb, &gtp);
		return;
	}

	leg = pdcp_leg_lookup(pdcp, gtp.teid);
	if (!leg) {
		pdcp_path_no_tunnel(pdcp, sk, skb, gtp.teid);
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_TEID);
		return;
	}
	if (!from_remote(leg, skb)) {
		pdcp_entity_drop(leg->entity, skb, PDCP_DROP_REASON_RX_REMOTE);
		return;
	}
	if (READ_ONCE(leg->failed)) {
		pdcp_entity_drop(leg->entity, skb, PDCP_DROP_REASON_RX_PAUSED);
		return;
	}
	receive_gpdu(arrivals, leg, skb, &gtp);
}

/* Softirqs are off, which is all that protects it when an SDU comes from a request. */
static struct sock *socket_of(const struct pdcp_device *pdcp, bool v6)
{
	struct socket *sock = rcu_dereference_bh(pdcp->sock[v6]);

	return sock ? sock->sk : NULL;
}

/* One status for the frames of a leg that came in a row. */
static void answer(const struct arrivals *arrivals)
{
	bool asks = false;
	unsigned int i;

	for (i = 0; i < arrivals->nframes; i++) {
		struct pdcp_leg *leg = arrivals->framed[i];

		asks |= test_bit(i, arrivals->asks);
		if (i + 1 < arrivals->nframes && arrivals->framed[i + 1] == leg)
			continue;
		if (pdcp_delivery_reached(leg) || asks)
			pdcp_delivery_answer(leg);
		asks = false;
	}
}

/**
 * pdcp_gtpu_receive - receive datagrams
 * @pdcp: device
 * @datagrams: from their UDP header on, in order, PDCP_GTPU_DATAGRAMS at most; consumed
 *
 * Under RCU, softirqs off.
 */
void pdcp_gtpu_receive(struct pdcp_device *pdcp, struct sk_buff_head *datagrams)
{
	struct arrivals arrivals;
	struct sk_buff *skb;
	struct sock *sk;

	__skb_queue_head_init(&arrivals.pdus);
	arrivals.nframes = 0;
	while ((skb = __skb_dequeue(datagrams))) {
		sk = socket_of(pdcp, ip_hdr(skb)->version == 6);
		if (sk)
			receive(pdcp, sk, skb, &arrivals);
		else
			pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_DEVICE_DOWN);
	}
	pdcp_receive(&arrivals.pdus);
	answer(&arrivals);
}

/**
 * pdcp_gtpu_hdr_len - length of what goes in front of each PDU
 * @leg: leg of this lower layer
 *
 * Return: octets, which do not vary.
 */
u32 pdcp_gtpu_hdr_len(const struct pdcp_leg *leg)
{
	return pdcp_gtp_gpdu_hdr_len(leg->delivery ? PDCP_DELIVERY_DATA : 0);
}

/**
 * pdcp_gtpu_put_hdr - write the header of a G-PDU (29.281 5.1), a NR RAN container included
 * @leg: leg of lower layer GTP-U
 * @p: room for pdcp_gtpu_hdr_len() octets
 * @pdu_len: octets of the PDU that follows
 */
void pdcp_gtpu_put_hdr(struct pdcp_leg *leg, u8 *p, u32 pdu_len)
{
	u8 frame[PDCP_DELIVERY_DATA];
	int len = 0;

	if (leg->delivery)
		len = pdcp_delivery_put(leg->delivery, frame, false);
	pdcp_gtp_put_gpdu(p, pdcp_gtpu_hdr_len(leg), leg->config.teid_out, pdu_len, frame, len);
}

/**
 * pdcp_gtpu_submit - send messages through a tunnel
 * @leg: leg of lower layer GTP-U
 * @packet: one message, or several of gso_size octets each, with PDCP_LEG_HEADROOM octets in
 *	front; consumed
 *
 * Under RCU, softirqs off.  What cannot be routed is dropped and counted.
 */
void pdcp_gtpu_submit(struct pdcp_leg *leg, struct sk_buff *packet)
{
	struct pdcp_device *pdcp = leg->entity->ue->pdcp;
	struct sock *sk = socket_of(pdcp, leg->config.remote.family == AF_INET6);

	if (!sk) {
		pdcp_entity_drop(leg->entity, packet, PDCP_DROP_REASON_TX_LEG);
		return;
	}
	if (pdcp_udp_send(pdcp->dev, sk, packet, &leg->config.local, &leg->config.remote,
			  leg->config.port, &leg->dst))
		pdcp_entity_drop(leg->entity, packet, PDCP_DROP_REASON_TX_ROUTE);
}

/**
 * pdcp_gtpu_send_frame - send a NR RAN container without a PDU
 * @leg: leg of lower layer GTP-U
 * @frame: content of the container
 * @len: octets
 *
 * Under RCU, softirqs off.
 */
void pdcp_gtpu_send_frame(struct pdcp_leg *leg, const u8 *frame, size_t len)
{
	u32 hdr_len = pdcp_gtp_gpdu_hdr_len(len);
	struct sk_buff *skb;

	KUNIT_STATIC_STUB_REDIRECT(pdcp_gtpu_send_frame, leg, frame, len);

	skb = alloc_skb(PDCP_LEG_HEADROOM + hdr_len, GFP_ATOMIC);
	if (!skb) {
		pdcp_entity_drop(leg->entity, NULL, PDCP_DROP_REASON_TX_NOMEM);
		return;
	}
	skb_reserve(skb, PDCP_LEG_HEADROOM);
	pdcp_gtp_put_gpdu(skb_put(skb, hdr_len), hdr_len, leg->config.teid_out, 0, frame, len);
	pdcp_gtpu_submit(leg, skb);
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtpu_send_frame);

/**
 * pdcp_gtpu_ask - ask the peer for a status although there is no PDU to send
 * @leg: leg with delivery status
 *
 * Under RCU, softirqs off.
 */
void pdcp_gtpu_ask(struct pdcp_leg *leg)
{
	u8 frame[PDCP_DELIVERY_DATA];

	pdcp_gtpu_send_frame(leg, frame, pdcp_delivery_put(leg->delivery, frame, true));
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_gtpu_ask);
