// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <getopt.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "args.h"

static const char usage[] =
	"Usage: pdcpctl [OPTIONS] OBJECT { COMMAND | help }\n"
	"       pdcpctl [OPTIONS] { batch | restore } FILE\n"
	"       pdcpctl [OPTIONS] save\n"
	"where  OBJECT := { dev | ue | security | ledger | bearer | daps | handover | status |\n"
	"                   sdu | pdu | gen | key | rrc | stats | wireshark | monitor }\n"
	"       OPTIONS := { -j[son] | -p[retty] | -t[imestamp] | -n[etns] NAME |\n"
	"                    -V[ersion] | -h[elp] }\n";

static const struct object *const objects[] = {
	&dev_object,
	&ue_object,
	&security_object,
	&ledger_object,
	&bearer_object,
	&daps_object,
	&handover_object,
	&status_object,
	&sdu_object,
	&pdu_object,
	&gen_object,
	&key_object,
	&rrc_object,
	&stats_object,
	&wireshark_object,
	&monitor_object,
};

/* Not abbreviated, so that the objects can be by one letter. */
static const struct object *const files[] = {
	&batch_object,
	&save_object,
	&restore_object,
};

/* Where a batch goes on after a command that exits, and with which status. */
static jmp_buf *batch;
static int batch_status;

void ctl_exit(int status)
{
	if (!batch)
		exit(status);
	batch_status = status;
	longjmp(*batch, 1);
}

int ctl_try(struct ctl *ctl, char **words, int (*run)(struct ctl *ctl, char **words))
{
	jmp_buf here;

	if (!setjmp(here)) {
		batch = &here;
		batch_status = run(ctl, words);
	}
	batch = NULL;
	return batch_status;
}

void ctl_open(struct ctl *ctl)
{
	int ret;

	if (ctl->h)
		return;
	ret = ctl->netns ? pdcp_open_netns(&ctl->h, ctl->netns) : pdcp_open(&ctl->h);
	if (!ret)
		return;
	if (ctl->netns && ret == -ENOENT)
		fprintf(stderr, "Error: no network namespace \"%s\".\n", ctl->netns);
	else
		fprintf(stderr, "Error: %s.\n", pdcp_strerror(ret));
	ctl_exit(EXIT_REFUSED);
}

int ctl_result(const struct ctl *ctl, int ret)
{
	const char *text = pdcp_error(ctl->h);

	if (!ret)
		return EXIT_SUCCESS;
	fprintf(stderr, "Error: pdcp: %s.\n", *text ? text : pdcp_strerror(ret));
	return EXIT_REFUSED;
}

static int device_take(const struct pdcp_device_info *info, void *data)
{
	uint32_t *ifindex = data;

	if (*ifindex)
		return -E2BIG;
	*ifindex = info->ifindex;
	return 0;
}

uint32_t ctl_device(struct ctl *ctl, const char *name)
{
	uint32_t ifindex = 0;
	int ret;

	if (name) {
		ret = pdcp_link_index(ctl->h, name);
		if (ret > 0)
			return ret;
		fprintf(stderr, "Error: %s.\n", pdcp_error(ctl->h));
		ctl_exit(EXIT_REFUSED);
	}
	ret = pdcp_device_list(ctl->h, device_take, &ifindex);
	if (ret == -E2BIG)
		usage_error("more than one pdcp device: say dev NAME");
	if (ret)
		ctl_exit(ctl_result(ctl, ret));
	if (!ifindex) {
		fputs("Error: no pdcp device here: \"ip link add pdcp0 type pdcp\" makes one.\n",
		      stderr);
		ctl_exit(EXIT_REFUSED);
	}
	return ifindex;
}

/* Index of the name that is @word, or the only one that begins so; exits if there is none. */
static unsigned int word_find(const char *what, const char *word, const char *const *names,
			      unsigned int count)
{
	unsigned int found = count;
	unsigned int i;

	for (i = 0; i < count; i++) {
		if (!strcmp(names[i], word))
			return i;
	}
	for (i = 0; i < count; i++) {
		if (strncmp(names[i], word, strlen(word)))
			continue;
		if (found != count)
			usage_error("%s \"%s\" is ambiguous: %s or %s", what, word, names[found],
				    names[i]);
		found = i;
	}
	if (found == count)
		usage_error("%s \"%s\" is unknown, try \"help\"", what, word);
	return found;
}

static const struct object *object_find(const char *word)
{
	const char *names[ARRAY_SIZE(objects)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(files); i++) {
		if (!strcmp(word, files[i]->name))
			return files[i];
	}
	for (i = 0; i < ARRAY_SIZE(objects); i++)
		names[i] = objects[i]->name;
	return objects[word_find("object", word, names, ARRAY_SIZE(objects))];
}

static const struct command *command_find(const struct object *object, const char *word)
{
	const char *names[OBJECT_COMMANDS_MAX];
	unsigned int i;

	for (i = 0; i < object->count; i++)
		names[i] = object->commands[i].name;
	return &object->commands[word_find("command", word, names, object->count)];
}

int ctl_run(struct ctl *ctl, char **words)
{
	const struct object *object = object_find(*words);
	struct args args = { .next = words + 1, .object = object };

	if (args_more(&args) && object->count)
		return command_find(object, *args.next++)->run(ctl, &args);
	if (!object->run)
		usage_error("command is missing, try \"%s help\"", object->name);
	return object->run(ctl, &args);
}

void ctl_complete(char **words)
{
	const struct object *object = object_find(words[0]);

	words[0] = (char *)object->name;
	if (words[1] && object->count && strcmp(words[1], "help"))
		words[1] = (char *)command_find(object, words[1])->name;
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "pretty", no_argument, NULL, 'p' },
		{ "timestamp", no_argument, NULL, 't' },
		{ "netns", required_argument, NULL, 'n' },
		{ "Version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	struct ctl ctl = { 0 };
	int option, status;

	while ((option = getopt_long_only(argc, argv, "+jptn:Vh", options, NULL)) != -1) {
		switch (option) {
		case 'j':
			ctl.json = true;
			break;
		case 'p':
			ctl.pretty = true;
			break;
		case 't':
			ctl.timestamp = true;
			break;
		case 'n':
			ctl.netns = optarg;
			break;
		case 'V':
			puts("pdcpctl " VERSION);
			return EXIT_SUCCESS;
		case 'h':
			fputs(usage, stdout);
			return EXIT_SUCCESS;
		default:
			fputs(usage, stderr);
			return EXIT_USAGE;
		}
	}
	if (optind == argc) {
		fputs(usage, stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[optind], "help")) {
		fputs(usage, stdout);
		return EXIT_SUCCESS;
	}
	status = ctl_run(&ctl, argv + optind);
	pdcp_close(ctl.h);
	return status;
}
