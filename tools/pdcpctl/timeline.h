/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_TIMELINE_H
#define _PDCPCTL_TIMELINE_H

#include <jansson.h>

/* Handovers, put together from the lines of their trace events. */

struct timeline;

struct timeline *timeline_new(void);
void timeline_free(struct timeline *timeline);

/**
 * timeline_line() - Take note of a line of trace_pipe
 * @timeline: the handovers that go on
 * @line: the line; others than those of events of pdcp are ignored
 *
 * Return: the handover that it ends, as a JSON object of which the caller has
 * the reference, or NULL.
 */
json_t *timeline_line(struct timeline *timeline, const char *line);

/* Number of handovers that go on. */
unsigned int timeline_open(const struct timeline *timeline);

#endif /* _PDCPCTL_TIMELINE_H */
