// SPDX-License-Identifier: GPL-2.0

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>

#include "hex.h"
#include "output.h"
#include "rrcstate.h"
#include "secret.h"

static const char what[] = "state file";

/* The lock is that of the folder, since each save makes another file. */
static void folder_lock(const char *file)
{
	const char *slash = strrchr(file, '/');
	char *folder = slash ? strndup(file, slash - file + 1) : strdup(".");
	int fd;

	if (!folder)
		usage_error("%s \"%s\": %s", what, file, strerror(errno));
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || flock(fd, LOCK_EX))
		usage_error("%s \"%s\": %s", what, file, strerror(errno));
	free(folder);
}

static json_t *cell_json(const struct pdcp_cell *cell)
{
	json_t *object = json_object();

	object_set(object, "pci", json_integer(cell->pci));
	object_set(object, "arfcn", json_integer(cell->arfcn));
	object_set(object, "ng-enb", json_boolean(cell->ng_enb));
	return object;
}

static json_t *context_json(const struct pdcp_rrc_context *context)
{
	const struct pdcp_chain *chain = &context->chain;
	json_t *object = cell_json(&context->cell);

	object_set(object, "set", json_integer(context->set));
	object_set(object, "nea", json_integer(context->nea));
	object_set(object, "nia", json_integer(context->nia));
	secret_set(object, "kgnb", chain->kgnb.octets, sizeof(chain->kgnb.octets));
	object_set(object, "ncc", json_integer(chain->ncc));
	if (chain->has_sync)
		secret_set(object, "sync", chain->sync.octets, sizeof(chain->sync.octets));
	object_set(object, "sync-ncc", json_integer(chain->sync_ncc));
	return object;
}

static json_t *derivations_json(const struct pdcp_rrc *rrc)
{
	const struct pdcp_rrc_derivation *derivation = rrc->derivation;
	json_t *array = json_array(), *object;
	size_t i;

	for (i = 0; i < rrc->derivations; i++, derivation++) {
		object = cell_json(&derivation->cell);
		object_set_octets(object, "base", derivation->base.octets,
				  sizeof(derivation->base.octets));
		array_add(array, object);
	}
	return array;
}

static bool has_target(const struct pdcp_rrc *rrc)
{
	return rrc->phase != PDCP_RRC_CONNECTED && rrc->phase != PDCP_RRC_FAILED;
}

static json_t *state_json(const struct rrcstate *state, const struct pdcp_rrc *rrc)
{
	json_t *object = json_object();

	object_set(object, "dev", json_string(state->dev));
	object_set(object, "ue", json_integer(rrc->ue));
	object_set_name(object, "role", &pdcp_role_names, rrc->role);
	object_set_name(object, "phase", &pdcp_rrc_phase_names, rrc->phase);
	object_set(object, "source-failed", json_boolean(rrc->source_failed));
	if (rrc->has_kamf)
		secret_set(object, "kamf", rrc->kamf.octets, sizeof(rrc->kamf.octets));
	object_set(object, "source", context_json(&rrc->source));
	if (has_target(rrc))
		object_set(object, "target", context_json(&rrc->target));
	object_set(object, "derived", derivations_json(rrc));
	return object;
}

static int state_save(const struct pdcp_rrc *rrc, void *data)
{
	struct rrcstate *state = data;
	json_t *object = state_json(state, rrc);
	int ret;

	ret = secret_store(state->file, object, state->exists);
	json_decref(object);
	if (!ret)
		state->exists = true;
	return ret;
}

/* Reading: the file is ours, so it is right or it is not ours. ------------------ */

[[gnu::noreturn]]
static void state_wrong(const struct rrcstate *state, const char *member)
{
	usage_error("%s \"%s\": member \"%s\" is missing or wrong", what, state->file, member);
}

static uint32_t number_get(const struct rrcstate *state, const json_t *object, const char *member,
			   uint32_t max)
{
	const json_t *value = json_object_get(object, member);

	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > max)
		state_wrong(state, member);
	return json_integer_value(value);
}

static bool flag_get(const struct rrcstate *state, const json_t *object, const char *member)
{
	const json_t *value = json_object_get(object, member);

	if (!json_is_boolean(value))
		state_wrong(state, member);
	return json_is_true(value);
}

static unsigned int name_get(const struct rrcstate *state, const json_t *object,
			     const char *member, const struct pdcp_names *names)
{
	const char *text = json_string_value(json_object_get(object, member));
	int value = text ? pdcp_value(names, text) : -EINVAL;

	if (value < 0)
		state_wrong(state, member);
	return value;
}

static bool key_get(const struct rrcstate *state, const json_t *object, const char *member,
		    struct pdcp_key256 *key)
{
	const json_t *value = json_object_get(object, member);

	if (value && !secret_get(value, key->octets, sizeof(key->octets)))
		state_wrong(state, member);
	return value;
}

static void cell_get(const struct rrcstate *state, const json_t *object, struct pdcp_cell *cell)
{
	cell->pci = number_get(state, object, "pci", PDCP_PCI_MAX);
	cell->arfcn = number_get(state, object, "arfcn", PDCP_ARFCN_MAX);
	cell->ng_enb = flag_get(state, object, "ng-enb");
}

static void context_get(const struct rrcstate *state, const json_t *object,
			struct pdcp_rrc_context *context)
{
	struct pdcp_chain *chain = &context->chain;

	cell_get(state, object, &context->cell);
	context->set = number_get(state, object, "set", 15);
	context->nea = number_get(state, object, "nea", 3);
	context->nia = number_get(state, object, "nia", 3);
	if (!key_get(state, object, "kgnb", &chain->kgnb))
		state_wrong(state, "kgnb");
	chain->ncc = number_get(state, object, "ncc", PDCP_NCC_MAX);
	chain->has_sync = key_get(state, object, "sync", &chain->sync);
	chain->sync_ncc = number_get(state, object, "sync-ncc", PDCP_NCC_MAX);
}

static void derivations_get(const struct rrcstate *state, const json_t *array)
{
	struct pdcp_rrc_derivation *derivation = state->rrc->derivation;
	const json_t *object;
	size_t i;

	if (!json_is_array(array) || json_array_size(array) > PDCP_RRC_DERIVATIONS_MAX)
		state_wrong(state, "derived");
	json_array_foreach(array, i, object) {
		cell_get(state, object, &derivation[i].cell);
		if (!secret_get(json_object_get(object, "base"), derivation[i].base.octets,
				sizeof(derivation[i].base.octets)))
			state_wrong(state, "base");
	}
	state->rrc->derivations = i;
}

static void state_parse(struct rrcstate *state, const json_t *object)
{
	const char *dev = json_string_value(json_object_get(object, "dev"));
	struct pdcp_rrc *rrc = state->rrc;

	if (!dev || strlen(dev) >= sizeof(state->dev))
		state_wrong(state, "dev");
	memcpy(state->dev, dev, strlen(dev) + 1);
	rrc->ue = number_get(state, object, "ue", UINT32_MAX);
	rrc->role = name_get(state, object, "role", &pdcp_role_names);
	rrc->phase = name_get(state, object, "phase", &pdcp_rrc_phase_names);
	rrc->source_failed = flag_get(state, object, "source-failed");
	rrc->has_kamf = key_get(state, object, "kamf", &rrc->kamf);
	context_get(state, json_object_get(object, "source"), &rrc->source);
	if (has_target(rrc))
		context_get(state, json_object_get(object, "target"), &rrc->target);
	derivations_get(state, json_object_get(object, "derived"));
}

static void state_begin(struct rrcstate *state, const char *file)
{
	if (!strcmp(file, "-"))
		usage_error("%s \"-\": name a file", what);
	state->file = file;
	state->rrc = secret_new(sizeof(*state->rrc));
	state->rrc->save = state_save;
	state->rrc->data = state;
	folder_lock(file);
}

void rrcstate_new(struct rrcstate *state, const char *file)
{
	state_begin(state, file);
	secret_check(what, file, false);
	state->exists = false;
}

void rrcstate_load(struct ctl *ctl, struct rrcstate *state, const char *file)
{
	json_t *object;

	state_begin(state, file);
	object = secret_read(what, file);
	state_parse(state, object);
	json_decref(object);
	state->exists = true;
	ctl_open(ctl);
	state->rrc->ifindex = ctl_device(ctl, state->dev);
}

void rrcstate_remove(struct rrcstate *state)
{
	secret_remove(what, state->file);
	state->exists = false;
}
