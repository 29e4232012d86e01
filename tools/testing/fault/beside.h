/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _FAULT_BESIDE_H
#define _FAULT_BESIDE_H

/* Open a socket in the network namespace that socket @fd is in; exits if that fails. */
int beside_open(int fd, int domain, int type, int protocol);

#endif
