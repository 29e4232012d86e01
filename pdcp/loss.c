// SPDX-License-Identifier: GPL-2.0
/*
 * Lost frames at the receiver of DL USER DATA, 38.425 5.4.1: a step in the NR-U SN is a gap,
 * late frames close it again, what remains after a while is reported once.
 */

#include "pdcp/loss.h"

#include <kunit/visibility.h>
#include <linux/math.h>
#include <linux/string.h>

/**
 * pdcp_loss_init - begin with no frame received
 * @loss: state
 * @enabled: whether to look for gaps at all.  CU-UPs exist that never set the NR-U SN
 * @wait: how long a missing frame may still come
 */
void pdcp_loss_init(struct pdcp_loss *loss, bool enabled, u64 wait)
{
	*loss = (struct pdcp_loss){
		.enabled = enabled,
		.wait = wait,
	};
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_loss_init);

static void gap_remove(struct pdcp_loss *loss, u8 i)
{
	loss->num--;
	memmove(&loss->gaps[i], &loss->gaps[i + 1], (loss->num - i) * sizeof(loss->gaps[0]));
}

static bool gap_insert(struct pdcp_loss *loss, u8 i, u32 first, u32 last, u64 since)
{
	if (loss->num == PDCP_LOSS_GAPS)
		return false;
	memmove(&loss->gaps[i + 1], &loss->gaps[i], (loss->num - i) * sizeof(loss->gaps[0]));
	loss->gaps[i] = (struct pdcp_loss_gap){ { first, last }, since };
	loss->num++;
	return true;
}

/*
 * Without room for a second half the gap stays whole: a frame too many is retransmitted then,
 * which is better than one too few.
 */
static void gap_close(struct pdcp_loss *loss, u8 i, u32 sn)
{
	struct pdcp_loss_gap *gap = &loss->gaps[i];

	if (gap->range.first == gap->range.last)
		gap_remove(loss, i);
	else if (sn == gap->range.first)
		gap->range.first = pdcp_nru_sn_add(sn, 1);
	else if (sn == gap->range.last)
		gap->range.last = pdcp_nru_sn_add(sn, -1);
	else if (gap_insert(loss, i, gap->range.first, pdcp_nru_sn_add(sn, -1), gap->since))
		loss->gaps[i + 1].range.first = pdcp_nru_sn_add(sn, 1);
}

static void receive_late(struct pdcp_loss *loss, u32 sn)
{
	u8 i;

	for (i = 0; i < loss->num; i++) {
		if (pdcp_nru_range_has(&loss->gaps[i].range, sn)) {
			gap_close(loss, i, sn);
			return;
		}
	}
}

static void start(struct pdcp_loss *loss, u32 sn)
{
	loss->num = 0;
	loss->next = pdcp_nru_sn_add(sn, 1);
	loss->started = true;
}

/**
 * pdcp_loss_receive - take note of a frame
 * @loss: state
 * @sn: its NR-U SN
 * @now: time
 *
 * The first frame tells where the sender begins.  Duplicates change nothing.
 *
 * Return: whether a new gap was found.
 */
bool pdcp_loss_receive(struct pdcp_loss *loss, u32 sn, u64 now)
{
	u32 expected = loss->next;
	s32 ahead = pdcp_nru_sn_diff(sn, expected);

	if (!loss->enabled)
		return false;
	if (!loss->started || abs(ahead) >= PDCP_LOSS_STEP_MAX) {
		start(loss, sn);
		return false;
	}
	if (ahead < 0) {
		receive_late(loss, sn);
		return false;
	}

	loss->next = pdcp_nru_sn_add(sn, 1);
	if (!ahead)
		return false;
	if (gap_insert(loss, loss->num, expected, pdcp_nru_sn_add(sn, -1), now))
		return true;
	loss->unreported++;
	return false;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_loss_receive);

/**
 * pdcp_loss_due - when to report next
 * @loss: state
 * @due: time from which on pdcp_loss_pop() finds something
 *
 * Return: whether anything is missing; @due is written only if so.
 */
bool pdcp_loss_due(const struct pdcp_loss *loss, u64 *due)
{
	if (!loss->num)
		return false;
	*due = loss->gaps[0].since + loss->wait;
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_loss_due);

/**
 * pdcp_loss_pop - a range to report
 * @loss: state
 * @now: time, not before that of any frame received
 * @range: NR-U SNs that are given up; no other call gives them again
 *
 * Return: whether there was one that has been missing for the time to wait; oldest first.
 */
bool pdcp_loss_pop(struct pdcp_loss *loss, u64 now, struct pdcp_nru_range *range)
{
	u64 due;

	if (!pdcp_loss_due(loss, &due) || now < due)
		return false;
	*range = loss->gaps[0].range;
	gap_remove(loss, 0);
	return true;
}
EXPORT_SYMBOL_IF_KUNIT(pdcp_loss_pop);
