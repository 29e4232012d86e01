// SPDX-License-Identifier: GPL-2.0
/* Receive window, 38.323 5.2.2, and its status report: scripts with known results. */

#include <kunit/test.h>
#include <linux/slab.h>

#include "pdcp/count.h"
#include "pdcp/pdu.h"
#include "pdcp/status.h"
#include "pdcp/tests/hex.h"
#include "pdcp/tests/rig.h"
#include "pdcp/tests/vectors/rx.h"

static const enum pdcp_window_verdict verdicts[] = {
	[RX_OLD] = PDCP_WINDOW_OLD,
	[RX_DUPLICATE] = PDCP_WINDOW_DUPLICATE,
};

static void play_pdu(struct kunit *test, const struct rx_step *step)
{
	struct rig *rig = test->priv;
	enum pdcp_window_verdict verdict;
	u32 count = 0;
	bool exists;

	exists = pdcp_count_infer(step->sn, rig->w.rx_deliv, rig->w.sn_bits, &count);
	KUNIT_EXPECT_EQ(test, exists, step->op != RX_NO_COUNT);
	KUNIT_EXPECT_EQ(test, count, step->count);
	rig->events[0] = '\0';
	if (!exists || step->op == RX_BAD_MAC)
		return;

	verdict = rig_insert(test, count);
	if (step->op == RX_OK)
		KUNIT_EXPECT_TRUE(test, verdict == PDCP_WINDOW_DELIVER ||
				  verdict == PDCP_WINDOW_STORED);
	else
		KUNIT_EXPECT_EQ(test, verdict, verdicts[step->op]);
}

static void expect_report(struct kunit *test, const struct rx_step *step)
{
	struct rig *rig = test->priv;
	size_t head_len, tail_len;
	u8 *head = pdcp_test_hex(test, step->report, &head_len);
	u8 *tail = pdcp_test_hex(test, step->report_tail, &tail_len);
	u8 *want = kunit_kzalloc(test, step->report_len, GFP_KERNEL);
	u8 *got = kunit_kzalloc(test, PDCP_SDU_MAX, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, want);
	KUNIT_ASSERT_NOT_NULL(test, got);
	memcpy(want, head, head_len);
	memcpy(want + step->report_len - tail_len, tail, tail_len);

	KUNIT_EXPECT_EQ(test, pdcp_status_size(&rig->w), step->report_len);
	KUNIT_ASSERT_EQ(test, pdcp_status_compile(&rig->w, got, PDCP_SDU_MAX),
			step->report_len);
	KUNIT_EXPECT_MEMEQ(test, got, want, step->report_len);
}

static void expect_state(struct kunit *test, const struct rx_step *step)
{
	const struct pdcp_window *w = &((struct rig *)test->priv)->w;

	KUNIT_EXPECT_EQ(test, w->rx_deliv, step->rx_deliv);
	KUNIT_EXPECT_EQ(test, w->rx_next, step->rx_next);
	KUNIT_EXPECT_EQ(test, w->running, step->running);
	if (step->running)
		KUNIT_EXPECT_EQ(test, w->rx_reord, step->rx_reord);
}

KUNIT_ARRAY_PARAM_DESC(rx_scripts, rx_scripts, name);

static void script(struct kunit *test)
{
	const struct rx_script *s = test->param_value;
	struct rig *rig = test->priv;
	unsigned int i;

	rig_setup(test, s->sn_bits, s->out_of_order, s->start);
	for (i = 0; i < s->num_steps; i++) {
		const struct rx_step *step = &s->steps[i];

		if (step->op == RX_EXPIRY)
			rig_expire(test);
		else
			play_pdu(test, step);
		KUNIT_EXPECT_STREQ_MSG(test, rig->events, step->events, "step %u", i);
		expect_state(test, step);
		expect_report(test, step);
	}
}

static struct kunit_case script_cases[] = {
	KUNIT_CASE_PARAM(script, rx_scripts_gen_params),
	{}
};

static struct kunit_suite script_suite = {
	.name = "pdcp_window_script",
	.init = rig_init,
	.exit = rig_exit,
	.test_cases = script_cases,
};

kunit_test_suite(script_suite);
