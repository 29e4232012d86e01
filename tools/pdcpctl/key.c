// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "args.h"
#include "key.h"
#include "keyfile.h"
#include "output.h"

static const char usage[] =
	"Usage: pdcpctl key kgnb kamf FILE nas-count COUNT TO\n"
	"       pdcpctl key nh kamf FILE sync FILE TO\n"
	"       pdcpctl key kgnb-star base FILE pci PCI arfcn ARFCN [ ng-enb ] TO\n"
	"       pdcpctl key alg kgnb FILE nea NEA nia NIA TO\n"
	"       pdcpctl key fingerprint FILE\n"
	"       pdcpctl key short-mac-i keys FILE nia NIA pci PCI cell CELL rnti RNTI\n"
	"\n"
	"TO := to FILE [ replace ]\n"
	"A file holds one JSON object, and nobody but its owner may have access to it:\n"
	"kamf, kgnb (of NAS), kgnb-star or nh, of 64 hexadecimal digits, the last three\n"
	"with a number \"ncc\"; or, of alg, what \"security add\" takes. The sync of the first\n"
	"NH is a kgnb, of the next ones the nh before. PCI is 0 to 1007, ARFCN is that of\n"
	"the SSB, 0 to 3279165. What is printed of a key is its fingerprint: the first 8\n"
	"octets of SHA-256 over \"libpdcp key fingerprint\", a NUL and the key.\n";

/* Arguments of all commands, a bit each. */
enum {
	ARG_KAMF,
	ARG_SYNC,
	ARG_BASE,
	ARG_KGNB,
	ARG_KEYS,
	ARG_NAS_COUNT,
	ARG_PCI,
	ARG_ARFCN,
	ARG_NG_ENB,
	ARG_NEA,
	ARG_NIA,
	ARG_CELL,
	ARG_RNTI,
	ARG_TO,
	ARG_REPLACE,
	ARG_COUNT,
};

/**
 * struct key_args - Arguments
 * @has: bit of each that was given
 * @number: numbers
 * @file: names of files
 */
struct key_args {
	unsigned int has;
	uint64_t number[ARG_COUNT];
	const char *file[ARG_COUNT];
};

enum arg_form { FORM_FILE, FORM_NUMBER, FORM_FLAG };

static const struct {
	const char *word;
	enum arg_form form;
	uint64_t max;
} forms[ARG_COUNT] = {
	[ARG_KAMF] = { "kamf", FORM_FILE },
	[ARG_SYNC] = { "sync", FORM_FILE },
	[ARG_BASE] = { "base", FORM_FILE },
	[ARG_KGNB] = { "kgnb", FORM_FILE },
	[ARG_KEYS] = { "keys", FORM_FILE },
	[ARG_NAS_COUNT] = { "nas-count", FORM_NUMBER, UINT32_MAX },
	[ARG_PCI] = { "pci", FORM_NUMBER, PDCP_PCI_MAX },
	[ARG_ARFCN] = { "arfcn", FORM_NUMBER, PDCP_ARFCN_MAX },
	[ARG_NG_ENB] = { "ng-enb", FORM_FLAG },
	[ARG_NEA] = { "nea", FORM_NUMBER, 3 },
	[ARG_NIA] = { "nia", FORM_NUMBER, 3 },
	[ARG_CELL] = { "cell", FORM_NUMBER, PDCP_CELL_MAX },
	[ARG_RNTI] = { "rnti", FORM_NUMBER, UINT16_MAX },
	[ARG_TO] = { "to", FORM_FILE },
	[ARG_REPLACE] = { "replace", FORM_FLAG },
};

#define BIT(arg)	(1U << (arg))

/* Take argument @arg if it is next. */
static bool key_arg(struct args *args, unsigned int arg, struct key_args *into)
{
	const char *word = forms[arg].word, *text;

	if (!args_take(args, word))
		return false;
	text = forms[arg].form == FORM_FLAG ? word : args_value(args, word);
	args_duplicate(into->has & BIT(arg), word, text);
	into->has |= BIT(arg);
	if (forms[arg].form == FORM_FILE)
		into->file[arg] = text;
	else if (forms[arg].form == FORM_NUMBER)
		into->number[arg] = number_value(word, text, 0, forms[arg].max);
	return true;
}

/* Take all arguments: each is one of @needed, which must be there, or of @optional. */
static void key_args(struct args *args, unsigned int needed, unsigned int optional,
		     struct key_args *into)
{
	unsigned int allowed = needed | optional;
	unsigned int arg;

	while (args_more(args)) {
		for (arg = 0; arg < ARG_COUNT; arg++) {
			if ((allowed & BIT(arg)) && key_arg(args, arg, into))
				break;
		}
		if (arg == ARG_COUNT)
			args_unknown(args);
	}
	for (arg = 0; arg < ARG_COUNT; arg++) {
		if (needed & BIT(arg) & ~into->has)
			usage_error("\"%s\" is missing, try \"key help\"", forms[arg].word);
	}
	secret_begin();
	if (into->has & BIT(ARG_TO))
		secret_check("key file", into->file[ARG_TO], into->has & BIT(ARG_REPLACE));
}

void key_result(int ret)
{
	if (!ret)
		return;
	if (ret == -ENOENT || ret == -EAFNOSUPPORT)
		fputs("Error: key: no such algorithm: load pdcp_crypto and algif_hash.\n", stderr);
	else
		fprintf(stderr, "Error: key: %s.\n", pdcp_strerror(ret));
	ctl_exit(EXIT_REFUSED);
}

void fingerprint_set(json_t *object, const char *key, const void *octets, size_t len)
{
	char text[PDCP_FINGERPRINT_STRLEN];
	struct pdcp_fingerprint fingerprint;

	key_result(pdcp_fingerprint(octets, len, &fingerprint));
	object_set(object, key, json_string(pdcp_fingerprint_format(&fingerprint, text)));
}

static void key_text(FILE *out, const json_t *object)
{
	text_value(out, json_object_get(object, "file"));
	text_members(out, object, "key fingerprint ncc rrc-enc rrc-int up-enc up-int");
	fputc('\n', out);
}

static int object_print(const struct ctl *ctl, json_t *object)
{
	json_t *array = json_array();

	array_add(array, object);
	return output_array(ctl, array, key_text);
}

static int key256_print(const struct ctl *ctl, const char *file, const struct key256 *key)
{
	json_t *object = json_object();

	object_set(object, "file", json_string(file));
	object_set(object, "key", json_string(key256_name(key->kind)));
	fingerprint_set(object, "fingerprint", key->key.octets, sizeof(key->key.octets));
	if (key->kind != KEY256_KAMF)
		object_set(object, "ncc", json_integer(key->ncc));
	return object_print(ctl, object);
}

static int keys_print(const struct ctl *ctl, const char *file, const struct pdcp_keys *keys)
{
	json_t *object = json_object();

	object_set(object, "file", json_string(file));
	if (keys->given & PDCP_KEY_RRC_ENC)
		fingerprint_set(object, "rrc-enc", keys->rrc_enc, PDCP_KEY_LEN);
	if (keys->given & PDCP_KEY_RRC_INT)
		fingerprint_set(object, "rrc-int", keys->rrc_int, PDCP_KEY_LEN);
	if (keys->given & PDCP_KEY_UP_ENC)
		fingerprint_set(object, "up-enc", keys->up_enc, PDCP_KEY_LEN);
	if (keys->given & PDCP_KEY_UP_INT)
		fingerprint_set(object, "up-int", keys->up_int, PDCP_KEY_LEN);
	return object_print(ctl, object);
}

/* The end of each derivation. */
static int key256_finish(const struct ctl *ctl, const struct key_args *given, int ret,
			 const struct key256 *key)
{
	const char *file = given->file[ARG_TO];

	key_result(ret);
	key256_write(file, key, given->has & BIT(ARG_REPLACE));
	return key256_print(ctl, file, key);
}

static int key_kgnb(struct ctl *ctl, struct args *args)
{
	struct key_args given = { 0 };
	struct key256 *kamf, *kgnb;

	key_args(args, BIT(ARG_KAMF) | BIT(ARG_NAS_COUNT) | BIT(ARG_TO), BIT(ARG_REPLACE), &given);
	kamf = key256_read(given.file[ARG_KAMF], KEY256_KAMF);
	kgnb = secret_new(sizeof(*kgnb));
	kgnb->kind = KEY256_KGNB;
	return key256_finish(ctl, &given,
			     pdcp_kdf_kgnb(&kamf->key, given.number[ARG_NAS_COUNT], &kgnb->key),
			     kgnb);
}

static int key_nh(struct ctl *ctl, struct args *args)
{
	struct key_args given = { 0 };
	struct key256 *kamf, *nh;

	key_args(args, BIT(ARG_KAMF) | BIT(ARG_SYNC) | BIT(ARG_TO), BIT(ARG_REPLACE), &given);
	kamf = key256_read(given.file[ARG_KAMF], KEY256_KAMF);
	nh = key256_read(given.file[ARG_SYNC], KEY256_KGNB | KEY256_NH);
	nh->kind = KEY256_NH;
	nh->ncc = (nh->ncc + 1) % (PDCP_NCC_MAX + 1);
	return key256_finish(ctl, &given, pdcp_kdf_nh(&kamf->key, &nh->key, &nh->key), nh);
}

static int key_kgnb_star(struct ctl *ctl, struct args *args)
{
	struct key_args given = { 0 };
	struct pdcp_cell cell;
	struct key256 *key;

	key_args(args, BIT(ARG_BASE) | BIT(ARG_PCI) | BIT(ARG_ARFCN) | BIT(ARG_TO),
		 BIT(ARG_NG_ENB) | BIT(ARG_REPLACE), &given);
	key = key256_read(given.file[ARG_BASE], KEY256_KGNB | KEY256_KGNB_STAR | KEY256_NH);
	key->kind = KEY256_KGNB_STAR;
	cell.pci = given.number[ARG_PCI];
	cell.arfcn = given.number[ARG_ARFCN];
	cell.ng_enb = given.has & BIT(ARG_NG_ENB);
	if (cell.ng_enb && cell.arfcn > PDCP_EARFCN_MAX)
		usage_error("\"arfcn\" of an ng-eNB's cell is a number from 0 to %d",
			    PDCP_EARFCN_MAX);
	return key256_finish(ctl, &given, pdcp_kdf_ng_ran_star(&key->key, &cell, &key->key), key);
}

static int key_alg(struct ctl *ctl, struct args *args)
{
	struct key_args given = { 0 };
	struct pdcp_keys *keys;
	struct key256 *kgnb;

	key_args(args, BIT(ARG_KGNB) | BIT(ARG_NEA) | BIT(ARG_NIA) | BIT(ARG_TO),
		 BIT(ARG_REPLACE), &given);
	kgnb = key256_read(given.file[ARG_KGNB], KEY256_KGNB | KEY256_KGNB_STAR);
	keys = secret_new(sizeof(*keys));
	key_result(pdcp_kdf_as_keys(&kgnb->key, given.number[ARG_NEA], given.number[ARG_NIA],
				    keys));
	keyfile_write(given.file[ARG_TO], keys, given.has & BIT(ARG_REPLACE));
	return keys_print(ctl, given.file[ARG_TO], keys);
}

static int key_fingerprint(struct ctl *ctl, struct args *args)
{
	const unsigned int any = KEY256_KAMF | KEY256_KGNB | KEY256_KGNB_STAR | KEY256_NH;
	struct pdcp_keys *keys;
	struct key256 *key;
	const char *file;
	json_t *object;

	args_more(args);
	file = args_value(args, "fingerprint");
	if (args_more(args))
		args_unknown(args);
	secret_begin();
	object = secret_read("key file", file);
	if (key256_is(object)) {
		key = secret_new(sizeof(*key));
		key256_parse(key, file, object, any);
		json_decref(object);
		return key256_print(ctl, file, key);
	}
	keys = secret_new(sizeof(*keys));
	keys_parse(keys, file, object);
	json_decref(object);
	return keys_print(ctl, file, keys);
}

static void short_mac_text(FILE *out, const json_t *object)
{
	fputs("short-mac-i ", out);
	text_value(out, json_object_get(object, "short-mac-i"));
	fputc('\n', out);
}

int short_mac_print(const struct ctl *ctl, const uint8_t mac[PDCP_SHORT_MAC_LEN])
{
	json_t *object = json_object(), *array = json_array();

	object_set_octets(object, "short-mac-i", mac, PDCP_SHORT_MAC_LEN);
	array_add(array, object);
	return output_array(ctl, array, short_mac_text);
}

static int key_short_mac_i(struct ctl *ctl, struct args *args)
{
	struct pdcp_short_mac_input input;
	struct key_args given = { 0 };
	uint8_t mac[PDCP_SHORT_MAC_LEN];
	struct pdcp_keys *keys;

	key_args(args, BIT(ARG_KEYS) | BIT(ARG_NIA) | BIT(ARG_PCI) | BIT(ARG_CELL) | BIT(ARG_RNTI),
		 0, &given);
	input.pci = given.number[ARG_PCI];
	input.cell = given.number[ARG_CELL];
	input.rnti = given.number[ARG_RNTI];
	keys = keyfile_read(given.file[ARG_KEYS]);
	if (!(keys->given & PDCP_KEY_RRC_INT))
		usage_error("key file \"%s\" has no rrc-int", given.file[ARG_KEYS]);
	key_result(pdcp_short_mac_i(keys->rrc_int, given.number[ARG_NIA], &input, mac));
	return short_mac_print(ctl, mac);
}

static const struct command commands[] = {
	{ "kgnb", key_kgnb },
	{ "nh", key_nh },
	{ "kgnb-star", key_kgnb_star },
	{ "alg", key_alg },
	{ "fingerprint", key_fingerprint },
	{ "short-mac-i", key_short_mac_i },
};

const struct object key_object = {
	.name = "key",
	.usage = usage,
	.commands = commands,
	.count = ARRAY_SIZE(commands),
};
