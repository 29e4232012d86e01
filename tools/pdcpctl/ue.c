// SPDX-License-Identifier: GPL-2.0

#include "args.h"
#include "output.h"
#include "ue.h"
#include "undo.h"

static const char usage[] =
	"Usage: pdcpctl ue add [ dev DEV ] ue ID [ role { ue | gnb } ] [ addr ADDR ]...\n"
	"                      [ test-mode ]\n"
	"       pdcpctl ue del [ dev DEV ] ue ID\n"
	"       pdcpctl ue show [ dev DEV ] [ ue ID ]\n"
	"\n"
	"The role is ue unless given. A UE has at most 8 addresses, IPv4 or IPv6.\n";

#define CONFIG	((struct pdcp_ue_config *)0)

static const struct keyword ue_keywords[] = {
	KEYWORD("role", CONFIG->role, PDCP_A_UE_ROLE, parse_enum,
		.names = &pdcp_role_names),
};

static const struct keyword addr_keyword = { .word = "addr" };

json_t *ue_json(struct ctl *ctl, const struct pdcp_ue_info *info)
{
	json_t *object = json_object();
	json_t *addresses = json_array();
	char text[PDCP_ADDR_STRLEN];
	size_t i;

	for (i = 0; i < info->config.addrs; i++)
		array_add(addresses, json_string(pdcp_addr_format(&info->config.addr[i], text)));
	object_set_dev(object, ctl, info->ifindex);
	object_set(object, "ue", json_integer(info->id));
	object_set_name(object, "role", &pdcp_role_names, info->config.role);
	object_set(object, "address", addresses);
	object_set(object, "test-mode", json_boolean(info->config.test_mode));
	if (info->has & PDCP_HAS(PDCP_A_UE_DEFAULT_DRB))
		object_set(object, "default-drb", json_integer(info->default_drb));
	object_set(object, "bearers", json_integer(info->bearers));
	ue_handover_set(object, info);
	return object;
}

void ue_handover_set(json_t *object, const struct pdcp_ue_info *info)
{
	object_set_name(object, "state", &pdcp_handover_state_names, info->state);
	if (info->has & PDCP_HAS(PDCP_A_UE_SOURCE_SET))
		object_set(object, "source-set", json_integer(info->source_set));
	if (info->has & PDCP_HAS(PDCP_A_UE_TARGET_SET))
		object_set(object, "target-set", json_integer(info->target_set));
	if (info->state != PDCP_HANDOVER_STATE_NONE)
		object_set(object, "source-failed", json_boolean(info->source_failed));
	if (info->has & PDCP_HAS(PDCP_A_UE_T304))
		object_set(object, "t304", json_integer(info->t304));
	if (info->has & PDCP_HAS(PDCP_A_UE_T304_LEFT))
		object_set(object, "t304-left", json_integer(info->t304_left));
}

static void ue_text(FILE *out, const json_t *object)
{
	static const char *const lines[] = {
		"address",
		"state source-set target-set source-failed t304 t304-left",
	};

	fputs("ue ", out);
	text_value(out, json_object_get(object, "ue"));
	text_members(out, object, "dev role test-mode bearers default-drb");
	fputc('\n', out);
	text_lines(out, object, "   ", lines, ARRAY_SIZE(lines));
}

struct ue_collect {
	struct ctl *ctl;
	json_t *array;
	json_t *(*json)(struct ctl *ctl, const struct pdcp_ue_info *info);
};

static int ue_collect(const struct pdcp_ue_info *info, void *data)
{
	struct ue_collect *collect = data;

	array_add(collect->array, collect->json(collect->ctl, info));
	return 0;
}

int ue_show_as(struct ctl *ctl, struct args *args,
	       json_t *(*json)(struct ctl *ctl, const struct pdcp_ue_info *info), text_fn *text)
{
	struct ue_collect collect = { .ctl = ctl, .json = json };
	struct selector selector = SELECTOR_INIT;
	struct pdcp_ue_info info;
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE);
	selector_open(ctl, &selector, 0);
	collect.array = json_array();
	if (selector.given & SELECT_UE) {
		ret = pdcp_ue_get(ctl->h, selector.bearer.ifindex, selector.bearer.ue, &info);
		if (!ret)
			ue_collect(&info, &collect);
	} else {
		ret = pdcp_ue_list(ctl->h, selector.bearer.ifindex, ue_collect, &collect);
	}
	if (ret) {
		json_decref(collect.array);
		return ctl_result(ctl, ret);
	}
	return output_array(ctl, collect.array, text);
}

struct ue_each {
	struct pdcp *h;
	ue_each_fn *fn;
	void *data;
};

static int ue_each_of_list(const struct pdcp_ue_info *info, void *data)
{
	const struct ue_each *each = data;

	return each->fn(each->h, info->ifindex, info->id, each->data);
}

int ue_each(struct pdcp *h, const struct selector *selector, ue_each_fn *fn, void *data)
{
	struct ue_each each = { h, fn, data };

	if (selector->given & SELECT_UE)
		return fn(h, selector->bearer.ifindex, selector->bearer.ue, data);
	return pdcp_ue_list(h, selector->bearer.ifindex, ue_each_of_list, &each);
}

static int ue_show(struct ctl *ctl, struct args *args)
{
	return ue_show_as(ctl, args, ue_json, ue_text);
}

static int ue_remove(struct pdcp *h, const struct undo *undo)
{
	return pdcp_ue_del(h, undo->bearer.ifindex, undo->bearer.ue);
}

static int ue_add(struct ctl *ctl, struct args *args)
{
	struct pdcp_ue_config config = { .role = PDCP_ROLE_UE };
	struct undo undo = { .run = ue_remove };
	struct selector selector = SELECTOR_INIT;
	uint64_t has = 0;
	int ret;

	while (args_more(args)) {
		if (args_take(args, "addr")) {
			if (config.addrs == PDCP_ADDRS_MAX)
				usage_error("more than %d addresses", PDCP_ADDRS_MAX);
			parse_address(&addr_keyword, args_value(args, "addr"),
				      &config.addr[config.addrs++]);
		} else if (args_take(args, "test-mode")) {
			config.test_mode = true;
		} else if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE) &&
			   !args_keyword(args, ue_keywords, ARRAY_SIZE(ue_keywords), &config,
					 &has)) {
			args_unknown(args);
		}
	}
	selector_open(ctl, &selector, SELECT_UE);
	undo.bearer = selector.bearer;
	ret = pdcp_ue_add(ctl->h, selector.bearer.ifindex, selector.bearer.ue, &config);
	return undo_note(ctl_result(ctl, ret), &undo);
}

static int ue_del(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE);
	selector_open(ctl, &selector, SELECT_UE);
	return ctl_result(ctl, pdcp_ue_del(ctl->h, selector.bearer.ifindex, selector.bearer.ue));
}

static const struct command commands[] = {
	{ "show", ue_show },
	{ "add", ue_add },
	{ "del", ue_del },
};

const struct object ue_object = {
	.name = "ue",
	.usage = usage,
	.run = ue_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
