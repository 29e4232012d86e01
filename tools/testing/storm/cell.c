// SPDX-License-Identifier: GPL-2.0
/* The UE and its context at each gNB: SRB1, an AM DRB that is confirmed over NR-U, a UM DRB. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storm.h"

enum { PORT_0 = 2152, T_REORDERING_UM = 200 };

const char *const cell_addr[LINKS][SIDES] = {
	{ "192.0.2.1", "192.0.2.2" },
	{ "198.51.100.1", "198.51.100.2" },
	{ "192.168.2.1", "192.168.2.2" },
	{ "192.168.3.1", "192.168.3.2" },
};

/* Leg of a bearer (0: SRB1, else the DRB) between UE and gNB, of the latest generation. */
void cell_leg(struct storm *s, enum end side, unsigned int cell, unsigned int bearer,
	      struct pdcp_leg_config *leg)
{
	unsigned int link = bearer == DRB_UM ? CELLS + cell : cell;
	uint32_t teid = s->generation * BEARERS + bearer + 1;

	*leg = (struct pdcp_leg_config){
		.lower = PDCP_LOWER_GTPU,
		.port = side == UE ? PORT_0 + cell : PORT_0,
		.teid_in = teid,
		.teid_out = teid,
		.nru = bearer == DRB_AM,
	};
	pdcp_addr_parse(cell_addr[link][!side], &leg->remote);
}

static struct pdcp_bearer_id identity(struct storm *s, enum end side, unsigned int cell,
				      unsigned int bearer)
{
	return (struct pdcp_bearer_id){
		.ifindex = s->device[side][cell],
		.ue = UE_ID,
		.type = bearer ? PDCP_BEARER_TYPE_DRB : PDCP_BEARER_TYPE_SRB,
		.id = bearer ? bearer : 1,
	};
}

/* Keys that no set had before, the same at both ends; algorithms take turns. */
void cell_keys(struct storm *s, enum end side, unsigned int cell, uint8_t set)
{
	struct pdcp_keys *keys = pdcp_keys_new();
	unsigned int i;

	if (!keys)
		die(s, "no memory for keys");
	keys->given = PDCP_KEY_RRC_ENC | PDCP_KEY_RRC_INT | PDCP_KEY_UP_ENC | PDCP_KEY_UP_INT;
	for (i = 0; i < PDCP_KEY_LEN; i++) {
		uint8_t octet = s->generation >> (8 * (i & 3));

		keys->rrc_enc[i] = octet ^ 0x10 ^ i;
		keys->rrc_int[i] = octet ^ 0x20 ^ i;
		keys->up_enc[i] = octet ^ 0x40 ^ i;
		keys->up_int[i] = octet ^ 0x80 ^ i;
	}
	need(s, side, pdcp_security_add(s->h[side], s->device[side][cell], UE_ID, set,
					1 + s->generation % 3, 1 + s->generation / 3 % 3, keys),
	     "security set");
	pdcp_keys_free(keys);
}

static void add_bearer(struct storm *s, enum end side, unsigned int cell,
		       unsigned int bearer, uint8_t set, bool hold)
{
	struct pdcp_bearer_id id = identity(s, side, cell, bearer);
	struct pdcp_bearer_config config = { .set = set };

	if (bearer) {
		config.has = PDCP_HAS(PDCP_A_BEARER_MODE) | PDCP_HAS(PDCP_A_BEARER_SN_UL) |
			     PDCP_HAS(PDCP_A_BEARER_SN_DL) | PDCP_HAS(PDCP_A_BEARER_INTEGRITY) |
			     PDCP_HAS(PDCP_A_BEARER_T_REORDERING) |
			     PDCP_HAS(PDCP_A_BEARER_QUEUE_LIMIT);
		config.mode = bearer == DRB_AM ? PDCP_MODE_AM : PDCP_MODE_UM;
		config.sn_ul = bearer == DRB_AM ? 18 : 12;
		config.sn_dl = config.sn_ul;
		config.integrity = 1;
		config.t_reordering = bearer == DRB_AM ? PDCP_INFINITY : T_REORDERING_UM;
		config.queue_limit = 8192;
	}
	if (bearer == DRB_AM) {
		config.has |= PDCP_HAS(PDCP_A_BEARER_KEPT_LIMIT);
		config.kept_limit = KEPT;
	}
	if (hold) {
		config.has |= PDCP_HAS(PDCP_A_BEARER_HOLD);
		config.hold = PDCP_HOLD_TX | PDCP_HOLD_RX;
	}
	cell_leg(s, side, cell, bearer, &config.leg);
	need(s, side, pdcp_bearer_add(s->h[side], &id, &config), "bearer");
}

/* A UE with its bearers; DRBs wait for their COUNTs if @hold. */
static void add_ue(struct storm *s, enum end side, unsigned int cell, uint8_t set,
		   bool hold)
{
	struct pdcp_ue_config config = {
		.role = side == UE ? PDCP_ROLE_UE : PDCP_ROLE_GNB,
		.addrs = 1,
	};
	unsigned int bearer;

	pdcp_addr_parse("10.45.0.2", &config.addr[0]);
	need(s, side, pdcp_ue_add(s->h[side], s->device[side][cell], UE_ID, &config), "UE");
	cell_keys(s, side, cell, set);
	for (bearer = 0; bearer < BEARERS; bearer++)
		add_bearer(s, side, cell, bearer, set, hold && bearer);
}

void cell_attach(struct storm *s)
{
	s->generation++;
	add_ue(s, GNB, 0, 0, false);
	add_ue(s, UE, 0, 0, false);
}

/* The other gNB learns of the UE; its legs and keys are those of a new generation. */
void cell_prepare(struct storm *s, unsigned int cell)
{
	s->generation++;
	add_ue(s, GNB, cell, !s->set, true);
}

void cell_targets(struct storm *s, enum end side, unsigned int cell,
		  struct pdcp_bearer_target *targets)
{
	unsigned int bearer;

	for (bearer = 0; bearer < BEARERS; bearer++) {
		struct pdcp_bearer_id id = identity(s, side, cell, bearer);

		targets[bearer] = (struct pdcp_bearer_target){
			.type = id.type,
			.id = id.id,
			.has = PDCP_HAS(PDCP_A_BEARER_TARGET_LEG),
		};
		cell_leg(s, side, cell, bearer, &targets[bearer].leg);
	}
}

static int copy_bearer(const struct pdcp_bearer_info *info, void *data)
{
	*(struct pdcp_bearer_info *)data = *info;
	return 0;
}

void cell_bearer(struct storm *s, enum end side, unsigned int cell, unsigned int drb,
		 struct pdcp_bearer_info *info)
{
	struct pdcp_bearer_id id = identity(s, side, cell, drb);

	need(s, side, pdcp_bearer_list(s->h[side], &id, copy_bearer, info), "bearer show");
}

/* Data recovery of the AM DRB. */
void cell_recover(struct storm *s, enum end side, unsigned int cell)
{
	const struct pdcp_bearer_target target = { .type = PDCP_BEARER_TYPE_DRB, .id = DRB_AM };

	need(s, side, pdcp_bearer_recover(s->h[side], s->device[side][cell], UE_ID, &target, 1),
	     "recover");
}

static int dump(const struct pdcp_bearer_info *info, void *data)
{
	unsigned int i;

	fprintf(stderr, "  %s drb %u: paused %x; tx-next %u queued %u kept %u;",
		(const char *)data, info->id.id, info->paused, info->tx_next, info->queued,
		info->kept);
	fprintf(stderr, " rx-next %u rx-deliv %u stored %u rx-sdus %llu;", info->rx_next,
		info->rx_deliv, info->stored, (unsigned long long)info->rx_sdus);
	for (i = 0; i < PDCP_DROPS_MAX; i++)
		if (info->drops.packets[i])
			fprintf(stderr, " %s %llu", pdcp_name(&pdcp_drop_reason_names, i),
				(unsigned long long)info->drops.packets[i]);
	fputc('\n', stderr);
	return 0;
}

/* Tell how everything stands. */
void cell_dump(struct storm *s)
{
	static const char *const names[SIDES][CELLS] = { { "ue" }, { "gNB 0", "gNB 1" } };
	struct pdcp_bearer_id id;
	unsigned int i;
	enum end side;

	for (i = 0; i < STREAMS; i++)
		fprintf(stderr, "  %s drb %u: %u sent, %u received, %u due, %u before\n",
			s->stream[i].to == UE ? "downlink" : "uplink", s->stream[i].drb,
			s->stream[i].sent, s->stream[i].received, s->stream[i].next,
			s->stream[i].before);
	for (side = 0; side < SIDES; side++)
		for (i = 0; i < CELLS && names[side][i]; i++) {
			id = (struct pdcp_bearer_id){ .ifindex = s->device[side][i], .ue = UE_ID };
			pdcp_bearer_list(s->h[side], &id, dump, (void *)names[side][i]);
		}
}

/* Remember what the DRBs have dropped. */
void cell_drops(struct storm *s, enum end side, unsigned int cell)
{
	struct pdcp_bearer_info info;
	unsigned int i, drb;
	size_t leg;

	for (drb = 1; drb <= DRBS; drb++) {
		cell_bearer(s, side, cell, drb, &info);
		for (leg = 0; leg < info.legs; leg++)
			s->integrity += info.leg[leg].integrity_failures;
		if (info.evicted)
			die(s, "drb %u has given up %u SDUs", drb, (unsigned int)info.evicted);
		if (drb == DRB_UM)
			for (i = 0; i < PDCP_DROPS_MAX; i++)
				s->drops.packets[i] += info.drops.packets[i];
	}
}

/* What devices have dropped that belongs to no bearer. */
uint64_t cell_strays(struct storm *s)
{
	static const unsigned int cells[SIDES] = { 1, CELLS };
	struct pdcp_device_info info;
	unsigned int i, cell;
	uint64_t strays = 0;
	enum end side;

	for (side = 0; side < SIDES; side++)
		for (cell = 0; cell < cells[side]; cell++) {
			need(s, side, pdcp_device_get(s->h[side], s->device[side][cell], &info),
			     "device");
			for (i = 0; i < PDCP_DROPS_MAX; i++)
				strays += info.drops.packets[i];
		}
	return strays;
}

/* A gNB forgets the UE. */
void cell_leave(struct storm *s, unsigned int cell)
{
	cell_drops(s, GNB, cell);
	need(s, GNB, pdcp_ue_del(s->h[GNB], s->device[GNB][cell], UE_ID), "ue del");
}
