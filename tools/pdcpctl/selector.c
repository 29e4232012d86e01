// SPDX-License-Identifier: GPL-2.0

#include "args.h"

static void selector_bearer(struct args *args, struct selector *selector,
			    enum pdcp_bearer_type type)
{
	const char *word = pdcp_name(&pdcp_bearer_type_names, type);
	const char *text = args_value(args, word);

	args_duplicate(selector->given & SELECT_BEARER, word, text);
	selector->bearer.type = type;
	selector->bearer.id = number_value(word, text, 1, type == PDCP_BEARER_TYPE_SRB ? 4 : 32);
	selector->given |= SELECT_BEARER;
}

static void selector_role(struct args *args, struct selector *selector)
{
	const char *text = args_value(args, "role");

	args_duplicate(selector->given & SELECT_ROLE, "role", text);
	selector->role = pdcp_value(&pdcp_leg_role_names, text);
	if (selector->role < 0)
		args_wrong(text, "role", "source, target or secondary");
	selector->given |= SELECT_ROLE;
}

bool selector_parse(struct args *args, struct selector *selector, unsigned int which)
{
	const char *text;

	if ((which & SELECT_DEV) && args_take(args, "dev")) {
		text = args_value(args, "dev");
		args_duplicate(selector->given & SELECT_DEV, "dev", text);
		selector->dev = text;
		selector->given |= SELECT_DEV;
	} else if ((which & SELECT_UE) && args_take(args, "ue")) {
		text = args_value(args, "ue");
		args_duplicate(selector->given & SELECT_UE, "ue", text);
		selector->bearer.ue = number_value("ue", text, 0, UINT32_MAX);
		selector->given |= SELECT_UE;
	} else if ((which & SELECT_SET) && args_take(args, "set")) {
		text = args_value(args, "set");
		args_duplicate(selector->given & SELECT_SET, "set", text);
		selector->set = number_value("set", text, 0, 15);
		selector->given |= SELECT_SET;
	} else if ((which & SELECT_BEARER) && args_take(args, "srb")) {
		selector_bearer(args, selector, PDCP_BEARER_TYPE_SRB);
	} else if ((which & SELECT_BEARER) && args_take(args, "drb")) {
		selector_bearer(args, selector, PDCP_BEARER_TYPE_DRB);
	} else if ((which & SELECT_ROLE) && args_take(args, "role")) {
		selector_role(args, selector);
	} else {
		return false;
	}
	return true;
}

void selector_parse_all(struct args *args, struct selector *selector, unsigned int which)
{
	while (args_more(args)) {
		if (!selector_parse(args, selector, which))
			args_unknown(args);
	}
}

void selector_open(struct ctl *ctl, struct selector *selector, unsigned int which)
{
	unsigned int missing = which & ~selector->given;

	if (missing & SELECT_UE)
		usage_error("\"ue\" is missing: which UE");
	if (missing & SELECT_SET)
		usage_error("\"set\" is missing: which security set");
	if (missing & SELECT_BEARER)
		usage_error("\"srb\" or \"drb\" is missing: which bearer");
	ctl_open(ctl);
	selector->bearer.ifindex = ctl_device(ctl, selector->dev);
}
