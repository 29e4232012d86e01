// SPDX-License-Identifier: GPL-2.0

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "timeline.h"

enum leg { SOURCE, TARGET, LEGS };
enum direction { TX, RX, DIRECTIONS };
enum { STEPS_MAX = 8, REASONS_MAX = 64 };

static const char *const leg_names[] = { "source", "target" };
static const char *const direction_names[] = { "tx", "rx" };

/*
 * struct event - What a line says; of each kind the members it has
 * @time: us
 * @name: of the tracepoint, without pdcp_
 */
struct event {
	uint64_t time;
	char name[16];
	char dev[16];
	char bearer[16];
	char leg[16];
	char reason[32];
	char cause[16];
	char state[16];
	unsigned int ifindex;
	unsigned int ue;
	unsigned int control;
	unsigned int count;
	unsigned int packets;
};

/* The PDUs of a leg in one direction. */
struct stream {
	uint64_t pdus;
	struct event first;
	struct event last;
};

struct drops {
	char reason[32];
	uint64_t packets;
};

struct handover {
	struct handover *next;
	struct event step[STEPS_MAX];
	unsigned int steps;
	struct stream stream[LEGS][DIRECTIONS];
	struct drops drops[REASONS_MAX];
	unsigned int reasons;
	uint64_t lost;
};

struct timeline {
	struct handover *first;
};

static void *zalloc(size_t size)
{
	void *p = calloc(1, size);

	if (!p) {
		fputs("Error: out of memory.\n", stderr);
		exit(EXIT_REFUSED);
	}
	return p;
}

struct timeline *timeline_new(void)
{
	return zalloc(sizeof(struct timeline));
}

void timeline_free(struct timeline *timeline)
{
	struct handover *h;

	while ((h = timeline->first)) {
		timeline->first = h->next;
		free(h);
	}
	free(timeline);
}

unsigned int timeline_open(const struct timeline *timeline)
{
	const struct handover *h;
	unsigned int n = 0;

	for (h = timeline->first; h; h = h->next)
		n++;
	return n;
}

/* Lines -------------------------------------------------------------------- */

static void text_store(const char *value, size_t len, char *text, size_t size)
{
	snprintf(text, size, "%.*s", (int)len, value);
}

/* One "KEY=VALUE". */
static void field_store(struct event *event, const char *key, size_t key_len, const char *value,
			size_t len)
{
	const struct {
		const char *key;
		char *text;
		size_t size;
		unsigned int *number;
	} fields[] = {
		{ .key = "dev", .text = event->dev, .size = sizeof(event->dev) },
		{ .key = "bearer", .text = event->bearer, .size = sizeof(event->bearer) },
		{ .key = "leg", .text = event->leg, .size = sizeof(event->leg) },
		{ .key = "reason", .text = event->reason, .size = sizeof(event->reason) },
		{ .key = "cause", .text = event->cause, .size = sizeof(event->cause) },
		{ .key = "state", .text = event->state, .size = sizeof(event->state) },
		{ .key = "ifindex", .number = &event->ifindex },
		{ .key = "ue", .number = &event->ue },
		{ .key = "control", .number = &event->control },
		{ .key = "count", .number = &event->count },
		{ .key = "packets", .number = &event->packets },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (strlen(fields[i].key) != key_len || memcmp(fields[i].key, key, key_len))
			continue;
		if (fields[i].number)
			*fields[i].number = strtoul(value, NULL, 10);
		else
			text_store(value, len, fields[i].text, fields[i].size);
	}
}

/* "COMMAND-PID [CPU] FLAGS SECONDS.MICROSECONDS: pdcp_NAME: KEY=VALUE ..." */
static bool event_parse(struct event *event, const char *line)
{
	const char *name = strstr(line, ": pdcp_");
	unsigned long long seconds, us;
	const char *time, *word, *equals;

	*event = (struct event){ 0 };
	if (!name)
		return false;
	for (time = name; time > line && time[-1] != ' '; time--)
		;
	if (sscanf(time, "%llu.%6llu", &seconds, &us) != 2 ||
	    sscanf(name, ": pdcp_%15[a-z]:", event->name) != 1)
		return false;
	event->time = seconds * 1000000 + us;
	word = strchr(name + 2, ' ');
	while (word) {
		word += strspn(word, " ");
		equals = strchr(word, '=');
		if (!equals)
			break;
		field_store(event, word, equals - word, equals + 1, strcspn(equals + 1, " "));
		word = strchr(equals, ' ');
	}
	return true;
}

/* "CPU:1 [LOST 12 EVENTS]" */
static uint64_t lost_parse(const char *line)
{
	unsigned long long lost;

	return sscanf(line, "CPU:%*u [LOST %llu EVENTS]", &lost) == 1 ? lost : 0;
}

/* Handovers ------------------------------------------------------------------ */

/* Where the handover of the UE is, or where one would be put. */
static struct handover **handover_find(struct timeline *timeline, const struct event *event)
{
	struct handover **at;

	for (at = &timeline->first; *at; at = &(*at)->next) {
		if ((*at)->step[0].ifindex == event->ifindex && (*at)->step[0].ue == event->ue)
			break;
	}
	return at;
}

static void pdu_note(struct handover *h, const struct event *event)
{
	enum direction direction = strcmp(event->name, direction_names[TX]) ? RX : TX;
	struct stream *stream;
	enum leg leg;

	for (leg = 0; leg < LEGS; leg++) {
		if (strcmp(event->leg, leg_names[leg]))
			continue;
		stream = &h->stream[leg][direction];
		if (!stream->pdus++)
			stream->first = *event;
		stream->last = *event;
	}
}

static void drop_note(struct handover *h, const struct event *event)
{
	unsigned int i;

	for (i = 0; i < h->reasons && strcmp(h->drops[i].reason, event->reason); i++)
		;
	if (i == REASONS_MAX)
		return;
	if (i == h->reasons)
		text_store(event->reason, sizeof(event->reason), h->drops[h->reasons++].reason,
			   sizeof(h->drops[0].reason));
	h->drops[i].packets += event->packets;
}

/* JSON ------------------------------------------------------------------------ */

static void moment_add(json_t *array, const struct handover *h, const char *what,
		       const struct event *event)
{
	json_t *object = json_object();

	object_set(object, "ms", json_real((double)(event->time - h->step[0].time) / 1000));
	object_set(object, "event", json_string(what));
	if (event->leg[0]) {
		object_set(object, "leg", json_string(event->leg));
		object_set(object, "direction", json_string(event->name));
		object_set(object, "bearer", json_string(event->bearer));
		if (event->control)
			object_set(object, "control", json_true());
		else
			object_set(object, "count", json_integer(event->count));
	}
	array_add(array, object);
}

static int moment_compare(const void *a, const void *b)
{
	const json_t *const *left = a, *const *right = b;
	double x = json_real_value(json_object_get(*left, "ms"));
	double y = json_real_value(json_object_get(*right, "ms"));

	return (x > y) - (x < y);
}

/* In the order of time; those of one time stay as they are. */
static json_t *moments_sort(json_t *array)
{
	json_t *moments[STEPS_MAX + 2 * LEGS * DIRECTIONS];
	size_t i, n = json_array_size(array);
	json_t *sorted = json_array();

	for (i = 0; i < n; i++)
		moments[i] = json_array_get(array, i);
	qsort(moments, n, sizeof(moments[0]), moment_compare);
	for (i = 0; i < n; i++)
		array_add(sorted, json_incref(moments[i]));
	json_decref(array);
	return sorted;
}

/* The steps, the first PDU of each stream, and the last ones of the leg that has gone. */
static json_t *moments_json(const struct handover *h)
{
	bool released = !strcmp(h->step[h->steps - 1].cause, "release");
	enum leg gone = released ? SOURCE : TARGET;
	json_t *array = json_array();
	const struct stream *stream;
	unsigned int i;
	int leg, direction;

	for (i = 0; i < h->steps; i++)
		moment_add(array, h, h->step[i].cause, &h->step[i]);
	for (leg = 0; leg < LEGS; leg++) {
		for (direction = 0; direction < DIRECTIONS; direction++) {
			stream = &h->stream[leg][direction];
			if (stream->pdus)
				moment_add(array, h, "first", &stream->first);
			if (stream->pdus && leg == (int)gone)
				moment_add(array, h, "last", &stream->last);
		}
	}
	return moments_sort(array);
}

static json_t *pdus_json(const struct handover *h)
{
	json_t *legs = json_object(), *counters;
	int leg, direction;

	for (leg = 0; leg < LEGS; leg++) {
		counters = json_object();
		for (direction = 0; direction < DIRECTIONS; direction++)
			object_set(counters, direction_names[direction],
				   json_integer(h->stream[leg][direction].pdus));
		object_set(legs, leg_names[leg], counters);
	}
	return legs;
}

static json_t *drops_json(const struct handover *h)
{
	json_t *drops = json_object();
	unsigned int i;

	for (i = 0; i < h->reasons; i++)
		object_set(drops, h->drops[i].reason, json_integer(h->drops[i].packets));
	return drops;
}

static json_t *handover_json(const struct handover *h)
{
	const struct event *end = &h->step[h->steps - 1];
	json_t *object = json_object();

	object_set(object, "dev", json_string(end->dev));
	object_set(object, "ue", json_integer(end->ue));
	object_set(object, "end", json_string(end->cause));
	object_set(object, "ms", json_real((double)(end->time - h->step[0].time) / 1000));
	object_set(object, "timeline", moments_json(h));
	object_set(object, "pdus", pdus_json(h));
	object_set(object, "drop", drops_json(h));
	if (h->lost)
		object_set(object, "lost-events", json_integer(h->lost));
	return object;
}

/* Return: the handover, if the step has ended it. */
static json_t *step_note(struct timeline *timeline, const struct event *event)
{
	struct handover **at = handover_find(timeline, event), *h = *at;
	json_t *object;

	if (!h && strcmp(event->cause, "start"))
		return NULL;	/* it began before we looked */
	if (!h)
		h = *at = zalloc(sizeof(*h));
	if (h->steps < STEPS_MAX)
		h->step[h->steps++] = *event;
	if (strcmp(event->state, "none"))
		return NULL;
	object = handover_json(h);
	*at = h->next;
	free(h);
	return object;
}

json_t *timeline_line(struct timeline *timeline, const char *line)
{
	uint64_t lost = lost_parse(line);
	struct handover *h;
	struct event event;

	for (h = timeline->first; h; h = h->next)
		h->lost += lost;
	if (!event_parse(&event, line))
		return NULL;
	if (!strcmp(event.name, "handover"))
		return step_note(timeline, &event);
	h = *handover_find(timeline, &event);
	if (!h)
		return NULL;
	if (!strcmp(event.name, "drop"))
		drop_note(h, &event);
	else
		pdu_note(h, &event);
	return NULL;
}
