// SPDX-License-Identifier: GPL-2.0

#include "leg.h"

#define LEG	((struct pdcp_leg_config *)0)
#define TARGET	((struct pdcp_bearer_target *)0)

/* The opposite of a switch. */
static void parse_nru_loss(const struct keyword *keyword, const char *text, void *member)
{
	bool *any = member;

	parse_switch(keyword, text, any);
	*any = !*any;
}

static const struct keyword gtpu_keywords[] = {
	KEYWORD("remote", LEG->remote, PDCP_A_LEG_REMOTE, parse_address),
	KEYWORD("local", LEG->local, PDCP_A_LEG_LOCAL, parse_address),
	KEYWORD("port", LEG->port, PDCP_A_LEG_PORT, parse_number, .min = 1, .max = 65535),
	KEYWORD("teid-in", LEG->teid_in, PDCP_A_LEG_TEID_IN, parse_number,
		.min = 1, .max = UINT32_MAX),
	KEYWORD("teid-out", LEG->teid_out, PDCP_A_LEG_TEID_OUT, parse_number,
		.min = 1, .max = UINT32_MAX),
	KEYWORD("nru", LEG->nru, PDCP_A_LEG_NRU, parse_switch),
	KEYWORD("nru-loss", LEG->nru_any, PDCP_A_LEG_NRU_LOSS, parse_nru_loss),
};

static const struct keyword lower_keyword =
	KEYWORD("leg", LEG->lower, PDCP_A_LEG_LOWER, parse_enum, .names = &pdcp_lower_names);

static const struct keyword action_keyword =
	KEYWORD("action", TARGET->action, PDCP_A_BEARER_TARGET_ACTION,
		parse_enum, .names = &pdcp_action_names);

void leg_parse(struct args *args, struct pdcp_leg_config *leg)
{
	uint64_t has = 0;

	parse_enum(&lower_keyword, args_value(args, "leg"), &leg->lower);
	if (leg->lower != PDCP_LOWER_GTPU)
		return;
	while (args_keyword(args, gtpu_keywords, ARRAY_SIZE(gtpu_keywords), leg, &has))
		;
	if (!leg->remote.len)
		usage_error("\"remote\" is missing: a gtpu leg needs its peer's address");
	if (!leg->teid_in || !leg->teid_out)
		usage_error("\"%s\" is missing: a gtpu leg needs teid-in and teid-out",
			    leg->teid_in ? "teid-out" : "teid-in");
}

static void nru_set(json_t *object, const struct pdcp_leg_info *info)
{
	object_set(object, "nru", json_boolean(info->config.nru));
	if (!info->config.nru)
		return;
	object_set(object, "nru-loss", json_boolean(!info->config.nru_any));
	object_set(object, "status-asked", json_integer(info->status_asked));
	object_set(object, "status-received", json_integer(info->status_received));
	object_set(object, "status-sent", json_integer(info->status_sent));
	object_set(object, "frames-lost", json_integer(info->frames_lost));
}

json_t *leg_json(const struct pdcp_leg_info *info)
{
	const struct pdcp_leg_config *config = &info->config;
	json_t *object = json_object();

	if (info->has & PDCP_HAS(PDCP_A_LEG_STATE_ROLE))
		object_set_name(object, "role", &pdcp_leg_role_names, info->role);
	if (info->has & PDCP_HAS(PDCP_A_LEG_STATE_SET))
		object_set(object, "set", json_integer(info->set));
	object_set(object, "active", json_boolean(info->active));
	object_set_name(object, "lower", &pdcp_lower_names, config->lower);
	object_set_address(object, "remote", &config->remote);
	object_set_address(object, "local", &config->local);
	if (config->port)
		object_set(object, "port", json_integer(config->port));
	if (config->teid_in)
		object_set(object, "teid-in", json_integer(config->teid_in));
	if (config->teid_out)
		object_set(object, "teid-out", json_integer(config->teid_out));
	object_set(object, "tx-pdus", json_integer(info->tx_pdus));
	object_set(object, "tx-bytes", json_integer(info->tx_bytes));
	object_set(object, "tx-next", json_integer(info->tx_next));
	object_set(object, "rx-pdus", json_integer(info->rx_pdus));
	object_set(object, "rx-bytes", json_integer(info->rx_bytes));
	object_set(object, "integrity-failures", json_integer(info->integrity_failures));
	if (config->lower == PDCP_LOWER_GTPU)
		nru_set(object, info);
	return object;
}

void leg_text(FILE *out, const json_t *leg)
{
	static const char *const lines[] = {
		"role set active",
		"tx-pdus tx-bytes tx-next",
		"rx-pdus rx-bytes integrity-failures",
		"nru nru-loss status-asked status-received status-sent frames-lost",
	};

	fputs("    leg ", out);
	text_value(out, json_object_get(leg, "lower"));
	text_members(out, leg, "remote local port");
	text_teid(out, leg, "teid-in");
	text_teid(out, leg, "teid-out");
	fputc('\n', out);
	text_lines(out, leg, "       ", lines, ARRAY_SIZE(lines));
}

static bool has_leg(const struct pdcp_bearer_target *target)
{
	return target->has & PDCP_HAS(PDCP_A_BEARER_TARGET_LEG);
}

static void target_begin(struct args *args, struct targets *targets, enum pdcp_bearer_type type)
{
	const char *word = pdcp_name(&pdcp_bearer_type_names, type);
	struct pdcp_bearer_target *target;

	if (targets->count)
		targets_require(targets);
	if (targets->count == ARRAY_SIZE(targets->target))
		usage_error("more bearers than a UE has");
	target = &targets->target[targets->count++];
	target->type = type;
	target->id = number_value(word, args_value(args, word), 1,
				  type == PDCP_BEARER_TYPE_SRB ? 4 : 32);
}

bool targets_parse(struct args *args, struct targets *targets, bool action)
{
	struct pdcp_bearer_target *last = NULL;

	if (args_take(args, "srb")) {
		target_begin(args, targets, PDCP_BEARER_TYPE_SRB);
		return true;
	}
	if (args_take(args, "drb")) {
		target_begin(args, targets, PDCP_BEARER_TYPE_DRB);
		return true;
	}
	if (targets->count)
		last = &targets->target[targets->count - 1];
	if (last && action && args_keyword(args, &action_keyword, 1, last, &last->has))
		return true;
	if (!last || !args_take(args, "leg"))
		return false;
	args_duplicate(has_leg(last), "leg", args_value(args, "leg"));
	args->next--;
	leg_parse(args, &last->leg);
	last->has |= PDCP_HAS(PDCP_A_BEARER_TARGET_LEG);
	return true;
}

void targets_require(const struct targets *targets)
{
	const struct pdcp_bearer_target *last = &targets->target[targets->count - 1];

	if (!targets->count)
		usage_error("\"srb\" or \"drb\" is missing: which bearers, with their legs");
	if (!targets->leg_optional && !has_leg(last))
		usage_error("\"leg\" is missing: the new leg of %s %u",
			    pdcp_name(&pdcp_bearer_type_names, last->type), last->id);
}
