// SPDX-License-Identifier: GPL-2.0

#include <string.h>

#include "leg.h"
#include "ue.h"
#include "undo.h"

static const char usage[] =
	"Usage: pdcpctl bearer add [ dev DEV ] ue ID BEARER set SET [ OPTION ]...\n"
	"                          leg LEG [ leg LEG ]\n"
	"       pdcpctl bearer del [ dev DEV ] ue ID BEARER\n"
	"       pdcpctl bearer show [ dev DEV ] [ ue ID [ BEARER ] ]\n"
	"       pdcpctl bearer set [ dev DEV ] ue ID BEARER [ role { source | target } ]\n"
	"                          [ t-reordering { MS | infinity } ] [ duplication { on | off } ]\n"
	"       pdcpctl bearer reestablish [ dev DEV ] ue ID set SET { BEARER leg LEG }...\n"
	"       pdcpctl bearer recover [ dev DEV ] ue ID { drb 1..32 [ leg LEG ] }...\n"
	"       pdcpctl bearer { suspend | resume } [ dev DEV ] ue ID [ BEARER ]\n"
	"\n"
	"BEARER := { srb 1..4 | drb 1..32 }\n"
	"OPTION := { mode { um | am } | sn { 12 | 18 } | sn-ul { 12 | 18 } | sn-dl { 12 | 18 } |\n"
	"            integrity { on | off } | ciphering { on | off } |\n"
	"            t-reordering { MS | infinity } | discard { MS | infinity } |\n"
	"            status-report { on | off } | out-of-order { on | off } | sdap { 0 | 1 } |\n"
	"            upper { device | user } | default | bearer-input 0..31 |\n"
	"            queue-limit SDUS | kept-limit SDUS | window-limit OCTETS |\n"
	"            count-threshold COUNT |\n"
	"            split-threshold { OCTETS | infinity } | duplication { on | off } |\n"
	"            hold { tx | rx | both } }\n"
	"LEG := { user |\n"
	"         gtpu remote ADDR teid-in TEID teid-out TEID [ local ADDR ] [ port PORT ]\n"
	"              [ nru { on | off } ] [ nru-loss { on | off } ] }\n";

#define CONFIG	((struct pdcp_bearer_config *)0)

/* "sn" is both directions; "hold" is a choice of flags. */
static const struct keyword sn_keyword =
	KEYWORD("sn", CONFIG->sn_ul, PDCP_A_BEARER_SN_UL, parse_number, .max = 255);

/* What "set" can change. */
static const struct keyword set_keywords[] = {
	KEYWORD("t-reordering", CONFIG->t_reordering, PDCP_A_BEARER_T_REORDERING, parse_ms),
	KEYWORD("duplication", CONFIG->duplication, PDCP_A_BEARER_DUPLICATION, parse_switch),
};

static const struct keyword bearer_keywords[] = {
	KEYWORD("mode", CONFIG->mode, PDCP_A_BEARER_MODE, parse_enum, .names = &pdcp_mode_names),
	KEYWORD("sn-ul", CONFIG->sn_ul, PDCP_A_BEARER_SN_UL, parse_number, .max = 255),
	KEYWORD("sn-dl", CONFIG->sn_dl, PDCP_A_BEARER_SN_DL, parse_number, .max = 255),
	KEYWORD("integrity", CONFIG->integrity, PDCP_A_BEARER_INTEGRITY, parse_switch),
	KEYWORD("ciphering", CONFIG->ciphering, PDCP_A_BEARER_CIPHERING, parse_switch),
	KEYWORD("discard", CONFIG->discard, PDCP_A_BEARER_DISCARD, parse_ms_as_us),
	KEYWORD("status-report", CONFIG->status_report, PDCP_A_BEARER_STATUS_REPORT, parse_switch),
	KEYWORD("out-of-order", CONFIG->out_of_order, PDCP_A_BEARER_OUT_OF_ORDER, parse_switch),
	KEYWORD("sdap", CONFIG->sdap, PDCP_A_BEARER_SDAP, parse_number, .max = 1),
	KEYWORD("upper", CONFIG->upper, PDCP_A_BEARER_UPPER, parse_enum,
		.names = &pdcp_upper_names),
	KEYWORD("bearer-input", CONFIG->bearer_input, PDCP_A_BEARER_BEARER_INPUT, parse_number,
		.max = 31),
	KEYWORD("queue-limit", CONFIG->queue_limit, PDCP_A_BEARER_QUEUE_LIMIT, parse_number,
		.max = UINT32_MAX),
	KEYWORD("kept-limit", CONFIG->kept_limit, PDCP_A_BEARER_KEPT_LIMIT, parse_number,
		.max = UINT32_MAX),
	KEYWORD("window-limit", CONFIG->window_limit, PDCP_A_BEARER_WINDOW_LIMIT, parse_number,
		.max = UINT32_MAX),
	KEYWORD("count-threshold", CONFIG->count_threshold, PDCP_A_BEARER_COUNT_THRESHOLD,
		parse_number, .max = UINT32_MAX),
	KEYWORD("split-threshold", CONFIG->split_threshold, PDCP_A_BEARER_SPLIT_THRESHOLD,
		parse_limit, .max = UINT32_MAX),
};

struct bearer_show {
	struct ctl *ctl;
	const struct pdcp_bearer_id *which;
	json_t *array;
};

static void limit_set(json_t *object, const char *key, uint32_t value, uint32_t scale)
{
	if (value == PDCP_INFINITY)
		object_set(object, key, json_string("infinity"));
	else if (value % scale)
		object_set(object, key, json_real((double)value / scale));
	else
		object_set(object, key, json_integer(value / scale));
}

static void config_set(json_t *object, const struct pdcp_bearer_config *config, bool drb)
{
	const uint64_t has = config->has;

	if (has & PDCP_HAS(PDCP_A_BEARER_MODE))
		object_set_name(object, "mode", &pdcp_mode_names, config->mode);
	if (has & PDCP_HAS(PDCP_A_BEARER_SN_UL))
		object_set(object, "sn-ul", json_integer(config->sn_ul));
	if (has & PDCP_HAS(PDCP_A_BEARER_SN_DL))
		object_set(object, "sn-dl", json_integer(config->sn_dl));
	if (has & PDCP_HAS(PDCP_A_BEARER_INTEGRITY))
		object_set(object, "integrity", json_boolean(config->integrity));
	if (has & PDCP_HAS(PDCP_A_BEARER_CIPHERING))
		object_set(object, "ciphering", json_boolean(config->ciphering));
	if (has & PDCP_HAS(PDCP_A_BEARER_T_REORDERING))
		limit_set(object, "t-reordering", config->t_reordering, 1);
	if (has & PDCP_HAS(PDCP_A_BEARER_DISCARD))
		limit_set(object, "discard", config->discard, 1000);
	if (has & PDCP_HAS(PDCP_A_BEARER_STATUS_REPORT))
		object_set(object, "status-report", json_boolean(config->status_report));
	if (has & PDCP_HAS(PDCP_A_BEARER_OUT_OF_ORDER))
		object_set(object, "out-of-order", json_boolean(config->out_of_order));
	if (has & PDCP_HAS(PDCP_A_BEARER_SDAP))
		object_set(object, "sdap", json_integer(config->sdap));
	if (has & PDCP_HAS(PDCP_A_BEARER_UPPER))
		object_set_name(object, "upper", &pdcp_upper_names, config->upper);
	if (drb)
		object_set(object, "default", json_boolean(config->is_default));
	if (has & PDCP_HAS(PDCP_A_BEARER_BEARER_INPUT))
		object_set(object, "bearer-input", json_integer(config->bearer_input));
	if (has & PDCP_HAS(PDCP_A_BEARER_QUEUE_LIMIT))
		object_set(object, "queue-limit", json_integer(config->queue_limit));
	if (has & PDCP_HAS(PDCP_A_BEARER_KEPT_LIMIT))
		object_set(object, "kept-limit", json_integer(config->kept_limit));
	object_set(object, "window-limit", json_integer(config->window_limit));
	if (has & PDCP_HAS(PDCP_A_BEARER_COUNT_THRESHOLD))
		object_set(object, "count-threshold", json_integer(config->count_threshold));
	if (has & PDCP_HAS(PDCP_A_BEARER_SPLIT_THRESHOLD))
		limit_set(object, "split-threshold", config->split_threshold, 1);
	if (has & PDCP_HAS(PDCP_A_BEARER_DUPLICATION))
		object_set(object, "duplication", json_boolean(config->duplication));
	if (has & PDCP_HAS(PDCP_A_BEARER_HOLD))
		object_set_flags(object, "hold", &pdcp_hold_names, config->hold);
}

static void state_set(json_t *object, const struct pdcp_bearer_info *info)
{
	if (info->has & PDCP_HAS(PDCP_A_BEARER_ROLE))
		object_set_name(object, "role", &pdcp_leg_role_names, info->role);
	if (info->has & PDCP_HAS(PDCP_A_BEARER_PAUSED))
		object_set_flags(object, "paused", &pdcp_paused_names, info->paused);
	object_set(object, "tx-next", json_integer(info->tx_next));
	object_set(object, "rx-next", json_integer(info->rx_next));
	object_set(object, "rx-deliv", json_integer(info->rx_deliv));
	if (info->has & PDCP_HAS(PDCP_A_BEARER_RX_REORD))
		object_set(object, "rx-reord", json_integer(info->rx_reord));
	object_set(object, "queued", json_integer(info->queued));
	object_set(object, "kept", json_integer(info->kept));
	object_set(object, "stored", json_integer(info->stored));
	object_set(object, "stored-bytes", json_integer(info->stored_bytes));
	object_set(object, "tx-sdus", json_integer(info->tx_sdus));
	object_set(object, "tx-bytes", json_integer(info->tx_bytes));
	object_set(object, "rx-sdus", json_integer(info->rx_sdus));
	object_set(object, "rx-bytes", json_integer(info->rx_bytes));
	object_set(object, "retransmitted", json_integer(info->retransmitted));
	object_set(object, "confirmed", json_integer(info->confirmed));
	object_set(object, "evicted", json_integer(info->evicted));
	object_set_drops(object, &info->drops);
}

json_t *bearer_json(struct ctl *ctl, const struct pdcp_bearer_info *info)
{
	json_t *object = json_object();
	json_t *legs = json_array();
	size_t i;

	for (i = 0; i < info->legs; i++)
		array_add(legs, leg_json(&info->leg[i]));
	object_set_bearer(object, ctl, &info->id);
	config_set(object, &info->config, info->id.type == PDCP_BEARER_TYPE_DRB);
	state_set(object, info);
	object_set(object, "legs", legs);
	return object;
}

static int bearer_collect(const struct pdcp_bearer_info *info, void *data)
{
	struct bearer_show *show = data;

	array_add(show->array, bearer_json(show->ctl, info));
	return 0;
}

static int bearer_list(struct pdcp *h, uint32_t ifindex, uint32_t ue, void *data)
{
	struct bearer_show *show = data;
	struct pdcp_bearer_id id = *show->which;

	id.ifindex = ifindex;
	id.ue = ue;
	return pdcp_bearer_list(h, &id, bearer_collect, show);
}

static void bearer_text(FILE *out, const json_t *object)
{
	static const char *const lines[] = {
		"integrity ciphering bearer-input upper sdap default",
		"t-reordering discard status-report out-of-order",
		"queue-limit kept-limit window-limit count-threshold split-threshold duplication",
		"hold paused tx-next rx-next rx-deliv rx-reord queued kept stored stored-bytes",
		"tx-sdus tx-bytes retransmitted confirmed evicted",
		"rx-sdus rx-bytes",
	};
	const json_t *leg;
	size_t i;

	text_bearer(out, object);
	text_members(out, object, "role mode sn-ul sn-dl");
	fputc('\n', out);
	text_lines(out, object, "   ", lines, ARRAY_SIZE(lines));
	text_drops(out, object);
	json_array_foreach(json_object_get(object, "legs"), i, leg)
		leg_text(out, leg);
}

static int bearer_show(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct bearer_show show = { .ctl = ctl, .which = &selector.bearer };
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE | SELECT_BEARER);
	selector_open(ctl, &selector, selector.given & SELECT_BEARER ? SELECT_UE : 0);
	show.array = json_array();
	ret = ue_each(ctl->h, &selector, bearer_list, &show);
	if (ret) {
		json_decref(show.array);
		return ctl_result(ctl, ret);
	}
	return output_array(ctl, show.array, bearer_text);
}

static void sn_parse(struct args *args, struct pdcp_bearer_config *config)
{
	const char *text = args_value(args, "sn");

	args_duplicate(config->has & (PDCP_HAS(PDCP_A_BEARER_SN_UL) |
				      PDCP_HAS(PDCP_A_BEARER_SN_DL)), "sn", text);
	parse_number(&sn_keyword, text, &config->sn_ul);
	config->sn_dl = config->sn_ul;
	config->has |= PDCP_HAS(PDCP_A_BEARER_SN_UL) | PDCP_HAS(PDCP_A_BEARER_SN_DL);
}

static void hold_parse(struct args *args, struct pdcp_bearer_config *config)
{
	const char *text = args_value(args, "hold");
	int bit = pdcp_value(&pdcp_hold_names, text);

	args_duplicate(config->has & PDCP_HAS(PDCP_A_BEARER_HOLD), "hold", text);
	if (bit < 0 && strcmp(text, "both"))
		args_wrong(text, "hold", "tx, rx or both");
	config->hold = bit < 0 ? PDCP_HOLD_TX | PDCP_HOLD_RX : 1U << bit;
	config->has |= PDCP_HAS(PDCP_A_BEARER_HOLD);
}

static bool set_parse(struct args *args, struct pdcp_bearer_config *config)
{
	return args_keyword(args, set_keywords, ARRAY_SIZE(set_keywords), config, &config->has);
}

static bool config_parse(struct args *args, struct pdcp_bearer_config *config)
{
	if (args_take(args, "sn")) {
		sn_parse(args, config);
	} else if (args_take(args, "hold")) {
		hold_parse(args, config);
	} else if (args_take(args, "default")) {
		config->is_default = true;
		config->has |= PDCP_HAS(PDCP_A_BEARER_DEFAULT);
	} else {
		return set_parse(args, config) ||
		       args_keyword(args, bearer_keywords, ARRAY_SIZE(bearer_keywords), config,
				    &config->has);
	}
	return true;
}

static int bearer_remove(struct pdcp *h, const struct undo *undo)
{
	return pdcp_bearer_del(h, &undo->bearer);
}

/* The kernel chooses so when the default DRB goes. */
static int default_chosen(const struct pdcp_bearer_info *info, void *data)
{
	uint8_t *id = data;

	if (info->id.type == PDCP_BEARER_TYPE_DRB && info->config.upper == PDCP_UPPER_DEVICE &&
	    (!*id || info->id.id < *id))
		*id = info->id.id;
	return 0;
}

/* A default DRB that was chosen by the user would not be it again once the new one has gone. */
static int default_keep(struct ctl *ctl, const struct pdcp_bearer_id *bearer)
{
	const struct pdcp_bearer_id all = { .ifindex = bearer->ifindex, .ue = bearer->ue };
	struct pdcp_ue_info ue;
	uint8_t chosen = 0;
	int ret;

	ret = pdcp_ue_get(ctl->h, bearer->ifindex, bearer->ue, &ue);
	if (!ret)
		ret = pdcp_bearer_list(ctl->h, &all, default_chosen, &chosen);
	if (!ret && (ue.has & PDCP_HAS(PDCP_A_UE_DEFAULT_DRB)) && ue.default_drb != chosen)
		usage_error("\"default\": UE %u could not get DRB %u back as its default",
			    bearer->ue, ue.default_drb);
	return ret;
}

static int bearer_add(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct pdcp_bearer_config config = { 0 };
	struct pdcp_leg_config secondary = { 0 };
	struct undo undo = { .run = bearer_remove };
	unsigned int legs = 0;
	int ret = 0;

	while (args_more(args)) {
		if (args_take(args, "leg")) {
			if (legs == PDCP_LEGS_MAX)
				usage_error("more than %d legs", PDCP_LEGS_MAX);
			leg_parse(args, legs++ ? &secondary : &config.leg);
		} else if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE | SELECT_SET |
					   SELECT_BEARER) &&
			   !config_parse(args, &config)) {
			args_unknown(args);
		}
	}
	if (!legs)
		usage_error("\"leg\" is missing: where PDUs come from and go to");
	if (legs == PDCP_LEGS_MAX)
		config.secondary = &secondary;
	selector_open(ctl, &selector, SELECT_UE | SELECT_SET | SELECT_BEARER);
	config.set = selector.set;
	undo.bearer = selector.bearer;
	if (undo_wanted() && config.is_default)
		ret = default_keep(ctl, &selector.bearer);
	if (!ret)
		ret = pdcp_bearer_add(ctl->h, &selector.bearer, &config);
	return undo_note(ctl_result(ctl, ret), &undo);
}

static int bearer_reset(struct pdcp *h, const struct undo *undo)
{
	return pdcp_bearer_set(h, &undo->bearer, undo->role, &undo->config);
}

/* Of the entity that is to be changed, which the kernel refuses if it is not one. */
static int bearer_before(const struct pdcp_bearer_info *info, void *data)
{
	struct undo *undo = data;

	if (undo->role != PDCP_LEG_ROLE_ANY && undo->role != (int)info->role)
		return 0;
	undo->config.t_reordering = info->config.t_reordering;
	undo->config.duplication = info->config.duplication;
	return 0;
}

static int bearer_change_config(struct ctl *ctl, const struct selector *selector,
				const struct pdcp_bearer_config *config)
{
	struct undo undo = {
		.run = bearer_reset,
		.bearer = selector->bearer,
		.role = selector->role,
		.config.has = config->has,
	};
	int ret = 0;

	if (undo_wanted())
		ret = pdcp_bearer_list(ctl->h, &selector->bearer, bearer_before, &undo);
	if (!ret)
		ret = pdcp_bearer_set(ctl->h, &selector->bearer, selector->role, config);
	return undo_note(ctl_result(ctl, ret), &undo);
}

static int bearer_set(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct pdcp_bearer_config config = { 0 };

	while (args_more(args)) {
		if (!selector_parse(args, &selector,
				    SELECT_DEV | SELECT_UE | SELECT_BEARER | SELECT_ROLE) &&
		    !set_parse(args, &config))
			args_unknown(args);
	}
	if (!config.has)
		usage_error("nothing to set: say t-reordering MS, duplication on or off, or both");
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	return bearer_change_config(ctl, &selector, &config);
}

static int bearer_del(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE | SELECT_BEARER);
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	return ctl_result(ctl, pdcp_bearer_del(ctl->h, &selector.bearer));
}

static int bearer_reestablish(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct targets targets = { 0 };

	while (args_more(args)) {
		if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE | SELECT_SET) &&
		    !targets_parse(args, &targets, false))
			args_unknown(args);
	}
	targets_require(&targets);
	selector_open(ctl, &selector, SELECT_UE | SELECT_SET);
	return ctl_result(ctl, pdcp_bearer_reestablish(ctl->h, selector.bearer.ifindex,
						       selector.bearer.ue, selector.set,
						       targets.target, targets.count));
}

static int bearer_recover(struct ctl *ctl, struct args *args)
{
	struct targets targets = { .leg_optional = true };
	struct selector selector = SELECTOR_INIT;

	while (args_more(args)) {
		if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE) &&
		    !targets_parse(args, &targets, false))
			args_unknown(args);
	}
	targets_require(&targets);
	selector_open(ctl, &selector, SELECT_UE);
	return ctl_result(ctl, pdcp_bearer_recover(ctl->h, selector.bearer.ifindex,
						   selector.bearer.ue, targets.target,
						   targets.count));
}

/* Of one bearer, or all of the UE. */
static int bearer_change(struct ctl *ctl, struct args *args,
			 int (*change)(struct pdcp *h, const struct pdcp_bearer_id *id))
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE | SELECT_BEARER);
	selector_open(ctl, &selector, SELECT_UE);
	return ctl_result(ctl, change(ctl->h, &selector.bearer));
}

static int bearer_suspend(struct ctl *ctl, struct args *args)
{
	return bearer_change(ctl, args, pdcp_bearer_suspend);
}

static int bearer_resume(struct ctl *ctl, struct args *args)
{
	return bearer_change(ctl, args, pdcp_bearer_resume);
}

static const struct command commands[] = {
	{ "show", bearer_show },
	{ "add", bearer_add },
	{ "set", bearer_set },
	{ "del", bearer_del },
	{ "reestablish", bearer_reestablish },
	{ "recover", bearer_recover },
	{ "suspend", bearer_suspend },
	{ "resume", bearer_resume },
};

const struct object bearer_object = {
	.name = "bearer",
	.usage = usage,
	.run = bearer_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
