// SPDX-License-Identifier: GPL-2.0

#include "args.h"
#include "output.h"
#include "ue.h"

static const char usage[] =
	"Usage: pdcpctl ledger show [ dev DEV ] [ ue ID ]\n"
	"\n"
	"What the keys of a UE have protected, by bearer and direction: next is the first\n"
	"COUNT that was not, legs says how many use the key now, and set which installed\n"
	"sets have it. A key that is gone is remembered for as long as its UE is there.\n"
	"The number of a key stands for its value, and does not depend on it.\n";

struct ledger_show {
	struct ctl *ctl;
	json_t *array;
};

static int ledger_collect(const struct pdcp_ledger_info *info, void *data)
{
	struct ledger_show *show = data;
	json_t *object = json_object();
	json_t *sets = json_array();
	size_t i;

	for (i = 0; i < info->sets; i++)
		array_add(sets, json_integer(info->set[i]));
	object_set_bearer(object, show->ctl, &info->bearer);
	object_set_name(object, "direction", &pdcp_direction_names, info->direction);
	object_set_name(object, "key", &pdcp_key_role_names, info->key);
	object_set(object, "handle", json_integer(info->handle));
	object_set(object, "bearer-input", json_integer(info->bearer_input));
	object_set(object, "next", json_integer(info->next));
	object_set(object, "legs", json_integer(info->legs));
	object_set(object, "set", sets);
	array_add(show->array, object);
	return 0;
}

static int ledger_list(struct pdcp *h, uint32_t ifindex, uint32_t ue, void *data)
{
	return pdcp_ledger_list(h, ifindex, ue, ledger_collect, data);
}

static void ledger_text(FILE *out, const json_t *object)
{
	text_bearer(out, object);
	text_members(out, object, "direction key handle next legs set");
	if (!json_array_size(json_object_get(object, "set")))
		fputs(" gone", out);
	fputc('\n', out);
}

static int ledger_show(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct ledger_show show = { .ctl = ctl };
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE);
	selector_open(ctl, &selector, 0);
	show.array = json_array();
	ret = ue_each(ctl->h, &selector, ledger_list, &show);
	if (ret) {
		json_decref(show.array);
		return ctl_result(ctl, ret);
	}
	return output_array(ctl, show.array, ledger_text);
}

static const struct command commands[] = {
	{ "show", ledger_show },
};

const struct object ledger_object = {
	.name = "ledger",
	.usage = usage,
	.run = ledger_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
