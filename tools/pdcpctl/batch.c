// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel takes one request at a time, each of which is all or nothing.  A batch is that, too,
 * because what its commands have done is taken back if one fails.
 */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "args.h"
#include "secret.h"
#include "undo.h"

static const char batch_usage[] =
	"Usage: pdcpctl batch { FILE | - }\n"
	"\n"
	"FILE has a command in a line, as it would follow \"pdcpctl\". All are done or none:\n"
	"if one fails, those before it are taken back, which dev set, ue add, security add,\n"
	"bearer add and bearer set can be. Another command can only be the last one.\n"
	"\"#\" begins a comment, quotes keep spaces, and a backslash joins two lines.\n";

static const char restore_usage[] =
	"Usage: pdcpctl restore { FILE | - } [ keys DIR ]\n"
	"\n"
	"FILE is what \"pdcpctl save\" has printed, and DIR has the files of keys that it\n"
	"names. All of it is restored or nothing. COUNTs begin at 0, so the keys must be\n"
	"new ones.\n";

/**
 * struct line - Command of a batch
 * @number: of its line in the file
 * @words: end with NULL
 */
struct line {
	unsigned int number;
	char **words;
};

/**
 * struct batch - What is to be done
 * @name: of the file
 * @lines: commands
 * @count: number of them
 */
struct batch {
	const char *name;
	struct line *lines;
	size_t count;
};

[[gnu::noreturn]]
static void memory_error(void)
{
	usage_error("no memory for the batch");
}

static void *grown(void *array, size_t count, size_t size)
{
	array = reallocarray(array, count, size);
	if (!array)
		memory_error();
	return array;
}

/* Cut the next word off @text. Return: the word, or NULL at the end. */
static char *word_cut(const struct batch *batch, unsigned int number, char **text)
{
	char *word, *end;
	char quote;

	*text += strspn(*text, " \t\n");
	if (!**text || **text == '#')
		return NULL;
	quote = **text == '"' || **text == '\'' ? *(*text)++ : 0;
	word = *text;
	end = quote ? strchr(word, quote) : word + strcspn(word, " \t\n");
	if (!end)
		usage_error("%s:%u: a quote has no end", batch->name, number);
	*text = *end ? end + 1 : end;
	*end = '\0';
	return word;
}

/* Append the command of @text, which stays in use, if there is one. */
static void line_add(struct batch *batch, unsigned int number, char *text)
{
	struct line line = { .number = number };
	size_t count = 0;
	char *word;

	do {
		word = word_cut(batch, number, &text);
		line.words = grown(line.words, count + 1, sizeof(*line.words));
		line.words[count++] = word;
	} while (word);
	if (count == 1) {
		free(line.words);
		return;
	}
	batch->lines = grown(batch->lines, batch->count + 1, sizeof(*batch->lines));
	batch->lines[batch->count++] = line;
}

/* A line that ends with a backslash goes on in the next one, for as many as do. */
static void batch_read(struct batch *batch, FILE *in)
{
	unsigned int number = 0, first = 1;
	char *text = NULL, *more = NULL;
	size_t size = 0, len = 0;
	ssize_t ret;

	while ((ret = getline(&more, &size, in)) >= 0) {
		number++;
		text = grown(text, len + ret + 1, 1);
		memcpy(text + len, more, ret + 1);
		len += ret;
		if (len > 1 && text[len - 1] == '\n' && text[len - 2] == '\\') {
			len -= 2;
			continue;
		}
		line_add(batch, first, text);
		text = NULL;
		len = 0;
		first = number + 1;
	}
	if (ferror(in))
		usage_error("%s: %s", batch->name, strerror(errno));
	if (len)
		usage_error("%s:%u: a backslash ends the file", batch->name, first);
	free(more);
}

static void batch_open(struct batch *batch, const char *name)
{
	FILE *in = strcmp(name, "-") ? fopen(name, "re") : stdin;

	batch->name = name;
	if (!in)
		usage_error("%s: %s", name, strerror(errno));
	batch_read(batch, in);
	if (in != stdin)
		fclose(in);
}

/* Commands that may be anywhere in a batch: they change nothing, or note how to take it back. */
static const char *const anywhere[][2] = {
	{ "dev", "show" },
	{ "dev", "set" },
	{ "ue", "show" },
	{ "ue", "add" },
	{ "security", "show" },
	{ "security", "add" },
	{ "ledger", "show" },
	{ "bearer", "show" },
	{ "bearer", "add" },
	{ "bearer", "set" },
	{ "daps", "show" },
};

static bool is_last(char *const *words)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(anywhere); i++) {
		if (strcmp(words[0], anywhere[i][0]))
			continue;
		if (!words[1] || !strcmp(words[1], anywhere[i][1]))
			return false;
	}
	return true;
}

/* They end when the user says so, or would be a batch of their own. */
static bool is_nowhere(const char *object)
{
	static const char *const objects[] = {
		"monitor", "stats", "handover", "gen", "batch", "restore",
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(objects); i++) {
		if (!strcmp(object, objects[i]))
			return true;
	}
	return false;
}

static int complete(struct ctl *ctl, char **words)
{
	(void)ctl;
	ctl_complete(words);
	return EXIT_SUCCESS;
}

/* Every line has a command, and only the last one may be what cannot be taken back. */
static void batch_check(struct ctl *ctl, const struct batch *batch)
{
	const struct line *last = batch->lines + batch->count - 1;
	const struct line *line;

	for (line = batch->lines; line < batch->lines + batch->count; line++) {
		if (ctl_try(ctl, line->words, complete))
			usage_error("%s:%u is wrong, nothing was done", batch->name, line->number);
		if (is_nowhere(line->words[0]))
			usage_error("%s:%u: \"%s\" has no place in a batch", batch->name,
				    line->number, line->words[0]);
		if (is_last(line->words) && line != last)
			usage_error("%s:%u: \"%s\" cannot be taken back, say it last",
				    batch->name, line->number,
				    line->words[line->words[1] ? 1 : 0]);
	}
}

static bool interrupted(void)
{
	sigset_t pending;

	sigpending(&pending);
	return sigismember(&pending, SIGINT) || sigismember(&pending, SIGTERM) ||
	       sigismember(&pending, SIGHUP);
}

/* What would end the program waits until the batch is done, or taken back. */
static void signals_hold(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

/* The handle of the command that failed may be in the middle of an answer. */
static int batch_undo(const struct batch *batch, const struct line *line, struct pdcp *h,
		      int status)
{
	size_t failed = undo_all(h);

	if (failed) {
		fprintf(stderr, "Error: %s:%u failed, %zu before it was not taken back.\n",
			batch->name, line->number, failed);
		return EXIT_HALF;
	}
	fprintf(stderr, "Error: %s:%u failed, what came before it was taken back.\n", batch->name,
		line->number);
	return status;
}

static int batch_apply(struct ctl *ctl, const struct batch *batch)
{
	struct pdcp *undo;
	const struct line *line;
	int status = 0;

	ctl_open(ctl);
	undo = ctl->h;
	ctl->h = NULL;
	ctl_open(ctl);
	undo_begin(batch->count);
	signals_hold();
	for (line = batch->lines; !status && line < batch->lines + batch->count; line++) {
		status = ctl_try(ctl, line->words, ctl_run);
		if (!status && interrupted() && line < batch->lines + batch->count - 1) {
			fputs("Error: interrupted.\n", stderr);
			status = EXIT_REFUSED;
		}
		if (status)
			status = batch_undo(batch, line, undo, status);
	}
	pdcp_close(undo);
	return status;
}

static int batch_run(struct ctl *ctl, struct args *args)
{
	struct batch batch = { 0 };

	if (!args_more(args))
		usage_error("\"FILE\" is missing: a file of commands, or - for standard input");
	batch_open(&batch, *args->next++);
	if (args_more(args))
		args_unknown(args);
	secret_begin();
	batch_check(ctl, &batch);
	return batch_apply(ctl, &batch);
}

static int restore_run(struct ctl *ctl, struct args *args)
{
	struct batch batch = { 0 };
	const char *dir = NULL;

	if (!args_more(args))
		usage_error("\"FILE\" is missing: what \"save\" printed, or - for standard input");
	batch_open(&batch, *args->next++);
	while (args_more(args)) {
		if (!args_take(args, "keys"))
			args_unknown(args);
		args_duplicate(dir, "keys", args_value(args, "keys"));
		dir = args->next[-1];
	}
	if (dir && chdir(dir))
		usage_error("keys \"%s\": %s", dir, strerror(errno));
	secret_begin();
	batch_check(ctl, &batch);
	return batch_apply(ctl, &batch);
}

const struct object batch_object = {
	.name = "batch",
	.usage = batch_usage,
	.run = batch_run,
};

const struct object restore_object = {
	.name = "restore",
	.usage = restore_usage,
	.run = restore_run,
};
