// SPDX-License-Identifier: GPL-2.0
/*
 * Key derivation of libpdcp: published answers, the chain of KgNB, NH and NCC,
 * and what is refused. Prints KTAP; exit status 1 if a check failed.
 */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpdcp/pdcp.h>

#include "vectors.h"

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

enum {
	PARAM_MAX = 32,
};

static unsigned int checks;
static unsigned int failures;

static void check(const char *description, bool ok)
{
	printf("%sok %u %s\n", ok ? "" : "not ", ++checks, description);
	failures += !ok;
}

static size_t unhex(const char *text, uint8_t *octets, size_t size)
{
	size_t len;

	for (len = 0; text[2 * len]; len++) {
		if (len == size || sscanf(text + 2 * len, "%2hhx", &octets[len]) != 1) {
			fprintf(stderr, "bad vector: %s\n", text);
			exit(2);
		}
	}
	return len;
}

static struct pdcp_key256 key256(const char *text)
{
	struct pdcp_key256 key = { 0 };

	unhex(text, key.octets, sizeof(key.octets));
	return key;
}

static bool is(const struct pdcp_key256 *key, const char *text)
{
	struct pdcp_key256 want = key256(text);

	return !memcmp(key, &want, sizeof(want));
}

static bool is_erased(const void *object, size_t size)
{
	const uint8_t *octets = object;
	uint8_t sum = 0;
	size_t i;

	for (i = 0; i < size; i++)
		sum |= octets[i];
	return !sum;
}

static bool vector_holds(const struct vector *vector)
{
	struct pdcp_key256 key = key256(vector->key), out;
	struct pdcp_kdf_param params[VECTOR_PARAMS];
	uint8_t octets[VECTOR_PARAMS][PARAM_MAX];
	size_t count;

	for (count = 0; count < VECTOR_PARAMS && vector->param[count]; count++) {
		params[count].octets = octets[count];
		params[count].len = unhex(vector->param[count], octets[count], PARAM_MAX);
	}
	return !pdcp_kdf(&key, vector->fc, params, count, &out) && is(&out, vector->out);
}

static void check_vectors(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(vectors); i++)
		check(vectors[i].name, vector_holds(&vectors[i]));
	check(two_octets.name, vector_holds(&two_octets));
}

/* An ARFCN below 65536 has three octets too. */
static void check_arfcn(void)
{
	const struct pdcp_cell cell = { .pci = 32, .arfcn = 561 };
	struct pdcp_key256 key = key256(two_octets.key);

	check("an ARFCN of two octets is derived", !pdcp_kdf_ng_ran_star(&key, &cell, &key));
	check("with three octets",
	      is(&key, "41b154b3719e008eb12a32e32c911fe8d89174c7373a40d9ccda7762bcb39bb0"));
	check("and not with two", !is(&key, two_octets.out));
}

static void check_as_keys(void)
{
	struct pdcp_key256 kgnb =
		key256("450f11756e04554a604e0492049c277d443daf13a85eb991bb9735bee5ab5d3d");
	struct pdcp_keys *keys = pdcp_keys_new();
	uint8_t want[PDCP_KEY_LEN];

	check("AS keys are derived", keys && !pdcp_kdf_as_keys(&kgnb, 2, 2, keys));
	unhex("be3fd9b12943414dd527a1c0304dac92", want, sizeof(want));
	check("KUPenc is the last 16 octets", !memcmp(keys->up_enc, want, sizeof(want)));
	unhex("0f23236f4b275ef99c286edc7bd82c7d", want, sizeof(want));
	check("KRRCint is the last 16 octets", !memcmp(keys->rrc_int, want, sizeof(want)));
	check("all four are there and differ", keys->given == 15 &&
	      memcmp(keys->rrc_enc, keys->up_enc, PDCP_KEY_LEN) &&
	      memcmp(keys->rrc_int, keys->up_int, PDCP_KEY_LEN));
	check("an unknown algorithm is refused", pdcp_kdf_as_keys(&kgnb, 2, 4, keys) == -EINVAL);
	check("and nothing is left of the keys", is_erased(keys, sizeof(*keys)));
	pdcp_keys_free(keys);
}

static const struct pdcp_cell cell = { .pci = 17, .arfcn = 632628 };

static void chain_begin(struct pdcp_key256 *kamf, struct pdcp_chain *chain)
{
	struct pdcp_key256 kgnb;

	*kamf = key256("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	check("KgNB", !pdcp_kdf_kgnb(kamf, 0, &kgnb) &&
	      is(&kgnb, "aa46103135a4c5028c5799ff45e072b217ad1d2a25faa1f4ba898105e96ce664"));
	pdcp_chain_begin(chain, &kgnb);
}

static void check_chain(void)
{
	const struct pdcp_cell ng_enb = { .pci = 17, .arfcn = 1850, .ng_enb = true };
	struct pdcp_chain chain, next, again;
	struct pdcp_fingerprint base, other;
	struct pdcp_key256 kamf;

	chain_begin(&kamf, &chain);
	check("the same NCC is horizontal",
	      !pdcp_chain_step(&chain, &kamf, 0, &cell, &next, &base) &&
	      is(&next.kgnb, "450f11756e04554a604e0492049c277d443daf13a85eb991bb9735bee5ab5d3d"));
	check("and steps no NH", next.ncc == 0 && next.sync_ncc == 0);
	check("towards an ng-eNB it is another key",
	      !pdcp_chain_step(&chain, &kamf, 0, &ng_enb, &next, &other) &&
	      is(&next.kgnb, "c1b6243357785e0077c076e0cf7de8e2deb9fb2b62a9378bf5eb460500c10146"));
	check("from the same base", !memcmp(&base, &other, sizeof(base)));
	check("NCC 1 takes one step",
	      !pdcp_chain_step(&chain, &kamf, 1, &cell, &next, &base) && next.sync_ncc == 1 &&
	      is(&next.sync, "d4e1fe397fec9676472dbfb8bf11646e3594185e1bdd8da39d368a11ae433739"));
	check("NCC 2 takes two",
	      !pdcp_chain_step(&chain, &kamf, 2, &cell, &next, &other) && next.ncc == 2 &&
	      is(&next.sync, "8965e7d9391b34c84faf8b0df1370db21abcbd3c7d4fd571ca9d94a38331a835"));
	check("and is vertical",
	      is(&next.kgnb, "d4b2b6cb151d6a8b35fe9e0b826f692e89186118163b17d05d4d61369786818a"));
	check("from another base", memcmp(&base, &other, sizeof(base)));
	check("a step that is given up has not moved NH: the same NCC gives the same key",
	      !pdcp_chain_step(&chain, &kamf, 2, &cell, &again, &base) &&
	      !memcmp(&again, &next, sizeof(next)));
	check("from NCC 2 on, NCC 1 is seven steps away, NCC 2 is none",
	      !pdcp_chain_step(&next, &kamf, 1, &cell, &again, &base) && again.sync_ncc == 1 &&
	      memcmp(&again.sync, &next.sync, sizeof(next.sync)) &&
	      !pdcp_chain_step(&next, &kamf, 2, &cell, &again, &base) &&
	      !memcmp(&again.sync, &next.sync, sizeof(next.sync)));
}

/* What a gNB has: no KAMF, and the pairs that the AMF gives it. */
static void check_gnb_chain(void)
{
	struct pdcp_chain ue, chain, next;
	struct pdcp_fingerprint base;
	struct pdcp_key256 kamf, nh;

	chain_begin(&kamf, &ue);
	check("a gNB has a KgNB without NH", !pdcp_chain_receive(&chain, &ue.kgnb, 0));
	check("which is enough for a horizontal derivation",
	      !pdcp_chain_step(&chain, NULL, 0, &cell, &next, &base) &&
	      is(&next.kgnb, "450f11756e04554a604e0492049c277d443daf13a85eb991bb9735bee5ab5d3d"));
	check("but not for a vertical one",
	      pdcp_chain_step(&chain, NULL, 2, &cell, &next, &base) == -ENOKEY);
	check("of which nothing is left", is_erased(&next, sizeof(next)));
	nh = key256("8965e7d9391b34c84faf8b0df1370db21abcbd3c7d4fd571ca9d94a38331a835");
	check("with a fresh pair it is vertical", !pdcp_chain_fresh(&chain, &nh, 2) &&
	      !pdcp_chain_step(&chain, NULL, 2, &cell, &next, &base) &&
	      is(&next.kgnb, "d4b2b6cb151d6a8b35fe9e0b826f692e89186118163b17d05d4d61369786818a"));
	check("for the NCC of that pair only",
	      pdcp_chain_step(&chain, NULL, 3, &cell, &next, &base) == -ENOKEY);
}

static void check_refusals(void)
{
	const struct pdcp_cell bad_pci = { .pci = PDCP_PCI_MAX + 1, .arfcn = 1 };
	const struct pdcp_cell bad_arfcn = { .pci = 1, .arfcn = PDCP_ARFCN_MAX + 1 };
	const struct pdcp_cell bad_earfcn = { .arfcn = PDCP_EARFCN_MAX + 1, .ng_enb = true };
	const struct pdcp_kdf_param long_param = { vectors, PDCP_KDF_PARAMS_MAX - 1 };
	struct pdcp_key256 key = { { 1 } }, out;
	struct pdcp_chain chain, next;
	struct pdcp_fingerprint base;

	pdcp_chain_begin(&chain, &key);
	check("PCI above 1007", pdcp_kdf_ng_ran_star(&key, &bad_pci, &out) == -EINVAL);
	check("ARFCN above 3279165", pdcp_kdf_ng_ran_star(&key, &bad_arfcn, &out) == -EINVAL);
	check("EARFCN above 262143", pdcp_kdf_ng_ran_star(&key, &bad_earfcn, &out) == -EINVAL);
	check("NCC above 7", pdcp_chain_step(&chain, &key, 8, &cell, &next, &base) == -EINVAL &&
	      pdcp_chain_receive(&next, &key, 8) == -EINVAL &&
	      pdcp_chain_fresh(&next, &key, 8) == -EINVAL);
	check("distinguishers 0 and 7", pdcp_kdf_algorithm(&key, 0, 2, &out) == -EINVAL &&
	      pdcp_kdf_algorithm(&key, PDCP_ALGORITHM_UP_INT + 1, 2, &out) == -EINVAL);
	check("parameters that do not fit",
	      pdcp_kdf(&key, 1, &long_param, 1, &out) == -EMSGSIZE);
}

static void check_fingerprint(void)
{
	struct pdcp_key256 key = key256(vectors[0].key);
	struct pdcp_fingerprint one, two;
	char text[PDCP_FINGERPRINT_STRLEN];

	check("a fingerprint", !pdcp_fingerprint(&key, sizeof(key), &one) &&
	      strlen(pdcp_fingerprint_format(&one, text)) == 2 * PDCP_FINGERPRINT_LEN);
	key.octets[31] ^= 1;
	check("is another for another key", !pdcp_fingerprint(&key, sizeof(key), &two) &&
	      memcmp(&one, &two, sizeof(one)));
}

int main(void)
{
	puts("KTAP version 1");
	check_vectors();
	check_arfcn();
	check_as_keys();
	check_chain();
	check_gnb_chain();
	check_refusals();
	check_fingerprint();
	printf("1..%u\n", checks);
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
