/* SPDX-License-Identifier: GPL-2.0 */
/* What benchmarks of the entity have in common. */
#ifndef _PDCP_TESTS_BENCH_H
#define _PDCP_TESTS_BENCH_H

#include <kunit/test.h>

#include "crypto/tests/windows.h"

struct pdcp_device;
struct pdcp_entity;
struct sk_buff_head;

extern unsigned int bench;		/* module parameter: enum windows_bench */
extern struct sk_buff_head bench_caught;

void bench_init(struct kunit *test);
void bench_sdus(struct kunit *test, struct sk_buff_head *sdus, unsigned int n, u16 len);
void bench_pdus(struct pdcp_entity *wire, struct sk_buff_head *sdus, struct pdcp_entity *rx);

#endif /* _PDCP_TESTS_BENCH_H */
