// SPDX-License-Identifier: GPL-2.0
/*
 * The device's UDP sockets.  UDP hands datagrams over one by one; each processor collects its own
 * until there is a batch of them, or until it has nothing else to receive.
 */
#include "pdcp/socket.h"

#include <linux/netdevice.h>
#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <net/ipv6.h>
#include <net/sock.h>

#include "pdcp/device.h"
#include "pdcp/drop.h"
#include "pdcp/gtpu.h"
#include "pdcp/udp.h"

/**
 * struct pdcp_inbox - datagrams of one processor
 * @napi: polled once what comes in now has come; then @queue is a batch, however short
 * @queue: PDCP_GTPU_DATAGRAMS at most, in order of arrival
 * @pdcp: the device
 */
struct pdcp_inbox {
	struct napi_struct napi;
	struct sk_buff_head queue;
	struct pdcp_device *pdcp;
};

/* Under RCU, softirqs off. */
static void inbox_empty(struct pdcp_inbox *inbox)
{
	struct sk_buff_head batch;

	__skb_queue_head_init(&batch);
	spin_lock(&inbox->queue.lock);
	skb_queue_splice_init(&inbox->queue, &batch);
	spin_unlock(&inbox->queue.lock);
	pdcp_gtpu_receive(inbox->pdcp, &batch);
}

static int inbox_poll(struct napi_struct *napi, int budget)
{
	struct pdcp_inbox *inbox = container_of(napi, struct pdcp_inbox, napi);

	rcu_read_lock();
	inbox_empty(inbox);
	rcu_read_unlock();
	if (budget)
		napi_complete_done(napi, 0);
	return 0;
}

/* Softirq, under RCU; the UDP checksum was verified. */
static int encap_rcv(struct sock *sk, struct sk_buff *skb)
{
	struct pdcp_device *pdcp = rcu_dereference_sk_user_data(sk);
	struct pdcp_inbox *inbox;
	u32 waiting;

	skb_mark_not_on_list(skb);
	inbox = this_cpu_ptr(pdcp->inboxes);
	spin_lock(&inbox->queue.lock);
	__skb_queue_tail(&inbox->queue, skb);
	waiting = skb_queue_len(&inbox->queue);
	spin_unlock(&inbox->queue.lock);
	if (waiting >= PDCP_GTPU_DATAGRAMS)
		inbox_empty(inbox);
	else if (waiting == 1)
		napi_schedule(&inbox->napi);
	return 0;
}

/**
 * pdcp_socket_init - prepare to receive, before the device is registered
 * @pdcp: device
 *
 * Return: 0 or -ENOMEM.
 */
int pdcp_socket_init(struct pdcp_device *pdcp)
{
	struct pdcp_inbox *inbox;
	int cpu;

	pdcp->inboxes = alloc_percpu(struct pdcp_inbox);
	if (!pdcp->inboxes)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		inbox = per_cpu_ptr(pdcp->inboxes, cpu);
		inbox->pdcp = pdcp;
		skb_queue_head_init(&inbox->queue);
		netif_napi_add(pdcp->dev, &inbox->napi, inbox_poll);
	}
	return 0;
}

/**
 * pdcp_socket_destroy - undo pdcp_socket_init(); the device is not registered, or no more
 * @pdcp: device
 *
 * Process context.
 */
void pdcp_socket_destroy(struct pdcp_device *pdcp)
{
	int cpu;

	for_each_possible_cpu(cpu)
		__netif_napi_del(&per_cpu_ptr(pdcp->inboxes, cpu)->napi);
	synchronize_net();	/* netpoll may look at them */
	free_percpu(pdcp->inboxes);
}

/* What has come, or comes meanwhile, is received. */
static void socks_replace(struct pdcp_device *pdcp, struct socket *v4,
			  struct socket *v6)
{
	struct socket *old4, *old6;

	old4 = rcu_replace_pointer(pdcp->sock[0], v4, lockdep_rtnl_is_held());
	old6 = rcu_replace_pointer(pdcp->sock[1], v6, lockdep_rtnl_is_held());
	synchronize_net();	/* nobody sends through them */
	if (old4)
		pdcp_udp_close(old4);
	if (old6)
		pdcp_udp_close(old6);
	synchronize_net();	/* nothing comes from them */
}

/**
 * pdcp_socket_bind - bind the device's sockets
 * @pdcp: device that is up, or coming up
 * @port: local UDP port, host byte order
 *
 * Under rtnl.  Sockets that were open are replaced once the new ones are.
 *
 * Return: 0, or a negative error (-EADDRINUSE) with nothing changed.
 */
int pdcp_socket_bind(struct pdcp_device *pdcp, u16 port)
{
	struct socket *v4, *v6 = NULL;

	v4 = pdcp_udp_open(pdcp->net, port, false, pdcp, encap_rcv);
	if (IS_ERR(v4))
		return PTR_ERR(v4);
	if (ipv6_mod_enabled()) {
		v6 = pdcp_udp_open(pdcp->net, port, true, pdcp, encap_rcv);
		if (IS_ERR(v6)) {
			pdcp_udp_close(v4);
			return PTR_ERR(v6);
		}
	}
	socks_replace(pdcp, v4, v6);
	return 0;
}

/**
 * pdcp_socket_open - begin to receive
 * @pdcp: device; rtnl is held
 *
 * Return: as pdcp_socket_bind().
 */
int pdcp_socket_open(struct pdcp_device *pdcp)
{
	int cpu, err;

	for_each_possible_cpu(cpu)
		napi_enable(&per_cpu_ptr(pdcp->inboxes, cpu)->napi);
	err = pdcp_socket_bind(pdcp, pdcp->port);
	if (err)
		for_each_possible_cpu(cpu)
			napi_disable(&per_cpu_ptr(pdcp->inboxes, cpu)->napi);
	return err;
}

/**
 * pdcp_socket_close - close the device's sockets; nothing is received any more when it returns
 * @pdcp: device; rtnl is held
 */
void pdcp_socket_close(struct pdcp_device *pdcp)
{
	struct pdcp_inbox *inbox;
	int cpu;

	socks_replace(pdcp, NULL, NULL);
	for_each_possible_cpu(cpu) {
		inbox = per_cpu_ptr(pdcp->inboxes, cpu);
		napi_disable(&inbox->napi);
		pdcp_device_purge(pdcp, &inbox->queue, PDCP_DROP_REASON_DEVICE_DOWN);
	}
}
