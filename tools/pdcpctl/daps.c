// SPDX-License-Identifier: GPL-2.0

#include "leg.h"
#include "ue.h"

static const char usage[] =
	"Usage: pdcpctl daps start [ dev DEV ] ue ID set SET [ t304 MS ]\n"
	"                          { BEARER [ action ACTION ] leg LEG }...\n"
	"       pdcpctl daps { switch | release | fallback | source-failed | abort }\n"
	"                    [ dev DEV ] ue ID\n"
	"       pdcpctl daps show [ dev DEV ] [ ue ID ]\n"
	"\n"
	"BEARER := { srb 1..4 | drb 1..32 }\n"
	"ACTION := { daps | reestablish | recover }\n"
	"LEG := { user |\n"
	"         gtpu remote ADDR teid-in TEID teid-out TEID [ local ADDR ] [ port PORT ]\n"
	"              [ nru { on | off } ] [ nru-loss { on | off } ] }\n"
	"\n"
	"Start names every bearer of the UE. MS, 1 to 600000, is the time after which\n"
	"the module falls back by itself; without it, never.\n"
	"After source-failed, that is abort: the bearers wait for re-establishment.\n";

struct start_config {
	uint64_t has;
	uint32_t t304;
};

#define CONFIG	((struct start_config *)0)

static const struct keyword start_keywords[] = {
	KEYWORD("t304", CONFIG->t304, PDCP_A_UE_T304, parse_number,
		.min = 1, .max = 600000),
};

static json_t *daps_json(struct ctl *ctl, const struct pdcp_ue_info *info)
{
	json_t *object = json_object();

	object_set_dev(object, ctl, info->ifindex);
	object_set(object, "ue", json_integer(info->id));
	ue_handover_set(object, info);
	return object;
}

static void daps_text(FILE *out, const json_t *object)
{
	fputs("ue ", out);
	text_value(out, json_object_get(object, "ue"));
	text_members(out, object, "dev state source-set target-set source-failed t304 t304-left");
	fputc('\n', out);
}

static int daps_show(struct ctl *ctl, struct args *args)
{
	return ue_show_as(ctl, args, daps_json, daps_text);
}

static int daps_start(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct start_config config = { 0 };
	struct targets targets = { 0 };

	while (args_more(args)) {
		if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE | SELECT_SET) &&
		    !args_keyword(args, start_keywords, ARRAY_SIZE(start_keywords), &config,
				  &config.has) &&
		    !targets_parse(args, &targets, true))
			args_unknown(args);
	}
	targets_require(&targets);
	selector_open(ctl, &selector, SELECT_UE | SELECT_SET);
	return ctl_result(ctl, pdcp_daps_start(ctl->h, selector.bearer.ifindex, selector.bearer.ue,
					       selector.set, config.t304, targets.target,
					       targets.count));
}

static int daps_step(struct ctl *ctl, struct args *args,
		     int (*step)(struct pdcp *h, uint32_t ifindex, uint32_t ue))
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE);
	selector_open(ctl, &selector, SELECT_UE);
	return ctl_result(ctl, step(ctl->h, selector.bearer.ifindex, selector.bearer.ue));
}

static int daps_switch(struct ctl *ctl, struct args *args)
{
	return daps_step(ctl, args, pdcp_daps_switch);
}

static int daps_release(struct ctl *ctl, struct args *args)
{
	return daps_step(ctl, args, pdcp_daps_release);
}

static int daps_fallback(struct ctl *ctl, struct args *args)
{
	return daps_step(ctl, args, pdcp_daps_fallback);
}

static int daps_source_failed(struct ctl *ctl, struct args *args)
{
	return daps_step(ctl, args, pdcp_daps_source_failed);
}

static int daps_abort(struct ctl *ctl, struct args *args)
{
	return daps_step(ctl, args, pdcp_daps_abort);
}

static const struct command commands[] = {
	{ "show", daps_show },
	{ "start", daps_start },
	{ "switch", daps_switch },
	{ "release", daps_release },
	{ "fallback", daps_fallback },
	{ "source-failed", daps_source_failed },
	{ "abort", daps_abort },
};

const struct object daps_object = {
	.name = "daps",
	.usage = usage,
	.run = daps_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
