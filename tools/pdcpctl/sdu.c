// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"
#include "hex.h"

#define SYMBOLS \
	"\n" \
	"BEARER := { srb 1..4 | drb 1..32 }\n" \
	"\n" \
	"HEX is an even number of hexadecimal digits; white space and colons between\n" \
	"octets do not count. \"-\" takes them from standard input.\n"

enum {
	/* Octets of a PDU with the largest SDU: header and MAC-I. */
	PACKET_MAX = PDCP_SDU_MAX + 3 + 4,
	/* Characters of standard input. */
	TEXT_MAX = 4 * PACKET_MAX,
};

typedef int packet_fn(struct pdcp *h, const struct pdcp_bearer_id *id, int role,
		      const void *packet, size_t len);

static const char *stdin_read(void)
{
	static char text[TEXT_MAX + 1];
	size_t len = fread(text, 1, TEXT_MAX, stdin);

	if (ferror(stdin))
		usage_error("standard input: %s", strerror(errno));
	if (!feof(stdin))
		usage_error("standard input is longer than %d characters", TEXT_MAX);
	if (strlen(text) != len)
		usage_error("standard input is not hexadecimal");
	return text;
}

static int packet_give(struct ctl *ctl, struct args *args, packet_fn *give)
{
	struct selector selector = SELECTOR_INIT;
	static uint8_t packet[PACKET_MAX];
	const char *text = NULL;
	ssize_t len;

	while (args_more(args)) {
		if (selector_parse(args, &selector,
				   SELECT_DEV | SELECT_UE | SELECT_BEARER | SELECT_ROLE))
			continue;
		if (text)
			args_unknown(args);
		text = *args->next++;
	}
	if (!text)
		usage_error("the octets are missing, try \"%s help\"", args->object->name);
	len = hex_parse(strcmp(text, "-") ? text : stdin_read(), packet, sizeof(packet));
	if (len == -E2BIG)
		usage_error("more than %d octets", PACKET_MAX);
	if (len < 0)
		usage_error("argument \"%.40s\" is wrong: octets are pairs of hexadecimal digits",
			    text);
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	return ctl_result(ctl, give(ctl->h, &selector.bearer, selector.role, packet, len));
}

static int sdu_send(struct ctl *ctl, struct args *args)
{
	return packet_give(ctl, args, pdcp_sdu_send);
}

static int sdu_discard(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;

	selector_parse_all(args, &selector, SELECT_DEV | SELECT_UE | SELECT_BEARER | SELECT_ROLE);
	selector_open(ctl, &selector, SELECT_UE | SELECT_BEARER);
	return ctl_result(ctl, pdcp_sdu_discard(ctl->h, &selector.bearer, selector.role));
}

static int pdu_input(struct ctl *ctl, struct args *args)
{
	return packet_give(ctl, args, pdcp_pdu_input);
}

static const struct command sdu_commands[] = {
	{ "send", sdu_send },
	{ "discard", sdu_discard },
};

static const struct command pdu_commands[] = {
	{ "input", pdu_input },
};

const struct object sdu_object = {
	.name = "sdu",
	.usage = "Usage: pdcpctl sdu send [ dev DEV ] ue ID BEARER [ role { source | target } ]\n"
		 "                        { HEX | - }\n"
		 "       pdcpctl sdu discard [ dev DEV ] ue ID srb 1..4 [ role { source | target } ]\n"
		 SYMBOLS,
	.commands = sdu_commands,
	.count = ARRAY_SIZE(sdu_commands),
};

const struct object pdu_object = {
	.name = "pdu",
	.usage = "Usage: pdcpctl pdu input [ dev DEV ] ue ID BEARER\n"
		 "                         [ role { source | target | secondary } ] { HEX | - }\n"
		 SYMBOLS,
	.commands = pdu_commands,
	.count = ARRAY_SIZE(pdu_commands),
};
