/* SPDX-License-Identifier: GPL-2.0 */
/* Whether packets pass. */
#ifndef _FAULT_ECHO_H
#define _FAULT_ECHO_H

#include <stdbool.h>

/*
 * Send an echo request to @address, from the namespace of socket @fd, on DRB @drb of the UE; false
 * if there is no answer within a minute.
 */
bool echo_answered(int fd, const char *address, int drb);

#endif
