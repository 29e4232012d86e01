/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_NETNS_H
#define _PDCPCTL_NETNS_H

#include "pdcpctl.h"

/*
 * The network namespace that -n names, or the one we are in. Return: a file
 * descriptor, or a negative error number.
 */
int netns_open(const struct ctl *ctl);

#endif /* _PDCPCTL_NETNS_H */
