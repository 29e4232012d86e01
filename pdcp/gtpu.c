// SPDX-License-Identifier: GPL-2.0
#include "pdcp/gtpu.h"

#include <linux/ipv6.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <net/ipv6.h>
#include <net/sock.h>
#include <net/udp_tunnel.h>

#include "pdcp/delivery.h"
#include "pdcp/device.h"
#include "pdcp/entity.h"
#include "pdcp/gtp.h"
#include "pdcp/path.h"
#include "pdcp/rx.h"
#include "pdcp/udp.h"
#include "pdcp/ue.h"

enum { SOCK_V4, SOCK_V6 };

static bool from_remote(const struct pdcp_leg *leg, const struct sk_buff *skb)
{
	const struct pdcp_address *remote = &leg->config.remote;
	struct pdcp_address source, destination;

	pdcp_udp_ends(skb, &source, &destination);
	return source.family == remote->family && ipv6_addr_equal(&source.v6, &remote->v6);
}

/* A container may come without a PDU; a status is made of what has come, this PDU included. */
static void receive_gpdu(struct pdcp_leg *leg, struct sk_buff *skb,
			 const struct pdcp_gtp *gtp)
{
	bool answer = false;

	if (leg->delivery && gtp->nru_len)
		answer = pdcp_delivery_receive(leg, skb->data + gtp->nru_offset,
					       gtp->nru_len);
	__skb_pull(skb, gtp->hdr_len);
	if (skb->len || !gtp->nru_len)
		pdcp_rx_pdu(leg, skb);
	else
		consume_skb(skb);
	if (answer)
		pdcp_delivery_answer(leg);
}

static void receive_signal(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb,
			   const struct pdcp_gtp *gtp)
{
	if (pdcp_path_receive(pdcp, sk, skb, gtp))
		consume_skb(skb);
	else
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_TYPE);
}

static void receive(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb)
{
	u32 total, avail;
	struct pdcp_leg *leg;
	struct pdcp_gtp gtp;
	int err;

	if (!pskb_may_pull(skb, sizeof(struct udphdr))) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_GTPU_MALFORMED);
		return;
	}
	__skb_pull(skb, sizeof(struct udphdr));
	total = skb->len;
	avail = min_t(u32, total, PDCP_GTP_HDR_MAX);
	if (!pskb_may_pull(skb, avail)) {
		pdcp_device_drop(pdcp, skb, PDCP_DROP_REASON_DEVICE_NOMEM);
		return;
	}
	err = pdcp_gtp_parse(skb->data, avail, total, &gtp);
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
	receive_gpdu(leg, skb, &gtp);
}

/* Softirq, under RCU; the UDP checksum was verified. */
static int encap_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct pdcp_device *pdcp = rcu_dereference_sk_user_data(sk);

	skb_mark_not_on_list(skb);
	if (pdcp)
		receive(pdcp, sk, skb);
	else
		kfree_skb(skb);
	return 0;
}

/* Send a G-PDU, T-PDU in @skb, with the content of a NR RAN container in front of it. */
static void send_gpdu(struct pdcp_leg *leg, struct sk_buff *skb, const u8 *nru,
		      size_t nru_len)
{
	struct pdcp_device *pdcp = leg->entity->ue->pdcp;
	bool v6 = leg->config.remote.family == AF_INET6;
	u32 hdr_len = pdcp_gtp_gpdu_hdr_len(nru_len);
	u32 len = skb->len;
	struct socket *sock;
	int err;

	sock = rcu_dereference(pdcp->sock[v6 ? SOCK_V6 : SOCK_V4]);
	if (!sock) {
		pdcp_entity_drop(leg->entity, skb, PDCP_DROP_REASON_TX_LEG);
		return;
	}

	pdcp_gtp_put_gpdu(skb_push(skb, hdr_len), hdr_len, leg->config.teid_out, len,
			  nru, nru_len);
	skb->dev = pdcp->dev;
	err = pdcp_udp_send(sock->sk, skb, &leg->config.local, &leg->config.remote,
			    leg->config.port, &leg->dst);
	if (err)
		pdcp_entity_drop(leg->entity, skb, PDCP_DROP_REASON_TX_ROUTE);
}

/**
 * pdcp_gtpu_submit - send a PDU through a tunnel (29.281 5.1, G-PDU)
 * @leg: leg of lower layer GTP-U
 * @pdu: the PDU with PDCP_LEG_HEADROOM octets in front of it; consumed
 *
 * Under RCU, softirqs off.  A PDU that cannot be routed is dropped and counted.
 */
void pdcp_gtpu_submit(struct pdcp_leg *leg, struct sk_buff *pdu)
{
	u8 frame[PDCP_DELIVERY_FRAME];
	int len = 0;

	if (leg->delivery)
		len = pdcp_delivery_put(leg->delivery, frame, false);
	send_gpdu(leg, pdu, frame, len);
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
	struct sk_buff *skb;

	skb = alloc_skb(PDCP_LEG_HEADROOM + pdcp_gtp_gpdu_hdr_len(len), GFP_ATOMIC);
	if (!skb) {
		pdcp_entity_drop(leg->entity, NULL, PDCP_DROP_REASON_TX_NOMEM);
		return;
	}
	skb_reserve(skb, PDCP_LEG_HEADROOM + pdcp_gtp_gpdu_hdr_len(len));
	send_gpdu(leg, skb, frame, len);
}

/* Ask the peer for a status although there is no PDU to send; under RCU, softirqs off. */
void pdcp_gtpu_ask(struct pdcp_leg *leg)
{
	u8 frame[PDCP_DELIVERY_FRAME];

	pdcp_gtpu_send_frame(leg, frame, pdcp_delivery_put(leg->delivery, frame, true));
}

static void socks_replace(struct pdcp_device *pdcp, struct socket *v4,
			  struct socket *v6)
{
	struct socket *old4, *old6;

	old4 = rcu_replace_pointer(pdcp->sock[SOCK_V4], v4, lockdep_rtnl_is_held());
	old6 = rcu_replace_pointer(pdcp->sock[SOCK_V6], v6, lockdep_rtnl_is_held());
	synchronize_net();
	if (old4)
		udp_tunnel_sock_release(old4);
	if (old6)
		udp_tunnel_sock_release(old6);
}

/**
 * pdcp_gtpu_open - bind the device's sockets
 * @pdcp: device
 * @port: local UDP port, host byte order
 *
 * Under rtnl.  Sockets that were open are replaced once the new ones are.
 *
 * Return: 0, or a negative error (-EADDRINUSE) with nothing changed.
 */
int pdcp_gtpu_open(struct pdcp_device *pdcp, u16 port)
{
	struct socket *v4, *v6 = NULL;

	v4 = pdcp_udp_open(pdcp->net, port, false, pdcp, encap_rcv);
	if (IS_ERR(v4))
		return PTR_ERR(v4);
	if (ipv6_mod_enabled()) {
		v6 = pdcp_udp_open(pdcp->net, port, true, pdcp, encap_rcv);
		if (IS_ERR(v6)) {
			udp_tunnel_sock_release(v4);
			return PTR_ERR(v6);
		}
	}
	socks_replace(pdcp, v4, v6);
	return 0;
}

/* Close the device's sockets; returns when nothing is received any more.  Under rtnl. */
void pdcp_gtpu_close(struct pdcp_device *pdcp)
{
	socks_replace(pdcp, NULL, NULL);
}
