/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_KEY_H
#define _PDCPCTL_KEY_H

#include "output.h"

/* Exit with a sentence if a function of libpdcp/key.h has failed. */
void key_result(int ret);

/* Add the fingerprint of a key of @len octets. */
void fingerprint_set(json_t *object, const char *key, const void *octets, size_t len);

/* Print a shortMAC-I. Return: exit status. */
int short_mac_print(const struct ctl *ctl, const uint8_t mac[PDCP_SHORT_MAC_LEN]);

#endif /* _PDCPCTL_KEY_H */
