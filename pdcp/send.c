// SPDX-License-Identifier: GPL-2.0
/*
 * From numbered SDUs to PDUs on a leg.  A batch is protected as one, straight from where the SDUs
 * lie, which others may still read, to where the PDUs go.  PDUs of the same length share one
 * packet, which the stack or the device cuts into datagrams (UDP GSO): the leg's headers are in
 * front of each PDU.
 */
#include "pdcp/send.h"

#include <linux/gfp.h>
#include <linux/init.h>
#include <linux/local_lock.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/skbuff.h>
#include <linux/uio.h>

#include "crypto/batch.h"
#include "pdcp/entity.h"
#include "pdcp/leg.h"
#include "pdcp/pdu.h"
#include "pdcp/segs.h"
#include "pdcp/trace.h"
#include "pdcp/tx.h"

enum {
	SEGS = 4 * PDCP_SEND_MAX,	/* SDUs in more pieces are copied */
	PACKET_MAX = PAGE_FRAG_CACHE_MAX_SIZE,
};

/**
 * struct run - SDUs whose PDUs share a packet
 * @packet: the packet
 * @sdus: what its PDUs are made of; valid until they are sealed
 * @jobs: of its PDUs
 * @n: how many
 * @len: octets of each message, the last one may have less
 * @total: octets of all messages
 */
struct run {
	struct sk_buff *packet;
	struct sk_buff *const *sdus;
	struct pdcp_job *jobs;
	unsigned int n;
	u32 len;
	u32 total;
};

/**
 * struct send_scratch - what the batch in hand on this processor needs
 * @lock: softirqs are off, and nothing here is left over when packets are submitted
 * @pages: where packets of several PDUs get their memory from
 * @runs: what is to be sent, in order
 * @jobs: one for each PDU
 * @segs: where the SDUs lie
 * @nruns: runs used
 * @njobs: jobs used
 * @nsegs: segments used
 */
struct send_scratch {
	local_lock_t lock;	/* this processor's batch */
	struct page_frag_cache pages;
	struct run runs[PDCP_SEND_MAX];
	struct pdcp_job jobs[PDCP_SEND_MAX];
	struct kvec segs[SEGS];
	unsigned int nruns;
	unsigned int njobs;
	unsigned int nsegs;
};

static struct send_scratch __percpu *scratch;	/* more than a module may have statically */

static u32 message_len(const struct pdcp_leg *leg, const struct sk_buff *sdu)
{
	return pdcp_leg_hdr_len(leg) + pdcp_entity_pdu_len(leg->entity, sdu->len);
}

/* Which of @n SDUs, from the first on, go together. */
static void run_measure(struct run *run, const struct pdcp_leg *leg,
			struct sk_buff *const *sdus, unsigned int n)
{
	u32 len = message_len(leg, sdus[0]);

	*run = (struct run){ .n = 1, .len = len, .total = len };
	if (leg->config.lower != PDCP_LOWER_GTPU)
		return;
	while (run->n < n && len == run->len) {
		len = message_len(leg, sdus[run->n]);
		if (len > run->len || run->total + len > PACKET_MAX)
			break;
		run->total += len;
		run->n++;
	}
}

/* Of those that this processor has just consumed, if there are any. */
static struct sk_buff *packet_alloc_head(u32 len)
{
	struct sk_buff *packet = __alloc_skb(PDCP_LEG_HEADROOM + len, GFP_ATOMIC, SKB_ALLOC_NAPI,
					     NUMA_NO_NODE);

	if (packet)
		skb_reserve(packet, PDCP_LEG_HEADROOM);
	return packet;
}

static struct sk_buff *packet_alloc_one(const struct run *run, u8 **data)
{
	struct sk_buff *packet = packet_alloc_head(run->total);

	if (packet)
		*data = skb_put(packet, run->total);
	return packet;
}

static struct sk_buff *packet_alloc_many(struct send_scratch *s, const struct run *run,
					 u8 **data)
{
	struct sk_buff *packet;
	struct page *page;

	*data = page_frag_alloc(&s->pages, run->total, GFP_ATOMIC | __GFP_NOWARN);
	if (!*data)
		return NULL;
	packet = packet_alloc_head(0);
	if (!packet) {
		page_frag_free(*data);
		return NULL;
	}
	page = virt_to_head_page(*data);
	skb_add_rx_frag(packet, 0, page, *data - (u8 *)page_address(page), run->total,
			run->total);
	skb_shinfo(packet)->gso_type = SKB_GSO_UDP_L4;
	skb_shinfo(packet)->gso_size = run->len;
	skb_shinfo(packet)->gso_segs = run->n;
	return packet;
}

/* Memory is scarce in pieces of many pages first. */
static struct sk_buff *packet_alloc(struct send_scratch *s, struct run *run, u8 **data)
{
	struct sk_buff *packet;

	if (run->n > 1) {
		packet = packet_alloc_many(s, run, data);
		if (packet)
			return packet;
		run->n = 1;
		run->total = run->len;
	}
	return packet_alloc_one(run, data);
}

static int find_body(struct send_scratch *s, struct pdcp_job *job, const struct sk_buff *sdu,
		     u32 offset)
{
	int n = pdcp_segs(sdu, offset, job->len, &s->segs[s->nsegs], SEGS - s->nsegs);

	if (n < 0) {
		job->nsegs = 0;
		return skb_copy_bits(sdu, offset, job->dst + job->clear, job->len);
	}
	job->segs = &s->segs[s->nsegs];
	job->nsegs = n;
	s->nsegs += n;
	return 0;
}

/* Headers of one message at @p, and what is to be done with its SDU. */
static int prepare(struct send_scratch *s, struct pdcp_leg *leg, const struct sk_buff *sdu,
		   struct pdcp_job *job, u8 *p)
{
	const struct pdcp_entity *e = leg->entity;
	u8 sn_bits = pdcp_entity_tx_sn_bits(e), hdr_len = pdcp_pdu_hdr_len(sn_bits);
	u32 count = pdcp_tx_cb(sdu)->count;

	pdcp_leg_put_hdr(leg, p, pdcp_entity_pdu_len(e, sdu->len));
	job->dst = p + pdcp_leg_hdr_len(leg);
	job->clear = hdr_len + e->config.sdap_len;
	job->len = sdu->len - e->config.sdap_len;
	pdcp_pdu_put_hdr(job->dst, pdcp_entity_srb(e), sn_bits, count);
	pdcp_leg_job(leg, PDCP_DIRECTION_TX, count, job);
	return skb_copy_bits(sdu, 0, job->dst + hdr_len, e->config.sdap_len) ?:
	       find_body(s, job, sdu, e->config.sdap_len);
}

static int prepare_run(struct send_scratch *s, struct pdcp_leg *leg,
		       struct sk_buff *const *sdus, const struct run *run, u8 *p)
{
	unsigned int i;
	int err;

	for (i = 0; i < run->n; i++, p += run->len) {
		err = prepare(s, leg, sdus[i], &run->jobs[i], p);
		if (err)
			return err;
	}
	return 0;
}

static void run_drop(const struct run *run, struct pdcp_leg *leg)
{
	unsigned int i;

	kfree_skb(run->packet);
	for (i = 0; i < run->n; i++)
		pdcp_entity_drop(leg->entity, NULL, PDCP_DROP_REASON_TX_NOMEM);
}

/* Add the next run of @n SDUs; returns how many it took, whatever became of them. */
static unsigned int run_add(struct send_scratch *s, struct pdcp_leg *leg,
			    struct sk_buff *const *sdus, unsigned int n)
{
	struct run *run = &s->runs[s->nruns];
	u8 *data;

	run_measure(run, leg, sdus, n);
	run->sdus = sdus;
	run->jobs = &s->jobs[s->njobs];
	run->packet = packet_alloc(s, run, &data);
	if (!run->packet || prepare_run(s, leg, sdus, run, data)) {
		run_drop(run, leg);
		return run->n;
	}
	pdcp_tx_cb(run->packet)->count = pdcp_tx_cb(sdus[0])->count;
	s->njobs += run->n;
	s->nruns++;
	return run->n;
}

static bool sealed(const struct run *run)
{
	unsigned int i;

	for (i = 0; i < run->n; i++)
		if (run->jobs[i].err)
			return false;
	return true;
}

static void run_trace(const struct run *run, struct pdcp_leg *leg)
{
	unsigned int i;

	for (i = 0; i < run->n; i++)
		trace_pdcp_tx(leg, false, pdcp_tx_cb(run->sdus[i])->count,
			      pdcp_entity_pdu_len(leg->entity, run->sdus[i]->len));
}

static void run_finish(const struct run *run, struct pdcp_leg *leg,
		       struct sk_buff_head *packets)
{
	if (!sealed(run)) {
		run_drop(run, leg);
		return;
	}
	if (trace_pdcp_tx_enabled())
		run_trace(run, leg);
	__skb_queue_tail(packets, run->packet);
}

static void protect(struct pdcp_leg *leg, struct sk_buff *const *sdus, unsigned int n,
		    struct sk_buff_head *packets)
{
	struct send_scratch *s;
	unsigned int i;

	local_lock_nested_bh(&scratch->lock);
	s = this_cpu_ptr(scratch);
	s->nruns = 0;
	s->njobs = 0;
	s->nsegs = 0;
	for (i = 0; i < n; )
		i += run_add(s, leg, sdus + i, n - i);
	pdcp_batch_seal(s->jobs, s->njobs);
	for (i = 0; i < s->nruns; i++)
		run_finish(&s->runs[i], leg, packets);
	local_unlock_nested_bh(&scratch->lock);
}

/**
 * pdcp_send - protect SDUs and submit their PDUs
 * @leg: leg
 * @sdus: numbered SDUs, in order; they stay the caller's
 * @n: how many, PDCP_SEND_MAX at most
 *
 * Under RCU, softirqs off, without a lock.  What cannot be sent is counted.
 */
void pdcp_send(struct pdcp_leg *leg, struct sk_buff *const *sdus, unsigned int n)
{
	struct sk_buff_head packets;
	struct sk_buff *packet;

	__skb_queue_head_init(&packets);
	protect(leg, sdus, n, &packets);
	while ((packet = __skb_dequeue(&packets)))
		pdcp_leg_submit(leg, packet, pdcp_tx_cb(packet)->count);
}

/**
 * pdcp_send_init - allocate what each CPU needs to send
 *
 * Return: 0 or -ENOMEM.
 */
int __init pdcp_send_init(void)
{
	int cpu;

	scratch = alloc_percpu(struct send_scratch);
	if (!scratch)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		local_lock_init(&per_cpu_ptr(scratch, cpu)->lock);
	return 0;
}

/**
 * pdcp_send_exit - free it; nothing is sent any more
 */
void pdcp_send_exit(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		page_frag_cache_drain(&per_cpu_ptr(scratch, cpu)->pages);
	free_percpu(scratch);
}
