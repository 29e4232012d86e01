// SPDX-License-Identifier: GPL-2.0
/*
 * Searches an image of a machine's memory for the keys of a run.
 *
 *	search SEED IMAGE { { live | once } KEYS NEA NIA | { kept | gone } KEYS }...
 *
 * KEYS are a set of the run or what derives from a root of it, see tree.h.  Exit status 0 if all
 * live keys are there, with what these algorithms make of them, those that are to be there once
 * in one set of ciphers and nowhere else, those that are kept as text in files and nowhere else,
 * and nothing of those that are gone; 1 if not, 2 if it could not be searched.  What was found
 * goes to standard error, which the machine does not see: else it would be found again.
 */

#define _GNU_SOURCE

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pattern.h"
#include "tree.h"
#include "zuc.h"

enum {
	WANTS_MAX = 64,
	/* Findings that are shown, and octets around each. */
	SHOWN_MAX = 24,
	CONTEXT = 64,
	ROW = 16,
};

enum wanted {
	GONE,
	LIVE,
	ONCE,
	KEPT,
};

static const char *const wanted_names[] = {
	[GONE] = "gone",
	[LIVE] = "live",
	[ONCE] = "once",
	[KEPT] = "kept",
};

/* @name is how the arguments call the keys, @keys how many there are. */
struct want {
	enum wanted wanted;
	const char *name;
	unsigned int nea;
	unsigned int nia;
	unsigned int keys;
	uint8_t key[KEY_ROLES][KEY_LEN];
};

struct search {
	struct patterns patterns;
	struct want want[WANTS_MAX];
	unsigned int wants;
	const uint8_t *image;
	size_t size;
	const struct pattern *last;
	size_t last_at;
	unsigned int found;
};

static const char *role_name(const struct want *want, unsigned int role)
{
	static const char *const halves[HALVES] = { "first half", "second half" };

	return want->keys == HALVES ? halves[role] : key_roles[role];
}

static void show_row(const uint8_t *row, size_t at)
{
	unsigned int i;

	fprintf(stderr, "#\t%09zx ", at);
	for (i = 0; i < ROW; i++)
		fprintf(stderr, " %02x", row[i]);
	fputs("  ", stderr);
	for (i = 0; i < ROW; i++)
		fputc(row[i] < ' ' || row[i] > '~' ? '.' : row[i], stderr);
	fputc('\n', stderr);
}

/* What is around a finding may tell whose memory that is. */
static void show(const struct search *search, size_t at)
{
	size_t from = at - at % ROW;
	size_t row;

	for (row = from < CONTEXT ? 0 : from - CONTEXT; row < from + CONTEXT; row += ROW)
		if (row + ROW <= search->size)
			show_row(search->image + row, row);
}

static void report(struct search *search, const struct want *want, unsigned int role, size_t at,
		   const char *what, unsigned int offset, const char *order)
{
	if (++search->found > SHOWN_MAX)
		return;
	fprintf(stderr, "# %s, %s: %s %s, from %u on, at 0x%zx\n", want->name,
		role_name(want, role), what, order, offset, at);
	show(search, at);
}

static unsigned int algorithm(const struct want *want, unsigned int role)
{
	return role % 2 ? want->nia : want->nea;
}

/* A key that is in use may be in registers and on stacks, too; one that is not is in its cipher. */
static bool allowed(const struct want *want, const struct pattern *pattern)
{
	switch (want->wanted) {
	case LIVE:
		return true;
	case ONCE:
		return pattern->order == AS_OCTETS &&
		       (!strcmp(pattern->what, "key") ||
			(algorithm(want, pattern->role) == 2 && strcmp(pattern->what, "text") &&
			 strcmp(pattern->what, "TEXT")));
	case KEPT:
		return !strcmp(pattern->what, "text");
	default:
		return false;
	}
}

/* Windows that go on where the last one was are one finding. */
static void hit(struct search *search, struct pattern *pattern, size_t at)
{
	const struct want *want = &search->want[pattern->set];
	const struct pattern *last = search->last;
	bool more = last && last->set == pattern->set && last->role == pattern->role &&
		    at - search->last_at <= WINDOW;

	pattern->hits++;
	search->last = pattern;
	search->last_at = at;
	if (!more && !allowed(want, pattern))
		report(search, want, pattern->role, at, pattern->what, pattern->offset,
		       order_names[pattern->order]);
}

static void look_for_octets(struct search *search, size_t at, uint64_t octets)
{
	struct pattern *pattern;
	int i;

	for (i = patterns_first(&search->patterns, octets); i >= 0; i = pattern->next) {
		pattern = &search->patterns.all[i];
		if (at + pattern->len <= search->size &&
		    !memcmp(search->image + at, pattern->octets, pattern->len))
			hit(search, pattern, at);
	}
}

static void look_for_zuc(struct search *search, size_t at)
{
	size_t count = (search->size - at) / sizeof(uint32_t);
	unsigned int i, role;
	int cell;

	for (i = 0; i < search->wants; i++) {
		if (search->want[i].wanted == LIVE)
			continue;
		for (role = 0; role < search->want[i].keys; role++) {
			cell = zuc_loaded((const uint32_t *)(search->image + at), count,
					  search->want[i].key[role]);
			if (cell >= 0)
				report(search, &search->want[i], role, at, "ZUC's cells", cell,
				       "as loaded");
		}
	}
}

static void search_range(struct search *search, size_t from, size_t end)
{
	uint64_t octets;
	size_t at;

	for (at = from; at + sizeof(octets) <= end; at++) {
		memcpy(&octets, search->image + at, sizeof(octets));
		if (!octets)
			continue;
		look_for_octets(search, at, octets);
		if (at % sizeof(uint32_t) == 0 && zuc_may_begin(octets))
			look_for_zuc(search, at);
	}
}

/* Memory that the machine has never written is a hole. */
static void search_image(struct search *search, const char *name)
{
	int fd = open(name, O_RDONLY);
	struct stat stat;
	off_t from, end = 0;

	if (fd < 0 || fstat(fd, &stat))
		err(2, "%s", name);
	search->size = stat.st_size;
	search->image = mmap(NULL, search->size, PROT_READ, MAP_SHARED, fd, 0);
	if (search->image == MAP_FAILED)
		err(2, "%s", name);
	while ((from = lseek(fd, end, SEEK_DATA)) >= 0) {
		end = lseek(fd, from, SEEK_HOLE);
		search_range(search, from, end);
	}
	if (errno != ENXIO)
		err(2, "%s", name);
}

/* Whether all of something is in memory, at least once and no part of it more than @most times. */
static bool there(const struct search *search, const struct want *want, unsigned int role,
		  const char *what, unsigned int most)
{
	struct hits hits = patterns_hits(&search->patterns, want - search->want, role, what);

	if (hits.least && hits.most <= most)
		return true;
	fprintf(stderr, "# %s, %s: %s found %u to %u times\n", want->name, role_name(want, role),
		what, hits.least, hits.most);
	return false;
}

/* AES has the key itself, and the last round key, in both directions' schedules. */
static bool key_there(const struct search *search, const struct want *want, unsigned int role)
{
	bool aes = algorithm(want, role) == 2;
	unsigned int once = want->wanted == ONCE ? 1 : UINT_MAX;
	unsigned int twice = want->wanted == ONCE ? 2 : UINT_MAX;
	bool all;

	if (want->wanted == KEPT)
		return there(search, want, role, "text", UINT_MAX);
	all = there(search, want, role, "key", aes ? twice : once);
	if (aes)
		all &= there(search, want, role, "round keys", twice);
	if (aes && role % 2)
		all &= there(search, want, role, "CMAC's K1", once) &
		       there(search, want, role, "CMAC's K2", once);
	return all;
}

static bool all_there(const struct search *search)
{
	const struct want *want;
	unsigned int role;
	bool all = true;

	for (want = search->want; want < search->want + search->wants; want++)
		for (role = 0; want->wanted != GONE && role < want->keys; role++)
			all &= key_there(search, want, role);
	return all;
}

static enum wanted wanted_of(const char *word)
{
	enum wanted wanted;

	for (wanted = GONE; wanted <= KEPT; wanted++)
		if (!strcmp(word, wanted_names[wanted]))
			return wanted;
	errx(2, "%s is neither live nor once nor kept nor gone", word);
}

static unsigned int parse_number(const char *word)
{
	char *end;
	unsigned long value;

	if (!word)
		errx(2, "a number is missing");
	value = strtoul(word, &end, 0);
	if (*end || end == word || value > UINT16_MAX)
		errx(2, "%s is not a number", word);
	return value;
}

static void add_want(struct search *search, uint64_t seed, struct want *want)
{
	unsigned int number = want - search->want;
	struct pdcp_key256 whole;
	unsigned int role;

	if (strchr(want->name, '/')) {
		want->keys = tree_keys(seed, want->name, want->key, &whole);
	} else {
		want->keys = KEY_ROLES;
		for (role = 0; role < KEY_ROLES; role++)
			key_derive(seed, parse_number(want->name), role, want->key[role]);
	}
	for (role = 0; role < want->keys; role++)
		patterns_add_key(&search->patterns, number, role, want->key[role]);
	if (want->keys == HALVES)
		patterns_add_hmac(&search->patterns, number, whole.octets);
}

static void parse(struct search *search, uint64_t seed, char **word)
{
	struct want *want;

	while (*word) {
		if (search->wants == WANTS_MAX)
			errx(2, "more than %u sets", WANTS_MAX);
		want = &search->want[search->wants++];
		want->wanted = wanted_of(*word++);
		want->name = *word;
		if (!*word++)
			errx(2, "keys are missing");
		if (want->wanted == LIVE || want->wanted == ONCE) {
			want->nea = parse_number(*word++);
			want->nia = parse_number(*word++);
		}
		add_want(search, seed, want);
	}
}

int main(int argc, char **argv)
{
	static struct search search;
	bool all;

	if (argc < 5)
		errx(2, "usage: search SEED IMAGE { WANTED KEYS [ NEA NIA ] }...");
	patterns_init(&search.patterns);
	zuc_init();
	parse(&search, strtoull(argv[1], NULL, 16), argv + 3);
	search_image(&search, argv[2]);
	all = all_there(&search);
	if (search.found > SHOWN_MAX)
		fprintf(stderr, "# and %u more\n", search.found - SHOWN_MAX);
	return search.found || !all;
}
