/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCP_BENCH_CORES_H
#define _PDCP_BENCH_CORES_H

#include "lanes.h"

#include <stdbool.h>

#define JOBS PDCP_BATCH_RUN
#define LEN_MAX 9000
#define ROOM (LEN_MAX + 128)
#define FRONT 64		/* room in front of a message: the nonce of a CMAC */

/* What both do: the same messages under the same keys. */
struct work {
	unsigned int nea;	/* 1 to 3, 0: MAC alone */
	unsigned int nia;	/* 1 to 3, 0: cipher alone */
	unsigned int n;		/* messages */
	u32 len;
};

struct message {
	u8 in[FRONT + ROOM] __aligned(64);
	u8 out[FRONT + ROOM] __aligned(64);
	u8 tag[16] __aligned(16);
	u8 nonce[PDCP_NONCE_LEN];
};

extern struct work work;
extern u8 keys[2][16];		/* of the cipher and of the MAC */

/* ours.c: lane code of one level, or the next lower that there is. */
extern struct message ours[JOBS];
bool ours_init(enum pdcp_level level);
void ours_run(void);

/* peer.c: libipsec-mb at its best level. */
extern struct message peer[JOBS];
void peer_init(void);
void peer_run(void);
const char *peer_version(void);
void peer_expand(void *round_keys, const u8 *key);
void peer_subkeys(u8 *k1, u8 *k2, const void *round_keys);

#endif /* _PDCP_BENCH_CORES_H */
