// SPDX-License-Identifier: GPL-2.0

#include "args.h"
#include "output.h"
#include "undo.h"

static const char usage[] =
	"Usage: pdcpctl dev show [ dev DEV ]\n"
	"       pdcpctl dev set [ dev DEV ] port PORT\n"
	"\n"
	"PORT is the local UDP port of the GTP-U tunnels, 2152 for a new device.\n"
	"\"ip link add DEV type pdcp\" makes a device, \"ip link del DEV\" removes it.\n";

struct dev_config {
	uint64_t has;
	uint16_t port;
};

#define CONFIG	((struct dev_config *)0)

static const struct keyword dev_keywords[] = {
	KEYWORD("port", CONFIG->port, PDCP_A_DEVICE_PORT, parse_number,
		.min = 1, .max = 65535),
};

struct dev_show {
	struct ctl *ctl;
	json_t *array;
};

static int dev_add(const struct pdcp_device_info *info, void *data)
{
	struct dev_show *show = data;
	json_t *object = json_object();

	object_set_dev(object, show->ctl, info->ifindex);
	object_set(object, "port", json_integer(info->port));
	object_set(object, "ues", json_integer(info->ues));
	object_set_drops(object, &info->drops);
	array_add(show->array, object);
	return 0;
}

static void dev_text(FILE *out, const json_t *object)
{
	fputs("dev ", out);
	text_value(out, json_object_get(object, "dev"));
	text_members(out, object, "port ues");
	fputc('\n', out);
	text_drops(out, object);
}

static int dev_show(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct dev_show show = { .ctl = ctl };
	struct pdcp_device_info info;
	int ret;

	selector_parse_all(args, &selector, SELECT_DEV);
	ctl_open(ctl);
	show.array = json_array();
	if (selector.dev) {
		ret = pdcp_device_get(ctl->h, ctl_device(ctl, selector.dev), &info);
		if (!ret)
			dev_add(&info, &show);
	} else {
		ret = pdcp_device_list(ctl->h, dev_add, &show);
	}
	if (ret) {
		json_decref(show.array);
		return ctl_result(ctl, ret);
	}
	return output_array(ctl, show.array, dev_text);
}

static int dev_reset(struct pdcp *h, const struct undo *undo)
{
	return pdcp_device_set_port(h, undo->bearer.ifindex, undo->port);
}

static int dev_set_port(struct ctl *ctl, uint32_t ifindex, uint16_t port)
{
	struct undo undo = { .run = dev_reset, .bearer.ifindex = ifindex };
	struct pdcp_device_info info;
	int ret = 0;

	if (undo_wanted())
		ret = pdcp_device_get(ctl->h, ifindex, &info);
	if (!ret && undo_wanted())
		undo.port = info.port;
	if (!ret)
		ret = pdcp_device_set_port(ctl->h, ifindex, port);
	return undo_note(ctl_result(ctl, ret), &undo);
}

static int dev_set(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct dev_config config = { 0 };

	while (args_more(args)) {
		if (!selector_parse(args, &selector, SELECT_DEV) &&
		    !args_keyword(args, dev_keywords, ARRAY_SIZE(dev_keywords), &config,
				  &config.has))
			args_unknown(args);
	}
	if (!config.has)
		usage_error("nothing to set: say port PORT");
	selector_open(ctl, &selector, 0);
	return dev_set_port(ctl, selector.bearer.ifindex, config.port);
}

static const struct command commands[] = {
	{ "show", dev_show },
	{ "set", dev_set },
};

const struct object dev_object = {
	.name = "dev",
	.usage = usage,
	.run = dev_show,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
