// SPDX-License-Identifier: GPL-2.0
/*
 * Searches an image of a machine's memory for the keys of a run.
 *
 *	search SEED IMAGE { { live | once } SET NEA NIA | gone SET }...
 *
 * Exit status 0 if all keys of the live sets are there, with what these algorithms make of them,
 * those that are to be there once in one set of ciphers and nowhere else, and nothing of those
 * that are gone; 1 if not, 2 if it could not be searched.  What was found goes to
 * standard error, which the machine does not see: else it would be found again.
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
};

static const char *const wanted_names[] = {
	[GONE] = "gone",
	[LIVE] = "live",
	[ONCE] = "once",
};

struct want {
	enum wanted wanted;
	unsigned int set;
	unsigned int nea;
	unsigned int nia;
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

static const struct want *want_of(const struct search *search, unsigned int set)
{
	unsigned int i;

	for (i = 0; search->want[i].set != set; i++)
		;
	return &search->want[i];
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

static void report(struct search *search, unsigned int set, unsigned int role, size_t at,
		   const char *what, unsigned int offset, const char *order)
{
	if (++search->found > SHOWN_MAX)
		return;
	fprintf(stderr, "# set %u, %s: %s %s, from %u on, at 0x%zx\n", set, key_roles[role], what,
		order, offset, at);
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
	default:
		return false;
	}
}

/* Windows that go on where the last one was are one finding. */
static void hit(struct search *search, struct pattern *pattern, size_t at)
{
	const struct pattern *last = search->last;
	bool more = last && last->set == pattern->set && last->role == pattern->role &&
		    at - search->last_at <= WINDOW;

	pattern->hits++;
	search->last = pattern;
	search->last_at = at;
	if (!more && !allowed(want_of(search, pattern->set), pattern))
		report(search, pattern->set, pattern->role, at, pattern->what, pattern->offset,
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
		for (role = 0; role < KEY_ROLES; role++) {
			cell = zuc_loaded((const uint32_t *)(search->image + at), count,
					  search->want[i].key[role]);
			if (cell >= 0)
				report(search, search->want[i].set, role, at, "ZUC's cells", cell,
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
	struct hits hits = patterns_hits(&search->patterns, want->set, role, what);

	if (hits.least && hits.most <= most)
		return true;
	fprintf(stderr, "# set %u, %s: %s found %u to %u times\n", want->set, key_roles[role],
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
	unsigned int i, role;
	bool all = true;

	for (i = 0; i < search->wants; i++)
		for (role = 0; search->want[i].wanted != GONE && role < KEY_ROLES; role++)
			all &= key_there(search, &search->want[i], role);
	return all;
}

static enum wanted wanted_of(const char *word)
{
	enum wanted wanted;

	for (wanted = GONE; wanted <= ONCE; wanted++)
		if (!strcmp(word, wanted_names[wanted]))
			return wanted;
	errx(2, "%s is neither live nor once nor gone", word);
}

static unsigned int parse_number(char **word)
{
	char *end;
	unsigned long value;

	if (!*word)
		errx(2, "a number is missing");
	value = strtoul(*word, &end, 0);
	if (*end || end == *word || value > UINT16_MAX)
		errx(2, "%s is not a number", *word);
	return value;
}

static void parse(struct search *search, uint64_t seed, char **word)
{
	struct want *want;
	unsigned int role;

	while (*word) {
		if (search->wants == WANTS_MAX)
			errx(2, "more than %u sets", WANTS_MAX);
		want = &search->want[search->wants++];
		want->wanted = wanted_of(*word++);
		want->set = parse_number(word++);
		if (want->wanted != GONE) {
			want->nea = parse_number(word++);
			want->nia = parse_number(word++);
		}
		for (role = 0; role < KEY_ROLES; role++) {
			key_derive(seed, want->set, role, want->key[role]);
			patterns_add_key(&search->patterns, want->set, role, want->key[role]);
		}
	}
}

int main(int argc, char **argv)
{
	static struct search search;
	bool all;

	if (argc < 5)
		errx(2, "usage: search SEED IMAGE { { live | once } SET NEA NIA | gone SET }...");
	patterns_init(&search.patterns);
	zuc_init();
	parse(&search, strtoull(argv[1], NULL, 16), argv + 3);
	search_image(&search, argv[2]);
	all = all_there(&search);
	if (search.found > SHOWN_MAX)
		fprintf(stderr, "# and %u more\n", search.found - SHOWN_MAX);
	return search.found || !all;
}
