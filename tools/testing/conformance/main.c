// SPDX-License-Identifier: GPL-2.0

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trip.h"

enum {
	/* Failures that are explained without -v. */
	EXPLAINED = 20,
	/* Different reasons to skip that are told apart. */
	REASONS_MAX = 64,
};

static const char usage[] =
	"Usage: conformance FILE [ --dev DEV ] [ -v ]\n"
	"\n"
	"Tests the loaded pdcp module with the PDCP Data PDUs of a JSON file: an array of\n"
	"vectors, or an object whose member \"vectors\" is one. A vector has the members\n"
	"name, bearer_type (srb, drb), sn_bits, count (hexadecimal), bearer (BEARER input),\n"
	"direction (0 uplink), nea, kenc, nia (null without integrity protection), kint,\n"
	"sdap_octets, header, data (SDAP header and SDU) and pdu.\n"
	"\n"
	"A vector is one test. It passes if both ways are right: its data was sent as exactly\n"
	"its PDU, and from its PDU exactly its data was received, with its COUNT. A vector\n"
	"that lacks a member, or that the interface or the kernel's configuration does not\n"
	"allow, is skipped, and the reasons are listed. A null nia of an SRB is tested with\n"
	"NIA0, as either gives a MAC-I of zeroes.\n"
	"\n"
	"  --dev DEV   use this device, which has to be up, instead of one of its own in a\n"
	"              new namespace; the UEs made there are removed at the end\n"
	"  -v          name each vector, and explain each failure and skip\n"
	"\n"
	"Needs root, and the module loaded with allow_test_mode=1. The last line says\n"
	"\"N passed, N failed\", and \", N skipped\" if any were. Exit status: 0 if some passed\n"
	"and none failed, 1 otherwise, 2 if nothing could be tested.\n";

/* Vectors skipped, by reason. */
struct skips {
	char reason[REASONS_MAX][WHY_SIZE];
	unsigned int vectors[REASONS_MAX];
};

struct summary {
	bool verbose;
	unsigned int count[3];		/* by enum verdict */
	struct skips skips;
};

static void signals_block(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGHUP);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGTERM);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

/* Whether one of the blocked signals has come: it is time to clean up. */
static bool interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGHUP) || sigismember(&pending, SIGINT) ||
	       sigismember(&pending, SIGTERM);
}

/* The last reason stands for all that found no room. */
static void skips_count(struct skips *skips, const char *reason)
{
	unsigned int i;

	for (i = 0; i < REASONS_MAX - 1; i++) {
		if (!skips->vectors[i] || !strcmp(skips->reason[i], reason))
			break;
	}
	snprintf(skips->reason[i], sizeof(skips->reason[i]), "%s",
		 i == REASONS_MAX - 1 ? "other reasons" : reason);
	skips->vectors[i]++;
}

static void summary_add(struct summary *summary, const char *name, enum verdict verdict,
			const char *why)
{
	unsigned int failed = summary->count[FAILED];

	summary->count[verdict]++;
	switch (verdict) {
	case PASSED:
		if (summary->verbose)
			printf("passed: %s\n", name);
		break;
	case FAILED:
		printf("failed: %s\n", name);
		if (summary->verbose || failed < EXPLAINED)
			printf("  %s", why);
		break;
	case SKIPPED:
		skips_count(&summary->skips, why);
		if (summary->verbose)
			printf("skipped: %s: %s\n", name, why);
		break;
	}
}

static int summary_print(const struct summary *summary)
{
	unsigned int i;

	for (i = 0; i < REASONS_MAX && summary->skips.vectors[i]; i++)
		printf("skipped %u: %s\n", summary->skips.vectors[i], summary->skips.reason[i]);
	if (interrupted())
		puts("interrupted");
	printf("%u passed, %u failed", summary->count[PASSED], summary->count[FAILED]);
	if (summary->count[SKIPPED])
		printf(", %u skipped", summary->count[SKIPPED]);
	putchar('\n');
	return interrupted() || summary->count[FAILED] || !summary->count[PASSED];
}

static void vectors_run(struct lab *lab, const json_t *vectors, struct summary *summary)
{
	static struct vector vector;
	const char *reason;
	enum verdict verdict;
	struct trip trip;
	const json_t *json;
	size_t i;

	json_array_foreach(vectors, i, json) {
		if (interrupted())
			return;
		reason = vector_parse(json, &vector);
		verdict = reason ? SKIPPED : trip_make(lab, &vector, &trip);
		summary_add(summary, vector.name, verdict, reason ? reason : trip.why);
	}
}

/* Return: the file; @vectors is set to the array in it. */
static json_t *file_load(const char *name, const json_t **vectors)
{
	json_error_t error;
	json_t *root;

	root = json_load_file(name, 0, &error);
	if (!root) {
		fprintf(stderr, "Error: %s: line %d: %s\n", name, error.line, error.text);
		return NULL;
	}
	*vectors = json_is_array(root) ? root : json_object_get(root, "vectors");
	if (json_is_array(*vectors))
		return root;
	fprintf(stderr, "Error: %s: neither an array nor an object with \"vectors\"\n", name);
	json_decref(root);
	return NULL;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "dev", required_argument, NULL, 'd' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	static struct summary summary;
	static struct lab lab;
	const char *dev = NULL;
	const json_t *vectors;
	sigset_t signals;
	json_t *root;
	int option, status;

	while ((option = getopt_long(argc, argv, "vh", options, NULL)) != -1) {
		switch (option) {
		case 'd':
			dev = optarg;
			break;
		case 'v':
			summary.verbose = true;
			break;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return 2;
		}
	}
	if (optind + 1 != argc) {
		fputs(usage, stderr);
		return 2;
	}
	root = file_load(argv[optind], &vectors);
	if (!root)
		return 2;
	signals_block(&signals);
	status = 2;
	if (!lab_open(&lab, dev)) {
		vectors_run(&lab, vectors, &summary);
		lab_close(&lab);
		status = summary_print(&summary);
	}
	json_decref(root);
	return status;
}
