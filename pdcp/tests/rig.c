// SPDX-License-Identifier: GPL-2.0

#include "pdcp/tests/rig.h"

#include <kunit/static_stub.h>
#include <kunit/test-bug.h>
#include <kunit/test.h>
#include <linux/limits.h>
#include <linux/slab.h>

/* An item that knows its COUNT and is never NULL. */
void *rig_item(u32 count)
{
	return (void *)(((unsigned long)count << 1) | 1);
}

static void *counting_alloc(size_t size)
{
	struct kunit *test = kunit_get_current_test();
	struct rig *rig = test->priv;

	if (!rig->allocs_left)
		return NULL;
	rig->allocs_left--;
	rig->allocs++;
	return kzalloc(size, GFP_KERNEL);
}

static void flush(struct rig *rig)
{
	u32 count;

	while (pdcp_window_flush(&rig->w, &count))
		;
}

/* An empty window, RX_NEXT and RX_DELIV at @start. */
void rig_setup(struct kunit *test, u8 sn_bits, bool out_of_order, u32 start)
{
	struct rig *rig = test->priv;

	flush(rig);
	KUNIT_ASSERT_EQ(test, pdcp_window_init(&rig->w, sn_bits, out_of_order), 0);
	KUNIT_ASSERT_EQ(test, pdcp_window_set(&rig->w, start, start), 0);
}

__printf(2, 3) static void note(struct rig *rig, const char *fmt, ...)
{
	size_t len = strlen(rig->events);
	va_list args;

	va_start(args, fmt);
	vsnprintf(rig->events + len, sizeof(rig->events) - len, fmt, args);
	va_end(args);
}

void rig_pop(struct kunit *test)
{
	struct rig *rig = test->priv;
	void *item;
	u32 count;

	while ((item = pdcp_window_pop(&rig->w, &count))) {
		KUNIT_EXPECT_PTR_EQ(test, item, rig_item(count));
		note(rig, "deliver %u ", count);
	}
}

/* Inserts and pops; notes the events. */
enum pdcp_window_verdict rig_insert(struct kunit *test, u32 count)
{
	struct rig *rig = test->priv;
	bool running = rig->w.running;
	u32 starts = rig->w.starts;
	enum pdcp_window_verdict verdict;

	rig->events[0] = '\0';
	verdict = pdcp_window_insert(&rig->w, count, rig_item(count));
	if (verdict == PDCP_WINDOW_DELIVER)
		note(rig, "deliver %u ", count);
	rig_pop(test);
	if (running && (!rig->w.running || rig->w.starts != starts))
		note(rig, "stop ");
	if (rig->w.starts != starts)
		note(rig, "start %u ", rig->w.rx_reord);
	return verdict;
}

/* Expires and pops; gives the events. */
const char *rig_expire(struct kunit *test)
{
	struct rig *rig = test->priv;
	u32 starts = rig->w.starts;

	rig->events[0] = '\0';
	pdcp_window_expire(&rig->w);
	rig_pop(test);
	if (rig->w.starts != starts)
		note(rig, "start %u ", rig->w.rx_reord);
	return rig->events;
}

/* Verdict, unless it is to deliver, and events of one PDU. */
const char *rig_put(struct kunit *test, u32 count)
{
	static const char * const names[] = {
		[PDCP_WINDOW_DELIVER] = "",
		[PDCP_WINDOW_STORED] = "stored ",
		[PDCP_WINDOW_OLD] = "old ",
		[PDCP_WINDOW_DUPLICATE] = "duplicate ",
		[PDCP_WINDOW_RANGE] = "range ",
		[PDCP_WINDOW_NOMEM] = "nomem ",
	};
	enum pdcp_window_verdict verdict = rig_insert(test, count);
	struct rig *rig = test->priv;

	snprintf(rig->text, sizeof(rig->text), "%s%s", names[verdict], rig->events);
	return rig->text;
}

/* Drained, the window has no memory but its own. */
void rig_expect_empty(struct kunit *test)
{
	struct rig *rig = test->priv;

	KUNIT_EXPECT_EQ(test, rig->w.stored, 0);
	KUNIT_EXPECT_PTR_EQ(test, rig->w.map, NULL);
	KUNIT_EXPECT_FALSE(test, rig->w.running);
}

int rig_init(struct kunit *test)
{
	struct rig *rig = kunit_kzalloc(test, sizeof(*rig), GFP_KERNEL);

	if (!rig)
		return -ENOMEM;
	rig->allocs_left = UINT_MAX;
	test->priv = rig;
	kunit_activate_static_stub(test, pdcp_window_alloc, counting_alloc);
	return 0;
}

void rig_exit(struct kunit *test)
{
	flush(test->priv);
}
