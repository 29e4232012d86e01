/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_GATHER_H
#define _PDCP_GATHER_H

#include <linux/types.h>

struct pdcp_job;

/**
 * gather_all - copy the segments of a job to where the message goes
 * @job: job whose @segs hold @octets in all
 */
void gather_all(struct pdcp_job *job);

/**
 * gather_window - the same, but leave one long segment where it is
 * @job: job whose @segs hold the octets from @clear on
 *
 * Sets @src, @from and @to as lanes.h describes them.
 */
void gather_window(struct pdcp_job *job);

/**
 * gather_len - octets of all segments
 * @job: job
 *
 * Return: their number.
 */
size_t gather_len(const struct pdcp_job *job);

#endif /* _PDCP_GATHER_H */
