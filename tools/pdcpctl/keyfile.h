/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_KEYFILE_H
#define _PDCPCTL_KEYFILE_H

#include "pdcpctl.h"

/*
 * Keys of a file {"rrc-enc": HEX, ...}, or of standard input if @name is "-".
 * Exits if the file can be read by others or holds anything else; no message
 * ever shows a part of a key. All copies but the result are erased.
 */
struct pdcp_keys *keyfile_read(const char *name);

#endif /* _PDCPCTL_KEYFILE_H */
