// SPDX-License-Identifier: GPL-2.0

#define _GNU_SOURCE

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "lab.h"

#define DEVICE_NAME	"pdcp0"

enum {
	/* UEs of the first pair: that of role ue, and behind it that of role gnb. */
	UE_FIRST = 0x70000000,
	SET = 0,
};

static uint32_t pair_ue(const struct lab *lab, const struct pair *pair, enum pdcp_role role)
{
	return UE_FIRST + 2 * (pair - lab->pair) + role;
}

static int device_create(struct lab *lab)
{
	int ret;

	ret = pdcp_link_add(lab->h, DEVICE_NAME);
	if (ret)
		return ret;
	ret = pdcp_link_index(lab->h, DEVICE_NAME);
	if (ret < 0)
		return ret;
	lab->ifindex = ret;
	return pdcp_link_set_up(lab->h, lab->ifindex, true);
}

static int device_find(struct lab *lab, const char *dev)
{
	int ret = pdcp_link_index(lab->h, dev);

	if (ret < 0)
		return ret;
	lab->ifindex = ret;
	return 0;
}

int lab_open(struct lab *lab, const char *dev)
{
	int ret;

	memset(lab, 0, sizeof(*lab));
	lab->own = !dev;
	if (lab->own && unshare(CLONE_NEWNET)) {
		ret = -errno;
		fprintf(stderr, "Error: new network namespace: %s\n", strerror(errno));
		return ret;
	}
	ret = pdcp_open(&lab->h);
	if (ret) {
		fprintf(stderr, "Error: %s\n", pdcp_strerror(ret));
		return ret;
	}
	ret = lab->own ? device_create(lab) : device_find(lab, dev);
	if (!ret)
		ret = pdcp_event_subscribe(lab->h);
	if (ret) {
		fprintf(stderr, "Error: %s\n", pdcp_error(lab->h));
		lab_close(lab);
	}
	return ret;
}

static void pair_remove_last(struct lab *lab)
{
	const struct pair *pair = &lab->pair[--lab->pairs];

	pdcp_ue_del(lab->h, lab->ifindex, pair_ue(lab, pair, PDCP_ROLE_UE));
	pdcp_ue_del(lab->h, lab->ifindex, pair_ue(lab, pair, PDCP_ROLE_GNB));
}

static void pairs_remove(struct lab *lab)
{
	while (lab->pairs)
		pair_remove_last(lab);
}

static void refusal_note(struct lab *lab)
{
	snprintf(lab->refusal, sizeof(lab->refusal), "%s", pdcp_error(lab->h));
}

/* Begin anew; a device of our own is the fastest to replace. */
static int lab_reset(struct lab *lab)
{
	int ret;

	if (!lab->own) {
		pairs_remove(lab);
		return 0;
	}
	lab->pairs = 0;
	ret = pdcp_link_del(lab->h, lab->ifindex);
	return ret ? ret : device_create(lab);
}

void lab_close(struct lab *lab)
{
	if (lab->own)
		pdcp_link_del(lab->h, lab->ifindex);
	else
		pairs_remove(lab);
	pdcp_close(lab->h);
}

static int security_install(struct lab *lab, const struct pair *pair, uint32_t ue)
{
	struct pdcp_keys *keys = pdcp_keys_new();
	int ret;

	if (!keys)
		return -errno;
	if (pair->nea)
		keys->given |= PDCP_KEY_RRC_ENC | PDCP_KEY_UP_ENC;
	if (pair->nia)
		keys->given |= PDCP_KEY_RRC_INT | PDCP_KEY_UP_INT;
	memcpy(keys->rrc_enc, pair->kenc, PDCP_KEY_LEN);
	memcpy(keys->up_enc, pair->kenc, PDCP_KEY_LEN);
	memcpy(keys->rrc_int, pair->kint, PDCP_KEY_LEN);
	memcpy(keys->up_int, pair->kint, PDCP_KEY_LEN);
	ret = pdcp_security_add(lab->h, lab->ifindex, ue, SET, pair->nea, pair->nia, keys);
	pdcp_keys_free(keys);
	return ret;
}

static int ue_create(struct lab *lab, const struct pair *pair, enum pdcp_role role)
{
	struct pdcp_ue_config config = { .role = role, .test_mode = true };
	uint32_t ue = pair_ue(lab, pair, role);
	int ret;

	ret = pdcp_ue_add(lab->h, lab->ifindex, ue, &config);
	return ret ? ret : security_install(lab, pair, ue);
}

static bool pair_fits(const struct pair *pair, const struct vector *vector)
{
	return pair->nea == vector->nea && pair->nia == vector->nia &&
	       !memcmp(pair->kenc, vector->kenc, PDCP_KEY_LEN) &&
	       !memcmp(pair->kint, vector->kint, PDCP_KEY_LEN);
}

/* The last of the pairs that fit is the one that may have room. */
static struct pair *pair_find(struct lab *lab, const struct vector *vector)
{
	unsigned int i;

	for (i = lab->pairs; i > 0; i--) {
		if (pair_fits(&lab->pair[i - 1], vector))
			return &lab->pair[i - 1];
	}
	return NULL;
}

static int pair_create(struct lab *lab, const struct vector *vector, struct pair **made)
{
	struct pair *pair;
	int ret = 0;

	if (lab->pairs == PAIRS_MAX)
		ret = lab_reset(lab);
	if (ret) {
		refusal_note(lab);
		return ret;
	}
	pair = &lab->pair[lab->pairs++];
	*pair = (struct pair){ .nea = vector->nea, .nia = vector->nia };
	memcpy(pair->kenc, vector->kenc, PDCP_KEY_LEN);
	memcpy(pair->kint, vector->kint, PDCP_KEY_LEN);
	*made = pair;
	ret = ue_create(lab, pair, PDCP_ROLE_UE);
	if (!ret)
		ret = ue_create(lab, pair, PDCP_ROLE_GNB);
	if (ret) {
		refusal_note(lab);
		pair_remove_last(lab);
	}
	return ret;
}

static struct channel *pair_channels(struct pair *pair, bool srb, unsigned int **count)
{
	*count = srb ? &pair->srbs : &pair->drbs;
	return srb ? pair->srb : pair->drb;
}

/* Return: RB identity of the channel, or 0. */
static uint8_t channel_find(struct pair *pair, const struct vector *vector)
{
	unsigned int *count, i;
	struct channel *channel = pair_channels(pair, vector->srb, &count);

	for (i = 0; i < *count; i++, channel++) {
		if (channel->sn_bits == vector->sn_bits && channel->bearer == vector->bearer &&
		    channel->sdap == vector->sdap && channel->integrity == vector->integrity)
			return i + 1;
	}
	return 0;
}

static int bearer_create(struct lab *lab, const struct pdcp_bearer_id *id,
			 const struct vector *vector)
{
	struct pdcp_bearer_config config = {
		.has = PDCP_HAS(PDCP_A_BEARER_BEARER_INPUT),
		.set = SET,
		.mode = PDCP_MODE_UM,
		.sn_ul = vector->sn_bits,
		.sn_dl = vector->sn_bits,
		.integrity = vector->integrity,
		.sdap = vector->sdap,
		.upper = PDCP_UPPER_USER,
		.bearer_input = vector->bearer,
		.leg.lower = PDCP_LOWER_USER,
	};

	if (!vector->srb)
		config.has |= PDCP_HAS(PDCP_A_BEARER_MODE) | PDCP_HAS(PDCP_A_BEARER_SN_UL) |
			      PDCP_HAS(PDCP_A_BEARER_SN_DL) | PDCP_HAS(PDCP_A_BEARER_INTEGRITY) |
			      PDCP_HAS(PDCP_A_BEARER_SDAP) | PDCP_HAS(PDCP_A_BEARER_UPPER);
	return pdcp_bearer_add(lab->h, id, &config);
}

/* Return: RB identity of the new channel, or a negative errno. */
static int channel_create(struct lab *lab, struct pair *pair, const struct vector *vector)
{
	unsigned int *count;
	struct channel *channels = pair_channels(pair, vector->srb, &count);
	struct pdcp_bearer_id id = {
		.ifindex = lab->ifindex,
		.type = vector->srb ? PDCP_BEARER_TYPE_SRB : PDCP_BEARER_TYPE_DRB,
		.id = *count + 1,
	};
	int ret;

	id.ue = pair_ue(lab, pair, PDCP_ROLE_UE);
	ret = bearer_create(lab, &id, vector);
	if (ret) {
		refusal_note(lab);
		return ret;
	}
	id.ue = pair_ue(lab, pair, PDCP_ROLE_GNB);
	ret = bearer_create(lab, &id, vector);
	if (ret) {
		refusal_note(lab);
		id.ue = pair_ue(lab, pair, PDCP_ROLE_UE);
		pdcp_bearer_del(lab->h, &id);
		return ret;
	}
	channels[(*count)++] = (struct channel){
		.sn_bits = vector->sn_bits,
		.bearer = vector->bearer,
		.sdap = vector->sdap,
		.integrity = vector->integrity,
	};
	return id.id;
}

static bool pair_has_room(const struct pair *pair, bool srb)
{
	return srb ? pair->srbs < SRBS_MAX : pair->drbs < DRBS_MAX;
}

int lab_channel(struct lab *lab, const struct vector *vector, struct pdcp_bearer_id *sender,
		struct pdcp_bearer_id *receiver)
{
	enum pdcp_role role = vector->direction ? PDCP_ROLE_GNB : PDCP_ROLE_UE;
	struct pair *pair = pair_find(lab, vector);
	int id = pair ? channel_find(pair, vector) : 0;
	int ret;

	if (!pair || (!id && !pair_has_room(pair, vector->srb))) {
		ret = pair_create(lab, vector, &pair);
		if (ret)
			return ret;
	}
	if (!id)
		id = channel_create(lab, pair, vector);
	if (id < 0)
		return id;

	*sender = (struct pdcp_bearer_id){
		.ifindex = lab->ifindex,
		.ue = pair_ue(lab, pair, role),
		.type = vector->srb ? PDCP_BEARER_TYPE_SRB : PDCP_BEARER_TYPE_DRB,
		.id = id,
	};
	*receiver = *sender;
	receiver->ue = pair_ue(lab, pair, !role);
	return 0;
}
