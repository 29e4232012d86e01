// SPDX-License-Identifier: GPL-2.0
/* A body in segments: what has to be copied before lane code can work on it, and what not. */

#include "batch.h"
#include "gather.h"
#include "lanes.h"

#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/uio.h>

/* A segment that is not longer is copied whole. */
#define WINDOW_MIN (4 * LANES_SEAM)

static void copy(u8 *dst, const struct kvec *seg)
{
	if (dst != seg->iov_base)
		memcpy(dst, seg->iov_base, seg->iov_len);
}

void gather_all(struct pdcp_job *job)
{
	u8 *dst = job->dst + job->clear;
	unsigned int i;

	for (i = 0; i < job->nsegs; i++) {
		copy(dst, &job->segs[i]);
		dst += job->segs[i].iov_len;
	}
}

static unsigned int longest(const struct pdcp_job *job)
{
	unsigned int i, best = 0;

	for (i = 1; i < job->nsegs; i++)
		if (job->segs[i].iov_len > job->segs[best].iov_len)
			best = i;
	return best;
}

/*
 * The window is @seg, whose place in the message is @from. A seam is copied only where something
 * is read across it: at the beginning by a MAC, or by the cipher if other segments come first.
 */
static void set_window(struct pdcp_job *job, const struct kvec *seg, u32 from)
{
	const u8 *octets = seg->iov_base;

	job->from = from;
	job->to = from + seg->iov_len;
	job->src = octets - from;
	if (job->mac || from != job->clear)
		memcpy(job->dst + from, octets, LANES_SEAM);
	if (job->to != job->end)
		memcpy(job->dst + job->to - LANES_SEAM, octets + seg->iov_len - LANES_SEAM,
		       LANES_SEAM);
}

void gather_window(struct pdcp_job *job)
{
	unsigned int i, window = longest(job);
	u32 at = job->clear;

	for (i = 0; i < job->nsegs; i++) {
		const struct kvec *seg = &job->segs[i];

		if (i == window && seg->iov_len > WINDOW_MIN && seg->iov_base != job->dst + at)
			set_window(job, seg, at);
		else
			copy(job->dst + at, seg);
		at += seg->iov_len;
	}
}

size_t gather_len(const struct pdcp_job *job)
{
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < job->nsegs; i++)
		len += job->segs[i].iov_len;
	return len;
}
