// SPDX-License-Identifier: GPL-2.0

#include "args.h"
#include "keyfile.h"
#include "output.h"
#include "ue.h"
#include "undo.h"

static const char usage[] =
	"Usage: pdcpctl security add [ dev DEV ] ue ID set SET nea NEA nia NIA\n"
	"                            [ keys { FILE | - } ]\n"
	"       pdcpctl security del [ dev DEV ] ue ID set SET\n"
	"       pdcpctl security show [ dev DEV ] [ ue ID ]\n"
	"\n"
	"SET is 0 to 15, NEA and NIA are 0 to 3. FILE holds a JSON object with members\n"
	"rrc-enc, rrc-int, up-enc and up-int, of 32 hexadecimal digits each; nobody but\n"
	"its owner may have access to it.\n";

struct security_config {
	uint64_t has;
	uint8_t nea;
	uint8_t nia;
};

#define CONFIG	((struct security_config *)0)

static const struct keyword security_keywords[] = {
	KEYWORD("nea", CONFIG->nea, PDCP_A_SECURITY_NEA, parse_number, .max = 3),
	KEYWORD("nia", CONFIG->nia, PDCP_A_SECURITY_NIA, parse_number, .max = 3),
};

struct security_show {
	struct ctl *ctl;
	json_t *array;
};

static int security_collect(const struct pdcp_security_info *info, void *data)
{
	struct security_show *show = data;
	json_t *object = json_object();

	object_set_dev(object, show->ctl, info->ifindex);
	object_set(object, "ue", json_integer(info->ue));
	object_set(object, "set", json_integer(info->set));
	object_set(object, "nea", json_integer(info->nea));
	object_set(object, "nia", json_integer(info->nia));
	object_set(object, "legs", json_integer(info->legs));
	if (*info->nea_driver)
		object_set(object, "nea-driver", json_string(info->nea_driver));
	if (*info->nia_driver)
		object_set(object, "nia-driver", json_string(info->nia_driver));
	array_add(show->array, object);
	return 0;
}

static int security_list(struct pdcp *h, uint32_t ifindex, uint32_t ue, void *data)
{
	return pdcp_security_list(h, ifindex, ue, security_collect, data);
}

static void security_text(FILE *out, const json_t *object)
{
	static const char *const lines[] = { "nea-driver nia-driver" };

	fputs("set ", out);
	text_value(out, json_object_get(object, "set"));
	text_members(out, object, "dev ue nea nia legs");
	fputc('\n', out);
	text_lines(out, object, "   ", lines, ARRAY_SIZE(lines));
}

static int security_show(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct security_show show = { .ctl = ctl };
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE);
	selector_open(ctl, &selector, 0);
	show.array = json_array();
	ret = ue_each(ctl->h, &selector, security_list, &show);
	if (ret) {
		json_decref(show.array);
		return ctl_result(ctl, ret);
	}
	return output_array(ctl, show.array, security_text);
}

static int set_remove(struct pdcp *h, const struct undo *undo)
{
	return pdcp_security_del(h, undo->bearer.ifindex, undo->bearer.ue, undo->set);
}

static int keys_install(struct ctl *ctl, const struct selector *selector,
			const struct security_config *config, const char *file)
{
	const struct undo undo = {
		.run = set_remove,
		.bearer = selector->bearer,
		.set = selector->set,
	};
	static const struct pdcp_keys none;
	struct pdcp_keys *keys = NULL;
	int ret;

	if (file) {
		secret_begin();
		keys = keyfile_read(file);
	}
	ret = pdcp_security_add(ctl->h, selector->bearer.ifindex, selector->bearer.ue,
				selector->set, config->nea, config->nia, keys ? keys : &none);
	secret_free(keys);
	return undo_note(ctl_result(ctl, ret), &undo);
}

static int security_add(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct security_config config = { 0 };
	const char *file = NULL, *text;

	while (args_more(args)) {
		if (args_take(args, "keys")) {
			text = args_value(args, "keys");
			args_duplicate(file, "keys", text);
			file = text;
		} else if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE | SELECT_SET) &&
			   !args_keyword(args, security_keywords, ARRAY_SIZE(security_keywords),
					 &config, &config.has)) {
			args_unknown(args);
		}
	}
	if (!(config.has & PDCP_HAS(PDCP_A_SECURITY_NEA)))
		usage_error("\"nea\" is missing: which ciphering algorithm");
	if (!(config.has & PDCP_HAS(PDCP_A_SECURITY_NIA)))
		usage_error("\"nia\" is missing: which integrity algorithm");
	selector_open(ctl, &selector, SELECT_UE | SELECT_SET);
	return keys_install(ctl, &selector, &config, file);
}

static int security_del(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE | SELECT_SET);
	selector_open(ctl, &selector, SELECT_UE | SELECT_SET);
	return ctl_result(ctl, pdcp_security_del(ctl->h, selector.bearer.ifindex,
						 selector.bearer.ue, selector.set));
}

static const struct command commands[] = {
	{ "show", security_show },
	{ "add", security_add },
	{ "del", security_del },
};

const struct object security_object = {
	.name = "security",
	.usage = usage,
	.run = security_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
