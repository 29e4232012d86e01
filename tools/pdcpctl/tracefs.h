/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_TRACEFS_H
#define _PDCPCTL_TRACEFS_H

#include <stdbool.h>

/*
 * The kernel's tracepoints of the group pdcp, in a trace instance of our own:
 * nobody else's tracing is touched. tracefs need not be mounted.
 */

struct tracefs;

/**
 * tracefs_open() - Begin to trace
 * @tracefs: set to the instance
 * @filter: of the fields that all events have, as the kernel's filters are written
 *
 * Return: 0; -EPERM without CAP_SYS_ADMIN, -ENOENT for a module without
 * tracepoints or a kernel without tracing, or another negative errno.
 */
int tracefs_open(struct tracefs **tracefs, const char *filter);

/* End tracing, and remove the instance. */
void tracefs_close(struct tracefs *tracefs);

/* Descriptor that is readable when tracefs_line() has something. */
int tracefs_fd(const struct tracefs *tracefs);

/**
 * tracefs_line() - The next line of text, without waiting
 * @tracefs: instance
 *
 * Return: the line without its end, valid until the next call; NULL if there
 * is none now.
 */
const char *tracefs_line(struct tracefs *tracefs);

#endif /* _PDCPCTL_TRACEFS_H */
