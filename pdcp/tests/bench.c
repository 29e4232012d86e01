// SPDX-License-Identifier: GPL-2.0
#include "pdcp/tests/bench.h"

#include <linux/module.h>
#include <linux/skbuff.h>

#include "pdcp/entity.h"
#include "pdcp/event.h"
#include "pdcp/leg.h"
#include "pdcp/pdu.h"
#include "pdcp/receive.h"
#include "pdcp/tx.h"

unsigned int bench;
module_param(bench, uint, 0);
MODULE_PARM_DESC(bench, "1: run benchmarks too; 2: as a trial, on a machine that is busy");

struct sk_buff_head bench_caught;

static int catch(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer,
		 const struct sk_buff *pdu)
{
	__skb_queue_tail(&bench_caught, skb_get((struct sk_buff *)pdu));
	return 0;
}

static void ignore(struct pdcp_device *pdcp, const struct pdcp_event_bearer *bearer)
{
}

static const struct pdcp_event_ops catching = { .pdu = catch, .integrity = ignore };

/* Skips the case unless benchmarks are asked for; from then on PDUs for user space are caught. */
void bench_init(struct kunit *test)
{
	if (!bench)
		kunit_skip(test, "only with bench=1");
	pdcp_event_set_ops(&catching);
}

/* @n SDUs of @len octets. */
void bench_sdus(struct kunit *test, struct sk_buff_head *sdus, unsigned int n, u16 len)
{
	struct sk_buff *sdu;

	__skb_queue_head_init(sdus);
	while (n--) {
		sdu = alloc_skb(PDCP_LEG_HEADROOM + len + PDCP_MAC_LEN, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, sdu);
		skb_reserve(sdu, PDCP_LEG_HEADROOM);
		memset(skb_put(sdu, len), n, len);
		__skb_queue_tail(sdus, sdu);
	}
}

/* Adds to bench_caught the PDUs that @wire makes of @sdus, as @rx gets them. */
void bench_pdus(struct pdcp_entity *wire, struct sk_buff_head *sdus, struct pdcp_entity *rx)
{
	unsigned int n = skb_queue_len(sdus);
	struct pdcp_leg *leg;
	struct sk_buff *pdu;

	pdcp_tx_sdus(wire, sdus);
	rcu_read_lock_bh();
	leg = rcu_dereference_bh(rx->leg[0]);
	skb_queue_reverse_walk(&bench_caught, pdu) {
		if (!n--)
			break;
		pdcp_receive_cb(pdu)->leg = leg;
	}
	rcu_read_unlock_bh();
}
