// SPDX-License-Identifier: GPL-2.0
/*
 * GTP-U signalling between two nodes (29.281 7): what is not a G-PDU.  Answers are limited in
 * rate, and nothing that could itself be an answer is answered.
 */
#include "pdcp/path.h"

#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/ratelimit.h>
#include <linux/skbuff.h>
#include <linux/udp.h>
#include <linux/unaligned.h>
#include <net/ipv6.h>

#include "pdcp/device.h"
#include "pdcp/event.h"
#include "pdcp/gtp.h"
#include "pdcp/leg.h"
#include "pdcp/udp.h"

enum { MESSAGE_MAX = 64 };

/* To where @to came from, from where it went, so that a peer of any of our addresses knows us. */
static void answer(struct pdcp_device *pdcp, struct sock *sk, const struct sk_buff *to,
		   const u8 *message, int len, __be16 port)
{
	struct pdcp_address peer, own;
	struct sk_buff *skb;

	if (len < 0 || !__ratelimit(&pdcp->path_answers))
		return;
	skb = alloc_skb(PDCP_LEG_HEADROOM + len, GFP_ATOMIC);
	if (!skb)
		return;
	skb_reserve(skb, PDCP_LEG_HEADROOM);
	skb_put_data(skb, message, len);
	pdcp_udp_ends(to, &peer, &own);
	if (pdcp_udp_send(pdcp->dev, sk, skb, &own, &peer, port, NULL))
		kfree_skb(skb);
}

/* An Echo Request is answered at any time, to the port that it came from (29.281 7.2.1). */
static void echo(struct pdcp_device *pdcp, struct sock *sk, const struct sk_buff *skb,
		 const struct pdcp_gtp *gtp)
{
	u8 message[MESSAGE_MAX];

	answer(pdcp, sk, skb, message,
	       pdcp_gtp_put_echo_response(message, sizeof(message), gtp->seq),
	       udp_hdr(skb)->source);
}

/* The peer has no tunnel for what we sent: user space decides (29.281 7.3.1). */
static bool error_indication(struct pdcp_device *pdcp, struct sk_buff *skb,
			     const struct pdcp_gtp *gtp)
{
	struct pdcp_gtp_error error;
	struct pdcp_address peer = { };

	if (pdcp_gtp_parse_error(skb->data + gtp->hdr_len, skb_headlen(skb) - gtp->hdr_len,
				 &error))
		return false;
	if (!__ratelimit(&pdcp->path_events))
		return true;
	peer.family = error.addr_len == sizeof(peer.v6) ? AF_INET6 : AF_INET;
	if (peer.family == AF_INET6)
		memcpy(&peer.v6, error.addr, sizeof(peer.v6));
	else
		ipv6_addr_set_v4mapped(get_unaligned((const __be32 *)error.addr), &peer.v6);
	pdcp_event_path(pdcp, error.teid, &peer);
	return true;
}

/**
 * pdcp_path_receive - a message other than G-PDU has come
 * @pdcp: device
 * @sk: socket that it came through
 * @skb: message, its GTP-U header at the data pointer, linear as far as it is looked at
 * @gtp: its header
 *
 * Softirq, under RCU.  An End Marker ends what is forwarded in a tunnel, of which a leg has
 * nothing; a notification of extension headers tells nothing that we could do without.
 *
 * Return: whether it was one that we know; the caller frees it in any case.
 */
bool pdcp_path_receive(struct pdcp_device *pdcp, struct sock *sk, struct sk_buff *skb,
		       const struct pdcp_gtp *gtp)
{
	switch (gtp->type) {
	case PDCP_GTP_ECHO_REQUEST:
		echo(pdcp, sk, skb, gtp);
		return true;
	case PDCP_GTP_ERROR_INDICATION:
		return error_indication(pdcp, skb, gtp);
	case PDCP_GTP_ECHO_RESPONSE:
	case PDCP_GTP_END_MARKER:
	case PDCP_GTP_EXTENSION_HEADERS:
		return true;
	default:
		return false;
	}
}

/**
 * pdcp_path_no_tunnel - answer a G-PDU that has no leg here with an Error Indication
 * @pdcp: device
 * @sk: socket that it came through
 * @skb: the G-PDU, the caller's
 * @teid: its TEID; 0 is not answered
 */
void pdcp_path_no_tunnel(struct pdcp_device *pdcp, struct sock *sk,
			 const struct sk_buff *skb, u32 teid)
{
	struct pdcp_gtp_error error = { .teid = teid };
	u8 message[MESSAGE_MAX];

	if (!teid)
		return;
	if (ip_hdr(skb)->version == 4) {
		error.addr = (const u8 *)&ip_hdr(skb)->daddr;
		error.addr_len = sizeof(ip_hdr(skb)->daddr);
	} else {
		error.addr = (const u8 *)&ipv6_hdr(skb)->daddr;
		error.addr_len = sizeof(ipv6_hdr(skb)->daddr);
	}
	answer(pdcp, sk, skb, message,
	       pdcp_gtp_put_error(message, sizeof(message), &error,
				  ntohs(udp_hdr(skb)->source)),
	       htons(PDCP_PORT));
}

/**
 * pdcp_path_no_extension - answer a message with an extension that we would have to understand
 * @pdcp: device
 * @sk: socket that it came to
 * @skb: message
 *
 * 29.281 7.2.3
 */
void pdcp_path_no_extension(struct pdcp_device *pdcp, struct sock *sk,
			    const struct sk_buff *skb)
{
	u8 message[MESSAGE_MAX];

	answer(pdcp, sk, skb, message,
	       pdcp_gtp_put_extension_headers(message, sizeof(message)),
	       udp_hdr(skb)->source);
}
