/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A receive window whose doings are noted as text, each with a blank behind: "deliver COUNT",
 * "stop", "start RX_REORD".  It is the private data of the test case.
 */

#ifndef _PDCP_TESTS_RIG_H
#define _PDCP_TESTS_RIG_H

#include "pdcp/window.h"

struct kunit;

#define RIG_EVENTS_MAX	2048

/**
 * struct rig - window under test
 * @w: the window
 * @events: what the last call did
 * @text: the same behind the verdict, from rig_put()
 * @allocs: allocations made by windows in this test case
 * @allocs_left: how many more may succeed
 */
struct rig {
	struct pdcp_window w;
	char events[RIG_EVENTS_MAX];
	char text[RIG_EVENTS_MAX + 16];
	unsigned int allocs;
	unsigned int allocs_left;
};

int rig_init(struct kunit *test);
void rig_exit(struct kunit *test);
void rig_setup(struct kunit *test, u8 sn_bits, bool out_of_order, u32 start);
void *rig_item(u32 count);
enum pdcp_window_verdict rig_insert(struct kunit *test, u32 count);
const char *rig_put(struct kunit *test, u32 count);
const char *rig_expire(struct kunit *test);
void rig_pop(struct kunit *test);
void rig_expect_empty(struct kunit *test);

/* Whether this COUNT was received, or is below RX_DELIV and no longer waited for. */
static inline bool rig_received(const struct pdcp_window *w, u32 count)
{
	return count < w->rx_deliv || pdcp_window_bits(w, count) & 1;
}

#endif /* _PDCP_TESTS_RIG_H */
