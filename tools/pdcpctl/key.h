/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_KEY_H
#define _PDCPCTL_KEY_H

#include "pdcpctl.h"

/* Exit with a sentence if a function of libpdcp/key.h has failed. */
void key_result(int ret);

/* Print a shortMAC-I. Return: exit status. */
int short_mac_print(const struct ctl *ctl, const uint8_t mac[PDCP_SHORT_MAC_LEN]);

#endif /* _PDCPCTL_KEY_H */
