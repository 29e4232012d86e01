// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "args.h"
#include "output.h"

static const char usage[] =
	"Usage: pdcpctl stats [ dev DEV ] [ ue ID ] [ interval SECONDS ] [ count N ]\n"
	"\n"
	"Prints counters of devices, bearers and legs with their rates in the last SECONDS (1 to\n"
	"3600, 1 unless given), and every drop by its reason: N times, once unless given.\n"
	"\"interval 0\" prints the counters alone, at once.\n";

/* Members that count, of bearers and legs. */
static const char *const counters[] = {
	"tx-sdus", "tx-bytes", "rx-sdus", "rx-bytes", "retransmitted", "confirmed", "evicted",
	"tx-pdus", "rx-pdus", "integrity-failures",
};

/* What is now, as an array of objects like that of "bearer show". */
struct sample {
	struct ctl *ctl;
	const struct selector *selector;
	json_t *array;
};

/* Collecting ------------------------------------------------------------------- */

static json_t *leg_sample(const struct pdcp_leg_info *leg)
{
	json_t *object = json_object();

	object_set_name(object, "role", &pdcp_leg_role_names, leg->role);
	object_set(object, "tx-pdus", json_integer(leg->tx_pdus));
	object_set(object, "tx-bytes", json_integer(leg->tx_bytes));
	object_set(object, "rx-pdus", json_integer(leg->rx_pdus));
	object_set(object, "rx-bytes", json_integer(leg->rx_bytes));
	object_set(object, "integrity-failures", json_integer(leg->integrity_failures));
	return object;
}

static int bearer_sample(const struct pdcp_bearer_info *info, void *data)
{
	struct sample *sample = data;
	json_t *object = json_object(), *legs = json_array();
	size_t i;

	object_set_bearer(object, sample->ctl, &info->id);
	if (info->has & PDCP_HAS(PDCP_A_BEARER_ROLE))
		object_set_name(object, "role", &pdcp_leg_role_names, info->role);
	object_set(object, "tx-sdus", json_integer(info->tx_sdus));
	object_set(object, "tx-bytes", json_integer(info->tx_bytes));
	object_set(object, "rx-sdus", json_integer(info->rx_sdus));
	object_set(object, "rx-bytes", json_integer(info->rx_bytes));
	object_set(object, "retransmitted", json_integer(info->retransmitted));
	object_set(object, "confirmed", json_integer(info->confirmed));
	object_set(object, "evicted", json_integer(info->evicted));
	object_set_drops(object, &info->drops);
	for (i = 0; i < info->legs; i++)
		array_add(legs, leg_sample(&info->leg[i]));
	object_set(object, "legs", legs);
	array_add(sample->array, object);
	return 0;
}

static int ue_sample(const struct pdcp_ue_info *info, void *data)
{
	const struct pdcp_bearer_id id = { .ifindex = info->ifindex, .ue = info->id };
	struct sample *sample = data;
	int ret;

	if (sample->selector->given & SELECT_UE && sample->selector->bearer.ue != info->id)
		return 0;
	ret = pdcp_bearer_list(sample->ctl->h, &id, bearer_sample, sample);
	return ret == -ENOENT ? 0 : ret;	/* it has gone meanwhile */
}

static int device_sample(const struct pdcp_device_info *info, void *data)
{
	struct sample *sample = data;
	json_t *object;

	if (!(sample->selector->given & SELECT_UE)) {
		object = json_object();
		object_set_dev(object, sample->ctl, info->ifindex);
		object_set_drops(object, &info->drops);
		array_add(sample->array, object);
	}
	return pdcp_ue_list(sample->ctl->h, info->ifindex, ue_sample, sample);
}

/* Return: the array, or NULL with @ret set. */
static json_t *sample_take(struct ctl *ctl, const struct selector *selector, int *ret)
{
	struct sample sample = { .ctl = ctl, .selector = selector, .array = json_array() };
	struct pdcp_device_info info;

	if (selector->given & SELECT_DEV) {
		*ret = pdcp_device_get(ctl->h, ctl_device(ctl, selector->dev), &info);
		if (!*ret)
			*ret = device_sample(&info, &sample);
	} else {
		*ret = pdcp_device_list(ctl->h, device_sample, &sample);
	}
	if (!*ret)
		return sample.array;
	json_decref(sample.array);
	return NULL;
}

/* Rates ---------------------------------------------------------------------------- */

static bool same(const json_t *a, const json_t *b, const char *key)
{
	const json_t *x = json_object_get(a, key), *y = json_object_get(b, key);

	return x ? y && json_equal(x, y) : !y;
}

/* The object of the same device, bearer or leg; NULL if it was not there. */
static const json_t *object_before(const json_t *before, const json_t *object)
{
	const json_t *one;
	size_t i;

	json_array_foreach(before, i, one) {
		if (same(one, object, "dev") && same(one, object, "ue") &&
		    same(one, object, "type") && same(one, object, "id") &&
		    same(one, object, "role"))
			return one;
	}
	return NULL;
}

/* Per second; one that was not there, or is another one by now, began at 0. */
static double rate(const json_t *before, const json_t *now, const char *key, double seconds)
{
	json_int_t old = json_integer_value(json_object_get(before, key));
	json_int_t new = json_integer_value(json_object_get(now, key));

	return (new < old ? new : new - old) / seconds;
}

static void rates_add(json_t *object, const json_t *before, double seconds)
{
	json_t *rates = json_object();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(counters); i++) {
		if (json_object_get(object, counters[i]))
			object_set(rates, counters[i],
				   json_real(rate(before, object, counters[i], seconds)));
	}
	object_set(object, "rate", rates);
}

static void drop_rates_add(json_t *object, const json_t *before, double seconds)
{
	json_t *rates = json_object(), *drops = json_object_get(object, "drop"), *packets;
	const char *reason;

	before = json_object_get(before, "drop");
	json_object_foreach(drops, reason, packets)
		object_set(rates, reason, json_real(rate(before, drops, reason, seconds)));
	object_set(object, "drop-rate", rates);
}

/* @before: the sample that @now is compared with, @seconds ago. */
static void sample_rate(json_t *now, const json_t *before, double seconds)
{
	const json_t *old;
	json_t *object, *leg;
	size_t i, j;

	json_array_foreach(now, i, object) {
		old = object_before(before, object);
		if (json_object_get(object, "type"))
			rates_add(object, old, seconds);
		drop_rates_add(object, old, seconds);
		json_array_foreach(json_object_get(object, "legs"), j, leg)
			rates_add(leg, object_before(json_object_get(old, "legs"), leg), seconds);
	}
}

/* Text ------------------------------------------------------------------------------ */

/* " tx 12 sdus 1008 octets, 3.0/s 2016 bit/s" of @direction and @unit. */
static void flow_text(FILE *out, const json_t *object, const char *direction, const char *unit)
{
	const json_t *rates = json_object_get(object, "rate");
	char packets[16], bytes[16];

	snprintf(packets, sizeof(packets), "%s-%s", direction, unit);
	snprintf(bytes, sizeof(bytes), "%s-bytes", direction);
	fprintf(out, " %s %" JSON_INTEGER_FORMAT " %s %" JSON_INTEGER_FORMAT " octets", direction,
		json_integer_value(json_object_get(object, packets)), unit,
		json_integer_value(json_object_get(object, bytes)));
	if (rates)
		fprintf(out, ", %.1f/s %.0f bit/s",
			json_real_value(json_object_get(rates, packets)),
			8 * json_real_value(json_object_get(rates, bytes)));
}

static void counter_text(FILE *out, const char *name, const json_t *value, const json_t *rates)
{
	fprintf(out, " %s ", name);
	text_value(out, value);
	if (rates)
		fprintf(out, " (%.1f/s)", json_real_value(json_object_get(rates, name)));
}

static void rest_text(FILE *out, const json_t *object)
{
	static const char *const rest[] = { "retransmitted", "confirmed", "evicted" };
	const json_t *value;
	unsigned int i;

	fputs("   ", out);
	for (i = 0; i < ARRAY_SIZE(rest); i++) {
		value = json_object_get(object, rest[i]);
		counter_text(out, rest[i], value, json_object_get(object, "rate"));
	}
	fputc('\n', out);
}

static void drops_text(FILE *out, const json_t *object)
{
	json_t *drops = json_object_get(object, "drop"), *packets;
	const char *reason;

	json_object_foreach(drops, reason, packets) {
		fputs("    drop", out);
		counter_text(out, reason, packets, json_object_get(object, "drop-rate"));
		fputc('\n', out);
	}
}

static void bearer_text(FILE *out, const json_t *object)
{
	const json_t *leg;
	size_t i;

	text_bearer(out, object);
	text_members(out, object, "role");
	fputs("\n   ", out);
	flow_text(out, object, "tx", "sdus");
	fputs("\n   ", out);
	flow_text(out, object, "rx", "sdus");
	fputc('\n', out);
	rest_text(out, object);
	json_array_foreach(json_object_get(object, "legs"), i, leg) {
		fputs("    leg ", out);
		text_value(out, json_object_get(leg, "role"));
		flow_text(out, leg, "tx", "pdus");
		fputs("\n       ", out);
		flow_text(out, leg, "rx", "pdus");
		text_members(out, leg, "integrity-failures");
		fputc('\n', out);
	}
}

static void object_text(FILE *out, const json_t *object)
{
	if (json_object_get(object, "type")) {
		bearer_text(out, object);
	} else {
		fputs("dev ", out);
		text_value(out, json_object_get(object, "dev"));
		fputc('\n', out);
	}
	drops_text(out, object);
}

/* Command ---------------------------------------------------------------------------- */

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

static void seconds_wait(uint64_t seconds)
{
	struct timespec time = { .tv_sec = seconds };

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

static int stats_follow(struct ctl *ctl, const struct selector *selector, uint64_t interval,
			uint64_t count)
{
	json_t *before, *now;
	double then;
	int ret, status;

	before = sample_take(ctl, selector, &ret);
	then = seconds_now();
	if (!before)
		return ctl_result(ctl, ret);
	if (!interval)
		return output_array(ctl, before, object_text);
	for (status = EXIT_SUCCESS; count && !status; count--) {
		seconds_wait(interval);
		now = sample_take(ctl, selector, &ret);
		if (!now) {
			status = ctl_result(ctl, ret);
			break;
		}
		sample_rate(now, before, seconds_now() - then);
		then = seconds_now();
		json_decref(before);
		before = now;
		status = output_array(ctl, json_incref(now), object_text);
	}
	json_decref(before);
	return status;
}

static int stats_run(struct ctl *ctl, struct args *args)
{
	struct selector selector = SELECTOR_INIT;
	uint64_t interval = 1, count = 1;

	while (args_more(args)) {
		if (args_take(args, "interval"))
			interval = number_value("interval", args_value(args, "interval"), 0, 3600);
		else if (args_take(args, "count"))
			count = number_value("count", args_value(args, "count"), 1, UINT32_MAX);
		else if (!selector_parse(args, &selector, SELECT_DEV | SELECT_UE))
			args_unknown(args);
	}
	ctl_open(ctl);
	return stats_follow(ctl, &selector, interval, count);
}

const struct object stats_object = {
	.name = "stats",
	.usage = usage,
	.run = stats_run,
};
