/* SPDX-License-Identifier: GPL-2.0 */
/* A socket of the family. */
#ifndef _PDCP_FUZZ_SOCKET_H
#define _PDCP_FUZZ_SOCKET_H

#include <stdbool.h>
#include <stdint.h>

#include "message.h"

struct family {
	uint16_t id;
	uint32_t group;
};

int socket_open(const struct family *family, bool strict, bool events);
int family_find(struct family *family);
int answers_read(int fd, struct message *m, uint32_t seq);

#endif /* _PDCP_FUZZ_SOCKET_H */
