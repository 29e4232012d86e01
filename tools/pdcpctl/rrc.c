// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "keyfile.h"
#include "leg.h"
#include "rrcstate.h"

static const char usage[] =
	"Usage: pdcpctl rrc connect STATE [ dev DEV ] ue ID [ set SET ]\n"
	"                   { kamf FILE nas-count COUNT | kgnb FILE } CELL nea NEA nia NIA\n"
	"       pdcpctl rrc show STATE\n"
	"       pdcpctl rrc handover STATE [ daps t304 MS ]\n"
	"                   { ncc NCC | nas-count COUNT | no-key-change }\n"
	"                   CELL [ nea NEA ] [ nia NIA ] { BEARER [ action ACTION ] leg LEG }...\n"
	"       pdcpctl rrc { random-access-ok | t304-expired | source-failed | source-release |\n"
	"                     release } STATE\n"
	"       pdcpctl rrc reestablish STATE ncc NCC CELL [ nea NEA ] [ nia NIA ]\n"
	"                   { BEARER leg LEG }...\n"
	"       pdcpctl rrc short-mac-i STATE cell CELLIDENTITY rnti RNTI\n"
	"       pdcpctl rrc fresh-nh STATE nh FILE\n"
	"\n"
	"STATE := state FILE\n"
	"CELL := pci PCI arfcn ARFCN [ ng-enb ]\n"
	"BEARER, ACTION and LEG are those of \"daps help\", key files those of \"key help\".\n"
	"The state holds keys, between one command and the next. Connect installs the first\n"
	"security set, 0 unless given, in a UE that is there; its bearers are to be added\n"
	"then. Handover and reestablish name every bearer of the UE; algorithms not given\n"
	"stay. Release leaves no bearer, no key and no state.\n";

/* Arguments of all commands, a bit each. */
enum {
	ARG_STATE,
	ARG_KAMF,
	ARG_KGNB,
	ARG_NH,
	ARG_NAS_COUNT,
	ARG_NCC,
	ARG_PCI,
	ARG_ARFCN,
	ARG_NEA,
	ARG_NIA,
	ARG_T304,
	ARG_CELL,
	ARG_RNTI,
	ARG_DAPS,
	ARG_KEEP,
	ARG_NG_ENB,
};

#define BIT(arg)	(UINT64_C(1) << (arg))
#define ARGS_CELL	(BIT(ARG_PCI) | BIT(ARG_ARFCN) | BIT(ARG_NG_ENB))
#define ARGS_ALGORITHMS	(BIT(ARG_NEA) | BIT(ARG_NIA))

/*
 * struct rrc_args - Arguments
 * @has: bit of each that was given
 * @state: name of the state file; key files follow
 * @selector: of connect
 * @targets: bearers
 */
struct rrc_args {
	uint64_t has;
	const char *state;
	const char *kamf;
	const char *kgnb;
	const char *nh;
	uint32_t nas_count;
	uint8_t ncc;
	uint16_t pci;
	uint32_t arfcn;
	uint8_t nea;
	uint8_t nia;
	uint32_t t304;
	uint64_t cell;
	uint16_t rnti;
	struct selector selector;
	struct targets targets;
};

#define GIVEN	((struct rrc_args *)0)

static void parse_text(const struct keyword *keyword, const char *text, void *member)
{
	(void)keyword;
	memcpy(member, &text, sizeof(text));
}

static void parse_cell(const struct keyword *keyword, const char *text, void *member)
{
	uint64_t value = number_value(keyword->word, text, 0, PDCP_CELL_MAX);

	memcpy(member, &value, sizeof(value));
}

static const struct keyword keywords[] = {
	KEYWORD("state", GIVEN->state, ARG_STATE, parse_text),
	KEYWORD("kamf", GIVEN->kamf, ARG_KAMF, parse_text),
	KEYWORD("kgnb", GIVEN->kgnb, ARG_KGNB, parse_text),
	KEYWORD("nh", GIVEN->nh, ARG_NH, parse_text),
	KEYWORD("nas-count", GIVEN->nas_count, ARG_NAS_COUNT, parse_number, .max = UINT32_MAX),
	KEYWORD("ncc", GIVEN->ncc, ARG_NCC, parse_number, .max = PDCP_NCC_MAX),
	KEYWORD("pci", GIVEN->pci, ARG_PCI, parse_number, .max = PDCP_PCI_MAX),
	KEYWORD("arfcn", GIVEN->arfcn, ARG_ARFCN, parse_number, .max = PDCP_ARFCN_MAX),
	KEYWORD("nea", GIVEN->nea, ARG_NEA, parse_number, .max = 3),
	KEYWORD("nia", GIVEN->nia, ARG_NIA, parse_number, .max = 3),
	KEYWORD("t304", GIVEN->t304, ARG_T304, parse_number, .min = 1, .max = 600000),
	KEYWORD("cell", GIVEN->cell, ARG_CELL, parse_cell),
	KEYWORD("rnti", GIVEN->rnti, ARG_RNTI, parse_number, .max = UINT16_MAX),
};

static const struct {
	const char *word;
	unsigned int arg;
} flags[] = {
	{ "daps", ARG_DAPS },
	{ "no-key-change", ARG_KEEP },
	{ "ng-enb", ARG_NG_ENB },
};

static bool rrc_arg(struct args *args, uint64_t allowed, struct rrc_args *given)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(keywords); i++) {
		if ((allowed & BIT(keywords[i].attr)) &&
		    args_keyword(args, &keywords[i], 1, given, &given->has))
			return true;
	}
	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		if (!(allowed & BIT(flags[i].arg)) || !args_take(args, flags[i].word))
			continue;
		args_duplicate(given->has & BIT(flags[i].arg), flags[i].word, flags[i].word);
		given->has |= BIT(flags[i].arg);
		return true;
	}
	return false;
}

/*
 * Take all arguments: those of @needed, which must be there, of @optional, of
 * @select, and with @targets bearers with their legs.
 */
static void rrc_args(struct args *args, uint64_t needed, uint64_t optional, unsigned int select,
		     bool targets, struct rrc_args *given)
{
	size_t i;

	needed |= BIT(ARG_STATE);
	given->selector.role = PDCP_LEG_ROLE_ANY;
	while (args_more(args)) {
		if (!rrc_arg(args, needed | optional, given) &&
		    !selector_parse(args, &given->selector, select) &&
		    !(targets && targets_parse(args, &given->targets, true)))
			args_unknown(args);
	}
	for (i = 0; i < ARRAY_SIZE(keywords); i++) {
		if (needed & BIT(keywords[i].attr) & ~given->has)
			usage_error("\"%s\" is missing, try \"rrc help\"", keywords[i].word);
	}
	if (targets)
		targets_require(&given->targets);
	secret_begin();
}

static void cell_take(const struct rrc_args *given, struct pdcp_cell *cell)
{
	cell->pci = given->pci;
	cell->arfcn = given->arfcn;
	cell->ng_enb = given->has & BIT(ARG_NG_ENB);
	if (cell->ng_enb && cell->arfcn > PDCP_EARFCN_MAX)
		usage_error("\"arfcn\" of an ng-eNB's cell is a number from 0 to %d",
			    PDCP_EARFCN_MAX);
}

/* Load the state, and say what has become of it. */
static void state_load(struct ctl *ctl, struct rrcstate *state, const char *file)
{
	static const char *const texts[] = {
		[PDCP_RRC_FELL_BACK] = "T304 has expired in the module: the source serves the UE",
		[PDCP_RRC_BOTH_FAILED] = "T304 has expired in the module: both cells have failed",
		[PDCP_RRC_COMPLETED] = "the last command was cut off, but has done its work",
		[PDCP_RRC_UNDONE] = "the last command was cut off before it had done anything",
	};
	enum pdcp_rrc_news news;
	int ret;

	rrcstate_load(ctl, state, file);
	ret = pdcp_rrc_reconcile(ctl->h, state->rrc, &news);
	if (ret)
		ctl_exit(ctl_result(ctl, ret));
	if (news != PDCP_RRC_NO_NEWS)
		fprintf(stderr, "Note: %s.\n", texts[news]);
}

/* Chain of the first KgNB, from one of two files. */
static void chain_take(const struct rrc_args *given, struct pdcp_rrc *rrc)
{
	struct pdcp_chain *chain = &rrc->source.chain;
	struct key256 *key;

	if (!(given->has & BIT(ARG_KAMF)) == !(given->has & BIT(ARG_KGNB)))
		usage_error("say \"kamf\" with \"nas-count\", or \"kgnb\"");
	if (given->has & BIT(ARG_KGNB)) {
		key = key256_read(given->kgnb, KEY256_KGNB | KEY256_KGNB_STAR);
		pdcp_chain_receive(chain, &key->key, key->ncc);
		return;
	}
	if (!(given->has & BIT(ARG_NAS_COUNT)))
		usage_error("\"nas-count\" is missing, try \"rrc help\"");
	key = key256_read(given->kamf, KEY256_KAMF);
	rrc->kamf = key->key;
	rrc->has_kamf = true;
	key_result(pdcp_kdf_kgnb(&rrc->kamf, given->nas_count, &key->key));
	pdcp_chain_begin(chain, &key->key);
}

static int rrc_connect(struct ctl *ctl, struct args *args)
{
	struct rrc_args given = { 0 };
	struct rrcstate state;
	struct pdcp_rrc *rrc;

	rrc_args(args, BIT(ARG_PCI) | BIT(ARG_ARFCN) | ARGS_ALGORITHMS,
		 BIT(ARG_NG_ENB) | BIT(ARG_KAMF) | BIT(ARG_NAS_COUNT) | BIT(ARG_KGNB),
		 SELECT_DEV | SELECT_UE | SELECT_SET, false, &given);
	rrcstate_new(&state, given.state);
	rrc = state.rrc;
	chain_take(&given, rrc);
	cell_take(&given, &rrc->source.cell);
	rrc->source.set = given.selector.set;
	rrc->source.nea = given.nea;
	rrc->source.nia = given.nia;
	selector_open(ctl, &given.selector, SELECT_UE);
	rrc->ifindex = given.selector.bearer.ifindex;
	rrc->ue = given.selector.bearer.ue;
	if (pdcp_link_name(ctl->h, rrc->ifindex, state.dev))
		return ctl_result(ctl, -ENODEV);
	return ctl_result(ctl, pdcp_rrc_connect(ctl->h, rrc));
}

static json_t *context_show(const struct pdcp_rrc_context *context)
{
	const struct pdcp_chain *chain = &context->chain;
	json_t *object = json_object();

	object_set(object, "pci", json_integer(context->cell.pci));
	object_set(object, "arfcn", json_integer(context->cell.arfcn));
	if (context->cell.ng_enb)
		object_set(object, "ng-enb", json_true());
	object_set(object, "set", json_integer(context->set));
	object_set(object, "nea", json_integer(context->nea));
	object_set(object, "nia", json_integer(context->nia));
	fingerprint_set(object, "kgnb", chain->kgnb.octets, sizeof(chain->kgnb.octets));
	object_set(object, "ncc", json_integer(chain->ncc));
	if (chain->has_sync && chain->sync_ncc != chain->ncc)
		object_set(object, "nh-ncc", json_integer(chain->sync_ncc));
	return object;
}

static json_t *derivations_show(const struct pdcp_rrc *rrc)
{
	char text[PDCP_FINGERPRINT_STRLEN];
	json_t *array = json_array(), *object;
	size_t i;

	for (i = 0; i < rrc->derivations; i++) {
		object = json_object();
		pdcp_fingerprint_format(&rrc->derivation[i].base, text);
		object_set(object, "base", json_string(text));
		object_set(object, "pci", json_integer(rrc->derivation[i].cell.pci));
		object_set(object, "arfcn", json_integer(rrc->derivation[i].cell.arfcn));
		array_add(array, object);
	}
	return array;
}

static bool is_handover(const struct pdcp_rrc *rrc)
{
	return rrc->phase == PDCP_RRC_PREPARED || rrc->phase == PDCP_RRC_SWITCHED ||
	       rrc->phase == PDCP_RRC_MOVED;
}

static json_t *rrc_json(const struct rrcstate *state)
{
	const struct pdcp_rrc *rrc = state->rrc;
	json_t *object = json_object();

	object_set(object, "dev", json_string(state->dev));
	object_set(object, "ue", json_integer(rrc->ue));
	object_set_name(object, "role", &pdcp_role_names, rrc->role);
	object_set_name(object, "phase", &pdcp_rrc_phase_names, rrc->phase);
	if (rrc->source_failed)
		object_set(object, "source-failed", json_true());
	object_set(object, "source", context_show(&rrc->source));
	if (is_handover(rrc))
		object_set(object, "target", context_show(&rrc->target));
	object_set(object, "derived", derivations_show(rrc));
	return object;
}

static void context_text(FILE *out, const json_t *object, const char *member)
{
	const json_t *context = json_object_get(object, member);

	if (!context)
		return;
	fprintf(out, "    %s", member);
	text_members(out, context, "pci arfcn ng-enb set nea nia kgnb ncc nh-ncc");
	fputc('\n', out);
}

static void rrc_text(FILE *out, const json_t *object)
{
	const json_t *derived = json_object_get(object, "derived"), *derivation;
	size_t i;

	fputs("ue ", out);
	text_value(out, json_object_get(object, "ue"));
	text_members(out, object, "dev role phase source-failed");
	fputc('\n', out);
	context_text(out, object, "source");
	context_text(out, object, "target");
	json_array_foreach(derived, i, derivation) {
		fputs("    derived", out);
		text_members(out, derivation, "base pci arfcn");
		fputc('\n', out);
	}
}

static int rrc_show(struct ctl *ctl, struct args *args)
{
	struct rrc_args given = { 0 };
	struct rrcstate state;
	json_t *array;

	rrc_args(args, 0, 0, 0, false, &given);
	state_load(ctl, &state, given.state);
	array = json_array();
	array_add(array, rrc_json(&state));
	return output_array(ctl, array, rrc_text);
}

static void command_take(const struct rrc_args *given, const struct pdcp_rrc *rrc,
			 struct pdcp_rrc_command *command)
{
	command->ncc = given->ncc;
	command->nas_count = given->nas_count;
	cell_take(given, &command->cell);
	command->nea = given->has & BIT(ARG_NEA) ? given->nea : rrc->source.nea;
	command->nia = given->has & BIT(ARG_NIA) ? given->nia : rrc->source.nia;
	command->t304 = given->t304;
	command->targets = given->targets.target;
	command->count = given->targets.count;
}

static enum pdcp_rrc_refresh refresh_take(const struct rrc_args *given)
{
	switch (given->has & (BIT(ARG_NCC) | BIT(ARG_NAS_COUNT) | BIT(ARG_KEEP))) {
	case BIT(ARG_NCC):
		return PDCP_RRC_CHAIN;
	case BIT(ARG_NAS_COUNT):
		return PDCP_RRC_NAS;
	case BIT(ARG_KEEP):
		return PDCP_RRC_KEEP;
	}
	usage_error("say one of \"ncc\", \"nas-count\" and \"no-key-change\"");
}

/* What to do instead, where the answer to a command would be a keystream used twice. */
static void hint_print(const struct pdcp_rrc *rrc, const struct pdcp_rrc_command *command, int ret)
{
	if (ret != -EKEYREJECTED || !pdcp_rrc_was_derived(rrc, command))
		return;
	fputs("Hint: that KgNB was derived before. Change the key in the serving cell first, by a\n"
	      "handover to it; or take a fresh NH (another ncc) or KgNB (nas-count); or another PCI\n"
	      "or ARFCN; or, where one gNB-CU has both cells, no-key-change.\n", stderr);
}

static int rrc_handover(struct ctl *ctl, struct args *args)
{
	struct pdcp_rrc_command command = { 0 };
	struct rrc_args given = { 0 };
	struct rrcstate state;
	int ret;

	rrc_args(args, BIT(ARG_PCI) | BIT(ARG_ARFCN),
		 BIT(ARG_NG_ENB) | ARGS_ALGORITHMS | BIT(ARG_DAPS) | BIT(ARG_T304) |
		 BIT(ARG_NCC) | BIT(ARG_NAS_COUNT) | BIT(ARG_KEEP), 0, true, &given);
	command.refresh = refresh_take(&given);
	command.daps = given.has & BIT(ARG_DAPS);
	if (command.daps != !!(given.has & BIT(ARG_T304)))
		usage_error("\"t304\" goes with \"daps\": who falls back, and when");
	state_load(ctl, &state, given.state);
	command_take(&given, state.rrc, &command);
	ret = pdcp_rrc_handover(ctl->h, state.rrc, &command);
	ctl_result(ctl, ret);
	hint_print(state.rrc, &command, ret);
	return ret ? EXIT_REFUSED : EXIT_SUCCESS;
}

static int rrc_reestablish(struct ctl *ctl, struct args *args)
{
	struct pdcp_rrc_command command = { .refresh = PDCP_RRC_CHAIN };
	struct rrc_args given = { 0 };
	struct rrcstate state;

	rrc_args(args, BIT(ARG_PCI) | BIT(ARG_ARFCN) | BIT(ARG_NCC),
		 BIT(ARG_NG_ENB) | ARGS_ALGORITHMS, 0, true, &given);
	state_load(ctl, &state, given.state);
	command_take(&given, state.rrc, &command);
	return ctl_result(ctl, pdcp_rrc_reestablish(ctl->h, state.rrc, &command));
}

static int rrc_event(struct ctl *ctl, struct args *args,
		     int (*event)(struct pdcp *h, struct pdcp_rrc *rrc))
{
	struct rrc_args given = { 0 };
	struct rrcstate state;

	rrc_args(args, 0, 0, 0, false, &given);
	state_load(ctl, &state, given.state);
	return ctl_result(ctl, event(ctl->h, state.rrc));
}

static int rrc_random_access_ok(struct ctl *ctl, struct args *args)
{
	return rrc_event(ctl, args, pdcp_rrc_random_access_ok);
}

static int rrc_t304_expired(struct ctl *ctl, struct args *args)
{
	return rrc_event(ctl, args, pdcp_rrc_t304_expired);
}

static int rrc_source_failed(struct ctl *ctl, struct args *args)
{
	return rrc_event(ctl, args, pdcp_rrc_source_failed);
}

static int rrc_source_release(struct ctl *ctl, struct args *args)
{
	return rrc_event(ctl, args, pdcp_rrc_source_release);
}

static int rrc_release(struct ctl *ctl, struct args *args)
{
	struct rrc_args given = { 0 };
	struct rrcstate state;
	int ret;

	rrc_args(args, 0, 0, 0, false, &given);
	rrcstate_load(ctl, &state, given.state);
	ret = pdcp_rrc_release(ctl->h, state.rrc);
	if (!ret)
		rrcstate_remove(&state);
	return ctl_result(ctl, ret);
}

static int rrc_short_mac_i(struct ctl *ctl, struct args *args)
{
	uint8_t mac[PDCP_SHORT_MAC_LEN];
	struct rrc_args given = { 0 };
	struct rrcstate state;
	int ret;

	rrc_args(args, BIT(ARG_CELL) | BIT(ARG_RNTI), 0, 0, false, &given);
	state_load(ctl, &state, given.state);
	ret = pdcp_rrc_short_mac_i(ctl->h, state.rrc, given.cell, given.rnti, mac);
	return ret ? ctl_result(ctl, ret) : short_mac_print(ctl, mac);
}

static int rrc_fresh_nh(struct ctl *ctl, struct args *args)
{
	struct rrc_args given = { 0 };
	struct rrcstate state;
	struct key256 *nh;

	rrc_args(args, BIT(ARG_NH), 0, 0, false, &given);
	state_load(ctl, &state, given.state);
	nh = key256_read(given.nh, KEY256_NH);
	return ctl_result(ctl, pdcp_rrc_fresh_nh(ctl->h, state.rrc, &nh->key, nh->ncc));
}

static const struct command commands[] = {
	{ "show", rrc_show },
	{ "connect", rrc_connect },
	{ "handover", rrc_handover },
	{ "random-access-ok", rrc_random_access_ok },
	{ "t304-expired", rrc_t304_expired },
	{ "source-failed", rrc_source_failed },
	{ "source-release", rrc_source_release },
	{ "reestablish", rrc_reestablish },
	{ "release", rrc_release },
	{ "short-mac-i", rrc_short_mac_i },
	{ "fresh-nh", rrc_fresh_nh },
};

const struct object rrc_object = {
	.name = "rrc",
	.usage = usage,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
