// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <string.h>

#include "lib.h"

const char *pdcp_name(const struct pdcp_names *names, unsigned int value)
{
	return value < names->count ? names->names[value] : NULL;
}

int pdcp_value(const struct pdcp_names *names, const char *name)
{
	unsigned int i;

	for (i = 0; i < names->count; i++) {
		if (names->names[i] && !strcmp(names->names[i], name))
			return i;
	}
	return -EINVAL;
}
