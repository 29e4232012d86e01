// SPDX-License-Identifier: GPL-2.0
#include "pdcp/segs.h"

#include <linux/errno.h>
#include <linux/minmax.h>
#include <linux/skbuff.h>
#include <linux/uio.h>

/* Make @seg what lies behind *@offset at @p, *@len octets at most; false if nothing does. */
static bool cut(struct kvec *seg, void *p, u32 octets, u32 *offset, u32 *len)
{
	if (*offset >= octets) {
		*offset -= octets;
		return false;
	}
	seg->iov_base = p + *offset;
	seg->iov_len = min(octets - *offset, *len);
	*offset = 0;
	*len -= seg->iov_len;
	return true;
}

/**
 * pdcp_segs - where octets of a packet lie
 * @skb: packet
 * @offset: of the first octet
 * @len: octets, all within the packet
 * @segs: result, in order
 * @max: room there
 *
 * Return: number of pieces, or -E2BIG if there is no room for them, or they are not all within
 * reach: the packet is then to be copied.
 */
int pdcp_segs(const struct sk_buff *skb, u32 offset, u32 len, struct kvec *segs,
	      unsigned int max)
{
	unsigned int i, n = 0;

	if (skb_has_frag_list(skb))
		return -E2BIG;
	if (len && !max)
		return -E2BIG;
	if (len && cut(segs, skb->data, skb_headlen(skb), &offset, &len))
		n++;
	for (i = 0; len && i < skb_shinfo(skb)->nr_frags; i++) {
		const skb_frag_t *frag = &skb_shinfo(skb)->frags[i];
		void *p = skb_frag_address_safe(frag);

		if (n == max || !p)
			return -E2BIG;
		if (cut(&segs[n], p, skb_frag_size(frag), &offset, &len))
			n++;
	}
	return n;
}
