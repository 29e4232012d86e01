/* SPDX-License-Identifier: GPL-2.0 */
#ifndef _PDCPCTL_H
#define _PDCPCTL_H

#include <stdbool.h>
#include <stdint.h>

#include <libpdcp/pdcp.h>

#define ARRAY_SIZE(array)	(sizeof(array) / sizeof((array)[0]))

/* Exit status, as iproute2 has it. */
enum {
	EXIT_USAGE = 1,
	EXIT_REFUSED = 2,
	/* A batch has failed, and what it had done could not be taken back. */
	EXIT_HALF = 3,
};

enum {
	/* Commands of an object. */
	OBJECT_COMMANDS_MAX = 16,
};

/**
 * struct ctl - One invocation
 * @json: -j
 * @pretty: -p
 * @timestamp: -t
 * @netns: -n, or NULL
 * @h: handle, once ctl_open() was called
 */
struct ctl {
	bool json;
	bool pretty;
	bool timestamp;
	const char *netns;
	struct pdcp *h;
};

struct args;

/**
 * struct command - Command of an object
 * @name: keyword
 * @run: takes the arguments behind the keyword; returns the exit status
 */
struct command {
	const char *name;
	int (*run)(struct ctl *ctl, struct args *args);
};

/**
 * struct object - Object with its commands
 * @name: keyword
 * @usage: text of its help
 * @run: what it does without a command, or NULL
 * @commands: commands
 * @count: number of commands
 */
struct object {
	const char *name;
	const char *usage;
	int (*run)(struct ctl *ctl, struct args *args);
	const struct command *commands;
	unsigned int count;
};

extern const struct object dev_object;
extern const struct object ue_object;
extern const struct object security_object;
extern const struct object ledger_object;
extern const struct object bearer_object;
extern const struct object daps_object;
extern const struct object handover_object;
extern const struct object status_object;
extern const struct object sdu_object;
extern const struct object pdu_object;
extern const struct object gen_object;
extern const struct object key_object;
extern const struct object rrc_object;
extern const struct object stats_object;
extern const struct object wireshark_object;
extern const struct object monitor_object;
extern const struct object batch_object;
extern const struct object save_object;
extern const struct object restore_object;

/* Exit; from a command of a batch, back to the batch. */
[[gnu::noreturn]]
void ctl_exit(int status);

/* Exit status of ctl_exit() or of what @run returns. */
int ctl_try(struct ctl *ctl, char **words, int (*run)(struct ctl *ctl, char **words));

/* Run the command of these words, which end with NULL. Return: exit status. */
int ctl_run(struct ctl *ctl, char **words);

/* Put the full names of object and command in place of these words; exits if there are none. */
void ctl_complete(char **words);

/* Print "Error: ..." and exit: the command line is wrong. */
[[gnu::noreturn, gnu::format(printf, 1, 2)]]
void usage_error(const char *format, ...);

/* Open the handle; exits if that fails. */
void ctl_open(struct ctl *ctl);

/* Exit status of a library call; prints the refusal. */
int ctl_result(const struct ctl *ctl, int ret);

/* Index of the device called @name, or of the only one if it is NULL; exits if there is none. */
uint32_t ctl_device(struct ctl *ctl, const char *name);

#endif /* _PDCPCTL_H */
