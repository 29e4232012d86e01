// SPDX-License-Identifier: GPL-2.0

#include <stdio.h>
#include <stdlib.h>

#include "undo.h"

static struct {
	struct undo *notes;
	size_t count;
	size_t max;
} undo_log;

void undo_begin(size_t count)
{
	undo_log.notes = calloc(count, sizeof(*undo_log.notes));
	if (!undo_log.notes && count)
		usage_error("no memory for a batch of %zu commands", count);
	undo_log.max = count;
}

bool undo_wanted(void)
{
	return undo_log.max;
}

int undo_note(int status, const struct undo *undo)
{
	if (!status && undo_log.count < undo_log.max)
		undo_log.notes[undo_log.count++] = *undo;
	return status;
}

size_t undo_all(struct pdcp *h)
{
	const struct undo *undo;
	size_t failed = 0;
	int ret;

	while (undo_log.count) {
		undo = &undo_log.notes[--undo_log.count];
		ret = undo->run(h, undo);
		if (!ret)
			continue;
		fprintf(stderr, "Error: pdcp: %s.\n",
			*pdcp_error(h) ? pdcp_error(h) : pdcp_strerror(ret));
		failed++;
	}
	return failed;
}
