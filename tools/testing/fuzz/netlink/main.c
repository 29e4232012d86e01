// SPDX-License-Identifier: GPL-2.0
/*
 * messages DEVICE COUNT [SEED]: COUNT messages to the family "pdcp", from each of two threads,
 * about a device: half of them right, as far as one can know, the others not.  Prints how many of
 * each command were sent, how many of these were right, and how many right ones succeeded; and what
 * became of all.  Exit status 1 if of a command none succeeded.
 */

#include <net/if.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "message.h"
#include "socket.h"
#include "testing/random.h"
#include "uapi/linux/pdcp.h"

enum {
	THREADS = 2,
	OPS_MAX = 64,
	EPOCH = 512,			/* messages of a thread with the same keys */
	ERRORS = 256,
};

struct sender {
	struct message message;
	const struct family *family;
	uint32_t count;
	bool events;
	bool telling;
	size_t told;
	unsigned int follow;
	uint32_t sent[OPS_MAX];
	uint32_t right[OPS_MAX];
	uint32_t succeeded[OPS_MAX];
	uint32_t answers[ERRORS];	/* by errno, 0 for success */
	uint32_t silent;
	pthread_t thread;
};

static struct sender senders[THREADS];

/* How a handover comes about; each several times, for one may be of another set or bearer. */
static const uint8_t story[] = {
	PDCP_CMD_UE_DEL, PDCP_CMD_UE_NEW,
	PDCP_CMD_SECURITY_NEW, PDCP_CMD_SECURITY_NEW, PDCP_CMD_SECURITY_NEW, PDCP_CMD_SECURITY_NEW,
	PDCP_CMD_BEARER_NEW, PDCP_CMD_BEARER_NEW, PDCP_CMD_BEARER_NEW, PDCP_CMD_BEARER_NEW,
	PDCP_CMD_SDU_SEND, PDCP_CMD_PDU_INPUT,
	PDCP_CMD_DAPS_START, PDCP_CMD_DAPS_START, PDCP_CMD_DAPS_START, PDCP_CMD_DAPS_START,
};

static void story_end(struct sender *sender)
{
	sender->telling = false;
	sender->told = 0;
}

static size_t story_op(const struct sender *sender)
{
	size_t i;

	for (i = 0; pdcp_nl_family.split_ops[i].cmd != story[sender->told]; i++)
		;
	return i;
}

static bool is_daps(uint8_t cmd)
{
	return cmd >= PDCP_CMD_DAPS_SWITCH && cmd <= PDCP_CMD_DAPS_ABORT;
}

/*
 * Ends are rarer than beginnings, or nothing would ever be there; a handover that has begun
 * goes on.
 */
static size_t pick_op(struct sender *sender)
{
	struct message *m = &sender->message;

	if (!sender->telling && !pick(m, 64))
		sender->telling = true;
	if (sender->telling && pick(m, 16))
		return story_op(sender);
	for (;;) {
		size_t i = pick(m, pdcp_nl_family.n_split_ops);
		uint8_t cmd = pdcp_nl_family.split_ops[i].cmd;

		if (sender->follow && !is_daps(cmd))
			continue;
		switch (cmd) {
		case PDCP_CMD_UE_DEL:
			if (pick(m, 32))
				continue;
			break;
		case PDCP_CMD_SECURITY_DEL:
			if (pick(m, 4))
				continue;
			break;
		case PDCP_CMD_BEARER_DEL:
		case PDCP_CMD_BEARER_SUSPEND:
			if (pick(m, 6))
				continue;
			break;
		}
		return i;
	}
}

/* Returns whether it is as it should be. */
static bool compose(struct sender *sender, size_t i, uint32_t seq)
{
	struct message *m = &sender->message;
	uint32_t rarely = sender->telling ? 32 : 4;
	bool spoilt = pick(m, rarely) == 0;
	bool right;

	m->op = &pdcp_nl_family.split_ops[i];
	m->wild = pick(m, rarely) == 0;
	m->sure = sender->telling || sender->follow;
	m->epoch = seq / EPOCH;
	right = !m->wild && !spoilt;
	message_begin(m, sender->family->id, seq);
	request(m);
	message_end(m);
	while (spoilt) {
		message_spoil(m);
		spoilt = pick(m, 2);
	}
	return right;
}

static void go_on(struct sender *sender)
{
	if (sender->follow)
		sender->follow--;
	if (sender->telling && ++sender->told == ARRAY_SIZE(story))
		story_end(sender);
}

static void count_answer(struct sender *sender, int error)
{
	if (error >= 0 && error < ERRORS)
		sender->answers[error]++;
	else
		sender->silent++;
}

static void send_one(struct sender *sender, int fd, uint32_t seq)
{
	struct message *m = &sender->message;
	size_t i = pick_op(sender);
	bool right = compose(sender, i, seq);
	int error;

	sender->sent[i]++;
	sender->right[i] += right;
	go_on(sender);
	if (send(fd, m->buf, m->len, 0) < 0) {
		sender->silent++;
		return;
	}
	/* Now and then a dump is left in its midst. */
	if (m->op->flags & GENL_CMD_CAP_DUMP && !pick(m, 16)) {
		sender->silent++;
		return;
	}
	error = answers_read(fd, m, seq);
	count_answer(sender, error);
	if (error || !right)
		return;
	sender->succeeded[i]++;
	request_done(m);
	if (m->op->cmd == PDCP_CMD_DAPS_START) {
		story_end(sender);
		sender->follow = 2 + pick(m, 8);
	}
}

static void *send_all(void *arg)
{
	struct sender *sender = arg;
	struct message *m = &sender->message;
	int fd = -1;
	uint32_t seq;

	for (seq = 1; seq <= sender->count; seq++) {
		if (fd < 0 || !pick(m, 256)) {
			close(fd);
			fd = socket_open(sender->family, pick(m, 2), sender->events);
		}
		send_one(sender, fd, seq);
	}
	close(fd);
	return NULL;
}

/* Of all threads, what is at @offset of a struct sender. */
static uint32_t sum(size_t offset)
{
	uint32_t n = 0;
	size_t t;

	for (t = 0; t < THREADS; t++)
		n += *(const uint32_t *)((const char *)&senders[t] + offset);
	return n;
}

static int report_op(size_t i)
{
	const struct genl_split_ops *op = &pdcp_nl_family.split_ops[i];
	uint32_t succeeded = sum(offsetof(struct sender, succeeded[i]));

	printf("command %u%s: %u sent, %u right, %u of them succeeded\n", op->cmd,
	       op->flags & GENL_CMD_CAP_DUMP ? " (dump)" : "",
	       sum(offsetof(struct sender, sent[i])), sum(offsetof(struct sender, right[i])),
	       succeeded);
	return !succeeded;
}

static int report(void)
{
	int status = 0;
	size_t i;

	for (i = 0; i < pdcp_nl_family.n_split_ops; i++)
		status |= report_op(i);
	for (i = 0; i < ERRORS; i++) {
		uint32_t n = sum(offsetof(struct sender, answers[i]));

		if (n)
			printf("answer %s: %u\n", i ? strerrorname_np(i) : "success", n);
	}
	printf("answer none: %u\n", sum(offsetof(struct sender, silent)));
	return status;
}

int main(int argc, char **argv)
{
	uint64_t seed = argc > 3 ? strtoull(argv[3], NULL, 0) : 0;
	struct family family;
	size_t t;

	if (argc < 3 || pdcp_nl_family.n_split_ops > OPS_MAX) {
		fprintf(stderr, "usage: messages DEVICE COUNT [SEED]\n");
		return 2;
	}
	if (family_find(&family)) {
		fprintf(stderr, "messages: there is no family pdcp\n");
		return 2;
	}
	for (t = 0; t < THREADS; t++) {
		struct sender *sender = &senders[t];

		sender->message.random = random_seed(THREADS * seed + t);
		sender->message.ifindex = if_nametoindex(argv[1]);
		sender->family = &family;
		sender->count = strtoul(argv[2], NULL, 0);
		sender->events = t == 0;
		if (pthread_create(&sender->thread, NULL, send_all, sender))
			return 2;
	}
	for (t = 0; t < THREADS; t++)
		pthread_join(senders[t].thread, NULL);
	return report();
}
