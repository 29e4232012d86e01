// SPDX-License-Identifier: GPL-2.0

#include "args.h"
#include "output.h"

static const char usage[] =
	"Usage: pdcpctl status get [ dev DEV ] ue ID BEARER [ role { source | target } ] [ stop ]\n"
	"       pdcpctl status set [ dev DEV ] ue ID BEARER [ role { source | target } ]\n"
	"                          [ tx-next COUNT ] [ rx-deliv COUNT ]\n"
	"\n"
	"BEARER := { srb 1..4 | drb 1..32 }\n"
	"\n"
	"With stop, the bearer stops for good and the values are final.\n";

#define SELECT_STATUS	(SELECT_DEV | SELECT_UE | SELECT_BEARER | SELECT_ROLE)

#define STATUS	((struct pdcp_status *)0)

static const struct keyword status_keywords[] = {
	KEYWORD("tx-next", STATUS->tx_next, PDCP_A_BEARER_TX_NEXT, parse_number,
		.max = UINT32_MAX),
	KEYWORD("rx-deliv", STATUS->rx_deliv, PDCP_A_BEARER_RX_DELIV, parse_number,
		.max = UINT32_MAX),
};

static json_t *status_json(struct ctl *ctl, const struct pdcp_bearer_id *id,
			   const struct pdcp_status *status)
{
	json_t *object = json_object();

	object_set_bearer(object, ctl, id);
	if (status->has & PDCP_HAS(PDCP_A_BEARER_ROLE))
		object_set_name(object, "role", &pdcp_leg_role_names, status->role);
	object_set(object, "tx-next", json_integer(status->tx_next));
	object_set(object, "rx-deliv", json_integer(status->rx_deliv));
	object_set(object, "rx-next", json_integer(status->rx_next));
	if (status->rx_bitmap_len)
		object_set_octets(object, "rx-bitmap", status->rx_bitmap, status->rx_bitmap_len);
	return object;
}

static void status_text(FILE *out, const json_t *object)
{
	text_bearer(out, object);
	text_members(out, object, "role tx-next rx-deliv rx-next rx-bitmap");
	fputc('\n', out);
}

static int status_get(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct pdcp_status status;
	bool stop = false;
	json_t *array;
	int ret;

	while (args_more(args)) {
		if (args_take(args, "stop"))
			stop = true;
		else if (!selector_parse(args, &selector, SELECT_STATUS))
			args_unknown(args);
	}
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	ret = pdcp_status_get(ctl->h, &selector.bearer, selector.role, stop, &status);
	if (ret)
		return ctl_result(ctl, ret);
	array = json_array();
	array_add(array, status_json(ctl, &selector.bearer, &status));
	pdcp_status_free(&status);
	return output_array(ctl, array, status_text);
}

static int status_set(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	struct pdcp_status status = { 0 };

	while (args_more(args)) {
		if (!selector_parse(args, &selector, SELECT_STATUS) &&
		    !args_keyword(args, status_keywords, ARRAY_SIZE(status_keywords), &status,
				  &status.has))
			args_unknown(args);
	}
	if (!status.has)
		usage_error("nothing to set: say tx-next COUNT, rx-deliv COUNT or both");
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	return ctl_result(ctl, pdcp_status_set(ctl->h, &selector.bearer, selector.role, &status));
}

static const struct command commands[] = {
	{ "get", status_get },
	{ "set", status_set },
};

const struct object status_object = {
	.name = "status",
	.usage = usage,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
